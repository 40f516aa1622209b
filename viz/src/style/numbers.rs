//! Formats the numbers along an axis.

/// The round numbers from `from` to `to`, about `most` of them at most; with `whole`, no fractions.
///
/// ```
/// use viz::style::steps;
///
/// assert_eq!(steps(-0.3, 0.7, 6.0, false), [-0.2, 0.0, 0.2, 0.4, 0.6]);
/// assert_eq!(steps(0.0, 2.0, 6.0, true), [0.0, 1.0, 2.0]);
/// ```
#[must_use]
pub fn steps(from: f64, to: f64, most: f64, whole: bool) -> Vec<f64> {
    let raw = (to - from) / most.max(1.0);
    let raw = if whole { raw.max(1.0) } else { raw };
    if raw <= 0.0 || !raw.is_finite() {
        return vec![from];
    }
    // The cast saturates.
    let exponent = raw.log10().floor() as i32;
    // Dividing by a power of ten gives exactly the decimal number; multiplying by 0.1 does not.
    let at = |index: f64, digit: f64| match exponent {
        0.. => index * digit * 10f64.powi(exponent),
        _ => index * digit / 10f64.powi(-exponent),
    };
    let digit = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|&digit| at(1.0, digit) >= raw * 0.999)
        .unwrap_or(10.0);
    let step = at(1.0, digit);
    let (first, last) = ((from / step).ceil(), (to / step * (1.0 + 1e-12)).floor());
    // Lossless: about `most`.
    let count = (last - first).max(-1.0) as i64 + 1;
    // Adding 0 turns -0 into 0.
    (0..count)
        .map(|index| at(first + index as f64, digit) + 0.0)
        .collect()
}

/// A number without the dust that binary fractions leave, to seven digits.
///
/// ```
/// use viz::style::number;
///
/// assert_eq!(number(0.1 + 0.2), "0.3");
/// assert_eq!(number(1200.0), "1200");
/// assert_eq!(number(2.5e-9), "2.5e-9");
/// ```
#[must_use]
pub fn number(value: f64) -> String {
    of_digits(value, 7)
}

/// A number to four digits, but no whole number rounded: a mean, which nobody reads further.
///
/// ```
/// use viz::style::rough;
///
/// assert_eq!(rough(400.0 / 3.0), "133.3");
/// assert_eq!(rough(123_456.7), "123457");
/// ```
#[must_use]
pub fn rough(value: f64) -> String {
    of_digits(value, 4)
}

fn of_digits(value: f64, count: i32) -> String {
    let magnitude = value.abs();
    if magnitude < 1e-12 {
        return "0".to_owned();
    }
    if !(1e-4..1e9).contains(&magnitude) {
        // Lossless: 3 or 6.
        let decimals = (count - 1) as usize;
        let text = format!("{value:.decimals$e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        return format!("{}e{exponent}", short(digits));
    }
    // Lossless: within the bounds above.
    let decimals = (count - 1 - magnitude.log10().floor() as i32).max(0) as usize;
    short(&format!("{value:.decimals$}")).to_owned()
}

/// Removes trailing zeros.
fn short(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

/// The numbers along one axis: what is next to nothing beside the largest is 0.
#[must_use]
pub fn numbers(values: &[f64]) -> Vec<String> {
    let most = values.iter().map(|it| it.abs()).fold(0.0, f64::max);
    let text = |&value: &f64| {
        let nothing = value.abs() < most * 1e-9;
        number(if nothing { 0.0 } else { value })
    };
    values.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let whole = |to, most| steps(0.0, to, most, true);
        assert_eq!(
            whole(160.0, 12.0),
            [0., 20., 40., 60., 80., 100., 120., 140., 160.]
        );
        assert_eq!(whole(9.0, 5.0), [0., 2., 4., 6., 8.]);
        assert_eq!(whole(0.0, 5.0), [0.]);
        assert_eq!(whole(3.0, 12.0), [0., 1., 2., 3.]);
        assert_eq!(steps(0.0, 0.3, 3.0, false), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(steps(-5.0, 5.0, 4.0, false), [-5.0, 0.0, 5.0]);
        assert_eq!(steps(3.0, 3.0, 4.0, false), [3.0]);
        assert_eq!(steps(3.2, 3.4, 4.0, true), [] as [f64; 0]);
        assert_eq!(steps(0.0, f64::INFINITY, 4.0, false), [0.0]);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(0.30000000000000004), "0.3");
        assert_eq!(number(-0.00000001), "-1e-8");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(1200.0), "1200");
        assert_eq!(number(100.0), "100");
        assert_eq!(number(12_345_678.0), "12345678");
        assert_eq!(number(1e20), "1e20");
        assert_eq!(number(-97.47474747), "-97.47475");
        assert_eq!(numbers(&[-1.0, 1e-13, 1.0]), ["-1", "0", "1"]);
    }
}
