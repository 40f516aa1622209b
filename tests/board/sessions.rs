//! Sends the same bytes, intact or damaged, to the hardware's pin and to the emulator: every answer
//! must be identical, byte for byte.

use model::emulator::Emulator;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim::faults::FAULTS;
use sim::{BitTime, Model, PowerUp, UartDut};
use spec::CoreConfig;
use spec::config::PROTOCOL_VERSION;
use spec::regions::Region;
use spec::regs;
use spec::stream::InWord;
use spec::wire::{DATA_MAX, Request, StreamRequest, Tag};
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

/// Cycles per bit: the fewest that the receiver supports, to save time.
const DIVIDER: u32 = 4;

/// Longest duration of a request in these sessions, in cycles.
const PATIENCE: u64 = 2_000_000;

/// An answer is over after this many cycles of silence. Bytes that come later appear as a
/// difference in the next answer.
const SILENCE: u64 = 500;

/// Maximum number of elements that a request writes.
const AT_ONCE: usize = 16;

/// The damage to the bytes of a request.
#[derive(Debug, Clone)]
enum Damage {
    None,
    Change(prop::sample::Index, u8),
    Lose(prop::sample::Index),
    Double(prop::sample::Index),
    Insert(prop::sample::Index, u8),
    Cut(prop::sample::Index),
}

/// A request, its sequence number relative to the expected one, the changed bits of its session and
/// core, and its damage.
#[derive(Debug, Clone)]
struct Step {
    request: Request,
    skew: u8,
    stray: (u16, u8),
    damage: Damage,
}

/// The device under test and the emulator.
struct Pair {
    hardware: UartDut,
    emulator: Emulator,
    tag: Tag,
}

impl Pair {
    fn new(device: &'static str) -> Pair {
        let model = Model {
            name: device,
            config: CoreConfig::tiny(),
        };
        let mut hardware = UartDut::new(model, &PowerUp::default()).unwrap();
        let emulator = Emulator::new(CoreConfig::tiny());
        hardware.run(1_000);
        let mut pair = Pair {
            hardware,
            emulator,
            tag: Tag::default(),
        };
        // The device ignores requests before the greeting.
        pair.ask(&command(regs::COMMAND_STOP)).unwrap();
        pair.tag = Tag::new(0x0100, 0);
        pair.ask(&command(regs::COMMAND_STOP)).unwrap();
        pair.greet().unwrap();
        let divider = regs::BAUD_DIV;
        let data = DIVIDER.to_le_bytes().to_vec();
        pair.ask(&Request::Write {
            region: 0,
            index: divider,
            count: 1,
            data,
        })
        .unwrap();
        pair.hardware.run(1_000);
        pair.hardware.set_bit_time(BitTime::of_divider(DIVIDER));
        // Memories have undefined contents after power-up, so the host initialises them.
        for region in Region::memories(CoreConfig::tiny()) {
            let layout = region.layout(CoreConfig::tiny());
            let data = vec![0; layout.bytes()];
            let count = layout.elements;
            pair.ask(&Request::Fill {
                region: region.number(),
                index: 0,
                count,
                data,
            })
            .unwrap();
        }
        pair.ask(&command(regs::COMMAND_RESET_STATE)).unwrap();
        pair.network();
        pair
    }

