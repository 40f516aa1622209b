//! A netlist with faults: selected bits of look-up tables are flipped on command.
//!
//! One netlist contains many faults, so that it is compiled only once. The number of the active
//! fault arrives over the UART pin in the first cycles; 0 is no fault, and then the netlist is as
//! synthesised.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};

use crate::boards::Family;

/// The look-up table of a family.
pub(super) struct Cell {
    pub(super) name: &'static str,
    /// The parameter with its contents.
    pub(super) contents: &'static str,
    /// From the lowest bit of the address up.
    pub(super) inputs: [&'static str; 4],
    pub(super) output: &'static str,
}

impl Cell {
    pub(super) fn of(family: Family) -> Cell {
        match family {
            Family::Ice40 => Cell {
                name: "SB_LUT4",
                contents: "LUT_INIT",
                inputs: ["I0", "I1", "I2", "I3"],
                output: "O",
            },
            Family::Ecp5 => Cell {
                name: "LUT4",
                contents: "INIT",
                inputs: ["A", "B", "C", "D"],
                output: "Z",
            },
        }
    }

    /// The same table with a fault.
    fn with_fault(&self) -> String {
        let Cell {
            name,
            contents,
            inputs: [i0, i1, i2, i3],
            output,
        } = self;
        format!(
            "module planted #(\n    parameter [15:0] {contents} = 0,\n    parameter [15:0] NUMBER = \
             0,\n    parameter [3:0] BIT = 0\n) (\n    input {i0}, {i1}, {i2}, {i3},\n    output \
             {output},\n    input [15:0] picked,\n    output touched\n);\n// In the place of a \
             {name}.\nwire [3:0] address = {{{i3}, {i2}, {i1}, {i0}}};\nassign touched = address \
             == BIT;\nassign {output} = {contents}[address] ^ (touched & picked == \
             NUMBER);\nendmodule\n"
        )
    }
}

/// Blocks that get a fault in any case, by the beginning of their cells' names; the other faults
/// are random.
const BLOCKS: [&str; 4] = [
    "device.core.learning.",
    "device.core.lanes.",
    "device.link.reader.",
    "device.core.neurons.",
];

/// A netlist with faults.
pub(super) struct Planted {
    /// The Verilog: the module has an input `picked`, and an output `touched` with one bit per
    /// fault.
    pub(super) verilog: String,
    /// A line a fault: its number, the table, the bit.
    pub(super) list: String,
    /// Number of faults, which are numbered from 1.
    pub(super) count: usize,
}

/// Plants `count` faults in `netlist`, whose module is `board`.
pub(super) fn plant(netlist: &str, family: Family, count: usize, seed: u64) -> Result<Planted> {
    let cell = Cell::of(family);
    let begin = format!("  {} #(\n", cell.name);
    let tables: Vec<usize> = netlist.match_indices(&begin).map(|(at, _)| at).collect();
    ensure!(
        tables.len() >= count,
        "there are only {} look-up tables",
        tables.len()
    );
    let mut random = SplitMix(seed);
    let mut chosen = BTreeSet::new();
    for block in BLOCKS {
        let inside = |at: &&usize| name(&netlist[**at..]).is_some_and(|it| it.starts_with(block));
        let inside: Vec<_> = tables.iter().filter(inside).copied().collect();
        if chosen.len() < count && !inside.is_empty() {
            chosen.insert(inside[random.below(inside.len())]);
        }
    }
    while chosen.len() < count {
        chosen.insert(tables[random.below(tables.len())]);
    }
    let mut verilog = String::with_capacity(netlist.len() * 2);
    let mut list = String::new();
    let mut done = 0;
    for (number, at) in (1..).zip(chosen) {
        let end = netlist[at..]
            .find(");\n")
            .context("a look-up table without an end")?;
        let text = &netlist[at..at + end];
        let name = name(text).context("a look-up table without a name")?;
        let bit = cell.reachable_bit(text, &mut random)?;
        writeln!(list, "{number} {name} bit {bit}")?;
        verilog.push_str(&netlist[done..at]);
        let renamed = text.replacen(
            &begin,
            &format!("  planted #(\n    .NUMBER({number}),\n    .BIT({bit}),\n"),
            1,
        );
        verilog.push_str(renamed.trim_end());
        write!(
            verilog,
            ",\n    .picked(picked),\n    .touched(touched[{number}])\n  "
        )?;
        done = at + end;
    }
    verilog.push_str(&netlist[done..]);
    let header = verilog
        .find("module board(")
        .context("there is no module board")?;
    let ports = header + verilog[header..].find(");").context("no end of ports")?;
    verilog.insert_str(
        ports + 2,
        &format!("\n  input [15:0] picked;\n  output [{count}:1] touched;"),
    );
    verilog.insert_str(ports, ", picked, touched");
    verilog.push_str(&cell.with_fault());
    Ok(Planted {
        verilog,
        list,
        count,
    })
}

impl Cell {
    /// A random bit of the table in `text` that can be looked up: constant inputs leave only some.
    fn reachable_bit(&self, text: &str, random: &mut SplitMix) -> Result<usize> {
        let mut level = [None; 4];
        for (input, level) in self.inputs.iter().zip(&mut level) {
            let begin = format!(".{input}(");
            let at = text.find(&begin).with_context(|| format!("no {input}"))?;
            let rest = &text[at + begin.len()..];
            *level = ["1'h0)", "1'h1)"]
                .iter()
                .position(|it| rest.starts_with(it));
        }
        let fits = |bit: &usize| {
            let mut levels = level.iter().enumerate();
            levels.all(|(at, level)| level.is_none_or(|level| bit >> at & 1 == level))
        };
        let bits: Vec<usize> = (0..16).filter(fits).collect();
        Ok(bits[random.below(bits.len())])
    }
}

/// The instance name at the beginning of `text`; it may be an escaped name.
fn name(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("\n  ) ")?;
    let word = after.split_whitespace().next()?;
    Some(word.strip_prefix('\\').unwrap_or(word))
}

/// SplitMix64, which suffices: the choice needs variety, not randomness of high quality.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // Lossless: less than `limit`.
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NETLIST: &str = "\
module board(oscillator, rx);
  input rx;
  SB_LUT4 #(
    .LUT_INIT(16'h8000)
  ) \\a.first  (
    .I0(x),
    .I1(1'h0),
    .I2(1'h1),
    .I3(1'h0),
    .O(o)
  );
  SB_LUT4 #(
    .LUT_INIT(16'hf0f1)
  ) \\b.second  (
    .I0(x),
    .I1(y),
    .I2(z),
    .I3(w),
    .O(p)
  );
endmodule
";

    #[test]
    fn faults_are_planted_where_they_can_be_looked_up() {
        for seed in 0..20 {
            let planted = plant(NETLIST, Family::Ice40, 2, seed).unwrap();
            let lines: Vec<_> = planted.list.lines().collect();
            // I2 is 1; I1 and I3 are 0.
            assert!(
                ["1 a.first bit 4", "1 a.first bit 5"].contains(&lines[0]),
                "{lines:?}"
            );
            assert!(lines[1].starts_with("2 b.second bit "));
            let text = &planted.verilog;
            assert!(text.starts_with("module board(oscillator, rx, picked, touched);\n"));
            assert!(text.contains("output [2:1] touched;"));
            assert!(text.contains(".LUT_INIT(16'hf0f1)\n  ) \\b.second  (\n    .I0(x)"));
            assert!(text.contains(".O(p),\n    .picked(picked),\n    .touched(touched[2])\n  );"));
        }
    }

    #[test]
    fn a_block_comes_first() {
        let netlist = NETLIST.replace("b.second", "device.link.reader.x");
        for seed in 0..20 {
            let planted = plant(&netlist, Family::Ice40, 1, seed).unwrap();
            assert!(planted.list.contains("device.link.reader.x"));
        }
    }

    #[test]
    fn the_same_seed_plants_the_same_and_too_many_do_not_fit() {
        let list = |seed| plant(NETLIST, Family::Ice40, 1, seed).unwrap().list;
        assert_eq!(list(3), list(3));
        assert!((0..20).any(|seed| list(seed) != list(3)));
        assert!(plant(NETLIST, Family::Ice40, 3, 0).is_err());
    }
}
