//! The Synfire core in RustHDL, and its Verilog generator.
//!
//! One description is elaborated for every named [`CoreConfig`](spec::config::CoreConfig): [`emit`]
//! writes the Verilog of the whole device, [`emit_core`] that of the neuron core alone.
//!
//! # Rules of the description
//! RustHDL's simulation and its Verilog differ where operands have different widths. The
//! description therefore follows these rules: one operation per assignment, into a `Local` of the
//! exact width; no arithmetic within a comparison; sign extension by OR-ing ones in front; no
//! `Constant<Signed>`, which yosys compares as unsigned.

#![expect(
    unreachable_pub,
    reason = "RustHDL's derives want the ports, states and blocks of a private module to be public"
)]

pub mod broadcast;
pub mod core;
pub mod coupling;
pub mod decay;
pub mod delay;
mod emit;
pub mod event_out;
pub mod fired_block;
pub mod host_port;
pub mod injected;
pub mod integrate;
pub mod lane;
pub mod lane_relay;
pub mod lanes;
pub mod leak;
pub mod learning;
pub mod lights;
pub mod link;
pub mod looks_back;
pub mod lowest_bit;
pub mod memory;
pub mod mux4;
pub mod narrow;
pub mod neuron_update;
pub mod optional;
pub mod or_tree;
pub mod outcome;
pub mod pending;
pub mod pipeline_register;
pub mod power_on;
pub mod region_group;
pub mod router;
pub mod second_state;
pub mod sequencer;
pub mod square;
pub mod synapse_fetch;
pub mod synapse_memory;
pub mod tick_control;
pub mod top;
pub mod uart;
pub mod wheel;

pub use emit::{EmitError, emit, emit_core};
