//! Tests that result files are either complete and new or unchanged, also on a full disk.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use super::{folder, real_network, stderr, synfire, words};

/// The contents of an existing file.
pub(super) const OLD: &[u8] = b"the good file of before\n";

/// Every command that writes files, and its files.
const WRITERS: &[(&str, &[&str])] = &[
    (
        "run net.toml --ticks 40 --config tiny --poisson 0.5 --spikes s.csv \
         --potentials v.npy --currents i.csv --counts c.npy --raster r.svg",
        &["s.csv", "v.npy", "i.csv", "c.npy", "r.svg"],
    ),
    (
        "run net.toml --ticks 40 --config tiny --poisson 0.5 --potentials v.csv \
         --counts c.csv --spikes s.npz",
        &["v.csv", "c.csv", "s.npz"],
    ),
    ("spikes convert in.csv o.csv", &["o.csv"]),
    ("spikes convert in.csv o.dat", &["o.dat"]),
    ("spikes convert in.csv o.npy", &["o.npy"]),
    ("spikes convert in.csv o.npz", &["o.npz"]),
    #[cfg(feature = "nir")]
    ("spikes convert in.csv o.h5", &["o.h5"]),
    ("spikes encode values.npy o.csv --code rate", &["o.csv"]),
    #[cfg(feature = "nir")]
    ("export net.toml -o o.nir", &["o.nir"]),
    (
        "import m.real.toml -o n.toml",
        &["n.toml", "n_0_weights.npy"],
    ),
    (
        "import snn.json -o n.toml",
        &["n.toml", "n_inject.csv", "n_ids.csv"],
    ),
    ("read counts --output o.csv", &["o.csv"]),
    ("read counts --output o.npy", &["o.npy"]),
    ("read registers --output o.csv", &["o.csv"]),
    ("read weights --output w.npy --config tiny", &["w.npy"]),
    ("plot raster in.csv --ticks 9 -o o.svg", &["o.svg"]),
    ("plot rates in.csv --ticks 9 -o o.svg", &["o.svg"]),
    ("plot intervals in.csv -o o.svg", &["o.svg"]),
    ("plot matrix net.toml -o o.svg", &["o.svg"]),
    #[cfg(feature = "png")]
    ("plot weights net.toml -o o.png", &["o.png"]),
    (
        "precision net.toml --poisson 0.5 --ticks 9 --samples 2 --state-bits 16 \
         -o o.svg",
        &["o.svg"],
    ),
    ("demo digits --images 1 --raster o.svg", &["o.svg"]),
    (
        "demo digits-taught --train 1 --images 1 --fields o.svg",
        &["o.svg"],
    ),
    (
        "demo choice --networks 1 --trials 2",
        &["synfire_choice.svg"],
    ),
    (
        "demo stdp-curve --repetitions 1",
        &["synfire_stdp_curve.svg"],
    ),
];

/// A folder with all inputs, and with old files at the places of the outputs.
pub(super) fn full_folder() -> TempDir {
    let folder = folder();
    let path = folder.path();
    let values = network::npy::encode(&[1, 3], &[0, 1, 1]).unwrap();
    fs::write(path.join("values.npy"), values).unwrap();
    real_network(path, "w0.npy");
    fs::write(
        path.join("snn.json"),
        include_str!("../cmd/import.in/snn.json"),
    )
    .unwrap();
    for file in WRITERS.iter().flat_map(|(_, files)| *files) {
        fs::write(path.join(file), OLD).unwrap();
    }
    folder
}

