//! `synfire demo patterns`: learns spatial patterns with a teacher and homeostasis.

use std::time::Instant;

use clap::Args;
use demos::learning::{Detection, Patterns, draw_likeness, draw_number};
use schemars::JsonSchema;
use serde::Serialize;

use super::learned::{Bars, LearnOptions};
use super::scored::{Done, PictureOptions};
use crate::exit::Result;

const EXAMPLE: &str = "\
Examples:
  synfire demo patterns
  synfire demo patterns --most 4 --target rtl --format json";

const PICTURES: [&str; 2] = [
    "synfire_patterns_number.svg",
    "synfire_patterns_likeness.svg",
];

/// Learns which inputs spike together, among noise: a teacher, STDP and adaptive thresholds
///
/// For 1 to 64 patterns that share none to three quarters of their members.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    /// Largest number of patterns to try
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=64))]
    most: u32,
    #[command(flatten)]
    pictures: PictureOptions,
    #[command(flatten)]
    options: LearnOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Results {
    /// How well patterns were told apart, by count and likeness.
    detections: Vec<Detection>,
    /// Share of the presentations of strange patterns that any neuron answered.
    false_alarms: f64,
}

impl Cmd {
    pub(super) fn run(mut self) -> Result {
        let since = Instant::now();
        let mut patterns = Patterns {
            seed: self.options.seed,
            ..Patterns::default()
        };
        patterns.counts.retain(|&count| count <= self.most as usize);
        let pictures = self.pictures.prepare(&PICTURES)?;
        let network = patterns.network(patterns.counts.last().copied().unwrap_or(1))?;
        let mut opened = self.options.open_several()?;
        let devices = &mut opened.devices[..];
        let mut bars = Bars::default();
        let found = patterns.run(devices, &mut |label, done, of| bars.set(label, done, of))?;
        drop(bars);
        let drawn = pictures.write(&[
            draw_number(&patterns, &found),
            draw_likeness(&patterns, &found),
        ])?;
        let all = &found.detections;
        let strange: usize = all.iter().map(|it| it.strange).sum();
        let alarms: usize = all.iter().map(|it| it.false_alarms).sum();
        let at = |count: usize, shared: usize| {
            let found = all
                .iter()
                .find(|it| (it.count, it.shared) == (count, shared));
            found.map_or(0.0, |it| 100.0 * it.accuracy())
        };
        let (count, shared) = (
            patterns.counts.last().copied().unwrap_or(1),
            patterns.shared.last().copied().unwrap_or(0),
        );
        let remarks = vec![
            format!(
                "{count} patterns: {:.1} % if they share what chance gives, {:.1} % if {shared} of {} members are common",
                at(count, 0),
                at(count, shared),
                patterns.members
            ),
            format!("strange patterns answered: {alarms} of {strange}"),
        ];
        let one: Vec<_> = all.iter().filter(|it| it.count == 1).collect();
        let right: usize = one.iter().map(|it| it.right).sum();
        let tried: usize = one.iter().map(|it| it.tried).sum();
        let done = Done {
            demo: "patterns",
            network: &network,
            score: "one trained pattern detected",
            accuracy: right as f64 / tried.max(1) as f64,
            results: Results {
                false_alarms: alarms as f64 / strange.max(1) as f64,
                detections: found.detections,
            },
            parameters: patterns,
            work: found.work,
            since,
            pictures: drawn,
            remarks,
        };
        done.print(&self.options, opened.info)
    }
}
