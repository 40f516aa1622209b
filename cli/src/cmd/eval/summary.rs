//! The final report of `synfire eval`.

use std::io::{self, Write};

use demos::inference::quantile;
use schemars::JsonSchema;
use serde::Serialize;

use super::confusion::Confusion;
use crate::report::Report;

/// A quantity over all samples.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(super) struct Spread<T> {
    /// Half of the samples need no more.
    pub(super) median: T,
    /// 99 % of the samples need no more.
    pub(super) percent_99: T,
    /// No sample needs more.
    pub(super) most: T,
}

impl Spread<u64> {
    pub(super) fn of(values: impl Iterator<Item = u64>) -> Spread<u64> {
        let mut values: Vec<u64> = values.collect();
        values.sort_unstable();
        Spread {
            median: quantile(&values, 0.5),
            percent_99: quantile(&values, 0.99),
            most: quantile(&values, 1.0),
        }
    }

    /// The quantity, in cycles, as times.
    pub(super) fn microseconds(&self, clock_hz: u32) -> Spread<f64> {
        Spread {
            median: microseconds(self.median, clock_hz),
            percent_99: microseconds(self.percent_99, clock_hz),
            most: microseconds(self.most, clock_hz),
        }
    }
}

/// The duration of `cycles` cycles.
pub(super) fn microseconds(cycles: u64, clock_hz: u32) -> f64 {
    cycles as f64 * 1e6 / f64::from(clock_hz.max(1))
}

#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cmd) struct Summary {
    /// The name of the network.
    pub(super) network: String,
    /// The device, in the syntax of `--target`.
    pub(super) target: String,
    /// The config of the core.
    pub(super) config: String,
    /// The population that answers.
    pub(super) answers: String,
    /// Whether its potentials in the end answer; else its spikes.
    pub(super) by_potential: bool,
    /// Samples.
    pub(super) samples: usize,
    /// Ticks of a sample.
    pub(super) ticks: u32,
    /// Right answers, if there are labels.
    pub(super) correct: Option<usize>,
    /// Their share, 0 to 1.
    pub(super) accuracy: Option<f64>,
    #[serde(flatten)]
    pub(super) confusion: Option<Confusion>,
    /// Spikes of neurons.
    pub(super) spikes: u64,
    /// Clock cycles of a sample.
    pub(super) cycles: Spread<u64>,
    /// Whether the cycles are estimated by the model; otherwise the hardware counted them.
    pub(super) cycles_estimated: bool,
    /// Time of a sample at the clock of the core, in microseconds.
    pub(super) latency_us: Spread<f64>,
    /// Clock of the core, Hz.
    pub(super) clock_hz: u32,
    /// Seconds that the command took.
    pub(super) seconds: f64,
    /// Warnings for users of the network.
    pub(super) notes: Vec<String>,
    /// The files that were written.
    pub(super) files: Vec<String>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        let of = self.samples;
        match (self.accuracy, self.correct) {
            (Some(accuracy), Some(correct)) => {
                writeln!(
                    out,
                    "accuracy        {:.2} % ({correct} of {of})",
                    100.0 * accuracy
                )?;
            }
            _ => writeln!(
                out,
                "accuracy        unknown: the data have no labels (--labels)"
            )?,
        }
        let by = if self.by_potential {
            "potentials"
        } else {
            "spikes"
        };
        writeln!(out, "answers         {by} of {}", self.answers)?;
        writeln!(out, "samples         {of} of {} ticks", self.ticks)?;
        let latency = &self.latency_us;
        let Spread {
            median,
            percent_99,
            most,
        } = self.cycles;
        let how = if self.cycles_estimated {
            " (estimated by the model)"
        } else {
            ""
        };
        writeln!(
            out,
            "cycles          median {median}, 99 % {percent_99}, most {most}{how}"
        )?;
        writeln!(
            out,
            "latency         median {:.1} us, 99 % {:.1} us, most {:.1} us at {:.1} MHz",
            latency.median,
            latency.percent_99,
            latency.most,
            f64::from(self.clock_hz) / 1e6
        )?;
        let per_sample = self.spikes as f64 / of.max(1) as f64;
        writeln!(
            out,
            "spikes          {} ({per_sample:.1} a sample)",
            self.spikes
        )?;
        writeln!(
            out,
            "target          {}, config {}",
            self.target, self.config
        )?;
        writeln!(out, "host time       {:.3} s", self.seconds)?;
        if let Some(confusion) = &self.confusion {
            writeln!(out)?;
            confusion.text(out)?;
        }
        for file in &self.files {
            writeln!(out, "wrote {file}")?;
        }
        Ok(())
    }
}
