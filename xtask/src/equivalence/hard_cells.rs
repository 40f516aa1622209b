//! The hard cells of the UltraPlus in a bitstream: its large memories and its multipliers, which
//! `icebox_vlog` omits. The positions of their ports and of their configuration bits come from
//! IceStorm's chip database; the values come from the bitstream.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};

/// Column and row of a tile.
type Place = (u32, u32);

/// A tile, and a wire or a configuration bit in it.
type Spot = (u32, u32, String);

/// A kind of cell: its name in the database, its module, the bit that enables it, and its outputs.
struct Kind {
    name: &'static str,
    module: &'static str,
    enable: Option<&'static str>,
    outputs: &'static [&'static str],
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "SPRAM",
        module: "SB_SPRAM256KA",
        enable: Some("SPRAM_EN"),
        outputs: &["DATAOUT"],
    },
    Kind {
        name: "MAC16",
        module: "SB_MAC16",
        enable: None,
        outputs: &["O", "CO"],
    },
];

/// The prefix of configuration bits in the database.
const BIT: &str = "CBIT_";

/// A cell of the chip: its kind, its place, and the wires and bits of its ports and parameters.
struct Cell {
    kind: &'static Kind,
    name: String,
    spots: BTreeMap<String, Spot>,
}

/// The parts of the chip's database that are used.
struct Chip {
    cells: Vec<Cell>,
    /// For each kind of tile, the row and column of its configuration bits.
    bits: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
}

/// A bitstream as text: for each tile its kind and its rows of bits.
type Tiles<'a> = BTreeMap<Place, (&'a str, Vec<&'a [u8]>)>;

/// The Verilog of the hard cells in the bitstream `asc`, for insertion into `icebox_vlog`'s module,
/// whose comments name the wires; and the number of cells of each module.
pub(super) fn verilog(
    database: &str,
    asc: &str,
    vlog: &str,
) -> Result<(String, BTreeMap<&'static str, usize>)> {
    let chip = Chip::parse(database)?;
    let tiles = tiles(asc);
    let nets = nets(vlog);
    let mut text = String::new();
    let mut counts = BTreeMap::new();
    for cell in &chip.cells {
        if let Some(instance) = cell.instance(&chip, &tiles, &nets)? {
            text.push_str(&instance);
            *counts.entry(cell.kind.module).or_default() += 1;
        }
    }
    Ok((text, counts))
}

impl Chip {
    fn parse(database: &str) -> Result<Chip> {
        let mut chip = Chip {
            cells: Vec::new(),
            bits: BTreeMap::new(),
        };
        let mut lines = database.lines().peekable();
        while let Some(line) = lines.next() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let Some(first) = words.first() else { continue };
            let mut body = Vec::new();
            if first.starts_with('.') {
                while let Some(line) = lines.next_if(|line| !line.starts_with('.')) {
                    body.push(line);
                }
            }
            if let [".extra_cell", x, y, z, name] = words[..] {
                if let Some(kind) = KINDS.iter().find(|kind| kind.name == name) {
                    chip.cells.push(Cell {
                        kind,
                        name: format!("{}_{x}_{y}_{z}", kind.name.to_lowercase()),
                        spots: body.into_iter().filter_map(spot).collect(),
                    });
                }
            } else if let Some(tile) = first.strip_suffix("_bits") {
                let bits = body.into_iter().filter_map(configuration_bit).collect();
                chip.bits.insert(format!("{tile} "), bits);
            }
        }
        ensure!(!chip.cells.is_empty(), "the database has no hard cells");
        Ok(chip)
    }

    /// Whether a bit of the configuration is set.
    fn is_set(&self, tiles: &Tiles, spot: &Spot) -> Result<bool> {
        let (x, y, bit) = spot;
        let (kind, rows) = tiles
            .get(&(*x, *y))
            .with_context(|| format!("the bitstream has no tile {x} {y}"))?;
        let (row, column) = self
            .bits
            .get(*kind)
            .and_then(|bits| bits.get(bit))
            .with_context(|| format!("{kind}has no {bit}"))?;
        let digit = rows.get(*row).and_then(|row| row.get(*column));
        digit
            .map(|digit| *digit == b'1')
            .with_context(|| format!("tile {x} {y} is too small"))
    }
}

/// A line such as `ADDRESS_0 0 2 lutff_0/in_1`.
fn spot(line: &str) -> Option<(String, Spot)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let &[port, x, y, wire, ..] = &words[..] else {
        return None;
    };
    let spot = (x.parse().ok()?, y.parse().ok()?, wire.to_owned());
    Some((port.to_owned(), spot))
}

