//! Compares the integer model with real arithmetic: the difference stays below the bound of
//! `docs/model.md` at every tick.

use model::Core;
use proptest::prelude::*;
use spec::CoreConfig;
use spec::events::Fired;
use spec::fixed::{sign_extend, square};
use spec::regions::Region;
use spec::stream::InWord;
use spec::words::{Coupling, Leak};
use support::oracle::{Parameters, Path, RealNeuron};
use support::random_core::{RandomCore, random_core};

const TICKS: usize = 120;

/// The maximum difference between the integer state and the real one: the rounding of this tick's
/// decays, plus what remains of earlier differences.
#[derive(Default, Clone, Copy)]
struct Bound {
    v: f64,
    i: f64,
    j: f64,
}

impl Bound {
    /// `v` is the integer potential before the tick.
    fn tick(&mut self, parameters: &Parameters, path: Path, v: f64) {
        let dynamics = &parameters.dynamics;
        let before = self.v;
        let (kept, lost) = match dynamics.leak {
            Leak::Exponential { factor } => (f64::from(factor.min(4096)) / 4096.0, 1.0),
            Leak::Quadratic { .. } if path.is_full => (0.0, 0.0),
            // The difference of two squares, and what is lost of two factors and the product.
            Leak::Quadratic { fine } => {
                let unit = if fine { 65_536.0 } else { 4096.0 };
                (
                    1.0 + (2.0 * v.abs() + before) / unit,
                    2.0 + v.abs() / 4096.0,
                )
            }
            Leak::Linear { .. } => (1.0, 0.0),
        };
        // The second state is part of the sum, or of the threshold that a spike subtracts.
        self.v = self.v * kept + lost + self.i + self.j;
        self.i = self.i * f64::from(dynamics.decay_syn.min(4096)) / 4096.0 + 1.0;
        let Coupling { factor, .. } = parameters.second.coupling;
        let part = parameters.second.coupling.real().abs() * before;
        // Both the product and its division are rounded.
        let rounded = if factor == 0 { 0.0 } else { 2.0 };
        let kept = f64::from(parameters.second.decay.min(4096)) / 4096.0;
        self.j = self.j * kept + 1.0 + part + rounded;
        // A square multiplies errors; no two values of the range differ by more.
        let range = 2.0 * parameters.max + 2.0;
        self.v = self.v.min(range);
        self.j = self.j.min(range);
    }
}

fn check(random: &RandomCore) -> Result<(), TestCaseError> {
    let config = random.config;
    let mut core = Core::new(config);
    for &(region, index, value) in &random.elements {
        // Delivery is exact and has its own tests; here currents come from injections only.
        if region != Region::Synapses && region != Region::RowLink {
            core.write(region, index, value);
        }
    }
    let signed = |core: &Core, region: Region, id| {
        sign_extend(core.read(region, id), region.layout(config).bits)
    };
    let ids = 0..config.neurons() as u32;
    let second = |id| config.neurons() as u32 + id;
    let parameters: Vec<Parameters> = ids.clone().map(|id| Parameters::of(&core, id)).collect();
    let mut real: Vec<RealNeuron> = ids
        .clone()
        .map(|id| RealNeuron {
            v: f64::from(signed(&core, Region::Potential, id)),
            i: f64::from(signed(&core, Region::Current, id)),
            j: match config.second_state {
                true => f64::from(signed(&core, Region::Current, second(id))),
                false => 0.0,
            },
            refractory: core.read(Region::Refractory, id),
        })
        .collect();
    let mut bounds = vec![Bound::default(); config.neurons()];
    for words in &random.stimulus {
        let mut rest = words.as_slice();
        while let [word, after @ ..] = rest {
            rest = after;
            if let Some(InWord::Inject(id)) = InWord::decode(*word) {
                let (value, after) = after.split_at(config.value_words());
                rest = after;
                let value = spec::stream::value_from_words(value, config);
                core.inject(id.into(), value);
                real[usize::from(id)].inject(value.into(), config.sum_max().into());
            }
        }
        let above =
            |id| signed(&core, Region::Potential, id) > signed(&core, Region::Threshold, id);
        let above: Vec<bool> = ids.clone().map(above).collect();
        let before: Vec<i32> = ids
            .clone()
            .map(|id| signed(&core, Region::Potential, id))
            .collect();
        let mut fired = Fired::default();
        core.tick(&mut fired);
        for id in ids.clone() {
            let at = id as usize;
            let spiked = fired.0.contains(&id);
            let parameters = &parameters[at];
            let path = Path {
                spiked,
                was_above: above[at],
                is_full: match parameters.dynamics.leak {
                    Leak::Quadratic { fine } => {
                        square(before[at], fine, config.state_bits) == config.state_max()
                    }
                    _ => false,
                },
            };
            // A neuron takes the number with the bits of the state that is nearest to the sum.
            let max = parameters.max;
            let raised = match parameters.dynamics.adapts {
                true => real[at].j.clamp(-max - 1.0, max),
                false => 0.0,
            };
            let u = real[at].tick(parameters, path);
            bounds[at].tick(parameters, path, before[at].into());
            let bound = bounds[at];
            let v = f64::from(signed(&core, Region::Potential, id));
            prop_assert!(
                (v - real[at].v).abs() <= bound.v,
                "v {v} real {:?}",
                real[at]
            );
            let i = f64::from(signed(&core, Region::Current, id));
            prop_assert!(
                (i - real[at].i).abs() <= bound.i,
                "i {i} real {:?}",
                real[at]
            );
            if config.second_state {
                let j = f64::from(signed(&core, Region::Current, second(id)));
                prop_assert!(
                    (j - real[at].j).abs() <= bound.j,
                    "j {j} real {:?}",
                    real[at]
                );
            }
            if spiked {
                let threshold = (parameters.threshold + raised).clamp(-max, max);
                prop_assert!(
                    u > threshold - bound.v - bound.j,
                    "spike at {u} of {parameters:?}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rounding_stays_within_its_bound(random in random_core(CoreConfig::tiny(), TICKS)) {
        check(&random)?;
    }

    #[test]
    fn rounding_stays_within_its_bound_with_reset_rules(
        random in random_core(CoreConfig::tiny_n(), TICKS)
    ) {
        check(&random)?;
    }

    #[test]
    fn rounding_stays_within_its_bound_with_second_states(
        random in random_core(CoreConfig::tiny_m(), TICKS)
    ) {
        check(&random)?;
    }
}
