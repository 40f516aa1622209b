//! The report of the cost of quantisation, in numbers and words.

use schemars::JsonSchema;
use serde::Serialize;

use super::QuantiseOptions;
use super::fidelity::Fidelity;
use super::parts::{PopulationReport, ProjectionReport};
use crate::graph::Graph;

/// What quantisation cost.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// Name of the network.
    pub network: String,
    /// Bits of a weight.
    pub weight_bits: u32,
    /// Bits of a potential.
    pub state_bits: u32,
    /// How faithful it is to the network described.
    #[serde(skip)]
    pub faithful: Fidelity,
    /// Each population.
    pub populations: Vec<PopulationReport>,
    /// Each projection.
    pub projections: Vec<ProjectionReport>,
    /// What whoever imports the network should know.
    pub notes: Vec<String>,
}

impl Report {
    pub(super) fn new(graph: &Graph, options: &QuantiseOptions) -> Report {
        Report {
            network: graph.name.clone(),
            weight_bits: options.weight_bits,
            state_bits: options.state_bits,
            faithful: Fidelity::exact(),
            populations: Vec::new(),
            projections: Vec::new(),
            notes: graph.notes.clone(),
        }
    }
}

/// Percentage of a projection's weights that may become 0 without a note.
const ZERO_PERCENT: f64 = 20.0;

impl Report {
    /// Adds a note for each projection whose weights are lost because another number has set the
    /// scale.
    pub(super) fn tell_lost(&mut self) {
        let lost = self.projections.iter().filter_map(|projection| {
            let name = &projection.target;
            let population = self.populations.iter().find(|it| it.name == *name)?;
            let PopulationReport {
                set_by,
                set_by_value: value,
                units,
                ..
            } = population;
            let by_weights = ["weight", "sum of all inputs"].contains(set_by);
            let zero = projection.zero_percent;
            let many = zero > ZERO_PERCENT && !by_weights;
            many.then(|| {
                format!(
                    "{zero:.1} % of the weights of {} -> {name} became 0: the {set_by} {value} of \
                     {name:?} set the scale, so that 1.0 is {units:.4} units",
                    projection.source
                )
            })
        });
        let lost: Vec<String> = lost.collect();
        self.notes.extend(lost);
    }
}
