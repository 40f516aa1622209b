//! The definition of a Synfire core: its sizes, arithmetic, memories, registers and wire protocol.
//!
//! This crate does no I/O and contains no hardware description. The hardware description takes its
//! constants from this crate alone; the host library takes the wire protocol and the memory layout
//! from it; the simulator compares the hardware with the crate `model`.
//!
//! | word | meaning |
//! |---|---|
//! | tick | one step of the network, typically 1 ms of its time |
//! | cycle | one edge of the core's clock |
//! | source | an input, or a neuron |
//! | row | the synapses of one source with one delay and one exponent |
//! | lane | one synapse processed per cycle |
//!
//! Start at [`CoreConfig`] for the sizes, [`regions`] for the memories, [`wire`] for the protocol.

#![forbid(unsafe_code)]

pub mod config;
pub mod elements;
pub mod events;
pub mod fixed;
pub mod identification;
pub mod keyed;
pub mod layout;
pub mod plasticity;
pub mod regions;
pub mod regs;
mod size_words;
pub mod sizes;
pub mod stream;
pub mod wire;
pub mod words;

pub use config::CoreConfig;
pub use sizes::Sizes;
