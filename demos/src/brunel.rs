//! The sparse random network of Brunel (2000), model A, in four of its regimes.
//!
//! Four fifths of the neurons are excitatory, one fifth inhibitory. Every neuron gets the same number
//! of synapses from randomly chosen neurons of both kinds, and an external Poisson train. A spike
//! moves a potential at once, by `J` if it is excitatory or external and by `-g J` if it is
//! inhibitory. The two numbers `g` and `eta` (the external rate, in units of the rate that alone
//! brings the mean potential to the threshold) choose the regime.
//!
//! After N. Brunel, *Dynamics of sparsely connected networks of excitatory and inhibitory spiking
//! neurons*, Journal of Computational Neuroscience 8, 2000.

mod activity;
#[cfg(test)]
mod agreement;
mod draw;
mod drive;
mod error;
mod leak;
mod recorded;
mod regime;

use driver::Runner;
use driver::device::{Count, Probe, Recording, Stream};
use network::{Connect, Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder};
use serde::{Deserialize, Serialize};
use spec::events::Spike;

pub use activity::{Activity, rates_by_bin};
pub use draw::draw_regimes;
pub use drive::{Drive, Poisson};
pub use error::BrunelError;
pub use leak::{Decays, tau_ms};
pub use recorded::{Figures, Nest, Recorded};
pub use regime::Regime;

/// Length of a tick in milliseconds.
pub const TICK_MS: f64 = 0.1;
/// Time constant of the membrane in Brunel's model, in milliseconds.
pub const TAU_MS: f64 = 20.0;
/// Threshold in millivolts above rest.
pub const THRESHOLD_MV: f64 = 20.0;

/// Delay of all synapses in ticks, 1.5 ms: the longest delay of the core.
const DELAY: i64 = 15;
/// Ticks after a spike in which a neuron takes no input, 2 ms.
const REFRACTORY: i64 = 20;
/// An excitatory spike adds `WEIGHT * 2^EXPONENT` = 2,048 units. The inhibitory weights of all
/// regimes, up to `6 * 16` = 96, are below 127 with the same exponent, so `J` and `g J` are exact;
/// a larger exponent would leave a smaller error of the decay's rounding, but 7 is the largest.
const WEIGHT: i64 = 16;
const EXPONENT: i64 = 7;
/// What a spike adds to a potential, in units of the state.
pub const STEP: i32 = (WEIGHT as i32) << EXPONENT;
/// `J` times the number of excitatory synapses of a neuron, in millivolts: 0.1 mV times 1,000 in
/// Brunel's simulations, and the same for smaller networks.
const COUPLING_MV: f64 = 100.0;

/// A network, and how long it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Brunel {
    /// Number of neurons: a multiple of 5 from 300 to 12,500, of which a fifth inhibit.
    pub neurons: usize,
    /// Number of ticks of 0.1 ms.
    pub ticks: u32,
    /// Ticks at the beginning that are not counted in the figures.
    pub settling: u32,
    /// Seed of the connections and the external spikes.
    pub seed: u32,
}

impl Default for Brunel {
    fn default() -> Brunel {
        Brunel {
            neurons: 1000,
            ticks: 100_000,
            settling: 1000,
            seed: 1,
        }
    }
}

/// What a run of one regime gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The regime.
    pub regime: Regime,
    /// Spikes of neurons, by tick and neuron.
    pub spikes: Vec<Spike>,
    /// Rate, irregularity and synchrony.
    pub activity: Activity,
    /// Number of external spikes.
    pub external: u64,
    /// Cycles spent in ticks: counted by hardware, estimated by the model.
    pub cycles: u64,
}

impl Brunel {
    /// Number of excitatory neurons, which come first.
    #[must_use]
    pub const fn excitatory(&self) -> usize {
        self.neurons / 5 * 4
    }

