//! Demos with networks that snnTorch trained and exported to NIR, compared with snnTorch's own
//! results on the same data.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use demos::classify;
use demos::digits::{Digits, TICKS};
use interop::quantise::{self, quantise};
use interop::spikes::camera::{Polarity, Sensor, View};
use interop::spikes::{SpikeError, nmnist};
use interop::{graph::Graph, nir};
use network::Network;
use network::image::CoreImage;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spec::events::Spike;

use crate::exit::{Outcome, Result, UsageError};
use crate::files;
use crate::import::BitOptions;
use crate::options::{FormatOptions, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};

/// snnTorch's exporter writes times in seconds for ticks of this length.
const SNNTORCH_TICK: f64 = 1e-4;

const DIGITS: &[u8] = include_bytes!(concat!(env!("SYNFIRE_SNNTORCH_DIGITS"), "/digits.nir"));
const DIGITS_EXPECTED: &str =
    include_str!(concat!(env!("SYNFIRE_SNNTORCH_DIGITS"), "/expected.json"));
const NMNIST: &[u8] = include_bytes!(concat!(env!("SYNFIRE_SHIPPED_NMNIST"), "/nmnist.nir"));
const NMNIST_EXPECTED: &str =
    include_str!(concat!(env!("SYNFIRE_SHIPPED_NMNIST"), "/expected.json"));
/// Length of a tick of the N-MNIST network.
const NMNIST_TICK_US: u64 = 5_000;

/// Classifies the same images with a network that snnTorch exported to NIR
#[derive(Debug, Args)]
pub(super) struct SnntorchCmd {
    #[command(flatten)]
    common: Common,
}

/// Classifies recordings of N-MNIST with a network that snnTorch exported to NIR
#[derive(Debug, Args)]
pub(super) struct NmnistCmd {
    /// Folder with test100.txt (recording, digit) and bs2, the recordings
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct Common {
    #[command(flatten)]
    bits: BitOptions,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

/// snnTorch's results on the data.
#[derive(Debug, Deserialize)]
struct Expected {
    ticks: u32,
    correct: usize,
    output_spikes: u64,
    predictions: Vec<usize>,
    counts: Vec<Vec<u64>>,
    /// Spikes of the inputs over all samples, where the samples are not part of the project.
    #[serde(default)]
    input_spikes: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// Samples.
    samples: usize,
    /// Right answers.
    correct: usize,
    /// Share of right answers, 0 to 1.
    accuracy: f64,
    /// Right answers of snnTorch.
    float_correct: usize,
    /// Share of right answers of snnTorch, 0 to 1.
    float_accuracy: f64,
    /// Answers that are snnTorch's.
    same_answers: usize,
    /// Samples of which each output spiked as often as snnTorch's.
    same_counts: usize,
    /// Spikes of outputs.
    output_spikes: u64,
    /// Spikes of outputs in snnTorch.
    float_output_spikes: u64,
    /// Signal over error of the weights of each projection, in dB; null if nothing was rounded.
    weight_snr_db: Vec<Option<f64>>,
    /// Bits of a weight.
    weight_bits: u32,
    /// Bits of a potential.
    state_bits: u32,
    /// Seconds that the command took.
    seconds: f64,
    /// The answer to each sample.
    predictions: Vec<usize>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let of = self.samples;
        let line = |out: &mut dyn Write, who: &str, accuracy: f64, correct: usize| {
            writeln!(
                out,
                "{who:<14}{:.2} % ({correct} of {of})",
                100.0 * accuracy
            )
        };
        line(out, "core", self.accuracy, self.correct)?;
        line(out, "snnTorch", self.float_accuracy, self.float_correct)?;
        writeln!(out, "same answer   {} of {of}", self.same_answers)?;
        writeln!(out, "same counts   {} of {of}", self.same_counts)?;
        writeln!(
            out,
            "output spikes {}, of snnTorch {}",
            self.output_spikes, self.float_output_spikes
        )?;
        let snr: Vec<String> = self
            .weight_snr_db
            .iter()
            .map(|snr| snr.map_or_else(|| "exact".to_owned(), |snr| format!("{snr:.1} dB")))
            .collect();
        let (weights, states) = (self.weight_bits, self.state_bits);
        writeln!(out, "weights       {weights} bits, SNR {}", snr.join(", "))?;
        writeln!(out, "states        {states} bits")?;
        writeln!(out, "target        {}, config {}", self.target, self.config)?;
        writeln!(out, "host time     {:.3} s", self.seconds)
    }
}

impl SnntorchCmd {
    pub(super) fn run(self) -> Result {
        let digits = Digits::embedded()?;
        let samples: Vec<Vec<Spike>> = (0..digits.labels().len())
            .map(|image| digits.encode(image))
            .collect();
        let labels: Vec<usize> = digits.labels().iter().map(|&l| usize::from(l)).collect();
        let expected: Expected = serde_json::from_str(DIGITS_EXPECTED)?;
        debug_assert_eq!(expected.ticks, TICKS);
        self.common
            .run("snntorch_digits", DIGITS, &samples, &labels, &expected)
    }
}

impl NmnistCmd {
    pub(super) fn run(self) -> Result {
        let expected: Expected = serde_json::from_str(NMNIST_EXPECTED)?;
        let (mut samples, mut labels) = (Vec::new(), Vec::new());
        for (name, label) in list(&self.data, "test100.txt")? {
            let recording = format!("bs2/{name}.bs2");
            let bytes = files::within(&self.data, &recording)?;
            let spikes = encode(bytes, expected.ticks)
                .with_context(|| files::name(&self.data.join(&recording)))?;
            samples.push(spikes);
            labels.push(label);
        }
        self.check(&samples, &expected)?;
        self.common
            .run("nmnist", NMNIST, &samples, &labels, &expected)
    }

