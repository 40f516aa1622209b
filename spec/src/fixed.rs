//! The arithmetic of the machine: signed integers that saturate and never wrap.
//!
//! Every function here is total. State values are held in `i32` and clamped to
//! plus or minus [`CoreConfig::state_max`](crate::CoreConfig::state_max) wherever a sum is stored.

/// Weight code of a synapse that is not there: it adds nothing and never learns.
pub const ABSENT: i8 = i8::MIN;

/// Largest and smallest weights of a synapse that is there.
pub const WEIGHT_MAX: i8 = i8::MAX;

/// Bits after the point in a decay.
pub const DECAY_BITS: u32 = 12;

/// The decay that keeps everything, and the largest legal `keep`.
pub const KEEP_ALL: u16 = 1 << DECAY_BITS;

/// Linear leak that reaches the reset potential at once, however far it is.
pub const LEAK_ALL: u16 = 8191;

/// `value` clamped to plus or minus `max`.
#[must_use]
pub fn saturate(value: i64, max: i32) -> i32 {
    let max = i64::from(max);
    // Lossless: the clamp leaves at most 24 bits.
    value.clamp(-max, max) as i32
}

/// What is left of `x` after one tick: `sign(x) * ((|x| * keep) >> 12)`.
///
/// Rounds toward zero, so that every state comes to rest. `keep` = 4096 - d with Loihi's 12-bit
/// decay d; 4096 and above keep all of `x`.
#[must_use]
pub fn decay(x: i32, keep: u16) -> i32 {
    if keep >= KEEP_ALL {
        return x;
    }
    // In two parts of 15 bits at most, for which every processor has a vector multiplication: what
    // is lost below the point is lost in the lower part.
    let (magnitude, keep) = (x.unsigned_abs(), u32::from(keep) & 0xfff);
    let high = ((magnitude >> DECAY_BITS) & 0x7fff) * keep;
    let low = ((magnitude & 0xfff) * keep) >> DECAY_BITS;
    // Lossless: keep < 4096, so the magnitude has shrunk.
    let magnitude = (high + low) as i32;
    if x < 0 { -magnitude } else { magnitude }
}

/// `v` moved toward `rest` by at most `leak`; [`LEAK_ALL`] moves it all the way.
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

/// What a spike adds through one synapse: the weight times 2^exponent, nothing if absent. The
/// exponent is 0..=7.
#[must_use]
pub fn contribution(weight: i8, exponent: u32) -> i32 {
    let present = if weight == ABSENT { 0 } else { weight };
    // In 16 bits, which the largest fits: twice as many at once.
    i32::from(i16::from(present) << exponent)
}

/// The decay constant for a time constant of `tau` ticks: `keep = round(4096 exp(-1 / tau))`.
///
/// `None` if `tau` is not a positive finite number.
#[must_use]
pub fn keep_of_tau(tau: f64) -> Option<u16> {
    if !(tau.is_finite() && tau > 0.0) {
        return None;
    }
    // Lossless: the exponential lies in 0..=1.
    Some((f64::from(KEEP_ALL) * (-1.0 / tau).exp()).round() as u16)
}

/// The low `bits` of `value` read as a two's complement number.
#[must_use]
pub fn sign_extend(value: u32, bits: u32) -> i32 {
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
            for keep in (0..4096).step_by(113) {
                let magnitude = (i64::from(x).abs() * i64::from(keep)) >> 12;
                assert_eq!(i64::from(decay(x, keep)), magnitude * i64::from(x.signum()));
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
    fn absent_synapses_add_nothing() {
        assert_eq!(contribution(ABSENT, 7), 0);
        assert_eq!(contribution(-127, 7), -16_256);
    }

    #[test]
    fn keep_follows_the_exponential() {
        // 4096 exp(-1/20) = 3896.24
        assert_eq!(keep_of_tau(20.0), Some(3896));
        assert_eq!(keep_of_tau(f64::NAN), None);
        assert_eq!(keep_of_tau(0.0), None);
    }
}
