//! The libFuzzer entry point of [`fuzz::recordings::npz`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::npz(data));
