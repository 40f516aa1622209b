//! The programs that export NIR files, and the conventions of each.
//!
//! NIR has no field for several properties that a framework computes with: the kind of reset,
//! whether a neuron fires when its potential only equals the threshold, the gain of its synapses,
//! and the length of its time step. Each exporter omits them in its own way. If the exporter of a
//! file is known, the import restores them. The values here were measured with snntorch 1.0.0,
//! norse 1.1.0, sinabs 3.1.3, spikingjelly 2.0.0 and rockpool 3.1.0.

use super::evidence;
use super::model::{Model, Named, Node, Tensor};
use super::rules::{Exporter, Method, ResetRule};

/// The default tick of snnTorch and SpikingJelly, in seconds.
const TENTH: f64 = 1e-4;
/// Relative tolerance for equal numbers: exporters write 32-bit floats.
const SAME: f64 = 1e-4;

impl Exporter {
    /// Whether a neuron of this framework fires when its potential equals the threshold. In NIR,
    /// the potential must be greater.
    #[must_use]
    pub const fn fires_at_threshold(self) -> bool {
        match self {
            Exporter::SnnTorch | Exporter::Norse => false,
            Exporter::Sinabs | Exporter::SpikingJelly | Exporter::Rockpool => true,
        }
    }

    /// The framework's method of integration.
    pub(super) const fn method(self) -> Method {
        match self {
            Exporter::SnnTorch | Exporter::Norse | Exporter::SpikingJelly => Method::Euler,
            Exporter::Sinabs | Exporter::Rockpool => Method::Exact,
        }
    }

    /// The framework's default reset.
    pub(super) const fn reset(self) -> ResetRule {
        match self {
            Exporter::SnnTorch => ResetRule::SubtractLate,
            Exporter::Norse | Exporter::SpikingJelly => ResetRule::Zero,
            Exporter::Sinabs | Exporter::Rockpool => ResetRule::Subtract,
        }
    }

