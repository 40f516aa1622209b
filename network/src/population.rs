//! The builder of populations in Rust, and the checks of their parameters.

use spec::words::{Leak, NeuronParams, Refractory, Reset};

use super::Population;
use super::checks;
use super::decay::{Decays, Leaks, SYN};
use super::error::NetworkError;
use super::izhikevich::Izhikevich;
use super::neurons::Neurons;
use super::place::Section;
use super::plasticity::AdaptationSpec;
use super::second::SecondSpec;
use super::values::{PerNeuron, Values};

/// The description of a population.
///
/// Defaults: threshold 0, bias 0, no leak, delta synapses, reset to 0, no refractory period, spikes
/// reported, fixed thresholds; a neuron starts at its reset potential, without a current.
#[derive(Debug, Clone)]
pub struct PopulationBuilder {
    pub(super) name: String,
    pub(super) size: usize,
    threshold: Values,
    bias: Values,
    /// The reset potentials if it is not given.
    v_init: Option<Values>,
    i_init: Values,
    leak: Leaks,
    decay_syn: Decays,
    second: Option<SecondSpec>,
    izhikevich: Option<Izhikevich>,
    v_reset: Values,
    reset: PerNeuron<Reset>,
    refractory: PerNeuron<Refractory>,
    refractory_ticks: Values,
    report: PerNeuron<bool>,
    pub(super) adaptation: Option<AdaptationSpec>,
    adapted: PerNeuron<i64>,
    seed: Option<u32>,
}

impl PopulationBuilder {
    /// A population of this name and size.
    #[must_use]
    pub fn new(name: impl Into<String>, size: usize) -> PopulationBuilder {
        PopulationBuilder {
            name: name.into(),
            size,
            threshold: Values::from(0),
            bias: Values::from(0),
            v_init: None,
            i_init: Values::from(0),
            leak: Leaks::from(Leak::Exponential { factor: 4096 }),
            decay_syn: Decays::from(0),
            second: None,
            izhikevich: None,
            v_reset: Values::from(0),
            reset: PerNeuron::All(Reset::ToReset),
            refractory: PerNeuron::All(Refractory::Hold),
            refractory_ticks: Values::from(0),
            report: PerNeuron::All(true),
            adaptation: None,
            adapted: PerNeuron::All(0),
            seed: None,
        }
    }

    /// The threshold: a neuron fires when its potential is greater than this value.
    #[must_use]
    pub fn threshold(mut self, threshold: impl Into<Values>) -> PopulationBuilder {
        self.threshold = threshold.into();
        self
    }

    /// The bias: a value that is added to the potential every tick.
    #[must_use]
    pub fn bias(mut self, bias: impl Into<Values>) -> PopulationBuilder {
        self.bias = bias.into();
        self
    }

    /// The potential before the first tick, -8388607..=8388607; the reset potential by default.
    #[must_use]
    pub fn v_init(mut self, potential: impl Into<Values>) -> PopulationBuilder {
        self.v_init = Some(potential.into());
        self
    }

    /// The current before the first tick, -8388607..=8388607: that tick adds its spikes to it and
    /// integrates the sum.
    #[must_use]
    pub fn i_init(mut self, current: impl Into<Values>) -> PopulationBuilder {
        self.i_init = current.into();
        self
    }

    /// The leak of the potential.
    #[must_use]
    pub fn leak(mut self, leak: impl Into<Leaks>) -> PopulationBuilder {
        self.leak = leak.into();
        self
    }

    /// The decay factor of the synaptic current per tick, in 1/4096; 0 makes delta synapses.
    #[must_use]
    pub fn decay_syn(mut self, decay: impl Into<Decays>) -> PopulationBuilder {
        self.decay_syn = decay.into();
        self
    }

    /// The second state of the neurons.
    #[must_use]
    pub fn second(mut self, second: SecondSpec) -> PopulationBuilder {
        self.second = Some(second);
        self
    }

    /// Makes the neurons those of Izhikevich's model: replaces threshold, bias, leak, reset, initial
    /// potential and second state.
    #[must_use]
    pub fn izhikevich(mut self, model: Izhikevich) -> PopulationBuilder {
        self.izhikevich = Some(model);
        self
    }

    /// The reset potential.
    #[must_use]
    pub fn v_reset(mut self, v_reset: impl Into<Values>) -> PopulationBuilder {
        self.v_reset = v_reset.into();
        self
    }

    /// The effect of a spike on the potential.
    #[must_use]
    pub fn reset(mut self, reset: impl Into<PerNeuron<Reset>>) -> PopulationBuilder {
        self.reset = reset.into();
        self
    }

