//! Reads a [`Model`] from the bytes of a file.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{NirError, clip};
use super::model::{Model, Named, Node, Tensor, Window};
use super::tree::{self, Budget, Folder};

/// Maximum depth of nested graphs.
const DEPTH_MAX: u64 = 16;
/// Maximum size of a file in bytes: that of all numbers that may be read, and half as much again.
const BYTES_MAX: u64 = 3 << 25;
/// Maximum number of dimensions of a shape.
const DIMENSIONS_MAX: usize = 8;
/// Reads the nodes and edges of a NIR file.
///
/// # Errors
/// The problem with the file, and its place.
pub fn read(bytes: Vec<u8>) -> Result<Model, NirError> {
    if bytes.len() as u64 > BYTES_MAX {
        return Err(NirError::Limit {
            place: "the file".to_owned(),
            what: "bytes",
            found: bytes.len() as u64,
            limit: BYTES_MAX,
        });
    }
    let file = tree::open(bytes)?;
    let budget = Budget::new();
    let root = Folder::root(&file, &budget);
    let Some(top) = root.try_folder("node")? else {
        return Err(NirError::Missing {
            place: "the file".to_owned(),
            field: "the group node",
        });
    };
    let mut model = Model::default();
    let kind = top.text("type")?.ok_or_else(|| top.missing("type"))?;
    if kind != "NIRGraph" {
        return Err(NirError::Type {
            place: top.place().to_owned(),
            found: format!("a node of type {}", clip(&kind)),
            expected: "a NIRGraph",
        });
    }
    graph(&top, "", 0, &mut model)?;
    Ok(model)
}

/// The nodes at which edges from and to a node end.
#[derive(Debug, Default, Clone)]
struct Ends {
    into: Vec<usize>,
    out: Vec<usize>,
}

/// Adds the nodes and edges of a graph; edges to a nested graph end at its inputs and outputs.
fn graph(
    folder: &Folder<'_>,
    prefix: &str,
    depth: u64,
    model: &mut Model,
) -> Result<Ends, NirError> {
    if depth > DEPTH_MAX {
        return Err(NirError::Limit {
            place: folder.place().to_owned(),
            what: "graphs around it",
            found: depth,
            limit: DEPTH_MAX,
        });
    }
    let nodes = folder
        .try_folder("nodes")?
        .ok_or_else(|| folder.missing("the group nodes"))?;
    let mut ends: BTreeMap<String, Ends> = BTreeMap::new();
    let mut own = Ends::default();
    for name in nodes.names()? {
        folder.budget().node(nodes.place())?;
        let node = nodes.folder(&name)?;
        let kind = node.text("type")?.ok_or_else(|| node.missing("type"))?;
        let full = format!("{prefix}{name}");
        if kind == "NIRGraph" {
            let inner = graph(&node, &format!("{full}."), depth + 1, model)?;
            if inner.into.len() != 1 || inner.out.len() != 1 {
                return Err(NirError::Unsupported {
                    node: clip(&full),
                    kind,
                    reason: format!(
                        "a nested graph with {} inputs and {} outputs",
                        inner.into.len(),
                        inner.out.len()
                    ),
                    nearest: "nested graphs may have one of each",
                });
            }
            ends.insert(name, inner);
            continue;
        }
        let index = model.nodes.len();
        let mut parsed = self::node(&node, &full, &kind)?;
        if prefix.is_empty() {
            // The inputs and outputs of the outermost graph are those of the network.
        } else if matches!(parsed, Node::Input { .. }) {
            own.into.push(index);
            parsed = Node::Pass;
        } else if parsed == Node::Output {
            own.out.push(index);
            parsed = Node::Pass;
        }
        model.nodes.push(Named {
            name: full,
            node: parsed,
        });
        let both = vec![index];
        ends.insert(
            name,
            Ends {
                into: both.clone(),
                out: both,
            },
        );
    }
    edges(folder, &ends, model)?;
    Ok(own)
}

