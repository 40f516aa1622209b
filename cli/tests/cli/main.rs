//! Tests of the command as scripts use it: exit codes, pipes, virtual boards, invalid files.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod apart;
#[path = "../support/board.rs"]
mod board;
mod codes;
mod foreign;
#[cfg(feature = "nir")]
mod imported;
mod izhikevich;
mod killed;
mod limits;
mod options;
mod pictures;
#[cfg(all(feature = "nir", feature = "png"))]
mod precision;
mod probe;
mod shells;
mod streamed;
mod whole;

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use board::Board;
use tempfile::TempDir;

const NETWORK: &str = include_str!("../cmd/run.in/net.toml");
const STIMULUS: &str = include_str!("../cmd/run.in/in.csv");

/// A folder with a network and a stimulus.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("net.toml"), NETWORK).unwrap();
    fs::write(folder.path().join("in.csv"), STIMULUS).unwrap();
    folder
}

/// The network with the first weights in an array of this name.
fn network_with(array: &str) -> String {
    let network = NETWORK.replacen("connect = \"all_to_all\"\n", "", 1);
    network.replacen("weights = 30", &format!("weights = \"{array}\""), 1)
}

/// A network of real numbers, `m.real.toml`, whose weights are in an array of this name.
fn real_network(folder: &Path, array: &str) {
    let weights: Vec<i32> = (0..300).map(|at| at % 7 - 3).collect();
    let weights = network::npy::encode(&[15, 20], &weights).unwrap();
    fs::write(folder.join(array), weights).unwrap();
    let network = format!(
        "real_version = 1\nname = \"m\"\n[[input]]\nname = \"in\"\nsize = 20\n\
         [[population]]\nname = \"out\"\nsize = 15\nthreshold = 1.0\ntau_mem = 9.5\n\
         [[projection]]\nsource = \"in\"\ntarget = \"out\"\nweights = \"{array}\"\n"
    );
    fs::write(folder.join("m.real.toml"), network).unwrap();
}

