//! The integer arithmetic of the core: signed values that saturate and never wrap.
//!
//! Every function here is total. Values are held in `i32`. A potential is clamped to plus or minus
//! [`Sizes::state_max`](crate::Sizes::state_max) wherever it is stored, a current to plus or
//! minus [`Sizes::sum_max`](crate::Sizes::sum_max) by each addition, and to the bits of the
//! state once a tick ([`narrow`]).

/// Code of an absent synapse: it adds nothing and never learns.
pub const ABSENT: i8 = i8::MIN;

/// Largest weight of a synapse; the smallest is its negative.
pub const WEIGHT_MAX: i8 = i8::MAX;

/// Largest magnitude that a spike adds through one synapse: the largest weight times 2^7.
pub const CONTRIBUTION_MAX: i32 = (WEIGHT_MAX as i32) << 7;

/// Fractional bits of a decay factor.
pub const DECAY_BITS: u32 = 12;

/// Bits of the second factor of a square.
pub const SQUARE_BITS: u32 = 13;

/// The factor without decay, and the largest allowed factor.
pub const NO_DECAY: u16 = 1 << DECAY_BITS;

/// The linear leak that reaches the reset potential in one tick from any potential.
pub const LEAK_ALL: u16 = 8191;

/// `value` clamped to `-max..=max`.
#[must_use]
pub fn saturate(value: i64, max: i32) -> i32 {
    let max = i64::from(max);
    // Lossless: between -max and max.
    value.clamp(-max, max) as i32
}

/// The two's complement number of `bits` bits that is nearest to `value`. A neuron integrates its
/// summed current in this form.
///
/// The smallest result is -2^(bits-1), one less than the smallest result of [`saturate`]. A value
/// that already fits into `bits` bits is therefore never changed, not even a value that a host
/// wrote.
#[must_use]
pub fn narrow(value: i32, bits: u32) -> i32 {
    let max = (1 << (bits - 1)) - 1;
    value.clamp(-max - 1, max)
}

/// `x` after one tick of exponential decay: `sign(x) * ((|x| * factor) >> 12)`.
///
/// Rounds toward zero, so every state eventually reaches 0 if `factor` < 4096. `factor` = 4096 - d
/// for Loihi's 12-bit decay d; factors of 4096 and above leave `x` unchanged.
#[must_use]
pub fn decay(x: i32, factor: u16) -> i32 {
    if factor >= NO_DECAY {
        return x;
    }
    // Computed in two parts of at most 15 bits, for which every processor has vector
    // multiplications. The fraction is lost in the lower part only.
    let (magnitude, factor) = (x.unsigned_abs(), u32::from(factor) & 0xfff);
    let high = ((magnitude >> DECAY_BITS) & 0x7fff) * factor;
    let low = ((magnitude & 0xfff) * factor) >> DECAY_BITS;
    // Lossless: the factor is below 4096, so the magnitude is smaller.
    let magnitude = (high + low) as i32;
    if x < 0 { -magnitude } else { magnitude }
}

/// A quadratic neuron's potential after a tick, before currents are added: `v + floor(|v| w / 2^12)`,
/// where `w` is `|v|` or, if `fine`, `floor(|v| / 16)`. It is the largest potential of `bits` bits if `w`
/// has more than 13 bits or `|v|` is at least `2^(bits - 2)`.
///
/// With a unit of `dt 0.04 * 2^12` per mV (`2^16` if fine) this is `v + dt 0.04 v^2` of E. M. Izhikevich,
/// *Simple model of spiking neurons*, IEEE Transactions on Neural Networks 14(6), 2003, with `v`
/// counted from the vertex of the parabola at -62.5 mV and `dt` in ms.
#[must_use]
pub fn square(v: i32, fine: bool, bits: u32) -> i32 {
    let magnitude = v.unsigned_abs();
    let factor = if fine { magnitude >> 4 } else { magnitude };
    if factor >> SQUARE_BITS != 0 || magnitude >> (bits - 2) != 0 {
        return (1 << (bits - 1)) - 1;
    }
    // The product needs more than 32 bits, and what is left of it fewer.
    v + ((u64::from(magnitude) * u64::from(factor)) >> DECAY_BITS) as i32
}

