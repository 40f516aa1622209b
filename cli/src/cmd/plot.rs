//! `synfire plot`: draws spikes, potentials, weights and work.

mod same;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use demos::learning::{CurvePoint, draw_curves};
use interop::spikes::csv::Bounds;
use network::Network;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spec::events::Spike;
use viz::chart::{Chart, ChartError, Panels};
use viz::plot::{self, Cost, Matrix, Neurons};
use viz::raster::{Band, Marks, Raster};

use super::demo::curve::DELAY;
use crate::bands::{self, Bands};
use crate::exit::{Outcome, Result, UsageError};
use crate::files::{self, Output, OutputError};
use crate::import::ImportOptions;
use crate::neurons::{self, Probed};
use crate::options::{FormatOptions, seconds};
use crate::quantities::Span;
use crate::report::{self, Report};
use crate::spikes::{SpikeFormat, SpikeOptions};
use crate::talk;
use crate::trace::Trace;

const EXAMPLE: &str = "\
Examples:
  synfire plot raster out.csv --net net.toml --ticks 1000 --dt 1ms -o raster.png
  synfire plot potentials v.npy --net net.toml --neurons 0,e:3 --spikes out.csv -o v.svg
  synfire plot matrix net.toml --projection 1 -o weights.svg
  synfire plot weights net.toml --after learned.toml -o change.svg
  synfire plot rates out.csv --net net.toml -o rates.svg
  synfire plot intervals out.csv --net net.toml -o intervals.svg
  synfire plot curve stdp.json -o curve.png
  synfire plot activity quiet.json busy.json -o work.svg";

/// Draws spikes, potentials, weights and work, as SVG or PNG
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Spikes by time and neuron, a band a population
    Raster(FromSpikes),
    /// How often neurons spike
    Rates(FromSpikes),
    /// Ticks from a spike of a neuron to its next
    Intervals(FromSpikes),
    /// Potentials of some neurons, with thresholds and spikes
    Potentials(Potentials),
    /// Weights of one projection, by source and target
    Matrix(OneMatrix),
    /// How often each weight occurs, before and after learning
    Weights(Weights),
    /// Change of a weight against the ticks between two spikes, as `demo stdp-curve` measured it
    Curve(Curve),
    /// Cycles against synapse words, of runs whose summaries were kept
    Activity(Activity),
}

#[derive(Debug, Args)]
struct Out {
    /// The picture to write, .svg or .png
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    format: FormatOptions,
}

/// The subcommands that draw pictures.
pub(super) const PICTURES: [&str; 8] = [
    "plot.raster",
    "plot.rates",
    "plot.intervals",
    "plot.potentials",
    "plot.matrix",
    "plot.weights",
    "plot.curve",
    "plot.activity",
];

/// A picture that was drawn.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Drawn {
    /// The file of the picture.
    picture: String,
}

impl Report for Drawn {
    /// Nothing is printed besides the picture.
    fn text(&self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Debug, Args)]
struct FromSpikes {
    /// Spikes of neurons
    spikes: PathBuf,
    /// Their format [default: by the ending of the name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    spikes_format: Option<SpikeFormat>,
    /// The network that was run, for the names of its populations
    #[arg(long, value_name = "NET")]
    net: Option<PathBuf>,
    /// Ticks that are drawn [default: up to the last spike]
    #[command(flatten)]
    span: Span,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    options: SpikeOptions,
    #[command(flatten)]
    import: ImportOptions,
}

#[derive(Debug, Args)]
struct Potentials {
    /// Potentials as `synfire run --potentials` writes them, .npy or .csv: a row a tick
    trace: PathBuf,
    /// The network file, or a network of another tool
    #[arg(long, value_name = "NET")]
    net: PathBuf,
    /// Neurons to draw, up to 64, six in one panel and more in a panel each: ids, populations or parts of them, such as 17,e:3,e:0..2
    /// [default: the first ones]
    #[arg(long, value_name = "NEURONS", value_delimiter = ',')]
    neurons: Vec<String>,
    /// Neurons of the columns of an .npy file, as in --probe of the run; a .csv file names them itself
    /// [default: all]
    #[arg(long, value_name = "NEURONS", value_delimiter = ',')]
    probe: Vec<String>,
    /// Spikes to mark
    #[arg(long, value_name = "FILE")]
    spikes: Option<PathBuf>,
    /// Their format [default: by the ending of the name]
    #[arg(long, value_enum, value_name = "FORMAT", requires = "spikes")]
    spikes_format: Option<SpikeFormat>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    options: SpikeOptions,
    #[command(flatten)]
    import: ImportOptions,
}

