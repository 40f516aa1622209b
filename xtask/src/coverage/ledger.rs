//! The committed counts and the tables that are made from them.

use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::markdown::{code, grouped, table};
use crate::project;

/// Where the counts are committed.
const COMMITTED: &str = "docs/coverage.json";

/// What was counted in one part: lines, or bits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    pub(super) name: String,
    pub(super) all: u64,
    /// Those that ran, or changed.
    pub(super) reached: u64,
}

impl Count {
    pub(super) fn named(name: &str) -> Count {
        Count {
            name: name.to_owned(),
            all: 0,
            reached: 0,
        }
    }

    pub(super) fn add(&mut self, reached: bool) {
        self.all += 1;
        self.reached += u64::from(reached);
    }

    /// The sum of all parts.
    fn sum(parts: &[Count]) -> Count {
        let mut sum = Count::named("all");
        for part in parts {
            sum.all += part.all;
            sum.reached += part.reached;
        }
        sum
    }

    /// All, those reached, and their share in percent, rounded down.
    fn cells(&self) -> [String; 3] {
        let per_mille = (self.reached * 1_000).checked_div(self.all).unwrap_or(0);
        let share = format!("{}.{}", per_mille / 10, per_mille % 10);
        [grouped(self.all), grouped(self.reached), share]
    }
}

/// The lines of the crates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rust {
    /// With which releases.
    pub(super) tools: String,
    pub(super) crates: Vec<Count>,
}

impl Rust {
    fn text(&self) -> String {
        let row = |name: String, it: &Count| [vec![name], it.cells().into()].concat();
        let rows = self.crates.iter().map(|it| row(code(&it.name), it));
        let all = std::iter::once(row("all".to_owned(), &Count::sum(&self.crates)));
        format!(
            "Lines of Rust that the tests run, by folder; `cargo xtask coverage --only rust`, with \
             {}.\n\n{}",
            self.tools,
            table(&["crate", "lines", "run", "%"], rows.chain(all))
        )
    }
}

/// The bits of the blocks of a config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Blocks {
    pub(super) config: String,
    pub(super) blocks: Vec<Count>,
}

/// The bits of the hardware.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hardware {
    /// With which release.
    pub(super) tools: String,
    pub(super) configs: Vec<Blocks>,
}

impl Hardware {
    fn text(&self) -> String {
        let mut names: Vec<&str> = self
            .configs
            .iter()
            .flat_map(|it| it.blocks.iter().map(|block| block.name.as_str()))
            .collect();
        names.sort_unstable();
        names.dedup();
        let cells = |it: Option<&Count>| match it {
            Some(count) => count.cells(),
            None => ["", "", ""].map(str::to_owned),
        };
        let rows = names.iter().map(|name| {
            let of = |config: &Blocks| cells(config.blocks.iter().find(|it| it.name == *name));
            let counts = self.configs.iter().flat_map(of);
            std::iter::once(code(name)).chain(counts).collect()
        });
        let sums = self.configs.iter();
        let sums = sums.flat_map(|it| Count::sum(&it.blocks).cells());
        let all = std::iter::once("all".to_owned()).chain(sums).collect();
        let heads = self.configs.iter().flat_map(|it| {
            let bits = format!("bits of `{}`", it.config);
            [bits, "toggled".to_owned(), "%".to_owned()]
        });
        let head: Vec<_> = std::iter::once("block".to_owned()).chain(heads).collect();
        let head: Vec<_> = head.iter().map(String::as_str).collect();
        format!(
            "Bits of the hardware that the tests change, by block; `cargo xtask coverage --only \
             hardware`, with {}.\n\n{}",
            self.tools,
            table(&head, rows.chain(std::iter::once(all)))
        )
    }
}

/// All of it, as far as it is measured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ledger {
    pub(super) rust: Option<Rust>,
    pub(super) hardware: Option<Hardware>,
}

impl Ledger {
    /// What is committed; nothing, if nothing has been measured.
    pub(super) fn read() -> Result<Ledger> {
        if !project::root().join(COMMITTED).exists() {
            return Ok(Ledger::default());
        }
        let text = project::read(Path::new(COMMITTED))?;
        serde_json::from_str(&text).context(COMMITTED)
    }

    pub(super) fn write(&self) -> Result<()> {
        project::write(COMMITTED, serde_json::to_string_pretty(self)? + "\n")
    }

    /// This one, with what is `newer`.
    pub(super) fn with(self, newer: Ledger) -> Ledger {
        Ledger {
            rust: newer.rust.or(self.rust),
            hardware: newer.hardware.or(self.hardware),
        }
    }

    /// The tables, as they stand in the documents.
    pub(super) fn text(&self) -> String {
        let rust = self.rust.iter().map(Rust::text);
        let hardware = self.hardware.iter().map(Hardware::text);
        let parts: Vec<_> = rust.chain(hardware).collect();
        match parts.is_empty() {
            true => "Nothing is counted yet: `cargo xtask coverage --write` does it.\n".to_owned(),
            false => parts.join("\n"),
        }
    }
}

/// The part of `docs/verification.md`.
pub(crate) fn render() -> Result<String> {
    Ok(Ledger::read()?.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(name: &str, all: u64, reached: u64) -> Count {
        let name = name.to_owned();
        Count { name, all, reached }
    }

    #[test]
    fn shares_are_rounded_down_and_what_is_not_measured_stays() {
        let rust = Rust {
            tools: "llvm".to_owned(),
            crates: vec![count("model", 3, 2), count("spec", 0, 0)],
        };
        let blocks = |config: &str, blocks| Blocks {
            config: config.to_owned(),
            blocks,
        };
        let hardware = Hardware {
            tools: "verilator".to_owned(),
            configs: vec![
                blocks("tiny", vec![count("top", 2_000, 1_999)]),
                blocks("tiny_l", vec![count("core", 1, 1), count("top", 4, 1)]),
            ],
        };
        let old = Ledger {
            rust: Some(rust),
            hardware: None,
        };
        let newer = Ledger {
            rust: None,
            hardware: Some(hardware),
        };
        let text = old.with(newer).text();
        for row in [
            "| `model` | 3 | 2 | 66.6 |\n| `spec` | 0 | 0 | 0.0 |\n| all | 3 | 2 | 66.6 |",
            "| `core` |  |  |  | 1 | 1 | 100.0 |",
            "| `top` | 2,000 | 1,999 | 99.9 | 4 | 1 | 25.0 |",
        ] {
            assert!(text.contains(row), "{text}");
        }
        assert!(Ledger::default().text().contains("Nothing is counted yet"));
    }
}
