//! Checks that a synthesised netlist must pass before it is placed.
//!
//! One clock drives all flip-flops, on its rising edge. Every asynchronous input passes two
//! flip-flops, with no other logic on the way, before it is used. The description has both
//! properties, but a change can easily lose them, so they are checked on the netlist.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

use crate::boards::Family;

/// The number of a one-bit wire in yosys's JSON; constants have none.
type Wire = u64;

/// The module with the flattened design.
const MODULE: &str = "board";

#[derive(Debug, Deserialize)]
struct Design {
    modules: BTreeMap<String, Module>,
}

#[derive(Debug, Deserialize)]
struct Module {
    ports: BTreeMap<String, Port>,
    cells: BTreeMap<String, Cell>,
}

#[derive(Debug, Deserialize)]
struct Port {
    direction: String,
    bits: Vec<Value>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
    port_directions: BTreeMap<String, String>,
    connections: BTreeMap<String, Vec<Value>>,
}

/// The relevant names of each family.
struct Names {
    /// The prefix of flip-flop names, and the names of their data input and output.
    flip_flop: (&'static str, &'static str, &'static str),
    /// The look-up table.
    table: &'static str,
    /// The prefix of the names of PLLs.
    pll: &'static str,
}

impl Names {
    fn of(family: Family) -> Names {
        match family {
            Family::Ice40 => Names {
                flip_flop: ("SB_DFF", "D", "Q"),
                table: "SB_LUT4",
                pll: "SB_PLL40",
            },
            Family::Ecp5 => Names {
                flip_flop: ("TRELLIS_FF", "DI", "Q"),
                table: "LUT4",
                pll: "EHXPLLL",
            },
        }
    }
}

/// What else a wire may lead to, beside its synchroniser.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Company {
    None,
    /// Logic that only leads to pins, for lights that work without a clock.
    Pins,
}

/// Clock inputs of all cells of both families.
const CLOCK_PORTS: [&str; 12] = [
    "C", "CLK", "CLOCK", "CLKA", "CLKB", "RCLK", "WCLK", "WCK", "CLK0", "CLK1", "CLK2", "CLK3",
];

/// The allowed input ports: the clock, and the inputs whose synchronisers are checked below. Any
/// other input would begin a path without a constraint.
const INPUTS: [&str; 2] = ["oscillator", "rx"];

/// Fails if `text`, yosys's JSON, has a second clock or an unsynchronised input.
pub(super) fn check(text: &[u8], family: Family) -> Result<()> {
    let design: Design = serde_json::from_slice(text)?;
    let module = design
        .modules
        .get(MODULE)
        .with_context(|| format!("there is no module {MODULE}"))?;
    let names = Names::of(family);
    check_clock(module, &names)?;
    for (name, port) in &module.ports {
        ensure!(
            port.direction == "output" || INPUTS.contains(&name.as_str()),
            "port {name} is an {}: its paths have no constraint",
            port.direction
        );
    }
    let port = module.ports.get("rx").context("there is no port rx")?;
    let rx = port
        .bits
        .first()
        .and_then(Value::as_u64)
        .context("rx is no wire")?;
    check_synchronised(module, &names, "rx", rx, Company::None)?;
    let locked = module
        .cells
        .values()
        .find(|cell| cell.kind.starts_with(names.pll))
        .and_then(|cell| cell.wire("LOCK"))
        .context("there is no PLL that tells whether it is locked")?;
    check_synchronised(module, &names, "the lock of the PLL", locked, Company::Pins)
}

impl Cell {
    /// The wire at a one-bit port.
    fn wire(&self, port: &str) -> Option<Wire> {
        self.connections.get(port)?.first()?.as_u64()
    }

    /// The output of a look-up table.
    fn of_table(&self) -> Option<Wire> {
        self.wire("O").or(self.wire("Z"))
    }

    /// The input wires.
    fn inputs(&self) -> impl Iterator<Item = (&str, Wire)> {
        let is_input = |port: &str| {
            self.port_directions
                .get(port)
                .is_some_and(|it| it == "input")
        };
        self.connections
            .iter()
            .filter(move |(port, _)| is_input(port))
            .flat_map(|(port, bits)| {
                let wires = bits.iter().filter_map(Value::as_u64);
                wires.map(move |wire| (port.as_str(), wire))
            })
    }

