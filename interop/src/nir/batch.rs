//! Removes the dimensions of samples and of time from the shape of an input.

use super::error::clip;
use super::model::{Model, Node};

/// Drops the leading dimensions of each input whose last dimensions are the complete input of every
/// layer that it leads to: some exporters also write the dimensions of samples and time. Returns a
/// note for each dropped dimension greater than 1.
pub(super) fn drop(model: &mut Model) -> Vec<String> {
    let mut notes = Vec::new();
    for index in 0..model.nodes.len() {
        let Node::Input { shape } = &model.nodes[index].node else {
            continue;
        };
        let next = model.edges.iter().filter(|&&(from, _)| from == index);
        let mut whole = next.map(|&(_, to)| wanted(&model.nodes[to].node, shape));
        let Some(kept) = whole.next().flatten() else {
            continue;
        };
        if whole.any(|other| other != Some(kept)) {
            continue;
        }
        let (leading, own) = shape.split_at(shape.len() - kept);
        let own = own.to_vec();
        if leading.iter().any(|&size| size != 1) {
            notes.push(format!(
                "the shape of node {:?} is {shape:?}; {leading:?} of it is taken for samples and \
                 time, which NIR does not have",
                clip(&model.nodes[index].name)
            ));
        }
        model.nodes[index].node = Node::Input { shape: own };
    }
    notes
}

/// The number of last dimensions of `shape` that are the layer's complete input, if `shape` has
/// more.
fn wanted(layer: &Node, shape: &[usize]) -> Option<usize> {
    let fits = |kept: &usize| *kept < shape.len();
    match layer {
        Node::Linear { weight, .. } => {
            let columns = weight.shape.get(1)?;
            let size = |kept: &usize| shape[shape.len() - kept..].iter().product::<usize>();
            // The whole shape may be one sample.
            if shape.is_empty() || size(&shape.len()) == *columns && shape[0] != 1 {
                return None;
            }
            (1..shape.len()).find(|kept| size(kept) == *columns)
        }
        Node::Conv { flat, .. } => Some(if *flat { 2 } else { 3 }).filter(fits),
        Node::Pool { .. } => Some(3).filter(fits),
        _ => None,
    }
}
