//! Tests of `--format json` for every command: the output is one document whose fields are those of
//! `docs/json.md` and `docs/schema`. `TRYCMD=overwrite` rewrites both.

#![cfg(all(unix, feature = "nir"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../flash/bitstreams.rs"]
#[expect(dead_code, reason = "one bitstream is enough here")]
mod bitstreams;
mod commands;
mod errors;
mod page;
mod schema;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use serde_json::{Map, Value};
use tempfile::TempDir;

fn synfire(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin!("synfire"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// All schemas by name.
fn schemas() -> Map<String, Value> {
    let folder = TempDir::new().unwrap();
    let output = synfire(folder.path(), &["schema", "--format", "json"]);
    let mut document: Value = serde_json::from_slice(&output.stdout).unwrap();
    match document["schemas"].take() {
        Value::Object(schemas) => schemas,
        other => panic!("{other}"),
    }
}

/// Whether committed files are to be rewritten.
fn renews() -> bool {
    std::env::var_os("TRYCMD").is_some_and(|it| it == "overwrite")
}

/// Compares a committed file with the expected text, or rewrites it.
fn check_file(path: &Path, wanted: &str) {
    let found = fs::read_to_string(path).unwrap_or_default();
    if found == wanted {
        return;
    }
    assert!(
        renews(),
        "{} is not fresh: TRYCMD=overwrite cargo test -p synfire --test json",
        path.display()
    );
    fs::write(path, wanted).unwrap();
}

/// The folder `docs` of the repository.
fn docs() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs"))
}

#[test]
fn committed_schemas_are_those_of_the_command() {
    let folder = docs().join("schema");
    let mut wanted = Vec::new();
    for (name, schema) in schemas() {
        let file = name.strip_prefix("synfire.").unwrap();
        let file = format!("{}.json", file.replace('/', "-"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        check_file(&folder.join(&file), &text);
        wanted.push(file);
    }
    for entry in fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        assert!(wanted.contains(&file), "nothing has the schema {file}");
    }
}
