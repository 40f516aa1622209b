//! Tests of values that exceed 32 bits, a counter of the core, or the range of a file format.

use std::fs;

use super::{check_ends_with, folder, stderr, stdout, synfire};

#[test]
fn counts_and_late_ticks_are_told_as_far_as_they_are_known() {
    let folder = folder();
    let path = folder.path();
    let busy = "format_version = 2\nname = \"busy\"\n[[population]]\nname = \"p\"\nsize = 3\n\
                threshold = 5\nbias = 10\n";
    fs::write(path.join("busy.toml"), busy).unwrap();
    let run = [
        "run",
        "busy.toml",
        "--config",
        "tiny",
        "--ticks",
        "70000",
        "--batch",
    ];
    let outputs = ["--counts", "counts.csv", "--tick-us", "1000"];
    let output = synfire(path, &[&run[..], &outputs].concat());
    assert!(output.status.success());
    let said = stdout(&output);
    assert!(said.contains("spikes          210000\n"), "{said}");
    assert!(
        said.contains("late ticks      not counted: the model has no clock"),
        "{said}"
    );
    let counts = fs::read_to_string(path.join("counts.csv")).unwrap();
    assert_eq!(counts, "id,count\n0,70000\n1,70000\n2,70000\n");
    let output = synfire(path, &[&run[..], &outputs, &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["overruns"].is_null(), "{json}");
    assert!(
        json["overruns_note"].as_str().unwrap().contains("no clock"),
        "{json}"
    );
}

#[test]
fn what_no_file_holds_is_refused_before_the_run() {
    let folder = folder();
    let path = folder.path();
    let run = |rest: &[&str], message: &str| {
        let run = [
            &[
                "run",
                "net.toml",
                "--config",
                "tiny",
                "--ticks",
                "4000000000",
            ],
            rest,
        ]
        .concat();
        check_ends_with(path, &run, 2, message);
    };
    run(
        &["--potentials", "v.npy"],
        "an .npy file has 268435456 at most",
    );
    run(&["--counts", "c.npy"], "may exceed 2147483647");
    run(
        &["--spikes", "s.npy"],
        "the last tick is 3999999999, must be 0..=2147483647",
    );
    run(
        &["--spikes", "s.dat", "--dt", "10s"],
        "time in ms is 39999999990000",
    );
    let random = [
        "--ticks",
        "1000000",
        "--poisson",
        "1",
        "--samples",
        "100000",
    ];
    let precision = [&["precision", "net.toml"], &random[..]].concat();
    check_ends_with(path, &precision, 2, "random spikes, may have 134217728");
}

#[test]
fn metrics_count_beyond_what_the_core_counts() {
    let folder = folder();
    let arguments = "metrics net.toml --config tiny --ticks 70000 --poisson 1";
    let arguments: Vec<_> = arguments.split(' ').collect();
    let output = synfire(folder.path(), &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // Six synapses from inputs that spike at every tick, two from neurons that spike at every tick
    // from the second on.
    let expected = 6 * 70_000 + 2 * 69_999;
    assert_eq!(figures["synaptic_operations"]["Effective_ACs"], expected);
}
