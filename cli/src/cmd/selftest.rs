//! `synfire selftest`: tests whether a board behaves like the model.

pub(super) mod bench_log;
mod bridge;

use std::cell::RefCell;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use selftest::{Line, Part, PartReport, SelfTest, SelfTestError, Verdict};

use crate::exit::{Outcome, Result};
use crate::files::Output;
use crate::options::{Format, FormatOptions, Target, TargetOptions};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::talk;
use bench_log::BenchLog;
use bridge::Bridge;

const EXAMPLE: &str = "\
Example:
  synfire selftest --target serial:/dev/ttyUSB1 --log bench.txt

Everything on the device is overwritten. The log holds no names of users, computers or files, and no
serial numbers: send it to us.";

/// Tests a core: what an owner of a board runs first
///
/// Greets it, writes and reads every memory, classifies digits, runs a random network beside the model
/// and one that learns, counts cycles, times the clock, and looks for errors of the line at its rate
/// and at higher ones. What is on the device is overwritten. Exits with 0 if everything passed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(flatten)]
    target: TargetOptions,
    /// Run only these parts, separated by commas [default: all]
    #[arg(long, value_name = "PART,..", value_delimiter = ',', value_parser = part_names())]
    only: Vec<String>,
    /// What the random networks are made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Images of digits, from the first
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    images: u32,
    /// Ticks of the random networks
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(10..=10_000))]
    ticks: u32,
    /// For how many seconds the clock is timed
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=3600))]
    seconds: u32,
    /// The fastest rate that is tried, in bits per second [default: the highest rate that is known to work with the bridge]
    #[arg(long, value_name = "BAUD")]
    max_baud: Option<u32>,
    /// Put the bridge's serial number into the log
    #[arg(long)]
    serial_number: bool,
    /// Where to write the bench log
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOptions,
}

fn part_names() -> PossibleValuesParser {
    Part::ALL.map(Part::name).into()
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        // Checked before the test, which takes minutes.
        let log = self.log.as_deref().map(Output::any).transpose()?;
        let bridge = match &self.target.target {
            Target::Serial(port) => Bridge::of(port),
            Target::Model | Target::Rtl => Bridge::default(),
        };
        let test = self.test(&bridge);
        let mut line = self.target.line()?;
        let bar: RefCell<Option<(Part, Progress)>> = RefCell::new(None);
        let tested = test.run(
            &mut |baud| line.connect(baud),
            &mut |part, done, of| {
                let mut bar = bar.borrow_mut();
                let (_, bar) = match &mut *bar {
                    Some(it) if it.0 == part => it,
                    other => other.insert((part, Progress::new(part.name()))),
                };
                bar.set(done, of);
            },
            &mut |part| {
                bar.take();
                tell(part);
            },
        );
        let bridge = match self.serial_number {
            true => bridge,
            false => bridge.anonymous(),
        };
        let bench = BenchLog::new(&self.target.target, &test, bridge, &tested);
        if let Some(log) = log {
            log.write(&mut |out| bench.text(out))?;
        }
        let passed = tested.passed();
        // A device that never answers is absent; it has not failed the test.
        let absent = match (tested.device, tested.parts.into_iter().next()) {
            (None, Some(first)) => match first.verdict {
                Verdict::Failed(SelfTestError::Driver(error)) => Some(error),
                _ => None,
            },
            _ => None,
        };
        // With JSON there is only one object: the report, or the error.
        if absent.is_none() || self.format.format == Format::Text {
            report::print(&bench, self.format.format)?;
        }
        if let Some(error) = absent {
            return Err(error.into());
        }
        Ok(match passed {
            true => Outcome::Done,
            false => Outcome::CheckFailed,
        })
    }

    fn test(&self, bridge: &Bridge) -> SelfTest {
        let wanted =
            |part: &Part| self.only.is_empty() || self.only.iter().any(|it| it == part.name());
        SelfTest {
            parts: Part::ALL.into_iter().filter(wanted).collect(),
            seed: self.seed,
            images: self.images as usize,
            ticks: self.ticks,
            seconds: self.seconds.into(),
            baud: self.target.baud,
            line: match &self.target.target {
                Target::Model => Line::Memory,
                Target::Rtl => Line::Simulated,
                Target::Serial(_) if self.target.slow => Line::Simulated,
                Target::Serial(_) => Line::Serial {
                    most: self.max_baud.or(bridge.most()).unwrap_or(0),
                },
            },
            ..SelfTest::default()
        }
    }
}

/// Prints the result of a part when it ends.
fn tell(part: &PartReport) {
    let said = match &part.verdict {
        Verdict::Passed => "passed".to_owned(),
        Verdict::Failed(error) => format!("FAILED: {error}"),
        Verdict::NotHere(why) => format!("not here: {why}"),
    };
    // A failed write loses nothing, because the report repeats the line.
    talk::remark(format_args!("{:<9} {said}", part.part.name()));
}
