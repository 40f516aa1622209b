//! Tests that a session with damaged bytes either ends correctly or ends in an error, and never
//! writes anything unintended.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod line;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use driver::transport::{Transport, TransportError};
use driver::{Device, DriverError, LinkOptions, Probe, Recording, Run};
use line::{Event, Fault, Kind, Line, Log};
use model::emulator;
use proptest::prelude::*;
use spec::CoreConfig;
use spec::config::PROTOCOL_VERSION;
use spec::events::{Injection, Spike};
use spec::regions::Region;
use spec::wire::{Request, Tag};
use spec::words::Row;

/// Sessions with random faults.
const RANDOM_SESSIONS: u32 = 12_000;

/// The results of a session, as the host sees them.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    recordings: [Recording; 2],
    counts: Vec<u32>,
    currents: Vec<i32>,
    weights: Vec<u32>,
}

const WEIGHTS: u32 = 300;

/// A short session that uses every kind of request, several of each at once.
fn session(line: Line) -> Result<Outcome, DriverError> {
    let config = CoreConfig::tiny();
    let options = LinkOptions {
        first_sequence: 250,
        session: 0x0fa5,
        ..LinkOptions::memory()
    };
    let mut device = Device::connect(Box::new(line), options)?;
    let weights: Vec<u32> = (0..WEIGHTS).map(|at| at % 127 + 1).collect();
    device.write(Region::Synapses, 0, &weights)?;
    let links: Vec<u32> = (0..16)
        .map(|at| {
            Row {
                enabled: true,
                last_offset: at % 3,
                ..Row::default()
            }
            .link(config)
        })
        .collect();
    device.write(Region::RowLink, 0, &links)?;
    device.fill(Region::Threshold, 0, 16, 40)?;
    device.fill(Region::Dynamics, 0, 16, 1 << 29 | 4096 << 13 | 4000)?;
    device.reset_state()?;
    let spikes: Vec<Spike> = (0..60)
        .map(|at| Spike {
            tick: at / 4,
            id: at * 7 % 16,
        })
        .collect();
    let injections = [
        Injection {
            tick: 3,
            id: 9,
            value: 77,
        },
        Injection {
            tick: 8,
            id: 4,
            value: -9,
        },
    ];
    let run = Run {
        ticks: 16,
        spikes: &spikes,
        injections: &injections,
        report: true,
        ..Run::default()
    };
    let first = device.run(&run, &mut |_| ())?;
    let probe = Probe {
        first: 3,
        count: 2,
        potentials: true,
        currents: false,
    };
    let second = device.run(&Run { probe, ..run }, &mut |_| ())?;
    Ok(Outcome {
        recordings: [first, second],
        counts: device.read_all(Region::SpikeCount)?,
        currents: device.read_signed(Region::Current, 0, 16)?,
        weights: device.read(Region::Synapses, 0, WEIGHTS)?,
    })
}

/// How a session over a faulty line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With the results of an undisturbed session.
    Well,
    /// With an error.
    Error,
    /// With any result: damage produced a valid frame.
    Forged,
}

/// Runs a session over a line with these faults; returns its result, the device, and the log.
fn faulty(faults: &[Fault]) -> (Result<Outcome, DriverError>, emulator::Emulator, Log) {
    let device = Arc::new(Mutex::new(emulator::Emulator::new(CoreConfig::tiny())));
    let log = Arc::new(Mutex::new(Log::default()));
    let result = session(Line::new(device.clone(), faults, log.clone()));
    let log = *log.lock().unwrap();
    (
        result,
        Arc::into_inner(device).unwrap().into_inner().unwrap(),
        log,
    )
}

/// The contents of all memories of the device.
fn memories(device: &emulator::Emulator) -> Vec<Vec<u32>> {
    let config = CoreConfig::tiny();
    let of = |region: Region| {
        (0..region.layout(config).elements)
            .map(|at| device.core().read(region, at))
            .collect()
    };
    Region::of(config).map(of).collect()
}

/// The results of an undisturbed session.
struct Reference {
    outcome: Outcome,
    memories: Vec<Vec<u32>>,
    device: emulator::Emulator,
    lengths: (usize, usize),
}

