//! A network and its samples, prepared for a core: the common part of `eval` and `sweep`.

use demos::inference::{Inference, Question, Readout, infer};
use driver::Runner;
use interop::graph::Graph;
use interop::precision::Samples;
use interop::quantise::Report;
use network::image::CoreImage;
use network::{Network, Population};
use spec::Sizes;
use spec::events::Injection;

use crate::progress::{Progress, Tally};

/// Number of ticks by which the last spikes of an imported network come later than in the other
/// tool.
pub(crate) fn latency(cost: Option<&Report>) -> u32 {
    let latest = cost.and_then(|cost| cost.populations.iter().map(|it| it.latency).max());
    latest.unwrap_or(0)
}

/// How the network is tested on a core of these sizes. `graph` is the network with real numbers, if
/// it came from another tool.
pub(crate) fn question(
    network: &Network,
    sizes: &Sizes,
    outputs: &Population,
    ticks: u32,
    (cost, graph): (Option<&Report>, Option<&Graph>),
    injections: Vec<Injection>,
) -> Question {
    // The populations of an imported network are in the order of the graph.
    let all = network.populations();
    let index = all.iter().position(|it| it.first == outputs.first);
    let index = index.unwrap_or(0);
    let cost = cost.and_then(|it| it.populations.get(index));
    // A potential never exceeds the state's limit.
    let silent = |&threshold: &i32| threshold >= sizes.state_max();
    let read = cost.is_some_and(|it| it.threshold_units.is_none());
    let readout = (read || outputs.thresholds.iter().all(silent)).then(|| {
        let graph = graph.and_then(|it| it.populations.get(index));
        let graph = graph.filter(|it| it.neurons.len() == outputs.size);
        let offsets = graph.map(|it| it.neurons.iter().map(|it| it.offset).collect());
        Readout {
            units: cost.map_or(1.0, |it| it.units),
            offsets: offsets.unwrap_or_else(|| vec![0.0; outputs.size]),
        }
    });
    Question {
        ticks,
        neurons: network.neuron_count(),
        outputs: outputs.ids(),
        readout,
        injections,
    }
}

/// Loads the network onto a core, which is at rest afterwards.
pub(crate) fn load(core: &mut dyn Runner, image: &CoreImage) -> anyhow::Result<()> {
    let mut progress = Progress::new("loading");
    core.load(image, &mut |done, of| progress.set(done, of))?;
    Ok(())
}

/// Presents the sample with this index to the loaded network.
pub(crate) fn show(
    core: &mut dyn Runner,
    question: &Question,
    samples: &Samples,
    at: usize,
    tally: &Tally,
) -> anyhow::Result<Inference> {
    let spikes = samples.spikes.get(at).map_or(&[][..], Vec::as_slice);
    let mut before = 0;
    let mut progress = |tick: u32| {
        tally.add(u64::from(tick.saturating_sub(before)));
        before = before.max(tick);
    };
    Ok(infer(
        core,
        question,
        spikes.iter().copied(),
        &mut progress,
    )?)
}
