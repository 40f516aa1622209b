//! Drives a session without a port and without waiting: bytes and time go in, bytes and events come
//! out.
//!
//! `cargo run -p synfire-driver --example session`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::time::Duration;

use driver::session::{Begin, Event, Input, LinkOptions, Session};
use model::emulator::Emulator;
use spec::CoreConfig;
use spec::events::Injection;
use spec::regions::Region;
use spec::wire::Request;

/// Ticks to run.
const TICKS: u32 = 5;

fn main() {
    let mut device = Emulator::new(CoreConfig::tiny());
    let mut session = Session::new("the model", LinkOptions::board());
    let mut now = Duration::ZERO;
    loop {
        // These bytes may be carried by anything: a socket, a port, another program.
        while let Some(bytes) = session.transmit(now) {
            let answer = device.receive(&bytes);
            now += Duration::from_millis(1);
            session.receive(&answer, now);
        }
        let Some(event) = session.poll_event() else {
            // Nothing to send and no event: the session is idle.
            break;
        };
        println!("{event:?}");
        match event {
            Event::Greeted(_) => {
                // Every neuron fires above 50.
                let bytes = Region::Threshold.layout(CoreConfig::tiny()).bytes();
                let asked = session.request(Request::Fill {
                    region: Region::Threshold.number(),
                    index: 0,
                    count: 16,
                    data: 50u32.to_le_bytes()[..bytes].to_vec(),
                });
                println!("asked: {asked:?}");
            }
            Event::Answered { .. } => {
                session.begin(Begin::default());
                let input = Input::Injection(Injection {
                    tick: 2,
                    id: 9,
                    value: 77,
                });
                println!("sent: {:?}", session.send(input));
                session.release(TICKS);
            }
            Event::Closed(_) => break,
            _ => {}
        }
    }
}
