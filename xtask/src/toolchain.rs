//! The toolchains of Rust beside that of `rust-toolchain.toml`.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::process;

/// Fails if rustup has no toolchain of this name. It installs none: that would change the machine.
pub(crate) fn require(name: &str) -> Result<()> {
    let mut rustup = Command::new("rustup");
    let said = process::output(rustup.args(["run", name, "rustc", "--version"]));
    ensure!(
        said.is_some_and(|(status, _)| status.success()),
        "there is no Rust {name} on this machine: `rustup toolchain install {name}` installs it"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_toolchain_is_named_with_its_remedy() {
        let error = require("of-no-name").unwrap_err().to_string();
        assert!(
            error.contains("rustup toolchain install of-no-name"),
            "{error}"
        );
    }
}
