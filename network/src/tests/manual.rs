//! Tests that every example in the manual is valid and has the described effect.

use crate::Network;
use crate::npy;

const MANUAL: &str = include_str!("../../../docs/network_file.md");

/// The files that the manual's examples name.
pub(super) fn files(name: &str) -> Result<Vec<u8>, String> {
    match name {
        "values.npy" => Ok(npy::encode(&[3], &[1, -2, 3]).unwrap()),
        "matrix.npy" => Ok(npy::encode(&[2, 3], &[1, 2, -128, 127, -127, 0]).unwrap()),
        "large.npy" => Ok(npy::encode(&[2, 2], &[1, 2, 128, 3]).unwrap()),
        "half.npy" => Ok(half()),
        "junk.npy" => Ok(b"junk".to_vec()),
        _ => Err("no such file".to_owned()),
    }
}

/// An array of two floats, 1 and 0.5.
fn half() -> Vec<u8> {
    let header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header);
    bytes.extend([1.0f64, 0.5].iter().flat_map(|value| value.to_le_bytes()));
    bytes
}

pub(super) fn read(text: &str) -> Result<Network, crate::NetworkError> {
    Network::from_toml(text, &mut files)
}

/// The blocks of TOML in the manual.
pub(super) fn examples() -> impl Iterator<Item = &'static str> {
    MANUAL
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
}

#[test]
fn examples_are_networks() {
    assert_eq!(examples().count(), 11);
    for example in examples() {
        if let Err(error) = read(example) {
            panic!("{error}\n{example}");
        }
    }
}

#[test]
fn errors_are_answered_as_written() {
    let example = examples().next().unwrap();
    let table = MANUAL.split("| instead of |").nth(1).unwrap();
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches(['|', ' ']).split(" | ").collect();
        let [old, new, answer] = cells[..] else {
            panic!("{row}")
        };
        let [old, new, answer] = [old, new, answer].map(|cell| cell.trim_matches('`'));
        assert!(example.contains(old), "the example lacks {old}");
        let text = example.replacen(old, new, 1);
        match read(&text) {
            Ok(_) => wrong.push(format!("{new}: is accepted")),
            Err(error) if error.to_string() == answer => {}
            Err(error) => wrong.push(format!("{new}: {error}")),
        }
        rows += 1;
    }
    assert!(rows > 20);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_key_is_in_the_manual() {
    for key in [
        "format_version name tick input population projection size threshold bias v_init i_init decay_mem tau_mem leak",
        "decay_syn tau_syn decay_syn_inh tau_syn_inh i_init_inh decay_adapt tau_adapt adapt_step adapt_init coupling izhikevich receptor v_reset reset refractory_ticks refractory report source target weights",
        "connect synapses delay exponent plasticity",
        "grid positions gaussian exponential max base per_unit",
        "threshold_step tau_threshold tau_plus tau_minus window_plus window_minus pairs a_plus a_minus",
        "w_min w_max bounds learning enabled reward seed random allow_autapses allow_multapses normal lognormal uniform clip redraw",
    ]
    .join(" ")
    .split(' ')
    {
        let named = [format!("| `{key}`"), format!("`, `{key}` |"), format!("| `[[{key}]]` |")];
        let section = format!("| `[{key}]` |");
        assert!(named.iter().chain([&section]).any(|it| MANUAL.contains(it)), "{key}");
    }
}

#[test]
fn limits_are_told_as_they_are() {
    use crate::{MAX_LISTED, MAX_PAIRS, MAX_SYNAPSES, MAX_TEXT};

    let told = [
        format!("The text itself has at most {} MiB", MAX_TEXT >> 20),
        format!("at most {} of them", grouped(npy::MAX_ELEMENTS)),
        format!("any number, {} synapses in all", grouped(MAX_SYNAPSES)),
        format!(
            "{} pairs, whether they are connected",
            grouped(MAX_PAIRS as usize)
        ),
        format!("0 to all pairs, at most {}", grouped(MAX_LISTED)),
    ];
    for limit in told {
        assert!(MANUAL.contains(&limit), "the manual lacks {limit:?}");
    }
}

/// A number with commas between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}
