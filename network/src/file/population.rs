//! A `[[population]]` section.

use toml::de::DeValue;

use crate::checks;
use crate::decay::{Decays, Leaks, linear};
use crate::error::{NetworkError, Problem};
use crate::place::Element;
use crate::population::PopulationBuilder;
use crate::positions::Positions;
use crate::values::{PerNeuron, Values};
use spec::fixed::{LEAK_ALL, NO_DECAY, decay_of_tau};
use spec::words::{Leak, Refractory, Reset};

use super::arrays::{Files, integers, integers_or, reals};
use super::distribution::{Unit, distribution, tick_values, values};
use super::positions;
use super::reader::{Reader, boolean, choice, integer};
use super::{Format, second};

const KEYS: &[&str] = &[
    "name",
    "size",
    "threshold",
    "bias",
    "v_init",
    "i_init",
    "decay_mem",
    "tau_mem",
    "leak",
    "decay_syn",
    "tau_syn",
    "decay_syn_inh",
    "tau_syn_inh",
    "i_init_inh",
    "decay_adapt",
    "tau_adapt",
    "adapt_step",
    "adapt_init",
    "coupling",
    "izhikevich",
    "v_reset",
    "reset",
    "refractory_ticks",
    "refractory",
    "report",
    "threshold_step",
    "tau_threshold",
    "threshold_adapted",
    "seed",
    "grid",
    "spacing",
    "edge_wrap",
    "positions",
];

/// The names of some keys in version 1.
pub(super) const OLD_KEYS: &[(&str, &str)] = &[("decay_v", "decay_mem"), ("decay_i", "decay_syn")];

/// The keys of a format.
pub(super) fn keys(format: Format) -> Vec<&'static str> {
    KEYS.iter().map(|key| key_in(format, key)).collect()
}

