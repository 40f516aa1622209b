//! Tests of live runs: fed from a channel, and fed from their own output.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use driver::device::Start;
use driver::session::{Event, Input, Warning};
use driver::transport::Memory;
use driver::{Device, LinkOptions, Run};
use spec::CoreConfig;
use spec::events::Spike;
use spec::regions::Region;
use spec::words::Row;

/// Time limit for each expected event.
const PATIENCE: Duration = Duration::from_secs(20);

/// A device whose neuron n fires when input n has spiked.
fn relay() -> Device {
    let config = CoreConfig::tiny();
    let line = Memory::new(config);
    let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
    let row = |input: u32| Row {
        enabled: true,
        first_word: input,
        first_target: input / 2,
        ..Row::default()
    };
    let bodies: Vec<u32> = (0..16).map(|at| row(at).body(config)).collect();
    let links: Vec<u32> = (0..16).map(|at| row(at).link(config)).collect();
    device.write(Region::RowBody, 0, &bodies).unwrap();
    device.write(Region::RowLink, 0, &links).unwrap();
    let weights: Vec<u32> = (0..32u32)
        .map(|at| if at % 2 == at / 2 % 2 { 50 } else { 0x80 })
        .collect();
    device.write(Region::Synapses, 0, &weights).unwrap();
    device.fill(Region::Threshold, 0, 16, 20).unwrap();
    // Neurons report spikes, and keep no potential or current from one tick to the next.
    device.fill(Region::Dynamics, 0, 16, 1 << 29).unwrap();
    device.reset_state().unwrap();
    device
}

fn start() -> Start {
    Start {
        report: true,
        ..Start::default()
    }
}

#[test]
fn spikes_come_out_while_a_thread_sends_spikes_in() {
    let (sender, receiver) = mpsc::sync_channel::<Spike>(16);
    let ticks = 3000;
    let all = (0..ticks).map(|tick| Spike {
        tick,
        id: tick * 7 % 16,
    });
    let sent: Vec<Spike> = all.collect();
    let expected = sent.clone();
    let thread = thread::spawn(move || {
        for spike in sent {
            sender.send(spike).unwrap();
        }
    });
    let mut device = relay();
    let mut live = device.live(start()).unwrap();
    let mut heard = Vec::new();
    let mut most_waiting = 0;
    let mut released = 0;
    let mut ended = false;
    while !ended || heard.len() < expected.len() {
        while live.room() > 0 {
            match receiver.try_recv() {
                Ok(spike) => {
                    live.send(Input::Spike(spike)).unwrap();
                    // Spikes are ordered, so all spikes before this tick have arrived.
                    live.release(spike.tick);
                    released = spike.tick;
                }
                Err(mpsc::TryRecvError::Empty) => break,
                Err(mpsc::TryRecvError::Disconnected) => {
                    live.release(ticks);
                    ended = true;
                    break;
                }
            }
        }
        while let Some(event) = live.event(Duration::ZERO).unwrap() {
            if let Event::Spike(spike) = event {
                most_waiting = most_waiting.max(released.saturating_sub(spike.tick));
                heard.push(spike);
            }
        }
    }
    assert_eq!(heard, expected);
    // The first spikes came out long before the last went in.
    assert!(most_waiting < ticks / 2, "{most_waiting}");
    live.end().unwrap();
    thread.join().unwrap();
    assert_eq!(device.state().unwrap().tick, ticks);
}

#[test]
fn what_comes_out_may_decide_what_goes_in() {
    let mut device = relay();
    let mut live = device.live(start()).unwrap();
    live.send(Input::Spike(Spike { tick: 0, id: 3 })).unwrap();
    let mut heard = Vec::new();
    for tick in 1..=40 {
        live.release(tick);
        loop {
            match live.event(PATIENCE).unwrap() {
                Some(Event::Spike(spike)) => {
                    heard.push((spike.tick, spike.id));
                    let id = (spike.id * 5 + 1) % 16;
                    let tick = spike.tick + 1;
                    live.send(Input::Spike(Spike { tick, id })).unwrap();
                }
                Some(Event::Rest { .. }) => break,
                Some(Event::Ticked(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }
    let next = |(tick, id): &(u32, u32)| Some((tick + 1, (id * 5 + 1) % 16));
    let expected: Vec<(u32, u32)> = std::iter::successors(Some((0, 3)), next).take(40).collect();
    assert_eq!(heard, expected);
}

#[test]
fn what_comes_late_is_said_and_given_in_the_next_tick() {
    let mut device = relay();
    let mut live = device.live(start()).unwrap();
    live.release(5);
    let input = Input::Spike(Spike { tick: 2, id: 9 });
    let mut heard = Vec::new();
    let mut warned = false;
    while let Some(event) = live.event(PATIENCE).unwrap() {
        match event {
            Event::Rest { tick: 5 } => {
                live.send(input).unwrap();
                live.release(8);
            }
            Event::Rest { .. } => break,
            Event::Warning(warning) => {
                assert_eq!(warning, Warning::Late { input, given: 5 });
                warned = true;
            }
            Event::Spike(spike) => heard.push(spike),
            _ => {}
        }
    }
    assert!(warned);
    assert_eq!(heard, [Spike { tick: 5, id: 9 }]);
    // A live run that is dropped leaves the device usable.
    drop(live);
    let run = Run {
        ticks: 4,
        reset: true,
        spikes: &[Spike { tick: 1, id: 2 }],
        report: true,
        ..Run::default()
    };
    let recording = device.run(&run, &mut |_| ()).unwrap();
    assert_eq!(recording.spikes, [Spike { tick: 1, id: 2 }]);
}
