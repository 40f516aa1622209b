//! The libFuzzer entry point of [`fuzz::recordings::sonata`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::sonata(data));
