//! Debian's packages: the fastest builds of the tools, for whoever may install them.

use std::process::Command;

use anyhow::Result;

use crate::process;

/// Installs `packages` where apt-get is and may be used; elsewhere does nothing. That a package
/// cannot be had is no error here: there are other ways.
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
    let apt = |arguments: &[&str]| {
        let mut words = prefix.to_vec();
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(arguments);
        process::run(&mut command)
    };
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    // A machine whose lists are empty or old refuses the first attempt.
    let result = apt(&arguments).or_else(|_| apt(&["update"]).and_then(|()| apt(&arguments)));
    if let Err(error) = result {
        eprintln!("{error:#}");
    }
    Ok(())
}

/// What to put before apt-get: nothing for root, `sudo` for who needs no password.
fn prefix() -> Option<&'static [&'static str]> {
    let succeeds = |program: &str, arguments: &[&str]| {
        let output = process::output(Command::new(program).args(arguments));
        output
            .filter(|(status, _)| status.success())
            .map(|(_, text)| text)
    };
    succeeds("apt-get", &["--version"])?;
    if succeeds("id", &["-u"])?.trim() == "0" {
        return Some(&[]);
    }
    succeeds("sudo", &["-n", "true"]).map(|_| &["sudo", "-n"] as &[&str])
}
