//! Reads the words of a row out of the synapse memory, one a cycle.

use rust_hdl::prelude::*;

/// Words addressed by `WB` bits, target words by `TB` bits.
///
/// # Timing
/// T0: `address` and the target are registers; a word is issued unless one of the two issued
/// before it goes to the same targets (their sums are not written yet). T1 to T4 follow the word
/// through the [`Lanes`](crate::lanes::Lanes). A row is taken in the cycle of `row_ready`, and its
/// first word is issued in the next: rows follow one another without a gap.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Streamer<const WB: usize, const TB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// A row waits.
    pub row_valid: Signal<In, Bit>,
    /// Its first word.
    pub first_word: Signal<In, Bits<WB>>,
    /// Target word of its first word.
    pub first_target: Signal<In, Bits<TB>>,
    /// Its words, less one.
    pub last_offset: Signal<In, Bits<TB>>,
    /// Its exponent.
    pub exponent: Signal<In, Bits<3>>,
    /// The row, if there is one, is taken in this cycle.
    pub row_ready: Signal<Out, Bit>,
    /// T0: to the synapse memory.
    pub address: Signal<Out, Bits<WB>>,
    /// T0: a word is issued.
    pub issue: Signal<Out, Bit>,
    /// T1: bit 0 of the exponent.
    pub shift_one: Signal<Out, Bit>,
    /// T2: bit 1 of the exponent.
    pub shift_two: Signal<Out, Bit>,
    /// T2: bit 2 of the exponent.
    pub shift_four: Signal<Out, Bit>,
    /// T2: the word is there.
    pub go: Signal<Out, Bit>,
    /// T2: its target word.
    pub read_target: Signal<Out, Bits<TB>>,
    /// T4: the target word.
    pub write_target: Signal<Out, Bits<TB>>,
    /// A word is somewhere between T0 and T4.
    pub busy: Signal<Out, Bit>,

    streaming: DFF<Bit>,
    word: DFF<Bits<WB>>,
    left: DFF<Bits<TB>>,
    exponent0: DFF<Bits<3>>,
    exponent1: DFF<Bits<3>>,
    exponent2: DFF<Bits<2>>,
    target0: DFF<Bits<TB>>,
    target1: DFF<Bits<TB>>,
    target2: DFF<Bits<TB>>,
    target3: DFF<Bits<TB>>,
    target4: DFF<Bits<TB>>,
    valid1: DFF<Bit>,
    valid2: DFF<Bit>,
    valid3: DFF<Bit>,
    valid4: DFF<Bit>,
    same1: Signal<Local, Bit>,
    same2: Signal<Local, Bit>,
    clash: Signal<Local, Bit>,
    issuing: Signal<Local, Bit>,
    last: Signal<Local, Bit>,
    ready: Signal<Local, Bit>,
}

impl<const WB: usize, const TB: usize> Logic for Streamer<WB, TB> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, streaming, word, left, exponent0, exponent1, exponent2, target0, target1,
            target2, target3, target4, valid1, valid2, valid3, valid4
        );
        self.same1.next = self.target1.q.val() == self.target0.q.val();
        self.same2.next = self.target2.q.val() == self.target0.q.val();
        self.clash.next =
            (self.valid1.q.val() & self.same1.val()) | (self.valid2.q.val() & self.same2.val());
        self.issuing.next = self.streaming.q.val() & !self.clash.val();
        self.last.next = self.left.q.val() == 0;
        self.ready.next = !self.streaming.q.val() | (self.issuing.val() & self.last.val());

        if self.issuing.val() {
            self.word.d.next = self.word.q.val() + 1;
            self.target0.d.next = self.target0.q.val() + 1;
            self.left.d.next = self.left.q.val() - 1;
            if self.last.val() {
                self.streaming.d.next = false;
            }
        }
        if self.ready.val() & self.row_valid.val() {
            self.streaming.d.next = true;
            self.word.d.next = self.first_word.val();
            self.target0.d.next = self.first_target.val();
            self.left.d.next = self.last_offset.val();
            self.exponent0.d.next = self.exponent.val();
        }

        self.valid1.d.next = self.issuing.val();
        self.valid2.d.next = self.valid1.q.val();
        self.valid3.d.next = self.valid2.q.val();
        self.valid4.d.next = self.valid3.q.val();
        self.target1.d.next = self.target0.q.val();
        self.target2.d.next = self.target1.q.val();
        self.target3.d.next = self.target2.q.val();
        self.target4.d.next = self.target3.q.val();
        self.exponent1.d.next = self.exponent0.q.val();
        self.exponent2.d.next = self.exponent1.q.val().get_bits::<2>(1);
        if self.reset.val() {
            self.streaming.d.next = false;
            self.valid1.d.next = false;
        }

        self.row_ready.next = self.ready.val();
        self.address.next = self.word.q.val();
        self.issue.next = self.issuing.val();
        self.shift_one.next = self.exponent1.q.val().get_bit(0);
        self.shift_two.next = self.exponent2.q.val().get_bit(0);
        self.shift_four.next = self.exponent2.q.val().get_bit(1);
        self.go.next = self.valid2.q.val();
        self.read_target.next = self.target2.q.val();
        self.write_target.next = self.target4.q.val();
        self.busy.next = self.streaming.q.val()
            | self.valid1.q.val()
            | self.valid2.q.val()
            | self.valid3.q.val()
            | self.valid4.q.val();
    }
}
