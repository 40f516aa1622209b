//! Spike files in the formats of other tools: the choice of format, and the conversion of times and
//! pixels to ticks and inputs.

mod options;
mod reader;
mod unused;
mod writer;

use std::io;
use std::path::Path;

use clap::ValueEnum;
use interop::spikes::SpikeError;
use spec::events::Spike;

use crate::exit::UsageError;
use crate::files::{self, Output, Staged};
use crate::options::TickOption;

pub(crate) use options::SpikeOptions;
pub(crate) use reader::{Tally, tell};
pub(crate) use writer::SpikeWriter;

/// Spikes in the order of tick and id, computed on demand.
pub(crate) type Spikes = Box<dyn Iterator<Item = io::Result<Spike>>>;

/// A format of spike files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SpikeFormat {
    /// CSV: tick,id, or a table whose columns have names (.csv, and any other ending)
    Csv,
    /// NEST's recording backend ascii, version 2 (.dat)
    Nest,
    /// NEST 2: id and ms, without names (.gdf)
    Gdf,
    /// NumPy array: rows of tick, id, or by its shape and type a raster or events of a camera (.npy)
    Npy,
    /// NumPy array, a row a tick, not 0 where there is a spike
    NpyRaster,
    /// NumPy archive of lists with names, such as tick and id, or of one array (.npz)
    Npz,
    /// SONATA spikes in HDF5, of either layout, or samples as SHD has them (.h5, .hdf5)
    Sonata,
    /// Events of five bytes, as N-MNIST has them (.bin, .bs2)
    Nmnist,
    /// Prophesee EVT 2.0 or 3.0, as its header says (.raw)
    Evt,
    /// Prophesee DAT, version 2 (whatever begins like it)
    Dat,
    /// Event Stream of changes (.es)
    EventStream,
}

impl SpikeFormat {
    /// The format of a file with this extension, if it is known.
    fn known(path: &Path) -> Option<SpikeFormat> {
        Some(match &files::ending(path)[..] {
            "csv" => SpikeFormat::Csv,
            "dat" => SpikeFormat::Nest,
            "gdf" => SpikeFormat::Gdf,
            "npy" => SpikeFormat::Npy,
            "npz" => SpikeFormat::Npz,
            "h5" | "hdf5" => SpikeFormat::Sonata,
            "bin" | "bs2" => SpikeFormat::Nmnist,
            "raw" => SpikeFormat::Evt,
            "es" => SpikeFormat::EventStream,
            _ => return None,
        })
    }

    /// The format in which a file of this name is read.
    fn of(path: &Path) -> SpikeFormat {
        SpikeFormat::known(path).unwrap_or(SpikeFormat::Csv)
    }

    /// Whether it can be written.
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

/// Extensions of the formats that can be written.
const WRITTEN: &[&str] = &["csv", "dat", "npy", "npz", "h5"];

/// A spike file to be written, and its format.
#[derive(Debug)]
pub(crate) struct SpikeOutput {
    /// The file.
    pub(crate) output: Output,
    /// Its format, which can be written.
    pub(crate) format: SpikeFormat,
}

impl SpikeOutput {
    /// The file at this path. Fails, before a long run, if its format is unknown or cannot be
    /// written.
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

impl SpikeOptions {
    /// The spike with the id that it has in the file, if that is valid.
    fn in_file(&self, index: usize, spike: Spike) -> Result<Spike, SpikeError> {
        let Spike { tick, id } = spike;
        let id = id
            .checked_add(self.first_id)
            .ok_or(SpikeError::OutOfRange {
                index,
                what: "id",
                value: f64::from(id) + f64::from(self.first_id),
                min: 0,
                max: u64::from(u32::MAX),
            })?;
        Ok(Spike { tick, id })
    }

    /// All spikes, written to a file that is not in its place yet.
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
    fn sonata_bytes(&self, spikes: &[Spike], tick_ns: u64) -> Result<Vec<u8>, SpikeError> {
        let population = self.spike_population.as_deref().unwrap_or("synfire");
        interop::spikes::sonata::write(population, spikes, tick_ns)
    }

    #[cfg(not(feature = "nir"))]
    fn sonata_bytes(&self, _spikes: &[Spike], _tick_ns: u64) -> Result<Vec<u8>, SpikeError> {
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
