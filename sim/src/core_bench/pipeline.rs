//! Reads the core's memories faster than the link does: one element per cycle.
//!
//! The path from the bus to most memories and back is a pipeline. A wrong number in this module
//! appears as a difference between the core and the model, and `sim/tests/core.rs` compares both
//! ways of reading.

use spec::{CoreConfig, regions::Region};

/// Cycles from an element's index to its value; `None` where the index must stay until all parts of
/// the value have arrived, because their paths have different lengths.
pub(super) fn stages(region: Region, config: &CoreConfig) -> Option<u32> {
    let registered = config.build.registered_reads;
    let (direct, through_registers) = match region {
        Region::Registers | Region::Reset => return None,
        Region::RowBody | Region::RowLink | Region::Wheel => (4, 5),
        Region::Synapses => (5, 10),
        Region::Potential | Region::Current | Region::Bias | Region::Dynamics => (5, 9),
        Region::Threshold => (8, 12),
        Region::Refractory | Region::SpikeCount => (9, 13),
        Region::PreTrace
        | Region::PostTrace
        | Region::LtdAmount
        | Region::Adaptation
        | Region::Rule => (5, 10),
    };
    Some(if registered {
        through_registers
    } else {
        direct
    })
}

/// The elements of a region in groups that must be read one after the other: the lane of a synapse
/// is selected behind the memories, for all reads under way.
pub(super) fn groups(region: Region, config: &CoreConfig) -> Vec<Vec<u32>> {
    let elements = region.layout(config).elements;
    // Lossless: a word has at most 32 lanes.
    let lanes = match region {
        Region::Synapses => config.lanes() as u32,
        _ => 1,
    };
    let group = |lane| (lane..elements).step_by(lanes as usize).collect();
    (0..lanes).map(group).collect()
}
