//! How each row is delivered fastest where the order makes no difference. That is found when a row is
//! delivered first, and forgotten when the host writes a row or a weight; it is no part of the state.

use super::cost::TickWork;
use super::delivery::{Adder, Part};
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
pub(super) enum Way {
    /// It has one synapse that adds anything.
    One { target: usize, value: i16 },
    /// One synapse after the other.
    List { start: usize, length: usize },
    /// Column by column, together with other rows: a part of that number.
    Columns(usize),
    /// As its pages have it.
    Pages,
}

/// How a row is delivered, as it is stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Words of the row, or 0 if it is disabled.
    words: u32,
    /// The target of the only synapse, the start of the list, or the number of the part.
    start: u32,
    /// The synapses of the list, or [`PART`], [`PAGES`] or [`UNKNOWN`].
    length: u16,
    /// What the only synapse adds.
    value: i16,
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
    plans: Vec<Plan>,
    addends: Vec<Addend>,
    parts: Vec<Part>,
    /// Addends at most: as many as there are synapses, whatever rows share them.
    most: usize,
    /// Whether nothing is known of any row.
    unknown: bool,
}

impl Plan {
    #[inline]
    pub(super) const fn is_enabled(self) -> bool {
        self.words > 0
    }

    /// Words of an enabled row.
    #[inline]
    pub(super) const fn words(self) -> u32 {
        self.words
    }

    #[inline]
    pub(super) const fn way(self) -> Way {
        let start = self.start as usize;
        match self.length {
            1 => Way::One {
                target: start,
                value: self.value,
            },
            PART => Way::Columns(start),
            PAGES | UNKNOWN => Way::Pages,
            length => Way::List {
                start,
                length: length as usize,
            },
        }
    }
}

impl Plans {
    pub(super) fn new(rows: usize, synapses: usize) -> Plans {
        let unknown = Plan {
            words: 0,
            start: 0,
            length: UNKNOWN,
            value: 0,
        };
        Plans {
            plans: vec![unknown; rows],
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
            for plan in &mut self.plans {
                plan.length = UNKNOWN;
            }
            self.addends.clear();
            self.parts.clear();
            self.unknown = true;
        }
    }

    /// Makes sure that it is known how to deliver a row.
    #[inline]
    pub(super) fn know(&mut self, index: u32, rows: &Rows, synapses: &Synapses) {
        if self.plans[index as usize].length == UNKNOWN {
            self.find(index as usize, rows.get(index as usize), synapses);
        }
    }

    /// How to deliver a row of which that is known.
    #[inline]
    pub(super) fn of(&self, index: u32) -> Plan {
        self.plans[index as usize]
    }

    #[inline]
    pub(super) fn list(&self, start: usize, length: usize) -> &[Addend] {
        self.addends.get(start..start + length).unwrap_or_default()
    }

    #[inline]
    pub(super) fn part(&self, number: usize) -> Part {
        self.parts[number]
    }

    /// Has the processor fetch the lists of many rows at a time: while they are added up, one would
    /// wait for the other.
    pub(super) fn fetch(&self, rows: &[u32]) {
        let mut sum = 0i16;
        for &row in rows {
            if let Way::List { start, length } = self.of(row).way()
                && let [first, ..] = self.list(start, length)
            {
                sum = sum.wrapping_add(first.value);
            }
        }
        std::hint::black_box(sum);
    }

    #[cold]
    fn find(&mut self, index: usize, row: &Row, synapses: &Synapses) {
        self.unknown = false;
        let from = self.addends.len();
        let list = if row.enabled {
            self.append(row, synapses)
        } else {
            Some(0)
        };
        let (start, length, value) = match list {
            Some(1) => {
                let Addend { target, value } = self.addends[from];
                self.addends.truncate(from);
                (target.into(), 1, value)
            }
            // Lossless: rows and synapses are numbered in 32 bits.
            Some(length) => (from as u32, length, 0),
            None => {
                self.addends.truncate(from);
                let mut segments = synapses.segments(row);
                let first = segments.next();
                let part = first.and_then(|it| Part::of(&it, row.exponent, synapses));
                if let (Some(part), None) = (part, segments.next()) {
                    self.parts.push(part);
                    (self.parts.len() as u32 - 1, PART, 0)
                } else {
                    (0, PAGES, 0)
                }
            }
        };
        self.plans[index] = Plan {
            words: if row.enabled { row.words } else { 0 },
            start,
            length,
            value,
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

/// Adds rows until one comes that is neither of one synapse nor of columns, or not known; returns the
/// rows from that one on. No sum may leave the range.
#[inline(never)]
pub(super) fn add_simple<'d, V: Value>(
    due: &'d [u32],
    plans: &Plans,
    currents: &mut [V],
    adder: &mut Adder,
    work: &mut TickWork,
) -> &'d [u32] {
    let (parts, plans) = (&plans.parts[..], &plans.plans[..]);
    let mut done = *work;
    let mut left = due.iter();
    while let [index, ..] = left.as_slice() {
        let plan = plans[*index as usize];
        match plan.way() {
            Way::One { target, value } => {
                if let Some(current) = currents.get_mut(target) {
                    *current = current.add_shifted(value, 0);
                }
            }
            Way::Columns(number) => adder.add_part(parts[number]),
            Way::List { .. } | Way::Pages => break,
        }
        done.add_row(plan.words());
        left.next();
    }
    *work = done;
    left.as_slice()
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
