//! NIR's differential equations in ticks.
//!
//! A tick of length dt takes x' = (a - x) / tau to x <- keep x + (1 - keep) a. Euler's method has
//! keep = 1 - dt/tau, the exact solution for an `a` that is constant during the tick has
//! keep = exp(-dt/tau). A spike is an input of 1 for one tick.

use super::error::{NirError, clip};
use super::model::{Node, Tensor};
use super::rules::Method;
use super::rules::{NirOptions, ResetRule};
use crate::graph::{Leak, Neuron, Reset};

/// A neuron, and the factors of its inputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Made {
    pub(super) neuron: Neuron,
    /// The factor from a weight in the NIR graph to one on the core.
    pub(super) gain: f64,
    /// The factor for a constant input.
    pub(super) bias_gain: f64,
}

/// Neuron `n` of a node; `dt` is in the file's unit of time.
pub(super) fn make(
    node: &Node,
    name: &str,
    n: usize,
    dt: f64,
    options: &NirOptions,
) -> Result<Made, NirError> {
    let rate = |field: &'static str, tau: &Tensor| rate(name, field, tau.at(n), dt, options.method);
    let dead = f64::INFINITY;
    let reset = reset(node, options);
    let fires = |threshold: f64| match options.at_threshold {
        // A value is at least the threshold if and only if it exceeds the next smaller number.
        true => threshold.next_down(),
        false => threshold,
    };
    let gain = |field: &'static str, factor: f64, r: f64| gain(name, field, factor, r);
    Ok(match node {
        Node::Lif {
            tau,
            r,
            v_leak,
            v_threshold,
            v_reset,
        } => {
            let factor = rate("tau", tau)?;
            let gain = gain("tau", factor, r.at(n))?;
            let ends = [v_leak.at(n), v_threshold.at(n), v_reset.at(n)];
            let mut neuron = membrane(factor, ends, reset);
            neuron.threshold = fires(neuron.threshold);
            made(neuron, gain, gain)
        }
        Node::CubaLif {
            tau_syn,
            tau_mem,
            r,
            v_leak,
            v_threshold,
            v_reset,
            w_in,
        } => {
            let ends = [v_leak.at(n), v_threshold.at(n), v_reset.at(n)];
            let factor = rate("tau_mem", tau_mem)?;
            let mut neuron = membrane(factor, ends, reset);
            neuron.threshold = fires(neuron.threshold);
            let gain = gain("tau_mem", factor, r.at(n))? * w_in.at(n);
            synapse(neuron, rate("tau_syn", tau_syn)?, gain)
        }
        Node::Li { tau, r, v_leak } => {
            let factor = rate("tau", tau)?;
            let gain = gain("tau", factor, r.at(n))?;
            let ends = [v_leak.at(n), dead, 0.0];
            made(membrane(factor, ends, Reset::ToReset), gain, gain)
        }
        Node::CubaLi {
            tau_syn,
            tau_mem,
            r,
            v_leak,
            w_in,
        } => {
            let factor = rate("tau_mem", tau_mem)?;
            let neuron = membrane(factor, [v_leak.at(n), dead, 0.0], Reset::ToReset);
            let gain = gain("tau_mem", factor, r.at(n))? * w_in.at(n);
            synapse(neuron, rate("tau_syn", tau_syn)?, gain)
        }
        Node::If {
            r,
            v_threshold,
            v_reset,
        } => {
            let neuron = Neuron {
                v_reset: v_reset.at(n),
                ..Neuron::new(fires(v_threshold.at(n)))
            };
            made(neuron, r.at(n) * dt, r.at(n) * dt)
        }
        Node::I { r } => made(Neuron::new(dead), r.at(n) * dt, r.at(n) * dt),
        Node::Threshold { threshold } => made(forgetful(fires(threshold.at(n))), 1.0, 1.0),
        // For another readout: its value in this tick.
        _ => made(forgetful(dead), 1.0, 1.0),
    })
}

