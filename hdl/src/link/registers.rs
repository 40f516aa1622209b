//! Register file: constants, settings and counters, nearly all in one RAM.
//!
//! A word of the RAM is half a register, so a register is read as two halves without a multiplexer.
//! Settings that the hardware needs in every cycle (the divider, the probes, the period) are also
//! in flip-flops, which are never read back.
//!
//! Counters are updated by a sweep that visits them in turn, 30 cycles per round, and adds the
//! events since the last visit; only these few bits are flip-flops. While the host has access
//! (`select`, then `ready`), the sweep rests at its start, so the host never reads a half-updated
//! counter. The host may hold `ready` for 32 cycles before an event could be lost.
//!
//! After reset, the upper half of the RAM, which holds the power-up value of every register, is
//! copied to the lower half. The copy starts with a delay, because the block RAM of an iCE40 reads
//! as zero in the first microseconds after configuration.

use rust_hdl::prelude::*;
use spec::CoreConfig;

use super::events::Events;
use super::register_ram::RegisterRam;
use super::settings::Settings;

/// What the sweep adds in one of its slots.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum Sweep {
    /// Copies power-up values.
    Copy,
    /// Visits counters.
    Count,
    /// The host has the RAM.
    Pause,
}

/// Register file.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Registers {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Puts every register to its value after power-up; active high.
    pub reset: Signal<In, Bit>,

    /// Level: the host wants access.
    pub select: Signal<In, Bit>,
    /// Level: it has it; falls with `select`.
    pub ready: Signal<Out, Bit>,
    /// Number of a register.
    pub index: Signal<In, Bits<6>>,
    /// Which half of it: the upper one if set.
    pub upper: Signal<In, Bit>,
    /// The requested half, one cycle after `index` and `upper`, while `ready`. STATUS and TICK read
    /// as 0.
    pub read_data: Signal<Out, Bits<16>>,
    /// What to write to it, with `write`.
    pub write_data: Signal<In, Bits<16>>,
    /// Strobe: writes that half, lower half first; only while `ready`.
    pub write: Signal<In, Bit>,

    /// Level: a tick is running.
    pub in_tick: Signal<In, Bit>,
    /// Strobe: a neuron fired.
    pub spike_strobe: Signal<In, Bit>,
    /// Strobe: a synapse word was delivered.
    pub word_strobe: Signal<In, Bit>,
    /// Strobe: a row was made due.
    pub route_strobe: Signal<In, Bit>,
    /// Strobe: a sum was clamped.
    pub clamp_strobe: Signal<In, Bit>,
    /// Strobe: a tick begins.
    pub tick_begin: Signal<In, Bit>,
    /// Level: the core has nothing to do.
    pub idle: Signal<In, Bit>,
    /// Strobe: a frame was refused.
    pub bad_frame: Signal<In, Bit>,
    /// Strobe: a byte had no stop bit.
    pub framing_error: Signal<In, Bit>,
    /// Strobe: a break.
    pub line_break: Signal<In, Bit>,
    /// Strobe: a frame found no room.
    pub overrun: Signal<In, Bit>,

    /// Level: every response has left, and no request is being worked on.
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
    /// Level: the next tick may begin.
    pub tick_go: Signal<Out, Bit>,
    /// LEARNING.
    pub learn: Signal<Out, Bit>,
    /// Magnitude of REWARD.
    pub reward: Signal<Out, Bits<9>>,
    /// REWARD is negative.
    pub punish: Signal<Out, Bit>,

    ram: RegisterRam,
    events: Events,
    settings: Settings,
    sweep: DFF<Sweep>,
    step: DFF<Bits<8>>,
    /// Clear while the RAM is read, set while its output is incremented.
    answered: DFF<Bit>,
    addend: DFF<Bits<6>>,
    /// Data, address and enable of the write, one cycle after the sum: between the block RAMs of a
    /// large chip, one cycle suffices only for the sum. A counter that saturates is `capped` by its
    /// carry.
    total: DFF<Bits<17>>,
    place: DFF<Bits<7>>,
    written: DFF<Bit>,
    capped: DFF<Bit>,
    slot: Signal<Local, Bits<4>>,
    slot_address: Signal<Local, Bits<7>>,
    address: Signal<Local, Bits<7>>,
    bank: Signal<Local, Bits<8>>,
    sum: Signal<Local, Bits<17>>,
    carry: Signal<Local, Bit>,
    saturates: Signal<Local, Bit>,
    last: Signal<Local, Bit>,
}

