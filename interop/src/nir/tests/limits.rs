//! Tests with small models that would take long or need much memory.

use super::*;
use crate::nir::model::Window;

fn limit(result: Result<Graph, NirError>) -> &'static str {
    match result.unwrap_err() {
        NirError::Limit { what, .. } => what,
        error => panic!("{error}"),
    }
}

#[test]
fn a_kernel_in_the_padding_costs_nothing() {
    let kernel = 1 << 23;
    let graph = chain(vec![
        (
            "in",
            Node::Input {
                shape: vec![1, 2, 2],
            },
        ),
        (
            "sum",
            Node::Pool {
                window: Window {
                    kernel: [kernel; 2],
                    stride: [kernel; 2],
                    padding: Some([kernel / 2; 2]),
                    dilation: [1, 1],
                },
                average: false,
            },
        ),
        ("n", lif(1, 10.0)),
        ("out", Node::Output),
    ])
    .unwrap();
    for pre in 0..4 {
        assert!((weight(&graph, Source::Input(0), pre, 0) - 1.0).abs() < 1e-12);
    }
}

#[test]
fn sums_that_many_nodes_take_over_are_counted() {
    const SIZE: usize = 1024;
    let mut nodes = vec![
        ("in", input(SIZE)),
        ("w", linear([SIZE, SIZE], &vec![1.0; SIZE * SIZE])),
    ];
    let mut edges = vec![(0, 1)];
    for index in 2..40 {
        nodes.push(("flat", Node::Pass));
        edges.push((1, index));
    }
    assert_eq!(
        limit(lower("copies", &model(nodes, &edges), &ticks())),
        "weights or more, with those before it"
    );
}
