//! The libFuzzer entry point of [`fuzz::recordings::nmnist`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::nmnist(data));
