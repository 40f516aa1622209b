//! Computes the PLL settings from the oscillator's frequency to exactly the core's frequency, or
//! fails.
//!
//! The UART divides the core's clock, so an inexact clock gives an inexact baud rate; no board
//! needs that. A PLL outside of its limits may run without ever reporting a lock, and the device
//! would wait forever; [`limits`] holds the limits from Lattice's tables.

use anyhow::{Context, Result, bail, ensure};

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
    /// The dividers.
    pub(crate) dividers: Dividers,
}

/// The dividers of each family's PLL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dividers {
    /// SB_PLL40: output = input / (divr + 1) * (divf + 1) / 2^divq.
    Ice40 {
        /// Divider of the input, minus one.
        divr: u8,
        /// Divider of the feedback, minus one.
        divf: u8,
        /// Divides the output, as a power of two.
        divq: u8,
        /// The setting of the loop filter for the phase detector's frequency.
        filter_range: u8,
    },
    /// EHXPLLL: output = input / input divider * feedback divider * loop divider / output divider.
    Ecp5 {
        /// CLKI_DIV.
        input: u8,
        /// CLKFB_DIV.
        feedback: u8,
        /// CLKOP_DIV: the core's clock.
        output: u8,
        /// CLKOS_DIV, if CLKOS is the feedback and has no other use; `None` if CLKOP is fed back.
        fed_back: Option<u8>,
    },
}

/// The limits of a data sheet, in Hz.
struct Limits {
    /// The input.
    input: Range,
    /// The phase detector: the input after its divider.
    detector: Range,
    /// The voltage-controlled oscillator.
    oscillator: Range,
    /// The outputs, including the feedback.
    output: Range,
}

/// The limits in the tables "sysCLOCK PLL Timing" of Lattice's data sheets.
fn limits(family: Family) -> Limits {
    match family {
        // FPGA-DS-02029 (HX) and FPGA-DS-02008 (UltraPlus), with equal limits; FPGA-TN-02052
        // explains the dividers.
        Family::Ice40 => Limits {
            input: 10_000_000..=133_000_000,
            detector: 10_000_000..=133_000_000,
            oscillator: 533_000_000..=1_066_000_000,
            output: 16_000_000..=275_000_000,
        },
        // FPGA-DS-02012; FPGA-TN-02200 explains the dividers.
        Family::Ecp5 => Limits {
            input: 8_000_000..=400_000_000,
            detector: 10_000_000..=400_000_000,
            oscillator: 400_000_000..=800_000_000,
            output: 3_125_000..=400_000_000,
        },
    }
}

impl Pll {
    /// The PLL of a `family`.
    pub(super) fn new(family: Family, input_hz: u32, output_hz: u32) -> Result<Pll> {
        let limits = limits(family);
        ensure!(
            limits.input.contains(&u64::from(input_hz)),
            "the PLL runs from {} to {} Hz, not from {input_hz} Hz",
            limits.input.start(),
            limits.input.end()
        );
        let candidates = match family {
            Family::Ice40 => ice40(u64::from(input_hz), &limits),
            Family::Ecp5 => ecp5(u64::from(input_hz), &limits),
        };
        let off = |hz: u64| hz.abs_diff(u64::from(output_hz));
        // The first of the best candidates, because candidates are sorted by preference.
        let (ratio, dividers) = candidates
            .iter()
            .min_by_key(|(ratio, _)| ratio.nearness(off))
            .with_context(|| format!("the PLL does not run from {input_hz} Hz"))?;
        if !ratio.is(u64::from(output_hz)) {
            bail!(
                "the PLL cannot make {output_hz} Hz from {input_hz} Hz; the nearest is {} Hz",
                ratio.hz()
            );
        }
        Ok(Pll {
            input_hz,
            output_hz,
            dividers: *dividers,
        })
    }
}

/// A frequency as a fraction.
#[derive(Debug, Clone, Copy)]
struct Ratio {
    numerator: u64,
    denominator: u64,
}

impl Ratio {
    fn new(numerator: u64, denominator: u64) -> Ratio {
        Ratio {
            numerator,
            denominator,
        }
    }

    fn hz(self) -> u64 {
        self.numerator / self.denominator
    }

    fn is(self, hz: u64) -> bool {
        self.numerator == hz * self.denominator
    }

    fn is_within(self, range: &Range) -> bool {
        self.numerator >= range.start() * self.denominator
            && self.numerator <= range.end() * self.denominator
    }

