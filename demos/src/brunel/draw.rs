//! The picture: for each regime a raster of some neurons, and the rate of all.

use viz::population::{Panel, Populations};

use super::activity::BIN;
use super::{Brunel, Found, TICK_MS, rates_by_bin};

/// Neurons in a raster.
const SHOWN: u32 = 100;
/// Ticks that are drawn: the last 200 ms.
const DRAWN: u32 = 2000;

/// Draws the regimes.
#[must_use]
pub fn draw_regimes(brunel: &Brunel, found: &[Found]) -> Populations {
    let panel = |found: &Found| Panel {
        name: format!("{}: {}", found.regime.name(), found.regime.title()),
        note: format!(
            "g = {}, eta = {}: {:.1} Hz{}",
            found.regime.g(),
            found.regime.eta(),
            found.activity.rate,
            (found.activity.cv)
                .map_or_else(String::new, |cv| format!(", CV of the intervals {cv:.2}"))
        ),
        spikes: found.spikes.clone(),
        rates: rates_by_bin(&found.spikes, brunel),
    };
    // Whole bins, so that the last one is complete.
    let end = brunel.ticks / BIN * BIN;
    Populations {
        title: "Brunel's network in its regimes".to_owned(),
        lines: vec![format!(
            "{} neurons, each with {} excitatory and {} inhibitory synapses; {SHOWN} excitatory neurons, \
             and below the rate of all neurons per ms",
            brunel.neurons,
            brunel.in_degree(),
            brunel.in_degree() / 4,
        )],
        ticks: end.saturating_sub(DRAWN)..end,
        tick: TICK_MS / 1000.0,
        bin: BIN,
        shown: SHOWN,
        panels: found.iter().map(panel).collect(),
    }
}
