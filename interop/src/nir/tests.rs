mod limits;

use super::*;
use crate::evaluate::Evaluation;
use crate::graph::{Graph, Reset, Source};
use crate::nir::model::Named;

fn model(nodes: Vec<(&str, Node)>, edges: &[(usize, usize)]) -> Model {
    let named = |(name, node): (&str, Node)| Named {
        name: name.to_owned(),
        node,
    };
    Model {
        nodes: nodes.into_iter().map(named).collect(),
        edges: edges.to_vec(),
    }
}

fn lif(size: usize, tau: f64) -> Node {
    Node::Lif {
        tau: Tensor::list(vec![tau; size]),
        r: Tensor::scalar(tau),
        v_leak: Tensor::scalar(0.0),
        v_threshold: Tensor::scalar(1.0),
        v_reset: Tensor::scalar(0.0),
    }
}

fn linear(shape: [usize; 2], values: &[f64]) -> Node {
    Node::Linear {
        weight: Tensor {
            shape: shape.to_vec(),
            values: values.to_vec(),
        },
        bias: None,
    }
}

fn input(size: usize) -> Node {
    Node::Input { shape: vec![size] }
}

fn ticks() -> NirOptions {
    NirOptions {
        dt: Some(1.0),
        ..NirOptions::default()
    }
}

fn chain(nodes: Vec<(&str, Node)>) -> Result<Graph, NirError> {
    let edges: Vec<_> = (1..nodes.len()).map(|to| (to - 1, to)).collect();
    lower("chain", &model(nodes, &edges), &ticks())
}

/// Weights `[pre][post]` of the projection between two sources by name.
fn weight(graph: &Graph, source: Source, pre: u32, post: u32) -> f64 {
    let synapses = graph
        .projections
        .iter()
        .filter(|p| p.source == source)
        .flat_map(|p| &p.synapses);
    synapses
        .filter(|s| (s.pre, s.post) == (pre, post))
        .map(|s| s.weight)
        .sum()
}

#[test]
fn linear_layers_in_a_row_are_one() {
    let graph = chain(vec![
        ("in", input(2)),
        ("a", linear([2, 2], &[1.0, 2.0, 0.0, 3.0])),
        ("b", linear([1, 2], &[0.5, 4.0])),
        ("n", lif(1, 10.0)),
        ("out", Node::Output),
    ])
    .unwrap();
    let from = Source::Input(0);
    // tau/dt = r, so a weight acts in full.
    assert!((weight(&graph, from, 0, 0) - 0.5).abs() < 1e-12);
    assert!((weight(&graph, from, 1, 0) - 13.0).abs() < 1e-12);
}

#[test]
fn layers_run_a_tick_later_each_and_skipping_spikes_wait() {
    let nodes = vec![
        ("in", input(1)),
        ("a", lif(1, 10.0)),
        ("b", lif(1, 10.0)),
        ("c", lif(1, 10.0)),
        ("out", Node::Output),
    ];
    let model = model(nodes, &[(0, 1), (1, 2), (2, 3), (1, 3), (0, 3), (3, 4)]);
    let graph = lower("skip", &model, &ticks()).unwrap();
    let late: Vec<_> = graph.populations.iter().map(|p| p.latency).collect();
    assert_eq!(late, [0, 1, 2]);
    let delays: Vec<_> = graph
        .projections
        .iter()
        .map(|p| (p.source, p.target, p.synapses[0].delay))
        .collect();
    assert!(
        delays.contains(&(Source::Population(0), 2, 2)),
        "{delays:?}"
    );
    assert!(delays.contains(&(Source::Input(0), 2, 2)), "{delays:?}");
}

#[test]
fn potentials_between_layers_are_refused() {
    let li = Node::Li {
        tau: Tensor::scalar(10.0),
        r: Tensor::scalar(1.0),
        v_leak: Tensor::scalar(0.0),
    };
    let error = chain(vec![
        ("in", input(2)),
        ("analog", li),
        ("w", linear([1, 2], &[1.0, 1.0])),
        ("n", lif(1, 10.0)),
    ])
    .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("\"analog\" (LI)") && text.contains("no spike"),
        "{text}"
    );
}

#[test]
fn cycle_without_a_neuron_is_refused() {
    let nodes = vec![
        ("in", input(1)),
        ("w", linear([1, 1], &[1.0])),
        ("x", linear([1, 1], &[1.0])),
        ("n", lif(1, 10.0)),
    ];
    let model = model(nodes, &[(0, 1), (1, 2), (2, 1), (2, 3)]);
    let text = lower("cycle", &model, &ticks()).unwrap_err().to_string();
    assert!(text.contains("its own input"), "{text}");
}

