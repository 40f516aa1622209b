//! The steps of the night: their requirements and their actions.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::environment::{DEBIAN, Environment, MIXED, WHEELS};
use super::folder;
use crate::copy::{self, Files};
use crate::coverage;
use crate::fuzz;
use crate::mutate;
use crate::tools::{self, SystemPackages};
use crate::{project, published, toolchain};

/// A long-running check.
#[derive(Debug)]
pub(super) struct Step {
    /// Its name on the command line.
    pub(super) name: &'static str,
    /// What it checks.
    pub(super) what: &'static str,
    /// The required tools of `xtask/tools.toml`.
    pub(super) tools: &'static [&'static str],
    /// Required free memory in GiB.
    pub(super) memory_gib: u64,
    /// Required free disk space in GiB.
    pub(super) disk_gib: u64,
    /// Estimated duration in minutes on two processors, until it has been measured on this machine.
    pub(super) minutes: u64,
    work: Work,
}

/// The work of a step.
#[derive(Debug)]
enum Work {
    /// Cargo with these arguments, in the checkout.
    Cargo(&'static [&'static str]),
    /// The same, if the machine has this toolchain, which the command asks for.
    CargoWith {
        toolchain: &'static str,
        words: &'static [&'static str],
    },
    /// Cargo with these arguments and the names of the published crates; with `oldest`, the cargo of
    /// the lowest supported Rust; with `packed`, in a copy that has folders in the place of links.
    Published {
        words: &'static [&'static str],
        oldest: bool,
        packed: bool,
    },
    /// Cargo with these arguments in a copy, because they write files.
    CargoInCopy(&'static [&'static str]),
    /// All tests, on this simulated machine.
    Environment(&'static Environment),
}

/// The tools for the gate-level equivalence of a board with an iCE40.
const ICE40: [&str; 7] = [
    "verilator",
    "yosys",
    "nextpnr-ice40",
    "icepack",
    "iceunpack",
    "icebox_vlog",
    "icebox_chipdb",
];

/// The tools for all boards.
const ALL_BOARDS: [&str; 5] = [
    "yosys",
    "nextpnr-ice40",
    "icepack",
    "nextpnr-ecp5",
    "ecppack",
];

