//! What NEST found for the same connections and the same external spikes.
//!
//! `demos/nest/brunel.py` made the figures; it says how to make them again.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Activity, Brunel, BrunelError, Regime};

/// The recorded figures of all networks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Recorded {
    /// The version of NEST.
    pub nest: String,
    /// The networks.
    pub networks: Vec<Nest>,
}

/// The figures of a network.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Nest {
    /// The network and its run.
    #[serde(flatten)]
    pub network: Brunel,
    /// SHA-256 of the sources of each neuron, excitatory before inhibitory ones and each in
    /// ascending order, as numbers of 4 bytes, the lowest first.
    pub matrix: String,
    /// The regimes.
    pub regimes: HashMap<Regime, Figures>,
}

/// The figures of a regime.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Figures {
    /// SHA-256 of the numbers of external spikes, one byte for each neuron in each of the first 100
    /// ticks.
    pub drive: String,
    /// With membranes of 20 ms, as in the paper.
    pub paper: Activity,
    /// With membranes of 20.43 ms, the 12-bit decay that is nearest to 20 ms: how much this rounding
    /// would change.
    pub rounded: Activity,
}

impl Recorded {
    /// The figures that come with the program.
    ///
    /// # Errors
    /// [`BrunelError::Recorded`] if they are damaged.
    pub fn embedded() -> Result<Recorded, BrunelError> {
        Ok(serde_json::from_str(include_str!(
            "../../nest/brunel.json"
        ))?)
    }

    /// The figures of this network and run, if they were recorded.
    #[must_use]
    pub fn of(&self, brunel: &Brunel) -> Option<&Nest> {
        self.networks.iter().find(|it| it.network == *brunel)
    }
}
