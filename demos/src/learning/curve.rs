//! The STDP curve, measured: the weight change caused by a pair of spikes, as a function of the
//! time between them.
//!
//! Every input spikes once, in the same tick; neuron j is made to spike in tick j. Each synapse
//! therefore sees one pair, each neuron stands for one time difference, and each input is one
//! sample. Repetitions add up in the weights.

use std::ops::Range;

use network::{
    ABSENT_WEIGHT, LearningSettings, Matrix, Network, NetworkBuilder, Plasticity,
    PopulationBuilder, ProjectionBuilder,
};
use spec::fixed::LEAK_ALL;
use spec::words::Leak;

use super::LearningError;
use super::session::Session;
use super::work::Work;
use driver::device::Device;
use driver::weights;
use spec::events::Spike;

/// Larger than the sum of the learning synapses, smaller than the weight of the synapse that forces
/// a spike.
const THRESHOLD: i64 = 10_000;

/// How the curve is measured.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub struct Curve {
    /// Largest distance, in ticks, either way.
    pub reach: u32,
    /// Inputs: samples of each distance in one repetition.
    pub synapses: usize,
    /// Repetitions. Weights must have room for the sum.
    pub repetitions: usize,
    /// Delay of the synapses, in ticks.
    pub delay: u32,
    /// Amplitude of pairs that the delivered spike begins, in weights.
    pub a_plus: f64,
    /// Amplitude of pairs that the neuron begins.
    pub a_minus: f64,
    /// Time constant of the first kind, in ticks.
    pub tau_plus: f64,
    /// Time constant of the second kind.
    pub tau_minus: f64,
    /// Seed of the roundings.
    pub seed: u32,
}

impl Default for Curve {
    fn default() -> Curve {
        Curve {
            reach: 100,
            synapses: 48,
            repetitions: 160,
            delay: 0,
            a_plus: 0.6,
            a_minus: 0.4,
            tau_plus: 20.0,
            tau_minus: 40.0,
            seed: 1,
        }
    }
}

/// What was measured at one distance.
#[derive(
    Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct CurvePoint {
    /// Ticks from the spike that was *sent* to that of the neuron.
    pub dt: i64,
    /// Mean change of the weight.
    pub measured: f64,
    /// What the exponential says, with the delay taken off the distance.
    pub expected: f64,
    /// Standard error of the mean if the change is rounded at random.
    pub standard_error: f64,
}

/// The measured curve.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveOutcome {
    /// One point per time difference, in ascending order.
    pub points: Vec<CurvePoint>,
    /// The work of the core.
    pub work: Work,
}

impl CurveOutcome {
    /// Largest deviation from the exponential, in weights.
    #[must_use]
    pub fn max_error(&self) -> f64 {
        let errors = self.points.iter().map(|p| (p.measured - p.expected).abs());
        errors.fold(0.0, f64::max)
    }

    /// Root mean square of the deviations from the exponential, in weights.
    #[must_use]
    pub fn rms_error(&self) -> f64 {
        self.rms(|p| p.measured - p.expected)
    }

    /// The expected root mean square if the rounding is the only randomness.
    #[must_use]
    pub fn rms_standard_error(&self) -> f64 {
        self.rms(|p| p.standard_error)
    }

    fn rms(&self, part: impl Fn(&CurvePoint) -> f64) -> f64 {
        let sum: f64 = self.points.iter().map(|p| part(p).powi(2)).sum();
        (sum / self.points.len().max(1) as f64).sqrt()
    }
}

impl Curve {
    fn neurons(&self) -> usize {
        2 * self.reach as usize + 1
    }

    /// The network, with one neuron per time difference.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond the limits of a network.
    pub fn network(&self) -> Result<Network, LearningError> {
        self.network_of(self.neurons())
    }

