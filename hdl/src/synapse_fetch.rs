//! Reads the words of a row from the synapse memory, one per cycle.

use rust_hdl::prelude::*;

use crate::delay::Valid;

/// Words addressed by `WB` bits, target words by `TB` bits.
///
/// # Timing
/// | stage | what happens |
/// |---|---|
/// | T0 | `address` and the target are registers; a word is issued, if the memory takes the address |
/// | TR | the memory's register, if it has one |
/// | T1 | the word is there |
/// | T2 | the [`Lanes`](crate::lanes::Lanes) read the currents at `read_target` |
/// | T3 | they add |
/// | T4 | they write to `write_target` |
///
/// A word is not issued while one of the two previous words goes to the same targets, because their
/// sums are not written yet. While the memory does not take the address, nothing enters T1. On the way to the lanes of wide cores there are registers, which delay
/// reads and writes equally. A row is taken in the cycle of `row_ready`, and its first word is
/// issued in the next cycle: rows follow one another without a gap.
///
/// While the host has the memory, `address` is its word, one cycle late. If no word is in T2,
/// `read_target` is the `other_target` of the previous cycle.
#[derive(Clone, Debug, LogicBlock)]
pub struct SynapseFetch<const WB: usize, const TB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// A row waits.
    pub row_valid: Signal<In, Bit>,
    /// The row that waits has words to deliver.
    pub row_enabled: Signal<In, Bit>,
    /// The first word of the row.
    pub first_word: Signal<In, Bits<WB>>,
    /// The target word of the row's first word.
    pub first_target: Signal<In, Bits<TB>>,
    /// The number of words of the row, less 1.
    pub last_offset: Signal<In, Bits<TB>>,
    /// The exponent of the row.
    pub exponent: Signal<In, Bits<3>>,
    /// The row, if there is one, is taken in this cycle.
    pub row_ready: Signal<Out, Bit>,
    /// The host has the memories.
    pub host: Signal<In, Bit>,
    /// The word that it wants.
    pub host_word: Signal<In, Bits<WB>>,
    /// T1: the target word to read when there is none.
    pub other_target: Signal<In, Bits<TB>>,
    /// T3: another current is to be written.
    pub other_write: Signal<In, Bit>,
    /// T3: its target word.
    pub other_written: Signal<In, Bits<TB>>,
    /// T0: to the synapse memory.
    pub address: Signal<Out, Bits<WB>>,
    /// T0: the word of `address` is asked for, until it is taken.
    pub asks: Signal<Out, Bit>,
    /// T0: the memory takes the address.
    pub taken: Signal<In, Bit>,
    /// T0: a word is issued.
    pub issue: Signal<Out, Bit>,
    /// T1: bit 0 of the exponent. T2: its bits 1 and 2, and whether the word is valid.
    pub strobes: Signal<Out, Bits<4>>,
    /// T2: the target word whose currents are read.
    pub read_target: Signal<Out, Bits<TB>>,
    /// T4: the target word whose currents are written.
    pub write_target: Signal<Out, Bits<TB>>,
    /// A word is somewhere between T0 and T4.
    pub busy: Signal<Out, Bit>,

    registered: Constant<Bit>,
    one_less: Constant<Bits<WB>>,
    one_target_less: Constant<Bits<TB>>,
    streaming: DFF<Bit>,
    word: DFF<Bits<WB>>,
    left: DFF<Bits<TB>>,
    exponent0: DFF<Bits<3>>,
    exponent_r: DFF<Bits<3>>,
    exponent1: DFF<Bits<3>>,
    exponent2: DFF<Bits<2>>,
    target0: DFF<Bits<TB>>,
    target_r: DFF<Bits<TB>>,
    target1: DFF<Bits<TB>>,
    target2: DFF<Bits<TB>>,
    target3: DFF<Bits<TB>>,
    target4: DFF<Bits<TB>>,
    valid_r: DFF<Bit>,
    valid1: DFF<Bit>,
    /// T2 to T4.
    valid: Valid<3>,
    valid2: Signal<Local, Bit>,
    same_r: Signal<Local, Bit>,
    same1: Signal<Local, Bit>,
    same2: Signal<Local, Bit>,
    clash: Signal<Local, Bit>,
    asking: Signal<Local, Bit>,
    issuing: Signal<Local, Bit>,
    last: Signal<Local, Bit>,
    ready: Signal<Local, Bit>,
    word_stride: Signal<Local, Bits<WB>>,
    target_stride: Signal<Local, Bits<TB>>,
    upper_shifts: Signal<Local, Bits<4>>,
    first_shift: Signal<Local, Bits<3>>,
    shifts: Signal<Local, Bits<4>>,
}

