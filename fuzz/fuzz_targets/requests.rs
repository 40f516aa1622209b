//! The libFuzzer entry point of [`fuzz::line::requests`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::line::requests(data));
