//! `synfire demo izhikevich`: the firing patterns of Izhikevich's neuron.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use demos::izhikevich::{Compared, Found, Outcome, STEPS, Step, draw, run};
use driver::transport::Memory;
use driver::{Device, LinkOptions};
use schemars::JsonSchema;
use serde::Serialize;
use spec::CoreConfig;

use crate::exit::{Outcome as Ending, Result};
use crate::files::Output;
use crate::options::{FormatOptions, Target, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::target::Opened;

const EXAMPLE: &str = "\
Examples:
  synfire demo izhikevich
  synfire demo izhikevich --config up5k_m --dt 0.5
  synfire demo izhikevich --target rtl --config tiny_m --dt 1 --format json";

/// Models that are compared if no config is named: states of 16 and of 24 bits.
const CONFIGS: [&str; 2] = ["up5k_m", "ecp85_m"];

/// Shows the 20 firing patterns of Izhikevich's neuron, beside real numbers
///
/// Each pattern is run with each step, on a core with states of 16 bits and on one with 24; or on
/// the core that --config or --target names. The spikes are compared with those of f64 in the same
/// scheme and with the same step, and the patterns with those of the published figure.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Cmd {
    /// Length of a tick in ms, 0.05 to 1; may be repeated [default: 1, 0.5, 0.25, 0.2 and 0.1]
    #[arg(long, value_name = "MS", value_parser = step)]
    dt: Vec<f64>,
    /// Where to draw the patterns
    #[arg(long, value_name = "FILE", default_value = "synfire_izhikevich.svg")]
    picture: PathBuf,
    /// Draw nothing
    #[arg(long, conflicts_with = "picture")]
    no_picture: bool,
    #[command(flatten)]
    target: TargetOptions,
    #[command(flatten)]
    format: FormatOptions,
}

/// Parses a step in ms. With a longer one, `a dt` is above 1 in one of the patterns; with a shorter one,
/// states of 16 bits have less than a unit per mV/ms.
fn step(text: &str) -> std::result::Result<f64, String> {
    let dt = text
        .parse::<f64>()
        .ok()
        .filter(|it| (0.05..=1.0).contains(it));
    dt.ok_or_else(|| "must be a number of ms from 0.05 to 1".to_owned())
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// The device, in the syntax of `--target`.
    target: String,
    /// The configs of the cores.
    configs: Vec<String>,
    #[serde(flatten)]
    outcome: Outcome,
    /// For a target other than the model: ticks of neurons of which every spike and potential equals that
    /// of the model, bit by bit; null if one differs, and for the model.
    ticks_as_model: Option<u64>,
    /// Seconds that the command took.
    seconds: f64,
    /// The picture that was written.
    picture: Option<String>,
}

/// How many patterns of a step are such.
fn count(patterns: &[Found], at: usize, such: &dyn Fn(&Step) -> bool) -> usize {
    let possible = patterns.iter().filter(|it| it.obstacle.is_none());
    possible.filter(|it| such(&it.steps[at])).count()
}

/// Spikes, and how far they are from those of f64; in brackets if this is not the published pattern.
fn cell(compared: &Compared) -> String {
    let count = compared.times.spikes.len();
    let text = match compared.largest_difference {
        None => format!("{count}, differs"),
        Some(0) => format!("{count}, same"),
        Some(1) => format!("{count}, 1 tick"),
        Some(ticks) => format!("{count}, {ticks} ticks"),
    };
    bracketed(text, compared.as_published)
}

fn bracketed(text: String, is_pattern: bool) -> String {
    if is_pattern {
        text
    } else {
        format!("({text})")
    }
}

impl Summary {
    /// A row for each pattern that cores have: the largest step with which f64 shows it.
    fn patterns(&self, out: &mut dyn Write) -> io::Result<()> {
        let patterns = &self.outcome.patterns;
        let mut rows = Vec::new();
        for found in patterns.iter().filter(|it| it.obstacle.is_none()) {
            let Some(step) = found.shown() else { continue };
            if rows.is_empty() {
                let mut head = ["spikes", "published", "ms a tick", "f64"]
                    .map(str::to_owned)
                    .to_vec();
                head.extend(
                    step.cores
                        .iter()
                        .map(|it| format!("{} bits", it.state_bits)),
                );
                rows.push(head);
            }
            let real = step.real.spikes.len().to_string();
            let mut row = vec![
                format!("{} {}", found.letter, found.name),
                found.published.spikes.len().to_string(),
                step.dt.to_string(),
                bracketed(real, step.real_as_published),
            ];
            row.extend(step.cores.iter().map(|it| cell(&it.compared)));
            rows.push(row);
        }
        for row in &rows {
            let (name, cells) = row.split_first().map_or(("", &row[..]), |(a, b)| (a, b));
            write!(out, "{name:31}")?;
            let widths = [9, 11, 7].into_iter().chain(std::iter::repeat(16));
            for (cell, width) in cells.iter().zip(widths) {
                write!(out, "{cell:>width$}")?;
            }
            writeln!(out)?;
        }
        for found in patterns {
            if let Some(obstacle) = &found.obstacle {
                writeln!(out, "{} {}: {obstacle}", found.letter, found.name)?;
            }
        }
        Ok(())
    }

