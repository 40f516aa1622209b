//! Compares a random learning network on the device with the model.

use spec::regions::Region;

use super::{Bench, Possible, SelfTestError, lockstep, model, networks};

/// Factor for the number of ticks: effects of learning appear later than spikes.
const TICKS: u32 = 4;

pub(super) fn run(bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
    let config = &bench.config()?;
    if !config.learning {
        return Ok(Possible::NotHere("this config does not learn"));
    }
    let ticks = bench.settings.ticks.saturating_mul(TICKS);
    let plan = networks::random(config, bench.settings.seed, ticks, true)?;
    let mut reference = model(config)?;
    reference.load(&plan.image, &mut |_, _| ())?;
    let before = reference.read_all(Region::Synapses)?;
    let expected = reference.run(&plan.run(), &mut |_| ())?;
    let after = reference.read_all(Region::Synapses)?;
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    let (device, mut progress) = bench.device_and_progress()?;
    device.load(&plan.image, &mut |_, _| ())?;
    let found = device.run(&plan.run(), &mut |done| progress(done.into(), ticks.into()))?;
    drop(progress);
    bench.count("synapses", plan.synapses as u64, "");
    bench.count("ticks", ticks.into(), "");
    bench.count("spikes", expected.spikes.len() as u64, "");
    bench.count("weights changed", changed as u64, "");
    if changed == 0 {
        return Err(SelfTestError::NothingLearned { ticks });
    }
    lockstep::compare(&expected, &found, ticks)?;
    let words = lockstep::compare_memories(&mut reference, bench.device()?, config, ticks)?;
    bench.count("elements compared", words, "");
    Ok(Possible::Done)
}
