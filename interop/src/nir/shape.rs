//! Computes the output shape of each node.

use super::convolve;
use super::error::{NirError, clip};
use super::model::{Model, Node};

/// Maximum number of elements of a node's output, which bounds all other sizes.
const ELEMENTS_MAX: u64 = 1 << 20;

/// The shapes of the input and the output of each node.
#[derive(Debug, Clone, Default)]
pub(super) struct Shapes {
    pub(super) input: Vec<Vec<usize>>,
    pub(super) output: Vec<Vec<usize>>,
}

impl Shapes {
    /// Number of elements of a node's input.
    pub(super) fn inputs(&self, node: usize) -> usize {
        self.input[node].iter().product()
    }

    /// Number of elements of a node's output.
    pub(super) fn outputs(&self, node: usize) -> usize {
        self.output[node].iter().product()
    }
}

/// The shapes of a model: computed from its inputs, and in cycles from the neurons' parameters.
pub(super) fn infer(model: &Model) -> Result<Shapes, NirError> {
    let count = model.nodes.len();
    let mut successors = vec![Vec::new(); count];
    for &(from, to) in &model.edges {
        successors[from].push(to);
    }
    let mut known: Vec<Option<Vec<usize>>> = vec![None; count];
    let mut inputs: Vec<Option<Vec<usize>>> = vec![None; count];
    let mut todo = Vec::new();
    // Nodes that state their output shape; a scalar parameter does not.
    for (index, named) in model.nodes.iter().enumerate() {
        let own = match &named.node {
            Node::Input { shape } => Some(shape.clone()),
            Node::Linear { weight, .. } => match weight.shape[..] {
                [rows, _] => Some(vec![rows]),
                _ => {
                    return Err(NirError::Shape {
                        place: format!("{}/weight", clip(&named.name)),
                        found: weight.shape.clone(),
                        expected: "two dimensions".to_owned(),
                    });
                }
            },
            node => node
                .per_element()
                .iter()
                .find(|(_, tensor)| !tensor.shape.is_empty())
                .map(|(_, tensor)| tensor.shape.clone()),
        };
        if let Some(own) = own {
            check(&named.name, &own)?;
            known[index] = Some(own);
            todo.push(index);
        }
    }
    // A parameter with one element applies to all neurons, so the shape of the input takes
    // precedence.
    let scalar = |shape: &[usize]| shape.iter().product::<usize>() == 1;
    let mut seen = vec![false; count];
    for &index in &todo {
        seen[index] = true;
    }
    while let Some(index) = todo.pop() {
        let Some(shape) = known[index].clone() else {
            continue;
        };
        for &next in &successors[index] {
            let named = &model.nodes[next];
            if inputs[next].is_none() || inputs[next].as_deref().is_some_and(scalar) {
                inputs[next] = Some(shape.clone());
            }
            let replace = known[next].as_deref().is_some_and(scalar)
                && !scalar(&shape)
                && !named.node.per_element().is_empty();
            if seen[next] && !replace {
                continue;
            }
            let output = through(&named.node, &named.name, &shape)?;
            check(&named.name, &output)?;
            known[next] = Some(output);
            seen[next] = true;
            todo.push(next);
        }
    }
    let mut shapes = Shapes::default();
    for (index, named) in model.nodes.iter().enumerate() {
        let unknown = |what: &str| NirError::Missing {
            place: format!("{} of node {}", what, clip(&named.name)),
            field: "anything that tells its shape",
        };
        let output = known[index].clone().ok_or_else(|| unknown("the output"))?;
        let input = match named.node {
            Node::Input { .. } => output.clone(),
            _ => inputs[index].clone().ok_or_else(|| NirError::Missing {
                place: format!("node {:?}", clip(&named.name)),
                field: "an edge that leads to it",
            })?,
        };
        shapes.input.push(input);
        shapes.output.push(output);
    }
    for &(from, to) in &model.edges {
        let (found, expected) = (shapes.outputs(from), expected(model, &shapes, to));
        if found != expected {
            return Err(NirError::Shape {
                place: format!("what {:?} gives out", clip(&model.nodes[from].name)),
                found: shapes.output[from].clone(),
                expected: format!("{expected} elements for {:?}", clip(&model.nodes[to].name)),
            });
        }
    }
    Ok(shapes)
}

/// Number of input elements that a node requires.
fn expected(model: &Model, shapes: &Shapes, node: usize) -> usize {
    match &model.nodes[node].node {
        Node::Linear { weight, .. } => weight.shape.get(1).copied().unwrap_or(0),
        Node::Conv { .. } | Node::Pool { .. } => shapes.inputs(node),
        _ => shapes.outputs(node),
    }
}

fn check(name: &str, shape: &[usize]) -> Result<(), NirError> {
    let elements = shape
        .iter()
        .fold(1u64, |all, &n| all.saturating_mul(n as u64));
    if (1..=ELEMENTS_MAX).contains(&elements) {
        return Ok(());
    }
    Err(NirError::Limit {
        place: format!("node {:?}", clip(name)),
        what: "elements in its output",
        found: elements,
        limit: ELEMENTS_MAX,
    })
}

/// The output shape of a node for this input shape.
fn through(node: &Node, name: &str, shape: &[usize]) -> Result<Vec<usize>, NirError> {
    match node {
        Node::Conv { .. } | Node::Pool { .. } => convolve::output(node, name, shape),
        Node::Flatten { start, end, .. } => flatten(name, shape, *start, *end),
        _ => Ok(shape.to_vec()),
    }
}

/// The shape with dimensions `start` to `end` merged into one; negative indices count from the end.
fn flatten(name: &str, shape: &[usize], start: i64, end: i64) -> Result<Vec<usize>, NirError> {
    let dimensions = shape.len() as i64;
    let from_front = |at: i64| if at < 0 { at + dimensions } else { at };
    let (start, end) = (from_front(start), from_front(end));
    if !(0 <= start && start <= end && end < dimensions) {
        return Err(NirError::Shape {
            place: format!("the input of node {:?}", clip(name)),
            found: shape.to_vec(),
            expected: format!("dimensions {start} to {end}"),
        });
    }
    // Lossless: both are indices of the shape.
    let (start, end) = (start as usize, end as usize);
    let mut flat = shape[..start].to_vec();
    flat.push(shape[start..=end].iter().product());
    flat.extend(&shape[end + 1..]);
    Ok(flat)
}