    /// Checks the samples: snnTorch's results on other recordings are not known.
    fn check(&self, samples: &[Vec<Spike>], expected: &Expected) -> anyhow::Result<()> {
        let found = (samples.len(), samples.iter().map(Vec::len).sum::<usize>());
        let known = (
            expected.predictions.len(),
            expected.input_spikes.unwrap_or(found.1),
        );
        if found == known {
            return Ok(());
        }
        Err(UsageError(format!(
            "{}: {} recordings with {} spikes of inputs; those that snnTorch was tested with are \
             {} with {}",
            files::name(&self.data),
            found.0,
            found.1,
            known.0,
            known.1
        ))
        .into())
    }
}

/// Converts a recording to spikes of 16 x 16 inputs: the border of one pixel is cut off, blocks of
/// 2 x 2 pixels are one input each, and an input spikes in a tick if it had any event in it.
fn encode(bytes: Vec<u8>, ticks: u32) -> std::result::Result<Vec<Spike>, SpikeError> {
    let inner = Sensor {
        width: 32,
        height: 32,
    };
    let view = View {
        window_us: (0, u64::from(ticks) * NMNIST_TICK_US),
        crop: Some((1, 1, inner)),
        shrink: 2,
        polarity: Polarity::Merge,
    };
    let (_, recording) = nmnist::read(&bytes, nmnist::SENSOR)?.spikes(&view)?;
    recording.ticks(NMNIST_TICK_US * 1000)
}

/// Reads the recordings and their digits: two numbers per line; lines that begin with '#' are
/// ignored.
fn list(folder: &Path, file: &str) -> anyhow::Result<Vec<(u32, usize)>> {
    let name = files::name(&folder.join(file));
    let text = String::from_utf8(files::within(folder, file)?).with_context(|| name.clone())?;
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let parse = |(at, line): (usize, &str)| {
        let mut words = line.split_whitespace();
        let pair = || Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?));
        let mut pair = pair;
        pair().ok_or_else(|| {
            let at = at + 1;
            UsageError(format!(
                "{name}, line {at}: must be a recording and a digit"
            ))
            .into()
        })
    };
    lines.map(parse).collect()
}

/// The network in a NIR file of snnTorch's exporter.
pub(super) fn graph(name: &str, bytes: &[u8]) -> anyhow::Result<Graph> {
    let options = nir::NirOptions {
        dt: Some(SNNTORCH_TICK),
        ..nir::NirOptions::default()
    };
    let model = nir::read(bytes.to_vec()).with_context(|| format!("the network {name}"))?;
    Ok(nir::lower(name, &model, &options)?)
}

impl Common {
    fn run(
        self,
        name: &str,
        bytes: &[u8],
        samples: &[Vec<Spike>],
        labels: &[usize],
        expected: &Expected,
    ) -> Result {
        let since = Instant::now();
        let graph = graph(name, bytes)?;
        let options = self.bits.quantise(self.target.known_config()?);
        let made = quantise(&graph, &options)?;
        let mut opened = self.target.open()?;
        let device = &mut opened.device;
        let image = CoreImage::map(&made.network, device.sizes())?;
        device.load(&image, &mut |_, _| ())?;
        let (ticks, outputs) = outputs(&made, expected.ticks);
        let mut progress = Progress::new("classifying");
        let mut counts = Vec::new();
        for (at, spikes) in samples.iter().enumerate() {
            counts.push(classify::counts(device, spikes, ticks, &outputs)?);
            progress.set(at as u64 + 1, samples.len() as u64);
        }
        drop(progress);
        let predictions: Vec<usize> = counts
            .iter()
            .map(|counts| classify::answer(counts))
            .collect();
        let same = |a: &[usize], b: &[usize]| a.iter().zip(b).filter(|(a, b)| a == b).count();
        let correct = same(&predictions, labels);
        let same_counts = counts.iter().zip(&expected.counts).filter(|(a, b)| a == b);
        let share = |correct: usize| correct as f64 / samples.len().max(1) as f64;
        let summary = Summary {
            target: self.target.target.to_string(),
            config: device.info().name.to_string(),
            samples: samples.len(),
            correct,
            accuracy: share(correct),
            float_correct: expected.correct,
            float_accuracy: share(expected.correct),
            same_answers: same(&predictions, &expected.predictions),
            same_counts: same_counts.count(),
            output_spikes: counts.iter().flatten().sum(),
            float_output_spikes: expected.output_spikes,
            weight_snr_db: made.report.projections.iter().map(|p| p.snr_db).collect(),
            weight_bits: options.weight_bits,
            state_bits: options.state_bits,
            seconds: since.elapsed().as_secs_f64(),
            predictions,
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}

/// Number of ticks until the last spikes of `ticks` ticks of input have reached the output, and the
/// last population.
pub(super) fn outputs(made: &quantise::Quantised, ticks: u32) -> (u32, std::ops::Range<usize>) {
    let latency = made
        .report
        .populations
        .last()
        .map_or(0, |last| last.latency);
    let last = Network::populations(&made.network).last();
    (ticks + latency, last.map_or(0..0, |last| last.ids()))
}
