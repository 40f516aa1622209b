//! Reads the spikes of a text one by one, so that a run can begin before the text ends.

use std::collections::VecDeque;
use std::io::BufRead;

use super::rows::Rows;
use super::{Bounds, CsvError, CsvProblem, ReadError};
use spec::events::Spike;

/// Reads the spikes of a text with ascending ticks, by tick and id. Only the spikes of one tick are
/// in memory.
pub struct SpikeLines<'t> {
    rows: Rows<'t, 2>,
    /// Number of ids, and so the maximum number of spikes in a tick.
    ids: usize,
    /// The spikes of the tick read last, sorted.
    ready: VecDeque<Spike>,
    /// The first of the next tick, and its line.
    next: Option<(Spike, usize)>,
    is_over: bool,
}

impl std::fmt::Debug for SpikeLines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SpikeLines")
            .field("ready", &self.ready)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

impl<'t> SpikeLines<'t> {
    /// The spikes of a text: `tick,id`.
    pub fn new(text: impl BufRead + 't, bounds: &Bounds) -> SpikeLines<'t> {
        SpikeLines {
            rows: Rows::new(text, ["tick", "id"], "tick,id", bounds.ranges()),
            ids: bounds.ids,
            ready: VecDeque::new(),
            next: None,
            is_over: false,
        }
    }

    fn row(&mut self) -> Result<Option<(Spike, usize)>, ReadError> {
        let Some((line, [tick, id])) = self.rows.next()? else {
            return Ok(None);
        };
        // Lossless: checked against their ranges, which are those of the types.
        let (tick, id) = (tick as u32, id as u32);
        Ok(Some((Spike { tick, id }, line)))
    }

    /// Reads all spikes of the next tick that has any.
    fn fill(&mut self) -> Result<(), ReadError> {
        let first = match self.next.take() {
            Some(first) => first,
            None => match self.row()? {
                Some(first) => first,
                None => return Ok(()),
            },
        };
        let tick = first.0.tick;
        let mut found = vec![first];
        // More spikes than ids means that one is repeated; this is reported below.
        while found.len() <= self.ids {
            match self.row()? {
                Some((spike, line)) if spike.tick < tick => {
                    let (tick, before) = (spike.tick, tick);
                    let problem = CsvProblem::Falls { tick, before };
                    return Err(CsvError { line, problem }.into());
                }
                Some(row) if row.0.tick == tick => found.push(row),
                other => {
                    self.next = other;
                    break;
                }
            }
        }
        found.sort_unstable();
        let twice = found.windows(2).find(|pair| pair[0].0 == pair[1].0);
        if let Some(&[(Spike { tick, id }, first), (_, line)]) = twice {
            let problem = CsvProblem::Duplicate { tick, id, first };
            return Err(CsvError { line, problem }.into());
        }
        self.ready.extend(found.into_iter().map(|(spike, _)| spike));
        Ok(())
    }
}

impl Iterator for SpikeLines<'_> {
    type Item = Result<Spike, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() && !self.is_over {
            if let Err(error) = self.fill() {
                self.is_over = true;
                return Some(Err(error));
            }
            self.is_over = self.ready.is_empty();
        }
        self.ready.pop_front().map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        ticks: 100,
        ids: 4,
        value: 0,
    };

    fn read(text: &str) -> Result<Vec<(u32, u32)>, String> {
        let lines = SpikeLines::new(text.as_bytes(), &BOUNDS);
        let spikes = lines.map(|it| it.map(|it| (it.tick, it.id)));
        let spikes: Result<_, _> = spikes.collect();
        spikes.map_err(|error: ReadError| error.to_string())
    }

    #[test]
    fn the_lines_of_a_tick_may_stand_in_any_order() {
        let found = read("tick,id\n0,3\n0,1\n\n7,2\n7,0\n9,0").unwrap();
        assert_eq!(found, [(0, 1), (0, 3), (7, 0), (7, 2), (9, 0)]);
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, wanted) in [
            ("5,0\n4,0", "line 2: tick 4 comes after tick 5"),
            (
                "tick,id\n5,1\n5,0\n5,1\n6,0",
                "line 4: tick 5 and id 1 stand already in line 2",
            ),
            ("5,0\n5,1\n5,1\n5,1\n5,1\n5,1", "stand already in line 2"),
            ("5,4", "line 1: id is 4, must be 0..=3"),
            ("100,0", "line 1: tick is 100, must be 0..=99"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(wanted), "{text:?}: {error}");
        }
    }
}
