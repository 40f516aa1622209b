//! Reads the `--help` text of the command and of each of its subcommands.

use std::collections::HashMap;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

use super::page::commands;
use super::shell::{Shell, has_port};
use super::untried;

/// The help of a command; empty if there is no such command.
fn help(words: &[String]) -> String {
    let output = Command::new(cargo_bin!("synfire"))
        .args(words)
        .arg("--help")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The subcommands that the help lists.
fn below(help: &str) -> Vec<String> {
    let list = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// Files that the examples in the help assume.
const BEFORE: [&str; 6] = [
    "synfire init .",
    "synfire run net.toml --stimulus in.csv --ticks 200 --spikes out.csv --potentials v.npy",
    "synfire run net.toml --ticks 50 --format json > quiet.json",
    "synfire run net.toml --stimulus in.csv --ticks 200 --format json > busy.json",
    "synfire demo stdp-curve --no-pictures --repetitions 2 --format json > stdp.json",
    "cat net.toml > learned.toml",
];

/// The problems of the examples in all help texts; adds the reasons for which some are not run.
pub(crate) fn examples(used: &mut Vec<&'static str>) -> Vec<String> {
    let mut problems = Vec::new();
    let mut waiting = vec![Vec::new()];
    while let Some(words) = waiting.pop() {
        let text = help(&words);
        for name in below(&text) {
            let mut below = words.clone();
            below.push(name);
            waiting.push(below);
        }
        let mut run = Vec::new();
        for command in examples_in(&text) {
            match untried::reason(&command) {
                Some((entry, _)) => used.push(entry),
                None => run.push(command),
            }
        }
        if run.is_empty() {
            continue;
        }
        let mut shell = Shell::new("up5k");
        shell.write("snn.json", include_str!("../cmd/import.in/snn.json"));
        let before = BEFORE.map(str::to_owned);
        let mut ran = shell.run(&before);
        // The examples of `plot` refer to populations of the first network.
        if words.first().is_none_or(|word| word != "plot") {
            shell.write_networks();
        }
        if run.iter().any(|command| has_port(command)) {
            run.insert(
                0,
                "synfire load net.toml --target serial:/dev/ttyUSB0".to_owned(),
            );
        }
        ran = ran.and_then(|_| shell.run(&run));
        if let Err(problem) = ran {
            problems.push(format!(
                "synfire {} --help: {run:?}: {problem}",
                words.join(" ")
            ));
        }
    }
    problems
}

/// The commands after a line that begins with "Example".
fn examples_in(help: &str) -> Vec<String> {
    let mut text = String::new();
    let mut within = false;
    for line in help.lines() {
        if line.starts_with("Example") {
            within = true;
        } else if within && line.is_empty() {
            // A line of the list of commands.
        } else if within && line.starts_with("  ") {
            text.push_str(line.trim_start());
            text.push('\n');
        } else {
            within = false;
        }
    }
    commands(&text)
}

/// Reports an option in inline code of prose that the command does not have.
pub(crate) fn unknown_option(
    code: &str,
    known: &mut HashMap<Vec<String>, String>,
) -> Option<String> {
    let words = code.strip_prefix("synfire ")?;
    let mut path: Vec<String> = Vec::new();
    let mut text = known
        .entry(path.clone())
        .or_insert_with(|| help(&[]))
        .clone();
    for word in words.split_whitespace() {
        if below(&text).iter().any(|name| name == word) {
            path.push(word.to_owned());
            text = known
                .entry(path.clone())
                .or_insert_with(|| help(&path))
                .clone();
        } else if path.is_empty() && word.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Some(format!("`{code}`: synfire has no command {word:?}"));
        } else if word.starts_with("--") && !has(&text, word) {
            let command = path.join(" ");
            return Some(format!("`{code}`: synfire {command} has no option {word}"));
        }
    }
    None
}

fn has(help: &str, option: &str) -> bool {
    let option = option.split('=').next().unwrap_or(option);
    let mut words = help.split(|c: char| c.is_whitespace() || ",<>[]|".contains(c));
    words.any(|word| word == option)
}
