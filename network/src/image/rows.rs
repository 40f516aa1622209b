//! Packs synapses into rows and synapse words.

use std::collections::TryReserveError;
use std::ops::Range;

use crate::{Network, SourceId};
use spec::sizes::{Sizes, UncheckedSizes};
use spec::words::Row;

use super::no_synapses;

/// The synapses of a network in the order of their rows, independent of the core.
pub(super) struct Entries {
    inputs: usize,
    neurons: usize,
    /// Row by row, and by target within a row.
    all: Vec<Entry>,
    /// The ranges of entries that could share a row.
    kinds: Vec<Range<usize>>,
}

/// The assignment of synapses to rows. It exists for every network, even if the network does not
/// fit.
pub(super) struct Plan<'e, 'c> {
    sizes: &'c Sizes,
    of: &'e Entries,
    rows: Vec<PlannedRow>,
    /// Rows beyond the first of their source.
    further: usize,
}

/// One synapse. The order of the fields is the sort order of the entries. Weights are not part of
/// it, so learning does not change the position of a synapse.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    kind: Kind,
    target: u32,
    /// Its index in the network's connections.
    at: u32,
    weight: i8,
}

/// The common properties of the synapses of a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    /// Number of the source: inputs first.
    source: u32,
    /// The row adds to second currents.
    second: bool,
    delay: u8,
    exponent: u8,
    /// The learning rule, if the synapses learn.
    rule: Option<u8>,
    /// Number of earlier rows of the same kind with the same target.
    layer: u32,
}

struct PlannedRow {
    kind: Kind,
    entries: Range<usize>,
    first_target: usize,
    last_target: usize,
}

/// Unused words between two neighbouring entries of a row.
struct Gap {
    words: usize,
    /// The entry after the gap.
    at: usize,
}

impl<'e, 'c> Plan<'e, 'c> {
    pub(super) fn new(entries: &'e Entries, sizes: &'c Sizes) -> Plan<'e, 'c> {
        let mut plan = Plan {
            sizes,
            of: entries,
            rows: Vec::new(),
            further: 0,
        };
        plan.cut(&[]);
        let excess = plan.words().saturating_sub(sizes.synapse_words as usize);
        let free = sizes.rows().saturating_sub(plan.rows());
        if excess > 0 && free > 0 {
            let cuts = plan.widest_gaps(excess, free);
            plan.cut(&cuts);
        }
        plan
    }

    /// Number of rows used: each source has one, even if it is empty.
    pub(super) fn rows(&self) -> usize {
        self.of.inputs + self.of.neurons + self.further
    }

    /// Number of words used.
    pub(super) fn words(&self) -> usize {
        self.rows.iter().map(PlannedRow::words).sum()
    }

    /// Splits the entries into rows: at each change of kind, and before the entries in `cuts`,
    /// which are ascending.
    fn cut(&mut self, cuts: &[usize]) {
        let mut cuts = cuts.iter().copied().peekable();
        self.rows.clear();
        self.further = 0;
        for kind in &self.of.kinds {
            let mut start = kind.start;
            while let Some(end) = cuts.next_if(|&cut| cut < kind.end) {
                self.push(start..end);
                start = end;
            }
            self.push(start..kind.end);
        }
    }

    /// Adds a row of these entries; does nothing if there are none.
    fn push(&mut self, entries: Range<usize>) {
        let own = &self.of.all[entries.clone()];
        let (Some(first), Some(last)) = (own.first(), own.last()) else {
            return;
        };
        let before = self.rows.last().map(|row| row.kind.source);
        self.further += usize::from(before == Some(first.kind.source));
        let word = |entry: &Entry| self.place(entry) >> self.sizes.lanes_log2;
        self.rows.push(PlannedRow {
            kind: first.kind,
            first_target: word(first),
            last_target: word(last),
            entries,
        });
    }

