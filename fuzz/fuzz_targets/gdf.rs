//! The libFuzzer entry point of [`fuzz::recordings::gdf`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::gdf(data));
