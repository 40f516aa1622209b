//! The digits demo: a spiking network on a core classifies handwritten digits.
//!
//! The network, the images and their labels come from `examples/digits`, which states their source;
//! they are compiled into this crate, so the demo needs no file.

use network::image::{CoreImage, MapError};
use network::npy::{Array, NpyError};
use network::{Network, NetworkError};
use spec::regions::Region;
use spec::words::NeuronParams;
use thiserror::Error;

use crate::classify;
use driver::device::{Device, Run};
use driver::error::DriverError;
use spec::events::Spike;
use viz::raster::{Band, Marks, Raster, Segment};

/// Number of ticks for which an image is shown.
pub const TICKS: u32 = 16;

/// Value of a black pixel, which spikes at every tick.
const BLACK: u32 = 16;

const NETWORK: &str = include_str!(concat!(env!("SYNFIRE_DIGITS"), "/network.toml"));
const IMAGES: &[u8] = include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/test_images.npy"));
const LABELS: &[u8] = include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/test_labels.npy"));
const FILES: [(&str, &[u8]); 4] = [
    (
        "bias_hidden.npy",
        include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/bias_hidden.npy")),
    ),
    (
        "bias_output.npy",
        include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/bias_output.npy")),
    ),
    (
        "w_input_hidden.npy",
        include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/w_input_hidden.npy")),
    ),
    (
        "w_hidden_output.npy",
        include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/w_hidden_output.npy")),
    ),
];

