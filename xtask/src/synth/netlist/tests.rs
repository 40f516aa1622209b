//! Tests with a correct netlist and with damaged ones.

use serde_json::{Value, json};

use super::*;

/// Wires of the netlist.
const CLOCK: u64 = 2;
const RX: u64 = 3;
const LOCKED: u64 = 4;

fn flip_flop(clock: u64, data: u64, output: u64) -> Value {
    json!({
        "type": "SB_DFF",
        "port_directions": {"C": "input", "D": "input", "Q": "output"},
        "connections": {"C": [clock], "D": [data], "Q": [output]},
    })
}

fn table(inputs: [Value; 2], output: u64) -> Value {
    let [first, second] = inputs;
    json!({
        "type": "SB_LUT4",
        "port_directions": {"I0": "input", "I1": "input", "O": "output"},
        "connections": {"I0": [first], "I1": [second], "O": [output]},
    })
}

/// Two synchronisers, that of `rx` after an inverter, and a cell that uses their outputs.
fn sound() -> Value {
    json!({"modules": {"board": {
        "ports": {
            "rx": {"direction": "input", "bits": [RX]},
            "tx": {"direction": "output", "bits": [30]},
        },
        "cells": {
            "pll": {
                "type": "SB_PLL40_CORE",
                "port_directions": {"LOCK": "output", "PLLOUTGLOBAL": "output"},
                "connections": {"LOCK": [LOCKED], "PLLOUTGLOBAL": [CLOCK]},
            },
            "inverter": table([json!(RX), json!("0")], 10),
            "first": flip_flop(CLOCK, 10, 11),
            "second": flip_flop(CLOCK, 11, 12),
            "lock_first": flip_flop(CLOCK, LOCKED, 20),
            "lock_second": flip_flop(CLOCK, 20, 21),
            "user": table([json!(12), json!(21)], 30),
        },
    }}})
}

fn refusal(name: &str, cell: Value) -> String {
    let mut netlist = sound();
    netlist["modules"]["board"]["cells"][name] = cell;
    let error = check(netlist.to_string().as_bytes(), Family::Ice40).unwrap_err();
    format!("{error:#}")
}

#[test]
fn a_sound_netlist_passes() {
    check(sound().to_string().as_bytes(), Family::Ice40).unwrap();
}

#[test]
fn a_second_clock_is_refused() {
    let message = refusal("other", flip_flop(RX, 12, 40));
    assert!(message.contains("one clock; there are 2"), "{message}");
}

#[test]
fn a_port_that_no_constraint_knows_is_refused() {
    for direction in ["input", "inout"] {
        let mut netlist = sound();
        netlist["modules"]["board"]["ports"]["button"] =
            json!({"direction": direction, "bits": [50]});
        let error = check(netlist.to_string().as_bytes(), Family::Ice40).unwrap_err();
        assert!(error.to_string().contains("port button"), "{error:#}");
    }
}

#[test]
fn a_falling_edge_is_refused() {
    let mut cell = flip_flop(CLOCK, 12, 40);
    cell["type"] = json!("SB_DFFN");
    assert!(refusal("other", cell).contains("falling edge"));
}

#[test]
fn a_way_around_the_synchroniser_is_refused() {
    // A second use of the input, in different places before and after the first flip-flop.
    for (name, cell) in [
        ("other", table([json!(RX), json!(12)], 40)),
        ("inverter", table([json!(RX), json!(12)], 10)),
        ("other", table([json!(11), json!(21)], 40)),
        ("second", flip_flop(CLOCK, 12, 40)),
        ("other", flip_flop(CLOCK, RX, 40)),
    ] {
        let message = refusal(name, cell);
        assert!(message.starts_with("rx"), "{message}");
    }
    // After the first flip-flop, no other logic is allowed.
    let message = refusal("other", table([json!(20), json!(12)], 40));
    assert!(
        message.starts_with("the lock of the PLL, held"),
        "{message}"
    );
}

#[test]
fn the_lock_may_light_a_light_and_nothing_that_a_clock_looks_at() {
    let mut netlist = sound();
    let cells = &mut netlist["modules"]["board"]["cells"];
    // Two tables in sequence that lead to a pin.
    cells["light"] = table([json!(LOCKED), json!(12)], 40);
    cells["other_light"] = table([json!(40), json!(21)], 41);
    check(netlist.to_string().as_bytes(), Family::Ice40).unwrap();
    netlist["modules"]["board"]["cells"]["kept"] = flip_flop(CLOCK, 41, 42);
    let error = check(netlist.to_string().as_bytes(), Family::Ice40).unwrap_err();
    let message = format!("{error:#}");
    assert!(message.starts_with("the lock of the PLL"), "{message}");
    assert!(
        message.contains("of light, a SB_LUT4, unsynchronised"),
        "{message}"
    );
}
