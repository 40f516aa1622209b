//! The registers: one table, from which the constants of the hardware and of the host and
//! `docs/registers.md` are generated.

use crate::fixed::sign_extend;

/// The access of a host to a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read-only; a write has no effect.
    ReadOnly,
    /// Read and write.
    ReadWrite,
    /// A write has an effect; a read gives 0.
    Command,
    /// Read; any write sets the register to 0.
    ClearOnWrite,
}

impl Access {
    /// The two-letter code of register tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Access::ReadOnly => "RO",
            Access::ReadWrite => "RW",
            Access::Command => "WO",
            Access::ClearOnWrite => "RC",
        }
    }
}

/// A bit field of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Name.
    pub name: &'static str,
    /// Lowest bit.
    pub at: u32,
    /// Number of bits.
    pub bits: u32,
    /// Meaning, with its unit.
    pub doc: &'static str,
}

impl Field {
    /// The field's value in a word.
    #[must_use]
    pub const fn get(&self, word: u32) -> u32 {
        match word.checked_shr(self.at) {
            Some(word) => word & self.mask(),
            // A field without bits whose position is after the highest bit.
            None => 0,
        }
    }

    /// The field's value in a word, as a two's complement number.
    #[must_use]
    pub const fn get_signed(&self, word: u32) -> i32 {
        sign_extend(self.get(word), self.bits)
    }

    /// A word with `value` in the field and all other bits 0; bits of `value` that do not fit are
    /// dropped.
    #[must_use]
    pub const fn put(&self, value: u32) -> u32 {
        match (value & self.mask()).checked_shl(self.at) {
            Some(word) => word,
            None => 0,
        }
    }

    const fn mask(&self) -> u32 {
        match u32::MAX.checked_shr(32 - self.bits) {
            Some(mask) => mask,
            None => 0,
        }
    }
}

/// One register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register {
    /// Index in [`Region::Registers`](crate::regions::Region::Registers).
    pub index: u32,
    /// Name.
    pub name: &'static str,
    /// Access.
    pub access: Access,
    /// Value after power-up, as text where it depends on the config.
    pub reset: &'static str,
    /// Meaning, with its unit.
    pub doc: &'static str,
    /// Its fields; empty if the whole word is one number.
    pub fields: &'static [Field],
}

const fn field(name: &'static str, at: u32, bits: u32, doc: &'static str) -> Field {
    Field {
        name,
        at,
        bits,
        doc,
    }
}

/// "SYNF" in ASCII, first letter in the lowest byte.
pub const ID_VALUE: u32 = u32::from_le_bytes(*b"SYNF");

/// [`ID_VALUE`].
pub const ID: u32 = 0;
/// Protocol version.
pub const PROTOCOL: u32 = 1;
/// The hash of the sizes, [`Sizes::hash`](crate::Sizes::hash).
pub const BUILD: u32 = 2;
/// Numbers of neurons, inputs, lanes and rows, as logarithms.
pub const SIZES_A: u32 = 3;
/// Synapse words, bits of a state value, slots of the delay wheel.
pub const SIZES_B: u32 = 4;
/// Words of the two queues, bits of a weight.
pub const SIZES_C: u32 = 5;
/// Frequency of the clock.
pub const CLOCK_HZ: u32 = 6;
/// First four letters of the config's name.
pub const NAME_LOW: u32 = 7;
/// Last four letters of the config's name.
pub const NAME_HIGH: u32 = 8;
/// The optional features of the core.
pub const UNITS: u32 = 9;
/// The number of cores, and the number of the answering core.
pub const CORES: u32 = 10;
/// Reserved for later versions.
pub const RESERVED: u32 = 11;
/// Switches of the core.
pub const CTRL: u32 = 16;
/// Commands, carried out once per write.
pub const COMMAND: u32 = 17;
/// The activity of the core.
pub const STATUS: u32 = 18;
/// Tick number.
pub const TICK: u32 = 19;
/// The probed neurons.
pub const PROBE: u32 = 20;
/// The period of real-time ticks.
pub const TICK_PERIOD: u32 = 21;
/// The number of late ticks in real-time mode.
pub const OVERRUNS: u32 = 22;
/// The baud rate of the UART, as a clock divider.
pub const BAUD_DIV: u32 = 23;
/// Whether synapses learn.
pub const LEARNING: u32 = 24;
/// The scale and sign of weight changes.
pub const REWARD: u32 = 25;
/// Seed of the random numbers of learning.
pub const RANDOM: u32 = 26;
/// The number of cycles spent in ticks.
pub const CYCLES: u32 = 32;
/// The number of spikes of neurons.
pub const SPIKES: u32 = 33;
/// The number of delivered synapse words.
pub const WORDS: u32 = 34;
/// The number of rows made due.
pub const ROUTED: u32 = 35;
/// The number of clamped additions to currents.
pub const CLAMPS: u32 = 36;
/// The value at which CLAMPS saturates.
pub const CLAMPS_MAX: u32 = 0xffff;
/// The number of damaged frames and bytes.
pub const LINK_ERRORS: u32 = 40;
/// The number of breaks and overruns of the link.
pub const LINK_EVENTS: u32 = 41;
/// The identity of the network in the memories.
pub const NETWORK: u32 = 62;
/// A register without function, for the self test.
pub const SCRATCH: u32 = 63;

