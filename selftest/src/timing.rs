//! Compares the cycles of ticks with the model's estimate, and the device's clock with the host's.

use network::image::CoreImage;
use network::{NetworkBuilder, PopulationBuilder};
use spec::CoreConfig;

use super::{Bench, Line, Possible, SelfTestError, model, networks};
use driver::device::{Device, Run};
use driver::error::DriverError;

/// Maximum error of the model's estimate, in percent.
const ESTIMATE: u32 = 5;

/// Allowed error in cycles per tick, because 5 % of a short tick is less than a cycle.
const SLACK: u64 = 4;

/// Number of ticks of a core without work.
const SILENT: u32 = 1000;

/// Ticks per second while the clock is timed.
const PACE: u32 = 1000;

/// Maximum error of the clock, in percent. The host learns of a tick some milliseconds late, which
/// adds less than 1 %.
const CLOCK: f64 = 2.0;

/// If ticks are faster by this factor, they are not paced at all.
const NOT_PACED: f64 = 1.5;

pub(super) fn run(bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
    let config = &bench.config()?;
    let is_known = CoreConfig::known(config.name, config).is_some();
    let mut reference = model(config)?;
    let silent = silent(config)?;
    let run = Run {
        ticks: SILENT,
        reset: true,
        ..Run::default()
    };
    if is_known {
        cycles(bench, &mut reference, "silent ticks", &silent, &run)?;
        let plan = networks::random(config, bench.settings.seed, bench.settings.ticks, false)?;
        cycles(
            bench,
            &mut reference,
            "busy ticks",
            &plan.image,
            &plan.run(),
        )?;
    } else {
        bench.tell("cycles", "not compared, how the core is built is not known");
    }
    match bench.settings.line {
        Line::Memory | Line::Simulated => bench.tell("clock", "not timed, there is none"),
        Line::Serial { .. } => {
            bench.device()?.load(&silent, &mut |_, _| ())?;
            clock(bench)?;
        }
    }
    Ok(Possible::Done)
}

/// A network without activity.
fn silent(config: &CoreConfig) -> Result<CoreImage, SelfTestError> {
    let cells = PopulationBuilder::new("cells", config.neurons()).threshold(100);
    let network = NetworkBuilder::new("silent").population(cells).build()?;
    Ok(CoreImage::map(&network, config)?)
}

/// Compares the cycles of a run with the model's estimate.
fn cycles(
    bench: &mut Bench<'_>,
    reference: &mut Device,
    what: &'static str,
    image: &CoreImage,
    run: &Run<'_>,
) -> Result<(), SelfTestError> {
    let count = |device: &mut Device| -> Result<u64, DriverError> {
        device.load(image, &mut |_, _| ())?;
        let before = device.counters()?;
        device.run(run, &mut |_| ())?;
        Ok(device.counters()?.since(before).cycles.into())
    };
    let estimated = count(reference)?;
    let counted = count(bench.device()?)?;
    let ticks = u64::from(run.ticks.max(1));
    bench.measure(
        format!("cycles of {what}"),
        counted as f64 / ticks as f64,
        "a tick",
    );
    bench.measure(
        format!("estimate of {what}"),
        estimated as f64 / ticks as f64,
        "a tick",
    );
    let allowed = estimated * u64::from(ESTIMATE) / 100 + SLACK * ticks;
    if counted.abs_diff(estimated) > allowed {
        return Err(SelfTestError::Cycles {
            what,
            counted,
            estimated,
            percent: ESTIMATE,
        });
    }
    Ok(())
}

/// Measures the duration of ticks with a given number of cycles.
fn clock(bench: &mut Bench<'_>) -> Result<(), SelfTestError> {
    let (seconds, wall) = (bench.settings.seconds, bench.settings.wall);
    let (device, mut progress) = bench.device_and_progress()?;
    let stated = device.info().clock_hz;
    let period = stated / PACE;
    // Lossless: clamped to at most 10^9 ticks.
    let ticks = (seconds * f64::from(PACE)).clamp(100.0, 1e9) as u32;
    device.set_tick_period(period)?;
    let since = wall();
    // The first and the last time and tick number that the host received; the delay of an answer is
    // in both.
    let mut heard: Option<[(f64, u32); 2]> = None;
    let ran = device.run(
        &Run {
            ticks,
            ..Run::default()
        },
        &mut |done| {
            progress(done.into(), ticks.into());
            let now = (wall().saturating_sub(since).as_secs_f64(), done);
            if done > 0 {
                heard = Some([heard.map_or(now, |[first, _]| first), now]);
            }
        },
    );
    // Also after a failed run, so that the device does not stay in real-time mode.
    let late = device.end_real_time();
    ran?;
    let late = late?;
    drop(progress);
    let [(began, first), (ended, last)] = heard.unwrap_or_default();
    let expected = f64::from(ticks) * f64::from(period) / f64::from(stated);
    if ended * NOT_PACED < expected {
        return Err(SelfTestError::NotPaced {
            ticks,
            period,
            expected,
            took: ended,
        });
    }
    let cycles = f64::from(last - first) * f64::from(period);
    let measured = cycles / (ended - began).max(f64::MIN_POSITIVE);
    let percent = 100.0 * (measured / f64::from(stated) - 1.0);
    bench.measure("clock measured", measured / 1e6, "MHz");
    bench.measure("clock off by", percent, "%");
    bench.count("late ticks", late.into(), "");
    if percent.abs() > CLOCK || !percent.is_finite() {
        return Err(SelfTestError::Clock {
            measured_mhz: measured / 1e6,
            stated_mhz: f64::from(stated) / 1e6,
            percent,
            limit: CLOCK,
        });
    }
    if late > 0 {
        return Err(SelfTestError::Late {
            late,
            ticks,
            period,
        });
    }
    Ok(())
}
