//! Tests that synthesis refuses faults, in a minimal device.

use std::fs;
use std::path::PathBuf;

use super::*;

/// A device that passes all checks: both inputs synchronised, one clock.
const DEVICE: &str = "
module top(input clock, input locked, input rx, output tx, output [3:0] led,
    output started);
    reg first, second, lock_first, lock_second, held;
    always @(posedge clock) begin
        first <= rx;
        second <= first;
        lock_first <= locked;
        lock_second <= lock_first;
        held <= second & lock_second;
    end
    assign tx = held;
    assign led = {4{held}};
    assign started = held;
endmodule
";

/// Synthesises `device` for the board with the HX8K.
fn synthesise(name: &str, device: &str) -> Result<()> {
    let board = Board::named("hx8k_b_evn")?;
    let folder: PathBuf =
        std::env::temp_dir().join(format!("synfire-synth-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("device.v"), device)?;
    fs::write(folder.join("board.v"), board.wrapper())?;
    fs::write(folder.join("synth.ys"), flow::script(&board))?;
    let result = flow::synthesise(&folder).and_then(|()| {
        let text = fs::read(folder.join(flow::NETLIST))?;
        netlist::check(&text, board.chip.family)
    });
    fs::remove_dir_all(folder)?;
    result
}

fn check_refused(name: &str, from: &str, to: &str, message: &str) {
    assert!(DEVICE.contains(from), "{from}");
    let error = synthesise(name, &DEVICE.replace(from, to)).unwrap_err();
    let said = format!("{error:#}");
    assert!(said.contains(message), "{name}: {said}");
}

#[test]
fn a_sound_device_is_synthesised() {
    synthesise("sound", DEVICE).unwrap();
}

#[test]
fn a_latch_is_refused() {
    let latch = "reg kept; always @(*) if (held) kept = second;\n assign tx = kept;";
    check_refused("latch", "assign tx = held;", latch, "dlatch");
}

#[test]
fn an_implicit_net_is_refused() {
    let implicit = "assign other = held; assign tx = other;";
    check_refused(
        "implicit",
        "assign tx = held;",
        implicit,
        "implicitly declared",
    );
}

#[test]
fn two_drivers_and_none_are_refused() {
    let two = "assign tx = held; assign tx = second;";
    check_refused("two", "assign tx = held;", two, "check");
    let none = "wire other; assign tx = held ^ other;";
    check_refused("none", "assign tx = held;", none, "check");
}

#[test]
fn a_loop_of_logic_is_refused() {
    let circle = "wire other; assign other = ~(other & held); assign tx = other;";
    check_refused("loop", "assign tx = held;", circle, "check");
}

#[test]
fn a_second_clock_is_refused() {
    let second = "reg slow; always @(posedge held) slow <= ~slow; assign tx = slow;";
    check_refused("clock", "assign tx = held;", second, "one clock");
    let falling = "reg late; always @(negedge clock) late <= held; assign tx = late;";
    check_refused("edge", "assign tx = held;", falling, "falling edge");
}

#[test]
fn an_input_that_is_not_synchronised_is_refused() {
    check_refused(
        "direct",
        "assign tx = held;",
        "assign tx = held ^ rx;",
        "rx",
    );
    check_refused(
        "once",
        "second & lock_second",
        "first & second & lock_second",
        "rx",
    );
    check_refused(
        "lock",
        "second & lock_second",
        "second & lock_first",
        "the lock",
    );
}