/// CTRL: spikes are sent to the host.
pub const CTRL_REPORT: Field = field("report", 0, 1, "spikes of reporting neurons are sent");
/// COMMAND value: drops queued words; the advance ends with the present tick.
pub const COMMAND_STOP: u32 = 1;
/// COMMAND value: resets all state and keeps the network.
pub const COMMAND_RESET_STATE: u32 = 2;
/// STATUS: no word is queued and no tick is running.
pub const STATUS_IDLE: Field = field(
    "idle",
    0,
    1,
    "no word is queued, and no tick runs or is requested",
);
/// STATUS: a tick waits for room in the stream from the core.
pub const STATUS_STALLED: Field = field("stalled", 1, 1, "a tick waits for the host to take words");
/// STATUS: some neuron is not at rest.
pub const STATUS_ACTIVE: Field = field("active", 2, 1, "some neuron is not at rest");
/// STATUS: the device has started although the PLL of its clock has not locked.
pub const STATUS_UNLOCKED: Field = field("unlocked", 3, 1, "the PLL of the clock has no lock");
/// PROBE: first probed neuron.
pub const PROBE_FIRST: Field = field("first", 0, 14, "first probed neuron");
/// PROBE: report potentials.
pub const PROBE_V: Field = field("v", 14, 1, "send v after the tick");
/// PROBE: report currents.
pub const PROBE_I: Field = field("i", 15, 1, "send i as the tick integrated it");
/// PROBE: number of probed neurons.
pub const PROBE_COUNT: Field = field("count", 16, 15, "number of probed neurons, 0 = none");

pub(crate) const SIZES_A_FIELDS: &[Field] = &[
    field("neurons", 0, 5, "log2 of the number of neurons"),
    field("inputs", 5, 5, "log2 of the number of inputs"),
    field("lanes", 10, 5, "log2 of the number of lanes"),
    field("rows", 15, 5, "log2 of the number of rows"),
    field("wheel_word", 20, 4, "log2 of the bits in a wheel word"),
];
pub(crate) const SIZES_B_FIELDS: &[Field] = &[
    field("synapse_words", 0, 20, "synapse words"),
    field(
        "state_bits",
        20,
        6,
        "bits of v, threshold and bias, and of i between ticks",
    ),
    field("delay_slots", 26, 4, "log2 of the slots of the delay wheel"),
];
pub(crate) const SIZES_C_FIELDS: &[Field] = &[
    field(
        "in_words",
        0,
        5,
        "log2 of the words that the stream towards the core queues",
    ),
    field(
        "out_words",
        5,
        5,
        "log2 of the words that the stream from the core queues",
    ),
    field("weight_bits", 10, 4, "bits of a weight"),
    field(
        "sum_bits",
        14,
        6,
        "bits of i within a tick, and in its region",
    ),
];
/// UNITS: synapses can learn.
pub const UNITS_LEARNING: Field = field("learning", 0, 1, "synapses can learn");
pub(crate) const UNITS_FIELDS: &[Field] = &[
    UNITS_LEARNING,
    field("rules", 1, 4, "rules of learning, 0 = none"),
    field(
        "decay_bits",
        5,
        5,
        "bits after the point of decay_mem and decay_syn",
    ),
    field(
        "reset_rules",
        10,
        1,
        "neurons can subtract their threshold a tick late, or raise it",
    ),
    field(
        "second_state",
        11,
        1,
        "each neuron has a second state: a current, or what raises its threshold",
    ),
];
pub(crate) const CORES_FIELDS: &[Field] = &[
    field("cores", 0, 16, "number of cores"),
    field("core", 16, 8, "number of the core that answers"),
];

