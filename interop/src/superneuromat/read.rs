//! Reads a [`Model`] from the text of a file.

use std::collections::BTreeMap;

use crate::graph::MAX_SOURCES;
use serde::Deserialize;

use super::error::SuperNeuroMatError;
use super::lists::{LastRow, List};

/// Maximum number of bytes of a file: twice the size of a million synapses.
const BYTES_MAX: usize = 1 << 26;
/// The number that replaces `Infinity`, which SuperNeuroMAT writes although JSON does not have it.
const INFINITE: &str = "1e308";

/// The contents of a file: neurons, synapses and input values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// The neurons.
    pub neurons: Vec<Neuron>,
    /// The synapses.
    pub synapses: Vec<Synapse>,
    /// Values that are added to neurons, by tick.
    pub inputs: Vec<Input>,
    /// Neurons that fired in the last tick before the network was saved; their spikes are not
    /// delivered yet.
    pub fired: Vec<usize>,
}

/// A neuron.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neuron {
    /// The neuron fires when its state is greater than this value.
    pub threshold: f64,
    /// Constant by which its state moves toward the reset state per tick; infinite: it moves there
    /// at once.
    pub leak: f64,
    /// Its state after it has fired.
    pub reset_state: f64,
    /// Its initial state.
    pub state: f64,
    /// Refractory period in ticks.
    pub refractory_period: f64,
    /// Refractory ticks left at the beginning.
    pub refractory_state: f64,
}

/// A synapse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Synapse {
    /// Number of the source neuron.
    pub pre: usize,
    /// Number of the target neuron.
    pub post: usize,
    /// The value that a spike adds, in the next tick.
    pub weight: f64,
    /// Negative at the end of a chain of neurons that delays a spike by this number of ticks.
    pub delay: f64,
    /// Whether STDP is enabled for it.
    pub learns: bool,
}

/// A value that is added to a neuron's state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Input {
    /// The tick, from 0.
    pub tick: u32,
    /// The neuron.
    pub neuron: usize,
    /// The value.
    pub value: f64,
}