#[test]
fn the_tick_must_be_known_and_the_file_betrays_it() {
    let nodes = vec![
        ("in", input(1)),
        ("n", {
            let Node::Lif {
                v_leak,
                v_threshold,
                v_reset,
                ..
            } = lif(1, 1.0)
            else {
                unreachable!()
            };
            Node::Lif {
                tau: Tensor::scalar(1e-3),
                r: Tensor::scalar(10.0),
                v_leak,
                v_threshold,
                v_reset,
            }
        }),
    ];
    let model = model(nodes, &[(0, 1)]);
    let missing = lower("t", &model, &NirOptions::default()).unwrap_err();
    assert!(missing.to_string().contains("says 1e-4 of"), "{missing}");
    let said = |dt: f64| {
        let import = Import {
            file_tick: Some(dt),
            ..Import::default()
        };
        import.graph("t", model.clone()).unwrap().notes
    };
    let wrong = said(1e-3);
    let ratio = "tau / r of node \"n\" is 1.0000e-4";
    assert!(wrong.iter().any(|it| it.contains(ratio)), "{wrong:?}");
    // With the right tick, the only note names the exporter.
    let right = said(1e-4);
    assert!(
        right.len() == 1 && right[0].contains("snnTorch"),
        "{right:?}"
    );
    let long = NirOptions {
        dt: Some(1.0),
        ..NirOptions::default()
    };
    assert!(matches!(
        lower("t", &model, &long),
        Err(NirError::Step { .. })
    ));
}

#[test]
fn leak_of_a_constant_input_is_that_of_the_equation() {
    // tau v' = (v_leak - v) + r I: rests at v_leak + r I.
    let node = Node::Lif {
        tau: Tensor::scalar(5.0),
        r: Tensor::scalar(2.0),
        v_leak: Tensor::scalar(0.3),
        v_threshold: Tensor::scalar(100.0),
        v_reset: Tensor::scalar(0.0),
    };
    for method in [Method::Euler, Method::Exact] {
        let nodes = vec![
            ("in", input(1)),
            (
                "w",
                Node::Linear {
                    weight: Tensor {
                        shape: vec![1, 1],
                        values: vec![1.0],
                    },
                    bias: Some(Tensor::scalar(0.7)),
                },
            ),
            ("n", node.clone()),
        ];
        let options = NirOptions { method, ..ticks() };
        let graph = lower("rest", &model(nodes, &[(0, 1), (1, 2)]), &options).unwrap();
        let mut run = Evaluation::new(&graph);
        for _ in 0..400 {
            run.tick(&[]);
        }
        let v = run.potentials()[0] + graph.populations[0].neurons[0].offset;
        assert!((v - (0.3 + 2.0 * 0.7)).abs() < 1e-9, "{v}");
    }
}

#[test]
fn pool_and_convolution_reach_what_they_cover() {
    let pool = Node::Pool {
        window: Window {
            kernel: [2, 2],
            stride: [2, 2],
            padding: Some([0, 0]),
            dilation: [1, 1],
        },
        average: true,
    };
    let conv = Node::Conv {
        weight: Tensor {
            shape: vec![1, 1, 2, 2],
            values: vec![1.0, 2.0, 3.0, 4.0],
        },
        bias: None,
        groups: 1,
        window: Window {
            kernel: [2, 2],
            stride: [1, 1],
            padding: Some([1, 0]),
            dilation: [1, 1],
        },
        input: None,
        flat: false,
    };
    let threshold = || Node::Threshold {
        threshold: Tensor::scalar(0.5),
    };
    let image = Node::Input {
        shape: vec![1, 4, 4],
    };
    let graph = chain(vec![("in", image.clone()), ("p", pool), ("n", threshold())]).unwrap();
    assert_eq!(graph.populations[0].neurons.len(), 4);
    // Row 2, column 1 is in the lower left window.
    assert!((weight(&graph, Source::Input(0), 9, 2) - 0.25).abs() < 1e-12);
    let graph = chain(vec![("in", image), ("c", conv), ("n", threshold())]).unwrap();
    // 4 + 2 - 2 + 1 = 5 rows, 4 - 2 + 1 = 3 columns; output row 0 covers one row of zeros.
    assert_eq!(graph.populations[0].neurons.len(), 15);
    assert!((weight(&graph, Source::Input(0), 0, 0) - 3.0).abs() < 1e-12);
    assert!((weight(&graph, Source::Input(0), 1, 0) - 4.0).abs() < 1e-12);
    // Output (2, 1) covers input rows 1 and 2, columns 1 and 2.
    assert!((weight(&graph, Source::Input(0), 5, 7) - 1.0).abs() < 1e-12);
    assert!((weight(&graph, Source::Input(0), 10, 7) - 4.0).abs() < 1e-12);
}

