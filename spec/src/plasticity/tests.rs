use super::*;
use crate::keyed::{Draw, Item, item_key, number, tick_key};

const EXPONENTIAL: Window = Window::Exponential {
    factor: 3896,
    nearest: false,
};

/// A rule without fractions: amplitudes of whole weights, and distant bounds.
const RULE: StdpRule = StdpRule {
    enabled: true,
    pre: EXPONENTIAL,
    post: EXPONENTIAL,
    a_plus: 1024,
    a_minus: 1024,
    weight_min: -127,
    weight_max: 127,
    ..StdpRule::NONE
};

#[test]
fn rules_survive_encoding() {
    let rule = StdpRule {
        pre: Window::Rectangular { ticks: 8191 },
        post: Window::Exponential {
            factor: 4096,
            nearest: true,
        },
        a_plus: -32_768,
        a_minus: 32_767,
        weight_min: -127,
        weight_max: -1,
        soft: true,
        threshold_step: 32_767,
        threshold_decay: 4095,
        threshold_every_log2: 15,
        ..RULE
    };
    assert_eq!(StdpRule::decode(&rule.elements()), rule);
    assert_eq!(StdpRule::decode(&[0; RULE_ELEMENTS]), StdpRule::NONE);
}

#[test]
fn decays_have_the_right_mean() {
    for factor in [0, 1, 2048, 3896, 4055, 4095, 4096] {
        for value in [0, 1, 7, 40, 2048, 32_767] {
            let sum: u64 = (0..4096).map(|r| u64::from(decay(value, factor, r))).sum();
            assert_eq!(
                sum,
                u64::from(value) * u64::from(factor),
                "{value} {factor}"
            );
        }
    }
}

#[test]
fn truncated_decays_would_fade_too_fast() {
    // A trace that decays by exp(-1 / 100) at every tick, summed until it is zero.
    let factor = crate::fixed::decay_of_tau(100.0).unwrap();
    let key = item_key(1, tick_key(1, 0), Item::Swept, 0);
    let mut random = (0..).map(|at| number(key, Draw::Trace, at));
    let sum = |random: &mut dyn FnMut() -> u32| {
        let (mut trace, mut sum) = (TRACE_ONE, 0.0);
        while trace != 0 {
            trace = u32::from(decay(trace, factor, random()));
            sum += f64::from(trace);
        }
        let left = f64::from(factor) / 4096.0;
        sum / (f64::from(TRACE_ONE) * left / (1.0 - left))
    };
    let truncated = sum(&mut || 0);
    let rounded = (0..100)
        .map(|_| sum(&mut || random.next().unwrap()))
        .sum::<f64>()
        / 100.0;
    assert!((0.90..0.92).contains(&truncated), "{truncated}");
    assert!((rounded - 1.0).abs() < 0.01, "{rounded}");
}

#[test]
fn traces_saturate_and_never_wrap() {
    let keep_all = Window::Exponential {
        factor: 4096,
        nearest: false,
    };
    let mut trace = 0;
    for _ in 0..20 {
        trace = keep_all.step(trace, true, || 0xfff);
    }
    assert_eq!(u32::from(trace), TRACE_MAX);
    assert_eq!(keep_all.change(trace, i16::MIN), -32_767);
}

#[test]
fn nearest_forgets_the_spikes_before() {
    let nearest = Window::Exponential {
        factor: 4096,
        nearest: true,
    };
    let trace = nearest.step(30_000, true, || 0);
    assert_eq!(u32::from(trace), TRACE_ONE);
    assert_eq!(nearest.step(30_000, false, || 0), 30_000);
}

#[test]
fn rectangles_last_their_ticks() {
    let window = Window::Rectangular { ticks: 3 };
    let unused = || -> u32 { unreachable!("a rectangle draws nothing") };
    let mut trace = window.step(0, true, unused);
    // The amplitude counts in full one, two and three ticks after the spike, and then not at all.
    let changes = [(); 5].map(|()| {
        let change = window.change(trace, 500);
        trace = window.step(trace, false, unused);
        change
    });
    assert_eq!(changes, [500, 500, 500, 0, 0]);
}

#[test]
fn nothing_is_drawn_for_an_empty_trace() {
    assert_eq!(EXPONENTIAL.step(0, false, || unreachable!()), 0);
}

#[test]
fn changes_have_the_right_mean() {
    for change in [-3000_i16, -1, 0, 1, 100, 1024, 2047] {
        let sum: i64 = (0..1024)
            .map(|random| {
                i64::from(RULE.changed(10, change.unsigned_abs(), change > 0, random)) - 10
            })
            .sum();
        assert_eq!(sum, i64::from(change));
    }
}

#[test]
fn soft_bounds_scale_the_mean() {
    let soft = StdpRule {
        soft: true,
        weight_min: 0,
        ..RULE
    };
    let mean = |weight: i8, change: i16| -> i64 {
        let all = (0..256u32).flat_map(|gate| (0..1024).map(move |r| gate << 16 | r));
        all.map(|r| {
            i64::from(soft.changed(weight, change.unsigned_abs(), change > 0, r))
                - i64::from(weight)
        })
        .sum()
    };
    // 1024 choices of the fraction times change / 1024, times the distance to the bound.
    assert_eq!(mean(27, 300), 300 * 100);
    assert_eq!(mean(27, -300), -300 * 27);
    assert_eq!(mean(127, 300), 0);
    assert_eq!(mean(0, -300), 0);
}

#[test]
fn weights_keep_their_bounds_and_their_absence() {
    let excitatory = StdpRule {
        weight_min: 0,
        weight_max: 100,
        ..RULE
    };
    assert_eq!(excitatory.changed(90, TRACE_MAX as u16, true, 0x3ff), 100);
    assert_eq!(excitatory.changed(5, TRACE_MAX as u16, false, 0), 0);
    assert_eq!(
        excitatory.changed(ABSENT, TRACE_MAX as u16, true, 0),
        ABSENT
    );
    // 100 + 30 exceeds the largest weight, 127.
    assert_eq!(RULE.changed(100, 30 * 1024, true, 0), 127);
    assert_eq!(RULE.changed(-100, 30 * 1024, false, 0), -127);
}
