//! `cargo xtask codegen`: writes the committed files that are generated from the code.
//!
//! There are two kinds: whole files (the Verilog of each config, the constants for other hosts),
//! and spans of Markdown documents between `<!-- BEGIN generated: NAME -->` and `<!-- END
//! generated: NAME -->`. Any document may contain any span. The files are committed so that readers
//! need no tools and reviewers see the effect of a change to the code; a test checks that they are
//! up to date.

mod boards;
mod brunel;
mod configs;
mod elements;
mod hosts;
mod learning;
mod proofs;
mod regions;
mod registers;
mod spans;
mod verilog;
mod wire;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{campaign, coverage, cycles, mutate, project, report};
use spans::Generator;

/// Defines the generator of a board's measured figures, for its README.
macro_rules! measured {
    ($board:literal) => {
        Generator {
            name: concat!("measured ", $board),
            render: || report::measured($board),
        }
    };
}

/// All spans.
const SPANS: &[Generator] = &[
    measured!("colorlight_i5"),
    measured!("colorlight_i5_l"),
    measured!("hx8k_b_evn"),
    measured!("hx8k_b_evn_l"),
    measured!("hx8k_b_evn_m"),
    measured!("icebreaker"),
    measured!("icebreaker_l"),
    measured!("icebreaker_m"),
    measured!("ulx3s_25f"),
    measured!("ulx3s_25f_l"),
    measured!("ulx3s_85f"),
    measured!("ulx3s_85f_l"),
    measured!("ulx3s_85f_m"),
    measured!("ulx3s_85f_n"),
    Generator {
        name: "brunel",
        render: brunel::render,
    },
    Generator {
        name: "campaign",
        render: campaign::render,
    },
    Generator {
        name: "configs",
        render: configs::render,
    },
    Generator {
        name: "coverage",
        render: coverage::render,
    },
    Generator {
        name: "cycles",
        render: cycles::render,
    },
    Generator {
        name: "cycles-learned",
        render: cycles::render_learned,
    },
    Generator {
        name: "elements",
        render: elements::render,
    },
    Generator {
        name: "learning",
        render: learning::render_all,
    },
    Generator {
        name: "learning-hardware",
        render: learning::on_hardware,
    },
    Generator {
        name: "learning-stdp-curve",
        render: learning::stdp_curve,
    },
    Generator {
        name: "learning-digits-stdp",
        render: learning::digits_stdp,
    },
    Generator {
        name: "learning-digits-taught",
        render: learning::digits_taught,
    },
    Generator {
        name: "learning-mnist",
        render: learning::mnist,
    },
    Generator {
        name: "learning-choice",
        render: learning::choice,
    },
    Generator {
        name: "learning-memory",
        render: learning::memory,
    },
    Generator {
        name: "learning-patterns",
        render: learning::patterns,
    },
    Generator {
        name: "mutation",
        render: mutate::render,
    },
    Generator {
        name: "proofs",
        render: proofs::render,
    },
    Generator {
        name: "regions",
        render: regions::render,
    },
    Generator {
        name: "registers",
        render: registers::render,
    },
    Generator {
        name: "requests",
        render: wire::render_requests,
    },
    Generator {
        name: "refusals",
        render: wire::render_refusals,
    },
    Generator {
        name: "stream-in",
        render: wire::render_stream_in,
    },
    Generator {
        name: "stream-out",
        render: wire::render_stream_out,
    },
    Generator {
        name: "wire-limits",
        render: wire::render_limits,
    },
    Generator {
        name: "wire-example",
        render: wire::render_example,
    },
];

/// A committed file, and its expected contents.
struct Generated {
    file: PathBuf,
    text: String,
}

/// Writes stale files; with `check`, lists them and fails.
pub(crate) fn run(check: bool) -> Result<()> {
    let stale = stale()?;
    if stale.is_empty() {
        return Ok(());
    }
    if check {
        let names: Vec<_> = stale
            .iter()
            .map(|it| it.file.display().to_string())
            .collect();
        bail!(
            "stale: {}; `cargo xtask codegen` renews them",
            names.join(", ")
        );
    }
    for Generated { file, text } in stale {
        project::write(&file, text)?;
        eprintln!("wrote {}", file.display());
    }
    Ok(())
}

/// The generated files whose committed contents differ from the expected ones.
fn stale() -> Result<Vec<Generated>> {
    let mut generated = verilog::render_all()?;
    generated.extend(boards::render_all()?);
    generated.extend(hosts::render_all()?);
    let results = report::render()?.into_iter();
    generated.extend(results.map(|(file, text)| Generated { file, text }));
    for file in project::files_with("md")? {
        let old = project::read(&file)?;
        let text = spans::renew(&old, SPANS).with_context(|| file.display().to_string())?;
        generated.push(Generated { file, text });
    }
    generated.retain(|it| !is_fresh(&it.file, &it.text));
    Ok(generated)
}

fn is_fresh(file: &Path, text: &str) -> bool {
    std::fs::read_to_string(project::root().join(file)).is_ok_and(|old| old == text)
}
