//! Units and labels of time axes.

/// Up to this number of milliseconds, time is shown in milliseconds; beyond it, in seconds.
const MS_MOST: f64 = 100_000.0;

/// A unit of time, and how many of it a tick is.
///
/// ```
/// use viz::style::TimeAxis;
///
/// assert_eq!(TimeAxis::new(Some(1e-4), 500.0).label("time"), "time (ms)");
/// assert_eq!(TimeAxis::new(None, 500.0).label("time"), "time (ticks)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeAxis {
    /// The unit: `ticks`, `ms` or `s`.
    pub unit: &'static str,
    /// Length of a tick in this unit.
    pub per_tick: f64,
}

impl TimeAxis {
    /// The unit for `ticks` ticks of `tick` seconds each: milliseconds, or seconds beyond 100,000
    /// milliseconds; ticks if the length is unknown.
    #[must_use]
    pub fn new(tick: Option<f64>, ticks: f64) -> TimeAxis {
        let Some(tick) = tick else {
            return TimeAxis {
                unit: "ticks",
                per_tick: 1.0,
            };
        };
        if tick * 1e3 * ticks.abs() > MS_MOST {
            TimeAxis {
                unit: "s",
                per_tick: tick,
            }
        } else {
            TimeAxis {
                unit: "ms",
                per_tick: tick * 1e3,
            }
        }
    }

    /// The label of the axis.
    #[must_use]
    pub fn label(&self, what: &str) -> String {
        format!("{what} ({})", self.unit)
    }

    /// Whether only whole numbers of the unit occur.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.unit == "ticks"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_has_the_unit_that_people_read() {
        let short = TimeAxis::new(Some(1e-4), 1000.0);
        assert_eq!((short.unit, short.per_tick), ("ms", 0.1));
        let long = TimeAxis::new(Some(1e-3), 1e6);
        assert_eq!((long.unit, long.per_tick), ("s", 1e-3));
        let unknown = TimeAxis::new(None, 1e6);
        assert_eq!((unknown.unit, unknown.per_tick), ("ticks", 1.0));
        assert!(unknown.whole() && !short.whole());
    }
}
