//! Fuzz targets for recordings: spikes, traces, and events of cameras.

use interop::spikes::camera::{Frames, Polarity, Sensor, View};
use interop::spikes::csv::{Bounds, TraceReader};
use interop::spikes::{
    Choices, Clock, ReadError, Recording, SpikeError, Take, Timed, Told, array, csv as our_csv,
    dat as faery, event_stream as stream, evt as prophesee, foreign, nest as simulator,
    nmnist as saccades, sonata as hdf5, table as columns,
};

use crate::bytes::Bytes;

/// Draws the choices that a file does not make, from four bytes.
fn choices(bytes: &mut Bytes<'_>) -> Choices {
    use interop::spikes::Unit;

    let [which, sizes, view, window] = [bytes.byte(), bytes.byte(), bytes.byte(), bytes.byte()];
    let units = [
        None,
        Some(Unit::Seconds),
        Some(Unit::Milliseconds),
        Some(Unit::Nanoseconds),
    ];
    let polarities = [
        Polarity::Merge,
        Polarity::Split,
        Polarity::On,
        Polarity::Off,
    ];
    let sensor = |size: u8| Sensor {
        width: u16::from(size & 15) * 30 + 1,
        height: u16::from(size >> 4) * 30 + 1,
    };
    Choices {
        population: (which & 1 != 0).then(|| "a".to_owned()),
        sample: (which & 2 != 0).then_some(usize::from(which >> 6)),
        unit: units[usize::from(which >> 2 & 3)],
        step_ns: (which & 16 != 0).then_some(u64::from(sizes) * 1000),
        sensor: (which & 32 != 0).then(|| sensor(sizes)),
        view: View {
            window_us: match window {
                0 => (0, u64::MAX),
                _ => (u64::from(window & 15), u64::from(window) << 4),
            },
            crop: (view & 4 != 0).then(|| (u16::from(view >> 4), 0, sensor(view))),
            shrink: u16::from(view >> 3 & 3),
            polarity: polarities[usize::from(view & 3)],
        },
        listed: which & 64 != 0,
    }
}

/// Converts a recording that was read.
fn use_up(recording: Result<Recording, SpikeError>) {
    match recording {
        Ok(recording) => {
            let ticks = recording.ticks(100_000);
            if let Ok(ticks) = &ticks {
                assert!(ticks.is_sorted_by(|a, b| a < b));
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Gives the bytes after the choices to a reader.
fn read_each(
    data: &[u8],
    read: impl FnOnce(&mut &[u8], &Choices, Take<'_>) -> Result<Told, ReadError>,
) {
    let mut bytes = Bytes::new(data);
    let choices = choices(&mut bytes);
    let mut text = bytes.rest();
    if foreign::refuse(text).is_err() {
        return;
    }
    let mut index = 0;
    let _ = read(&mut text, &choices, &mut |clock: Clock, spike: Timed| {
        index += 1;
        clock.tick(index - 1, spike, 100_000).map(|_| ())
    });
}

fn read_whole(data: &[u8], read: impl FnOnce(&[u8], &Choices) -> Result<Recording, SpikeError>) {
    let mut bytes = Bytes::new(data);
    let choices = choices(&mut bytes);
    use_up(read(bytes.rest(), &choices));
}

fn read_frames(
    data: &[u8],
    read: impl FnOnce(&[u8], Option<Sensor>) -> Result<Frames, SpikeError>,
) {
    read_whole(data, |bytes, choices| {
        read(bytes, choices.sensor)?.recording(&choices.view)
    });
}

/// Our own tables: spikes, additions to currents, or traces, as the first byte says.
///
/// # Panics
/// Where what was read is not read again from what is written of it.
pub fn csv(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let what = bytes.byte() % 3;
    let mut text = bytes.rest();
    let bounds = Bounds {
        ticks: 1_000_000,
        ids: 300,
        value: 32_767,
    };
    match what {
        0 => {
            let Ok(spikes) = our_csv::read_spikes(&mut text, &bounds) else {
                return;
            };
            let mut written = Vec::new();
            let done = our_csv::write_spikes(&mut written, &spikes);
            assert!(done.is_ok());
            let again = our_csv::read_spikes(&mut &written[..], &bounds);
            assert_eq!(again.ok(), Some(spikes));
        }
        1 => {
            let _ = our_csv::read_injections(&mut text, &bounds);
        }
        _ => {
            let Ok(mut trace) = TraceReader::new(text) else {
                return;
            };
            let columns = trace.ids().len();
            while let Ok(Some(values)) = trace.values() {
                assert_eq!(values.len(), columns);
            }
        }
    }
}

/// Tables of other tools.
pub fn table(data: &[u8]) {
    read_each(data, |text, choices, take| {
        let _ = columns::is_one(text);
        columns::read_each(text, choices, take)
    });
}

/// Recordings of NEST 2.
pub fn gdf(data: &[u8]) {
    read_each(data, |text, choices, take| {
        columns::read_each_gdf(text, choices, take)
    });
}

/// Recordings of NEST 3.
pub fn nest(data: &[u8]) {
    read_each(data, |text, choices, take| {
        simulator::read_each(text, choices, take)
    });
}

/// Arrays, as lists and as rasters.
pub fn raster(data: &[u8]) {
    read_each(data, |text, choices, take| {
        array::read_each(text, choices, take)
    });
    read_whole(data, array::read_raster);
}

/// Archives of arrays.
pub fn npz(data: &[u8]) {
    read_whole(data, array::read_npz);
}

/// HDF5: SONATA, the layout of the Heidelberg digits, and NIR's own recordings.
pub fn sonata(data: &[u8]) {
    read_whole(data, |bytes, choices| hdf5::read(bytes.to_vec(), choices));
}

/// Events of cameras in DAT.
pub fn dat(data: &[u8]) {
    read_whole(data, |bytes, choices| {
        let _ = faery::is_one(bytes);
        faery::read(bytes, choices)
    });
}

/// Events as N-MNIST has them.
pub fn nmnist(data: &[u8]) {
    read_frames(data, |bytes, sensor| {
        saccades::read(bytes, sensor.unwrap_or(saccades::SENSOR))
    });
}

/// Events of Prophesee's cameras: EVT 2, 2.1 and 3.
pub fn evt(data: &[u8]) {
    read_frames(data, prophesee::read);
}

/// Event Stream.
pub fn event_stream(data: &[u8]) {
    read_frames(data, |bytes, _| stream::read(bytes));
}
