//! The samples on which a network is tested: labelled samples, one recording, or random spikes.

use std::path::{Path, PathBuf};

use clap::Args;
use demos::digits::{Digits, TICKS};
use driver::stimulus;
use interop::precision::Samples;
use interop::precision::data::{self, Labelled};
use interop::spikes::csv::Bounds;
use spec::events::Spike;

use crate::exit::UsageError;
use crate::files::{self, InputError};
use crate::options::{TickOption, seconds};
use crate::quantities::{Rate, whole_ticks};
use crate::spikes::{self, SpikeFormat, SpikeOptions};

/// Default number of random samples.
const RANDOM: u32 = 20;
/// Maximum number of ticks of a sample.
const TICKS_MAX: i64 = 1_000_000;
/// Maximum number of spikes of all random samples: they take 1 GiB.
const SPIKES_MAX: f64 = 134_217_728.0;

/// What a network is tried with.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Samples")]
pub(crate) struct SampleOptions {
    /// Labelled samples: `digits` (the test images of `synfire demo digits`), an .npz with x and y,
    /// or a .csv of files and labels
    #[arg(long, value_name = "DATA")]
    data: Option<PathBuf>,
    /// One recording without a label instead, in any format of docs/spikes.md
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    stimulus: Option<PathBuf>,
    /// Random spikes instead: probability per input and tick, 0 to 1, or a rate with its unit, such
    /// as 20Hz, which needs --dt
    #[arg(long, value_name = "RATE", conflicts_with_all = ["data", "stimulus"])]
    poisson: Option<Rate>,
    /// Number of random samples [default: 20]
    #[arg(long, requires = "poisson", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    samples: Option<u32>,
    /// Seed of --poisson; each sample has the next
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Ticks of a sample, where the data do not say it
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=TICKS_MAX))]
    ticks: Option<u32>,
    /// The same as a time, such as 500ms; needs --dt, the length of a tick
    #[arg(long, value_name = "TIME", value_parser = seconds, conflicts_with = "ticks")]
    time: Option<f64>,
    /// Format of recordings [default: by the ending of each name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    stimulus_format: Option<SpikeFormat>,
    #[command(flatten)]
    spikes: SpikeOptions,
}

impl SampleOptions {
    /// The samples, for a network with `inputs` inputs.
    pub(crate) fn load(&self, inputs: usize, tick: &TickOption) -> anyhow::Result<Labelled> {
        let this = &self.in_ticks(tick)?;
        this.load_ticks(inputs, tick)
    }

    /// The options with the time converted to ticks.
    fn in_ticks(&self, tick: &TickOption) -> Result<SampleOptions, UsageError> {
        let mut same = self.clone();
        if let Some(time) = self.time {
            let ticks = whole_ticks(time, tick)?;
            if i64::from(ticks) > TICKS_MAX {
                let message = format!("--time is {ticks} ticks, a sample has {TICKS_MAX} at most");
                return Err(UsageError(message));
            }
            same.ticks = Some(ticks);
        }
        Ok(same)
    }

