//! Prototypes: neurons that compete for images, each learning what it wins.
//!
//! Each input spikes once per image, at a time that tells its grey value. The neuron that has
//! gathered enough first spikes and silences the others. Then spikes that came before its own have
//! their synapses strengthened, and those that come after have them weakened: its weights move
//! toward the image. A threshold that rises with each win gives every neuron its share. Labels are
//! not used: what a neuron stands for is asked afterwards.
//!
//! After P. U. Diehl and M. Cook, *Unsupervised learning of digit recognition using
//! spike-timing-dependent plasticity*, Frontiers in Computational Neuroscience 9, 2015, and
//! T. Masquelier and S. J. Thorpe, *Unsupervised learning of visual features through spike timing
//! dependent plasticity*, PLoS Computational Biology 3(2), 2007.

use rand_core::Rng;
use spec::network::{
    ABSENT_WEIGHT, AdaptationSpec, Learning, Matrix, Network, NetworkBuilder, Plasticity,
    PopulationBuilder, ProjectionBuilder, TraceSpec,
};

use super::LearningError;
use super::images::{CLASSES, Images, latencies, latency_ticks};
use super::session::Session;
use super::shuffle::{generator, order};
use super::work::Work;
use crate::device::Device;
use crate::weights;

/// Longer than an image: whatever came before counts in full.
const WINDOW: i64 = 100;

/// How prototypes learn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prototypes {
    /// Neurons that compete.
    pub neurons: usize,
    /// How often every image is shown.
    pub epochs: usize,
    /// Ticks that a step of grey takes.
    pub slow: u32,
    /// What a neuron must gather before it has won anything, in weights an input.
    pub threshold: f64,
    /// What a win adds to the threshold.
    pub step: i64,
    /// After so many ticks 1/e of that is left.
    pub tau: f64,
    /// What a win adds to the weight of an input that came before.
    pub a_plus: f64,
    /// What a win takes from the weight of one that comes after.
    pub a_minus: f64,
    /// The weights before learning: the least, and how many from there up.
    pub weights: (i64, i64),
    /// Seed of the first weights, the order of images, and the roundings.
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

/// What neurons turned out to stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// How often each neuron spiked for an image of each class.
    pub wins: Vec<[u32; CLASSES]>,
}

impl Labels {
    /// The class that a neuron spikes for most often; `None` if it never spikes.
    #[must_use]
    pub fn of(&self, neuron: usize) -> Option<u8> {
        let wins = self.wins.get(neuron)?;
        // Lossless: ten classes. Of equals the lowest.
        let best = (0..CLASSES as u8)
            .max_by_key(|&class| (wins[usize::from(class)], std::cmp::Reverse(class)))?;
        (wins[usize::from(best)] > 0).then_some(best)
    }

    /// The class that the neurons vote for, each with the shares of its wins; `None` if nobody
    /// spiked that ever did before.
    fn vote(&self, spiked: impl Iterator<Item = u16>) -> Option<u8> {
        let mut votes = [0.0; CLASSES];
        for neuron in spiked {
            let Some(wins) = self.wins.get(usize::from(neuron)) else {
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

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PrototypesOutcome {
    /// What each neuron stands for.
    pub labels: Labels,
    /// The answers for the test images; `None` where no neuron spiked.
    pub predictions: Vec<Option<u8>>,
    /// Weights, `[input][neuron]`; the inputs are the dark pixels, then the light ones.
    pub weights: Vec<i32>,
    /// Work of learning.
    pub learning: Work,
    /// Work of the test.
    pub testing: Work,
}

impl Prototypes {
    /// The network for images of so many pixels.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond what a network can have.
    pub fn network(&self, pixels: usize) -> Result<Network, LearningError> {
        let (inputs, n) = (2 * pixels, self.neurons);
        let mut random = generator(u64::from(self.seed), 0);
        let (least, range) = self.weights;
        let weights = (0..inputs * n).map(|_| {
            let part = (u64::from(random.next_u32()) * range.unsigned_abs()) >> 32;
            // Lossless: below the range.
            least + part as i64
        });
        // A winner silences all others, itself excepted.
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
            .learning(Learning {
                seed: self.seed,
                ..Learning::default()
            });
        Ok(network.build()?)
    }

    /// Learns `train`, asks what the neurons stand for, and classifies `test`. `progress` hears
    /// what is being done, how much of it is done, and how much there is.
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
                labels.wins[usize::from(spike.id)][usize::from(label)] += 1;
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
