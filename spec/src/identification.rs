//! What a device reports about itself in its answer to HELLO.

use crate::config::{CoreConfig, Name, PROTOCOL_VERSION};
use crate::regs::{CORES_FIELDS, ID_VALUE};
use crate::sizes::Sizes;
use crate::wire::GREETING_REGISTERS;

/// The constant registers 0..=11 of a core with this name, these sizes and this clock, as sent in
/// the greeting.
#[must_use]
pub fn identification(name: Name, sizes: &Sizes, clock_hz: u32) -> [u32; GREETING_REGISTERS] {
    let [n0, n1, n2, n3, n4, n5, n6, n7] = name.to_bytes();
    let [sizes_a, sizes_b, sizes_c, units] = sizes.words();
    let cores = CORES_FIELDS.first().map_or(0, |count| count.put(1));
    [
        ID_VALUE,
        u32::from(PROTOCOL_VERSION),
        sizes.hash(),
        sizes_a,
        sizes_b,
        sizes_c,
        clock_hz,
        u32::from_le_bytes([n0, n1, n2, n3]),
        u32::from_le_bytes([n4, n5, n6, n7]),
        units,
        cores,
        0,
    ]
}

impl CoreConfig {
    /// The constant registers 0..=11, as sent in the greeting.
    #[must_use]
    pub fn identification(&self) -> [u32; GREETING_REGISTERS] {
        identification(self.name, &self.sizes, self.platform.clock_hz)
    }
}

#[cfg(test)]
mod tests {
    use crate::CoreConfig;

    use crate::regs::{SIZES_A_FIELDS, SIZES_B_FIELDS};

    #[test]
    fn identification_tells_the_sizes() {
        let words = CoreConfig::up5k().identification();
        assert_eq!(words[0], 0x464e_5953);
        assert_eq!(SIZES_A_FIELDS[3].get(words[3]), 9);
        assert_eq!(SIZES_B_FIELDS[0].get(words[4]), 16_384);
        assert_eq!(words[7].to_le_bytes(), *b"up5k");
        assert_eq!(words[8], 0);
        assert_eq!((words[9], words[10]), (12 << 5, 1));
        let learns = CoreConfig::tiny_l().identification()[9];
        assert_eq!(learns, 1 | 4 << 1 | 12 << 5);
    }
}
