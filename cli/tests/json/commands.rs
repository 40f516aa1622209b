//! Checks the output of every command with `--format json` against its schema.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

use crate::schema::differences;
use crate::{bitstreams, schemas, synfire};

const NETWORK: &str = include_str!("../cmd/run.in/net.toml");
const STIMULUS: &str = include_str!("../cmd/run.in/in.csv");
const FOREIGN: &str = include_str!("../cmd/import.in/snn.json");

/// Schemas that need data outside of the project: the recordings of N-MNIST that snnTorch was
/// tested with. `demo snntorch` prints the same object.
const WITHOUT: [&str; 1] = ["synfire.demo.nmnist/1"];

/// Commands to run in this order, each with its exit code.
const LINES: &[(i32, &str)] = &[
    (0, "init first"),
    (0, "check net.toml"),
    (1, "check wide.toml --config tiny"),
    (1, "check wide.toml"),
    (
        0,
        "run net.toml --stimulus in.csv --ticks 30 --spikes out.csv --potentials v.npy",
    ),
    (
        0,
        "run net.toml --poisson 20Hz --dt 1ms --ticks 30 --tick-us 1000 --save saved.toml --snapshot core.snap",
    ),
    (0, "run net.toml --poisson 0.1 --ticks 30 --batch"),
    (0, "run wide.toml --poisson 0.1 --ticks 5"),
    (0, "load net.toml"),
    (0, "read potentials --config tiny"),
    (0, "read registers --config tiny"),
    (0, "read potentials --config tiny --output p.csv"),
    (0, "snapshot save empty.snap --config tiny"),
    (0, "snapshot load empty.snap"),
    (
        0,
        "snapshot network core.snap --net net.toml --output learned.toml",
    ),
    (0, "info"),
    (0, "ports"),
    (0, "import snn.json -o foreign.toml"),
    (0, "upgrade net.toml -o newer.toml"),
    (0, "export net.toml --frozen -o frozen.toml"),
    (0, "spikes convert in.csv in.npy"),
    (0, "spikes convert in.csv in.dat --dt 1ms"),
    (
        0,
        "spikes encode v.npy delta.csv --code delta --threshold 5",
    ),
    (
        0,
        "precision net.toml --poisson 0.1 --ticks 20 --samples 2 --weight-bits 8 --state-bits 16 -o p.svg",
    ),
    (0, "eval net.toml --poisson 0.2 --ticks 10 --samples 3"),
    (
        0,
        "eval net.toml --poisson 0.2 --ticks 10 --samples 3 --labels labels.txt --predictions all.csv",
    ),
    (
        0,
        "eval wide.toml --poisson 0.2 --ticks 5 --samples 2 --jobs 1",
    ),
    (
        0,
        "sweep net.toml --set lamp.threshold=50..60:10 --poisson 0.2 --samples 2 --ticks 10",
    ),
    (
        0,
        "sweep net.toml --set lamp.threshold=50..60:10 --poisson 0.2 --samples 2 --ticks 10 -o s.csv",
    ),
    (
        0,
        "sweep wide.toml --set n.threshold=5,9 --poisson 0.2 --samples 1 --ticks 5 --jobs 1",
    ),
    (0, "metrics net.toml --stimulus in.csv --ticks 30"),
    (0, "metrics wide.toml --poisson 0.1 --ticks 5 --dt 1ms"),
    (0, "plot raster out.csv --net net.toml -o raster.svg"),
    (0, "plot rates out.csv --net net.toml -o rates.svg"),
    (
        0,
        "plot intervals out.csv --net net.toml --ticks 30 -o intervals.svg",
    ),
    (0, "plot potentials v.npy --net net.toml -o potentials.svg"),
    (0, "plot matrix net.toml -o matrix.svg"),
    (0, "plot weights net.toml -o weights.svg"),
    (0, "demo list"),
    (0, "demo digits --images 3 --no-raster"),
    (
        0,
        "demo digits-stdp --train 3 --images 3 --epochs 1 --neurons 10 --no-fields",
    ),
    (
        0,
        "demo digits-taught --train 3 --images 3 --epochs 1 --no-fields",
    ),
    (0, "demo mnist --data . --neurons 10 --no-fields"),
    (0, "demo stdp-curve --repetitions 1 --no-pictures"),
    (0, "demo choice --networks 1 --trials 20 --no-pictures"),
    (0, "demo memory --sets 1 --no-pictures"),
    (0, "demo patterns --most 2 --no-pictures"),
    (
        0,
        "demo brunel --neurons 300 --ticks 300 --settling 100 --no-plot",
    ),
    (0, "demo izhikevich --dt 1 --no-picture"),
    (0, "demo snntorch"),
    (0, "plot curve demo.stdp-curve.json -o curve.svg"),
    (0, "plot activity run.json -o activity.svg"),
    (0, "flash icebreaker up5k.bin --dry-run"),
    (0, "selftest --config tiny --only memories"),
    (0, "completions bash"),
    (0, "man run"),
    (0, "man --output pages"),
    (0, "schema run"),
    (0, "schema"),
];

