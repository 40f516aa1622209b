//! A scripted user of a session: its requests, their order, and the events it receives.

use std::time::Duration;

use driver::Probe;
use driver::session::{Begin, Event, Input, LinkOptions, NotTaken, Session};
use spec::CoreConfig;
use spec::events::{Injection, Spike};
use spec::regions::Region;
use spec::regs;
use spec::wire::Request;
use spec::words::Row;

/// Ticks of the run.
pub(crate) const TICKS: u32 = 60;

/// A user who loads a small network, runs it, and reads the result.
#[derive(Debug)]
pub(crate) struct User {
    pub(crate) session: Session,
    requests: Vec<Request>,
    number: u32,
    open: usize,
    inputs: Vec<Input>,
    stage: Stage,
    /// All events received, as text.
    pub(crate) heard: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Greeting,
    Loading,
    Running,
    Reading,
    Done,
}

/// The options of session `number`.
pub(crate) fn options(number: u16) -> LinkOptions {
    LinkOptions {
        session: 0x1000 + number,
        first_sequence: 240,
        ..LinkOptions::board()
    }
}

fn write(region: Region, index: u32, values: &[u32]) -> impl Iterator<Item = Request> {
    let bytes = region.layout(CoreConfig::tiny()).bytes();
    (index..)
        .step_by(40)
        .zip(values.chunks(40))
        .map(move |(index, values)| Request::Write {
            region: region.number(),
            index,
            count: values.len() as u8,
            data: values
                .iter()
                .flat_map(|value| value.to_le_bytes().into_iter().take(bytes))
                .collect(),
        })
}

fn load(number: u32) -> Vec<Request> {
    let config = CoreConfig::tiny();
    let weights: Vec<u32> = (0..300).map(|at| (at + number) % 127 + 1).collect();
    let links: Vec<u32> = (0..16)
        .map(|at| {
            let row = Row {
                enabled: true,
                last_offset: at % 3,
                ..Row::default()
            };
            row.link(config)
        })
        .collect();
    let fill = |region: Region, value: u32| Request::Fill {
        region: region.number(),
        index: 0,
        count: 16,
        data: value.to_le_bytes()[..region.layout(config).bytes()].to_vec(),
    };
    // The run reports the potentials of neurons 3 and 4.
    let probe = regs::PROBE_FIRST.put(3) | regs::PROBE_COUNT.put(2) | regs::PROBE_V.put(1);
    write(Region::Synapses, 0, &weights)
        .chain(write(Region::RowLink, 0, &links))
        .chain([fill(Region::Threshold, 40)])
        .chain([fill(Region::Dynamics, 1 << 29 | 4096 << 13 | 4000)])
        .chain(write(Region::Registers, regs::PROBE, &[probe]))
        .collect()
}

fn inputs(number: u32) -> Vec<Input> {
    let spike = |at: u32| {
        Input::Spike(Spike {
            tick: at / 6,
            id: (at * 7 + number) % 16,
        })
    };
    let injection = |tick: u32| {
        Input::Injection(Injection {
            tick,
            id: 9,
            value: 77,
        })
    };
    let mut inputs: Vec<Input> = (0..TICKS * 6).map(spike).collect();
    inputs.extend([3, 8, 30].map(injection));
    inputs.sort_by_key(Input::tick);
    inputs.reverse();
    inputs
}

impl User {
    /// User `number`; each has different weights and inputs.
    pub(crate) fn new(number: u16) -> User {
        User {
            session: Session::new("the wire", options(number)),
            requests: Vec::new(),
            number: number.into(),
            open: 0,
            inputs: inputs(number.into()),
            stage: Stage::Greeting,
            heard: Vec::new(),
        }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.stage == Stage::Done || self.session.is_over()
    }

    /// Takes the events, sends the next requests, and returns the bytes to transmit.
    pub(crate) fn turn(&mut self, now: Duration) -> Vec<u8> {
        let mut out = Vec::new();
        loop {
            while let Some(event) = self.session.poll_event() {
                self.hear(&event);
            }
            self.ask();
            match self.session.transmit(now) {
                Some(bytes) => out.extend(bytes),
                None => return out,
            }
        }
    }

    fn hear(&mut self, event: &Event) {
        self.heard.push(format!("{event:?}"));
        match event {
            Event::Greeted(_) => {
                self.stage = Stage::Loading;
                self.requests = load(self.number);
                self.requests.reverse();
            }
            Event::Answered { .. } => self.open -= 1,
            Event::Rest { .. } => {
                self.stage = Stage::Reading;
                self.requests = (0..512)
                    .step_by(100)
                    .map(|index| Request::Read {
                        region: Region::Synapses.number(),
                        index,
                        count: 100.min(512 - index) as u8,
                    })
                    .chain([Request::Read {
                        region: Region::SpikeCount.number(),
                        index: 0,
                        count: 16,
                    }])
                    .collect();
            }
            _ => {}
        }
    }

    fn ask(&mut self) {
        while let Some(request) = self.requests.pop() {
            match self.session.request(request) {
                Ok(_) => self.open += 1,
                Err(NotTaken::Later(request)) => {
                    self.requests.push(request);
                    return;
                }
                Err(refusal) => unreachable!("{refusal:?}"),
            }
        }
        if self.open > 0 {
            return;
        }
        match self.stage {
            Stage::Loading => {
                self.stage = Stage::Running;
                self.session.begin(Begin {
                    start: 0,
                    reset: true,
                    probe: Probe {
                        first: 3,
                        count: 2,
                        potentials: true,
                        currents: false,
                    },
                });
                self.feed();
            }
            Stage::Running => self.feed(),
            Stage::Reading => self.stage = Stage::Done,
            Stage::Greeting | Stage::Done => {}
        }
    }

    fn feed(&mut self) {
        while self.session.room() > 0
            && let Some(input) = self.inputs.pop()
        {
            self.session.send(input).unwrap();
        }
        let complete = self.inputs.last().map_or(TICKS, Input::tick);
        self.session.release(complete);
    }
}
