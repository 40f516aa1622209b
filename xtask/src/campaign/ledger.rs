//! Counts how sessions ended, by the kind of fault, and compares the counts with those committed.

use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::plan::Kind;
use super::session::Verdict;
use crate::markdown::{grouped, table};
use crate::project;

/// The file of the committed counts.
pub(super) const COMMITTED: &str = "docs/campaign.json";

/// The sessions of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) kind: String,
    pub(super) sessions: u64,
    right: u64,
    error: u64,
    killed: u64,
    forged: u64,
    lost: u64,
    crashed: u64,
    hung: u64,
    wrong: u64,
}

impl Row {
    fn count(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Right => &mut self.right,
            Verdict::Error => &mut self.error,
            Verdict::Killed => &mut self.killed,
            Verdict::Forged => &mut self.forged,
            Verdict::Lost => &mut self.lost,
            Verdict::Crashed => &mut self.crashed,
            Verdict::Hung => &mut self.hung,
            Verdict::Wrong => &mut self.wrong,
        }
    }

    fn counts(&self) -> [u64; 8] {
        let mut row = self.clone();
        Verdict::ALL.map(|verdict| *row.count(verdict))
    }

    /// Number of sessions that ended in a forbidden way.
    fn faults(&self) -> u64 {
        self.lost + self.crashed + self.hung + self.wrong
    }
}

/// The counts of a campaign.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ledger {
    /// The command line.
    pub(super) command: String,
    /// The program's version text.
    pub(super) program: String,
    /// Time limit of a session.
    pub(super) limit_seconds: u64,
    pub(super) sessions: u64,
    pub(super) kinds: Vec<Row>,
}

impl Ledger {
    pub(super) fn new(command: String, program: String) -> Ledger {
        Ledger {
            command,
            program,
            limit_seconds: super::LIMIT.as_secs(),
            sessions: 0,
            kinds: Kind::ALL
                .iter()
                .map(|kind| Row {
                    kind: kind.name().to_owned(),
                    ..Row::default()
                })
                .collect(),
        }
    }

    pub(super) fn add(&mut self, kind: Kind, verdict: Verdict) {
        self.sessions += 1;
        let row = self.kinds.iter_mut().find(|row| row.kind == kind.name());
        if let Some(row) = row {
            row.sessions += 1;
            *row.count(verdict) += 1;
        }
    }

    pub(super) fn faults(&self) -> u64 {
        self.kinds.iter().map(Row::faults).sum()
    }

    /// The table for people.
    pub(super) fn text(&self) -> String {
        let head = [
            "sessions", "right", "error", "killed", "forged", "LOST", "CRASHED", "HUNG", "WRONG",
        ];
        let mut text = format!("{:<38}", "what happens");
        let mut line = |name: &str, cells: Vec<String>| {
            if !name.is_empty() {
                text += &format!("{name:<38}");
            }
            for cell in cells {
                text += &format!("{cell:>9}");
            }
            text.push('\n');
        };
        line("", head.map(str::to_owned).to_vec());
        for row in &self.kinds {
            let counts = std::iter::once(row.sessions).chain(row.counts());
            line(&row.kind, counts.map(|count| count.to_string()).collect());
        }
        text
    }
}

/// The committed campaigns: of the present program, and of an earlier one, in which sessions had no
/// number, ports no lock and result files no temporary file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Committed {
    pub(super) before: Option<Ledger>,
    pub(super) now: Option<Ledger>,
}

impl Committed {
    pub(super) fn read() -> Result<Committed> {
        let path = project::root().join(COMMITTED);
        if !path.exists() {
            return Ok(Committed {
                before: None,
                now: None,
            });
        }
        let text = project::read(Path::new(COMMITTED))?;
        serde_json::from_str(&text).context(COMMITTED)
    }

    pub(super) fn write(&self) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(project::root().join(COMMITTED), text).context(COMMITTED)
    }
}

/// The table of `docs/verification.md`.
pub(crate) fn render() -> Result<String> {
    let committed = Committed::read()?;
    let mut text = String::new();
    for (name, ledger) in [("Now", committed.now), ("Before", committed.before)] {
        let Some(ledger) = ledger else { continue };
        let rows = ledger.kinds.iter().map(|row| {
            let counts = std::iter::once(row.sessions).chain(row.counts());
            let mut cells = vec![row.kind.clone()];
            cells.extend(counts.map(grouped));
            cells
        });
        let head = [
            "what happens",
            "sessions",
            "right",
            "clear error",
            "killed, files whole",
            "forged by the line",
            "**file lost or cut**",
            "**crashed**",
            "**no end**",
            "**wrong, exit 0**",
        ];
        text += &format!(
            "{name}: {} sessions of `{}`, `{}`.\n\n{}\n",
            grouped(ledger.sessions),
            ledger.program,
            ledger.command,
            table(&head, rows)
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_session_is_counted_once_and_every_fault_counts() {
        let mut ledger = Ledger::new(String::new(), String::new());
        for kind in Kind::ALL {
            for verdict in Verdict::ALL {
                ledger.add(kind, verdict);
            }
        }
        let kinds = Kind::ALL.len() as u64;
        assert_eq!(ledger.sessions, 8 * kinds);
        assert_eq!(ledger.faults(), 4 * kinds);
        assert!(ledger.kinds.iter().all(|row| row.counts() == [1; 8]));
        let lines = ledger.text().lines().count() as u64;
        assert_eq!(lines, kinds + 1);
        let text = serde_json::to_string(&ledger).unwrap();
        let again: Ledger = serde_json::from_str(&text).unwrap();
        assert_eq!(again.kinds, ledger.kinds);
    }
}
