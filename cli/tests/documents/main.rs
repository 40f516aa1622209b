//! Tests that the documents are correct. Every command shown in README, in the pages of `docs` and
//! in the examples of `--help` is run here, unless `untried.rs` gives a reason not to; its output
//! must be the output that the page shows; and every option named in prose must exist. Where a page
//! has a board at a port, a virtual board with the board's config takes its place.
//!
//! A code block whose fence has a second word is a file of that name. A text block after a block of
//! commands is the output of these commands.

#![cfg(all(unix, feature = "nir", feature = "png"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/board.rs"]
mod board;
mod help;
mod page;
mod shell;
mod untried;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use page::{Block, blocks, commands, inline, shows};
use shell::{Shell, root};

/// The pages whose commands are run: README, `docs`, and the pages of boards and examples.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md"), root().join("CONTRIBUTING.md")];
    let mut add = |folder: PathBuf| {
        let mut found: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        found.sort();
        for path in found {
            let readme = path.join("README.md");
            match path.extension() {
                Some(ending) if ending == "md" => pages.push(path),
                _ if readme.is_file() => pages.push(readme),
                _ => {}
            }
        }
    };
    for folder in ["docs", "constraints", "examples"] {
        add(root().join(folder));
    }
    pages
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The config of a page's board; that of the iCEBreaker for pages on several boards.
fn config(page: &Path) -> String {
    let text = fs::read_to_string(page.with_file_name("board.toml")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("config = "));
    line.unwrap_or("up5k").trim_matches('"').to_owned()
}

/// The problems of a page's commands; adds the reasons for which some are not run.
fn problems_of(
    blocks: &[Block],
    config: &str,
    used: &mut Vec<&'static str>,
) -> Vec<(usize, String)> {
    let mut shell = Shell::new(config);
    if blocks
        .iter()
        .any(|block| block.text.contains("hidden.threshold="))
    {
        shell.write_networks();
        shell.write("in.csv", "tick,id\n0,0\n");
    }
    let mut problems = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if let Some(name) = &block.file {
            shell.write(name, &block.text);
        }
        if block.language != "sh" {
            continue;
        }
        let all = commands(&block.text);
        let mut run = Vec::new();
        for command in &all {
            let command = command.replace("cargo run --release --", "synfire");
            match untried::reason(&command) {
                Some((entry, _)) => used.push(entry),
                None => run.push(command),
            }
        }
        if run.is_empty() {
            continue;
        }
        let shown = blocks.get(at + 1).filter(|it| it.language == "text");
        let shown = shown.filter(|_| run.len() == all.len());
        match shell.run(&run) {
            Err(problem) => problems.push((block.line, format!("{run:?}: {problem}"))),
            Ok(text) => {
                if let Some(block) = shown.filter(|block| !shows(&block.text, &text)) {
                    let problem = format!("shows\n{}instead of\n{text}", block.text);
                    problems.push((block.line, problem));
                }
            }
        }
    }
    problems
}

#[test]
fn commands_of_documents_do_what_they_show() {
    let (mut problems, mut used) = (Vec::new(), Vec::new());
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        for (line, problem) in problems_of(&blocks(&text), &config(&path), &mut used) {
            problems.push(format!("{}:{line}: {problem}", name(&path)));
        }
    }
    problems.extend(help::examples(&mut used));
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    untried::check_used(&used);
}

#[test]
fn wrong_commands_and_outputs_are_seen() {
    let wrong = |page: &str| problems_of(&blocks(page), "tiny", &mut Vec::new()).len();
    assert_eq!(wrong("```sh\nsynfire demo list\n```\n"), 0);
    assert_eq!(
        wrong("```sh\nsynfire demo list\n```\n```text\ndigits\n...\n```"),
        1
    );
    assert_eq!(wrong("```sh\nsynfire demo list --x\n```\n"), 1);
    assert_eq!(wrong("```sh\nsynfire check net.toml\n```\n"), 1);
    assert_eq!(wrong("```sh\nrm net.toml\n```\n"), 1);
    assert_eq!(
        wrong("```sh\nsynfire info --target serial:/dev/x\n```\n"),
        0
    );
    assert_eq!(
        wrong("```sh\nsynfire info --config hx8k --target serial:/dev/x\n```\n"),
        1
    );
}

#[test]
fn prose_names_options_that_there_are() {
    let mut known = HashMap::new();
    let mut problems = Vec::new();
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        for (line, code) in inline(&text) {
            if let Some(problem) = help::unknown_option(&code, &mut known) {
                problems.push(format!("{}:{line}: {problem}", name(&path)));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    let wrong = help::unknown_option("synfire plot raster x.csv --nets y", &mut known);
    assert!(wrong.is_some_and(|it| it.contains("--nets")));
}
