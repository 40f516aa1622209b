//! Encodes the words of the stream from the core: stamps, spikes, probes.

use rust_hdl::prelude::*;

/// 2^`NB` neurons, values of `S` bits.
///
/// # Timing
/// A request must be held until it is taken, in the cycle of its last word. The first request of a
/// tick first sends the stamp. There is only one request at a time. Where reads are registered, the
/// acknowledgement comes one cycle later, and the request in that cycle is ignored.
#[derive(Clone, Debug, LogicBlock)]
pub struct EventOut<const NB: usize, const S: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// Low bits of the tick.
    pub tick: Signal<In, Bits<14>>,
    /// A tick begins: its stamp has not been sent.
    pub tick_begin: Signal<In, Bit>,
    /// Request: send the stamp.
    pub stamp: Signal<In, Bit>,
    /// It was sent in this tick.
    pub stamped: Signal<Out, Bit>,
    /// Request: a spike.
    pub spike: Signal<In, Bit>,
    /// The neuron that spiked.
    pub spike_id: Signal<In, Bits<NB>>,
    /// The word of the spike is accepted.
    pub spike_taken: Signal<Out, Bit>,
    /// Request: a probe.
    pub probe: Signal<In, Bit>,
    /// The neuron that is probed.
    pub probe_id: Signal<In, Bits<NB>>,
    /// The probe reports the potential.
    pub probe_v: Signal<In, Bit>,
    /// The probe reports the current.
    pub probe_i: Signal<In, Bit>,
    /// The potential.
    pub v: Signal<In, Bits<S>>,
    /// The current.
    pub current: Signal<In, Bits<S>>,
    /// The last word of the probe is accepted.
    pub probe_taken: Signal<Out, Bit>,
    /// The word.
    pub word: Signal<Out, Bits<16>>,
    /// `word` is valid.
    pub valid: Signal<Out, Bit>,
    /// The word is accepted.
    pub ready: Signal<In, Bit>,

    registered: Constant<Bit>,
    two_words: Constant<Bit>,
    top: Constant<Bits<8>>,
    sign: Constant<Bits<32>>,
    stamp_mark: Constant<Bits<16>>,
    probe_mark: Constant<Bits<16>>,
    sent: DFF<Bit>,
    header_sent: DFF<Bit>,
    v_sent: DFF<Bit>,
    half_sent: DFF<Bit>,
    stamped_late: DFF<Bit>,
    spike_late: DFF<Bit>,
    probe_late: DFF<Bit>,
    spikes: Signal<Local, Bit>,
    probes: Signal<Local, Bit>,
    spike_done: Signal<Local, Bit>,
    probe_done: Signal<Local, Bit>,
    requested: Signal<Local, Bit>,
    on_v: Signal<Local, Bit>,
    on_current: Signal<Local, Bit>,
    value: Signal<Local, Bits<S>>,
    wide: Signal<Local, Bits<32>>,
    value_end: Signal<Local, Bit>,
    more_after_v: Signal<Local, Bit>,
    fields: Signal<Local, Bit>,
    last: Signal<Local, Bit>,
    accepted: Signal<Local, Bit>,
}

impl<const NB: usize, const S: usize> EventOut<NB, S> {
    /// An encoder whose acknowledgement comes from a register if `registered`.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            tick: Default::default(),
            tick_begin: Default::default(),
            stamp: Default::default(),
            stamped: Default::default(),
            spike: Default::default(),
            spike_id: Default::default(),
            spike_taken: Default::default(),
            probe: Default::default(),
            probe_id: Default::default(),
            probe_v: Default::default(),
            probe_i: Default::default(),
            v: Default::default(),
            current: Default::default(),
            probe_taken: Default::default(),
            word: Default::default(),
            valid: Default::default(),
            ready: Default::default(),
            registered: Constant::new(registered),
            two_words: Constant::new(S > 16),
            top: Constant::new((S as u64 - 1).into()),
            sign: Constant::new((0xffff_ffff_u64 & !((1 << S) - 1)).into()),
            stamp_mark: Constant::new(0x4000.into()),
            probe_mark: Constant::new(0x8000.into()),
            sent: Default::default(),
            header_sent: Default::default(),
            v_sent: Default::default(),
            half_sent: Default::default(),
            stamped_late: Default::default(),
            spike_late: Default::default(),
            probe_late: Default::default(),
            spikes: Default::default(),
            probes: Default::default(),
            spike_done: Default::default(),
            probe_done: Default::default(),
            requested: Default::default(),
            on_v: Default::default(),
            on_current: Default::default(),
            value: Default::default(),
            wide: Default::default(),
            value_end: Default::default(),
            more_after_v: Default::default(),
            fields: Default::default(),
            last: Default::default(),
            accepted: Default::default(),
        }
    }
}

