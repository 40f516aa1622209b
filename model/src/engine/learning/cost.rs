//! What learning costs the hardware, as far as its work determines it: cycles of the steps of its
//! unit, as `docs/core.md` describes them.

use crate::engine::rows::Row;
use spec::config::CoreConfig;

/// Cycles of a row that learns on its way to the neurons, beside two for each of its words.
const DELIVERED_ROW: u32 = 9;
/// Cycles to find out that a row does not learn.
const ORDINARY_ROW: u32 = 2;
/// Cycles to write down which rows of a group were delivered, when one of another comes.
const OTHER_GROUP: u32 = 2;
/// Cycles to read the elements of a rule.
const LOAD: u32 = 12;
/// Cycles to begin looking for rows or neurons.
const SEARCH: u32 = 3;
/// Cycles to write back what is known of a group, and to look for the next.
const GROUP: u32 = 2;
/// Cycles to read a row's trace and to decide.
const LOOK_AT_ROW: u32 = 6;
/// The same for a neuron, which has an adaptation.
const LOOK_AT_NEURON: u32 = 7;
/// Cycles to add a row's spike and to write its trace.
const ROW: u32 = 2;
/// Cycles to do this for a neuron, to write what it takes from weights, and to adapt.
const NEURON: u32 = 6;
/// Cycles of a decay.
const DECAY: u32 = 2;
/// Cycles that a product takes more where it is made in parts.
const SERIAL: u32 = 3;
/// Cycles that it takes more where it has a register behind it.
const BEHIND: u32 = 1;
/// Cycles to write an adaptation and a threshold.
const THRESHOLD: u32 = 2;
/// Cycles to strengthen a row, beside those of its pairs of cycles.
const STRENGTHEN: u32 = 4;
/// Pairs of cycles beside one for each target word of neurons that fired.
const PAIRS: u32 = 5;
/// The same for a row that wraps around the targets, and looks at all of them twice.
const WRAPPED_PAIRS: u32 = 8;
/// Cycles that a block of neurons of which one fired waits, beside those of its words.
const BLOCK: u32 = 2;
/// Cycles until the stages of the update are empty.
const STAGES: u32 = 8;
/// Cycles that what is asked for comes later where reads are registered.
const LATER: u32 = 5;
/// Cycles that words are longer on their way there, and neurons in the stages of the update.
const LONGER: u32 = 4;
/// Cycles that a row waits there until the unit sees it.
const SEEN: u32 = 1;

/// What the unit needs of a rule: each is read on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Delivery,
    Row,
    Neuron,
}

/// What the sweep of a tick has done with rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowWork {
    pub(super) looked_at: u32,
    /// Rows whose traces were brought up to date.
    pub(super) learned: u32,
    /// Traces that decayed.
    pub(super) decayed: u32,
    /// Rows that were strengthened, and those of them that wrap around the targets.
    pub(super) strengthened: u32,
    pub(super) wrapped: u32,
}

/// What it has done with neurons.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NeuronWork {
    pub(super) looked_at: u32,
    /// Neurons that were brought up to date.
    pub(super) learned: u32,
    /// Traces and sums of adaptation that decayed.
    pub(super) decayed: u32,
    /// Adaptations that rose or decayed.
    pub(super) adapted: u32,
}

/// The cycles of one tick, and what the unit remembers from one to the next.
#[derive(Debug, Clone)]
pub(super) struct Cost {
    cycles: u32,
    /// Cycles that a product takes more: [`SERIAL`], [`BEHIND`], or 0.
    product: u32,
    /// [`LATER`], [`LONGER`] and [`SEEN`], or 0.
    later: u32,
    longer: u32,
    seen: u32,
    group_log2: u32,
    rows: u32,
    neurons: u32,
    lanes_log2: u32,
    /// All rules are always at hand.
    rule_memory: bool,
    /// The rule whose elements are at hand.
    held: Option<(u32, Part)>,
    /// The group of the row that was delivered last in this tick.
    group: Option<u32>,
    /// Nothing is known of traces: all are looked at.
    unknown: bool,
}

impl Cost {
    pub(super) fn new(config: &CoreConfig) -> Cost {
        Cost {
            cycles: 0,
            product: match (config.build.serial_products, config.build.registered_reads) {
                (true, _) => SERIAL,
                (false, true) => BEHIND,
                (false, false) => 0,
            },
            group_log2: config.wheel_word_log2,
            later: if config.build.registered_reads {
                LATER
            } else {
                0
            },
            longer: if config.build.registered_reads {
                LONGER
            } else {
                0
            },
            seen: if config.build.registered_reads {
                SEEN
            } else {
                0
            },
            // Lossless: sizes are below 2^17.
            rows: config.rows() as u32,
            neurons: config.neurons() as u32,
            lanes_log2: config.lanes_log2,
            rule_memory: config.build.spare_block_ram,
            held: None,
            group: None,
            unknown: true,
        }
    }

