//! The log of a self test that an owner of a board can send to the project: all results, and
//! nothing that identifies the person or the place.

use std::env::consts;
use std::io::{self, Write};

use schemars::JsonSchema;
use selftest::{Figure, PartReport, SelfTest, SelftestReport as Tested, Value, Verdict};
use serde::Serialize;

use super::bridge::Bridge;
use crate::options::Target;
use crate::report::Report;

/// The whole log.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cmd) struct BenchLog {
    /// Version of synfire.
    synfire: &'static str,
    /// The system that it ran on.
    system: String,
    /// Whether no part failed.
    passed: bool,
    /// Where the core is: `model`, `rtl` or `serial`.
    target: &'static str,
    /// Bits per second of the line.
    baud: u32,
    /// Seed of the random numbers.
    seed: u64,
    /// Who answered, if anybody did.
    device: Option<DeviceLog>,
    /// What is between USB and UART, as far as the system tells.
    bridge: Bridge,
    /// Each part of the test.
    parts: Vec<PartLog>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DeviceLog {
    /// The config of the core.
    config: String,
    /// Hash of the sizes, hexadecimal.
    sizes_hash: String,
    /// Version of the wire protocol.
    protocol: u8,
    /// Clock of the core, Hz.
    clock_hz: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PartLog {
    /// The name of the part.
    part: &'static str,
    /// `passed`, `FAILED` or `not here`.
    verdict: &'static str,
    /// What is wrong, or why the part was not run.
    said: Option<String>,
    /// Duration in seconds.
    seconds: f64,
    /// What was measured.
    figures: Vec<FigureLog>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FigureLog {
    /// The name of the figure.
    name: String,
    /// The value of the figure.
    value: ValueLog,
    /// The unit of the value, if it has one.
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum ValueLog {
    Count(u64),
    Measured(f64),
    Text(String),
}

impl BenchLog {
    /// The log of the results of `test` on `target`.
    pub(super) fn new(
        target: &Target,
        test: &SelfTest,
        bridge: Bridge,
        tested: &Tested,
    ) -> BenchLog {
        let (target, port) = match target {
            Target::Model => ("model", None),
            Target::Rtl => ("rtl", None),
            Target::Serial(port) => ("serial", Some(port.as_str())),
        };
        BenchLog {
            synfire: env!("CARGO_PKG_VERSION"),
            system: format!("{} {}", consts::OS, consts::ARCH),
            passed: tested.passed(),
            target,
            baud: test.baud,
            seed: test.seed,
            device: tested.device.map(|it| DeviceLog {
                config: it.name.to_string(),
                sizes_hash: format!("{:08x}", it.sizes.hash()),
                protocol: it.protocol,
                clock_hz: it.clock_hz,
            }),
            bridge,
            parts: tested
                .parts
                .iter()
                .map(|it| PartLog::new(it, port))
                .collect(),
        }
    }
}

impl PartLog {
    /// The port's name is removed from messages, because it may contain a serial number or a user's
    /// name.
    fn new(report: &PartReport, port: Option<&str>) -> PartLog {
        let without_port = |text: String| match port {
            Some(port) => text.replace(port, "the port"),
            None => text,
        };
        let (verdict, said) = match &report.verdict {
            Verdict::Passed => ("passed", None),
            Verdict::Failed(error) => ("FAILED", Some(error.to_string())),
            Verdict::NotHere(why) => ("not here", Some((*why).to_owned())),
        };
        PartLog {
            part: report.part.name(),
            verdict,
            said: said.map(without_port),
            seconds: report.seconds,
            figures: report
                .figures
                .iter()
                .map(|it| FigureLog::new(it, without_port))
                .collect(),
        }
    }
}

impl FigureLog {
    fn new(figure: &Figure, without_port: impl Fn(String) -> String) -> FigureLog {
        FigureLog {
            name: figure.name.clone(),
            value: match &figure.value {
                Value::Count(count) => ValueLog::Count(*count),
                Value::Measured(value) => ValueLog::Measured(*value),
                Value::Text(text) => ValueLog::Text(without_port(text.clone())),
            },
            unit: figure.unit,
        }
    }

    fn words(&self) -> String {
        let value = match &self.value {
            ValueLog::Count(count) => count.to_string(),
            ValueLog::Measured(value) => format!("{value:.3}"),
            ValueLog::Text(text) => text.clone(),
        };
        match self.unit {
            "" => value,
            unit => format!("{value} {unit}"),
        }
    }
}

impl Report for BenchLog {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "synfire     {} selftest, {}",
            self.synfire, self.system
        )?;
        match &self.device {
            Some(it) => writeln!(
                out,
                "device      {}, sizes {}, protocol {}, {} MHz",
                it.config,
                it.sizes_hash,
                it.protocol,
                f64::from(it.clock_hz) / 1e6
            )?,
            None => writeln!(out, "device      none has answered")?,
        }
        writeln!(
            out,
            "target      {}, {} bits/s, seed {}",
            self.target, self.baud, self.seed
        )?;
        if let Some(bridge) = self.bridge.words() {
            writeln!(out, "bridge      {bridge}")?;
        }
        for part in &self.parts {
            writeln!(out, "\n{}", part.part)?;
            for figure in &part.figures {
                writeln!(out, "  {:<28} {}", figure.name, figure.words())?;
            }
            if let Some(said) = &part.said {
                writeln!(out, "  {}: {said}", part.verdict)?;
            }
        }
        writeln!(out)?;
        for part in &self.parts {
            let (name, verdict, seconds) = (part.part, part.verdict, part.seconds);
            writeln!(out, "{name:<12}{verdict:<10}{seconds:>8.2} s")?;
        }
        let count = |verdict: &str| self.parts.iter().filter(|it| it.verdict == verdict).count();
        let words = if self.passed { "passed" } else { "FAILED" };
        writeln!(
            out,
            "{words:<12}{} passed, {} failed, {} not here",
            count("passed"),
            count("FAILED"),
            count("not here")
        )
    }
}
