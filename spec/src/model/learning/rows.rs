//! The rows at the end of a tick: each that has a trace is strengthened toward the neurons that
//! fired, and its trace brought up to date.

use super::Learning;
use super::cost::RowWork;
use crate::model::RowEntry;
use crate::model::synapses::Synapses;

impl Learning {
    /// Tells how many rows it has looked at.
    pub(super) fn sweep_rows(&mut self, rows: &[RowEntry], synapses: &mut Synapses) -> u32 {
        let mut live = std::mem::take(&mut self.pre_live);
        let sets = live.as_raw_mut_slice().iter_mut();
        for (live, arrived) in sets.zip(self.arrived.as_raw_slice()) {
            *live |= arrived;
        }
        self.cost.begin_rows(live.as_raw_slice());
        let rules = self.rules;
        let touched = self.hits.words();
        let mut work = RowWork::default();
        let blocks = live.as_raw_mut_slice().iter_mut().enumerate();
        for ((block, bits), entries) in blocks.zip(rows.chunks(u64::BITS as usize)) {
            let first = block * u64::BITS as usize;
            let arrived = self.arrived.as_raw_slice()[block];
            work.looked_at += bits.count_ones();
            if *bits == 0 {
                continue;
            }
            if let Some(live) = self.sweep_block(first, *bits, entries, synapses, &mut work) {
                *bits = live;
                continue;
            }
            let mut rest = *bits;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                let row = &entries[bit as usize].row;
                let trace = self.pre[first + bit as usize];
                if row.plastic {
                    self.cost.row(row.rule);
                }
                let rule = &rules[row.rule as usize];
                // A row that learns no more keeps its trace, and its place.
                if !(row.plastic && rule.enabled) {
                    if trace == 0 {
                        *bits &= !(1 << bit);
                    }
                    continue;
                }
                if trace != 0 && touched > 0 {
                    let change = rule.pre.change(trace, rule.potentiation);
                    self.potentiate(row, rule, change, synapses);
                    work.strengthened += 1;
                    work.wrapped += u32::from(synapses.wraps(row));
                }
                let after = rule.pre.step(trace, arrived >> bit & 1 != 0, || {
                    work.decayed += 1;
                    self.random.draw()
                });
                work.learned += 1;
                self.pre[first + bit as usize] = after;
                if after == 0 {
                    *bits &= !(1 << bit);
                }
            }
        }
        self.pre_live = live;
        self.cost.rows(&work, touched);
        work.looked_at
    }
}
