//! Prototypes: neurons compete for images, and each neuron learns the images for which it wins.
//!
//! Each input spikes once per image, at a time that encodes its grey value. The neuron that first
//! reaches its threshold spikes and inhibits the others. Synapses whose spikes came before this
//! spike are strengthened, and synapses whose spikes come after it are weakened, so the winner's
//! weights move toward the image. Each win raises the winner's threshold, so every neuron wins its
//! share of images. Learning uses no labels; the class of a neuron is determined afterwards.
//!
//! After P. U. Diehl and M. Cook, *Unsupervised learning of digit recognition using
//! spike-timing-dependent plasticity*, Frontiers in Computational Neuroscience 9, 2015, and
//! T. Masquelier and S. J. Thorpe, *Unsupervised learning of visual features through spike timing
//! dependent plasticity*, PLoS Computational Biology 3(2), 2007.

use network::{
    ABSENT_WEIGHT, AdaptationSpec, LearningSettings, Matrix, Network, NetworkBuilder, Plasticity,
    PopulationBuilder, ProjectionBuilder, TraceSpec,
};
use rand_core::Rng;

use super::LearningError;
use super::images::{CLASSES, Images, latencies, latency_ticks};
use super::session::Session;
use super::shuffle::{generator, order};
use super::work::Work;
use driver::device::Device;
use driver::weights;

/// Length of the window in ticks; longer than an image, so that all earlier spikes count in full.
const WINDOW: i64 = 100;

/// The parameters of prototype learning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prototypes {
    /// Number of competing neurons.
    pub neurons: usize,
    /// Number of presentations of every image.
    pub epochs: usize,
    /// Number of ticks per step of the grey scale.
    pub slow: u32,
    /// Threshold before the first win, in weights per input.
    pub threshold: f64,
    /// Increase of the threshold by a win.
    pub step: i64,
    /// Time constant of this increase, in ticks.
    pub tau: f64,
    /// Increase of the weight of an input that spikes before the win.
    pub a_plus: f64,
    /// Decrease of the weight of an input that spikes after the win.
    pub a_minus: f64,
    /// The weights before learning: the smallest, and the number of values from there upward.
    pub weights: (i64, i64),
    /// Seed of the first weights, the order of images, and the rounding.
    pub seed: u32,
}

impl Default for Prototypes {
    fn default() -> Prototypes {
        Prototypes {
            neurons: 200,
            epochs: 10,
            slow: 2,
            threshold: 27.3,
            step: 50,
            tau: 80_000.0,
            a_plus: 4.0,
            a_minus: 8.0,
            weights: (60, 30),
            seed: 1,
        }
    }
}

/// The classes assigned to the neurons.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// Number of spikes of each neuron for images of each class.
    pub wins: Vec<[u32; CLASSES]>,
}

impl Labels {
    /// The class for which a neuron spikes most often; `None` if it never spikes.
    #[must_use]
    pub fn of(&self, neuron: usize) -> Option<u8> {
        let wins = self.wins.get(neuron)?;
        // Lossless: ten classes. The lowest of equal ones.
        let best = (0..CLASSES as u8)
            .max_by_key(|&class| (wins[usize::from(class)], std::cmp::Reverse(class)))?;
        (wins[usize::from(best)] > 0).then_some(best)
    }

    /// The class with the most votes of the neurons, where each neuron votes with the shares of its
    /// wins; `None` if no neuron spiked that has ever won.
    fn vote(&self, spiked: impl Iterator<Item = u32>) -> Option<u8> {
        let mut votes = [0.0; CLASSES];
        for neuron in spiked {
            let Some(wins) = self.wins.get(neuron as usize) else {
                continue;
            };
            let all: u32 = wins.iter().sum();
            for (vote, &own) in votes.iter_mut().zip(wins) {
                *vote += f64::from(own) / f64::from(all.max(1));
            }
        }
        let best = (0..CLASSES)
            .rev()
            .max_by(|&a, &b| votes[a].total_cmp(&votes[b]))?;
        // Lossless: ten classes.
        (votes[best] > 0.0).then_some(best as u8)
    }
}

/// The results of learning and test.
#[derive(Debug, Clone, PartialEq)]
pub struct PrototypesOutcome {
    /// The class of each neuron.
    pub labels: Labels,
    /// The answers for the test images; `None` if no neuron spiked.
    pub predictions: Vec<Option<u8>>,
    /// Weights, `[input][neuron]`; the inputs are the dark pixels, then the light ones.
    pub weights: Vec<i32>,
    /// The work of learning.
    pub learning: Work,
    /// The work of the test.
    pub testing: Work,
}

