//! The random numbers of learning. Each number is a function of the seed, the tick, its purpose,
//! and the global numbers of its row and of its targets.
//!
//! There is no sequence of draws: leaving out work, reordering work or moving work to another core
//! changes no number. A number depends on three keys, each of which is made from the previous one:
//!
//! | key | made by | belongs to |
//! |---|---|---|
//! | tick key | [`tick_key`] | seed, tick |
//! | item key | [`item_key`] | a row that is delivered or strengthened, or a neuron |
//! | number | [`number`] | a group of [`GROUP`] targets, a trace, an adaptation |
//!
//! The last two steps are the 32-bit hash `F_key(place) = Q(key ^ Q(key ^ place))`. `Q` is a
//! permutation of four bytes in eight steps. Each step computes each bit of a byte with one
//! function of four bits, which is one four-input look-up table in hardware. `docs/model.md` has
//! the equations; `docs/decisions/0016-keyed-random.md` has the reasons, the candidates and the
//! measured quality.

/// Neighbouring targets that share a number: targets `4 g` to `4 g + 3` are group `g`.
pub const GROUP: u32 = 4;

/// Added so that the keys of small seeds and ticks are far from 0, where all bits are equal. It is
/// the fractional part of the golden ratio, in units of 2^-32.
pub const OFFSET: u32 = 0x9e37_79b9;

/// Bits of a number that are rotated to give each target its own bits.
const FIELD_BITS: u32 = 24;
/// Bits by which this field is rotated from one target of a group to the next.
const TURN: u32 = FIELD_BITS / GROUP;

/// The purpose of an item key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Item {
    /// A row that is delivered, identified by its global number.
    Delivered = 0,
    /// A row at the end of a tick, identified by its global number: its weights are potentiated and
    /// its trace decays.
    Swept = 1,
    /// A neuron at the end of a tick, identified by its global number.
    Neuron = 2,
}

/// The purpose of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Draw {
    /// The weights of a group of targets.
    Weights = 0,
    /// Rounding of the item's trace; the group is 0.
    Trace = 1,
    /// Rounding of the neuron's adaptation; the group is 0.
    Adaptation = 2,
}

/// The permutation `Q` of four bytes `a`, `b`, `c`, `d`, the lowest first.
///
/// Each step changes one byte as a function of the three others and rotates it; the next step uses
/// the rotated byte.
const fn permuted(state: u32) -> u32 {
    let [mut a, mut b, mut c, mut d] = state.to_le_bytes();
    let mut pass = 0;
    while pass < 2 {
        a = (a ^ d ^ (b & c)).rotate_left(1);
        b = (b ^ a ^ (c | d)).rotate_left(2);
        c = (c ^ b ^ (d & a)).rotate_left(3);
        d = (d ^ c ^ (a | b)).rotate_left(5);
        pass += 1;
    }
    u32::from_le_bytes([a, b, c, d])
}

/// The hash of a place under a key.
const fn hash(key: u32, place: u32) -> u32 {
    permuted(key ^ permuted(key ^ place))
}

/// The position of an index and its purpose in the state. The lowest byte, in which neighbouring
/// indices differ, enters two of the four bytes.
#[must_use]
pub const fn place(index: u32, kind: u8) -> u32 {
    let [x0, x1, x2, x3] = index.to_le_bytes();
    u32::from_le_bytes([x2 ^ kind << 6, x0, x3, x1 ^ x0.rotate_left(3)])
}

/// The key of a tick.
///
/// `seed` is the register RANDOM, `tick` the number of the tick; both may be any 32 bits. The bits
/// of the tick are reversed, so that small seeds and small ticks never give equal keys.
#[must_use]
pub const fn tick_key(seed: u32, tick: u32) -> u32 {
    seed ^ tick.reverse_bits() ^ OFFSET
}

/// The key of row or neuron `index` in a tick; `tick_key` must have been made from the same `seed`.
///
/// An index may be any 32 bits. Below 2^22, indices of different kinds of items never collide.
#[must_use]
pub const fn item_key(seed: u32, tick_key: u32, item: Item, index: u32) -> u32 {
    hash(tick_key, place(index, item as u8)) ^ seed
}

/// The number for a group of targets, for a trace or for an adaptation.
///
/// `group` is the global number of a target divided by [`GROUP`], and 0 for a trace or an
/// adaptation. A group may be any 32 bits; below 2^22, it never collides with another purpose.
#[must_use]
pub const fn number(item_key: u32, draw: Draw, group: u32) -> u32 {
    hash(item_key, place(group, draw as u8))
}

/// The bits of a number that are compared with the reward, 0 ..= 255: the highest eight. Weights of
/// the group change only if these bits are less than the magnitude of the reward.
#[must_use]
pub const fn gate(number: u32) -> u32 {
    number >> FIELD_BITS
}

/// The lower 24 bits of a number, rotated right by 6 bits times the target's position in its group.
const fn turned(number: u32, target: u32) -> u32 {
    let field = number & ((1 << FIELD_BITS) - 1);
    let by = TURN * (target % GROUP);
    (field >> by | field << (FIELD_BITS - by)) & ((1 << FIELD_BITS) - 1)
}

/// The bits that round the change of a target's weight, 0 ..= 1023. `target` is its global number,
/// or its position in the group.
#[must_use]
pub const fn rounding(number: u32, target: u32) -> u16 {
    // Lossless: 10 bits.
    (turned(number, target) & 0x3ff) as u16
}

/// The bits that soft bounds compare with the distance to the bound in the direction of the change,
/// 0 ..= 255. They share no bit with the target's [`rounding`] and the group's [`gate`].
#[must_use]
pub const fn chance(number: u32, target: u32) -> u8 {
    // Lossless: 8 bits.
    (turned(number, target) >> 10 & 0xff) as u8
}

/// The bits that round a trace or an adaptation, 0 ..= 4095: the lowest twelve of its number.
#[must_use]
pub const fn fraction(number: u32) -> u16 {
    // Lossless: 12 bits.
    (number & 0xfff) as u16
}

#[cfg(test)]
mod tests;
