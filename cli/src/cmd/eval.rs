//! `synfire eval`: runs a network on samples and reports its answers and its time.

mod confusion;
pub(super) mod summary;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use demos::inference::Inference;
use driver::Runner;

use crate::crew::{JobOptions, share};
use crate::exit::{Outcome, Result, UsageError};
use crate::files::{Output, commit_all};
use crate::import::{ImportOptions, is_foreign};
use crate::labels::AnswerOptions;
use crate::options::{FormatOptions, Target, TargetOptions};
use crate::progress::Tally;
use crate::report;
use crate::samples::SampleOptions;
use crate::settings::SetOptions;
use crate::trial;
use confusion::Confusion;
use summary::{Spread, Summary};

const EXAMPLE: &str = "\
Examples:
  synfire eval digits.nir --dt 0.1ms --data digits -o confusion.svg
  synfire eval net.toml --data test.npz --predictions answers.csv
  synfire eval net.toml --data x.npz --labels y.npy --target serial:/dev/ttyUSB1
  synfire eval net.toml --data digits --set hidden.threshold=120

The answer is the neuron of the last population that spikes most, the first of equals; if its neurons
never fire, the one with the largest potential in the end. Each sample begins at rest. What learns
does not learn here. Latency is the time from the first tick of a sample to its last, as fast as the
core can; boards and simulated hardware count its cycles, the model estimates them.";

/// Tells how often a network answers right, what it confuses, and how long it takes
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    #[command(flatten)]
    answers: AnswerOptions,
    /// Draw the confusion matrix, .svg or .png
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write each sample's label, answer, cycles and time, CSV
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    #[command(flatten)]
    samples: SampleOptions,
    #[command(flatten)]
    set: SetOptions,
    #[command(flatten)]
    jobs: JobOptions,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    import: ImportOptions,
}

impl Cmd {
    pub(crate) fn run(mut self) -> Result {
        let since = Instant::now();
        let picture = self.output.as_deref().map(Output::picture).transpose()?;
        let table = self.predictions.as_deref();
        let table = table.map(|path| Output::ending_in(path, &["csv"]));
        let table = table.transpose()?;
        let config = self.target.known_config()?;
        let imported = self.set.network(&self.import, &self.network, config)?;
        let mut notes: Vec<String> = imported.warnings().cloned().collect();
        let mut network = imported.network;
        self.target.suit(&network, self.import.state_bits());
        if network.learns() && network.learning().enabled {
            network = network.paused();
            notes.push("the network learns; learning is switched off here".to_owned());
        }
        let outputs = self.answers.population(&network)?;
        let tick = &self.import.source.tick;
        let data = self
            .answers
            .load(&self.samples, &network, tick, &mut notes)?;
        if picture.is_some() && data.labels.is_none() {
            let message =
                "-o draws what answers are confused, and there are no labels: say --labels";
            return Err(UsageError(message.to_owned()).into());
        }
        let samples = &data.samples;
        let (mut crew, image) = self.jobs.open(&self.target, &network)?;
        for core in &mut crew.cores {
            trial::load(&mut **core, &image)?;
        }
        let cost = imported.cost.as_ref();
        let ticks = samples.ticks.saturating_add(trial::latency(cost));
        let graph = is_foreign(&self.network).then(|| self.import.source.any_graph(&self.network));
        let graph = graph.transpose()?;
        let about = (cost, graph.as_ref());
        let sizes = image.sizes();
        let question = trial::question(&network, sizes, outputs, ticks, about, imported.injections);
        let count = samples.spikes.len();
        let tally = Tally::new("classifying", count as u64 * u64::from(ticks));
        let mut found: Vec<Option<Inference>> = vec![None; count];
        let show = |core: &mut Box<dyn Runner + Send>, at| {
            trial::show(&mut **core, &question, samples, at, &tally)
        };
        share(&mut crew.cores, count, show, &mut |at, inference| {
            found[at] = Some(inference);
            Ok(())
        })?;
        drop(tally);
        for core in &mut crew.cores {
            core.expect_network(&image)?;
        }
        let found: Vec<Inference> = found.into_iter().flatten().collect();
        let labels = data.labels.as_deref();
        let clock_hz = crew.clock_hz;
        let confusion = labels.map(|labels| Confusion::new(&found, labels, outputs.size));
        let mut staged = Vec::new();
        if let Some(table) = &table {
            let mut write = |out: &mut dyn Write| predictions(out, &found, labels, clock_hz);
            staged.push(table.stage(&mut write)?);
        }
        if let (Some(picture), Some(confusion)) = (&picture, &confusion) {
            staged.push(picture.stage_picture(&confusion.svg(network.name())?)?);
        }
        commit_all(staged)?;
        let spikes: u64 = found.iter().flat_map(|it| &it.counts).sum();
        let files = [table, picture].into_iter().flatten();
        let cycles = Spread::of(found.iter().map(|it| it.cycles));
        let summary = Summary {
            network: network.name().to_owned(),
            target: self.target.target.to_string(),
            config: crew.config,
            answers: outputs.name.clone(),
            by_potential: question.readout.is_some(),
            samples: count,
            ticks,
            correct: confusion.as_ref().map(|it| it.correct),
            accuracy: confusion.as_ref().and_then(Confusion::accuracy),
            confusion,
            spikes,
            latency_us: cycles.microseconds(clock_hz),
            cycles,
            clock_hz,
            cycles_estimated: self.target.target == Target::Model,
            seconds: since.elapsed().as_secs_f64(),
            notes,
            files: files.map(|it| it.name()).collect(),
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}

/// Writes one line per sample.
fn predictions(
    out: &mut dyn Write,
    found: &[Inference],
    labels: Option<&[usize]>,
    clock_hz: u32,
) -> io::Result<()> {
    let label = if labels.is_some() { "label," } else { "" };
    writeln!(out, "sample,{label}answer,score,spikes,cycles,latency_us")?;
    for (at, it) in found.iter().enumerate() {
        write!(out, "{at},")?;
        if let Some(label) = labels.and_then(|labels| labels.get(at)) {
            write!(out, "{label},")?;
        }
        let score = it.scores.get(it.answer).copied().unwrap_or(0.0);
        let spikes: u64 = it.counts.iter().sum();
        let us = summary::microseconds(it.cycles, clock_hz);
        writeln!(out, "{},{score},{spikes},{},{us:.3}", it.answer, it.cycles)?;
    }
    Ok(())
}
