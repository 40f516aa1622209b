//! Writes the results of a run during the run.

use std::io::{self, Write};

use driver::device::{Quantity, Sink};
use interop::spikes::csv;
use network::Network;
use network::npy;
use spec::events::Spike;

use crate::bands::{Bands, Marked};
use crate::exit::UsageError;
use crate::files::{Output, Staged};
use crate::neurons::Probed;
use crate::options::TickOption;
use crate::spikes::{SpikeOptions, SpikeOutput, SpikeWriter};
use crate::trace::TRACE_MAX;

/// The files that a run writes.
pub(super) struct Outputs {
    pub(super) spikes: Option<SpikeOutput>,
    pub(super) potentials: Option<Output>,
    pub(super) currents: Option<Output>,
    pub(super) counts: Option<Output>,
    pub(super) raster: Option<Output>,
}

impl Outputs {
    /// Refuses a run, before it starts, whose values of this many neurons do not fit into a file.
    pub(super) fn check(
        &self,
        neurons: usize,
        ticks: u32,
        length: &TickOption,
    ) -> Result<(), UsageError> {
        if let Some(spikes) = &self.spikes {
            spikes.check_ticks(ticks, length)?;
        }
        for output in [&self.potentials, &self.currents].into_iter().flatten() {
            let values = u64::from(ticks) * neurons as u64;
            if output.is_npy() && values > TRACE_MAX as u64 {
                let name = output.name();
                return Err(UsageError(format!(
                    "{name}: {ticks} ticks of {neurons} neurons are {values} values, an .npy file \
                     has {TRACE_MAX} at most; a .csv file has no limit"
                )));
            }
        }
        if let Some(counts) = self.counts.as_ref().filter(|output| output.is_npy()) {
            let most = i32::MAX;
            // Lossless: positive.
            if ticks > most as u32 {
                let name = counts.name();
                return Err(UsageError(format!(
                    "{name}: the counts of {ticks} ticks may exceed {most}, the most that an .npy \
                     file holds; a .csv file holds them"
                )));
            }
        }
        Ok(())
    }
}

/// The values of neurons, one row per tick.
struct Rows {
    npy: bool,
    out: Staged,
}

impl Rows {
    fn begin(output: &Output, ticks: u32, neurons: &[usize]) -> anyhow::Result<Rows> {
        let mut out = output.begin()?;
        let npy = output.is_npy();
        if npy {
            out.write_all(&npy::beginning(&[ticks as usize, neurons.len()])?)?;
        } else {
            csv::begin_trace(&mut out, neurons.iter().copied())?;
        }
        Ok(Rows { npy, out })
    }

    fn push(&mut self, tick: u32, values: &[i32]) -> io::Result<()> {
        if !self.npy {
            return csv::write_tick(&mut self.out, tick, values);
        }
        let mut each = values.iter();
        each.try_for_each(|value| self.out.write_all(&value.to_le_bytes()))
    }
}

/// The files that are being written during a run.
pub(super) struct Results<'a> {
    spikes: Option<SpikeWriter<'a>>,
    potentials: Option<Rows>,
    currents: Option<Rows>,
    bands: Option<Bands>,
    reported: u64,
    probed: Probed,
}

impl<'a> Results<'a> {
    /// Begins all files that are written during the run.
    pub(super) fn begin(
        outputs: &Outputs,
        (network, probed): (&Network, Probed),
        ticks: u32,
        (options, length): (&'a SpikeOptions, &TickOption),
    ) -> anyhow::Result<Results<'a>> {
        let rows = |output: &Option<Output>| {
            let rows = |output| Rows::begin(output, ticks, probed.ids());
            output.as_ref().map(rows).transpose()
        };
        let spikes = |output| SpikeWriter::begin(options, output, length);
        Ok(Results {
            spikes: outputs.spikes.as_ref().map(spikes).transpose()?,
            potentials: rows(&outputs.potentials)?,
            currents: rows(&outputs.currents)?,
            bands: (outputs.raster.as_ref()).map(|_| Bands::new(network, ticks, length.seconds())),
            reported: 0,
            probed,
        })
    }

