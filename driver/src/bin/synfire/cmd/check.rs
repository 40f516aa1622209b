//! `synfire check`: does a network fit a core?

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use spec::CoreConfig;
use spec::image::{CoreImage, Usage};

use crate::exit::{Outcome, Result};
use crate::files;
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
    /// The network file
    network: PathBuf,
    /// The config to check against [default: all]
    #[arg(long, value_name = "NAME", value_parser = config_names())]
    config: Option<String>,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize)]
struct Part {
    resource: &'static str,
    used: usize,
    limit: usize,
}

#[derive(Debug, Serialize)]
struct Fit {
    config: &'static str,
    fits: bool,
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
            let verdict = if fit.fits { "fits" } else { "does not fit" };
            writeln!(out, "{} {verdict} {}", self.network, fit.config)?;
            for problem in &fit.problems {
                writeln!(out, "  {problem}")?;
            }
            if fit.fits || self.configs.len() == 1 {
                for part in &fit.usage {
                    let percent = 100.0 * part.used as f64 / part.limit.max(1) as f64;
                    writeln!(
                        out,
                        "  {:<14}{:>8} of {:>8}  {percent:>5.1} %",
                        part.resource, part.used, part.limit
                    )?;
                }
            }
        }
        Ok(())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let network = files::network(&self.network)?;
        let configs = match &self.config {
            Some(name) => vec![CoreConfig::named(name)?],
            None => CoreConfig::ALL.to_vec(),
        };
        let fit = |config: &'static CoreConfig| match CoreImage::map(&network, config) {
            Ok(image) => Fit {
                config: config.name,
                fits: true,
                problems: Vec::new(),
                usage: parts(image.usage()),
            },
            Err(error) => Fit {
                config: config.name,
                fits: false,
                problems: error.excesses.iter().map(ToString::to_string).collect(),
                usage: parts(&error.usage),
            },
        };
        let configs: Vec<Fit> = configs.into_iter().map(fit).collect();
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
