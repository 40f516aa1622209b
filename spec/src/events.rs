//! The events that a core reports for a tick, as typed values.
//!
//! A model hands each event to a [`Sink`] as it occurs. Within a tick, probe values and spikes come
//! in blocks of neurons, each kind in ascending order of neuron numbers; [`Event::TickEnd`] is the
//! last. [`WordEncoder`](crate::stream::WordEncoder) converts events to words of the stream to the
//! host.
//!
//! ```
//! use spec::events::{Event, Sink};
//!
//! let mut counts = [0u32; 16];
//! let mut sink = |event: Event| {
//!     if let Event::Spike { neuron, .. } = event {
//!         counts[neuron as usize] += 1;
//!     }
//! };
//! sink.event(Event::Spike { tick: 0, neuron: 3, reported: true });
//! sink.event(Event::TickEnd { tick: 0 });
//! assert_eq!(counts[3], 1);
//! ```

/// An event of a tick. Ticks are numbered modulo 2^32, neurons from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A neuron fired.
    Spike {
        /// The tick in which it fired.
        tick: u32,
        /// Which neuron.
        neuron: u32,
        /// Whether the core sends the spike to the host: reporting is enabled for both the neuron
        /// and the core.
        reported: bool,
    },
    /// The values of a probed neuron.
    Probe {
        /// The tick.
        tick: u32,
        /// Which neuron.
        neuron: u32,
        /// The potential after the tick, in units of the state, if potentials are probed.
        v: Option<i32>,
        /// The current that the tick integrated, in units of the state, if currents are probed.
        i: Option<i32>,
    },
    /// The end of the tick: the last event of a tick.
    TickEnd {
        /// The tick.
        tick: u32,
    },
}

/// A receiver of the events of a model.
///
/// A closure is a sink. A vector is a sink that keeps all events; `()` is a sink that drops them.
pub trait Sink {
    /// Takes the next event.
    fn event(&mut self, event: Event);
}

impl<F: FnMut(Event)> Sink for F {
    #[inline]
    fn event(&mut self, event: Event) {
        self(event);
    }
}

impl Sink for Vec<Event> {
    #[inline]
    fn event(&mut self, event: Event) {
        self.push(event);
    }
}

impl Sink for () {
    #[inline]
    fn event(&mut self, _: Event) {}
}

/// The neurons that fire, in order, without the numbers of their ticks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fired(pub Vec<u32>);

impl Sink for Fired {
    #[inline]
    fn event(&mut self, event: Event) {
        if let Event::Spike { neuron, .. } = event {
            self.0.push(neuron);
        }
    }
}

/// A spike of an input (into the core) or of a neuron (out of the core).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spike {
    /// Tick, counted from the beginning of the run.
    pub tick: u32,
    /// Number of the input or neuron.
    pub id: u32,
}

/// A value that is added to the current of a neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Injection {
    /// The tick that first integrates the value, counted from the beginning of the run.
    pub tick: u32,
    /// Number of the neuron.
    pub id: u32,
    /// The value, in units of the state.
    pub value: i32,
}

/// One value per neuron and tick, for a range of neurons.
///
/// # Shape
/// `[tick][neuron]`, row-major.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// First neuron.
    pub first: usize,
    /// Number of neurons.
    pub neurons: usize,
    /// The values, in units of the state.
    pub values: Vec<i32>,
}

impl Trace {
    /// Zeros for `ticks` ticks of `neurons` neurons, of which `first` is the first.
    #[must_use]
    pub fn new(ticks: usize, first: usize, neurons: usize) -> Trace {
        Trace {
            first,
            neurons,
            values: vec![0; ticks * neurons],
        }
    }

    /// Number of ticks.
    #[must_use]
    pub fn ticks(&self) -> usize {
        self.rows().count()
    }

    /// The values of each tick, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[i32]> {
        self.values.chunks(self.neurons.max(1))
    }
}