/// A network that fits no config.
fn wide() -> String {
    "format_version = 1\nname = \"wide\"\n[[input]]\nname = \"in\"\nsize = 4\n\
     [[population]]\nname = \"n\"\nsize = 3000\nthreshold = 9\n\
     [[projection]]\nsource = \"in\"\ntarget = \"n\"\nconnect = \"all_to_all\"\nweights = 10\n"
        .to_owned()
}

/// Writes three images of four by four pixels and their labels in the format of MNIST.
fn mnist(folder: &Path, set: &str) {
    let number = |value: u32| value.to_be_bytes();
    let mut images = [number(0x0803), number(3), number(4), number(4)].concat();
    images.extend((0..48).map(|at| at * 5));
    let labels = [&number(0x0801)[..], &number(3), &[0, 1, 2]].concat();
    fs::write(folder.join(format!("{set}-images-idx3-ubyte")), images).unwrap();
    fs::write(folder.join(format!("{set}-labels-idx1-ubyte")), labels).unwrap();
}

/// A folder with all files that the commands use.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("net.toml", NETWORK.as_bytes());
    write("in.csv", STIMULUS.as_bytes());
    write("snn.json", FOREIGN.as_bytes());
    write("wide.toml", wide().as_bytes());
    write("labels.txt", b"0\n0\n0\n");
    write("up5k.bin", &bitstreams::up5k());
    mnist(folder.path(), "train");
    mnist(folder.path(), "t10k");
    folder
}

/// The only line of a text, as JSON.
fn document(text: &[u8], of: &str) -> Value {
    let text = std::str::from_utf8(text).unwrap();
    assert_eq!(text.lines().count(), 1, "{of}: {text}");
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{of}: {error}: {text}"))
}

/// The schema name of a document, after checking that it has exactly the fields of the schema.
fn checked(document: &Value, of: &str) -> String {
    let schemas = schemas();
    let name = document["schema"].as_str().unwrap().to_owned();
    let schema = &schemas.get(&name).unwrap_or_else(|| panic!("{of}: {name}"));
    let found = differences(document, schema);
    assert!(found.is_empty(), "{of}: {found:#?}");
    name
}

#[test]
fn every_command_prints_one_document_of_its_schema() {
    let folder = folder();
    let mut seen = BTreeSet::new();
    for (exit, line) in LINES {
        let words: Vec<&str> = line.split(' ').chain(["--format", "json"]).collect();
        let output = synfire(folder.path(), &words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(*exit), "{line}: {said}");
        assert_eq!(said, "", "{line}");
        let name = checked(&document(&output.stdout, line), line);
        let (command, _) = name["synfire.".len()..].split_once('/').unwrap();
        assert!(
            line.replace(' ', ".").starts_with(command),
            "{line}: {name}"
        );
        fs::write(
            folder.path().join(format!("{command}.json")),
            &output.stdout,
        )
        .unwrap();
        seen.insert(name);
    }
    // Served boards are tested below, and errors in their own tests.
    seen.extend(WITHOUT.map(str::to_owned));
    seen.extend(["synfire.sim/1", "synfire.error/1"].map(str::to_owned));
    let all: BTreeSet<String> = schemas().keys().cloned().collect();
    assert_eq!(seen, all);
}

/// A process that is killed at the end of the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_served_board_is_announced_and_its_weights_are_read() {
    let folder = folder();
    let mut sim = Command::new(cargo_bin!("synfire"))
        .args(["sim", "--config", "up5k", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(sim.stdout.take().unwrap());
    let _served = Served(sim);
    out.read_line(&mut line).unwrap();
    let board = document(line.as_bytes(), "sim");
    assert_eq!(checked(&board, "sim"), "synfire.sim/1");
    let target = format!("serial:{}", board["port"].as_str().unwrap());
    let ask = |line: &str| {
        let words = line
            .split(' ')
            .chain(["--target", &target, "--format", "json"]);
        let words: Vec<&str> = words.collect();
        let output = synfire(folder.path(), &words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {said}");
        let found = document(&output.stdout, line);
        checked(&found, line);
        found
    };
    ask("load net.toml");
    let found = ask("read weights --net net.toml");
    assert!(found["projections"][0]["weights"][0].is_i64(), "{found}");
    let found = ask("read weights --net net.toml --output w.npy");
    assert!(found["files"][0].is_string(), "{found}");
    assert!(found["projections"].is_null(), "{found}");
}
