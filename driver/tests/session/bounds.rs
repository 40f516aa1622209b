//! Tests that spikes which nobody reads wait in the core and do not fill the host's memory.

use std::time::Duration;

use driver::session::{
    Begin, EVENTS_MAX, Event, INPUTS_MAX, Input, NotSent, NotTaken, Session, Warning,
};
use model::emulator::Emulator;
use spec::CoreConfig;
use spec::events::Spike;
use spec::regions::Region;
use spec::wire::Request;

use crate::script::options;

/// A greeted session, and its core, whose neurons all fire at every tick.
fn firing() -> (Session, Emulator) {
    let config = CoreConfig::tiny();
    let mut device = Emulator::new(config);
    let mut session = Session::new("the wire", options(0));
    talk(&mut session, &mut device);
    let fill = |region: Region, value: u32| Request::Fill {
        region: region.number(),
        index: 0,
        count: 16,
        data: value.to_le_bytes()[..region.layout(config).bytes()].to_vec(),
    };
    for request in [
        fill(Region::Threshold, 0xffff),
        fill(Region::Dynamics, 1 << 29 | 4096 << 13),
    ] {
        session.request(request).unwrap();
    }
    talk(&mut session, &mut device);
    while session.poll_event().is_some() {}
    session.begin(Begin {
        reset: true,
        ..Begin::default()
    });
    (session, device)
}

/// Exchanges bytes until there are none, without polling events; returns the number of bytes from
/// the device.
fn talk(session: &mut Session, device: &mut Emulator) -> usize {
    let mut carried = 0;
    while let Some(bytes) = session.transmit(Duration::ZERO) {
        let answer = device.receive(&bytes);
        carried += answer.len();
        session.receive(&answer, Duration::ZERO);
    }
    carried
}

#[test]
fn spikes_that_nobody_polls_stay_at_the_core_and_none_is_lost() {
    let (mut session, mut device) = firing();
    let ticks = 10_000;
    session.release(ticks);
    // Each tick has sixteen spikes of two bytes each.
    assert!(talk(&mut session, &mut device) < 2 * 16 * ticks as usize / 50);
    let (mut spikes, mut stalled, mut most) = (Vec::new(), 0, 0);
    let mut rest = None;
    while rest.is_none() {
        let mut polled = 0;
        while let Some(event) = session.poll_event() {
            polled += 1;
            match event {
                Event::Spike(spike) => spikes.push(spike),
                Event::Warning(Warning::Stalled { .. }) => stalled += 1,
                Event::Rest { tick } => rest = Some(tick),
                Event::Ticked(_) => {}
                other => panic!("{other:?}"),
            }
        }
        most = most.max(polled);
        talk(&mut session, &mut device);
    }
    assert!(most <= EVENTS_MAX, "{most}");
    assert!(stalled > 0);
    assert_eq!(rest, Some(ticks));
    let expected = (0..ticks).flat_map(|tick| (0..16).map(move |id| Spike { tick, id }));
    assert!(spikes.into_iter().eq(expected));
}

#[test]
fn who_asks_in_between_how_the_core_stands_loses_no_word_and_gets_none_twice() {
    let (mut session, mut device) = firing();
    let ticks = 300;
    session.release(ticks);
    let (mut spikes, mut peeks, mut rest) = (Vec::new(), 0, None);
    while rest.is_none() {
        // Sent together with the next request for words, and after it.
        let bytes = session.transmit(Duration::ZERO).unwrap_or_default();
        let _ = session.peek();
        let answer = device.receive(&bytes);
        session.receive(&answer, Duration::ZERO);
        while let Some(event) = session.poll_event() {
            match event {
                Event::Spike(spike) => spikes.push(spike),
                Event::Answered { result, .. } => {
                    assert!(result.is_ok(), "{result:?}");
                    peeks += 1;
                }
                Event::Rest { tick } => rest = Some(tick),
                Event::Ticked(_) | Event::Warning(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(peeks > 10, "{peeks}");
    let expected = (0..ticks).flat_map(|tick| (0..16).map(move |id| Spike { tick, id }));
    assert!(spikes.into_iter().eq(expected));
}

#[test]
fn inputs_are_refused_while_as_many_wait_as_may() {
    let (mut session, mut device) = firing();
    let spike = |tick| Input::Spike(Spike { tick, id: 3 });
    for tick in 0..INPUTS_MAX as u32 {
        session.send(spike(tick)).unwrap();
    }
    assert_eq!(session.room(), 0);
    assert!(matches!(session.send(spike(0)), Err(NotSent::Full)));
    session.release(10);
    talk(&mut session, &mut device);
    assert_eq!(session.room(), 10);
    // The input is too late for its tick: it is delivered in the next one, with a warning.
    session.send(spike(4)).unwrap();
    let mut late = Vec::new();
    while let Some(event) = session.poll_event() {
        if let Event::Warning(Warning::Late { input, given }) = event {
            late.push((input.tick(), given));
        }
    }
    assert_eq!(late, [(4, 10)]);
}

#[test]
fn what_may_change_what_is_read_waits_until_it_has_been_read() {
    let (mut session, mut device) = firing();
    session.release(10);
    let region = Region::SpikeCount.number();
    let read = Request::Read {
        region,
        index: 0,
        count: 1,
    };
    let write = Request::Write {
        region,
        index: 0,
        count: 1,
        data: vec![7, 0],
    };
    session.request(read.clone()).unwrap();
    session.request(read).unwrap();
    let refused = session.request(write.clone());
    assert!(matches!(refused, Err(NotTaken::Later(_))), "{refused:?}");
    // Words to the core wait as well.
    let bytes = session.transmit(Duration::ZERO).unwrap();
    let answer = device.receive(&bytes);
    assert_eq!(device.core().tick_number(), 0);
    session.receive(&answer, Duration::ZERO);
    session.request(write).unwrap();
    talk(&mut session, &mut device);
    assert_eq!(device.core().tick_number(), 10);
}

#[test]
fn a_run_that_is_dropped_says_nothing_more() {
    let (mut session, mut device) = firing();
    session.release(1000);
    talk(&mut session, &mut device);
    session.drop_run();
    assert!(session.poll_event().is_none());
    assert_eq!(talk(&mut session, &mut device), 0);
    assert!(matches!(
        session.send(Input::Spike(Spike { tick: 0, id: 0 })),
        Err(NotSent::NoRun)
    ));
}
