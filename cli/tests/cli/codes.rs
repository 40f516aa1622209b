//! Tests of the exit codes listed in the help, one for each kind of failure.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

use super::{check_ends_with, folder, network_with, stderr};

#[test]
fn a_failure_ends_with_the_code_of_who_can_mend_it() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("folder")).unwrap();
    fs::create_dir(path.join("folder.csv")).unwrap();
    fs::write(path.join("bad.toml"), "size = 3").unwrap();
    fs::write(path.join("bad.csv"), "tick,id\n1,x\n").unwrap();
    fs::write(path.join("bad.npz"), "PK").unwrap();
    fs::write(path.join("bad.json"), "{").unwrap();
    fs::write(path.join("empty.csv"), "").unwrap();
    for set in ["train", "t10k"] {
        fs::write(path.join(format!("folder/{set}-images-idx3-ubyte")), "x").unwrap();
        fs::write(path.join(format!("folder/{set}-labels-idx1-ubyte.gz")), "x").unwrap();
    }
    // Reading this file fails as reading a broken disk does.
    let broken = "/proc/self/mem";
    fs::write(path.join("broken.toml"), network_with("broken.npy")).unwrap();
    symlink(broken, path.join("broken.npy")).unwrap();
    let run = ["run", "net.toml", "--ticks", "9", "--config", "tiny"];
    let with = |option, value| [&run[..], &[option, value]].concat();
    for (code, arguments, message) in [
        // Errors in arguments or files.
        (2, vec!["run", "net.toml"], "--ticks"),
        (2, vec!["walk"], "unrecognized"),
        (
            2,
            vec!["check", "missing.toml"],
            "cannot read missing.toml: ",
        ),
        (2, vec!["check", "folder"], "cannot read folder: "),
        (2, vec!["check", "net.toml/x"], "cannot read net.toml/x: "),
        (2, vec!["check", "bad.toml"], "bad.toml: "),
        (2, vec!["check", "bad.json"], "bad.json: "),
        (2, with("--stimulus", "bad.csv"), "bad.csv, line 2"),
        (
            2,
            with("--stimulus", "missing.csv"),
            "cannot read missing.csv: ",
        ),
        (2, with("--inject", "bad.csv"), "bad.csv, line 1"),
        (
            2,
            with("--spikes", "missing/o.csv"),
            "there is no folder missing",
        ),
        (2, with("--spikes", "folder.csv"), "folder.csv is a folder"),
        (2, with("--spikes", "o.nir"), "must end in"),
        (
            2,
            vec!["check", "net.toml", "--config", "none"],
            "invalid value",
        ),
        (2, vec!["spikes", "convert", "bad.npz", "o.csv"], "bad.npz"),
        (
            2,
            vec!["plot", "intervals", "empty.csv", "-o", "o.svg"],
            "nothing to draw",
        ),
        (
            2,
            vec!["plot", "curve", "bad.json", "-o", "o.svg"],
            "not a summary",
        ),
        (2, vec!["demo", "digits", "--config", "tiny"], "neurons"),
        (
            2,
            vec!["demo", "digits-taught", "--config", "tiny_l"],
            "inputs",
        ),
        (
            2,
            vec!["demo", "mnist", "--data", "missing"],
            "neither missing/train-images",
        ),
        (2, vec!["demo", "mnist", "--data", "folder"], "gz"),
        (
            2,
            vec!["flash", "icebreaker", "missing.bin", "--dry-run"],
            "missing.bin",
        ),
        // Errors of the system or the device.
        (3, vec!["check", broken], "cannot read /proc/self/mem: "),
        (3, vec!["check", "broken.toml"], "cannot read broken.npy: "),
        (
            3,
            with("--stimulus", broken),
            "cannot read /proc/self/mem: ",
        ),
        (
            3,
            with("--spikes", "/dev/full"),
            "cannot write /dev/full: No space left",
        ),
        (
            3,
            with("--spikes", "/proc/o.csv"),
            "cannot write /proc/o.csv: ",
        ),
        // Detected before anything else is done.
        (
            3,
            [
                &with("--spikes", "/proc/o.csv")[..],
                &["--target", "serial:missing"],
            ]
            .concat(),
            "cannot write /proc/o.csv: No such file or directory (os error 2)\n",
        ),
        (
            3,
            with("--raster", "/proc/o.svg"),
            "cannot write /proc/o.svg: ",
        ),
        (
            3,
            with("--potentials", "/proc/o.npy"),
            "cannot write /proc/o.npy: ",
        ),
        (
            3,
            vec!["info", "--target", "serial:missing"],
            "cannot open missing",
        ),
    ] {
        check_ends_with(path, &arguments, code, message);
    }
}

#[test]
fn standard_output_that_cannot_be_written_is_an_error() {
    let folder = folder();
    for arguments in [
        &["run", "net.toml", "--ticks", "9", "--config", "tiny"][..],
        &["check", "net.toml", "--format", "json"],
        &["info"],
        &["load", "net.toml"],
        &["read", "registers"],
        &["read", "counts"],
        &["read", "weights"],
        &["metrics", "net.toml", "--ticks", "9"],
        &["spikes", "convert", "in.csv", "o.csv"],
        &["sim"],
    ] {
        let output = Command::new(cargo_bin!("synfire"))
            .args(arguments)
            .current_dir(folder.path())
            .stdout(fs::File::create("/dev/full").unwrap())
            .output()
            .unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.contains("No space left"), "{arguments:?}: {said}");
    }
}
