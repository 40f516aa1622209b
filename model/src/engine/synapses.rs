//! The synapse memory, in pages.
//!
//! A page in which most synapses are absent holds a list of those that are there, so that a row of a
//! sparse network costs what it has; any other holds all of its weights side by side, for vector
//! instructions. Which of the two it is follows from what is written, and changes nothing else.

mod page;

use std::ops::RangeInclusive;

use spec::config::CoreConfig;
use spec::fixed::ABSENT;

use super::rows::Row;
pub(super) use page::{Dense, Entry, PAGE, Page, between};

/// Weights, `word * lanes + lane`.
#[derive(Debug, Clone)]
pub(super) struct Synapses {
    pages: Vec<Page>,
    /// Elements that there are, and that a row's addresses reach.
    elements: usize,
    reached: usize,
    targets: usize,
}

/// Synapses of a row that lie in one page, with targets side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    /// Element of the first.
    pub(super) at: usize,
    /// Current that it leads to.
    pub(super) target: usize,
    pub(super) length: usize,
    /// Synapses of the row before it.
    pub(super) offset: usize,
}

impl Segment {
    /// Page, and place of the first in it.
    pub(super) const fn place(&self) -> (usize, usize) {
        (self.at / PAGE, self.at % PAGE)
    }
}

/// The segments of a row, in order; what lies outside the memory is in none.
#[derive(Debug, Clone)]
pub(super) struct Segments {
    next: Segment,
    left: usize,
    elements: usize,
    reached: usize,
    targets: usize,
}

impl Iterator for Segments {
    type Item = Segment;

    #[inline]
    fn next(&mut self) -> Option<Segment> {
        while self.left > 0 {
            let Segment {
                at, target, offset, ..
            } = self.next;
            let exists = at < self.elements;
            let end = if exists { self.elements } else { self.reached };
            let page = if exists { PAGE - at % PAGE } else { usize::MAX };
            let length = self.left.min(page).min(self.targets - target).min(end - at);
            self.left -= length;
            self.next.offset += length;
            let wrap = |at: usize, end: usize| if at == end { 0 } else { at };
            self.next.at = wrap(at + length, self.reached);
            self.next.target = wrap(target + length, self.targets);
            if exists {
                return Some(Segment {
                    at,
                    target,
                    length,
                    offset,
                });
            }
        }
        None
    }
}

impl Synapses {
    pub(super) fn new(config: &CoreConfig) -> Synapses {
        let elements = config.synapses();
        Synapses {
            pages: vec![Page::Same(0); elements.div_ceil(PAGE)],
            elements,
            reached: config.lanes() << config.word_address_bits(),
            targets: config.currents(),
        }
    }

    pub(super) fn weight(&self, at: usize) -> i8 {
        self.pages[at / PAGE].weight(at % PAGE)
    }

    pub(super) fn set_weight(&mut self, at: usize, weight: i8) {
        self.pages[at / PAGE].set_weight(at % PAGE, weight);
    }

    /// Currents to which a row can lead.
    pub(super) const fn targets(&self) -> usize {
        self.targets
    }

    pub(super) fn page(&self, page: usize) -> &Page {
        &self.pages[page]
    }

    /// The segments of a row.
    pub(super) fn segments(&self, row: &Row) -> Segments {
        Segments {
            next: Segment {
                at: row.at,
                target: row.target as usize,
                length: 0,
                offset: 0,
            },
            left: row.length as usize,
            elements: self.elements,
            reached: self.reached,
            targets: self.targets,
        }
    }

    /// Whether the targets of a row are as far from its first one as their elements.
    pub(super) fn is_straight(&self, row: &Row) -> bool {
        !self.wraps(row) && row.at + row.length as usize <= self.elements
    }

    /// The element of a straight row that leads to a neuron, if there is one.
    #[inline]
    pub(super) fn toward(row: &Row, neuron: usize) -> Option<usize> {
        let offset = neuron.checked_sub(row.target as usize)?;
        (offset < row.length as usize).then_some(row.at + offset)
    }

    /// The page of an element, if it holds all of its weights.
    pub(super) fn dense_mut(&mut self, at: usize) -> Option<&mut Dense> {
        match &mut self.pages[at / PAGE] {
            Page::Dense(dense) => Some(dense),
            Page::Same(_) | Page::Sparse(_) => None,
        }
    }

    /// Changes a synapse, if there is one.
    #[inline]
    pub(super) fn change(&mut self, at: usize, change: impl FnOnce(i8) -> i8) {
        self.pages[at / PAGE].change(at % PAGE, change);
    }

    /// Whether all weights of a row lie within those bounds.
    pub(super) fn are_within(&self, row: &Row, bounds: &RangeInclusive<i8>) -> bool {
        self.segments(row).all(|Segment { at, length, .. }| {
            let mut weights = (at..at + length).map(|at| self.weight(at));
            weights.all(|weight| weight == ABSENT || bounds.contains(&weight))
        })
    }

    /// Whether the row wraps around the targets.
    pub(super) fn wraps(&self, row: &Row) -> bool {
        (row.target + row.length) as usize > self.targets
    }
}
