//! The values of a sweep, such as `50..150:10` or `1,2,5`, and all combinations of several
//! settings.

use network::Setting;

use crate::exit::UsageError;

/// Maximum number of points of a grid.
pub(super) const POINTS_MAX: usize = 100_000;
/// Maximum number of decimals of a number in a range.
const DIGITS_MAX: usize = 9;

/// A setting with several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    /// The setting with the first value.
    pub(super) setting: Setting,
    /// The values as text, in order.
    pub(super) values: Vec<String>,
}

/// The settings that are equal at all points, and the swept ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) fixed: Vec<Setting>,
    pub(super) axes: Vec<Axis>,
}

impl Grid {
    /// The grid of these settings; those with several values are its axes.
    pub(super) fn new(settings: &[Setting]) -> Result<Grid, UsageError> {
        let (mut fixed, mut axes) = (Vec::new(), Vec::<Axis>::new());
        let mut count: usize = 1;
        for setting in settings {
            let Some(values) = values(setting)? else {
                fixed.push(setting.clone());
                continue;
            };
            let same = |axis: &&Axis| axis.setting.what() == setting.what();
            if let Some(axis) = axes.iter().find(same) {
                let before = axis.setting.with(axis.values.join(","));
                return Err(UsageError(format!(
                    "{before} and {setting} set the same thing; give one of them"
                )));
            }
            count = count.saturating_mul(values.len());
            if count > POINTS_MAX {
                return Err(UsageError(format!(
                    "the grid has {count} points or more, may have {POINTS_MAX}"
                )));
            }
            let setting = setting.with(values.first().cloned().unwrap_or_default());
            axes.push(Axis { setting, values });
        }
        if axes.is_empty() {
            return Err(UsageError(
                "nothing is swept: give a --set a range such as hidden.threshold=50..150:10, or a \
                 list such as 1,2,5"
                    .to_owned(),
            ));
        }
        Ok(Grid { fixed, axes })
    }

    /// Number of points.
    pub(super) fn len(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// The values of a point on each axis; the last axis varies fastest.
    pub(super) fn values(&self, mut point: usize) -> Vec<&str> {
        let mut values: Vec<&str> = Vec::new();
        for axis in self.axes.iter().rev() {
            let at = point % axis.values.len();
            point /= axis.values.len();
            values.push(&axis.values[at]);
        }
        values.reverse();
        values
    }

    /// The index of the point with these values, if there is one.
    pub(super) fn point(&self, values: &[&str]) -> Option<usize> {
        let mut point = 0;
        for (axis, value) in self.axes.iter().zip(values) {
            let at = axis.values.iter().position(|it| it == value)?;
            point = point * axis.values.len() + at;
        }
        Some(point)
    }

    /// All settings of a point.
    pub(super) fn settings(&self, point: usize) -> Vec<Setting> {
        let swept = self.axes.iter().zip(self.values(point));
        let swept = swept.map(|(axis, value)| axis.setting.with(value));
        self.fixed.iter().cloned().chain(swept).collect()
    }
}

/// The values of a setting, if it has several.
fn values(setting: &Setting) -> Result<Option<Vec<String>>, UsageError> {
    let text = setting.value();
    // A list in brackets or a string is a single value of the network file.
    if text.starts_with(['[', '"', '\'', '{']) {
        return Ok(None);
    }
    if text.contains("..") {
        return range(setting).map(Some);
    }
    if !text.contains(',') {
        return Ok(None);
    }
    let values: Vec<String> = text.split(',').map(|it| it.trim().to_owned()).collect();
    for (at, value) in values.iter().enumerate() {
        if value.is_empty() {
            return Err(UsageError(format!("--set {setting}: value {at} is empty")));
        }
        let number = value.parse::<f64>().ok();
        let same =
            |it: &&String| *it == value || number.is_some_and(|number| it.parse() == Ok(number));
        if let Some(before) = values[..at].iter().find(same) {
            return Err(UsageError(if before == value {
                format!("--set {setting}: {value} stands there twice")
            } else {
                format!("--set {setting}: {before} and {value} are the same value")
            }));
        }
    }
    Ok(Some(values))
}

/// `start..end:step`, both ends included.
fn range(setting: &Setting) -> Result<Vec<String>, UsageError> {
    let fail = |why: &str| UsageError(format!("--set {setting}: {why}"));
    let form = "must be START..END:STEP in numbers, such as 50..150:10 or 0.5..2:0.25";
    let (ends, step) = match setting.value().split_once(':') {
        Some((ends, step)) => (ends, step),
        None => (setting.value(), "1"),
    };
    let (start, end) = ends.split_once("..").ok_or_else(|| fail(form))?;
    // Computed in integer multiples of the finest decimal, so that the values are exactly those in
    // the table.
    let texts = [start.trim(), end.trim(), step.trim()];
    let digits = |text: &str| text.split_once('.').map_or(0, |(_, after)| after.len());
    let digits = texts.into_iter().map(digits).max().unwrap_or(0);
    if digits > DIGITS_MAX {
        return Err(fail(&format!(
            "numbers have at most {DIGITS_MAX} digits after the point"
        )));
    }
    let mut numbers = [0_i64; 3];
    for (number, text) in numbers.iter_mut().zip(texts) {
        *number = scaled(text, digits).ok_or_else(|| fail(form))?;
    }
    let [start, end, step] = numbers;
    if step == 0 {
        return Err(fail("the step is 0"));
    }
    if (end - start).signum() * step.signum() < 0 {
        return Err(fail("the step leads away from the end"));
    }
    // Lossless: not negative.
    let count = ((end - start) / step) as u64 + 1;
    if count > POINTS_MAX as u64 {
        return Err(fail(&format!("has {count} values, may have {POINTS_MAX}")));
    }
    let values = (0..count as i64).map(|at| written(start + at * step, digits));
    Ok(values.collect())
}

/// A decimal number in units of 10^-digits, if it is valid and below 10^15 units.
fn scaled(text: &str, digits: usize) -> Option<i64> {
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, after) = magnitude.split_once('.').unwrap_or((magnitude, ""));
    let is_number = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(after) {
        return None;
    }
    let number: i64 = format!("{whole}{after:0<digits$}").parse().ok()?;
    let number = if negative { -number } else { number };
    (number.abs() < 1_000_000_000_000_000).then_some(number)
}

