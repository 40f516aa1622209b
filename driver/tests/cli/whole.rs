//! Result files are whole and new, or as they were: on a full disk, killed, told to end.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use tempfile::TempDir;

use super::{folder, real_network, stderr, synfire};

/// What the file that is in the way holds.
const OLD: &[u8] = b"the good file of before\n";

/// Every command that writes files, and the files that it writes.
const WRITERS: &[(&[&str], &[&str])] = &[
    (
        &[
            "run",
            "net.toml",
            "--ticks",
            "40",
            "--config",
            "tiny",
            "--poisson",
            "0.5",
            "--spikes",
            "s.csv",
            "--potentials",
            "v.npy",
            "--currents",
            "i.csv",
            "--counts",
            "c.npy",
            "--raster",
            "r.svg",
        ],
        &["s.csv", "v.npy", "i.csv", "c.npy", "r.svg"],
    ),
    (
        &[
            "run",
            "net.toml",
            "--ticks",
            "40",
            "--config",
            "tiny",
            "--poisson",
            "0.5",
            "--potentials",
            "v.csv",
            "--counts",
            "c.csv",
            "--spikes",
            "s.npz",
        ],
        &["v.csv", "c.csv", "s.npz"],
    ),
    (&["spikes", "convert", "in.csv", "o.csv"], &["o.csv"]),
    (&["spikes", "convert", "in.csv", "o.dat"], &["o.dat"]),
    (&["spikes", "convert", "in.csv", "o.npy"], &["o.npy"]),
    (&["spikes", "convert", "in.csv", "o.npz"], &["o.npz"]),
    #[cfg(feature = "nir")]
    (&["spikes", "convert", "in.csv", "o.h5"], &["o.h5"]),
    (
        &["spikes", "encode", "values.npy", "o.csv", "--code", "rate"],
        &["o.csv"],
    ),
    #[cfg(feature = "nir")]
    (&["export", "net.toml", "-o", "o.nir"], &["o.nir"]),
    (
        &["import", "m.real.toml", "-o", "n.toml"],
        &["n.toml", "n_0_weights.npy"],
    ),
    (
        &["import", "snn.json", "-o", "n.toml"],
        &["n.toml", "n_inject.csv"],
    ),
    (&["read", "counts", "--output", "o.csv"], &["o.csv"]),
    (&["read", "counts", "--output", "o.npy"], &["o.npy"]),
    (&["read", "registers", "--output", "o.csv"], &["o.csv"]),
    (
        &[
            "read", "weights", "--net", "net.toml", "--output", "w.npy", "--config", "tiny",
        ],
        &["w-key-lamp.npy", "w-lamp-bell.npy"],
    ),
    (&["plot", "raster", "in.csv", "-o", "o.svg"], &["o.svg"]),
    (&["plot", "rates", "in.csv", "-o", "o.svg"], &["o.svg"]),
    (&["plot", "matrix", "net.toml", "-o", "o.svg"], &["o.svg"]),
    #[cfg(feature = "png")]
    (&["plot", "weights", "net.toml", "-o", "o.png"], &["o.png"]),
    (
        &[
            "precision",
            "net.toml",
            "--poisson",
            "0.5",
            "--ticks",
            "9",
            "--samples",
            "2",
            "--state-bits",
            "16",
            "-o",
            "o.svg",
        ],
        &["o.svg"],
    ),
    (
        &["demo", "digits", "--images", "1", "--raster", "o.svg"],
        &["o.svg"],
    ),
    (
        &[
            "demo",
            "digits-taught",
            "--train",
            "1",
            "--images",
            "1",
            "--fields",
            "o.svg",
        ],
        &["o.svg"],
    ),
    (
        &["demo", "stdp-curve", "--repetitions", "1"],
        &["synfire_stdp_curve.svg"],
    ),
];

