//! Networks that snnTorch exported, with the resets that only a core with `reset_rules` has: the
//! hardware gives snnTorch's own spikes. `interop/tests/exporters.rs` compares all files on the model.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use driver::Run;
use interop::nir::{self, Exporter, Import, ResetRule};
use interop::quantise::{QuantiseOptions, quantise};
use network::image::CoreImage;
use spec::CoreConfig;
use spec::events::Spike;

use crate::wire::with_hardware;

const STEPS: u32 = 200;

const FILES: [(&str, ResetRule, usize); 4] = [
    (
        "snntorch_synaptic_subtract_late",
        ResetRule::SubtractLate,
        815,
    ),
    ("snntorch_leaky_subtract_now", ResetRule::Subtract, 308),
    ("snntorch_synaptic_subtract_now", ResetRule::Subtract, 870),
    ("snntorch_rleaky_subtract_now", ResetRule::Subtract, 305),
];

fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../interop/tests/data/exporters");
    fs::read(folder.join(name)).unwrap()
}

/// Reads a tick and an id from each line.
fn spikes(name: &str) -> BTreeSet<(u32, u32)> {
    let text = String::from_utf8(data(name)).unwrap();
    let pair = |line: &str| {
        let (tick, id) = line.split_once(',').unwrap();
        (tick.parse().unwrap(), id.parse().unwrap())
    };
    text.lines().skip(1).map(pair).collect()
}

#[test]
fn the_hardware_gives_the_spikes_of_the_framework() {
    let config = CoreConfig::tiny_n();
    let stimulus: Vec<Spike> = spikes("stimulus.csv")
        .into_iter()
        .map(|(tick, id)| Spike { tick, id })
        .collect();
    with_hardware(config, |device| {
        for (name, reset, count) in FILES {
            let import = Import {
                exporter: Some(Exporter::SnnTorch),
                reset: Some(reset),
                ..Import::default()
            };
            let model = nir::read(data(&format!("{name}.nir"))).unwrap();
            let options = QuantiseOptions {
                state_bits: config.state_bits,
                ..QuantiseOptions::default()
            };
            let graph = import.graph(name, model).unwrap();
            let made = quantise(&graph, &options).unwrap();
            let image = CoreImage::map(&made.network, device.sizes()).unwrap();
            device.load(&image, &mut |_, _| {}).unwrap();
            let run = Run {
                ticks: STEPS,
                spikes: &stimulus,
                report: true,
                ..Run::default()
            };
            let found = device.run(&run, &mut |_| {}).unwrap().spikes;
            let found: BTreeSet<_> = found.iter().map(|it| (it.tick, it.id)).collect();
            let wanted = spikes(&format!("{name}.spikes.csv"));
            assert_eq!(wanted.len(), count, "{name}");
            assert_eq!(found, wanted, "{name}");
        }
    });
}
