//! `synfire demo digits`: classifies digits with the trained network of `examples/digits`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use demos::digits::{Digits, TICKS};
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::files::Output;
use crate::options::{FormatOptions, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};

/// Number of images in the raster.
const SHOWN: usize = 10;

/// Classifies the 594 handwritten digits of the test set
#[derive(Debug, Args)]
#[command(after_help = super::EXAMPLE)]
pub(super) struct Cmd {
    /// Number of images, from the first [default: all]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    images: Option<u32>,
    /// Where to draw the spikes of the first ten images
    #[arg(long, value_name = "FILE", default_value = "synfire_digits_raster.svg")]
    raster: PathBuf,
    /// Draw nothing
    #[arg(long, conflicts_with = "raster")]
    no_raster: bool,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The device, in the syntax of `--target`.
    target: String,
    /// The config of the core.
    config: String,
    /// Images that were classified.
    images: usize,
    /// Right answers.
    correct: usize,
    /// Share of right answers, 0 to 1.
    accuracy: f64,
    /// Ticks for which an image is shown.
    ticks_per_image: u32,
    /// Mean clock cycles per image, estimated by the model.
    cycles_per_image: f64,
    /// Time per image at the clock of the config, in microseconds.
    microseconds_per_image: f64,
    /// Spikes of inputs.
    input_spikes: u64,
    /// Spikes of neurons.
    spikes: u64,
    /// Seconds that the command took.
    seconds: f64,
    /// The picture that was written.
    raster: Option<String>,
    /// The answer to each image.
    predictions: Vec<u8>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let percent = 100.0 * self.accuracy;
        let Summary {
            correct, images, ..
        } = self;
        let of_images = *images as f64;
        writeln!(
            out,
            "accuracy          {percent:.2} % ({correct} of {images} images)"
        )?;
        writeln!(out, "ticks per image   {}", self.ticks_per_image)?;
        writeln!(
            out,
            "cycles per image  {:.0} ({:.0} us at the clock of {})",
            self.cycles_per_image, self.microseconds_per_image, self.config
        )?;
        writeln!(
            out,
            "spikes            {} of neurons, {} of inputs ({:.1} and {:.1} per image)",
            self.spikes,
            self.input_spikes,
            self.spikes as f64 / of_images,
            self.input_spikes as f64 / of_images
        )?;
        writeln!(out, "host time         {:.3} s", self.seconds)?;
        writeln!(
            out,
            "target            {}, config {}",
            self.target, self.config
        )?;
        if let Some(raster) = &self.raster {
            writeln!(out, "raster            {raster}")?;
        }
        Ok(())
    }
}

impl Cmd {
    pub(super) fn run(self) -> Result {
        let since = Instant::now();
        let output = if self.no_raster {
            None
        } else {
            Some(Output::picture(&self.raster)?)
        };
        let digits = Digits::embedded()?;
        let mut opened = self.target.open()?;
        let device = &mut opened.device;
        let mut progress = Progress::new("loading");
        digits.load(device, &mut |done, of| progress.set(done, of))?;
        drop(progress);
        let all = digits.labels().len();
        let count = self.images.map_or(all, |images| all.min(images as usize));
        let mut progress = Progress::new("classifying");
        let found = digits.classify(device, count, &mut |done| {
            progress.set(done as u64, count as u64);
        })?;
        drop(progress);
        let seconds = since.elapsed().as_secs_f64();
        if let Some(output) = &output {
            let svg = digits.raster(device, &found.predictions, SHOWN)?.svg();
            output.write_picture(&svg)?;
        }
        let cycles_per_image = found.cycles as f64 / count as f64;
        let summary = Summary {
            target: self.target.target.to_string(),
            config: device.info().name.to_string(),
            images: count,
            correct: found.correct,
            accuracy: found.correct as f64 / count as f64,
            ticks_per_image: TICKS,
            cycles_per_image,
            microseconds_per_image: cycles_per_image * 1e6 / f64::from(device.info().clock_hz),
            input_spikes: found.input_spikes,
            spikes: found.spikes,
            seconds,
            raster: output.as_ref().map(Output::name),
            predictions: found.predictions,
        };
        report::print(&summary, self.format.format)?;
        Ok(Outcome::Done)
    }
}