/// A line such as `IpConfig.CBIT_0 B1[7]`.
fn configuration_bit(line: &str) -> Option<(String, (usize, usize))> {
    let (name, place) = line.strip_prefix("IpConfig.")?.split_once(' ')?;
    let (row, column) = place
        .strip_prefix('B')?
        .strip_suffix(']')?
        .split_once('[')?;
    Some((name.to_owned(), (row.parse().ok()?, column.parse().ok()?)))
}

fn tiles(asc: &str) -> Tiles<'_> {
    let mut tiles = Tiles::new();
    let mut lines = asc.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((kind, x, y)) = tile(line) else {
            continue;
        };
        let mut rows = Vec::new();
        while let Some(row) = lines.next_if(|row| row.starts_with(['0', '1'])) {
            rows.push(row.as_bytes());
        }
        tiles.insert((x, y), (kind, rows));
    }
    tiles
}

/// A line such as `.ipcon_tile 0 1`: the kind with its trailing space, and the place.
fn tile(line: &str) -> Option<(&str, u32, u32)> {
    let end = line.find("_tile ")? + "_tile ".len();
    let (kind, place) = line.split_at(end);
    let (x, y) = place.trim().split_once(' ')?;
    Some((kind, x.parse().ok()?, y.parse().ok()?))
}

/// The nets that `icebox_vlog` names, by each of their wires.
fn nets(vlog: &str) -> BTreeMap<Spot, String> {
    let mut nets = BTreeMap::new();
    let mut net = None;
    for line in vlog.lines() {
        if let Some(wire) = line.strip_prefix("// (") {
            let parts: Vec<&str> = wire.trim_end_matches(')').split(", ").collect();
            if let (Some(net), &[x, y, name]) = (net, &parts[..])
                && let (Ok(x), Ok(y)) = (x.parse(), y.parse())
            {
                let name = name.trim_matches('\'').to_owned();
                nets.insert((x, y, name), String::from(net));
            }
        } else {
            let declared = ["wire ", "reg "]
                .iter()
                .find_map(|it| line.strip_prefix(it));
            net = declared.and_then(|rest| rest.split([' ', ';']).next());
        }
    }
    nets
}

impl Cell {
    /// The instance, if the cell is used.
    fn instance(
        &self,
        chip: &Chip,
        tiles: &Tiles,
        nets: &BTreeMap<Spot, String>,
    ) -> Result<Option<String>> {
        let net = |spot: &Spot| nets.get(spot).map(String::as_str);
        let drives = |(port, spot): (&String, &Spot)| self.is_output(port) && net(spot).is_some();
        let drives = self.spots.iter().any(drives);
        let enabled = match self.kind.enable.and_then(|name| self.spots.get(name)) {
            Some(spot) => chip.is_set(tiles, spot)?,
            None => drives,
        };
        if !enabled {
            ensure!(!drives, "{} is used but not enabled", self.name);
            return Ok(None);
        }
        let mut parameters = Vec::new();
        let mut connections = Vec::new();
        let mut after = String::new();
        for (port, bits) in self.ports() {
            if bits.iter().all(|spot| spot.2.starts_with(BIT)) {
                if Some(port) == self.kind.enable {
                    continue;
                }
                let set = bits.iter().rev().map(|&spot| chip.is_set(tiles, spot));
                let digits = set
                    .map(|set| Ok(if set? { '1' } else { '0' }))
                    .collect::<Result<String>>()?;
                parameters.push(format!(".{port}({}'b{digits})", bits.len()));
            } else if self.kind.outputs.contains(&port) {
                let bus = format!("{}_{port}", self.name);
                connections.push(format!(".{port}({bus})"));
                writeln!(after, "wire [{}:0] {bus};", bits.len() - 1)?;
                for (at, spot) in bits.iter().enumerate() {
                    if let Some(net) = net(spot) {
                        writeln!(after, "assign {net} = {bus}[{at}];")?;
                    }
                }
            } else {
                // An undriven wire is 0, except the enable of a tile's clock, which is 1.
                let idle = |spot: &Spot| match spot.2.as_str() {
                    "lutff_global/cen" => "1'b1",
                    _ => "1'b0",
                };
                let bits: Vec<&str> = bits
                    .iter()
                    .rev()
                    .map(|&spot| net(spot).unwrap_or(idle(spot)))
                    .collect();
                connections.push(format!(".{port}({{{}}})", bits.join(", ")));
            }
        }
        let parameters = match &parameters[..] {
            [] => String::new(),
            some => format!("#(\n    {}\n) ", some.join(",\n    ")),
        };
        Ok(Some(format!(
            "{after}{} {parameters}{} (\n    {}\n);\n",
            self.kind.module,
            self.name,
            connections.join(",\n    ")
        )))
    }

