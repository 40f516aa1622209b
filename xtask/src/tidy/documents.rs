//! Checks that the paths and links in documents exist.

use std::path::Path;

use super::{Problem, assert_none, in_files};
use crate::project;

/// Top-level folders: a path in a document that begins with one of them is a path of the project.
const ROOTS: [&str; 20] = [
    ".ci",
    ".config",
    "cli",
    "configs",
    "constraints",
    "demos",
    "docs",
    "driver",
    "examples",
    "formal",
    "hdl",
    "interop",
    "model",
    "network",
    "selftest",
    "sim",
    "spec",
    "tests",
    "viz",
    "xtask",
];

/// The lines of a document that are not inside a block of code, numbered from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        (!in_code && !is_fence).then_some((at + 1, line))
    })
}

/// Reports paths in backticks that do not exist.
fn missing_paths(file: &Path, text: &str, exists: impl Fn(&str) -> bool) -> Vec<Problem> {
    let is_path = |code: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        let root = code.split('/').next().unwrap_or_default();
        code.contains('/') && code.chars().all(plain) && ROOTS.contains(&root)
    };
    prose(text)
        .flat_map(|(at, line)| {
            line.split('`')
                .skip(1)
                .step_by(2)
                .map(move |code| (at, code))
        })
        .filter(|(_, code)| is_path(code) && !exists(code))
        .map(|(at, code)| format!("{}:{at}: there is no {code}", file.display()))
        .collect()
}

/// Reports relative links that lead nowhere.
fn broken_links(file: &Path, text: &str, exists: impl Fn(&Path) -> bool) -> Vec<Problem> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let is_relative = |link: &str| !link.contains("://") && !link.starts_with(['#', '<']);
    prose(text)
        .flat_map(|(at, line)| line.split("](").skip(1).map(move |rest| (at, rest)))
        .filter_map(|(at, rest)| Some((at, rest.split_once(')')?.0)))
        .filter(|(_, link)| is_relative(link))
        .filter(|(_, link)| !exists(&folder.join(link.split('#').next().unwrap_or_default())))
        .map(|(at, link)| format!("{}:{at}: link to {link}", file.display()))
        .collect()
}

#[test]
fn paths_in_documents_exist() {
    let exists = |path: &str| project::root().join(path).exists();
    assert_none(&in_files(&["md"], |file, text| {
        missing_paths(file, text, exists)
    }));
}

#[test]
fn links_in_documents_resolve() {
    let exists = |path: &Path| project::root().join(path).exists();
    assert_none(&in_files(&["md"], |file, text| {
        broken_links(file, text, exists)
    }));
}

#[test]
fn a_missing_path_is_seen() {
    let text =
        "`spec/no.rs` and `spec/yes.rs`, not `a/b`, `spec::x/y` or\n```\n`spec/code.rs`\n```";
    let problems = missing_paths(Path::new("a.md"), text, |path| path == "spec/yes.rs");
    assert_eq!(problems, ["a.md:1: there is no spec/no.rs"]);
}

#[test]
fn a_broken_link_is_seen() {
    let text = "[a](yes.md#x) [b](https://example.org) [c](#d)\n[e](no.md) ![f](g.svg)";
    let exists = |path: &Path| path == Path::new("docs/yes.md");
    let problems = broken_links(Path::new("docs/a.md"), text, exists);
    assert_eq!(
        problems,
        ["docs/a.md:2: link to no.md", "docs/a.md:2: link to g.svg"]
    );
}
