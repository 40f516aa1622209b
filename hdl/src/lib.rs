//! The Synfire core in RustHDL, and its Verilog.
//!
//! One description, elaborated for every named [`CoreConfig`](spec::config::CoreConfig): [`emit`]
//! writes the Verilog of the whole device, [`emit_core`] of the neuron core alone.
//!
//! # Rules of the description
//! RustHDL's simulation and its Verilog part ways where widths mix, so: one operation an
//! assignment, into a `Local` of the exact width; no arithmetic within a comparison; signs are
//! extended by OR-ing ones in front; no `Constant<Signed>`, which yosys compares as unsigned.

#![expect(
    unreachable_pub,
    reason = "RustHDL's derives want the ports, states and blocks of a private module to be public"
)]

pub mod broadcast;
pub mod choose;
pub mod core;
pub mod decay;
mod emit;
pub mod event_out;
pub mod fired_block;
pub mod gather;
pub mod integrate;
pub mod lane;
pub mod lanes;
pub mod leak;
pub mod learning;
pub mod lights;
pub mod link;
pub mod lowest_bit;
pub mod memory;
pub mod near;
pub mod neuron_update;
pub mod optional;
pub mod outcome;
pub mod pending;
pub mod power_on;
pub mod region_group;
pub mod relay;
pub mod router;
pub mod sequencer;
pub mod streamer;
pub mod synapse_memory;
pub mod tick_control;
pub mod top;
pub mod uart;
pub mod wheel;

pub use emit::{EmitError, emit, emit_core};
