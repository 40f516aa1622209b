//! Reads numbers of ticks, which may be written as times.

use toml::de::DeValue;

use crate::error::{NetworkError, Problem, clip};

use super::reader::{Reader, integer, real};
use super::time::{Time, is_time};

impl Reader<'_> {
    /// A time of the text, and the length of a tick.
    fn quantity(&self, text: &str) -> Result<(Time, Time), Problem> {
        let time = Time::parse(text).ok_or_else(|| Problem::Time { value: clip(text) })?;
        let tick = self
            .tick()
            .ok_or_else(|| Problem::NoTick { value: clip(text) })?;
        Ok((time, tick))
    }

    /// A number of ticks, or a time.
    pub(super) fn time(&self, value: &DeValue<'_>, expected: &'static str) -> Result<f64, Problem> {
        match value {
            DeValue::String(text) if is_time(value) => {
                let (time, tick) = self.quantity(text)?;
                Ok(time.in_ticks(tick))
            }
            _ => real(value, expected),
        }
    }

    /// A whole number of ticks, or a time of as many.
    pub(super) fn ticks(
        &self,
        value: &DeValue<'_>,
        expected: &'static str,
    ) -> Result<i64, Problem> {
        match value {
            DeValue::String(text) if is_time(value) => {
                let (time, tick) = self.quantity(text)?;
                time.whole(tick, text)
            }
            _ => integer(value, expected),
        }
    }

    /// A number of ticks or a time at this key.
    pub(super) fn time_at(&self, key: &str) -> Result<Option<f64>, NetworkError> {
        let read = |value| {
            self.time(value, "a number")
                .map_err(|problem| self.fail(key, problem))
        };
        self.get(key).map(read).transpose()
    }

    /// A whole number of ticks or a time at this key.
    pub(super) fn ticks_at(&self, key: &str) -> Result<Option<i64>, NetworkError> {
        let read = |value| {
            self.ticks(value, "an integer")
                .map_err(|problem| self.fail(key, problem))
        };
        self.get(key).map(read).transpose()
    }
}
