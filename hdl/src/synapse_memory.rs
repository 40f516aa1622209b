//! Where the weights live: words of one byte a lane.

mod verilog;

use rust_hdl::prelude::*;
use spec::config::SynapseMemory as Kind;

/// `words` words of `P` lanes of eight bits (`PW` = 8 * `P`), addressed by `WB` bits.
///
/// Two bodies, chosen by the config. *Block RAM* has an enable a byte. *SPRAM* is the four single-port memories of an iCE40 UltraPlus, two
/// lanes each, with their nibble masks.
///
/// # Timing
/// `read_data` holds the word of `address` from the next cycle on; there are no synapses in words
/// beyond the last. Block RAM that is `registered` answers three cycles later than that: the address
/// passes two registers on its way to the lanes, as all does that the lanes are given, and the word
/// has one. `address`, `write_mask` and `write_data` belong together in a cycle and reach the lanes
/// together. What is read in the cycle of a write of the same word is undefined.
#[derive(Clone, Debug, LogicBlock)]
pub struct SynapseMemory<const WB: usize, const P: usize, const PW: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Word to read or to write.
    pub address: Signal<In, Bits<WB>>,
    /// Lanes to write in this cycle.
    pub write_mask: Signal<In, Bits<P>>,
    /// What to write, lane 0 in the lowest byte.
    pub write_data: Signal<In, Bits<PW>>,
    /// The word read.
    pub read_data: Signal<Out, Bits<PW>>,
    _kind: Kind,
    _registered: bool,
    _words: Vec<Bits<PW>>,
    _read: Bits<PW>,
    _way: [Arriving<WB, P, PW>; 2],
}

/// What is on its way to the lanes.
#[derive(Clone, Debug, Default)]
struct Arriving<const WB: usize, const P: usize, const PW: usize> {
    address: Bits<WB>,
    mask: Bits<P>,
    data: Bits<PW>,
}

impl<const WB: usize, const P: usize, const PW: usize> SynapseMemory<WB, P, PW> {
    /// A memory of that many words.
    #[must_use]
    pub fn new(words: usize, kind: Kind, registered: bool) -> Self {
        Self {
            clock: Default::default(),
            address: Default::default(),
            write_mask: Default::default(),
            write_data: Default::default(),
            read_data: Default::default(),
            _kind: kind,
            _registered: registered,
            _words: vec![Bits::default(); words],
            _read: Bits::default(),
            _way: Default::default(),
        }
    }

    fn store(&mut self, address: Bits<WB>, mask: Bits<P>, data: Bits<PW>) {
        if let Some(word) = self._words.get_mut(address.index()) {
            for lane in (0..P).filter(|&lane| mask.get_bit(lane)) {
                for bit in lane * 8..lane * 8 + 8 {
                    *word = word.replace_bit(bit, data.get_bit(bit));
                }
            }
        }
    }
}

/// A word without a synapse.
fn absent_word<const PW: usize>() -> Bits<PW> {
    (7..PW)
        .step_by(8)
        .fold(Bits::default(), |word, bit| word.replace_bit(bit, true))
}

impl<const WB: usize, const P: usize, const PW: usize> Logic for SynapseMemory<WB, P, PW> {
    fn update(&mut self) {
        if !self.clock.pos_edge() {
            return;
        }
        let mut here = Arriving {
            address: self.address.val(),
            mask: self.write_mask.val(),
            data: self.write_data.val(),
        };
        if self._registered {
            for stage in &mut self._way {
                std::mem::swap(stage, &mut here);
            }
        }
        let word = self
            ._words
            .get(here.address.index())
            .copied()
            .unwrap_or_else(absent_word);
        let before = std::mem::replace(&mut self._read, word);
        self.read_data.next = if self._registered { before } else { word };
        self.store(here.address, here.mask, here.data);
    }

    fn connect(&mut self) {
        self.read_data.connect();
    }

    fn hdl(&self) -> Verilog {
        match self._kind {
            Kind::BlockRam => Verilog::Custom(verilog::block_ram(
                self._words.len(),
                WB,
                P,
                self._registered,
            )),
            Kind::Spram => Verilog::Custom(verilog::spram(P)),
        }
    }
}
