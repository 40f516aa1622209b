//! Holds the learning rule that is currently in use.

use rust_hdl::prelude::*;

use spec::Sizes;
use spec::elements::{RuleBounds, RuleFlags, RulePre, RuleStep, RuleThresholdDecay};

use super::RuleMemory;
use crate::optional::Optional;

// The bit positions of the fields of a rule's elements.
const _: () = {
    let window = RulePre::of(&Sizes::SMALLEST);
    assert!(window.factor.at == 0 && window.factor.bits == 13);
    assert!(window.nearest.at == 13 && window.rectangular.at == 14);
    assert!(RuleBounds::of(&Sizes::SMALLEST).weight_max.at == 8);
    assert!(RuleStep::of(&Sizes::SMALLEST).threshold_step.bits == 15);
    assert!(
        RuleThresholdDecay::of(&Sizes::SMALLEST)
            .threshold_decay
            .bits
            == 13
    );
    let flags = RuleFlags::of(&Sizes::SMALLEST);
    assert!(flags.enabled.at == 0 && flags.soft.at == 1);
    assert!(flags.threshold_every.at == 2 && flags.threshold_every.bits == 4);
};

/// Stores the needed fields of one rule, whose elements pass one by one; or, if `in_memory`, has
/// access to all rules.
///
/// A rule has three parts: that of a row that is delivered, that of a row at the end of the tick,
/// and that of a neuron. The parts share the registers.
#[derive(Clone, Debug, LogicBlock)]
pub struct Rules {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget it: the rules may have changed.
    pub forget: Signal<In, Bit>,
    /// A rule.
    pub wanted: Signal<In, Bits<2>>,
    /// Its part is that of a row that is delivered.
    pub delivered: Signal<In, Bit>,
    /// Or else that of a neuron.
    pub neuron: Signal<In, Bit>,
    /// The rule of the next cycle.
    pub coming: Signal<In, Bits<2>>,
    /// `delivered` of the next cycle; `neuron` is that of both.
    pub delivered_coming: Signal<In, Bit>,
    /// The decay factor of the trace is the factor: now, or in the next cycle where rules are in
    /// memory.
    pub decays_trace: Signal<In, Bit>,
    /// The decay factor of the steps is the factor, in the same way.
    pub decays_steps: Signal<In, Bit>,
    /// The elements of the wanted rule have been read.
    pub known: Signal<Out, Bit>,
    /// Element `element` of the wanted rule passes.
    pub load: Signal<In, Bit>,
    /// Its number; the last is 7.
    pub element: Signal<In, Bits<3>>,
    /// The element.
    pub data: Signal<In, Bits<16>>,
    /// The host writes an element.
    pub write: Signal<In, Bit>,
    /// Its place: eight times the rule, and its number.
    pub write_place: Signal<In, Bits<5>>,
    /// The element.
    pub write_data: Signal<In, Bits<16>>,

    /// Anything is done by it.
    pub enabled: Signal<Out, Bit>,
    /// Keep of the trace, 4096ths, or ticks of a rectangular window.
    pub number: Signal<Out, Bits<13>>,
    /// The last spike alone counts.
    pub nearest: Signal<Out, Bit>,
    /// The window is rectangular.
    pub rectangular: Signal<Out, Bit>,
    /// The amplitude is negative; holds unless something else is multiplied.
    pub negative: Signal<Out, Bit>,
    /// The factor of the multiplier: a decay factor in 1/4096, or the magnitude of the amplitude in
    /// 1/1024, less one if the amplitude is negative.
    pub factor: Signal<Out, Bits<16>>,
    /// Lower bound.
    pub low: Signal<Out, Bits<8>>,
    /// Upper bound.
    pub high: Signal<Out, Bits<8>>,
    /// Bounds are soft.
    pub soft_bounds: Signal<Out, Bit>,
    /// Step of the threshold.
    pub step: Signal<Out, Bits<15>>,
    /// log2 of the ticks from one decay of the steps to the next.
    pub every: Signal<Out, Bits<4>>,

    in_memory: Constant<Bit>,
    memory: Optional<RuleMemory>,
    valid: DFF<Bit>,
    held: DFF<Bits<2>>,
    held_kind: DFF<Bits<2>>,
    kind: Signal<Local, Bits<2>>,
    window: DFF<Bits<15>>,
    scale: DFF<Bits<16>>,
    bounds: DFF<Bits<16>>,
    steps: DFF<Bits<15>>,
    decay: DFF<Bits<13>>,
    flags: DFF<Bits<6>>,
    /// The factor that the memory outputs for the product is a decay.
    shows_decay: DFF<Bit>,
    same: Signal<Local, Bit>,
    same_kind: Signal<Local, Bit>,
    is_neuron: Signal<Local, Bit>,
    is_row: Signal<Local, Bit>,
    row_coming: Signal<Local, Bit>,
    neuron_coming: Signal<Local, Bit>,
    is_window: Signal<Local, Bits<15>>,
    is_scale: Signal<Local, Bits<16>>,
    is_bounds: Signal<Local, Bits<16>>,
    is_steps: Signal<Local, Bits<15>>,
    is_decay: Signal<Local, Bit>,
    multiplied: Signal<Local, Bits<16>>,
    is_flags: Signal<Local, Bits<6>>,
}

