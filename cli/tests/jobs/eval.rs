//! Tests of the accuracy of a network on the model and on a board.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Board, check_fails, stdout, synfire};

/// A network in which the neuron of the most frequent input answers; three classes.
const NETWORK: &str = r#"
format_version = 2
name = "most"
[[input]]
name = "in"
size = 3
[[population]]
name = "out"
size = 3
threshold = 9
[[projection]]
source = "in"
target = "out"
connect = "one_to_one"
weights = 10
"#;

/// The inputs of five samples: four ticks each, one row per tick.
const SAMPLES: [[[i32; 3]; 4]; 5] = [
    [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]],
    [[0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]],
    [[0, 0, 1], [0, 0, 1], [0, 0, 0], [1, 0, 0]],
    [[0, 0, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0]],
    [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]],
];
/// The network's answers; without spikes the answer is 0.
const ANSWERS: [usize; 5] = [0, 1, 2, 2, 0];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("net.toml"), NETWORK).unwrap();
    let x: Vec<i32> = SAMPLES.into_iter().flatten().flatten().collect();
    let x = network::npy::encode(&[5, 4, 3], &x).unwrap();
    let y = network::npy::encode(&[5], &[0, 1, 2, 1, 0]).unwrap();
    archive(folder.path(), "test.npz", &[("x.npy", &x), ("y.npy", &y)]);
    archive(folder.path(), "x.npz", &[("x.npy", &x)]);
    folder
}

/// Writes an uncompressed NumPy archive.
fn archive(folder: &Path, name: &str, files: &[(&str, &[u8])]) {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (file, content) in files {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        // Stored: version 2.0, no flags, method 0, no time.
        let size = (content.len() as u32).to_le_bytes();
        let mut header = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        header.extend(crc.sum().to_le_bytes());
        header.extend([size, size].concat());
        header.extend((file.len() as u16).to_le_bytes());
        header.extend([0, 0]);
        directory.extend([b"PK\x01\x02".as_slice(), &[20, 0], &header].concat());
        directory.extend([0; 10]);
        directory.extend((bytes.len() as u32).to_le_bytes());
        directory.extend(file.bytes());
        bytes.extend([b"PK\x03\x04".as_slice(), &header, file.as_bytes(), content].concat());
    }
    let (at, size) = (bytes.len() as u32, directory.len() as u32);
    let count = (files.len() as u16).to_le_bytes();
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06".as_slice(), &[0; 4], &count, &count].concat());
    bytes.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    fs::write(folder.join(name), bytes).unwrap();
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let said = stdout(&synfire(
        folder,
        &[arguments, &["--format", "json"]].concat(),
    ));
    serde_json::from_str(&said).unwrap()
}

#[test]
fn answers_are_counted_and_written() {
    let folder = folder();
    let path = folder.path();
    let common = ["eval", "net.toml", "--data", "test.npz", "--config", "tiny"];
    let files = ["--predictions", "p.csv", "-o", "c.svg"];
    let found = json(path, &[&common[..], &files].concat());
    assert_eq!(found["correct"], 4);
    assert_eq!(found["accuracy"], 0.8);
    assert_eq!(found["samples"], 5);
    let matrix = serde_json::json!([[2, 0, 0], [0, 1, 1], [0, 0, 1]]);
    assert_eq!(found["matrix"], matrix);
    // Each input spike causes one spike of a neuron.
    assert_eq!(found["spikes"], 11);
    let table = fs::read_to_string(path.join("p.csv")).unwrap();
    let mut lines = table.lines();
    assert_eq!(
        lines.next().unwrap(),
        "sample,label,answer,score,spikes,cycles,latency_us"
    );
    for (at, (line, answer)) in lines.zip(ANSWERS).enumerate() {
        let fields: Vec<&str> = line.split(',').collect();
        assert_eq!(
            (fields[0], fields[2]),
            (&at.to_string()[..], &answer.to_string()[..])
        );
        let cycles: f64 = fields[5].parse().unwrap();
        let us: f64 = fields[6].parse().unwrap();
        assert!((us - cycles / 12.0).abs() < 0.001, "at 12 MHz: {line}");
    }
    let cycles = &found["cycles"];
    let median = cycles["median"].as_u64().unwrap();
    assert!(median <= cycles["percent_99"].as_u64().unwrap());
    assert!(
        fs::read_to_string(path.join("c.svg"))
            .unwrap()
            .contains("4 of 5 samples right")
    );
    let text = stdout(&synfire(path, &common));
    assert!(text.contains("accuracy        80.00 % (4 of 5)"), "{text}");
    assert!(text.contains("    1  .  1  1   50.0 %"), "{text}");
}

#[test]
fn a_board_answers_as_the_model_does() {
    let folder = folder();
    let path = folder.path();
    let board = Board::new("tiny");
    let target = board.target.as_str();
    let common = ["eval", "net.toml", "--data", "test.npz", "--predictions"];
    let model = ["m.csv", "--config", "tiny", "--jobs", "3"];
    let on_model = json(path, &[&common[..], &model].concat());
    let on_board = json(
        path,
        &[&common[..], &["b.csv", "--target", target]].concat(),
    );
    let tables = ["m.csv", "b.csv"].map(|name| fs::read_to_string(path.join(name)).unwrap());
    // A virtual board estimates cycles as the model does.
    assert_eq!(tables[0], tables[1]);
    assert_eq!(on_model["matrix"], on_board["matrix"]);
    assert_eq!(on_model["cycles_estimated"], true);
    assert_eq!(on_board["cycles_estimated"], false);
}

