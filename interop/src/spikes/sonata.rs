//! Spike files as SONATA has them: HDF5 with `/spikes/<population>/timestamps` in milliseconds and
//! `/spikes/<population>/node_ids`.
//!
//! Source: K. Dai et al., *The SONATA data format for efficient description of large-scale network
//! models*, PLoS Computational Biology 16, 2020; the format's developer guide.

use hdf5_pure::{AttrValue, Dataset, File, FileBuilder, Group};

use super::{
    Clock, MAX_EVENTS, Recording, SpikeError, Ticked, Timed, check_count, milliseconds, nanoseconds,
};
use crate::hdf5;

fn fail(place: &str, error: impl std::fmt::Display) -> SpikeError {
    let reason = error.to_string();
    SpikeError::Hdf5 {
        place: place.to_owned(),
        // Names out of the file stand in it.
        reason: reason.chars().take(300).collect(),
    }
}

/// The spikes of a population, or of the only one.
///
/// # Errors
/// What is wrong with the file, or which populations there are.
pub fn read(bytes: Vec<u8>, population: Option<&str>) -> Result<Recording, SpikeError> {
    let file = File::from_bytes(bytes).map_err(|error| fail("the file", error))?;
    let spikes = file
        .root()
        .group("spikes")
        .map_err(|error| fail("/spikes", error))?;
    let names = spikes.groups().map_err(|error| fail("/spikes", error))?;
    let name = match (population, &names[..]) {
        (Some(name), _) if names.iter().any(|found| found == name) => name,
        (None, [only]) => only,
        _ => {
            let some: Vec<&String> = names.iter().take(8).collect();
            let count = names.len();
            return Err(SpikeError::Option {
                what: "the population",
                value: population.unwrap_or("not named").to_owned(),
                requirement: format!("must be one of the {count} in the file: {some:?}"),
            });
        }
    };
    let place = format!("/spikes/{name}");
    let group = spikes.group(name).map_err(|error| fail(&place, error))?;
    let (times_place, ids_place) = (format!("{place}/timestamps"), format!("{place}/node_ids"));
    let times = list(&group, "timestamps", &times_place)?;
    let ids = list(&group, "node_ids", &ids_place)?;
    let attributes = times.attrs().map_err(|error| fail(&times_place, error))?;
    if let Some(units) = attributes.get("units") {
        let known = matches!(units.as_str(), Some("milliseconds" | "ms"));
        if !known {
            return Err(fail(&times_place, "its units are not milliseconds"));
        }
    }
    let times = times
        .read_f64()
        .map_err(|error| fail(&times_place, error))?;
    let ids = ids.read_u64().map_err(|error| fail(&ids_place, error))?;
    if times.len() != ids.len() {
        let reason = format!("{} times, {} ids", times.len(), ids.len());
        return Err(fail(&place, reason));
    }
    let spike = |(index, (&ms, &id)): (usize, (&f64, &u64))| {
        let time = nanoseconds(index, ms)?;
        let id = u32::try_from(id).map_err(|_| SpikeError::OutOfRange {
            index,
            what: "node_id",
            value: id as f64,
            min: 0,
            max: u64::from(u32::MAX),
        })?;
        Ok(Timed { time, id })
    };
    let spikes = times.iter().zip(&ids).enumerate().map(spike);
    Ok(Recording {
        clock: Clock::Nanoseconds,
        spikes: spikes.collect::<Result<_, SpikeError>>()?,
    })
}

/// A list of numbers that is not too long.
fn list(group: &Group, name: &str, place: &str) -> Result<Dataset, SpikeError> {
    let here = |error| fail(place, error);
    let data = group.dataset(name).map_err(here)?;
    let shape = data.shape().map_err(here)?;
    let &[length] = &shape[..] else {
        return Err(fail(
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
        Err(fail(place, "must hold numbers of 8 to 64 bits"))
    }
}

/// A file with one population; a tick has `tick_ns` nanoseconds.
///
/// # Errors
/// More spikes than are read again, or what the HDF5 library says.
pub fn write(population: &str, spikes: &[Ticked], tick_ns: u64) -> Result<Vec<u8>, SpikeError> {
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
    builder.finish().map_err(|error| fail("the file", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let spikes = [(0, 3), (7, 1), (70_000, 2)].map(|(tick, id)| Ticked { tick, id });
        for tick_ns in [1, 100_000, 1_000_000] {
            let bytes = write("all", &spikes, tick_ns).unwrap();
            let read = read(bytes, None).unwrap();
            assert_eq!(read.ticks(tick_ns).unwrap(), spikes);
        }
        let bytes = write("all", &[], 1).unwrap();
        assert!(read(bytes, None).unwrap().spikes.is_empty());
    }

    #[test]
    fn population_must_be_one_of_the_file() {
        let bytes = write("all", &[], 1).unwrap();
        let error = read(bytes, Some("none")).unwrap_err().to_string();
        assert_eq!(
            error,
            "the population is none, must be one of the 1 in the file: [\"all\"]"
        );
    }
}
