//! The rule that is being followed.

use rust_hdl::prelude::*;

/// Keeps what is needed of one rule; its elements pass one by one.
///
/// A rule is needed in three parts: that of a row that is delivered, of a row at the end of the
/// tick, and of a neuron. The parts share the registers, and `kind` is a part.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Rules {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget it: the rules may have changed.
    pub forget: Signal<In, Bit>,
    /// A rule.
    pub wanted: Signal<In, Bits<2>>,
    /// A part of it: 0 delivery, 1 row, 2 neuron.
    pub kind: Signal<In, Bits<2>>,
    /// It is here.
    pub known: Signal<Out, Bit>,
    /// Element `element` of the wanted rule passes.
    pub load: Signal<In, Bit>,
    /// Its number; the last is 7.
    pub element: Signal<In, Bits<3>>,
    /// The element.
    pub data: Signal<In, Bits<16>>,

    /// Anything is done by it.
    pub enabled: Signal<Out, Bit>,
    /// Keep of the trace, 4096ths, or ticks of a rectangular window.
    pub number: Signal<Out, Bits<13>>,
    /// The last spike alone counts.
    pub nearest: Signal<Out, Bit>,
    /// The window is rectangular.
    pub rectangular: Signal<Out, Bit>,
    /// The amplitude is negative.
    pub negative: Signal<Out, Bit>,
    /// Its magnitude, 1/1024.
    pub amplitude: Signal<Out, Bits<16>>,
    /// Lower bound.
    pub low: Signal<Out, Bits<8>>,
    /// Upper bound.
    pub high: Signal<Out, Bits<8>>,
    /// Bounds are soft.
    pub soft_bounds: Signal<Out, Bit>,
    /// Step of the threshold.
    pub step: Signal<Out, Bits<15>>,
    /// Keep of the steps, 4096ths.
    pub step_keep: Signal<Out, Bits<13>>,
    /// log2 of the ticks from one decay of the steps to the next.
    pub every: Signal<Out, Bits<4>>,

    valid: DFF<Bit>,
    held: DFF<Bits<2>>,
    held_kind: DFF<Bits<2>>,
    window: DFF<Bits<15>>,
    scale: DFF<Bits<16>>,
    bounds: DFF<Bits<16>>,
    steps: DFF<Bits<15>>,
    keep: DFF<Bits<13>>,
    flags: DFF<Bits<6>>,
    same: Signal<Local, Bit>,
    same_kind: Signal<Local, Bit>,
    is_neuron: Signal<Local, Bit>,
    is_row: Signal<Local, Bit>,
}

impl Logic for Rules {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, valid, held, held_kind, window, scale, bounds, steps, keep, flags
        );
        self.same.next = self.held.q.val() == self.wanted.val();
        self.same_kind.next = self.held_kind.q.val() == self.kind.val();
        self.known.next = self.valid.q.val() & self.same.val() & self.same_kind.val();
        self.is_row.next = self.kind.val() == 1;
        self.is_neuron.next = self.kind.val() == 2;
        if self.load.val() {
            self.held.d.next = self.wanted.val();
            self.held_kind.d.next = self.kind.val();
            self.valid.d.next = false;
            match self.element.val().index() {
                0 => {
                    if self.is_row.val() {
                        self.window.d.next = self.data.val().get_bits::<15>(0);
                    }
                }
                1 => {
                    if self.is_neuron.val() {
                        self.window.d.next = self.data.val().get_bits::<15>(0);
                    }
                }
                2 => {
                    if self.is_row.val() {
                        self.scale.d.next = self.data.val();
                    }
                }
                3 => {
                    if !self.is_row.val() {
                        self.scale.d.next = self.data.val();
                    }
                }
                4 => {
                    self.bounds.d.next = self.data.val();
                }
                5 => {
                    self.steps.d.next = self.data.val().get_bits::<15>(0);
                }
                6 => {
                    self.keep.d.next = self.data.val().get_bits::<13>(0);
                }
                _ => {
                    self.flags.d.next = self.data.val().get_bits::<6>(0);
                    self.valid.d.next = true;
                }
            }
        }
        if self.forget.val() {
            self.valid.d.next = false;
        }

        self.enabled.next = self.flags.q.val().get_bit(0);
        self.soft_bounds.next = self.flags.q.val().get_bit(1);
        self.every.next = self.flags.q.val().get_bits::<4>(2);
        self.number.next = self.window.q.val().get_bits::<13>(0);
        self.nearest.next = self.window.q.val().get_bit(13);
        self.rectangular.next = self.window.q.val().get_bit(14);
        self.negative.next = self.scale.q.val().get_bit(15);
        self.amplitude.next = self.scale.q.val();
        if self.scale.q.val().get_bit(15) {
            self.amplitude.next = !self.scale.q.val() + 1;
        }
        self.low.next = self.bounds.q.val().get_bits::<8>(0);
        self.high.next = self.bounds.q.val().get_bits::<8>(8);
        self.step.next = self.steps.q.val();
        self.step_keep.next = self.keep.q.val();
    }
}