    /// A setting that the file does not contain, if its default is assumed.
    pub(super) const fn assumed(self) -> Option<&'static str> {
        match self {
            Exporter::SnnTorch => Some(
                "snnTorch's default is taken, reset_mechanism=\"subtract\" with reset_delay=True; \
                 say --reset zero-late for \"zero\", and zero or subtract for reset_delay=False",
            ),
            Exporter::Sinabs => Some(
                "sinabs's default MembraneSubtract is taken; say --reset zero for MembraneReset",
            ),
            Exporter::Norse | Exporter::SpikingJelly | Exporter::Rockpool => None,
        }
    }

    /// Properties that files of this exporter never contain.
    pub(super) const fn untold(self) -> Option<&'static str> {
        match self {
            Exporter::SnnTorch => Some(
                "the file does not tell graded_spikes_factor, inhibition and \
                 reset_mechanism=\"none\"; where they were used, the spikes are others",
            ),
            Exporter::Sinabs => Some(
                "the file does not tell sinabs's spike_fn, tau_syn and min_v_mem; a neuron of the \
                 core fires at most once a tick (SingleSpike), has no tau_syn and no lower bound",
            ),
            Exporter::Rockpool => Some(
                "the file does not tell Rockpool's bias, recurrent weights and max_spikes_per_dt; \
                 a neuron of the core fires at most once a tick (max_spikes_per_dt=1)",
            ),
            Exporter::Norse | Exporter::SpikingJelly => None,
        }
    }

    /// Length of a tick in the file's unit of time, and how it was determined. `said` is the user's
    /// option for the file's times, `dt` the user's tick in seconds.
    pub(super) fn tick(
        self,
        model: &Model,
        said: Option<f64>,
        dt: Option<f64>,
    ) -> (f64, &'static str) {
        if let Some(tick) = said {
            return (tick, "as said");
        }
        match self {
            Exporter::SnnTorch => (TENTH, "which snnTorch always writes"),
            Exporter::Sinabs => (1.0, "as sinabs counts time in steps"),
            Exporter::SpikingJelly => match evidence::of(model).into_iter().next() {
                Some(found) => (found.dt, "which its gains betray"),
                None => (TENTH, "SpikingJelly's default"),
            },
            Exporter::Rockpool => match model.nodes.iter().find_map(rockpool_tick) {
                Some(tick) => (tick, "which its gains betray"),
                None => (dt.unwrap_or(1e-3), "as said, or Rockpool's default"),
            },
            Exporter::Norse => {
                let dt = dt.unwrap_or(1e-3);
                let longest = taus(model).fold(0.0, f64::max);
                // Norse writes dt / tau_mem_inv although tau_mem_inv is already in 1/s.
                if longest < dt {
                    (dt * dt, "as Norse multiplies its times by dt")
                } else {
                    (dt, "as the times are in seconds: to_nir(..., dt=1.0)")
                }
            }
        }
    }

    /// Corrects gains that this exporter writes differently from what it computes. `norm_input` is
    /// the user's value for sinabs's option of this name.
    pub(super) fn repair(self, model: &mut Model, tick: f64, norm_input: Option<bool>) {
        for Named { node, .. } in &mut model.nodes {
            match (self, node) {
                // Weights act in full; the gains in the file are rounded to 32 bits.
                (Exporter::SnnTorch, Node::Lif { tau, r, .. }) => full(tau, r, tick),
                (
                    Exporter::SnnTorch,
                    Node::CubaLif {
                        tau_syn,
                        tau_mem,
                        r,
                        w_in,
                        ..
                    },
                ) => {
                    full(tau_mem, r, tick);
                    full(tau_syn, w_in, tick);
                }
                // A spike adds the full weight to the current.
                (Exporter::Norse, Node::CubaLif { tau_syn, w_in, .. }) if all(w_in, 1.0) => {
                    *w_in = map(tau_syn, |tau| tau / tick);
                }
                (
                    Exporter::Rockpool,
                    Node::CubaLif {
                        tau_syn,
                        tau_mem,
                        r,
                        w_in,
                        ..
                    },
                ) => {
                    // A spike is added to the current, which then decays and is added in full to
                    // the potential.
                    let keep = |tau: f64| (-tick / tau).exp();
                    *r = map(tau_mem, |tau| 1.0 / (1.0 - keep(tau)));
                    *w_in = map(tau_syn, |tau| keep(tau) / (1.0 - keep(tau)));
                }
                // sinabs always writes r = 1, whatever its norm_input is.
                (Exporter::Sinabs, Node::Lif { tau, r, .. }) if norm_input == Some(false) => {
                    *r = map(tau, |tau| 1.0 / (1.0 - (-tick / tau).exp()));
                }
                (Exporter::Sinabs, Node::Li { tau, r, .. }) if norm_input != Some(true) => {
                    *r = map(tau, |tau| 1.0 / (1.0 - (-tick / tau).exp()));
                }
                _ => {}
            }
        }
    }
}

/// The likely exporter of a file, and the sign by which it is recognised.
#[must_use]
pub fn recognise(model: &Model) -> Option<(Exporter, &'static str)> {
    let nodes = || model.nodes.iter();
    let named = |found: &dyn Fn(&str) -> bool| nodes().any(|node| found(&node.name));
    if named(&|name| name == "input_1") && named(&|name| is_underscored(name)) {
        return Some((Exporter::SpikingJelly, "nodes named input_1 and _0"));
    }
    // Rockpool's graphs include the dimensions of samples and time.
    let batched = |it: &Named| matches!(&it.node, Node::Input { shape } if shape[..].starts_with(&[1, 1]) && shape.len() == 3);
    if named(&|name| name.ends_with("_LIFTorch"))
        || nodes().any(batched) && nodes().any(|it| rockpool_tick(it).is_some())
    {
        let mark = "an input of shape [1, 1, n], or a node named _LIFTorch";
        return Some((Exporter::Rockpool, mark));
    }
    if named(&|name| name.ends_with(".lif")) && named(&|name| name.ends_with(".w_rec")) {
        return Some((
            Exporter::SnnTorch,
            "a recurrent layer of nodes .lif and .w_rec",
        ));
    }
    let tenths =
        |it: &evidence::Evidence| (it.dt / TENTH - 1.0).abs() < SAME && it.ratio != "1 / r";
    if evidence::of(model).iter().any(tenths) {
        return Some((Exporter::SnnTorch, "r = tau / 0.1 ms"));
    }
    if nodes().any(|it| matches!(it.node, Node::CubaLif { .. }) && has_plain_gain(&it.node)) {
        return Some((Exporter::Norse, "CubaLIF with r = 1 and w_in = 1"));
    }
    let plain = || nodes().filter(|it| has_plain_gain(&it.node));
    let times = || plain().flat_map(|it| taus_of(&it.node));
    if times().next().is_some() && times().all(|tau| tau < TENTH) {
        return Some((Exporter::Norse, "r = 1 with time constants below 0.1 ms"));
    }
    let stepped = |it: &Named| matches!(&it.node, Node::If { r, .. } if all(r, 1.0));
    if nodes().any(stepped) || times().next().is_some() && times().all(|tau| tau >= 1.0) {
        return Some((Exporter::Sinabs, "r = 1 with times that count steps"));
    }
    None
}

