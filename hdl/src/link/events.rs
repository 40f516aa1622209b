//! Counts events since the last visit of the register file's sweep.
//!
//! Five events that can occur in every cycle are counted in six bits each; a round of the sweep and
//! the longest access of the host are shorter than the range of these counters. The other events
//! have one bit each, because the line is too slow for two of them in a round.

use rust_hdl::prelude::*;

/// Events between two visits.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Events {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forgets all; active high.
    pub reset: Signal<In, Bit>,
    /// Which counter the sweep is at, as [`Registers`](super::registers::Registers) numbers them.
    pub slot: Signal<In, Bits<4>>,
    /// Strobe: the counter takes what happened.
    pub visit: Signal<In, Bit>,
    /// How often it happened; 0 in upper halves.
    pub amount: Signal<Out, Bits<6>>,
    /// Level: a tick is running.
    pub in_tick: Signal<In, Bit>,
    /// Strobe: a neuron fired.
    pub spike: Signal<In, Bit>,
    /// Strobe: a synapse word was delivered.
    pub word: Signal<In, Bit>,
    /// Strobe: a row was made due.
    pub route: Signal<In, Bit>,
    /// Strobe: a sum was clamped.
    pub clamp: Signal<In, Bit>,
    /// Strobe: a frame was refused.
    pub bad_frame: Signal<In, Bit>,
    /// Strobe: a byte had no stop bit.
    pub framing_error: Signal<In, Bit>,
    /// Strobe: a break.
    pub line_break: Signal<In, Bit>,
    /// Strobe: a frame found no room.
    pub ring_overrun: Signal<In, Bit>,
    /// Strobe: a tick is late.
    pub late_tick: Signal<In, Bit>,

    ticking: DFF<Bit>,
    spiked: DFF<Bit>,
    delivered: DFF<Bit>,
    made_due: DFF<Bit>,
    was_clamped: DFF<Bit>,
    was_late: DFF<Bit>,
    cycles: DFF<Bits<6>>,
    spikes: DFF<Bits<6>>,
    words: DFF<Bits<6>>,
    routed: DFF<Bits<6>>,
    clamps: DFF<Bits<6>>,
    bad_frames: DFF<Bit>,
    framing_errors: DFF<Bit>,
    line_breaks: DFF<Bit>,
    ring_overruns: DFF<Bit>,
    late_ticks: DFF<Bit>,
    rare: Signal<Local, Bit>,
}

impl Logic for Events {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            ticking,
            spiked,
            delivered,
            made_due,
            was_clamped,
            was_late,
            cycles,
            spikes,
            words,
            routed,
            clamps,
            bad_frames,
            framing_errors,
            line_breaks,
            ring_overruns,
            late_ticks
        );
        self.amount.next = 0.into();
        self.rare.next = false;

        // The core is far away, and a tick is late only if the core is not done.
        self.ticking.d.next = self.in_tick.val();
        self.spiked.d.next = self.spike.val();
        self.delivered.d.next = self.word.val();
        self.made_due.d.next = self.route.val();
        self.was_clamped.d.next = self.clamp.val();
        self.was_late.d.next = self.late_tick.val();
        self.cycles.d.next = self.cycles.q.val() + bit_cast::<6, 1>(self.ticking.q.val().into());
        self.spikes.d.next = self.spikes.q.val() + bit_cast::<6, 1>(self.spiked.q.val().into());
        self.words.d.next = self.words.q.val() + bit_cast::<6, 1>(self.delivered.q.val().into());
        self.routed.d.next = self.routed.q.val() + bit_cast::<6, 1>(self.made_due.q.val().into());
        self.clamps.d.next =
            self.clamps.q.val() + bit_cast::<6, 1>(self.was_clamped.q.val().into());
        if self.slot.val() == 0 {
            self.amount.next = self.cycles.q.val();
            if self.visit.val() {
                self.cycles.d.next = bit_cast::<6, 1>(self.ticking.q.val().into());
            }
        }
        if self.slot.val() == 2 {
            self.amount.next = self.spikes.q.val();
            if self.visit.val() {
                self.spikes.d.next = bit_cast::<6, 1>(self.spiked.q.val().into());
            }
        }
        if self.slot.val() == 4 {
            self.amount.next = self.words.q.val();
            if self.visit.val() {
                self.words.d.next = bit_cast::<6, 1>(self.delivered.q.val().into());
            }
        }
        if self.slot.val() == 6 {
            self.amount.next = self.routed.q.val();
            if self.visit.val() {
                self.routed.d.next = bit_cast::<6, 1>(self.made_due.q.val().into());
            }
        }
        if self.slot.val() == 8 {
            self.rare.next = self.bad_frames.q.val();
            if self.visit.val() {
                self.bad_frames.d.next = false;
            }
        }
        if self.slot.val() == 9 {
            self.rare.next = self.framing_errors.q.val();
            if self.visit.val() {
                self.framing_errors.d.next = false;
            }
        }
        if self.slot.val() == 10 {
            self.rare.next = self.line_breaks.q.val();
            if self.visit.val() {
                self.line_breaks.d.next = false;
            }
        }
        if self.slot.val() == 11 {
            self.rare.next = self.ring_overruns.q.val();
            if self.visit.val() {
                self.ring_overruns.d.next = false;
            }
        }
        if self.slot.val() == 12 {
            self.rare.next = self.late_ticks.q.val();
            if self.visit.val() {
                self.late_ticks.d.next = false;
            }
        }
        if self.slot.val().get_bit(3) {
            self.amount.next = bit_cast::<6, 1>(self.rare.val().into());
        }
        if self.slot.val() == 13 {
            self.amount.next = self.clamps.q.val();
            if self.visit.val() {
                self.clamps.d.next = bit_cast::<6, 1>(self.was_clamped.q.val().into());
            }
        }
        if self.bad_frame.val() {
            self.bad_frames.d.next = true;
        }
        if self.framing_error.val() {
            self.framing_errors.d.next = true;
        }
        if self.line_break.val() {
            self.line_breaks.d.next = true;
        }
        if self.ring_overrun.val() {
            self.ring_overruns.d.next = true;
        }
        if self.was_late.q.val() {
            self.late_ticks.d.next = true;
        }
        if self.reset.val() {
            self.cycles.d.next = 0.into();
            self.spikes.d.next = 0.into();
            self.words.d.next = 0.into();
            self.routed.d.next = 0.into();
            self.clamps.d.next = 0.into();
            self.was_late.d.next = false;
            self.bad_frames.d.next = false;
            self.framing_errors.d.next = false;
            self.line_breaks.d.next = false;
            self.ring_overruns.d.next = false;
            self.late_ticks.d.next = false;
        }
    }
}
