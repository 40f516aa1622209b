//! The libFuzzer entry point of [`fuzz::recordings::csv`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::csv(data));
