//! Tests of sweeps: their results, how they continue, and what they refuse.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;

use super::{check_fails, stdout, synfire};

const NETWORK: &str = r#"
format_version = 2
name = "net"
[[input]]
name = "in"
size = 10
[[population]]
name = "hidden"
size = 5
threshold = 100
tau_mem = 20
[[population]]
name = "out"
size = 2
threshold = 30
[[projection]]
source = "in"
target = "hidden"
weights = 20
[[projection]]
source = "hidden"
target = "out"
weights = 20
"#;

const SWEEP: [&str; 10] = [
    "sweep",
    "net.toml",
    "--poisson",
    "0.2",
    "--samples",
    "3",
    "--ticks",
    "100",
    "--config",
    "tiny",
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("net.toml"), NETWORK).unwrap();
    folder
}

fn sweep(folder: &Path, arguments: &[&str]) -> String {
    stdout(&synfire(folder, &[&SWEEP[..], arguments].concat()))
}

fn table(folder: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder.join("s.csv")).unwrap();
    let row = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().map(row).collect()
}

#[test]
fn each_point_is_what_run_gives() {
    let folder = folder();
    let path = folder.path();
    let range = ["--set", "hidden.threshold=60..140:40", "-o", "s.csv"];
    sweep(path, &range);
    let table = table(path);
    let names = [
        "hidden.threshold",
        "spikes",
        "rate_per_tick_hidden",
        "rate_per_tick_out",
        "cycles",
    ];
    assert_eq!(table[0][..5], names);
    assert_eq!(table.len(), 4);
    for row in &table[1..] {
        let mut spikes = [0.0; 3];
        for seed in ["0", "1", "2"] {
            let set = format!("hidden.threshold={}", row[0]);
            let run = [
                "run",
                "net.toml",
                "--set",
                &set,
                "--poisson",
                "0.2",
                "--seed",
                seed,
            ];
            let rest = ["--ticks", "100", "--config", "tiny", "--counts", "n.csv"];
            stdout(&synfire(path, &[&run[..], &rest].concat()));
            let counts = fs::read_to_string(path.join("n.csv")).unwrap();
            for (at, line) in counts.lines().skip(1).enumerate() {
                let count: f64 = line.split(',').nth(1).unwrap().parse().unwrap();
                spikes[0] += count;
                spikes[if at < 5 { 1 } else { 2 }] += count;
            }
        }
        let numbers: Vec<f64> = row[1..4].iter().map(|it| it.parse().unwrap()).collect();
        assert_eq!(numbers[0], spikes[0], "{row:?}");
        assert!((numbers[1] - spikes[1] / 1500.0).abs() < 1e-12, "{row:?}");
        assert!((numbers[2] - spikes[2] / 600.0).abs() < 1e-12, "{row:?}");
    }
    // With the length of a tick, rates are in Hz; the number of models does not change the results.
    for jobs in ["1", "3"] {
        fs::remove_file(path.join("s.csv")).unwrap();
        sweep(
            path,
            &[&range[..], &["--dt", "2ms", "--jobs", jobs]].concat(),
        );
        let hertz = self::table(path);
        assert_eq!(hertz[0][2], "rate_hz_hidden");
        for (hertz, ticks) in hertz[1..].iter().zip(&table[1..]) {
            let of = |row: &[String]| row[2].parse::<f64>().unwrap();
            assert!((of(hertz) - 500.0 * of(ticks)).abs() < 1e-9);
        }
    }
}

