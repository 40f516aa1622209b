//! Finds linear layers that are part of a cycle and also have edges from outside of it.

use super::error::clip;
use super::model::{Model, Node};
use super::schedule::{Way, components};

/// A note for each layer in a cycle that also has edges from outside of it. Exporters do not write
/// recurrent layers like this; it results from a layer that a program uses twice.
pub(super) fn notes(model: &Model) -> Vec<String> {
    let nodes = &model.nodes;
    let mut next = vec![Vec::new(); nodes.len()];
    for &(from, to) in &model.edges {
        next[from].push(Way { from, to, delay: 0 });
    }
    let (cycle, _) = components(nodes.len(), &next);
    let is_layer = |index: usize| {
        let node = &nodes[index].node;
        matches!(node, Node::Linear { .. } | Node::Conv { .. })
    };
    let mut inside = vec![false; nodes.len()];
    let mut outside = vec![false; nodes.len()];
    for &(from, to) in &model.edges {
        match cycle[from] == cycle[to] {
            true => inside[to] = true,
            false => outside[to] = true,
        }
    }
    let shared = (0..nodes.len()).filter(|&at| is_layer(at) && inside[at] && outside[at]);
    shared
        .map(|index| {
            format!(
                "node {:?} lies in a cycle and also has edges from outside of it: a layer that is \
                 used twice is written so, and is then recurrent",
                clip(&nodes[index].name)
            )
        })
        .collect()
}
