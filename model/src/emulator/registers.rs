//! The registers of an emulated device: settings, constants and counters.

use super::streams::Streams;
use crate::{Core, Probe};
use spec::config::CoreConfig;
use spec::fixed::sign_extend;
use spec::regs;
use spec::wire::GREETING_REGISTERS;

/// Fewest cycles per bit that the receiver can sample.
const BAUD_DIV_MIN: u32 = 4;

/// The bits of REWARD that exist.
const REWARD_MASK: u32 = (1 << spec::plasticity::REWARD_BITS) - 1;

#[derive(Debug, Clone)]
pub(super) struct Registers {
    identification: [u32; GREETING_REGISTERS],
    ctrl: u32,
    probe: u32,
    tick_period: u32,
    baud_div: u32,
    network: u32,
    scratch: u32,
    learning: u32,
    reward: u32,
    bad_frames: u16,
}

impl Registers {
    pub(super) fn new(config: &CoreConfig) -> Registers {
        Registers {
            identification: config.identification(),
            ctrl: regs::CTRL_REPORT.put(1),
            probe: 0,
            tick_period: 0,
            baud_div: config.platform.baud_divider(),
            network: 0,
            scratch: 0,
            learning: 0,
            reward: 0,
            bad_frames: 0,
        }
    }

    pub(super) fn count_bad_frame(&mut self) {
        self.bad_frames = self.bad_frames.saturating_add(1);
    }

    pub(super) fn status(&self, core: &Core, streams: &Streams) -> u32 {
        regs::STATUS_IDLE.put(u32::from(streams.is_idle()))
            | regs::STATUS_STALLED.put(u32::from(streams.is_stalled()))
            | regs::STATUS_ACTIVE.put(u32::from(core.is_active()))
    }

    pub(super) fn read(&self, index: u32, core: &Core, streams: &Streams) -> u32 {
        match index {
            regs::CTRL => self.ctrl,
            regs::STATUS => self.status(core, streams),
            regs::TICK => streams.tick(core),
            regs::PROBE => self.probe,
            regs::TICK_PERIOD => self.tick_period,
            regs::BAUD_DIV => self.baud_div,
            regs::LEARNING => self.learning,
            regs::REWARD => self.reward,
            regs::RANDOM => core.random(),
            regs::CYCLES => core.counters().cycles,
            regs::SPIKES => core.counters().spikes,
            regs::WORDS => core.counters().words,
            regs::ROUTED => core.counters().routed,
            regs::CLAMPS => core.counters().clamps,
            regs::LINK_ERRORS => u32::from(self.bad_frames),
            regs::NETWORK => self.network,
            regs::SCRATCH => self.scratch,
            _ => self
                .identification
                .get(index as usize)
                .copied()
                .unwrap_or(0),
        }
    }

    pub(super) fn write(&mut self, index: u32, value: u32, core: &mut Core, streams: &mut Streams) {
        match index {
            regs::CTRL => {
                self.ctrl = value & regs::CTRL_REPORT.put(1);
                core.set_report(self.ctrl != 0);
            }
            regs::COMMAND => {
                if value & regs::COMMAND_STOP != 0 {
                    streams.stop();
                }
                if value & regs::COMMAND_RESET_STATE != 0 {
                    streams.request_reset();
                    streams.run(core);
                }
            }
            regs::CLAMPS => core.clear_clamps(),
            regs::TICK => core.set_tick_number(value),
            regs::PROBE => {
                self.probe = value & 0x7fff_ffff;
                core.set_probe(Probe {
                    first: regs::PROBE_FIRST.get(value),
                    count: regs::PROBE_COUNT.get(value),
                    v: regs::PROBE_V.get(value) == 1,
                    i: regs::PROBE_I.get(value) == 1,
                });
            }
            regs::TICK_PERIOD => self.tick_period = value,
            regs::BAUD_DIV => self.baud_div = (value & 0xffff).max(BAUD_DIV_MIN),
            regs::LEARNING if core.config().learning => {
                self.learning = value & 1;
                core.set_learning(self.learning == 1);
            }
            regs::REWARD if core.config().learning => {
                self.reward = value & REWARD_MASK;
                core.set_reward(sign_extend(self.reward, REWARD_MASK.count_ones()));
            }
            regs::RANDOM if core.config().learning => core.set_random(value),
            regs::NETWORK => self.network = value,
            regs::SCRATCH => self.scratch = value,
            _ => {}
        }
    }
}
