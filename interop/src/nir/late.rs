//! Resets that come a tick late, with what the core has.
//!
//! Subtracted late, a potential is `v <- keep v + x - threshold` in the tick after a spike. The core
//! subtracts at once, so that it has `keep (v - threshold) + x`; a synapse of the neuron onto itself
//! with the weight `-(1 - keep) threshold` adds the rest, to the bit. With a synaptic current it
//! would act through that, so such neurons are left with the core's own subtraction.
//!
//! Set to `v_reset` late, a neuron of snnTorch without current or recurrence still keeps the input of
//! that tick, as one that is reset at once does. One with either loses it, as a refractory neuron
//! does that is held for a tick.

use std::collections::BTreeMap;

use super::error::NirError;
use super::form::{Form, Term, Work};
use super::model::{Model, Node};
use super::neurons::{self, Made};
use super::options::{Options, ResetRule};
use super::read::clip;
use super::shape::Shapes;
use crate::graph::Leak;

/// Adds the synapses that a subtraction in the next tick needs to what leads to neurons. Tells what
/// cannot be had.
pub(super) fn subtract(
    model: &Model,
    shapes: &Shapes,
    sums: &mut BTreeMap<usize, Form>,
    dt: f64,
    options: &Options,
) -> Result<Vec<String>, NirError> {
    let mut differences = Vec::new();
    if options.reset != ResetRule::SubtractLate {
        return Ok(differences);
    }
    let mut work = Work::new();
    for (&index, form) in sums {
        let named = &model.nodes[index];
        let size = shapes.outputs(index);
        match &named.node {
            Node::Lif { .. } => {}
            Node::CubaLif { .. } => {
                differences.push(format!(
                    "node {:?} has a synaptic current, through which a late subtraction would go: \
                     the threshold is subtracted at once",
                    clip(&named.name)
                ));
                continue;
            }
            // What keeps everything or nothing is the same late as at once.
            _ => continue,
        }
        let mut own = Form {
            sums: vec![Vec::new(); size],
            bias: vec![0.0; size],
            plain: false,
        };
        for (n, sum) in own.sums.iter_mut().enumerate() {
            let Made { neuron, gain, .. } =
                neurons::make(&named.node, &named.name, n, dt, options)?;
            let Leak::Keep(keep) = neuron.leak else {
                continue;
            };
            let weight = -(1.0 - keep) * neurons::written_threshold(&named.node, n) / gain;
            if weight != 0.0 && weight.is_finite() {
                // Lossless: a network has at most 2^14 neurons in 4096 nodes.
                sum.push(Term {
                    source: index as u32,
                    pre: n as u32,
                    delay: 0,
                    weight,
                });
            }
        }
        *form = std::mem::take(form).plus(&own, &mut work, &named.name)?;
    }
    Ok(differences)
}

/// Whether a late reset takes the tick's input as well.
pub(super) fn holds(model: &Model, index: usize, form: &Form, options: &Options) -> bool {
    let recurs = || {
        let terms = form.sums.iter().flatten();
        terms.into_iter().any(|term| term.source as usize == index)
    };
    options.reset == ResetRule::ZeroLate
        && match model.nodes[index].node {
            Node::CubaLif { .. } => true,
            Node::Lif { .. } => recurs(),
            _ => false,
        }
}
