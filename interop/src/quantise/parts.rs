//! The cost of quantisation for one population or projection, in numbers.

use schemars::JsonSchema;
use serde::Serialize;

use super::scale::Scale;
use crate::graph::Population;

/// What became of a population's numbers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PopulationReport {
    /// Name of the population in the network.
    pub name: String,
    /// Number of neurons.
    pub neurons: usize,
    /// Units of the core for the value 1.0 of the network.
    pub units: f64,
    /// What kept the scale from being larger: threshold, bias, v_reset, leak, weight, or the sum of
    /// all inputs.
    pub set_by: &'static str,
    /// The value of this parameter.
    pub set_by_value: f64,
    /// Smallest and largest threshold in units; `None` if potentials are read.
    pub threshold_units: Option<(i64, i64)>,
    /// Largest error of a bias.
    pub bias_error: f64,
    /// Error of the membrane's time constant.
    pub decay_mem: DecayError,
    /// Error of the synapses' time constant.
    pub decay_syn: DecayError,
    /// The state's limit over the largest sum that there can be; below 1 some input saturates.
    pub head_room: f64,
    /// Ticks by which spikes come later than in the network described.
    pub latency: u32,
}

/// The largest error of a time constant.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, JsonSchema)]
pub struct DecayError {
    /// In percent; infinite if there is no decay left. `None`: there is nothing to round.
    pub percent: Option<f64>,
}

/// What became of a projection's weights.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProjectionReport {
    /// Where its spikes come from.
    pub source: String,
    /// Where they go to.
    pub target: String,
    /// Number of weights.
    pub weights: usize,
    /// Smallest and largest exponent of a row.
    pub exponents: (u8, u8),
    /// Signal over error, in dB; `None` if there is no error.
    pub snr_db: Option<f64>,
    /// Largest error, in percent of the largest weight.
    pub largest_error_percent: f64,
    /// Weights that were clipped, in percent.
    pub clipped_percent: f64,
    /// Weights that became 0, in percent.
    pub zero_percent: f64,
    #[serde(skip)]
    pub(super) index: usize,
}

impl PopulationReport {
    pub(super) fn new(population: &Population, name: &str, scale: &Scale) -> PopulationReport {
        PopulationReport {
            name: name.to_owned(),
            neurons: population.neurons.len(),
            units: scale.units,
            set_by: scale.set_by.parameter,
            set_by_value: scale.set_by.value,
            threshold_units: None,
            bias_error: 0.0,
            decay_mem: DecayError::default(),
            decay_syn: DecayError::default(),
            head_room: scale.head_room,
            latency: population.latency,
        }
    }
}

impl DecayError {
    /// Adds a neuron with the decay factor `wanted`, which became `held`.
    pub(super) fn add(&mut self, wanted: f64, held: f64) {
        // The factors 0 and 1 are exact.
        if wanted <= 0.0 || wanted >= 1.0 {
            return;
        }
        let error = if held <= 0.0 || held >= 1.0 {
            f64::INFINITY
        } else {
            // tau = -1 / ln(keep)
            100.0 * (wanted.ln() / held.ln() - 1.0).abs()
        };
        self.percent = Some(self.percent.unwrap_or(0.0).max(error));
    }
}

/// Sums over the weights of a projection.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Errors {
    weights: usize,
    clipped: usize,
    zero: usize,
    signal: f64,
    noise: f64,
    largest: f64,
    largest_error: f64,
    exponents: Option<(u8, u8)>,
}

impl Errors {
    /// Adds a weight that should be `wanted` and became `held`.
    pub(super) fn add(&mut self, wanted: f64, held: f64, clipped: bool, exponent: u8) {
        let error = wanted - held;
        self.weights += 1;
        self.clipped += usize::from(clipped);
        self.zero += usize::from(held == 0.0 && wanted != 0.0);
        self.signal += wanted * wanted;
        self.noise += error * error;
        self.largest = self.largest.max(wanted.abs());
        self.largest_error = self.largest_error.max(error.abs());
        let (low, high) = self.exponents.unwrap_or((exponent, exponent));
        self.exponents = Some((low.min(exponent), high.max(exponent)));
    }

    pub(super) fn report(&self, source: &str, target: &str, index: usize) -> ProjectionReport {
        let percent = |part: usize| 100.0 * part as f64 / self.weights.max(1) as f64;
        // Rounding errors of these sums are not errors of the integers.
        let exact = self.noise <= self.signal * f64::EPSILON;
        ProjectionReport {
            source: source.to_owned(),
            target: target.to_owned(),
            weights: self.weights,
            exponents: self.exponents.unwrap_or_default(),
            snr_db: (!exact).then(|| 10.0 * (self.signal / self.noise).log10()),
            largest_error_percent: if exact {
                0.0
            } else {
                100.0 * self.largest_error / self.largest
            },
            clipped_percent: percent(self.clipped),
            zero_percent: percent(self.zero),
            index,
        }
    }
}