    /// The positions of at most `free` cuts that save `excess` words, or as many words as possible.
    fn widest_gaps(&self, excess: usize, free: usize) -> Vec<usize> {
        let word = |entry: &Entry| entry.target as usize >> self.sizes.lanes_log2;
        let gap = |row: &PlannedRow| {
            let entries = &self.of.all[row.entries.clone()];
            let first = row.entries.start;
            entries.windows(2).enumerate().filter_map(move |(k, pair)| {
                let words = word(&pair[1]).checked_sub(word(&pair[0]) + 1)?;
                (words > 0).then_some(Gap {
                    words,
                    at: first + k + 1,
                })
            })
        };
        let mut gaps: Vec<Gap> = self.rows.iter().flat_map(gap).collect();
        gaps.sort_unstable_by_key(|gap| (std::cmp::Reverse(gap.words), gap.at));
        let mut saved = 0;
        let mut cuts: Vec<usize> = gaps
            .into_iter()
            .take(free)
            .take_while(|gap| {
                let more = saved < excess;
                saved += gap.words;
                more
            })
            .map(|gap| gap.at)
            .collect();
        cuts.sort_unstable();
        cuts
    }

    /// The contents of the row memory and the synapse memory. The plan must fit the core.
    pub(super) fn lay_out(&self) -> (Vec<Row>, Vec<i8>) {
        let mut memory = vec![Row::default(); self.sizes.rows()];
        let mut synapses = no_synapses(self.sizes);
        let mut free = self.free_rows();
        let mut first_word = 0;
        let mut last: Option<(u32, usize)> = None;
        for row in &self.rows {
            let source = row.kind.source;
            let index = match last {
                Some((of, previous)) if of == source => {
                    // The plan was checked: there are as many free rows as are needed.
                    let Some(index) = free.next() else { break };
                    memory[previous].next = Some(index as u32);
                    index
                }
                _ => self.primary(source),
            };
            last = Some((source, index));
            memory[index] = Row {
                first_word: first_word as u32,
                exponent: row.kind.exponent.into(),
                delay: row.kind.delay.into(),
                plastic: row.kind.rule.is_some(),
                first_target: row.first_target as u32,
                last_offset: (row.words() - 1) as u32,
                enabled: true,
                next: None,
                rule: row.kind.rule.unwrap_or(0).into(),
            };
            for entry in &self.of.all[row.entries.clone()] {
                synapses[self.element(row, first_word, entry)] = entry.weight;
            }
            first_word += row.words();
        }
        (memory, synapses)
    }

    /// The position of an entry in the synapse memory, for a row that begins at word `first_word`.
    fn element(&self, row: &PlannedRow, first_word: usize, entry: &Entry) -> usize {
        let lanes_log2 = self.sizes.lanes_log2;
        let offset = self.place(entry) - (row.first_target << lanes_log2);
        (first_word << lanes_log2) + offset
    }

    /// The number of the current to which an entry adds. Second currents come after all first ones.
    fn place(&self, entry: &Entry) -> usize {
        let before = if entry.kind.second {
            self.sizes.neurons()
        } else {
            0
        };
        before + entry.target as usize
    }

    /// Index of the primary row of a source.
    fn primary(&self, source: u32) -> usize {
        let source = source as usize;
        match source.checked_sub(self.of.inputs) {
            None => source,
            Some(neuron) => self.sizes.inputs() + neuron,
        }
    }

    /// Rows to which no spike of the network leads.
    fn free_rows(&self) -> impl Iterator<Item = usize> {
        let (inputs, neurons) = (self.sizes.inputs(), self.sizes.neurons());
        let beyond = inputs + neurons..self.sizes.rows();
        // Neurons that the network does not have never fire.
        let unused_neurons = inputs + self.of.neurons..inputs + neurons;
        let unused_inputs = self.of.inputs..inputs;
        beyond.chain(unused_neurons).chain(unused_inputs)
    }
}

impl PlannedRow {
    fn words(&self) -> usize {
        self.last_target - self.first_target + 1
    }
}

