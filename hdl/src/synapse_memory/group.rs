//! The weights of a group of lanes.

mod verilog;

use std::ops::Range;

use rust_hdl::prelude::*;
use spec::config::SynapseMemory as Kind;

use crate::lane_relay::GROUP;

/// `words` words of `P` lanes of eight bits (`PW` = 8 * `P`), addressed by `WB` bits; this block
/// holds the lanes of one group of [`GROUP`].
///
/// The config selects one of two bodies. *Block RAM* has one write enable per byte. *SPRAM* uses
/// single-port memories of an iCE40 UltraPlus, two lanes each, with their nibble masks.
///
/// Ports and timing are those of [`SynapseMemory`](super::SynapseMemory). This is a separate block
/// because the time of yosys for memories with initial contents grows with the square of their
/// number in a module.
#[derive(Clone, Debug, LogicBlock)]
pub struct SynapseGroup<const WB: usize, const P: usize, const PW: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Word to read or to write.
    pub address: Signal<In, Bits<WB>>,
    /// Lanes to write in this cycle.
    pub write_mask: Signal<In, Bits<P>>,
    /// What to write, lane 0 in the lowest byte.
    pub write_data: Signal<In, Bits<PW>>,
    /// The word read by the groups after this one.
    pub above: Signal<In, Bits<PW>>,
    /// The same, with the lanes of this group in their places.
    pub read_data: Signal<Out, Bits<PW>>,
    _number: usize,
    _kind: Kind,
    _registered: bool,
    _words: Vec<Bits<PW>>,
    _read: Bits<PW>,
    _shown: Bits<PW>,
    _way: [Arriving<WB, P, PW>; 2],
}

/// Inputs on their way to the lanes.
#[derive(Clone, Debug, Default)]
struct Arriving<const WB: usize, const P: usize, const PW: usize> {
    address: Bits<WB>,
    mask: Bits<P>,
    data: Bits<PW>,
}

impl<const WB: usize, const P: usize, const PW: usize> SynapseGroup<WB, P, PW> {
    /// Group `number` of a memory of `words` words.
    #[must_use]
    pub fn new(number: usize, words: usize, kind: Kind, registered: bool) -> Self {
        Self {
            clock: Default::default(),
            address: Default::default(),
            write_mask: Default::default(),
            write_data: Default::default(),
            above: Default::default(),
            read_data: Default::default(),
            _number: number,
            _kind: kind,
            _registered: registered,
            _words: vec![Bits::default(); words],
            _read: Bits::default(),
            _shown: Bits::default(),
            _way: Default::default(),
        }
    }

    /// The lanes of this group.
    fn lanes(&self) -> Range<usize> {
        let first = self._number * GROUP;
        first..P.min(first + GROUP)
    }

    fn step(&mut self) {
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
        self._shown = if self._registered { before } else { word };
        self.store(here.address, here.mask, here.data);
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

/// A word of absent synapses.
fn absent_word<const PW: usize>() -> Bits<PW> {
    (7..PW)
        .step_by(8)
        .fold(Bits::default(), |word, bit| word.replace_bit(bit, true))
}

impl<const WB: usize, const P: usize, const PW: usize> Logic for SynapseGroup<WB, P, PW> {
    fn update(&mut self) {
        if self.clock.pos_edge() {
            self.step();
        }
        let mut word = self.above.val();
        for bit in self.lanes().start * 8..self.lanes().end * 8 {
            word = word.replace_bit(bit, self._shown.get_bit(bit));
        }
        self.read_data.next = word;
    }

    fn connect(&mut self) {
        self.read_data.connect();
    }

    fn hdl(&self) -> Verilog {
        Verilog::Custom(match self._kind {
            Kind::BlockRam => {
                verilog::block_ram(self._words.len(), WB, &self.lanes(), self._registered)
            }
            Kind::Spram => verilog::spram(&self.lanes()),
        })
    }
}
