//! Times in seconds and rates in Hz, which depend on the length of a tick.

use std::str::FromStr;

use clap::Args;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::UsageError;
use crate::options::{TickOption, seconds};

/// Maximum difference from a whole number of ticks that is attributed to decimal rounding.
const WHOLE: f64 = 1e-6;

/// How often each input spikes at random.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Rate {
    /// Probability of a spike in a tick, 0 to 1.
    PerTick(f64),
    /// Spikes a second.
    Hertz(f64),
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Rate, String> {
        let units = [("kHz", 1e3), ("Hz", 1.0)];
        let found = units
            .iter()
            .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)));
        let (number, size) = found.unwrap_or((text, &1.0));
        let number: f64 = number.trim().parse().map_err(|_| {
            "must be a probability per tick, such as 0.02, or a rate, such as 20Hz".to_owned()
        })?;
        let value = number * size;
        match found {
            Some(_) if value >= 0.0 && value.is_finite() => Ok(Rate::Hertz(value)),
            Some(_) => Err("must be 0 Hz or more".to_owned()),
            None if (0.0..=1.0).contains(&value) => Ok(Rate::PerTick(value)),
            None => Err("must be 0 to 1, or a rate with its unit, such as 20Hz".to_owned()),
        }
    }
}

impl Rate {
    /// The probability of a spike per tick. `option` is the option with the rate.
    pub(crate) fn per_tick(self, option: &str, tick: &TickOption) -> Result<f64, UsageError> {
        let hertz = match self {
            Rate::PerTick(probability) => return Ok(probability),
            Rate::Hertz(hertz) => hertz,
        };
        let dt = known(&format!("{option} {hertz}Hz"), tick)?;
        let probability = hertz * dt;
        if probability <= 1.0 {
            return Ok(probability);
        }
        Err(UsageError(format!(
            "{option} {hertz}Hz is {probability} spikes a tick of {} ms; an input spikes once a \
             tick at most, which is {} Hz",
            milliseconds(dt),
            rounded(1.0 / dt)
        )))
    }
}

/// The probability per tick of an optional rate; 0 by default.
pub(crate) fn probability(rate: Option<Rate>, tick: &TickOption) -> Result<f64, UsageError> {
    rate.map_or(Ok(0.0), |rate| rate.per_tick("--poisson", tick))
}

/// How long: in ticks, or as a time.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(crate) struct Span {
    /// Number of ticks, 1 to 4294967295
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    ticks: Option<u32>,
    /// The same as a time, such as 500ms; needs --dt, the length of a tick
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    time: Option<f64>,
}

impl Span {
    /// The number of ticks, if an option was given.
    pub(crate) fn ticks(&self, tick: &TickOption) -> Result<Option<u32>, UsageError> {
        match self.time {
            Some(time) => whole_ticks(time, tick).map(Some),
            None => Ok(self.ticks),
        }
    }

    /// The number of ticks of a command that requires it.
    pub(crate) fn required(&self, tick: &TickOption) -> Result<u32, UsageError> {
        let missing = || UsageError("say how long: --ticks, or --time with --dt".to_owned());
        self.ticks(tick)?.ok_or_else(missing)
    }
}

/// The number of ticks of a time in seconds, which must be a whole number of them.
pub(crate) fn whole_ticks(time: f64, tick: &TickOption) -> Result<u32, UsageError> {
    let shown = milliseconds(time);
    let dt = known(&format!("--time {shown}ms"), tick)?;
    let ticks = time / dt;
    let whole = ticks.round();
    let length = milliseconds(dt);
    if (ticks - whole).abs() > WHOLE * whole.max(1.0) || whole < 1.0 {
        return Err(UsageError(format!(
            "--time {shown}ms is {} ticks of {length} ms, must be a whole number",
            rounded(ticks)
        )));
    }
    if whole > f64::from(u32::MAX) {
        let most = u32::MAX;
        return Err(UsageError(format!(
            "--time {shown}ms is {whole} ticks of {length} ms, at most {most} can be run"
        )));
    }
    // Lossless: an integer in 1..=u32::MAX.
    Ok(whole as u32)
}

/// The length of a tick in seconds; an error if it is unknown.
fn known(what: &str, tick: &TickOption) -> Result<f64, UsageError> {
    let missing = || {
        UsageError(format!(
            "{what} needs the length of a tick: say it with --dt, for example --dt 1ms"
        ))
    };
    tick.seconds().ok_or_else(missing)
}

/// Seconds as milliseconds, without decimal rounding errors.
pub(crate) fn milliseconds(seconds: f64) -> f64 {
    rounded(seconds * 1e3)
}

/// Rounds to nine digits, which hides errors of binary fractions.
fn rounded(value: f64) -> f64 {
    format!("{value:.8e}").parse().unwrap_or(value)
}