/// The optional features of a core that a network needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Features {
    pub(super) learning: bool,
    pub(super) reset_rules: bool,
    pub(super) second_state: bool,
}

impl Entries {
    /// # Errors
    /// The machine has too little memory.
    pub(super) fn new(network: &Network) -> Result<Entries, TryReserveError> {
        let inputs = network.input_count();
        // Lossless, as all casts here: every count is below 2^32.
        let source = |source| match source {
            SourceId::Input(id) => id as u32,
            SourceId::Neuron(id) => (inputs + id) as u32,
        };
        let mut all = Vec::new();
        all.try_reserve_exact(network.synapse_count())?;
        all.extend(
            network
                .connections()
                .zip(0..)
                .map(|(connection, at)| Entry {
                    kind: Kind {
                        source: source(connection.source),
                        second: connection.second,
                        delay: connection.delay,
                        exponent: connection.exponent,
                        rule: connection.rule,
                        layer: 0,
                    },
                    target: connection.target as u32,
                    at,
                    weight: connection.weight,
                }),
        );
        // The synapses of a single projection are already sorted.
        if !all.is_sorted() {
            all.sort_unstable();
        }
        let mut parallel = false;
        for at in 1..all.len() {
            let (before, entry) = (all[at - 1], all[at]);
            let same = Kind {
                layer: 0,
                ..before.kind
            } == entry.kind
                && before.target == entry.target;
            if same {
                all[at].kind.layer = before.kind.layer + 1;
                parallel = true;
            }
        }
        if parallel {
            all.sort_unstable();
        }
        let mut kinds = Vec::new();
        let mut first = 0;
        for kind in all.chunk_by(|a, b| a.kind == b.kind) {
            kinds.push(first..first + kind.len());
            first += kind.len();
        }
        Ok(Entries {
            inputs,
            neurons: network.neuron_count(),
            all,
            kinds,
        })
    }

    /// The sizes of the smallest model that holds the network.
    pub(super) fn sizes(&self, state_bits: u32, features: Features) -> UncheckedSizes {
        let log2 = |count: usize| count.next_power_of_two().ilog2();
        let (neurons_log2, inputs_log2) = (log2(self.neurons).max(4), log2(self.inputs).max(4));
        let sources = self.kinds.chunk_by(|a, b| {
            let source = |kind: &Range<usize>| self.all.get(kind.start).map(|it| it.kind.source);
            source(a) == source(b)
        });
        let further = self.kinds.len() - sources.count();
        let rows_log2 = log2((1 << neurons_log2) + (1 << inputs_log2) + further)
            .max(neurons_log2.max(inputs_log2) + 1);
        // Few lanes waste the least words on rows with few synapses; the 32-bit element of a row
        // limits the number of target words.
        let Features {
            learning,
            reset_rules,
            second_state,
        } = features;
        let flags = 2 + 2 * (u32::from(learning) + u32::from(second_state));
        let target_words_log2 = 32_u32.saturating_sub(rows_log2 + flags) / 2;
        let lanes_log2 = neurons_log2
            .saturating_sub(target_words_log2)
            .max((neurons_log2 - 2).min(4));
        let words = self.kinds.iter().map(|kind| {
            let word = |entry: Option<&Entry>| entry.map_or(0, |it| it.target >> lanes_log2);
            let own = &self.all[kind.clone()];
            u64::from(word(own.last()) - word(own.first())) + 1
        });
        UncheckedSizes {
            neurons_log2,
            inputs_log2,
            lanes_log2,
            state_bits,
            // A model has room for exact sums.
            sum_bits: if state_bits > 16 { 31 } else { state_bits },
            rows_log2,
            synapse_words: u32::try_from(words.sum::<u64>().max(1)).unwrap_or(u32::MAX),
            wheel_word_log2: 5.min(inputs_log2),
            in_words_log2: 14,
            out_words_log2: (neurons_log2 + 1).max(14),
            learning,
            reset_rules,
            second_state,
        }
    }
}
