//! Tests of snnTorch networks on the core.

use std::{env, fs};

use tempfile::TempDir;

use super::{check_ends_with, stdout, synfire};

fn demo(arguments: &[&str]) -> serde_json::Value {
    let folder = TempDir::new().unwrap();
    let mut all = vec!["demo"];
    all.extend(arguments);
    all.extend(["--format", "json"]);
    let output = synfire(folder.path(), &all);
    serde_json::from_str(&stdout(&output)).unwrap()
}

fn number(summary: &serde_json::Value, key: &str) -> f64 {
    summary[key].as_f64().unwrap()
}

#[test]
fn digits_of_snntorch_lose_less_than_a_point_on_the_core() {
    let summary = demo(&["snntorch"]);
    assert_eq!(number(&summary, "samples"), 594.0);
    assert_eq!(number(&summary, "float_correct"), 579.0);
    let lost = number(&summary, "float_accuracy") - number(&summary, "accuracy");
    assert!(lost <= 0.01, "{lost}");
    // With 2-bit weights, the accuracy is low.
    let coarse = demo(&["snntorch", "--weight-bits", "2"]);
    let lost = number(&coarse, "float_accuracy") - number(&coarse, "accuracy");
    assert!(lost > 0.01, "{lost}");
}

/// A folder with two recordings of a camera of 34 x 34 pixels, laid out as N-MNIST.
fn recordings() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("bs2")).unwrap();
    let list = "#sample #class\n7\t3\n8\t1\n";
    fs::write(folder.path().join("test100.txt"), list).unwrap();
    // x, y, whether brighter, time in us. The first five events give three spikes: two events in
    // one tick and one block of pixels, the same block in the next tick, and another block. The
    // rest give none: they are on the border or later than 64 ticks of 5 ms.
    let events = [
        (1, 1, true, 0),
        (2, 2, false, 4_999),
        (1, 2, true, 5_000),
        (32, 32, true, 5_000),
        (31, 31, false, 9_999),
        (0, 5, true, 100),
        (5, 33, true, 100),
        (9, 9, true, 320_000),
    ];
    let bytes = events
        .iter()
        .flat_map(|&(x, y, on, time): &(u8, u8, bool, u32)| {
            let [_, high, middle, low] = time.to_be_bytes();
            [x, y, u8::from(on) << 7 | high, middle, low]
        });
    let bytes: Vec<u8> = bytes.collect();
    fs::write(folder.path().join("bs2/7.bs2"), &bytes).unwrap();
    fs::write(folder.path().join("bs2/8.bs2"), &bytes[..5]).unwrap();
    folder
}

#[test]
fn recordings_that_snntorch_was_not_tested_with_are_refused() {
    let folder = recordings();
    let message = "./data: 2 recordings with 4 spikes of inputs; those that snnTorch was tested \
                   with are 100 with 183944";
    let outer = TempDir::new().unwrap();
    fs::rename(folder.path(), outer.path().join("data")).unwrap();
    let arguments = ["demo", "nmnist", "--data", "./data"];
    check_ends_with(outer.path(), &arguments, 2, message);
    fs::write(outer.path().join("data/bs2/8.bs2"), [34, 0, 0, 0, 0]).unwrap();
    let message = "8.bs2: event 0: x is 34, must be 0..=33";
    check_ends_with(outer.path(), &arguments, 2, message);
}

/// The recordings of N-MNIST are not part of the project; CONTRIBUTING.md says which variable names
/// them.
#[test]
fn recordings_of_nmnist_lose_less_than_two_points_on_the_core() {
    let Some(data) = env::var_os("SYNFIRE_NMNIST") else {
        eprintln!("SYNFIRE_NMNIST is not set: N-MNIST's own recordings are not classified");
        return;
    };
    let summary = demo(&["nmnist", "--data", data.to_str().unwrap()]);
    assert_eq!(number(&summary, "samples"), 100.0);
    assert_eq!(number(&summary, "float_correct"), 92.0);
    let lost = number(&summary, "float_accuracy") - number(&summary, "accuracy");
    assert!(lost <= 0.02, "{lost}");
}