    fn is_output(&self, port: &str) -> bool {
        let (port, _) = split(port);
        self.kind.outputs.contains(&port)
    }

    /// The ports and parameters with their bits, from bit 0 up.
    fn ports(&self) -> BTreeMap<&str, Vec<&Spot>> {
        let mut numbered: BTreeMap<&str, BTreeMap<u32, &Spot>> = BTreeMap::new();
        for (port, spot) in &self.spots {
            let (name, bit) = split(port);
            numbered.entry(name).or_default().insert(bit, spot);
        }
        let bits = |(name, bits): (_, BTreeMap<u32, _>)| (name, bits.into_values().collect());
        numbered.into_iter().map(bits).collect()
    }
}

/// Splits a name: `ADDRESS_10` is bit 10 of `ADDRESS`; `MODE_8x8` is not a bus.
fn split(port: &str) -> (&str, u32) {
    let bit = port.rsplit_once('_');
    let bit = bit.and_then(|(name, digits)| Some((name, digits.parse().ok()?)));
    bit.unwrap_or((port, 0))
}

/// Fails unless the bitstream has as many hard cells as the netlist.
pub(super) fn check_counts(netlist: &str, counts: &BTreeMap<&'static str, usize>) -> Result<()> {
    for kind in &KINDS {
        let begins = [
            format!("  {} ", kind.module),
            format!("  {} #(", kind.module),
        ];
        let wanted = netlist
            .lines()
            .filter(|line| begins.iter().any(|begin| line.starts_with(begin.as_str())))
            .count();
        let found = counts.get(kind.module).copied().unwrap_or_default();
        if found != wanted {
            bail!(
                "the netlist has {wanted} {}, the bitstream {found}",
                kind.module
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATABASE: &str = "\
.ipcon_tile_bits 54 16
IpConfig.CBIT_0 B1[2]
IpConfig.CBIT_1 B0[2]

.extra_cell 0 0 1 SPRAM
ADDRESS_0 0 2 lutff_0/in_1
ADDRESS_1 0 2 lutff_1/in_1
CLOCK 0 1 clk
DATAOUT_0 0 1 slf_op_0
DATAOUT_1 0 1 slf_op_1
SPRAM_EN 0 1 CBIT_0

.extra_cell 0 5 0 MAC16
CE 0 1 lutff_global/cen
O_0 0 1 mult/O_0
MODE_8x8 0 1 CBIT_1
";

    const VLOG: &str = "\
wire n1;
// (0, 1, 'slf_op_1')
// (1, 1, 'neigh_op_lft_1')

reg n2 = 0;
// (0, 1, 'clk')
wire n3;
// (0, 2, 'lutff_1/in_1')
";

    fn asc(enable: char) -> String {
        format!(".io_tile 1 0\n000\n.ipcon_tile 0 1\n001\n00{enable}\n.extra_bit 0 1 2\n")
    }

    #[test]
    fn an_enabled_memory_becomes_an_instance() {
        let (text, counts) = verilog(DATABASE, &asc('1'), VLOG).unwrap();
        assert_eq!(
            text,
            "wire [1:0] spram_0_0_1_DATAOUT;\nassign n1 = \
             spram_0_0_1_DATAOUT[1];\nSB_SPRAM256KA spram_0_0_1 (\n    .ADDRESS({n3, 1'b0}),\n    \
             .CLOCK({n2}),\n    .DATAOUT(spram_0_0_1_DATAOUT)\n);\n"
        );
        let netlist = "  SB_SPRAM256KA the_memory (\n";
        check_counts(netlist, &counts).unwrap();
        assert!(check_counts("", &counts).is_err());
    }

    #[test]
    fn a_multiplier_has_its_configuration() {
        let vlog = format!("{VLOG}wire n4;\n// (0, 1, 'mult/O_0')\n");
        let (text, _) = verilog(DATABASE, &asc('1'), &vlog).unwrap();
        let wanted = "SB_MAC16 #(\n    .MODE_8x8(1'b1)\n) mac16_0_5_0 (\n    .CE({1'b1}),\n    \
                      .O(mac16_0_5_0_O)\n);\n";
        assert!(text.contains(wanted), "{text}");
    }

    #[test]
    fn a_memory_that_is_used_but_not_enabled_is_refused() {
        assert!(verilog(DATABASE, &asc('0'), VLOG).is_err());
    }
}
