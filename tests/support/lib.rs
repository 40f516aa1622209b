//! Shared helpers of the test suites: random cores, a floating-point oracle, cycle counts,
//! waveforms.

pub mod cycles;
pub mod oracle;
pub mod random_core;
pub mod waves;
