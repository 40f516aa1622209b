//! The libFuzzer entry point of [`fuzz::recordings::event_stream`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::recordings::event_stream(data));