/// The name of a key in a format.
fn key_in(format: Format, key: &'static str) -> &'static str {
    let renamed = OLD_KEYS.iter().find(|(_, new)| *new == key);
    match (format, renamed) {
        (Format::One, Some((old, _))) => old,
        _ => key,
    }
}

/// The alternative keys for the leak, in either format.
pub(super) const LEAKS: &[&str] = &["decay_mem", "decay_v", "tau_mem", "leak"];
/// The alternative keys for the decay of the current, in either format.
pub(super) const SYNAPTIC_DECAYS: &[&str] = &["decay_syn", "decay_i", "tau_syn"];

const RESETS: &[(&str, Reset)] = &[
    ("to_v_reset", Reset::ToReset),
    ("subtract", Reset::Subtract),
    ("subtract_late", Reset::SubtractLate),
    ("subtract_raised", Reset::SubtractRaised),
];
const RESET_WORDS: &str = "\"to_v_reset\", \"subtract\", \"subtract_late\" or \"subtract_raised\"";
const MODES: &[(&str, Refractory)] = &[("hold", Refractory::Hold), ("mask", Refractory::Mask)];

/// The population, and the positions of its neurons if it gives them.
pub(super) fn read(
    section: &Reader<'_>,
    format: Format,
    files: &mut Files<'_>,
) -> Result<(PopulationBuilder, Option<Positions>), NetworkError> {
    section.check_keys(&keys(format))?;
    section.exclude(LEAKS)?;
    section.exclude(SYNAPTIC_DECAYS)?;
    second::exclude(section)?;
    let name = section.required_string("name", "a name")?;
    let positions = positions::read(section, files)?;
    let size = positions::size(section, positions.as_ref())?;
    let mut population = PopulationBuilder::new(name, size);

    let expected = "an integer, a list, an .npy file or a distribution";
    match values(section, "threshold", files)? {
        Some(threshold) => population = population.threshold(threshold),
        None if section.get(second::MODEL).is_some() => {}
        None => return Err(section.fail("threshold", Problem::Missing { expected })),
    }
    if let Some(seed) = section.seed()? {
        population = population.seed(seed);
    }
    if let Some(adaptation) = super::plasticity::adaptation(section)? {
        population = population.adaptation(adaptation);
    }
    if let Some(adapted) = integers(section, "threshold_adapted", files)? {
        if section.get("threshold_step").is_none() {
            let expected = "an integer, as there is `threshold_adapted`";
            return Err(section.fail("threshold_step", Problem::Missing { expected }));
        }
        population = population.adapted(adapted);
    }
    if let Some(bias) = values(section, "bias", files)? {
        population = population.bias(bias);
    }
    if let Some(v_init) = values(section, "v_init", files)? {
        population = population.v_init(v_init);
    }
    if let Some(i_init) = values(section, "i_init", files)? {
        population = population.i_init(i_init);
    }
    if let Some(v_reset) = values(section, "v_reset", files)? {
        population = population.v_reset(v_reset);
    }
    if let Some(ticks) = tick_values(section, "refractory_ticks", files)? {
        population = population.refractory_ticks(ticks);
    }
    let given = |keys: &[&'static str]| {
        keys.iter()
            .find(|key| section.get(key).is_some())
            .copied()
            .unwrap_or_default()
    };
    if let Some(leak) = leak(section, format, files)? {
        // The builder does not know which of the keys was used.
        leak.check_length(size)
            .map_err(|problem| section.fail(given(LEAKS), problem))?;
        population = population.leak(leak);
    }
    if let Some(decay) = decays(section, ["decay_syn", "tau_syn"], format, files)? {
        decay
            .check_length(size)
            .map_err(|problem| section.fail(given(SYNAPTIC_DECAYS), problem))?;
        population = population.decay_syn(decay);
    }
    let current = decays(section, second::CURRENT, Format::Two, files)?;
    let adapt = decays(section, second::ADAPT, Format::Two, files)?;
    if let Some(second) = second::read(section, size, [current, adapt], files)? {
        population = population.second(second);
    }
    if let Some(model) = second::izhikevich(section)? {
        population = population.izhikevich(model);
    }
    if let Some(reset) = words(section, "reset", |value| choice(value, RESETS, RESET_WORDS))? {
        population = population.reset(reset);
    }
    if let Some(mode) = words(section, "refractory", |value| {
        choice(value, MODES, "\"hold\" or \"mask\"")
    })? {
        population = population.refractory(mode);
    }
    if let Some(report) = words(section, "report", boolean)? {
        population = population.report(report);
    }
    Ok((population, positions))
}

/// The leak of the potential, from one of its three keys.
fn leak(
    section: &Reader<'_>,
    format: Format,
    files: &mut Files<'_>,
) -> Result<Option<Leaks>, NetworkError> {
    if section.get("leak").is_some() {
        return constants(section, files).map(Some);
    }
    let decays = decays(section, ["decay_mem", "tau_mem"], format, files)?;
    Ok(decays.map(Leaks::from))
}

/// A linear leak: a number, a list, a file, a distribution, or the word `all`.
fn constants(section: &Reader<'_>, files: &mut Files<'_>) -> Result<Leaks, NetworkError> {
    const EXPECTED: &str =
        "an integer, \"all\", a list of them, the name of an .npy file or a distribution";
    const ALL: Leak = Leak::Linear { leak: LEAK_ALL };
    const SQUARES: [(&str, Leak); 2] = [
        ("square", Leak::Quadratic { fine: false }),
        ("fine_square", Leak::Quadratic { fine: true }),
    ];
    if let Some(distribution) = distribution(section, "leak", Unit::Plain)? {
        return Ok(Leaks::Linear(distribution));
    }
    let leaks = match section.get("leak") {
        Some(DeValue::String(word)) if word == "all" => PerNeuron::All(ALL),
        Some(DeValue::String(word)) if SQUARES.iter().any(|it| word == it.0) => {
            let found = SQUARES.iter().find(|it| word == it.0);
            PerNeuron::All(found.map_or(ALL, |it| it.1))
        }
        Some(DeValue::Array(values)) => {
            let read = |value: &DeValue<'_>| match value {
                DeValue::String(_) => choice(value, &[("all", ALL)], "an integer or \"all\""),
                _ => linear(integer(value, "an integer or \"all\"")?),
            };
            PerNeuron::Each(section.elements("leak", values, read)?)
        }
        _ => match integers_or(section, "leak", EXPECTED, files)? {
            Some(leaks) => leaks.try_map(section, "leak", linear)?,
            None => PerNeuron::All(Leak::Linear { leak: 0 }),
        },
    };
    Ok(Leaks::Given(leaks))
}