impl Rules {
    /// All rules `in_memory`, or one in registers.
    #[must_use]
    pub fn new(in_memory: bool) -> Self {
        Self {
            clock: Default::default(),
            forget: Default::default(),
            wanted: Default::default(),
            delivered: Default::default(),
            neuron: Default::default(),
            coming: Default::default(),
            delivered_coming: Default::default(),
            decays_trace: Default::default(),
            decays_steps: Default::default(),
            known: Default::default(),
            load: Default::default(),
            element: Default::default(),
            data: Default::default(),
            write: Default::default(),
            write_place: Default::default(),
            write_data: Default::default(),
            enabled: Default::default(),
            number: Default::default(),
            nearest: Default::default(),
            rectangular: Default::default(),
            negative: Default::default(),
            factor: Default::default(),
            low: Default::default(),
            high: Default::default(),
            soft_bounds: Default::default(),
            step: Default::default(),
            every: Default::default(),
            in_memory: Constant::new(in_memory),
            memory: Optional::new(RuleMemory::default(), in_memory),
            valid: Default::default(),
            held: Default::default(),
            held_kind: Default::default(),
            kind: Default::default(),
            window: Default::default(),
            scale: Default::default(),
            bounds: Default::default(),
            steps: Default::default(),
            decay: Default::default(),
            flags: Default::default(),
            shows_decay: Default::default(),
            same: Default::default(),
            same_kind: Default::default(),
            is_neuron: Default::default(),
            is_row: Default::default(),
            row_coming: Default::default(),
            neuron_coming: Default::default(),
            is_window: Default::default(),
            is_scale: Default::default(),
            is_bounds: Default::default(),
            is_steps: Default::default(),
            is_decay: Default::default(),
            multiplied: Default::default(),
            is_flags: Default::default(),
        }
    }
}

impl Logic for Rules {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            valid,
            held,
            held_kind,
            window,
            scale,
            bounds,
            steps,
            decay,
            flags,
            shows_decay
        );
        clock!(self, clock, memory);
        self.is_neuron.next = self.neuron.val() & !self.delivered.val();
        self.is_row.next = !self.neuron.val() & !self.delivered.val();
        self.kind.next = 0.into();
        if self.is_row.val() {
            self.kind.next = 1.into();
        }
        if self.is_neuron.val() {
            self.kind.next = 2.into();
        }
        self.same.next = self.held.q.val() == self.wanted.val();
        self.same_kind.next = self.held_kind.q.val() == self.kind.val();
        self.known.next =
            self.in_memory.val() | (self.valid.q.val() & self.same.val() & self.same_kind.val());
        self.memory.write.next = self.write.val();
        self.memory.place.next = self.write_place.val();
        self.memory.data.next = self.write_data.val();
        self.memory.rule.next = self.coming.val();
        self.row_coming.next = !self.neuron.val() & !self.delivered_coming.val();
        self.neuron_coming.next = self.neuron.val() & !self.delivered_coming.val();
        self.memory.is_row.next = self.row_coming.val();
        self.memory.is_neuron.next = self.neuron_coming.val();
        self.memory.decays_trace.next = self.decays_trace.val();
        self.memory.decays_steps.next = self.decays_steps.val();
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
                    self.decay.d.next = self.data.val().get_bits::<13>(0);
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

        self.is_window.next = self.window.q.val();
        self.is_scale.next = self.scale.q.val();
        self.is_bounds.next = self.bounds.q.val();
        self.is_steps.next = self.steps.q.val();
        self.is_flags.next = self.flags.q.val();
        if self.in_memory.val() {
            self.is_window.next = self.memory.window.val().get_bits::<15>(0);
            self.is_scale.next = self.memory.scale.val();
            self.is_bounds.next = self.memory.bounds.val();
            self.is_steps.next = self.memory.steps.val().get_bits::<15>(0);
            self.is_flags.next = self.memory.flags.val().get_bits::<6>(0);
        }
        self.enabled.next = self.is_flags.val().get_bit(0);
        self.soft_bounds.next = self.is_flags.val().get_bit(1);
        self.every.next = self.is_flags.val().get_bits::<4>(2);
        self.number.next = self.is_window.val().get_bits::<13>(0);
        self.nearest.next = self.is_window.val().get_bit(13);
        self.rectangular.next = self.is_window.val().get_bit(14);
        self.negative.next = self.is_scale.val().get_bit(15);
        // The memory outputs the decay factor instead of the amplitude.
        self.shows_decay.d.next = self.decays_trace.val() | self.decays_steps.val();
        self.is_decay.next = self.decays_trace.val() | self.decays_steps.val();
        self.multiplied.next = self.is_scale.val();
        if self.in_memory.val() {
            self.is_decay.next = self.shows_decay.q.val();
        } else if self.decays_trace.val() {
            self.multiplied.next = bit_cast::<16, 15>(self.window.q.val());
        } else if self.decays_steps.val() {
            self.multiplied.next = bit_cast::<16, 13>(self.decay.q.val());
        }
        self.factor.next = self.multiplied.val();
        if self.is_decay.val() {
            self.factor.next = self.multiplied.val() & 0xfff;
            if self.multiplied.val().get_bit(12) {
                self.factor.next = 0x1000.into();
            }
        } else if self.multiplied.val().get_bit(15) {
            self.factor.next = !self.multiplied.val();
        }
        self.low.next = self.is_bounds.val().get_bits::<8>(0);
        self.high.next = self.is_bounds.val().get_bits::<8>(8);
        self.step.next = self.is_steps.val();
    }
}
