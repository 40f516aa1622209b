//! Options that several commands share.

use std::fmt;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use spec::CoreConfig;

/// Where the core is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The reference model, in memory.
    Model,
    /// The simulated hardware, in a process of its own.
    Rtl,
    /// A board, or a virtual one, at a serial port.
    Serial(String),
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Target, String> {
        match text.split_once(':') {
            None if text == "model" => Ok(Target::Model),
            None if text == "rtl" => Ok(Target::Rtl),
            Some(("serial", port)) if !port.is_empty() => Ok(Target::Serial(port.to_owned())),
            _ => Err("must be model, rtl or serial:PORT, such as serial:/dev/ttyUSB0".to_owned()),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Model => f.write_str("model"),
            Target::Rtl => f.write_str("rtl"),
            Target::Serial(port) => write!(f, "serial:{port}"),
        }
    }
}

/// Which core to talk to.
#[derive(Debug, Args)]
pub(crate) struct TargetOptions {
    /// The core: model (in memory), rtl (simulated hardware) or serial:PORT (a board)
    #[arg(long, default_value = "model", value_name = "TARGET", help_heading = None)]
    pub(crate) target: Target,
    /// Config of the core [default: up5k, or ecp85_l for networks that learn, or a model as large as
    /// the network needs; for a board: the config of the board]
    #[arg(long, value_name = "NAME", value_parser = config_names(), help_heading = None)]
    pub(crate) config: Option<String>,
    /// Bits per second of a serial port
    #[arg(long, default_value_t = 1_000_000, help_heading = None)]
    pub(crate) baud: u32,
    /// Wait twenty times longer for answers: the port belongs to a simulation
    #[arg(long, help_heading = None)]
    pub(crate) slow: bool,
    /// The config was named, not chosen for a network.
    #[arg(skip)]
    pub(crate) is_named: bool,
    /// Bits that the states of the core must have.
    #[arg(skip)]
    pub(crate) state_bits: Option<u32>,
}

/// The possible values of an option for a config.
pub(crate) fn config_names() -> clap::builder::PossibleValuesParser {
    CoreConfig::ALL.map(|config| config.name.as_str()).into()
}

/// How a summary is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines for people.
    Text,
    /// One JSON object.
    Json,
}

/// How to print.
#[derive(Debug, Args)]
pub(crate) struct FormatOptions {
    /// How to print the summary
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = None)]
    pub(crate) format: Format,
}

/// How long a tick is.
#[derive(Debug, Clone, Args)]
pub(crate) struct TickOption {
    /// Length of a tick, such as 1ms or 0.1ms, for NIR files, which do not contain it, for options and
    /// figures in ms and Hz, and for recordings that count time [default for those: 1ms]
    #[arg(long, value_name = "TIME", value_parser = seconds, help_heading = None)]
    dt: Option<f64>,
}

impl TickOption {
    /// The option's value in seconds.
    pub(crate) const fn seconds(&self) -> Option<f64> {
        self.dt
    }

    /// The length in nanoseconds, or the default.
    pub(crate) fn nanoseconds(&self) -> u64 {
        // The cast saturates after five hundred years.
        self.dt.map_or(1_000_000, |dt| (dt * 1e9).round() as u64)
    }
}

/// Parses a time with its unit, in seconds.
pub(crate) fn seconds(text: &str) -> Result<f64, String> {
    let units = [("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("s", 1.0)];
    let found = units
        .iter()
        .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)));
    let (number, unit) = found.ok_or("must end in s, ms, us or ns")?;
    let number: f64 = number
        .trim()
        .parse()
        .map_err(|_| "must be a number and a unit")?;
    let time = number * unit;
    if time > 0.0 && time.is_finite() {
        Ok(time)
    } else {
        Err("must be greater than 0".to_owned())
    }
}
