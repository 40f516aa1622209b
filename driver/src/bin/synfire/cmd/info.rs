//! `synfire info`: who is at the other end.

use std::io::{self, Write};

use clap::Args;
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

#[derive(Debug, Serialize)]
struct Summary {
    target: String,
    config: &'static str,
    protocol: u8,
    build: String,
    clock_hz: u32,
    locked: bool,
    neurons: usize,
    inputs: usize,
    lanes: usize,
    synapses: usize,
    rows: usize,
    state_bits: u32,
    /// Hash of the network that it holds; 0 = none that is whole.
    network: u32,
    tick: u32,
    idle: bool,
    stalled: bool,
    active: bool,
    damaged_frames: u32,
    framing_errors: u32,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "target      {}", self.target)?;
        writeln!(
            out,
            "config      {} (build {}, protocol {})",
            self.config, self.build, self.protocol
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
            "lanes       {}, state of {} bits",
            self.lanes, self.state_bits
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
        writeln!(
            out,
            "line        {} damaged frames, {} framing errors",
            self.damaged_frames, self.framing_errors
        )
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
        let summary = Summary {
            target: self.target.target.to_string(),
            config: info.config.name,
            protocol: info.protocol,
            build: format!("{:08x}", info.build),
            clock_hz: info.clock_hz,
            locked: info.is_locked,
            neurons: info.config.neurons(),
            inputs: info.config.inputs(),
            lanes: info.config.lanes(),
            synapses: info.config.synapses(),
            rows: info.config.rows(),
            state_bits: info.config.state_bits,
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
