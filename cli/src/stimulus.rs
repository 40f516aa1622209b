//! The input of a run: a recording, random spikes, or both.

use std::path::PathBuf;

use clap::Args;
use driver::stimulus::{Poisson, merged};
use interop::spikes::csv::Bounds;

use crate::options::TickOption;
use crate::quantities::{self, Rate};
use crate::spikes::{SpikeFormat, SpikeOptions, Spikes};

/// Input spikes of one run.
#[derive(Debug, Args)]
pub(crate) struct StimulusOptions {
    /// Input spikes, CSV (tick,id) or another format, see docs/spikes.md; - reads standard input while
    /// the network runs
    #[arg(long, value_name = "FILE", help_heading = None)]
    stimulus: Option<PathBuf>,
    /// Format of --stimulus [default: by the extension of the file]
    #[arg(long, value_enum, value_name = "FORMAT", requires = "stimulus", help_heading = None)]
    stimulus_format: Option<SpikeFormat>,
    /// Random input spikes besides: probability per input and tick, 0 to 1, or a rate with its unit,
    /// such as 20Hz, which needs --dt
    #[arg(long, value_name = "RATE", help_heading = None)]
    poisson: Option<Rate>,
    /// Seed of --poisson, the only thing that is random; the summary repeats it
    #[arg(long, default_value_t = 0, help_heading = None)]
    pub(crate) seed: u64,
}

impl StimulusOptions {
    /// The probability of a random spike per input and tick.
    pub(crate) fn probability(&self, tick: &TickOption) -> anyhow::Result<f64> {
        Ok(quantities::probability(self.poisson, tick)?)
    }

    /// The spikes of `inputs` inputs in `ticks` ticks. A text of ticks and ids is read during the
    /// run, any other recording now.
    pub(crate) fn spikes(
        &self,
        how: &SpikeOptions,
        tick: &TickOption,
        (inputs, ticks): (usize, u32),
    ) -> anyhow::Result<Spikes> {
        let bounds = Bounds {
            ticks,
            ids: inputs,
            value: 0,
        };
        let random = Poisson::new(inputs, ticks, self.probability(tick)?, self.seed);
        let Some(path) = &self.stimulus else {
            return Ok(Box::new(random.map(Ok)));
        };
        let format = self.stimulus_format;
        let recorded = how.spikes(path, format, tick, &bounds)?;
        Ok(Box::new(merged(recorded, random)))
    }
}
