//! The encoding of a core's sizes in the greeting, which is also the input of their hash.

use crate::config::{PROTOCOL_VERSION, WEIGHT_BITS};
use crate::fixed::{CONTRIBUTION_MAX, DECAY_BITS};
use crate::plasticity::RULES;
use crate::regs::{Field, SIZES_A_FIELDS, SIZES_B_FIELDS, SIZES_C_FIELDS, UNITS_FIELDS};
use crate::sizes::{DELAY_SLOTS, SizeError, Sizes, UncheckedSizes};

/// The fields of the four words, in the order of the words.
const WORDS: [&[Field]; 4] = [SIZES_A_FIELDS, SIZES_B_FIELDS, SIZES_C_FIELDS, UNITS_FIELDS];

impl Sizes {
    /// Number of bytes that encode the sizes.
    pub const BYTES: usize = 16;

    /// The sizes as the registers SIZES_A, SIZES_B, SIZES_C and UNITS, least significant byte
    /// first.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Sizes::BYTES] {
        let words = self.words();
        let mut bytes = [0; Sizes::BYTES];
        for (to, word) in bytes.chunks_exact_mut(4).zip(words) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// Decodes the bytes of [`Sizes::to_bytes`].
    ///
    /// # Errors
    /// The first size that is not valid in this version.
    pub fn from_bytes(bytes: [u8; Sizes::BYTES]) -> Result<Sizes, SizeError> {
        let mut words = [0; 4];
        for (word, from) in words.iter_mut().zip(bytes.as_chunks().0) {
            *word = u32::from_le_bytes(*from);
        }
        Sizes::from_words(words)
    }

    /// Whether delivered spikes can never clamp a current, for any number of spikes and any
    /// weights. This holds if the largest current that a tick leaves plus the largest weight of
    /// every row is at most [`Sizes::sum_max`]. Values that a host injects or writes are not
    /// covered.
    #[must_use]
    pub const fn sums_are_exact(&self) -> bool {
        let left = 1 << (self.fields().state_bits - 1);
        let delivered = (self.rows() as i64) * CONTRIBUTION_MAX as i64;
        left + delivered <= self.sum_max() as i64
    }

    /// A hash of the sizes and the protocol version: FNV-1a of the version and the bytes of
    /// [`Sizes::to_bytes`]. A device reports it beside its sizes, so that a host can check that
    /// both interpret the sizes in the same way.
    #[must_use]
    pub fn hash(&self) -> u32 {
        let bytes = [PROTOCOL_VERSION].into_iter().chain(self.to_bytes());
        bytes.fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
    }

    /// The registers SIZES_A, SIZES_B, SIZES_C and UNITS.
    #[must_use]
    pub(crate) fn words(&self) -> [u32; 4] {
        let values: [&[u32]; 4] = [
            &[
                self.neurons_log2,
                self.inputs_log2,
                self.lanes_log2,
                self.rows_log2,
                self.wheel_word_log2,
            ],
            &[self.synapse_words, self.state_bits, DELAY_SLOTS.ilog2()],
            &[
                self.in_words_log2,
                self.out_words_log2,
                WEIGHT_BITS,
                self.sum_bits,
            ],
            &[
                u32::from(self.learning),
                rules(self.learning),
                DECAY_BITS,
                u32::from(self.reset_rules),
                u32::from(self.second_state),
            ],
        ];
        let mut words = [0; 4];
        for ((word, fields), values) in words.iter_mut().zip(WORDS).zip(values) {
            *word = fields
                .iter()
                .zip(values)
                .fold(0, |word, (field, &value)| word | field.put(value));
        }
        words
    }

    /// Decodes the registers SIZES_A, SIZES_B, SIZES_C and UNITS.
    ///
    /// # Errors
    /// The first size that is not valid in this version.
    pub fn from_words(words: [u32; 4]) -> Result<Sizes, SizeError> {
        let [a, b, c, units] = words;
        let value = |fields: &[Field], at: usize, word| fields.get(at).map_or(0, |it| it.get(word));
        let learning = value(UNITS_FIELDS, 0, units) == 1;
        let sizes = UncheckedSizes {
            neurons_log2: value(SIZES_A_FIELDS, 0, a),
            inputs_log2: value(SIZES_A_FIELDS, 1, a),
            lanes_log2: value(SIZES_A_FIELDS, 2, a),
            rows_log2: value(SIZES_A_FIELDS, 3, a),
            wheel_word_log2: value(SIZES_A_FIELDS, 4, a),
            synapse_words: value(SIZES_B_FIELDS, 0, b),
            state_bits: value(SIZES_B_FIELDS, 1, b),
            sum_bits: value(SIZES_C_FIELDS, 3, c),
            in_words_log2: value(SIZES_C_FIELDS, 0, c),
            out_words_log2: value(SIZES_C_FIELDS, 1, c),
            learning,
            reset_rules: value(UNITS_FIELDS, 3, units) == 1,
            second_state: value(UNITS_FIELDS, 4, units) == 1,
        }
        .checked()?;
        // Checks the quantities that are equal in all cores, and reserved bits.
        let expected = sizes.words();
        for ((fields, word), expected) in WORDS.into_iter().zip(words).zip(expected) {
            for field in fields {
                let (found, only) = (field.get(word), field.get(expected));
                if found != only {
                    let field = field.name;
                    return Err(SizeError::Unlike { field, found, only });
                }
            }
            if word != expected {
                return Err(SizeError::UnknownBits {
                    bits: word ^ expected,
                });
            }
        }
        Ok(sizes)
    }
}

/// Number of rules of a core.
fn rules(learning: bool) -> u32 {
    // Lossless: fewer than 2^8.
    if learning { RULES as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CoreConfig;
    use proptest::prelude::*;

    #[test]
    fn every_config_survives() {
        for config in CoreConfig::ALL {
            let bytes = config.to_bytes();
            assert_eq!(
                Sizes::from_bytes(bytes),
                Ok(config.sizes),
                "{}",
                config.name
            );
        }
    }

    proptest! {
        /// Accepted bytes are encoded identically again, so that no bit is ignored.
        #[test]
        fn bytes_are_sizes_or_refused(
            at in 0..CoreConfig::ALL.len(),
            changes in prop::collection::vec((0..Sizes::BYTES, any::<u8>()), 0..3),
        ) {
            let mut bytes = CoreConfig::ALL[at].to_bytes();
            for (place, byte) in changes {
                bytes[place] ^= byte;
            }
            if let Ok(sizes) = Sizes::from_bytes(bytes) {
                prop_assert_eq!(sizes.to_bytes(), bytes);
                prop_assert_eq!(sizes.fields().checked(), Ok(sizes));
            }
        }
    }

    #[test]
    fn a_core_of_another_kind_is_refused() {
        let [a, b, c, units] = CoreConfig::tiny().words();
        let message = |words| Sizes::from_words(words).unwrap_err().to_string();
        let many = SIZES_A_FIELDS[0].put(15) | a & !SIZES_A_FIELDS[0].put(31);
        assert_eq!(
            message([many, b, c, units]),
            "neurons_log2 is 15, must be 2..=14"
        );
        assert_eq!(
            message([a, b, c ^ 1 << 10, units]),
            "weight_bits is 9, must be 8"
        );
        assert_eq!(
            message([a, b, c, units | 1 << 31]),
            "bits 0x80000000 of the sizes mean nothing to this program"
        );
    }
}
