//! Networks that snnTorch trained, on the core.

use std::path::PathBuf;

use super::{stdout, synfire};

fn demo(arguments: &[&str]) -> serde_json::Value {
    let folder = tempfile::TempDir::new().unwrap();
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
    // With two bits a weight there is little left.
    let coarse = demo(&["snntorch", "--weight-bits", "2"]);
    let lost = number(&coarse, "float_accuracy") - number(&coarse, "accuracy");
    assert!(lost > 0.01, "{lost}");
}

/// The recordings are not part of the project; where they are at hand, they are classified.
#[test]
fn recordings_of_nmnist_lose_less_than_two_points_on_the_core() {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/nmnist_small");
    if !data.is_dir() {
        eprintln!("{} is not here and is left out", data.display());
        return;
    }
    let data = data.canonicalize().unwrap();
    let summary = demo(&["nmnist", "--data", data.to_str().unwrap()]);
    assert_eq!(number(&summary, "samples"), 100.0);
    assert!(number(&summary, "accuracy") >= 0.9, "{summary}");
    let lost = number(&summary, "float_accuracy") - number(&summary, "accuracy");
    assert!(lost <= 0.02, "{lost}");
}

#[test]
fn the_manual_tells_what_fewer_bits_cost() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/import.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text
        .lines()
        .filter(|line| line.contains(" % | 5") || line.contains(" % | 2"));
    let mut checked = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let bits = ["--weight-bits", cells[1], "--state-bits", cells[2]];
        let summary = demo(&[&["snntorch"][..], &bits].concat());
        let snr: Vec<String> = summary["weight_snr_db"]
            .as_array()
            .unwrap()
            .iter()
            .map(|snr| format!("{:.1}", snr.as_f64().unwrap()))
            .collect();
        let found = [
            format!("{:.2} %", 100.0 * number(&summary, "accuracy")),
            number(&summary, "same_answers").to_string(),
            snr.join(", "),
        ];
        assert_eq!(found, cells[3..6], "{row}");
        checked += 1;
    }
    assert_eq!(checked, 8);
}
