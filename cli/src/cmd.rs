//! The subcommands, one per file.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod eval;
#[cfg(feature = "nir")]
pub(crate) mod export;
pub(crate) mod flash;
pub(crate) mod import;
pub(crate) mod info;
pub(crate) mod init;
pub(crate) mod load;
pub(crate) mod man;
pub(crate) mod metrics;
pub(crate) mod plot;
pub(crate) mod ports;
pub(crate) mod precision;
pub(crate) mod read;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod selftest;
pub(crate) mod sim;
pub(crate) mod snapshot;
pub(crate) mod spikes;
pub(crate) mod sweep;
pub(crate) mod upgrade;
