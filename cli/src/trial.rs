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

/// Ticks by which the last spikes of a network of another tool come later than there.
pub(crate) fn latency(cost: Option<&Report>) -> u32 {
    let latest = cost.and_then(|cost| cost.populations.iter().map(|it| it.latency).max());
    latest.unwrap_or(0)
}

/// How the network is asked on that sizes. `graph` is the network with real numbers, if it came from
/// another tool.
pub(crate) fn question(
    network: &Network,
    sizes: &Sizes,
    outputs: &Population,
    ticks: u32,
    (cost, graph): (Option<&Report>, Option<&Graph>),
    injections: Vec<Injection>,
) -> Question {
    // A network of another tool has its populations in the order that they have here.
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

/// Has the network on a core, which is at rest then.
pub(crate) fn load(core: &mut dyn Runner, image: &CoreImage) -> anyhow::Result<()> {
    let mut progress = Progress::new("loading");
    core.load(image, &mut |done, of| progress.set(done, of))?;
    Ok(())
}

/// Shows the sample of that index to the network that a core holds.
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
