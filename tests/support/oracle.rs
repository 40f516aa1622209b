//! The equations of `docs/model.md` in `f64`, used to bound the rounding of the integer model.

use spec::CoreConfig;
use spec::regions::Region;
use spec::words::{Leak, NeuronParams, Refractory, Reset, SecondParams};

/// One neuron in real numbers.
#[derive(Debug, Clone, Copy)]
pub struct RealNeuron {
    /// Potential.
    pub v: f64,
    /// Current.
    pub i: f64,
    /// Second state; 0 in a core without.
    pub j: f64,
    /// Refractory ticks left.
    pub refractory: u32,
}

/// What the integer model found in a tick.
#[derive(Debug, Clone, Copy)]
pub struct Path {
    /// The neuron fired.
    pub spiked: bool,
    /// Its potential was above the threshold before the tick.
    pub was_above: bool,
    /// The square of its potential was too large, so that the potential became the largest one.
    pub is_full: bool,
}

/// What is fixed of a neuron.
#[derive(Debug, Clone, Copy)]
pub struct Parameters {
    /// Its dynamics.
    pub dynamics: NeuronParams,
    /// Dynamics of its second state; all 0 in a core without.
    pub second: SecondParams,
    /// Threshold.
    pub threshold: f64,
    /// Bias.
    pub bias: f64,
    /// Largest magnitude of a state value.
    pub max: f64,
}

impl Parameters {
    /// The parameters that a core holds for a neuron.
    #[must_use]
    pub fn of(core: &model::Core, id: u32) -> Parameters {
        let config: &CoreConfig = core.config();
        let signed = |region| {
            f64::from(spec::fixed::sign_extend(
                core.read(region, id),
                config.state_bits,
            ))
        };
        Parameters {
            dynamics: NeuronParams::decode(
                core.read(Region::Dynamics, id),
                core.read(Region::Reset, id),
                config,
            ),
            second: match config.second_state {
                true => {
                    let word = core.read(Region::Dynamics, config.neurons() as u32 + id);
                    SecondParams::decode(word, config)
                }
                false => SecondParams::default(),
            },
            threshold: signed(Region::Threshold),
            bias: signed(Region::Bias),
            max: f64::from(config.state_max()),
        }
    }
}

impl RealNeuron {
    /// Adds to the current, which saturates at `max` at every addition.
    pub fn inject(&mut self, value: f64, max: f64) {
        self.i = (self.i + value).clamp(-max, max);
    }

    /// One tick on the path of the integer model, so that only the rounding differs. Answers the
    /// potential that was compared with the threshold.
    pub fn tick(&mut self, parameters: &Parameters, path: Path) -> f64 {
        let Path {
            spiked,
            was_above,
            is_full,
        } = path;
        let Parameters {
            dynamics,
            second,
            threshold,
            bias,
            max,
        } = *parameters;
        let v_reset = f64::from(dynamics.v_reset);
        let leaked = match dynamics.leak {
            Leak::Exponential { factor } => self.v * f64::from(factor.min(4096)) / 4096.0,
            Leak::Quadratic { .. } if is_full => max,
            Leak::Quadratic { fine } => {
                let unit = if fine { 65_536.0 } else { 4096.0 };
                self.v + self.v * self.v / unit
            }
            Leak::Linear {
                leak: spec::fixed::LEAK_ALL,
            } => v_reset,
            Leak::Linear { leak } => {
                self.v + (v_reset - self.v).clamp(-f64::from(leak), f64::from(leak))
            }
        };
        let taken = match dynamics.reset {
            Reset::SubtractLate if was_above => threshold,
            _ => 0.0,
        };
        // Nearest to it among the numbers with the bits of the state.
        self.i = self.i.clamp(-max - 1.0, max);
        self.j = self.j.clamp(-max - 1.0, max);
        let (added, threshold) = match dynamics.adapts {
            true => (0.0, (threshold + self.j).clamp(-max, max)),
            false => (self.j, threshold),
        };
        let part = second.coupling.real() * self.v;
        let u = (leaked + self.i + added + bias - taken).clamp(-max, max);
        self.v = if self.refractory > 0 && dynamics.refractory == Refractory::Hold {
            v_reset
        } else if !spiked || dynamics.reset == Reset::SubtractLate {
            u
        } else if dynamics.reset.subtracts() {
            (u - threshold).clamp(-max, max)
        } else {
            v_reset
        };
        self.refractory = if spiked {
            u32::from(dynamics.refractory_ticks)
        } else {
            self.refractory.saturating_sub(1)
        };
        self.i *= f64::from(dynamics.decay_syn.min(4096)) / 4096.0;
        let kept = f64::from(second.decay.min(4096)) / 4096.0;
        self.j = (self.j * kept + part).clamp(-max - 1.0, max);
        u
    }
}
