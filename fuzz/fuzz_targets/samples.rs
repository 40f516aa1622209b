//! The libFuzzer entry point of [`fuzz::files::samples`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::samples(data));
