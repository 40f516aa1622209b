//! Tests that networks written by the frameworks' own exporters produce the frameworks' own spikes.
//!
//! `data/exporters` holds the files, one common stimulus, and the spikes of each framework; its
//! README describes how they were made.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use interop::evaluate::Evaluation;
use interop::graph::Graph;
use interop::nir::{self, Exporter, Import, ResetRule, recognise};
use interop::precision::Loaded;
use interop::quantise::{QuantiseOptions, Quantised, quantise};

const STEPS: usize = 200;

/// A file, the options of its import, and the number of spikes of the framework.
struct Case {
    name: &'static str,
    import: Import,
    spikes: usize,
}

const fn case(
    name: &'static str,
    exporter: Exporter,
    reset: Option<ResetRule>,
    spikes: usize,
) -> Case {
    let import = Import {
        exporter: Some(exporter),
        file_tick: None,
        dt: None,
        method: None,
        reset,
        norm_input: None,
        outputs_only: false,
    };
    Case {
        name,
        import,
        spikes,
    }
}

fn cases() -> Vec<Case> {
    use Exporter::{Norse, Rockpool, Sinabs, SnnTorch, SpikingJelly};
    let [zero, subtract, zero_late, subtract_late] = [
        ResetRule::Zero,
        ResetRule::Subtract,
        ResetRule::ZeroLate,
        ResetRule::SubtractLate,
    ]
    .map(Some);
    let mut cases = vec![
        case("snntorch_leaky_zero_late", SnnTorch, zero_late, 231),
        case("snntorch_synaptic_zero_late", SnnTorch, zero_late, 455),
        case("snntorch_rleaky_zero_late", SnnTorch, zero_late, 228),
        case("snntorch_leaky_zero_now", SnnTorch, zero, 327),
        case("snntorch_synaptic_zero_now", SnnTorch, zero, 675),
        case("snntorch_rleaky_zero_now", SnnTorch, zero, 274),
        // Also the default reset, which is snnTorch's.
        case("snntorch_leaky_subtract_late", SnnTorch, None, 256),
        case(
            "snntorch_synaptic_subtract_late",
            SnnTorch,
            subtract_late,
            815,
        ),
        case(
            "snntorch_rleaky_subtract_late",
            SnnTorch,
            subtract_late,
            180,
        ),
        case("snntorch_leaky_subtract_now", SnnTorch, subtract, 308),
        case("snntorch_synaptic_subtract_now", SnnTorch, subtract, 870),
        case("snntorch_rleaky_subtract_now", SnnTorch, subtract, 305),
        case("norse_lifbox", Norse, None, 74),
        case("norse_lif", Norse, None, 302),
        case("spikingjelly_if_at_threshold", SpikingJelly, None, 223),
        case("spikingjelly_lif_decay_input", SpikingJelly, None, 188),
        case("spikingjelly_lif_no_decay_input", SpikingJelly, None, 68),
        case("sinabs_lif_norm", Sinabs, zero, 296),
        case("sinabs_lif_no_norm", Sinabs, zero, 241),
        case("sinabs_iaf", Sinabs, None, 535),
        case("rockpool_lif", Rockpool, None, 487),
    ];
    for case in &mut cases {
        if case.name == "sinabs_lif_no_norm" {
            case.import.norm_input = Some(false);
        }
    }
    cases
}

/// The file of this name.
fn data(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/exporters");
    fs::read(folder.join(name)).unwrap()
}

fn model(name: &str) -> nir::Model {
    nir::read(data(&format!("{name}.nir"))).unwrap()
}

/// Reads a tick and an id from each line.
fn pairs(name: &str) -> BTreeSet<(usize, usize)> {
    let text = String::from_utf8(data(name)).unwrap();
    let pair = |line: &str| {
        let (tick, id) = line.split_once(',').unwrap();
        (tick.parse().unwrap(), id.parse().unwrap())
    };
    text.lines().skip(1).map(pair).collect()
}