#[derive(Debug, Args)]
struct OneMatrix {
    /// The network file, or a network of another tool
    net: PathBuf,
    /// The projection: SOURCE:TARGET, with :N the one of that number among them, or its number,
    /// counted from 0 in the order of the file
    #[arg(long, value_name = "PROJECTION", default_value = "0")]
    projection: String,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    import: ImportOptions,
}

#[derive(Debug, Args)]
struct Weights {
    /// The network file, or a network of another tool
    net: PathBuf,
    /// The same after learning
    #[arg(long, value_name = "NET")]
    after: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    import: ImportOptions,
}

#[derive(Debug, Args)]
struct Curve {
    /// Summary that `synfire demo stdp-curve --format json` printed
    summary: PathBuf,
    /// Length of a tick, such as 1ms: the axis is then in milliseconds [default: in ticks]
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    dt: Option<f64>,
    #[command(flatten)]
    out: Out,
}

#[derive(Debug, Args)]
struct Activity {
    /// Summaries that `synfire run --format json` printed
    #[arg(required = true)]
    summaries: Vec<PathBuf>,
    #[command(flatten)]
    out: Out,
}

/// Maximum number of neurons whose potentials one picture shows.
const NEURONS_MAX: usize = 64;

/// The fields of a summary that are used.
#[derive(Debug, Deserialize)]
struct Summary {
    network: String,
    config: String,
    ticks: u32,
    synapse_words: u64,
    cycles: u64,
}

/// The fields of a curve's summary that are used.
#[derive(Debug, Deserialize)]
struct CurveSummary {
    results: Curves,
}

#[derive(Debug, Deserialize)]
struct Curves {
    points: Vec<CurvePoint>,
    delayed_points: Vec<CurvePoint>,
}

/// A summary that a command has printed as JSON.
fn summary<S: serde::de::DeserializeOwned>(path: &Path, command: &str) -> anyhow::Result<S> {
    serde_json::from_slice(&files::data(path)?)
        .map_err(|error| UsageError(format!("{}: {error}", files::name(path))))
        .with_context(|| format!("not a summary of `{command} --format json`"))
}

impl Out {
    fn open(&self) -> std::result::Result<Output, OutputError> {
        Output::picture(&self.output)
    }

    fn write(&self, output: &Output, svg: &str) -> Result {
        output.write_picture(svg)?;
        let picture = output.name();
        report::print(&Drawn { picture }, self.format.format)?;
        Ok(Outcome::Done)
    }

    fn write_chart(&self, output: &Output, panels: &Panels) -> Result {
        self.write(output, &drawn(panels.svg())?)
    }
}

/// A chart as text.
pub(super) fn svg(chart: &Chart) -> anyhow::Result<String> {
    drawn(chart.svg())
}

fn drawn(svg: std::result::Result<String, ChartError>) -> anyhow::Result<String> {
    svg.map_err(|error| match error {
        ChartError::Empty => UsageError("there is nothing to draw".to_owned()).into(),
        error => error.into(),
    })
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        match self.what {
            What::Raster(from) => from.raster(),
            What::Rates(from) => from.rates(),
            What::Intervals(from) => from.intervals(),
            What::Potentials(potentials) => potentials.run(),
            What::Matrix(matrix) => matrix.run(),
            What::Weights(weights) => weights.run(),
            What::Curve(curve) => curve.run(),
            What::Activity(activity) => activity.run(),
        }
    }
}

/// Spikes and the network that they belong to.
struct Loaded {
    spikes: Vec<Spike>,
    ticks: u32,
    /// The origin of `ticks`, if it is not an option; otherwise empty.
    note: String,
    network: Option<Network>,
    title: String,
    neurons: Vec<Neurons>,
}

impl Loaded {
    /// Prints the origin of the length.
    fn tell(&self) {
        if !self.note.is_empty() {
            let note = &self.note;
            talk::tell(format_args!("note: {note}; --ticks says the run's"));
        }
    }
}

