//! Generates the tables of the hardware's cycle counts from `docs/cycles.json`.
//!
//! Counting needs the Verilated cores, which this crate does not build: `cargo xtask bench --write`
//! counts and writes the file, and a test in the crate with the cores checks that the counts still
//! hold.

use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::markdown::{code, table};
use crate::project;

/// The costs of one config.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cycles {
    config: String,
    neurons: u64,
    lanes: u64,
    words: u64,
    silent_tick: u64,
    update_tick: u64,
    first_row: u64,
    dense_row: u64,
    short_row: u64,
    input_spike: u64,
    activities: Vec<Activity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    learned: Option<Learned>,
}

/// The cycles of learning.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Learned {
    depression_word: u64,
    potentiation_word: u64,
    delivered_row: u64,
    potentiated_row: u64,
    fired_neuron: u64,
    activities: Vec<Activity>,
}

/// The cycles of a tick at constant activity.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Activity {
    percent: u64,
    rows: u64,
    synapses: u64,
    cycles: u64,
    estimated: u64,
}

impl Cycles {
    /// The measured config.
    pub(crate) fn config(&self) -> &str {
        &self.config
    }

    /// Synapses delivered per cycle, over whole ticks in which every source spikes.
    pub(crate) fn dense_synapses_per_cycle(&self) -> Option<f64> {
        let busiest = self.activities.last()?;
        Some(busiest.synapses as f64 / busiest.cycles as f64)
    }

    /// The percentages of sources that spike, and the cycles of such ticks.
    pub(crate) fn ticks(&self) -> impl Iterator<Item = (u64, u64)> {
        self.activities.iter().map(|it| (it.percent, it.cycles))
    }
}

/// The committed counts.
pub(crate) fn committed() -> Result<Vec<Cycles>> {
    let text = project::read(Path::new("docs/cycles.json"))?;
    serde_json::from_str(&text).context("docs/cycles.json")
}

pub(super) fn render() -> Result<String> {
    Ok(cycles_table(&committed()?))
}

/// The table of the cycles of learning, one row per config with learning.
pub(super) fn render_learned() -> Result<String> {
    let counts = committed()?;
    let rows = counts.iter().filter_map(|it| {
        let learned = it.learned.as_ref()?;
        let synapse =
            |word: u64| format!("{} = {word} / {}", word as f64 / it.lanes as f64, it.lanes);
        let busiest = learned.activities.last()?;
        Some(vec![
            code(&it.config),
            synapse(learned.depression_word),
            synapse(learned.potentiation_word),
            format!("{} ({} words)", learned.delivered_row, it.words),
            format!("{} (1 word)", learned.potentiated_row),
            learned.fired_neuron.to_string(),
            format!(
                "{} ({} rows, {} neurons)",
                busiest.cycles, busiest.rows, it.neurons
            ),
            format!(
                "{} ({:+.0} %)",
                busiest.estimated,
                100.0 * (busiest.estimated as f64 / busiest.cycles as f64 - 1.0)
            ),
        ])
    });
    let head = [
        "config",
        "a synapse weakened",
        "a synapse strengthened",
        "each further row delivered, in all",
        "each further row strengthened, in all",
        "each further neuron that fires",
        "tick in which all learn",
        "the model's estimate",
    ];
    Ok(table(&head, rows))
}

/// The table of costs, one row per config.
pub(crate) fn cycles_table(counts: &[Cycles]) -> String {
    let rows = counts.iter().map(|it| {
        let share = |synapses: u64, cycles: u64| synapses as f64 / cycles as f64;
        let busiest = it.activities.last();
        vec![
            code(&it.config),
            it.silent_tick.to_string(),
            format!("{} ({} neurons)", it.update_tick, it.neurons),
            format!("{} ({} words of {})", it.dense_row, it.words, it.lanes),
            it.first_row.to_string(),
            it.short_row.to_string(),
            it.input_spike.to_string(),
            busiest.map_or_else(String::new, |busy| {
                format!(
                    "{:.1} of {} ({} rows, {} cycles)",
                    share(busy.synapses, busy.cycles),
                    it.lanes,
                    busy.rows,
                    busy.cycles
                )
            }),
        ]
    });
    table(
        &[
            "config",
            "silent tick",
            "update of all neurons",
            "each further dense row",
            "first row",
            "each further row of one word, same targets",
            "input spike",
            "synapses a cycle, all rows due",
        ],
        rows,
    )
}
