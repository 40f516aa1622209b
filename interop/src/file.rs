//! Writes network files: the text and the arrays of a network, as described in
//! `docs/network_file.md`.

mod learning;

use std::fmt::Write;

use network::npy;
use network::{
    ABSENT_WEIGHT, MAX_LISTED, MAX_NUMBERS, MAX_TEXT, Network, Population, Projection, Receptor,
    Source, Synapse,
};
use spec::fixed::{LEAK_ALL, NO_DECAY};
use spec::words::{Leak, Refractory, Reset};
use thiserror::Error;

/// Maximum number of values in the text; longer lists go into an array.
const IN_TEXT: usize = 16;
/// The reciprocal of the minimum density with which a matrix is written as a matrix.
const DENSE: usize = 8;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a network cannot be written as a file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The text exceeds the limit even without lists.
    #[error("a network file of {bytes} bytes, the limit is {limit}: it has too many projections")]
    TooLarge {
        /// Size of the text in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The file format has one value for the pairing on both sides of a learning rule, and the
    /// sides differ.
    #[error(
        "the synapses from {from:?} to {to:?} learn from all pairs of spikes on one side and from \
         the nearest on the other, which a network file does not tell apart"
    )]
    MixedPairs {
        /// The source.
        from: String,
        /// The target.
        to: String,
    },
}

/// The text and the arrays of a network. `stem` is the text's file name without `.toml`; the
/// arrays' names begin with it. If the text would be too long, its lists of synapses become arrays.
///
/// # Errors
/// [`FileError`].
pub fn write(network: &Network, stem: &str) -> Result<Vec<File>, FileError> {
    if let Some(projection) = learning::mixed(network) {
        return Err(FileError::MixedPairs {
            from: network.source_name(projection).to_owned(),
            to: network.target_name(projection).to_owned(),
        });
    }
    let files = written(network, stem, usize::MAX);
    let mut files = match &files[..] {
        [text, ..] if text.bytes.len() <= MAX_TEXT => files,
        _ => written(network, stem, IN_TEXT),
    };
    match files.first() {
        Some(text) if text.bytes.len() > MAX_TEXT => Err(FileError::TooLarge {
            bytes: text.bytes.len(),
            limit: MAX_TEXT,
        }),
        _ => Ok(std::mem::take(&mut files)),
    }
}

/// The text and the arrays, with at most `in_text` synapses per list in the text.
fn written(network: &Network, stem: &str, in_text: usize) -> Vec<File> {
    let mut writer = Writer {
        text: format!("format_version = 2\nname = {:?}\n", network.name()),
        stem,
        arrays: Vec::new(),
        in_text,
        before: 0,
        numbers: 0,
        to_come: network
            .projections()
            .iter()
            .map(|it| Form::of(network, it).least())
            .sum(),
    };
    for input in network.inputs() {
        let (name, size) = (&input.name, input.size);
        writer.text += &format!("\n[[input]]\nname = {name:?}\nsize = {size}\n");
    }
    for (index, population) in network.populations().iter().enumerate() {
        writer.population(population);
        writer.adaptation(network, index);
    }
    writer.plasticities(network);
    for projection in network.projections() {
        writer.projection(network, projection);
    }
    let Writer {
        text, mut arrays, ..
    } = writer;
    let file = File {
        name: format!("{stem}.toml"),
        bytes: text.into_bytes(),
    };
    arrays.insert(0, file);
    arrays
}

struct Writer<'s> {
    text: String,
    stem: &'s str,
    arrays: Vec<File>,
    /// Longest list of synapses in the text.
    in_text: usize,
    /// Number of synapses of the projections already written.
    before: usize,
    /// Number of values in the arrays so far, and the minimum number still to come.
    numbers: usize,
    to_come: usize,
}

/// The size of a projection, which determines how its synapses are written.
struct Form {
    /// Rows and columns of a matrix.
    source: usize,
    target: usize,
    synapses: usize,
    /// Whether a matrix holds them, and is not nearly empty.
    dense: bool,
}

