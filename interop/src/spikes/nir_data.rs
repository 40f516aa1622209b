//! Spikes that the package `nir` stores beside a network with `nir.write_data`: HDF5 whose root has
//! the attribute `__type__` = `NIRGraphData`, with `/nodes/NAME/observables/NAME/{idx,time}` in
//! seconds, or `data` with the dimensions samples, steps and neurons.
//!
//! Source: the package `nir` 1.0.8, `nir.data_ir`. That package converts a time to a step by
//! rounding down, which often gives the previous step; this module rounds to the nearest step.

use hdf5_pure::{Dataset, Group};

use super::{
    Choice, Choices, Clock, MAX_EVENTS, Note, Recording, SpikeError, Timed, Unit, chosen, columns,
};
use crate::hdf5;

/// Whether the file was written by `nir.write_data`.
pub(super) fn is_one(root: &Group) -> bool {
    let attributes = root.attrs().unwrap_or_default();
    attributes.get("__type__").and_then(|it| it.as_str()) == Some("NIRGraphData")
}

/// Reads the spikes of a node, or of the only node with spikes.
pub(super) fn read(root: &Group, choices: &Choices) -> Result<Recording, SpikeError> {
    let nodes = group(root, "nodes", "")?;
    let names = nodes
        .groups()
        .map_err(|error| SpikeError::hdf5("/nodes", error))?;
    let mut found = Vec::new();
    for name in &names {
        let place = format!("/nodes/{name}");
        let node = group(&nodes, name, "/nodes")?;
        // The nodes of a nested graph are searched as well.
        if let Ok(observables) = group(&node, "observables", &place) {
            let place = format!("{place}/observables");
            for kind in observables
                .groups()
                .map_err(|error| SpikeError::hdf5(&place, error))?
            {
                let own = group(&observables, &kind, &place)?;
                if is_of_spikes(&own) {
                    let label = match kind.as_str() {
                        "spikes" => name.clone(),
                        other => format!("{name}.{other}"),
                    };
                    found.push((label, own, format!("{place}/{kind}")));
                }
            }
        }
    }
    let labels: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
    let label = chosen(choices.population.as_deref(), &labels)?;
    let Some((_, own, place)) = found.iter().find(|it| it.0 == label) else {
        return Err(SpikeError::hdf5("/nodes", "no node has spikes"));
    };
    of_group(own, place, choices)
}

/// Whether the group contains events without values, or a grid of booleans.
fn is_of_spikes(group: &Group) -> bool {
    let attributes = group.attrs().unwrap_or_default();
    let kind = attributes.get("__type__").and_then(|it| it.as_str());
    match kind {
        Some("EventData") => true,
        Some("TimeGriddedData") => group
            .dataset("data")
            .and_then(|data| data.dtype())
            .is_ok_and(|kind| hdf5::is_boolean(&kind)),
        _ => false,
    }
}

fn group(of: &Group, name: &str, place: &str) -> Result<Group, SpikeError> {
    let place = format!("{place}/{name}");
    of.group(name)
        .map_err(|error| SpikeError::hdf5(&place, error))
}

fn of_group(group: &Group, place: &str, choices: &Choices) -> Result<Recording, SpikeError> {
    let names = group
        .datasets()
        .map_err(|error| SpikeError::hdf5(place, error))?;
    if names.iter().any(|name| name == "data") {
        return of_grid(group, place, choices);
    }
    let idx = array(group, "idx", place, 2)?;
    let time = array(group, "time", place, 2)?;
    if idx.shape != time.shape {
        let reason = format!("idx has shape {:?}, time {:?}", idx.shape, time.shape);
        return Err(SpikeError::hdf5(place, reason));
    }
    let (sample, note) = sample(idx.shape[0], choices)?;
    let count = idx.shape[1];
    let own = sample * count..(sample + 1) * count;
    let (ids, times) = (idx.reals(own.clone())?, time.reals(own)?);
    let spikes = ids.iter().zip(&times).enumerate();
    // Unused elements of a sample's row have the id -1.
    let spikes = spikes.filter(|(_, (id, _))| **id != -1.0);
    let spikes =
        spikes.map(|(index, (&id, &time))| columns::spike(index, id, time, Some(Unit::Seconds)));
    let mut recording = Recording::of(Clock::NearestNanoseconds, spikes.collect::<Result<_, _>>()?);
    recording.notes.extend(note);
    Ok(recording)
}

