//! Upper limits for the size of a network and of its text, independent of the core.

/// Maximum number of input members, and of neurons, of a network; a device can have at most 16,384
/// of each.
pub const MAX_SOURCES: usize = 1 << 20;

/// Maximum number of synapses of a network; more than any device holds.
pub const MAX_SYNAPSES: usize = 1 << 27;

/// Maximum number of synapses in a matrix or a list; larger projections are described by a rule.
pub const MAX_LISTED: usize = 1 << 23;

/// Maximum number of pairs that all projections with a probability may draw from: each is drawn. A
/// neuron that chooses its partners counts as 16 pairs.
pub const MAX_PAIRS: u64 = 1 << 30;

/// Maximum number of numbers in all matrices and arrays of a network file: four for each synapse,
/// as in the list form of an array, and some for each neuron. It bounds memory, because a text can
/// name the same array in every line.
pub const MAX_NUMBERS: usize = (1 << 25) + (1 << 18);

/// Maximum number of inputs, and of populations, of a network. They are found by a linear search.
pub const MAX_PARTS: usize = 1 << 12;

/// Maximum number of projections of a network.
pub const MAX_PROJECTIONS: usize = 1 << 14;

/// Maximum length in bytes of any text that describes a network, without the arrays beside it; the
/// limit is the same for reading and for writing. The TOML parser takes up to eighty times as much
/// memory, so this bounds it to some 300 MiB; larger networks keep their synapses in arrays.
pub const MAX_TEXT: usize = 4 << 20;

/// Maximum number of characters in a name.
pub const MAX_NAME: usize = 64;

/// The weight that marks an absent synapse in a matrix.
pub const ABSENT_WEIGHT: i64 = spec::fixed::ABSENT as i64;

/// Maximum delay in ticks. Above 15, the delay of a row, neurons of the core hand the spikes on.
pub const MAX_DELAY: i64 = u8::MAX as i64;

/// Shortest length that a distance between neighbours or a kernel may have, in the network's unit of
/// length.
pub const MIN_LENGTH: f64 = 1e-9;

/// Longest such length, and largest magnitude of a coordinate.
pub const MAX_LENGTH: f64 = 1e9;

/// Maximum number of draws for one value that is drawn again until it is within its limits.
pub(super) const TRIES: u32 = 1000;
