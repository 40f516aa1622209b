//! Checks source files for rules that the compiler does not check.

use std::path::Path;

use super::{Problem, assert_none, in_files};
use crate::project;

/// Maximum length of a source file in lines; a longer file should be split.
const LONGEST: usize = 600;

/// The only file with unsafe code: the interface to the Verilated models.
const BORDER: &str = "sim/src/ffi.rs";

/// The crates of the project that each crate may depend on.
const ARROWS: [(&str, &[&str]); 15] = [
    ("spec", &[]),
    ("model", &["spec"]),
    ("network", &["spec"]),
    ("widths", &[]),
    ("hdl", &["spec", "widths"]),
    ("sim", &["spec", "model", "hdl"]),
    ("interop", &["spec", "model", "network"]),
    ("driver", &["spec", "model", "network"]),
    ("viz", &["spec", "network"]),
    ("demos", &["spec", "model", "network", "driver", "viz"]),
    ("selftest", &["spec", "model", "network", "driver", "demos"]),
    (
        "cli",
        &[
            "spec", "model", "network", "interop", "driver", "viz", "demos", "selftest",
        ],
    ),
    (
        "tests",
        &[
            "spec", "model", "network", "interop", "hdl", "sim", "driver", "demos", "selftest",
        ],
    ),
    ("fuzz", &["spec", "model", "network", "interop", "driver"]),
    (
        "xtask",
        &["spec", "model", "network", "hdl", "driver", "viz"],
    ),
];

/// Additional dependencies of a crate's tests.
const TEST_ARROWS: [(&str, &str); 2] = [("model", "network"), ("network", "model")];

/// The lines of Rust that are not comments, numbered from 1.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Reports each line of code that contains `word` as a separate word.
fn lines_with(file: &Path, text: &str, word: &str) -> Vec<Problem> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code(text)
        .filter(|(_, line)| line.split(|c| !is_word(c)).any(|found| found == word))
        .map(|(at, _)| format!("{}:{at}: {word}", file.display()))
        .collect()
}

fn too_long(file: &Path, text: &str) -> Vec<Problem> {
    let lines = text.lines().count();
    let problem = || format!("{}: {lines} lines, the limit is {LONGEST}", file.display());
    (lines > LONGEST).then(problem).into_iter().collect()
}

/// Texts that no committed file may contain: personal paths, hosts of registries (a mirror may
/// replace them), unfinished work. Each is split in two, because this file would otherwise contain
/// it.
const UNWANTED: [&str; 11] = [
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/wo", "rk/"),
    concat!("static.crat", "es.io"),
    concat!("index.crat", "es.io"),
    concat!("pypi", ".org"),
    concat!("files.python", "hosted"),
    concat!("deb.deb", "ian.org"),
    concat!("registry.npm", "js"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
];

fn unwanted(file: &Path, text: &str) -> Vec<Problem> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| UNWANTED.map(|it| (at + 1, line.contains(it).then_some(it))))
        .filter_map(|(at, found)| Some(format!("{}:{at}: {}", file.display(), found?)))
        .collect()
}

/// The dependencies in a manifest that `ARROWS` does not allow.
fn wrong_arrows(krate: &str, manifest: &str) -> Vec<Problem> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let (_, allowed) = ARROWS.into_iter().find(|(name, _)| *name == krate).unwrap();
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let names = tables.iter().filter_map(|table| {
        let names = manifest.get(*table)?.as_table()?.keys();
        Some(names.map(move |name| (*table, name)))
    });
    names
        .flatten()
        .filter(|(_, name)| ARROWS.iter().any(|(ours, _)| ours == name))
        .filter(|(_, name)| !allowed.contains(&name.as_str()))
        .filter(|(table, name)| {
            *table != "dev-dependencies" || !TEST_ARROWS.contains(&(krate, name.as_str()))
        })
        .map(|(_, name)| name)
        .map(|name| format!("{krate} must not depend on {name}"))
        .collect()
}

#[test]
fn source_files_are_short() {
    assert_none(&in_files(&["rs"], too_long));
    assert_eq!(too_long(Path::new("a.rs"), &"\n".repeat(601)).len(), 1);
}

