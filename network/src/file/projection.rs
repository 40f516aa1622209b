//! A `[[projection]]` section.

use toml::de::DeValue;

use crate::connect::ProjectionBuilder;
use crate::connections::{Connect, Delay, Receptor};
use crate::draw::Value;
use crate::error::{NetworkError, Problem};

use super::SynapseSpec;
use super::arrays::{Files, NO_SYNAPSE, file_matrix, file_synapses, inline_matrix};
use super::distance::{self, DISTANCE, kernel};
use super::distribution::{Unit, distribution};
use super::reader::{Reader, choice, integer, wrong_type};
use super::time::is_time;

pub(super) const KEYS: &[&str] = &[
    "source",
    "target",
    "weights",
    "connect",
    "synapses",
    "delay",
    "exponent",
    "plasticity",
    "receptor",
    "seed",
];

/// The keys of a rule with random choices.
const RULES: &[&str] = &[PROBABILITY, "fixed_in_degree", "fixed_out_degree", "total"];
const PROBABILITY: &str = "probability";
const ALLOW_AUTAPSES: &str = "allow_autapses";
const ALLOW_MULTAPSES: &str = "allow_multapses";

const SYNAPSE: &str = "[pre, post, weight] or [pre, post, weight, delay]";

const CONNECTS: &[(&str, Connect)] = &[
    ("all_to_all", Connect::AllToAll),
    ("one_to_one", Connect::OneToOne),
];

const RECEPTORS: &[(&str, Receptor)] = &[
    ("excitatory", Receptor::Excitatory),
    ("inhibitory", Receptor::Inhibitory),
    ("by_sign", Receptor::BySign),
];

pub(super) fn read(
    section: &Reader<'_>,
    files: &mut Files<'_>,
) -> Result<ProjectionBuilder, NetworkError> {
    section.check_keys(KEYS)?;
    section.exclude(&["weights", "synapses"])?;
    section.exclude(&["connect", "synapses"])?;
    let source = section.required_string("source", "the name of an input or a population")?;
    let target = section.required_string("target", "the name of a population")?;
    let mut projection = ProjectionBuilder::new(source, target);
    if let Some(name) = section.string("plasticity")? {
        projection = projection.plasticity(name);
    }
    if let Some(value) = section.get("receptor") {
        let expected = "\"excitatory\", \"inhibitory\" or \"by_sign\"";
        let receptor = choice(value, RECEPTORS, expected);
        let receptor = receptor.map_err(|problem| section.fail("receptor", problem))?;
        projection = projection.receptor(receptor);
    }
    if let Some(exponent) = section.integer("exponent")? {
        projection = projection.exponent(exponent);
    }
    if let Some(seed) = section.seed()? {
        projection = projection.seed(seed);
    }
    projection = delay(section, projection, files)?;
    match section.get("synapses") {
        None => weights(section, projection, files),
        Some(DeValue::String(name)) => {
            Ok(projection.synapses(file_synapses(section, "synapses", name, files)?))
        }
        Some(list) => Ok(projection.synapses(synapses(section, list)?)),
    }
}

/// Adds the delay.
fn delay(
    section: &Reader<'_>,
    projection: ProjectionBuilder,
    files: &mut Files<'_>,
) -> Result<ProjectionBuilder, NetworkError> {
    Ok(match section.get("delay") {
        None => projection,
        Some(DeValue::String(name)) if !section.get("delay").is_some_and(is_time) => {
            projection.delay(file_matrix(section, "delay", name, files)?)
        }
        // The delay of an absent synapse is not checked.
        Some(DeValue::Array(rows)) => {
            projection.delay(inline_matrix(section, "delay", rows, 0, files)?)
        }
        Some(value) => {
            if let DeValue::Table(table) = value
                && let Some(delay) = distance::delay(section, table)?
            {
                return Ok(projection.delay(delay));
            }
            if let Some(distribution) = distribution::<i64>(section, "delay", Unit::Ticks)? {
                return Ok(projection.delay(distribution));
            }
            let expected = "an integer, a list of rows, the name of an .npy file, a distribution or \
                            a distance";
            let delay = section.ticks(value, expected);
            let delay = delay.map_err(|problem| section.fail("delay", problem))?;
            projection.delay(Delay::All(delay))
        }
    })
}

