//! The libFuzzer entry point of [`fuzz::files::npy`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::npy(data));