impl Reference {
    fn new() -> Reference {
        let (outcome, device, log) = faulty(&[]);
        let memories = memories(&device);
        Reference {
            outcome: outcome.unwrap(),
            memories,
            device,
            lengths: log.lengths,
        }
    }

    /// Runs a session with these faults and returns how it ended.
    fn check(&self, faults: &[Fault]) -> End {
        let (outcome, device, log) = faulty(faults);
        if log.forged {
            return End::Forged;
        }
        let found = memories(&device);
        match outcome {
            Ok(outcome) => {
                assert_eq!(outcome, self.outcome, "{faults:?}");
                assert_eq!(found, self.memories, "{faults:?}");
                assert_eq!(device.core().tick_number(), 32, "{faults:?}");
                assert_eq!(
                    device.core().counters(),
                    self.device.core().counters(),
                    "{faults:?}"
                );
                End::Well
            }
            Err(error) => {
                assert!(is_clear(&error), "{error} after {faults:?}");
                self.check_nothing_misapplied(&device, &found, faults);
                End::Error
            }
        }
    }

    /// Each memory holds the written values or its earlier values, and no word was delivered twice.
    fn check_nothing_misapplied(
        &self,
        device: &emulator::Emulator,
        found: &[Vec<u32>],
        faults: &[Fault],
    ) {
        let before = memories(&emulator::Emulator::new(CoreConfig::tiny()));
        for region in Region::of(CoreConfig::tiny()).filter(|it| it.is_network()) {
            let at = usize::from(region.number());
            for (index, value) in found[at].iter().enumerate() {
                assert!(
                    [before[at][index], self.memories[at][index]].contains(value),
                    "{region:?} {index} holds {value:#x} after {faults:?}"
                );
            }
        }
        let (counters, limit) = (device.core().counters(), self.device.core().counters());
        assert!(device.core().tick_number() <= 32, "{faults:?}");
        assert!(counters.routed <= limit.routed, "{faults:?}");
    }
}

/// Whether a damaged line explains the error.
fn is_clear(error: &DriverError) -> bool {
    matches!(
        error,
        DriverError::Timeout { .. }
            | DriverError::Corrupt { .. }
            | DriverError::Nak { .. }
            | DriverError::NotSynfire { .. }
    )
}

#[test]
fn sessions_survive_any_single_fault() {
    let reference = Reference::new();
    let kinds = [
        Kind::Corrupt(0x10),
        Kind::Corrupt(0xff),
        Kind::Cut(1),
        Kind::Cut(20),
        Kind::Double(1),
        Kind::Double(30),
        Kind::Insert(vec![0]),
        Kind::Insert(vec![5, 1, 0, 3]),
    ];
    let mut sessions = 0;
    for (to_device, length) in [(true, reference.lengths.0), (false, reference.lengths.1)] {
        for at in 0..length {
            for kind in &kinds {
                let fault = Fault {
                    to_device,
                    at,
                    kind: kind.clone(),
                };
                assert_eq!(
                    reference.check(std::slice::from_ref(&fault)),
                    End::Well,
                    "{fault:?}"
                );
                sessions += 1;
            }
        }
    }
    println!("{sessions} sessions with one fault each, all ended well");
}

fn fault(length: usize) -> impl Strategy<Value = Fault> {
    let kind = prop_oneof![
        3 => (1..=255u8).prop_map(Kind::Corrupt),
        2 => (1..60usize).prop_map(Kind::Cut),
        2 => (1..300usize).prop_map(Kind::Double),
        2 => prop::collection::vec(any::<u8>(), 1..40).prop_map(Kind::Insert),
        // So many lost bytes that the session gives up.
        1 => (1000..100_000usize).prop_map(Kind::Cut),
    ];
    (any::<bool>(), 0..length, kind).prop_map(|(to_device, at, kind)| Fault {
        to_device,
        at,
        kind,
    })
}

