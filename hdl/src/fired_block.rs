//! Collects the neurons that fired, one block of neurons at a time, for the router.

use rust_hdl::prelude::*;

/// Blocks of `WW` = 2^`WWB` of 2^`NB` neurons.
///
/// # Timing
/// Neurons come in ascending order, at most one per cycle. After the last neuron of a block, if one
/// of the block fired, `waiting` is high from the next cycle on until `taken`; during this time no
/// neuron may come, except in the cycle of `taken` itself.
#[derive(Clone, Debug, LogicBlock)]
pub struct FiredBlock<const NB: usize, const WW: usize, const WWB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// A neuron was updated.
    pub updated: Signal<In, Bit>,
    /// The number of this neuron.
    pub n: Signal<In, Bits<NB>>,
    /// This neuron fired.
    pub fired: Signal<In, Bit>,
    /// The spikes of this neuron are reported.
    pub report: Signal<In, Bit>,
    /// A block is complete and at least one of its neurons fired.
    pub waiting: Signal<Out, Bit>,
    /// The block is taken over.
    pub taken: Signal<In, Bit>,
    /// First neuron of the block.
    pub first: Signal<Out, Bits<NB>>,
    /// Who fired; bit 0 is `first`.
    pub fired_bits: Signal<Out, Bits<WW>>,
    /// Whose spike is reported.
    pub report_bits: Signal<Out, Bits<WW>>,

    high: Constant<Bits<WW>>,
    low_mask: Constant<Bits<NB>>,
    fires: DFF<Bits<WW>>,
    reports: DFF<Bits<WW>>,
    complete: DFF<Bit>,
    first_n: DFF<Bits<NB>>,
    shifted: Signal<Local, Bits<WW>>,
    reported: Signal<Local, Bits<WW>>,
    block_end: Signal<Local, Bits<NB>>,
    somebody: Signal<Local, Bit>,
}

impl<const NB: usize, const WW: usize, const WWB: usize> Default for FiredBlock<NB, WW, WWB> {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            updated: Default::default(),
            n: Default::default(),
            fired: Default::default(),
            report: Default::default(),
            waiting: Default::default(),
            taken: Default::default(),
            first: Default::default(),
            fired_bits: Default::default(),
            report_bits: Default::default(),
            high: Constant::new((1_u64 << (WW - 1)).into()),
            low_mask: Constant::new(((1_u64 << WWB) - 1).into()),
            fires: Default::default(),
            reports: Default::default(),
            complete: Default::default(),
            first_n: Default::default(),
            shifted: Default::default(),
            reported: Default::default(),
            block_end: Default::default(),
            somebody: Default::default(),
        }
    }
}

impl<const NB: usize, const WW: usize, const WWB: usize> Logic for FiredBlock<NB, WW, WWB> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, fires, reports, complete, first_n);
        // After WW neurons, the first has been shifted to bit 0.
        self.shifted.next = self.fires.q.val() >> 1;
        if self.fired.val() {
            self.shifted.next = (self.fires.q.val() >> 1) | self.high.val();
        }
        self.reported.next = self.reports.q.val() >> 1;
        if self.report.val() {
            self.reported.next = (self.reports.q.val() >> 1) | self.high.val();
        }
        self.block_end.next = self.n.val() | !self.low_mask.val();
        self.somebody.next = self.shifted.val().any();
        if self.taken.val() {
            self.complete.d.next = false;
        }
        if self.updated.val() {
            self.fires.d.next = self.shifted.val();
            self.reports.d.next = self.reported.val();
            if self.block_end.val().all() {
                self.complete.d.next = self.somebody.val();
                self.first_n.d.next = self.n.val() & !self.low_mask.val();
            }
        }
        if self.reset.val() {
            self.complete.d.next = false;
        }
        self.waiting.next = self.complete.q.val();
        self.first.next = self.first_n.q.val();
        self.fired_bits.next = self.fires.q.val();
        self.report_bits.next = self.reports.q.val();
    }
}