/// All files of a folder.
pub(super) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_file() {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// Runs the command with a limit of this many blocks per file, as on a full disk.
fn on_full_disk(folder: &Path, blocks: u32, arguments: &[&str]) -> Output {
    Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -f {blocks} && exec \"$0\" \"$@\""))
        .arg(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn every_writer_replaces_what_was_there() {
    for (arguments, files) in WRITERS {
        let folder = full_folder();
        let before = contents(folder.path());
        let output = synfire(folder.path(), &words(arguments));
        let code = output.status.code();
        assert!(
            matches!(code, Some(0 | 1)),
            "{arguments:?}: {}",
            stderr(&output)
        );
        let after = contents(folder.path());
        for (name, bytes) in &after {
            let written = files.contains(&name.as_str());
            let same = before.get(name) == Some(bytes);
            assert!(written != same, "{arguments:?}: {name}: {written}");
        }
        assert_eq!(
            before.len(),
            after.len(),
            "{arguments:?}: {:?}",
            after.keys()
        );
    }
}

#[test]
fn on_a_full_disk_every_file_stays_as_it_was() {
    for (arguments, _) in WRITERS {
        let folder = full_folder();
        let before = contents(folder.path());
        let output = on_full_disk(folder.path(), 0, &words(arguments));
        let said = stderr(&output);
        assert_eq!(
            output.status.code(),
            Some(3),
            "{arguments:?}: {:?} {said}",
            output.status
        );
        assert!(
            said.starts_with("error: cannot write "),
            "{arguments:?}: {said}"
        );
        assert!(said.contains("File too large"), "{arguments:?}: {said}");
        assert!(before == contents(folder.path()), "{arguments:?}");
    }
}

/// Writes a stimulus whose conversion and run take long enough to be interrupted.
pub(super) fn long_stimulus(folder: &Path) {
    let lines: String = (0..60_000)
        .map(|tick| format!("{tick},{}\n", tick % 3))
        .collect();
    fs::write(folder.join("long.csv"), lines).unwrap();
}

#[test]
fn a_disk_that_fills_up_half_way_leaves_the_file_of_before() {
    let folder = folder();
    long_stimulus(folder.path());
    fs::write(folder.path().join("out.dat"), OLD).unwrap();
    let before = contents(folder.path());
    let arguments = words("spikes convert long.csv out.dat");
    let output = on_full_disk(folder.path(), 200, &arguments);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(before == contents(folder.path()));
}

#[test]
fn links_owners_and_rights_stay() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("kept")).unwrap();
    fs::write(path("kept/real.csv"), OLD).unwrap();
    fs::set_permissions(path("kept/real.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("kept/real.csv", path("link.csv")).unwrap();
    symlink("kept/new.csv", path("dangling.csv")).unwrap();
    for name in ["link.csv", "dangling.csv", "plain.csv"] {
        let output = synfire(folder.path(), &["spikes", "convert", "in.csv", name]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    assert!(path("link.csv").is_symlink() && path("dangling.csv").is_symlink());
    let whole = fs::read(path("plain.csv")).unwrap();
    for name in ["kept/real.csv", "kept/new.csv"] {
        assert_eq!(fs::read(path(name)).unwrap(), whole, "{name}");
    }
    let there = |name: &str| fs::metadata(path(name)).unwrap();
    assert_eq!(there("kept/real.csv").mode() & 0o777, 0o640);
    // As with other programs, the process's mask determines the mode.
    fs::write(path("usual"), "").unwrap();
    assert_eq!(there("plain.csv").mode(), there("usual").mode());
}

#[test]
fn devices_and_streams_are_written_straight() {
    let folder = folder();
    let run = words("run net.toml --ticks 20 --config tiny --stimulus in.csv");
    let with = |more: &[&'static str]| synfire(folder.path(), &[&run[..], more].concat());
    assert!(with(&["--spikes", "s.csv"]).status.success());
    let spikes = fs::read_to_string(folder.path().join("s.csv")).unwrap();
    assert!(with(&["--spikes", "/dev/null"]).status.success());
    let output = with(&["--spikes", "/dev/stdout"]);
    assert!(
        super::stdout(&output).starts_with(&format!("{spikes}network")),
        "{output:?}"
    );
    let output = with(&["--spikes", "/dev/stderr"]);
    assert_eq!(stderr(&output), spikes);
    // Two outputs to a file behind standard output are written one after the other.
    let file = fs::File::create(folder.path().join("both.txt")).unwrap();
    let status = Command::new(cargo_bin!("synfire"))
        .args(&run)
        .args(["--spikes", "/dev/stdout"])
        .current_dir(folder.path())
        .stdout(file)
        .status();
    assert!(status.unwrap().success());
    let both = fs::read_to_string(folder.path().join("both.txt")).unwrap();
    assert!(both.starts_with(&format!("{spikes}network")), "{both}");
}

#[test]
fn names_may_be_as_long_as_the_system_allows() {
    let folder = folder();
    let name = format!("{}.csv", "n".repeat(251));
    let output = synfire(folder.path(), &["spikes", "convert", "in.csv", &name]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(folder.path().join(name).exists());
}

#[test]
fn what_an_import_of_before_left_is_told() {
    let folder = full_folder();
    let output = synfire(folder.path(), &words("import m.real.toml -o n.toml"));
    let note = "note: n_inject.csv was there before and does not belong to this network";
    assert!(super::stdout(&output).contains(note), "{output:?}");
    let ids = note.replace("inject", "ids");
    assert!(super::stdout(&output).contains(&ids), "{output:?}");
    let output = synfire(folder.path(), &words("import snn.json -o n.toml"));
    assert!(
        !super::stdout(&output).contains("was there before"),
        "{output:?}"
    );
}
