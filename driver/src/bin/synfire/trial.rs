//! A network and the samples that it is tried with, made ready for a device: what `eval` and `sweep`
//! have in common.

use driver::inference::{Inference, Question, Readout, infer};
use driver::{Device, Injection, Spike};
use interop::graph::Graph;
use interop::precision::Samples;
use interop::quantise::Report;
use spec::CoreConfig;
use spec::image::CoreImage;
use spec::network::{Network, Population};

use crate::progress::{Progress, Tally};

/// Ticks by which the last spikes of a network of another tool come later than there.
pub(crate) fn latency(cost: Option<&Report>) -> u32 {
    let latest = cost.and_then(|cost| cost.populations.iter().map(|it| it.latency).max());
    latest.unwrap_or(0)
}

/// How the network is asked on that config. `graph` is the network with real numbers, if it came from
/// another tool.
pub(crate) fn question(
    network: &Network,
    config: &CoreConfig,
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
    let silent = |&threshold: &i32| threshold >= config.state_max();
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

/// Has the network on a device, which is at rest then.
pub(crate) fn load(device: &mut Device, image: &CoreImage) -> anyhow::Result<()> {
    let mut progress = Progress::new("loading");
    device.load(image, &mut |done, of| progress.set(done, of))?;
    // Someone may have left it in real time.
    device.end_real_time()?;
    Ok(())
}

/// Shows the sample of that index to the network that a device holds.
pub(crate) fn show(
    device: &mut Device,
    question: &Question,
    samples: &Samples,
    at: usize,
    tally: &Tally,
) -> anyhow::Result<Inference> {
    let spikes = samples.spikes.get(at).map_or(&[][..], Vec::as_slice);
    let spike = |it: &interop::spikes::Ticked| Spike {
        tick: it.tick,
        // Lossless: a network has at most 2^14 inputs, which was checked on reading.
        id: it.id as u16,
    };
    let mut before = 0;
    let mut progress = |tick: u32| {
        tally.add(u64::from(tick.saturating_sub(before)));
        before = before.max(tick);
    };
    Ok(infer(
        device,
        question,
        spikes.iter().map(spike),
        &mut progress,
    )?)
}
