//! Tests that commands that are killed or interrupted at any moment leave complete files.

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use super::whole::{OLD, contents, full_folder, long_stimulus};
use super::{check_ends_with, folder, stderr, synfire, words};

/// Number of times that each command is killed.
const KILLS: u32 = 40;

fn spawn(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills a command at random moments. It may leave the old files or the new ones, or, of several,
/// some missing; never a mixture of both, and never an incomplete file.
fn check_killed([command, old, new]: [&str; 3], files: &[&str], seed: u64) {
    let [old, new] = [old, new].map(|more| [words(command), words(more)].concat());
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
    let before = result(&old);
    let since = Instant::now();
    let after = result(&new);
    let whole = since.elapsed();
    assert!(before.iter().zip(&after).all(|(a, b)| a != b));
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    for kill in 0..KILLS {
        for (file, bytes) in files.iter().zip(&before) {
            fs::write(kept.path().join(file), bytes).unwrap();
        }
        let mut child = spawn(kept.path(), &new);
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
    let convert = "spikes convert long.csv out.dat";
    check_killed([convert, "", "--dt 2ms"], &["out.dat"], 1);
}

#[test]
fn a_run_killed_at_any_moment_leaves_files_of_one_run() {
    let run = "run net.toml --ticks 3000 --config tiny --poisson 0.4 --spikes s.csv \
               --potentials v.csv --currents i.npy --counts c.csv --raster r.svg";
    let files = ["s.csv", "v.csv", "i.npy", "c.csv", "r.svg"];
    check_killed([run, "--seed 1", "--seed 2"], &files, 2);
}

#[test]
fn a_network_killed_at_any_moment_has_the_arrays_that_it_was_written_with() {
    let import = "import m.real.toml -o n.toml";
    let files = ["n.toml", "n_0_weights.npy"];
    check_killed([import, "--weight-bits 3", "--weight-bits 8"], &files, 3);
}

/// Waits until the temporary file of an output exists; returns its name.
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

/// Starts a run that has written its spikes and waits for the reader of its potentials.
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
        .args(words(
            "run net.toml --ticks 40 --config tiny --stimulus in.csv",
        ))
        .args(words("--spikes s.csv --potentials v.csv"))
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
    // A process that was told to ignore a signal still ignores it.
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
    check_ends_with(folder.path(), &read, 2, "an interrupted command has left");
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
