//! Tests of boards whose PLL locks late or loses its lock: the device is silent and turns a light
//! on until the lock, and then works. Without a lock for a long time, it starts nevertheless and
//! reports the missing lock. The bench is `xtask/src/equivalence/models/bench_lock.v`.

use model::emulator::Emulator;
use sim::{Model, PowerUp, UartDut};
use spec::CoreConfig;
use spec::config::PROTOCOL_VERSION;
use spec::regions::Region;
use spec::regs;
use spec::wire::{Deframer, Request, Response, Tag};

const NAME: &str = "bench_lock";

/// The cycles in which the PLLs lock, lose their lock, lock again, and lose it permanently.
const LOCKS: u64 = 100_000;
const LOSES: u64 = 200_000;
const LOCKS_AGAIN: u64 = 300_000;
const LOSES_FOR_GOOD: u64 = 500_000;

/// Number of cycles that a device waits for the lock.
const WAITS: u64 = 1 << 22;

/// Cycles after the lock by which a device has started: its reset takes 256.
const START: u64 = 2_000;

/// Maximum number of cycles until an answer is complete.
const PATIENCE: u64 = 50_000;

/// Lights of errors: boards without a fault sent something, were dark or showed trouble when they
/// must not, or differed from each other.
const WRONG: u8 = 0x0f;

/// The blinking light of all boards is on.
const ALIVE: u8 = 1 << 4;

/// All planted faults were detected.
const FOUND: u8 = 0xe0;

/// The boards, and the line that the host reads.
struct Boards(UartDut);

impl Boards {
    /// Runs the boards until this cycle.
    fn run_to(&mut self, cycle: u64) {
        self.0.run(cycle - self.0.cycles());
    }

    /// The answer of all boards to a request, and the answer of a device that has just been reset.
    fn ask(&mut self, config: &'static CoreConfig) -> (Vec<u8>, Vec<u8>) {
        let question = Request::Read {
            region: Region::Registers.number(),
            index: 0,
            count: 1,
        };
        let question = question.frame(Tag::default()).encode().unwrap();
        let expected = Emulator::new(config).receive(&question);
        self.0.send(&question);
        self.0.run(PATIENCE);
        (self.0.take_received(), expected)
    }

    /// Sends a greeting and reads the STATUS register of all boards.
    fn status(&mut self) -> u32 {
        let requests = [
            Request::Hello {
                protocol: PROTOCOL_VERSION,
            },
            Request::Read {
                region: Region::Registers.number(),
                index: regs::STATUS,
                count: 1,
            },
        ];
        for (sequence, request) in (0..).zip(requests) {
            let frame = request.frame(Tag::new(1, sequence));
            self.0.send(&frame.encode().unwrap());
            self.0.run(PATIENCE);
        }
        let mut deframer = Deframer::new();
        let heard = self.0.take_received();
        let answers = heard.into_iter().filter_map(|byte| deframer.push(byte));
        let last = Response::decode(&answers.last().unwrap().unwrap()).unwrap();
        match last {
            Response::Read(data) => u32::from_le_bytes(data.try_into().unwrap()),
            other => panic!("{other:?}"),
        }
    }

    fn check_silent(&mut self, config: &'static CoreConfig, when: &str) {
        let (heard, _) = self.ask(config);
        assert!(heard.is_empty(), "{when} boards answer {heard:02x?}");
        let lights = self.0.outputs().led;
        assert_eq!(lights & (WRONG | ALIVE), ALIVE, "{when}: {lights:#010b}");
    }

    fn check_works(&mut self, config: &'static CoreConfig, when: &str) {
        let (heard, expected) = self.ask(config);
        assert_eq!(heard, expected, "{when}");
        let lights = self.0.outputs().led;
        assert_eq!(lights & WRONG, 0, "{when}: {lights:#010b}");
    }
}

#[test]
fn without_lock_a_board_says_nothing_and_has_a_light_on() {
    let config = CoreConfig::tiny();
    let bench = Model { name: NAME, config };
    let mut boards = Boards(UartDut::new(bench, &PowerUp::default()).unwrap());
    boards.check_silent(config, "before the PLL has locked");
    boards.run_to(LOCKS + START);
    boards.check_works(config, "after a late lock");
    boards.run_to(LOSES + START);
    boards.check_silent(config, "without the lock");
    boards.run_to(LOCKS_AGAIN + START);
    boards.check_works(config, "with the lock again");
    assert_eq!(regs::STATUS_UNLOCKED.get(boards.status()), 0);
    boards.run_to(LOSES_FOR_GOOD + WAITS - PATIENCE - START);
    boards.check_silent(config, "as long as boards wait for the lock");
    boards.run_to(LOSES_FOR_GOOD + WAITS + START);
    boards.check_works(config, "without the lock for long");
    assert_eq!(regs::STATUS_UNLOCKED.get(boards.status()), 1);
    let lights = boards.0.outputs().led;
    assert_eq!(
        lights & FOUND,
        FOUND,
        "a planted fault is not found: {lights:#010b}"
    );
}
