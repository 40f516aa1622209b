//! Tests under a memory limit set by the system: runs and pictures of any length need only eight
//! bytes per spike, and data that is generated or written during a run needs no memory.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// Limit of the command's address space in KiB: 64 MiB, of which the program itself takes half.
const MEMORY: u32 = 64 << 10;

/// Number of ticks: the input spikes take 16 MB in memory, and 250 MB if the text is also held,
/// sorted and indexed by line.
const TICKS: u32 = 20_000;
const INPUTS: u32 = 100;

const NETWORK: &str = "\
format_version = 2
name = \"relay\"
[[input]]
name = \"in\"
size = 100
[[population]]
name = \"cells\"
size = 100
threshold = 50
[[projection]]
source = \"in\"
target = \"cells\"
connect = \"one_to_one\"
weights = 60
delay = 1
";

/// Runs the command under the limit, and returns its output.
fn synfire(folder: &Path, arguments: &str) -> String {
    let limits = format!("ulimit -v {MEMORY} && exec \"$0\" {arguments}");
    let output = Command::new("sh")
        .arg("-c")
        .arg(limits)
        .arg(cargo_bin!("synfire"))
        .current_dir(folder)
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    let message: String = message.chars().take(2_000).collect();
    assert!(output.status.success(), "{arguments}: {message}");
    String::from_utf8(output.stdout).unwrap()
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("net.toml"), NETWORK).unwrap();
    folder
}

/// Writes a stimulus in which every input spikes at every tick. If not `in_order`, the last tick of
/// every ten comes first.
fn stimulus(folder: &Path, in_order: bool) {
    let mut text = String::from("tick,id\n");
    for tick in 0..TICKS {
        let tick = if in_order {
            tick
        } else {
            tick / 10 * 10 + 9 - tick % 10
        };
        for id in 0..INPUTS {
            writeln!(text, "{tick},{id}").unwrap();
        }
    }
    fs::write(folder.join("in.csv"), text).unwrap();
}

#[test]
fn run_holds_its_input_spikes_alone() {
    let folder = folder();
    let path = folder.path();
    for in_order in [true, false] {
        stimulus(path, in_order);
        synfire(
            path,
            "run net.toml --stimulus in.csv --ticks 20000 --spikes out.csv --raster out.svg \
             --counts counts.csv",
        );
        let spikes = fs::read(path.join("out.csv")).unwrap();
        let lines = spikes.iter().filter(|&&byte| byte == b'\n').count();
        // The last tick's spikes are not yet written; the first line contains the names.
        assert_eq!(lines as u32, (TICKS - 1) * INPUTS + 1);
    }
    synfire(path, "spikes convert out.csv out.npy");
    synfire(
        path,
        "run net.toml --stimulus out.npy --ticks 20000 --spikes again.npy",
    );
    assert_eq!(
        fs::metadata(path.join("again.npy")).unwrap().len(),
        u64::from(128 + 8 * (TICKS - 2) * INPUTS)
    );
}

#[test]
fn raster_holds_its_spikes_alone() {
    let folder = folder();
    stimulus(folder.path(), true);
    synfire(folder.path(), "plot raster in.csv -o bare.svg");
    synfire(
        folder.path(),
        "plot raster in.csv --net net.toml -o named.svg",
    );
    let svg = fs::read_to_string(folder.path().join("named.svg")).unwrap();
    assert!(svg.contains("2000000 spikes in 20000 ticks"));
}

#[test]
fn what_is_made_and_written_as_a_run_goes_on_takes_no_memory() {
    let folder = folder();
    let path = folder.path();
    // 3 million input spikes, as many spikes of neurons, and 12 million values: 24 MB of each kind,
    // twice.
    let said = synfire(
        path,
        "run net.toml --poisson 0.5 --ticks 60000 --potentials v.npy --currents i.npy \
         --spikes out.dat --raster out.svg --format json",
    );
    let summary: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(
        summary["input_spikes"].as_u64().unwrap() > 2_900_000,
        "{said}"
    );
    for array in ["v.npy", "i.npy"] {
        let bytes = fs::metadata(path.join(array)).unwrap().len();
        assert_eq!(bytes, 128 + 4 * 100 * 60_000);
    }
    synfire(
        path,
        "plot potentials v.npy --net net.toml --neurons 0,99 -o v.svg",
    );
}