    /// Number of excitatory synapses of a neuron; it has a fourth as many inhibitory ones.
    ///
    /// 1,000 as in the paper, and half of the excitatory neurons where there are fewer than 2,000: with
    /// few and therefore strong synapses little would be left of the regimes. Multiples of 20 make
    /// the threshold and the reset potential whole numbers of units.
    #[must_use]
    pub fn in_degree(&self) -> usize {
        (self.excitatory() / 40 * 20).min(1000)
    }

    /// `J`: what an excitatory or external spike adds to a potential, in millivolts.
    #[must_use]
    pub fn step_mv(&self) -> f64 {
        COUPLING_MV / self.in_degree() as f64
    }

    /// Units of the state in a millivolt.
    #[must_use]
    pub fn units_per_mv(&self) -> f64 {
        f64::from(STEP) / self.step_mv()
    }

    /// Mean number of external spikes of a neuron in a tick.
    ///
    /// With `nu_thr = theta / (J C tau)` and `C` external synapses of a neuron, this is
    /// `C eta nu_thr dt = eta theta dt / (J tau)`, with the paper's `tau` of 20 ms.
    #[must_use]
    pub fn external_per_tick(&self, regime: Regime) -> f64 {
        regime.eta() * THRESHOLD_MV * TICK_MS / (self.step_mv() * TAU_MS)
    }

    /// The network in a regime.
    ///
    /// # Errors
    /// [`BrunelError::Size`] for a number of neurons outside the limits, [`BrunelError::Network`].
    pub fn network(&self, regime: Regime) -> Result<Network, BrunelError> {
        self.built(regime, THRESHOLD_MV)
    }

    fn built(&self, regime: Regime, threshold_mv: f64) -> Result<Network, BrunelError> {
        let inhibitory = regime.inhibitory_weight(WEIGHT);
        if !self.neurons.is_multiple_of(5) || !(300..=12_500).contains(&self.neurons) {
            return Err(BrunelError::Size {
                neurons: self.neurons,
            });
        }
        // Lossless: at most 12,500 times 20,480.
        let units = |mv: f64| (mv * self.units_per_mv()).round() as i64;
        let decays = Decays::around(TAU_MS);
        let population = |name, size| {
            PopulationBuilder::new(name, size)
                // The core fires above the threshold; in the paper and in NEST a neuron fires at it.
                .threshold(units(threshold_mv) - 1)
                .v_reset(units(THRESHOLD_MV / 2.0))
                .v_init(0)
                .leak(decays.of(size))
                .refractory_ticks(REFRACTORY)
        };
        // Lossless: at most 1,000.
        let degree = self.in_degree() as i64;
        let mut network = NetworkBuilder::new("brunel")
            .seed(self.seed)
            .population(population("e", self.excitatory()))
            .population(population("i", self.neurons - self.excitatory()));
        for (source, degree, weight) in [("e", degree, WEIGHT), ("i", degree / 4, inhibitory)] {
            for target in ["e", "i"] {
                network = network.projection(
                    ProjectionBuilder::new(source, target)
                        .connect(Connect::FixedInDegree(degree), weight)
                        .autapses(false)
                        .delay(DELAY)
                        .exponent(EXPONENT),
                );
            }
        }
        Ok(network.build()?)
    }

    /// Runs a regime on a core that has loaded its network; `progress` is called with the number
    /// of ticks done.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn run(
        &self,
        regime: Regime,
        core: &mut dyn Runner,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Found, BrunelError> {
        core.rewind()?;
        let mut external = 0;
        let mut drive =
            Drive::new(self, regime).inspect(|(_, count)| external += u64::from(*count));
        let stream = Stream {
            ticks: self.ticks,
            reset: true,
            spikes: &mut std::iter::empty(),
            injections: &mut drive.by_ref().map(|(injection, _)| Ok(injection)),
            probe: Probe::default(),
            report: true,
            count: Count {
                totals: true,
                neurons: 0,
            },
        };
        let mut recording = Recording::default();
        let counted = core.stream(stream, &mut recording, progress)?;
        Ok(Found {
            regime,
            activity: Activity::of(&recording.spikes, self),
            spikes: recording.spikes,
            external,
            cycles: counted.totals.cycles,
        })
    }
}
