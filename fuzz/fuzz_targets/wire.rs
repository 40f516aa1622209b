//! The libFuzzer entry point of [`fuzz::line::wire`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::line::wire(data));
