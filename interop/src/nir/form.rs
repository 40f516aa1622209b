//! The nodes between neurons, combined to one linear form: each element is a constant plus a
//! weighted sum of spikes, some of them delayed.

use super::error::{NirError, clip};

/// Maximum number of terms created while a network is lowered, which bounds time and memory.
const WORK_MAX: usize = 1 << 24;

/// One term of a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Term {
    /// The node that spikes.
    pub(super) source: u32,
    /// The element of the node.
    pub(super) pre: u32,
    /// Delay in ticks.
    pub(super) delay: u32,
    /// The weight of a spike.
    pub(super) weight: f64,
}

impl Term {
    const fn key(&self) -> (u32, u32, u32) {
        (self.source, self.pre, self.delay)
    }
}

/// One sum for each element.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Form {
    pub(super) sums: Vec<Vec<Term>>,
    pub(super) bias: Vec<f64>,
    /// Whether nothing has been done to the spikes yet.
    pub(super) plain: bool,
}

/// The number of terms that may still be created.
#[derive(Debug)]
pub(super) struct Work {
    left: usize,
}

impl Work {
    pub(super) const fn new() -> Work {
        Work { left: WORK_MAX }
    }

    pub(super) fn take(&mut self, terms: usize, name: &str) -> Result<(), NirError> {
        self.left = self
            .left
            .checked_sub(terms)
            .ok_or_else(|| NirError::Limit {
                place: format!("what leads to node {:?}", clip(name)),
                what: "weights or more, with those before it",
                found: WORK_MAX as u64 + 1,
                limit: WORK_MAX as u64,
            })?;
        Ok(())
    }
}

impl Form {
    /// The unchanged spikes of a node of `size` elements.
    pub(super) fn of(
        source: u32,
        size: usize,
        work: &mut Work,
        name: &str,
    ) -> Result<Form, NirError> {
        work.take(size, name)?;
        // Lossless: a node has at most 2^20 elements.
        let sums = (0..size as u32).map(|pre| {
            vec![Term {
                source,
                pre,
                delay: 0,
                weight: 1.0,
            }]
        });
        Ok(Form {
            sums: sums.collect(),
            bias: vec![0.0; size],
            plain: true,
        })
    }

    /// Number of terms in all sums, plus one for each constant.
    pub(super) fn terms(&self) -> usize {
        self.bias.len() + self.sums.iter().map(Vec::len).sum::<usize>()
    }

    /// The sum of both, element by element.
    pub(super) fn plus(
        mut self,
        other: &Form,
        work: &mut Work,
        name: &str,
    ) -> Result<Form, NirError> {
        for (own, terms) in self.sums.iter_mut().zip(&other.sums) {
            work.take(own.len() + terms.len(), name)?;
            own.extend(terms);
            merge(own);
        }
        for (own, bias) in self.bias.iter_mut().zip(&other.bias) {
            *own += bias;
        }
        self.plain = false;
        Ok(self)
    }

    /// The result of a linear map: element `at` is the sum over `taps` plus `bias(at)`.
    pub(super) fn map(
        &self,
        size: usize,
        mut taps: impl FnMut(usize, &mut Vec<(usize, f64)>),
        bias: impl Fn(usize) -> f64,
        work: &mut Work,
        name: &str,
    ) -> Result<Form, NirError> {
        let mut made = Form {
            sums: Vec::with_capacity(size),
            bias: Vec::with_capacity(size),
            plain: false,
        };
        let mut found = Vec::new();
        for at in 0..size {
            found.clear();
            taps(at, &mut found);
            let count = found
                .iter()
                .map(|&(of, _)| self.sums[of].len())
                .sum::<usize>();
            work.take(count.max(found.len()).max(1), name)?;
            let mut sum: Vec<Term> = Vec::with_capacity(count);
            let mut constant = bias(at);
            for &(of, weight) in &found {
                constant += weight * self.bias[of];
                if weight != 0.0 {
                    sum.extend(self.sums[of].iter().map(|term| Term {
                        weight: term.weight * weight,
                        ..*term
                    }));
                }
            }
            merge(&mut sum);
            made.sums.push(sum);
            made.bias.push(constant);
        }
        Ok(made)
    }

    /// The same sums, with element `n` delayed by `delay(n)` ticks.
    pub(super) fn later(mut self, delay: impl Fn(usize) -> u32) -> Form {
        for (n, sum) in self.sums.iter_mut().enumerate() {
            let delay = delay(n);
            for term in sum {
                term.delay = term.delay.saturating_add(delay);
            }
        }
        self.plain = false;
        self
    }
}

/// Adds the weights of terms with the same spike.
fn merge(sum: &mut Vec<Term>) {
    if sum.is_sorted_by(|a, b| a.key() < b.key()) {
        return;
    }
    sum.sort_by_key(Term::key);
    sum.dedup_by(|next, kept| {
        let same = next.key() == kept.key();
        if same {
            kept.weight += next.weight;
        }
        same
    });
}
