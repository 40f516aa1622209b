//! How to talk to a Synfire core.
//!
//! Bytes travel over a [`transport`]; a [`Link`] makes of them requests that are carried out once
//! and answers that are whole; a [`Device`] offers what one does with a core.
//!
//! | layer | knows | leaves to the next |
//! |---|---|---|
//! | [`transport`] | ports, bytes, time | what the bytes mean |
//! | [`link`] | frames, numbers, repetition | what the requests are for |
//! | [`device`] | memories, registers, runs | what the network is for |
//!
//! Nothing here knows the hardware or its simulation: what a core is stands in [`spec`].

#![forbid(unsafe_code)]

#[cfg(unix)]
pub mod board;
#[cfg(feature = "plot")]
pub mod chart;
pub mod classify;
pub mod csv;
pub mod device;
pub mod digits;
pub mod error;
pub mod events;
pub mod heat;
pub mod inference;
pub mod learning;
pub mod link;
pub mod metrics;
#[cfg(feature = "plot")]
pub mod plot;
#[cfg(feature = "png")]
pub mod png;
#[cfg(unix)]
pub mod pty;
pub mod raster;
pub mod selftest;
pub mod stimulus;
pub mod style;
pub mod text;
pub mod transport;
pub mod weights;

pub use device::{Counters, Device, DeviceInfo, Probe, Recording, Run, State};
pub use error::DriverError;
pub use events::{Injection, Spike, Trace};
pub use link::{Link, LinkOptions};
