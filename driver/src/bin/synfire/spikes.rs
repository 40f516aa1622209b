//! Spike files in the formats of other tools: which format, and how its times and pixels become
//! ticks and inputs.

mod writer;

use std::io::{self, BufRead};
use std::path::Path;

use clap::{Args, ValueEnum};
use driver::Spike;
use driver::csv::Bounds;
use interop::spikes::camera::{Frames, Polarity, Sensor, View};
use interop::spikes::{
    Clock, ReadError, Recording, SpikeError, Ticked, array, event_stream, evt, foreign, nest,
    nmnist,
};

use crate::exit::UsageError;
use crate::files::{self, InputError, Output, Staged};
use crate::options::TickOption;

pub(crate) use writer::SpikeWriter;

/// A format of spike files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SpikeFormat {
    /// CSV: tick,id (.csv, and any other ending)
    Csv,
    /// NEST's recording backend ascii, version 2 (.dat)
    Nest,
    /// NumPy array, a row a spike: tick, id (.npy)
    Npy,
    /// NumPy array, a row a tick, not 0 where there is a spike
    NpyRaster,
    /// NumPy archive of tick and id, or of times in ms and senders (.npz)
    Npz,
    /// SONATA spikes in HDF5 (.h5)
    Sonata,
    /// Events of five bytes, as N-MNIST has them (.bin, .bs2)
    Nmnist,
    /// Prophesee EVT 2.0 or 3.0, as its header says (.raw)
    Evt,
    /// Event Stream of changes (.es)
    EventStream,
}

impl SpikeFormat {
    /// The format that the ending of a file's name stands for.
    fn known(path: &Path) -> Option<SpikeFormat> {
        Some(match &files::ending(path)[..] {
            "csv" => SpikeFormat::Csv,
            "dat" => SpikeFormat::Nest,
            "npy" => SpikeFormat::Npy,
            "npz" => SpikeFormat::Npz,
            "h5" => SpikeFormat::Sonata,
            "bin" | "bs2" => SpikeFormat::Nmnist,
            "raw" => SpikeFormat::Evt,
            "es" => SpikeFormat::EventStream,
            _ => return None,
        })
    }

    /// The format in which a file of that name is read.
    fn of(path: &Path) -> SpikeFormat {
        SpikeFormat::known(path).unwrap_or(SpikeFormat::Csv)
    }

    /// Whether it is written, not only read.
    const fn is_written(self) -> bool {
        matches!(
            self,
            SpikeFormat::Csv
                | SpikeFormat::Nest
                | SpikeFormat::Npy
                | SpikeFormat::Npz
                | SpikeFormat::Sonata
        )
    }
}

/// Endings of the formats that are written.
const WRITTEN: &[&str] = &["csv", "dat", "npy", "npz", "h5"];

/// A file of spikes to be written, and its format.
#[derive(Debug)]
pub(crate) struct SpikeOutput {
    /// The file.
    pub(crate) output: Output,
    /// Its format, one that is written.
    pub(crate) format: SpikeFormat,
}

impl SpikeOutput {
    /// The file of that name. Says so now, rather than after a long run, if its format is not known
    /// or not written.
    pub(crate) fn new(path: &Path, format: Option<SpikeFormat>) -> anyhow::Result<SpikeOutput> {
        let known = format.or_else(|| SpikeFormat::known(path));
        if known.is_some_and(|format| !format.is_written()) {
            return Err(UsageError(format!(
                "{}: this format is read, not written; csv, nest, npy, npz and sonata are written",
                files::name(path)
            ))
            .into());
        }
        let output = match known {
            Some(_) => Output::any(path)?,
            None => Output::ending_in_or_direct(path, WRITTEN)?,
        };
        let format = known.unwrap_or(SpikeFormat::Csv);
        Ok(SpikeOutput { output, format })
    }
}

