//! The libFuzzer entry point of [`fuzz::files::snapshot`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::snapshot(data));
