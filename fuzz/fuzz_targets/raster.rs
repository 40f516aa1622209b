//! The libFuzzer entry point of [`fuzz::recordings::raster`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::raster(data));
