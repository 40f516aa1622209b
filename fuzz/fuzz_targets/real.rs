//! The libFuzzer entry point of [`fuzz::files::real`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::real(data));
