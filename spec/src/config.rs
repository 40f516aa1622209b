//! The named configs of a core: sizes, micro-architecture, platform and name.
//!
//! Each config is a file in `configs/`. This crate's build script generates [`CoreConfig::ALL`]
//! from these files.

use std::fmt;
use std::ops::Deref;

use thiserror::Error;

use crate::sizes::{SizeError, Sizes, UncheckedSizes};

/// Bits of a weight's code in the synapse memory.
pub const WEIGHT_BITS: u32 = 8;

/// Version of the wire protocol and of the memory layout it exposes.
pub const PROTOCOL_VERSION: u8 = 3;

/// The name of a config: one to eight printable ASCII characters without spaces. A device reports
/// it in its greeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name([u8; Name::BYTES]);

/// How the synapse words are stored on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SynapseMemory {
    /// Block RAM, inferred by the synthesiser, one slice per lane.
    BlockRam,
    /// The four single-port 256 kbit memories of an iCE40 UltraPlus, two lanes each.
    Spram,
}

/// The micro-architecture: how a core of given sizes is built. It affects cycles and area, and
/// nothing that a host can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Build {
    /// The memory of the synapse words.
    pub synapse_memory: SynapseMemory,
    /// A register follows each block RAM read, and two registers are on the way to all lanes: for
    /// families whose block RAM is slow and spread over a large chip.
    pub registered_reads: bool,
    /// Learning multiplies four bits per cycle: for chips without multipliers.
    pub serial_products: bool,
    /// Uses additional block RAM to save flip-flops, for chips with unused block RAM: learning
    /// keeps its rules in block RAM of its own, and the neuron update stores reset potentials
    /// twice.
    pub spare_block_ram: bool,
}

/// The surroundings of a core: its clock and its UART.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Platform {
    /// Frequency of the core's clock, in Hz: 1,000,000..=1,000,000,000.
    pub clock_hz: u32,
    /// Baud rate of the UART after power-up, in bit/s: `clock_hz / 65_536` to `clock_hz / 4`.
    pub baud: u32,
}

/// A named core of known build. It dereferences to its [`Sizes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CoreConfig {
    /// A label without any effect.
    pub name: Name,
    /// The sizes, which a host must know.
    pub sizes: Sizes,
    /// The micro-architecture.
    pub build: Build,
    /// The clock and the UART.
    pub platform: Platform,
    /// Whether only tests use it, so that no board has it.
    pub tests_only: bool,
}

/// Why a config or its name is invalid.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The name does not fit the eight bytes of the greeting.
    #[error("config name {0:?} must be 1 to 8 printable ASCII characters")]
    Name(String),
    /// No config has this name.
    #[error("no config is named {name:?}; there are {known}")]
    Unknown {
        /// The requested name.
        name: String,
        /// All names, separated by commas.
        known: String,
    },
}

impl Name {
    /// Bytes of a name in a greeting; shorter names are padded with zeros.
    pub const BYTES: usize = 8;

    /// The name, if it is valid.
    ///
    /// # Errors
    /// [`ConfigError::Name`].
    pub fn new(name: &str) -> Result<Name, ConfigError> {
        Name::of(name).ok_or_else(|| ConfigError::Name(name.to_owned()))
    }

    const fn of(name: &str) -> Option<Name> {
        let from = name.as_bytes();
        let mut bytes = [0; Name::BYTES];
        if from.is_empty() || from.len() > bytes.len() {
            return None;
        }
        let mut at = 0;
        while at < from.len() {
            if !from[at].is_ascii_graphic() {
                return None;
            }
            bytes[at] = from[at];
            at += 1;
        }
        Some(Name(bytes))
    }

    /// The name in the eight bytes of a greeting, if they hold a valid name.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Name::BYTES]) -> Option<Name> {
        let end = bytes.iter().position(|&byte| byte == 0);
        let (name, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
        if rest.iter().any(|&byte| byte != 0) {
            return None;
        }
        Name::of(std::str::from_utf8(name).ok()?)
    }

