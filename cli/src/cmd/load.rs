//! `synfire load`: loads a network onto a core, where it stays.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use network::image::CoreImage;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::import::ImportOptions;
use crate::options::{FormatOptions, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Example:
  synfire load net.toml --target serial:/dev/ttyUSB0

Afterwards `synfire run net.toml --no-load` runs it without loading it again. The model lives only
as long as a command; `synfire sim` serves one that stays.";

/// Loads a network onto a core and verifies it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    /// Do not read back and compare
    #[arg(long)]
    no_verify: bool,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    import: ImportOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// The name of the network.
    network: String,
    /// Neurons of the network.
    neurons: usize,
    /// Inputs of the network.
    inputs: usize,
    /// Synapses of the network.
    synapses: usize,
    /// Whether it was read back and compared.
    verified: bool,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let verified = if self.verified {
            "loaded and verified"
        } else {
            "loaded"
        };
        writeln!(
            out,
            "{} {verified} on {} ({}): {} inputs, {} neurons, {} synapses",
            self.network, self.config, self.target, self.inputs, self.neurons, self.synapses
        )
    }
}

impl Cmd {
    pub(crate) fn run(mut self) -> Result {
        let network = self
            .import
            .network(&self.network, self.target.known_config()?)?
            .network;
        self.target.suit(&network, self.import.state_bits());
        let mut opened = self.target.open()?;
        let device = &mut opened.device;
        let image = CoreImage::map(&network, device.sizes())?;
        let mut progress = Progress::new("loading");
        device.load(&image, &mut |done, of| progress.set(done, of))?;
        drop(progress);
        if !self.no_verify {
            let mut progress = Progress::new("verifying");
            device.verify(&image, &mut |done, of| progress.set(done, of))?;
        }
        let summary = Summary {
            target: self.target.target.to_string(),
            config: device.info().name.to_string(),
            network: network.name().to_owned(),
            neurons: network.neuron_count(),
            inputs: network.input_count(),
            synapses: network.synapse_count(),
            verified: !self.no_verify,
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}
