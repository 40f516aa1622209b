//! The libFuzzer entry point of [`fuzz::talk::session`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::talk::session(data));
