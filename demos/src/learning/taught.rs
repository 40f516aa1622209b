//! Supervised classification: one neuron per class, corrected after each error.
//!
//! An image is shown as spike rates, and the neurons integrate the spikes. If the neuron of the
//! correct class does not have the highest potential, or not by the required margin, the teacher
//! makes it spike while the reward is positive, and then makes the wrong leading neuron spike while
//! the reward is negative. Potentiation makes both changes: the traces hold the image, so the
//! weights of the correct neuron move toward the image and those of the wrong neuron move away from
//! it.
//!
//! This is F. Rosenblatt's perceptron rule (*The perceptron*, Psychological Review 65(6), 1958),
//! where the reward gives the sign and the learning rate.

use network::{
    ABSENT_WEIGHT, LearningSettings, Matrix, Network, NetworkBuilder, Plasticity,
    PopulationBuilder, ProjectionBuilder, TraceSpec,
};
use spec::plasticity::REWARD_ONE;
use spec::regions::Region;

use super::LearningError;
use super::images::{BLACK, CLASSES, Images, rates};
use super::session::Session;
use super::shuffle::{generator, order};
use super::work::Work;
use driver::device::Device;
use driver::weights;
use spec::events::Spike;

/// Number of the teacher's rows: together they exceed the distance from any potential to the
/// threshold.
const TEACHERS: usize = 5;

/// Ticks of a correction. A neuron far below its threshold needs both ticks to reach it; because it
/// is then refractory, it spikes once.
const CORRECTION: u32 = 2;

/// The parameters of supervised learning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taught {
    /// Number of presentations of every image.
    pub epochs: usize,
    /// The threshold, which only the teacher's input can exceed.
    pub threshold: i64,
    /// The margin by which the right neuron must lead, in units of the potential.
    pub margin: i32,
    /// The weight change of a correction per spike of the image, in weights.
    pub a_plus: f64,
    /// Time constant of the traces, in ticks.
    pub tau: f64,
    /// Largest magnitude of a weight.
    pub weight_max: i64,
    /// The factor of the reward from one epoch to the next.
    pub cooling: f64,
    /// Seed of the order of images and of the rounding.
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

/// The results of learning and test.
#[derive(Debug, Clone, PartialEq)]
pub struct TaughtOutcome {
    /// The answers for the test images.
    pub predictions: Vec<u8>,
    /// Number of corrections in each epoch.
    pub corrections: Vec<usize>,
    /// Weights, `[pixel][class]`.
    pub weights: Vec<i32>,
    /// The work of learning.
    pub learning: Work,
    /// The work of the test.
    pub testing: Work,
}

impl Taught {
    /// The network for images of `pixels` pixels.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond the limits of a network.
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
            .learning(LearningSettings {
                seed: self.seed,
                ..LearningSettings::default()
            });
        let own = |at: usize| if at / n == at % n { 127 } else { ABSENT_WEIGHT };
        for _ in 0..TEACHERS {
            let weights = Matrix::new(n, n, (0..n * n).map(own).collect())?;
            let teacher = ProjectionBuilder::new("teacher", "classes").weights(weights);
            network = network.projection(teacher.exponent(7));
        }
        Ok(network.build()?)
    }

    /// Learns `train` and classifies `test`. `progress` is called with the present activity, the
    /// amount done and the total.
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
                        let id = (teacher + class) as u32;
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

/// Shows an image and returns the potential of each class.
fn show(session: &mut Session<'_>, image: &[u8]) -> Result<Vec<i32>, LearningError> {
    session.run(BLACK, true, &rates(image))?;
    Ok(session
        .device
        .read_signed(Region::Potential, 0, CLASSES as u32)?)
}

/// The class with the largest potential; the lowest of equal ones.
fn best(gathered: &[i32]) -> usize {
    let most = gathered
        .iter()
        .enumerate()
        .max_by_key(|&(class, value)| (value, std::cmp::Reverse(class)));
    most.map_or(0, |(class, _)| class)
}
