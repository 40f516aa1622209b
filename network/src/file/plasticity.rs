//! The `[[plasticity]]` sections, the `[learning]` section, and the keys for threshold adaptation.

use toml::de::DeValue;

use crate::error::{NetworkError, Problem};
use crate::plasticity::{AdaptationSpec, Plasticity, SEED, TraceSpec, reward};
use crate::{LearningSettings, NetworkBuilder};

use super::reader::{Reader, choice};

pub(super) const KEYS: &[&str] = &[
    "name",
    "tau_plus",
    "window_plus",
    "tau_minus",
    "window_minus",
    "pairs",
    "a_plus",
    "a_minus",
    "w_min",
    "w_max",
    "bounds",
];

/// The keys of the `[learning]` section.
pub(super) const LEARNING_KEYS: &[&str] = &["enabled", "reward", "seed"];

const PAIRS: &[(&str, bool)] = &[("all", false), ("nearest", true)];
const BOUNDS: &[(&str, bool)] = &[("hard", false), ("soft", true)];

pub(super) fn read(section: &Reader<'_>) -> Result<Plasticity, NetworkError> {
    section.check_keys(KEYS)?;
    let name = section.required_string("name", "a name")?.to_owned();
    let word = |key, meanings, expected| word(section, key, meanings, expected);
    let nearest = word("pairs", PAIRS, "\"all\" or \"nearest\"")?.unwrap_or(false);
    let amplitude = |key| {
        let missing = || {
            section.fail(
                key,
                Problem::Missing {
                    expected: "a number of weights",
                },
            )
        };
        section.number(key)?.ok_or_else(missing)
    };
    let integer = |key, default| Ok(section.integer(key)?.unwrap_or(default));
    Ok(Plasticity {
        name,
        pre: trace(section, "tau_plus", "window_plus", nearest)?,
        post: trace(section, "tau_minus", "window_minus", nearest)?,
        a_plus: amplitude("a_plus")?,
        a_minus: amplitude("a_minus")?,
        w_min: integer("w_min", 0)?,
        w_max: integer("w_max", 127)?,
        soft: word("bounds", BOUNDS, "\"hard\" or \"soft\"")?.unwrap_or(false),
    })
}

/// The threshold adaptation of a population, if it adapts.
pub(super) fn adaptation(section: &Reader<'_>) -> Result<Option<AdaptationSpec>, NetworkError> {
    let tau = section.time_at("tau_threshold")?;
    match (section.integer("threshold_step")?, tau) {
        (Some(step), tau) => Ok(Some(AdaptationSpec { step, tau })),
        (None, None) => Ok(None),
        (None, Some(_)) => {
            let expected = "an integer, as there is `tau_threshold`";
            Err(section.fail("threshold_step", Problem::Missing { expected }))
        }
    }
}

/// Adds the settings of the `[learning]` section.
pub(super) fn learning(
    section: &Reader<'_>,
    builder: NetworkBuilder,
) -> Result<NetworkBuilder, NetworkError> {
    section.check_keys(LEARNING_KEYS)?;
    let mut learning = LearningSettings::default();
    if let Some(enabled) = section.boolean("enabled")? {
        learning.enabled = enabled;
    }
    if let Some(value) = section.number("reward")? {
        learning.reward =
            reward(value).ok_or_else(|| section.fail("reward", Problem::Reward { value }))?;
    }
    if let Some(seed) = section.integer("seed")? {
        let seed = SEED
            .check(seed)
            .map_err(|problem| section.fail("seed", problem))?;
        // Lossless: 32 bits.
        learning.seed = seed as u32;
    }
    Ok(builder.learning(learning))
}

fn trace(
    section: &Reader<'_>,
    tau: &'static str,
    window: &'static str,
    nearest: bool,
) -> Result<TraceSpec, NetworkError> {
    section.exclude(&[tau, window])?;
    if let Some(ticks) = section.ticks_at(window)? {
        return Ok(TraceSpec::Rectangular { ticks });
    }
    let expected = "a time constant in ticks, or a rectangular window instead";
    let tau = section
        .time_at(tau)?
        .ok_or_else(|| section.fail(tau, Problem::Missing { expected }))?;
    Ok(TraceSpec::Exponential { tau, nearest })
}

fn word(
    section: &Reader<'_>,
    key: &str,
    meanings: &[(&str, bool)],
    expected: &'static str,
) -> Result<Option<bool>, NetworkError> {
    let read = |value: &DeValue<'_>| {
        choice(value, meanings, expected).map_err(|problem| section.fail(key, problem))
    };
    section.get(key).map(read).transpose()
}
