//! The libFuzzer entry point of [`fuzz::recordings::table`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::table(data));
