//! The libFuzzer entry point of [`fuzz::recordings::dat`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::dat(data));