    fn times(self, factor: u64) -> Ratio {
        Ratio::new(self.numerator * factor, self.denominator)
    }

    fn over(self, divider: u64) -> Ratio {
        Ratio::new(self.numerator, self.denominator * divider)
    }

    /// The distance from the wanted frequency, and whether it is not exactly equal.
    fn nearness(self, off: impl Fn(u64) -> u64) -> (u64, bool) {
        (
            off(self.hz()),
            !self.numerator.is_multiple_of(self.denominator),
        )
    }
}

/// All settings of the iCE40's PLL, the fastest phase detector first.
fn ice40(input: u64, limits: &Limits) -> Vec<(Ratio, Dividers)> {
    let mut all = Vec::new();
    for divr in 0..16_u8 {
        let detector = Ratio::new(input, u64::from(divr) + 1);
        if !detector.is_within(&limits.detector) {
            continue;
        }
        for divf in 0..128_u8 {
            let oscillator = detector.times(u64::from(divf) + 1);
            if !oscillator.is_within(&limits.oscillator) {
                continue;
            }
            for divq in 1..7_u8 {
                let output = oscillator.over(1 << divq);
                if !output.is_within(&limits.output) {
                    continue;
                }
                let dividers = Dividers::Ice40 {
                    divr,
                    divf,
                    divq,
                    filter_range: filter_range(detector.hz()),
                };
                all.push((output, dividers));
            }
        }
    }
    all
}

/// The setting of the loop filter for a phase detector at this frequency.
fn filter_range(detector_hz: u64) -> u8 {
    const BOUNDS_MHZ: [u64; 5] = [17, 26, 44, 66, 101];
    let above = |&&bound: &&u64| detector_hz >= bound * 1_000_000;
    1 + BOUNDS_MHZ.iter().filter(above).count() as u8
}

/// All settings of the ECP5's PLL: the fastest phase detector first; then the oscillator nearest to
/// the middle of its range, of two equally near ones the faster; then the output itself as feedback
/// before CLKOS.
fn ecp5(input: u64, limits: &Limits) -> Vec<(Ratio, Dividers)> {
    const MIDDLE: u64 = 600_000_000;
    let mut all = Vec::new();
    for input_divider in 1..=128_u8 {
        let detector = Ratio::new(input, input_divider.into());
        if !detector.is_within(&limits.detector) {
            continue;
        }
        let mut oscillators: Vec<_> = (1..=limits.oscillator.end() / detector.hz())
            .map(|factor| (factor, detector.times(factor)))
            .filter(|(_, oscillator)| oscillator.is_within(&limits.oscillator))
            .collect();
        oscillators.sort_by_key(|(_, it)| (it.hz().abs_diff(MIDDLE), std::cmp::Reverse(it.hz())));
        for (factor, oscillator) in oscillators {
            for output_divider in 1..=128_u8 {
                let output = oscillator.over(output_divider.into());
                if !output.is_within(&limits.output) {
                    continue;
                }
                if let Some((feedback, fed_back)) =
                    loop_of(factor, output_divider, oscillator, limits)
                {
                    let dividers = Dividers::Ecp5 {
                        input: input_divider,
                        feedback,
                        output: output_divider,
                        fed_back,
                    };
                    all.push((output, dividers));
                }
            }
        }
    }
    all
}

/// The division of the ECP5's oscillator by `factor` before the phase detector: CLKFB_DIV, and
/// CLKOS_DIV if CLKOP with its divider cannot be fed back. CLKOS is then as slow as possible, but
/// not slower than CLKOP.
fn loop_of(
    factor: u64,
    output_divider: u8,
    oscillator: Ratio,
    limits: &Limits,
) -> Option<(u8, Option<u8>)> {
    const LARGEST: u64 = 80;
    let feedback = |fed_back: u8| {
        let divider = factor / u64::from(fed_back);
        let whole = factor.is_multiple_of(fed_back.into()) && divider <= LARGEST;
        let slow = oscillator.over(fed_back.into()).is_within(&limits.output);
        (whole && slow)
            .then(|| u8::try_from(divider).ok())
            .flatten()
    };
    if let Some(feedback) = feedback(output_divider) {
        return Some((feedback, None));
    }
    let fed_back = |divider: u8| Some((feedback(divider)?, Some(divider)));
    (1..output_divider).rev().find_map(fed_back)
}

#[cfg(test)]
mod tests;
