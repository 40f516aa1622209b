//! Network files: the text and the arrays of a network, as `docs/network_file.md` describes them.

use std::fmt::Write;

use spec::fixed::{KEEP_ALL, LEAK_ALL};
use spec::network::{ABSENT_WEIGHT, MAX_TEXT, Network, Population, Projection, Source};
use spec::npy::{self, MAX_ELEMENTS};
use spec::words::{Leak, Refractory, Reset};
use thiserror::Error;

/// Values that stand in the text; more are in an array.
const IN_TEXT: usize = 16;
/// Share of a matrix that must be there for it to be written as one.
const DENSE: usize = 8;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a network has no file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// Its synapses are too many for a list and too few for a matrix.
    #[error(
        "a network file of {bytes} bytes, the limit is {limit}: it has sparse projections \
             between large populations, which have no array of their own"
    )]
    TooLarge {
        /// Bytes of the text.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
}

/// The text and the arrays of a network. `stem` is the text's name without `.toml`; the arrays'
/// names begin with it.
///
/// # Errors
/// [`FileError`].
pub fn write(network: &Network, stem: &str) -> Result<Vec<File>, FileError> {
    let mut writer = Writer {
        text: format!("format_version = 1\nname = {:?}\n", network.name()),
        stem,
        arrays: Vec::new(),
    };
    for input in network.inputs() {
        let (name, size) = (&input.name, input.size);
        writer.text += &format!("\n[[input]]\nname = {name:?}\nsize = {size}\n");
    }
    for population in network.populations() {
        writer.population(population);
    }
    for projection in network.projections() {
        writer.projection(network, projection);
    }
    let Writer {
        text, mut arrays, ..
    } = writer;
    if text.len() > MAX_TEXT {
        return Err(FileError::TooLarge {
            bytes: text.len(),
            limit: MAX_TEXT,
        });
    }
    arrays.insert(
        0,
        File {
            name: format!("{stem}.toml"),
            bytes: text.into_bytes(),
        },
    );
    Ok(arrays)
}

struct Writer<'s> {
    text: String,
    stem: &'s str,
    arrays: Vec<File>,
}

impl Writer<'_> {
    fn line(&mut self, key: &str, value: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{key} = {value}");
    }

    /// Adds an array, and gives back its name in quotes.
    fn array(&mut self, key: &str, shape: &[usize], values: &[i32]) -> String {
        let name = format!("{}_{}_{key}.npy", self.stem, self.arrays.len());
        // The shape is that of the values.
        let bytes = npy::encode(shape, values).unwrap_or_default();
        let quoted = format!("{name:?}");
        self.arrays.push(File { name, bytes });
        quoted
    }

    /// One number if all are the same, else one a neuron.
    fn numbers(&mut self, key: &str, values: &[i32]) {
        let value = match values {
            [first, rest @ ..] if rest.iter().all(|value| value == first) => first.to_string(),
            _ if values.len() <= IN_TEXT => format!("{values:?}"),
            _ => self.array(key, &[values.len()], values),
        };
        self.line(key, &value);
    }

    /// One word if all are the same, else one a neuron.
    fn words(&mut self, key: &str, words: &[String]) {
        let value = match words {
            [first, rest @ ..] if rest.iter().all(|word| word == first) => first.clone(),
            _ => format!("[{}]", words.join(", ")),
        };
        self.line(key, &value);
    }

    fn population(&mut self, population: &Population) {
        let dynamics = &population.dynamics;
        self.text += "\n[[population]]\n";
        self.line("name", &format!("{:?}", population.name));
        self.line("size", &population.size.to_string());
        self.numbers("threshold", &population.thresholds);
        self.numbers("bias", &population.biases);
        let keeps = |keep: u16| i32::from(KEEP_ALL - keep.min(KEEP_ALL));
        let linear = |leak: &Leak| matches!(leak, Leak::Linear { .. });
        if dynamics.iter().any(|d| linear(&d.leak)) {
            let leak = |leak: Leak| match leak {
                Leak::Linear { leak: LEAK_ALL } => "\"all\"".to_owned(),
                Leak::Linear { leak } => leak.to_string(),
                // A file has one kind of leak a population; see `split`.
                Leak::Exponential { .. } => "0".to_owned(),
            };
            let words: Vec<String> = dynamics.iter().map(|d| leak(d.leak)).collect();
            self.words("leak", &words);
        } else {
            let decay = |leak: Leak| match leak {
                Leak::Exponential { keep } => keeps(keep),
                Leak::Linear { .. } => 0,
            };
            let decays: Vec<i32> = dynamics.iter().map(|d| decay(d.leak)).collect();
            self.numbers("decay_v", &decays);
        }
        let decays: Vec<i32> = dynamics.iter().map(|d| keeps(d.keep_i)).collect();
        self.numbers("decay_i", &decays);
        let resets: Vec<i32> = dynamics.iter().map(|d| d.v_reset).collect();
        self.numbers("v_reset", &resets);
        let word = |d: &spec::words::Dynamics| match d.reset {
            Reset::ToReset => "\"to_v_reset\"".to_owned(),
            Reset::Subtract => "\"subtract\"".to_owned(),
        };
        self.words("reset", &dynamics.iter().map(word).collect::<Vec<_>>());
        let ticks: Vec<i32> = dynamics
            .iter()
            .map(|d| i32::from(d.refractory_ticks))
            .collect();
        self.numbers("refractory_ticks", &ticks);
        let word = |d: &spec::words::Dynamics| match d.refractory {
            Refractory::Hold => "\"hold\"".to_owned(),
            Refractory::Mask => "\"mask\"".to_owned(),
        };
        self.words("refractory", &dynamics.iter().map(word).collect::<Vec<_>>());
        let reports: Vec<String> = dynamics.iter().map(|d| d.report.to_string()).collect();
        self.words("report", &reports);
    }

    fn projection(&mut self, network: &Network, projection: &Projection) {
        let target = &network.populations()[projection.target];
        let source = match projection.source {
            Source::Input(index) => network.inputs()[index].size,
            Source::Population(index) => network.populations()[index].size,
        };
        let synapses = &projection.synapses;
        self.text += "\n[[projection]]\n";
        self.line("source", &format!("{:?}", network.source_name(projection)));
        self.line("target", &format!("{:?}", target.name));
        self.line("exponent", &projection.exponent.to_string());
        let cells = source * target.size;
        let fewest = synapses.first().map_or(1, |synapse| synapse.delay);
        let uniform = synapses.iter().all(|synapse| synapse.delay == fewest);
        // Two delays between the same neurons do not fit a matrix.
        let dense = uniform && cells <= MAX_ELEMENTS && synapses.len() * DENSE >= cells;
        if synapses.len() > IN_TEXT && dense {
            // Lossless: -128.
            let mut matrix = vec![ABSENT_WEIGHT as i32; cells];
            for synapse in synapses {
                let at = usize::from(synapse.pre) * target.size + usize::from(synapse.post);
                matrix[at] = i32::from(synapse.weight);
            }
            let name = self.array("weights", &[source, target.size], &matrix);
            self.line("weights", &name);
            self.line("delay", &fewest.to_string());
        } else {
            let list = synapses
                .iter()
                .map(|s| format!("[{},{},{},{}]", s.pre, s.post, s.weight, s.delay));
            let list = list.collect::<Vec<_>>().join(",");
            self.line("synapses", &format!("[{list}]"));
        }
    }
}
