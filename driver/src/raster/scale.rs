//! Numbers along an axis.

/// Maps `0..=extent` to a stretch of the picture.
pub(super) struct Scale {
    start: f64,
    per_unit: f64,
}

impl Scale {
    pub(super) fn new(extent: f64, start: f64, length: f64) -> Scale {
        Scale {
            start,
            per_unit: length / extent,
        }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        self.start + value * self.per_unit
    }

    /// How far from the start of the stretch a value is.
    pub(super) fn distance(&self, value: f64) -> f64 {
        self.at(value) - self.start
    }

    pub(super) const fn per_unit(&self) -> f64 {
        self.per_unit
    }
}

/// 0 and its round multiples up to `last`, about `most` of them at most.
pub(super) fn steps(last: f64, most: f64) -> impl Iterator<Item = f64> {
    let raw = (last / most).max(1.0);
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|&step| step >= raw * 0.999)
        .unwrap_or(10.0 * power);
    (0u32..)
        .map(move |index| f64::from(index) * step)
        .take_while(move |&value| value <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(
            steps(160.0, 12.0).collect::<Vec<_>>(),
            [0., 20., 40., 60., 80., 100., 120., 140., 160.]
        );
        assert_eq!(steps(9.0, 5.0).collect::<Vec<_>>(), [0., 2., 4., 6., 8.]);
        assert_eq!(steps(0.0, 5.0).collect::<Vec<_>>(), [0.]);
        assert_eq!(steps(3.0, 12.0).collect::<Vec<_>>(), [0., 1., 2., 3.]);
    }
}
