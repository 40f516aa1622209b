//! Generates the tables of the sizes of the named configs.

use anyhow::Result;
use spec::config::{CoreConfig, SynapseMemory};

use crate::markdown::{code, grouped, table};

pub(super) fn render() -> Result<String> {
    let number = |n: usize| u32::try_from(n).map(grouped);
    let mut rows = Vec::new();
    for config in CoreConfig::ALL {
        let memory = match config.build.synapse_memory {
            SynapseMemory::BlockRam => "block RAM",
            SynapseMemory::Spram => "SPRAM",
        };
        rows.push(vec![
            code(config.name),
            number(config.neurons())?,
            number(config.inputs())?,
            number(config.lanes())?,
            config.state_bits.to_string(),
            config.sum_bits.to_string(),
            number(config.rows())?,
            grouped(config.synapse_words),
            number(config.synapses())?,
            (1 << config.wheel_word_log2).to_string(),
            format!("{} / {}", config.in_words(), config.out_words()),
            memory.to_owned(),
            format!("{} MHz", config.platform.clock_hz / 1_000_000),
        ]);
    }
    Ok(table(
        &[
            "config",
            "neurons N",
            "inputs A",
            "lanes P",
            "state bits S",
            "sum bits B",
            "rows R",
            "synapse words M",
            "synapses",
            "wheel word WW",
            "stream words in / out",
            "synapses in",
            "clock",
        ],
        rows,
    ))
}
