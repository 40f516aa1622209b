//! Tests of runs that read their stimulus and write their spikes during the run.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;

use super::{folder, stdout, synfire};

/// A network with more neurons than any config: it runs in memory, which reads one event ahead.
const WIDE: &str = "format_version = 1\nname = \"wide\"\n[[input]]\nname = \"in\"\nsize = 2\n\
    [[population]]\nname = \"one\"\nsize = 1\nthreshold = 9\n\
    [[population]]\nname = \"n\"\nsize = 3000\nthreshold = 9\n\
    [[projection]]\nsource = \"in\"\ntarget = \"one\"\nconnect = \"all_to_all\"\nweights = 10\n";

const RUN: [&str; 6] = ["run", "net.toml", "--ticks", "200", "--spikes", "-"];

/// Runs with this text on standard input.
fn piped(folder: &std::path::Path, text: &str) -> std::process::Output {
    let mut child = Command::new(cargo_bin!("synfire"))
        .args(RUN)
        .args(["--stimulus", "-"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // A refused command reads no further.
    let _ = input.write_all(text.as_bytes());
    drop(input);
    child.wait_with_output().unwrap()
}

#[test]
fn the_order_of_lines_and_the_way_they_come_change_nothing() {
    let folder = folder();
    let path = folder.path();
    let mut spikes: Vec<String> = (0..180)
        .flat_map(|tick| (0..tick % 4).map(move |id| format!("{tick},{id}")))
        .filter(|line| !line.ends_with(",3"))
        .collect();
    let rising = format!("tick,id\n{}\n", spikes.join("\n"));
    spikes.reverse();
    let falling = format!("tick,id\n{}\n", spikes.join("\n"));
    fs::write(path.join("rising.csv"), &rising).unwrap();
    fs::write(path.join("falling.csv"), &falling).unwrap();
    let of = |file| {
        let output = synfire(path, &[&RUN[..], &["--stimulus", file]].concat());
        assert!(output.status.success(), "{output:?}");
        stdout(&output)
    };
    let wanted = of("rising.csv");
    assert!(wanted.lines().count() > 20, "{wanted}");
    assert_eq!(of("falling.csv"), wanted);
    let output = piped(path, &rising);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(stdout(&output), wanted);
    // Standard input cannot be read a second time.
    let output = piped(path, &falling);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(": tick 178 comes after tick 179"), "{said}");
    assert!(
        said.contains("lines that are read while a run goes on ascend"),
        "{said}"
    );
}

#[test]
fn spikes_come_before_the_stimulus_ends() {
    let folder = folder();
    fs::write(folder.path().join("wide.toml"), WIDE).unwrap();
    let mut child = Command::new(cargo_bin!("synfire"))
        .args([
            "run",
            "wide.toml",
            "--ticks",
            "100",
            "--stimulus",
            "-",
            "--spikes",
            "-",
        ])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    // Each answer is read while at most two further lines have been written.
    writeln!(input, "3,0\n10,1\n15,1").unwrap();
    assert_eq!(line(), "tick,id");
    for tick in [20, 30, 40] {
        let spike = line();
        assert!(spike.ends_with(",0"), "{spike}");
        writeln!(input, "{tick},0").unwrap();
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}
