//! Tests of the rules for the repository itself.
//!
//! Each check is a function from text to problems and has a test with a bad example, which shows
//! that the check can fail.

mod circles;
mod documents;
mod packages;
mod sources;
mod verilog;

use std::path::Path;

use crate::{codegen, project};

/// A violation of a rule: place and description.
type Problem = String;

/// Fails if there are problems, and lists them, one per line.
fn assert_none(problems: &[Problem]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The problems that `check` finds in the project's files of these extensions.
fn in_files(extensions: &[&str], check: impl Fn(&Path, &str) -> Vec<Problem>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for extension in extensions {
        for file in project::files_with(extension).unwrap() {
            problems.extend(check(&file, &project::read(&file).unwrap()));
        }
    }
    problems
}

#[test]
fn generated_files_are_fresh() {
    codegen::run(true).unwrap();
}
