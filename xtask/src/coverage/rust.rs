//! Counts the lines of Rust that the tests run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::ledger::{Count, Rust};
use crate::{process, project, published, tools};

pub(super) const TOOLS: [&str; 5] = [
    "cargo-llvm-cov",
    "llvm-profdata",
    "llvm-cov",
    "cargo-nextest",
    "verilator",
];

/// Lets the compiler write its records without zlib, which the pinned llvm-profdata and llvm-cov are
/// built without.
const PLAIN: &str = "-C llvm-args=-enable-name-compression=false";

/// Runs all tests of `cargo xtask test` that nextest runs, and counts.
pub(super) fn measure() -> Result<Rust> {
    let folder = super::empty_folder("rust")?;
    let lines = folder.join("lines.info");
    let mut command = tools::cargo(&["llvm-cov", "nextest", "--locked", "--workspace"])?;
    command
        .args(["--profile", "ci"])
        // A process that a test kills leaves an incomplete record, which must not spoil the others.
        .args(["--failure-mode", "all"])
        .args(["--lcov", "--output-path"])
        .arg(&lines)
        .env("RUSTFLAGS", rustflags())
        // Without these, programs of the same names inside rustup's folders would be asked for.
        .env("LLVM_COV", program("llvm-cov")?)
        .env("LLVM_PROFDATA", program("llvm-profdata")?);
    if std::env::var_os("SYNFIRE_MODELS").is_none() {
        // The hardware's models are not instrumented, so they are those of other builds.
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = target.unwrap_or_else(|| project::root().join("target"));
        command.env("SYNFIRE_MODELS", target.join("models"));
    }
    process::run(&mut command).context("the tests must pass before their lines are counted")?;
    let text = fs::read_to_string(&lines).context("cargo-llvm-cov wrote no report")?;
    let crates = count(&text, &published::members()?, project::root())?;
    let versions = tools::versions(&["cargo-llvm-cov", "llvm-cov"])?;
    let told = versions.iter().map(|(tool, it)| format!("{tool} {it}"));
    Ok(Rust {
        tools: told.collect::<Vec<_>>().join(" and "),
        crates,
    })
}

/// The caller's flags of the compiler, and [`PLAIN`].
fn rustflags() -> String {
    let own = std::env::var("RUSTFLAGS").unwrap_or_default();
    format!("{own} {PLAIN}").trim_start().to_owned()
}

/// The selected program of this tool.
fn program(tool: &str) -> Result<PathBuf> {
    let path = tools::path()?;
    let found = std::env::split_paths(&path).map(|folder| folder.join(tool));
    found
        .into_iter()
        .find(|program| program.is_file())
        .with_context(|| format!("{tool} is not on the PATH"))
}

/// The counts of each crate in a report in the format of lcov. Lines of tests do not count.
fn count(report: &str, members: &[String], root: &Path) -> Result<Vec<Count>> {
    let mut files: BTreeMap<PathBuf, Vec<(usize, bool)>> = BTreeMap::new();
    let mut file = None;
    for line in report.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            file = Path::new(path).strip_prefix(root).ok().map(Path::to_owned);
        } else if let (Some(file), Some(data)) = (&file, line.strip_prefix("DA:")) {
            let mut numbers = data.split(',').map(str::parse::<u64>);
            let (Some(Ok(at)), Some(Ok(times))) = (numbers.next(), numbers.next()) else {
                bail!("not a line of a report: {line}");
            };
            let of_file = files.entry(file.clone()).or_default();
            of_file.push((usize::try_from(at)?, times > 0));
        }
    }
    ensure!(!files.is_empty(), "the report names no file of the project");
    let mut tests = Vec::new();
    let mut ends = BTreeMap::new();
    for file in files.keys() {
        let text = fs::read_to_string(root.join(file))
            .with_context(|| format!("cannot read {}", file.display()))?;
        let found = Tests::of(file, &text);
        tests.extend(found.modules);
        ends.insert(file.clone(), found.first_line);
    }
    let mut crates: BTreeMap<&str, Count> = BTreeMap::new();
    for (file, lines) in &files {
        if tests.iter().any(|module| is_in(file, module)) {
            continue;
        }
        // One crate's folder is inside another's.
        let homes = members.iter().filter(|it| file.starts_with(it));
        let Some(home) = homes.max_by_key(|it| it.len()) else {
            continue;
        };
        let end = ends[file].unwrap_or(usize::MAX);
        let counted = lines.iter().filter(|(at, _)| *at < end);
        let counts = crates.entry(home).or_insert_with(|| Count::named(home));
        for (_, has_run) in counted {
            counts.add(*has_run);
        }
    }
    Ok(crates.into_values().collect())
}

/// Whether `file` is the module or a part of it, where `module` is its path without `.rs`.
fn is_in(file: &Path, module: &Path) -> bool {
    file.with_extension("") == module || file.starts_with(module)
}

/// What of a file is a test.
struct Tests {
    /// The line from which on everything is: the project writes tests at the end of a file.
    first_line: Option<usize>,
    /// The modules in other files that are compiled for tests only, without `.rs`.
    modules: Vec<PathBuf>,
}

impl Tests {
    fn of(file: &Path, text: &str) -> Tests {
        let folder = match file.file_stem().and_then(|stem| stem.to_str()) {
            Some("lib" | "main" | "mod") => file.with_file_name(""),
            _ => file.with_extension(""),
        };
        let (mut first_line, mut modules) = (None, Vec::new());
        let lines: Vec<&str> = text.lines().collect();
        for (at, pair) in lines.windows(2).enumerate() {
            let &[attribute, item] = pair else { continue };
            let name = item.trim_start_matches("pub(crate) ").strip_prefix("mod ");
            match name {
                Some(name) if attribute == "#[cfg(test)]" => {
                    if let Some(name) = name.strip_suffix(';') {
                        modules.push(folder.join(name));
                    } else if name.ends_with(" {") && first_line.is_none() {
                        first_line = Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        Tests {
            first_line,
            modules,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_tests_do_not_count() {
        let root = std::env::temp_dir().join(format!("synfire-lines-{}", std::process::id()));
        fs::create_dir_all(root.join("a/src/b")).unwrap();
        fs::create_dir_all(root.join("a/c/src")).unwrap();
        let put = |file: &str, text: &str| fs::write(root.join(file), text).unwrap();
        put(
            "a/src/lib.rs",
            "mod b;\nfn a() {}\n#[cfg(test)]\nmod tests {\n}\n",
        );
        put("a/src/b.rs", "fn b() {}\n#[cfg(test)]\nmod agreement;\n");
        put("a/src/b/agreement.rs", "fn t() {}\n");
        put("a/c/src/lib.rs", "fn c() {}\n");
        let at = root.display();
        let report = format!(
            "SF:{at}/a/src/lib.rs\nDA:2,0\nDA:4,7\nend_of_record\n\
             SF:{at}/a/src/b.rs\nDA:1,3\nend_of_record\n\
             SF:{at}/a/src/b/agreement.rs\nDA:1,3\nend_of_record\n\
             SF:{at}/a/c/src/lib.rs\nDA:1,1\nend_of_record\n\
             SF:/elsewhere/lib.rs\nDA:1,1\nend_of_record\n"
        );
        let members = ["a".to_owned(), "a/c".to_owned()];
        let found = count(&report, &members, &root).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.all, it.reached))
            .collect();
        assert_eq!(told, [("a", 2, 1), ("a/c", 1, 1)]);
        assert!(count("TN:\n", &members, &root).is_err());
        fs::remove_dir_all(root).unwrap();
    }
}
