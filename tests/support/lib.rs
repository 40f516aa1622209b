//! Shared helpers of the test suites: random cores, an oracle in floating point, and a count of
//! cycles.

pub mod cycles;
pub mod oracle;
pub mod random_core;
