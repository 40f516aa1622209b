//! What a Synfire core is.
#![forbid(unsafe_code)]
pub mod config;
pub mod fixed;
pub mod model;
pub mod regions;
pub mod regs;
pub mod stream;
pub mod wire;
pub mod words;

pub use config::CoreConfig;