    /// Number of spikes received from the core.
    pub(super) const fn reported(&self) -> u64 {
        self.reported
    }

    /// All files, complete and not in their places yet.
    pub(super) fn finish(
        self,
        outputs: &Outputs,
        network: &Network,
        inputs: Option<Marked>,
        counts: &[u64],
    ) -> anyhow::Result<Vec<Staged>> {
        let mut files = Vec::new();
        if let Some(spikes) = self.spikes {
            files.push(spikes.finish()?);
        }
        let rows = self.potentials.into_iter().chain(self.currents);
        files.extend(rows.map(|rows| rows.out));
        if let (Some(output), Some(bands)) = (&outputs.raster, self.bands) {
            files.push(output.stage_picture(&bands.raster(network, inputs).svg())?);
        }
        if let Some(output) = &outputs.counts {
            files.push(stage_counts(output, counts)?);
        }
        Ok(files)
    }
}

impl Sink for Results<'_> {
    fn spike(&mut self, spike: Spike) -> io::Result<()> {
        self.reported += 1;
        if let Some(bands) = &mut self.bands {
            bands.push(spike);
        }
        match &mut self.spikes {
            Some(spikes) => spikes.push(spike),
            None => Ok(()),
        }
    }

    fn row(&mut self, quantity: Quantity, tick: u32, values: &[i32]) -> io::Result<()> {
        let rows = match quantity {
            Quantity::Potentials => &mut self.potentials,
            Quantity::Currents => &mut self.currents,
        };
        match rows {
            Some(rows) => rows.push(tick, self.probed.pick(values)),
            None => Ok(()),
        }
    }
}

/// Writes the spike count of each neuron.
fn stage_counts(output: &Output, counts: &[u64]) -> anyhow::Result<Staged> {
    if output.is_npy() {
        // Lossless: at most the number of ticks, which was checked.
        let values: Vec<i32> = counts.iter().map(|&count| count as i32).collect();
        return output.stage_array(&[values.len()], &values);
    }
    output.stage(&mut |out| csv::write_column(out, "count", counts))
}

/// The spikes of inputs that are sent to the core.
pub(super) struct Inputs {
    /// Number of spikes.
    pub(super) count: u64,
    /// The spikes that the raster shows.
    pub(super) marks: Option<Marked>,
}

impl Inputs {
    /// No spikes yet.
    pub(super) fn new(network: &Network, ticks: u32, drawn: bool) -> Inputs {
        Inputs {
            count: 0,
            marks: drawn.then(|| Marked::inputs(network, ticks)),
        }
    }

    /// Counts a spike, and returns it.
    pub(super) fn seen(&mut self, spike: io::Result<Spike>) -> io::Result<Spike> {
        if let Ok(spike) = spike {
            self.count += 1;
            if let Some(marks) = &mut self.marks {
                marks.push(spike);
            }
        }
        spike
    }
}

#[cfg(test)]
mod tests {
    use super::TRACE_MAX;
    use interop::spikes::csv;
    use interop::spikes::{MAX_EVENTS, array::TICK_MAX};

    #[test]
    fn limits_are_told_as_they_are() {
        let manual = include_str!("../../../../docs/spikes.md");
        let limits = [
            (MAX_EVENTS, "spikes of a file, read or written"),
            (csv::MAX_EVENTS, "spikes of a CSV file, read or written"),
            (TICK_MAX as usize, "the last tick in NumPy's formats"),
            (
                TRACE_MAX,
                "values of potentials or currents in an `.npy` file",
            ),
        ];
        for (limit, of) in limits {
            let digits = limit.to_string();
            let groups = digits.as_bytes().rchunks(3).rev();
            let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
            let line = format!("| {} | {of}", groups.join(","));
            assert!(manual.contains(&line), "the manual lacks {line:?}");
        }
    }
}
