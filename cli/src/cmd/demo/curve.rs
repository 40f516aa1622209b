//! `synfire demo stdp-curve`: measures the STDP curve.

use std::time::Instant;

use clap::Args;
use demos::learning::{Curve, CurvePoint, draw_curves};
use schemars::JsonSchema;
use serde::Serialize;

use super::learned::{Bars, LearnOptions};
use super::scored::{Done, PictureOptions};
use crate::exit::Result;

const EXAMPLE: &str = "\
Examples:
  synfire demo stdp-curve
  synfire demo stdp-curve --repetitions 10 --target rtl --format json";

/// Delay of the second curve, in ticks.
pub(in crate::cmd) const DELAY: u32 = 10;

/// Measures what pairs of spikes do to weights, against the exponential of the textbook
///
/// Twice: without a delay, and with one of ten ticks, which must shift the curve.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    /// How often each pair is repeated: more than 160 would not fit into the weights
    #[arg(long, default_value_t = 160, value_parser = clap::value_parser!(u32).range(1..=160))]
    repetitions: u32,
    #[command(flatten)]
    pictures: PictureOptions,
    #[command(flatten)]
    options: LearnOptions,
}

/// In weights.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Results {
    /// Largest distance from the exponential.
    max_error: f64,
    /// Root of the mean square of the distance from the exponential.
    rms_error: f64,
    /// Root mean square error that the stochastic rounding alone causes.
    rms_standard_error: f64,
    /// Change of the weight if both spikes are in the same tick.
    at_zero: f64,
    /// Largest error with a delay of ten ticks.
    delayed_max_error: f64,
    /// Root mean square error with the delay.
    delayed_rms_error: f64,
    /// Change of the weight at each distance between the spikes.
    points: Vec<CurvePoint>,
    /// Change of the weight at each distance, with the delay.
    delayed_points: Vec<CurvePoint>,
}

impl Cmd {
    pub(super) fn run(mut self) -> Result {
        let since = Instant::now();
        let curve = Curve {
            repetitions: self.repetitions as usize,
            seed: self.options.seed,
            ..Curve::default()
        };
        let delayed = Curve {
            delay: DELAY,
            ..curve
        };
        let pictures = self.pictures.prepare(&["synfire_stdp_curve.svg"])?;
        let network = curve.network()?;
        let mut opened = self.options.open()?;
        let device = &mut opened.device;
        let mut bars = Bars::default();
        let mut progress = |label, done, of| bars.set(label, done, of);
        let found = curve.run(device, &mut progress)?;
        let shifted = delayed.run(device, &mut progress)?;
        drop(bars);
        let drawn =
            pictures.write(&[draw_curves(&[(0, &found.points), (DELAY, &shifted.points)])])?;
        let mut work = found.work;
        work += shifted.work;
        let all = || found.points.iter().chain(&shifted.points);
        let near =
            all().filter(|p| (p.measured - p.expected).abs() <= 3.0 * p.standard_error + ROUNDED);
        let results = Results {
            max_error: found.max_error(),
            rms_error: found.rms_error(),
            rms_standard_error: found.rms_standard_error(),
            at_zero: found
                .points
                .iter()
                .find(|p| p.dt == 0)
                .map_or(0.0, |p| p.measured),
            delayed_max_error: shifted.max_error(),
            delayed_rms_error: shifted.rms_error(),
            points: found.points.clone(),
            delayed_points: shifted.points.clone(),
        };
        let remark = format!(
            "error {:.4} weights rms, {:.4} at most; rounding alone would give {:.4} rms",
            results.rms_error, results.max_error, results.rms_standard_error
        );
        let done = Done {
            demo: "stdp-curve",
            network: &network,
            parameters: curve,
            score: "points within three standard errors of the exponential",
            accuracy: near.count() as f64 / all().count().max(1) as f64,
            results,
            work,
            since,
            pictures: drawn,
            remarks: vec![remark],
        };
        done.print(&self.options, device.info())
    }
}

/// The largest rounding error of amplitudes, which are multiples of 1/1024: half a unit in `A` and
/// half a unit in `A x`.
const ROUNDED: f64 = 1.0 / 1024.0;
