//! The libFuzzer entry point of [`fuzz::files::network`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::network(data));
