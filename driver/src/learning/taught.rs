//! Taught classes: one neuron a class, corrected where it errs.
//!
//! An image is shown as rates, and the neurons gather. If the class that should have gathered most
//! has not, or not by the margin, the teacher makes its neuron spike while the reward is positive,
//! and then the neuron that was ahead while it is negative. Potentiation does the rest: the traces
//! hold the image, so the one neuron's weights move toward it and the other's away from it.
//!
//! F. Rosenblatt's perceptron rule (*The perceptron*, Psychological Review 65(6), 1958) with a
//! reward for the sign and the rate of learning.

use spec::network::{
    ABSENT_WEIGHT, Learning, Matrix, Network, NetworkBuilder, Plasticity, PopulationBuilder,
    ProjectionBuilder, TraceSpec,
};
use spec::plasticity::REWARD_ONE;
use spec::regions::Region;

use super::LearningError;
use super::images::{BLACK, CLASSES, Images, rates};
use super::session::Session;
use super::shuffle::{generator, order};
use super::work::Work;
use crate::device::Device;
use crate::events::Spike;
use crate::weights;

/// Rows of the teacher: together more than any potential below the threshold lacks.
const TEACHERS: usize = 5;

/// Ticks of a correction. A neuron far below its threshold needs both to reach it, and being
/// refractory spikes once.
const CORRECTION: u32 = 2;

/// How classes are taught.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taught {
    /// How often every image is shown.
    pub epochs: usize,
    /// Only the teacher brings a neuron above it.
    pub threshold: i64,
    /// By how much the right neuron must be ahead.
    pub margin: i32,
    /// What a correction adds to a weight for each spike of the image.
    pub a_plus: f64,
    /// What is left of a spike after t ticks is exp(-t / tau).
    pub tau: f64,
    /// Largest weight, either way.
    pub weight_max: i64,
    /// The reward of an epoch, as a part of that of the epoch before.
    pub cooling: f64,
    /// Seed of the order of images and the roundings.
    pub seed: u32,
}

impl Default for Taught {
    fn default() -> Taught {
        Taught {
            epochs: 20,
            threshold: 28_000,
            margin: 1_000,
            a_plus: 0.12,
            tau: 100.0,
            weight_max: 63,
            cooling: 0.85,
            seed: 1,
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TaughtOutcome {
    /// The answers for the test images.
    pub predictions: Vec<u8>,
    /// Corrections in each epoch.
    pub corrections: Vec<usize>,
    /// Weights, `[pixel][class]`.
    pub weights: Vec<i32>,
    /// Work of learning.
    pub learning: Work,
    /// Work of the test.
    pub testing: Work,
}

impl Taught {
    /// The network for images of so many pixels.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond what a network can have.
    pub fn network(&self, pixels: usize) -> Result<Network, LearningError> {
        let n = CLASSES;
        let mut network = NetworkBuilder::new("taught")
            .input("pixels", pixels)
            .input("teacher", n)
            .population(
                PopulationBuilder::new("classes", n)
                    .threshold(self.threshold)
                    .refractory_ticks(255),
            )
            .projection(
                ProjectionBuilder::new("pixels", "classes")
                    .weights(Matrix::new(pixels, n, vec![0; pixels * n])?)
                    .plasticity("correction"),
            )
            .plasticity(Plasticity {
                pre: TraceSpec::Exponential {
                    tau: self.tau,
                    nearest: false,
                },
                a_plus: self.a_plus,
                a_minus: 0.0,
                w_min: -self.weight_max,
                w_max: self.weight_max,
                ..Plasticity::new("correction", self.tau, 1.0)
            })
            .learning(Learning {
                seed: self.seed,
                ..Learning::default()
            });
        let own = |at: usize| if at / n == at % n { 127 } else { ABSENT_WEIGHT };
        for _ in 0..TEACHERS {
            let weights = Matrix::new(n, n, (0..n * n).map(own).collect())?;
            let teacher = ProjectionBuilder::new("teacher", "classes").weights(weights);
            network = network.projection(teacher.exponent(7));
        }
        Ok(network.build()?)
    }

    /// Learns `train` and classifies `test`. `progress` hears what is being done, how much of it is
    /// done, and how much there is.
    ///
    /// # Errors
    /// [`LearningError`].
    pub fn run(
        &self,
        device: &mut Device,
        train: &Images,
        test: &Images,
        progress: &mut dyn FnMut(&'static str, u64, u64),
    ) -> Result<TaughtOutcome, LearningError> {
        let network = self.network(train.size())?;
        let mut session = Session::load(&network, device, progress)?;
        let teacher = network.input_range("teacher").map_or(0, |ids| ids.start);
        let shows = (train.len() * self.epochs) as u64;
        let mut corrections = Vec::new();
        for epoch in 0..self.epochs {
            // Lossless: at most REWARD_ONE.
            let part = self.cooling.clamp(0.0, 1.0).powi(epoch as i32);
            let reward = ((f64::from(REWARD_ONE) * part).round() as i32).max(1);
            let order = order(
                &mut generator(u64::from(self.seed), 1 + epoch as u64),
                train.len(),
            );
            let mut corrected = 0;
            for (at, image) in order.into_iter().enumerate() {
                let right = usize::from(train.labels()[image]);
                let mut gathered = show(&mut session, train.image(image))?;
                gathered[right] = gathered[right].saturating_sub(self.margin);
                let ahead = best(&gathered);
                if ahead != right {
                    corrected += 1;
                    for (class, reward) in [(right, reward), (ahead, -reward)] {
                        session.set_reward(reward)?;
                        // Lossless: a core has at most 2^14 inputs.
                        let id = (teacher + class) as u16;
                        let spikes: Vec<_> =
                            (0..CORRECTION).map(|tick| Spike { tick, id }).collect();
                        session.run(CORRECTION, false, &spikes)?;
                    }
                }
                let done = (epoch * train.len() + at + 1) as u64;
                progress("learning", done, shows);
            }
            corrections.push(corrected);
        }
        session.set_learning(false)?;
        let learning = std::mem::take(&mut session.work);
        let mut predictions = Vec::new();
        for image in 0..test.len() {
            // Lossless: ten classes.
            predictions.push(best(&show(&mut session, test.image(image))?) as u8);
            progress("testing", image as u64 + 1, test.len() as u64);
        }
        let testing = session.work;
        let weights = weights::read(session.device, &network, &mut |done, of| {
            progress("reading", done, of);
        })?;
        Ok(TaughtOutcome {
            predictions,
            corrections,
            weights: weights
                .into_iter()
                .take(1)
                .flat_map(|it| it.values)
                .collect(),
            learning,
            testing,
        })
    }
}

/// Shows an image and tells what each class has gathered.
fn show(session: &mut Session<'_>, image: &[u8]) -> Result<Vec<i32>, LearningError> {
    session.run(BLACK, true, &rates(image))?;
    Ok(session
        .device
        .read_signed(Region::Potential, 0, CLASSES as u32)?)
}

/// The class that has gathered most; of equals the lowest.
fn best(gathered: &[i32]) -> usize {
    let most = gathered
        .iter()
        .enumerate()
        .max_by_key(|&(class, value)| (value, std::cmp::Reverse(class)));
    most.map_or(0, |(class, _)| class)
}