#[test]
fn a_time_constant_without_end_integrates() {
    let endless = |r: f64| Node::Lif {
        tau: Tensor::list(vec![f64::INFINITY; 1]),
        r: Tensor::scalar(r),
        v_leak: Tensor::scalar(0.0),
        v_threshold: Tensor::scalar(1.0),
        v_reset: Tensor::scalar(0.0),
    };
    let all = |node| {
        chain(vec![
            ("in", input(1)),
            ("w", linear([1, 1], &[0.4])),
            ("n", node),
        ])
    };
    let graph = all(endless(f64::INFINITY)).unwrap();
    let mut run = Evaluation::new(&graph);
    let fired: Vec<bool> = (0..6).map(|_| !run.tick(&[0]).is_empty()).collect();
    assert_eq!(fired, [false, false, true, false, false, true]);
    let error = all(endless(2.0)).unwrap_err().to_string();
    assert!(error.contains("nothing would ever move"), "{error}");
    let finite = all(Node::Lif {
        tau: Tensor::list(vec![5.0]),
        r: Tensor::scalar(f64::INFINITY),
        v_leak: Tensor::scalar(0.0),
        v_threshold: Tensor::scalar(1.0),
        v_reset: Tensor::scalar(0.0),
    });
    assert!(finite.unwrap_err().to_string().starts_with("r of node"));
}

#[test]
fn a_layer_that_is_used_twice_is_named() {
    let nodes = || {
        vec![
            ("in", input(2)),
            ("fc", linear([2, 2], &[1.0, 0.0, 0.0, 1.0])),
            ("n", lif(2, 10.0)),
            ("out", Node::Output),
        ]
    };
    let notes =
        |edges: &[(usize, usize)]| lower("t", &model(nodes(), edges), &ticks()).unwrap().notes;
    let twice = notes(&[(0, 1), (1, 2), (2, 1), (2, 3)]);
    assert!(
        twice.len() == 1 && twice[0].contains("\"fc\" lies in a cycle"),
        "{twice:?}"
    );
    // Edges as exporters write a recurrent layer.
    assert!(notes(&[(0, 2), (2, 1), (1, 2), (2, 3)]).is_empty());
}

#[test]
fn dimensions_of_samples_and_time_are_left_out() {
    let graph = |shape: &[usize]| {
        let nodes = vec![
            (
                "in",
                Node::Input {
                    shape: shape.to_vec(),
                },
            ),
            ("fc", linear([2, 6], &[0.5; 12])),
            ("n", lif(2, 10.0)),
        ];
        Import {
            file_tick: Some(1.0),
            ..Import::default()
        }
        .graph("t", model(nodes, &[(0, 1), (1, 2)]))
    };
    let notes = |shape: &[usize]| {
        let graph = graph(shape).unwrap();
        assert_eq!(graph.inputs[0].size, 6);
        graph
            .notes
            .iter()
            .filter(|it| it.contains("taken for"))
            .count()
    };
    assert_eq!([notes(&[6]), notes(&[2, 3]), notes(&[1, 1, 6])], [0, 0, 0]);
    assert_eq!([notes(&[200, 6]), notes(&[4, 200, 2, 3])], [1, 1]);
    assert!(graph(&[200, 7]).is_err());
    assert!(graph(&[]).is_err());
}

#[test]
fn a_late_subtraction_is_a_synapse_where_no_current_is_in_its_way() {
    let cuba = Node::CubaLif {
        tau_syn: Tensor::scalar(4.0),
        tau_mem: Tensor::list(vec![8.0]),
        r: Tensor::scalar(8.0),
        v_leak: Tensor::scalar(0.0),
        v_threshold: Tensor::scalar(1.0),
        v_reset: Tensor::scalar(0.0),
        w_in: Tensor::scalar(4.0),
    };
    let of = |node| {
        let options = NirOptions {
            reset: ResetRule::SubtractLate,
            ..ticks()
        };
        let nodes = vec![("in", input(1)), ("n", node)];
        lower("t", &model(nodes, &[(0, 1)]), &options).unwrap()
    };
    let charged = of(cuba);
    assert_eq!(charged.populations[0].reset, Reset::SubtractLate);
    assert_eq!(charged.projections.len(), 1);
    let leaky = of(lif(1, 8.0));
    assert_eq!(leaky.populations[0].reset, Reset::Subtract);
    assert!((weight(&leaky, Source::Population(0), 0, 0) + 0.125).abs() < 1e-12);
}
