//! `synfire demo choice`: learns choices from reward.

use std::time::Instant;

use clap::Args;
use demos::learning::{Choice, Teacher, draw_choices};
use schemars::JsonSchema;
use serde::Serialize;

use super::learned::{Bars, LearnOptions};
use super::scored::{Done, PictureOptions};
use crate::exit::Result;

const EXAMPLE: &str = "\
Examples:
  synfire demo choice
  synfire demo choice --networks 1 --trials 100 --target rtl --format json";

/// Learns from reward which action answers which cue; STDP alone cannot
///
/// Half way through, every cue gets another answer.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    /// Networks, each with a task of its own
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..))]
    networks: u32,
    /// Number of choices in each run
    #[arg(long, default_value_t = 1200, value_parser = clap::value_parser!(u32).range(2..))]
    trials: u32,
    #[command(flatten)]
    pictures: PictureOptions,
    #[command(flatten)]
    options: LearnOptions,
}

/// Shares of right choices, block by block.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Results {
    /// Share of right choices when guessing, 0 to 1.
    chance: f64,
    /// Share of right choices in the last block before the task changes.
    before_change: f64,
    /// Share of right choices with reward, block by block.
    rewarded: Vec<f64>,
    /// Share of right choices with reward, block by block, of the worst network.
    rewarded_worst_network: Vec<f64>,
    /// Share of right choices if the reward is always 1, block by block.
    stdp_alone: Vec<f64>,
    /// The share in the last block of `stdp_alone`.
    stdp_alone_last: f64,
}

impl Cmd {
    pub(super) fn run(mut self) -> Result {
        let since = Instant::now();
        let choice = Choice {
            networks: self.networks as usize,
            trials: self.trials as usize,
            reversal: self.trials as usize / 2,
            seed: self.options.seed,
            ..Choice::default()
        };
        let pictures = self.pictures.prepare(&["synfire_choice.svg"])?;
        let network = choice.network(choice.seed)?;
        let mut opened = self.options.open_several()?;
        let devices = &mut opened.devices[..];
        let mut bars = Bars::default();
        let mut progress = |label, done, of| bars.set(label, done, of);
        let rewarded = choice.run(devices, Teacher::Reward, &mut progress)?;
        let plain = choice.run(devices, Teacher::None, &mut progress)?;
        drop(bars);
        let drawn = pictures.write(&[draw_choices(&choice, &rewarded, &plain)])?;
        let mut work = rewarded.work;
        work += plain.work;
        let last = |shares: &[f64]| shares.last().copied().unwrap_or(0.0);
        let blocks_before = choice.reversal / choice.block;
        let results = Results {
            chance: 1.0 / choice.actions as f64,
            before_change: last(rewarded.right.get(..blocks_before).unwrap_or_default()),
            stdp_alone_last: last(&plain.right),
            rewarded: rewarded.right,
            rewarded_worst_network: rewarded.worst,
            stdp_alone: plain.right,
        };
        let remark = format!(
            "before the task changed {:.1} %; STDP alone {:.1} %, chance {:.1} %",
            100.0 * results.before_change,
            100.0 * results.stdp_alone_last,
            100.0 * results.chance
        );
        let done = Done {
            demo: "choice",
            network: &network,
            parameters: choice,
            score: "right choices in the last block, with reward",
            accuracy: last(&results.rewarded),
            results,
            work,
            since,
            pictures: drawn,
            remarks: vec![remark],
        };
        done.print(&self.options, opened.info)
    }
}
