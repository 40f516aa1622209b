//! Times with a unit, such as `"20 ms"`.

use toml::de::DeValue;

use crate::error::{Problem, clip};

/// A time in femtoseconds, so that every decimal number of the units below is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time(i128);

/// Units, with the number of decimal digits of a femtosecond in each.
const UNITS: &[(&str, usize)] = &[("s", 15), ("ms", 12), ("us", 9), ("µs", 9), ("ns", 6)];

/// Maximum number of digits before the decimal point.
const DIGITS: usize = 12;

impl Time {
    /// A decimal number and a unit, with or without spaces between them.
    pub(super) fn parse(text: &str) -> Option<Time> {
        let text = text.trim();
        let number = |c: char| c.is_ascii_digit() || "+-.".contains(c);
        let (number, unit) = text.split_at(text.find(|c| !number(c))?);
        let (_, digits) = UNITS.iter().find(|(name, _)| *name == unit.trim_start())?;
        let (sign, number) = match number.strip_prefix('-') {
            Some(number) => (-1, number),
            None => (1, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let part = part.trim_end_matches('0');
        let fits = whole.len() <= DIGITS && part.len() <= *digits;
        if !fits || number.trim_matches('.').is_empty() || !is_number(whole) || !is_number(part) {
            return None;
        }
        let all = format!("{whole}{part:0<digits$}");
        all.parse().ok().map(|value: i128| Time(sign * value))
    }

    /// The length of a tick: a positive time.
    pub(super) fn of_tick(text: &str) -> Result<Time, Problem> {
        let time = Time::parse(text).filter(|time| time.0 > 0);
        time.ok_or_else(|| Problem::Tick { value: clip(text) })
    }

    /// Milliseconds.
    pub(super) fn in_ms(self) -> f64 {
        // The nearest number.
        self.0 as f64 / 1e12
    }

    /// The number of ticks.
    pub(super) fn in_ticks(self, tick: Time) -> f64 {
        // The nearest numbers: a time constant needs no more digits.
        self.0 as f64 / tick.0 as f64
    }

    /// The number of ticks, which must be whole.
    pub(super) fn whole(self, tick: Time, text: &str) -> Result<i64, Problem> {
        let below = self.0.div_euclid(tick.0);
        // A number that does not fit is outside every range.
        let below = i64::try_from(below).unwrap_or(i64::MAX - 1);
        match self.0.rem_euclid(tick.0) {
            0 => Ok(below),
            _ => Err(Problem::Fraction {
                value: clip(text),
                below,
                above: below.saturating_add(1),
            }),
        }
    }
}

/// Whether a text is meant as a time and not as the name of a file.
pub(super) fn is_time(value: &DeValue<'_>) -> bool {
    let DeValue::String(text) = value else {
        return false;
    };
    let starts = text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    starts && !text.ends_with(".npy") && !text.contains(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_numbers_are_exact() {
        let tick = Time::of_tick("0.1 ms").unwrap();
        for tenths in 0..10_000 {
            let text = format!("{}.{} ms", tenths / 10, tenths % 10);
            assert_eq!(Time::parse(&text).unwrap().whole(tick, &text), Ok(tenths));
        }
        for (text, femtoseconds) in [
            ("1s", 10_i128.pow(15)),
            ("-2.5 us", -2_500_000_000),
            ("+.5µs", 500_000_000),
            ("3. ns", 3_000_000),
            ("0.000000000000001 s", 1),
            ("999999999999 s", 999_999_999_999 * 10_i128.pow(15)),
        ] {
            assert_eq!(Time::parse(text), Some(Time(femtoseconds)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "ms",
            "5",
            "5 m",
            "5 MS",
            "1e3 ms",
            "1..5 ms",
            "1.-5 ms",
            "--5 ms",
            ". ms",
            "- ms",
            "5 ms s",
            "0.0000001 ns",
            "1000000000000 s",
            "5 5 ms",
        ] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
        assert!(Time::of_tick("0 ms").is_err() && Time::of_tick("-1 ms").is_err());
    }
}