impl Form {
    fn of(network: &Network, projection: &Projection) -> Form {
        let source = match projection.source {
            Source::Input(index) => network.inputs()[index].size,
            Source::Population(index) => network.populations()[index].size,
        };
        let target = network.populations()[projection.target].size;
        let synapses = &projection.synapses;
        // A matrix holds only one delay per pair of neurons.
        let uniform = synapses
            .windows(2)
            .all(|pair| pair[0].delay == pair[1].delay);
        Form {
            source,
            target,
            synapses: synapses.len(),
            dense: uniform && synapses.len() * DENSE >= source * target,
        }
    }

    const fn cells(&self) -> usize {
        self.source * self.target
    }

    /// Minimum number of values in an array.
    fn least(&self) -> usize {
        let list = 4 * self.synapses;
        if self.dense {
            list.min(self.cells())
        } else {
            list
        }
    }
}

impl Writer<'_> {
    fn line(&mut self, key: &str, value: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{key} = {value}");
    }

    /// Adds an array, and returns its name in quotes.
    fn array(&mut self, key: &str, shape: &[usize], values: &[i32]) -> String {
        let name = format!("{}_{}_{key}.npy", self.stem, self.arrays.len());
        // Cannot fail: the shape matches the values.
        let bytes = npy::encode(shape, values).unwrap_or_default();
        let quoted = format!("{name:?}");
        self.numbers += values.len();
        self.arrays.push(File { name, bytes });
        quoted
    }

    /// Writes one number if all are equal, otherwise one per neuron.
    fn numbers(&mut self, key: &str, values: &[i32]) {
        let value = match values {
            [first, rest @ ..] if rest.iter().all(|value| value == first) => first.to_string(),
            _ if values.len() <= IN_TEXT => format!("{values:?}"),
            _ => self.array(key, &[values.len()], values),
        };
        self.line(key, &value);
    }

    /// Writes one word if all are equal, otherwise one per neuron.
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
        let left = |factor: u16| i32::from(factor.min(NO_DECAY));
        let linear = |leak: &Leak| matches!(leak, Leak::Linear { .. });
        let constant = |d: &spec::words::NeuronParams| match d.leak {
            Leak::Linear { leak } if leak != LEAK_ALL => Some(i32::from(leak)),
            _ => None,
        };
        if let Some(Leak::Quadratic { fine }) = dynamics.first().map(|d| d.leak) {
            let word = if fine { "fine_square" } else { "square" };
            self.line("leak", &format!("{word:?}"));
        } else if let Some(leaks) = dynamics.iter().map(constant).collect::<Option<Vec<_>>>() {
            self.numbers("leak", &leaks);
        } else if dynamics.iter().any(|d| linear(&d.leak)) {
            let leak = |leak: Leak| match leak {
                Leak::Linear { leak: LEAK_ALL } => "\"all\"".to_owned(),
                Leak::Linear { leak } => leak.to_string(),
                // A population in a file has one kind of leak; see `split`.
                Leak::Exponential { .. } | Leak::Quadratic { .. } => "0".to_owned(),
            };
            let words: Vec<String> = dynamics.iter().map(|d| leak(d.leak)).collect();
            self.words("leak", &words);
        } else {
            let decay = |leak: Leak| match leak {
                Leak::Exponential { factor } => left(factor),
                Leak::Linear { .. } | Leak::Quadratic { .. } => i32::from(NO_DECAY),
            };
            let decays: Vec<i32> = dynamics.iter().map(|d| decay(d.leak)).collect();
            self.numbers("decay_mem", &decays);
        }
        let decays: Vec<i32> = dynamics.iter().map(|d| left(d.decay_syn)).collect();
        self.numbers("decay_syn", &decays);
        self.second(population);
        let resets: Vec<i32> = dynamics.iter().map(|d| d.v_reset).collect();
        self.numbers("v_reset", &resets);
        if population.initial_potentials != resets {
            self.numbers("v_init", &population.initial_potentials);
        }
        if population.initial_currents.iter().any(|&it| it != 0) {
            self.numbers("i_init", &population.initial_currents);
        }
        let word = |d: &spec::words::NeuronParams| match d.reset {
            Reset::ToReset => "\"to_v_reset\"".to_owned(),
            Reset::Subtract => "\"subtract\"".to_owned(),
            Reset::SubtractLate => "\"subtract_late\"".to_owned(),
            Reset::SubtractRaised => "\"subtract_raised\"".to_owned(),
        };
        self.words("reset", &dynamics.iter().map(word).collect::<Vec<_>>());
        let ticks: Vec<i32> = dynamics
            .iter()
            .map(|d| i32::from(d.refractory_ticks))
            .collect();
        self.numbers("refractory_ticks", &ticks);
        let word = |d: &spec::words::NeuronParams| match d.refractory {
            Refractory::Hold => "\"hold\"".to_owned(),
            Refractory::Mask => "\"mask\"".to_owned(),
        };
        self.words("refractory", &dynamics.iter().map(word).collect::<Vec<_>>());
        let reports: Vec<String> = dynamics.iter().map(|d| d.report.to_string()).collect();
        self.words("report", &reports);
    }

    /// The second states of a population, if it has them. What spikes add to them stands in
    /// projections.
    fn second(&mut self, population: &Population) {
        let Some(second) = &population.second else {
            return;
        };
        let adapts = population.dynamics.iter().any(|it| it.adapts);
        let [decay, initial] = match adapts {
            true => ["decay_adapt", "adapt_init"],
            false => ["decay_syn_inh", "i_init_inh"],
        };
        let decays: Vec<i32> = second
            .params
            .iter()
            .map(|it| i32::from(it.decay.min(NO_DECAY)))
            .collect();
        self.numbers(decay, &decays);
        if second.begin() {
            self.numbers(initial, &second.initial);
        }
        if second.params.iter().any(|it| it.coupling.factor != 0) {
            let couplings = second.params.iter();
            let couplings: Vec<String> =
                couplings.map(|it| it.coupling.real().to_string()).collect();
            self.words("coupling", &couplings);
        }
    }

    fn projection(&mut self, network: &Network, projection: &Projection) {
        let form = Form::of(network, projection);
        self.to_come -= form.least();
        let target = &network.populations()[projection.target];
        let synapses = &projection.synapses;
        self.text += "\n[[projection]]\n";
        self.line("source", &format!("{:?}", network.source_name(projection)));
        self.line("target", &format!("{:?}", target.name));
        self.line("exponent", &projection.exponent.to_string());
        if target.second.is_some() {
            let receptor = match projection.receptor {
                Receptor::Inhibitory => "inhibitory",
                Receptor::BySign => "by_sign",
                _ => "excitatory",
            };
            self.line("receptor", &format!("{receptor:?}"));
        }
        if let Some(rule) = projection.rule {
            self.line("plasticity", &format!("\"rule_{rule}\""));
        }
        let dense = form.dense && self.has_room(form.cells());
        if synapses.len() > IN_TEXT && dense {
            // Lossless: -128.
            let mut matrix = vec![ABSENT_WEIGHT as i32; form.cells()];
            for synapse in synapses {
                let at = synapse.pre as usize * target.size + synapse.post as usize;
                matrix[at] = i32::from(synapse.weight);
            }
            let name = self.array("weights", &[form.source, form.target], &matrix);
            self.line("weights", &name);
            let delay = synapses.first().map_or(1, |synapse| synapse.delay);
            self.line("delay", &delay.to_string());
        } else if synapses.len() > self.in_text {
            // Lossless: a network has at most 2^20 sources.
            let row = |s: &Synapse| [s.pre as i32, s.post as i32, s.weight.into(), s.delay.into()];
            let rows: Vec<i32> = synapses.iter().flat_map(row).collect();
            let name = self.array("synapses", &[synapses.len(), 4], &rows);
            self.line("synapses", &name);
        } else {
            let list = synapses
                .iter()
                .map(|s| format!("[{},{},{},{}]", s.pre, s.post, s.weight, s.delay));
            let list = list.collect::<Vec<_>>().join(",");
            self.line("synapses", &format!("[{list}]"));
        }
        self.before += synapses.len();
    }

    /// Whether a matrix with this number of cells can be read back and leaves room for the rest:
    /// its cells count as synapses when it is read, and as values of arrays.
    fn has_room(&self, cells: usize) -> bool {
        cells <= MAX_LISTED - self.before && self.numbers + cells + self.to_come <= MAX_NUMBERS
    }
}
