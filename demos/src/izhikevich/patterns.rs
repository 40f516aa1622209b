//! The 20 firing patterns: what makes the neuron, and what drives it.

/// A firing pattern: a neuron and its input.
///
/// `v' = 0.04 v^2 + slope v + offset - u + I` and `u' = a (b v - u)`; at `v >= 30` a spike, `v = c` and
/// `u = u + d`. Times in ms, potentials in mV.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The letter of its panel in the figure.
    pub letter: char,
    /// Its name there.
    pub name: &'static str,
    /// Rate of the recovery, per ms.
    pub a: f64,
    /// Sensitivity of the recovery to the potential, per ms.
    pub b: f64,
    /// The potential after a spike, in mV.
    pub c: f64,
    /// What a spike adds to the recovery, in mV per ms.
    pub d: f64,
    /// The potential before the first tick, in mV.
    pub v: f64,
    /// The step of the published figure, in ms.
    pub step: f64,
    /// The length of the published figure, in ms.
    pub length: f64,
    /// The equations.
    pub form: Form,
    /// The input at a time in ms, in mV per ms.
    pub input: fn(f64) -> f64,
}

/// The equations of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `0.04 v^2 + 5 v + 140`: those of the paper.
    Usual,
    /// `0.04 v^2 + 4.1 v + 108`.
    Slow,
    /// The usual potential, and `u' = a b (v + 65)`: the recovery does not decay.
    Undecaying,
}

impl Form {
    /// Factor of v, per ms, and the constant, in mV per ms.
    pub(super) const fn line(self) -> (f64, f64) {
        match self {
            Form::Usual | Form::Undecaying => (5.0, 140.0),
            Form::Slow => (4.1, 108.0),
        }
    }
}

/// `height` in each of these intervals of `length` ms, else 0.
fn pulses(t: f64, starts: &[f64], length: f64, height: f64) -> f64 {
    let on = starts.iter().any(|&start| t > start && t < start + length);
    if on { height } else { 0.0 }
}

/// `height` from `start` on.
fn from(t: f64, start: f64, height: f64) -> f64 {
    if t > start { height } else { 0.0 }
}

/// A pattern with the usual equations.
const fn usual(
    (letter, name): (char, &'static str),
    [a, b, c, d]: [f64; 4],
    [v, step, length]: [f64; 3],
    input: fn(f64) -> f64,
) -> Pattern {
    Pattern {
        letter,
        name,
        a,
        b,
        c,
        d,
        v,
        step,
        length,
        form: Form::Usual,
        input,
    }
}

/// The same pattern with other equations.
const fn with(form: Form, pattern: Pattern) -> Pattern {
    Pattern { form, ..pattern }
}

/// The patterns of figure 1 of E. M. Izhikevich, *Which model to use for cortical spiking neurons?*, IEEE
/// Transactions on Neural Networks 15(5), 2004, with the values of the program that drew it, `figure1.m`:
/// a, b, c, d; v at the beginning, step, length.
#[rustfmt::skip]
pub const PATTERNS: [Pattern; 20] = [
    usual(('A', "tonic spiking"), [0.02, 0.2, -65.0, 6.0], [-70.0, 0.25, 100.0], |t| from(t, 10.0, 14.0)),
    usual(('B', "phasic spiking"), [0.02, 0.25, -65.0, 6.0], [-64.0, 0.25, 200.0], |t| from(t, 20.0, 0.5)),
    usual(('C', "tonic bursting"), [0.02, 0.2, -50.0, 2.0], [-70.0, 0.25, 220.0], |t| from(t, 22.0, 15.0)),
    usual(('D', "phasic bursting"), [0.02, 0.25, -55.0, 0.05], [-64.0, 0.2, 200.0], |t| from(t, 20.0, 0.6)),
    usual(('E', "mixed mode"), [0.02, 0.2, -55.0, 4.0], [-70.0, 0.25, 160.0], |t| from(t, 16.0, 10.0)),
    usual(('F', "spike frequency adaptation"), [0.01, 0.2, -65.0, 8.0], [-70.0, 0.25, 85.0], |t| from(t, 8.5, 30.0)),
    with(Form::Slow, usual(('G', "class 1 excitable"), [0.02, -0.1, -55.0, 6.0], [-60.0, 0.25, 300.0], |t| 0.075 * (t - 30.0).max(0.0))),
    usual(('H', "class 2 excitable"), [0.2, 0.26, -65.0, 0.0], [-64.0, 0.25, 300.0], |t| 0.015 * (t - 30.0).max(0.0) - 0.5),
    usual(('I', "spike latency"), [0.02, 0.2, -65.0, 6.0], [-70.0, 0.2, 100.0], |t| pulses(t, &[10.0], 3.0, 7.04)),
    usual(('J', "subthreshold oscillations"), [0.05, 0.26, -60.0, 0.0], [-62.0, 0.25, 200.0], |t| pulses(t, &[20.0], 5.0, 2.0)),
    usual(('K', "resonator"), [0.1, 0.26, -60.0, -1.0], [-62.0, 0.25, 400.0], |t| pulses(t, &[40.0, 60.0, 280.0, 320.0], 4.0, 0.65)),
    with(Form::Slow, usual(('L', "integrator"), [0.02, -0.1, -55.0, 6.0], [-60.0, 0.25, 100.0], |t| pulses(t, &[100.0 / 11.0, 100.0 / 11.0 + 5.0, 70.0, 80.0], 2.0, 9.0))),
    usual(('M', "rebound spike"), [0.03, 0.25, -60.0, 4.0], [-64.0, 0.2, 200.0], |t| pulses(t, &[20.0], 5.0, -15.0)),
    usual(('N', "rebound burst"), [0.03, 0.25, -52.0, 0.0], [-64.0, 0.2, 200.0], |t| pulses(t, &[20.0], 5.0, -15.0)),
    usual(('O', "threshold variability"), [0.03, 0.25, -60.0, 4.0], [-64.0, 0.25, 100.0], |t| pulses(t, &[10.0, 80.0], 5.0, 1.0) + pulses(t, &[70.0], 5.0, -6.0)),
    usual(('P', "bistability"), [0.1, 0.26, -60.0, 0.0], [-61.0, 0.25, 300.0], |t| 0.24 + pulses(t, &[37.5, 216.0], 5.0, 1.0)),
    usual(('Q', "depolarizing after-potential"), [1.0, 0.2, -60.0, -21.0], [-70.0, 0.1, 50.0], |t| pulses(t, &[9.0], 2.0, 20.0)),
    with(Form::Undecaying, usual(('R', "accommodation"), [0.02, 1.0, -55.0, 4.0], [-65.0, 0.5, 400.0], |t| if t < 200.0 { t / 25.0 } else if (300.0..312.5).contains(&t) { (t - 300.0) / 12.5 * 4.0 } else { 0.0 })),
    usual(('S', "inhibition-induced spiking"), [-0.02, -1.0, -60.0, 8.0], [-63.8, 0.5, 350.0], |t| 80.0 + if (50.0..=250.0).contains(&t) { -5.0 } else { 0.0 }),
    usual(('T', "inhibition-induced bursting"), [-0.026, -1.0, -45.0, -2.0], [-63.8, 0.5, 350.0], |t| 80.0 + if (50.0..=250.0).contains(&t) { -5.0 } else { 0.0 }),
];
