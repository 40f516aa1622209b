//! How the states of a population's neurons decay: given, or drawn at random.

use spec::fixed::{LEAK_ALL, decay_of_tau};
use spec::words::Leak;

use super::checks;
use super::draw::{Distribution, Key};
use super::error::{NetworkError, Problem};
use super::neurons::Neurons;
use super::values::{PerNeuron, Values};

/// The decay of a state of the neurons of a population.
#[derive(Debug, Clone, PartialEq)]
pub enum Decays {
    /// Decay factors per tick, 0..=4096 in 1/4096.
    Factors(Values),
    /// Each neuron has its own time constant in ticks, greater than 0. The draws have the key
    /// `tau_mem` or `tau_syn`, those of factors `decay_mem` or `decay_syn`.
    Taus(Distribution<f64>),
}

/// The leaks of the neurons of a population.
#[derive(Debug, Clone, PartialEq)]
pub enum Leaks {
    /// They are given.
    Given(PerNeuron<Leak>),
    /// Linear: each neuron has its own constant, 0..=8190 per tick.
    Linear(Distribution),
    /// Exponential.
    Exponential(Decays),
}

/// The keys of a decay: that of its factor, and that of its time constant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    factor: &'static str,
    tau: &'static str,
}

/// The keys of the potential.
const MEM: Keys = Keys {
    factor: "decay_mem",
    tau: "tau_mem",
};
/// The keys of the synaptic current.
pub(super) const SYN: Keys = Keys {
    factor: "decay_syn",
    tau: "tau_syn",
};

impl Keys {
    /// The keys of the second current.
    pub(super) const SYN_INH: Keys = Keys {
        factor: "decay_syn_inh",
        tau: "tau_syn_inh",
    };
    /// The keys of what raises the threshold.
    pub(super) const ADAPT: Keys = Keys {
        factor: "decay_adapt",
        tau: "tau_adapt",
    };
}

impl Decays {
    /// The factor of each neuron.
    pub(super) fn build(self, neurons: Neurons<'_>, keys: Keys) -> Result<Vec<u16>, NetworkError> {
        match self {
            Decays::Factors(factors) => {
                let factors = neurons.values(factors, keys.factor, checks::FACTOR)?;
                // Lossless: 0..=4096.
                Ok(factors.into_iter().map(|factor| factor as u16).collect())
            }
            Decays::Taus(taus) => {
                let (name, unit) = (keys.tau, " ticks");
                let factor = |value| decay_of_tau(value).ok_or(Problem::Tau { value });
                neurons.draw(taus, Key { name, unit }, factor)
            }
        }
    }

    /// Refuses a list whose length is not `size`.
    pub(super) fn check_length(&self, size: usize) -> Result<(), Problem> {
        match self {
            Decays::Factors(Values::Given(factors)) => factors.check_length(size),
            Decays::Factors(Values::Drawn(_)) | Decays::Taus(_) => Ok(()),
        }
    }
}

impl Leaks {
    /// The leak of each neuron.
    pub(super) fn build(self, neurons: Neurons<'_>) -> Result<Vec<Leak>, NetworkError> {
        match self {
            Leaks::Given(leaks) => neurons.given(leaks, "leak", |leak| match leak {
                Leak::Exponential { factor } => checks::FACTOR.check(factor.into()).map(|_| leak),
                Leak::Linear { leak: LEAK_ALL } | Leak::Quadratic { .. } => Ok(leak),
                Leak::Linear { leak: constant } => linear(constant.into()),
            }),
            Leaks::Linear(constants) => {
                let name = "leak";
                neurons.draw(constants, Key { name, unit: "" }, linear)
            }
            Leaks::Exponential(decays) => {
                let factors = decays.build(neurons, MEM)?.into_iter();
                Ok(factors.map(|factor| Leak::Exponential { factor }).collect())
            }
        }
    }

    /// Refuses a list whose length is not `size`.
    pub(super) fn check_length(&self, size: usize) -> Result<(), Problem> {
        match self {
            Leaks::Given(leaks) => leaks.check_length(size),
            Leaks::Exponential(decays) => decays.check_length(size),
            Leaks::Linear(_) => Ok(()),
        }
    }
}

/// The linear leak of a constant per tick.
pub(super) fn linear(constant: i64) -> Result<Leak, Problem> {
    let checked = checks::LEAK.check(constant);
    // Lossless: at most 8190.
    checked.map(|leak| Leak::Linear { leak: leak as u16 })
}

impl<T: Into<PerNeuron<Leak>>> From<T> for Leaks {
    fn from(leaks: T) -> Leaks {
        Leaks::Given(leaks.into())
    }
}

impl From<Decays> for Leaks {
    fn from(decays: Decays) -> Leaks {
        Leaks::Exponential(decays)
    }
}

impl<T: Into<Values>> From<T> for Decays {
    fn from(factors: T) -> Decays {
        Decays::Factors(factors.into())
    }
}
