//! `synfire demo digits-taught`: learns digits on the core with a teacher.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use demos::learning::{Field, Taught, signed_fields};
use schemars::JsonSchema;
use serde::Serialize;

use super::learned::{Bars, DigitOptions, Done, LearnOptions};
use crate::exit::Result;
use crate::files::Output;

const EXAMPLE: &str = "\
Examples:
  synfire demo digits-taught
  synfire demo digits-taught --train 100 --images 60 --epochs 1 --target rtl --format json";

/// Learns handwritten digits with a teacher: STDP scaled by a reward of either sign
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    #[command(flatten)]
    digits: DigitOptions,
    /// How often every image is shown
    #[arg(long, default_value_t = Taught::default().epochs)]
    epochs: usize,
    /// Where to draw what the neurons have learned
    #[arg(long, value_name = "FILE", default_value = "synfire_taught_fields.svg")]
    fields: PathBuf,
    /// Draw nothing
    #[arg(long, conflicts_with = "fields")]
    no_fields: bool,
    #[command(flatten)]
    options: LearnOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Parameters {
    /// How often all images are shown.
    epochs: usize,
    /// What a neuron must gather.
    threshold: i64,
    /// By how much the right neuron must lead for no correction.
    margin: i32,
    /// What a pair adds to a weight.
    a_plus: f64,
    /// Time constant of pairs, in ticks.
    tau_plus: f64,
    /// The largest weight.
    weight_max: i64,
    /// What is left of the reward after each time.
    cooling: f64,
    /// Images that were corrected, each time.
    corrections: Vec<usize>,
}

impl Cmd {
    pub(super) fn run(mut self) -> Result {
        let since = Instant::now();
        let taught = Taught {
            epochs: self.epochs,
            seed: self.options.seed,
            ..Taught::default()
        };
        let (train, test) = self.digits.load()?;
        let output = (!self.no_fields)
            .then(|| Output::picture(&self.fields))
            .transpose()?;
        let network = taught.network(train.size())?;
        let mut opened = self.options.open()?;
        let device = &mut opened.device;
        let mut bars = Bars::default();
        let found = taught.run(device, &train, &test, &mut |label, done, of| {
            bars.set(label, done, of);
        })?;
        drop(bars);
        if let Some(output) = &output {
            let svg = draw(&found.weights, taught.weight_max);
            output.write_picture(&svg)?;
        }
        let done = Done {
            demo: "digits-taught",
            network: &network,
            parameters: Parameters {
                epochs: taught.epochs,
                threshold: taught.threshold,
                margin: taught.margin,
                a_plus: taught.a_plus,
                tau_plus: taught.tau,
                weight_max: taught.weight_max,
                cooling: taught.cooling,
                corrections: found.corrections,
            },
            train_images: train.len(),
            labels: test.labels(),
            predictions: found.predictions.into_iter().map(Some).collect(),
            learning: found.learning,
            testing: found.testing,
            since,
            picture: output.as_ref().map(Output::name),
        };
        done.print(&self.options, device)
    }
}

/// Draws the weights of each digit: orange for the digit, blue against it.
fn draw(weights: &[i32], weight_max: i64) -> String {
    let classes = 10;
    let fields_of = |class: usize| Field {
        label: format!("digit {class}"),
        values: weights
            .iter()
            .skip(class)
            .step_by(classes)
            .map(|&weight| f64::from(weight) / weight_max as f64)
            .collect(),
    };
    let drawn: Vec<Field> = (0..classes).map(fields_of).collect();
    signed_fields(
        "What the neurons have been taught",
        "weights of the 64 pixels for each digit: orange for, blue against it, white 0",
        &weight_max.to_string(),
        &drawn,
    )
}
