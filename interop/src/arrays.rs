//! Networks as arrays: a TOML text with real numbers, and `.npy` files or an `.npz` archive beside
//! it.
//!
//! This is the simplest import: a program that can save its weights as NumPy arrays needs no other
//! format. The keys have the same names as in a network file where they mean the same;
//! `docs/import.md` has an example.

mod store;

use crate::graph::MAX_SOURCES;
use network::nearest::nearest;
use network::{MAX_LISTED, MAX_PARTS, MAX_PROJECTIONS, MAX_TEXT};
use serde::Deserialize;
use thiserror::Error;

use crate::graph::{
    Graph, Input, Leak, Neuron, Population, Projection, Refractory, Reset, Source, Synapse,
};

use store::Store;

/// Reads a file beside the text; returns its bytes or an error message.
pub type Files<'f> = dyn FnMut(&str) -> Result<Vec<u8>, String> + 'f;

/// Why a text is not a valid network.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ArraysError {
    /// The text exceeds the limit.
    #[error("a text of {bytes} bytes, the limit is {limit}")]
    TextTooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The text is not valid TOML, or has unknown keys.
    #[error("{message}")]
    Syntax {
        /// The message of the parser.
        message: String,
    },
    /// A value is invalid.
    #[error("{place}: {problem}")]
    Value {
        /// The section and the key.
        place: String,
        /// The problem.
        problem: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    real_version: u32,
    name: String,
    /// The archive in which names without `.npy` are looked up.
    #[serde(default)]
    archive: Option<String>,
    #[serde(default)]
    input: Vec<InputSection>,
    population: Vec<PopulationSection>,
    #[serde(default)]
    projection: Vec<ProjectionSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputSection {
    name: String,
    size: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PopulationSection {
    name: String,
    size: usize,
    threshold: Numbers,
    #[serde(default)]
    bias: Option<Numbers>,
    #[serde(default)]
    v_reset: Option<Numbers>,
    #[serde(default)]
    tau_mem: Option<f64>,
    #[serde(default)]
    tau_syn: Option<f64>,
    #[serde(default)]
    reset: ResetWord,
    #[serde(default)]
    refractory_ticks: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectionSection {
    source: String,
    target: String,
    weights: String,
    #[serde(default)]
    layout: Layout,
    #[serde(default)]
    delay: Option<u8>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Numbers {
    One(f64),
    File(String),
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum ResetWord {
    #[default]
    ToVReset,
    Subtract,
    SubtractLate,
    SubtractRaised,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Layout {
    /// One row per neuron of the target, as in PyTorch.
    #[default]
    ToFrom,
    FromTo,
}

fn wrong(place: impl Into<String>, problem: impl Into<String>) -> ArraysError {
    ArraysError::Value {
        place: place.into(),
        problem: problem.into(),
    }
}

/// Reads the network of a text; `files` returns the bytes of the arrays that it names.
///
/// # Errors
/// The problem with the text or an array, and its place.
pub fn read(text: &str, files: &mut Files<'_>) -> Result<Graph, ArraysError> {
    if text.len() > MAX_TEXT {
        return Err(ArraysError::TextTooLarge {
            bytes: text.len(),
            limit: MAX_TEXT,
        });
    }
    let document: Document = toml::from_str(text).map_err(|error| syntax(text, &error))?;
    if document.real_version != 1 {
        let problem = format!("{} is not supported, must be 1", document.real_version);
        return Err(wrong("real_version", problem));
    }
    let counts = [
        ("input", document.input.len(), MAX_PARTS),
        ("population", document.population.len(), MAX_PARTS),
        ("projection", document.projection.len(), MAX_PROJECTIONS),
    ];
    if let Some((what, found, limit)) = counts.into_iter().find(|&(_, n, limit)| n > limit) {
        return Err(wrong(
            what,
            format!("{found} sections, the limit is {limit}"),
        ));
    }
    let mut store = Store::new(files, document.archive)?;
    let mut graph = Graph {
        name: document.name,
        ..Graph::default()
    };
    for InputSection { name, size } in document.input {
        check_size(&name, size)?;
        graph.inputs.push(Input { name, size });
    }
    for section in document.population {
        check_size(&section.name, section.size)?;
        graph.populations.push(population(section, &mut store)?);
    }
    for section in document.projection {
        let projection = projection(&graph, &section, &mut store)?;
        graph.projections.push(projection);
        if graph.synapse_count() > MAX_LISTED {
            return Err(wrong(
                "projections",
                format!("more than {MAX_LISTED} synapses"),
            ));
        }
    }
    Ok(graph)
}

fn check_size(name: &str, size: usize) -> Result<(), ArraysError> {
    if (1..=MAX_SOURCES).contains(&size) {
        return Ok(());
    }
    Err(wrong(
        format!("{name:?}, size"),
        format!("{size} is outside 1..={MAX_SOURCES}"),
    ))
}

fn population(
    section: PopulationSection,
    store: &mut Store<'_, '_>,
) -> Result<Population, ArraysError> {
    let size = section.size;
    let mut list = |key: &str, numbers: Option<Numbers>| -> Result<Vec<f64>, ArraysError> {
        let place = format!("population {:?}, {key}", section.name);
        match numbers {
            None => Ok(vec![0.0; size]),
            Some(Numbers::One(value)) => Ok(vec![value; size]),
            Some(Numbers::File(name)) => {
                let (shape, values) = store.array(&place, &name)?;
                if shape == [size] {
                    Ok(values)
                } else {
                    Err(wrong(
                        place,
                        format!("has shape {shape:?}, must have [{size}]"),
                    ))
                }
            }
        }
    };
    let thresholds = list("threshold", Some(section.threshold))?;
    let biases = list("bias", section.bias)?;
    let resets = list("v_reset", section.v_reset)?;
    let keep = |key: &str, tau: Option<f64>, without: f64| match tau {
        None => Ok(without),
        Some(tau) if tau > 0.0 => Ok((-1.0 / tau).exp()),
        Some(tau) => {
            let place = format!("population {:?}, {key}", section.name);
            Err(wrong(
                place,
                format!("{tau} is no positive number of ticks"),
            ))
        }
    };
    let decay_mem = keep("tau_mem", section.tau_mem, 1.0)?;
    let decay_syn = keep("tau_syn", section.tau_syn, 0.0)?;
    let neurons = (0..size).map(|n| Neuron {
        bias: biases[n],
        leak: Leak::Keep(decay_mem),
        decay_syn,
        v_reset: resets[n],
        refractory_ticks: section.refractory_ticks,
        ..Neuron::new(thresholds[n])
    });
    Ok(Population {
        neurons: neurons.collect(),
        reset: match section.reset {
            ResetWord::ToVReset => Reset::ToReset,
            ResetWord::Subtract => Reset::Subtract,
            ResetWord::SubtractLate => Reset::SubtractLate,
            ResetWord::SubtractRaised => Reset::SubtractRaised,
        },
        refractory: Refractory::Hold,
        report: true,
        latency: 0,
        name: section.name,
    })
}

fn projection(
    graph: &Graph,
    section: &ProjectionSection,
    store: &mut Store<'_, '_>,
) -> Result<Projection, ArraysError> {
    let place = format!("projection {:?} -> {:?}", section.source, section.target);
    let population = |name: &str| graph.populations.iter().position(|it| it.name == name);
    let target = population(&section.target)
        .ok_or_else(|| wrong(place.clone(), unknown(graph, "target", &section.target)))?;
    let input = graph.inputs.iter().position(|it| it.name == section.source);
    let source = input
        .map(Source::Input)
        .or(population(&section.source).map(Source::Population))
        .ok_or_else(|| wrong(place.clone(), unknown(graph, "source", &section.source)))?;
    let least = u8::from(matches!(source, Source::Population(_)));
    let delay = section.delay.unwrap_or(least);
    if delay < least {
        return Err(wrong(
            place,
            format!("delay {delay} is outside {least}..=255 ticks"),
        ));
    }
    let (from, to) = (
        graph.source(source).1,
        graph.populations[target].neurons.len(),
    );
    let (shape, values) = store.array(&format!("{place}, weights"), &section.weights)?;
    let by_target = section.layout == Layout::ToFrom;
    let expected = if by_target { [to, from] } else { [from, to] };
    if shape != expected {
        return Err(wrong(place, mismatch(&shape, expected, by_target)));
    }
    let cells = values
        .iter()
        .enumerate()
        .filter(|(_, weight)| **weight != 0.0);
    let synapses = cells.map(|(at, &weight)| {
        let (row, column) = (at / expected[1], at % expected[1]);
        let (pre, post) = if by_target {
            (column, row)
        } else {
            (row, column)
        };
        // Lossless: at most 2^14 of each.
        Synapse {
            pre: pre as u32,
            post: post as u32,
            delay,
            weight,
        }
    });
    Ok(Projection {
        source,
        target,
        synapses: synapses.collect(),
    })
}

/// The error for a message of the TOML parser, with the most similar known key if a key is unknown.
fn syntax(text: &str, error: &toml::de::Error) -> ArraysError {
    let keys = toml::from_str::<toml::Table>(text).unwrap_or_default();
    if keys.contains_key("format_version") && !keys.contains_key("real_version") {
        let problem = "a network file of integers: its name must not end in .real.toml";
        return wrong("format_version", problem);
    }
    let mut message = error.to_string().trim_end().to_owned();
    // serde names the keys: unknown field `a`, expected one of `b`, `c`.
    if let Some((_, rest)) = error.message().split_once("unknown field `") {
        let mut names = rest.split('`').step_by(2);
        let unknown = names.next().unwrap_or_default();
        if let Some(meant) = nearest(unknown, names) {
            message.push_str(&format!("; did you mean {meant:?}?"));
        }
    }
    ArraysError::Syntax { message }
}

/// The message for an unknown source or target.
fn unknown(graph: &Graph, what: &str, name: &str) -> String {
    let inputs = graph.inputs.iter().map(|it| it.name.as_str());
    let inputs = inputs.filter(|_| what == "source");
    let populations = graph.populations.iter().map(|it| it.name.as_str());
    match nearest(name, inputs.chain(populations)) {
        Some(meant) => format!("there is no such {what}; did you mean {meant:?}?"),
        None => format!("there is no such {what}"),
    }
}

/// The message for a matrix of the wrong shape, with the value of `layout` that would fit.
fn mismatch(shape: &[usize], expected: [usize; 2], by_target: bool) -> String {
    let [rows, columns] = expected;
    let (now, other, of) = match by_target {
        true => ("to_from", "from_to", "target"),
        false => ("from_to", "to_from", "source"),
    };
    let what = format!("the weights have shape {shape:?}, must have {expected:?}");
    if *shape == [columns, rows] {
        return format!("{what}; layout = {other:?} says that they are the other way round");
    }
    format!("{what}: a row for each neuron of the {of}, as layout = {now:?} has them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive;

    const TEXT: &str = r#"
        real_version = 1
        name = "mlp"
        [[input]]
        name = "in"
        size = 2
        [[population]]
        name = "out"
        size = 3
        threshold = 1.0
        bias = "b.npy"
        tau_mem = 10
        reset = "subtract"
        [[projection]]
        source = "in"
        target = "out"
        weights = "w.npy"
    "#;

    fn read_with(text: &str) -> Result<Graph, ArraysError> {
        read(text, &mut |name| match name {
            "w.npy" => Ok(network::npy::encode(&[3, 2], &[1, 2, 0, 4, 5, 6]).unwrap()),
            "b.npy" => Ok(network::npy::encode(&[3], &[7, 8, 9]).unwrap()),
            name => Err(format!("there is no {name}")),
        })
    }

    #[test]
    fn rows_are_targets_as_in_pytorch() {
        let graph = read_with(TEXT).unwrap();
        let found: Vec<_> = graph.projections[0]
            .synapses
            .iter()
            .map(|s| (s.pre, s.post, s.weight))
            .collect();
        // A weight of 0 gives no synapse.
        assert_eq!(
            found,
            [
                (0, 0, 1.0),
                (1, 0, 2.0),
                (1, 1, 4.0),
                (0, 2, 5.0),
                (1, 2, 6.0)
            ]
        );
        let neurons = &graph.populations[0].neurons;
        assert_eq!((neurons[0].bias, neurons[2].bias), (7.0, 9.0));
        assert_eq!(neurons[1].leak, Leak::Keep((-0.1f64).exp()));
    }

    #[test]
    fn arrays_of_an_archive_have_no_ending() {
        let text = TEXT.replace("w.npy", "fc1.weight");
        let text = text.replace("name = \"mlp\"", "name = \"mlp\"\narchive = \"w.npz\"");
        let packed = |name: &str| {
            let array = network::npy::encode(&[3, 2], &[1, 2, 0, 4, 5, 6]).unwrap();
            archive::write(&[(name, &array)]).unwrap()
        };
        let read_with = |text: &str, archive: &[u8]| {
            read(text, &mut |name| match name {
                "w.npz" => Ok(archive.to_vec()),
                "b.npy" => Ok(network::npy::encode(&[3], &[7, 8, 9]).unwrap()),
                name => Err(format!("there is no {name}")),
            })
        };
        let graph = read_with(&text, &packed("fc1.weight.npy")).unwrap();
        assert_eq!(graph.synapse_count(), 5);
        let check = |text: &str, archive: &[u8], expected: &str| {
            let text = read_with(text, archive).unwrap_err().to_string();
            assert!(text.contains(expected), "{text}");
        };
        let expected = r#""w.npz": no array "fc1.weight"; it holds ["w.npy"]"#;
        check(&text, &packed("w.npy"), expected);
        check(&text, b"PK", "there is no directory at its end");
        check(&text.replace("archive", "# "), b"", "there is no `archive`");
        let outside = text.replace("w.npz", "../w.npz");
        check(&outside, b"", "is no name of an .npz file");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let check = |from: &str, to: &str, expected: &str| {
            let text = read_with(&TEXT.replace(from, to)).unwrap_err().to_string();
            assert!(text.contains(expected), "{text}");
        };
        check("size = 3", "size = 4", "has shape [3], must have [4]");
        check("w.npy", "../w.npy", "is no name of an .npy file");
        check("w.npy", "v.npy", "there is no v.npy");
        check(
            "weights =",
            "layout = \"from_to\"\nweights =",
            "must have [2, 3]; layout = \"to_from\" says that they are the other way round",
        );
        check(
            "size = 2",
            "size = 5",
            "shape [3, 2], must have [3, 5]: a row for each neuron of the target, as layout = \"to_from\"",
        );
        check(
            "tau_mem = 10",
            "tau_mem = -1",
            "tau_mem: -1 is no positive number",
        );
        check("threshold", "treshold", "unknown field `treshold`");
        check("threshold", "treshold", "did you mean \"threshold\"?");
        check(
            "real_version",
            "format_version",
            "its name must not end in .real.toml",
        );
        check(
            "target = \"out\"",
            "target = \"uot\"",
            "there is no such target; did you mean \"out\"?",
        );
        check("real_version = 1", "real_version = 2", "2 is not supported");
    }

    #[test]
    fn small_texts_that_mean_much_are_refused() {
        let matrix = network::npy::encode(&[2048, 2048], &vec![0; 1 << 22]).unwrap();
        let head = "real_version = 1\nname = \"n\"\n";
        let population = "[[population]]\nname = \"p\"\nsize = 2048\nthreshold = 1\n";
        let projection = "[[projection]]\nsource = \"p\"\ntarget = \"p\"\nweights = \"w.npy\"\n";
        let check = |text: String, expected: &str| {
            let answer = read(&text, &mut |_| Ok(matrix.clone())).unwrap_err();
            assert!(answer.to_string().contains(expected), "{answer}");
        };
        check(
            format!("{head}{population}{}", projection.repeat(5)),
            "more than 16777216 numbers, with those of arrays before",
        );
        check(
            format!("{head}{}", population.repeat(4097)),
            "4097 sections, the limit is 4096",
        );
    }

    #[test]
    fn example_of_the_manual_is_read() {
        let manual = include_str!("../../docs/import.md");
        let (_, text) = manual.split_once("```toml\n").unwrap();
        let (text, _) = text.split_once("```").unwrap();
        let graph = read(text, &mut |name| {
            let shape = match name {
                "fc1.weight.npy" => [96, 64],
                "fc2.weight.npy" => [10, 96],
                name => return Err(format!("there is no {name}")),
            };
            let ones = vec![1; shape[0] * shape[1]];
            Ok(network::npy::encode(&shape, &ones).unwrap())
        });
        assert_eq!(graph.unwrap().synapse_count(), 96 * 64 + 10 * 96);
    }
}
