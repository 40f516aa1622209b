//! The demo of Izhikevich's neuron, against what its page shows.

use std::fs;
use std::path::Path;

use super::{folder, stderr, stdout, synfire};

#[test]
fn the_page_shows_the_firing_patterns_that_the_demo_finds_and_draws() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let page = fs::read_to_string(docs.join("izhikevich.md")).unwrap();
    let folder = folder();
    let output = synfire(folder.path(), &["demo", "izhikevich"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let printed = stdout(&output);
    // The host's time varies.
    let lasting = |line: &&str| !line.starts_with("host time");
    for line in printed.lines().filter(lasting) {
        assert!(page.lines().any(|it| it == line), "the page lacks {line:?}");
    }
    let drawn = fs::read(folder.path().join("synfire_izhikevich.svg")).unwrap();
    let shown = fs::read(docs.join("images/izhikevich.svg")).unwrap();
    assert!(
        drawn == shown,
        "docs/images/izhikevich.svg is not what the demo draws"
    );
}

#[test]
fn a_small_core_runs_the_firing_patterns_in_several_networks() {
    let folder = folder();
    let patterns = |config: &str| {
        let arguments = [
            "demo",
            "izhikevich",
            "--config",
            config,
            "--dt",
            "0.5",
            "--no-picture",
            "--format",
            "json",
        ];
        let output = synfire(folder.path(), &arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        summary["patterns"].clone()
    };
    let large = patterns("ecp85_m");
    assert_eq!(large.as_array().map(Vec::len), Some(20));
    // The core of `tiny_m` has 16 neurons.
    assert_eq!(patterns("tiny_m"), large);
}