#[test]
fn unsafe_code_stays_at_the_border() {
    let word = concat!("un", "safe");
    let check = |file: &Path, text: &str| match file == Path::new(BORDER) {
        true => Vec::new(),
        false => lines_with(file, text, word),
    };
    assert_none(&in_files(&["rs"], check));
    let bad = format!("// {word} is a word\n#![forbid({word}_code)]\nlet x = {word} {{ f() }};");
    assert_eq!(
        lines_with(Path::new("a.rs"), &bad, word),
        [format!("a.rs:3: {word}")]
    );
}

/// The only modules of the command that may write files or write to a terminal.
const DOORS: [(&[&str], &str); 2] = [
    (
        &["fs::write", "File::create", "OpenOptions", "fs::copy"],
        "cli/src/files/",
    ),
    (
        &[
            "io::stdout(",
            "io::stderr(",
            "println!",
            "eprintln!",
            "print!",
            "eprint!",
        ],
        "cli/src/terminal.rs",
    ),
];

/// Reports uses of files and terminals outside these modules; tests do not count.
fn past_the_doors(file: &Path, text: &str) -> Vec<Problem> {
    let own = file.starts_with("cli/src");
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let doors = DOORS
        .iter()
        .filter(|(_, door)| own && !file.starts_with(door));
    let found = |(words, door): &(&[&str], &str)| -> Vec<Problem> {
        let lines = code(text).filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        let passes = |(_, line): &(usize, &str)| !ALLOWED.iter().any(|it| line.contains(it));
        lines
            .filter(passes)
            .map(|(at, line)| format!("{}:{at}: only in {door}: {}", file.display(), line.trim()))
            .collect()
    };
    doors.flat_map(found).collect()
}

/// Uses of the streams that write no text.
const ALLOWED: [&str; 4] = [
    "io::stderr().is_terminal()",
    ".stdout(std::io::stderr())",
    "stream(io::std",
    "own(io::std",
];

#[test]
fn the_command_writes_files_and_text_in_one_way() {
    assert_none(&in_files(&["rs"], past_the_doors));
    let bad = "fs::write(path, text)?;\nwriteln!(io::stderr(), \"x\")?;\n#[cfg(test)]\nprintln!()";
    let file = Path::new("cli/src/cmd/run.rs");
    assert_eq!(past_the_doors(file, bad).len(), 2);
    assert_eq!(
        past_the_doors(Path::new("driver/src/link.rs"), bad).len(),
        0
    );
}

#[test]
fn no_test_is_left_out() {
    let attribute = concat!("#[", "ignore");
    let check = |file: &Path, text: &str| -> Vec<Problem> {
        let lines = code(text).filter(|(_, line)| line.contains(attribute));
        lines
            .map(|(at, _)| format!("{}:{at}: {attribute}", file.display()))
            .collect()
    };
    assert_none(&in_files(&["rs"], check));
    assert_eq!(
        check(Path::new("a.rs"), &format!("{attribute}]\nfn a() {{}}")).len(),
        1
    );
}

#[test]
fn committed_text_names_no_machine_and_no_registry() {
    let mut problems = Vec::new();
    for file in project::files().unwrap() {
        let bytes = std::fs::read(project::root().join(&file)).unwrap();
        // Files that are not text are skipped.
        if let Ok(text) = String::from_utf8(bytes) {
            problems.extend(unwanted(&file, &text));
        }
    }
    assert_none(&problems);
    assert_eq!(
        unwanted(Path::new("a"), &format!("cd {}x", UNWANTED[0])).len(),
        1
    );
}

#[test]
fn crates_depend_in_one_direction() {
    let mut problems = Vec::new();
    for (krate, _) in ARROWS {
        // The macro crate is in the folder of the hardware.
        let folder = if krate == "widths" {
            "hdl/widths"
        } else {
            krate
        };
        let manifest = project::read(&Path::new(folder).join("Cargo.toml")).unwrap();
        problems.extend(wrong_arrows(krate, &manifest));
    }
    assert_none(&problems);
    let bad = "[dependencies]\nspec.workspace = true\n[dev-dependencies]\nhdl = { path = '' }";
    assert_eq!(
        wrong_arrows("driver", bad),
        ["driver must not depend on hdl"]
    );
}
