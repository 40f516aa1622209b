//! One mutant: what yosys is told to change, and what that is to a person.

use anyhow::{Context, Result};

/// A change of one bit at one port of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mutant {
    /// What selects it; 0 selects none.
    pub(super) number: u16,
    /// The words of yosys's `mutate` that make it.
    pub(super) words: String,
    /// The block, as a path of instances below the device.
    pub(super) block: String,
    /// The cell, its bit, and what happens to it.
    pub(super) change: String,
}

impl Mutant {
    /// The mutant in a line of yosys's list.
    pub(super) fn parse(number: u16, line: &str) -> Result<Mutant> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let of = |option: &str| {
            let at = words.iter().position(|word| *word == option)?;
            words.get(at + 1).copied()
        };
        let needed = |option| of(option).with_context(|| format!("no {option} in {line:?}"));
        let (mode, cell) = (needed("-mode")?, needed("-cell")?);
        let (port, bit) = (needed("-port")?, needed("-portbit")?);
        let other = of("-ctrlbit").unwrap_or_default();
        let effect = match mode {
            "const0" => "always 0".to_owned(),
            "const1" => "always 1".to_owned(),
            "inv" => "inverted".to_owned(),
            "cnot0" => format!("inverted while {port}[{other}] is 0"),
            "cnot1" => format!("inverted while {port}[{other}] is 1"),
            other => anyhow::bail!("a mutation of a kind that is not known: {other}"),
        };
        let (block, kind) = place(cell);
        let wire = of("-wire").zip(of("-wirebit"));
        let wire = wire.map_or_else(String::new, |(wire, bit)| format!(" (`{wire}[{bit}]`)"));
        // What is known of the source is for people; it is told in `change`.
        let told = ["-wire", "-src"].map(|option| words.iter().position(|word| *word == option));
        let end = told.into_iter().flatten().min().unwrap_or(words.len());
        Ok(Mutant {
            number,
            words: words[1..end].join(" "),
            block,
            change: format!("`{kind}` {port}[{bit}]{wire} {effect}"),
        })
    }

    /// The part of the device that it is in: two levels of instances at most.
    pub(super) fn part(&self) -> String {
        let levels: Vec<&str> = self.block.split('.').take(2).collect();
        levels.join(".")
    }
}

/// The block of a cell of the flattened netlist, and which cell of it that is. Yosys names a cell by
/// the path of its instance, its kind, and the line that it comes from or a number.
fn place(cell: &str) -> (String, String) {
    let plain = cell.strip_prefix("$flatten").unwrap_or(cell);
    let (path, own) = match plain.rfind(".$") {
        Some(at) if !plain.starts_with('$') => (&plain[..at], &plain[at + 1..]),
        _ => ("", plain),
    };
    let block = match path {
        "" => "top".to_owned(),
        path => path.replace('\\', ""),
    };
    let mut words = own.split('$').filter(|word| !word.is_empty());
    let kind = words.next().unwrap_or_default();
    let line = words.next().and_then(|word| word.split_once(".v:"));
    let own = match line {
        Some((_, line)) => format!("{kind} of line {line}"),
        None => kind.to_owned(),
    };
    (block, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_list_tells_the_place_and_the_change() {
        let line = r"mutate -mode cnot1 -module top -cell $flatten\core.\lanes.\weight_of$1.$or$tiny_l.v:5455$2009 -port B -portbit 1 -ctrlbit 2 -wire core.lanes.weight_of$1.own -wirebit 1 -src tiny_l.v:5448.23-5448.26";
        let mutant = Mutant::parse(3, line).unwrap();
        assert_eq!(mutant.block, "core.lanes.weight_of$1");
        assert_eq!(mutant.part(), "core.lanes");
        assert_eq!(
            mutant.change,
            "`or of line 5455` B[1] (`core.lanes.weight_of$1.own[1]`) inverted while B[2] is 1"
        );
        assert!(mutant.words.starts_with("-mode cnot1 -module top -cell"));
        assert!(mutant.words.ends_with("-ctrlbit 2"), "{}", mutant.words);
    }

    #[test]
    fn a_cell_of_the_device_itself_and_one_of_a_process_have_a_place() {
        assert_eq!(
            place(r"$procmux$12"),
            ("top".to_owned(), "procmux".to_owned())
        );
        assert_eq!(
            place(r"$flatten\link.\framer.$procmux$16344"),
            ("link.framer".to_owned(), "procmux".to_owned())
        );
    }

    #[test]
    fn a_line_that_is_none_is_an_error() {
        assert!(Mutant::parse(1, "mutate -mode inv -module top").is_err());
        assert!(Mutant::parse(1, "mutate -mode odd -cell a -port A -portbit 0").is_err());
    }
}
