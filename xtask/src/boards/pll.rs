//! From the oscillator's frequency to the core's, exactly or not at all.
//!
//! The UART divides the core's clock, so a clock that is nearly right is a baud rate that is nearly
//! right; no board needs that. Limits are those of Lattice's data sheets: FPGA-DS-02029 and
//! FPGA-TN-02052 for the iCE40, FPGA-DS-02012 and FPGA-TN-02200 for the ECP5.

use anyhow::{Result, bail};

use super::Family;

/// A range of frequencies, in Hz.
type Range = std::ops::RangeInclusive<u64>;

/// The dividers of a PLL that makes one frequency from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pll {
    /// Of the oscillator.
    pub(crate) input_hz: u32,
    /// Of the core.
    pub(crate) output_hz: u32,
    /// How it is done.
    pub(crate) dividers: Dividers,
}

/// The dividers of each family's PLL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dividers {
    /// SB_PLL40: output = input / (divr + 1) * (divf + 1) / 2^divq.
    Ice40 {
        /// Divides the input, less one.
        divr: u8,
        /// Divides the feedback, less one.
        divf: u8,
        /// Divides the output, as a power of two.
        divq: u8,
        /// For the range of what the phase detector sees.
        filter_range: u8,
    },
    /// EHXPLLL, feedback from its output: output = input / input divider * feedback divider.
    Ecp5 {
        /// CLKI_DIV.
        input: u8,
        /// CLKFB_DIV.
        feedback: u8,
        /// CLKOP_DIV.
        output: u8,
    },
}

impl Pll {
    /// The PLL of a `family`.
    pub(super) fn new(family: Family, input_hz: u32, output_hz: u32) -> Result<Pll> {
        let candidates = match family {
            Family::Ice40 => ice40(u64::from(input_hz)),
            Family::Ecp5 => ecp5(u64::from(input_hz)),
        };
        let off = |hz: u64| hz.abs_diff(u64::from(output_hz));
        // The first of the best: candidates come in the order of preference.
        match candidates
            .iter()
            .min_by_key(|(ratio, _)| ratio.nearness(off))
        {
            Some((ratio, dividers)) if ratio.is(u64::from(output_hz)) => Ok(Pll {
                input_hz,
                output_hz,
                dividers: *dividers,
            }),
            Some((ratio, _)) => bail!(
                "the PLL cannot make {output_hz} Hz from {input_hz} Hz; the nearest is {} Hz",
                ratio.hz()
            ),
            None => bail!("the PLL does not run from {input_hz} Hz"),
        }
    }
}

/// A frequency as a fraction.
#[derive(Debug, Clone, Copy)]
struct Ratio {
    numerator: u64,
    denominator: u64,
}

impl Ratio {
    fn hz(self) -> u64 {
        self.numerator / self.denominator
    }

    fn is(self, hz: u64) -> bool {
        self.numerator == hz * self.denominator
    }

    /// How far off, and last whether not exactly there.
    fn nearness(self, off: impl Fn(u64) -> u64) -> (u64, bool) {
        (
            off(self.hz()),
            !self.numerator.is_multiple_of(self.denominator),
        )
    }
}

/// All that the iCE40's PLL can do, the fastest phase detector first.
fn ice40(input: u64) -> Vec<(Ratio, Dividers)> {
    const DETECTOR: Range = 10_000_000..=133_000_000;
    const OSCILLATOR: Range = 533_000_000..=1_066_000_000;
    let mut all = Vec::new();
    for divr in 0..16_u8 {
        let detector = input / (u64::from(divr) + 1);
        if !DETECTOR.contains(&detector) {
            continue;
        }
        for divf in 0..128_u8 {
            let multiplied = input * (u64::from(divf) + 1);
            if !OSCILLATOR.contains(&(multiplied / (u64::from(divr) + 1))) {
                continue;
            }
            for divq in 1..7_u8 {
                let ratio = Ratio {
                    numerator: multiplied,
                    denominator: (u64::from(divr) + 1) << divq,
                };
                let filter_range = filter_range(detector);
                let dividers = Dividers::Ice40 {
                    divr,
                    divf,
                    divq,
                    filter_range,
                };
                all.push((ratio, dividers));
            }
        }
    }
    all
}

