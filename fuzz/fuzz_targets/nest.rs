//! The libFuzzer entry point of [`fuzz::recordings::nest`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::nest(data));
