//! Tests of a device whose sizes are in no config: the command works with the sizes that the device
//! reports.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use spec::CoreConfig;
use spec::config::Name;

use super::Served;

const NETWORK: &str = "\
format_version = 2
name = \"ring\"

[[input]]
name = \"in\"
size = 5

[[population]]
name = \"a\"
size = 29
threshold = 70
decay_mem = 3696

[[projection]]
source = \"in\"
target = \"a\"
weights = 40

[[projection]]
source = \"a\"
target = \"a\"
weights = 3
delay = 2
";

/// A core whose sizes are in no config.
fn strange() -> CoreConfig {
    let core = CoreConfig::tiny().resized(|sizes| {
        (sizes.neurons_log2, sizes.inputs_log2, sizes.rows_log2) = (5, 3, 7);
        (sizes.lanes_log2, sizes.synapse_words) = (2, 777);
        (sizes.state_bits, sizes.sum_bits) = (20, 23);
        sizes.out_words_log2 = 7;
    });
    CoreConfig {
        name: Name::new("strange").unwrap(),
        ..core.unwrap()
    }
}

/// The output of the command, which must succeed.
fn synfire(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_device_of_unknown_sizes_is_used_by_the_sizes_that_it_tells() {
    let board = Served::board(&strange());
    assert_eq!(CoreConfig::known(strange().name, &strange()), None);
    let target = format!("serial:{}", board.path);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("net.toml"), NETWORK).unwrap();

    let info = synfire(folder, &["info", "--target", &target]);
    assert!(info.contains("config      strange (sizes "), "{info}");
    assert!(
        info.contains("32 neurons, 8 inputs, 3108 synapses, 128 rows"),
        "{info}"
    );

    synfire(folder, &["load", "net.toml", "--target", &target]);
    let run = |target: &str, spikes: &str, counts: &str, more: &[&str]| {
        let arguments = [
            "run",
            "net.toml",
            "--ticks",
            "60",
            "--poisson",
            "0.2",
            "--seed",
            "7",
            "--spikes",
            spikes,
            "--counts",
            counts,
            "--target",
            target,
        ];
        synfire(folder, &[&arguments, more].concat());
        std::fs::read_to_string(folder.join(spikes)).unwrap()
    };
    let found = run(&target, "found.csv", "found_counts.csv", &["--no-load"]);
    let expected = run("model", "expected.csv", "expected_counts.csv", &[]);
    assert!(found.lines().count() > 100, "{found}");
    assert_eq!(found, expected);

    let read = ["read", "counts", "--net", "net.toml", "--target", &target];
    synfire(folder, &[&read[..], &["--output", "read.csv"]].concat());
    let numbers = |file: &str| {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let last = |line: &str| line.rsplit(',').next()?.parse().ok();
        text.lines().filter_map(last).collect::<Vec<u64>>()
    };
    let counts = numbers("found_counts.csv");
    assert_eq!(counts.len(), 29);
    assert_eq!(counts, numbers("expected_counts.csv"));
    assert_eq!(counts, numbers("read.csv"));
}
