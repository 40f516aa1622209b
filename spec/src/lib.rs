//! What a Synfire core is.
#![forbid(unsafe_code)]
pub mod config;
pub mod regions;

pub use config::CoreConfig;
