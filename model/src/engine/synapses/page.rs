//! A page of the synapse memory.

use std::ops::Range;

use spec::fixed::ABSENT;

/// Elements of a page. A word of the synapse memory lies in one page, or begins and ends with one.
pub(in crate::engine) const PAGE: usize = 4096;

/// Synapses at most in a list; with more of them a page is faster, and smaller, as a whole.
const LISTED: usize = PAGE / 8;
/// Synapses at most in a page that becomes a list.
const FEW: usize = PAGE / 16;

/// A synapse in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) struct Entry {
    pub(in crate::engine) at: u16,
    pub(in crate::engine) weight: i8,
}

/// All weights of a page.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Dense {
    /// 0 where there is no synapse, so that it adds nothing.
    pub(in crate::engine) weights: [i8; PAGE],
    /// Bit `at % 64` of word `at / 64`: there is no synapse.
    pub(in crate::engine) absent: [u64; PAGE / 64],
}

#[derive(Debug, Clone)]
pub(in crate::engine) enum Page {
    /// All elements are the same: 0, or absent.
    Same(i8),
    /// Most are absent: the others, ascending.
    Sparse(Vec<Entry>),
    Dense(Box<Dense>),
}

impl Dense {
    fn new(weight: i8) -> Dense {
        Dense {
            weights: [if weight == ABSENT { 0 } else { weight }; PAGE],
            absent: [if weight == ABSENT { u64::MAX } else { 0 }; PAGE / 64],
        }
    }

    pub(in crate::engine) fn is_absent(&self, at: usize) -> bool {
        self.absent[at / 64] >> (at % 64) & 1 != 0
    }

    /// Whether none of these synapses is absent.
    pub(in crate::engine) fn all_there(&self, range: Range<usize>) -> bool {
        if range.is_empty() {
            return true;
        }
        let (first, last) = (range.start / 64, (range.end - 1) / 64);
        let from = u64::MAX << (range.start % 64);
        let to = u64::MAX >> (63 - (range.end - 1) % 64);
        if first == last {
            return self.absent[first] & from & to == 0;
        }
        let between = &self.absent[first + 1..last];
        let any = between.iter().fold(0, |any, absent| any | absent);
        any | self.absent[first] & from | self.absent[last] & to == 0
    }

    fn weight(&self, at: usize) -> i8 {
        if self.is_absent(at) {
            ABSENT
        } else {
            self.weights[at]
        }
    }

    pub(in crate::engine) fn set_weight(&mut self, at: usize, weight: i8) {
        let bit = 1 << (at % 64);
        if weight == ABSENT {
            self.weights[at] = 0;
            self.absent[at / 64] |= bit;
        } else {
            self.weights[at] = weight;
            self.absent[at / 64] &= !bit;
        }
    }

    /// Changes a synapse, if there is one.
    #[inline]
    pub(in crate::engine) fn change(&mut self, at: usize, change: impl FnOnce(i8) -> i8) {
        if !self.is_absent(at) {
            let changed = change(self.weights[at]);
            if changed == ABSENT {
                self.set_weight(at, changed);
            } else {
                self.weights[at] = changed;
            }
        }
    }

    fn count(&self) -> usize {
        let absent: u32 = self.absent.iter().map(|bits| bits.count_ones()).sum();
        PAGE - absent as usize
    }

    fn list(&self) -> Vec<Entry> {
        let there = (0..PAGE).filter(|&at| !self.is_absent(at));
        there
            .map(|at| Entry {
                // Lossless: below 2^12.
                at: at as u16,
                weight: self.weights[at],
            })
            .collect()
    }
}

impl Page {
    pub(in crate::engine) fn weight(&self, at: usize) -> i8 {
        match self {
            Page::Same(weight) => *weight,
            Page::Dense(dense) => dense.weight(at),
            Page::Sparse(list) => match find(list, at) {
                Ok(place) => list[place].weight,
                Err(_) => ABSENT,
            },
        }
    }