/// A folder with all that they read, and with old files where they write.
fn full_folder() -> TempDir {
    let folder = folder();
    let path = folder.path();
    let values = spec::npy::encode(&[1, 3], &[0, 1, 1]).unwrap();
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
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
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

/// The command where no file may grow beyond so many blocks, as on a full disk.
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
        let output = synfire(folder.path(), arguments);
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
        let output = on_full_disk(folder.path(), 0, arguments);
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

/// A stimulus whose conversion and runs take long enough to be ended in between.
fn long_stimulus(folder: &Path) {
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
    let arguments = ["spikes", "convert", "long.csv", "out.dat"];
    let output = on_full_disk(folder.path(), 200, &arguments);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(before == contents(folder.path()));
}

fn spawn(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a command killed at random moments may leave: the files of before or the new ones, or of
/// several some that are missing; never some of both, and never half of one.
fn check_killed(old: &[&str], new: &[&str], files: &[&str], kills: u32, seed: u64) {
    let kept = full_folder();
    long_stimulus(kept.path());
    let result = |arguments: &[&str]| {
        let output = synfire(kept.path(), arguments);
        assert!(output.status.code() < Some(2), "{}", stderr(&output));
        let all = contents(kept.path());
        files
            .iter()
            .map(|file| all[*file].clone())
            .collect::<Vec<_>>()
    };
    let before = result(old);
    let since = Instant::now();
    let after = result(new);
    let whole = since.elapsed();
    assert!(before.iter().zip(&after).all(|(a, b)| a != b));
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for kill in 0..kills {
        for (file, bytes) in files.iter().zip(&before) {
            fs::write(kept.path().join(file), bytes).unwrap();
        }
        let mut child = spawn(kept.path(), new);
        thread::sleep(whole.mul_f64(f64::from(random.next_u32()) / f64::from(u32::MAX)));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = contents(kept.path());
        let found: Vec<Option<&Vec<u8>>> = files.iter().map(|file| found.get(*file)).collect();
        let all = |of: &[Vec<u8>]| {
            found
                .iter()
                .zip(of)
                .all(|(it, wanted)| it.is_none_or(|it| it == wanted))
        };
        assert!(
            all(&before) || all(&after),
            "{new:?}: kill {kill} left a file that is neither old nor new, or both"
        );
        assert!(
            files.len() > 1 || found[0].is_some(),
            "{new:?}: kill {kill}: {files:?} is gone"
        );
        for (name, _) in contents(kept.path()) {
            if name.ends_with(".synfire-tmp") || name.ends_with(".synfire-old") {
                assert!(name.starts_with('.'), "{name}");
                let _ = fs::remove_file(kept.path().join(name));
            }
        }
    }
}

#[test]
fn a_conversion_killed_at_any_moment_leaves_a_whole_file() {
    let convert = |first| {
        [
            "spikes",
            "convert",
            "long.csv",
            "out.dat",
            "--first-id",
            first,
        ]
    };
    check_killed(
        &convert("0"),
        &["spikes", "convert", "long.csv", "out.dat", "--dt", "2ms"],
        &["out.dat"],
        40,
        1,
    );
}

#[test]
fn a_run_killed_at_any_moment_leaves_files_of_one_run() {
    let run = |seed| {
        [
            "run",
            "net.toml",
            "--ticks",
            "3000",
            "--config",
            "tiny",
            "--poisson",
            "0.4",
            "--seed",
            seed,
            "--spikes",
            "s.csv",
            "--potentials",
            "v.csv",
            "--currents",
            "i.npy",
            "--counts",
            "c.csv",
            "--raster",
            "r.svg",
        ]
    };
    let files = ["s.csv", "v.csv", "i.npy", "c.csv", "r.svg"];
    check_killed(&run("1"), &run("2"), &files, 40, 2);
}

#[test]
fn a_network_killed_at_any_moment_has_the_arrays_that_it_was_written_with() {
    let import = |bits| {
        [
            "import",
            "m.real.toml",
            "-o",
            "n.toml",
            "--weight-bits",
            bits,
        ]
    };
    let files = ["n.toml", "n_0_weights.npy"];
    check_killed(&import("3"), &import("8"), &files, 40, 3);
}

/// Waits until a file that is being written is beside the one that it is to be.
fn temporary(folder: &Path) -> String {
    let since = Instant::now();
    loop {
        let found = contents(folder);
        if let Some(name) = found
            .into_keys()
            .find(|name| name.ends_with(".synfire-tmp"))
        {
            return name;
        }
        assert!(
            since.elapsed() < Duration::from_secs(60),
            "nothing is written"
        );
        thread::sleep(Duration::from_millis(5));
    }
}

/// A run that has written its spikes and waits for who reads its potentials.
fn waiting(folder: &Path, command: &mut Command) -> Child {
    let pipe = folder.join("v.csv");
    if !pipe.exists() {
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
    }
    command
        .args(["run", "net.toml", "--ticks", "40", "--config", "tiny"])
        .args([
            "--stimulus",
            "in.csv",
            "--spikes",
            "s.csv",
            "--potentials",
            "v.csv",
        ])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill")
        .args([format!("-{name}"), child.id().to_string()])
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn a_command_that_is_told_to_end_leaves_nothing_of_its_own() {
    let folder = folder();
    fs::write(folder.path().join("s.csv"), OLD).unwrap();
    let before = contents(folder.path());
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let mut child = waiting(folder.path(), &mut Command::new(cargo_bin!("synfire")));
        temporary(folder.path());
        signal(&child, name);
        let status = child.wait().unwrap();
        assert_eq!(status.signal(), Some(number), "{status:?}");
        assert!(before == contents(folder.path()), "{name}");
    }
    // Who was told to ignore a signal goes on doing so.
    let mut ignoring = Command::new("sh");
    ignoring
        .args(["-c", "trap '' HUP; exec \"$0\" \"$@\""])
        .arg(cargo_bin!("synfire"));
    let mut child = waiting(folder.path(), &mut ignoring);
    temporary(folder.path());
    signal(&child, "HUP");
    let read = fs::read_to_string(folder.path().join("v.csv")).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(read.starts_with("tick,0,1,2\n0,"), "{read}");
    assert!(contents(folder.path())["s.csv"].starts_with(b"tick,id\n"));
}

#[test]
fn what_a_kill_leaves_is_read_by_nobody() {
    let folder = folder();
    fs::write(folder.path().join("s.csv"), OLD).unwrap();
    let mut child = waiting(folder.path(), &mut Command::new(cargo_bin!("synfire")));
    let left = temporary(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(contents(folder.path())["s.csv"], OLD);
    assert!(left.starts_with(".s.csv."), "{left}");
    let read = ["plot", "rates", &left, "-o", "o.svg"];
    super::check_ends_with(folder.path(), &read, 2, "an interrupted command has left");
}

#[test]
fn who_waits_for_a_reader_says_so() {
    let folder = folder();
    let mut child = waiting(folder.path(), &mut Command::new(cargo_bin!("synfire")));
    let mut said = [0; 12];
    child.stderr.take().unwrap().read_exact(&mut said).unwrap();
    assert_eq!(&said, b"waiting for ");
    child.kill().unwrap();
    child.wait().unwrap();
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
    // As with every other program: the process's mask decides.
    fs::write(path("usual"), "").unwrap();
    assert_eq!(there("plain.csv").mode(), there("usual").mode());
}

#[test]
fn devices_and_streams_are_written_straight() {
    let folder = folder();
    let run = [
        "run",
        "net.toml",
        "--ticks",
        "20",
        "--config",
        "tiny",
        "--stimulus",
        "in.csv",
    ];
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
    // A file behind standard output gets both, one after the other.
    let file = fs::File::create(folder.path().join("both.txt")).unwrap();
    let status = Command::new(cargo_bin!("synfire"))
        .args(run)
        .args(["--spikes", "/dev/stdout"])
        .current_dir(folder.path())
        .stdout(file)
        .status();
    assert!(status.unwrap().success());
    let both = fs::read_to_string(folder.path().join("both.txt")).unwrap();
    assert!(both.starts_with(&format!("{spikes}network")), "{both}");
}
