//! Rounds numbers that no power of two turns into integers to values that the core can hold.

use super::chains::Collapsed;
use super::read::Model;
use super::{LEAK_MAX, SCALE_BITS, SuperNeuroMatError, all};

/// Largest exponent of a weight in the core.
const EXPONENT_MAX: i32 = 7;

/// The numbers of bits to round to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bits {
    /// Bits of a weight, 2 to 8; each weight has its own exponent.
    pub weight: u32,
    /// Bits of a potential.
    pub state: u32,
}

/// The result of rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounded {
    /// Number of changed weights, and number of weights.
    pub weights: (usize, usize),
    /// Largest error of a weight, in percent of that weight.
    pub weight_percent: f64,
    /// Weights that have become 0.
    pub zero: usize,
    /// Largest error of a leak, reset state, state or input value.
    pub other: f64,
}

/// The model with numbers that the core can represent. The weights in `collapsed` are rounded as
/// well.
pub(super) fn round(
    model: &Model,
    collapsed: &mut Collapsed,
    bits: Bits,
) -> Result<(Model, Rounded), SuperNeuroMatError> {
    let units = units(model, collapsed, bits)?;
    let mut rounded = Rounded {
        weights: (0, collapsed.ways.len()),
        weight_percent: 0.0,
        zero: 0,
        other: 0.0,
    };
    let code_max = f64::from((1u32 << (bits.weight - 1)) - 1);
    let held = |weight: f64| {
        let units_of = weight * units;
        let exponent = (0..EXPONENT_MAX)
            .find(|&e| units_of.abs() <= code_max * f64::from(e).exp2())
            .unwrap_or(EXPONENT_MAX);
        let step = f64::from(exponent).exp2();
        (units_of / step).round().clamp(-code_max, code_max) * step / units
    };
    for way in &mut collapsed.ways {
        let wanted = way.weight;
        way.weight = held(wanted);
        if way.weight != wanted {
            let error = 100.0 * ((way.weight - wanted) / wanted).abs();
            rounded.weights.0 += 1;
            rounded.weight_percent = rounded.weight_percent.max(error);
            rounded.zero += usize::from(way.weight == 0.0);
        }
    }
    for (_, _, weight) in &mut collapsed.arrivals {
        *weight = held(*weight);
    }
    let mut other = |value: &mut f64| {
        let wanted = *value;
        *value = (wanted * units).round() / units;
        rounded.other = rounded.other.max((*value - wanted).abs());
    };
    let mut model = model.clone();
    for neuron in &mut model.neurons {
        if !all(neuron.leak) {
            other(&mut neuron.leak);
        }
        other(&mut neuron.reset_state);
        other(&mut neuron.state);
    }
    for input in &mut model.inputs {
        other(&mut input.value);
    }
    Ok((model, rounded))
}

/// The largest power of two at which every number and every sum of weights fits.
fn units(model: &Model, collapsed: &Collapsed, bits: Bits) -> Result<f64, SuperNeuroMatError> {
    let state = f64::from((1u32 << (bits.state - 1)) - 1);
    let code_max = f64::from((1u32 << (bits.weight - 1)) - 1);
    let mut drive: Vec<f64> = vec![0.0; model.neurons.len()];
    let mut largest = 0.0f64;
    for way in &collapsed.ways {
        largest = largest.max(way.weight.abs());
        drive[way.post] += way.weight.abs();
    }
    for input in &model.inputs {
        drive[input.neuron] = drive[input.neuron].max(input.value.abs());
    }
    let mut needed = 0.0f64;
    let mut leak = 0.0f64;
    for (neuron, drive) in model.neurons.iter().zip(drive) {
        if !all(neuron.leak) {
            leak = leak.max(neuron.leak);
        }
        // A threshold beyond the state's range does not limit the scale: the neuron never fires.
        let threshold = neuron.threshold.abs();
        let threshold = if threshold < state { threshold } else { 0.0 };
        let own = [neuron.reset_state.abs(), neuron.state.abs(), threshold];
        needed = needed.max(drive + own.into_iter().fold(0.0, f64::max));
    }
    let fits = |units: f64| {
        needed * units <= state
            && largest * units <= code_max * f64::from(EXPONENT_MAX).exp2()
            && leak * units <= LEAK_MAX
    };
    let scales = (0..=SCALE_BITS).rev().map(|bits| f64::from(1u32 << bits));
    // NaN and infinity fit at no scale.
    scales
        .into_iter()
        .find(|units| fits(*units))
        .ok_or_else(|| SuperNeuroMatError::Range {
            place: "the largest sum of a neuron's weights and its threshold".to_owned(),
            value: needed,
            limit: state,
        })
}
