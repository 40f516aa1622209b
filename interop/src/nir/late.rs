//! Resets that take effect one tick late, expressed with the means of the core.
//!
//! With a late reset by subtraction, a potential is `v <- keep v + x - threshold` in the tick after
//! a spike. The core subtracts at once, which gives `keep (v - threshold) + x`. A synapse from the
//! neuron to itself with the weight `-(1 - keep) threshold` adds the difference, exact to the bit.
//! In a neuron with a synaptic current, this weight would pass through the current, so such neurons
//! need a core that subtracts late itself ([`Reset::SubtractLate`](crate::graph::Reset)).
//!
//! With a late reset to `v_reset`, a snnTorch neuron without synaptic current and without
//! recurrence still keeps the input of that tick, as a neuron that is reset at once does. A neuron
//! with either of them loses this input, as a neuron does that is held refractory for one tick.

use std::collections::BTreeMap;

use super::error::NirError;
use super::form::{Form, Term, Work};
use super::model::{Model, Node};
use super::neurons::{self, Made};
use super::rules::{NirOptions, ResetRule};
use super::shape::Shapes;
use crate::graph::Leak;

/// Adds the synapses for late subtraction to the inputs of neurons without a synaptic current.
pub(super) fn subtract(
    model: &Model,
    shapes: &Shapes,
    sums: &mut BTreeMap<usize, Form>,
    dt: f64,
    options: &NirOptions,
) -> Result<(), NirError> {
    if options.reset != ResetRule::SubtractLate {
        return Ok(());
    }
    let mut work = Work::new();
    for (&index, form) in sums {
        let named = &model.nodes[index];
        let size = shapes.outputs(index);
        // If the potential keeps everything or nothing, a late subtraction equals an immediate one.
        let Node::Lif { .. } = named.node else {
            continue;
        };
        let mut own = Form {
            sums: vec![Vec::new(); size],
            bias: vec![0.0; size],
            plain: false,
        };
        for (n, sum) in own.sums.iter_mut().enumerate() {
            let Made { neuron, gain, .. } =
                neurons::make(&named.node, &named.name, n, dt, options)?;
            let Leak::Keep(factor) = neuron.leak else {
                continue;
            };
            let weight = -(1.0 - factor) * neurons::written_threshold(&named.node, n) / gain;
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
    Ok(())
}

/// Whether a late reset also discards the input of that tick.
pub(super) fn holds(model: &Model, index: usize, form: &Form, options: &NirOptions) -> bool {
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
