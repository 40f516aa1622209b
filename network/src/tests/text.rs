//! Tests of texts with a small mistake.

use super::manual::{files, read};
use crate::{MAX_PARTS, MAX_TEXT, Network, Position, Problem, Section};

/// The beginning of every text.
pub(super) const HEAD: &str = "format_version = 2\nname = \"x\"\n";

#[test]
fn the_frame_is_checked() {
    let cases: &[(&str, &str)] = &[
        ("", "network, format_version: missing, must be 2"),
        (
            "format_version = 0",
            "version 0 is not supported, this program reads 1 to 2",
        ),
        (
            "format_version = 3\nneurons = 5",
            "version 3 is not supported",
        ),
        (
            "format_version = \"1\"",
            "format_version: is a string, must be an integer",
        ),
        (
            "format_version = 2",
            "network, name: missing, must be a name",
        ),
        (
            "format_version = 2\nname = 5",
            "name: is an integer, must be a string",
        ),
        (
            "format_version = 2\nname = \"x\"",
            "network: a network needs at least one population",
        ),
        (
            "format_version = 2\nname = \"x\"\nneurons = 5",
            "line 3, column 1: network, neurons: no",
        ),
        (
            "format_version = 2\nname = \"x\"\n[input]",
            "input: is a table, must be a section in",
        ),
        (
            "format_version = 2\nname = \"x\"\ninput = [5]",
            "line 3, column 10: network, input[0]: is",
        ),
        (
            "format_version = 2\nname = \"x\"\n[[input]]\nsize = 5",
            "line 3, column 1: input 0, name",
        ),
        (
            "format_version = 2\nname = \"x\"\n[[input]]\nname = \"a\"",
            "input \"a\", size: missing",
        ),
        (
            "format_version = 2\nname = \"x\"\n[[input]]\nname = \"a\"\nsize = 1e12",
            "line 5, column 1: input \"a\", size: 1000000000000 is outside 1..=1048576",
        ),
        (
            "format_version = 2\nname = \"x\"\n[[input]]\nname = \"a\"\nsize = -5",
            "size: -5 is outside 1..=1048576",
        ),
        (
            "format_version = 2\nname = \"x\"\n[[projection]]\ntarget = \"a\"",
            "line 3, column 1: projection 0 (? -> a), source: missing, must be the name of an input",
        ),
    ];
    for (text, expected) in cases {
        let answer = read(text).unwrap_err().to_string();
        assert!(
            answer.contains(expected),
            "{text:?}: {answer:?} lacks {expected:?}"
        );
    }
}

#[test]
fn errors_are_typed() {
    let text = format!("{HEAD}[[population]]\nname = \"n\"\nsize = 2\nthreshold = [0, 1e9]");
    let error = read(&text).unwrap_err();
    assert_eq!(
        error.place.position,
        Some(Position {
            line: 6,
            column: 17
        })
    );
    let section = Section::Population {
        index: 0,
        name: "n".to_owned(),
    };
    assert_eq!(error.place.section, section);
    assert!(matches!(
        error.problem,
        Problem::OutOfRange {
            value: 1_000_000_000,
            ..
        }
    ));
}

#[test]
fn columns_count_characters() {
    let text = format!("{HEAD}[[population]]\n\"äöü\" = 1");
    let answer = read(&text).unwrap_err().to_string();
    assert!(
        answer.starts_with("line 4, column 1: population 0, äöü: no such key"),
        "{answer}"
    );
    let text = format!("{HEAD}input = [{{ name = \"äöü\", size = true }}]");
    let answer = read(&text).unwrap_err().to_string();
    assert!(
        answer.starts_with("line 3, column 26: input \"äöü\", size"),
        "{answer}"
    );
}

#[test]
fn a_long_text_is_refused_unread() {
    let answer = read(&"#".repeat(MAX_TEXT + 1)).unwrap_err().to_string();
    assert_eq!(
        answer,
        "network: the text has 4194305 bytes, the limit is 4194304"
    );
}

