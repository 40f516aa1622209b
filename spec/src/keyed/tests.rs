use super::*;

/// Seed, tick, item, index, draw, group; the item's key and the number.
type Vector = (u32, u32, Item, u32, Draw, u32, u32, u32);

/// Computed by a separate Python program from the equations of `docs/model.md`.
const VECTORS: [Vector; 14] = [
    (
        0x0,
        0x0,
        Item::Delivered,
        0x0,
        Draw::Weights,
        0x0,
        0xe9d7_b31d,
        0x5645_b551,
    ),
    (
        0x0,
        0x0,
        Item::Delivered,
        0x0,
        Draw::Weights,
        0x1,
        0xe9d7_b31d,
        0xdf8c_65a1,
    ),
    (
        0x0,
        0x0,
        Item::Delivered,
        0x1,
        Draw::Weights,
        0x0,
        0xda8c_ad74,
        0x6617_4b4e,
    ),
    (
        0x0,
        0x1,
        Item::Delivered,
        0x0,
        Draw::Weights,
        0x0,
        0xeb4b_4274,
        0xb1f6_1bed,
    ),
    (
        0x1,
        0x0,
        Item::Delivered,
        0x0,
        Draw::Weights,
        0x0,
        0xb049_fba8,
        0x97c7_08ac,
    ),
    (
        0x0,
        0x0,
        Item::Swept,
        0x0,
        Draw::Weights,
        0x0,
        0x5dc8_11ea,
        0xb852_1c71,
    ),
    (
        0x0,
        0x0,
        Item::Swept,
        0x0,
        Draw::Trace,
        0x0,
        0x5dc8_11ea,
        0x30a9_db90,
    ),
    (
        0x0,
        0x0,
        Item::Neuron,
        0x0,
        Draw::Trace,
        0x0,
        0x1a67_05ee,
        0xd8b5_3690,
    ),
    (
        0x0,
        0x0,
        Item::Neuron,
        0x0,
        Draw::Adaptation,
        0x0,
        0x1a67_05ee,
        0x07ff_bc94,
    ),
    (
        0x1,
        0x1,
        Item::Swept,
        0x1,
        Draw::Weights,
        0x1,
        0xdc73_b1f2,
        0xe51d_b181,
    ),
    (
        0x3039,
        0x2a6,
        Item::Swept,
        0xff,
        Draw::Weights,
        0x1f,
        0x4b44_d5c2,
        0xefa6_8dbb,
    ),
    (
        0xdeadbeef,
        0xffffffff,
        Item::Delivered,
        0x3ff,
        Draw::Weights,
        0x7f,
        0xcbf8_b7d2,
        0xcebc_ba71,
    ),
    (
        0xffffffff,
        0x80000000,
        Item::Neuron,
        0x1ff,
        Draw::Adaptation,
        0x0,
        0x3e20_51b8,
        0xb858_0f2e,
    ),
    (
        0x1234567,
        0x89abcdef,
        Item::Swept,
        0xcafebabe,
        Draw::Weights,
        0xfedcba98,
        0x60c7_4016,
        0xca64_2d54,
    ),
];

#[test]
fn numbers_are_those_of_the_equations() {
    for (seed, tick, item, index, draw, group, key, expected) in VECTORS {
        let item_key = item_key(seed, tick_key(seed, tick), item, index);
        assert_eq!(
            (item_key, number(item_key, draw, group)),
            (key, expected),
            "{seed} {tick} {item:?} {index} {draw:?} {group}"
        );
    }
}

#[test]
fn the_permutation_has_an_inverse() {
    // The steps in reverse order.
    let undone = |state: u32| {
        let [mut a, mut b, mut c, mut d] = state.to_le_bytes();
        for _ in 0..2 {
            d = d.rotate_right(5) ^ c ^ (a | b);
            c = c.rotate_right(3) ^ b ^ (d & a);
            b = b.rotate_right(2) ^ a ^ (c | d);
            a = a.rotate_right(1) ^ d ^ (b & c);
        }
        u32::from_le_bytes([a, b, c, d])
    };
    for at in 0..1_000_000_u32 {
        let state = at.wrapping_mul(0x0101_6b2d);
        assert_eq!(undone(permuted(state)), state);
    }
}

#[test]
fn indices_below_2_to_the_22_have_places_of_their_own() {
    // A place is linear in the bits of its index and of its kind, so it suffices that none of these
    // is a sum of others.
    let mut reduced: Vec<u32> = Vec::new();
    let index = (0..22).map(|bit| place(1 << bit, 0));
    for mut vector in index.chain([place(0, 1), place(0, 2)]) {
        for &other in &reduced {
            vector = vector.min(vector ^ other);
        }
        assert_ne!(vector, 0);
        reduced.push(vector);
    }
}

#[test]
fn each_target_has_bits_of_its_own() {
    for target in 0..GROUP {
        let mut seen = 0_u32;
        for bit in 0..32 {
            let number = 1 << bit;
            let used = u32::from(rounding(number, target) != 0)
                + u32::from(chance(number, target) != 0)
                + u32::from(gate(number) != 0);
            // Each bit has at most one use per target.
            assert!(used <= 1, "bit {bit} of target {target}");
            seen += used;
        }
        assert_eq!(seen, 26);
        // Targets with the same position in their groups use the same bits.
        assert_eq!(
            rounding(0xdead_beef, target),
            rounding(0xdead_beef, target + 8)
        );
    }
    // The six highest bits of the rounding are used by one target only.
    let high = |target| (0..24).filter(move |bit| rounding(1 << bit, target) >= 16);
    let all: std::collections::BTreeSet<u32> = (0..GROUP).flat_map(high).collect();
    assert_eq!(all.len(), 24);
}
