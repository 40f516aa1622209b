//! The libFuzzer entry point of [`fuzz::files::superneuromat`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::files::superneuromat(data));
