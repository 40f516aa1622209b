//! The arithmetic of `docs/model.md`. The engine uses none of these functions.

use spec::plasticity::Window;

/// `x` clamped to the symmetric range of `bits` bits: `-(2^(bits-1)-1) .. 2^(bits-1)-1`.
pub(super) fn sat(x: i64, bits: u32) -> i64 {
    let max = (1 << (bits - 1)) - 1;
    if x > max {
        max
    } else if x < -max {
        -max
    } else {
        x
    }
}

/// The number in the range of `bits` bits that is nearest to `x`.
pub(super) fn narrow(x: i64, bits: u32) -> i64 {
    let range = 1 << (bits - 1);
    x.max(-range).min(range - 1)
}

/// `sign(x) * floor(|x| * factor / 4096)`; `factor >= 4096` leaves `x` unchanged.
pub(super) fn decay(x: i64, factor: u16) -> i64 {
    let factor = i64::from(factor);
    if factor >= 4096 {
        x
    } else if x < 0 {
        -(-x * factor / 4096)
    } else {
        x * factor / 4096
    }
}

/// `v + floor(|v| w / 4096)`, where `w` is `|v|` or, if `fine`, `floor(|v| / 16)`; the largest potential
/// if `w >= 8192` or `|v| >= 2^(bits-2)`.
pub(super) fn squared(v: i64, fine: bool, bits: u32) -> i64 {
    let w = if fine { v.abs() / 16 } else { v.abs() };
    if w >= 8192 || v.abs() >= 1 << (bits - 2) {
        (1 << (bits - 1)) - 1
    } else {
        v + v.abs() * w / 4096
    }
}

/// `v` moved toward `rest` by at most `m`; `m = 8191` moves it to `rest` at once.
pub(super) fn toward(v: i64, rest: i64, m: u16) -> i64 {
    let m = i64::from(m);
    if m == 8191 {
        rest
    } else if v < rest {
        (v + m).min(rest)
    } else {
        (v - m).max(rest)
    }
}

/// The decay of a trace or an adaptation, rounded with a random number `r`, 0 ..= 4095: `floor((x
/// keep + r) / 4096)`.
pub(super) fn random_decay(x: i64, factor: u16, r: u16) -> i64 {
    let factor = i64::from(factor).min(4096);
    (x * factor + i64::from(r)) / 4096
}

/// `step` of the page: a trace at the end of a tick. An exponential window is rounded with the
/// random number `r`, 0 ..= 4095.
pub(super) fn step(window: Window, x: i64, spike: bool, r: u16) -> i64 {
    match window {
        Window::Exponential { factor, nearest } => {
            let mut sum = x;
            if spike {
                sum = if nearest { 2048 } else { x + 2048 };
            }
            // What is 0 stays so.
            let sum = sum.min(32_767);
            random_decay(sum, factor, if sum == 0 { 0 } else { r })
        }
        Window::Rectangular { ticks } => {
            if spike {
                i64::from(ticks)
            } else {
                (x - 1).max(0)
            }
        }
    }
}

/// `A x` of the page, with the sign of the amplitude `a`: `floor((|a| x + 1024) / 2048)`, at most
/// 32,767; for a rectangular window, `a` if the trace is not 0.
pub(super) fn product(window: Window, a: i16, x: i64) -> i64 {
    let magnitude = i64::from(a).abs();
    let product = match window {
        Window::Exponential { .. } => (magnitude * x + 1024) / 2048,
        Window::Rectangular { .. } if x == 0 => 0,
        Window::Rectangular { .. } => magnitude,
    };
    let product = product.min(32_767);
    if a < 0 { -product } else { product }
}