impl<const WB: usize, const TB: usize> SynapseFetch<WB, TB> {
    /// A streamer for a synapse memory whose output is `registered`, or not.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            row_valid: Default::default(),
            row_enabled: Default::default(),
            first_word: Default::default(),
            first_target: Default::default(),
            last_offset: Default::default(),
            exponent: Default::default(),
            row_ready: Default::default(),
            host: Default::default(),
            host_word: Default::default(),
            other_target: Default::default(),
            other_write: Default::default(),
            other_written: Default::default(),
            address: Default::default(),
            asks: Default::default(),
            taken: Default::default(),
            issue: Default::default(),
            strobes: Default::default(),
            read_target: Default::default(),
            write_target: Default::default(),
            busy: Default::default(),
            registered: Constant::new(registered),
            one_less: Constant::new(((1_u64 << WB) - 1).into()),
            one_target_less: Constant::new(((1_u64 << TB) - 1).into()),
            streaming: Default::default(),
            word: Default::default(),
            left: Default::default(),
            exponent0: Default::default(),
            exponent_r: Default::default(),
            exponent1: Default::default(),
            exponent2: Default::default(),
            target0: Default::default(),
            target_r: Default::default(),
            target1: Default::default(),
            target2: Default::default(),
            target3: Default::default(),
            target4: Default::default(),
            valid_r: Default::default(),
            valid1: Default::default(),
            valid: Default::default(),
            valid2: Default::default(),
            same_r: Default::default(),
            same1: Default::default(),
            same2: Default::default(),
            clash: Default::default(),
            asking: Default::default(),
            issuing: Default::default(),
            last: Default::default(),
            ready: Default::default(),
            word_stride: Default::default(),
            target_stride: Default::default(),
            upper_shifts: Default::default(),
            first_shift: Default::default(),
            shifts: Default::default(),
        }
    }
}

impl<const WB: usize, const TB: usize> Logic for SynapseFetch<WB, TB> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, streaming, word, left, exponent0, exponent_r, exponent1, exponent2,
            target0, target_r, target1, target2, target3, target4, valid_r, valid1
        );
        clock!(self, clock, valid);
        self.valid.step.next = true;
        self.valid.reset.next = false;
        self.valid.enters.next = self.valid1.q.val();
        self.valid2.next = self.valid.stages.val().get_bit(0);
        self.same_r.next = self.target_r.q.val() == self.target0.q.val();
        self.same1.next = self.target1.q.val() == self.target0.q.val();
        self.same2.next = self.target2.q.val() == self.target0.q.val();
        self.clash.next =
            (self.valid1.q.val() & self.same1.val()) | (self.valid2.val() & self.same2.val());
        if self.registered.val() {
            self.clash.next = (self.valid_r.q.val() & self.same_r.val())
                | (self.valid1.q.val() & self.same1.val());
        }
        self.asking.next = self.streaming.q.val() & !self.clash.val();
        self.asks.next = self.asking.val();
        self.issuing.next = self.asking.val() & self.taken.val();
        self.last.next = self.left.q.val() == 0;
        self.ready.next = !self.streaming.q.val() | (self.issuing.val() & self.last.val());

        // Loaded, or counted up by subtracting minus one: sum and selection fit into one cell per
        // bit.
        self.word_stride.next = self.one_less.val();
        self.target_stride.next = self.one_target_less.val();
        if self.ready.val() {
            self.word_stride.next = 0.into();
            self.target_stride.next = 0.into();
        }
        if self.issuing.val() | self.ready.val() {
            self.word.d.next = self.word.q.val() - self.word_stride.val();
            self.target0.d.next = self.target0.q.val() - self.target_stride.val();
            self.left.d.next = self.left.q.val() + self.target_stride.val();
            if self.ready.val() {
                self.word.d.next = self.first_word.val();
                self.target0.d.next = self.first_target.val();
                self.left.d.next = self.last_offset.val();
                self.exponent0.d.next = self.exponent.val();
                self.streaming.d.next = self.row_valid.val() & self.row_enabled.val();
                if self.host.val() {
                    self.word.d.next = self.host_word.val();
                }
            }
        }

        self.valid_r.d.next = self.issuing.val();
        self.target_r.d.next = self.target0.q.val();
        self.exponent_r.d.next = self.exponent0.q.val();
        self.valid1.d.next = self.issuing.val();
        self.target1.d.next = self.target0.q.val();
        self.exponent1.d.next = self.exponent0.q.val();
        if self.registered.val() {
            self.valid1.d.next = self.valid_r.q.val();
            self.target1.d.next = self.target_r.q.val();
            self.exponent1.d.next = self.exponent_r.q.val();
        }
        self.target2.d.next = self.other_target.val();
        if self.valid1.q.val() {
            self.target2.d.next = self.target1.q.val();
        }
        self.target3.d.next = self.target2.q.val();
        self.target4.d.next = self.target3.q.val();
        if self.other_write.val() {
            self.target4.d.next = self.other_written.val();
        }
        self.exponent2.d.next = self.exponent1.q.val().get_bits::<2>(1);
        if self.reset.val() {
            self.streaming.d.next = false;
            self.valid_r.d.next = false;
            self.valid1.d.next = false;
        }

        self.row_ready.next = self.ready.val();
        self.address.next = self.word.q.val();
        self.issue.next = self.issuing.val();
        self.first_shift.next = self.exponent1.q.val() & 1;
        self.upper_shifts.next = bit_cast::<4, 2>(self.exponent2.q.val()) << 1;
        self.shifts.next = self.upper_shifts.val() | bit_cast::<4, 3>(self.first_shift.val());
        self.strobes.next = self.shifts.val();
        if self.valid2.val() {
            self.strobes.next = self.shifts.val() | 8;
        }
        self.read_target.next = self.target2.q.val();
        self.write_target.next = self.target4.q.val();
        self.busy.next = self.streaming.q.val()
            | (self.valid_r.q.val() & self.registered.val())
            | self.valid1.q.val()
            | self.valid.stages.val().any();
    }
}
