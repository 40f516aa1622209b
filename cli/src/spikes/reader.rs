//! Reads spikes from a file of any supported format, with notes on the file.

use std::io::{self, BufRead};
use std::path::Path;

use interop::spikes::csv::{self, Bounds};
use interop::spikes::{
    Choices, Clock, Note, ReadError, Recording, SpikeError, Take, Told, array, dat, event_stream,
    evt, foreign, nest, nmnist, table,
};
use spec::events::Spike;

use super::unused::Content;
use super::{SpikeFormat, SpikeOptions, Spikes};
use crate::files::{self, InputError, Streamed};
use crate::options::TickOption;
use crate::talk;

/// Counts of a file's spikes.
#[derive(Debug)]
pub(crate) struct Tally {
    /// By tick and id, each once.
    pub(crate) spikes: Vec<Spike>,
    /// Number of spikes in the file, including camera events that the options exclude.
    pub(crate) read: usize,
    /// Number of spikes with the same tick and id as another.
    pub(crate) merged: usize,
    /// Number of camera events that the options exclude.
    pub(crate) dropped: usize,
    /// Notes for the user.
    pub(crate) notes: Vec<String>,
}

/// Prints the notes on a file.
pub(crate) fn tell(path: &Path, tally: &Tally) {
    for note in &tally.notes {
        talk::tell(format_args!("note: {}, {note}", files::name(path)));
    }
}

impl Tally {
    /// The counts of spikes that are all kept.
    pub(crate) fn of(spikes: Vec<Spike>) -> Tally {
        Tally {
            read: spikes.len(),
            merged: 0,
            dropped: 0,
            notes: Vec::new(),
            spikes,
        }
    }

    /// A description of the spikes that were merged or excluded, if there are any.
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

/// A note, with the option that changes the assumption.
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

fn wrong(path: &Path, source: SpikeError) -> InputError {
    let path = files::name(path);
    InputError::Spikes { path, source }
}

/// Whether decreasing ticks are the only reason why a text cannot be read during the run.
fn falls(error: &csv::ReadError) -> bool {
    let problem = match error {
        csv::ReadError::Csv(error) => &error.problem,
        _ => return false,
    };
    matches!(problem, csv::CsvProblem::Falls { .. })
}

impl SpikeOptions {
    /// Reads the spikes of a file, sorted by tick and id; each must be within the bounds. Notes on
    /// the file are printed.
    pub(crate) fn read(
        &self,
        path: &Path,
        format: Option<SpikeFormat>,
        tick: &TickOption,
        bounds: &Bounds,
    ) -> Result<Vec<Spike>, InputError> {
        let tally = self.read_quietly(path, format, tick, bounds)?;
        Ok(self.told(path, tally))
    }

    /// The spikes of a file for one run, in the order of tick and id. A text of ticks and ids is
    /// read during the run, if its ticks ascend; it is checked completely before, so that no run
    /// begins with an invalid text. Standard input (`-`) is read once and must ascend. All other
    /// files are read now.
    pub(crate) fn spikes(
        &self,
        path: &Path,
        said: Option<SpikeFormat>,
        tick: &TickOption,
        bounds: &Bounds,
    ) -> Result<Spikes, InputError> {
        let mut file = files::stream(path)?;
        let is_dash = path == Path::new("-");
        if self.is_lines(path, said, &mut file)? && (is_dash || file.is_regular()) {
            let in_file = Bounds {
                ids: bounds.ids.saturating_add(self.first_id as usize),
                ..*bounds
            };
            if is_dash || self.ascends(path, &mut file, (&in_file, bounds))? {
                if !is_dash {
                    file = files::stream(path)?;
                }
                let (own, bounds, path) = (self.first_id, *bounds, path.to_owned());
                let spikes = csv::SpikeLines::new(file.content, &in_file);
                let spikes = spikes.enumerate().map(move |(index, spike)| {
                    let spike = spike.map_err(|error| files::wrong_csv(&path, error));
                    let spike = spike.and_then(|spike| {
                        bounded(own, index, spike, &bounds).map_err(|source| wrong(&path, source))
                    });
                    spike.map_err(io::Error::other)
                });
                return Ok(Box::new(spikes));
            }
            file = files::stream(path)?;
        }
        let spikes = self.read_opened(path, said, file, (tick, bounds))?;
        Ok(Box::new(self.told(path, spikes).into_iter().map(Ok)))
    }