#[test]
fn numbers_in_all_matrices_together_are_limited() {
    let head = format!("{HEAD}[[population]]\nname = \"n\"\nsize = 2048\nthreshold = 1\n");
    let projection = "[[projection]]\nsource = \"n\"\ntarget = \"n\"\n";
    let expected = "37748736 numbers in matrices and arrays, the limit is 33816576";
    // Every line names the same file.
    let text = head.clone() + &format!("{projection}weights = \"w.npy\"\n").repeat(9);
    let matrix = crate::npy::encode(&[2048, 2048], &vec![-128; 1 << 22]).unwrap();
    let answer = Network::from_toml(&text, &mut |_| Ok(matrix.clone())).unwrap_err();
    assert!(answer.to_string().contains(expected), "{answer}");
    // Rows without values.
    let row = format!("[{}]", ["1"; 2048].join(","));
    let rows = format!("[{row}{}]", ",[]".repeat(2047));
    let text = head + &format!("{projection}weights = {rows}\n").repeat(9);
    let answer = read(&text).unwrap_err().to_string();
    assert!(answer.contains(expected), "{answer}");
}

#[test]
fn sections_are_limited() {
    let text = format!(
        "{HEAD}{}",
        "[[population]]\nname = \"n\"\nsize = 1\nthreshold = 1\n".repeat(MAX_PARTS + 1)
    );
    let answer = read(&text).unwrap_err().to_string();
    assert!(
        answer.contains("4097 populations, the limit is 4096"),
        "{answer}"
    );
}

#[test]
fn files_are_asked_for_by_the_names_in_the_text() {
    let text = format!(
        "{HEAD}[[population]]\nname = \"n\"\nsize = 3\nthreshold = \"values.npy\"\n\
         bias = \"sub/values.npy\""
    );
    let mut asked = Vec::new();
    let network = Network::from_toml(&text, &mut |name| {
        asked.push(name.to_owned());
        files("values.npy")
    });
    assert_eq!(network.unwrap().populations()[0].biases, [1, -2, 3]);
    assert_eq!(asked, ["values.npy", "sub/values.npy"]);
}

#[test]
fn synapses_may_stand_in_an_array() {
    let network = |synapses: &str, shape: &[usize], values: &[i32]| {
        let text = format!(
            "{HEAD}[[population]]\nname = \"n\"\nsize = 3\nthreshold = 1\n\
             [[projection]]\nsource = \"n\"\ntarget = \"n\"\ndelay = 2\nsynapses = {synapses}\n"
        );
        let array = crate::npy::encode(shape, values).unwrap();
        Network::from_toml(&text, &mut |_| Ok(array.clone()))
    };
    let listed = network("[[0, 1, 5], [2, 0, -7, 4]]", &[0], &[]).unwrap();
    let array = network("\"s.npy\"", &[2, 4], &[0, 1, 5, 2, 2, 0, -7, 4]).unwrap();
    assert_eq!(array.projections(), listed.projections());
    let listed = network("[[0, 1, 5], [2, 0, -7]]", &[0], &[]).unwrap();
    let array = network("\"s.npy\"", &[2, 3], &[0, 1, 5, 2, 0, -7]).unwrap();
    assert_eq!(array.projections(), listed.projections());
    let refused = |shape: &[usize], values: &[i32]| {
        let error = network("\"s.npy\"", shape, values).unwrap_err();
        error.to_string()
    };
    assert!(refused(&[2, 2], &[0, 1, 5, 2]).contains("has shape [2, 2], must have [2, 4]"));
    assert!(refused(&[4], &[0, 1, 5, 2]).contains("has shape [4], must have [4, 4]"));
    let answer = refused(&[2, 3], &[0, 1, 5, 0, 3, 5]);
    assert!(answer.contains("synapse 1 (pre 0 -> post 3)"), "{answer}");
}