    pub(in crate::engine) fn set_weight(&mut self, at: usize, weight: i8) {
        match self {
            Page::Same(same) if *same == weight => return,
            Page::Same(ABSENT) => *self = Page::Sparse(Vec::new()),
            Page::Same(same) => *self = Page::Dense(Box::new(Dense::new(*same))),
            Page::Sparse(_) | Page::Dense(_) => {}
        }
        match self {
            Page::Dense(dense) => {
                dense.set_weight(at, weight);
                // Whoever writes a page writes it to its end.
                if at == PAGE - 1 {
                    self.shrink();
                }
            }
            Page::Sparse(list) => {
                set_in_list(list, at, weight);
                if list.len() > LISTED {
                    self.grow();
                }
            }
            Page::Same(_) => {}
        }
    }

    /// Changes a synapse, if there is one.
    #[inline]
    pub(in crate::engine) fn change(&mut self, at: usize, change: impl FnOnce(i8) -> i8) {
        if let Page::Dense(dense) = self {
            dense.change(at, change);
        } else {
            let weight = self.weight(at);
            if weight != ABSENT {
                self.set_weight(at, change(weight));
            }
        }
    }

    fn grow(&mut self) {
        if let Page::Sparse(list) = self {
            let mut dense = Box::new(Dense::new(ABSENT));
            for entry in list {
                dense.set_weight(entry.at.into(), entry.weight);
            }
            *self = Page::Dense(dense);
        }
    }

    fn shrink(&mut self) {
        if let Page::Dense(dense) = self
            && dense.count() <= FEW
        {
            let list = dense.list();
            *self = if list.is_empty() {
                Page::Same(ABSENT)
            } else {
                Page::Sparse(list)
            };
        }
    }
}

/// Where an element is in a list, or where it would be.
fn find(list: &[Entry], at: usize) -> Result<usize, usize> {
    list.binary_search_by_key(&at, |entry| entry.at.into())
}

fn set_in_list(list: &mut Vec<Entry>, at: usize, weight: i8) {
    // Most lists are written in order.
    let after_all = list.last().is_none_or(|last| usize::from(last.at) < at);
    let place = if after_all {
        Err(list.len())
    } else {
        find(list, at)
    };
    match place {
        Ok(place) if weight == ABSENT => {
            list.remove(place);
        }
        Ok(place) => list[place].weight = weight,
        Err(_) if weight == ABSENT => {}
        Err(place) => {
            // Lossless: below 2^12.
            let at = at as u16;
            list.insert(place, Entry { at, weight });
        }
    }
}

/// The synapses of a list from one element to another.
pub(in crate::engine) fn between(list: &[Entry], from: usize, to: usize) -> Range<usize> {
    if from == 0 && to == PAGE {
        return 0..list.len();
    }
    let place = |at| list.partition_point(|entry| usize::from(entry.at) < at);
    place(from)..place(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_what_was_written_whatever_it_is() {
        let mut random = 1u32;
        let mut draw = |end: u32| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 8) % end
        };
        for first in [0, ABSENT] {
            let mut page = Page::Same(first);
            let mut expected = [first; PAGE];
            let mut kinds = [false; 2];
            for phase in 0..6 {
                for _ in 0..2000 {
                    let at = draw(PAGE as u32) as usize;
                    let absent = draw(8) < [7, 1, 8, 0, 7, 8][phase];
                    let weight = if absent {
                        ABSENT
                    } else {
                        draw(255) as u8 as i8
                    };
                    expected[at] = weight;
                    page.set_weight(at, weight);
                    kinds[0] |= matches!(page, Page::Sparse(_));
                    kinds[1] |= matches!(page, Page::Dense(_));
                }
                if phase == 2 {
                    // All absent, in order.
                    for (at, expected) in expected.iter_mut().enumerate() {
                        *expected = ABSENT;
                        page.set_weight(at, ABSENT);
                    }
                    assert!(matches!(page, Page::Same(ABSENT)) || first == ABSENT);
                }
                for (at, &weight) in expected.iter().enumerate() {
                    assert_eq!(page.weight(at), weight, "{at}");
                }
                if let Page::Dense(dense) = &page {
                    for _ in 0..500 {
                        let start = draw(PAGE as u32) as usize;
                        let end = PAGE.min(start + draw(200) as usize);
                        let there = expected[start..end].iter().all(|&it| it != ABSENT);
                        assert_eq!(dense.all_there(start..end), there, "{start}..{end}");
                    }
                }
            }
            assert_eq!(kinds, [true; 2]);
        }
    }
}
