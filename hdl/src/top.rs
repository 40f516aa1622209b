//! The whole device: link, core, and the reset after power-up.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;
use widths::widths;

use crate::core::Core;
use crate::lights::Lights;
use crate::link::Link;
use crate::pipeline_register::PipelineRegister;
use crate::power_on::PowerOn;

/// One device. Its parameters are those of [`Core`], followed by those of [`Link`].
#[widths]
#[derive(Clone, Debug, LogicBlock)]
pub struct Top<Widths, const IB: usize, const IP: usize, const OB: usize, const OP: usize> {
    /// The only clock, at the config's frequency.
    pub clock: Signal<In, Clock>,
    /// The clock has its frequency. When low, the device is reset and waits for a limited time.
    /// This input may be asynchronous.
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
    region: PipelineRegister<5>,
    index: PipelineRegister<24>,
    data: PipelineRegister<32>,
    link: Link<IB, IP, OB, OP>,
    core: Core<Widths>,
    lights: Lights,
}

#[widths]
impl<Widths, const IB: usize, const IP: usize, const OB: usize, const OP: usize>
    Top<Widths, IB, IP, OB, OP>
{
    /// The device of `config`.
    ///
    /// # Panics
    /// If the parameters do not match the config: they are written in one place, [`crate::emit`].
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
            region: PipelineRegister::new(config.build.registered_reads),
            index: PipelineRegister::new(config.build.registered_reads),
            data: PipelineRegister::new(config.build.registered_reads),
            link: Link::new(config),
            core: Core::new(config),
            lights: Lights::new(config.platform.clock_hz),
        }
    }
}

#[widths]
impl<Widths, const IB: usize, const IP: usize, const OB: usize, const OP: usize> Logic
    for Top<Widths, IB, IP, OB, OP>
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
        // The element mover has its request or its data ready several cycles before it uses them.
        self.region.given.next = self.link.bus_region.val();
        self.index.given.next = self.link.bus_index.val();
        self.data.given.next = self.link.bus_wdata.val();
        self.core.bus_region.next = self.region.taken.val();
        self.core.bus_index.next = self.index.taken.val();
        self.core.bus_wdata.next = self.data.taken.val();
        self.core.bus_valid.next = self.link.bus_valid.val();
        self.core.bus_write.next = self.link.bus_write.val();
        self.link.bus_ready.next = self.core.bus_ready.val();
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
        self.link.clamp_strobe.next = self.core.clamp_strobe.val();
    }
}