fn wide(graph: &Graph) -> Quantised {
    let options = QuantiseOptions {
        state_bits: 24,
        ..QuantiseOptions::default()
    };
    quantise(graph, &options).unwrap()
}

/// The spikes of the only output population; `tick` runs one tick.
fn spikes(mut tick: impl FnMut(&[usize]) -> Vec<usize>) -> BTreeSet<(usize, usize)> {
    let stimulus = pairs("stimulus.csv");
    let mut fired = BTreeSet::new();
    for step in 0..STEPS {
        let ids: Vec<usize> = stimulus
            .range((step, 0)..(step + 1, 0))
            .map(|it| it.1)
            .collect();
        fired.extend(tick(&ids).into_iter().map(|id| (step, id)));
    }
    fired
}

/// The number of spikes that occur only in the framework or only in the graph; the same for the
/// core.
fn differing(case: &Case) -> (usize, usize, Graph) {
    let graph = case.import.graph(case.name, model(case.name)).unwrap();
    let wanted = pairs(&format!("{}.spikes.csv", case.name));
    assert_eq!(wanted.len(), case.spikes, "{}", case.name);
    let mut run = Evaluation::new(&graph);
    let ideal = spikes(|ids| run.tick(ids));
    let made = wide(&graph);
    let mut core = Loaded::of_any_size(&made.network, 24).unwrap();
    let found = spikes(|ids| core.tick(ids));
    let count = |found: &BTreeSet<_>| wanted.symmetric_difference(found).count();
    (count(&ideal), count(&found), graph)
}

#[test]
fn spikes_are_those_of_the_framework() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (ideal, core, graph) = differing(&case);
        eprintln!("{:<34} {ideal:>4} {core:>4}", case.name);
        assert_eq!(graph.differences, [""; 0], "{}", case.name);
        if (ideal, core) != (0, 0) {
            wrong.push((case.name, ideal, core));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_writer_is_recognised_and_named() {
    for case in cases() {
        let model = model(case.name);
        let (found, mark) = recognise(&model).unwrap_or_else(|| panic!("{}", case.name));
        assert_eq!(Some(found), case.import.exporter, "{}: {mark}", case.name);
        let unsaid = Import {
            dt: Some(1.0),
            method: Some(nir::Method::Exact),
            ..Import::default()
        };
        let graph = unsaid.graph(case.name, model).unwrap();
        let option = format!("--exporter {}", found.word());
        let named = |note: &&String| note.contains(&option) && note.contains(&found.to_string());
        assert!(graph.notes.iter().any(|it| named(&it)), "{}", case.name);
    }
}

#[test]
fn times_that_make_no_sense_name_the_writer() {
    let wrong = Import {
        dt: Some(1e-3),
        ..Import::default()
    };
    for (name, word) in [
        ("norse_lif", "norse"),
        ("snntorch_leaky_zero_now", "snntorch"),
        ("spikingjelly_lif_decay_input", "spikingjelly"),
    ] {
        let error = wrong.graph(name, model(name)).unwrap_err().to_string();
        assert!(error.contains(&format!("--exporter {word}")), "{error}");
    }
}

/// The numbers in the manual on imports without `--exporter` of files whose rules NIR cannot
/// express.
#[test]
fn without_the_exporter_the_spikes_are_others() {
    let count = |name: &str, tick: f64, method| {
        let plain = Import {
            file_tick: Some(tick),
            method: Some(method),
            ..Import::default()
        };
        let graph = plain.graph(name, model(name)).unwrap();
        let mut run = Evaluation::new(&graph);
        spikes(|ids| run.tick(ids)).len()
    };
    let euler = nir::Method::Euler;
    // Norse's files lack the gain of LIFCell.
    assert_eq!(count("norse_lif", 1e-6, euler), 41);
    // Sums that equal the threshold.
    assert_ne!(count("spikingjelly_if_at_threshold", 1e-4, euler), 223);
    // sinabs writes the same gain with and without norm_input.
    assert_eq!(count("sinabs_lif_no_norm", 1.0, nir::Method::Exact), 0);
}