/// Why the demo failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DigitsError {
    /// The built-in network is damaged.
    #[error("the network of the demo: {0}")]
    Network(#[from] NetworkError),
    /// The built-in images are damaged.
    #[error("the images of the demo: {0}")]
    Array(#[from] NpyError),
    /// The numbers of images and labels, or of pixels and inputs, do not match.
    #[error("the demo has {images} images of {pixels} pixels, {labels} labels and {inputs} inputs")]
    Shape {
        /// Number of images.
        images: usize,
        /// Number of pixels per image.
        pixels: usize,
        /// Number of labels.
        labels: usize,
        /// Number of inputs of the network.
        inputs: usize,
    },
    /// The core is too small for the network.
    #[error(transparent)]
    Map(#[from] MapError),
    /// The device failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
}

/// The test set and the network.
#[derive(Debug, Clone)]
pub struct Digits {
    network: Network,
    images: Vec<Vec<u8>>,
    labels: Vec<u8>,
}

/// The results of a classification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// The answers, in the order of the images.
    pub predictions: Vec<u8>,
    /// Number of right answers.
    pub correct: usize,
    /// Cycles spent in ticks, over all images.
    pub cycles: u64,
    /// Number of spikes of neurons, over all images.
    pub spikes: u64,
    /// Number of spikes of inputs, over all images.
    pub input_spikes: u64,
}

impl Digits {
    /// The test set and the network of the repository.
    ///
    /// # Errors
    /// [`DigitsError`] if they do not match.
    pub fn embedded() -> Result<Digits, DigitsError> {
        let network = Network::from_toml(NETWORK, &mut |name| {
            let file = FILES.iter().find(|(file, _)| *file == name);
            file.map(|(_, bytes)| bytes.to_vec())
                .ok_or_else(|| "not part of the demo".to_owned())
        })?;
        let images = Array::parse(IMAGES)?;
        let pixels = images.shape().get(1).copied().unwrap_or(0);
        // Lossless: the arrays hold bytes.
        let bytes = |array: &Array| -> Result<Vec<u8>, NpyError> {
            Ok(array
                .to_integers()?
                .into_iter()
                .map(|value| value as u8)
                .collect())
        };
        let images: Vec<Vec<u8>> = bytes(&images)?
            .chunks(pixels.max(1))
            .map(<[u8]>::to_vec)
            .collect();
        let labels = bytes(&Array::parse(LABELS)?)?;
        if images.len() != labels.len() || pixels != network.input_count() {
            return Err(DigitsError::Shape {
                images: images.len(),
                pixels,
                labels: labels.len(),
                inputs: network.input_count(),
            });
        }
        Ok(Digits {
            network,
            images,
            labels,
        })
    }

    /// The network.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// The labels: the right answers.
    #[must_use]
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// Encodes an image as spikes: a pixel of value p spikes p times, evenly spread over the ticks.
    #[must_use]
    pub fn encode(&self, image: usize) -> Vec<Spike> {
        let pixels = self.images.get(image).map_or(&[][..], Vec::as_slice);
        let spikes_until = |tick: u32, pixel: u8| tick * u32::from(pixel) / BLACK;
        let spikes = (0..TICKS).flat_map(|tick| {
            // Lossless: there are as many pixels as inputs.
            (0..).zip(pixels).filter_map(move |(id, &pixel)| {
                let fires = spikes_until(tick + 1, pixel) > spikes_until(tick, pixel);
                fires.then_some(Spike { tick, id })
            })
        });
        spikes.collect()
    }

    /// Loads the network; `progress` is called with the number of elements written and the total.
    ///
    /// # Errors
    /// [`DigitsError`].
    pub fn load(
        &self,
        device: &mut Device,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DigitsError> {
        let image = CoreImage::map(&self.network, device.sizes())?;
        device.load(&image, progress)?;
        Ok(())
    }

    /// Classifies the first `count` images on a loaded device; `progress` is called with the number
    /// of images done.
    ///
    /// # Errors
    /// [`DigitsError`].
    pub fn classify(
        &self,
        device: &mut Device,
        count: usize,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Classification, DigitsError> {
        let mut predictions = Vec::new();
        let mut input_spikes = 0;
        let before = device.counters()?;
        for image in 0..count.min(self.images.len()) {
            let spikes = self.encode(image);
            input_spikes += spikes.len() as u64;
            predictions.push(self.answer(device, &spikes)?);
            progress(image + 1);
        }
        let done = device.counters()?.since(before);
        let correct = predictions
            .iter()
            .zip(&self.labels)
            .filter(|(a, b)| a == b)
            .count();
        Ok(Classification {
            predictions,
            correct,
            cycles: u64::from(done.cycles),
            spikes: u64::from(done.spikes),
            input_spikes,
        })
    }

    /// Runs the spikes of an image, and returns the digit whose neuron has the largest input: its
    /// spikes times its threshold, plus its remaining potential.
    fn answer(&self, device: &mut Device, spikes: &[Spike]) -> Result<u8, DigitsError> {
        let Some(output) = self.network.populations().last() else {
            return Ok(0);
        };
        // Lossless: a network has at most 2^14 neurons.
        let (first, size) = (output.first as u32, output.size as u32);
        let counts = classify::counts(device, spikes, TICKS, &output.ids())?;
        let rest = device.read_signed(Region::Potential, first, size)?;
        let scores = counts.iter().zip(&output.thresholds).zip(&rest);
        let scores = scores.map(|((&count, &threshold), &v)| {
            // Lossless: a neuron fires at most once per tick.
            count as i64 * i64::from(threshold) + i64::from(v)
        });
        // The first of the largest: of equal scores the lowest digit wins.
        let best = scores
            .enumerate()
            .max_by_key(|&(digit, score)| (score, std::cmp::Reverse(digit)));
        // Lossless: ten outputs.
        Ok(best.map_or(0, |(digit, _)| digit as u8))
    }

    /// Shows the first `count` images again, with all neurons reporting, and draws a raster.
    ///
    /// `predictions` are the answers of [`Digits::classify`]. The network stays loaded, and its
    /// reporting is restored.
    ///
    /// # Errors
    /// [`DigitsError`].
    pub fn raster(
        &self,
        device: &mut Device,
        predictions: &[u8],
        count: usize,
    ) -> Result<Raster, DigitsError> {
        let count = count.min(predictions.len()).min(self.images.len());
        let elements = Region::Dynamics.layout(device.sizes()).elements;
        let dynamics = device.read(Region::Dynamics, 0, elements)?;
        let resets = device.read(Region::Reset, 0, elements)?;
        let sizes = *device.sizes();
        let reporting: Vec<u32> = dynamics
            .iter()
            .zip(resets)
            .map(|(&word, reset)| NeuronParams {
                report: true,
                ..NeuronParams::decode(word, reset, &sizes)
            })
            .map(|dynamics| dynamics.word(&sizes))
            .collect();
        device.write(Region::Dynamics, 0, &reporting)?;
        let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
        // Lossless: at most as many as there are images.
        for image in 0..count {
            let start = image as u32 * TICKS;
            let later = |spike: &Spike| Spike {
                tick: start + spike.tick,
                ..*spike
            };
            let spikes = self.encode(image);
            let run = Run {
                ticks: TICKS,
                reset: true,
                spikes: &spikes,
                report: true,
                ..Run::default()
            };
            inputs.extend(spikes.iter().map(later));
            outputs.extend(device.run(&run, &mut |_| ())?.spikes.iter().map(later));
        }
        device.write(Region::Dynamics, 0, &dynamics)?;
        Ok(self.draw(inputs, &outputs, predictions, count))
    }

    fn draw(
        &self,
        inputs: Vec<Spike>,
        outputs: &[Spike],
        predictions: &[u8],
        count: usize,
    ) -> Raster {
        // Lossless: at most as many as there are images.
        let ticks = count as u32 * TICKS;
        let within =
            |band: &std::ops::Range<usize>, spike: &Spike| band.contains(&(spike.id as usize));
        let populations = self.network.populations().iter().rev().map(|population| {
            let ids = population.ids();
            let mut marks = Marks::new(ids.start, population.size, ticks);
            marks.extend(outputs.iter().filter(|spike| within(&ids, spike)).copied());
            Band {
                name: population.name.clone(),
                inputs: false,
                first: ids.start,
                size: population.size,
                reported: population.size,
                // So that an output's number is its digit.
                numbered_from: 0,
                marks,
            }
        });
        let name = self
            .network
            .inputs()
            .first()
            .map_or("inputs", |input| input.name.as_str());
        let size = self.network.input_count();
        let mut marks = Marks::new(0, size, ticks);
        marks.extend(inputs);
        let pixels = Band {
            name: name.to_owned(),
            inputs: true,
            first: 0,
            size,
            reported: size,
            numbered_from: 0,
            marks,
        };
        let bands = populations.chain([pixels]).collect();
        let answers = predictions
            .iter()
            .zip(&self.labels)
            .zip(&self.images)
            .take(count);
        let segments = (0..)
            .zip(answers)
            .map(|(image, ((answer, label), picture))| Segment {
                from: image * TICKS,
                label: if answer == label {
                    format!("read as {answer}")
                } else {
                    format!("read as {answer}, is {label}")
                },
                good: answer == label,
                picture: picture.clone(),
            });
        Raster {
            title: "Handwritten digits, as a spiking network sees them".to_owned(),
            ticks,
            note: String::new(),
            tick: None,
            bands,
            segments: segments.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::link::LinkOptions;
    use driver::transport::Memory;
    use spec::CoreConfig;

    const EXPECTED: &str = include_str!(concat!(env!("SYNFIRE_DIGITS"), "/expected.json"));

    #[test]
    fn every_image_is_read_as_the_reference_reads_it() {
        let expected: serde_json::Value = serde_json::from_str(EXPECTED).unwrap();
        let digits = Digits::embedded().unwrap();
        let line = Memory::new(CoreConfig::up5k());
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        digits.load(&mut device, &mut |_, _| ()).unwrap();
        let found = digits
            .classify(&mut device, usize::MAX, &mut |_| ())
            .unwrap();
        let number = |key: &str| expected[key].as_u64().unwrap();
        assert_eq!(
            serde_json::json!(found.predictions),
            expected["predictions"]
        );
        assert_eq!(found.correct as u64, number("correct"));
        assert_eq!(u64::from(TICKS), number("ticks_per_image"));
        assert_eq!(
            found.spikes,
            number("hidden_spikes_total") + number("output_spikes_total")
        );
        assert_eq!(found.input_spikes, number("input_spikes_total"));
        assert!(found.cycles > 0);
    }

    #[test]
    fn raster_shows_each_image_and_leaves_the_network_as_it_was() {
        let digits = Digits::embedded().unwrap();
        let line = Memory::new(CoreConfig::ecp5_85k());
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        digits.load(&mut device, &mut |_, _| ()).unwrap();
        let before = device.read_all(Region::Dynamics).unwrap();
        let raster = digits
            .raster(&mut device, &digits.labels()[..3], 9)
            .unwrap();
        assert_eq!(
            (raster.segments.len(), raster.ticks, raster.bands.len()),
            (3, 48, 3)
        );
        assert!(raster.bands.iter().all(|band| band.marks.count() > 0));
        assert_eq!(device.read_all(Region::Dynamics).unwrap(), before);
    }
}
