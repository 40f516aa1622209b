//! Decides whether a request belongs to the current session.
//!
//! After a reset there is no session until a HELLO begins the session that it names. A request is
//! foreign if it has another session number than the last HELLO or is for another core.

use rust_hdl::prelude::*;

/// Knows the session, and refuses the requests of others.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct SessionGuard {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Ends the session; active high.
    pub reset: Signal<In, Bit>,
    /// Session and core of the request: session first, low byte first.
    pub addressed: Signal<In, Bits<24>>,
    /// Level: the request is HELLO.
    pub hello: Signal<In, Bit>,
    /// Strobe: the HELLO is accepted.
    pub begins: Signal<In, Bit>,
    /// The session; 0 after a reset.
    pub session: Signal<Out, Bits<16>>,
    /// Level: a host has greeted the device since the reset.
    pub greeted: Signal<Out, Bit>,
    /// Level: the request belongs to another session or to another core; one cycle late.
    pub foreign: Signal<Out, Bit>,

    session_now: DFF<Bits<16>>,
    greeted_now: DFF<Bit>,
    foreign_now: DFF<Bit>,
    other_core: Signal<Local, Bit>,
    other_session: Signal<Local, Bit>,
}

impl Logic for SessionGuard {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, session_now, greeted_now, foreign_now);
        self.session.next = self.session_now.q.val();
        self.greeted.next = self.greeted_now.q.val();
        self.foreign.next = self.foreign_now.q.val();

        // There is core 0 and no other.
        self.other_core.next = self.addressed.val().get_bits::<8>(16).any();
        self.other_session.next =
            self.addressed.val().get_bits::<16>(0) != self.session_now.q.val();
        self.foreign_now.d.next =
            self.other_core.val() | (self.other_session.val() & !self.hello.val());
        if self.begins.val() {
            self.session_now.d.next = self.addressed.val().get_bits::<16>(0);
            self.greeted_now.d.next = true;
        }
        if self.reset.val() {
            self.session_now.d.next = 0.into();
            self.greeted_now.d.next = false;
        }
    }
}