/// The number as text, without trailing zeros.
fn written(number: i64, digits: usize) -> String {
    if digits == 0 {
        return number.to_string();
    }
    let unit = 10_u64.pow(digits as u32);
    let sign = if number < 0 { "-" } else { "" };
    let magnitude = number.unsigned_abs();
    let (whole, after) = (magnitude / unit, magnitude % unit);
    let text = format!("{sign}{whole}.{after:0digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Result<Option<Vec<String>>, String> {
        let setting: Setting = format!("a.b={value}").parse().unwrap();
        values(&setting).map_err(|error| error.to_string())
    }

    #[test]
    fn ranges_and_lists_are_several_values() {
        let cases: &[(&str, &[&str])] = &[
            ("50..90:10", &["50", "60", "70", "80", "90"]),
            ("50..95:20", &["50", "70", "90"]),
            ("3..5", &["3", "4", "5"]),
            ("5..3:-1", &["5", "4", "3"]),
            ("-1..1:0.5", &["-1", "-0.5", "0", "0.5", "1"]),
            ("0.1..0.3:0.1", &["0.1", "0.2", "0.3"]),
            ("7..7:3", &["7"]),
            ("1, 2,5", &["1", "2", "5"]),
            ("subtract,to_v_reset", &["subtract", "to_v_reset"]),
        ];
        for (value, expected) in cases {
            assert_eq!(of(value).unwrap().unwrap(), *expected, "{value}");
        }
        for one in ["7", "-0.5", "subtract", "[1,2,3]", "\"a,b\"", "x.npy"] {
            assert_eq!(of(one).unwrap(), None, "{one}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_range_is_said() {
        let cases = [
            ("50..150:0", "a.b=50..150:0: the step is 0"),
            ("50..40:5", "the step leads away from the end"),
            ("50..", "must be START..END:STEP"),
            ("a..b:c", "must be START..END:STEP"),
            ("0..1:0.0000000001", "at most 9 digits"),
            ("0..1000000:1", "has 1000001 values, may have 100000"),
            ("99999999999999999999..1", "must be START..END:STEP"),
            ("1,,2", "value 1 is empty"),
            ("1,2,1", "1 stands there twice"),
            ("10,10.0", "10 and 10.0 are the same value"),
        ];
        for (value, expected) in cases {
            let error = of(value).unwrap_err();
            assert!(error.contains(expected), "{value}: {error}");
        }
    }

    #[test]
    fn a_grid_has_every_combination_once() {
        let settings = ["a.x=1..3:1", "b.y=5", "a.z=u,v"];
        let settings: Vec<Setting> = settings.iter().map(|it| it.parse().unwrap()).collect();
        let grid = Grid::new(&settings).unwrap();
        assert_eq!(grid.len(), 6);
        assert_eq!(grid.values(0), ["1", "u"]);
        assert_eq!(grid.values(5), ["3", "v"]);
        for point in 0..6 {
            assert_eq!(grid.point(&grid.values(point)), Some(point));
        }
        assert_eq!(grid.point(&["4", "u"]), None);
        let said: Vec<String> = grid.settings(3).iter().map(ToString::to_string).collect();
        assert_eq!(said, ["b.y=5", "a.x=2", "a.z=v"]);
        assert!(Grid::new(&settings[1..2]).is_err());
        let large = ["a.x=1..1000:1", "a.y=1..1000:1"];
        let large: Vec<Setting> = large.iter().map(|it| it.parse().unwrap()).collect();
        assert!(
            Grid::new(&large)
                .unwrap_err()
                .to_string()
                .contains("1000000 points")
        );
    }
}