    /// The host has written what learning keeps.
    pub(super) fn written(&mut self) {
        self.held = None;
        self.unknown = true;
    }

    fn load(&mut self, rule: u32, part: Part) {
        if !self.rule_memory && self.held != Some((rule, part)) {
            self.held = Some((rule, part));
            self.cycles += LOAD + self.later;
            // Where that takes long, the trace is read once more: its threshold is still to come.
            if self.later > 0 {
                self.cycles += match part {
                    Part::Delivery => 0,
                    Part::Row => LOOK_AT_ROW + self.later - 2,
                    Part::Neuron => LOOK_AT_NEURON + self.later - 2,
                };
            }
        }
    }

    /// A row that may learn is due; tells the cycles of its delivery if it `learns`, else those until
    /// it is delivered like any other.
    pub(super) fn deliver(&mut self, index: u32, row: &Row, learns: bool) -> u32 {
        self.load(row.rule.into(), Part::Delivery);
        self.cycles += ORDINARY_ROW + self.seen;
        if learns {
            let group = Some(index >> self.group_log2);
            if self.group.is_some_and(|_| self.group != group) {
                self.cycles += OTHER_GROUP;
            }
            self.group = group;
            self.cycles += 2 * row.words + DELIVERED_ROW - ORDINARY_ROW + self.longer;
        }
        std::mem::take(&mut self.cycles)
    }

    /// Cycles for which a block of neurons of which one fired holds up the next, or the end.
    pub(crate) fn hold_up(&self, last: bool) -> u32 {
        let words = 1 << self.group_log2.saturating_sub(self.lanes_log2);
        words + BLOCK + if last { 0 } else { STAGES + self.longer }
    }

    /// The sweep begins; `live` are the rows to look at.
    pub(super) fn begin_rows(&mut self, live: &[u64]) {
        self.cycles = 1 + u32::from(self.group.take().is_some());
        self.search(live, self.rows);
    }

    /// It goes on with the neurons.
    pub(super) fn begin_neurons(&mut self, live: &[u64]) {
        self.search(live, self.neurons);
    }

    /// Groups of items are looked through, each in two words.
    fn search(&mut self, live: &[u64], items: u32) {
        // A group can be larger than a core.
        let groups = items.div_ceil(1 << self.group_log2);
        let size = 1 << self.group_log2;
        let mask = u64::MAX >> (u64::BITS - size);
        let is_picked = |group: u32| {
            let first = group << self.group_log2;
            let word = live[(first / u64::BITS) as usize];
            self.unknown || word >> (first % u64::BITS) & mask != 0
        };
        // After a group the search begins again; after the last there is none.
        let picked = (0..groups).filter(|&group| is_picked(group)).count() as u32;
        let ends_early = is_picked(groups - 1);
        self.cycles += 2 * groups + GROUP * picked;
        self.cycles += (SEARCH + self.later) * (picked + u32::from(!ends_early));
    }

    /// The elements of a row's rule are needed.
    #[inline]
    pub(super) fn row(&mut self, rule: u32) {
        self.load(rule, Part::Row);
    }

    /// The elements of a neuron's rule are needed.
    #[inline]
    pub(super) fn neuron(&mut self, rule: u32) {
        self.load(rule, Part::Neuron);
    }

    /// The sweep of the rows has done that; neurons of so many target words fired.
    pub(super) fn rows(&mut self, work: &RowWork, touched: u32) {
        self.cycles += (LOOK_AT_ROW + self.later) * work.looked_at + ROW * work.learned;
        self.cycles += (DECAY + self.product) * work.decayed;
        let straight = work.strengthened - work.wrapped;
        self.cycles += (STRENGTHEN + self.product) * work.strengthened
            + 2 * (touched + PAIRS + self.later) * straight
            + 2 * (2 * touched + WRAPPED_PAIRS + 2 * self.longer) * work.wrapped;
    }

    /// The sweep of the neurons has done that.
    pub(super) fn neurons(&mut self, work: &NeuronWork) {
        self.cycles += (LOOK_AT_NEURON + self.later) * work.looked_at;
        self.cycles += (NEURON + self.product) * work.learned;
        self.cycles += (DECAY + self.product) * work.decayed + THRESHOLD * work.adapted;
    }

    /// The sweep is over, in which so many rows and neurons were looked at; tells its cycles, none if
    /// there was nothing to do.
    pub(super) fn end(&mut self, rows: u32, neurons: u32) -> u32 {
        let mut cycles = std::mem::take(&mut self.cycles);
        if self.unknown {
            cycles += (LOOK_AT_ROW + self.later) * (self.rows - rows)
                + (LOOK_AT_NEURON + self.later) * (self.neurons - neurons);
        } else if rows + neurons == 0 {
            cycles = 0;
        }
        self.unknown = false;
        cycles
    }
}
