//! The inputs of a session other than bytes, and its output events.

use spec::wire::{NakCode, Request, Response, WireError};

use super::identity::DeviceInfo;
use crate::error::DriverError;
use spec::events::{Injection, Spike};

/// Identifies the request of an answer: numbered from 0 in the order in which a session accepted
/// the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub(super) u64);

/// An input event for the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A spike of an input.
    Spike(Spike),
    /// A value that is added to the current of a neuron.
    Injection(Injection),
}

impl Input {
    /// The tick of the event, counted from the beginning of the run.
    #[must_use]
    pub const fn tick(&self) -> u32 {
        match self {
            Input::Spike(spike) => spike.tick,
            Input::Injection(injection) => injection.tick,
        }
    }
}

/// The quantity that a probe records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Potentials after the tick.
    Potentials,
    /// Currents as integrated by the tick.
    Currents,
}

/// An irregularity that does not end the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// An input came after its tick had been released: it is delivered in tick `given`, counted
    /// from the beginning of the run.
    Late {
        /// The input.
        input: Input,
        /// The tick in which it is delivered.
        given: u32,
    },
    /// A tick waits until words from the core are taken: it produces spikes faster than the line or
    /// the caller of `poll_event` takes them. Reported once each time a wait begins.
    Stalled {
        /// Tick number of the device.
        tick: u32,
    },
}

/// An output of a session, in the order of occurrence.
#[derive(Debug)]
pub enum Event {
    /// The device has answered the greeting, and requests can be sent.
    Greeted(DeviceInfo),
    /// A request has been carried out or refused.
    Answered {
        /// The request's id.
        id: RequestId,
        /// The request.
        request: Request,
        /// The response, or the reason for the refusal.
        result: Result<Response, NakCode>,
    },
    /// A spike of a neuron. Ticks count from the beginning of the run; spikes are ordered by tick
    /// and neuron.
    Spike(Spike),
    /// The probed values of one tick, one value per neuron. Rows come in the order of ticks,
    /// starting at 0, without gaps.
    Row {
        /// The quantity.
        quantity: Quantity,
        /// The tick, counted from the beginning of the run.
        tick: u32,
        /// One value per probed neuron.
        values: Vec<i32>,
    },
    /// The number of ticks that have been run since the run began. Their events may still be under
    /// way.
    Ticked(u32),
    /// The core has run everything it was given, and all its words have been reported before this
    /// event. The session asks for nothing more until there is more input.
    Rest {
        /// Tick number of the device.
        tick: u32,
    },
    /// An irregularity that does not end the run.
    Warning(Warning),
    /// The run has failed: its words are invalid, or the core makes no progress. Its input and all
    /// further words from the core are dropped. Requests can still be sent.
    Failed(DriverError),
    /// The session is over. This is its last event.
    Closed(DriverError),
}

/// Why a session refuses a request.
#[derive(Debug)]
pub enum NotTaken {
    /// There is no room now: transmit, receive and poll, and try again.
    Later(Request),
    /// It is not a READ, WRITE or FILL: only the session itself sends greetings and streams.
    Reserved,
    /// It does not fit into a frame.
    TooLong(WireError),
    /// The session is over, or no device has answered the greeting yet.
    NotOpen,
}

/// Why a session refuses an input.
#[derive(Debug)]
pub enum NotSent {
    /// There is no room now: transmit, receive and poll, and try again; or release ticks.
    Full,
    /// The input is outside the range of the core.
    OutOfRange(DriverError),
    /// No run has begun.
    NoRun,
}