#[test]
fn a_sweep_goes_on_and_another_is_refused() {
    let folder = folder();
    let path = folder.path();
    let set = |range| ["--set", range, "-o", "s.csv"];
    sweep(path, &set("hidden.threshold=60..100:20"));
    let first = fs::read_to_string(path.join("s.csv")).unwrap();
    // A row with impossible values shows that it is not measured again.
    let marked: Vec<String> = first
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            1 => {
                let mut fields: Vec<&str> = line.split(',').collect();
                fields[1] = "987654";
                fields.join(",")
            }
            _ => line.to_owned(),
        })
        .collect();
    fs::write(path.join("s.csv"), marked.join("\n")).unwrap();
    let said = sweep(path, &set("hidden.threshold=40..120:20"));
    assert!(said.contains("5 points, 3 of them there already"), "{said}");
    let table = table(path);
    let thresholds: Vec<&str> = table[1..].iter().map(|row| &row[0][..]).collect();
    assert_eq!(thresholds, ["40", "60", "80", "100", "120"]);
    assert_eq!(table[2][1], "987654");
    // Any other difference makes it another sweep, and the file stays unchanged.
    let before = fs::read(path.join("s.csv")).unwrap();
    let range = set("hidden.threshold=40..120:20");
    let cases: [(&[&str], &str); 5] = [
        (&["--seed", "1"], "samples_crc is "),
        (&["--set", "out.threshold=31"], "network_crc is "),
        (&["--dt", "1ms"], "its columns are "),
        (&["--set", "out.bias=1,2"], "its columns are "),
        (
            &["--answers", "hidden"],
            "answers is  in line 2 and hidden here",
        ),
    ];
    for (more, why) in cases {
        let all = [&SWEEP[..], &range, more].concat();
        check_fails(path, &all, 2, "s.csv is of another sweep: ");
        check_fails(path, &all, 2, why);
    }
    let shorter = [&SWEEP[..], &set("hidden.threshold=60..100:20")].concat();
    let why = "line 2 has hidden.threshold = 40, which is not tried here";
    check_fails(path, &shorter, 2, why);
    let ticks = [
        "--ticks",
        "50",
        "--config",
        "tiny",
        "--poisson",
        "0.2",
        "--samples",
        "3",
    ];
    let ticks = [&["sweep", "net.toml"], &range[..], &ticks].concat();
    check_fails(path, &ticks, 2, "ticks is 100 in line 2 and 50 here");
    assert_eq!(fs::read(path.join("s.csv")).unwrap(), before);
    // A file that no sweep has written is refused as well.
    fs::write(path.join("s.csv"), "tick,id\n1,2\n").unwrap();
    check_fails(
        path,
        &[&SWEEP[..], &range].concat(),
        2,
        "its columns are tick,id",
    );
}

#[test]
fn a_sweep_that_is_ended_has_kept_its_points() {
    let folder = folder();
    let path = folder.path();
    let arguments = [
        "sweep",
        "net.toml",
        "--set",
        "hidden.threshold=1..400:1",
        "-o",
        "s.csv",
        "--config",
        "tiny",
        "--poisson",
        "0.3",
        "--samples",
        "20",
        "--ticks",
        "4000",
        "--jobs",
        "1",
    ];
    let mut child = Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(path)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let since = Instant::now();
    while !path.join("s.csv").exists() {
        assert!(
            since.elapsed() < Duration::from_secs(60),
            "nothing is written"
        );
        assert!(child.try_wait().unwrap().is_none(), "it is over too soon");
        thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let table = table(path);
    let rows = table.len() - 1;
    assert!((1..400).contains(&rows), "{rows}");
    // Every row is complete.
    assert!(table.iter().all(|row| row.len() == table[0].len()));
}

#[test]
fn pictures_are_drawn_over_one_setting_and_over_two() {
    let folder = folder();
    let path = folder.path();
    let read = |name| fs::read_to_string(path.join(name)).unwrap();
    sweep(
        path,
        &["--set", "hidden.threshold=60..140:20", "--plot", "rate"],
    );
    let svg = read("net_sweep.svg");
    for text in [
        "hidden.threshold",
        "mean rate (spikes per tick)",
        "hidden",
        "out",
    ] {
        assert!(svg.contains(text), "{text}");
    }
    let two = [
        "--set",
        "hidden.threshold=60..140:20",
        "--set",
        "in:hidden.exponent=0,1",
    ];
    sweep(
        path,
        &[&two[..], &["--plot", "spikes", "-o", "s.csv"]].concat(),
    );
    let svg = read("s.svg");
    assert!(svg.contains("in:hidden.exponent") && svg.contains("hidden.threshold"));
    let three = [
        &SWEEP[..],
        &two,
        &["--set", "out.bias=1,2", "--plot", "rate"],
    ]
    .concat();
    check_fails(
        path,
        &three,
        2,
        "draws over one --set with several values or over two",
    );
    let accuracy = [&SWEEP[..], &two, &["--plot", "accuracy"]].concat();
    check_fails(path, &accuracy, 2, "--plot accuracy needs labels");
}

#[test]
fn accuracy_is_that_of_eval() {
    let folder = folder();
    let path = folder.path();
    let digits = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../examples/digits/network.toml"
    );
    let range = [
        "--set",
        "hidden.threshold=100,120",
        "--data",
        "digits",
        "-o",
        "s.csv",
    ];
    stdout(&synfire(path, &[&["sweep", digits], &range[..]].concat()));
    let table = table(path);
    assert_eq!(table[0][5], "accuracy");
    for row in &table[1..] {
        let set = format!("hidden.threshold={}", row[0]);
        let eval = [
            "eval", digits, "--data", "digits", "--format", "json", "--set", &set,
        ];
        let said = stdout(&synfire(path, &eval));
        let found: serde_json::Value = serde_json::from_str(&said).unwrap();
        let accuracy = found["accuracy"].as_f64().unwrap();
        assert!((accuracy - row[5].parse::<f64>().unwrap()).abs() < 1e-12);
        assert_eq!(found["spikes"].as_f64(), row[1].parse().ok());
    }
}

