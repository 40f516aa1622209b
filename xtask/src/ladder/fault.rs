//! A netlist with one bit of one look-up table flipped.

use anyhow::{Context, Result};

/// How a look-up table begins in yosys's Verilog.
const TABLE: &str = "SB_LUT4 #(\n";

/// How its contents begin.
const CONTENTS: &str = ".LUT_INIT(16'h";

/// Flips what a look-up table gives for all inputs low: the middle one of those whose names begin
/// with `block`.
pub(super) fn plant(netlist: &str, block: &str) -> Result<String> {
    let tables: Vec<usize> = netlist
        .match_indices(TABLE)
        .map(|(at, _)| at)
        .filter(|&at| name(&netlist[at..]).is_some_and(|name| name.starts_with(block)))
        .collect();
    let at = *tables
        .get(tables.len() / 2)
        .with_context(|| format!("no look-up table's name begins with {block}"))?;
    let contents = netlist[at..]
        .find(CONTENTS)
        .context("a look-up table without contents")?;
    let digits = at + contents + CONTENTS.len();
    let old = netlist.get(digits..digits + 4).context("cut off")?;
    let bits = u16::from_str_radix(old, 16).with_context(|| format!("contents {old}"))?;
    let (before, after) = netlist.split_at(digits);
    Ok(format!("{before}{:04x}{}", bits ^ 1, &after[4..]))
}

/// The name of the instance whose text begins `text`; it may be escaped.
fn name(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("\n  ) ")?;
    let word = after.split_whitespace().next()?;
    Some(word.strip_prefix('\\').unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NETLIST: &str = "\
  SB_LUT4 #(
    .LUT_INIT(16'h8000)
  ) \\a.first  (
    .I0(x)
  );
  SB_LUT4 #(
    .LUT_INIT(16'hf0f1)
  ) \\b.second  (
    .I0(x)
  );
";

    #[test]
    fn one_bit_of_the_right_table_is_flipped() {
        assert_eq!(
            plant(NETLIST, "a.").unwrap(),
            NETLIST.replace("8000", "8001")
        );
        assert_eq!(
            plant(NETLIST, "b.").unwrap(),
            NETLIST.replace("f0f1", "f0f0")
        );
        assert!(plant(NETLIST, "c.").is_err());
    }
}