const fn word(
    index: u32,
    name: &'static str,
    access: Access,
    reset: &'static str,
    doc: &'static str,
) -> Register {
    Register {
        index,
        name,
        access,
        reset,
        doc,
        fields: &[],
    }
}

const fn fields(
    index: u32,
    name: &'static str,
    access: Access,
    reset: &'static str,
    doc: &'static str,
    fields: &'static [Field],
) -> Register {
    Register {
        index,
        name,
        access,
        reset,
        doc,
        fields,
    }
}

/// All registers. Unlisted indices read as 0, and writes to them have no effect.
pub const REGISTERS: &[Register] = &[
    word(
        ID,
        "ID",
        Access::ReadOnly,
        "0x464e5953",
        "\"SYNF\" in ASCII",
    ),
    word(
        PROTOCOL,
        "PROTOCOL",
        Access::ReadOnly,
        "3",
        "version of protocol and memory layout",
    ),
    word(
        BUILD,
        "BUILD",
        Access::ReadOnly,
        "of the config",
        "hash of sizes and protocol",
    ),
    fields(
        SIZES_A,
        "SIZES_A",
        Access::ReadOnly,
        "of the config",
        "sizes",
        SIZES_A_FIELDS,
    ),
    fields(
        SIZES_B,
        "SIZES_B",
        Access::ReadOnly,
        "of the config",
        "sizes",
        SIZES_B_FIELDS,
    ),
    fields(
        SIZES_C,
        "SIZES_C",
        Access::ReadOnly,
        "of the config",
        "sizes",
        SIZES_C_FIELDS,
    ),
    word(
        CLOCK_HZ,
        "CLOCK_HZ",
        Access::ReadOnly,
        "of the config",
        "frequency of the clock, Hz",
    ),
    word(
        NAME_LOW,
        "NAME_LOW",
        Access::ReadOnly,
        "of the config",
        "letters 1-4 of its name, ASCII",
    ),
    word(
        NAME_HIGH,
        "NAME_HIGH",
        Access::ReadOnly,
        "of the config",
        "letters 5-8, zero padded",
    ),
    fields(
        UNITS,
        "UNITS",
        Access::ReadOnly,
        "of the config",
        "what else the core can do",
        UNITS_FIELDS,
    ),
    fields(
        CORES,
        "CORES",
        Access::ReadOnly,
        "1",
        "cores that answer on this line",
        CORES_FIELDS,
    ),
    word(
        RESERVED,
        "RESERVED",
        Access::ReadOnly,
        "0",
        "for later versions",
    ),
    fields(
        CTRL,
        "CTRL",
        Access::ReadWrite,
        "1",
        "switches",
        &[CTRL_REPORT],
    ),
    word(
        COMMAND,
        "COMMAND",
        Access::Command,
        "-",
        "1 = stop: drop the queued words, end the advance with this tick; \
         2 = reset state after this tick; all else nothing",
    ),
    fields(
        STATUS,
        "STATUS",
        Access::ReadOnly,
        "5",
        "what the core is doing",
        &[STATUS_IDLE, STATUS_STALLED, STATUS_ACTIVE, STATUS_UNLOCKED],
    ),
    word(
        TICK,
        "TICK",
        Access::ReadWrite,
        "0",
        "ticks run so far, modulo 2^32",
    ),
    fields(
        PROBE,
        "PROBE",
        Access::ReadWrite,
        "0",
        "neurons whose values are sent every tick",
        &[PROBE_FIRST, PROBE_V, PROBE_I, PROBE_COUNT],
    ),
    word(
        TICK_PERIOD,
        "TICK_PERIOD",
        Access::ReadWrite,
        "0",
        "cycles per tick in real-time mode; 0 = as fast as possible",
    ),
    word(
        OVERRUNS,
        "OVERRUNS",
        Access::ClearOnWrite,
        "0",
        "ticks that began late in real-time mode, saturating at 65,535",
    ),
    word(
        BAUD_DIV,
        "BAUD_DIV",
        Access::ReadWrite,
        "clock / baud",
        "cycles per bit of the UART, 4..=65,535; holds from the end of the response on",
    ),
    word(
        LEARNING,
        "LEARNING",
        Access::ReadWrite,
        "0",
        "1 = synapses learn and thresholds adapt; only in configs with learning",
    ),
    word(
        REWARD,
        "REWARD",
        Access::ReadWrite,
        "0",
        "what every change of a weight is scaled by, in 1/256: ten bits, two's complement; \
         -256..=256, what is beyond counts as the nearest; only in configs with learning",
    ),
    word(
        RANDOM,
        "RANDOM",
        Access::ReadWrite,
        "0",
        "seed of the random numbers of learning; nothing but the host changes it; only in configs with learning",
    ),
    word(
        CYCLES,
        "CYCLES",
        Access::ReadOnly,
        "0",
        "cycles spent in ticks, modulo 2^32",
    ),
    word(
        SPIKES,
        "SPIKES",
        Access::ReadOnly,
        "0",
        "spikes of neurons, modulo 2^32",
    ),
    word(
        WORDS,
        "WORDS",
        Access::ReadOnly,
        "0",
        "synapse words delivered, modulo 2^32",
    ),
    word(
        ROUTED,
        "ROUTED",
        Access::ReadOnly,
        "0",
        "rows made due by spikes, modulo 2^32",
    ),
    word(
        CLAMPS,
        "CLAMPS",
        Access::ClearOnWrite,
        "0",
        "synapse words delivered and currents injected of which an addition was clamped, saturating \
         at 65,535",
    ),
    fields(
        LINK_ERRORS,
        "LINK_ERRORS",
        Access::ReadOnly,
        "0",
        "what was damaged on the way, saturating",
        &[
            field(
                "frames",
                0,
                16,
                "frames refused for stuffing, length or checksum",
            ),
            field("framing", 16, 16, "bytes without a stop bit"),
        ],
    ),
    fields(
        LINK_EVENTS,
        "LINK_EVENTS",
        Access::ReadOnly,
        "0",
        "what else happened on the line, saturating",
        &[
            field("breaks", 0, 16, "breaks"),
            field(
                "overruns",
                16,
                16,
                "frames lost because requests were not answered yet",
            ),
        ],
    ),
    word(
        NETWORK,
        "NETWORK",
        Access::ReadWrite,
        "0",
        "hash of the network that the memories hold, written by the host; 0 = no complete network",
    ),
    word(
        SCRATCH,
        "SCRATCH",
        Access::ReadWrite,
        "0",
        "free for the host",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_ascend_and_fields_do_not_overlap() {
        for pair in REGISTERS.windows(2) {
            assert!(pair[0].index < pair[1].index, "{}", pair[1].name);
        }
        for register in REGISTERS {
            let mut next = 0;
            for field in register.fields {
                assert!(
                    field.at >= next && field.at + field.bits <= 32,
                    "{}",
                    field.name
                );
                next = field.at + field.bits;
            }
        }
    }
}
