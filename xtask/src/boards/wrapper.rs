//! The Verilog between a device and the pins of a board: a PLL, and lights with the right polarity.

use std::fmt::Write as _;

use super::pll::Dividers;
use super::{Active, Board, Family, Light};

/// The module `board`.
pub(super) fn verilog(board: &Board) -> String {
    let mut text = format!(
        "// Synfire on the board {name}: made from board.toml by `cargo xtask codegen`, not to be \
         edited.\n\
         //\n\
         // {input} Hz of the oscillator become {output} Hz for the device, config {config}.\n\
         `default_nettype none\n\
         \n\
         module board(\n",
        name = board.name,
        input = board.pll.input_hz,
        output = board.pll.output_hz,
        config = board.config.name,
    );
    let ports = board.ports();
    for (at, port) in ports.iter().enumerate() {
        let direction = match port.as_str() {
            "oscillator" | "rx" => "input",
            _ => "output",
        };
        let comma = if at + 1 < ports.len() { "," } else { "" };
        let _ = writeln!(text, "    {direction} wire {port}{comma}");
    }
    text.push_str(");\n\nwire clock;\nwire locked;\nwire started;\nwire [3:0] led;\n\n");
    text.push_str(&pll(board));
    text.push_str(
        "\ntop device (\n    .clock(clock),\n    .locked(locked),\n    .rx(rx),\n    .tx(tx),\n    \
         .led(led),\n    .started(started)\n);\n\n",
    );
    for light in &board.lights {
        let _ = writeln!(text, "assign {} = {};", light.port(), source(board, light));
    }
    for tie in &board.ties {
        let _ = writeln!(text, "assign {} = 1'b{};", tie.port, tie.level);
    }
    text.push_str("\nendmodule\n\n`default_nettype wire\n");
    text
}

/// The signal that drives a light. A device in reset cannot show the missing lock, so in this case
/// logic without a clock turns these lights on, even on a board without an oscillator.
fn source(board: &Board, light: &Light) -> String {
    let mut on = format!("led[{}]", light.bit());
    let shows = |what: &str| light.shows == what;
    if shows("alive") {
        on.push_str(" | ~started");
    }
    // Without a light for trouble, the blinking light stays on instead.
    let has_trouble = board.lights.iter().any(|it| it.shows == "trouble");
    if shows("trouble") || shows("alive") && !has_trouble {
        on.push_str(" | ~locked");
    }
    match (light.active, on.contains(' ')) {
        (Active::High, _) => on,
        (Active::Low, true) => format!("~({on})"),
        (Active::Low, false) => format!("~{on}"),
    }
}

fn pll(board: &Board) -> String {
    match board.pll.dividers {
        Dividers::Ice40 {
            divr,
            divf,
            divq,
            filter_range,
        } => {
            // The oscillator of a UP5K board is on the PLL's own pad, that of the HX8K board on
            // another global input. The former requires the PAD primitive; the latter cannot use
            // it.
            let (primitive, input) = match board.chip.device.as_str() {
                "up5k" => ("SB_PLL40_PAD", "PACKAGEPIN"),
                _ => ("SB_PLL40_CORE", "REFERENCECLK"),
            };
            format!(
                "{primitive} #(\n    .FEEDBACK_PATH(\"SIMPLE\"),\n    .DIVR(4'd{divr}),\n    \
                 .DIVF(7'd{divf}),\n    .DIVQ(3'd{divq}),\n    .FILTER_RANGE(3'd{filter_range})\n\
                 ) pll (\n    .{input}(oscillator),\n    .PLLOUTGLOBAL(clock),\n    \
                 .LOCK(locked),\n    .RESETB(1'b1),\n    .BYPASS(1'b0)\n);\n"
            )
        }
        Dividers::Ecp5 {
            input,
            feedback,
            output,
            fed_back,
        } => ecp5_pll(board, input, feedback, output, fed_back),
    }
}

/// The attributes are those of ecppll; the phases are those of Lattice's tool for outputs without a
/// phase shift. The feedback is internal to the PLL: the clock need not be in phase with the
/// oscillator, and the feedback uses no wires of the fabric.
fn ecp5_pll(board: &Board, input: u8, feedback: u8, output: u8, fed_back: Option<u8>) -> String {
    debug_assert_eq!(board.chip.family, Family::Ecp5);
    let mut text = format!(
        "(* FREQUENCY_PIN_CLKI=\"{}\" *)\n(* FREQUENCY_PIN_CLKOP=\"{}\" *)\n\
         (* ICP_CURRENT=\"12\" *) (* LPF_RESISTOR=\"8\" *)\n\
         (* MFG_ENABLE_FILTEROPAMP=\"1\" *) (* MFG_GMCREF_SEL=\"2\" *)\nEHXPLLL #(\n",
        megahertz(board.pll.input_hz),
        megahertz(board.pll.output_hz),
    );
    for name in ["PLLRST_ENA", "INTFB_WAKE", "STDBY_ENABLE", "DPHASE_SOURCE"] {
        let _ = writeln!(text, "    .{name}(\"DISABLED\"),");
    }
    for letter in ["A", "B", "C", "D"] {
        let _ = writeln!(text, "    .OUTDIVIDER_MUX{letter}(\"DIV{letter}\"),");
    }
    let _ = writeln!(text, "    .CLKI_DIV({input}),");
    let outputs = [("CLKOP", Some(output)), ("CLKOS", fed_back)];
    for (name, divider) in outputs {
        let Some(divider) = divider else { continue };
        let phase = divider - 1;
        let _ = write!(
            text,
            "    .{name}_ENABLE(\"ENABLED\"),\n    .{name}_DIV({divider}),\n    \
             .{name}_CPHASE({phase}),\n    .{name}_FPHASE(0),\n"
        );
    }
    let path = if fed_back.is_some() { "OS" } else { "OP" };
    let _ = write!(
        text,
        "    .FEEDBK_PATH(\"INT_{path}\"),\n    .CLKFB_DIV({feedback})\n) pll (\n    \
         .CLKI(oscillator),\n    .CLKOP(clock),\n    .LOCK(locked),\n"
    );
    for (pin, level) in [
        ("RST", 0),
        ("STDBY", 0),
        ("PHASESEL0", 0),
        ("PHASESEL1", 0),
        ("PHASEDIR", 1),
        ("PHASESTEP", 1),
        ("PHASELOADREG", 1),
        ("PLLWAKESYNC", 0),
    ] {
        let _ = writeln!(text, "    .{pin}(1'b{level}),");
    }
    text.push_str("    .ENCLKOP(1'b0)\n);\n");
    text
}

/// A frequency in MHz in the format of the attributes.
fn megahertz(hz: u32) -> String {
    (f64::from(hz) / 1e6).to_string()
}