/// The spikes of a grid, whose steps are ticks.
fn of_grid(group: &Group, place: &str, choices: &Choices) -> Result<Recording, SpikeError> {
    let data = array(group, "data", place, 3)?;
    let (sample, note) = sample(data.shape[0], choices)?;
    let (steps, neurons) = (data.shape[1], data.shape[2]);
    let cells = steps * neurons;
    let values = data.reals(sample * cells..(sample + 1) * cells)?;
    let spikes = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != 0.0);
    let spikes = spikes.map(|(at, _)| Timed {
        time: (at / neurons) as u64,
        // Lossless: within the limit of all cells.
        id: (at % neurons) as u32,
    });
    let mut recording = Recording::of(Clock::Ticks, spikes.collect());
    recording.notes.extend(note);
    Ok(recording)
}

/// The chosen sample, or the only one, and a note.
fn sample(of: usize, choices: &Choices) -> Result<(usize, Option<Note>), SpikeError> {
    match choices.sample {
        Some(sample) if sample < of => Ok((
            sample,
            Some(Note::Sample {
                sample,
                of,
                label: None,
            }),
        )),
        None if of == 1 => Ok((0, None)),
        chosen => Err(SpikeError::Choice {
            what: Choice::Sample,
            value: chosen.map_or("not named".to_owned(), |sample| sample.to_string()),
            count: of,
            choices: match of {
                0 => "nothing".to_owned(),
                _ => format!("samples 0 to {}", of - 1),
            },
        }),
    }
}

/// A data set of numbers whose dimensions have been counted.
struct Array {
    data: Dataset,
    shape: Vec<usize>,
    place: String,
}

fn array(group: &Group, name: &str, place: &str, dimensions: usize) -> Result<Array, SpikeError> {
    let place = format!("{place}/{name}");
    let here = |error| SpikeError::hdf5(&place, error);
    let data = group.dataset(name).map_err(here)?;
    let shape = data.shape().map_err(here)?;
    if shape.len() != dimensions {
        let reason = format!("{} dimensions, must be {dimensions}", shape.len());
        return Err(SpikeError::hdf5(&place, reason));
    }
    let kind = data.dtype().map_err(here)?;
    if !hdf5::is_numeric(&kind) && !hdf5::is_boolean(&kind) {
        return Err(SpikeError::hdf5(
            &place,
            "must hold numbers of 8 to 64 bits",
        ));
    }
    let limit = MAX_EVENTS as u64;
    let unpacked = hdf5::unpacked(&data, &shape).map_err(here)?;
    if unpacked > limit || hdf5::elements(&shape) > limit {
        return Err(SpikeError::TooMany { limit: MAX_EVENTS });
    }
    Ok(Array {
        data,
        // Lossless: within the limit.
        shape: shape.iter().map(|&size| size as usize).collect(),
        place,
    })
}

impl Array {
    /// The elements of this range, in C order.
    fn reals(&self, range: std::ops::Range<usize>) -> Result<Vec<f64>, SpikeError> {
        let here = |error| SpikeError::hdf5(&self.place, error);
        let kind = self.data.dtype().map_err(here)?;
        let all = hdf5::reals(&self.data, &kind).map_err(here)?;
        let found = all.len();
        let own = all.get(range).map(<[f64]>::to_vec);
        own.ok_or_else(|| SpikeError::hdf5(&self.place, format!("only {found} values")))
    }
}
