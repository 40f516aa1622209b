//! Runs every input of the corpora: none may panic, take long or need much memory.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Time limit for one input, for a build with little optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

/// Limit of the address space in bytes, including this test's threads.
const MEMORY: u64 = 3 << 30;

/// Maximum number of inputs per target, and of bytes in total, to keep a checkout small.
const INPUTS_MAX: usize = 200;
const BYTES_MAX: usize = 2 << 20;

fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let entries = fs::read_dir(&folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// nextest runs each test in a process of its own, so the limit affects no other test.
#[test]
fn no_input_of_the_corpora_breaks_a_target() {
    let limit = Rlimit {
        current: Some(MEMORY),
        ..getrlimit(Resource::As)
    };
    setrlimit(Resource::As, limit).unwrap();
    for (name, target) in fuzz::TARGETS {
        for file in corpus(name) {
            let data = fs::read(&file).unwrap();
            let start = Instant::now();
            // Names the input, in case it panics.
            eprintln!("{}", file.display());
            target(&data);
            let time = start.elapsed();
            assert!(time < LONGEST, "{} takes {time:?}", file.display());
        }
    }
}

#[test]
fn the_corpora_are_small_and_complete() {
    let mut bytes = 0;
    for (name, _) in fuzz::TARGETS {
        let files = corpus(name);
        assert!(
            (1..=INPUTS_MAX).contains(&files.len()),
            "{name}: {} inputs",
            files.len()
        );
        bytes += files
            .iter()
            .map(|file| fs::metadata(file).unwrap().len())
            .sum::<u64>();
    }
    assert!(bytes <= BYTES_MAX as u64, "{bytes} bytes");
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap();
    assert_eq!(folders.count(), fuzz::TARGETS.len());
}

#[test]
fn every_target_has_a_door_for_libfuzzer() {
    let manifest = include_str!("../Cargo.toml");
    for (name, _) in fuzz::TARGETS {
        let path = format!("fuzz_targets/{name}.rs");
        assert!(
            manifest.contains(&format!("name = \"{name}\"\npath = \"{path}\"")),
            "{name}"
        );
        let door = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        assert!(door.contains(&format!("::{name}(data)")), "{name}");
    }
}
