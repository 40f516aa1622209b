//! The patterns in real numbers, by Euler's method.

use super::patterns::{Form, Pattern};
use super::train::Train;

/// A neuron fires at this potential, in mV.
pub(super) const PEAK: f64 = 30.0;

/// Which potential the recovery follows in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// That before the step, as in a core.
    Core,
    /// That after the step, as in the program of the published figure.
    Published,
}

/// The recovery at the beginning, in mV per ms.
pub(super) fn recovery(pattern: &Pattern) -> f64 {
    match pattern.form {
        Form::Undecaying => -16.0,
        Form::Usual | Form::Slow => pattern.b * pattern.v,
    }
}

/// How the recovery decays in a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decay {
    /// The potential at whose rest it counts from 0, in mV.
    pub(super) pivot: f64,
    /// What a step leaves of it.
    pub(super) factor: f64,
    /// It is rounded toward 0 to a multiple of this, in mV per ms; not if this is 0.
    pub(super) unit: f64,
}

/// The pattern in steps of `dt` ms; with the exact decay, `1 - a dt`, if none is given.
pub(super) fn euler(pattern: &Pattern, dt: f64, scheme: Scheme, decay: Option<Decay>) -> Train {
    let Pattern { a, b, c, d, .. } = *pattern;
    let (slope, offset) = pattern.form.line();
    let Decay {
        pivot,
        factor,
        unit,
    } = decay.unwrap_or(Decay {
        pivot: 0.0,
        factor: 1.0 - a * dt,
        unit: 0.0,
    });
    let rounded = |it: f64| match unit > 0.0 {
        true => (it / unit).trunc() * unit,
        false => it,
    };
    let rest = b * pivot;
    let (mut v, mut u) = (pattern.v, recovery(pattern));
    let mut train = Train::new(dt);
    for tick in 0..pattern.ticks(dt) {
        let input = (pattern.input)(f64::from(tick) * dt);
        let next = v + dt * (0.04 * v * v + slope * v + offset - u + input);
        let seen = match scheme {
            Scheme::Core => v,
            Scheme::Published => next,
        };
        u = match pattern.form {
            Form::Undecaying => u + dt * a * b * (seen + 65.0),
            Form::Usual | Form::Slow => {
                rest + rounded(factor * (u - rest)) + dt * a * b * (seen - pivot)
            }
        };
        let fires = next >= PEAK;
        v = if fires { c } else { next };
        u += if fires { d } else { 0.0 };
        train.push(tick, fires, if fires { PEAK } else { v });
    }
    train
}
