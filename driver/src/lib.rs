//! The host library: communication with a Synfire core.
//!
//! A [`transport`] moves bytes. A [`Session`] turns the bytes into requests that are carried out
//! exactly once and answers that are complete. A [`Link`] moves the bytes of a session over a
//! transport. A [`Device`] offers the operations on a core.
//!
//! | layer | knows | leaves to the next |
//! |---|---|---|
//! | [`transport`] | ports, bytes, time | what the bytes mean |
//! | [`session`] | frames, numbers, repetition, streams | when bytes come, what requests are for |
//! | [`link`] | when to wait, and how long | what the requests are for |
//! | [`device`] | memories, registers, runs | what the network is for |
//!
//! This crate does not depend on the hardware or its simulation; [`spec`] defines what a core is.

#![forbid(unsafe_code)]

#[cfg(unix)]
pub mod board;
pub mod device;
pub mod error;
pub mod in_memory;
pub mod link;
#[cfg(unix)]
pub mod pty;
pub mod runner;
pub mod session;
pub mod stimulus;
pub mod transport;
pub mod weights;

pub use device::{Device, DeviceInfo, Probe, Recording, Run, State, WorkCounters};
pub use error::DriverError;
pub use link::{Link, LinkOptions};
pub use runner::Runner;
pub use session::Session;
