//! A `[[projection]]` section.

use toml::de::DeValue;

use crate::connect::ProjectionBuilder;
use crate::connections::Delay;
use crate::error::{NetworkError, Problem};

use super::SynapseSpec;
use super::arrays::{Files, NO_SYNAPSE, file_matrix, file_synapses, inline_matrix};
use super::reader::{Reader, choice, integer, wrong_type};

pub(super) const KEYS: &[&str] = &[
    "source",
    "target",
    "weights",
    "connect",
    "synapses",
    "delay",
    "exponent",
    "plasticity",
];

const SYNAPSE: &str = "[pre, post, weight] or [pre, post, weight, delay]";

#[derive(Clone, Copy)]
enum Connect {
    AllToAll,
    OneToOne,
}

const CONNECTS: &[(&str, Connect)] = &[
    ("all_to_all", Connect::AllToAll),
    ("one_to_one", Connect::OneToOne),
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
    if let Some(exponent) = section.integer("exponent")? {
        projection = projection.exponent(exponent);
    }
    projection = match section.get("delay") {
        None => projection,
        Some(DeValue::String(name)) => {
            projection.delay(file_matrix(section, "delay", name, files)?)
        }
        // The delay of an absent synapse is not checked.
        Some(DeValue::Array(rows)) => {
            projection.delay(inline_matrix(section, "delay", rows, 0, files)?)
        }
        Some(value) => {
            let expected = "an integer, a list of rows or the name of an .npy file";
            let delay =
                integer(value, expected).map_err(|problem| section.fail("delay", problem))?;
            projection.delay(Delay::All(delay))
        }
    };
    match section.get("synapses") {
        None => weights(section, projection, files),
        Some(DeValue::String(name)) => {
            Ok(projection.synapses(file_synapses(section, "synapses", name, files)?))
        }
        Some(list) => Ok(projection.synapses(synapses(section, list)?)),
    }
}

/// Adds the synapses from `weights` and `connect`.
fn weights(
    section: &Reader<'_>,
    projection: ProjectionBuilder,
    files: &mut Files<'_>,
) -> Result<ProjectionBuilder, NetworkError> {
    const EXPECTED: &str = "an integer, a list of rows or the name of an .npy file";
    let fail = |key, problem| section.fail(key, problem);
    let connect = section
        .get("connect")
        .map(|value| choice(value, CONNECTS, "\"all_to_all\" or \"one_to_one\""))
        .transpose()
        .map_err(|problem| fail("connect", problem))?;
    match section.get("weights") {
        None => {
            let expected = "an integer, a matrix, or `synapses` instead";
            Err(fail("weights", Problem::Missing { expected }))
        }
        Some(value @ (DeValue::String(_) | DeValue::Array(_))) if connect.is_some() => Err(fail(
            "weights",
            wrong_type(value, "an integer, as there is `connect`"),
        )),
        Some(DeValue::String(name)) => {
            Ok(projection.weights(file_matrix(section, "weights", name, files)?))
        }
        Some(DeValue::Array(rows)) => {
            Ok(projection.weights(inline_matrix(section, "weights", rows, NO_SYNAPSE, files)?))
        }
        Some(value) => {
            let weight = integer(value, EXPECTED).map_err(|problem| fail("weights", problem))?;
            Ok(match connect {
                Some(Connect::OneToOne) => projection.one_to_one(weight),
                Some(Connect::AllToAll) | None => projection.all_to_all(weight),
            })
        }
    }
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