impl<const NB: usize, const S: usize> Logic for EventOut<NB, S> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            sent,
            header_sent,
            v_sent,
            half_sent,
            stamped_late,
            spike_late,
            probe_late
        );
        self.spikes.next = self.spike.val();
        self.probes.next = self.probe.val();
        if self.registered.val() {
            self.spikes.next = self.spike.val() & !self.spike_late.q.val();
            self.probes.next = self.probe.val() & !self.probe_late.q.val();
        }
        self.requested.next = self.stamp.val() | self.spikes.val() | self.probes.val();

        // The position within a probe: header, potential, current; each value in one word or two.
        self.on_v.next = self.header_sent.q.val() & self.probe_v.val() & !self.v_sent.q.val();
        self.on_current.next = self.header_sent.q.val() & !self.on_v.val();
        self.value.next = self.current.val();
        if self.on_v.val() {
            self.value.next = self.v.val();
        }
        self.wide.next = bit_cast::<32, S>(self.value.val());
        if self.value.val().get_bit(self.top.val().index()) {
            self.wide.next = bit_cast::<32, S>(self.value.val()) | self.sign.val();
        }
        self.value_end.next = self.half_sent.q.val() | !self.two_words.val();
        self.fields.next = self.probe_v.val() | self.probe_i.val();
        self.more_after_v.next = self.on_v.val() & self.probe_i.val();
        self.last.next = !self.fields.val();
        if self.header_sent.q.val() {
            self.last.next = self.value_end.val() & !self.more_after_v.val();
        }

        self.word.next = bit_cast::<16, NB>(self.spike_id.val());
        if self.probe.val() {
            self.word.next = bit_cast::<16, NB>(self.probe_id.val()) | self.probe_mark.val();
            if self.header_sent.q.val() {
                self.word.next = self.wide.val().get_bits::<16>(0);
                if self.half_sent.q.val() {
                    self.word.next = self.wide.val().get_bits::<16>(16);
                }
            }
        }
        if !self.sent.q.val() {
            self.word.next = bit_cast::<16, 14>(self.tick.val()) | self.stamp_mark.val();
        }
        self.valid.next = self.spikes.val() | self.probes.val();
        if !self.sent.q.val() {
            self.valid.next = self.requested.val();
        }
        self.accepted.next = self.sent.q.val() & self.ready.val();
        self.spike_done.next = self.accepted.val() & self.spikes.val();
        self.probe_done.next = self.accepted.val() & self.probes.val() & self.last.val();
        self.spike_late.d.next = self.spike_done.val();
        self.probe_late.d.next = self.probe_done.val();
        self.stamped_late.d.next = self.sent.q.val();
        self.spike_taken.next = self.spike_done.val();
        self.probe_taken.next = self.probe_done.val();
        self.stamped.next = self.sent.q.val();
        if self.registered.val() {
            self.spike_taken.next = self.spike_late.q.val();
            self.probe_taken.next = self.probe_late.q.val();
            self.stamped.next = self.stamped_late.q.val();
        }

        if self.requested.val() & self.ready.val() {
            self.sent.d.next = true;
        }
        if self.accepted.val() & self.probes.val() {
            self.header_sent.d.next = !self.last.val();
            if self.header_sent.q.val() {
                self.half_sent.d.next = !self.value_end.val();
                self.v_sent.d.next = self.value_end.val() & self.more_after_v.val();
                if self.on_current.val() {
                    self.v_sent.d.next = !self.last.val();
                }
            }
        }
        if self.tick_begin.val() | self.reset.val() {
            self.sent.d.next = false;
            self.stamped_late.d.next = false;
            self.header_sent.d.next = false;
            self.v_sent.d.next = false;
            self.half_sent.d.next = false;
        }
    }
}
