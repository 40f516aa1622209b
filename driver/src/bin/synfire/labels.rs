//! Labels of samples from a file of their own.

use std::path::Path;

use driver::text::visible;
use interop::precision::data::Labelled;
use spec::network::Population;
use spec::npy::Array;

use crate::exit::UsageError;
use crate::files::{self, InputError};

/// What a text of labels may begin with.
const HEADERS: [&str; 2] = ["label", "labels"];

/// Gives the samples the labels of that file: `.npy`, or a text with a label a line. Labels that they
/// had are dropped; tells whether there were any.
pub(crate) fn attach(data: &mut Labelled, path: &Path) -> anyhow::Result<bool> {
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

/// Refuses labels that no neuron of the population stands for.
pub(crate) fn check(data: &Labelled, outputs: &Population) -> Result<(), UsageError> {
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
