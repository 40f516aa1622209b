//! Finds Verilator and runs it over the emitted Verilog. The build script, which compiles the
//! models, and [`crate::lint`] share this module, so both use the same files and the same waivers.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use thiserror::Error;

/// Names the Verilator binary to use; without it, `verilator` and `verilator_bin` of the `PATH`.
pub const BINARY_VARIABLE: &str = "SYNFIRE_VERILATOR";

/// Names another folder than `hdl/verilog` to take `<config>.v` from: a core with a planted fault,
/// or a netlist.
pub const VERILOG_VARIABLE: &str = "SYNFIRE_VERILOG";

/// Names the folder of the netlists that the feature `netlists` compiles, in place of the configs.
pub const NETLISTS_VARIABLE: &str = "SYNFIRE_NETLISTS";

/// The oldest release whose output the shim compiles with (major, minor).
pub const OLDEST: (u32, u32) = (5, 6);

/// The waiver file, below this crate's folder.
const WAIVER: &str = "lint/waiver.vlt";

/// The module around the core, below this crate's folder.
const CORE_WRAPPER: &str = "verilog/sim_core.v";

/// Why Verilator did not do its work.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum VerilatorError {
    /// No Verilator was found.
    #[error(
        "verilator {}.{:03} or newer is needed and none was found: \
         `cargo xtask tools` installs one, or name its binary in {BINARY_VARIABLE}", OLDEST.0, OLDEST.1
    )]
    Missing,
    /// The Verilator found is too old for the shim.
    #[error(
        "verilator {found} at {} is too old, {}.{:03} or newer is needed: \
         `cargo xtask tools` installs one, or name its binary in {BINARY_VARIABLE}",
        binary.display(), OLDEST.0, OLDEST.1
    )]
    TooOld {
        /// The binary found.
        binary: PathBuf,
        /// Its version.
        found: String,
    },
    /// A file could not be read, or the program could not be started.
    #[error("{what} {}: {source}", path.display())]
    Io {
        /// The operation that failed.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// There is no Verilog of this name.
    #[error("{} does not exist: `cargo xtask codegen` writes it", .0.display())]
    NoVerilog(PathBuf),
    /// Verilator reported an error, or a warning without a waiver.
    #[error("verilator refuses {}:\n{output}", file.display())]
    Refused {
        /// The Verilog file.
        file: PathBuf,
        /// Verilator's output.
        output: String,
    },
}

/// A Verilator that was found and is new enough.
#[derive(Debug, Clone)]
pub struct Verilator {
    binary: PathBuf,
    root: Root,
    version: String,
}

/// The folder of Verilator's run-time.
#[derive(Debug, Clone)]
struct Root {
    folder: PathBuf,
    /// Whether the binary must be told the folder, because it does not know it.
    tell: bool,
}

impl Verilator {
    /// Looks for Verilator: the binary named by [`BINARY_VARIABLE`], else the one of the `PATH`.
    ///
    /// # Errors
    /// [`VerilatorError::Missing`] or [`VerilatorError::TooOld`].
    pub fn find() -> Result<Self, VerilatorError> {
        let candidates = match env::var_os(BINARY_VARIABLE) {
            Some(named) => vec![PathBuf::from(named)],
            None => vec![PathBuf::from("verilator"), PathBuf::from("verilator_bin")],
        };
        let (binary, root) = candidates
            .into_iter()
            .filter_map(|name| on_path(&name))
            .find_map(|binary| Some((root_of(&binary)?, binary)))
            .map(|(root, binary)| (binary, root))
            .ok_or(VerilatorError::Missing)?;
        // The version is read from the header, because `--version` of the PyPI build does not
        // contain it.
        let header = root.folder.join("include/verilated_config.h");
        let text = fs::read_to_string(&header).map_err(|source| VerilatorError::Io {
            what: "cannot read",
            path: header,
            source,
        })?;
        let version = text
            .lines()
            .find_map(|line| line.strip_prefix("#define VERILATOR_VERSION \""))
            .and_then(|rest| rest.split([' ', '"']).next())
            .unwrap_or_default()
            .to_owned();
        if number(&version) < OLDEST {
            return Err(VerilatorError::TooOld {
                binary,
                found: version,
            });
        }
        Ok(Self {
            binary,
            root,
            version,
        })
    }

    /// The folder of the run-time headers and sources.
    #[must_use]
    pub fn include(&self) -> PathBuf {
        self.root.folder.join("include")
    }

    /// The version, as in `5.006`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Runs Verilator over a device's Verilog with the waivers and `arguments`.
    ///
    /// # Errors
    /// [`VerilatorError::Refused`] with all its output when it warns or fails.
    pub fn run(
        &self,
        verilog: &Path,
        top_module: &str,
        arguments: &[&str],
    ) -> Result<(), VerilatorError> {
        let mut command = self.command(top_module, arguments);
        command.arg(crate_folder().join(WAIVER)).args(helpers()?);
        self.start(command, verilog)
    }

