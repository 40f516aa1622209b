//! The bench for boards whose PLL does not lock: the committed Verilog around the device, with a
//! small device inside.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};

use super::surroundings::{ECP5, ICE40_PLL};
use crate::boards::Board;
use crate::project;

/// One board for each kind of PLL and of lights.
const BOARDS: [&str; 4] = ["icebreaker", "hx8k_b_evn", "ulx3s_25f", "colorlight_i5"];

/// The config of the device inside: the smallest.
const CONFIG: &str = "tiny";

/// The faults that must be detected, in the first of the boards: their names, and the texts that
/// they replace.
const FAULTS: [(&str, &str, &str); 3] = [
    ("deaf", ".locked(locked)", ".locked(1'b1)"),
    ("dark", " | ~started", ""),
    ("calm", " | ~locked", ""),
];

/// The bench.
pub(super) fn bench() -> Result<String> {
    let device = project::read(&Path::new("hdl/verilog").join(format!("{CONFIG}.v")))?;
    let mut text = format!(
        "`define SYNFIRE_LOCK top.lock\n{}\n{ICE40_PLL}\n{ECP5}\n{}",
        replaced(&device, "\nmodule top(", "\nmodule device(")?,
        include_str!("models/bench_lock.v"),
    );
    let mut modules = String::new();
    let mut names = Vec::new();
    for name in BOARDS {
        let board = Board::named(name)?;
        modules.push_str(&wrapper(&board, name)?);
        text.push_str(&watched(&board, name));
        names.push(name);
    }
    let first = Board::named(BOARDS[0])?;
    for (name, from, to) in FAULTS {
        modules.push_str(&replaced(&wrapper(&first, name)?, from, to)?);
        text.push_str(&watched(&first, name));
    }
    let all = |what: &str, operator: &str| {
        let wires: Vec<_> = names.iter().map(|name| format!("{name}_{what}")).collect();
        wires.join(operator)
    };
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "assign tx = {};\nreg differ = 1'b0;\nalways @(posedge clock) if (tx != ({})) differ <= \
         1'b1;\nassign led = {{\n    calm_dark, dark_dark, deaf_spoke, {}, differ, {}, {}, {}\n}};\n\
         endmodule\n{modules}",
        all("tx", " & "),
        all("tx", " | "),
        all("alive", " & "),
        all("lit", " | "),
        all("dark", " | "),
        all("spoke", " | "),
    );
    Ok(text)
}

/// The committed Verilog around a device, renamed to `name`.
fn wrapper(board: &Board, name: &str) -> Result<String> {
    let text = project::read(&board.wrapper_file())?;
    let text = replaced(&text, "\nmodule board(", &format!("\nmodule board_{name}("))?;
    replaced(&text, "\ntop device (", "\ndevice device (")
}

/// A board and its observed signals. Without a light for trouble, the other light is observed while
/// the PLL has not locked.
fn watched(board: &Board, name: &str) -> String {
    let mut ports = String::new();
    let mut lights = [String::from("1'b0"), String::new()];
    for (bit, port, low) in board.light_ports() {
        let not = if low { "~" } else { "" };
        ports.push_str(&format!(", .{port}({name}_pin[{bit}])"));
        match bit {
            0 => lights[0] = format!("{not}{name}_pin[0]"),
            3 => lights[1] = format!("{not}{name}_pin[3]"),
            _ => {}
        }
    }
    let [alive, mut trouble] = lights;
    if trouble.is_empty() {
        trouble = format!("~lock & {alive}");
    }
    format!(
        "wire [3:0] {name}_pin;\nwire {name}_tx, {name}_spoke, {name}_dark, {name}_lit;\n\
         wire {name}_alive = {alive};\n\
         board_{name} {name} (.oscillator(clock), .rx(rx), .tx({name}_tx){ports});\n\
         watch watch_{name} (\n    clock, lock, {name}_tx, {name}_alive, {trouble}, {name}_spoke, \
         {name}_dark, {name}_lit\n);\n"
    )
}

/// `text` with `from` replaced by `to`; fails if `from` does not occur.
fn replaced(text: &str, from: &str, to: &str) -> Result<String> {
    ensure!(text.contains(from), "there is no {from:?} to replace");
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bench_holds_every_board_and_every_fault() {
        let text = bench().unwrap();
        for name in BOARDS.into_iter().chain(FAULTS.map(|(name, _, _)| name)) {
            assert!(text.contains(&format!("\nmodule board_{name}(")), "{name}");
        }
        assert_eq!(text.matches("\nmodule device(").count(), 1);
    }
}
