//! Tests that truncated, damaged or hostile files end in a clear error, without a panic, and within
//! limits of memory and processor time that the system enforces.
//!
//! `SYNFIRE_DAMAGES=5000` damages each file 5000 times instead of forty times.

#![cfg(all(unix, feature = "nir"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use assert_cmd::cargo::cargo_bin;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use tempfile::TempDir;

/// Limit of the command's address space in KiB: 2 GiB. A network with the maximum of 8,388,608
/// synapses uses most of it.
const MEMORY: u32 = 2 << 20;
/// Limit of processor time in seconds.
const HUNG: u32 = 60;

fn path(below: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// Runs the command under the limits.
fn synfire(folder: &Path, arguments: &[&str]) -> Output {
    limited(folder, MEMORY, arguments)
}

fn limited(folder: &Path, memory: u32, arguments: &[&str]) -> Output {
    let limits = format!("ulimit -v {memory} && ulimit -t {HUNG} && exec \"$0\" \"$@\"");
    Command::new("sh")
        .arg("-c")
        .arg(limits)
        .arg(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The output of a command, with long messages shortened.
fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(2_000).collect()
}

/// Checks that the command ended by itself and reports an error if it failed; returns the exit
/// code.
fn ended(what: &str, output: &Output) -> i32 {
    let message = said(&output.stderr);
    let Some(code) = output.status.code() else {
        let signal = output.status.signal();
        panic!("{what}: signal {signal:?}: {message}");
    };
    assert!(
        (0..=2).contains(&code),
        "{what}: exit code {code}: {message}"
    );
    if code == 2 {
        assert!(message.starts_with("error: "), "{what}: {message}");
        assert!(output.stderr.len() < 2_000, "{what}: {message}");
    }
    code
}

/// The commands that read a file of this name.
fn arguments(name: &str) -> Vec<&str> {
    if name.ends_with(".nir") || name.ends_with(".json") || name.ends_with(".toml") {
        vec!["check", name, "--dt", "0.1ms"]
    } else {
        vec!["spikes", "convert", name, "out.csv"]
    }
}

fn refused(name: &str, bytes: &[u8], message: &str) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let output = synfire(folder.path(), &arguments(name));
    assert_eq!(ended(name, &output), 2, "{name}");
    let said = said(&output.stderr);
    assert!(said.contains(message), "{name}: {said}");
}

#[test]
fn legal_hdf5_that_no_core_could_use_is_refused_for_what_it_is() {
    let file = |name: &str| fs::read(path("tests/hostile/files").join(name)).unwrap();
    for (name, message) in [
        ("cyclic.nir", "has 17 graphs around it, the limit is 16"),
        ("deep.nir", "has 17 graphs around it, the limit is 16"),
        ("links.nir", "names \"a\", and there is no such node"),
        (
            "huge.nir",
            "has 1099511627776 elements, the limit is 8388608",
        ),
        ("types.nir", "node/nodes/n/type is i64, must be text"),
        (
            "crowded.nir",
            "members, with those of groups before it, the limit is 65536",
        ),
        (
            "chunks.nir",
            "12582912 numbers, with those before it, the limit is 8388608",
        ),
        (
            "edges.nir",
            "texts, with those before it, the limit is 65536",
        ),
        ("name.nir", "has 300 bytes, the limit is 256"),
        (
            "dimensions.nir",
            "node/nodes/input/shape has 100 elements, the limit is 8",
        ),
        ("endless.h5", "more than 16777216 events"),
    ] {
        refused(name, &file(name), message);
    }
    // The maximum number of weights: a network for which there is no core.
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("bomb.nir"), file("bomb.nir")).unwrap();
    let arguments = ["check", "bomb.nir", "--dt", "1ms", "--config", "tiny"];
    let output = synfire(folder.path(), &arguments);
    assert_eq!(ended("bomb.nir", &output), 1);
    let said = said(&output.stdout);
    assert!(said.contains("8192000 synapses needed"), "{said}");
}

/// The header of an array with this shape.
fn npy(shape: &str) -> Vec<u8> {
    let header = format!("{{'descr': '<i4', 'fortran_order': False, 'shape': {shape}, }}");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes
}

#[test]
fn texts_and_arrays_that_announce_too_much_are_refused() {
    let deep = |open: &str| open.repeat(200_000).into_bytes();
    refused(
        "a.json",
        &deep("["),
        "invalid type: sequence, expected a string",
    );
    refused("a.json", &deep("{\"a\":"), "EOF while parsing a value");
    let nested = format!("real_version = {}", "[".repeat(100_000));
    refused("a.real.toml", nested.as_bytes(), "a.real.toml");
    let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
    refused("a.real.toml", dotted.as_bytes(), "a.real.toml");
    let large = "\nreal_version = 1\nname = \"n\"\n[[population]]\nname = \"p\"\nthreshold = 1\n\
                 size = 99999999999";
    refused("a.real.toml", large.as_bytes(), "size");
    refused(
        "a.npy",
        &npy("(1099511627776, 2)"),
        "more than 16777216 events",
    );
    refused("a.npy", &npy("(8388608,)"), "");
    refused("a.npz", b"PK\x05\x06", "it is cut off");
    refused("a.dat", &b"9".repeat(1 << 20), "a.dat");
    refused("a.raw", &[0xff; 4096], "a.raw");
    // Twelve events per word, in a long sequence of words.
    let mut endless = b"% evt 3.0\n\x00\x80".to_vec();
    endless.extend([0xff, 0x4f].repeat(100_000));
    refused("a.raw", &endless, "x is 2048, must be 0..=2047");
    let mut endless = b"% evt 3.0\n\x00\x80".to_vec();
    endless.extend([0x00, 0x30, 0xff, 0x4f].repeat(1_400_000));
    refused("a.raw", &endless, "more than 16777216 events");
}

