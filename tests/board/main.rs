//! Tests of the whole device at its pins, over a pseudo-terminal: the digits, learning, clamped
//! sums.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed, helpers included"
)]

mod clamps;
mod digits;
mod exported;
mod learning;
mod selftest;
mod sessions;
mod snapshot;
mod wire;
