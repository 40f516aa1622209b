//! The libFuzzer entry point of [`fuzz::recordings::evt`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::evt(data));
