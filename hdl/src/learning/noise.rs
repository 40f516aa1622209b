//! Selects the random bits of each lane from the random numbers of a word: wires only.

use rust_hdl::prelude::*;
use spec::keyed::{GROUP, chance, rounding};

use crate::lane_relay::unused;

/// Bits that a lane uses: ten for rounding, and eight above them to compare with the distance to
/// the bound.
pub const NOISE_BITS: usize = 18;

/// Numbers that the widest word needs: one for each [`GROUP`] lanes.
pub const NUMBERS: usize = 4;

/// `PN` = [`NOISE_BITS`] * `P` bits for `P` lanes, at most 16.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Noise<const P: usize, const PN: usize> {
    /// The numbers, the first lowest; rotated for the first lane if a word has fewer lanes than a
    /// group.
    pub numbers: Signal<In, Bits<128>>,
    /// Their gates let weights change.
    pub passes: Signal<In, Bits<4>>,
    /// What each lane uses, lane 0 lowest.
    pub noise: Signal<Out, Bits<PN>>,
    /// The lanes that may change weights.
    pub pass: Signal<Out, Bits<P>>,
}

/// The bits of its random number that a target uses.
const fn used(number: u32, target: u32) -> u32 {
    rounding(number, target) as u32 | (chance(number, target) as u32) << 10
}

/// The positions in the random numbers of the bits of a lane.
fn sources(lane: usize) -> [usize; NOISE_BITS] {
    let (number, target) = (lane / GROUP as usize, lane % GROUP as usize);
    // Every bit of a target comes from one bit of the number. Lossless: below four.
    let bit = |at: usize| (0..32).find(|&from| used(1 << from, target as u32) >> at & 1 == 1);
    std::array::from_fn(|at| 32 * number + bit(at).unwrap_or_default())
}

impl<const P: usize, const PN: usize> Logic for Noise<P, PN> {
    fn update(&mut self) {
        let mut noise = Bits::<PN>::default();
        let mut pass = Bits::<P>::default();
        for lane in 0..P {
            for (at, from) in sources(lane).into_iter().enumerate() {
                let bit = self.numbers.val().get_bit(from);
                noise = noise.replace_bit(lane * NOISE_BITS + at, bit);
            }
            pass = pass.replace_bit(lane, self.passes.val().get_bit(lane / GROUP as usize));
        }
        self.noise.next = noise;
        self.pass.next = pass;
    }

    fn connect(&mut self) {
        self.noise.connect();
        self.pass.connect();
    }

    fn hdl(&self) -> Verilog {
        let mut text = String::from("always @(*) begin\n");
        for lane in 0..P {
            for (at, from) in sources(lane).into_iter().enumerate() {
                let to = lane * NOISE_BITS + at;
                text.push_str(&format!("   noise[{to}] = numbers[{from}];\n"));
            }
            let number = lane / GROUP as usize;
            text.push_str(&format!("   pass[{lane}] = passes[{number}];\n"));
        }
        text.push_str("end\n");
        text.push_str(&unused(&["numbers", "passes"]));
        Verilog::Custom(text)
    }
}
