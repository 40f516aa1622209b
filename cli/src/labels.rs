//! The neurons that give answers, and the labels with which the answers are compared.

use std::path::{Path, PathBuf};

use clap::Args;
use interop::precision::data::Labelled;
use network::npy::Array;
use network::{Network, Population};
use viz::text::visible;

use crate::exit::UsageError;
use crate::files::{self, InputError};
use crate::options::TickOption;
use crate::samples::SampleOptions;

/// Allowed header lines of a text of labels.
const HEADERS: [&str; 2] = ["label", "labels"];

/// Who answers, and what is right.
#[derive(Debug, Clone, Args)]
pub(crate) struct AnswerOptions {
    /// Labels of the samples, where the data have none: .npy, or a text with a whole number a line
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Population that answers [default: the last]
    #[arg(long, value_name = "NAME")]
    answers: Option<String>,
}

impl AnswerOptions {
    /// The name of the population that answers, if the option was given.
    pub(crate) fn name(&self) -> Option<&str> {
        self.answers.as_deref()
    }

    /// The population that answers: the one of this name, or the last.
    pub(crate) fn population<'n>(&self, network: &'n Network) -> anyhow::Result<&'n Population> {
        let populations = network.populations();
        let found = match self.name() {
            None => populations.last(),
            Some(name) => populations.iter().find(|it| it.name == name),
        };
        found.ok_or_else(|| {
            let names: Vec<&str> = populations.iter().map(|it| &it.name[..]).collect();
            let name = self.name().unwrap_or_default();
            UsageError(format!(
                "--answers {name:?}: there is no such population, there are {}",
                names.join(", ")
            ))
            .into()
        })
    }

    /// Loads the samples with their labels; each label must be a neuron of the population that
    /// answers.
    pub(crate) fn load(
        &self,
        samples: &SampleOptions,
        network: &Network,
        tick: &TickOption,
        notes: &mut Vec<String>,
    ) -> anyhow::Result<Labelled> {
        let mut data = samples.load(network.input_count(), tick)?;
        if data.samples.spikes.is_empty() {
            return Err(UsageError("there are no samples".to_owned()).into());
        }
        if let Some(path) = &self.labels
            && attach(&mut data, path)?
        {
            notes.push("--labels takes the place of the labels in the data".to_owned());
        }
        check(&data, self.population(network)?)?;
        Ok(data)
    }
}

/// Replaces the labels of the samples by those in a file: `.npy`, or a text with one label per
/// line. Returns whether there were labels before.
fn attach(data: &mut Labelled, path: &Path) -> anyhow::Result<bool> {
    let labels = match &files::ending(path)[..] {
        "npy" => array(path)?,
        _ => text(path)?,
    };
    let (found, wanted) = (labels.len(), data.samples.spikes.len());
    if found != wanted {
        let name = files::name(path);
        let message = format!("{name}: has {found} labels, the data have {wanted} samples");
        return Err(UsageError(message).into());
    }
    Ok(data.labels.replace(labels).is_some())
}

/// Refuses labels that are not the index of a neuron of the population.
fn check(data: &Labelled, outputs: &Population) -> Result<(), UsageError> {
    let mut labels = data.labels.iter().flatten().enumerate();
    match labels.find(|(_, label)| **label >= outputs.size) {
        None => Ok(()),
        Some((at, label)) => Err(UsageError(format!(
            "the label of sample {at} is {label}, population {} answers 0 to {}",
            outputs.name,
            outputs.size - 1
        ))),
    }
}

fn array(path: &Path) -> anyhow::Result<Vec<usize>> {
    let name = files::name(path);
    let array = Array::parse(&files::data(path)?).map_err(|source| InputError::Spikes {
        path: name.clone(),
        source: source.into(),
    })?;
    if let shape @ ([] | [_, _, ..]) = array.shape() {
        let message = format!("{name}: its shape is {shape:?}, must be that of a list");
        return Err(UsageError(message).into());
    }
    let label = |(at, value): (usize, i64)| {
        usize::try_from(value).map_err(|_| {
            UsageError(format!(
                "{name}: label {at} is {value}, must be 0 or greater"
            ))
            .into()
        })
    };
    let values = array.into_integers().map_err(|source| InputError::Spikes {
        path: name.clone(),
        source: source.into(),
    })?;
    values.into_iter().enumerate().map(label).collect()
}

fn text(path: &Path) -> anyhow::Result<Vec<usize>> {
    let text = files::small_text(path)?;
    let lines = text.lines().map(str::trim).enumerate();
    let is_header = |at: usize, line: &str| at == 0 && HEADERS.contains(&line);
    let lines = lines.filter(|&(at, line)| !line.is_empty() && !is_header(at, line));
    let label = |(at, line): (usize, &str)| {
        line.parse().map_err(|_| {
            let (name, found, at) = (files::name(path), visible(line), at + 1);
            let message = format!(
                "{name}, line {at}: is {found:?}, must be one label, a whole number of 0 or more"
            );
            UsageError(message).into()
        })
    };
    lines.map(label).collect()
}