    /// Whether it uses the falling edge of its clock.
    fn is_on_the_falling_edge(&self) -> bool {
        let inverted = |name: &str| self.parameters.get(name).is_some_and(|it| it == "INV");
        self.kind.starts_with("SB_DFFN") || inverted("CLKMUX") || inverted("WCKMUX")
    }
}

fn check_clock(module: &Module, names: &Names) -> Result<()> {
    let mut clocks = BTreeMap::new();
    for (name, cell) in &module.cells {
        if cell.kind.starts_with(names.pll) {
            continue;
        }
        for (port, wire) in cell.inputs().filter(|(port, _)| CLOCK_PORTS.contains(port)) {
            // A look-up table of the ECP5 also has an input C.
            if cell.kind == names.table || !is_clock(cell, port) {
                continue;
            }
            clocks.entry(wire).or_insert(name);
            ensure!(
                !cell.is_on_the_falling_edge(),
                "{name} works on the falling edge of the clock"
            );
        }
    }
    let examples: Vec<_> = clocks.values().map(|name| name.as_str()).collect();
    ensure!(
        clocks.len() == 1,
        "there must be one clock; there are {}, of {}",
        clocks.len(),
        examples.join(", ")
    );
    Ok(())
}

/// `C` is a clock input of iCE40 flip-flops only; a carry or a multiplexer may have a port of this
/// name.
fn is_clock(cell: &Cell, port: &str) -> bool {
    port != "C" || cell.kind.starts_with("SB_DFF")
}

/// Fails unless `wire` leads to one flip-flop, the output of this one to one more, and neither to
/// anything else except `company`.
fn check_synchronised(
    module: &Module,
    names: &Names,
    what: &str,
    wire: Wire,
    company: Company,
) -> Result<()> {
    let first = only_flip_flop(module, names, wire, company).with_context(|| what.to_owned())?;
    let (_, _, output) = names.flip_flop;
    let held = first
        .wire(output)
        .with_context(|| format!("{what} is held and not used"))?;
    only_flip_flop(module, names, held, Company::None)
        .with_context(|| format!("{what}, held once"))?;
    Ok(())
}

/// The only flip-flop whose input is `wire`, possibly through inverters.
fn only_flip_flop<'a>(
    module: &'a Module,
    names: &Names,
    wire: Wire,
    company: Company,
) -> Result<&'a Cell> {
    let mut found = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![wire];
    let (flip_flop, data, _) = names.flip_flop;
    while let Some(wire) = open.pop() {
        if !seen.insert(wire) {
            continue;
        }
        for (name, port, cell) in module.users(wire) {
            if cell.kind.starts_with(flip_flop) && port == data {
                found.insert(name, cell);
            } else if cell.kind == names.table && cell.inputs().count() == 1 {
                open.extend(cell.of_table());
            } else if company == Company::None || !module.ends_at_pins(names, cell) {
                bail!("goes to {port} of {name}, a {}, unsynchronised", cell.kind);
            }
        }
    }
    ensure!(found.len() == 1, "goes to {} flip-flops", found.len());
    found.into_values().next().context("goes nowhere")
}

impl Module {
    /// The cells with `wire` as an input, each with its name and port.
    fn users(&self, wire: Wire) -> impl Iterator<Item = (&str, &str, &Cell)> {
        self.cells.iter().flat_map(move |(name, cell)| {
            let ports = cell.inputs().filter(move |(_, it)| *it == wire);
            ports.map(move |(port, _)| (name.as_str(), port, cell))
        })
    }

    /// Whether only tables lead from `cell`, a table, to pins.
    fn ends_at_pins(&self, names: &Names, cell: &Cell) -> bool {
        // Terminates: combinational loops are refused before a netlist is made.
        cell.kind == names.table
            && cell.of_table().is_some_and(|wire| {
                self.users(wire)
                    .all(|(_, _, it)| self.ends_at_pins(names, it))
            })
    }
}

#[cfg(test)]
mod tests;
