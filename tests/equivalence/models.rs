//! Tests of the cell models with which the netlists are simulated. Each model is in a bench beside
//! a behavioural description of the cell; the bench generates random traffic and compares every
//! cycle.

use sim::{Model, PowerUp, TopDut};
use spec::CoreConfig;

/// Number of cycles of a bench.
const CYCLES: u64 = 1_000_000;

/// The light of a difference.
const WRONG: u8 = 1 << 7;

/// A bench and the lights that it must show.
pub(crate) struct Bench {
    pub(crate) name: &'static str,
    /// Lights of the cases: each is on once its case has occurred.
    cases: u8,
    /// Lights of the planted faults: each is on once its fault was detected.
    found: u8,
}

impl Bench {
    pub(crate) const ALL: [Bench; 3] = [
        Bench {
            name: "bench_spram",
            cases: 0x3f,
            found: WRONG,
        },
        Bench {
            name: "bench_mac16",
            cases: 0x0f,
            found: WRONG,
        },
        Bench {
            name: "bench_ecp5",
            cases: 0x07,
            found: WRONG | 0x60,
        },
    ];

    pub(crate) fn check(&self) {
        let sound = self.lights(true);
        assert_eq!(
            sound, self.cases,
            "{}: {sound:#010b}: the highest is a difference, the lowest are cases that came",
            self.name
        );
        let faulty = self.lights(false);
        assert_eq!(
            faulty & self.found,
            self.found,
            "{}: a planted fault is not found: {faulty:#010b}",
            self.name
        );
        println!(
            "{}: equal in {CYCLES} cycles; planted faults found",
            self.name
        );
    }

    /// The lights at the end of a bench, without faults (`sound`) or with them.
    fn lights(&self, sound: bool) -> u8 {
        let model = Model {
            name: self.name,
            config: CoreConfig::tiny(),
        };
        let mut bench = TopDut::new(model, &PowerUp::default()).unwrap();
        let mut left = CYCLES;
        while left > 0 {
            left -= bench.run(sound, left);
        }
        bench.outputs().led
    }
}