    /// The eight bytes of a greeting.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; Name::BYTES] {
        self.0
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = std::str::from_utf8(&self.0).unwrap_or_default();
        text.trim_end_matches('\0')
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl Platform {
    /// Clock cycles per bit of the UART after power-up.
    #[must_use]
    pub const fn baud_divider(&self) -> u32 {
        self.clock_hz / self.baud
    }
}

impl Deref for CoreConfig {
    type Target = Sizes;

    fn deref(&self) -> &Sizes {
        &self.sizes
    }
}

include!(concat!(env!("OUT_DIR"), "/configs.rs"));

impl CoreConfig {
    /// A core of these sizes for the model alone: it is on no chip and has no name of its own.
    #[must_use]
    pub const fn model(sizes: Sizes) -> CoreConfig {
        CoreConfig {
            name: Name(*b"model\0\0\0"),
            sizes,
            build: Build {
                synapse_memory: SynapseMemory::BlockRam,
                registered_reads: false,
                serial_products: false,
                spare_block_ram: false,
            },
            platform: Platform {
                clock_hz: 100_000_000,
                baud: 1_000_000,
            },
            tests_only: true,
        }
    }

    /// The same core with changed sizes.
    ///
    /// # Errors
    /// The first size that is outside its range.
    pub fn resized(
        &self,
        change: impl FnOnce(&mut UncheckedSizes),
    ) -> Result<CoreConfig, SizeError> {
        let mut sizes = *self.sizes;
        change(&mut sizes);
        Ok(CoreConfig {
            sizes: sizes.checked()?,
            ..*self
        })
    }

    /// The config of this name.
    ///
    /// # Errors
    /// [`ConfigError::Unknown`], which lists all names.
    pub fn named(name: &str) -> Result<&'static CoreConfig, ConfigError> {
        Self::ALL
            .into_iter()
            .find(|config| config.name == *name)
            .ok_or_else(|| ConfigError::Unknown {
                name: name.to_owned(),
                known: Self::names(),
            })
    }

    /// The config of this name, if it has these sizes: then a device that reports both is known to
    /// be built like it.
    #[must_use]
    pub fn known(name: Name, sizes: &Sizes) -> Option<&'static CoreConfig> {
        let is_it = |it: &&CoreConfig| it.name == name && it.sizes == *sizes;
        Self::ALL.into_iter().find(is_it)
    }

    /// The names of all configs, separated by commas.
    #[must_use]
    pub fn names() -> String {
        Self::ALL.map(|config| config.name.to_string()).join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_tell_sizes_apart_and_nothing_else() {
        for (config, other) in CoreConfig::ALL
            .iter()
            .flat_map(|it| CoreConfig::ALL.map(|other| (it, other)))
        {
            let same = config.sizes == other.sizes;
            let hashes = [config.sizes.hash(), other.sizes.hash()];
            assert_eq!(hashes[0] == hashes[1], same, "{hashes:x?}");
        }
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
    fn configs_ascend_by_size_and_those_with_learning_come_last() {
        let key = |it: &&CoreConfig| (it.learning, it.neurons());
        assert!(CoreConfig::ALL.is_sorted_by_key(key));
    }

    #[test]
    fn names_survive_a_greeting() {
        for name in ["a", "up5k", "ecp5_85k"] {
            let it = Name::new(name).unwrap();
            assert_eq!(Name::from_bytes(it.to_bytes()), Some(it));
            assert_eq!(it.to_string(), name);
        }
        for name in ["", "ninechars", "a b", "\u{e9}", "a\0b"] {
            let message = Name::new(name).unwrap_err().to_string();
            assert!(message.contains("1 to 8 printable ASCII"), "{message}");
        }
        for bytes in [*b"\0\0\0\0\0\0\0\0", *b"ab\0c\0\0\0\0", *b"ab\x1b[2J\0\0"] {
            assert_eq!(Name::from_bytes(bytes), None);
        }
    }
}