/// All steps, in order.
pub(super) const STEPS: [Step; 20] = [
    Step {
        name: "environment-debian",
        what: "all tests, with the tools that Debian has",
        tools: &[],
        memory_gib: 6,
        disk_gib: 20,
        minutes: 45,
        work: Work::Environment(&DEBIAN),
    },
    Step {
        name: "environment-wheels",
        what: "all tests, on a machine with none of the tools that may install no package",
        tools: &[],
        memory_gib: 6,
        disk_gib: 20,
        minutes: 75,
        work: Work::Environment(&WHEELS),
    },
    Step {
        name: "environment-mixed",
        what: "all tests, with some tools of Debian and the others from wheels",
        tools: &[],
        memory_gib: 6,
        disk_gib: 20,
        minutes: 60,
        work: Work::Environment(&MIXED),
    },
    Step {
        name: "config",
        what: "a config that is added by its file alone",
        tools: &["verilator"],
        memory_gib: 4,
        disk_gib: 8,
        minutes: 30,
        work: Work::Cargo(&["run", "--locked", "-p", "xtask", "--", "configs", "--try"]),
    },
    Step {
        name: "package",
        what: "the crates that are published, each built from its package alone",
        tools: &[],
        memory_gib: 4,
        disk_gib: 6,
        minutes: 20,
        work: Work::Published {
            words: &["package", "--locked", "--allow-dirty"],
            oldest: false,
            packed: true,
        },
    },
    Step {
        name: "rust-version",
        what: "the crates that are published, with the lowest Rust that they name",
        tools: &[],
        memory_gib: 4,
        disk_gib: 6,
        minutes: 10,
        work: Work::Published {
            words: &["build", "--locked"],
            oldest: true,
            packed: false,
        },
    },
    Step {
        name: "soak-networks",
        what: "200 networks that learn, 500 ticks each, all memories after every tick",
        tools: &["verilator"],
        memory_gib: 4,
        disk_gib: 8,
        minutes: 60,
        work: Work::Cargo(&[
            "run",
            "--locked",
            "--release",
            "-p",
            "tests",
            "--bin",
            "soak",
            "200",
            "500",
            "1",
        ]),
    },
    Step {
        name: "soak-ticks",
        what: "10 networks that learn, 100,000 ticks each",
        tools: &["verilator"],
        memory_gib: 4,
        disk_gib: 8,
        minutes: 60,
        work: Work::Cargo(&[
            "run",
            "--locked",
            "--release",
            "-p",
            "tests",
            "--bin",
            "soak",
            "10",
            "100000",
            "100",
        ]),
    },
    Step {
        name: "campaign",
        what: "10,000 sessions with power cycles, second hosts, bad lines, kills and full disks",
        tools: &[],
        memory_gib: 4,
        disk_gib: 4,
        minutes: 120,
        work: Work::Cargo(&["xtask", "campaign", "--seeds", "10000"]),
    },
    Step {
        name: "fuzz",
        what: "libFuzzer on every reader and both ends of the wire, 10 minutes each",
        tools: &fuzz::TOOLS,
        memory_gib: 4,
        disk_gib: 4,
        minutes: 240,
        work: Work::CargoWith {
            toolchain: fuzz::TOOLCHAIN,
            words: &["xtask", "fuzz", "--seconds", "600"],
        },
    },
    Step {
        name: "mutation",
        what: "500 small changes of the hardware, of which the tests must notice 95 %",
        tools: &mutate::TOOLS,
        memory_gib: 4,
        disk_gib: 4,
        minutes: 60,
        work: Work::Cargo(&["xtask", "mutate"]),
    },
    Step {
        name: "coverage",
        what: "the lines of Rust that the tests run, and the bits of the hardware that they change",
        tools: &coverage::TOOLS,
        memory_gib: 6,
        disk_gib: 16,
        minutes: 60,
        work: Work::CargoInCopy(&["xtask", "coverage", "--write"]),
    },
    Step {
        name: "equivalence-icebreaker_l",
        what: "netlist and bitstream of the iCEBreaker that learns, in the place of the RTL",
        tools: &ICE40,
        memory_gib: 4,
        disk_gib: 8,
        minutes: 30,
        work: Work::Cargo(&["xtask", "equivalence", "icebreaker_l"]),
    },
    Step {
        name: "equivalence-hx8k_b_evn_l",
        what: "the same of the HX8K that learns",
        tools: &ICE40,
        memory_gib: 4,
        disk_gib: 8,
        minutes: 15,
        work: Work::Cargo(&["xtask", "equivalence", "hx8k_b_evn_l"]),
    },
    Step {
        name: "equivalence-ulx3s_25f",
        what: "the netlist of the LFE5U-25F in the place of the RTL",
        tools: &["verilator", "yosys"],
        memory_gib: 8,
        disk_gib: 8,
        minutes: 20,
        work: Work::Cargo(&["xtask", "equivalence", "ulx3s_25f"]),
    },
    Step {
        name: "equivalence-ulx3s_85f_l",
        what: "the netlist of the LFE5U-85F that learns in the place of the RTL",
        tools: &["verilator", "yosys"],
        memory_gib: 12,
        disk_gib: 8,
        minutes: 90,
        work: Work::Cargo(&["xtask", "equivalence", "ulx3s_85f_l"]),
    },
    Step {
        name: "learning",
        what: "all demos of learning on the model, figures and pictures as committed",
        tools: &[],
        memory_gib: 4,
        disk_gib: 8,
        minutes: 30,
        work: Work::Cargo(&["xtask", "learning", "--check", "--release"]),
    },
    Step {
        name: "learning-rtl",
        what: "parts of the demos on the simulated hardware",
        tools: &["verilator"],
        memory_gib: 4,
        disk_gib: 12,
        minutes: 60,
        work: Work::CargoInCopy(&["xtask", "learning", "--rtl"]),
    },
    Step {
        name: "patched",
        what: "the hardware's Verilog from a patched RustHDL",
        tools: &[],
        memory_gib: 2,
        disk_gib: 1,
        minutes: 5,
        work: Work::Cargo(&["xtask", "patched"]),
    },
    Step {
        name: "report",
        what: "every board with all of its seeds",
        tools: &ALL_BOARDS,
        memory_gib: 8,
        disk_gib: 8,
        minutes: 180,
        work: Work::CargoInCopy(&["xtask", "report"]),
    },
];

/// The folder of the copy in which steps write.
fn written() -> PathBuf {
    folder().join("copy")
}

/// The names of all steps.
pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

impl Step {
    /// The command of the step.
    pub(super) fn command(&self, files: &Files, packages: SystemPackages) -> Result<Command> {
        let mut cargo = Command::new("cargo");
        match self.work {
            Work::Environment(environment) => {
                return environment.test(files, packages);
            }
            Work::Cargo(words) => cargo.args(words).current_dir(project::root()),
            Work::CargoWith { toolchain, words } => {
                toolchain::require(toolchain)?;
                cargo.args(words).current_dir(project::root())
            }
            Work::Published {
                words,
                oldest,
                packed,
            } => {
                if oldest {
                    let rust = published::rust()?;
                    toolchain::require(&rust)?;
                    // Overrides the toolchain of rust-toolchain.toml.
                    cargo.env("RUSTUP_TOOLCHAIN", rust);
                }
                cargo.args(words);
                for it in published::all()? {
                    cargo.args(["--package", &it.name]);
                }
                cargo.current_dir(match packed {
                    true => {
                        let copy = files.copy_to(&folder().join("packages"))?;
                        published::fill_links(&copy, &project::files()?)?;
                        copy
                    }
                    false => project::root().to_owned(),
                });
                cargo.env("CARGO_TARGET_DIR", folder().join("target"))
            }
            Work::CargoInCopy(words) => {
                let copy = files.copy_to(&written())?;
                cargo
                    .args(words)
                    .current_dir(copy)
                    .env("CARGO_TARGET_DIR", folder().join("target"))
            }
        };
        cargo.env("PATH", tools::path()?);
        Ok(cargo)
    }
    /// The files that it wrote differently from the checkout's, for a person to judge.
    pub(super) fn news(&self) -> Result<Option<String>> {
        if !matches!(self.work, Work::CargoInCopy(_)) {
            return Ok(None);
        }
        let copy = written();
        let files = copy::changed_files(&copy)?;
        let news = format!(
            "other than committed: {files}; git -C {} diff",
            copy.display()
        );
        Ok((!files.is_empty()).then_some(news))
    }
}
