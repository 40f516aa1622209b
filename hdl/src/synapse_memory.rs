//! The memory of the weights: words with one byte per lane.

mod group;

use rust_hdl::prelude::*;
use spec::config::SynapseMemory as Kind;

use group::SynapseGroup;

/// `words` words of `P` lanes of eight bits (`PW` = 8 * `P`), addressed by `WB` bits, in `G` groups of
/// lanes.
///
/// # Timing
/// `read_data` holds the word of `address` from the cycle after `ready` on, until the next `ready`;
/// words beyond the last have no synapses. How long a word takes is thus the memory's affair: a slower
/// one says `ready` when the word will be there in the next cycle, or when a write is sure to be done
/// before the next read. For learning, it must be ready in every cycle. Block RAM that is `registered` has three cycles more: the address passes two registers
/// on its way to the lanes, like all signals to the lanes, and the word has one. `address`,
/// `write_mask` and `write_data` of a cycle belong together and reach the lanes together. A read of
/// a word that is written in the same cycle is undefined.
#[derive(Clone, Debug, LogicBlock)]
pub struct SynapseMemory<const WB: usize, const P: usize, const PW: usize, const G: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// A word is to be read or written: address, mask and data stand until `ready`.
    pub valid: Signal<In, Bit>,
    /// The memory takes all of them in this cycle.
    pub ready: Signal<Out, Bit>,
    /// Word to read or to write.
    pub address: Signal<In, Bits<WB>>,
    /// Lanes to write in this cycle.
    pub write_mask: Signal<In, Bits<P>>,
    /// What to write, lane 0 in the lowest byte.
    pub write_data: Signal<In, Bits<PW>>,
    /// The word read.
    pub read_data: Signal<Out, Bits<PW>>,

    group: [SynapseGroup<WB, P, PW>; G],
}

impl<const WB: usize, const P: usize, const PW: usize, const G: usize> SynapseMemory<WB, P, PW, G> {
    /// A memory of that many words.
    #[must_use]
    pub fn new(words: usize, kind: Kind, registered: bool) -> Self {
        Self {
            clock: Default::default(),
            valid: Default::default(),
            ready: Default::default(),
            address: Default::default(),
            write_mask: Default::default(),
            write_data: Default::default(),
            read_data: Default::default(),
            group: std::array::from_fn(|number| SynapseGroup::new(number, words, kind, registered)),
        }
    }
}

impl<const WB: usize, const P: usize, const PW: usize, const G: usize> Logic
    for SynapseMemory<WB, P, PW, G>
{
    #[hdl_gen]
    fn update(&mut self) {
        // Memories of the chip take an address in every cycle.
        self.ready.next = self.valid.val();
        for i in 0..G {
            self.group[i].clock.next = self.clock.val();
            self.group[i].address.next = self.address.val();
            self.group[i].write_mask.next = self.write_mask.val();
            self.group[i].write_data.next = self.write_data.val();
            self.group[i].above.next = 0.into();
        }
        for i in 1..G {
            self.group[i - 1].above.next = self.group[i].read_data.val();
        }
        self.read_data.next = self.group[0].read_data.val();
    }
}
