//! The integer model against real numbers: the difference stays below the bound of
//! `docs/model.md`, at every tick.

use proptest::prelude::*;
use spec::CoreConfig;
use spec::fixed::sign_extend;
use spec::model::Core;
use spec::regions::Region;
use spec::stream::InWord;
use spec::words::{Dynamics, Leak};
use support::oracle::{Parameters, RealNeuron};
use support::random_core::{RandomCore, random_core};

const TICKS: usize = 120;

/// How far the integer state may be from the real one: what the decays of one tick lose, on top of
/// what is left of the losses before.
#[derive(Default, Clone, Copy)]
struct Bound {
    v: f64,
    i: f64,
}

impl Bound {
    fn tick(&mut self, dynamics: &Dynamics) {
        let (kept, lost) = match dynamics.leak {
            Leak::Exponential { keep } => (f64::from(keep.min(4096)) / 4096.0, 1.0),
            Leak::Linear { .. } => (1.0, 0.0),
        };
        self.v = self.v * kept + lost + self.i;
        self.i = self.i * f64::from(dynamics.keep_i.min(4096)) / 4096.0 + 1.0;
    }
}

fn check(random: &RandomCore) -> Result<(), TestCaseError> {
    let config = random.config;
    let mut core = Core::new(config);
    for &(region, index, value) in &random.elements {
        // Delivery is exact and has its own tests: here currents come from injection alone.
        if region != Region::Synapses && region != Region::RowLink {
            core.write(region, index, value);
        }
    }
    let signed = |core: &Core, region, id| sign_extend(core.read(region, id), config.state_bits);
    let ids = 0..config.neurons() as u32;
    let parameters: Vec<Parameters> = ids.clone().map(|id| Parameters::of(&core, id)).collect();
    let mut real: Vec<RealNeuron> = ids
        .clone()
        .map(|id| RealNeuron {
            v: f64::from(signed(&core, Region::Potential, id)),
            i: 0.0,
            refractory: core.read(Region::Refractory, id),
        })
        .collect();
    let mut bounds = vec![Bound::default(); config.neurons()];
    for words in &random.stimulus {
        let mut injected = vec![0.0; config.neurons()];
        if let [word, value @ ..] = words.as_slice()
            && let Some(InWord::Inject(id)) = InWord::decode(*word)
        {
            let value = spec::stream::value_from_words(value, config);
            core.inject(id, value);
            injected[usize::from(id)] = f64::from(value);
        }
        let before: Vec<u32> = ids.clone().map(|id| core.read(Region::Count, id)).collect();
        core.tick(&mut Vec::new());
        for id in ids.clone() {
            let at = id as usize;
            let spiked = core.read(Region::Count, id) > before[at];
            let parameters = &parameters[at];
            let u = real[at].tick(parameters, injected[at], spiked);
            bounds[at].tick(&parameters.dynamics);
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
            if spiked {
                prop_assert!(
                    u > parameters.threshold - bound.v,
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
}
