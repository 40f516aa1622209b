//! `synfire info`: shows which device is at the other end of the line.

use std::io::{self, Write};

use clap::Args;
use schemars::JsonSchema;
use serde::Serialize;
use spec::regs;

use crate::exit::{Outcome, Result};
use crate::options::{FormatOptions, TargetOptions};
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Example:
  synfire info --target serial:/dev/ttyUSB0";

/// Tells what a core is and how it is doing
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// Version of the wire protocol.
    protocol: u8,
    /// Hash of the sizes, hexadecimal.
    sizes_hash: String,
    /// Clock of the core, Hz.
    clock_hz: u32,
    /// Whether the PLL of its clock has a lock.
    locked: bool,
    /// Neurons that it has.
    neurons: usize,
    /// Inputs that it has.
    inputs: usize,
    /// Synapses that it adds in a cycle.
    lanes: usize,
    /// Synapses that it has room for.
    synapses: usize,
    /// Rows of synapses that it has.
    rows: usize,
    /// Bits of a potential.
    state_bits: u32,
    /// Bits of a current while it is summed up.
    sum_bits: u32,
    /// Sums of currents that were clamped; at 65535 there may have been more.
    clamps: u32,
    /// Hash of the network that it holds; 0 = no complete network.
    network: u32,
    /// The tick at which the core stands.
    tick: u32,
    /// Whether no tick is under way.
    idle: bool,
    /// Whether it waits for a host to take its words.
    stalled: bool,
    /// Whether some neuron's potential or current is not at its reset value.
    active: bool,
    /// Damaged frames that the device received.
    damaged_frames: u32,
    /// Bytes that came to it without their stop bit.
    framing_errors: u32,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "target      {}", self.target)?;
        writeln!(
            out,
            "config      {} (sizes {}, protocol {})",
            self.config, self.sizes_hash, self.protocol
        )?;
        let lock = if self.locked {
            ""
        } else {
            ", its PLL has no lock"
        };
        let megahertz = f64::from(self.clock_hz) / 1e6;
        writeln!(out, "clock       {megahertz} MHz{lock}")?;
        writeln!(
            out,
            "size        {} neurons, {} inputs, {} synapses, {} rows",
            self.neurons, self.inputs, self.synapses, self.rows
        )?;
        writeln!(
            out,
            "lanes       {}, state of {} bits, sums of {}",
            self.lanes, self.state_bits, self.sum_bits
        )?;
        let doing = match self {
            Summary { stalled: true, .. } => "waiting for a host to take its words",
            Summary { idle: false, .. } => "running",
            Summary { active: true, .. } => {
                "at rest; some neuron's potential or current is not at its reset value"
            }
            _ => "at rest",
        };
        match self.network {
            0 => writeln!(out, "network     none")?,
            hash => writeln!(out, "network     {hash:08x}")?,
        }
        writeln!(out, "state       tick {}, {doing}", self.tick)?;
        writeln!(out, "clamps      {}", clamps(self.clamps))?;
        writeln!(
            out,
            "line        {} damaged frames, {} framing errors",
            self.damaged_frames, self.framing_errors
        )
    }
}

/// The count, or a lower bound if it is saturated.
pub(crate) fn clamps(count: u32) -> String {
    match count {
        regs::CLAMPS_MAX => format!(">= {count}"),
        _ => count.to_string(),
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let mut opened = self.target.open()?;
        let device = &mut opened.device;
        let info = device.info();
        let state = device.state()?;
        let network = device.register(regs::NETWORK)?;
        let errors = device.register(regs::LINK_ERRORS)?;
        let clamps = device.clamps()?;
        let summary = Summary {
            target: self.target.target.to_string(),
            config: info.name.to_string(),
            protocol: info.protocol,
            sizes_hash: format!("{:08x}", info.sizes.hash()),
            clock_hz: info.clock_hz,
            locked: info.is_locked,
            neurons: info.sizes.neurons(),
            inputs: info.sizes.inputs(),
            lanes: info.sizes.lanes(),
            synapses: info.sizes.synapses(),
            rows: info.sizes.rows(),
            state_bits: info.sizes.state_bits,
            sum_bits: info.sizes.sum_bits,
            clamps,
            network,
            tick: state.tick,
            idle: state.idle,
            stalled: state.stalled,
            active: state.active,
            damaged_frames: errors & 0xffff,
            framing_errors: errors >> 16,
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}
