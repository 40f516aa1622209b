//! Tests that a snapshot survives a round trip through bytes and that other bytes are refused.

use proptest::prelude::*;

use super::*;
use spec::CoreConfig;

/// A snapshot in which every element is nonzero.
fn snapshot(config: &CoreConfig) -> Snapshot {
    let mut memories = Memories::new(config);
    for region in Region::memories(config) {
        let layout = region.layout(config);
        let number = u32::from(region.number()) + 1;
        let values: Vec<u32> = (0..layout.elements)
            .map(|at| at.wrapping_mul(0x9e37_79b1).wrapping_add(number))
            .collect();
        memories.hold(region, &values);
    }
    Snapshot::new(
        config.name,
        memories,
        [1, 123_456, 1, 0x3ff, 0xdead_beef, 0x1234_5678],
    )
}

#[test]
fn what_is_encoded_comes_back() {
    for config in CoreConfig::ALL {
        let snapshot = snapshot(config);
        let back = Snapshot::decode(&snapshot.encode()).unwrap();
        assert_eq!(back, snapshot, "{}", config.name);
        assert_eq!(back.register(regs::TICK), 123_456);
        let region = Region::Potential;
        let layout = region.layout(config);
        let element = back.memories().element(region, 3).unwrap();
        assert_eq!(
            element,
            (3u32.wrapping_mul(0x9e37_79b1) + 6) & layout.mask()
        );
    }
}

#[test]
fn what_is_not_given_is_0() {
    let config = CoreConfig::tiny();
    let empty = Snapshot::new(config.name, Memories::new(config), [0; 6]);
    assert!(empty.writes().all(|write| {
        let all = write.region.layout(config).elements as usize;
        write.values.len() == all && write.values.iter().all(|&value| value == 0)
    }));
    assert_eq!(Snapshot::decode(&empty.encode()), Ok(empty));
}

fn message(bytes: &[u8]) -> String {
    Snapshot::decode(bytes).unwrap_err().to_string()
}

/// The bytes with a correct checksum.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let content = bytes.len() - 4;
    bytes.truncate(content);
    let sum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

#[test]
fn what_is_wrong_is_said() {
    let good = snapshot(CoreConfig::tiny()).encode();
    let changed = |at: usize, value: u8| {
        let mut bytes = good.clone();
        bytes[at] = value;
        bytes
    };
    assert!(message(b"# a network file").contains("no snapshot"));
    assert_eq!(
        message(&changed(8, 7)),
        "the snapshot has format version 7, this program reads 1"
    );
    let length = good.len();
    assert_eq!(
        message(&good[..length - 3]),
        format!(
            "the snapshot has {} bytes, must have {length}: it was cut or continued",
            length - 3
        )
    );
    assert!(message(&changed(300, good[300] ^ 4)).contains("it is damaged"));
    // A valid checksum, but an unknown core.
    assert!(message(&sealed(changed(18, 1))).contains("which is no name"));
    assert_eq!(
        message(&sealed(changed(26, 1))),
        "the snapshot's core has sizes that this program cannot use: neurons_log2 is 1, must be 2..=14"
    );
    assert!(message(&sealed(changed(42, 5))).contains("number of registers is 5, must be 6"));
    let elements = 42 + 1 + 6 * 8 + 1 + 2;
    assert!(
        message(&sealed(changed(elements, 1))).contains("number of elements is 1025, must be 1024")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_changed_byte_is_found(at in any::<prop::sample::Index>(), bits in 1..=255u8) {
        let mut bytes = snapshot(CoreConfig::tiny_l()).encode();
        let at = at.index(bytes.len());
        bytes[at] ^= bits;
        prop_assert!(Snapshot::decode(&bytes).is_err());
    }

    #[test]
    fn a_part_is_refused(left in any::<prop::sample::Index>()) {
        let bytes = snapshot(CoreConfig::tiny_l()).encode();
        prop_assert!(Snapshot::decode(&bytes[..left.index(bytes.len())]).is_err());
    }

    // The checksum is right, as in a file that was made to do harm.
    #[test]
    fn nothing_that_is_whole_but_senseless_is_a_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        length in 22..200usize,
    ) {
        let mut bytes = snapshot(CoreConfig::tiny()).encode();
        if changes.len() > 6 {
            bytes.truncate(length);
        }
        for (at, value) in changes {
            // The beginning is unchanged, so that the rest is read.
            let at = 18 + at.index(bytes.len() - 18);
            bytes[at] = value;
        }
        let said = bytes.len() as u64;
        bytes[10..18].copy_from_slice(&said.to_le_bytes());
        let _ = Snapshot::decode(&sealed(bytes));
    }
}