impl FromSpikes {
    fn load(&self) -> anyhow::Result<Loaded> {
        let asked = self.span.ticks(&self.import.source.tick)?;
        let network = self.net.as_deref().map(|net| self.import.taken(net));
        let network = network.transpose()?;
        let bounds = Bounds {
            ticks: asked.unwrap_or(u32::MAX),
            ids: network.as_ref().map_or(1 << 16, Network::neuron_count),
            value: 0,
        };
        let spikes = self.options.read(
            &self.spikes,
            self.spikes_format,
            &self.import.source.tick,
            &bounds,
        )?;
        let end = spikes.iter().map(|spike| spike.tick + 1).max();
        let ids = spikes.iter().map(|spike| spike.id as usize + 1).max();
        let all = || {
            vec![Neurons {
                name: "neurons".to_owned(),
                ids: (0..ids.unwrap_or(1)).collect(),
                unreported: 0,
            }]
        };
        let note = match (asked, end) {
            (Some(_), _) => String::new(),
            (None, Some(1)) => "length taken from the last spike: 1 tick".to_owned(),
            (None, Some(end)) => format!("length taken from the last spike: {end} ticks"),
            (None, None) => "length not known: there is no spike".to_owned(),
        };
        Ok(Loaded {
            ticks: asked.or(end).unwrap_or(1),
            note,
            title: match &network {
                Some(network) => network.name().to_owned(),
                None => name(&self.spikes),
            },
            neurons: (network.as_ref()).map_or_else(all, |network| bands::known(network, &spikes)),
            spikes,
            network,
        })
    }

    fn raster(&self) -> Result {
        let output = self.out.open()?;
        let loaded = self.load()?;
        loaded.tell();
        let note = loaded.note.clone();
        let (ticks, tick) = (loaded.ticks, self.import.source.tick.seconds());
        let raster = match &loaded.network {
            Some(network) => {
                let mut bands = Bands::new(network, ticks, tick);
                loaded.spikes.into_iter().for_each(|it| bands.push(it));
                Raster {
                    note,
                    ..bands.raster(network, None)
                }
            }
            None => {
                let size = loaded.neurons.first().map_or(0, |all| all.ids.len());
                let mut marks = Marks::new(0, size, ticks);
                marks.extend(loaded.spikes);
                let band = Band {
                    name: "neurons".to_owned(),
                    inputs: false,
                    first: 0,
                    size,
                    reported: size,
                    numbered_from: 0,
                    marks,
                };
                Raster {
                    title: loaded.title,
                    ticks,
                    note,
                    tick,
                    bands: vec![band],
                    segments: Vec::new(),
                }
            }
        };
        self.out.write(&output, &raster.svg())
    }

    fn rates(&self) -> Result {
        let output = self.out.open()?;
        let found = self.known()?;
        let tick = self.import.source.tick.seconds();
        found.tell();
        let mut rates = plot::rates(
            &found.title,
            &found.neurons,
            &found.spikes,
            found.ticks,
            tick,
        );
        if !found.note.is_empty() {
            rates.subtitle += "; ";
            rates.subtitle += &found.note;
        }
        self.out.write_chart(&output, &rates)
    }

    fn intervals(&self) -> Result {
        let output = self.out.open()?;
        let found = self.known()?;
        let tick = self.import.source.tick.seconds();
        let intervals = plot::intervals(&found.title, &found.neurons, &found.spikes, tick);
        self.out.write_chart(&output, &intervals)
    }

