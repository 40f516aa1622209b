//! Devices under test: the Verilated device at its pins, and its core at its bus and streams.
//!
//! One call simulates one clock cycle or a run of cycles. Neither type knows more of the signals
//! than their direction; [`crate::uart`] and [`crate::core_bench`] know their meaning.

use std::{
    ffi::CString,
    path::{Path, PathBuf},
};

use spec::CoreConfig;

pub use crate::ffi::{CoreInputs, CoreOutputs, TopOutputs};
use crate::{
    error::SimError,
    ffi::{self, CoreHandle, TopHandle},
};

/// Cycles for which a new core is held in reset.
const RESET_CYCLES: u32 = 8;

/// What can be chosen about a device before it is powered up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerUp {
    /// Seed of the noise in memories that nothing initialises.
    pub seed: u32,
    /// Where to write every signal of every cycle as FST; needs the feature `trace`.
    pub wave: Option<PathBuf>,
}

impl Default for PowerUp {
    /// No waveform, and a fixed seed for undefined values.
    fn default() -> Self {
        Self {
            seed: 1,
            wave: None,
        }
    }
}

impl PowerUp {
    /// Writes the waves to `path`.
    #[must_use]
    pub fn with_wave(path: &Path) -> Self {
        Self {
            wave: Some(path.to_owned()),
            ..Self::default()
        }
    }

    /// The path of the wave as C wants it, after checking that it can be written.
    fn wave_path(&self) -> Result<Option<CString>, SimError> {
        let Some(path) = &self.wave else {
            return Ok(None);
        };
        if !cfg!(feature = "trace") {
            return Err(SimError::NoTracing { wave: path.clone() });
        }
        // Verilator only prints a warning when it cannot open the file.
        std::fs::File::create(path).map_err(|source| SimError::Wave {
            path: path.clone(),
            source,
        })?;
        let bytes = path.as_os_str().as_encoded_bytes();
        CString::new(bytes)
            .map(Some)
            .map_err(|_| SimError::WaveName(path.clone()))
    }
}

/// A Verilated device: what it is called, and the core that it is.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    /// Name that it was compiled under: that of its config, or of a planted fault, or of a netlist.
    pub name: &'a str,
    /// Its sizes, and how it is built.
    pub config: &'a CoreConfig,
}

impl<'a> From<&'a CoreConfig> for Model<'a> {
    fn from(config: &'a CoreConfig) -> Model<'a> {
        let name = config.name.as_str();
        Model { name, config }
    }
}

/// The names of the configs that there is a Verilated device of.
#[must_use]
pub fn configs() -> Vec<&'static str> {
    ffi::configs().collect()
}

fn not_built(name: &str) -> SimError {
    SimError::NotBuilt {
        config: name.to_owned(),
        built: configs().join(", "),
    }
}

/// The whole device, at its pins.
#[derive(Debug)]
pub struct TopDut {
    handle: TopHandle,
    cycles: u64,
}

impl TopDut {
    /// Powers a device of that config up.
    ///
    /// # Errors
    /// The config was not Verilated, or the wave cannot be written.
    pub fn new<'m>(model: impl Into<Model<'m>>, power_up: &PowerUp) -> Result<Self, SimError> {
        let name = model.into().name;
        let wave = power_up.wave_path()?;
        let handle =
            TopHandle::new(name, power_up.seed, wave.as_ref()).ok_or_else(|| not_built(name))?;
        Ok(Self { handle, cycles: 0 })
    }

    /// One cycle with `rx` on the serial input.
    pub fn cycle(&mut self, rx: bool) -> TopOutputs {
        self.run(rx, 1);
        self.handle.outputs()
    }

    /// Runs 1 to `limit` cycles with `rx` held, up to and with the first that changes `tx`. Returns
    /// how many it ran; 0 only for a limit of 0.
    pub fn run(&mut self, rx: bool, limit: u64) -> u64 {
        if limit == 0 {
            return 0;
        }
        let run = self.handle.run(rx, limit);
        self.cycles += run;
        run
    }

    /// The pins after the last cycle.
    #[must_use]
    pub fn outputs(&self) -> TopOutputs {
        self.handle.outputs()
    }

    /// Cycles since power-up.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.cycles
    }
}

/// The core, at the bus and the streams.
#[derive(Debug)]
pub struct CoreDut {
    handle: CoreHandle,
    /// What the next cycle applies. Level inputs stay until they are changed; so do strobes, and
    /// taking them back is the caller's part.
    pub inputs: CoreInputs,
    outputs: CoreOutputs,
    cycles: u64,
}

impl CoreDut {
    /// Powers a core of that config up and holds it in reset for a few cycles.
    ///
    /// # Errors
    /// The config was not Verilated, or the wave cannot be written.
    pub fn new<'m>(model: impl Into<Model<'m>>, power_up: &PowerUp) -> Result<Self, SimError> {
        let name = model.into().name;
        let wave = power_up.wave_path()?;
        let handle =
            CoreHandle::new(name, power_up.seed, wave.as_ref()).ok_or_else(|| not_built(name))?;
        let (inputs, outputs) = (CoreInputs::default(), CoreOutputs::default());
        let mut dut = Self {
            handle,
            inputs,
            outputs,
            cycles: 0,
        };
        dut.inputs.reset = true;
        for _ in 0..RESET_CYCLES {
            dut.cycle();
        }
        dut.inputs.reset = false;
        Ok(dut)
    }

    /// One cycle: applies [`inputs`](Self::inputs), returns the outputs as they then stand, and
    /// gives the rising edge. A handshake takes place in this cycle when both of its sides are set.
    pub fn cycle(&mut self) -> CoreOutputs {
        self.outputs = self.handle.cycle(&self.inputs);
        self.cycles += 1;
        self.outputs
    }

    /// The outputs of the last cycle.
    #[must_use]
    pub fn outputs(&self) -> CoreOutputs {
        self.outputs
    }

    /// Cycles since power-up, those in reset included.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.cycles
    }
}