#[test]
fn sessions_end_right_or_in_an_error() {
    let reference = Reference::new();
    let length = reference.lengths.0.max(reference.lengths.1) + 200;
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: RANDOM_SESSIONS,
        source_file: Some(file!()),
        ..ProptestConfig::default()
    });
    let ends = RefCell::new(Vec::new());
    let result = runner.run(&prop::collection::vec(fault(length), 1..8), |faults| {
        ends.borrow_mut().push(reference.check(&faults));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let ends = ends.into_inner();
    let count = |end: End| ends.iter().filter(|&&it| it == end).count();
    let (well, errors, forged) = (count(End::Well), count(End::Error), count(End::Forged));
    println!(
        "{RANDOM_SESSIONS} sessions with random faults: {well} ended well, {errors} in errors; \
         in {forged} a damaged frame had the right CRC"
    );
    assert!(well > 0 && errors > 0);
    // A session damages several frames, so about one forged frame in ten thousand sessions is
    // expected.
    assert!(forged <= 12, "{forged}");
}

#[test]
fn a_damaged_frame_with_the_right_crc_is_known_for_one() {
    let corrupt = |to_device, at, bits| Fault {
        to_device,
        at,
        kind: Kind::Corrupt(bits),
    };
    let faults = [corrupt(true, 56, 20), corrupt(false, 325, 29)];
    assert_eq!(Reference::new().check(&faults), End::Forged);
    assert_eq!(Reference::new().check(&faults[..1]), End::Well);
}

/// The result of a session with this event at the device before byte `at`.
fn disturbed(at: usize, event: Event) -> Result<Outcome, DriverError> {
    let device = Arc::new(Mutex::new(emulator::Emulator::new(CoreConfig::tiny())));
    let line = Line::new(device, &[], Arc::default());
    session(line.with_event(at, event))
}

#[test]
fn a_device_that_was_reset_is_never_taken_for_the_one_before() {
    let reference = Reference::new();
    let mut well = 0;
    for at in 0..reference.lengths.0 {
        match disturbed(at, Event::Reset) {
            Ok(outcome) => {
                assert_eq!(outcome, reference.outcome, "reset before byte {at}");
                well += 1;
            }
            Err(error) => assert!(
                matches!(error, DriverError::DeviceReset { .. }),
                "reset before byte {at}: {error}"
            ),
        }
    }
    // A disturbance before the greeting is answered has no effect.
    assert!((1..20).contains(&well), "{well}");
}

#[test]
fn another_host_is_noticed_wherever_it_begins() {
    let reference = Reference::new();
    let hello = Request::Hello {
        protocol: PROTOCOL_VERSION,
    };
    let mut bytes = vec![0];
    let mut well = 0;
    // The other host's sequence numbers may be equal to, before or after those of this session.
    for (at, sequence) in (0..reference.lengths.0).zip((0..=255).cycle()) {
        bytes.truncate(1);
        bytes.extend(hello.frame(Tag::new(0x0bad, sequence)).encode().unwrap());
        match disturbed(at, Event::OtherHost(bytes.clone())) {
            Ok(outcome) => {
                assert_eq!(outcome, reference.outcome, "greeted before byte {at}");
                well += 1;
            }
            Err(error) => assert!(
                matches!(error, DriverError::SessionTaken { .. }),
                "greeted before byte {at}: {error}"
            ),
        }
    }
    assert!((1..20).contains(&well), "{well}");
}

/// A line that delivers the answer to the first greeting after the second one was sent; by then the
/// device is another one.
struct Late {
    devices: Vec<emulator::Emulator>,
    held: Vec<u8>,
    answers: VecDeque<u8>,
}

impl Transport for Late {
    fn name(&self) -> &str {
        "the late line"
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        if self.devices.len() > 1 {
            self.held = self.devices.remove(0).receive(bytes);
        } else {
            self.answers.extend(self.held.drain(..));
            self.answers.extend(self.devices[0].receive(bytes));
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], _: Duration) -> Result<usize, TransportError> {
        let count = buffer.len().min(self.answers.len());
        for (to, from) in buffer.iter_mut().zip(self.answers.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}

#[test]
fn a_late_answer_to_an_earlier_greeting_begins_no_session() {
    let late = Late {
        devices: [CoreConfig::hx8k(), CoreConfig::tiny()]
            .map(emulator::Emulator::new)
            .into(),
        held: Vec::new(),
        answers: VecDeque::new(),
    };
    let mut device = Device::connect(Box::new(late), LinkOptions::memory()).unwrap();
    assert_eq!(*device.sizes(), CoreConfig::tiny().sizes);
    assert_eq!(device.register(spec::regs::NETWORK).unwrap(), 0);
}
