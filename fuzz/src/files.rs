//! Fuzz targets for files that describe networks and for the files that belong to them.

use interop::graph::Graph;
use interop::nir::{Exporter, Import, Method, ResetRule};
use interop::quantise::{self, Rounding};
use interop::rows::{Rows, RowsError};
use interop::{arrays, evaluate, precision, superneuromat};
use network::image::CoreImage;
use network::npy::{Array, Layout, Records};
use network::{Network, Setting, Snapshot};
use spec::CoreConfig;

use crate::bytes::{Bytes, text_and_file};

/// Maximum number of neurons and synapses of networks that are also mapped or run: a short file can
/// describe a large network, which would take all the time.
const LARGE: usize = 1 << 14;

/// Maps a network to a core.
fn lay_out(network: &Network) {
    let size = network.neuron_count() + network.input_count() + network.synapse_count();
    if size > LARGE {
        return;
    }
    let _ = CoreImage::fitted(network, 16);
    for name in ["tiny", "tiny_l"] {
        let config = CoreConfig::named(name);
        let image = config.map(|config| CoreImage::map(network, &config.sizes));
        if let Ok(Ok(image)) = image {
            // An error of writing must be found here and not on a board.
            assert!(image.writes().count() > 0);
        }
    }
}

/// Quantises a graph and runs it.
fn run(graph: &Graph) {
    let neurons: usize = graph.populations.iter().map(|it| it.neurons.len()).sum();
    let inputs: usize = graph.inputs.iter().map(|it| it.size).sum();
    if graph.synapse_count() + neurons + inputs > LARGE {
        return;
    }
    for rounding in [Rounding::Nearest, Rounding::Stochastic] {
        let options = quantise::QuantiseOptions {
            rounding,
            ..quantise::QuantiseOptions::default()
        };
        if let Ok(made) = quantise::quantise(graph, &options) {
            lay_out(&made.network);
        }
    }
    if graph.inputs.is_empty() {
        return;
    }
    let mut ideal = evaluate::Evaluation::new(graph);
    for _ in 0..3 {
        ideal.tick(&[0]);
    }
}

