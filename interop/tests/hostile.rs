//! Tests that damaged and hostile NIR files end in an error, without a panic.
//! `cli/tests/hostile/main.rs` bounds memory and processor time.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;
use std::{env, fs};

use interop::nir::{self, NirError, NirOptions};
use interop::quantise::quantise;
use proptest::collection::vec;
use proptest::prelude::*;

/// The number of cases per property; `PROPTEST_CASES` overrides it.
fn config() -> ProptestConfig {
    let asked = env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        cases: asked.map_or(400, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn digits() -> Vec<u8> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/snntorch_digits/digits.nir");
    fs::read(path).unwrap()
}

/// Imports a file completely; returns whether it is a valid network.
fn import(bytes: Vec<u8>) -> bool {
    let options = NirOptions {
        dt: Some(1e-4),
        ..NirOptions::default()
    };
    let made = nir::read(bytes)
        .and_then(|model| nir::lower("hostile", &model, &options))
        .ok()
        .and_then(|graph| quantise(&graph, &quantise_options()).ok());
    made.is_some()
}

fn quantise_options() -> interop::quantise::QuantiseOptions {
    interop::quantise::QuantiseOptions::default()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn changed_bytes_give_an_error_or_a_network(
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        headers in any::<bool>(),
    ) {
        let mut bytes = digits();
        // HDF5's structure is in the first part of the file; the rest is compressed numbers.
        let reach = if headers { bytes.len().min(8192) } else { bytes.len() };
        for (at, value) in changes {
            let at = at.index(reach);
            bytes[at] = value;
        }
        import(bytes);
    }

    #[test]
    fn moved_and_repeated_parts_give_an_error_or_a_network(
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        length in 1usize..600,
    ) {
        let mut bytes = digits();
        let (from, to) = (from.index(bytes.len() - length), to.index(bytes.len() - length));
        let part = bytes[from..from + length].to_vec();
        bytes[to..to + length].copy_from_slice(&part);
        import(bytes);
    }

    #[test]
    fn what_is_no_hdf5_is_refused(bytes in vec(any::<u8>(), 0..2000)) {
        prop_assert!(!import(bytes));
    }
}

#[test]
fn every_truncation_is_refused() {
    let bytes = digits();
    assert!(import(bytes.clone()));
    for length in (0..bytes.len()).step_by(97) {
        assert!(!import(bytes[..length].to_vec()), "{length} bytes");
    }
}

/// Replaces every eight bytes that may be an address or a size by numbers that cause overflows.
#[test]
fn extreme_addresses_and_sizes_end_soon() {
    let bytes = digits();
    let words = [u64::MAX, u64::MAX - 7, 1 << 62, 1 << 40, 0, 96, 2048];
    for at in (0..bytes.len().min(12_000)).step_by(8) {
        let word = words[at / 8 % words.len()];
        let mut bytes = bytes.clone();
        bytes[at..at + 8].copy_from_slice(&word.to_le_bytes());
        import(bytes);
    }
}

/// Files that are valid HDF5 but not valid networks.
#[test]
fn hostile_contents_are_refused_by_name() {
    use hdf5_pure::FileBuilder;

    let file = |shape: &[u64], values: &[f64]| {
        let mut builder = FileBuilder::new();
        let mut top = builder.create_group("node");
        top.create_dataset("type")
            .with_vlen_strings(&["NIRGraph"])
            .with_shape(&[1]);
        top.create_dataset("edges")
            .with_vlen_strings(&["a", "n"])
            .with_shape(&[1, 2]);
        let mut nodes = top.create_group("nodes");
        let mut input = nodes.create_group("a");
        input
            .create_dataset("type")
            .with_vlen_strings(&["Input"])
            .with_shape(&[1]);
        input
            .create_dataset("shape")
            .with_f64_data(values)
            .with_shape(shape);
        nodes.add_group(input.finish());
        let mut neuron = nodes.create_group("n");
        neuron
            .create_dataset("type")
            .with_vlen_strings(&["Izhikevich"])
            .with_shape(&[1]);
        nodes.add_group(neuron.finish());
        top.add_group(nodes.finish());
        builder.add_group(top.finish());
        builder.finish().unwrap()
    };
    let error = |bytes| nir::read(bytes).unwrap_err();
    let found = error(file(&[1], &[3.0]));
    assert!(
        matches!(&found, NirError::Unsupported { node, kind, .. } if node == "n" && kind == "Izhikevich"),
        "{found}"
    );
    let found = error(file(&[2], &[1e9, 1e9]));
    assert!(matches!(found, NirError::Range { .. }), "{found}");
    let found = error(file(&[1], &[f64::NAN]));
    assert!(matches!(found, NirError::NotFinite { .. }), "{found}");
}