    /// Whether a file is a text of ticks and ids, and no option changes its meaning.
    fn is_lines(
        &self,
        path: &Path,
        said: Option<SpikeFormat>,
        file: &mut Streamed,
    ) -> Result<bool, InputError> {
        let failed = |source| files::failed(path, source);
        let beginning = file.content.fill_buf().map_err(failed)?;
        let format = said.unwrap_or_else(|| SpikeFormat::of(path));
        let other = foreign::refuse(beginning).is_err()
            || said.is_none() && dat::is_one(beginning)
            || table::is_one(beginning);
        let plain = self.check_meaning(Content::TicksAndIds).is_ok();
        Ok(format == SpikeFormat::Csv && plain && !other)
    }

    /// Whether the ticks of a text ascend; other errors are returned.
    fn ascends(
        &self,
        path: &Path,
        file: &mut Streamed,
        (in_file, bounds): (&Bounds, &Bounds),
    ) -> Result<bool, InputError> {
        let mut count = 0;
        for spike in csv::SpikeLines::new(&mut file.content, in_file) {
            match spike {
                Ok(spike) => {
                    let spike = bounded(self.first_id, count, spike, bounds);
                    spike.map_err(|source| wrong(path, source))?;
                    count += 1;
                }
                Err(error) if falls(&error) => return Ok(false),
                Err(error) => return Err(files::wrong_csv(path, error)),
            }
        }
        // An empty file is reported when it is read as a whole.
        Ok(count > 0)
    }

    /// The spikes, after the notes were printed.
    fn told(&self, path: &Path, mut tally: Tally) -> Vec<Spike> {
        if tally.read == 0 {
            tally.notes.push("it holds no spikes".to_owned());
        }
        tally.notes.extend(tally.lost());
        tell(path, &tally);
        tally.spikes
    }

    /// Like `read`, but the caller prints the notes.
    pub(crate) fn read_quietly(
        &self,
        path: &Path,
        said: Option<SpikeFormat>,
        tick: &TickOption,
        bounds: &Bounds,
    ) -> Result<Tally, InputError> {
        self.read_opened(path, said, files::stream(path)?, (tick, bounds))
    }

    /// Like `read_quietly`, for an open file.
    fn read_opened(
        &self,
        path: &Path,
        said: Option<SpikeFormat>,
        mut file: Streamed,
        (tick, bounds): (&TickOption, &Bounds),
    ) -> Result<Tally, InputError> {
        let failed = |source| files::failed(path, source);
        let wrong = |source| wrong(path, source);
        let beginning = file.content.fill_buf().map_err(failed)?;
        foreign::refuse(beginning).map_err(wrong)?;
        let format = said.unwrap_or_else(|| match SpikeFormat::of(path) {
            _ if dat::is_one(beginning) => SpikeFormat::Dat,
            format => format,
        });
        if format == SpikeFormat::Csv && !table::is_one(beginning) {
            self.check_meaning(Content::TicksAndIds).map_err(wrong)?;
            // Bounds of the ids in the file.
            let in_file = Bounds {
                ids: bounds.ids.saturating_add(self.first_id as usize),
                ..*bounds
            };
            let spikes = files::spikes(path, &mut file.content, &in_file)?;
            let each = spikes
                .into_iter()
                .enumerate()
                .map(|(index, spike)| bounded(self.first_id, index, spike, bounds));
            let spikes: Result<Vec<Spike>, SpikeError> = each.collect();
            return Ok(Tally::of(spikes.map_err(wrong)?));
        }
        self.check_meaning(Content::Of(format)).map_err(wrong)?;
        let choices = self.choices(format, said.is_some());
        let mut spikes = Vec::new();
        let mut take = |clock: Clock, spike| {
            let index = spikes.len();
            let ticked = clock.tick(index, spike, tick.nanoseconds())?;
            spikes.push(bounded(self.first_id, index, ticked, bounds)?);
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
        // Spikes with the same id and tick count once.
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
}

/// The spike with its id counted from 0, if its tick and input are within the bounds.
fn bounded(first: u32, index: usize, spike: Spike, bounds: &Bounds) -> Result<Spike, SpikeError> {
    let outside = |what, value: u32, min: u32, size: u64| SpikeError::OutOfRange {
        index,
        what,
        value: f64::from(value),
        min: u64::from(min),
        max: (u64::from(min) + size).saturating_sub(1),
    };
    let ids = bounds.ids as u64;
    let id = spike.id.checked_sub(first);
    let id = id.filter(|&id| u64::from(id) < ids);
    let id = id.ok_or_else(|| outside("id", spike.id, first, ids))?;
    if spike.tick >= bounds.ticks {
        return Err(outside("tick", spike.tick, 0, u64::from(bounds.ticks)));
    }
    let tick = spike.tick;
    Ok(Spike { tick, id })
}

/// Why a file cannot be read.
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

/// Passes on the spikes of a file one by one.
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
        // These formats are read line by line, before this function.
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
