//! What other tools write: spikes and events of cameras, read and written.

#![forbid(unsafe_code)]

pub mod spikes;
