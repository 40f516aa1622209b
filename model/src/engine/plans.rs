//! How each row is delivered fastest where the order makes no difference. That is found when a row is
//! delivered first, and forgotten when the host writes a row or a weight; it is no part of the state.

use super::delivery::Part;
use super::rows::{Row, Rows};
use super::synapses::{Page, Segment, Synapses, between};
use super::value::Value;

/// What a synapse adds to which neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Addend {
    target: u16,
    /// The weight, shifted.
    value: i16,
}

/// How a row is delivered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'w> {
    /// One synapse after the other.
    List(&'w [Addend]),
    /// Column by column, together with other rows.
    Columns(Part),
    /// As its pages have it.
    Pages,
}

/// How a row is delivered, as it is stored.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Where the list begins, or the number of the part.
    start: u32,
    /// The synapses of the list, or [`PART`], [`PAGES`] or [`UNKNOWN`].
    length: u16,
}

/// The `length` of a row that is one part.
const PART: u16 = u16::MAX - 2;
/// The `length` of a row that is delivered as its pages hold it.
const PAGES: u16 = u16::MAX - 1;
/// The `length` of a row that has not been delivered yet.
const UNKNOWN: u16 = u16::MAX;
/// One synapse of a list takes as long as so many side by side.
const WORTH: usize = 6;

/// What is known of a core's rows.
#[derive(Debug, Clone)]
pub(super) struct Plans {
    places: Vec<Place>,
    addends: Vec<Addend>,
    parts: Vec<Part>,
    /// Addends at most: as many as there are synapses, whatever rows share them.
    most: usize,
    /// Whether nothing is known of any row.
    unknown: bool,
}

impl Plans {
    pub(super) fn new(rows: usize, synapses: usize) -> Plans {
        let unknown = Place {
            start: 0,
            length: UNKNOWN,
        };
        Plans {
            places: vec![unknown; rows],
            addends: Vec::new(),
            parts: Vec::new(),
            most: synapses,
            unknown: true,
        }
    }

    /// Rows or weights have changed.
    #[inline]
    pub(super) fn forget(&mut self) {
        if !self.unknown {
            for place in &mut self.places {
                place.length = UNKNOWN;
            }
            self.addends.clear();
            self.parts.clear();
            self.unknown = true;
        }
    }

    /// Makes sure that something is known of a row.
    #[inline]
    pub(super) fn know(&mut self, index: u32, rows: &Rows, synapses: &Synapses) {
        if self.places[index as usize].length == UNKNOWN {
            self.find(index as usize, rows.get(index as usize), synapses);
        }
    }

    /// How to deliver a row of which that is known.
    #[inline]
    pub(super) fn of(&self, index: u32) -> Way<'_> {
        let Place { start, length } = self.places[index as usize];
        let start = start as usize;
        if length < PART {
            let list = self.addends.get(start..start + usize::from(length));
            list.map_or(Way::Pages, Way::List)
        } else if length == PART {
            self.parts
                .get(start)
                .copied()
                .map_or(Way::Pages, Way::Columns)
        } else {
            Way::Pages
        }
    }

    /// Has the processor fetch the lists of many rows at a time: while they are added up, one would
    /// wait for the other.
    pub(super) fn fetch(&self, rows: &[u32]) {
        let mut sum = 0i16;
        for &row in rows {
            if let Way::List([first, ..]) = self.of(row) {
                sum = sum.wrapping_add(first.value);
            }
        }
        std::hint::black_box(sum);
    }

    #[cold]
    fn find(&mut self, index: usize, row: &Row, synapses: &Synapses) {
        self.unknown = false;
        let start = self.addends.len();
        // One that is switched off adds nothing.
        let length = if row.enabled {
            self.append(row, synapses)
        } else {
            Some(0)
        };
        // Lossless: rows and synapses are numbered in 32 bits.
        self.places[index] = if let Some(length) = length {
            let start = start as u32;
            Place { start, length }
        } else {
            self.addends.truncate(start);
            let mut segments = synapses.segments(row);
            let start = self.parts.len() as u32;
            let first = segments.next();
            let part = first.and_then(|it| Part::of(&it, row.exponent, synapses));
            if let (Some(part), None) = (part, segments.next()) {
                self.parts.push(part);
                let length = PART;
                Place { start, length }
            } else {
                let length = PAGES;
                Place { start, length }
            }
        };
    }

    /// Appends the synapses of a row, and tells how many; nothing, having appended any, if it is faster
    /// as it is.
    fn append(&mut self, row: &Row, synapses: &Synapses) -> Option<u16> {
        // Its weights may change in every tick.
        if row.plastic {
            return None;
        }
        let start = self.addends.len();
        let all = row.length as usize;
        let most = start + 1 + all / WORTH;
        for segment in synapses.segments(row) {
            let (page, from) = segment.place();
            let to = from + segment.length;
            match synapses.page(page) {
                Page::Same(_) => {}
                Page::Sparse(list) => {
                    for entry in &list[between(list, from, to)] {
                        self.push(&segment, entry.at.into(), entry.weight, row.exponent)?;
                    }
                }
                Page::Dense(dense) => {
                    let weights = &dense.weights[from..to];
                    let there = weights.iter().filter(|&&weight| weight != 0).count();
                    if self.addends.len() + there > most {
                        return None;
                    }
                    for (at, &weight) in (from..).zip(weights) {
                        self.push(&segment, at, weight, row.exponent)?;
                    }
                }
            }
        }
        let length = u16::try_from(self.addends.len() - start).ok()?;
        (length < PART && self.addends.len() <= self.most).then_some(length)
    }

    /// Appends a synapse of that place in its page, if it adds anything.
    fn push(&mut self, segment: &Segment, at: usize, weight: i8, exponent: u8) -> Option<()> {
        if weight != 0 {
            let (_, from) = segment.place();
            self.addends.push(Addend {
                target: u16::try_from(segment.target + at - from).ok()?,
                value: i16::from(weight) << exponent,
            });
        }
        Some(())
    }
}

/// Adds a list. No sum may leave the range.
#[inline]
pub(super) fn add<V: Value>(list: &[Addend], currents: &mut [V]) {
    for &Addend { target, value } in list {
        if let Some(current) = currents.get_mut(usize::from(target)) {
            *current = current.add_shifted(value, 0);
        }
    }
}
