//! Tests that file contents have no effect on a terminal and that file names within files are safe.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use viz::text::is_hidden;

use super::{
    NETWORK, STIMULUS, check_ended, check_ends_with, folder, network_with, real_network, stderr,
    stdout, synfire, words,
};

/// Changes colours, clears the screen, rings, reverses the reading direction, and contains two
/// 8-bit controls.
const NASTY: &str = "a\u{1b}[31m\u{7}\u{9b}2J\u{202e}b\u{85}\u{2066}";
/// The form in which it must be shown.
const SEEN: &str = r"a\u{1b}[31m\u{7}\u{9b}2J\u{202e}b\u{85}\u{2066}";

/// Checks that the output contains nothing that affects a terminal.
fn check_tame(output: &Output) {
    for text in [stdout(output), stderr(output)] {
        let acting: Vec<char> = text
            .chars()
            .filter(|&c| is_hidden(c) && c != '\n')
            .collect();
        assert!(acting.is_empty(), "{acting:?} in {text:?}");
    }
}

#[test]
fn names_act_on_no_terminal() {
    let folder = folder();
    let path = folder.path();
    let with = |ending: &str| format!("{NASTY}.{ending}");
    // Names of a missing file, of an existing one, and bytes that are not UTF-8.
    for arguments in [
        vec!["check", NASTY],
        vec!["run", "net.toml", "--ticks", "9", "--stimulus", NASTY],
        vec!["spikes", "convert", "in.csv", &with("x")],
    ] {
        let output = synfire(path, &arguments);
        assert_eq!(output.status.code(), Some(2));
        check_tame(&output);
        assert!(stderr(&output).contains(SEEN), "{}", stderr(&output));
    }
    let output = Command::new(cargo_bin!("synfire"))
        .args([OsStr::new("check"), OsStr::from_bytes(b"\x1b[1m\x9b.toml")])
        .current_dir(path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    check_tame(&output);
    // Messages repeat the contents of an invalid file.
    for (name, text) in [
        ("k.toml", format!("{NETWORK}\n[[{NASTY}]]\n")),
        ("n.toml", NETWORK.replace("\"lamp\"", &escaped(NASTY))),
        ("v.toml", NETWORK.replace("all_to_all", NASTY)),
        ("c.real.toml", format!("real_version = 1\nname = '{NASTY}'")),
        ("s.json", format!("{{\"{NASTY}\": 1}}")),
    ] {
        fs::write(path.join(name), text).unwrap();
        let output = synfire(path, &["check", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        check_tame(&output);
    }
    fs::write(path.join("e.csv"), format!("tick,id\n1,{NASTY}\n")).unwrap();
    let output = synfire(path, &["spikes", "convert", "e.csv", "o.csv"]);
    assert_eq!(output.status.code(), Some(2));
    check_tame(&output);
}

#[test]
fn summaries_and_pictures_act_on_nobody() {
    let folder = folder();
    let path = folder.path();
    real_network(path, "w0.npy");
    let named = fs::read_to_string(path.join("m.real.toml")).unwrap();
    let named = named.replace("\"m\"", &escaped(NASTY));
    let named = named.replace("\"out\"", &escaped(NASTY));
    let nasty = format!("{NASTY}.real.toml");
    fs::write(path.join(&nasty), named).unwrap();
    let precision = |more: &[&'static str]| {
        let samples = ["--poisson", "0.5", "--ticks", "9", "--samples", "2"];
        let all = [
            &["precision", &nasty],
            &samples[..],
            &["--state-bits", "16"],
            more,
        ]
        .concat();
        let output = synfire(path, &all);
        assert!(output.status.success(), "{}", stderr(&output));
        check_tame(&output);
        output
    };
    precision(&[]);
    precision(&["-o", "p.svg"]);
    let json = stdout(&precision(&["--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(
        json["network"].as_str().unwrap().starts_with(NASTY),
        "{json}"
    );
    fs::write(path.join(format!("{NASTY}.csv")), STIMULUS).unwrap();
    for (kind, file) in [
        ("rates", "r.svg"),
        ("raster", "t.svg"),
        ("intervals", "i.svg"),
    ] {
        let output = synfire(path, &["plot", kind, &format!("{NASTY}.csv"), "-o", file]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    for file in ["p.svg", "r.svg", "t.svg", "i.svg"] {
        let svg = fs::read_to_string(path.join(file)).unwrap();
        assert!(svg.contains(SEEN), "{file}: {svg}");
        assert!(!svg.chars().any(|c| is_hidden(c) && c != '\n'), "{file}");
    }
}

/// The text escaped for a quoted TOML string.
fn escaped(text: &str) -> String {
    let characters = text.chars().map(|c| format!("\\u{:04x}", u32::from(c)));
    format!("\"{}\"", characters.collect::<String>())
}

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

/// Runs the command, which must end by itself.
fn in_time(folder: &Path, arguments: &[&str]) -> Output {
    let mut child = Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let since = Instant::now();
    while child.try_wait().unwrap().is_none() {
        let in_time = since.elapsed() < Duration::from_secs(60);
        if !in_time {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert!(in_time, "{arguments:?} hangs");
        thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

#[test]
fn a_pipe_that_a_file_names_is_refused() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("net.toml"), network_with("w.npy")).unwrap();
    pipe(&path.join("w.npy"));
    real_network(path, "w0.npy");
    fs::remove_file(path.join("w0.npy")).unwrap();
    pipe(&path.join("w0.npy"));
    fs::write(path.join("samples.csv"), "file,label\nw.npy,1\n").unwrap();
    fs::create_dir(path.join("data")).unwrap();
    pipe(&path.join("data/test100.txt"));
    pipe(&path.join("data/train-images-idx3-ubyte"));
    let device = NETWORK.replacen("weights = 30", "weights = \"/dev/zero\"", 1);
    fs::write(path.join("device.toml"), device).unwrap();
    for (arguments, message) in [
        (
            vec!["check", "net.toml"],
            "w.npy, which net.toml names, is no regular file",
        ),
        (
            vec!["check", "m.real.toml"],
            "w0.npy, which m.real.toml names, is no regular file",
        ),
        (vec!["check", "device.toml"], "device.toml: "),
        (
            vec![
                "precision",
                "digits.toml",
                "--data",
                "samples.csv",
                "--ticks",
                "9",
            ],
            "w.npy, which samples.csv names, is no regular file",
        ),
        (
            vec!["demo", "mnist", "--data", "data"],
            "which data names, is no regular file",
        ),
        #[cfg(feature = "nir")]
        (
            vec!["demo", "nmnist", "--data", "data"],
            "which data names, is no regular file",
        ),
    ] {
        fs::write(path.join("digits.toml"), NETWORK).unwrap();
        let output = in_time(path, &arguments);
        check_ended(&output, &arguments, 2, message);
    }
}

#[test]
fn a_pipe_that_the_user_names_is_read() {
    let folder = folder();
    let path = folder.path();
    pipe(&path.join("pipe"));
    let feeding = path.join("pipe");
    let feed = thread::spawn(move || {
        // Later than the delay after which the command reports that it waits.
        thread::sleep(Duration::from_millis(2_500));
        fs::write(feeding, STIMULUS).unwrap();
    });
    let run = words("run net.toml --ticks 20 --config tiny --stimulus pipe");
    let output = in_time(path, &run);
    feed.join().unwrap();
    assert!(output.status.success());
    assert_eq!(stderr(&output), "reading pipe ...\n");
    assert!(
        stdout(&output).contains("input spikes    6"),
        "{}",
        stdout(&output)
    );
    let mut child = Command::new(cargo_bin!("synfire"))
        .args(["check", "/dev/stdin", "--config", "tiny"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(NETWORK.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_an_interrupted_command_left_is_no_input() {
    let folder = folder();
    for name in [
        ".in.csv.Ab12Cd.synfire-tmp",
        ".in.csv.Ab12Cd.synfire-tmp.synfire-old",
    ] {
        fs::copy(folder.path().join("in.csv"), folder.path().join(name)).unwrap();
        let convert = ["spikes", "convert", name, "o.csv"];
        check_ends_with(
            folder.path(),
            &convert,
            2,
            "that an interrupted command has left",
        );
    }
}
