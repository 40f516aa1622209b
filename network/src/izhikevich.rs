//! The neuron of E. M. Izhikevich, *Simple model of spiking neurons*, IEEE Transactions on Neural
//! Networks 14(6), 2003, in the units of a core.
//!
//! With `v` in mV and `dt` in ms, a tick of the Euler scheme is
//!
//! ```text
//! v' = v + dt (0.04 v^2 + 5 v + 140 - u + I)
//! u' = u + dt a (b v - u)
//! if v' >= 30: v' = c, u' = u' + d
//! ```
//!
//! The core counts `w = v + 62.5` from the vertex of the parabola, since then
//! `0.04 v^2 + 5 v + 140 = 0.04 w^2 - 16.25`, and `r = u + 62.5 b`, since then `u' = u + dt a (b v - u)`
//! is `r' = (1 - a dt) r + a b dt w`. Its second state is `-dt r`, which it adds to the potential.

use super::error::{NetworkError, Problem};
use super::neurons::Neurons;
use super::second::{MOST_STEP, SecondSpec};
use super::values::PerNeuron;
use super::{Decays, Leak};

/// The vertex of the parabola, in mV, with the opposite sign.
const VERTEX: f64 = 62.5;
/// The least derivative of v without u and I, in mV per ms, with the opposite sign.
const DEPTH: f64 = 16.25;
/// A neuron fires at this potential, in mV.
const PEAK: f64 = 30.0;
/// Factor of the square, per mV and ms.
const CURVE: f64 = 0.04;

/// Neurons of Izhikevich's model. The parameters are those of the paper: `a` in 1/ms, `b` without a
/// unit times 1 per ms, `c` in mV, `d` and `i` in mV per ms.
#[derive(Debug, Clone)]
pub struct Izhikevich {
    /// Rate of the recovery.
    pub a: PerNeuron<f64>,
    /// Sensitivity of the recovery to the potential.
    pub b: PerNeuron<f64>,
    /// The potential after a spike.
    pub c: PerNeuron<f64>,
    /// What a spike adds to the recovery.
    pub d: PerNeuron<f64>,
    /// A constant input.
    pub i: PerNeuron<f64>,
    /// The potential before the first tick, in mV.
    pub v: PerNeuron<f64>,
    /// The recovery before the first tick, in mV per ms; by default `b v`.
    pub u: Option<PerNeuron<f64>>,
    /// The length of a tick in ms.
    pub dt: f64,
    /// A mV has 16 times as many units. Such a network needs 24 bits of state.
    pub fine: bool,
}

/// What makes a population one of these neurons.
pub(super) struct Parameters {
    pub(super) threshold: i64,
    pub(super) biases: Vec<i64>,
    pub(super) leak: Leak,
    pub(super) resets: Vec<i64>,
    pub(super) initial: Vec<i64>,
    pub(super) second: SecondSpec,
}

/// One neuron.
#[derive(Debug, Clone, Copy)]
struct Cell {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    i: f64,
    v: f64,
    u: f64,
}

impl Izhikevich {
    /// Regularly spiking neurons without input that start at -65 mV, with ticks of `dt` ms.
    #[must_use]
    pub fn new(dt: f64) -> Izhikevich {
        Izhikevich {
            a: PerNeuron::All(0.02),
            b: PerNeuron::All(0.2),
            c: PerNeuron::All(-65.0),
            d: PerNeuron::All(8.0),
            i: PerNeuron::All(0.0),
            v: PerNeuron::All(-65.0),
            u: None,
            dt,
            fine: false,
        }
    }

    /// Units of the potential per mV: `0.04 dt * 2^12`, or `2^16` if fine. A synapse whose spike raises
    /// the potential by x mV has the weight `x` times this.
    #[must_use]
    pub fn units(&self) -> f64 {
        let scale = if self.fine { 65_536.0 } else { 4096.0 };
        CURVE * self.dt * scale
    }

    /// These neurons in the units of a core.
    pub(super) fn parameters(&self, neurons: Neurons<'_>) -> Result<Parameters, NetworkError> {
        let size = neurons.size;
        let (dt, units) = (self.dt, self.units());
        let within = |min: f64, max: f64| {
            move |value: f64| match (min..=max).contains(&value) {
                true => Ok(value),
                false => Err(Problem::OutOfReals { value, min, max }),
            }
        };
        let key = |name: &str| format!("izhikevich.{name}");
        let list = |values: &PerNeuron<f64>, name: &str, min: f64, max: f64| {
            neurons.given(values.clone(), &key(name), within(min, max))
        };
        // What a core has room for, as a potential in mV.
        let most = 8_388_607.0 / units;
        let a = list(&self.a, "a", 0.0, 1.0 / dt)?;
        let b = list(&self.b, "b", -10.0, 10.0)?;
        let c = list(&self.c, "c", -VERTEX - most / 2.0, PEAK)?;
        let steps = (MOST_STEP as f64 - 0.5) / (dt * units);
        let d = list(&self.d, "d", -steps, steps)?;
        let i = list(&self.i, "i", -most / dt / 2.0, most / dt / 2.0)?;
        let v = list(&self.v, "v", -VERTEX - most / 2.0, PEAK)?;
        let u = match &self.u {
            Some(u) => list(u, "u", -most / dt / 2.0, most / dt / 2.0)?,
            None => (0..size).map(|n| b[n] * v[n]).collect(),
        };
        let cells: Vec<Cell> = (0..size)
            .map(|n| Cell {
                a: a[n],
                b: b[n],
                c: c[n],
                d: d[n],
                i: i[n],
                v: v[n],
                u: u[n],
            })
            .collect();
        // Lossless: the limits above leave room in 24 bits.
        let whole = |of: &dyn Fn(&Cell) -> f64| -> Vec<i64> {
            cells.iter().map(|cell| of(cell).round() as i64).collect()
        };
        let decays = whole(&|cell| 4096.0 * (1.0 - cell.a * dt));
        let couplings: Vec<f64> = cells.iter().map(|it| -it.a * it.b * dt * dt).collect();
        let second = SecondSpec::current(Decays::from(decays))
            .coupling(couplings)
            .initial(whole(&|cell| -dt * units * (cell.u + VERTEX * cell.b)))
            .step(whole(&|cell| -dt * units * cell.d));
        // A neuron fires above its threshold.
        let threshold = ((PEAK + VERTEX) * units).ceil() as i64 - 1;
        Ok(Parameters {
            threshold,
            biases: whole(&|cell| dt * units * (cell.i - DEPTH + VERTEX * cell.b)),
            leak: Leak::Quadratic { fine: self.fine },
            resets: whole(&|cell| (cell.c + VERTEX) * units),
            initial: whole(&|cell| (cell.v + VERTEX) * units),
            second,
        })
    }
}
