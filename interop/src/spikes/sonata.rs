//! SONATA spike files: HDF5 with `/spikes/<population>/timestamps` in milliseconds and
//! `/spikes/<population>/node_ids`; in the first SONATA layout, `/spikes/timestamps` and
//! `/spikes/gids` of all neurons. This module also reads the Spiking Heidelberg Digits, which have
//! the same group, and spikes written by the package `nir`.
//!
//! Source: K. Dai et al., *The SONATA data format for efficient description of large-scale network
//! models*, PLoS Computational Biology 16, 2020; the format's developer guide.

use std::sync::Arc;

use hdf5_pure::{AttrValue, Dataset, File, FileBuilder, Group};

use super::{
    Choices, Clock, MAX_EVENTS, Recording, Spike, SpikeError, Timed, check_count, chosen,
    milliseconds, nanoseconds, nir_data, shd, some_of,
};
use crate::hdf5::{self, Shared};

/// Reads the spikes of a population, or of the only population.
///
/// # Errors
/// The error of the file, or the names of its populations.
pub fn read(bytes: Vec<u8>, choices: &Choices) -> Result<Recording, SpikeError> {
    let bytes = Arc::new(bytes);
    let source = Shared(Arc::clone(&bytes));
    let file = File::from_source(source).map_err(|error| SpikeError::hdf5("the file", error))?;
    let root = file.root();
    if nir_data::is_one(&root) {
        return nir_data::read(&root, choices);
    }
    let all = root
        .groups()
        .map_err(|error| SpikeError::hdf5("/", error))?;
    if !all.iter().any(|name| name == "spikes") {
        return Err(neighbour(&all, &root.datasets().unwrap_or_default()));
    }
    let spikes = root
        .group("spikes")
        .map_err(|error| SpikeError::hdf5("/spikes", error))?;
    let lists = spikes
        .datasets()
        .map_err(|error| SpikeError::hdf5("/spikes", error))?;
    let has = |name: &str| lists.iter().any(|list| list == name);
    if has("times") && has("units") {
        return shd::read(&root, &spikes, &bytes, choices);
    }
    if has("timestamps") && has("gids") {
        if let Some(name) = &choices.population {
            return Err(SpikeError::hdf5(
                "/spikes",
                format!(
                    "SONATA's first layout, which has no populations, and so no {name:?}: its ids \
                     are those of all neurons"
                ),
            ));
        }
        return of_group(&spikes, "/spikes", "gids");
    }
    let names = spikes
        .groups()
        .map_err(|error| SpikeError::hdf5("/spikes", error))?;
    if names.is_empty() {
        let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
        let reason = format!(
            "no population is in it, nor timestamps and gids, nor times and units; it holds {}",
            some_of(&lists)
        );
        return Err(SpikeError::hdf5("/spikes", reason));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let name = chosen(choices.population.as_deref(), &names)?;
    let place = format!("/spikes/{name}");
    let group = spikes
        .group(name)
        .map_err(|error| SpikeError::hdf5(&place, error))?;
    of_group(&group, &place, "node_ids")
}

/// The error for an HDF5 file of another kind.
fn neighbour(groups: &[String], lists: &[String]) -> SpikeError {
    let has = |name: &str| groups.iter().chain(lists).any(|found| found == name);
    let foreign = |format, reason| SpikeError::Foreign { format, reason };
    if has("node") && has("version") {
        return foreign(
            "a NIR network",
            "`synfire import` reads it, and it holds no spikes",
        );
    }
    if has("acquisition") && has("units") {
        return foreign(
            "NWB",
            "it is not read; with pynwb its spike times and units can be saved with numpy.savez, as \
             times (in ms) and senders",
        );
    }
    let names: Vec<&str> = groups.iter().chain(lists).map(String::as_str).collect();
    SpikeError::hdf5(
        "the file",
        format!("there is no group spikes; it holds {}", some_of(&names)),
    )
}

/// The spikes from two lists of a group.
fn of_group(group: &Group, place: &str, ids_name: &str) -> Result<Recording, SpikeError> {
    let (times_place, ids_place) = (format!("{place}/timestamps"), format!("{place}/{ids_name}"));
    let times = list(group, "timestamps", &times_place)?;
    let ids = list(group, ids_name, &ids_place)?;
    let attributes = times
        .attrs()
        .map_err(|error| SpikeError::hdf5(&times_place, error))?;
    if let Some(units) = attributes.get("units") {
        let known = matches!(units.as_str(), Some("milliseconds" | "ms"));
        if !known {
            return Err(SpikeError::hdf5(
                &times_place,
                "its units are not milliseconds",
            ));
        }
    }
    let times = times
        .read_f64()
        .map_err(|error| SpikeError::hdf5(&times_place, error))?;
    let ids = ids
        .read_u64()
        .map_err(|error| SpikeError::hdf5(&ids_place, error))?;
    if times.len() != ids.len() {
        let reason = format!("{} times, {} ids", times.len(), ids.len());
        return Err(SpikeError::hdf5(place, reason));
    }
    let spike = |(index, (&ms, &id)): (usize, (&f64, &u64))| {
        let time = nanoseconds(index, ms)?;
        let id = u32::try_from(id).map_err(|_| SpikeError::OutOfRange {
            index,
            what: "id",
            value: id as f64,
            min: 0,
            max: u64::from(u32::MAX),
        })?;
        Ok(Timed { time, id })
    };
    let spikes = times.iter().zip(&ids).enumerate().map(spike);
    Ok(Recording::of(
        Clock::Nanoseconds,
        spikes.collect::<Result<_, SpikeError>>()?,
    ))
}

/// Opens a list of numbers, and checks its length.
fn list(group: &Group, name: &str, place: &str) -> Result<Dataset, SpikeError> {
    let here = |error| SpikeError::hdf5(place, error);
    let data = group.dataset(name).map_err(here)?;
    let shape = data.shape().map_err(here)?;
    let &[length] = &shape[..] else {
        return Err(SpikeError::hdf5(
            place,
            format!("{} dimensions, must be 1", shape.len()),
        ));
    };
    let unpacked = hdf5::unpacked(&data, &shape).map_err(here)?;
    if length > MAX_EVENTS as u64 || unpacked > MAX_EVENTS as u64 {
        return Err(SpikeError::TooMany { limit: MAX_EVENTS });
    }
    if hdf5::is_numeric(&data.dtype().map_err(here)?) {
        Ok(data)
    } else {
        Err(SpikeError::hdf5(place, "must hold numbers of 8 to 64 bits"))
    }
}

/// A file with one population and uncompressed lists, because the wheels of libsonata cannot
/// decompress. A tick has `tick_ns` nanoseconds.
///
/// # Errors
/// More spikes than the limit for reading, or an error of the HDF5 library.
pub fn write(population: &str, spikes: &[Spike], tick_ns: u64) -> Result<Vec<u8>, SpikeError> {
    check_count(spikes.len())?;
    let times = spikes.iter().enumerate();
    let times = times.map(|(index, spike)| milliseconds(index, spike.tick, tick_ns));
    let times: Vec<f64> = times.collect::<Result<_, SpikeError>>()?;
    let ids: Vec<u64> = spikes.iter().map(|spike| u64::from(spike.id)).collect();
    let mut builder = FileBuilder::new();
    builder.set_attr("magic", AttrValue::U32(0x0A7A));
    builder.set_attr("version", AttrValue::U32Array(vec![0, 1]));
    let mut group = builder.create_group("spikes");
    let mut inner = group.create_group(population);
    inner
        .create_dataset("timestamps")
        .with_f64_data(&times)
        .set_attr("units", AttrValue::AsciiString("milliseconds".to_owned()));
    inner.create_dataset("node_ids").with_u64_data(&ids);
    group.add_group(inner.finish());
    builder.add_group(group.finish());
    builder
        .finish()
        .map_err(|error| SpikeError::hdf5("the file", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let spikes = [(0, 3), (7, 1), (70_000, 2)].map(|(tick, id)| Spike { tick, id });
        for tick_ns in [1, 100_000, 1_000_000] {
            let bytes = write("all", &spikes, tick_ns).unwrap();
            let read = read(bytes, &Choices::default()).unwrap();
            assert_eq!(read.ticks(tick_ns).unwrap(), spikes);
        }
        let bytes = write("all", &[], 1).unwrap();
        assert!(read(bytes, &Choices::default()).unwrap().spikes.is_empty());
    }

    #[test]
    fn population_must_be_one_of_the_file() {
        let bytes = write("all", &[], 1).unwrap();
        let choices = Choices {
            population: Some("none".to_owned()),
            ..Choices::default()
        };
        let error = read(bytes, &choices).unwrap_err().to_string();
        assert_eq!(error, "the population is none; the file has 1: \"all\"");
    }

    #[test]
    fn the_first_layout_has_no_populations() {
        let mut builder = FileBuilder::new();
        let mut group = builder.create_group("spikes");
        group
            .create_dataset("timestamps")
            .with_f64_data(&[1.0, 2.5, 2.5, 9.0]);
        group.create_dataset("gids").with_u64_data(&[3, 0, 1, 0]);
        builder.add_group(group.finish());
        let bytes = builder.finish().unwrap();
        let spikes = read(bytes.clone(), &Choices::default()).unwrap();
        let spikes = spikes.ticks(500_000).unwrap();
        let spikes: Vec<_> = spikes.iter().map(|s| (s.tick, s.id)).collect();
        assert_eq!(spikes, [(2, 3), (5, 0), (5, 1), (18, 0)]);
        let choices = Choices {
            population: Some("v1".to_owned()),
            ..Choices::default()
        };
        let error = read(bytes, &choices).unwrap_err().to_string();
        assert!(error.contains("has no populations"), "{error}");
    }

    #[test]
    fn an_empty_list_is_no_choice() {
        let mut builder = FileBuilder::new();
        let group = builder.create_group("spikes");
        builder.add_group(group.finish());
        let error = read(builder.finish().unwrap(), &Choices::default()).unwrap_err();
        assert!(error.to_string().contains("it holds nothing"), "{error}");
        let mut builder = FileBuilder::new();
        let group = builder.create_group("other");
        builder.add_group(group.finish());
        let error = read(builder.finish().unwrap(), &Choices::default()).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("no group spikes; it holds \"other\""),
            "{error}"
        );
    }

    #[test]
    fn lists_are_written_unpacked_and_in_one_piece() {
        let spikes: Vec<Spike> = (0..10_000).map(|tick| Spike { tick, id: 1 }).collect();
        let file = File::from_bytes(write("all", &spikes, 1_000_000).unwrap()).unwrap();
        let group = file.root().group("spikes").unwrap().group("all").unwrap();
        for name in ["timestamps", "node_ids"] {
            let list = group.dataset(name).unwrap();
            assert!(list.chunk_shape().unwrap().is_none(), "{name}");
        }
    }
}
