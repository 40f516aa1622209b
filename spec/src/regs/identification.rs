//! What a device tells of itself when it is greeted.

use super::{
    CORES_FIELDS, Field, ID_VALUE, SIZES_A_FIELDS, SIZES_B_FIELDS, SIZES_C_FIELDS, UNITS_FIELDS,
};
use crate::config::{CoreConfig, DELAY_SLOTS, PROTOCOL_VERSION, WEIGHT_BITS};
use crate::fixed::DECAY_BITS;
use crate::plasticity::RULES;
use crate::wire::GREETING_REGISTERS;

/// The constant registers 0..=11 of a config, as the greeting carries them.
#[must_use]
pub fn identification(config: &CoreConfig) -> [u32; GREETING_REGISTERS] {
    let pack = |fields: &[Field], values: &[u32]| {
        fields
            .iter()
            .zip(values)
            .fold(0, |word, (field, &value)| word | field.put(value))
    };
    let mut name = [0u8; 8];
    for (to, from) in name.iter_mut().zip(config.name.bytes()) {
        *to = from;
    }
    let letters = |from: usize| {
        name.iter()
            .skip(from)
            .take(4)
            .rev()
            .fold(0, |word, &byte| word << 8 | u32::from(byte))
    };
    [
        ID_VALUE,
        u32::from(PROTOCOL_VERSION),
        config.build_hash(),
        pack(
            SIZES_A_FIELDS,
            &[
                config.neurons_log2,
                config.inputs_log2,
                config.lanes_log2,
                config.rows_log2,
                config.wheel_word_log2,
            ],
        ),
        pack(
            SIZES_B_FIELDS,
            &[
                config.synapse_words,
                config.state_bits,
                DELAY_SLOTS.trailing_zeros(),
            ],
        ),
        pack(
            SIZES_C_FIELDS,
            &[config.in_words_log2, config.out_words_log2, WEIGHT_BITS],
        ),
        config.clock_hz,
        letters(0),
        letters(4),
        pack(
            UNITS_FIELDS,
            &[
                u32::from(config.learning),
                // Lossless: a handful.
                if config.learning { RULES as u32 } else { 0 },
                DECAY_BITS,
            ],
        ),
        pack(CORES_FIELDS, &[1, 0]),
        0,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identification_tells_the_sizes() {
        let words = identification(CoreConfig::up5k());
        assert_eq!(words[0], 0x464e_5953);
        assert_eq!(SIZES_A_FIELDS[3].get(words[3]), 9);
        assert_eq!(SIZES_B_FIELDS[0].get(words[4]), 16_384);
        assert_eq!(words[7].to_le_bytes(), *b"up5k");
        assert_eq!(words[8], 0);
        assert_eq!((words[9], words[10]), (12 << 5, 1));
        let learns = identification(CoreConfig::tiny_learning())[9];
        assert_eq!(learns, 1 | 4 << 1 | 12 << 5);
    }
}