impl Prototypes {
    /// The network for images of `pixels` pixels.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond the limits of a network.
    pub fn network(&self, pixels: usize) -> Result<Network, LearningError> {
        let (inputs, n) = (2 * pixels, self.neurons);
        let mut random = generator(u64::from(self.seed), 0);
        let (least, range) = self.weights;
        let weights = (0..inputs * n).map(|_| {
            let part = (u64::from(random.next_u32()) * range.unsigned_abs()) >> 32;
            // Lossless: within the range.
            least + part as i64
        });
        // A neuron that spikes inhibits all others but not itself.
        let rivals = (0..n * n).map(|at| {
            if at / n == at % n {
                ABSENT_WEIGHT
            } else {
                -127
            }
        });
        let pixels_in = Matrix::new(inputs, n, weights.collect())?;
        let rivals = Matrix::new(n, n, rivals.collect())?;
        let window = TraceSpec::Rectangular { ticks: WINDOW };
        let network = NetworkBuilder::new("prototypes")
            .input("pixels", inputs)
            .population(
                PopulationBuilder::new("prototypes", n)
                    .threshold((self.threshold * inputs as f64).round() as i64)
                    // Once per image: the state is reset between images.
                    .refractory_ticks(255)
                    .adaptation(AdaptationSpec {
                        step: self.step,
                        tau: Some(self.tau),
                    }),
            )
            .projection(
                ProjectionBuilder::new("pixels", "prototypes")
                    .weights(pixels_in)
                    .plasticity("toward_the_image"),
            )
            .projection(
                ProjectionBuilder::new("prototypes", "prototypes")
                    .weights(rivals)
                    .exponent(7),
            )
            .plasticity(Plasticity {
                pre: window,
                post: window,
                a_plus: self.a_plus,
                a_minus: self.a_minus,
                soft: true,
                ..Plasticity::new("toward_the_image", 1.0, 1.0)
            })
            .learning(LearningSettings {
                seed: self.seed,
                ..LearningSettings::default()
            });
        Ok(network.build()?)
    }

    /// Learns `train`, assigns classes to the neurons, and classifies `test`. `progress` is called
    /// with the present activity, the amount done and the total.
    ///
    /// # Errors
    /// [`LearningError`].
    pub fn run(
        &self,
        device: &mut Device,
        train: &Images,
        test: &Images,
        progress: &mut dyn FnMut(&'static str, u64, u64),
    ) -> Result<PrototypesOutcome, LearningError> {
        let network = self.network(train.size())?;
        let mut session = Session::load(&network, device, progress)?;
        let ticks = latency_ticks(self.slow);
        let shows = (train.len() * self.epochs) as u64;
        for epoch in 0..self.epochs as u64 {
            let order = order(&mut generator(u64::from(self.seed), 1 + epoch), train.len());
            for (at, image) in order.into_iter().enumerate() {
                session.run(ticks, true, &latencies(train.image(image), self.slow))?;
                progress(
                    "learning",
                    epoch * train.len() as u64 + at as u64 + 1,
                    shows,
                );
            }
        }
        session.set_learning(false)?;
        let learning = std::mem::take(&mut session.work);
        let mut labels = Labels {
            wins: vec![[0; CLASSES]; self.neurons],
        };
        for (image, &label) in train.labels().iter().enumerate() {
            let spikes = latencies(train.image(image), self.slow);
            for spike in session.run(ticks, true, &spikes)?.spikes {
                labels.wins[spike.id as usize][usize::from(label)] += 1;
            }
            progress("labelling", image as u64 + 1, train.len() as u64);
        }
        session.work = Work::default();
        let mut predictions = Vec::new();
        for image in 0..test.len() {
            let spikes = latencies(test.image(image), self.slow);
            let recording = session.run(ticks, true, &spikes)?;
            predictions.push(labels.vote(recording.spikes.iter().map(|spike| spike.id)));
            progress("testing", image as u64 + 1, test.len() as u64);
        }
        let testing = session.work;
        let weights = weights::read(session.device, &network, &mut |done, of| {
            progress("reading", done, of);
        })?;
        Ok(PrototypesOutcome {
            weights: weights
                .into_iter()
                .take(1)
                .flat_map(|it| it.values)
                .collect(),
            labels,
            predictions,
            learning,
            testing,
        })
    }
}