#[test]
fn labels_may_stand_in_a_file_of_their_own() {
    let folder = folder();
    let path = folder.path();
    let common = ["eval", "net.toml", "--data", "x.npz", "--config", "tiny"];
    let without = json(path, &common);
    assert_eq!(without["accuracy"], Value::Null);
    let text = stdout(&synfire(path, &common));
    assert!(text.contains("unknown: the data have no labels"), "{text}");
    fs::write(path.join("y.txt"), "0\n1\n2\n1\n0\n").unwrap();
    fs::write(path.join("y.csv"), "label\n0\n1\n2\n1\n\n0\n").unwrap();
    let labels = network::npy::encode(&[5], &[0, 1, 2, 1, 0]).unwrap();
    fs::write(path.join("y.npy"), labels).unwrap();
    for labels in ["y.txt", "y.csv", "y.npy"] {
        let with = json(path, &[&common[..], &["--labels", labels]].concat());
        assert_eq!(with["accuracy"], 0.8, "{labels}");
    }
    let cases = [
        ("0\n1\n2\n", "has 3 labels, the data have 5 samples"),
        ("0\n1\ntwo\n1\n0\n", "line 3: is \"two\", must be one label"),
        ("0\n1\n-2\n1\n0\n", "line 3: is \"-2\", must be one label"),
        ("0,1\n", "line 1: is \"0,1\", must be one label"),
        (
            "0\n1\n3\n1\n0\n",
            "the label of sample 2 is 3, population out answers 0 to 2",
        ),
    ];
    for (text, message) in cases {
        fs::write(path.join("bad.txt"), text).unwrap();
        let with = [&common[..], &["--labels", "bad.txt"]].concat();
        check_fails(path, &with, 2, message);
    }
    let matrix = network::npy::encode(&[5, 1], &[0, 1, 2, 1, 0]).unwrap();
    fs::write(path.join("bad.npy"), matrix).unwrap();
    let with = [&common[..], &["--labels", "bad.npy"]].concat();
    check_fails(
        path,
        &with,
        2,
        "its shape is [5, 1], must be that of a list",
    );
    let picture = [&common[..], &["-o", "c.svg"]].concat();
    check_fails(path, &picture, 2, "there are no labels: say --labels");
    let answers = [&common[..], &["--answers", "oot"]].concat();
    check_fails(
        path,
        &answers,
        2,
        "there is no such population, there are out",
    );
}

#[test]
fn what_never_fires_answers_with_its_potential() {
    let folder = folder();
    let path = folder.path();
    let network = NETWORK.replace("threshold = 9", "threshold = 32767");
    fs::write(path.join("net.toml"), network).unwrap();
    let found = json(
        path,
        &["eval", "net.toml", "--data", "test.npz", "--config", "tiny"],
    );
    assert_eq!(found["by_potential"], true);
    assert_eq!(
        found["matrix"],
        serde_json::json!([[2, 0, 0], [0, 1, 1], [0, 0, 1]])
    );
    assert_eq!(found["spikes"], 0);
}

#[test]
fn what_learns_does_not_learn_while_it_is_asked() {
    let folder = folder();
    let path = folder.path();
    let stdp = "plasticity = \"stdp\"\n[[plasticity]]\nname = \"stdp\"\ntau_plus = 9\n\
                tau_minus = 9\na_plus = 0\na_minus = 30\n";
    fs::write(path.join("learner.toml"), format!("{NETWORK}{stdp}")).unwrap();
    let common = ["--data", "test.npz", "--config", "tiny_l", "--predictions"];
    let found = json(
        path,
        &[&["eval", "learner.toml"], &common[..], &["l.csv"]].concat(),
    );
    let note = "the network learns; learning is switched off here";
    assert_eq!(found["notes"], serde_json::json!([note]));
    json(
        path,
        &[&["eval", "net.toml"], &common[..], &["n.csv"]].concat(),
    );
    let answers = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(path.join(name)).unwrap();
        let fields = text
            .lines()
            .map(|line| line.split(',').take(5).collect::<Vec<_>>().join(","));
        fields.collect()
    };
    assert_eq!(answers("l.csv"), answers("n.csv"));
}

#[cfg(feature = "nir")]
#[test]
fn a_network_of_another_tool_answers_as_precision_says() {
    let folder = folder();
    let digits = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../examples/snntorch_digits/digits.nir"
    );
    let common = ["eval", digits, "--dt", "0.1ms", "--data", "digits"];
    let found = json(folder.path(), &common);
    assert_eq!(found["correct"], 581);
    assert_eq!(found["ticks"], 17);
    // With too high thresholds there are no spikes.
    let set = json(
        folder.path(),
        &[&common[..], &["--set", "lif2.threshold=32767"]].concat(),
    );
    assert_ne!(set["correct"], 581);
    assert_eq!(set["by_potential"], true);
}
