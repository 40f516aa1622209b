//! The common options and reports of the demos of learning.

use std::fmt;
use std::io::{self, Write};
use std::time::Instant;

use clap::Args;
use demos::learning::{Images, Work};
use driver::{Device, DeviceInfo};
use network::Network;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::options::{FormatOptions, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::target::{Opened, Several};

/// Options of every demo of learning.
#[derive(Debug, Args)]
pub(super) struct LearnOptions {
    /// Seed of everything that is random
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u32,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    pub(super) format: FormatOptions,
}

impl LearnOptions {
    /// Connects to the device: by default a simulated one that can learn.
    pub(super) fn open(&mut self) -> anyhow::Result<Opened> {
        self.target.suit_learning();
        self.target.open()
    }

    /// Like `open`, with as many models as there are threads.
    pub(super) fn open_several(&mut self) -> anyhow::Result<Several> {
        self.target.suit_learning();
        self.target.open_several()
    }

    pub(super) fn target(&self) -> String {
        self.target.target.to_string()
    }
}

/// How many of the digits.
#[derive(Debug, Args)]
pub(super) struct DigitOptions {
    /// Images to learn from, from the first [default: all 1,203]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    train: Option<u32>,
    /// Images to test with, from the first [default: all 594]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    images: Option<u32>,
}

impl DigitOptions {
    /// The images for learning and for the test.
    pub(super) fn load(&self) -> anyhow::Result<(Images, Images)> {
        let first = |images: Images, count: Option<u32>| match count {
            Some(count) => images.first(count as usize),
            None => images,
        };
        Ok((
            first(Images::digits_train()?, self.train),
            first(Images::digits_test()?, self.images),
        ))
    }
}

/// One bar after another.
#[derive(Default)]
pub(super) struct Bars {
    bar: Option<(&'static str, Progress)>,
}

impl Bars {
    /// Shows that `done` of the work called `label` is done.
    pub(super) fn set(&mut self, label: &'static str, done: u64, of: u64) {
        if self.bar.as_ref().is_none_or(|(now, _)| *now != label) {
            self.bar = None;
            self.bar = Some((label, Progress::new(label)));
        }
        if let Some((_, bar)) = &mut self.bar {
            bar.set(done, of);
        }
    }
}

/// The size of a network.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Size {
    /// Inputs of the network.
    inputs: usize,
    /// Neurons of the network.
    neurons: usize,
    /// Synapses of the network.
    synapses: usize,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} inputs, {} neurons, {} synapses",
            self.inputs, self.neurons, self.synapses
        )
    }
}

impl From<&Network> for Size {
    fn from(network: &Network) -> Size {
        Size {
            inputs: network.input_count(),
            neurons: network.neuron_count(),
            synapses: network.synapse_count(),
        }
    }
}

/// Work, as scripts see it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Cost {
    /// Ticks.
    ticks: u64,
    /// Spikes of inputs.
    input_spikes: u64,
    /// Spikes of neurons.
    spikes: u64,
    /// Synapses that spikes were delivered by.
    synaptic_events: u64,
    /// Clock cycles; the model estimates them.
    cycles: u64,
    /// Time at the clock of the config, in seconds.
    chip_seconds: f64,
}

impl Cost {
    pub(super) fn new(work: Work, info: DeviceInfo) -> Cost {
        Cost {
            ticks: work.ticks,
            input_spikes: work.input_spikes,
            spikes: work.spikes,
            synaptic_events: work.synaptic_events,
            cycles: work.cycles,
            chip_seconds: work.seconds(info.clock_hz),
        }
    }

    fn text(&self, what: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{what:<18}{} ticks, {} spikes of inputs, {} of neurons, {} synaptic events: {:.2} s on the chip",
            self.ticks, self.input_spikes, self.spikes, self.synaptic_events, self.chip_seconds
        )
    }
}

/// What a demo that learns to classify reports.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary<P: Serialize + JsonSchema> {
    /// The name of the demo.
    pub(super) demo: &'static str,
    /// The device, in the syntax of `--target`.
    pub(super) target: String,
    /// The config of the core.
    pub(super) config: String,
    /// The size of the network.
    pub(super) network: Size,
    /// What the demo was set to.
    pub(super) parameters: P,
    /// Seed of the random numbers.
    pub(super) seed: u32,
    /// Images that it learned from.
    pub(super) train_images: usize,
    /// Images that were classified.
    pub(super) images: usize,
    /// Right answers.
    pub(super) correct: usize,
    /// Share of right answers, 0 to 1.
    pub(super) accuracy: f64,
    /// Of learning and of the test together.
    pub(super) ticks: u64,
    /// Spikes of neurons, of both.
    pub(super) spikes: u64,
    /// Synapses that spikes were delivered by, of both.
    pub(super) synaptic_events: u64,
    /// What learning took.
    pub(super) learning: Cost,
    /// What the test took.
    pub(super) testing: Cost,
    /// Seconds that the command took.
    pub(super) seconds: f64,
    /// The picture that was written.
    pub(super) picture: Option<String>,
    /// The answer to each image.
    pub(super) predictions: Vec<Option<u8>>,
}

/// What a demo did, before it is summed up.
pub(super) struct Done<'a, P> {
    pub(super) demo: &'static str,
    pub(super) network: &'a Network,
    pub(super) parameters: P,
    pub(super) train_images: usize,
    pub(super) labels: &'a [u8],
    pub(super) predictions: Vec<Option<u8>>,
    pub(super) learning: Work,
    pub(super) testing: Work,
    pub(super) since: Instant,
    pub(super) picture: Option<String>,
}

impl<P: Serialize + JsonSchema> Done<'_, P> {
    fn summary(self, options: &LearnOptions, device: &Device) -> Summary<P> {
        let pairs = self.predictions.iter().zip(self.labels);
        let correct = pairs
            .filter(|(found, label)| **found == Some(**label))
            .count();
        let (learning, testing) = (self.learning, self.testing);
        Summary {
            demo: self.demo,
            target: options.target(),
            config: device.info().name.to_string(),
            network: Size::from(self.network),
            parameters: self.parameters,
            seed: options.seed,
            train_images: self.train_images,
            images: self.labels.len(),
            correct,
            accuracy: correct as f64 / self.labels.len().max(1) as f64,
            ticks: learning.ticks + testing.ticks,
            spikes: learning.spikes + testing.spikes,
            synaptic_events: learning.synaptic_events + testing.synaptic_events,
            learning: Cost::new(learning, device.info()),
            testing: Cost::new(testing, device.info()),
            seconds: self.since.elapsed().as_secs_f64(),
            picture: self.picture,
            predictions: self.predictions,
        }
    }

    /// Prints the summary, at the end of a demo.
    pub(super) fn print(self, options: &LearnOptions, device: &Device) -> Result {
        let format = options.format.format;
        report::print(&self.summary(options, device), format)?;
        Ok(Outcome::Done)
    }
}

impl<P: Serialize + JsonSchema> Report for Summary<P> {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "accuracy          {:.2} % ({} of {} images), after learning {}",
            100.0 * self.accuracy,
            self.correct,
            self.images,
            self.train_images
        )?;
        writeln!(out, "network           {}", self.network)?;
        self.learning.text("learning", out)?;
        self.testing.text("test", out)?;
        writeln!(out, "host time         {:.1} s", self.seconds)?;
        writeln!(
            out,
            "target            {}, config {}",
            self.target, self.config
        )?;
        if let Some(picture) = &self.picture {
            writeln!(out, "picture           {picture}")?;
        }
        Ok(())
    }
}
