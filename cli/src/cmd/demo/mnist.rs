//! `synfire demo mnist`: learns the images of MNIST on the core without labels.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use demos::learning::{Images, Prototypes};
use flate2::read::GzDecoder;

use super::learned::LearnOptions;
use super::stdp;
use crate::exit::{Result, UsageError};
use crate::files;

const EXAMPLE: &str = "\
Example:
  synfire demo mnist --data ~/mnist --train 10000";

/// Side of the blocks of pixels that are averaged: images have 28 x 28 pixels.
const BLOCK: usize = 2;

/// Maximum size of a file in bytes: that of MNIST's training images has 47 million.
const FILE_MAX: u64 = 1 << 26;

/// Learns MNIST from spikes alone, as digits-stdp does
///
/// Needs MNIST's four files, compressed or not, in one folder.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    /// Folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,
    /// t10k-labels-idx1-ubyte; each may end in .gz
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    /// Images to learn from, from the first
    #[arg(long, default_value_t = 40_000, value_parser = clap::value_parser!(u32).range(1..))]
    train: u32,
    /// Images to test with, from the first [default: all]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    images: Option<u32>,
    /// How often every image is shown
    #[arg(long, default_value_t = 1)]
    epochs: usize,
    /// Neurons
    #[arg(long, default_value_t = 384)]
    neurons: usize,
    /// Where to draw what the neurons have learned
    #[arg(long, value_name = "FILE", default_value = "synfire_mnist_fields.svg")]
    fields: PathBuf,
    /// Draw nothing
    #[arg(long, conflicts_with = "fields")]
    no_fields: bool,
    #[command(flatten)]
    options: LearnOptions,
}

impl Cmd {
    pub(super) fn run(self) -> Result {
        let read = |name: &str| read(&self.data, name);
        let set = |name: &str| -> anyhow::Result<Images> {
            let images = read(&format!("{name}-images-idx3-ubyte"))?;
            let labels = read(&format!("{name}-labels-idx1-ubyte"))?;
            Images::idx(&images, &labels, BLOCK).with_context(|| format!("MNIST's files {name}-*"))
        };
        let train = set("train")?.first(self.train as usize);
        let mut test = set("t10k")?;
        if let Some(count) = self.images {
            test = test.first(count as usize);
        }
        // Most pixels of MNIST are white, so most inputs spike at the same time, and only the later
        // ones distinguish the images. With a threshold step of 200, all neurons soon reach their
        // thresholds at the same time, with the last inputs, and none specialises. The values were
        // chosen on 3,000 training images from the 50,001st on, which are used neither for learning
        // nor for the test.
        let prototypes = Prototypes {
            neurons: self.neurons,
            epochs: self.epochs,
            seed: self.options.seed,
            slow: 3,
            threshold: 48.0,
            a_plus: 2.0,
            a_minus: 4.0,
            tau: 200_000.0,
            weights: (90, 30),
            ..Prototypes::default()
        };
        let picture = (!self.no_fields).then_some(self.fields);
        stdp::learn("mnist", &prototypes, self.options, &train, &test, picture)
    }
}

/// The contents of the file of this name, or of this name and `.gz`, decompressed.
fn read(folder: &Path, name: &str) -> anyhow::Result<Vec<u8>> {
    let gz = format!("{name}.gz");
    let plain = folder.join(name);
    let packed = folder.join(&gz);
    if !plain.exists() && !packed.exists() {
        let plain = files::name(&plain);
        return Err(UsageError(format!("neither {plain} nor {gz} is there")).into());
    }
    let (path, bytes) = if plain.exists() {
        (plain, files::within(folder, name)?)
    } else {
        let mut bytes = Vec::new();
        let file = files::within(folder, &gz)?;
        let mut decoder = GzDecoder::new(&file[..]).take(FILE_MAX + 1);
        // Reads from memory, so an error is one of the file's contents.
        decoder
            .read_to_end(&mut bytes)
            .map_err(|error| UsageError(format!("{}: {error}", files::name(&packed))))?;
        (packed, bytes)
    };
    if bytes.len() as u64 > FILE_MAX {
        let path = files::name(&path);
        let problem = format!("{path} holds more than {FILE_MAX} bytes: not of MNIST");
        return Err(UsageError(problem).into());
    }
    Ok(bytes)
}
