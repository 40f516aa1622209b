//! What became of the mutants: the committed figures and the tables that are made from them.

use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::explained;
use super::mutant::Mutant;
use crate::markdown::{code, grouped, table};
use crate::project;

/// Of 1,000 mutants that change something, so many must be killed.
pub(super) const WANTED_PER_MILLE: u64 = 950;

/// Where the figures are committed.
const COMMITTED: &str = "docs/mutation.json";

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// A session went differently.
    Killed,
    /// It changes nothing, which is proved.
    Equivalent,
    /// Nothing was noticed.
    Survived,
}

/// The mutants of one part of the device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    name: String,
    killed: u64,
    equivalent: u64,
    survived: u64,
}

impl Part {
    fn count(&mut self, fate: Fate) -> &mut u64 {
        match fate {
            Fate::Killed => &mut self.killed,
            Fate::Equivalent => &mut self.equivalent,
            Fate::Survived => &mut self.survived,
        }
    }

    /// All that behave differently, as far as is known.
    fn different(&self) -> u64 {
        self.killed + self.survived
    }

    fn mutants(&self) -> u64 {
        self.different() + self.equivalent
    }

    fn add(&mut self, other: &Part) {
        self.killed += other.killed;
        self.equivalent += other.equivalent;
        self.survived += other.survived;
    }
}

/// A mutant that nothing noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Survivor {
    pub(super) block: String,
    pub(super) change: String,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ledger {
    /// What was run.
    command: String,
    config: String,
    /// With which releases: another one of yosys chooses other mutants.
    tools: String,
    parts: Vec<Part>,
    pub(super) survivors: Vec<Survivor>,
}

impl Ledger {
    pub(super) fn new(
        command: String,
        config: &str,
        tools: String,
        fates: &[(&Mutant, Fate)],
    ) -> Ledger {
        let mut parts: Vec<Part> = Vec::new();
        let mut survivors = Vec::new();
        for (mutant, fate) in fates {
            let name = mutant.part();
            let at = parts.iter().position(|part| part.name == name);
            let at = at.unwrap_or_else(|| {
                parts.push(Part {
                    name,
                    ..Part::default()
                });
                parts.len() - 1
            });
            *parts[at].count(*fate) += 1;
            if *fate == Fate::Survived {
                survivors.push(Survivor {
                    block: mutant.block.clone(),
                    change: mutant.change.clone(),
                });
            }
        }
        parts.sort_by(|a, b| a.name.cmp(&b.name));
        survivors.sort_by(|a, b| (&a.block, &a.change).cmp(&(&b.block, &b.change)));
        Ledger {
            command,
            config: config.to_owned(),
            tools,
            parts,
            survivors,
        }
    }

    fn total(&self) -> Part {
        let mut total = Part::default();
        self.parts.iter().for_each(|part| total.add(part));
        total
    }

    /// Of 1,000 mutants that behave differently, how many are killed: rounded down.
    pub(super) fn killed_per_mille(&self) -> u64 {
        let total = self.total();
        (total.killed * 1_000)
            .checked_div(total.different())
            .unwrap_or(0)
    }

    /// The survivors that no line of the list of explanations is about.
    pub(super) fn unexplained(&self) -> Vec<&Survivor> {
        let survivors = self.survivors.iter();
        survivors
            .filter(|it| explained::why(&it.block, &it.change).is_none())
            .collect()
    }

    /// The figures and the survivors, as they stand in the documents.
    pub(super) fn text(&self) -> String {
        let total = self.total();
        let cells = |name: String, part: &Part| {
            let counts = [part.mutants(), part.killed, part.equivalent, part.survived];
            let mut cells = vec![name];
            cells.extend(counts.map(grouped));
            cells
        };
        let rows = self.parts.iter().map(|part| cells(code(&part.name), part));
        let all = std::iter::once(cells("all".to_owned(), &total));
        let head = [
            "part",
            "mutants",
            "killed",
            "equivalent, proved",
            "survived",
        ];
        let survivors = self.survivors.iter().map(|it| {
            let why = explained::why(&it.block, &it.change).unwrap_or("not explained");
            vec![code(&it.block), it.change.clone(), why.to_owned()]
        });
        let per_mille = self.killed_per_mille();
        let open = self.unexplained().len();
        let lacks = match (per_mille < WANTED_PER_MILLE, open) {
            (false, 0) => String::new(),
            (true, 0) => " **Too few are killed.**".to_owned(),
            (false, _) => format!(" **Survivors without an explanation: {open}.**"),
            (true, _) => {
                format!(" **Too few are killed, and {open} survivors have no explanation.**")
            }
        };
        format!(
            "Of {} mutants of `{}`, {} are proved to change nothing. Of the other {}, {} are killed, \
             {}.{} %.{lacks} `{}`, with {}.\n\n{}\n{}",
            grouped(total.mutants()),
            self.config,
            grouped(total.equivalent),
            grouped(total.different()),
            grouped(total.killed),
            per_mille / 10,
            per_mille % 10,
            self.command,
            self.tools,
            table(&head, rows.chain(all)),
            table(&["block", "survivor", "why"], survivors)
        )
    }

    /// What is committed, if the mutants have been tested at all.
    fn read() -> Result<Option<Ledger>> {
        if !project::root().join(COMMITTED).exists() {
            return Ok(None);
        }
        let text = project::read(Path::new(COMMITTED))?;
        serde_json::from_str(&text).context(COMMITTED)
    }

    pub(super) fn write(&self) -> Result<()> {
        project::write(COMMITTED, serde_json::to_string_pretty(self)? + "\n")
    }
}

/// The part of `docs/verification.md`.
pub(crate) fn render() -> Result<String> {
    Ok(match Ledger::read()? {
        Some(ledger) => ledger.text(),
        None => {
            "No figures are committed yet: `cargo xtask mutate --write` measures them.\n".to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(block: &str) -> Mutant {
        Mutant {
            number: 1,
            words: String::new(),
            block: block.to_owned(),
            change: "`or` A[0] inverted".to_owned(),
        }
    }

    #[test]
    fn a_rate_leaves_out_what_changes_nothing_and_is_rounded_down() {
        let mutants = ["core.a", "core.a.b", "link.c", "top", "top"].map(mutant);
        let fates = [
            Fate::Killed,
            Fate::Killed,
            Fate::Equivalent,
            Fate::Survived,
            Fate::Equivalent,
        ];
        let fates: Vec<_> = mutants.iter().zip(fates).collect();
        let ledger = Ledger::new("it".to_owned(), "tiny_l", "yosys".to_owned(), &fates);
        assert_eq!(ledger.total().different(), 3);
        assert_eq!(ledger.killed_per_mille(), 666);
        assert_eq!(ledger.survivors.len(), 1);
        let text = ledger.text();
        assert!(text.contains("2 are killed, 66.6 %"), "{text}");
        assert!(text.contains("| all | 5 | 2 | 2 | 1 |"), "{text}");
    }
}
