//! `synfire demo digits-stdp`: learns digits on the core without labels.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use demos::learning::{Field, Images, Prototypes, PrototypesOutcome, fields};
use driver::Device;
use schemars::JsonSchema;
use serde::Serialize;

use super::learned::{Bars, DigitOptions, Done, LearnOptions};
use crate::exit::Result;
use crate::files::Output;

const EXAMPLE: &str = "\
Examples:
  synfire demo digits-stdp
  synfire demo digits-stdp --train 100 --images 60 --epochs 1 --target rtl --format json";

/// Maximum number of fields in the picture.
const SHOWN: usize = 100;

/// Learns handwritten digits from spikes alone: STDP, adaptive thresholds, rivalry
///
/// Labels are used only afterwards, to ask what each neuron stands for.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    #[command(flatten)]
    digits: DigitOptions,
    /// How often every image is shown
    #[arg(long, default_value_t = Prototypes::default().epochs)]
    epochs: usize,
    /// Neurons
    #[arg(long, default_value_t = Prototypes::default().neurons)]
    neurons: usize,
    /// Where to draw what the neurons have learned
    #[arg(long, value_name = "FILE", default_value = "synfire_digits_fields.svg")]
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
    /// Ticks in which an input of full grey spikes once.
    ticks_per_grey: u32,
    /// Threshold of a neuron over the number of inputs.
    threshold_per_input: f64,
    /// What a spike adds to the threshold.
    threshold_step: i64,
    /// Time constant with which that comes down, in ticks.
    tau_threshold: f64,
    /// What a spike before the neuron's adds to a weight.
    a_plus: f64,
    /// What a spike after takes.
    a_minus: f64,
    /// Smallest and largest weight before learning.
    first_weights: (i64, i64),
}

impl From<&Prototypes> for Parameters {
    fn from(it: &Prototypes) -> Parameters {
        Parameters {
            epochs: it.epochs,
            ticks_per_grey: it.slow,
            threshold_per_input: it.threshold,
            threshold_step: it.step,
            tau_threshold: it.tau,
            a_plus: it.a_plus,
            a_minus: it.a_minus,
            first_weights: it.weights,
        }
    }
}

impl Cmd {
    pub(super) fn run(self) -> Result {
        let prototypes = Prototypes {
            neurons: self.neurons,
            epochs: self.epochs,
            seed: self.options.seed,
            ..Prototypes::default()
        };
        let (train, test) = self.digits.load()?;
        let picture = (!self.no_fields).then_some(self.fields);
        learn(
            "digits-stdp",
            &prototypes,
            self.options,
            &train,
            &test,
            picture,
        )
    }
}

/// Learns, tests, draws the fields, and reports.
pub(super) fn learn(
    demo: &'static str,
    prototypes: &Prototypes,
    mut options: LearnOptions,
    train: &Images,
    test: &Images,
    picture: Option<PathBuf>,
) -> Result {
    let since = Instant::now();
    let output = picture.as_deref().map(Output::picture).transpose()?;
    let network = prototypes.network(train.size())?;
    let mut opened = options.open()?;
    let device: &mut Device = &mut opened.device;
    let mut bars = Bars::default();
    let found = prototypes.run(device, train, test, &mut |label, done, of| {
        bars.set(label, done, of);
    })?;
    drop(bars);
    if let Some(output) = &output {
        let svg = draw(prototypes, train, &found);
        output.write_picture(&svg)?;
    }
    let done = Done {
        demo,
        network: &network,
        parameters: Parameters::from(prototypes),
        train_images: train.len(),
        labels: test.labels(),
        predictions: found.predictions,
        learning: found.learning,
        testing: found.testing,
        since,
        picture: output.as_ref().map(Output::name),
    };
    done.print(&options, device)
}

/// Draws the fields of the neurons with the most wins for each digit, sorted by digit.
fn draw(prototypes: &Prototypes, train: &Images, found: &PrototypesOutcome) -> String {
    let n = prototypes.neurons;
    let wins = |neuron: usize| {
        found
            .labels
            .wins
            .get(neuron)
            .map_or(0, |wins| wins.iter().sum())
    };
    // The same number for each digit, if possible: the simplest digits would otherwise dominate.
    let mut shown: Vec<usize> = (0..n).collect();
    shown.sort_by_key(|&neuron| std::cmp::Reverse::<u32>(wins(neuron)));
    let mut of_label = BTreeMap::<_, usize>::new();
    shown.sort_by_cached_key(|&neuron| {
        let rank = of_label.entry(found.labels.of(neuron)).or_default();
        *rank += 1;
        *rank
    });
    shown.truncate(SHOWN);
    shown.sort_by_key(|&neuron| found.labels.of(neuron).unwrap_or(u8::MAX));
    let pixels = train.size();
    let field = |&neuron: &usize| {
        let weight = |input: usize| {
            found
                .weights
                .get(input * n + neuron)
                .map_or(0.0, |&w| f64::from(w))
        };
        // The grey value of a pixel: the weight of its dark input over the sum of its two inputs.
        let value = |pixel: usize| {
            let (dark, light) = (weight(pixel), weight(pixels + pixel));
            dark / (dark + light).max(1.0)
        };
        Field {
            label: found
                .labels
                .of(neuron)
                .map_or("-".to_owned(), |label| label.to_string()),
            values: (0..pixels).map(value).collect(),
        }
    };
    let drawn: Vec<Field> = shown.iter().map(field).collect();
    fields(
        "What the neurons have learned",
        &format!(
            "dark weight / (dark + light weight) of each pixel; of each digit those of {n} neurons that \
             spiked most, {} in all; above, the digit",
            drawn.len()
        ),
        &drawn,
    )
}