/// The loop filter for what the phase detector sees.
fn filter_range(detector_hz: u64) -> u8 {
    const BOUNDS_MHZ: [u64; 5] = [17, 26, 44, 66, 101];
    let above = |&&bound: &&u64| detector_hz >= bound * 1_000_000;
    1 + BOUNDS_MHZ.iter().filter(above).count() as u8
}

/// All that the ECP5's PLL can do, the fastest phase detector first, then the oscillator that is
/// nearest to the middle of its range.
fn ecp5(input: u64) -> Vec<(Ratio, Dividers)> {
    const DETECTOR: Range = 3_125_000..=400_000_000;
    const OSCILLATOR: Range = 400_000_000..=800_000_000;
    const MIDDLE: u64 = 600_000_000;
    let mut all = Vec::new();
    for input_divider in 1..=128_u8 {
        if !DETECTOR.contains(&(input / u64::from(input_divider))) {
            continue;
        }
        for feedback in 1..=80_u8 {
            let ratio = Ratio {
                numerator: input * u64::from(feedback),
                denominator: u64::from(input_divider),
            };
            let oscillator = |output: u8| ratio.hz() * u64::from(output);
            let output = (1..=128_u8)
                .filter(|output| OSCILLATOR.contains(&oscillator(*output)))
                .min_by_key(|output| oscillator(*output).abs_diff(MIDDLE));
            let Some(output) = output else { continue };
            let dividers = Dividers::Ecp5 {
                input: input_divider,
                feedback,
                output,
            };
            all.push((ratio, dividers));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const MHZ: u32 = 1_000_000;

    /// What icepll says for the same frequencies.
    #[test]
    fn ice40_dividers_are_those_of_icepll() {
        for (input, output, divf, divq) in [(12, 60, 79, 4), (12, 24, 63, 5), (12, 30, 79, 5)] {
            let pll = Pll::new(Family::Ice40, input * MHZ, output * MHZ).unwrap();
            let dividers = Dividers::Ice40 {
                divr: 0,
                divf,
                divq,
                filter_range: 1,
            };
            assert_eq!(pll.dividers, dividers, "{output} MHz");
        }
    }

    /// What ecppll says for the same frequencies.
    #[test]
    fn ecp5_dividers_are_those_of_ecppll() {
        for (output, feedback, divider) in [(60, 12, 10), (80, 16, 7)] {
            let pll = Pll::new(Family::Ecp5, 25 * MHZ, output * MHZ).unwrap();
            let dividers = Dividers::Ecp5 {
                input: 5,
                feedback,
                output: divider,
            };
            assert_eq!(pll.dividers, dividers, "{output} MHz");
        }
    }

    #[test]
    fn a_frequency_that_cannot_be_made_is_refused_with_the_nearest() {
        let error = Pll::new(Family::Ice40, 12 * MHZ, 28 * MHZ).unwrap_err();
        let message = error.to_string();
        assert!(message.contains("nearest is 28125000 Hz"), "{message}");
        assert!(Pll::new(Family::Ice40, 5 * MHZ, 24 * MHZ).is_err());
    }

    #[test]
    fn what_is_granted_is_exact_and_in_range() {
        for output in 16..=100 {
            let Ok(pll) = Pll::new(Family::Ice40, 12 * MHZ, output * MHZ) else {
                continue;
            };
            let Dividers::Ice40 {
                divr, divf, divq, ..
            } = pll.dividers
            else {
                panic!("{pll:?}")
            };
            let (divr, divf) = (u64::from(divr), u64::from(divf));
            let oscillator = 12_000_000 * (divf + 1) / (divr + 1);
            assert!((533_000_000..=1_066_000_000).contains(&oscillator));
            assert_eq!(
                12_000_000 * (divf + 1),
                (u64::from(output * MHZ) * (divr + 1)) << divq
            );
        }
    }
}
