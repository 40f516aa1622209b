//! Tests that no command overwrites its input or writes one file twice, and that output formats are
//! never guessed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

use super::{check_ends_with, folder, network_with, real_network};

const RUN: [&str; 6] = ["run", "net.toml", "--ticks", "9", "--config", "tiny"];

fn check_refused(folder: &Path, arguments: &[&str], names: [&str; 2]) {
    let message = format!("{} and {} are the same file", names[0], names[1]);
    check_ends_with(folder, arguments, 2, &message);
}

#[test]
fn an_input_is_never_an_output() {
    let folder = folder();
    let path = folder.path();
    // Inputs with names that outputs may have.
    fs::rename(path.join("net.toml"), path.join("net")).unwrap();
    symlink("net", path.join("net.toml")).unwrap();
    symlink("net", path.join("link.csv")).unwrap();
    fs::hard_link(path.join("net"), path.join("hard.csv")).unwrap();
    fs::hard_link(path.join("net"), path.join("hard.svg")).unwrap();
    fs::hard_link(path.join("net"), path.join("hard.nir")).unwrap();
    fs::copy(path.join("in.csv"), path.join("other.csv")).unwrap();
    let before = fs::read(path.join("net")).unwrap();
    let run = |more: &[&'static str]| [&RUN[..], more].concat();
    let network = "NETWORK net.toml";
    let stimulus = ["--stimulus in.csv", "--spikes in.csv"];
    for (arguments, names) in [
        (
            run(&["--spikes", "link.csv"]),
            ["--spikes link.csv", network],
        ),
        (
            run(&["--potentials", "hard.csv"]),
            ["--potentials hard.csv", network],
        ),
        (
            run(&["--raster", "hard.svg"]),
            ["--raster hard.svg", network],
        ),
        (
            run(&["--counts", "./link.csv"]),
            ["--counts ./link.csv", network],
        ),
        (
            run(&["--stimulus", "in.csv", "--spikes", "in.csv"]),
            stimulus,
        ),
        (
            run(&["--inject", "in.csv", "--currents", "in.csv"]),
            ["--inject in.csv", "--currents in.csv"],
        ),
        (
            vec!["spikes", "convert", "in.csv", "in.csv"],
            ["INPUT in.csv", "OUTPUT in.csv"],
        ),
        (
            vec!["spikes", "encode", "in.csv", "./in.csv", "--code", "rate"],
            ["OUTPUT ./in.csv", "INPUT in.csv"],
        ),
        (
            vec!["plot", "matrix", "net.toml", "-o", "hard.svg"],
            ["--output hard.svg", "NET net.toml"],
        ),
        (
            vec![
                "plot", "rates", "in.csv", "--net", "net.toml", "-o", "hard.svg",
            ],
            ["--output hard.svg", "--net net.toml"],
        ),
        (
            vec![
                "precision",
                "net.toml",
                "--poisson",
                "1",
                "--ticks",
                "9",
                "-o",
                "hard.svg",
            ],
            ["--output hard.svg", network],
        ),
        (
            vec![
                "read", "counts", "--net", "net.toml", "--output", "hard.csv",
            ],
            ["--net net.toml", "--output hard.csv"],
        ),
        #[cfg(feature = "nir")]
        (
            vec!["export", "net.toml", "-o", "hard.nir"],
            ["--output hard.nir", network],
        ),
    ] {
        let mut either = names;
        let output = super::synfire(path, &arguments);
        if !super::stderr(&output).contains(&format!("{} and", names[0])) {
            either.reverse();
        }
        check_refused(path, &arguments, either);
        assert_eq!(fs::read(path.join("net")).unwrap(), before, "{arguments:?}");
        let stimulus = fs::read(path.join("in.csv")).unwrap();
        assert_eq!(
            stimulus,
            fs::read(path.join("other.csv")).unwrap(),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_file_that_another_names_is_an_input_too() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("net.toml"), network_with("w.npy")).unwrap();
    let weights = network::npy::encode(&[3, 2], &[1, 2, 3, 4, 5, 6]).unwrap();
    fs::write(path.join("w.npy"), &weights).unwrap();
    let run = [&RUN[..], &["--potentials", "w.npy"]].concat();
    let names = ["--potentials w.npy", "w.npy, which net.toml names,"];
    check_refused(path, &run, names);
    // The arrays that an import writes are outputs as well.
    real_network(path, "n_0_weights.npy");
    let before = fs::read(path.join("n_0_weights.npy")).unwrap();
    let import = ["import", "m.real.toml", "-o", "n.toml"];
    let names = [
        "n_0_weights.npy, which m.real.toml names,",
        "n_0_weights.npy",
    ];
    check_refused(path, &import, names);
    assert_eq!(fs::read(path.join("n_0_weights.npy")).unwrap(), before);
    assert!(!path.join("n.toml").exists());
}

#[test]
fn two_outputs_are_two_files() {
    let folder = folder();
    let path = folder.path();
    let run = |more: &[&'static str]| [&RUN[..], more].concat();
    let same = run(&["--spikes", "o.csv", "--counts", "o.csv"]);
    check_refused(path, &same, ["--spikes o.csv", "--counts o.csv"]);
    symlink("o.csv", path.join("l.csv")).unwrap();
    let linked = run(&["--potentials", "o.csv", "--currents", "l.csv"]);
    check_refused(path, &linked, ["--potentials o.csv", "--currents l.csv"]);
    assert!(!path.join("o.csv").exists());
    // Standard output is an output as well.
    let file = fs::File::create(path.join("out.csv")).unwrap();
    let output = Command::new(cargo_bin!("synfire"))
        .args(run(&["--spikes", "out.csv"]))
        .current_dir(path)
        .stdout(file)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = super::stderr(&output);
    assert!(
        said.contains("standard output and --spikes out.csv are the same"),
        "{said}"
    );
    // Nothing written to /dev/null is kept, so two outputs may go there.
    let nowhere = run(&["--spikes", "/dev/null", "--raster", "o.svg"]);
    assert!(super::synfire(path, &nowhere).status.success());
}

#[test]
fn an_unknown_ending_is_no_output() {
    let folder = folder();
    let run = |option, file| [&RUN[..], &[option, file]].concat();
    let spikes = "must end in .csv, .dat, .npy, .npz or .h5\nhint: ";
    let arrays = "must end in .npy or .csv";
    let pictures = "must end in .svg or .png";
    for (arguments, message) in [
        (
            vec!["spikes", "convert", "in.csv", "o.nir"],
            format!("o.nir: the name {spikes}`synfire export`"),
        ),
        (
            vec!["spikes", "convert", "in.csv", "o.toml"],
            format!("o.toml: the name {spikes}`synfire import`"),
        ),
        (
            vec!["spikes", "convert", "in.csv", "o.txt"],
            format!("o.txt: the name {spikes}--to"),
        ),
        (
            vec!["spikes", "convert", "in.csv", "o"],
            format!("o: the name {spikes}--to"),
        ),
        (
            vec!["spikes", "convert", "in.csv", "o.bin"],
            "read, not written".to_owned(),
        ),
        (
            vec!["spikes", "encode", "in.csv", "o.svg", "--code", "rate"],
            spikes.to_owned(),
        ),
        (
            run("--spikes", "o.svg"),
            format!("{spikes}`synfire run --raster`"),
        ),
        (run("--potentials", "o.txt"), arrays.to_owned()),
        (run("--currents", "o.npz"), arrays.to_owned()),
        (run("--counts", "o"), arrays.to_owned()),
        (run("--raster", "o.csv"), pictures.to_owned()),
        (
            vec!["plot", "rates", "in.csv", "-o", "o.pdf"],
            pictures.to_owned(),
        ),
        (
            vec!["precision", "net.toml", "-o", "o.json"],
            pictures.to_owned(),
        ),
        (
            vec!["demo", "digits", "--raster", "o.gif"],
            pictures.to_owned(),
        ),
        (
            vec!["read", "counts", "--output", "o.txt"],
            arrays.to_owned(),
        ),
        (
            vec!["import", "x.nir", "-o", "o.nir"],
            "must end in .toml\nhint: `synfire export`".to_owned(),
        ),
        #[cfg(feature = "nir")]
        (
            vec!["export", "net.toml", "-o", "o.csv"],
            "must end in .nir or .toml\nhint: `synfire run`".to_owned(),
        ),
    ] {
        check_ends_with(folder.path(), &arguments, 2, &message);
        for file in fs::read_dir(folder.path()).unwrap() {
            let name = file.unwrap().file_name();
            assert!(
                name == "net.toml" || name == "in.csv",
                "{arguments:?}: {name:?}"
            );
        }
    }
}
