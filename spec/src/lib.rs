//! What a Synfire core is: its sizes, its arithmetic, its memories, its registers, its wire, and a
//! model of it that is right to the last bit.
//!
//! Nothing here does I/O, and nothing here is hardware. The hardware description takes its
//! constants from this crate and nothing else; the host library takes the wire and the memory
//! layout; the simulator compares the hardware with [`model::Core`].
//!
//! | word | meaning |
//! |---|---|
//! | tick | one step of the network, typically 1 ms of its time |
//! | cycle | one edge of the core's clock |
//! | source | an input, or a neuron |
//! | row | the synapses of one source with one delay and one exponent |
//! | lane | one synapse processed per cycle |
//!
//! Start at [`CoreConfig`] for the sizes, [`model`] for the machine, [`wire`] for the protocol.

#![forbid(unsafe_code)]

pub mod config;
pub mod emulator;
pub mod fixed;
pub mod image;
pub mod model;
pub mod nearest;
pub mod network;
pub mod npy;
pub mod plasticity;
pub mod regions;
pub mod regs;
pub mod stream;
pub mod wire;
pub mod words;

pub use config::CoreConfig;
