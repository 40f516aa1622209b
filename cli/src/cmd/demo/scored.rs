//! The report of the demos of learning that are not about images.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use demos::learning::Work;
use driver::DeviceInfo;
use network::Network;
use schemars::JsonSchema;
use serde::Serialize;
use viz::chart::Chart;

use super::learned::{LearnOptions, Size};
use crate::exit::{Outcome, Result};
use crate::files::{Output, commit_all};
use crate::report::{self, Report};

/// The results of a demo.
pub(super) struct Done<'a, P, R> {
    pub(super) demo: &'static str,
    pub(super) network: &'a Network,
    pub(super) parameters: P,
    /// The meaning of the accuracy.
    pub(super) score: &'static str,
    pub(super) accuracy: f64,
    pub(super) results: R,
    pub(super) work: Work,
    pub(super) since: Instant,
    pub(super) pictures: Vec<String>,
    /// Further lines for people.
    pub(super) remarks: Vec<String>,
}

/// The report.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary<P: Serialize + JsonSchema, R: Serialize + JsonSchema> {
    /// The name of the demo.
    demo: &'static str,
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// The size of the network.
    network: Size,
    /// The parameters of the demo.
    parameters: P,
    /// Seed of the random numbers.
    seed: u32,
    /// The meaning of `accuracy`.
    score: &'static str,
    /// The share that `score` describes, 0 to 1.
    accuracy: f64,
    /// What the demo found.
    results: R,
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
    /// Seconds that the command took.
    seconds: f64,
    /// The pictures that were written.
    pictures: Vec<String>,
    #[serde(skip)]
    remarks: Vec<String>,
}

impl<P: Serialize + JsonSchema, R: Serialize + JsonSchema> Done<'_, P, R> {
    fn summary(self, options: &LearnOptions, info: DeviceInfo) -> Summary<P, R> {
        Summary {
            demo: self.demo,
            target: options.target(),
            config: info.name.to_string(),
            network: Size::from(self.network),
            parameters: self.parameters,
            seed: options.seed,
            score: self.score,
            accuracy: self.accuracy,
            results: self.results,
            ticks: self.work.ticks,
            input_spikes: self.work.input_spikes,
            spikes: self.work.spikes,
            synaptic_events: self.work.synaptic_events,
            cycles: self.work.cycles,
            chip_seconds: self.work.seconds(info.clock_hz),
            seconds: self.since.elapsed().as_secs_f64(),
            pictures: self.pictures,
            remarks: self.remarks,
        }
    }

    /// Prints the summary, at the end of a demo.
    pub(super) fn print(self, options: &LearnOptions, info: DeviceInfo) -> Result {
        let format = options.format.format;
        report::print(&self.summary(options, info), format)?;
        Ok(Outcome::Done)
    }
}

impl<P: Serialize + JsonSchema, R: Serialize + JsonSchema> Report for Summary<P, R> {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let percent = 100.0 * self.accuracy;
        writeln!(out, "accuracy          {percent:.2} %: {}", self.score)?;
        for remark in &self.remarks {
            writeln!(out, "                  {remark}")?;
        }
        writeln!(out, "network           {}", self.network)?;
        writeln!(
            out,
            "work              {} ticks, {} spikes of inputs, {} of neurons, {} synaptic events: {:.2} s on the chip",
            self.ticks, self.input_spikes, self.spikes, self.synaptic_events, self.chip_seconds
        )?;
        writeln!(out, "host time         {:.1} s", self.seconds)?;
        writeln!(
            out,
            "target            {}, config {}",
            self.target, self.config
        )?;
        for picture in &self.pictures {
            writeln!(out, "picture           {picture}")?;
        }
        Ok(())
    }
}

/// The folder that pictures go to.
#[derive(Debug, clap::Args)]
pub(super) struct PictureOptions {
    /// Folder for the pictures
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pictures: PathBuf,
    /// Draw nothing
    #[arg(long, conflicts_with = "pictures")]
    no_pictures: bool,
}

/// Where pictures will be written: known to exist before a long run.
pub(super) struct Pictures(Vec<Output>);

impl PictureOptions {
    /// Prepares pictures with these names.
    pub(super) fn prepare(&self, names: &[&str]) -> anyhow::Result<Pictures> {
        let mut outputs = Vec::new();
        for name in names.iter().filter(|_| !self.no_pictures) {
            outputs.push(Output::picture(&self.pictures.join(name))?);
        }
        Ok(Pictures(outputs))
    }
}

impl Pictures {
    /// Writes the charts, in the order of the names, and prints their paths.
    pub(super) fn write(&self, charts: &[Chart]) -> anyhow::Result<Vec<String>> {
        let pairs = || self.0.iter().zip(charts);
        let staged = pairs().map(|(output, chart)| output.stage_picture(&chart.svg()?));
        commit_all(staged.collect::<anyhow::Result<Vec<_>>>()?)?;
        Ok(pairs().map(|(output, _)| output.name()).collect())
    }
}