/// A network file; all arrays that it names are what follows its first zero byte.
///
/// # Panics
/// Where an error is not one line.
pub fn network(data: &[u8]) {
    let Some((text, file)) = text_and_file(data) else {
        return;
    };
    match Network::from_toml(text, &mut |_| Ok(file.to_vec())) {
        Ok(network) => lay_out(&network),
        // The message is one line and names the place.
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
}

/// A network with a section of each kind, for settings to change.
const CHANGED: &str = r#"
format_version = 1
name = "changed"
[[input]]
name = "in"
size = 3
[[population]]
name = "cells"
size = 4
threshold = 100
tau_mem = 20.0
refractory_ticks = 2
[[projection]]
source = "in"
target = "cells"
weights = 60
delay = 1
plasticity = "pair"
[[projection]]
source = "cells"
target = "cells"
connect = "one_to_one"
weights = 3
[[plasticity]]
name = "pair"
tau_plus = 20.0
tau_minus = 20.0
"#;

/// Settings, one a line.
///
/// # Panics
/// Where a setting says something else than it was read from.
pub fn settings(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let settings: Vec<Setting> = text.lines().take(20).flat_map(str::parse).collect();
    for setting in &settings {
        let again: Result<Setting, _> = setting.to_string().parse();
        assert_eq!(again.as_ref().ok(), Some(setting));
    }
    if let Ok(network) =
        Network::from_toml_with(CHANGED, &settings, &mut |_| Err("none".to_owned()))
    {
        lay_out(&network);
    }
}

/// A network with real numbers; all arrays that it names are what follows its first zero byte.
pub fn real(data: &[u8]) {
    let Some((text, file)) = text_and_file(data) else {
        return;
    };
    if let Ok(graph) = arrays::read(text, &mut |_| Ok(file.to_vec())) {
        run(&graph);
    }
}

/// A file of NIR, behind a byte that says how it is read.
pub fn nir(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let how = bytes.byte();
    let exporters = [
        None,
        Some(Exporter::SnnTorch),
        Some(Exporter::Norse),
        Some(Exporter::Sinabs),
        Some(Exporter::SpikingJelly),
        Some(Exporter::Rockpool),
    ];
    let import = Import {
        exporter: exporters[usize::from(how & 7) % exporters.len()],
        file_tick: (how & 8 != 0).then_some(1.0),
        dt: (how & 16 == 0).then_some(1e-4),
        method: (how & 32 != 0).then_some(Method::Exact),
        reset: (how & 64 != 0).then_some(ResetRule::Subtract),
        norm_input: (how & 128 != 0).then_some(true),
        outputs_only: how & 9 == 9,
    };
    if let Ok(graph) =
        interop::nir::read(bytes.rest().to_vec()).and_then(|model| import.graph("fuzz", model))
    {
        run(&graph);
    }
}

/// A file of SuperNeuroMAT, behind a byte that says how it is rounded.
pub fn superneuromat(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let how = bytes.byte();
    let round = (how & 1 != 0).then(|| superneuromat::Bits {
        weight: 2 + u32::from(how >> 1 & 7) % 7,
        state: 8 + u32::from(how >> 4),
    });
    let model = superneuromat::read(bytes.rest(), None);
    if let Ok(made) = model.and_then(|model| superneuromat::lower("fuzz", &model, round)) {
        lay_out(&made.network);
    }
}

/// An array, whole, as records, and row by row.
///
/// # Panics
/// Where the readers do not agree.
pub fn npy(data: &[u8]) {
    let array = Array::parse(data);
    let _ = Layout::of_block(data, 1 << 20);
    if let Ok(Some(records)) = Records::parse(data) {
        let fields = records.names().len();
        for element in 0..records.len().min(100) {
            for field in 0..fields {
                let _ = records.number(element, field);
            }
        }
    }
    let mut numbers = 0;
    let rows = Rows::of(&mut &data[..], 1 << 20).and_then(|rows| {
        let columns = rows.shape().get(1).copied();
        rows.each(&mut |_, row| -> Result<(), RowsError> {
            assert_eq!(Some(row.len()), columns);
            numbers += row.len();
            Ok(())
        })
    });
    if let Ok(array) = array {
        let reals = array.to_reals();
        assert_eq!(reals.len(), array.shape().iter().product::<usize>());
        if rows.is_ok() {
            assert_eq!(numbers, reals.len());
        }
        let _ = array.into_integers();
    }
}

/// Labelled samples, behind a byte of inputs and one of ticks.
pub fn samples(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let (inputs, ticks) = (usize::from(bytes.byte()), u32::from(bytes.byte()));
    let ticks = (ticks > 0).then_some(ticks);
    let _ = precision::data::read(bytes.rest(), inputs, ticks);
}

/// The bytes of a snapshot's length field.
const SNAPSHOT_LENGTH: std::ops::Range<usize> = 10..18;

/// A snapshot as it is, and with the length and the checksum that belong to its content.
///
/// # Panics
/// Where a snapshot that was read is written otherwise.
pub fn snapshot(data: &[u8]) {
    let _ = Snapshot::decode(data);
    let mut sealed = data.to_vec();
    let length = (sealed.len() + 4) as u64;
    let Some(place) = sealed.get_mut(SNAPSHOT_LENGTH) else {
        return;
    };
    place.copy_from_slice(&length.to_le_bytes());
    let sum = crc32(&sealed);
    sealed.extend(sum.to_le_bytes());
    if let Ok(snapshot) = Snapshot::decode(&sealed) {
        assert_eq!(snapshot.encode(), sealed);
    }
}

/// The CRC-32 of snapshots, computed bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
    let sum = bytes.iter().fold(!0, |sum: u32, &byte| {
        (0..8).fold(sum ^ u32::from(byte), step)
    });
    !sum
}