/// The RAM contents at power-up: two halves of each register, lower half first.
fn power_up(config: &CoreConfig) -> [u16; 256] {
    let mut registers = [0u32; 64];
    for (register, value) in registers.iter_mut().zip(config.identification()) {
        *register = value;
    }
    registers[spec::regs::CTRL as usize] = spec::regs::CTRL_REPORT.put(1);
    registers[spec::regs::BAUD_DIV as usize] = config.platform.baud_divider();
    // Both halves of the RAM are initialised, although the lower half is written before it is read,
    // so that no simulator sees an undefined word.
    let mut words = [0; 256];
    let halves = registers
        .into_iter()
        .flat_map(|value| [value as u16, (value >> 16) as u16]);
    for (word, half) in words.iter_mut().zip(halves.clone().chain(halves)) {
        *word = half;
    }
    words
}

impl Registers {
    /// The registers of a core.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        Self {
            ram: RegisterRam::new(power_up(config)),
            settings: Settings::new(config),
            ..Self::default()
        }
    }
}

impl Logic for Registers {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, sweep, step, answered, addend, total, place, written, capped
        );
        clock!(self, clock, events, settings);
        self.ram.clock.next = self.clock.val();
        self.events.reset.next = self.reset.val();
        self.settings.reset.next = self.reset.val();

        // Slots 0..8 are the halves of CYCLES, SPIKES, WORDS and ROUTED; 8..12 those of LINK_ERRORS
        // and LINK_EVENTS, each a counter of its own; 12 is OVERRUNS, 13 CLAMPS. 14 looks at BAUD_DIV,
        // to pass a new divider on.
        self.slot.next = self.step.q.val().get_bits::<4>(0);
        self.saturates.next = self.slot.val().get_bit(3);
        self.slot_address.next = bit_cast::<7, 4>(self.slot.val()) | 64;
        if self.saturates.val() {
            self.slot_address.next = bit_cast::<7, 2>(self.slot.val().get_bits::<2>(0)) | 80;
        }
        if self.slot.val() == 12 {
            self.slot_address.next = 44.into();
        }
        if self.slot.val() == 13 {
            self.slot_address.next = 72.into();
        }
        if self.slot.val() == 14 {
            self.slot_address.next = 46.into();
        }
        self.last.next = self.slot.val() == 14;

        self.address.next = self.slot_address.val();
        if self.sweep.q.val() == Sweep::Copy {
            self.address.next = self.step.q.val().get_bits::<7>(0);
        }
        if self.sweep.q.val() == Sweep::Pause {
            self.address.next = (bit_cast::<7, 6>(self.index.val()) << 1)
                | bit_cast::<7, 1>(self.upper.val().into());
        }
        self.bank.next = bit_cast::<8, 7>(self.address.val());
        self.ram.read_address.next = self.bank.val();
        if self.sweep.q.val() == Sweep::Copy {
            self.ram.read_address.next = self.bank.val() | 0x80;
        }
        self.read_data.next = self.ram.read_data.val();

        // The sum copies the value if nothing is to be added. The sum of a lower half is still
        // available when the upper half is processed.
        self.carry.next = self.total.q.val().get_bit(16);
        self.addend.d.next = self.events.amount.val();
        if !self.saturates.val() & self.slot.val().get_bit(0) {
            self.addend.d.next = bit_cast::<6, 1>(self.carry.val().into());
        }
        if self.sweep.q.val() == Sweep::Copy {
            self.addend.d.next = 0.into();
        }
        self.sum.next =
            bit_cast::<17, 16>(self.ram.read_data.val()) + bit_cast::<17, 6>(self.addend.q.val());

        self.total.d.next = self.sum.val();
        self.place.d.next = self.address.val();
        self.written.d.next = false;
        self.ram.write_address.next = bit_cast::<8, 7>(self.place.q.val());
        self.ram.write_data.next = self.total.q.val().get_bits::<16>(0);
        if self.capped.q.val() & self.carry.val() {
            self.ram.write_data.next = 0xffff.into();
        }
        self.ram.write_enable.next = self.written.q.val();
        self.capped.d.next = self.saturates.val() & (self.sweep.q.val() == Sweep::Count);
        self.ready.next = false;
        self.events.slot.next = self.slot.val();
        self.events.visit.next = !self.answered.q.val() & (self.sweep.q.val() == Sweep::Count);
        self.settings.take_divider.next = false;
        self.answered.d.next = !self.answered.q.val();
        match self.sweep.q.val() {
            Sweep::Copy => {
                if self.answered.q.val() {
                    self.written.d.next = self.step.q.val().get_bit(7);
                    self.step.d.next = self.step.q.val() + 1;
                    if self.step.q.val().all() {
                        self.sweep.d.next = Sweep::Count;
                    }
                }
            }
            Sweep::Count => {
                if self.answered.q.val() {
                    self.written.d.next = true;
                    self.step.d.next = self.step.q.val() + 1;
                    if self.last.val() {
                        self.settings.take_divider.next = true;
                        self.step.d.next = 0.into();
                        if self.select.val() {
                            self.sweep.d.next = Sweep::Pause;
                        }
                    }
                }
            }
            Sweep::Pause => {
                self.answered.d.next = false;
                // The sweep's last sum is written first.
                self.ready.next = !self.written.q.val();
                if !self.written.q.val() {
                    self.ram.write_address.next = self.bank.val();
                    self.ram.write_data.next = self.settings.stored.val();
                    self.ram.write_enable.next = self.settings.store.val();
                }
                if !self.select.val() {
                    self.sweep.d.next = Sweep::Count;
                }
            }
        }
        if self.reset.val() {
            self.sweep.d.next = Sweep::Copy;
            self.step.d.next = 0.into();
            self.answered.d.next = false;
            self.written.d.next = false;
        }

        self.events.in_tick.next = self.in_tick.val();
        self.events.spike.next = self.spike_strobe.val();
        self.events.word.next = self.word_strobe.val();
        self.events.route.next = self.route_strobe.val();
        self.events.clamp.next = self.clamp_strobe.val();
        self.events.bad_frame.next = self.bad_frame.val();
        self.events.framing_error.next = self.framing_error.val();
        self.events.line_break.next = self.line_break.val();
        self.events.ring_overrun.next = self.overrun.val();
        self.events.late_tick.next = self.settings.late_tick.val();

        self.settings.index.next = self.index.val();
        self.settings.upper.next = self.upper.val();
        self.settings.write.next = self.write.val();
        self.settings.data.next = self.write_data.val();
        self.settings.swept.next = self.ram.read_data.val();
        self.settings.quiet.next = self.quiet.val();
        self.settings.tick_begin.next = self.tick_begin.val();
        self.settings.idle.next = self.idle.val();
        self.divider_waits.next = self.settings.divider_waits.val();
        self.divider.next = self.settings.divider.val();
        self.stop.next = self.settings.stop.val();
        self.reset_state.next = self.settings.reset_state.val();
        self.report.next = self.settings.report.val();
        self.probe_first.next = self.settings.probe_first.val();
        self.probe_v.next = self.settings.probe_v.val();
        self.probe_i.next = self.settings.probe_i.val();
        self.probe_count.next = self.settings.probe_count.val();
        self.tick_go.next = self.settings.tick_go.val();
        self.learn.next = self.settings.learn.val();
        self.reward.next = self.settings.reward.val();
        self.punish.next = self.settings.punish.val();
    }
}
