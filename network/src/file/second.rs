//! The keys of a `[[population]]` that give its neurons a second state.

use toml::de::DeValue;

use crate::decay::Decays;
use crate::error::{NetworkError, Problem};
use crate::izhikevich::Izhikevich;
use crate::second::SecondSpec;
use crate::values::PerNeuron;

use super::arrays::Files;
use super::distribution::values;
use super::reader::{Reader, real, wrong_type};

/// The alternative keys for the decay of the second state.
pub(super) const DECAYS: &[&str] = &["decay_syn_inh", "tau_syn_inh", "decay_adapt", "tau_adapt"];
/// The keys of a second current: its factor and its time constant.
pub(super) const CURRENT: [&str; 2] = ["decay_syn_inh", "tau_syn_inh"];
/// The same of what raises the threshold.
pub(super) const ADAPT: [&str; 2] = ["decay_adapt", "tau_adapt"];

/// The key of Izhikevich's model, and those of what it determines.
pub(super) const MODEL: &str = "izhikevich";
const REPLACED: &[&str] = &[
    "threshold",
    "bias",
    "v_reset",
    "v_init",
    "reset",
    "leak",
    "decay_mem",
    "tau_mem",
    "decay_syn_inh",
    "tau_syn_inh",
    "i_init_inh",
    "decay_adapt",
    "tau_adapt",
    "adapt_step",
    "adapt_init",
    "coupling",
    "refractory_ticks",
    "threshold_step",
];

/// Keys of a second state, whether they belong to a current and to what raises the threshold, and the decay
/// that they need.
const NEEDS: [(&str, [bool; 2], &str, &str); 4] = [
    (
        "i_init_inh",
        [true, false],
        CURRENT[0],
        "`decay_syn_inh` or `tau_syn_inh` beside `i_init_inh`",
    ),
    (
        "adapt_step",
        [false, true],
        ADAPT[0],
        "`decay_adapt` or `tau_adapt` beside `adapt_step`",
    ),
    (
        "adapt_init",
        [false, true],
        ADAPT[0],
        "`decay_adapt` or `tau_adapt` beside `adapt_init`",
    ),
    (
        "coupling",
        [true, true],
        CURRENT[0],
        "the decay of a second state beside `coupling`",
    ),
];

/// Refuses keys that say the same.
pub(super) fn exclude(section: &Reader<'_>) -> Result<(), NetworkError> {
    section.exclude(DECAYS)?;
    for key in REPLACED {
        section.exclude(&[MODEL, key])?;
    }
    Ok(())
}

/// The second state, if there is one, whose decay has been read: that of a current, or of what raises the
/// threshold.
pub(super) fn read(
    section: &Reader<'_>,
    size: usize,
    [current, adapt]: [Option<Decays>; 2],
    files: &mut Files<'_>,
) -> Result<Option<SecondSpec>, NetworkError> {
    let given = [current.is_some(), adapt.is_some()];
    for (key, uses, decay, expected) in NEEDS {
        let [current, adapt] = uses;
        if section.get(key).is_some() && !(current && given[0] || adapt && given[1]) {
            return Err(section.fail(decay, Problem::Missing { expected }));
        }
    }
    let (mut second, decay, initial) = match (current, adapt) {
        (Some(decay), _) => (SecondSpec::current(decay.clone()), decay, "i_init_inh"),
        (None, Some(decay)) => (SecondSpec::adaptation(decay.clone()), decay, "adapt_init"),
        (None, None) => return Ok(None),
    };
    let key = DECAYS.iter().find(|key| section.get(key).is_some());
    decay
        .check_length(size)
        .map_err(|problem| section.fail(key.copied().unwrap_or_default(), problem))?;
    if let Some(initial) = values(section, initial, files)? {
        second = second.initial(initial);
    }
    if let Some(step) = values(section, "adapt_step", files)? {
        second = second.step(step);
    }
    if let Some(coupling) = numbers(section, "coupling")? {
        second = second.coupling(coupling);
    }
    Ok(Some(second))
}

/// Izhikevich's model, if the population has it.
pub(super) fn izhikevich(section: &Reader<'_>) -> Result<Option<Izhikevich>, NetworkError> {
    const KEYS: &[&str] = &["a", "b", "c", "d", "i", "v", "u", "fine"];
    let Some(value) = section.get(MODEL) else {
        return Ok(None);
    };
    let DeValue::Table(table) = value else {
        let expected = "a table: { a = 0.02, b = 0.2, c = -65, d = 8 }";
        return Err(section.fail(MODEL, wrong_type(value, expected)));
    };
    let Some(tick) = section.tick() else {
        return Err(section.fail(
            MODEL,
            Problem::NoTick {
                value: MODEL.to_owned(),
            },
        ));
    };
    let inner = section.inner(MODEL, table);
    inner.check_keys(KEYS)?;
    let required = |key: &str| {
        let expected = "a number or a list of numbers";
        numbers(&inner, key)?.ok_or_else(|| inner.fail(key, Problem::Missing { expected }))
    };
    let mut model = Izhikevich {
        a: required("a")?,
        b: required("b")?,
        c: required("c")?,
        d: required("d")?,
        fine: inner.boolean("fine")?.unwrap_or(false),
        u: numbers(&inner, "u")?,
        ..Izhikevich::new(tick.in_ms())
    };
    if let Some(i) = numbers(&inner, "i")? {
        model.i = i;
    }
    if let Some(v) = numbers(&inner, "v")? {
        model.v = v;
    }
    Ok(Some(model))
}

/// The real numbers at a key: one for all neurons, or a list with one each.
fn numbers(section: &Reader<'_>, key: &str) -> Result<Option<PerNeuron<f64>>, NetworkError> {
    const EXPECTED: &str = "a number or a list of numbers";
    match section.get(key) {
        None => Ok(None),
        Some(DeValue::Array(values)) => {
            let values = section.elements(key, values, |value| real(value, "a number"))?;
            Ok(Some(PerNeuron::Each(values)))
        }
        Some(value) => {
            let value = real(value, EXPECTED).map_err(|problem| section.fail(key, problem))?;
            Ok(Some(PerNeuron::All(value)))
        }
    }
}
