//! The whole device: link, core, and the reset after power-up.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;

use crate::core::Core;
use crate::lights::Lights;
use crate::link::Link;
use crate::near::Near;
use crate::power_on::PowerOn;

/// One device. The parameters are those of [`Core`], followed by those of [`Link`].
#[derive(Clone, Debug, LogicBlock)]
pub struct Top<
    const NB: usize,
    const LB: usize,
    const TB: usize,
    const RB: usize,
    const WWB: usize,
    const WB: usize,
    const P: usize,
    const WW: usize,
    const S: usize,
    const PW: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const XB: usize,
    const BODY: usize,
    const LINK: usize,
    const RW: usize,
    const DW: usize,
    const LA: usize,
    const LI: usize,
    const TC: usize,
    const GB: usize,
    const GC: usize,
    const PN: usize,
    const G: usize,
    const SB: usize,
    const IB: usize,
    const IP: usize,
    const OB: usize,
    const OP: usize,
> {
    /// The only clock, at the config's frequency.
    pub clock: Signal<In, Clock>,
    /// The clock has its frequency; once low, the device is reset, and waits for it a while. Need
    /// not be synchronous.
    pub locked: Signal<In, Bit>,
    /// Line from the host, rests high.
    pub rx: Signal<In, Bit>,
    /// Line to the host, rests high.
    pub tx: Signal<Out, Bit>,
    /// Heartbeat, bytes coming in, ticks, trouble on the line; high is on.
    pub led: Signal<Out, Bits<4>>,
    /// The device is not in reset. Low where there is no clock.
    pub started: Signal<Out, Bit>,

    power_on: PowerOn,
    region: Near<5>,
    index: Near<24>,
    data: Near<32>,
    link: Link<IB, IP, OB, OP>,
    core: Core<
        NB,
        LB,
        TB,
        RB,
        WWB,
        WB,
        P,
        WW,
        S,
        PW,
        S1,
        S2,
        S3,
        XB,
        BODY,
        LINK,
        RW,
        DW,
        LA,
        LI,
        TC,
        GB,
        GC,
        PN,
        G,
        SB,
    >,
    lights: Lights,
}

impl<
    const NB: usize,
    const LB: usize,
    const TB: usize,
    const RB: usize,
    const WWB: usize,
    const WB: usize,
    const P: usize,
    const WW: usize,
    const S: usize,
    const PW: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const XB: usize,
    const BODY: usize,
    const LINK: usize,
    const RW: usize,
    const DW: usize,
    const LA: usize,
    const LI: usize,
    const TC: usize,
    const GB: usize,
    const GC: usize,
    const PN: usize,
    const G: usize,
    const SB: usize,
    const IB: usize,
    const IP: usize,
    const OB: usize,
    const OP: usize,
>
    Top<
        NB,
        LB,
        TB,
        RB,
        WWB,
        WB,
        P,
        WW,
        S,
        PW,
        S1,
        S2,
        S3,
        XB,
        BODY,
        LINK,
        RW,
        DW,
        LA,
        LI,
        TC,
        GB,
        GC,
        PN,
        G,
        SB,
        IB,
        IP,
        OB,
        OP,
    >
{
    /// The device of `config`.
    ///
    /// # Panics
    /// When the parameters do not agree with it: they are written in one place, [`crate::emit`].
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        Self {
            clock: Default::default(),
            locked: Default::default(),
            rx: Default::default(),
            tx: Default::default(),
            led: Default::default(),
            started: Default::default(),
            power_on: Default::default(),
            region: Near::new(config.registered_reads),
            index: Near::new(config.registered_reads),
            data: Near::new(config.registered_reads),
            link: Link::new(config),
            core: Core::new(config),
            lights: Lights::new(config.clock_hz),
        }
    }
}