fn synfire(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn check_ends_with(folder: &Path, arguments: &[&str], code: i32, message: &str) {
    let output = synfire(folder, arguments);
    check_ended(&output, arguments, code, message);
}

fn check_ended(output: &Output, arguments: &[&str], code: i32, message: &str) {
    let (out, said) = (stdout(output), stderr(output));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(said.contains(message), "{arguments:?}: {said}");
    assert!(out.is_empty(), "{arguments:?}: {out}");
}

/// The words of a command line.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// The summary without the fields that depend on the target.
fn comparable(output: &Output) -> serde_json::Value {
    let mut summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let fields = summary.as_object_mut().unwrap();
    for field in ["target", "seconds"] {
        assert!(fields.remove(field).is_some(), "no {field} in {fields:?}");
    }
    summary
}

#[test]
fn all_targets_give_the_same_bytes() {
    let folder = folder();
    let board = Board::new("tiny");
    // The target `rtl` is any program that the variable names: here a board that ends immediately.
    let rtl = folder.path().join("rtl.sh");
    let synfire_path = cargo_bin!("synfire").display().to_string();
    let script = format!(
        "#!/bin/sh\n'{synfire_path}' sim \"$@\" 2>/dev/null & board=$!\n\
         cat >/dev/null\nkill $board\n"
    );
    fs::write(&rtl, script).unwrap();
    fs::set_permissions(&rtl, PermissionsExt::from_mode(0o755)).unwrap();
    let mut results = Vec::new();
    for target in ["model", board.target.as_str(), "rtl"] {
        let arguments = [
            "run",
            "net.toml",
            "--stimulus",
            "in.csv",
            "--poisson",
            "0.05",
            "--seed",
            "11",
            "--ticks",
            "500",
            "--config",
            "tiny",
            "--spikes",
            "spikes.csv",
            "--potentials",
            "v.npy",
            "--currents",
            "i.npy",
            "--counts",
            "counts.csv",
            "--raster",
            "raster.svg",
            "--format",
            "json",
            "--target",
            target,
        ];
        let output = Command::new(cargo_bin!("synfire"))
            .args(arguments)
            .current_dir(folder.path())
            .env("SYNFIRE_RTL", &rtl)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(output.stderr.is_empty(), "{}", stderr(&output));
        let files = ["spikes.csv", "v.npy", "i.npy", "counts.csv", "raster.svg"]
            .map(|file| fs::read(folder.path().join(file)).unwrap());
        results.push((comparable(&output), files));
    }
    assert!(results[0] == results[1] && results[0] == results[2]);
    let array = network::npy::Array::parse(&results[0].1[1]).unwrap();
    assert_eq!(array.shape(), [500, 3]);
}

#[test]
fn a_board_keeps_what_was_loaded() {
    let folder = folder();
    let board = Board::new("hx8k");
    let target = ["--target", board.target.as_str()];
    let run = |arguments: &[&str]| {
        let output = synfire(folder.path(), &[arguments, &target].concat());
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            stderr(&output)
        );
        stdout(&output)
    };
    let refused = |why: &str| {
        for arguments in [
            &["read", "weights", "--net", "net.toml"][..],
            &["run", "net.toml", "--ticks", "9", "--no-load"],
        ] {
            let output = synfire(folder.path(), &[arguments, &target].concat());
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            assert!(stderr(&output).contains(why), "{}", stderr(&output));
        }
    };
    refused("the device holds no whole network");
    let net = folder.path().join("net.toml");
    let text = fs::read_to_string(&net).unwrap();
    fs::write(&net, text.replace("weights = 30", "weights = 31")).unwrap();
    run(&["load", "net.toml"]);
    fs::write(&net, text).unwrap();
    refused("the device holds the network 0x");
    run(&["load", "net.toml"]);
    let weights = run(&["read", "weights", "--net", "net.toml"]);
    assert!(
        weights.starts_with("source,target,pre,post,weight\nkey,lamp,0,0,30\n"),
        "{weights}"
    );
    run(&["read", "weights", "--net", "net.toml", "--output", "w.npy"]);
    let matrix = fs::read(folder.path().join("w-lamp-bell.npy")).unwrap();
    let matrix = network::npy::Array::parse(&matrix).unwrap();
    assert_eq!(
        (matrix.shape(), matrix.to_integers().unwrap()),
        (&[2, 1][..], vec![60, 60])
    );
    let summary = run(&[
        "run",
        "net.toml",
        "--stimulus",
        "in.csv",
        "--ticks",
        "9",
        "--no-load",
    ]);
    assert!(summary.contains("spikes          6\n"), "{summary}");
    assert_eq!(
        run(&["read", "counts", "--net", "net.toml"]),
        "id,spike_count\n0,2\n1,2\n2,2\n"
    );
    check_ends_with(
        folder.path(),
        &["info", "--target", &board.target, "--config", "tiny"],
        3,
        "the device has config hx8k, not tiny\nhint: leave out --config",
    );
}

#[test]
fn demo_prints_what_scripts_rely_on() {
    let folder = folder();
    let arguments = ["demo", "digits", "--target", "model", "--format", "json"];
    let output = synfire(folder.path(), &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["target"], "model");
    assert_eq!(
        (summary["images"].as_u64(), summary["correct"].as_u64()),
        (Some(594), Some(589))
    );
    assert_eq!(summary["ticks_per_image"].as_u64(), Some(16));
    let accuracy = summary["accuracy"].as_f64().unwrap();
    assert!((accuracy - 589.0 / 594.0).abs() < 1e-12);
    for field in ["cycles_per_image", "spikes", "seconds"] {
        assert!(summary[field].as_f64().unwrap() > 0.0, "{field}");
    }
    let svg = fs::read_to_string(folder.path().join("synfire_digits_raster.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("read as 6"));
}

#[test]
fn the_readme_shows_what_the_demo_prints_and_draws() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let shown = readme
        .lines()
        .skip_while(|line| !line.starts_with("accuracy"));
    let folder = folder();
    let output = synfire(folder.path(), &["demo", "digits"]);
    let printed = stdout(&output);
    for (shown, printed) in shown.zip(printed.lines()) {
        // The host's time varies.
        if !printed.starts_with("host time") {
            assert_eq!(shown, printed);
        }
    }
    assert_eq!(printed.lines().count(), 7);
    let drawn = fs::read(folder.path().join("synfire_digits_raster.svg")).unwrap();
    let shown = fs::read(root.join("docs/images/digits_raster.svg")).unwrap();
    assert!(
        drawn == shown,
        "docs/images/digits_raster.svg is not what the demo draws"
    );
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let folder = folder();
    let arguments = ["read", "weights", "--config", "ecp5_85k"];
    let mut process = Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = [0; 9];
    process
        .stdout
        .take()
        .unwrap()
        .read_exact(&mut line)
        .unwrap();
    let output = process.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), stderr(&output)),
        (Some(0), String::new())
    );
}

