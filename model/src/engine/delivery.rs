//! Step 1 of a tick: what the rows that are due add to the currents.
//!
//! Where a bound says that no sum can be clamped, the order of the rows does not matter. Then the
//! sums of [`COLUMN`] neurons stay in registers of the processor while all rows go by, rows of one
//! exponent together: up to [`TOGETHER`] weights fit into 16 bits before they are shifted. Else one
//! row follows the other, and each addition is clamped and counted as the page says.

use spec::fixed::contribution;

use super::rows::Row;
use super::synapses::{Dense, Entry, PAGE, Page, Segment, Synapses, between};
use super::value::Value;
use super::vectors::{self, Loop};

/// Neurons whose sums are in registers at the same time: eight vectors of 16 bytes.
const COLUMN: usize = 64;

/// Parts whose columns are added up together; 16 bits hold the sum of 258 weights.
const TOGETHER: usize = 16;

/// A segment of whole columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    page: u32,
    /// First column.
    column: u32,
    /// Place in the page of the first weight.
    at: u16,
    /// Columns: a page has 64 at most.
    columns: u8,
    exponent: u8,
}

impl Part {
    /// Those of a segment that is nothing else, in a page that has them side by side. Such a page stays
    /// so until the host writes.
    pub(super) fn of(segment: &Segment, exponent: u8, synapses: &Synapses) -> Option<Part> {
        let (page, at) = segment.place();
        let whole = segment.target.is_multiple_of(COLUMN) && segment.length.is_multiple_of(COLUMN);
        let dense = matches!(synapses.page(page), Page::Dense(_));
        (whole && dense && is_long(segment.length, synapses.targets())).then(|| {
            let column = segment.target / COLUMN;
            Part::new((page, at), column, segment.length / COLUMN, exponent)
        })
    }

    /// Columns whose weights begin at a place of a page.
    fn new((page, at): (usize, usize), column: usize, columns: usize, exponent: u8) -> Part {
        // Lossless: a core has fewer than 2^32 synapses and neurons, and a page 4,096 elements.
        Part {
            page: page as u32,
            column: column as u32,
            at: at as u16,
            columns: columns as u8,
            exponent,
        }
    }

    /// Its weights, column by column.
    fn weights<'s>(&self, synapses: &'s Synapses) -> &'s [[i8; COLUMN]] {
        let Page::Dense(dense) = synapses.page(self.page as usize) else {
            return &[];
        };
        let weights = dense.weights.get(self.at.into()..).unwrap_or_default();
        let (columns, _) = weights.as_chunks();
        columns.get(..self.columns.into()).unwrap_or_default()
    }
}

/// Whether a segment is worth a part: one that spans few columns would be asked for in vain by all
/// others.
const fn is_long(length: usize, targets: usize) -> bool {
    2 * length >= targets + 2 * COLUMN
}

/// Adds rows up; keeps its memory from tick to tick.
#[derive(Debug, Clone, Default)]
pub(super) struct Adder {
    parts: Vec<Part>,
    /// A bit for each exponent of a part.
    exponents: u8,
    /// No part has a column before this one.
    first: usize,
}

impl Adder {
    /// Adds a row, or takes note of parts of it for [`Adder::finish`]. No sum may leave the range.
    #[inline]
    pub(super) fn add<V: Value>(&mut self, row: &Row, synapses: &Synapses, currents: &mut [V]) {
        for segment in synapses.segments(row) {
            self.add_segment(&segment, row.exponent, synapses, currents);
        }
    }

    #[inline]
    fn add_segment<V: Value>(
        &mut self,
        segment: &Segment,
        exponent: u8,
        synapses: &Synapses,
        currents: &mut [V],
    ) {
        let (page, at) = segment.place();
        match synapses.page(page) {
            Page::Dense(dense) => {
                let all = currents.len();
                let weights = &dense.weights[at..at + segment.length];
                let sums = &mut currents[segment.target..][..segment.length];
                if is_long(segment.length, all) {
                    self.add_columns(segment, exponent, weights, sums);
                } else {
                    add_weights(weights, exponent, sums);
                }
            }
            Page::Sparse(list) => add_list(list, segment, exponent, currents),
            Page::Same(_) => {}
        }
    }

