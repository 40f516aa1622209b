//! Converts the neurons that fired, one block at a time, to target words.

use rust_hdl::prelude::*;

/// Blocks of `WW` = 2^`WWB` of 2^`NB` neurons, in target words of `P` lanes; 2^`TB` target words,
/// `TC` = `TB` + 1.
///
/// # Timing
/// A block is taken with `take`. Its target words are output one after the other, each until
/// `advance`: `lanes` are the lanes that fired in target word `word`. `waiting` falls with the last
/// word.
#[derive(Clone, Debug, LogicBlock)]
pub struct Touched<
    const NB: usize,
    const TB: usize,
    const TC: usize,
    const P: usize,
    const WW: usize,
    const WWB: usize,
> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// Takes a block of neurons, of which at least one fired.
    pub take: Signal<In, Bit>,
    /// The first neuron of this block.
    pub first: Signal<In, Bits<NB>>,
    /// The neurons of this block that fired.
    pub fired: Signal<In, Bits<WW>>,
    /// A block waits.
    pub waiting: Signal<Out, Bit>,
    /// The first neuron of the block that waits, divided by `WW`.
    pub block: Signal<Out, Bits<NB>>,
    /// Before the first `advance`: the neurons of the block that fired.
    pub bits: Signal<Out, Bits<WW>>,
    /// Go to the next target word.
    pub advance: Signal<In, Bit>,
    /// Number of the target word.
    pub word: Signal<Out, Bits<TB>>,
    /// Lanes that fired.
    pub lanes: Signal<Out, Bits<P>>,
    /// At least one of these lanes fired.
    pub any: Signal<Out, Bit>,
    /// Target words that were shown with a lane that fired, since `clear`.
    pub entries: Signal<Out, Bits<TC>>,
    /// There were any.
    pub touched: Signal<Out, Bit>,
    /// Begin to count anew.
    pub clear: Signal<In, Bit>,

    lanes_log2: Constant<Bits<NB>>,
    lane_count: Constant<Bits<WW>>,
    block_shift: Constant<Bits<NB>>,
    words_mask: Constant<Bits<TB>>,
    set: DFF<Bits<WW>>,
    number: DFF<Bits<TB>>,
    number_of_block: DFF<Bits<NB>>,
    count: DFF<Bits<TC>>,
    /// `count` is not 0.
    counted: DFF<Bit>,
    busy: DFF<Bit>,
    shown: Signal<Local, Bits<P>>,
    some: Signal<Local, Bit>,
    first_word: Signal<Local, Bits<NB>>,
    in_block: Signal<Local, Bits<TB>>,
}

impl<
    const NB: usize,
    const TB: usize,
    const TC: usize,
    const P: usize,
    const WW: usize,
    const WWB: usize,
> Default for Touched<NB, TB, TC, P, WW, WWB>
{
    fn default() -> Self {
        let lanes_log2 = NB - TB;
        let words_log2 = WWB.saturating_sub(lanes_log2);
        Self {
            clock: Default::default(),
            reset: Default::default(),
            take: Default::default(),
            first: Default::default(),
            fired: Default::default(),
            waiting: Default::default(),
            block: Default::default(),
            bits: Default::default(),
            advance: Default::default(),
            word: Default::default(),
            lanes: Default::default(),
            any: Default::default(),
            entries: Default::default(),
            touched: Default::default(),
            clear: Default::default(),
            lanes_log2: Constant::new((lanes_log2 as u64).into()),
            lane_count: Constant::new((P as u64).into()),
            block_shift: Constant::new((WWB as u64).into()),
            words_mask: Constant::new(((1_u64 << words_log2) - 1).into()),
            set: Default::default(),
            number: Default::default(),
            number_of_block: Default::default(),
            count: Default::default(),
            counted: Default::default(),
            busy: Default::default(),
            shown: Default::default(),
            some: Default::default(),
            first_word: Default::default(),
            in_block: Default::default(),
        }
    }
}

impl<
    const NB: usize,
    const TB: usize,
    const TC: usize,
    const P: usize,
    const WW: usize,
    const WWB: usize,
> Logic for Touched<NB, TB, TC, P, WW, WWB>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            set,
            number,
            number_of_block,
            count,
            counted,
            busy
        );
        self.shown.next = bit_cast::<P, WW>(self.set.q.val());
        self.some.next = self.shown.val().any();
        self.first_word.next = self.first.val() >> self.lanes_log2.val();
        self.in_block.next = self.number.q.val() | !self.words_mask.val();
        if self.advance.val() {
            self.set.d.next = self.set.q.val() >> self.lane_count.val();
            self.number.d.next = self.number.q.val() + 1;
            if self.some.val() {
                self.count.d.next = self.count.q.val() + 1;
                self.counted.d.next = true;
            }
            if self.in_block.val().all() {
                self.busy.d.next = false;
            }
        }
        if self.take.val() {
            self.set.d.next = self.fired.val();
            self.number.d.next = bit_cast::<TB, NB>(self.first_word.val());
            self.number_of_block.d.next = self.first.val() >> self.block_shift.val();
            self.busy.d.next = true;
        }
        if self.clear.val() {
            self.count.d.next = 0.into();
            self.counted.d.next = false;
        }
        if self.reset.val() {
            self.busy.d.next = false;
            self.count.d.next = 0.into();
            self.counted.d.next = false;
        }
        self.waiting.next = self.busy.q.val();
        self.block.next = self.number_of_block.q.val();
        self.bits.next = self.set.q.val();
        self.word.next = self.number.q.val();
        self.lanes.next = self.shown.val();
        self.any.next = self.some.val();
        self.entries.next = self.count.q.val();
        self.touched.next = self.counted.q.val();
    }
}