#[test]
fn faults_are_told_with_their_point() {
    let folder = folder();
    let path = folder.path();
    let all = |more: &[&'static str]| [&SWEEP[..], more].concat();
    check_fails(
        path,
        &all(&["--set", "hidden.threshold=5"]),
        2,
        "nothing is swept",
    );
    check_fails(
        path,
        &all(&["--set", "hidden.treshold=1..5"]),
        2,
        "hidden.treshold=1: \"hidden\" has no key \"treshold\", did you mean \"threshold\"?",
    );
    check_fails(
        path,
        &all(&["--set", "hidden.threshold=32766..32770:1"]),
        2,
        "hidden.threshold=32768: the network does not fit the core: threshold 32768",
    );
    check_fails(
        path,
        &all(&["--set", "in.size=10,11"]),
        2,
        "in.size=11: has 11 inputs, the samples are for 10",
    );
}

#[test]
fn settings_that_override_each_other_are_refused() {
    let folder = folder();
    let path = folder.path();
    for (first, second, said) in [
        (
            "hidden.tau_mem=5,10",
            "hidden.decay_mem=4076,4066",
            "hidden.tau_mem=5 and hidden.decay_mem=4076 set the same thing",
        ),
        (
            "hidden.tau_mem=5,10",
            "hidden.tau_mem=20",
            "hidden.tau_mem=20 and hidden.tau_mem=5 set the same thing",
        ),
        (
            "hidden.tau_mem=5,10",
            "hidden.tau_mem=20,30",
            "hidden.tau_mem=5,10 and hidden.tau_mem=20,30 set the same thing",
        ),
    ] {
        let sets = ["--set", first, "--set", second];
        check_fails(path, &[&SWEEP[..], &sets].concat(), 2, said);
    }
    let equal = ["--set", "hidden.threshold=90,90.0"];
    let said = "90 and 90.0 are the same value";
    check_fails(path, &[&SWEEP[..], &equal].concat(), 2, said);
    for command in ["run", "eval"] {
        let arguments = [
            command,
            "net.toml",
            "--set",
            "hidden.tau_mem=5",
            "--set",
            "hidden.decay_mem=4076",
            "--poisson",
            "0.2",
            "--ticks",
            "10",
        ];
        let said = "hidden.tau_mem=5 and hidden.decay_mem=4076 set the same thing";
        check_fails(path, &arguments, 2, said);
    }
}

#[test]
fn without_a_file_the_table_is_printed() {
    let folder = folder();
    let path = folder.path();
    let set = ["--set", "hidden.threshold=60,80"];
    let text = sweep(path, &set);
    assert_eq!(text.lines().count(), 3);
    assert!(text.starts_with("hidden.threshold,spikes,"));
    let json = sweep(path, &[&set[..], &["--format", "json"]].concat());
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(found["rows"][1]["hidden.threshold"], 80);
    assert_eq!(found["rows"].as_array().unwrap().len(), 2);
}
