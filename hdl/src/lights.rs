//! Four LEDs: a heartbeat, and the activity in the last sixteenth of a heartbeat.

use rust_hdl::prelude::*;

/// Bits of the counter behind the heartbeat: enough for 134 MHz.
const COUNTER_BITS: usize = 27;

/// A heartbeat of about one second.
#[derive(Clone, Debug, LogicBlock)]
pub struct Lights {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// A byte comes in.
    pub link: Signal<In, Bit>,
    /// A tick is under way.
    pub tick: Signal<In, Bit>,
    /// Something went wrong.
    pub trouble: Signal<In, Bit>,
    /// Alive, link, tick, trouble; high is on.
    pub led: Signal<Out, Bits<4>>,

    beat_place: Constant<Bits<8>>,
    sample_place: Constant<Bits<8>>,
    counter: DFF<Bits<COUNTER_BITS>>,
    sample_before: DFF<Bit>,
    link_seen: DFF<Bit>,
    tick_seen: DFF<Bit>,
    link_shown: DFF<Bit>,
    tick_shown: DFF<Bit>,
    sample: Signal<Local, Bit>,
    beat: Signal<Local, Bits<4>>,
    link_light: Signal<Local, Bits<4>>,
    tick_light: Signal<Local, Bits<4>>,
    trouble_light: Signal<Local, Bits<4>>,
}

impl Lights {
    /// Lights for a clock of that frequency.
    #[must_use]
    pub fn new(clock_hz: u32) -> Self {
        let place = u64::from(clock_hz.ilog2()).clamp(6, COUNTER_BITS as u64) - 1;
        Self {
            clock: Default::default(),
            link: Default::default(),
            tick: Default::default(),
            trouble: Default::default(),
            led: Default::default(),
            beat_place: Constant::new(place.into()),
            sample_place: Constant::new((place - 4).into()),
            counter: Default::default(),
            sample_before: Default::default(),
            link_seen: Default::default(),
            tick_seen: Default::default(),
            link_shown: Default::default(),
            tick_shown: Default::default(),
            sample: Default::default(),
            beat: Default::default(),
            link_light: Default::default(),
            tick_light: Default::default(),
            trouble_light: Default::default(),
        }
    }
}

impl Logic for Lights {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            counter,
            sample_before,
            link_seen,
            tick_seen,
            link_shown,
            tick_shown
        );
        self.counter.d.next = self.counter.q.val() + 1;
        self.sample_before.d.next = self
            .counter
            .q
            .val()
            .get_bit(self.sample_place.val().index());
        self.sample.next = self.sample_before.q.val()
            & !self
                .counter
                .q
                .val()
                .get_bit(self.sample_place.val().index());
        self.link_seen.d.next = self.link_seen.q.val() | self.link.val();
        self.tick_seen.d.next = self.tick_seen.q.val() | self.tick.val();
        if self.sample.val() {
            self.link_shown.d.next = self.link_seen.q.val();
            self.tick_shown.d.next = self.tick_seen.q.val();
            self.link_seen.d.next = self.link.val();
            self.tick_seen.d.next = self.tick.val();
        }
        self.beat.next = 0.into();
        if self.counter.q.val().get_bit(self.beat_place.val().index()) {
            self.beat.next = 1.into();
        }
        self.link_light.next = 0.into();
        if self.link_shown.q.val() {
            self.link_light.next = 2.into();
        }
        self.tick_light.next = 0.into();
        if self.tick_shown.q.val() {
            self.tick_light.next = 4.into();
        }
        self.trouble_light.next = 0.into();
        if self.trouble.val() {
            self.trouble_light.next = 8.into();
        }
        self.led.next = self.beat.val()
            | self.link_light.val()
            | self.tick_light.val()
            | self.trouble_light.val();
    }
}
