//! The Verilog around a netlist: the models of the chip's cells, and the device's own ports.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};

use super::cells::of_yosys;
use crate::boards::{Board, Family};
use crate::project;

/// The simulation model of the iCE40's PLL, whose output is its input clock.
pub(super) const ICE40_PLL: &str = include_str!("models/ice40_pll.v");

/// The large memory of the UltraPlus.
const SPRAM: &str = include_str!("models/sb_spram256ka.v");

/// The same memory in the simulations of the committed Verilog.
const COMMITTED_SPRAM: &str = "hdl/verilog/sim/sb_spram256ka.v";

/// The PLL, the multiplier and the block RAM of the ECP5.
pub(super) const ECP5: &str = include_str!("models/ecp5.v");

/// The models of yosys that are replaced.
const REPLACED: [&str; 2] = [SPRAM_NAME, "DP16KD"];

/// The module of the UltraPlus's large memory.
const SPRAM_NAME: &str = "SB_SPRAM256KA";

/// The models of all cells of a family.
pub(super) fn cells(family: Family) -> Result<String> {
    let ours = match family {
        Family::Ice40 => [ICE40_PLL, SPRAM].join("\n"),
        Family::Ecp5 => ECP5.to_owned(),
    };
    let theirs = of_yosys(family)?;
    let theirs = REPLACED.iter().fold(theirs, |text, it| without(&text, it));
    Ok(format!("{ours}\n{theirs}\n"))
}

/// The benches of the models of all families, by name. They take little time, and not every run
/// simulates the netlists of every family.
pub(super) fn benches() -> Result<Vec<(&'static str, String)>> {
    let theirs = of_yosys(Family::Ice40)?;
    let renamed = |text: &str, prefix: &str| -> Result<String> {
        let text = of(text, SPRAM_NAME)?;
        Ok(text.replacen(SPRAM_NAME, &format!("{prefix}_{SPRAM_NAME}"), 1))
    };
    let committed = project::read(Path::new(COMMITTED_SPRAM))?;
    let spram = [
        include_str!("models/bench_spram.v").to_owned(),
        SPRAM.to_owned(),
        renamed(&theirs, "yosys")?,
        renamed(&committed, "committed")?,
    ];
    let mac16 = [
        include_str!("models/bench_mac16.v").to_owned(),
        of(&theirs, "SB_MAC16")?,
    ];
    let ecp5 = [include_str!("models/bench_ecp5.v"), ECP5];
    Ok(vec![
        ("bench_spram", spram.join("\n")),
        ("bench_mac16", mac16.join("\n")),
        ("bench_ecp5", ecp5.join("\n")),
        ("bench_lock", super::lock::bench()?),
    ])
}

/// The model of the memory that is a black box in the RTL of `board`.
pub(super) fn memory_model(board: &Board) -> Result<&'static str> {
    Ok(match board.chip.device.as_str() {
        "up5k" => SPRAM,
        _ => "",
    })
}

/// The range of a module in `text`, if there is one.
fn place(text: &str, module: &str) -> Option<Range<usize>> {
    let ends = [" ", "(", " ("].map(|end| format!("\nmodule {module}{end}"));
    let begin = ends.iter().find_map(|name| text.find(name.as_str()))?;
    let end = text[begin..].find("endmodule")? + "endmodule".len();
    Some(begin..begin + end)
}

/// `text` without this module.
fn without(text: &str, module: &str) -> String {
    let mut text = text.to_owned();
    if let Some(place) = place(&text, module) {
        text.replace_range(place, "");
    }
    text
}

/// The text of this module.
fn of(text: &str, module: &str) -> Result<String> {
    let place = place(text, module).with_context(|| format!("there is no model of {module}"))?;
    Ok(text[place].to_owned())
}

/// A module with the device's ports around that of the board. With faults, two bytes at one bit per
/// cycle select a fault before any other input is passed on; light 4 shows that the fault was
/// looked up.
pub(super) fn adapter(board: &Board, faults: usize) -> String {
    let lights = board.light_ports();
    let mut connections: String = lights
        .iter()
        .map(|(bit, port, _)| format!("    .{port}(pin[{bit}]),\n"))
        .collect();
    let inverted = |wanted: usize| lights.iter().any(|&(bit, _, low)| bit == wanted && low);
    let led: Vec<_> = (0..4)
        .rev()
        .map(|bit| match inverted(bit) {
            true => format!("~pin[{bit}]"),
            false => format!("pin[{bit}]"),
        })
        .collect();
    let mut picking = String::new();
    let (line, touched) = match faults {
        0 => ("rx", "1'b0"),
        _ => {
            connections.push_str("    .picked(picked),\n    .touched(touched),\n");
            // Writing to a string cannot fail.
            let _ = write!(picking, "wire [{faults}:1] touched;\n{PICKING}{TOUCHING}");
            ("rx | ~begun", "was_touched")
        }
    };
    format!(
        "module top(input clock, input locked, input rx, output tx, output [4:0] led);\nwire [3:0] \
         pin;\n{picking}board board (\n    .oscillator(clock),\n    .rx({line}),\n{connections}    \
         .tx(tx)\n);\nassign led = {{{touched}, {}}};\nendmodule\n",
        led.join(", ")
    )
}

/// Receives two bytes between start and stop bits, one bit per cycle, until cycle 1,100. Nothing is
/// picked before both are complete, because the first bits of a number are another fault's number.
pub(crate) const PICKING: &str = "\
reg [15:0] received = 16'd0;
reg [4:0] place = 5'd0;
reg [10:0] cycle = 11'd0;
wire begun = cycle == 11'd1100;
wire [15:0] picked = place == 5'd19 ? received : 16'd0;
always @(posedge clock) begin
    if (!begun) begin
        cycle <= cycle + 11'd1;
        if (place == 5'd0 ? !rx : place != 5'd19) place <= place + 5'd1;
        if (place >= 5'd1 && place <= 5'd8) received[place[3:0] - 4'd1] <= rx;
        if (place >= 5'd11 && place <= 5'd18) received[place[3:0] - 4'd3] <= rx;
    end
end
";

/// Tells that the picked fault has been touched.
const TOUCHING: &str = "\
reg was_touched = 1'b0;
always @(posedge clock)
    if (picked != 16'd0 && touched[picked]) was_touched <= 1'b1;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_models_replace_theirs() {
        let text = "module A (x);\nendmodule\n\nmodule SB_SPRAM256KA (\n);\nendmodule\nmodule B;\n";
        assert_eq!(
            without(text, "SB_SPRAM256KA"),
            "module A (x);\nendmodule\n\nmodule B;\n"
        );
        assert_eq!(without(text, "C"), text);
    }

    #[test]
    fn lights_that_are_lit_by_low_are_turned_around() {
        let text = adapter(&Board::named("icebreaker").unwrap(), 0);
        assert!(
            text.contains("{1'b0, ~pin[3], pin[2], pin[1], ~pin[0]}"),
            "{text}"
        );
        assert!(text.contains(".rx(rx)"));
        let text = adapter(&Board::named("icebreaker").unwrap(), 3);
        assert!(text.contains("wire [3:1] touched;") && text.contains(".rx(rx | ~begun)"));
    }
}