    /// The behaviour of a refractory neuron.
    #[must_use]
    pub fn refractory(mut self, mode: impl Into<PerNeuron<Refractory>>) -> PopulationBuilder {
        self.refractory = mode.into();
        self
    }

    /// The refractory period in ticks: the neuron cannot fire in this number of ticks after a
    /// spike.
    #[must_use]
    pub fn refractory_ticks(mut self, ticks: impl Into<Values>) -> PopulationBuilder {
        self.refractory_ticks = ticks.into();
        self
    }

    /// Whether the spikes are sent to the host.
    #[must_use]
    pub fn report(mut self, report: impl Into<PerNeuron<bool>>) -> PopulationBuilder {
        self.report = report.into();
        self
    }

    /// The adaptation of the thresholds to spikes.
    #[must_use]
    pub fn adaptation(mut self, adaptation: AdaptationSpec) -> PopulationBuilder {
        self.adaptation = Some(adaptation);
        self
    }

    /// The part of the threshold that earlier spikes have added, 0..=32767; it decays.
    #[must_use]
    pub fn adapted(mut self, adapted: impl Into<PerNeuron<i64>>) -> PopulationBuilder {
        self.adapted = adapted.into();
        self
    }

    /// The seed of the values that are drawn; by default that of the network.
    #[must_use]
    pub fn seed(mut self, seed: u32) -> PopulationBuilder {
        self.seed = Some(seed);
        self
    }

    /// The population, whose neurons' ids begin at `first`. Name and size have been checked; `seed`
    /// is that of the network. Also tells what a spike of each neuron adds to its second state.
    pub(super) fn build(
        mut self,
        first: usize,
        section: &Section,
        seed: u32,
    ) -> Result<(Population, Vec<i64>), NetworkError> {
        let size = self.size;
        let name = self.name.clone();
        let neurons = Neurons {
            name: &name,
            size,
            section,
            seed: self.seed.unwrap_or(seed),
        };
        if let Some(model) = self.izhikevich.take() {
            let parameters = model.parameters(neurons)?;
            self = self
                .threshold(parameters.threshold)
                .bias(parameters.biases)
                .leak(parameters.leak)
                .reset(Reset::ToReset)
                .v_reset(parameters.resets)
                .v_init(parameters.initial)
                .second(parameters.second);
        }
        let states = |values, key| neurons.values(values, key, checks::STATE);
        let thresholds = states(self.threshold, "threshold")?;
        let adapted = Values::from(self.adapted);
        let adapted = neurons.values(adapted, "threshold_adapted", checks::ADAPTED)?;
        let biases = states(self.bias, "bias")?;
        let decay_syn = self.decay_syn.build(neurons, SYN)?;
        let v_reset = states(self.v_reset, "v_reset")?;
        let v_init = match self.v_init {
            Some(v_init) => states(v_init, "v_init")?,
            None => v_reset.clone(),
        };
        let i_init = states(self.i_init, "i_init")?;
        let second = self.second.map(|it| it.build(neurons)).transpose()?;
        let adapts = second.as_ref().is_some_and(|it| it.adapts);
        let ticks = self.refractory_ticks;
        let ticks = neurons.values(ticks, "refractory_ticks", checks::REFRACTORY)?;
        let leak = self.leak.build(neurons)?;
        let reset = neurons.given(self.reset, "reset", Ok)?;
        let refractory = neurons.given(self.refractory, "refractory", Ok)?;
        let report = neurons.given(self.report, "report", Ok)?;
        // The casts below are lossless: all numbers have been checked.
        let dynamics = (0..size)
            .map(|n| NeuronParams {
                leak: leak[n],
                decay_syn: decay_syn[n],
                reset: reset[n],
                refractory: refractory[n],
                report: report[n],
                v_reset: v_reset[n] as i32,
                refractory_ticks: ticks[n] as u8,
                rule: 0,
                adapts,
            })
            .collect();
        let narrow = |values: Vec<i64>| values.into_iter().map(|value| value as i32).collect();
        let (second, steps) = match second {
            Some(built) => (Some(built.states), built.steps),
            None => (None, vec![0; size]),
        };
        let population = Population {
            name: self.name,
            size,
            first,
            thresholds: narrow(thresholds),
            adaptations: adapted.into_iter().map(|value| value as u16).collect(),
            biases: narrow(biases),
            initial_potentials: narrow(v_init),
            initial_currents: narrow(i_init),
            dynamics,
            second,
        };
        Ok((population, steps))
    }
}