    fn load_ticks(&self, inputs: usize, tick: &TickOption) -> anyhow::Result<Labelled> {
        let unlabelled = |spikes, ticks| Labelled {
            samples: Samples { spikes, ticks },
            labels: None,
        };
        if let Some(path) = &self.stimulus {
            let ticks = self.length("--stimulus")?;
            let spikes = self.recording(path, inputs, ticks, tick, &mut false)?;
            return Ok(unlabelled(vec![spikes], ticks));
        }
        if let Some(rate) = self.poisson {
            let ticks = self.length("--poisson")?;
            let rate = rate.per_tick("--poisson", tick)?;
            let samples = self.samples.unwrap_or(RANDOM);
            let spikes = f64::from(samples) * f64::from(ticks) * inputs as f64 * rate;
            if spikes > SPIKES_MAX {
                return Err(UsageError(format!(
                    "{samples} samples of {ticks} ticks of {inputs} inputs have about {spikes:.0} \
                     random spikes, may have {SPIKES_MAX}"
                ))
                .into());
            }
            let seeds = (0..samples).map(u64::from);
            let seeds = seeds.map(|sample| self.seed.wrapping_add(sample));
            let random = |seed| sorted(stimulus::poisson(inputs, ticks, rate, seed));
            return Ok(unlabelled(seeds.map(random).collect(), ticks));
        }
        if let (0, None, Some(ticks)) = (inputs, &self.data, self.ticks) {
            // A network without inputs gets one sample without spikes.
            return Ok(unlabelled(vec![Vec::new()], ticks));
        }
        let Some(path) = &self.data else {
            let message = "no samples: say --data, --stimulus or --poisson";
            return Err(UsageError(message.to_owned()).into());
        };
        if path == Path::new("digits") {
            return digits(inputs);
        }
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("npz") => {
                let read = data::read(&files::data(path)?, inputs, self.ticks);
                Ok(read.map_err(|source| InputError::Spikes {
                    path: files::name(path),
                    source,
                })?)
            }
            Some("csv") => self.list(path, inputs, tick),
            _ => {
                let name = files::name(path);
                let message =
                    format!("{name}: must be digits, or a name that ends in .npz or .csv");
                Err(UsageError(message).into())
            }
        }
    }

    fn length(&self, what: &str) -> Result<u32, UsageError> {
        self.ticks
            .ok_or_else(|| UsageError(format!("{what} needs --ticks or --time")))
    }

    /// Reads a recording; notes on recordings are printed once.
    fn recording(
        &self,
        path: &Path,
        inputs: usize,
        ticks: u32,
        tick: &TickOption,
        told: &mut bool,
    ) -> Result<Vec<Spike>, InputError> {
        let bounds = Bounds {
            ticks,
            ids: inputs,
            value: 0,
        };
        let format = self.stimulus_format;
        let mut tally = self.spikes.read_quietly(path, format, tick, &bounds)?;
        tally.notes.extend(tally.lost());
        if !*told && !tally.notes.is_empty() {
            spikes::tell(path, &tally);
            *told = true;
        }
        Ok(sorted(tally.spikes))
    }

    /// Reads recordings and their labels: `file,label` per line, files relative to the list.
    fn list(&self, path: &Path, inputs: usize, tick: &TickOption) -> anyhow::Result<Labelled> {
        let ticks = self.length("a list of recordings")?;
        let text = files::small_text(path)?;
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        let (mut spikes, mut labels) = (Vec::new(), Vec::new());
        let mut told = false;
        let lines = text.lines().enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let pair = line.rsplit_once(',');
            let pair = pair.and_then(|(file, label)| Some((file, label.trim().parse().ok()?)));
            let Some((file, label)) = pair else {
                if at == 0 && line.trim() == "file,label" {
                    continue;
                }
                let (name, line) = (files::name(path), at + 1);
                let message = format!("{name}, line {line}: must be a file, a comma and a label");
                return Err(UsageError(message).into());
            };
            let file = folder.join(file.trim());
            files::regular(&file, path)?;
            spikes.push(self.recording(&file, inputs, ticks, tick, &mut told)?);
            labels.push(label);
        }
        Ok(Labelled {
            samples: Samples { spikes, ticks },
            labels: Some(labels),
        })
    }
}

/// The spikes, sorted by tick and input.
fn sorted(mut spikes: Vec<Spike>) -> Vec<Spike> {
    spikes.sort_unstable();
    spikes
}

fn digits(inputs: usize) -> anyhow::Result<Labelled> {
    let digits = Digits::embedded()?;
    let pixels = digits.network().input_count();
    if pixels != inputs {
        let message = format!("the digits have {pixels} pixels, the network has {inputs} inputs");
        return Err(UsageError(message).into());
    }
    let labels = digits.labels();
    let spikes = (0..labels.len()).map(|image| sorted(digits.encode(image)));
    Ok(Labelled {
        samples: Samples {
            spikes: spikes.collect(),
            ticks: TICKS,
        },
        labels: Some(labels.iter().map(|&label| usize::from(label)).collect()),
    })
}