impl<
    const NB: usize,
    const LB: usize,
    const TB: usize,
    const RB: usize,
    const WWB: usize,
    const WB: usize,
    const P: usize,
    const WW: usize,
    const S: usize,
    const PW: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const XB: usize,
    const BODY: usize,
    const LINK: usize,
    const RW: usize,
    const DW: usize,
    const LA: usize,
    const LI: usize,
    const TC: usize,
    const GB: usize,
    const GC: usize,
    const PN: usize,
    const G: usize,
    const SB: usize,
    const IB: usize,
    const IP: usize,
    const OB: usize,
    const OP: usize,
> Logic
    for Top<
        NB,
        LB,
        TB,
        RB,
        WWB,
        WB,
        P,
        WW,
        S,
        PW,
        S1,
        S2,
        S3,
        XB,
        BODY,
        LINK,
        RW,
        DW,
        LA,
        LI,
        TC,
        GB,
        GC,
        PN,
        G,
        SB,
        IB,
        IP,
        OB,
        OP,
    >
{
    #[hdl_gen]
    fn update(&mut self) {
        clock!(
            self, clock, power_on, region, index, data, link, core, lights
        );
        self.power_on.locked.next = self.locked.val();
        self.started.next = self.power_on.started.val();
        self.link.unlocked.next = self.power_on.unlocked.val();
        self.link.reset.next = self.power_on.reset.val();
        self.core.reset.next = self.power_on.reset.val();
        self.link.rx.next = self.rx.val();
        self.tx.next = self.link.tx.val();
        self.lights.link.next = self.link.rx_activity.val();
        self.lights.tick.next = self.core.in_tick.val();
        self.lights.trouble.next = self.link.error_sticky.val();
        self.led.next = self.lights.led.val();

        self.core.bus_request.next = self.link.bus_request.val();
        // The mover has what it asks for or writes ready cycles before it does.
        self.region.given.next = self.link.bus_region.val();
        self.index.given.next = self.link.bus_index.val();
        self.data.given.next = self.link.bus_wdata.val();
        self.core.bus_region.next = self.region.taken.val();
        self.core.bus_index.next = self.index.taken.val();
        self.core.bus_wdata.next = self.data.taken.val();
        self.core.bus_write.next = self.link.bus_write.val();
        self.core.in_word.next = self.link.in_word.val();
        self.core.in_valid.next = self.link.in_valid.val();
        self.core.out_ready.next = self.link.out_ready.val();
        self.core.out_room.next = self.link.out_room.val();
        self.core.stop.next = self.link.stop.val();
        self.core.reset_state.next = self.link.reset_state.val();
        self.core.report.next = self.link.report.val();
        self.core.probe_first.next = self.link.probe_first.val();
        self.core.probe_count.next = self.link.probe_count.val();
        self.core.probe_v.next = self.link.probe_v.val();
        self.core.probe_i.next = self.link.probe_i.val();
        self.core.tick_go.next = self.link.tick_go.val();
        self.core.tick_write.next = self.link.tick_write.val();
        self.core.learn.next = self.link.learn.val();
        self.core.reward.next = self.link.reward.val();
        self.core.punish.next = self.link.punish.val();
        self.core.random_write.next = self.link.random_write.val();
        self.link.random.next = self.core.random.val();
        self.link.bus_grant.next = self.core.bus_grant.val();
        self.link.bus_rdata.next = self.core.bus_rdata.val();
        self.link.in_ready.next = self.core.in_ready.val();
        self.link.out_word.next = self.core.out_word.val();
        self.link.out_valid.next = self.core.out_valid.val();
        self.link.tick.next = self.core.tick.val();
        self.link.idle.next = self.core.idle.val();
        self.link.stalled.next = self.core.stalled.val();
        self.link.active.next = self.core.active.val();
        self.link.tick_begin.next = self.core.tick_begin.val();
        self.link.tick_done.next = self.core.tick_done.val();
        self.link.in_tick.next = self.core.in_tick.val();
        self.link.spike_strobe.next = self.core.spike_strobe.val();
        self.link.word_strobe.next = self.core.word_strobe.val();
        self.link.route_strobe.next = self.core.route_strobe.val();
    }
}