#[test]
fn a_board_that_ends_in_a_run_is_gone() {
    let folder = folder();
    let board = Board::new("tiny");
    let arguments = [
        "run",
        "net.toml",
        "--ticks",
        "4000000000",
        "--target",
        &board.target,
    ];
    let process = Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(500));
    drop(board);
    let output = process.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stdout(&output));
    assert!(
        stderr(&output).contains(" is gone: it was unplugged"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_port_without_a_device_times_out() {
    let folder = folder();
    let (_line, host) = serialport::TTYPort::pair().unwrap();
    let target = format!("serial:{}", serialport::SerialPort::name(&host).unwrap());
    check_ends_with(
        folder.path(),
        &["info", "--target", &target],
        3,
        "no answer to greeting on /dev/pts/",
    );
}

#[test]
fn files_beyond_the_limits_are_not_read() {
    let folder = folder();
    let junk = |name: &str, bytes: u64| {
        File::create(folder.path().join(name))
            .unwrap()
            .set_len(bytes)
            .unwrap();
    };
    junk("junk.toml", 1 << 30);
    junk("junk.csv", 1 << 30);
    junk("zeros.toml", 1 << 20);
    fs::write(folder.path().join("image.csv"), [0xff, 0xd8, 0xff]).unwrap();
    let path = folder.path();
    check_ends_with(
        path,
        &["check", "junk.toml"],
        2,
        "junk.toml has 1073741824 bytes, the limit",
    );
    let stimulus = |file| ["run", "net.toml", "--ticks", "9", "--stimulus", file];
    check_ends_with(
        path,
        &stimulus("junk.csv"),
        2,
        "junk.csv, line 1: more than 4096 bytes",
    );
    check_ends_with(
        path,
        &stimulus("image.csv"),
        2,
        "image.csv is not UTF-8 text: byte 0",
    );
    check_ends_with(path, &stimulus("."), 2, "cannot read .: ");
    check_ends_with(path, &["check", "zeros.toml"], 2, "zeros.toml: ");
    let endless = ["run", "net.toml", "--ticks", "9", "--stimulus", "/dev/zero"];
    check_ends_with(path, &endless, 2, "/dev/zero, line 1: more than 4096");
}

#[test]
fn results_that_cannot_be_written_are_an_error_of_the_system() {
    let folder = folder();
    let arguments = [
        "run",
        "net.toml",
        "--ticks",
        "9",
        "--config",
        "tiny",
        "--spikes",
        "/dev/full",
    ];
    check_ends_with(folder.path(), &arguments, 3, "cannot write /dev/full: ");
}

#[test]
fn arrays_beside_a_network_are_named_when_they_are_wrong() {
    let folder = folder();
    fs::write(folder.path().join("net.toml"), network_with("w.npy")).unwrap();
    check_ends_with(folder.path(), &["check", "net.toml"], 2, "w.npy");
    fs::write(folder.path().join("w.npy"), "no array").unwrap();
    check_ends_with(folder.path(), &["check", "net.toml"], 2, "not an .npy file");
    let weights = network::npy::encode(&[3, 2], &[1, 2, 3, 4, 5, 6]).unwrap();
    fs::write(folder.path().join("w.npy"), weights).unwrap();
    assert!(
        synfire(folder.path(), &["check", "net.toml"])
            .status
            .success()
    );
}
