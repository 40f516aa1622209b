//! Shared helpers of the test suites: random cores, an oracle in floating point, a count of
//! cycles, waveforms.

pub mod cycles;
pub mod oracle;
pub mod random_core;
pub mod waves;
