//! The libFuzzer entry point of [`fuzz::line::device`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::line::device(data));
