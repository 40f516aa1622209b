//! The row memory.

use spec::config::CoreConfig;
use spec::elements::RowLink;
use spec::words;

/// A row as it is needed: all bits of its two elements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Element of the first synapse, the neuron that it leads to, and how many there are.
    pub(super) at: usize,
    pub(super) target: u32,
    pub(super) length: u32,
    /// Words in which they are.
    pub(super) words: u32,
    next: u32,
    has_next: bool,
    pub(super) exponent: u8,
    pub(super) delay: u8,
    pub(super) rule: u8,
    pub(super) enabled: bool,
    pub(super) plastic: bool,
}

/// What is asked of a row whenever it is made due or delivered, in few bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brief {
    /// The next row, or [`NO_ROW`].
    next: u32,
    pub(super) words: u32,
    pub(super) exponent: u8,
    pub(super) delay: u8,
    pub(super) enabled: bool,
    pub(super) plastic: bool,
}

/// No row has that number: a core has fewer than 2^22.
const NO_ROW: u32 = u32::MAX;

/// The rows of a core, and what is known of all of them.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    rows: Vec<Row>,
    briefs: Vec<Brief>,
    /// Whether no two enabled rows share a synapse word, if that is known.
    apart: Option<bool>,
    /// The largest magnitude that a synapse of any enabled row can add, if that is known.
    largest_addend: Option<i64>,
    lists: Vec<(u64, u64)>,
    reached: u64,
    lanes_log2: u32,
}

impl Brief {
    fn of(row: &Row) -> Brief {
        Brief {
            next: row.next().unwrap_or(NO_ROW),
            words: row.words,
            exponent: row.exponent,
            delay: row.delay,
            enabled: row.enabled,
            plastic: row.plastic,
        }
    }

    #[inline]
    pub(super) const fn next(&self) -> Option<u32> {
        if self.next == NO_ROW {
            None
        } else {
            Some(self.next)
        }
    }
}

impl Row {
    fn next(&self) -> Option<u32> {
        self.has_next.then_some(self.next)
    }
}

impl Rows {
    pub(super) fn new(config: &CoreConfig) -> Rows {
        let mut rows = Rows {
            rows: vec![Row::default(); config.rows()],
            briefs: vec![Brief::of(&Row::default()); config.rows()],
            apart: None,
            largest_addend: None,
            lists: Vec::new(),
            reached: 1 << config.word_address_bits(),
            lanes_log2: config.lanes_log2,
        };
        rows.set_elements(0, 0, 0, config);
        let zero = rows.rows[0];
        rows.rows.fill(zero);
        rows.briefs.fill(Brief::of(&zero));
        rows
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn all(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn get(&self, index: usize) -> &Row {
        &self.rows[index]
    }

    #[inline]
    pub(super) fn brief(&self, index: u32) -> &Brief {
        &self.briefs[index as usize]
    }

    /// The two elements of a row.
    pub(super) fn elements(&self, index: usize, config: &CoreConfig) -> (u32, u32) {
        let row = &self.rows[index];
        let decoded = words::Row {
            // Lossless: as they were decoded.
            first_word: (row.at >> self.lanes_log2) as u32,
            exponent: row.exponent.into(),
            delay: row.delay.into(),
            plastic: row.plastic,
            first_target: row.target >> self.lanes_log2,
            last_offset: row.words - 1,
            enabled: row.enabled,
            next: row.next(),
            rule: row.rule.into(),
        };
        // What the element says of the next row stays although there is none.
        let kept = if row.has_next { 0 } else { row.next };
        (
            decoded.body(config),
            decoded.link(config) | RowLink::of(config).next.put(kept),
        )
    }

    /// Sets the two elements of a row.
    pub(super) fn set_elements(&mut self, index: usize, body: u32, link: u32, config: &CoreConfig) {
        let row = words::Row::decode(body, link, config);
        // Lossless: an exponent has 3 bits, a delay 4, a rule 2.
        let at = (row.first_word as usize) << self.lanes_log2;
        let target = row.first_target << self.lanes_log2;
        let words = row.last_offset + 1;
        let length = words << self.lanes_log2;
        self.rows[index] = Row {
            at,
            target,
            length,
            words,
            next: RowLink::of(config).next.get(link),
            has_next: row.next.is_some(),
            exponent: row.exponent as u8,
            delay: row.delay as u8,
            rule: row.rule as u8,
            enabled: row.enabled,
            plastic: row.plastic,
        };
        self.briefs[index] = Brief::of(&self.rows[index]);
        self.apart = None;
        self.largest_addend = None;
    }

    /// The largest magnitude that a synapse of any enabled row can add. No weight exceeds 127: -128 stands
    /// for an absent synapse.
    #[inline]
    pub(super) fn largest_addend(&mut self) -> i64 {
        match self.largest_addend {
            Some(largest) => largest,
            None => self.find_largest_addend(),
        }
    }

    #[cold]
    fn find_largest_addend(&mut self) -> i64 {
        let enabled = self.briefs.iter().filter(|it| it.enabled);
        let largest = enabled.map(|it| 127 << it.exponent).max().unwrap_or(0);
        self.largest_addend = Some(largest);
        largest
    }

    /// Whether no two enabled rows share a synapse word: what one learns is not seen by another then.
    pub(super) fn are_apart(&mut self) -> bool {
        if let Some(apart) = self.apart {
            return apart;
        }
        let words = &mut self.lists;
        words.clear();
        for row in self.rows.iter().filter(|row| row.enabled) {
            let first = (row.at >> self.lanes_log2) as u64;
            words.push((first, first + u64::from(row.words) - 1));
        }
        words.sort_unstable();
        let apart = words.windows(2).all(|pair| pair[0].1 < pair[1].0)
            // One that goes around begins anew at word 0.
            && words.last().is_none_or(|last| last.1 < self.reached);
        self.apart = Some(apart);
        apart
    }
}