    /// Loads a few neurons that fire, so that there are words in the stream.
    fn network(&mut self) {
        let config = CoreConfig::tiny();
        let dynamics = NeuronParams {
            leak: Leak::Exponential { factor: 3900 },
            decay_syn: 3000,
            reset: Reset::Subtract,
            refractory: Refractory::Hold,
            report: true,
            v_reset: 0,
            refractory_ticks: 1,
            rule: 0,
            adapts: false,
        };
        let rows = (0..16).map(|id| Row {
            first_word: id * 8,
            delay: id % 4,
            last_offset: 7,
            enabled: true,
            ..Row::default()
        });
        let (bodies, links): (Vec<_>, Vec<_>) =
            rows.map(|row| (row.body(config), row.link(config))).unzip();
        let writes = [
            (Region::Dynamics, vec![dynamics.word(config); 16]),
            (Region::Reset, vec![dynamics.reset_word(config); 16]),
            (Region::Threshold, (60..76).collect()),
            (Region::RowBody, bodies),
            (Region::RowLink, links),
            (Region::Synapses, (0..128).map(|at| 20 + at % 40).collect()),
        ];
        // Few requests with as many elements as fit, since a silence follows each request.
        for (region, values) in writes {
            let bytes = region.layout(config).bytes();
            for (place, some) in (0..).zip(values.chunks(AT_ONCE)) {
                let data = some
                    .iter()
                    .flat_map(|value| value.to_le_bytes()[..bytes].to_vec());
                self.ask(&Request::Write {
                    region: region.number(),
                    index: place * AT_ONCE as u32,
                    count: some.len() as u8,
                    data: data.collect(),
                })
                .unwrap();
            }
        }
    }

    fn ask(&mut self, request: &Request) -> Result<(), TestCaseError> {
        let bytes = request.frame(self.tag).encode().unwrap();
        self.tag.sequence = self.tag.sequence.wrapping_add(1);
        self.send(&bytes)
    }

    /// Begins another session.
    fn greet(&mut self) -> Result<(), TestCaseError> {
        self.tag = Tag::new(self.tag.session.wrapping_mul(5).wrapping_add(1), 200);
        self.ask(&Request::Hello {
            protocol: PROTOCOL_VERSION,
        })
    }

    /// Sends bytes to both and compares their answers.
    fn send(&mut self, bytes: &[u8]) -> Result<(), TestCaseError> {
        let expected = self.emulator.receive(bytes);
        self.hardware.send(bytes);
        self.hardware.run_until_sent();
        let mut answer = Vec::new();
        loop {
            let complete = answer.len() >= expected.len();
            let wait = if complete { SILENCE } else { PATIENCE };
            if !self.hardware.run_until_byte(wait) {
                break;
            }
            answer.extend(self.hardware.take_received());
        }
        prop_assert_eq!(answer, expected, "after {:02x?}", bytes);
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let (session, core) = step.stray;
        let tag = Tag {
            sequence: self.tag.sequence.wrapping_add(step.skew),
            session: self.tag.session ^ session,
            core,
        };
        let mut bytes = step.request.frame(tag).encode().unwrap();
        step.damage.apply(&mut bytes);
        self.send(&bytes)?;
        if !bytes.ends_with(&[0]) {
            self.send(&[0])?;
        }
        // The next request begins with a new session, whatever the state of this one.
        self.greet()
    }

    /// Compares all memories, and the registers that do not count cycles or damage.
    fn compare(&mut self) -> Result<(), TestCaseError> {
        for region in Region::of(CoreConfig::tiny()) {
            let layout = region.layout(CoreConfig::tiny());
            let most = (DATA_MAX / layout.bytes()) as u32;
            let last = if region == Region::Registers {
                regs::CYCLES
            } else {
                layout.elements
            };
            for index in (0..last).step_by(most as usize) {
                let count = (last - index).min(most) as u8;
                self.ask(&Request::Read {
                    region: region.number(),
                    index,
                    count,
                })?;
            }
        }
        Ok(())
    }
}

fn command(value: u32) -> Request {
    let data = value.to_le_bytes().to_vec();
    Request::Write {
        region: 0,
        index: regs::COMMAND,
        count: 1,
        data,
    }
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let length = bytes.len();
        match self {
            Damage::None => {}
            Damage::Change(at, change) => bytes[at.index(length)] ^= change,
            Damage::Lose(at) => drop(bytes.remove(at.index(length))),
            Damage::Double(at) => bytes.insert(at.index(length), bytes[at.index(length)]),
            Damage::Insert(at, byte) => bytes.insert(at.index(length), *byte),
            Damage::Cut(at) => bytes.truncate(at.index(length)),
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        3 => Just(Damage::None),
        3 => (at(), 1..=255u8).prop_map(|(at, change)| Damage::Change(at, change)),
        2 => at().prop_map(Damage::Lose),
        2 => at().prop_map(Damage::Double),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        1 => at().prop_map(Damage::Cut),
    ]
}