/// The effect of a spike of a node on the potential. A late subtraction from a neuron without a
/// synaptic current is a synapse of the neuron onto itself.
pub(super) const fn reset(node: &Node, options: &NirOptions) -> Reset {
    match (options.reset, node) {
        (ResetRule::Zero | ResetRule::ZeroLate, _) => Reset::ToReset,
        (ResetRule::SubtractLate, Node::CubaLif { .. }) => Reset::SubtractLate,
        (ResetRule::SubtractRaised, Node::Lif { .. } | Node::CubaLif { .. } | Node::If { .. }) => {
            Reset::SubtractRaised
        }
        _ => Reset::Subtract,
    }
}

/// The threshold of neuron `n` in the file.
pub(super) fn written_threshold(node: &Node, n: usize) -> f64 {
    match node {
        Node::Lif { v_threshold, .. }
        | Node::CubaLif { v_threshold, .. }
        | Node::If { v_threshold, .. } => v_threshold.at(n),
        _ => f64::INFINITY,
    }
}

/// The factor of a weight in a tick. A time constant and a resistance that are both infinite stand
/// for a pure integrator, the limit of r = tau/dt for large tau.
fn gain(name: &str, field: &'static str, factor: f64, r: f64) -> Result<f64, NirError> {
    match (factor == 1.0, r.is_infinite()) {
        (true, true) => Ok(1.0),
        (false, true) => Err(NirError::Range {
            place: format!("r of node {:?}", clip(name)),
            value: r,
            expected: "finite, as its time constant is",
        }),
        (true, false) if r != 0.0 => Err(NirError::Range {
            place: format!("{field} of node {:?}", clip(name)),
            value: f64::INFINITY,
            expected: "finite, or r infinite as well: nothing would ever move the potential",
        }),
        _ => Ok((1.0 - factor) * r),
    }
}

const fn made(neuron: Neuron, gain: f64, bias_gain: f64) -> Made {
    Made {
        neuron,
        gain,
        bias_gain,
    }
}

/// A neuron whose potential is 0 at the beginning of each tick.
const fn forgetful(threshold: f64) -> Neuron {
    let mut neuron = Neuron::new(threshold);
    neuron.leak = Leak::Keep(0.0);
    neuron
}

/// The neuron with a synaptic current that decays by `factor` per tick. A constant input acts at
/// once with the value that the current would reach in the end.
const fn synapse(mut neuron: Neuron, factor: f64, gain: f64) -> Made {
    neuron.decay_syn = factor;
    made(neuron, gain * (1.0 - factor), gain)
}

/// A neuron that leaks toward `v_leak`.
fn membrane(factor: f64, [v_leak, v_threshold, v_reset]: [f64; 3], reset: Reset) -> Neuron {
    let neuron = Neuron {
        leak: Leak::Keep(factor),
        ..Neuron::new(0.0)
    };
    match reset {
        // Relative to v_leak, the potential leaks toward 0, as in the core.
        Reset::ToReset => Neuron {
            threshold: v_threshold - v_leak,
            v_reset: v_reset - v_leak,
            offset: v_leak,
            ..neuron
        },
        // The threshold itself is subtracted, so potentials cannot be shifted by v_leak; v_leak
        // becomes a bias.
        Reset::Subtract | Reset::SubtractLate | Reset::SubtractRaised => Neuron {
            threshold: v_threshold,
            v_reset,
            bias: (1.0 - factor) * v_leak,
            ..neuron
        },
    }
}

/// The factor by which a state decays in a tick.
fn rate(
    name: &str,
    field: &'static str,
    tau: f64,
    dt: f64,
    method: Method,
) -> Result<f64, NirError> {
    if tau <= 0.0 {
        return Err(NirError::Range {
            place: format!("{field} of node {:?}", clip(name)),
            value: tau,
            expected: "greater than 0",
        });
    }
    match method {
        Method::Exact => Ok((-dt / tau).exp()),
        Method::Euler => {
            // A rounded time constant may be slightly less than a tick.
            let factor = 1.0 - dt / tau;
            if factor < -1e-6 {
                return Err(NirError::Step {
                    node: clip(name),
                    field,
                    value: tau,
                    ticks: tau / dt,
                });
            }
            Ok(factor.max(0.0))
        }
    }
}
