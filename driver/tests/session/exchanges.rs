//! Tests that a run needs hardly more exchanges than its words require, so that only the line
//! limits the speed.

use driver::transport::Memory;
use driver::{Device, LinkOptions, Run};
use spec::CoreConfig;
use spec::events::Spike;
use spec::regions::Region;
use spec::wire::{STREAM_IN_MAX, STREAM_OUT_MAX};

/// Number of requests of a run that are not for words, such as those that ask whether the core is
/// at rest.
const BESIDES: usize = 8;

fn device() -> Device {
    let line = Memory::new(CoreConfig::up5k());
    let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
    device.fill(Region::Threshold, 0, 256, 1000).unwrap();
    device.fill(Region::Dynamics, 0, 256, 1 << 29).unwrap();
    device.reset_state().unwrap();
    device
}

fn sent(device: &mut Device, run: &Run<'_>) -> usize {
    let before = device.link_statistics().sent;
    device.run(run, &mut |_| ()).unwrap();
    (device.link_statistics().sent - before) as usize
}

#[test]
fn spikes_go_in_in_full_frames() {
    let ticks = 200;
    let spikes: Vec<Spike> = (0..ticks)
        .flat_map(|tick| (0..100).map(move |id| Spike { tick, id }))
        .collect();
    let run = Run {
        ticks,
        spikes: &spikes,
        report: true,
        ..Run::default()
    };
    // One word per spike, and one stamp per tick.
    let words = spikes.len() + ticks as usize;
    let sent = sent(&mut device(), &run);
    let least = words.div_ceil(STREAM_IN_MAX);
    assert!(
        (least..=least + BESIDES).contains(&sent),
        "{sent}, {least} at least"
    );
}

#[test]
fn spikes_come_out_in_full_frames() {
    let mut device = device();
    let below_zero = Region::Threshold.layout(&CoreConfig::up5k().sizes).mask();
    device.fill(Region::Threshold, 0, 256, below_zero).unwrap();
    let run = Run {
        ticks: 100,
        report: true,
        ..Run::default()
    };
    // 256 spikes and one stamp per tick.
    let words: usize = 100 * 257;
    let sent = sent(&mut device, &run);
    let least = words.div_ceil(STREAM_OUT_MAX);
    assert!(
        (least..=least + BESIDES).contains(&sent),
        "{sent}, {least} at least"
    );
}