    /// A network for `n` time differences.
    fn network_of(&self, n: usize) -> Result<Network, LearningError> {
        let own = |at: usize| if at / n == at % n { 127 } else { ABSENT_WEIGHT };
        let force = Matrix::new(n, n, (0..n * n).map(own).collect())?;
        let network = NetworkBuilder::new("stdp_curve")
            .input("learning", self.synapses)
            .input("force", n)
            .population(
                PopulationBuilder::new("neurons", n)
                    .threshold(THRESHOLD)
                    .leak(Leak::Linear { leak: LEAK_ALL }),
            )
            .projection(
                ProjectionBuilder::new("learning", "neurons")
                    .all_to_all(0)
                    .delay(i64::from(self.delay))
                    .plasticity("pairs"),
            )
            .projection(
                ProjectionBuilder::new("force", "neurons")
                    .weights(force)
                    .exponent(7),
            )
            .plasticity(Plasticity {
                a_plus: self.a_plus,
                a_minus: self.a_minus,
                w_min: -127,
                ..Plasticity::new("pairs", self.tau_plus, self.tau_minus)
            })
            .learning(LearningSettings {
                seed: self.seed,
                ..LearningSettings::default()
            });
        Ok(network.build()?)
    }

    /// Measures the curve, in several parts if the core has too few neurons. `progress` is called
    /// with the present activity, the amount done and the total.
    ///
    /// # Errors
    /// [`LearningError`].
    pub fn run(
        &self,
        device: &mut Device,
        progress: &mut dyn FnMut(&'static str, u64, u64),
    ) -> Result<CurveOutcome, LearningError> {
        let sizes = *device.sizes();
        // Each neuron has an input that makes it spike.
        let inputs = sizes.inputs().saturating_sub(self.synapses);
        let most = sizes.neurons().min(inputs).max(1);
        let all = self.neurons();
        let size = all.div_ceil(all.div_ceil(most));
        let mut outcome = CurveOutcome {
            points: Vec::with_capacity(all),
            work: Work::default(),
        };
        for first in (0..all).step_by(size) {
            let part = self.run_part(first..all.min(first + size), device, progress)?;
            outcome.points.extend(part.points);
            outcome.work += part.work;
        }
        Ok(outcome)
    }

    /// Measures some of the distances, numbered from the smallest.
    fn run_part(
        &self,
        part: Range<usize>,
        device: &mut Device,
        progress: &mut dyn FnMut(&'static str, u64, u64),
    ) -> Result<CurveOutcome, LearningError> {
        let network = self.network_of(part.len())?;
        let mut session = Session::load(&network, device, progress)?;
        // Lossless, here and below: a core has at most 2^14 inputs.
        let sent = (0..self.synapses).map(|id| (self.reach, id as u32));
        let forced = part.clone().zip(self.synapses..);
        let forced = forced.map(|(tick, id)| (tick as u32, id as u32));
        let spikes: Vec<Spike> = sent
            .chain(forced)
            .map(|(tick, id)| Spike { tick, id })
            .collect();
        let ticks = self.neurons() as u32;
        for repetition in 0..self.repetitions {
            session.run(ticks, true, &spikes)?;
            progress("measuring", repetition as u64 + 1, self.repetitions as u64);
        }
        let work = session.work;
        let weights = weights::read(session.device, &network, &mut |done, of| {
            progress("reading", done, of);
        })?;
        let weights = weights.first().map_or(&[][..], |it| &it.values);
        let samples = (self.synapses * self.repetitions).max(1) as f64;
        let points = part.clone().map(|at| {
            let own = weights.iter().skip(at - part.start);
            let sum: i32 = own.step_by(part.len()).sum();
            let dt = at as i64 - i64::from(self.reach);
            let expected = self.expected(dt - i64::from(self.delay));
            let up = expected.abs().fract();
            CurvePoint {
                dt,
                measured: f64::from(sum) / samples,
                expected,
                standard_error: (up * (1.0 - up) / samples).sqrt(),
            }
        });
        Ok(CurveOutcome {
            points: points.collect(),
            work,
        })
    }

    /// The theoretical weight change if the neuron spikes `t` ticks after the delivered spike.
    fn expected(&self, t: i64) -> f64 {
        let part = |tau: f64| (-(t.abs() as f64) / tau).exp();
        match t.signum() {
            1 => self.a_plus * part(self.tau_plus),
            -1 => -self.a_minus * part(self.tau_minus),
            _ => 0.0,
        }
    }
}

/// Draws curves measured with delays, each with its exponential.
#[must_use]
pub fn draw_curves(curves: &[(u32, &[CurvePoint])]) -> viz::chart::Chart {
    use viz::chart::{Axis, Chart, Series, Style};
    /// The last colour of the palette: exponentials have no colour of a delay.
    const BLACK: usize = 6;
    let all = |points: &[CurvePoint], part: fn(&CurvePoint) -> f64| {
        let points = points.iter();
        points.map(|p| (p.dt as f64, part(p))).collect::<Vec<_>>()
    };
    // The exponential is discontinuous where the spikes coincide, so the line has a gap there.
    let pieces = |delay: u32, points: &[CurvePoint]| {
        let side = |p: &CurvePoint| (p.dt - i64::from(delay)).signum();
        let pieces = points.chunk_by(|a, b| side(a) == side(b));
        let gap = [(f64::NAN, f64::NAN)];
        let pieces = pieces.map(|piece| all(piece, |p| p.expected));
        pieces.collect::<Vec<_>>().join(&gap[..])
    };
    let measured = curves.iter().enumerate().map(|(at, &(delay, points))| {
        let name = format!("measured, delay {delay}");
        let marks = Series::line(name, all(points, |p| p.measured));
        marks.drawn(Style::Marks).coloured(at)
    });
    let expected = curves.iter().map(|&(delay, points)| {
        let line = Series::line("exponential", pieces(delay, points));
        line.drawn(Style::Dashed).coloured(BLACK)
    });
    let series = measured.chain(expected).collect();
    Chart {
        title: "What a pair of spikes does to a weight".to_owned(),
        subtitle: "mean change of a weight, rounded at random, against the exponential".to_owned(),
        x: Axis::new("neuron's spike after the sent one (ticks)"),
        y: Axis::new("change (weights)"),
        series,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::link::LinkOptions;
    use driver::transport::Memory;
    use spec::CoreConfig;

    fn measured(delay: u32) -> CurveOutcome {
        reaching(3, delay)
    }

    fn reaching(reach: u32, delay: u32) -> CurveOutcome {
        let curve = Curve {
            reach,
            synapses: 9,
            repetitions: 150,
            delay,
            tau_plus: 3.0,
            tau_minus: 6.0,
            ..Curve::default()
        };
        let line = Memory::new(CoreConfig::tiny_l());
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        curve.run(&mut device, &mut |_, _, _| ()).unwrap()
    }

    /// Checks the outcome within five standard errors plus the rounding of amplitudes and time
    /// constants.
    fn assert_agrees(outcome: &CurveOutcome) {
        for point in &outcome.points {
            let far = (point.measured - point.expected).abs();
            assert!(far <= 5.0 * point.standard_error + 0.002, "{point:?}");
        }
    }

    #[test]
    fn the_curve_is_the_exponential() {
        let outcome = measured(0);
        assert_eq!(outcome.points.len(), 7);
        assert_agrees(&outcome);
        assert!(outcome.points[2].measured < -0.2, "dt = -1 depresses");
        assert!(outcome.points[4].measured > 0.3, "dt = 1 potentiates");
    }

    #[test]
    fn what_the_core_does_not_hold_at_once_is_measured_in_parts() {
        // With nine samples, the remaining inputs suffice for seven of the eleven time differences.
        let outcome = reaching(5, 0);
        let distances: Vec<_> = outcome.points.iter().map(|point| point.dt).collect();
        assert_eq!(distances, (-5..=5).collect::<Vec<_>>());
        assert_agrees(&outcome);
        assert!(
            outcome
                .points
                .iter()
                .all(|it| it.dt == 0 || it.measured != 0.0)
        );
    }

    #[test]
    fn a_pair_in_the_same_tick_changes_nothing() {
        assert_eq!(measured(0).points[3].measured, 0.0);
    }

    #[test]
    fn a_delay_shifts_the_curve() {
        let outcome = measured(2);
        assert_agrees(&outcome);
        assert_eq!(outcome.points[5].dt, 2);
        assert_eq!(outcome.points[5].measured, 0.0);
        assert!(
            outcome.points[4].measured < -0.2,
            "1 tick after the spike was sent, 1 before it came"
        );
    }

    #[test]
    fn the_exponential_is_not_joined_across_its_jump() {
        let found = measured(2);
        let chart = draw_curves(&[(2, &found.points)]);
        let line = &chart.series[1].points;
        // Of seven points, from -3 to 3, five are before the spikes coincide and one is where they
        // do.
        let before: Vec<f64> = line.iter().take(5).map(|point| point.0).collect();
        assert_eq!(before, [-3.0, -2.0, -1.0, 0.0, 1.0]);
        assert!(line[5].0.is_nan() && line[7].0.is_nan(), "{line:?}");
        assert_eq!((line[6], line[8].0), ((2.0, 0.0), 3.0));
    }
}