/// An archive of one compressed file, whose directory states these sizes.
fn archive(packed: &[u8], size: u32, count: u16) -> Vec<u8> {
    let sizes = [0, packed.len() as u32, size];
    let common = |bytes: &mut Vec<u8>| {
        bytes.extend([20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0]);
        bytes.extend(sizes.iter().flat_map(|field| field.to_le_bytes()));
        bytes.extend([8, 0, 0, 0]);
    };
    let mut bytes = 0x0403_4b50u32.to_le_bytes().to_vec();
    common(&mut bytes);
    bytes.extend(b"tick.npy");
    bytes.extend(packed);
    let directory = bytes.len() as u32;
    bytes.extend(0x0201_4b50u32.to_le_bytes());
    bytes.extend([20, 0]);
    common(&mut bytes);
    bytes.extend([0; 14]);
    bytes.extend(b"tick.npy");
    let length = bytes.len() as u32 - directory;
    bytes.extend(0x0605_4b50u32.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(count.to_le_bytes().repeat(2));
    bytes.extend(length.to_le_bytes());
    bytes.extend(directory.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn archives_that_unpack_to_too_much_are_refused() {
    // A compressed block with fixed codes that repeats its last byte endlessly, 258 times per code.
    let mut bits = vec![1, 1, 0];
    bits.extend([0, 0, 1, 1, 0, 0, 0, 0]); // the byte 0
    for _ in 0..400_000 {
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1]); // 258 bytes
        bits.extend([0, 0, 0, 0, 0]); // from one byte before
    }
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit);
    let bomb: Vec<u8> = bits.chunks(8).map(byte).collect();
    refused(
        "a.npz",
        &archive(&bomb, u32::MAX, 1),
        "has 4294967295 bytes, the limit is",
    );
    refused("a.npz", &archive(&bomb, 100, 1), "tick.npy is damaged");
    refused("a.npz", &archive(&bomb, 60 << 20, 1), "tick.npy is damaged");
    refused(
        "a.npz",
        &archive(b"", 0, u16::MAX),
        "65535 files, the limit is 256",
    );
    refused("a.npz", &archive(b"", 0, 200), "");
}

/// Valid files, and whether each part of them is necessary.
fn whole() -> Vec<(&'static str, Vec<u8>, bool)> {
    let read = |below: &str| fs::read(path(below)).unwrap();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("in.csv"), "tick,id\n0,3\n1,2\n7,1\n").unwrap();
    let made = |name: &str| {
        let output = synfire(folder.path(), &["spikes", "convert", "in.csv", name]);
        assert!(output.status.success(), "{name}");
        fs::read(folder.path().join(name)).unwrap()
    };
    vec![
        ("a.nir", read("tests/cmd/import.in/relay.nir"), true),
        ("b.nir", read("../examples/nir/lif_norse.nir"), true),
        ("a.json", read("tests/cmd/import.in/snn.json"), true),
        ("a.npy", made("made.npy"), true),
        ("a.npz", made("made.npz"), true),
        ("a.h5", made("made.h5"), true),
        ("a.dat", read("tests/cmd/spikes.in/spikes.dat"), false),
        ("a.bin", read("tests/cmd/spikes.in/events.bin"), false),
        ("a.raw", read("tests/cmd/spikes.in/events.raw"), false),
        ("b.raw", read("tests/cmd/spikes.in/events3.raw"), false),
        ("a.es", read("tests/cmd/spikes.in/events.es"), false),
    ]
}

#[test]
fn truncated_files_are_refused_and_damaged_ones_end() {
    let damages = env::var("SYNFIRE_DAMAGES").map_or(40, |count| count.parse().unwrap());
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let mut below = |limit: usize| random.next_u32() as usize % limit.max(1);
    let folder = TempDir::new().unwrap();
    for (name, bytes, needed) in whole() {
        let ends = |bytes: &[u8]| {
            fs::write(folder.path().join(name), bytes).unwrap();
            ended(name, &synfire(folder.path(), &arguments(name)))
        };
        assert!(ends(&bytes) < 2, "{name}");
        for _ in 0..damages {
            let cut = ends(&bytes[..below(bytes.trim_ascii_end().len() - 1)]);
            assert!(!needed || cut == 2, "{name}");
            let mut damaged = bytes.clone();
            match below(3) {
                0 => {
                    for _ in 0..=below(8) {
                        damaged[below(bytes.len())] = below(256) as u8;
                    }
                }
                1 => {
                    // A field that may be a size or an address.
                    let at = below(bytes.len().saturating_sub(8)) & !3;
                    let field = [u64::MAX, 1 << 62, 1 << 31, 0][below(4)].to_le_bytes();
                    let end = (at + 8).min(bytes.len());
                    damaged[at..end].copy_from_slice(&field[..end - at]);
                }
                _ => {
                    let (from, to) = (below(bytes.len()), below(bytes.len()));
                    let length = below(600).min(bytes.len() - from.max(to));
                    damaged.copy_within(from..from + length, to);
                }
            }
            ends(&damaged);
        }
    }
}

/// Checks that the limits are enforced: with too little memory, the command is stopped.
#[test]
fn a_command_that_takes_more_memory_is_seen() {
    let folder = TempDir::new().unwrap();
    fs::copy(
        path("tests/hostile/files/bomb.nir"),
        folder.path().join("a.nir"),
    )
    .unwrap();
    let output = limited(folder.path(), MEMORY / 16, &arguments("a.nir"));
    assert_eq!(output.status.code(), None, "{output:?}");
}
