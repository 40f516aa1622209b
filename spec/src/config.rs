//! The sizes of a core, validated once.
//!
//! A [`CoreConfig`] is everything the hardware description needs to be elaborated, the mapper needs
//! to lay a network out, and the host needs to know whom it talks to. All sizes but the number of
//! synapse words are powers of two, so an index is a slice of bits and never a division.

use thiserror::Error;

/// Slots of the delay wheel: a spike can be due at most `DELAY_SLOTS - 1` ticks from now.
pub const DELAY_SLOTS: u32 = 16;

/// Bits of the synapse code.
pub const WEIGHT_BITS: u32 = 8;

/// Version of the wire protocol and of the memory layout it exposes.
pub const PROTOCOL_VERSION: u8 = 2;

/// How the synapse words are stored on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SynapseMemory {
    /// Block RAM, inferred by the synthesiser, one slice a lane.
    BlockRam,
    /// The four single-port 256 kbit memories of an iCE40 UltraPlus, two lanes each.
    Spram,
}

/// The sizes of one core. Build it with [`CoreConfig::named`] or validate your own with
/// [`CoreConfig::validated`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CoreConfig {
    /// At most eight ASCII characters; the device tells it in its greeting.
    pub name: &'static str,
    /// log2 of the number of neurons.
    pub neurons_log2: u32,
    /// log2 of the number of inputs (axons).
    pub inputs_log2: u32,
    /// log2 of the number of lanes: synapses delivered per cycle.
    pub lanes_log2: u32,
    /// Bits of potential, current, threshold and bias.
    pub state_bits: u32,
    /// log2 of the number of rows (one row = the synapses of one source with one delay).
    pub rows_log2: u32,
    /// Synapse words; a word holds one weight a lane.
    pub synapse_words: u32,
    /// log2 of the bits in a word of the delay wheel.
    pub wheel_word_log2: u32,
    /// log2 of the words that the stream towards the core can queue.
    pub in_words_log2: u32,
    /// log2 of the words that the stream from the core can queue.
    pub out_words_log2: u32,
    /// Where the synapses live.
    pub synapse_memory: SynapseMemory,
    /// Whether synapses can learn.
    pub learning: bool,
    /// Words read from block RAM get a register before anything is done with them, and what goes to
    /// all lanes gets two on its way: for families whose block RAM is slow, and lies all over a
    /// large chip.
    pub registered_reads: bool,
    /// Learning multiplies four bits a cycle: for chips without multipliers.
    pub serial_products: bool,
    /// Block RAM saves flip-flops, for chips that have more of it to spare: learning keeps its rules in
    /// some of its own, and the update of neurons reads reset potentials twice.
    pub spare_block_ram: bool,
    /// Frequency of the core's clock, in Hz.
    pub clock_hz: u32,
    /// Rate of the UART after power-up, in bit/s.
    pub baud: u32,
}

/// Why a set of sizes describes no core.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A size is outside what the memory layout can address.
    #[error("{field} is {value}, must be {min}..={max}")]
    OutOfRange {
        /// Which field.
        field: &'static str,
        /// Its value.
        value: u32,
        /// Smallest legal value.
        min: u32,
        /// Largest legal value.
        max: u32,
    },
    /// The name does not fit the eight bytes of the greeting.
    #[error("config name {0:?} must be 1 to 8 ASCII characters")]
    Name(&'static str),
    /// No config has this name.
    #[error("no config is named {name:?}; there are {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// All names, separated by commas.
        known: String,
    },
}

const TINY: CoreConfig = CoreConfig {
    name: "tiny",
    neurons_log2: 4,
    inputs_log2: 4,
    lanes_log2: 1,
    state_bits: 16,
    rows_log2: 6,
    synapse_words: 512,
    wheel_word_log2: 4,
    in_words_log2: 6,
    out_words_log2: 6,
    synapse_memory: SynapseMemory::BlockRam,
    learning: false,
    registered_reads: false,
    serial_products: false,
    spare_block_ram: false,
    clock_hz: 12_000_000,
    baud: 1_000_000,
};

