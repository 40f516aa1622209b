//! Tests that the events do not depend on how the bytes are split or delayed.

use std::collections::VecDeque;
use std::time::Duration;

use model::emulator::Emulator;
use proptest::prelude::*;
use spec::CoreConfig;

use crate::script::User;

/// A piece of the bytes on the line: its length in bytes, and its delay in microseconds.
type Cut = (usize, u64);

/// A line that splits its bytes into pieces with arbitrary delays.
struct Wire {
    cuts: Vec<Cut>,
    at: usize,
    to_device: VecDeque<u8>,
    to_host: VecDeque<u8>,
}

impl Wire {
    fn cut(&mut self) -> Cut {
        let cut = self.cuts[self.at % self.cuts.len()];
        self.at += 1;
        cut
    }
}

fn piece(bytes: &mut VecDeque<u8>, most: usize) -> Vec<u8> {
    let count = bytes.len().min(most);
    bytes.drain(..count).collect()
}

/// What a user receives over a line with these pieces, and the time at the end.
pub(crate) fn heard(cuts: &[Cut]) -> (Vec<String>, Duration) {
    let mut device = Emulator::new(CoreConfig::tiny());
    let mut user = User::new(0);
    let mut wire = Wire {
        cuts: cuts.to_vec(),
        at: 0,
        to_device: VecDeque::new(),
        to_host: VecDeque::new(),
    };
    let mut now = Duration::ZERO;
    while !user.is_done() {
        assert!(now < Duration::from_secs(36_000), "{:?}", user.session);
        wire.to_device.extend(user.turn(now));
        let (most, late) = wire.cut();
        let arriving = piece(&mut wire.to_device, most);
        wire.to_host.extend(device.receive(&arriving));
        now += Duration::from_micros(late);
        let (most, late) = wire.cut();
        now += Duration::from_micros(late);
        let arriving = piece(&mut wire.to_host, most);
        user.session.receive(&arriving, now);
        user.session.timeout(now);
    }
    (user.heard, now)
}

#[test]
fn a_session_over_a_quick_line_ends_well() {
    let (heard, _) = heard(&[(1 << 20, 0)]);
    let count = |kind: &str| heard.iter().filter(|it| it.starts_with(kind)).count();
    assert_eq!(count("Greeted"), 1, "{heard:#?}");
    assert_eq!(count("Row"), 60);
    assert!(count("Spike") > 300, "{}", count("Spike"));
    assert_eq!(count("Rest"), 1);
    assert_eq!(count("Closed") + count("Failed"), 0, "{heard:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_cut_and_any_delay_give_the_same_events(
        cuts in prop::collection::vec((1..300usize, 0..250u64), 1..40),
    ) {
        prop_assert_eq!(heard(&cuts).0, heard(&[(1 << 20, 0)]).0);
    }

    // Some delays exceed the time limit of an answer: requests are then repeated and answered
    // twice.
    #[test]
    fn answers_that_come_too_late_change_nothing(
        cuts in prop::collection::vec(
            (600..3000usize, prop_oneof![4 => 0..20_000u64, 1 => 500_000..700_000u64]),
            4..40,
        ),
    ) {
        prop_assert_eq!(heard(&cuts).0, heard(&[(1 << 20, 0)]).0);
    }
}
