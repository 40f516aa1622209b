//! Writes spikes to a file as they arrive.

use std::io::{self, Seek, SeekFrom, Write};

use interop::spikes::csv;
use interop::spikes::{SpikeError, array, nest};
use spec::events::Spike;

use super::{SpikeFormat, SpikeOptions, SpikeOutput};
use crate::exit::UsageError;
use crate::files::Staged;
use crate::options::TickOption;

/// A spike file that is being written. Formats in which spikes are consecutive take them as they
/// come; the others are kept in memory until the end, which the maximum number of spikes in a file
/// bounds.
pub(crate) struct SpikeWriter<'a> {
    options: &'a SpikeOptions,
    format: SpikeFormat,
    /// Nanoseconds of a tick.
    length: u64,
    out: Staged,
    count: usize,
    held: Vec<Spike>,
    /// Whether each line is written at once, because a reader reacts to it.
    by_line: bool,
}

impl<'a> SpikeWriter<'a> {
    /// Begins the file.
    pub(crate) fn begin(
        options: &'a SpikeOptions,
        to: &SpikeOutput,
        length: &TickOption,
    ) -> anyhow::Result<SpikeWriter<'a>> {
        let mut out = match to.format {
            SpikeFormat::Npy => to.output.begin_seekable()?,
            _ => to.output.begin()?,
        };
        match to.format {
            SpikeFormat::Csv => csv::begin_spikes(&mut out)?,
            SpikeFormat::Nest => nest::begin(&mut out)?,
            // The header is rewritten at the end with the number of spikes; its length does not
            // change.
            SpikeFormat::Npy => out.write_all(&array::beginning_of_events(0)?)?,
            _ => {}
        }
        Ok(SpikeWriter {
            options,
            format: to.format,
            length: length.nanoseconds(),
            out,
            count: 0,
            held: Vec::new(),
            by_line: to.output.is_dash(),
        })
    }

    /// Adds a spike.
    pub(crate) fn push(&mut self, spike: Spike) -> io::Result<()> {
        let index = self.count;
        self.count += 1;
        if self.format == SpikeFormat::Csv {
            if self.by_line {
                csv::write_spike(&mut self.out, spike)?;
                return self.out.flush();
            }
            check(index, csv::MAX_EVENTS)?;
            return csv::write_spike(&mut self.out, spike);
        }
        check(index, interop::spikes::MAX_EVENTS)?;
        let in_file = self
            .options
            .in_file(index, spike)
            .map_err(io::Error::other)?;
        match self.format {
            SpikeFormat::Nest => nest::write_spike(&mut self.out, index, in_file, self.length),
            SpikeFormat::Npy => {
                let bytes = array::event_bytes(index, in_file).map_err(io::Error::other)?;
                self.out.write_all(&bytes)
            }
            _ => {
                self.held.push(in_file);
                Ok(())
            }
        }
    }

    /// The file, complete and not in its place yet.
    pub(crate) fn finish(mut self) -> anyhow::Result<Staged> {
        match self.format {
            SpikeFormat::Npy => {
                self.out.seek(SeekFrom::Start(0))?;
                self.out
                    .write_all(&array::beginning_of_events(self.count)?)?;
            }
            SpikeFormat::Npz => self.out.write_all(&array::write_npz(&self.held)?)?,
            SpikeFormat::Sonata => {
                let bytes = self.options.sonata_bytes(&self.held, self.length)?;
                self.out.write_all(&bytes)?;
            }
            _ => {}
        }
        Ok(self.out)
    }
}

/// Refuses a spike beyond the number that readers accept.
fn check(index: usize, limit: usize) -> io::Result<()> {
    if index < limit {
        Ok(())
    } else {
        Err(io::Error::other(SpikeError::TooMany { limit }))
    }
}

impl SpikeOutput {
    /// Fails, before a long run, if the format cannot represent the last of this many ticks.
    pub(crate) fn check_ticks(&self, ticks: u32, length: &TickOption) -> Result<(), UsageError> {
        let last = ticks.saturating_sub(1);
        let wrong = match self.format {
            SpikeFormat::Npy | SpikeFormat::Npz if last > array::TICK_MAX => {
                let most = array::TICK_MAX;
                format!("the last tick is {last}, must be 0..={most} in NumPy's formats")
            }
            SpikeFormat::Nest | SpikeFormat::Sonata => {
                match interop::spikes::milliseconds(0, last, length.nanoseconds()) {
                    Ok(_) => return Ok(()),
                    Err(error) => format!("the last tick is {last}: {error}"),
                }
            }
            _ => return Ok(()),
        };
        let name = self.output.name();
        Err(UsageError(format!("{name}: {wrong}; a .csv file holds it")))
    }
}