const HX8K: CoreConfig = CoreConfig {
    name: "hx8k",
    neurons_log2: 6,
    inputs_log2: 6,
    lanes_log2: 2,
    state_bits: 16,
    rows_log2: 8,
    // 4,096 synapses: twice as many would not leave room for the rest in its 32 block RAMs.
    synapse_words: 1024,
    wheel_word_log2: 4,
    in_words_log2: 8,
    out_words_log2: 8,
    synapse_memory: SynapseMemory::BlockRam,
    learning: false,
    registered_reads: false,
    serial_products: false,
    spare_block_ram: false,
    clock_hz: 60_000_000,
    baud: 1_000_000,
};

const UP5K: CoreConfig = CoreConfig {
    name: "up5k",
    neurons_log2: 8,
    inputs_log2: 8,
    lanes_log2: 3,
    state_bits: 16,
    rows_log2: 9,
    synapse_words: 16_384,
    wheel_word_log2: 4,
    in_words_log2: 8,
    out_words_log2: 9,
    synapse_memory: SynapseMemory::Spram,
    learning: false,
    registered_reads: false,
    serial_products: false,
    spare_block_ram: false,
    clock_hz: 28_125_000,
    baud: 1_000_000,
};

const ECP5_25K: CoreConfig = CoreConfig {
    name: "ecp5_25k",
    neurons_log2: 8,
    inputs_log2: 8,
    lanes_log2: 4,
    state_bits: 24,
    rows_log2: 10,
    synapse_words: 5_120,
    wheel_word_log2: 5,
    in_words_log2: 9,
    out_words_log2: 9,
    synapse_memory: SynapseMemory::BlockRam,
    learning: false,
    registered_reads: true,
    serial_products: false,
    spare_block_ram: false,
    clock_hz: 80_000_000,
    baud: 1_000_000,
};

const ECP5_85K: CoreConfig = CoreConfig {
    name: "ecp5_85k",
    neurons_log2: 9,
    inputs_log2: 9,
    lanes_log2: 6,
    state_bits: 24,
    rows_log2: 11,
    synapse_words: 5_120,
    wheel_word_log2: 5,
    in_words_log2: 9,
    out_words_log2: 10,
    synapse_memory: SynapseMemory::BlockRam,
    learning: false,
    registered_reads: true,
    serial_products: false,
    spare_block_ram: false,
    clock_hz: 80_000_000,
    baud: 1_000_000,
};

/// `tiny` with learning.
const TINY_L: CoreConfig = CoreConfig {
    name: "tiny_l",
    learning: true,
    ..TINY
};

/// The same with the registers of an ECP5, which `tiny` has no need of: for tests.
const TINY_LR: CoreConfig = CoreConfig {
    name: "tiny_lr",
    registered_reads: true,
    ..TINY_L
};

/// `hx8k` with learning, at the clock that it reaches, and with twice the inputs: they cost nothing
/// but rows, and what learns from a teacher needs some for it.
const HX8K_L: CoreConfig = CoreConfig {
    name: "hx8k_l",
    inputs_log2: 7,
    learning: true,
    serial_products: true,
    clock_hz: 48_000_000,
    ..HX8K
};

/// `ecp5_85k` with learning, and a quarter of its lanes: a list of learning tells in one word of a
/// lane's memory which lanes of a target word are meant, and bits of a wheel word stand in one, too.
const ECP85_L: CoreConfig = CoreConfig {
    name: "ecp85_l",
    learning: true,
    lanes_log2: 4,
    synapse_words: 20_480,
    wheel_word_log2: 4,
    clock_hz: 80_000_000,
    ..ECP5_85K
};

/// `ecp5_25k` with learning, as many synapses and half of its lanes: each lane's memory takes a block
/// RAM with learning, and of these the synapses leave few. The wheel has the shorter words of
/// `ecp85_l`.
const ECP25_L: CoreConfig = CoreConfig {
    name: "ecp25_l",
    learning: true,
    lanes_log2: 3,
    synapse_words: 10_240,
    wheel_word_log2: 4,
    ..ECP5_25K
};

/// The UP5K with learning: half of `up5k`'s neurons and a quarter of its lanes, all that there is room
/// for in its logic.
const UP5K_L: CoreConfig = CoreConfig {
    name: "up5k_l",
    neurons_log2: 7,
    inputs_log2: 7,
    lanes_log2: 1,
    rows_log2: 8,
    wheel_word_log2: 3,
    out_words_log2: 8,
    learning: true,
    spare_block_ram: true,
    ..UP5K
};

