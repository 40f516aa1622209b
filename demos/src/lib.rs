//! Tasks that networks on a core solve: data, a network, a score, and pictures of the result.
//!
//! All operations of a demo go through a [`Device`](driver::Device), so the model, the simulated
//! hardware and a board give bit-identical results.

#![forbid(unsafe_code)]

pub mod brunel;
pub mod classify;
pub mod digits;
pub mod inference;
pub mod izhikevich;
pub mod learning;