    /// Takes note of the whole columns of a segment, and adds the rest.
    fn add_columns<V: Value>(
        &mut self,
        segment: &Segment,
        exponent: u8,
        weights: &[i8],
        sums: &mut [V],
    ) {
        let (page, at) = segment.place();
        let column = segment.target.div_ceil(COLUMN);
        let head = column * COLUMN - segment.target;
        let columns = (segment.length - head) / COLUMN;
        let tail = head + columns * COLUMN;
        if head > 0 {
            add_weights(&weights[..head], exponent, &mut sums[..head]);
        }
        if tail < segment.length {
            add_weights(&weights[tail..], exponent, &mut sums[tail..]);
        }
        let part = Part::new((page, at + head), column, columns, exponent);
        self.add_part(part);
    }

    /// Takes note of a part.
    #[inline]
    pub(super) fn add_part(&mut self, part: Part) {
        self.exponents |= 1 << part.exponent;
        self.first = self.first.min(part.column as usize);
        self.parts.push(part);
    }

    /// Adds what was noted.
    pub(super) fn finish<V: Value>(&mut self, synapses: &Synapses, currents: &mut [V]) {
        // Else all are the same.
        if self.exponents.count_ones() > 1 {
            self.parts.sort_unstable_by_key(|part| part.exponent);
        }
        for parts in self.parts.chunk_by(|a, b| a.exponent == b.exponent) {
            let exponent = parts[0].exponent.into();
            for parts in parts.chunks(TOGETHER) {
                let mut rows = [(0, &[][..]); TOGETHER];
                for (row, part) in rows.iter_mut().zip(parts) {
                    *row = (part.column as usize, part.weights(synapses));
                }
                let rows = &rows[..parts.len()];
                let (columns, _) = currents.as_chunks_mut();
                for (number, column) in columns.iter_mut().enumerate().skip(self.first) {
                    vectors::run(AddColumn {
                        rows,
                        column: number,
                        exponent,
                        currents: column,
                    });
                }
            }
        }
        self.parts.clear();
        (self.exponents, self.first) = (0, usize::MAX);
    }
}

/// Weights of rows, column by column, each from a first column on.
type Columns<'s> = (usize, &'s [[i8; COLUMN]]);

/// A column to which those of the rows are added that have it. It is a loop of its own so that the
/// sums get all registers.
struct AddColumn<'a, V> {
    rows: &'a [Columns<'a>],
    column: usize,
    exponent: u32,
    currents: &'a mut [V; COLUMN],
}

impl<V: Value> Loop for AddColumn<'_, V> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        // Two neighbours are added as one number of 16 bits, from which the sum of the first is found once
        // that of the second is known. So the first must have no sign: 128 more than it is.
        const MORE: u8 = 1 << 7;
        let mut pairs = [0u16; COLUMN / 2];
        let mut seconds = [0i16; COLUMN / 2];
        let mut more = 0u16;
        for &(first, weights) in self.rows {
            if let Some(weights) = weights.get(self.column.wrapping_sub(first)) {
                let weights = weights.as_chunks::<2>().0;
                for ((pair, second), weights) in pairs.iter_mut().zip(&mut seconds).zip(weights) {
                    let both = u16::from_le_bytes(weights.map(i8::cast_unsigned)) ^ u16::from(MORE);
                    *pair = pair.wrapping_add(both);
                    *second = second.wrapping_add(both.cast_signed() >> u8::BITS);
                }
                more += u16::from(MORE);
            }
        }
        let mut sums = [0; COLUMN];
        for ((sums, pair), second) in sums.as_chunks_mut().0.iter_mut().zip(pairs).zip(seconds) {
            let first = pair.wrapping_sub(second.cast_unsigned() << u8::BITS);
            *sums = [first.wrapping_sub(more).cast_signed(), second];
        }
        for (current, sum) in self.currents.iter_mut().zip(sums) {
            *current = current.add_shifted(sum, self.exponent);
        }
    }
}

