//! Rows that learn alike, a block of them at once: one pass a quantity, which the compiler turns into
//! vector instructions. What comes out is what [`Learning::sweep_rows`] does row by row.

use super::Learning;
use super::cost::RowWork;
use super::hits::{BLOCK, Each};
use super::traces::Traces;
use crate::model::RowEntry;
use crate::model::synapses::Synapses;
use crate::plasticity::{AMPLITUDE_BITS, Rule, Window, exponential_change};

/// The rows of a block that are looked at, gathered, and what they need.
#[derive(Debug, Clone)]
pub(super) struct Gathered {
    pub(super) traces: Traces,
    /// First of the numbers that were drawn for the row.
    first: [u32; BLOCK],
    /// Numbers that were drawn for each word in which a neuron fired.
    drawn: Vec<[u32; BLOCK]>,
}

/// What the rows of a block have in common: found once, and forgotten when one is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alike {
    /// Those that learn by the rule with this number, and whose words and targets are in a row.
    rows: u64,
    rule: u32,
    /// Neurons that all of them reach.
    from: u32,
    to: u32,
}

impl Alike {
    /// Of those that learn like row `head` of the block.
    fn find(head: usize, rows: &[RowEntry], synapses: &Synapses, lanes_log2: u32) -> Alike {
        let mut found = Alike {
            rows: 0,
            rule: rows[head].row.rule,
            from: 0,
            to: u32::MAX,
        };
        for (bit, RowEntry { row, .. }) in rows.iter().enumerate() {
            if row.plastic && row.rule == found.rule && synapses.is_straight(row) {
                found.rows |= 1 << bit;
                found.from = found.from.max(row.first_target << lanes_log2);
                let end = row.first_target + row.last_offset + 1;
                found.to = found.to.min(end << lanes_log2);
            }
        }
        found
    }
}

impl Gathered {
    pub(super) const fn new() -> Gathered {
        Gathered {
            traces: Traces::new(),
            first: [0; BLOCK],
            drawn: Vec::new(),
        }
    }

    /// Gathers the rows with those bits, if they have a rule in common that allows it.
    fn gather(
        &mut self,
        learning: &mut Learning,
        first: usize,
        bits: u64,
        rows: &[RowEntry],
        synapses: &Synapses,
    ) -> Option<Rule> {
        let head = bits.trailing_zeros() as usize;
        let lanes_log2 = learning.lanes_log2;
        let alike = *learning.alike[first / BLOCK]
            .get_or_insert_with(|| Alike::find(head, rows, synapses, lanes_log2));
        let rule = learning.rules[alike.rule as usize];
        let Window::Exponential { .. } = rule.pre else {
            return None;
        };
        // No weight lies beyond such bounds, so those that do not change need no look.
        let whole = rule.weight_min <= -127 && rule.weight_max == 127;
        let all = bits & !alike.rows == 0 && learning.hits.all_within(alike.from, alike.to);
        if !(all && whole && rule.enabled && learning.hits.fit()) {
            return None;
        }
        let arrived = learning.arrived.as_raw_slice()[first / BLOCK];
        self.traces
            .gather(bits, arrived, &learning.pre[first..])
            .then_some(rule)
    }
}

impl Learning {
    /// Sweeps the rows with those bits, of a block that begins with row `first`; tells which of them
    /// have a trace then, or nothing if the rows are not alike: then nothing is done.
    pub(super) fn sweep_block(
        &mut self,
        first: usize,
        bits: u64,
        rows: &[RowEntry],
        synapses: &mut Synapses,
        work: &mut RowWork,
    ) -> Option<u64> {
        let mut block = self.row_block.take()?;
        let rule = block.gather(self, first, bits, rows, synapses);
        let live = rule.map(|rule| {
            let number = rows[bits.trailing_zeros() as usize].row.rule;
            self.cost.row(number);
            self.draw_for(&mut block, &rule, rows, synapses, work);
            if let Window::Exponential { keep, nearest } = rule.pre {
                block.traces.step(keep, nearest);
            }
            let live = block.traces.scatter(&mut self.pre[first..]);
            // Lossless: at most 64.
            work.learned += block.traces.count as u32;
            work.decayed += block.traces.count as u32;
            live
        });
        self.row_block = Some(block);
        live
    }

    /// Hands out random numbers to the rows, and strengthens them.
    fn draw_for(
        &mut self,
        block: &mut Gathered,
        rule: &Rule,
        rows: &[RowEntry],
        synapses: &mut Synapses,
        work: &mut RowWork,
    ) {
        let words = self.hits.words() as usize;
        let count = block.traces.count;
        let strengthened = block.traces.trace[..count]
            .iter()
            .filter(|&&it| it != 0)
            .count();
        let numbers = self.random.take(2 * words * strengthened + count);
        block.drawn.resize(words, [0; BLOCK]);
        let mut next = 0;
        for at in 0..count {
            // Lossless: 64 rows, and two numbers for each of 32 words.
            block.first[at] = next as u32;
            if block.traces.trace[at] != 0 {
                let pairs = numbers[next..next + 2 * words].as_chunks::<2>().0;
                for (drawn, &[_, number]) in block.drawn.iter_mut().zip(pairs) {
                    drawn[at] = number;
                }
                next += 2 * words;
            }
            block.traces.random[at] = numbers[next];
            next += 1;
        }
        if words == 0 {
            return;
        }
        work.strengthened += strengthened as u32;
        let magnitude = u32::from(rule.potentiation.unsigned_abs());
        // A change is a step at least with such random bits.
        let mut least = [0; BLOCK];
        for (least, trace) in least.iter_mut().zip(&block.traces.trace) {
            let change = exponential_change(magnitude, *trace);
            *least = (1 << AMPLITUDE_BITS) - change.min(1 << AMPLITUDE_BITS);
        }
        let due = self.hits.due(&block.drawn, &least, count);
        let gathered = block
            .traces
            .bit
            .iter()
            .zip(&block.traces.trace)
            .zip(&block.first);
        for ((&due, ((&bit, &trace), &first)), _) in due.iter().zip(gathered).zip(0..count) {
            let row = &rows[usize::from(bit)].row;
            if due != 0
                && let Some(weights) = synapses.straight_mut(row)
            {
                // Lossless: a trace has 15 bits.
                let change = rule.pre.change(trace as u16, rule.potentiation);
                let each = Each::strengthens(rule, change, self.reward);
                let (pairs, _) = numbers[first as usize..].as_chunks();
                let target = row.first_target << self.lanes_log2;
                self.hits.change(due, &each, weights, target, pairs);
            }
        }
    }
}

#[cfg(test)]
mod tests;