fn edges(
    folder: &Folder<'_>,
    ends: &BTreeMap<String, Ends>,
    model: &mut Model,
) -> Result<(), NirError> {
    let Some((shape, texts)) = folder.texts("edges")? else {
        return Err(folder.missing("edges"));
    };
    if !texts.is_empty() && shape.last() != Some(&2) {
        return Err(NirError::Shape {
            place: format!("{}/edges", folder.place()),
            found: shape,
            expected: "two columns".to_owned(),
        });
    }
    let mut seen = BTreeSet::new();
    for edge in texts.chunks_exact(2) {
        let find = |name: &String| {
            ends.get(name).ok_or_else(|| NirError::Edge {
                from: clip(&edge[0]),
                to: clip(&edge[1]),
                unknown: clip(name),
            })
        };
        let (from, to) = (find(&edge[0])?, find(&edge[1])?);
        for &from in &from.out {
            for &to in &to.into {
                // An edge that is listed twice counts once; the package `nir` refuses it.
                if seen.insert((from, to)) {
                    model.edges.push((from, to));
                }
            }
        }
    }
    Ok(())
}

/// Reads a node of this type.
fn node(folder: &Folder<'_>, name: &str, kind: &str) -> Result<Node, NirError> {
    let need = |field| folder.need(field);
    let endless = |field| folder.need_endless(field);
    let or = |field: &str, value: f64| -> Result<Tensor, NirError> {
        Ok(folder
            .numbers(field)?
            .unwrap_or_else(|| Tensor::scalar(value)))
    };
    Ok(match kind {
        "Input" => {
            let shape = sizes(folder, "shape", 0)?.ok_or_else(|| folder.missing("shape"))?;
            Node::Input { shape }
        }
        "Output" => Node::Output,
        "LIF" => Node::Lif {
            tau: endless("tau")?,
            r: endless("r")?,
            v_leak: need("v_leak")?,
            v_threshold: need("v_threshold")?,
            v_reset: or("v_reset", 0.0)?,
        },
        "CubaLIF" => Node::CubaLif {
            tau_syn: need("tau_syn")?,
            tau_mem: endless("tau_mem")?,
            r: endless("r")?,
            v_leak: need("v_leak")?,
            v_threshold: need("v_threshold")?,
            v_reset: or("v_reset", 0.0)?,
            w_in: or("w_in", 1.0)?,
        },
        "IF" => Node::If {
            r: need("r")?,
            v_threshold: need("v_threshold")?,
            v_reset: or("v_reset", 0.0)?,
        },
        "LI" => Node::Li {
            tau: need("tau")?,
            r: need("r")?,
            v_leak: need("v_leak")?,
        },
        "CubaLI" => Node::CubaLi {
            tau_syn: need("tau_syn")?,
            tau_mem: need("tau_mem")?,
            r: need("r")?,
            v_leak: need("v_leak")?,
            w_in: or("w_in", 1.0)?,
        },
        "I" => Node::I { r: need("r")? },
        "Threshold" => Node::Threshold {
            threshold: need("threshold")?,
        },
        "Linear" => Node::Linear {
            weight: need("weight")?,
            bias: None,
        },
        "Affine" => Node::Linear {
            weight: need("weight")?,
            bias: Some(need("bias")?),
        },
        "Scale" => Node::Scale {
            scale: need("scale")?,
        },
        "Delay" => Node::Delay {
            delay: need("delay")?,
        },
        "Flatten" => Node::Flatten {
            start: whole(folder, "start_dim")?.unwrap_or(1),
            end: whole(folder, "end_dim")?.unwrap_or(-1),
            input: sizes(folder, "input_type", 0)?,
        },
        "Conv1d" | "Conv2d" => convolution(folder, kind == "Conv1d")?,
        "SumPool2d" | "AvgPool2d" => Node::Pool {
            window: Window {
                kernel: pair(folder, "kernel_size", 1, false)?
                    .ok_or_else(|| folder.missing("kernel_size"))?,
                stride: pair(folder, "stride", 1, false)?
                    .ok_or_else(|| folder.missing("stride"))?,
                padding: Some(pair(folder, "padding", 0, false)?.unwrap_or([0, 0])),
                dilation: [1, 1],
            },
            average: kind == "AvgPool2d",
        },
        _ => {
            return Err(NirError::Unsupported {
                node: clip(name),
                kind: clip(kind),
                reason: "the core has no such neuron".to_owned(),
                nearest: "there are LIF, CubaLIF, IF, LI, CubaLI, I and Threshold, joined by \
                          Linear, Affine, Scale, Delay, Flatten, Conv1d, Conv2d, SumPool2d and \
                          AvgPool2d",
            });
        }
    })
}

