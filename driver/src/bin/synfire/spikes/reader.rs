//! Spikes out of a file of any format, and what there is to say about it.

use std::io::{self, BufRead, Write};
use std::path::Path;

use driver::Spike;
use driver::csv::Bounds;
use interop::spikes::{
    Choices, Clock, Note, ReadError, Recording, SpikeError, Take, Ticked, Told, array, dat,
    event_stream, evt, foreign, nest, nmnist, table,
};

use super::unused::Content;
use super::{SpikeFormat, SpikeOptions};
use crate::files::{self, InputError, Streamed};
use crate::options::TickOption;
use crate::terminal;

/// What became of a file's spikes.
#[derive(Debug)]
pub(crate) struct Tally {
    /// By tick and id, each once.
    pub(crate) spikes: Vec<Spike>,
    /// How many the file has, events of a camera that were left out among them.
    pub(crate) read: usize,
    /// Those that were in the same tick and of the same id as another.
    pub(crate) merged: usize,
    /// Events of a camera that the options leave out.
    pub(crate) dropped: usize,
    /// What whoever reads the file should know.
    pub(crate) notes: Vec<String>,
}

/// Says what there is to know about a file. If nobody can be told, the command goes on.
pub(crate) fn tell(path: &Path, tally: &Tally) {
    for note in &tally.notes {
        let _ = writeln!(terminal::stderr(), "note: {}, {note}", files::name(path));
    }
}

impl Tally {
    /// Spikes of which none is lost.
    pub(crate) fn of(spikes: Vec<Spike>) -> Tally {
        Tally {
            read: spikes.len(),
            merged: 0,
            dropped: 0,
            notes: Vec::new(),
            spikes,
        }
    }

    /// What became of those that are not there any longer, if there are any.
    pub(crate) fn lost(&self) -> Option<String> {
        let Tally {
            read,
            merged,
            dropped,
            ..
        } = self;
        (merged + dropped > 0).then(|| {
            format!(
                "{read} read, {merged} merged with another of the same tick and id, {dropped} left \
                 out by --window, --crop, --shrink or --polarity"
            )
        })
    }
}

/// A note, with the option that changes what it says.
fn advised(note: &Note) -> String {
    let advice = match note {
        Note::PerhapsRaster => {
            "; --from npy-raster, or --stimulus-format npy-raster of a run, reads it as a raster, \
             and npy instead says that it is a list"
        }
        Note::Unit { .. } => "; --spike-time-unit says another unit",
        Note::Step => "; --resolution says another length",
        Note::Sensor { .. } => "; --sensor says it",
        _ => "",
    };
    format!("{note}{advice}")
}

impl SpikeOptions {
    /// The spikes of a file, by tick and id; each must be within the bounds. What there is to know
    /// about the file is said on standard error.
    pub(crate) fn read(
        &self,
        path: &Path,
        format: Option<SpikeFormat>,
        tick: &TickOption,
        bounds: &Bounds,
    ) -> Result<Vec<Spike>, InputError> {
        let mut tally = self.read_quietly(path, format, tick, bounds)?;
        if tally.read == 0 {
            tally.notes.push("it holds no spikes".to_owned());
        }
        tally.notes.extend(tally.lost());
        tell(path, &tally);
        Ok(tally.spikes)
    }