/// A decay, from the key of its factor or that of its time constant.
fn decays(
    section: &Reader<'_>,
    [factor, tau]: [&'static str; 2],
    format: Format,
    files: &mut Files<'_>,
) -> Result<Option<Decays>, NetworkError> {
    if section.get(tau).is_none() {
        return factors(section, factor, format, files);
    }
    if let Some(distribution) = distribution(section, tau, Unit::Ticks)? {
        return Ok(Some(Decays::Taus(distribution)));
    }
    let factor = |tau| decay_of_tau(tau).ok_or(Problem::Tau { value: tau });
    let Some(given) = reals(section, tau, files)? else {
        return Ok(None);
    };
    let given = given.try_map(section, tau, factor)?;
    Ok(Some(Decays::from(given.map(i64::from))))
}

/// The decay factor as written, or its complement for a format that states the loss; that format
/// has no distributions of them.
fn factors(
    section: &Reader<'_>,
    key: &'static str,
    format: Format,
    files: &mut Files<'_>,
) -> Result<Option<Decays>, NetworkError> {
    let key = key_in(format, key);
    let written = match format {
        Format::One => integers(section, key, files)?.map(Values::from),
        Format::Two => values(section, key, files)?,
    };
    let factor = |value| {
        checks::FACTOR.check(value).map(|value| match format {
            Format::One => i64::from(NO_DECAY) - value,
            Format::Two => value,
        })
    };
    Ok(match written {
        Some(Values::Given(given)) => Some(Decays::from(given.try_map(section, key, factor)?)),
        drawn => drawn.map(Decays::from),
    })
}

/// A word, or a list of words.
fn words<T>(
    section: &Reader<'_>,
    key: &str,
    read: impl Fn(&DeValue<'_>) -> Result<T, Problem>,
) -> Result<Option<PerNeuron<T>>, NetworkError> {
    match section.get(key) {
        None => Ok(None),
        Some(DeValue::Array(values)) => section
            .elements(key, values, read)
            .map(|words| Some(PerNeuron::Each(words))),
        Some(value) => {
            let word = read(value).map_err(|problem| section.fail(key, problem))?;
            Ok(Some(PerNeuron::All(word)))
        }
    }
}

impl<T> PerNeuron<T> {
    fn map<U>(self, f: impl Fn(T) -> U) -> PerNeuron<U> {
        match self {
            PerNeuron::All(value) => PerNeuron::All(f(value)),
            PerNeuron::Each(values) => PerNeuron::Each(values.into_iter().map(f).collect()),
        }
    }

    fn try_map<U>(
        self,
        section: &Reader<'_>,
        key: &str,
        f: impl Fn(T) -> Result<U, Problem>,
    ) -> Result<PerNeuron<U>, NetworkError> {
        let fail = |problem| section.fail(key, problem);
        match self {
            PerNeuron::All(value) => f(value).map(PerNeuron::All).map_err(fail),
            PerNeuron::Each(values) => values
                .into_iter()
                .enumerate()
                .map(|(n, value)| f(value).map_err(|p| fail(p).element(Element::Index(n))))
                .collect::<Result<_, _>>()
                .map(PerNeuron::Each),
        }
    }
}