    /// The spikes, if the network has at least one reporting neuron.
    fn known(&self) -> anyhow::Result<Loaded> {
        let loaded = self.load()?;
        if loaded.neurons.iter().all(|group| group.ids.is_empty()) {
            let name = self.net.as_deref().map_or_else(String::new, files::name);
            return Err(UsageError(format!(
                "{name}: no population reports its spikes, so nothing is known of their rates; \
                 `report = true` in a population has them sent"
            ))
            .into());
        }
        Ok(loaded)
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

impl Potentials {
    fn run(self) -> Result {
        let output = self.out.open()?;
        let network = self.import.taken(&self.net)?;
        let neurons = network.neuron_count();
        let columns = Probed::of(&self.probe, &network)?;
        let wanted = neurons::named(&self.neurons, &network)?;
        if wanted.len() > NEURONS_MAX {
            let count = wanted.len();
            let message =
                format!("--neurons names {count} neurons, a picture has {NEURONS_MAX} at most");
            return Err(UsageError(message).into());
        }
        let trace = Trace {
            path: &self.trace,
            neurons,
            columns: columns.ids(),
            wanted: &wanted,
        };
        let (ticks, shown) = trace.read()?;
        let bounds = Bounds {
            // Lossless: an array has 2^28 values at most.
            ticks: ticks as u32,
            ids: neurons,
            value: 0,
        };
        let spikes = match &self.spikes {
            Some(path) => {
                let tick = &self.import.source.tick;
                self.options.read(path, self.spikes_format, tick, &bounds)?
            }
            None => Vec::new(),
        };
        let tick = self.import.source.tick.seconds();
        let chart = plot::potentials(&network, ticks, &shown, &spikes, tick);
        self.out.write_chart(&output, &chart)
    }
}

impl OneMatrix {
    fn run(self) -> Result {
        let output = self.out.open()?;
        let network = self.import.taken(&self.net)?;
        let projection = numbered(&network, &self.projection)?;
        let matrix = Matrix::of(&network, projection).ok_or_else(|| {
            let (asked, have) = (projection, network.projections().len());
            UsageError(format!(
                "projection is {asked}, the network has {have}, counted from 0"
            ))
        })?;
        self.out.write(&output, &matrix.svg())
    }
}

/// The number of a projection that is given by its number or, as in `--set`, by its name. A name
/// without a number means the first of several, because the picture shows all of them together.
fn numbered(network: &Network, asked: &str) -> std::result::Result<usize, UsageError> {
    if let Ok(number) = asked.parse() {
        return Ok(number);
    }
    let ends = |it| format!("{}:{}", network.source_name(it), network.target_name(it));
    let all: Vec<String> = network.projections().iter().map(ends).collect();
    let nth = |name: &str, n: usize| {
        let same = all.iter().enumerate().filter(|(_, it)| *it == name);
        same.map(|(at, _)| at).nth(n)
    };
    let asked = asked.replace("->", ":");
    let with_number = || {
        let (name, n) = asked.rsplit_once(':')?;
        nth(name, n.parse().ok()?)
    };
    nth(&asked, 0).or_else(with_number).ok_or_else(|| {
        let mut known = all.clone();
        known.dedup();
        let known = known.join(", ");
        UsageError(format!(
            "there is no projection {asked:?}; there are {known}, or numbers from 0"
        ))
    })
}

impl Weights {
    fn run(self) -> Result {
        let output = self.out.open()?;
        let before = self.import.taken(&self.net)?;
        let after = self.after.as_deref().map(|net| self.import.taken(net));
        let after = after.transpose()?;
        let different = (after.as_ref()).and_then(|after| same::difference(&before, after));
        if let Some(different) = different {
            let name = self.after.as_deref().map_or_else(String::new, files::name);
            let before = files::name(&self.net);
            return Err(UsageError(format!(
                "--after {name} is not {before} after learning, which changes weights alone: \
                 {different}"
            ))
            .into());
        }
        let chart = plot::weight_histogram(&before, after.as_ref());
        self.out.write_chart(&output, &chart)
    }
}

impl Curve {
    fn run(self) -> Result {
        let output = self.out.open()?;
        let found: CurveSummary = summary(&self.summary, "synfire demo stdp-curve")?;
        let curves = [
            (0, &found.results.points[..]),
            (DELAY, &found.results.delayed_points),
        ];
        self.out.write_chart(
            &output,
            &Panels::from(draw_curves(&curves)).in_time(self.dt),
        )
    }
}

impl Activity {
    fn run(self) -> Result {
        let output = self.out.open()?;
        let mut groups: Vec<(String, Vec<Cost>)> = Vec::new();
        for path in &self.summaries {
            let summary: Summary = summary(path, "synfire run")?;
            let name = format!("{} on {}", summary.network, summary.config);
            let cost = Cost {
                ticks: f64::from(summary.ticks),
                words: summary.synapse_words as f64,
                cycles: summary.cycles as f64,
            };
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, costs)) => costs.push(cost),
                None => groups.push((name, vec![cost])),
            }
        }
        self.out
            .write_chart(&output, &plot::activity(&groups).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projections_have_names_and_numbers() {
        let text = "format_version = 2\nname = \"n\"\n[[input]]\nname = \"in\"\nsize = 1\n\
            [[population]]\nname = \"e\"\nsize = 1\nthreshold = 9\n\
            [[projection]]\nsource = \"in\"\ntarget = \"e\"\nweights = 1\n\
            [[projection]]\nsource = \"e\"\ntarget = \"e\"\nweights = 2\n\
            [[projection]]\nsource = \"e\"\ntarget = \"e\"\nweights = 3\n";
        let network = Network::from_toml(text, &mut |_| Err(String::new())).unwrap();
        for (asked, number) in [("2", 2), ("in:e", 0), ("e:e", 1), ("e->e", 1), ("e:e:1", 2)] {
            assert_eq!(numbered(&network, asked).unwrap(), number, "{asked}");
        }
        for wrong in ["e:in", "e:e:2", "e", "-1"] {
            let error = numbered(&network, wrong).unwrap_err().to_string();
            assert!(error.contains("there are in:e, e:e, or numbers"), "{error}");
        }
    }
}