/// Adds the synapses from `weights` and `connect`.
fn weights(
    section: &Reader<'_>,
    projection: ProjectionBuilder,
    files: &mut Files<'_>,
) -> Result<ProjectionBuilder, NetworkError> {
    const EXPECTED: &str = "an integer, a list of rows, the name of an .npy file or a distribution";
    let fail = |key, problem| section.fail(key, problem);
    let connect = section.get("connect");
    let connect = connect.map(|value| rule(section, value)).transpose()?;
    match section.get("weights") {
        None => {
            let expected = "an integer, a matrix, or `synapses` instead";
            Err(fail("weights", Problem::Missing { expected }))
        }
        Some(value @ (DeValue::String(_) | DeValue::Array(_))) if connect.is_some() => Err(fail(
            "weights",
            wrong_type(value, "an integer or a distribution, as there is `connect`"),
        )),
        Some(DeValue::String(name)) => {
            Ok(projection.weights(file_matrix(section, "weights", name, files)?))
        }
        Some(DeValue::Array(rows)) => {
            Ok(projection.weights(inline_matrix(section, "weights", rows, NO_SYNAPSE, files)?))
        }
        Some(value) => {
            let weight: Value = match distribution::<i64>(section, "weights", Unit::Plain)? {
                Some(distribution) => distribution.into(),
                None => integer(value, EXPECTED)
                    .map_err(|problem| fail("weights", problem))?
                    .into(),
            };
            let (connect, autapses) = connect.unwrap_or((Connect::AllToAll, true));
            Ok(projection.connect(connect, weight).autapses(autapses))
        }
    }
}

/// The rule of `connect`, and whether it may connect a neuron with itself.
fn rule<'t>(section: &Reader<'t>, value: &'t DeValue<'t>) -> Result<(Connect, bool), NetworkError> {
    const EXPECTED: &str =
        "\"all_to_all\", \"one_to_one\" or a table such as { probability = 0.1 }";
    let DeValue::Table(table) = value else {
        let chosen = choice(value, CONNECTS, EXPECTED);
        let chosen = chosen.map_err(|problem| section.fail("connect", problem))?;
        return Ok((chosen, true));
    };
    let rule = section.inner("connect", table);
    let known: Vec<&str> = RULES
        .iter()
        .copied()
        .chain([DISTANCE, ALLOW_AUTAPSES, ALLOW_MULTAPSES])
        .collect();
    rule.check_keys(&known)?;
    rule.exclude(RULES)?;
    for other in RULES.iter().filter(|rule| **rule != PROBABILITY) {
        rule.exclude(&[DISTANCE, other])?;
    }
    let kernel = kernel(&rule)?;
    if rule.boolean(ALLOW_MULTAPSES)? == Some(true) {
        return Err(rule.fail(ALLOW_MULTAPSES, Problem::Multapses));
    }
    let autapses = rule.boolean(ALLOW_AUTAPSES)?.unwrap_or(true);
    let connect = if let Some(count) = rule.integer("fixed_in_degree")? {
        Connect::FixedInDegree(count)
    } else if let Some(count) = rule.integer("fixed_out_degree")? {
        Connect::FixedOutDegree(count)
    } else if let Some(count) = rule.integer("total")? {
        Connect::Total(count)
    } else if let Some(probability) = rule.number(PROBABILITY)? {
        match kernel {
            Some(kernel) => Connect::Near {
                probability,
                kernel,
            },
            None => Connect::Probability(probability),
        }
    } else if kernel.is_some() {
        let expected = "a number, as there is `distance`";
        return Err(rule.fail(PROBABILITY, Problem::Missing { expected }));
    } else {
        let expected = "`probability`, `fixed_in_degree`, `fixed_out_degree` or `total`";
        return Err(section.fail("connect", Problem::Missing { expected }));
    };
    Ok((connect, autapses))
}

fn synapses(section: &Reader<'_>, list: &DeValue<'_>) -> Result<Vec<SynapseSpec>, NetworkError> {
    let DeValue::Array(values) = list else {
        return Err(section.fail(
            "synapses",
            wrong_type(list, "a list of lists or the name of an .npy file"),
        ));
    };
    section.elements("synapses", values, |value| {
        let DeValue::Array(numbers) = value else {
            return Err(wrong_type(value, SYNAPSE));
        };
        if !(3..=4).contains(&numbers.len()) {
            let expected = format!("3 or 4: {SYNAPSE}");
            return Err(Problem::Length {
                found: numbers.len(),
                expected,
            });
        }
        let number = |at: usize| integer(numbers[at].get_ref(), "an integer");
        Ok(SynapseSpec {
            pre: number(0)?,
            post: number(1)?,
            weight: number(2)?,
            delay: if numbers.len() == 4 {
                Some(number(3)?)
            } else {
                None
            },
        })
    })
}
