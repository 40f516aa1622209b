//! Infers the length of a tick from the numbers in a file.

use std::collections::BTreeMap;

use super::error::clip;
use super::model::{Model, Node, Tensor};
use super::rules::{Exporter, NirOptions, ResetRule};

/// Relative difference between the user's tick and the one inferred from the file above which a
/// note is written.
const SAME_STEP: f64 = 0.01;
/// Time constant in ticks above which a note is written.
const LONG: f64 = 2000.0;

/// A node from whose numbers the exporter's tick can be inferred: snnTorch writes r = tau/dt, so
/// that a weight acts in full within a tick, and w_in likewise; sinabs writes r = 1 for IF, since
/// its tick is 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    /// The node.
    pub(super) node: String,
    /// The parameters, such as `tau / r`.
    pub(super) ratio: &'static str,
    /// Length of a tick, in the file's unit of time.
    pub(super) dt: f64,
}

/// The round number that equals `step` up to rounding errors: a tick is practically always round.
pub(super) fn round(step: f64) -> Option<f64> {
    let round: f64 = format!("{step:.1e}").parse().ok()?;
    ((step / round - 1.0).abs() < 1e-4).then_some(round)
}

/// The ticks that can be inferred from the file's nodes.
pub(super) fn of(model: &Model) -> Vec<Evidence> {
    let mut found = Vec::new();
    for named in &model.nodes {
        if let Node::If { r, .. } | Node::I { r } = &named.node
            && r.values
                .iter()
                .all(|&value| value == r.at(0) && value > 0.0)
        {
            found.push(Evidence {
                node: clip(&named.name),
                ratio: "1 / r",
                dt: 1.0 / r.at(0),
            });
        }
        let fields: BTreeMap<_, _> = named.node.per_element().into_iter().collect();
        let ratios = [
            ("tau", "r", "tau / r"),
            ("tau_mem", "r", "tau_mem / r"),
            ("tau_syn", "w_in", "tau_syn / w_in"),
        ];
        for (tau, gain, ratio) in ratios {
            let (Some(tau), Some(gain)) = (fields.get(tau), fields.get(gain)) else {
                continue;
            };
            let count = tau.values.len().max(gain.values.len());
            // An infinite time constant or gain gives no tick.
            let steps = (0..count).map(|n| tau.at(n) / gain.at(n));
            let (low, high) = steps.fold((f64::INFINITY, 0.0f64), |(low, high), step| {
                (low.min(step), high.max(step))
            });
            // A gain of 1 gives no tick.
            let plain = gain.values.iter().all(|&gain| gain == 1.0);
            if !plain && low > 0.0 && low.is_finite() && high <= low * (1.0 + SAME_STEP) {
                found.push(Evidence {
                    node: clip(&named.name),
                    ratio,
                    dt: low,
                });
            }
        }
    }
    found
}

/// Notes on implausible times. From gains of Norse and Rockpool no tick can be inferred in this
/// way.
pub(super) fn notes(model: &Model, options: &NirOptions, writer: Option<Exporter>) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(dt) = options.dt else {
        return notes;
    };
    let betrays = !matches!(writer, Some(Exporter::Norse | Exporter::Rockpool));
    if let Some(Evidence {
        node,
        ratio,
        dt: own,
    }) = of(model)
        .into_iter()
        .find(|it| betrays && (it.dt / dt - 1.0).abs() > SAME_STEP)
    {
        notes.push(format!(
            "{ratio} of node {node:?} is {own:.4e} of the file's unit of time, and the tick was \
             said to be {dt:.4e}: an exporter for which a weight acts in full within a tick, as \
             those of snnTorch and sinabs do, has used the former"
        ));
    }
    for named in &model.nodes {
        for (field, tensor) in named.node.per_element() {
            let long =
                |&&tau: &&f64| field.starts_with("tau") && tau.is_finite() && tau / dt > LONG;
            if let Some(tau) = tensor.values.iter().find(long) {
                notes.push(format!(
                    "{field} of node {:?} is {tau} of the file's unit of time, {:.0} ticks: is \
                     the unit right?",
                    clip(&named.name),
                    tau / dt
                ));
            }
        }
        let negative = |tensor: &Tensor| tensor.values.iter().any(|&v| v != 0.0);
        if let (
            Node::Lif { v_reset, .. } | Node::CubaLif { v_reset, .. } | Node::If { v_reset, .. },
            ResetRule::Subtract | ResetRule::SubtractLate | ResetRule::SubtractRaised,
        ) = (&named.node, options.reset)
            && negative(v_reset)
        {
            notes.push(format!(
                "v_reset of node {:?} is not 0; resetting by subtraction, it is only the \
                 potential in the beginning",
                clip(&named.name)
            ));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn only_round_steps_are_suggested() {
        assert_eq!(round(9.999_999_7e-5), Some(1e-4));
        assert_eq!(round(2.5e-4), Some(2.5e-4));
        assert_eq!(round(1.1331e-3), None);
        assert_eq!(round(9.926e-4), None);
    }
}
