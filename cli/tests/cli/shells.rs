//! Tests that shells accept the completions and `man` accepts the manual pages.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::{stdout, synfire};

/// The completions of bash after these words.
fn completed(folder: &TempDir, words: &[&str]) -> Vec<String> {
    let script = stdout(&synfire(folder.path(), &["completions", "bash"]));
    fs::write(folder.path().join("synfire.bash"), script).unwrap();
    let ask = format!(
        "source synfire.bash; COMP_WORDS=({}); COMP_CWORD={}; \
         _synfire synfire \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1
    );
    let output = Command::new("bash")
        .args(["-c", &ask])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    stdout(&output).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    let folder = TempDir::new().unwrap();
    assert_eq!(completed(&folder, &["synfire", "comp"]), ["completions"]);
    assert_eq!(
        completed(&folder, &["synfire", "run", "--poi"]),
        ["--poisson"]
    );
    let configs = completed(&folder, &["synfire", "run", "--config", "up5k"]);
    assert_eq!(configs, ["up5k_m", "up5k", "up5k_l"]);
    assert_eq!(completed(&folder, &["synfire", "plot", "ras"]), ["raster"]);
}

#[test]
fn every_shell_gets_every_command() {
    let folder = TempDir::new().unwrap();
    let help = stdout(&synfire(folder.path(), &["--help"]));
    let commands = help.split("Commands:\n").nth(1).unwrap();
    let lines = commands.lines().take_while(|line| !line.is_empty());
    let names: Vec<&str> = lines
        .map(|line| line.split_whitespace().next().unwrap())
        .collect();
    assert!(names.len() > 15, "{names:?}");
    for shell in ["bash", "zsh", "fish"] {
        let script = stdout(&synfire(folder.path(), &["completions", shell]));
        for name in &names {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
}

#[test]
fn every_command_has_its_page_of_the_manual() {
    let folder = TempDir::new().unwrap();
    let output = synfire(folder.path(), &["man", "--output", "pages/man1"]);
    assert!(output.status.success(), "{output:?}");
    let mut names: Vec<String> = fs::read_dir(folder.path().join("pages/man1"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in [
        "synfire.1",
        "synfire-run.1",
        "synfire-plot-raster.1",
        "synfire-demo-list.1",
    ] {
        assert!(names.iter().any(|it| it == name), "{name}: {names:?}");
    }
    for name in names {
        let page = fs::read_to_string(folder.path().join("pages/man1").join(&name)).unwrap();
        assert!(page.contains(".TH ") && page.contains(".SH NAME"), "{name}");
    }
    let printed = stdout(&synfire(folder.path(), &["man", "plot", "raster"]));
    let page = fs::read_to_string(folder.path().join("pages/man1/synfire-plot-raster.1")).unwrap();
    assert_eq!(printed, page);
}

#[test]
fn what_init_says_to_do_next_works() {
    let folder = TempDir::new().unwrap();
    let said = stdout(&synfire(folder.path(), &["init", "my nets/first one"]));
    let (_, next) = said.split_once("Now:\n").unwrap();
    assert_eq!(next.lines().count(), 4, "{said}");
    let program = assert_cmd::cargo::cargo_bin!("synfire");
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("sh")
        .args(["-e", "-c", next])
        .current_dir(folder.path())
        .env("PATH", path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    for file in ["out.csv", "raster.svg", "v.svg"] {
        let path = folder.path().join("my nets/first one").join(file);
        assert!(fs::metadata(path).unwrap().len() > 0, "{file}");
    }
}