    /// The same, and who calls says what there is to know.
    pub(crate) fn read_quietly(
        &self,
        path: &Path,
        said: Option<SpikeFormat>,
        tick: &TickOption,
        bounds: &Bounds,
    ) -> Result<Tally, InputError> {
        let mut file = files::stream(path)?;
        let failed = |source| files::failed(path, source);
        let wrong = |source| InputError::Spikes {
            path: files::name(path),
            source,
        };
        let beginning = file.content.fill_buf().map_err(failed)?;
        foreign::refuse(beginning).map_err(wrong)?;
        let format = said.unwrap_or_else(|| match SpikeFormat::of(path) {
            _ if dat::is_one(beginning) => SpikeFormat::Dat,
            format => format,
        });
        if format == SpikeFormat::Csv && !table::is_one(beginning) {
            self.check_meaning(Content::TicksAndIds).map_err(wrong)?;
            // With their ids as the file has them, which are 16 bits.
            let in_file = Bounds {
                ids: bounds.ids.saturating_add(self.first_id as usize),
                ..*bounds
            };
            let spikes = files::spikes(path, &mut file.content, &in_file)?;
            let each = spikes.into_iter().enumerate().map(|(index, spike)| {
                let (tick, id) = (spike.tick, u32::from(spike.id));
                self.bounded(index, Ticked { tick, id }, bounds)
            });
            let spikes: Result<Vec<Spike>, SpikeError> = each.collect();
            return Ok(Tally::of(spikes.map_err(wrong)?));
        }
        self.check_meaning(Content::Of(format)).map_err(wrong)?;
        let choices = self.choices(format, said.is_some());
        let mut spikes = Vec::new();
        let mut take = |clock: Clock, spike| {
            let index = spikes.len();
            let ticked = clock.tick(index, spike, tick.nanoseconds())?;
            spikes.push(self.bounded(index, ticked, bounds)?);
            Ok(())
        };
        let told = each(format, file, &choices, &mut take).map_err(|error| match error {
            Failed::Input(error) => error,
            Failed::Read(ReadError::Spikes(source)) => wrong(source),
            Failed::Read(ReadError::Io(source)) => failed(source),
            Failed::Read(error) => failed(io::Error::other(error)),
        })?;
        if told
            .notes
            .iter()
            .any(|note| matches!(note, Note::Raster { .. }))
        {
            self.check_meaning(Content::Raster).map_err(wrong)?;
        }
        let count = spikes.len();
        // Spikes of one id in one tick are one spike.
        if !spikes.is_sorted_by(|a, b| a < b) {
            spikes.sort_unstable();
            spikes.dedup();
        }
        Ok(Tally {
            read: count + told.dropped,
            merged: count - spikes.len(),
            dropped: told.dropped,
            notes: told.notes.iter().map(advised).collect(),
            spikes,
        })
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
}

/// Why a file is not read.
enum Failed {
    Input(InputError),
    Read(ReadError),
}

impl From<ReadError> for Failed {
    fn from(error: ReadError) -> Failed {
        Failed::Read(error)
    }
}

impl From<SpikeError> for Failed {
    fn from(error: SpikeError) -> Failed {
        Failed::Read(error.into())
    }
}

/// Hands on the spikes of a file, one after the other.
fn each(
    format: SpikeFormat,
    mut file: Streamed,
    choices: &Choices,
    take: Take<'_>,
) -> Result<Told, Failed> {
    match format {
        SpikeFormat::Csv => return Ok(table::read_each(&mut file.content, choices, take)?),
        SpikeFormat::Gdf => return Ok(table::read_each_gdf(&mut file.content, choices, take)?),
        SpikeFormat::Nest => return Ok(nest::read_each(&mut file.content, choices, take)?),
        SpikeFormat::Npy => return Ok(array::read_each(&mut file.content, choices, take)?),
        _ => {}
    }
    let bytes = file.bytes().map_err(Failed::Input)?;
    Ok(recording(format, bytes, choices)?.each(take)?)
}

/// The spikes of a file that is read as a whole.
fn recording(
    format: SpikeFormat,
    bytes: Vec<u8>,
    choices: &Choices,
) -> Result<Recording, SpikeError> {
    match format {
        // These are read from their files, before they come here.
        SpikeFormat::Csv | SpikeFormat::Gdf | SpikeFormat::Nest => nest::read(&bytes, choices),
        SpikeFormat::Npy => array::read(&bytes, choices),
        SpikeFormat::NpyRaster => array::read_raster(&bytes, choices),
        SpikeFormat::Npz => array::read_npz(&bytes, choices),
        SpikeFormat::Sonata => sonata(bytes, choices),
        SpikeFormat::Dat => dat::read(&bytes, choices),
        SpikeFormat::Nmnist => {
            let sensor = choices.sensor.unwrap_or(nmnist::SENSOR);
            nmnist::read(&bytes, sensor)?.recording(&choices.view)
        }
        SpikeFormat::Evt => evt::read(&bytes, choices.sensor)?.recording(&choices.view),
        SpikeFormat::EventStream => event_stream::read(&bytes)?.recording(&choices.view),
    }
}

#[cfg(feature = "nir")]
fn sonata(bytes: Vec<u8>, choices: &Choices) -> Result<Recording, SpikeError> {
    interop::spikes::sonata::read(bytes, choices)
}

#[cfg(not(feature = "nir"))]
fn sonata(_bytes: Vec<u8>, _choices: &Choices) -> Result<Recording, SpikeError> {
    Err(super::no_hdf5())
}