/// `_0`, `_1` and so on.
fn is_underscored(name: &str) -> bool {
    let digits = name.strip_prefix('_').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a neuron's gains are all 1.
fn has_plain_gain(node: &Node) -> bool {
    match node {
        Node::Lif { r, .. } | Node::Li { r, .. } => all(r, 1.0),
        Node::CubaLif { r, w_in, .. } | Node::CubaLi { r, w_in, .. } => {
            all(r, 1.0) && all(w_in, 1.0)
        }
        _ => false,
    }
}

fn taus_of(node: &Node) -> Vec<f64> {
    let fields = node.per_element().into_iter();
    let times = fields.filter(|(field, _)| field.starts_with("tau"));
    times
        .flat_map(|(_, tensor)| tensor.values.clone())
        .collect()
}

/// Time constants of all neurons.
fn taus(model: &Model) -> impl Iterator<Item = f64> {
    model.nodes.iter().flat_map(|named| taus_of(&named.node))
}

fn all(tensor: &Tensor, value: f64) -> bool {
    tensor.values.iter().all(|&it| it == value)
}

/// Sets `gain` to the exact value with which a weight acts in full within a tick, if it has this
/// value up to rounding errors.
fn full(tau: &Tensor, gain: &mut Tensor, tick: f64) {
    let wanted = map(tau, |tau| tau / tick);
    let count = wanted.values.len().max(gain.values.len());
    if (0..count).all(|n| (wanted.at(n) / gain.at(n) - 1.0).abs() < 1e-6) {
        *gain = wanted;
    }
}

fn map(tensor: &Tensor, value: impl Fn(f64) -> f64) -> Tensor {
    Tensor {
        shape: tensor.shape.clone(),
        values: tensor.values.iter().map(|&it| value(it)).collect(),
    }
}

/// The tick for which r = tau_mem exp(-tick / tau_mem) / tick, if the node looks like one of
/// Rockpool's and all its neurons give the same tick.
fn rockpool_tick(named: &Named) -> Option<f64> {
    let Node::CubaLif {
        tau_mem, r, w_in, ..
    } = &named.node
    else {
        return None;
    };
    if !all(w_in, 1.0) {
        return None;
    }
    let count = tau_mem.values.len().max(r.values.len());
    let ticks: Vec<f64> = (0..count)
        .map(|n| solve(tau_mem.at(n), r.at(n)))
        .collect::<Option<_>>()?;
    let first = *ticks.first()?;
    let same = |tick: &f64| (tick / first - 1.0).abs() < SAME;
    ticks.iter().all(same).then_some(first)
}

/// The x of `exp(-x) / x = r`, times `tau`: Newton's method on `x exp(x) = 1 / r`, which is convex.
fn solve(tau: f64, r: f64) -> Option<f64> {
    // A gain of 1 or less would mean a tick of more than half a time constant, which is
    // implausible.
    if !(r > 1.0 && r.is_finite() && tau > 0.0 && tau.is_finite()) {
        return None;
    }
    let wanted = 1.0 / r;
    let mut x = wanted;
    for _ in 0..50 {
        x -= (x * x.exp() - wanted) / ((1.0 + x) * x.exp());
    }
    Some(x * tau)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tick_of_rockpool_is_solved_for() {
        for (tau, tick) in [(8e-3_f64, 1e-3), (20e-3, 1e-4), (5e-3, 2e-3)] {
            let r = tau * (-tick / tau).exp() / tick;
            let found = solve(tau, r).unwrap();
            assert!((found / tick - 1.0).abs() < 1e-12, "{found}");
        }
        assert_eq!(solve(8e-3, 1.0), None);
    }

    #[test]
    fn words_are_their_own() {
        let mut words = Exporter::ALL.map(Exporter::word);
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
