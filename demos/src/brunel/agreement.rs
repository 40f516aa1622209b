//! Tests that the figures of the core are those of NEST, and that a fault would be seen.

use driver::in_memory::InMemory;
use network::image::CoreImage;
use network::{Network, SourceId};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

/// Largest relative difference of rates and of coefficients of variation.
const TOLERANCE: f64 = 0.05;
/// A coefficient of variation below this is that of regular trains: there the two need only be both
/// below it, since the few irregular intervals of a run are a matter of chance.
const REGULAR: f64 = 0.1;

/// 500 neurons for 10 seconds: the irregular regimes differ by more in shorter runs, as NEST
/// does from itself with another seed.
fn small() -> Brunel {
    Brunel {
        neurons: 500,
        ..Brunel::default()
    }
}

fn nest(brunel: &Brunel) -> Nest {
    Recorded::embedded().unwrap().of(brunel).unwrap().clone()
}

fn run(brunel: &Brunel, regime: Regime, network: &Network) -> Activity {
    let image = CoreImage::fitted(network, 24).unwrap();
    let mut core = InMemory::new(&image, &mut |_| ());
    let found = brunel.run(regime, &mut core, &mut |_| ()).unwrap();
    assert_eq!(core.clamps(), 0, "a sum saturated");
    found.activity
}

/// What differs between our figures and NEST's by more than the tolerance.
fn differences(ours: Activity, nest: Activity) -> Vec<String> {
    let apart = |what: &str, ours: f64, nest: f64| {
        let is_apart = (ours / nest - 1.0).abs() > TOLERANCE;
        is_apart.then(|| format!("{what} {ours:.3}, NEST {nest:.3}"))
    };
    let (cv, cv_nest) = (ours.cv.unwrap(), nest.cv.unwrap());
    let is_regular = cv < REGULAR && cv_nest < REGULAR;
    let cv = apart("cv", cv, cv_nest).filter(|_| !is_regular);
    apart("rate", ours.rate, nest.rate)
        .into_iter()
        .chain(cv)
        .collect()
}

#[test]
fn rates_and_variations_are_those_of_nest_in_every_regime() {
    let brunel = small();
    let nest = nest(&brunel);
    let found: Vec<String> = (Regime::ALL.par_iter())
        .flat_map_iter(|&regime| {
            // Regular trains tell their rate in a fifth of the time, and are half of all spikes.
            let ticks = match regime {
                Regime::Sr => brunel.ticks / 5,
                _ => brunel.ticks,
            };
            let brunel = Brunel { ticks, ..brunel };
            let ours = run(&brunel, regime, &brunel.network(regime).unwrap());
            let found = differences(ours, nest.regimes[&regime].paper);
            found
                .into_iter()
                .map(move |it| format!("{}: {it}", regime.name()))
        })
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn another_inhibition_or_threshold_is_found() {
    let brunel = Brunel {
        ticks: 30_000,
        ..small()
    };
    let nest = nest(&small());
    // The weights of SI fast with the drive of AI: g is 6 and not 5.
    let stronger = brunel.network(Regime::SiFast).unwrap();
    let found = differences(
        run(&brunel, Regime::Ai, &stronger),
        nest.regimes[&Regime::Ai].paper,
    );
    assert!(!found.is_empty());
    // Neurons that fire at 1 mV less.
    let lower = brunel.built(Regime::SiSlow, THRESHOLD_MV - 1.0).unwrap();
    let slow = nest.regimes[&Regime::SiSlow].paper;
    assert!(!differences(run(&brunel, Regime::SiSlow, &lower), slow).is_empty());
}

#[test]
fn nest_had_the_same_connections_and_external_spikes() {
    for nest in Recorded::embedded().unwrap().networks {
        let brunel = nest.network;
        // The full network takes long to build in a test that is not optimised.
        if brunel.neurons > 2500 {
            continue;
        }
        let network = brunel.network(Regime::Ai).unwrap();
        let mut sources = vec![Vec::new(); brunel.neurons];
        for it in network.connections() {
            if let SourceId::Neuron(id) = it.source {
                sources[it.target].push(id as u32);
            }
        }
        let mut hash = Sha256::new();
        for own in &mut sources {
            // Excitatory neurons have the lower numbers.
            own.sort_unstable();
            assert_eq!(own.len(), brunel.in_degree() / 4 * 5);
            own.iter().for_each(|id| hash.update(id.to_le_bytes()));
        }
        assert_eq!(hex(hash), nest.matrix, "{} neurons", brunel.neurons);
        for (regime, figures) in &nest.regimes {
            let mut counts = vec![0; 100 * brunel.neurons];
            let first = Brunel {
                ticks: 100,
                ..brunel
            };
            for (at, count) in Drive::new(&first, *regime) {
                counts[at.tick as usize * brunel.neurons + at.id as usize] = count as u8;
            }
            let hash = Sha256::new().chain_update(&counts);
            assert_eq!(hex(hash), figures.drive, "{}", regime.name());
        }
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn the_core_of_a_board_gives_the_spikes_of_a_model_as_large_as_needed() {
    let brunel = Brunel {
        neurons: 500,
        ticks: 300,
        settling: 0,
        seed: 1,
    };
    let network = brunel.network(Regime::SiFast).unwrap();
    let config = spec::CoreConfig::named("ecp5_85k").unwrap();
    let line = driver::transport::Memory::new(config);
    let options = driver::LinkOptions::memory();
    let mut device = driver::Device::connect(Box::new(line), options).unwrap();
    let image = CoreImage::map(&network, device.sizes()).unwrap();
    Runner::load(&mut device, &image, &mut |_, _| ()).unwrap();
    let there = brunel.run(Regime::SiFast, &mut device, &mut |_| ());
    let fitted = CoreImage::fitted(&network, 24).unwrap();
    let mut model = InMemory::new(&fitted, &mut |_| ());
    let here = brunel.run(Regime::SiFast, &mut model, &mut |_| ());
    let (there, here) = (there.unwrap(), here.unwrap());
    assert!(here.spikes.len() > 100);
    assert!(here.spikes == there.spikes && here.external == there.external);
}
