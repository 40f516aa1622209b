//! What `synfire eval` has to say at its end.

use std::io::{self, Write};

use driver::inference::quantile;
use serde::{Serialize, Serializer};

use super::confusion::Confusion;
use crate::report::Report;

/// A quantity over all samples.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Spread {
    /// Half of the samples need no more.
    pub(super) median: u64,
    /// 99 % of the samples need no more.
    pub(super) percent_99: u64,
    pub(super) most: u64,
}

impl Spread {
    pub(super) fn of(values: impl Iterator<Item = u64>) -> Spread {
        let mut values: Vec<u64> = values.collect();
        values.sort_unstable();
        Spread {
            median: quantile(&values, 0.5),
            percent_99: quantile(&values, 0.99),
            most: quantile(&values, 1.0),
        }
    }
}

/// How long so many cycles are.
pub(super) fn microseconds(cycles: u64, clock_hz: u32) -> f64 {
    cycles as f64 * 1e6 / f64::from(clock_hz.max(1))
}

#[derive(Debug)]
pub(super) struct Summary {
    pub(super) network: String,
    pub(super) target: String,
    pub(super) config: &'static str,
    pub(super) answers: String,
    pub(super) by_potential: bool,
    pub(super) samples: usize,
    pub(super) ticks: u32,
    pub(super) correct: Option<usize>,
    pub(super) accuracy: Option<f64>,
    pub(super) confusion: Option<Confusion>,
    pub(super) spikes: u64,
    pub(super) cycles: Spread,
    pub(super) clock_hz: u32,
    pub(super) cycles_estimated: bool,
    pub(super) seconds: f64,
    pub(super) notes: Vec<String>,
    pub(super) files: Vec<String>,
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Microseconds {
            median: f64,
            percent_99: f64,
            most: f64,
        }
        #[derive(Serialize)]
        struct Json<'s> {
            network: &'s str,
            target: &'s str,
            config: &'s str,
            answers: &'s str,
            by_potential: bool,
            samples: usize,
            ticks: u32,
            correct: Option<usize>,
            accuracy: Option<f64>,
            #[serde(flatten)]
            confusion: Option<&'s Confusion>,
            spikes: u64,
            cycles: Spread,
            cycles_estimated: bool,
            latency_us: Microseconds,
            clock_hz: u32,
            seconds: f64,
            notes: &'s [String],
            files: &'s [String],
        }
        let us = |cycles| microseconds(cycles, self.clock_hz);
        let json = Json {
            network: &self.network,
            target: &self.target,
            config: self.config,
            answers: &self.answers,
            by_potential: self.by_potential,
            samples: self.samples,
            ticks: self.ticks,
            correct: self.correct,
            accuracy: self.accuracy,
            confusion: self.confusion.as_ref(),
            spikes: self.spikes,
            cycles: self.cycles,
            cycles_estimated: self.cycles_estimated,
            latency_us: Microseconds {
                median: us(self.cycles.median),
                percent_99: us(self.cycles.percent_99),
                most: us(self.cycles.most),
            },
            clock_hz: self.clock_hz,
            seconds: self.seconds,
            notes: &self.notes,
            files: &self.files,
        };
        json.serialize(serializer)
    }
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
        let us = |cycles| microseconds(cycles, self.clock_hz);
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
            us(median),
            us(percent_99),
            us(most),
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