#[derive(Deserialize)]
struct Document {
    networks: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    meta: Meta,
    data: Data,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Meta {
    format: String,
    array_representation: String,
}

#[derive(Deserialize)]
struct Data {
    neuron_thresholds: List,
    neuron_leaks: List,
    neuron_reset_states: List,
    neuron_refractory_periods: List,
    #[serde(default)]
    neuron_states: List,
    #[serde(default)]
    neuron_refractory_periods_state: List,
    pre_synaptic_neuron_ids: List,
    post_synaptic_neuron_ids: List,
    synaptic_weights: List,
    #[serde(default)]
    synaptic_delays: List,
    #[serde(default)]
    enable_stdp: List,
    #[serde(default)]
    input_spikes: BTreeMap<String, Spikes>,
    #[serde(default)]
    spike_train: LastRow,
}

#[derive(Deserialize)]
struct Spikes {
    nids: List,
    values: List,
}

/// Reads a network from the text of a file; `network` selects one of several, by number (from 0) or
/// by name.
///
/// # Errors
/// The problem, and its place.
pub fn read(bytes: &[u8], network: Option<&str>) -> Result<Model, SuperNeuroMatError> {
    if bytes.len() > BYTES_MAX {
        return Err(SuperNeuroMatError::TooLarge {
            bytes: bytes.len(),
            limit: BYTES_MAX,
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| SuperNeuroMatError::NotText {
        at: error.valid_up_to(),
    })?;
    let document: Document = serde_json::from_str(&finite(text))?;
    let Entry { meta, data, .. } = chosen(document.networks, network)?;
    if meta.format != "snm" {
        return Err(SuperNeuroMatError::Format {
            field: "format",
            found: meta.format.chars().take(80).collect(),
            expected: "snm",
        });
    }
    let representations = ["json-native", "base85", "base64"];
    if !representations.contains(&meta.array_representation.as_str()) {
        return Err(SuperNeuroMatError::Format {
            field: "array_representation",
            found: meta.array_representation.chars().take(80).collect(),
            expected: "json-native, base85 or base64",
        });
    }
    data.model()
}

/// The network with this number or name, or the only one.
fn chosen(networks: Vec<Entry>, network: Option<&str>) -> Result<Entry, SuperNeuroMatError> {
    let found = networks.len();
    let named = |entry: &Entry| network.is_some() && entry.name.as_deref() == network;
    let number = || network?.parse::<usize>().ok();
    let at = match network {
        None => (found == 1).then_some(0),
        // A name takes precedence over a number.
        Some(_) => {
            let mut named = networks.iter().enumerate().filter(|(_, it)| named(it));
            match (named.next(), named.next()) {
                (Some((at, _)), None) => Some(at),
                (Some(_), Some(_)) => None,
                (None, _) => number(),
            }
        }
    };
    let name = |(at, entry): (usize, &Entry)| match &entry.name {
        Some(name) => format!("{at} ({:?})", name.chars().take(40).collect::<String>()),
        None => at.to_string(),
    };
    let names: Vec<String> = networks.iter().enumerate().take(8).map(name).collect();
    let chosen = at.and_then(|at| networks.into_iter().nth(at));
    chosen.ok_or_else(|| match found {
        0 => SuperNeuroMatError::NoNetwork,
        found => SuperNeuroMatError::Networks {
            chosen: network.unwrap_or("not chosen").chars().take(40).collect(),
            found,
            names: names.join(", ") + if found > 8 { ", ..." } else { "" },
        },
    })
}

/// The text with numbers in place of the words `Infinity` and `-Infinity`, which JSON does not
/// have. Strings are unchanged.
fn finite(text: &str) -> String {
    const WORD: &str = "Infinity";
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(at) = rest.find(['"', '\\', 'I']) {
        changed.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('\\') && quoted {
            // An escaped character does not end a string.
            1 + rest[1..].chars().next().map_or(0, char::len_utf8)
        } else if rest.starts_with('"') {
            quoted = !quoted;
            1
        } else if !quoted && rest.starts_with(WORD) {
            changed.push_str(INFINITE);
            rest = &rest[WORD.len()..];
            continue;
        } else {
            1
        };
        changed.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    changed.push_str(rest);
    changed
}

impl Data {
    fn model(self) -> Result<Model, SuperNeuroMatError> {
        let count = self.neuron_thresholds.0.len();
        let list = |field, List(list): List, count: usize, default: Option<f64>| match (
            list.len(),
            default,
        ) {
            (0, Some(default)) => Ok(vec![default; count]),
            (found, _) if found == count => Ok(list),
            (found, _) => Err(SuperNeuroMatError::Length {
                field,
                found,
                expected: count,
            }),
        };
        let leaks = list("neuron_leaks", self.neuron_leaks, count, None)?;
        let resets = list("neuron_reset_states", self.neuron_reset_states, count, None)?;
        let field = "neuron_refractory_periods";
        let periods = list(field, self.neuron_refractory_periods, count, None)?;
        let states = list("neuron_states", self.neuron_states, count, Some(0.0))?;
        let field = "neuron_refractory_periods_state";
        let waits = list(
            field,
            self.neuron_refractory_periods_state,
            count,
            Some(0.0),
        )?;
        let neurons = (0..count).map(|n| Neuron {
            threshold: self.neuron_thresholds.0[n],
            leak: leaks[n],
            reset_state: resets[n],
            state: states[n],
            refractory_period: periods[n],
            refractory_state: waits[n],
        });

        let id = |place: &dyn Fn() -> String, value: f64, limit: usize| {
            let legal = value.fract() == 0.0 && value >= 0.0 && value <= limit as f64;
            // Lossless: checked above.
            legal
                .then_some(value as usize)
                .ok_or_else(|| SuperNeuroMatError::Number {
                    place: place(),
                    value,
                    limit,
                })
        };
        let last = count.min(MAX_SOURCES).saturating_sub(1);
        let ways = self.pre_synaptic_neuron_ids.0.len();
        let posts = list(
            "post_synaptic_neuron_ids",
            self.post_synaptic_neuron_ids,
            ways,
            None,
        )?;
        let weights = list("synaptic_weights", self.synaptic_weights, ways, None)?;
        let delays = list("synaptic_delays", self.synaptic_delays, ways, Some(1.0))?;
        let learns = list("enable_stdp", self.enable_stdp, ways, Some(0.0))?;
        let mut synapses = Vec::with_capacity(ways);
        for (n, &pre) in self.pre_synaptic_neuron_ids.0.iter().enumerate() {
            synapses.push(Synapse {
                pre: id(&|| format!("pre_synaptic_neuron_ids[{n}]"), pre, last)?,
                post: id(&|| format!("post_synaptic_neuron_ids[{n}]"), posts[n], last)?,
                weight: weights[n],
                delay: delays[n],
                learns: learns[n] != 0.0,
            });
        }

        let mut inputs = Vec::new();
        for (tick, spikes) in self.input_spikes {
            let tick: u32 = tick.parse().map_err(|_| SuperNeuroMatError::Format {
                field: "a key of input_spikes",
                found: tick.chars().take(80).collect(),
                expected: "a tick, such as 3",
            })?;
            let values = list(
                "values of input_spikes",
                spikes.values,
                spikes.nids.0.len(),
                None,
            )?;
            for (&neuron, value) in spikes.nids.0.iter().zip(values) {
                let place = || format!("nids of input_spikes of tick {tick}");
                inputs.push(Input {
                    tick,
                    neuron: id(&place, neuron, last)?,
                    value,
                });
            }
        }
        let fired = self.spike_train.of(count);
        let fired = fired.ok_or_else(|| SuperNeuroMatError::Length {
            field: "the last row of spike_train",
            found: self.spike_train.len(),
            expected: count,
        })?;
        let fired = fired.iter().enumerate().filter(|(_, fired)| **fired != 0.0);
        let fired = fired.map(|(neuron, _)| neuron).collect();
        Ok(Model {
            neurons: neurons.collect(),
            synapses,
            inputs,
            fired,
        })
    }
}