impl CoreConfig {
    /// Every config, smallest first; then those with learning.
    pub const ALL: [&'static CoreConfig; 11] = [
        &TINY, &HX8K, &UP5K, &ECP5_25K, &ECP5_85K, &TINY_L, &TINY_LR, &HX8K_L, &UP5K_L, &ECP25_L,
        &ECP85_L,
    ];

    /// The config of that name.
    ///
    /// # Errors
    /// [`ConfigError::Unknown`], which lists the names there are.
    pub fn named(name: &str) -> Result<&'static CoreConfig, ConfigError> {
        Self::ALL
            .into_iter()
            .find(|c| c.name == name)
            .ok_or_else(|| ConfigError::Unknown {
                name: name.to_owned(),
                known: Self::ALL.map(|config| config.name).join(", "),
            })
    }

    /// `tiny` with learning.
    #[must_use]
    pub const fn tiny_learning() -> &'static CoreConfig {
        &TINY_L
    }

    /// `tiny` with learning, and with the registers that an ECP5 needs: for tests.
    #[must_use]
    pub const fn tiny_learning_registered() -> &'static CoreConfig {
        &TINY_LR
    }

    /// 64 neurons and 128 inputs, 4 lanes, with learning: the iCE40 HX8K as well.
    #[must_use]
    pub const fn hx8k_learning() -> &'static CoreConfig {
        &HX8K_L
    }

    /// 128 neurons and 128 inputs, 32,768 synapses, 2 lanes, with learning: the iCE40 UP5K as well.
    #[must_use]
    pub const fn up5k_learning() -> &'static CoreConfig {
        &UP5K_L
    }

    /// 256 neurons and 256 inputs, 81,920 synapses, 8 lanes, 24-bit state, with learning: the
    /// ECP5-25 as well.
    #[must_use]
    pub const fn ecp25_learning() -> &'static CoreConfig {
        &ECP25_L
    }

    /// 512 neurons and 512 inputs, 327,680 synapses, 16 lanes, 24-bit state, with learning: the
    /// ECP5-85.
    #[must_use]
    pub const fn ecp85_learning() -> &'static CoreConfig {
        &ECP85_L
    }

    /// 16 neurons, 16 inputs, 2 lanes: proofs and fast tests.
    #[must_use]
    pub const fn tiny() -> &'static CoreConfig {
        &TINY
    }

    /// 256 neurons and 256 inputs, all-to-all, 8 lanes: the iCE40 UP5K.
    #[must_use]
    pub const fn up5k() -> &'static CoreConfig {
        &UP5K
    }

    /// 64 neurons and 64 inputs, 4 lanes: the iCE40 HX8K.
    #[must_use]
    pub const fn hx8k() -> &'static CoreConfig {
        &HX8K
    }

    /// 256 neurons and 256 inputs, 16 lanes, 24-bit state: the ECP5-25.
    #[must_use]
    pub const fn ecp5_25k() -> &'static CoreConfig {
        &ECP5_25K
    }

    /// 512 neurons and 512 inputs, 327,680 synapses, 64 lanes, 24-bit state: the ECP5-85.
    #[must_use]
    pub const fn ecp5_85k() -> &'static CoreConfig {
        &ECP5_85K
    }

    /// Checks the sizes against what the layout can address, and hands them back.
    ///
    /// # Errors
    /// The first field out of its range.
    pub fn validated(self) -> Result<CoreConfig, ConfigError> {
        if self.name.is_empty() || self.name.len() > 8 || !self.name.is_ascii() {
            return Err(ConfigError::Name(self.name));
        }
        let bounds = [
            ("neurons_log2", self.neurons_log2, 2, 14),
            ("inputs_log2", self.inputs_log2, 2, 14),
            (
                "lanes_log2",
                self.lanes_log2,
                1,
                self.neurons_log2.saturating_sub(2).min(7),
            ),
            ("state_bits", self.state_bits, 16, 24),
            ("wheel_word_log2", self.wheel_word_log2, 3, 5),
            (
                "rows_log2",
                self.rows_log2,
                (self.neurons_log2.max(self.inputs_log2) + 1).max(self.wheel_word_log2 + 1),
                15,
            ),
            ("synapse_words", self.synapse_words, 1, 1 << 16),
            ("in_words_log2", self.in_words_log2, 5, 14),
            (
                "out_words_log2",
                self.out_words_log2,
                self.neurons_log2 + 1,
                14,
            ),
            ("clock_hz", self.clock_hz, 1_000_000, 1_000_000_000),
            ("baud", self.baud, self.clock_hz >> 16, self.clock_hz / 4),
        ];
        for (field, value, min, max) in bounds {
            if value < min || value > max {
                return Err(ConfigError::OutOfRange {
                    field,
                    value,
                    min,
                    max,
                });
            }
        }
        Ok(self)
    }

    /// Number of neurons.
    #[must_use]
    pub const fn neurons(&self) -> usize {
        1 << self.neurons_log2
    }

    /// Number of inputs.
    #[must_use]
    pub const fn inputs(&self) -> usize {
        1 << self.inputs_log2
    }

    /// Lanes: synapses per word and per cycle.
    #[must_use]
    pub const fn lanes(&self) -> usize {
        1 << self.lanes_log2
    }

    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        1 << self.rows_log2
    }

    /// Synapses that the memory holds.
    #[must_use]
    pub const fn synapses(&self) -> usize {
        self.synapse_words as usize * self.lanes()
    }

    /// log2 of the words that cover all neurons once.
    #[must_use]
    pub const fn target_words_log2(&self) -> u32 {
        self.neurons_log2 - self.lanes_log2
    }

    /// Bits of a synapse word's address.
    #[must_use]
    pub const fn word_address_bits(&self) -> u32 {
        u32::BITS - (self.synapse_words - 1).leading_zeros()
    }

    /// Words of the wheel in one slot.
    #[must_use]
    pub const fn wheel_words_per_slot(&self) -> usize {
        self.rows() >> self.wheel_word_log2
    }

    /// log2 of what counts the words of the wheel, and the rows of a chain: one that is a ring ends when
    /// that has counted so many.
    #[must_use]
    pub const fn scan_log2(&self) -> u32 {
        let words = DELAY_SLOTS.ilog2() + self.rows_log2 - self.wheel_word_log2;
        if words > self.rows_log2 {
            words
        } else {
            self.rows_log2
        }
    }

    /// Words that the stream towards the core can queue.
    #[must_use]
    pub const fn in_words(&self) -> usize {
        1 << self.in_words_log2
    }

    /// Words that the stream from the core can queue.
    #[must_use]
    pub const fn out_words(&self) -> usize {
        1 << self.out_words_log2
    }

    /// Stream words that one state value takes.
    #[must_use]
    pub const fn value_words(&self) -> usize {
        if self.state_bits > 16 { 2 } else { 1 }
    }

    /// Clock cycles per bit of the UART after power-up.
    #[must_use]
    pub const fn baud_divider(&self) -> u32 {
        self.clock_hz / self.baud
    }

    /// Largest magnitude of a state value: every sum is clamped to plus or minus this.
    #[must_use]
    pub const fn state_max(&self) -> i32 {
        (1 << (self.state_bits - 1)) - 1
    }

    /// A number that changes whenever the sizes or the protocol do, so that a host can tell a
    /// device built from another description. FNV-1a over the canonical text of the fields.
    #[must_use]
    pub fn build_hash(&self) -> u32 {
        // A config without a feature is what it was before there was the feature.
        let text = format!("synfire {PROTOCOL_VERSION} {self:?}");
        let text = ["learning", "serial_products", "spare_block_ram"]
            .iter()
            .fold(text, |text, feature| {
                text.replace(&format!(", {feature}: false"), "")
            });
        text.bytes().fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_config_is_valid() {
        for config in CoreConfig::ALL {
            assert_eq!(config.clone().validated().as_ref(), Ok(config));
        }
    }

    #[test]
    fn hashes_differ() {
        let mut hashes: Vec<u32> = CoreConfig::ALL.map(CoreConfig::build_hash).to_vec();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), CoreConfig::ALL.len());
    }

    #[test]
    fn unknown_name_lists_the_known() {
        let message = CoreConfig::named("up6k").unwrap_err().to_string();
        assert!(
            message.contains("\"up6k\"") && message.contains("ecp5_85k"),
            "{message}"
        );
    }

    #[test]
    fn too_many_lanes_are_refused() {
        let config = CoreConfig {
            lanes_log2: 3,
            ..TINY
        };
        assert!(matches!(
            config.validated(),
            Err(ConfigError::OutOfRange {
                field: "lanes_log2",
                value: 3,
                max: 2,
                ..
            })
        ));
    }
}
