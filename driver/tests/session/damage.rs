//! Property tests with arbitrary bytes, calls and times: a session neither panics nor grows, and
//! the same inputs give the same outputs.

use std::time::Duration;

use driver::session::{ANSWERS_MAX, Begin, EVENTS_MAX, INPUTS_MAX, Input, Session};
use model::emulator::Emulator;
use proptest::prelude::*;
use spec::CoreConfig;
use spec::events::Spike;
use spec::wire::Request;

use crate::script::options;

/// One step of a session.
#[derive(Debug, Clone)]
enum Step {
    /// Sends the session's bytes to the device and returns the answers; of this number of bytes one
    /// is damaged, and none if it is 0.
    Exchange(usize),
    /// These bytes arrive, which nobody sent.
    Noise(Vec<u8>),
    /// This number of milliseconds passes.
    Wait(u64),
    Read(u8, u32, u8),
    Peek,
    Begin,
    Send(u32, u32),
    Release(u32),
    Settle,
    DropRun,
    Poll,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..400usize).prop_map(Step::Exchange),
        1 => prop::collection::vec(any::<u8>(), 0..60).prop_map(Step::Noise),
        2 => (0..900u64).prop_map(Step::Wait),
        2 => (0..20u8, 0..70u32, any::<u8>()).prop_map(|(r, i, c)| Step::Read(r, i, c)),
        1 => Just(Step::Peek),
        2 => Just(Step::Begin),
        3 => (0..50u32, 0..20u32).prop_map(|(tick, id)| Step::Send(tick, id)),
        2 => (0..20_000u32).prop_map(Step::Release),
        1 => Just(Step::Settle),
        1 => Just(Step::DropRun),
        2 => Just(Step::Poll),
    ]
}

/// All outputs: bytes, events and deadlines.
fn outcome(steps: &[Step]) -> Vec<String> {
    let mut device = Emulator::new(CoreConfig::tiny());
    let mut session = Session::new("the wire", options(0));
    let mut now = Duration::ZERO;
    let mut said = Vec::new();
    for step in steps {
        match step {
            Step::Exchange(spoils) => {
                while let Some(bytes) = session.transmit(now) {
                    said.push(format!("{bytes:02x?}"));
                    let mut answer = device.receive(&bytes);
                    if *spoils > 0 {
                        answer.iter_mut().step_by(*spoils).for_each(|it| *it ^= 1);
                    }
                    session.receive(&answer, now);
                    if session.deadline().is_some() {
                        break;
                    }
                }
            }
            Step::Noise(bytes) => session.receive(bytes, now),
            Step::Wait(time) => {
                now += Duration::from_millis(*time);
                session.timeout(now);
            }
            Step::Read(region, index, count) => {
                let request = Request::Read {
                    region: *region,
                    index: *index,
                    count: *count,
                };
                let _ = session.request(request);
            }
            Step::Peek => {
                let _ = session.peek();
            }
            Step::Begin => session.begin(Begin::default()),
            Step::Send(tick, id) => {
                let spike = Spike {
                    tick: *tick,
                    id: *id,
                };
                for _ in 0..100 {
                    let _ = session.send(Input::Spike(spike));
                }
            }
            Step::Release(until) => session.release(*until),
            Step::Settle => session.settle(),
            Step::DropRun => session.drop_run(),
            Step::Poll => {
                let mut polled = 0;
                while let Some(event) = session.poll_event() {
                    said.push(format!("{event:?}"));
                    polled += 1;
                }
                assert!(polled <= ANSWERS_MAX + EVENTS_MAX + INPUTS_MAX);
            }
        }
        said.push(format!("{:?}", session.deadline()));
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_session_is_a_function_of_what_it_is_given(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        prop_assert_eq!(outcome(&steps), outcome(&steps));
    }
}
