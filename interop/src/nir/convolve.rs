//! Convolution and pooling as synapses: which input elements reach which output element, and with
//! which weight.

use super::error::{NirError, clip};
use super::model::{Node, Window};

/// Channels, height, width.
type Volume = [usize; 3];

/// The input of a convolution or pool as channels, height and width.
pub(super) fn volume(node: &Node, name: &str, shape: &[usize]) -> Result<Volume, NirError> {
    let wrong = |expected: String| NirError::Shape {
        place: format!("the input of node {:?}", clip(name)),
        found: shape.to_vec(),
        expected,
    };
    match node {
        Node::Conv {
            weight,
            groups,
            input,
            flat,
            ..
        } => {
            let channels = weight.shape[1].saturating_mul(*groups);
            let found = match (shape, flat) {
                ([found, width], true) => [*found, 1, *width],
                ([found, height, width], false) => [*found, *height, *width],
                // If the input has no known shape, the node states it.
                (_, _) => match input {
                    Some([height, width]) => [channels, *height, *width],
                    None => return Err(wrong("channels and a size for each dimension".to_owned())),
                },
            };
            let elements: usize = shape.iter().product();
            let product = found.iter().fold(1usize, |all, &n| all.saturating_mul(n));
            if found[0] != channels || product != elements {
                return Err(wrong(format!("{channels} channels")));
            }
            Ok(found)
        }
        _ => match shape {
            [channels, height, width] => Ok([*channels, *height, *width]),
            _ => Err(wrong("channels, height and width".to_owned())),
        },
    }
}

impl Window {
    /// Number of zeros before the first row and column.
    fn before(&self) -> [usize; 2] {
        self.padding.unwrap_or_else(|| {
            // If the total is odd, there is one more zero after the last row or column.
            [0, 1].map(|d| self.dilation[d].saturating_mul(self.kernel[d].saturating_sub(1)) / 2)
        })
    }

    /// Height and width of the output for an input of this size.
    fn output(&self, input: [usize; 2]) -> Option<[usize; 2]> {
        let mut output = [0; 2];
        for d in 0..2 {
            let span = self.kernel[d]
                .checked_sub(1)?
                .checked_mul(self.dilation[d])?;
            output[d] = match self.padding {
                None if self.stride[d] == 1 => input[d],
                None => return None,
                Some(padding) => {
                    let room = padding[d].checked_mul(2)?.checked_add(input[d])?;
                    room.checked_sub(span.checked_add(1)?)? / self.stride[d] + 1
                }
            };
        }
        Some(output)
    }
}

const fn window(node: &Node) -> Option<&Window> {
    match node {
        Node::Conv { window, .. } | Node::Pool { window, .. } => Some(window),
        _ => None,
    }
}

/// The shape of the output.
pub(super) fn output(node: &Node, name: &str, shape: &[usize]) -> Result<Vec<usize>, NirError> {
    let [channels, height, width] = volume(node, name, shape)?;
    let size = window(node).and_then(|window| window.output([height, width]));
    let Some([rows, columns]) = size else {
        return Err(NirError::Shape {
            place: format!("the input of node {:?}", clip(name)),
            found: shape.to_vec(),
            expected: "room for its kernel, and stride 1 if padding is \"same\"".to_owned(),
        });
    };
    match node {
        Node::Conv {
            weight,
            groups,
            flat,
            ..
        } => {
            let made = weight.shape[0];
            if *groups == 0 || made % groups != 0 {
                return Err(NirError::Range {
                    place: format!("groups of node {:?}", clip(name)),
                    value: *groups as f64,
                    expected: "a divisor of the number of output channels",
                });
            }
            Ok(if *flat {
                vec![made, columns]
            } else {
                vec![made, rows, columns]
            })
        }
        _ => Ok(vec![channels, rows, columns]),
    }
}

/// Adds the input elements that reach output element `at`, with their weights, to `taps`.
pub(super) fn taps(
    node: &Node,
    input: Volume,
    output: &[usize],
    at: usize,
    taps: &mut Vec<(usize, f64)>,
) {
    let Some(window) = window(node) else { return };
    let [_, height, width] = input;
    let columns = output.last().copied().unwrap_or(1).max(1);
    let rows = match output {
        [_, rows, _] => *rows,
        _ => 1,
    };
    let plane = rows.max(1) * columns;
    let (channel, y, x) = (at / plane, at % plane / columns, at % columns);
    let before = window.before();
    // Pairs of an index in the kernel and an index in the input, for one dimension. Indices in the
    // padding are left out, since most of a large kernel may lie there.
    let under = |d: usize, out: usize, size: usize| {
        let (first, step) = (out * window.stride[d], window.dilation[d].max(1));
        let inside = |found: usize| found.saturating_sub(first).div_ceil(step);
        let (from, to) = (inside(before[d]), inside(before[d] + size));
        let of = move |k: usize| (k, first + k * step - before[d]);
        (from..to.min(window.kernel[d])).map(of)
    };
    // First input channel, and number of input channels per output channel.
    let (first, count) = match node {
        Node::Conv { weight, groups, .. } => {
            let inputs = weight.shape[1];
            let per_group = (weight.shape[0] / groups.max(&1)).max(1);
            (channel / per_group * inputs, inputs)
        }
        _ => (channel, 1),
    };
    let [kernel_rows, kernel_columns] = window.kernel;
    for c in 0..count {
        for (ky, row) in under(0, y, height) {
            for (kx, column) in under(1, x, width) {
                let weight = match node {
                    Node::Conv { weight, .. } => {
                        let of = (channel * count + c) * kernel_rows + ky;
                        weight.at(of * kernel_columns + kx)
                    }
                    Node::Pool { average: true, .. } => 1.0 / (kernel_rows * kernel_columns) as f64,
                    _ => 1.0,
                };
                taps.push((((first + c) * height + row) * width + column, weight));
            }
        }
    }
}