/// How spike files are read and written.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Spike files")]
pub(crate) struct SpikeOptions {
    /// Id in the file that becomes id 0
    #[arg(long, value_name = "ID", default_value_t = 0)]
    first_id: u32,
    /// Population of a SONATA file [default: the only one]
    #[arg(long, value_name = "NAME")]
    spike_population: Option<String>,
    /// Size of the camera, where the file does not tell [default: 34x34 of N-MNIST, 2048x2048 of EVT]
    #[arg(long, value_name = "WxH", value_parser = sensor)]
    sensor: Option<Sensor>,
    /// Events from the first, before the second time, such as 0ms..300ms; the first becomes 0
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    window: Option<(u64, u64)>,
    /// Part of the camera: left, top and size, such as 1,1,32x32
    #[arg(long, value_name = "X,Y,WxH", value_parser = crop)]
    crop: Option<(u16, u16, Sensor)>,
    /// So many pixels in a row and in a column become one input
    #[arg(long, value_name = "PIXELS", default_value_t = 1,
          value_parser = clap::value_parser!(u16).range(1..))]
    shrink: u16,
    /// What to do with brighter and darker: one input, two inputs a pixel, or one of them alone
    #[arg(long, value_enum, default_value_t = Polarities::Merge)]
    polarity: Polarities,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Polarities {
    Merge,
    Split,
    On,
    Off,
}

/// A time with its unit, in nanoseconds.
fn nanoseconds(text: &str) -> Result<u64, String> {
    let units = [("ms", 1e6), ("us", 1e3), ("ns", 1.0), ("s", 1e9)];
    let (number, unit) = units
        .iter()
        .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)))
        .ok_or("must end in s, ms, us or ns")?;
    let number: f64 = number
        .trim()
        .parse()
        .map_err(|_| "must be a number and a unit")?;
    let time = (number * unit).round();
    // Three hundred years are more than anybody records.
    if (0.0..1e19).contains(&time) {
        // Lossless: whole and within 64 bits.
        Ok(time as u64)
    } else {
        Err("must be 0 or greater, and less than 10^10 s".to_owned())
    }
}

fn sensor(text: &str) -> Result<Sensor, String> {
    Sensor::parse(text).ok_or("must be a width and a height, such as 34x34".to_owned())
}

fn window(text: &str) -> Result<(u64, u64), String> {
    let (from, to) = text
        .split_once("..")
        .ok_or("must be two times, such as 0ms..300ms")?;
    let (from, to) = (nanoseconds(from)? / 1000, nanoseconds(to)? / 1000);
    if from < to {
        Ok((from, to))
    } else {
        Err("the second time must be after the first".to_owned())
    }
}

fn crop(text: &str) -> Result<(u16, u16, Sensor), String> {
    let parts: Vec<&str> = text.split(',').collect();
    let parsed = match parts[..] {
        [x, y, size] => (x.trim().parse().ok())
            .zip(y.trim().parse().ok())
            .zip(Sensor::parse(size)),
        _ => None,
    };
    let ((x, y), size) = parsed.ok_or("must be left, top and size, such as 1,1,32x32")?;
    Ok((x, y, size))
}

impl SpikeOptions {
    /// The spikes of a file, by tick and id; each must be within the bounds.
    pub(crate) fn read(
        &self,
        path: &Path,
        format: Option<SpikeFormat>,
        tick: &TickOption,
        bounds: &Bounds,
    ) -> Result<Vec<Spike>, InputError> {
        let format = format.unwrap_or_else(|| SpikeFormat::of(path));
        let mut file = files::stream(path)?;
        let failed = |source| files::failed(path, source);
        let wrong = |source| InputError::Spikes {
            path: files::name(path),
            source,
        };
        foreign::refuse(file.content.fill_buf().map_err(failed)?).map_err(wrong)?;
        if format == SpikeFormat::Csv {
            return files::spikes(path, &mut file.content, bounds);
        }
        let mut spikes = Vec::new();
        let mut take = |clock: Clock, spike| {
            let index = spikes.len();
            let ticked = clock.tick(index, spike, tick.nanoseconds())?;
            spikes.push(self.bounded(index, ticked, bounds)?);
            Ok(())
        };
        let read = match format {
            SpikeFormat::Nest => nest::read_each(&mut file.content, &mut take),
            SpikeFormat::Npy => array::read_each_event(&mut file.content, &mut take),
            _ => {
                let recording = self.recording(format, file.bytes()?).map_err(wrong)?;
                let mut each = recording.spikes.into_iter();
                each.try_for_each(|spike| take(recording.clock, spike))
                    .map(|()| recording.clock)
                    .map_err(ReadError::from)
            }
        };
        read.map_err(|error| match error {
            ReadError::Spikes(source) => wrong(source),
            ReadError::Io(source) => failed(source),
            error => failed(io::Error::other(error)),
        })?;
        // Spikes of one id in one tick are one spike.
        if !spikes.is_sorted_by(|a, b| a < b) {
            spikes.sort_unstable();
            spikes.dedup();
        }
        Ok(spikes)
    }