fn request() -> impl Strategy<Value = Request> {
    let word = prop_oneof![
        4 => (0..18u16).prop_map(|id| InWord::Spike(id).encode()),
        3 => (0..30u16).prop_map(|tick| InWord::Advance(tick).encode()),
        1 => (0..18u16).prop_map(|id| InWord::Inject(id).encode()),
        1 => Just(InWord::Reset.encode()),
        1 => any::<u16>().prop_filter("a long run", |word| word & 0xc000 != 0x4000),
    ];
    let stream = (
        any::<bool>(),
        0..4u16,
        any::<u8>(),
        prop::collection::vec(word, 0..40),
    )
        .prop_map(|(rewind, acked, max_words, words)| {
            Request::Stream(StreamRequest {
                rewind,
                eager: false,
                acked,
                max_words,
                wait: 255,
                words,
            })
        });
    let memory = 1..14u8;
    prop_oneof![
        6 => stream,
        2 => (memory.clone(), 0..70u32, 0..80u8)
            .prop_map(|(region, index, count)| Request::Read { region, index, count }),
        3 => (memory.clone(), 0..40u32, 0..9u8, prop::collection::vec(any::<u8>(), 0..20)).prop_map(
            |(region, index, count, data)| Request::Write { region, index, count, data }
        ),
        2 => (5..11u8, 0..16u32, 1..4u8, any::<[u8; 2]>()).prop_map(
            |(region, index, count, bytes)| Request::Write {
                region,
                index,
                count,
                data: bytes.repeat(usize::from(count)),
            }
        ),
        1 => (memory, 0..40u32, 0..40u32, prop::collection::vec(any::<u8>(), 0..5)).prop_map(
            |(region, index, count, data)| Request::Fill { region, index, count, data }
        ),
        1 => (0..4u32).prop_map(command),
        1 => any::<u8>().prop_map(|protocol| Request::Hello { protocol }),
    ]
}

fn session() -> impl Strategy<Value = Vec<Step>> {
    let skew = prop_oneof![8 => Just(0), 1 => Just(255), 1 => any::<u8>()];
    let session = prop_oneof![(0..16).prop_map(|bit| 1u16 << bit), any::<u16>()];
    let core = prop_oneof![(0..8).prop_map(|bit| 1u8 << bit), any::<u8>()];
    let stray = prop_oneof![
        8 => Just((0, 0)),
        1 => (session, Just(0)),
        1 => (Just(0), core),
    ];
    let step = (request(), skew, stray, damage());
    let step = step.prop_map(|(request, skew, stray, damage)| Step {
        request,
        skew,
        stray,
        damage,
    });
    prop::collection::vec(step, 1..25)
}

fn check(device: &'static str, session: &[Step]) -> Result<(), TestCaseError> {
    let mut pair = Pair::new(device);
    for step in session {
        pair.step(step)?;
    }
    pair.compare()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_sessions_are_answered_like_the_emulator(session in session()) {
        check("tiny", &session)?;
    }
}

#[test]
fn every_fault_of_the_link_is_found() {
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let sessions: Vec<_> = (0..20)
        .map(|_| session().new_tree(&mut runner).unwrap().current())
        .collect();
    let link = FAULTS
        .iter()
        .filter(|fault| fault.module.starts_with("top$link"));
    for session in &sessions {
        check("tiny", session).unwrap();
    }
    let mut found = 0;
    for fault in link {
        let count = sessions
            .iter()
            .filter(|session| check(fault.name, session).is_err())
            .count();
        println!(
            "{}: found by {count} of {} sessions",
            fault.name,
            sessions.len()
        );
        assert!(count > 0, "{} was not found", fault.name);
        found += 1;
    }
    assert_eq!(found, 3, "all faults of the link");
}
