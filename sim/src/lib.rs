//! Simulation of the emitted Verilog, and its comparison with the model.
//!
//! The build script verilates `hdl/verilog/<config>.v` twice: the whole device with its UART pins,
//! and the core with its bus and streams. This crate adds
//!
//! - [`TopDut`] and [`CoreDut`]: one clock cycle a call, typed ports;
//! - [`UartDut`]: a serial line at the device's pins, good or deliberately bad;
//! - [`CoreBench`]: memories, words and ticks of the core;
//! - [`Lockstep`]: the core and [`model::Core`] side by side, every state word compared after
//!   every tick, the first difference handed out as a [`Divergence`];
//! - [`pty::PtyServer`] and the program `synfire-rtl`: a device that any serial program can open.
//!
//! This crate uses no network, no wall-clock time and no randomness: the same calls give the same
//! cycles.

pub mod core_bench;
pub mod dut;
pub mod error;
pub mod faults;
mod ffi;
pub mod lint;
pub mod lockstep;
pub mod pty;
pub mod uart;
pub mod verilator;

pub use core_bench::CoreBench;
pub use dut::{CoreDut, Model, PowerUp, TopDut};
pub use error::SimError;
pub use lockstep::{Divergence, Lockstep, LockstepError, Signal};
pub use uart::{BitTime, UartDut};