/// Figures of a run in the units of the world.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Timed {
    /// Length of a tick.
    dt_ms: f64,
    /// Length of the run.
    time_ms: f64,
    /// Spikes of a neuron in a second, the mean over all neurons.
    mean_rate_hz: f64,
}

impl Timed {
    /// The time and the rate of this many spikes of this many neurons in this many ticks, if the
    /// length of a tick is known.
    pub(crate) fn of(tick: &TickOption, ticks: u32, spikes: u64, neurons: usize) -> Option<Timed> {
        let dt = tick.seconds()?;
        let time = dt * f64::from(ticks);
        Some(Timed {
            dt_ms: milliseconds(dt),
            time_ms: milliseconds(time),
            mean_rate_hz: rounded(spikes as f64 / neurons.max(1) as f64 / time),
        })
    }

    /// The text after a number of ticks.
    pub(crate) fn after_ticks(timed: Option<Timed>) -> String {
        timed.map_or_else(String::new, |it| format!(" ({} ms)", it.time_ms))
    }

    /// The text after a number of spikes of all neurons.
    pub(crate) fn after_spikes(timed: Option<Timed>) -> String {
        timed.map_or_else(String::new, |it| {
            format!(" (mean rate {:.3} Hz)", it.mean_rate_hz)
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Given {
        #[command(flatten)]
        tick: TickOption,
        #[command(flatten)]
        span: Span,
        #[arg(long)]
        poisson: Option<Rate>,
    }

    fn given(line: &str) -> Given {
        Given::try_parse_from(format!("x {line}").split_whitespace()).unwrap()
    }

    #[test]
    fn rates_are_probabilities_or_hertz() {
        let check = |line: &str, wanted: f64| {
            let given = given(line);
            let found = probability(given.poisson, &given.tick).unwrap();
            assert!((found - wanted).abs() < 1e-12, "{line}: {found}");
        };
        check("", 0.0);
        check("--poisson 0.25", 0.25);
        check("--poisson 0.25 --dt 5ms", 0.25);
        check("--poisson 20Hz --dt 1ms", 0.02);
        check("--poisson 20Hz --dt 0.1ms", 0.002);
        check("--poisson 0.5kHz --dt 2ms", 1.0);
        check("--poisson 0Hz --dt 2ms", 0.0);
        for wrong in [
            "2", "-0.1", "-1Hz", "x", "Hz", "1 mHz", "nan", "nanHz", "infHz",
        ] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
        let refused = |line: &str| {
            let given = given(line);
            let error = probability(given.poisson, &given.tick).unwrap_err();
            error.to_string()
        };
        assert_eq!(
            refused("--poisson 20Hz"),
            "--poisson 20Hz needs the length of a tick: say it with --dt, for example --dt 1ms"
        );
        assert_eq!(
            refused("--poisson 3kHz --dt 1ms"),
            "--poisson 3000Hz is 3 spikes a tick of 1 ms; an input spikes once a tick at most, \
             which is 1000 Hz"
        );
    }

    #[test]
    fn times_are_whole_ticks() {
        let check = |line: &str, wanted: u32| {
            let given = given(line);
            assert_eq!(given.span.required(&given.tick).unwrap(), wanted, "{line}");
        };
        check("--ticks 7", 7);
        check("--time 500ms --dt 1ms", 500);
        check("--time 0.5s --dt 0.1ms", 5000);
        check("--time 300us --dt 0.1ms", 3);
        check("--time 4294967295ms --dt 1ms", u32::MAX);
        let refused = |line: &str, wanted: &str| {
            let given = given(line);
            let error = given.span.required(&given.tick).unwrap_err().to_string();
            assert!(error.contains(wanted), "{line}: {error}");
        };
        refused("", "say how long");
        refused("--time 5ms", "--time 5ms needs the length of a tick");
        refused(
            "--time 5ms --dt 2ms",
            "is 2.5 ticks of 2 ms, must be a whole number",
        );
        refused("--time 0.4ms --dt 1ms", "is 0.4 ticks");
        refused("--time 4294967296ms --dt 1ms", "at most 4294967295");
    }

    #[test]
    fn figures_are_in_milliseconds_and_hertz() {
        let timed = Timed::of(&given("--dt 0.1ms").tick, 1000, 30, 10);
        assert_eq!(Timed::after_ticks(timed), " (100 ms)");
        assert_eq!(Timed::after_spikes(timed), " (mean rate 30.000 Hz)");
        let unknown = Timed::of(&given("").tick, 1000, 30, 10);
        assert_eq!(
            Timed::after_ticks(unknown) + &Timed::after_spikes(unknown),
            ""
        );
    }
}
