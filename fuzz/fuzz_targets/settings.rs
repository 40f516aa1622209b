//! The libFuzzer entry point of [`fuzz::files::settings`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::settings(data));