/// Adds weights side by side, to as many sums.
#[inline]
fn add_weights<V: Value>(weights: &[i8], exponent: u8, sums: &mut [V]) {
    let exponent = u32::from(exponent);
    let (eights, rest) = weights.as_chunks::<8>();
    let (sums_of_eights, sums) = sums.as_chunks_mut::<8>();
    for (sums, weights) in sums_of_eights.iter_mut().zip(eights) {
        for at in 0..8 {
            sums[at] = sums[at].add_shifted(weights[at].into(), exponent);
        }
    }
    // Only lanes of fewer than eight, and what is not a column's, leave some.
    if !rest.is_empty() {
        add_rest(rest, exponent, sums);
    }
}

#[cold]
fn add_rest<V: Value>(weights: &[i8], exponent: u32, sums: &mut [V]) {
    for (sum, &weight) in sums.iter_mut().zip(weights) {
        *sum = sum.add_shifted(weight.into(), exponent);
    }
}

/// Adds the synapses of a list.
fn add_list<V: Value>(list: &[Entry], segment: &Segment, exponent: u8, currents: &mut [V]) {
    let (_, from) = segment.place();
    let currents = &mut currents[segment.target..][..segment.length];
    for entry in &list[between(list, from, from + segment.length)] {
        if let Some(current) = currents.get_mut(usize::from(entry.at) - from) {
            *current = current.add_shifted(entry.weight.into(), exponent.into());
        }
    }
}

/// Adds a row synapse by synapse, each sum clamped to plus or minus `max`; tells in how many words a
/// sum was.
pub(super) fn add_in_order<V: Value>(
    row: &Row,
    synapses: &Synapses,
    lanes: usize,
    max: i32,
    currents: &mut [V],
) -> u32 {
    let mut clamped = 0;
    // The word that was counted last: one that is larger than a page is in several segments.
    let mut counted = None;
    for segment in synapses.segments(row) {
        let (page, at) = segment.place();
        let currents = &mut currents[segment.target..][..segment.length];
        let mut count = |place: usize| {
            let word = (segment.offset + place) / lanes;
            clamped += u32::from(counted != Some(word));
            counted = Some(word);
        };
        match synapses.page(page) {
            // A sum that a host has written out of range is clamped by a weight of 0 too.
            Page::Same(0) => {
                for (place, current) in currents.iter_mut().enumerate() {
                    if add_clamped(current, 0, row.exponent, max) {
                        count(place);
                    }
                }
            }
            Page::Same(_) => {}
            Page::Sparse(list) => {
                for entry in &list[between(list, at, at + segment.length)] {
                    let place = usize::from(entry.at) - at;
                    if add_clamped(&mut currents[place], entry.weight, row.exponent, max) {
                        count(place);
                    }
                }
            }
            Page::Dense(dense) => {
                add_dense_in_order(dense, at, row.exponent, max, currents, &mut count);
            }
        }
    }
    clamped
}

fn add_dense_in_order<V: Value>(
    dense: &Dense,
    at: usize,
    exponent: u8,
    max: i32,
    currents: &mut [V],
    count: &mut impl FnMut(usize),
) {
    let weights = &dense.weights[at..at + currents.len()];
    // Most rows clamp nothing: looked at first, without a branch for each.
    let mut beyond = 0;
    for (current, &weight) in currents.iter().zip(weights) {
        let sum = current.get() + (i32::from(weight) << exponent);
        beyond |= sum ^ sum.min(max).max(-max);
    }
    if beyond == 0 {
        add_weights(weights, exponent, currents);
        return;
    }
    for (place, (current, &weight)) in currents.iter_mut().zip(weights).enumerate() {
        if !dense.is_absent(at + place) && add_clamped(current, weight, exponent, max) {
            count(place);
        }
    }
}

/// Adds a weight and tells whether the sum was clamped.
fn add_clamped<V: Value>(current: &mut V, weight: i8, exponent: u8, max: i32) -> bool {
    let sum = current.get() + contribution(weight, exponent.into());
    let clamped = sum.clamp(-max, max);
    *current = V::of(clamped);
    clamped != sum
}

const _: () = assert!(PAGE.is_multiple_of(COLUMN));
