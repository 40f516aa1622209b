//! `synfire demo memory`: stores patterns, recalls them from parts, and forgets them.

use std::time::Instant;

use clap::Args;
use demos::learning::{ContentMemory, Recall, draw_forgetting, draw_fragments, draw_load};
use schemars::JsonSchema;
use serde::Serialize;

use super::learned::{Bars, LearnOptions};
use super::scored::{Done, PictureOptions};
use crate::exit::Result;

const EXAMPLE: &str = "\
Examples:
  synfire demo memory
  synfire demo memory --sets 1 --target rtl --format json";

const PICTURES: [&str; 3] = [
    "synfire_memory_load.svg",
    "synfire_memory_fragments.svg",
    "synfire_memory_forgetting.svg",
];

/// Stores patterns in synapses, recalls them from parts of any size, and forgets one
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    /// Number of memories, each with other random patterns
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..))]
    sets: u32,
    #[command(flatten)]
    pictures: PictureOptions,
    #[command(flatten)]
    options: LearnOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Results {
    /// Patterns without a common neuron.
    orthogonal: Vec<Recall>,
    /// Patterns drawn at random.
    random: Vec<Recall>,
    /// Most random patterns of which 95 % are recalled exactly from half of each.
    capacity: usize,
    /// Overlap of answer and pattern, before the first pattern is forgotten.
    before_forgetting: Vec<f64>,
    /// Overlap of answer and pattern, after the first pattern is forgotten.
    after_forgetting: Vec<f64>,
}

impl Cmd {
    pub(super) fn run(mut self) -> Result {
        let since = Instant::now();
        let memory = ContentMemory {
            sets: self.sets as usize,
            seed: self.options.seed,
            ..ContentMemory::default()
        };
        let pictures = self.pictures.prepare(&PICTURES)?;
        let network = memory.network(memory.seed)?;
        let mut opened = self.options.open_several()?;
        let devices = &mut opened.devices[..];
        let mut bars = Bars::default();
        let found = memory.run(devices, &mut |label, done, of| bars.set(label, done, of))?;
        drop(bars);
        let drawn = pictures.write(&[
            draw_load(&memory, &found),
            draw_fragments(&memory, &found),
            draw_forgetting(&found),
        ])?;
        let work = found.work;
        let half = memory.members / 2;
        let kept = found.random.iter().filter(|it| it.fragment == half);
        let capacity = kept
            .take_while(|it| it.share() >= 0.95)
            .last()
            .map_or(0, |it| it.load);
        let exact: usize = found.orthogonal.iter().map(|it| it.exact).sum();
        let tried: usize = found.orthogonal.iter().map(|it| it.tried).sum();
        let others = found.after.iter().skip(1).filter(|it| **it == 1.0).count();
        let remarks = vec![
            format!(
                "random patterns: 95 % recalled exactly from half of each, up to {capacity} patterns"
            ),
            format!(
                "forgotten pattern: overlap {:.2}; {others} of {} others still recalled exactly",
                found.after.first().copied().unwrap_or(0.0),
                found.after.len().saturating_sub(1)
            ),
        ];
        let done = Done {
            demo: "memory",
            network: &network,
            parameters: memory,
            score: "exact recalls of patterns that share no neuron, from parts of all sizes",
            accuracy: exact as f64 / tried.max(1) as f64,
            results: Results {
                orthogonal: found.orthogonal,
                random: found.random,
                capacity,
                before_forgetting: found.before,
                after_forgetting: found.after,
            },
            work,
            since,
            pictures: drawn,
            remarks,
        };
        done.print(&self.options, opened.info)
    }
}
