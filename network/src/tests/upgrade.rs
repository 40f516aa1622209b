//! Tests of version 1 files: they keep their meaning, and an upgrade loses no text.

use crate::{Network, NetworkError, npy};

const ONE: &str = r#"# A comment that stays.
format_version = 1   # and this one
name = "old"

[[input]]
name = "in"
size = 2

[[population]]
name = "listed"
size = 3
threshold = 100
decay_v = [0, 128, 4_096]  # lost
decay_i = "lost.npy"

[[population]]
"decay_i" = 1e3
name = "same"
size = 2
threshold = 7
tau_mem = 20.0

[[projection]]
source = "in"
target = "same"
connect = "all_to_all"
weights = 5
"#;

const TWO: &str = r#"# A comment that stays.
format_version = 2   # and this one
name = "old"

[[input]]
name = "in"
size = 2

[[population]]
name = "listed"
size = 3
threshold = 100
decay_mem = [4096, 3968, 0]  # lost
decay_syn = "lost.factor.npy"

[[population]]
decay_syn = 3096
name = "same"
size = 2
threshold = 7
tau_mem = 20.0

[[projection]]
source = "in"
target = "same"
connect = "all_to_all"
weights = 5
"#;

fn files(name: &str) -> Result<Vec<u8>, String> {
    match name {
        "lost.npy" => Ok(npy::encode(&[3], &[4096, 1, 0]).unwrap()),
        "lost.factor.npy" => Ok(npy::encode(&[3], &[0, 4095, 4096]).unwrap()),
        _ => Err("no such file".to_owned()),
    }
}

fn read(text: &str) -> Result<Network, NetworkError> {
    Network::from_toml(text, &mut files)
}

#[test]
fn a_file_of_version_1_is_read_as_it_was_meant() {
    assert_eq!(read(ONE).unwrap(), read(TWO).unwrap());
}

#[test]
fn an_upgraded_file_is_the_same_network() {
    let upgraded = Network::upgrade(ONE, &mut files).unwrap().unwrap();
    assert_eq!(upgraded.text, TWO);
    let array = files("lost.factor.npy").unwrap();
    let arrays: Vec<_> = upgraded.arrays.into_iter().collect();
    assert_eq!(arrays, [("lost.factor.npy".to_owned(), array)]);
    assert_eq!(Network::upgrade(TWO, &mut files).unwrap(), None);
}

#[test]
fn each_version_has_its_own_keys() {
    let mixed = ONE.replace("decay_v", "decay_mem");
    let error = read(&mixed).unwrap_err().to_string();
    assert!(error.contains("decay_mem: no such key here"), "{error}");
    let mixed = TWO.replace("decay_mem", "decay_v");
    let error = read(&mixed).unwrap_err().to_string();
    assert!(error.contains("decay_v: no such key here"), "{error}");
}

#[test]
fn what_cannot_be_read_is_not_upgraded() {
    let broken = ONE.replace("4_096", "4097");
    let error = Network::upgrade(&broken, &mut files).unwrap_err();
    let said = "population \"listed\", decay_v[2]: 4097 is outside 0..=4096";
    assert!(error.to_string().ends_with(said), "{error}");
}