    /// Runs Verilator over a netlist that holds all its cells. Its style is a tool's, so it is taken
    /// as it is; what it does is what the tests look at.
    ///
    /// # Errors
    /// [`VerilatorError::Refused`] with all its output when it fails.
    pub fn run_netlist(
        &self,
        verilog: &Path,
        top_module: &str,
        arguments: &[&str],
    ) -> Result<(), VerilatorError> {
        let mut command = self.command(top_module, arguments);
        command.args(["-Wno-fatal", "-Wno-lint"]);
        self.start(command, verilog)
    }

    fn command(&self, top_module: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        if self.root.tell {
            // Only for that build: Debian's Verilator has parts outside this folder.
            command.env("VERILATOR_ROOT", &self.root.folder);
        }
        command
            .args(["--no-timing", "--top-module", top_module])
            .args(arguments)
            // This rewriting of `&`, `|` and `^` makes a wrong model of some netlists, seen with
            // Verilator 5.006. Behind `-O3`, which would turn it on again.
            .arg("-fno-const-bit-op-tree");
        command
    }

    fn start(&self, mut command: Command, verilog: &Path) -> Result<(), VerilatorError> {
        command.arg(verilog);
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().map_err(|source| VerilatorError::Io {
            what: "cannot run",
            path: self.binary.clone(),
            source,
        })?;
        if status.success() {
            return Ok(());
        }
        let output = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Err(VerilatorError::Refused {
            file: verilog.to_owned(),
            output: output.concat(),
        })
    }
}

/// Everything Verilator reads for that Verilog: a build depends on these.
///
/// # Errors
/// The folder of behavioural models cannot be listed.
pub fn inputs_of(verilog: &Path) -> Result<Vec<PathBuf>, VerilatorError> {
    let mut inputs = helpers()?;
    inputs.push(crate_folder().join(WAIVER));
    inputs.push(verilog.to_owned());
    Ok(inputs)
}

/// The emitted Verilog of `config`.
///
/// # Errors
/// There is none.
pub fn verilog_of(config: &str) -> Result<PathBuf, VerilatorError> {
    let folder = env::var_os(VERILOG_VARIABLE).map_or_else(committed_verilog, PathBuf::from);
    let file = folder.join(config).with_extension("v");
    if file.exists() {
        Ok(file)
    } else {
        Err(VerilatorError::NoVerilog(file))
    }
}

/// The Verilog besides the emitted files: the wrapper of the core, and the behavioural models of
/// vendor cells, sorted.
fn helpers() -> Result<Vec<PathBuf>, VerilatorError> {
    let mut helpers = vec![crate_folder().join(CORE_WRAPPER)];
    let folder = committed_verilog().join("sim");
    if !folder.exists() {
        return Ok(helpers);
    }
    let entries = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|source| VerilatorError::Io {
        what: "cannot list",
        path: folder,
        source,
    })?;
    let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "v"));
    files.sort();
    helpers.extend(files);
    Ok(helpers)
}

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn committed_verilog() -> PathBuf {
    crate_folder().with_file_name("hdl").join("verilog")
}

/// `name` itself if it is a path; otherwise its first occurrence on the `PATH`.
fn on_path(name: &Path) -> Option<PathBuf> {
    if name.components().count() > 1 {
        return name.exists().then(|| name.to_owned());
    }
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|p| p.exists())
}

/// The run-time folder of the binary: the one that it reports, or, if it reports none as the PyPI
/// build does, the folder of the binary.
fn root_of(binary: &Path) -> Option<Root> {
    let holds = |folder: &PathBuf| folder.join("include/verilated.h").exists();
    let says = || {
        let output = Command::new(binary)
            .args(["--getenv", "VERILATOR_ROOT"])
            .output()
            .ok()?;
        Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
    };
    let lies = || {
        Some(
            fs::canonicalize(binary)
                .ok()?
                .parent()?
                .parent()?
                .to_owned(),
        )
    };
    let said = says().filter(holds).map(|folder| Root {
        folder,
        tell: false,
    });
    said.or_else(|| {
        lies()
            .filter(holds)
            .map(|folder| Root { folder, tell: true })
    })
}

/// A version such as `5.006` or `5.49` as two comparable numbers: the minor part is an integer, not
/// a fraction.
fn number(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_counts() {
        assert!(number("5.006") >= OLDEST);
        assert!(number("5.49") >= OLDEST);
        assert!(number("5.005") < OLDEST);
        assert!(number("4.228") < OLDEST);
        assert!(number("") < OLDEST);
    }

    #[test]
    fn a_missing_binary_is_told_with_its_remedy() {
        let message = VerilatorError::Missing.to_string();
        assert!(message.contains("cargo xtask tools") && message.contains(BINARY_VARIABLE));
        assert!(message.contains("5.006"), "{message}");
    }
}
