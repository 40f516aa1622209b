//! Settings: the effects of register writes, and the settings that the hardware uses in every
//! cycle.
//!
//! It decodes a write of half a register, determines what is stored for reading back, and keeps a
//! copy of CTRL, PROBE, TICK_PERIOD and the divider. The sweep loads a new divider from the RAM
//! when the line is quiet. The timer of the tick period is also in this block.

use rust_hdl::prelude::*;
use spec::CoreConfig;

/// Settings of a register file.
#[derive(Clone, Debug, LogicBlock)]
pub struct Settings {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Puts every setting to its value after power-up; active high.
    pub reset: Signal<In, Bit>,
    /// Number of a register, with `write`.
    pub index: Signal<In, Bits<6>>,
    /// Which half of it: the upper one if set.
    pub upper: Signal<In, Bit>,
    /// What the host writes to it, with `write`.
    pub data: Signal<In, Bits<16>>,
    /// Strobe: the host writes.
    pub write: Signal<In, Bit>,
    /// What is to be stored, with `store`.
    pub stored: Signal<Out, Bits<16>>,
    /// Strobe: store it; stays low for what cannot be written.
    pub store: Signal<Out, Bit>,
    /// The stored BAUD_DIV, with `take_divider`.
    pub swept: Signal<In, Bits<16>>,
    /// Strobe: the sweep reads BAUD_DIV.
    pub take_divider: Signal<In, Bit>,
    /// Level: a new divider may be used.
    pub quiet: Signal<In, Bit>,
    /// Level: a new divider waits for `quiet`.
    pub divider_waits: Signal<Out, Bit>,
    /// Cycles per bit of the UART.
    pub divider: Signal<Out, Bits<16>>,
    /// Strobe: COMMAND stop.
    pub stop: Signal<Out, Bit>,
    /// Strobe: COMMAND reset state.
    pub reset_state: Signal<Out, Bit>,
    /// CTRL report.
    pub report: Signal<Out, Bit>,
    /// PROBE first.
    pub probe_first: Signal<Out, Bits<14>>,
    /// PROBE v.
    pub probe_v: Signal<Out, Bit>,
    /// PROBE i.
    pub probe_i: Signal<Out, Bit>,
    /// PROBE count.
    pub probe_count: Signal<Out, Bits<15>>,
    /// LEARNING.
    pub learn: Signal<Out, Bit>,
    /// Magnitude of REWARD.
    pub reward: Signal<Out, Bits<9>>,
    /// REWARD is negative.
    pub punish: Signal<Out, Bit>,
    /// Strobe: a tick begins.
    pub tick_begin: Signal<In, Bit>,
    /// Level: the core has nothing to do.
    pub idle: Signal<In, Bit>,
    /// Level: the next tick may begin.
    pub tick_go: Signal<Out, Bit>,
    /// Strobe: a tick was due and the one before has not begun.
    pub late_tick: Signal<Out, Bit>,

    power_up_divider: Constant<Bits<16>>,
    learns: Constant<Bit>,
    learning: DFF<Bit>,
    reward_now: DFF<Bits<9>>,
    punishes: DFF<Bit>,
    given: Signal<Local, Bits<10>>,
    magnitude: Signal<Local, Bits<10>>,
    rewards: Signal<Local, Bit>,
    divider_now: DFF<Bits<16>>,
    waits: DFF<Bit>,
    reports: DFF<Bit>,
    neurons: Constant<Bits<16>>,
    last_neuron: Constant<Bits<16>>,
    probes: Signal<Local, Bits<16>>,
    probed: Signal<Local, Bits<16>>,
    probe_low: DFF<Bits<16>>,
    probe_high: DFF<Bits<15>>,
    period_low: DFF<Bits<16>>,
    period_high: DFF<Bits<16>>,
    paced_low: DFF<Bit>,
    paced_high: DFF<Bit>,
    timer: DFF<Bits<32>>,
    due: DFF<Bit>,
    paced: Signal<Local, Bit>,
    period: Signal<Local, Bits<32>>,
    sets_period: Signal<Local, Bit>,
    restarts: Signal<Local, Bit>,
    fires: Signal<Local, Bit>,
    too_fast: Signal<Local, Bit>,
    low_write: Signal<Local, Bit>,
}

