//! Tests that options report invalid values and are never silently ignored.

use std::fs;

use super::{check_ends_with, folder, stderr, synfire, words};

/// An array with one column as NumPy writes it.
fn reals(values: &[f64]) -> Vec<u8> {
    let count = values.len();
    let header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({count}, 1), }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}

#[test]
fn real_values_are_no_raster() {
    let folder = folder();
    let convert = words("spikes convert r.npy o.csv");
    for (values, message) in [
        (
            &[0.0, -0.5, 1.0][..],
            "value 1 is -0.5, must be 0 or more; `synfire spikes encode`",
        ),
        (
            &[0.3, 0.7, 0.0, 0.1],
            "value 0 is 0.3, must be a whole number",
        ),
        (
            &[1e300, 1.0, 0.0],
            "sum of its values is 1e300, must be at most 2^53",
        ),
        (
            &[f64::INFINITY, 0.0],
            "value 0 is inf, must be a finite number",
        ),
        (&[f64::NAN], "value 0 is NaN, must be a finite number"),
    ] {
        fs::write(folder.path().join("r.npy"), reals(values)).unwrap();
        check_ends_with(folder.path(), &convert, 2, message);
    }
    // An array with one amplitude, and an array of counts.
    for values in [[0.5, 0.0, 0.5], [1000.0, 0.0, 2000.0]] {
        fs::write(folder.path().join("r.npy"), reals(&values)).unwrap();
        assert_eq!(synfire(folder.path(), &convert).status.code(), Some(0));
    }
}

#[test]
fn numbers_below_0_are_values() {
    let folder = folder();
    for (line, message) in [
        ("--ticks -1", "-1 is not in 1..=4294967295"),
        ("--ticks 9 --poisson -0.1", "must be 0 to 1, or a rate"),
        ("--ticks 9 --poisson -.1", "must be 0 to 1, or a rate"),
        ("--ticks 9 --dt -1ms", "must be greater than 0"),
        ("--ticks 9 --seed -1", "must be a whole number, 0 or more"),
    ] {
        let arguments = [vec!["run", "net.toml"], words(line)].concat();
        let output = synfire(folder.path(), &arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(message), "{line}: {said}");
        assert!(!said.contains("as a value"), "{said}");
    }
    let output = synfire(
        folder.path(),
        &["run", "net.toml", "--ticks", "--seed", "3"],
    );
    assert!(stderr(&output).contains("a value is required for '--ticks"));
}

#[test]
fn a_hint_names_the_options_of_a_run() {
    let folder = folder();
    fs::write(folder.path().join("g.dat"), "1 2.0\n").unwrap();
    let run = words("run net.toml --ticks 9 --config tiny --stimulus g.dat");
    check_ends_with(folder.path(), &run, 2, "of a run --stimulus-format gdf");
}

#[test]
fn a_stimulus_without_spikes_is_told() {
    let folder = folder();
    fs::write(folder.path().join("empty.csv"), "").unwrap();
    let run = words("run net.toml --ticks 9 --config tiny --stimulus empty.csv");
    let output = synfire(folder.path(), &run);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stderr(&output).lines().next(),
        Some("note: empty.csv, it holds no spikes")
    );
    let run = words("run net.toml --ticks 9 --config tiny --stimulus in.csv");
    assert!(!stderr(&synfire(folder.path(), &run)).contains("no spikes"));
}

#[test]
fn options_without_an_effect_are_refused() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("i.csv"), "tick,id\n1,1\n2,2\n30,4\n").unwrap();
    fs::write(path.join("r.npy"), reals(&[1.0, 0.0])).unwrap();
    for (line, message) in [
        (
            "i.csv --window 0ms..1ms",
            "--window is given, but CSV of tick,id has no events of a",
        ),
        ("i.csv --crop 0,0,1x1", "--crop is given"),
        ("i.csv --shrink 2", "--shrink is given"),
        ("i.csv --polarity on", "--polarity is given"),
        ("i.csv --sensor 3x3", "--sensor is given"),
        ("i.csv --spike-population a", "--spike-population is given"),
        ("i.csv --sample 0", "--sample is given"),
        ("i.csv --spike-time-unit s", "--spike-time-unit is given"),
        ("i.csv --resolution 1ms", "--resolution is given"),
        (
            "r.npy --window 0ms..1ms",
            "--window is given, but a raster has no events of a camera",
        ),
        (
            "r.npy --from npy-raster --first-id 1",
            "--first-id is given, but a raster has no numbers of ids",
        ),
    ] {
        let line = format!("spikes convert {line} o.csv");
        check_ends_with(path, &words(&line), 2, message);
    }
}

#[test]
fn the_first_id_of_ticks_and_ids_becomes_0() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("i.csv"), "tick,id\n1,1\n2,2\n30,4\n").unwrap();
    let convert = words("spikes convert i.csv o.csv --first-id 1");
    assert_eq!(synfire(path, &convert).status.code(), Some(0));
    let written = fs::read_to_string(path.join("o.csv")).unwrap();
    assert_eq!(written, "tick,id\n1,0\n2,1\n30,3\n");
    let convert = words("spikes convert i.csv o.csv --first-id 2");
    check_ends_with(path, &convert, 2, "id is 1, must be 2..=65537");
}