fn convolution(folder: &Folder<'_>, flat: bool) -> Result<Node, NirError> {
    let mut weight = folder.need("weight")?;
    let dimensions = if flat { 3 } else { 4 };
    if weight.shape.len() != dimensions || weight.values.is_empty() {
        return Err(NirError::Shape {
            place: format!("{}/weight", folder.place()),
            found: weight.shape,
            expected: format!("{dimensions} dimensions, none of them 0"),
        });
    }
    if flat {
        weight.shape.insert(2, 1);
    }
    // Padding is either numbers or one of two words.
    let padding = match folder.texts("padding") {
        Ok(Some((_, words))) => match words.first().map(String::as_str) {
            Some("same") => None,
            Some("valid") => Some([0, 0]),
            _ => {
                return Err(NirError::Type {
                    place: format!("{}/padding", folder.place()),
                    found: format!("{:?}", words.first().map(|word| clip(word))),
                    expected: "numbers, \"same\" or \"valid\"",
                });
            }
        },
        _ => Some(pair(folder, "padding", 0, flat)?.unwrap_or([0, 0])),
    };
    let groups = sizes(folder, "groups", 1)?.and_then(|groups| groups.first().copied());
    Ok(Node::Conv {
        window: Window {
            kernel: [weight.shape[2], weight.shape[3]],
            stride: pair(folder, "stride", 1, flat)?.unwrap_or([1, 1]),
            padding,
            dilation: pair(folder, "dilation", 1, flat)?.unwrap_or([1, 1]),
        },
        weight,
        bias: folder.numbers("bias")?,
        groups: groups.unwrap_or(1),
        input: pair(folder, "input_shape", 1, flat)?,
        flat,
    })
}

/// Reads integers of at least `min`.
fn sizes(folder: &Folder<'_>, field: &str, min: u32) -> Result<Option<Vec<usize>>, NirError> {
    let Some(numbers) = folder.numbers(field)? else {
        return Ok(None);
    };
    if numbers.values.len() > DIMENSIONS_MAX {
        return Err(NirError::Limit {
            place: format!("{}/{field}", folder.place()),
            what: "elements",
            found: numbers.values.len() as u64,
            limit: DIMENSIONS_MAX as u64,
        });
    }
    let size = |&value: &f64| {
        if value.fract() == 0.0 && value >= f64::from(min) && value <= 16_777_216.0 {
            // Lossless: a whole number up to 2^24.
            Ok(value as usize)
        } else {
            Err(NirError::Range {
                place: format!("{}/{field}", folder.place()),
                value,
                expected: if min == 0 {
                    "a whole number from 0 to 2^24"
                } else {
                    "a whole number from 1 to 2^24"
                },
            })
        }
    };
    numbers
        .values
        .iter()
        .map(size)
        .collect::<Result<_, _>>()
        .map(Some)
}

/// Reads a height and a width: two numbers, or one for both. For one-dimensional nodes the height
/// is 1, or the padding 0.
fn pair(
    folder: &Folder<'_>,
    field: &'static str,
    min: u32,
    flat: bool,
) -> Result<Option<[usize; 2]>, NirError> {
    let Some(sizes) = sizes(folder, field, min)? else {
        return Ok(None);
    };
    match (sizes[..].iter().as_slice(), flat) {
        // Lossless: 0 or 1.
        ([width], true) => Ok(Some([min as usize, *width])),
        ([both], false) => Ok(Some([*both; 2])),
        ([height, width], false) => Ok(Some([*height, *width])),
        _ => Err(NirError::Shape {
            place: format!("{}/{field}", folder.place()),
            found: vec![sizes.len()],
            expected: if flat {
                "one number"
            } else {
                "one or two numbers"
            }
            .to_owned(),
        }),
    }
}

/// Reads an integer of either sign.
fn whole(folder: &Folder<'_>, field: &'static str) -> Result<Option<i64>, NirError> {
    let Some(numbers) = folder.numbers(field)? else {
        return Ok(None);
    };
    match numbers.values[..] {
        // Lossless: small and whole.
        [value] if value.fract() == 0.0 && value.abs() <= 64.0 => Ok(Some(value as i64)),
        _ => Err(NirError::Range {
            place: format!("{}/{field}", folder.place()),
            value: numbers.at(0),
            expected: "one whole number from -64 to 64",
        }),
    }
}