impl Settings {
    /// The settings of a core.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            index: Default::default(),
            upper: Default::default(),
            data: Default::default(),
            write: Default::default(),
            stored: Default::default(),
            store: Default::default(),
            swept: Default::default(),
            take_divider: Default::default(),
            quiet: Default::default(),
            divider_waits: Default::default(),
            divider: Default::default(),
            stop: Default::default(),
            reset_state: Default::default(),
            report: Default::default(),
            probe_first: Default::default(),
            probe_v: Default::default(),
            probe_i: Default::default(),
            probe_count: Default::default(),
            learn: Default::default(),
            reward: Default::default(),
            punish: Default::default(),
            tick_begin: Default::default(),
            idle: Default::default(),
            tick_go: Default::default(),
            late_tick: Default::default(),
            power_up_divider: Constant::new(u64::from(config.platform.baud_divider()).into()),
            learns: Constant::new(config.learning),
            learning: Default::default(),
            reward_now: Default::default(),
            punishes: Default::default(),
            given: Default::default(),
            magnitude: Default::default(),
            rewards: Default::default(),
            divider_now: Default::default(),
            waits: Default::default(),
            reports: Default::default(),
            neurons: Constant::new((config.neurons() as u64).into()),
            last_neuron: Constant::new((config.neurons() as u64 - 1).into()),
            probes: Default::default(),
            probed: Default::default(),
            probe_low: Default::default(),
            probe_high: Default::default(),
            period_low: Default::default(),
            period_high: Default::default(),
            paced_low: Default::default(),
            paced_high: Default::default(),
            timer: Default::default(),
            due: Default::default(),
            paced: Default::default(),
            period: Default::default(),
            sets_period: Default::default(),
            restarts: Default::default(),
            fires: Default::default(),
            too_fast: Default::default(),
            low_write: Default::default(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::new(CoreConfig::tiny())
    }
}