    fn recording(&self, format: SpikeFormat, bytes: Vec<u8>) -> Result<Recording, SpikeError> {
        match format {
            // These are read from their files, before they come here.
            SpikeFormat::Csv | SpikeFormat::Nest => nest::read(&bytes),
            SpikeFormat::Npy => array::read_events(&bytes),
            SpikeFormat::NpyRaster => array::read_raster(&bytes),
            SpikeFormat::Npz => array::read_npz(&bytes),
            SpikeFormat::Sonata => self.sonata(bytes),
            SpikeFormat::Nmnist => {
                let sensor = self.sensor.unwrap_or(nmnist::SENSOR);
                self.view(&nmnist::read(&bytes, sensor)?)
            }
            SpikeFormat::Evt => self.view(&evt::read(&bytes, self.sensor)?),
            SpikeFormat::EventStream => self.view(&event_stream::read(&bytes)?),
        }
    }

    #[cfg(feature = "nir")]
    fn sonata(&self, bytes: Vec<u8>) -> Result<Recording, SpikeError> {
        interop::spikes::sonata::read(bytes, self.spike_population.as_deref())
    }

    #[cfg(not(feature = "nir"))]
    fn sonata(&self, _bytes: Vec<u8>) -> Result<Recording, SpikeError> {
        Err(no_hdf5())
    }

    fn view(&self, frames: &Frames) -> Result<Recording, SpikeError> {
        let view = View {
            window_us: self.window.unwrap_or((0, u64::MAX)),
            crop: self.crop,
            shrink: self.shrink,
            polarity: match self.polarity {
                Polarities::Merge => Polarity::Merge,
                Polarities::Split => Polarity::Split,
                Polarities::On => Polarity::On,
                Polarities::Off => Polarity::Off,
            },
        };
        Ok(frames.spikes(&view)?.1)
    }

    /// The spike with its id from 0, if the run has its tick and input.
    fn bounded(&self, index: usize, spike: Ticked, bounds: &Bounds) -> Result<Spike, SpikeError> {
        let outside = |what, value: u32, min: u32, size: u64| SpikeError::OutOfRange {
            index,
            what,
            value: f64::from(value),
            min: u64::from(min),
            max: (u64::from(min) + size).saturating_sub(1),
        };
        let ids = bounds.ids.min(1 << 16) as u64;
        let id = spike.id.checked_sub(self.first_id);
        let id = id.filter(|&id| u64::from(id) < ids);
        let id = id.and_then(|id| u16::try_from(id).ok());
        let id = id.ok_or_else(|| outside("id", spike.id, self.first_id, ids))?;
        if spike.tick >= bounds.ticks {
            return Err(outside("tick", spike.tick, 0, u64::from(bounds.ticks)));
        }
        let tick = spike.tick;
        Ok(Spike { tick, id })
    }

    /// The spike with its id as it stands in a file, where it has that number.
    fn ticked(&self, index: usize, spike: Spike) -> Result<Ticked, SpikeError> {
        let (tick, id) = (spike.tick, u32::from(spike.id));
        let id = id
            .checked_add(self.first_id)
            .ok_or(SpikeError::OutOfRange {
                index,
                what: "id",
                value: f64::from(id) + f64::from(self.first_id),
                min: 0,
                max: u64::from(u32::MAX),
            })?;
        Ok(Ticked { tick, id })
    }

    /// Spikes, all written and not in their place yet.
    pub(crate) fn stage(
        &self,
        to: &SpikeOutput,
        length: &TickOption,
        spikes: &[Spike],
    ) -> anyhow::Result<Staged> {
        let mut writer = SpikeWriter::begin(self, to, length)?;
        for &spike in spikes {
            writer.push(spike)?;
        }
        writer.finish()
    }

    #[cfg(feature = "nir")]
    fn sonata_bytes(&self, spikes: &[Ticked], tick_ns: u64) -> Result<Vec<u8>, SpikeError> {
        let population = self.spike_population.as_deref().unwrap_or("synfire");
        interop::spikes::sonata::write(population, spikes, tick_ns)
    }

    #[cfg(not(feature = "nir"))]
    fn sonata_bytes(&self, _spikes: &[Ticked], _tick_ns: u64) -> Result<Vec<u8>, SpikeError> {
        Err(no_hdf5())
    }
}

#[cfg(not(feature = "nir"))]
fn no_hdf5() -> SpikeError {
    SpikeError::Hdf5 {
        place: "SONATA".to_owned(),
        reason: "this synfire was built without the feature nir".to_owned(),
    }
}
