//! `synfire check`: does a network fit a core?

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use spec::CoreConfig;
use spec::image::{CoreImage, MapError, Usage};
use spec::network::Network;

use crate::exit::{Outcome, Result};
use crate::import::ImportOptions;
use crate::options::{FormatOptions, config_names};
use crate::report::{self, Report};

const EXAMPLE: &str = "\
Example:
  synfire check net.toml --config up5k

Without --config every config is tried. Exit code 1 if the network fits none of them.";

/// Checks a network file, and whether a core has room for the network
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The network file, or a network of another tool
    network: PathBuf,
    /// The config to check against [default: all]
    #[arg(long, value_name = "NAME", value_parser = config_names())]
    config: Option<String>,
    #[command(flatten)]
    import: ImportOptions,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize)]
pub(crate) struct Part {
    resource: &'static str,
    used: usize,
    limit: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Fit {
    config: &'static str,
    pub(crate) fits: bool,
    problems: Vec<String>,
    usage: Vec<Part>,
}

#[derive(Debug, Serialize)]
struct Summary {
    network: String,
    fits: bool,
    configs: Vec<Fit>,
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for fit in &self.configs {
            fit.text(&self.network, self.configs.len() == 1, out)?;
        }
        Ok(())
    }
}

impl Fit {
    /// The lines for people; what is used of a config that does not fit is told if it is the only.
    pub(crate) fn text(&self, network: &str, only: bool, out: &mut dyn Write) -> io::Result<()> {
        let verdict = if self.fits { "fits" } else { "does not fit" };
        writeln!(out, "{network} {verdict} {}", self.config)?;
        for problem in &self.problems {
            writeln!(out, "  {problem}")?;
        }
        if self.fits || only {
            for part in &self.usage {
                let percent = 100.0 * part.used as f64 / part.limit.max(1) as f64;
                writeln!(
                    out,
                    "  {:<14}{:>8} of {:>8}  {percent:>5.1} %",
                    part.resource, part.used, part.limit
                )?;
            }
        }
        Ok(())
    }
}

/// Whether a network fits a config or, without one, each of them.
pub(crate) fn fits(network: &Network, config: Option<&'static CoreConfig>) -> Vec<Fit> {
    let configs = config.map_or_else(|| CoreConfig::ALL.to_vec(), |config| vec![config]);
    let fit = |(config, found): (&&'static CoreConfig, _)| match found {
        Ok(usage) => Fit {
            config: config.name,
            fits: true,
            problems: Vec::new(),
            usage: parts(&usage),
        },
        Err(MapError {
            excesses, usage, ..
        }) => Fit {
            config: config.name,
            fits: false,
            problems: excesses.iter().map(ToString::to_string).collect(),
            usage: parts(&usage),
        },
    };
    let found = CoreImage::fits(network, &configs);
    configs.iter().zip(found).map(fit).collect()
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let config = self.config.as_deref().map(CoreConfig::named).transpose()?;
        let network = self.import.network(&self.network, config)?.network;
        let configs = fits(&network, config);
        let fits = configs.iter().any(|fit| fit.fits);
        let summary = Summary {
            network: network.name().to_owned(),
            fits,
            configs,
        };
        report::print(&summary, self.format.format)?;
        Ok(if fits {
            Outcome::Done
        } else {
            Outcome::CheckFailed
        })
    }
}

fn parts(usage: &Usage) -> Vec<Part> {
    let part = |(resource, used): (_, spec::image::Used)| Part {
        resource,
        used: used.used,
        limit: used.limit,
    };
    usage.entries().into_iter().map(part).collect()
}
