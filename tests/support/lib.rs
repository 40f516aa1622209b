//! Shared helpers of the test suites: random cores, and an oracle in floating point.

pub mod oracle;
pub mod random_core;
