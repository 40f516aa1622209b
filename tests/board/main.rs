//! The whole device at its pins: the digits, and what learns, over a pseudo-terminal.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed, helpers included"
)]

mod digits;
mod learning;
mod selftest;
mod sessions;
mod wire;
