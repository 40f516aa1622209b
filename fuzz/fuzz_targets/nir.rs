//! The libFuzzer entry point of [`fuzz::files::nir`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::nir(data));