    /// A row for each step.
    fn steps(&self, out: &mut dyn Write) -> io::Result<()> {
        let patterns = &self.outcome.patterns;
        let Some(first) = patterns.iter().find(|it| it.obstacle.is_none()) else {
            return Ok(());
        };
        let possible = count(patterns, 0, &|_| true);
        let title = format!("of {possible} patterns, by ms a tick");
        write!(out, "{title:31}{:>7}", "f64")?;
        for core in first.steps.iter().take(1).flat_map(|it| &it.cores) {
            write!(out, "{:>9} bits  as f64  u in units", core.state_bits)?;
        }
        writeln!(out, "  decay in 12 bits")?;
        for (at, step) in first.steps.iter().enumerate() {
            let of = |such: &dyn Fn(&Step) -> bool| count(patterns, at, such);
            write!(out, "{:<31}{:>7}", step.dt, of(&|it| it.real_as_published))?;
            for core in 0..step.cores.len() {
                let shown = of(&|it| it.cores[core].compared.as_published);
                let as_real = of(&|it| it.cores[core].compared.as_real);
                let rounded = of(&|it| it.cores[core].rounding_alone.as_real);
                write!(out, "{shown:>14}{as_real:>8}{rounded:>12}")?;
            }
            writeln!(out, "{:>18}", of(&|it| it.decay_alone.as_real))?;
        }
        Ok(())
    }
}

impl Report for Summary {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        self.patterns(out)?;
        writeln!(out)?;
        self.steps(out)?;
        writeln!(out, "host time         {:.1} s", self.seconds)?;
        writeln!(
            out,
            "target            {}, config {}",
            self.target,
            self.configs.join(" and ")
        )?;
        match self.ticks_as_model {
            Some(ticks) => writeln!(
                out,
                "as the model      every spike and potential of {ticks} ticks of neurons"
            )?,
            None if self.target == "model" => {}
            None => writeln!(out, "as the model      no: a spike or a potential differs")?,
        }
        if let Some(picture) = &self.picture {
            writeln!(out, "picture           {picture}")?;
        }
        Ok(())
    }
}

/// The ticks of the neurons that ran, if the model does the same.
fn ticks_as_model(outcome: &Outcome, steps: &[f64], config: &str) -> anyhow::Result<Option<u64>> {
    let transport = Memory::new(CoreConfig::named(config)?);
    let mut model = Device::connect(Box::new(transport), LinkOptions::memory())?;
    let expected = run(&mut [&mut model], steps, &mut |_, _| ())?;
    let ran = outcome.patterns.iter().flat_map(|it| &it.steps);
    let ticks = ran
        .map(|it| u64::from(it.ticks) * it.cores.len() as u64)
        .sum();
    Ok((*outcome == expected).then_some(ticks))
}

impl Cmd {
    pub(super) fn run(mut self) -> Result {
        let since = Instant::now();
        let output = match self.no_picture {
            true => None,
            false => Some(Output::picture(&self.picture)?),
        };
        let steps = if self.dt.is_empty() {
            STEPS.to_vec()
        } else {
            self.dt.clone()
        };
        let is_model = self.target.target == Target::Model;
        let names: Vec<Option<String>> = match (&self.target.target, &self.target.config) {
            (Target::Model, None) => CONFIGS.map(|it| Some(it.to_owned())).into(),
            (Target::Rtl, None) => vec![Some(CONFIGS[0].to_owned())],
            (_, config) => vec![config.clone()],
        };
        let mut opened = Vec::new();
        for name in names {
            self.target.config = name;
            opened.push(self.target.open()?);
        }
        let name = |it: &Opened| it.device.info().name.to_string();
        let configs: Vec<String> = opened.iter().map(name).collect();
        let mut devices: Vec<&mut Device> = opened.iter_mut().map(|it| &mut it.device).collect();
        let mut progress = Progress::new("running");
        let outcome = run(&mut devices, &steps, &mut |done, of| progress.set(done, of))?;
        drop(progress);
        if let Some(output) = &output {
            output.write_picture(&draw(&outcome))?;
        }
        let ticks_as_model = match is_model {
            true => None,
            false => ticks_as_model(&outcome, &steps, &configs[0])?,
        };
        let summary = Summary {
            target: self.target.target.to_string(),
            configs,
            outcome,
            ticks_as_model,
            seconds: since.elapsed().as_secs_f64(),
            picture: output.as_ref().map(Output::name),
        };
        report::print(&summary, self.format.format)?;
        Ok(Ending::Done)
    }
}
