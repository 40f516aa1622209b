//! Compares a random network on the device with the model, tick by tick.

use spec::CoreConfig;
use spec::regions::Region;

use super::{Bench, Possible, SelfTestError, model, networks};
use driver::device::{Device, Probe, Recording, Run};
use driver::error::DriverError;
use spec::events::{Spike, Trace};

pub(super) fn run(bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
    let config = &bench.config()?;
    let (seed, ticks) = (bench.settings.seed, bench.settings.ticks);
    let plan = networks::random(config, seed, ticks, false)?;
    let run = Run {
        probe: Probe {
            first: 0,
            // Lossless: a core has at most 2^14 neurons.
            count: config.neurons() as u32,
            potentials: true,
            currents: true,
        },
        ..plan.run()
    };
    let mut reference = model(config)?;
    reference.load(&plan.image, &mut |_, _| ())?;
    let expected = reference.run(&run, &mut |_| ())?;
    let (device, mut progress) = bench.device_and_progress()?;
    device.load(&plan.image, &mut |_, _| ())?;
    let found = device.run(&run, &mut |done| progress(done.into(), ticks.into()))?;
    drop(progress);
    bench.count("synapses", plan.synapses as u64, "");
    bench.count("ticks", ticks.into(), "");
    bench.count("spikes", expected.spikes.len() as u64, "");
    let values = 2 * u64::from(ticks) * config.neurons() as u64;
    bench.count("values compared", values, "");
    compare(&expected, &found, ticks)?;
    let words = compare_memories(&mut reference, bench.device()?, config, ticks)?;
    bench.count("elements compared", words, "");
    Ok(Possible::Done)
}

/// Fails at the first spike, potential or current that differs, the earliest tick first.
pub(super) fn compare(
    expected: &Recording,
    found: &Recording,
    ticks: u32,
) -> Result<(), SelfTestError> {
    if expected.spikes.is_empty() {
        return Err(SelfTestError::NothingSpiked { ticks });
    }
    let spike = first_spike(&expected.spikes, &found.spikes);
    let traces = [
        ("potential", &expected.potentials, &found.potentials),
        ("current", &expected.currents, &found.currents),
    ];
    let value = traces
        .into_iter()
        .filter_map(|(what, expected, found)| {
            first_value(what, expected.as_ref()?, found.as_ref()?)
        })
        .min_by_key(|(tick, _)| *tick);
    // In a tick, values are integrated before spikes, so a differing value is reported first.
    match (spike, value) {
        (Some((at, spike)), Some((tick, _))) if at < tick => Err(spike),
        (_, Some((_, value))) => Err(value),
        (Some((_, spike)), None) => Err(spike),
        (None, None) => Ok(()),
    }
}

fn first_spike(expected: &[Spike], found: &[Spike]) -> Option<(u32, SelfTestError)> {
    let at = expected.iter().zip(found).position(|(a, b)| a != b);
    let at = at.unwrap_or(expected.len().min(found.len()));
    let (spike, side) = match (expected.get(at), found.get(at)) {
        (None, None) => return None,
        (Some(a), Some(b)) if a < b => (a, "model"),
        (Some(a), None) => (a, "model"),
        (_, Some(b)) => (b, "device"),
    };
    let error = SelfTestError::Spike {
        tick: spike.tick,
        neuron: spike.id,
        side,
    };
    Some((spike.tick, error))
}

fn first_value(
    what: &'static str,
    expected: &Trace,
    found: &Trace,
) -> Option<(u32, SelfTestError)> {
    let rows = expected.rows().zip(found.rows());
    for (tick, (expected, found)) in (0..).zip(rows) {
        for (neuron, (&expected, &found)) in expected.iter().zip(found).enumerate() {
            if expected != found {
                let error = SelfTestError::Value {
                    what,
                    tick,
                    neuron,
                    expected,
                    found,
                };
                return Some((tick, error));
            }
        }
    }
    None
}

/// Fails at the first differing element of a memory; reports their number.
pub(super) fn compare_memories(
    reference: &mut Device,
    device: &mut Device,
    config: &CoreConfig,
    ticks: u32,
) -> Result<u64, SelfTestError> {
    let mut elements = 0;
    for region in Region::memories(config) {
        let (expected, found) = (contents(reference, region)?, contents(device, region)?);
        elements += expected.len() as u64;
        let mut differing = (0..)
            .zip(expected.iter().zip(&found))
            .filter(|(_, (expected, found))| expected != found);
        if let Some((index, (&expected, &found))) = differing.next() {
            return Err(SelfTestError::Contents {
                region,
                index,
                expected,
                found,
                differing: 1 + differing.count(),
                ticks,
            });
        }
    }
    Ok(elements)
}

fn contents(device: &mut Device, region: Region) -> Result<Vec<u32>, DriverError> {
    device.read_all(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(spikes: &[(u32, u32)], potential: i32) -> Recording {
        let mut trace = Trace::new(2, 0, 2);
        trace.values[3] = potential;
        Recording {
            spikes: spikes
                .iter()
                .map(|&(tick, id)| Spike { tick, id })
                .collect(),
            potentials: Some(trace),
            currents: None,
        }
    }

    fn message(found: &Recording) -> String {
        let expected = recording(&[(0, 1), (1, 1)], 5);
        compare(&expected, found, 2).unwrap_err().to_string()
    }

    #[test]
    fn the_earliest_difference_is_named() {
        let sound = recording(&[(0, 1), (1, 1)], 5);
        compare(&sound, &sound, 2).unwrap();
        assert_eq!(
            message(&recording(&[(0, 1), (1, 1)], 6)),
            "tick 1: the potential of neuron 1 is 6, the model's 5"
        );
        assert_eq!(
            message(&recording(&[(0, 0), (0, 1), (1, 1)], 6)),
            "tick 0: neuron 0 spiked on the device alone"
        );
        assert_eq!(
            message(&recording(&[(0, 1)], 5)),
            "tick 1: neuron 1 spiked on the model alone"
        );
    }

    #[test]
    fn silence_shows_nothing() {
        let silent = recording(&[], 0);
        let error = compare(&silent, &silent, 2).unwrap_err();
        assert!(matches!(error, SelfTestError::NothingSpiked { .. }));
    }
}
