//! Packing synapses into rows and words.

use std::ops::Range;

use crate::config::CoreConfig;
use crate::network::{Network, SourceId};
use crate::words::Row;

use super::no_synapses;

/// The synapses of a network in the order of their rows, whatever the core.
pub(super) struct Entries {
    inputs: usize,
    neurons: usize,
    /// Row after row, in a row by target.
    all: Vec<Entry>,
    /// Those that one row could hold.
    kinds: Vec<Range<usize>>,
}

/// Which synapses go into which row. Exists for every network, whether it fits or not.
pub(super) struct Plan<'e, 'c> {
    config: &'c CoreConfig,
    of: &'e Entries,
    rows: Vec<PlannedRow>,
    /// Rows beyond the first of their source.
    further: usize,
}

/// One synapse. The order of the fields is the order of the entries: it knows no weights, so a
/// network that has learned lies in the same places as before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    kind: Kind,
    target: u32,
    /// Which of the network's connections it is.
    at: u32,
    weight: i8,
}

/// What the synapses of a row have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    source: SourceId,
    delay: u8,
    exponent: u8,
    /// By which rule they learn, if they do.
    rule: Option<u8>,
    /// How many rows of the same kind name the same target before.
    layer: u32,
}

struct PlannedRow {
    kind: Kind,
    entries: Range<usize>,
    first_target: usize,
    last_target: usize,
}

/// Words between two neighbours in a row that hold no synapse of it.
struct Gap {
    words: usize,
    /// The entry behind it.
    at: usize,
}

impl<'e, 'c> Plan<'e, 'c> {
    pub(super) fn new(entries: &'e Entries, config: &'c CoreConfig) -> Plan<'e, 'c> {
        let mut plan = Plan {
            config,
            of: entries,
            rows: Vec::new(),
            further: 0,
        };
        plan.cut(&[]);
        let excess = plan.words().saturating_sub(config.synapse_words as usize);
        let free = config.rows().saturating_sub(plan.rows());
        if excess > 0 && free > 0 {
            let cuts = plan.widest_gaps(excess, free);
            plan.cut(&cuts);
        }
        plan
    }

    /// Rows that are taken: each source has one, be it empty.
    pub(super) fn rows(&self) -> usize {
        self.of.inputs + self.of.neurons + self.further
    }

    /// Words that are taken.
    pub(super) fn words(&self) -> usize {
        self.rows.iter().map(PlannedRow::words).sum()
    }

    /// Divides the entries into rows: where the kind changes, and before the entries of `cuts`,
    /// which ascend.
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

    /// Adds a row of these entries, unless there are none.
    fn push(&mut self, entries: Range<usize>) {
        let own = &self.of.all[entries.clone()];
        let (Some(first), Some(last)) = (own.first(), own.last()) else {
            return;
        };
        let before = self.rows.last().map(|row| row.kind.source);
        self.further += usize::from(before == Some(first.kind.source));
        let word = |entry: &Entry| entry.target as usize >> self.config.lanes_log2;
        self.rows.push(PlannedRow {
            kind: first.kind,
            first_target: word(first),
            last_target: word(last),
            entries,
        });
    }

    /// Where to cut so that `excess` words are saved by at most `free` cuts, or as many as can be.
    fn widest_gaps(&self, excess: usize, free: usize) -> Vec<usize> {
        let word = |entry: &Entry| entry.target as usize >> self.config.lanes_log2;
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

    /// The row memory and the synapse memory. The plan fits the config.
    pub(super) fn lay_out(&self) -> (Vec<Row>, Vec<i8>) {
        let mut memory = vec![Row::default(); self.config.rows()];
        let mut synapses = no_synapses(self.config);
        let mut free = self.free_rows();
        let mut first_word = 0;
        let mut last: Option<(SourceId, usize)> = None;
        for row in &self.rows {
            let source = row.kind.source;
            let index = match last {
                Some((of, previous)) if of == source => {
                    // Counted before: there are as many free rows as further ones.
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

    /// The element of the synapse memory of each connection, in their order.
    pub(super) fn elements(&self) -> Vec<u32> {
        let mut elements = vec![0; self.of.all.len()];
        let mut first_word = 0;
        for row in &self.rows {
            for entry in &self.of.all[row.entries.clone()] {
                elements[entry.at as usize] = self.element(row, first_word, entry) as u32;
            }
            first_word += row.words();
        }
        elements
    }

    /// Where in the synapse memory an entry of a row is whose first word is that.
    fn element(&self, row: &PlannedRow, first_word: usize, entry: &Entry) -> usize {
        let lanes_log2 = self.config.lanes_log2;
        let offset = entry.target as usize - (row.first_target << lanes_log2);
        (first_word << lanes_log2) + offset
    }

    /// Index of a source's first row.
    fn primary(&self, source: SourceId) -> usize {
        match source {
            SourceId::Input(id) => id,
            SourceId::Neuron(id) => self.config.inputs() + id,
        }
    }

    /// Rows that no spike of the network leads to.
    fn free_rows(&self) -> impl Iterator<Item = usize> {
        let (inputs, neurons) = (self.config.inputs(), self.config.neurons());
        let beyond = inputs + neurons..self.config.rows();
        // These neurons never fire.
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

impl Entries {
    pub(super) fn new(network: &Network) -> Entries {
        let mut all: Vec<Entry> = network
            .connections()
            .zip(0..)
            .map(|(connection, at)| Entry {
                kind: Kind {
                    source: connection.source,
                    delay: connection.delay,
                    exponent: connection.exponent,
                    rule: connection.rule,
                    layer: 0,
                },
                // Lossless: below 2^14.
                target: connection.target as u32,
                at,
                weight: connection.weight,
            })
            .collect();
        // The projections of a network are in order already, so this merges them.
        all.sort();
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
        Entries {
            inputs: network.input_count(),
            neurons: network.neuron_count(),
            all,
            kinds,
        }
    }
}