/// `v` moved toward `rest` by at most `leak`; [`LEAK_ALL`] moves it to `rest` at once.
#[must_use]
pub fn leak_toward(v: i32, rest: i32, leak: u16) -> i32 {
    let distance = i64::from(rest) - i64::from(v);
    if leak == LEAK_ALL || distance.abs() <= i64::from(leak) {
        rest
    } else if distance > 0 {
        v + i32::from(leak)
    } else {
        v - i32::from(leak)
    }
}

/// The contribution of one synapse to a current for one spike: `weight << exponent`, or 0 if the
/// synapse is absent. The exponent is 0..=7.
#[must_use]
pub fn contribution(weight: i8, exponent: u32) -> i32 {
    let present = if weight == ABSENT { 0 } else { weight };
    // Computed in 16 bits, which hold the largest contribution, so that a vector has twice as many.
    i32::from(i16::from(present) << exponent)
}

/// The factor for a time constant of `tau` ticks: `round(4096 exp(-1 / tau))`.
///
/// `None` if `tau` is not a positive finite number.
#[must_use]
pub fn decay_of_tau(tau: f64) -> Option<u16> {
    if !(tau.is_finite() && tau > 0.0) {
        return None;
    }
    // Lossless: the exponential lies in 0..=1.
    Some((f64::from(NO_DECAY) * (-1.0 / tau).exp()).round() as u16)
}

/// The low `bits` bits of `value` as a two's complement number.
#[must_use]
pub const fn sign_extend(value: u32, bits: u32) -> i32 {
    let unused = 32 - bits;
    ((value << unused) as i32) >> unused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decay_rounds_toward_zero() {
        // 100 * 4000 / 4096 = 97.66
        assert_eq!(decay(100, 4000), 97);
        assert_eq!(decay(-100, 4000), -97);
        assert_eq!(decay(1, 4095), 0);
        assert_eq!(decay(-1, 4095), 0);
    }

    #[test]
    fn decay_keeps_all_or_nothing() {
        assert_eq!(decay(-32_767, 4096), -32_767);
        assert_eq!(decay(-32_768, 8191), -32_768);
        assert_eq!(decay(32_767, 0), 0);
        assert_eq!(decay(-32_768, 2048), -16_384);
    }

    #[test]
    fn decay_is_the_product_shifted() {
        for x in (-8_388_608..=8_388_607).step_by(997) {
            for factor in (0..4096).step_by(113) {
                let magnitude = (i64::from(x).abs() * i64::from(factor)) >> 12;
                assert_eq!(
                    i64::from(decay(x, factor)),
                    magnitude * i64::from(x.signum())
                );
            }
        }
    }

    #[test]
    fn every_potential_comes_to_rest() {
        let mut v = 8_388_607;
        let mut ticks = 0;
        while v != 0 {
            v = decay(v, 4095);
            ticks += 1;
        }
        assert!(ticks < 40_000, "{ticks}");
    }

    #[test]
    fn linear_leak_stops_at_rest() {
        assert_eq!(leak_toward(10, 3, 5), 5);
        assert_eq!(leak_toward(5, 3, 5), 3);
        assert_eq!(leak_toward(-10, 3, 5), -5);
        assert_eq!(leak_toward(32_767, -32_768, LEAK_ALL), -32_768);
        assert_eq!(leak_toward(7, 3, 0), 7);
    }

    #[test]
    fn sums_saturate() {
        assert_eq!(saturate(40_000, 32_767), 32_767);
        assert_eq!(saturate(-32_768, 32_767), -32_767);
    }

    #[test]
    fn sums_are_narrowed_to_the_bits_there_are() {
        assert_eq!(narrow(40_000, 16), 32_767);
        assert_eq!(narrow(-40_000, 16), -32_768);
        for value in [-32_768, -32_767, -1, 0, 32_767] {
            assert_eq!(narrow(value, 16), value);
        }
        assert_eq!(narrow(134_217_727, 24), 8_388_607);
        assert_eq!(narrow(-134_217_727, 24), -8_388_608);
    }

    #[test]
    fn absent_synapses_add_nothing() {
        assert_eq!(contribution(ABSENT, 7), 0);
        assert_eq!(contribution(-127, 7), -16_256);
    }

    #[test]
    fn keep_follows_the_exponential() {
        // 4096 exp(-1/20) = 3896.24
        assert_eq!(decay_of_tau(20.0), Some(3896));
        assert_eq!(decay_of_tau(f64::NAN), None);
        assert_eq!(decay_of_tau(0.0), None);
    }
}
