//! Installs Debian's packages, the fastest builds of the tools, where the caller allows it.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::process;

/// The call of apt-get, and its waiting time.
struct Apt {
    /// The program, with a prefix such as `sudo` if necessary.
    words: Vec<String>,
    /// Time limit for the locks of the package manager.
    patience: Duration,
    /// Between two attempts.
    pause: Duration,
}

/// Whether apt-get exists.
pub(super) fn is_there() -> bool {
    said("apt-get", &["--version"]).is_some()
}

/// Installs `packages` if apt-get exists and may be used. An unavailable package is not an error,
/// since there are other sources. A package manager that stays locked is one: the caller asked for
/// packages and must not silently get something else.
pub(super) fn install<'a>(packages: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut packages: Vec<_> = packages.collect();
    packages.sort_unstable();
    packages.dedup();
    if packages.is_empty() {
        return Ok(());
    }
    let Some(prefix) = prefix() else {
        eprintln!("apt-get is not there, or needs a password");
        return Ok(());
    };
    // The locale is set, because the messages about locks are parsed.
    let words = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "LC_ALL=C",
        "apt-get",
    ];
    let apt = Apt {
        words: prefix
            .iter()
            .chain(&words)
            .map(|&word| word.to_owned())
            .collect(),
        patience: Duration::from_secs(30 * 60),
        pause: Duration::from_secs(15),
    };
    // If the package lists are empty or old, the first attempt fails.
    if apt.install(&packages)? || (apt.run(&["update"])? && apt.install(&packages)?) {
        return Ok(());
    }
    // A single unknown package makes apt-get refuse all, so they are tried one by one.
    for package in packages {
        if !apt.install(&[package])? {
            eprintln!("the package {package} cannot be had");
        }
    }
    Ok(())
}

impl Apt {
    fn install(&self, packages: &[&str]) -> Result<bool> {
        let mut arguments = vec!["install", "-y", "--no-install-recommends"];
        arguments.extend(packages);
        self.run(&arguments)
    }

    /// Runs apt-get while another program holds its locks, up to the time limit; returns whether it
    /// succeeded.
    fn run(&self, arguments: &[&str]) -> Result<bool> {
        let start = Instant::now();
        loop {
            let mut words = self.words.iter();
            let mut command = Command::new(words.next().map_or("apt-get", String::as_str));
            // apt-get can wait by itself, but only for one of its four locks, and with a line per
            // second.
            command
                .args(words)
                .args(["-o", "DPkg::Lock::Timeout=0"])
                .args(arguments);
            let (status, text) = process::run_and_read(&mut command)?;
            if status.success() {
                return Ok(true);
            }
            let Some(lock) = held_lock(&text) else {
                eprintln!("{}: {status}", process::line(&command));
                return Ok(false);
            };
            let waited = start.elapsed().as_secs();
            let patience = self.patience.as_secs();
            ensure!(
                waited < patience,
                "another program has held the package manager for {waited} s: {lock}"
            );
            eprintln!(
                "waiting for the package manager, {waited} s of at most {patience} s: {lock}"
            );
            thread::sleep(self.pause);
        }
    }
}

/// The part of apt-get's message that names a lock held by another program, if there is one.
fn held_lock(text: &str) -> Option<&str> {
    // The first message is apt-get's; the others are dpkg's, if another program got the lock in
    // between.
    let signs = [
        "E: Could not get lock ",
        "dpkg: error: dpkg frontend lock was locked by another process",
        "dpkg: error: dpkg database lock was locked by another process",
    ];
    let is_sign = |line: &&str| signs.iter().any(|sign| line.starts_with(sign));
    let line = text.lines().map(str::trim).find(is_sign)?;
    Some(line.trim_start_matches("E: "))
}

/// The prefix of apt-get: nothing for root, `sudo` if it needs no password; `None` if neither is
/// possible.
fn prefix() -> Option<&'static [&'static str]> {
    said("apt-get", &["--version"])?;
    if said("id", &["-u"])?.trim() == "0" {
        return Some(&[]);
    }
    said("sudo", &["-n", "true"]).map(|_| &["sudo", "-n"] as &[&str])
}

/// The output of a program, if it succeeds.
fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = process::output(Command::new(program).args(arguments));
    let (_, text) = output.filter(|(status, _)| status.success())?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::super::wrapper;
    use super::*;

    const LOCKED: &str = "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process \
                          4711 (unattended-upgr)\nE: Unable to acquire the dpkg frontend lock \
                          (/var/lib/dpkg/lock-frontend), is another process using it?";

    /// A replacement for apt-get that finds the lock held `held` times, and then ends with
    /// `status`.
    fn apt(name: &str, held: u32, status: u32, patience: Duration) -> (Apt, PathBuf) {
        let folder =
            std::env::temp_dir().join(format!("synfire-apt-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let script = format!(
            "#!/bin/sh\necho x >> {0}/calls\n[ $(wc -l < {0}/calls) -gt {held} ] && exit \
             {status}\ncat >&2 <<'END'\n{LOCKED}\nEND\nexit 100\n",
            folder.display()
        );
        let program = folder.join("apt-get");
        wrapper::write_script(&program, &script).unwrap();
        let apt = Apt {
            words: vec![program.display().to_string()],
            patience,
            pause: Duration::ZERO,
        };
        (apt, folder)
    }

    fn calls(folder: PathBuf) -> usize {
        let calls = fs::read_to_string(folder.join("calls"))
            .unwrap()
            .lines()
            .count();
        fs::remove_dir_all(folder).unwrap();
        calls
    }

    #[test]
    fn a_held_lock_is_waited_for() {
        let (apt, folder) = apt("wait", 2, 0, Duration::from_secs(600));
        assert!(apt.install(&["yosys"]).unwrap());
        assert_eq!(calls(folder), 3);
    }

    #[test]
    fn a_lock_that_is_never_let_go_is_an_error_that_names_its_holder() {
        let (apt, folder) = apt("never", u32::MAX, 0, Duration::ZERO);
        let error = apt.install(&["yosys"]).unwrap_err().to_string();
        assert!(error.contains("4711 (unattended-upgr)"), "{error}");
        assert_eq!(calls(folder), 1);
    }

    #[test]
    fn any_other_failure_is_not_waited_for() {
        let (apt, folder) = apt("other", 0, 100, Duration::from_secs(600));
        assert!(!apt.install(&["yosys"]).unwrap());
        assert_eq!(calls(folder), 1);
    }

    #[test]
    fn every_lock_is_recognised() {
        for held in [
            LOCKED,
            "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4 (apt-get)",
            "E: Could not get lock /var/cache/apt/archives/lock. It is held by process 4 (apt)",
            "dpkg: error: dpkg frontend lock was locked by another process with pid 77",
        ] {
            assert!(held_lock(held).is_some(), "{held}");
        }
        assert_eq!(held_lock("E: Unable to locate package nextpnr-ice40"), None);
    }
}