impl Logic for Settings {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            learning,
            reward_now,
            punishes,
            divider_now,
            waits,
            reports,
            probe_low,
            probe_high,
            period_low,
            period_high,
            paced_low,
            paced_high,
            timer,
            due
        );

        // Real time: a timer that counts up to the period makes a tick due.
        self.period.next = (bit_cast::<32, 16>(self.period_high.q.val()) << 16)
            | bit_cast::<32, 16>(self.period_low.q.val());
        self.paced.next = self.paced_low.q.val() | self.paced_high.q.val();
        self.fires.next = self.timer.q.val() == self.period.val();
        self.sets_period.next = self.write.val() & (self.index.val() == 21);
        self.restarts.next = self.reset.val() | self.fires.val() | self.sets_period.val();
        self.timer.d.next = self.timer.q.val() + 1;
        if self.restarts.val() {
            self.timer.d.next = 1.into();
        }
        self.late_tick.next = false;
        if self.tick_begin.val() {
            self.due.d.next = false;
        }
        if self.fires.val() {
            self.due.d.next = true;
            self.late_tick.next =
                self.paced.val() & self.due.q.val() & !self.tick_begin.val() & !self.idle.val();
        }
        self.tick_go.next = !self.paced.val() | self.due.q.val();

        // The divider changes when nothing is being sent or received at the old rate.
        self.divider_waits.next = self.waits.q.val();
        if self.take_divider.val() & self.quiet.val() & self.waits.q.val() {
            self.divider_now.d.next = self.swept.val();
            self.waits.d.next = false;
        }
        self.divider.next = self.divider_now.q.val();
        self.report.next = self.reports.q.val();
        self.probe_first.next = self.probe_low.q.val().get_bits::<14>(0);
        self.probe_v.next = self.probe_low.q.val().get_bit(14);
        self.probe_i.next = self.probe_low.q.val().get_bit(15);
        self.probe_count.next = self.probe_high.q.val();

        // The magnitude of -512 is 512, of which nine bits are 0: none of them may be lost.
        self.given.next = self.data.val().get_bits::<10>(0);
        self.magnitude.next = self.given.val();
        if self.given.val().get_bit(9) {
            self.magnitude.next = !self.given.val() + 1;
        }
        self.rewards.next = false;
        self.learn.next = self.learning.q.val();
        self.punish.next = self.punishes.q.val();
        self.reward.next = self.reward_now.q.val();

        // For the number of a neuron or a number of neurons, all bits above the range only show
        // that it is too large.
        self.probes.next = self.data.val() & 0x3fff;
        if self.upper.val() {
            self.probes.next = self.data.val() & 0x7fff;
        }
        self.probed.next = self.probes.val() & self.last_neuron.val();
        if (self.probes.val() & !self.last_neuron.val()).any() {
            self.probed.next = (self.probes.val() & self.last_neuron.val()) | self.neurons.val();
        }

        // What each register keeps of a write.
        self.low_write.next = self.write.val() & !self.upper.val();
        self.too_fast.next = !self.data.val().get_bits::<14>(2).any();
        self.stored.next = 0.into();
        self.store.next = false;
        self.stop.next = false;
        self.reset_state.next = false;
        // 16, CTRL
        if self.index.val() == 16 {
            self.store.next = self.write.val();
            if !self.upper.val() {
                self.stored.next = bit_cast::<16, 1>(self.data.val().get_bits::<1>(0));
            }
            if self.low_write.val() {
                self.reports.d.next = self.data.val().get_bit(0);
            }
        }
        // 17, COMMAND
        if self.index.val() == 17 {
            self.stop.next = self.low_write.val() & self.data.val().get_bit(0);
            self.reset_state.next = self.low_write.val() & self.data.val().get_bit(1);
        }
        // 20, PROBE
        if self.index.val() == 20 {
            self.store.next = self.write.val();
            self.stored.next = self.data.val();
            if self.upper.val() {
                self.stored.next = self.data.val() & 0x7fff;
            }
            if self.write.val() {
                if self.upper.val() {
                    self.probe_high.d.next = self.probed.val().get_bits::<15>(0);
                } else {
                    self.probe_low.d.next = self.probed.val() | (self.data.val() & 0xc000);
                }
            }
        }
        // 21, TICK_PERIOD
        if self.index.val() == 21 {
            self.store.next = self.write.val();
            self.stored.next = self.data.val();
            if self.write.val() {
                self.due.d.next = false;
                if self.upper.val() {
                    self.period_high.d.next = self.data.val();
                    self.paced_high.d.next = self.data.val().any();
                } else {
                    self.period_low.d.next = self.data.val();
                    self.paced_low.d.next = self.data.val().any();
                }
            }
        }
        // 22, OVERRUNS, and 36, CLAMPS: a write of any value clears them.
        if (self.index.val() == 22) | (self.index.val() == 36) {
            self.store.next = self.write.val();
        }
        // 23, BAUD_DIV
        if self.index.val() == 23 {
            self.store.next = self.write.val();
            if !self.upper.val() {
                self.stored.next = self.data.val();
                if self.too_fast.val() {
                    self.stored.next = 4.into();
                }
            }
            if self.low_write.val() {
                self.waits.d.next = true;
            }
        }
        // 24, LEARNING
        if (self.index.val() == 24) & self.learns.val() {
            self.store.next = self.write.val();
            if !self.upper.val() {
                self.stored.next = bit_cast::<16, 1>(self.data.val().get_bits::<1>(0));
            }
            if self.low_write.val() {
                self.learning.d.next = self.data.val().get_bit(0);
            }
        }
        // 25, REWARD
        if (self.index.val() == 25) & self.learns.val() {
            self.store.next = self.write.val();
            if !self.upper.val() {
                self.stored.next = bit_cast::<16, 10>(self.data.val().get_bits::<10>(0));
            }
            self.rewards.next = self.low_write.val();
        }
        if self.rewards.val() {
            self.punishes.d.next = self.given.val().get_bit(9);
            self.reward_now.d.next = self.magnitude.val().get_bits::<9>(0);
            if self.magnitude.val().get_bit(9) {
                self.reward_now.d.next = 0x100.into();
            }
        }
        // 62, NETWORK, and 63, SCRATCH
        if self.index.val().get_bits::<5>(1).all() {
            self.store.next = self.write.val();
            self.stored.next = self.data.val();
        }

        if self.reset.val() {
            self.learning.d.next = false;
            self.reward_now.d.next = 0.into();
            self.punishes.d.next = false;
            self.divider_now.d.next = self.power_up_divider.val();
            self.waits.d.next = false;
            self.reports.d.next = true;
            self.probe_low.d.next = 0.into();
            self.probe_high.d.next = 0.into();
            self.period_low.d.next = 0.into();
            self.period_high.d.next = 0.into();
            self.paced_low.d.next = false;
            self.paced_high.d.next = false;
            self.due.d.next = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use spec::regs;

    #[test]
    fn numbers_in_the_logic_are_those_of_the_registers() {
        assert_eq!(
            [
                regs::CTRL,
                regs::COMMAND,
                regs::PROBE,
                regs::TICK_PERIOD,
                regs::OVERRUNS,
                regs::CLAMPS
            ],
            [16, 17, 20, 21, 22, 36]
        );
        assert_eq!([regs::BAUD_DIV, regs::NETWORK, regs::SCRATCH], [23, 62, 63]);
        assert_eq!([regs::LEARNING, regs::REWARD], [24, 25]);
        assert_eq!([regs::COMMAND_STOP, regs::COMMAND_RESET_STATE], [1, 2]);
    }
}
