//! What only mutants are given: states that take many cycles to reach, or that the session of the
//! boards reaches with few of the possible values.

use spec::fixed::{ABSENT, NO_DECAY};
use spec::plasticity::{REWARD_ONE, StdpRule, Window};
use spec::regions::Region;
use spec::regs;
use spec::stream::InWord;
use spec::wire::{Request, StreamRequest};
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

use super::{Difference, Session};

/// Ticks in which every sum is clamped, enough for 65,536 words of synapses.
const CLAMPED_TICKS: u32 = 200;

/// Ticks in which every neuron fires, enough for 65,536 spikes of 16 neurons.
const FIRING_TICKS: u32 = 4_200;

/// Reads of registers during a tick, at different times of the sweep over the counters.
const READS: u32 = 12;

impl Session<'_> {
    /// A damaged frame before the greeting. The counters must count from the start, and not only from
    /// the host's first access to a register.
    pub(super) fn damage_before_the_greeting(&mut self) -> Result<(), Difference> {
        self.send(&[3, 1, 2, 0])
    }

    /// What the mutants get after the session and the random cores.
    pub(super) fn reach_rare_states(&mut self) -> Result<(), Difference> {
        self.fill_long_parts()?;
        self.add_at_the_limits()?;
        self.learn_at_rest()?;
        self.clamp_in_every_cycle()?;
        self.fire_in_every_tick()?;
        self.pace_with_every_bit()?;
        self.random_core(11, 48)?;
        self.probe_with_every_bit()?;
        self.reward_with_every_bit()
    }

    /// FILLs of so many elements that a WRITE of them would be too long.
    fn fill_long_parts(&mut self) -> Result<(), Difference> {
        for count in [237, 255, 511] {
            self.ask(&Request::Fill {
                region: Region::Synapses.number(),
                index: 3,
                count,
                // Lossless: a byte.
                data: vec![ABSENT as u8],
            })?;
        }
        Ok(())
    }

    /// A row to all neurons, for each input.
    fn row_to_all(&mut self, input: u32, row: &Row) -> Result<(), Difference> {
        let config = self.config;
        let row = Row {
            last_offset: (1 << config.target_words_log2()) - 1,
            enabled: true,
            ..*row
        };
        for (region, word) in [
            (Region::RowBody, row.body(config)),
            (Region::RowLink, row.link(config)),
        ] {
            let bytes = region.layout(config).bytes();
            self.write(region, input, &word.to_le_bytes()[..bytes])?;
        }
        Ok(())
    }

    /// Sums that differ from the smallest and the largest one in one bit, and those next to them.
    fn add_at_the_limits(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        self.row_to_all(0, &Row::default())?;
        self.let_all_fire()?;
        // Two's complement.
        self.fill(Region::Threshold, self.config.state_max() as u32)?;
        let (max, bits) = (self.config.sum_max(), self.config.sum_bits);
        let near = (0..bits - 1).map(|bit| max + 1 - (1 << bit));
        let sums = near.flat_map(|sum| [sum, -sum]);
        for (sum, weight) in sums.flat_map(|sum| [0, 1, -1].map(|weight: i8| (sum, weight))) {
            // Two's complement.
            self.fill(Region::Synapses, u32::from(weight as u8))?;
            self.fill(Region::Current, sum as u32)?;
            self.advance(vec![InWord::Spike(0).encode()], 1)?;
            self.read(Region::Registers, regs::CLAMPS, 1)?;
            self.read(Region::Current, 0, 2)?;
        }
        Ok(())
    }

    /// Traces of rows that decay while no neuron is awake: learning alone makes a core no busier.
    fn learn_at_rest(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        let window = Window::Exponential {
            factor: 4_000,
            nearest: false,
        };
        let rule = StdpRule {
            enabled: true,
            pre: window,
            post: window,
            a_plus: 500,
            a_minus: 500,
            ..StdpRule::NONE
        };
        for (index, element) in (0..).zip(rule.elements()) {
            let bytes = Region::Rule.layout(self.config).bytes();
            self.write(Region::Rule, index, &element.to_le_bytes()[..bytes])?;
        }
        let row = Row {
            plastic: true,
            ..Row::default()
        };
        self.row_to_all(0, &row)?;
        // Two's complement.
        self.fill(Region::Threshold, self.config.state_max() as u32)?;
        self.register(regs::LEARNING, 1)?;
        self.advance(Vec::new(), 3)?;
        for _ in 0..2 {
            self.advance(vec![InWord::Spike(0).encode()], 1)?;
            for _ in 0..4 {
                self.advance(Vec::new(), 1)?;
                self.read(Region::Registers, regs::STATUS, 1)?;
                self.read_in_time(regs::CYCLES..regs::CYCLES + 1)?;
            }
        }
        self.register(regs::LEARNING, 0)?;
        self.read(Region::PreTrace, 0, 4)
    }

    /// Stops the core at different times while it takes words. The emulator, which takes all at once,
    /// gets neither the words nor the stop, so its counters differ afterwards.
    pub(super) fn stop_at_any_time(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        // A chain of six rows: words are left when the stop comes. Each word takes 19 cycles, and a rest
        // is a multiple of 4, so the stop comes in each of these cycles.
        for input in 0..6 {
            let row = Row {
                next: (input < 5).then_some(input + 1),
                ..Row::default()
            };
            self.row_to_all(input, &row)?;
        }
        let words = self.stream_request(&[InWord::Spike(0).encode(); 60]);
        let words = StreamRequest {
            max_words: 0,
            wait: 0,
            ..words
        };
        let stop = Request::Write {
            region: Region::Registers.number(),
            index: regs::COMMAND,
            count: 1,
            data: regs::COMMAND_STOP.to_le_bytes().to_vec(),
        };
        for rest in 0..20 {
            let frames = [&Request::Stream(words.clone()), &stop].map(|request| {
                let frame = request.frame(self.tag).encode().unwrap();
                self.tag.sequence = self.tag.sequence.wrapping_add(1);
                frame
            });
            self.disturb("a stop between words", 4_000, |line| {
                line.send(&frames[0]);
                line.send_rest(rest);
                line.send(&frames[1]);
            })?;
            self.hello()?;
            self.read_in_time(regs::ROUTED..regs::ROUTED + 1)?;
        }
        self.command(regs::COMMAND_RESET_STATE)
    }

    /// Rows of largest weights, one after the other, so that events come in nearly every cycle, while
    /// the host reads the counters.
    fn clamp_in_every_cycle(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        let config = self.config;
        let (rows, inputs) = (config.rows() as u32, config.inputs() as u32);
        let sources = inputs + config.neurons() as u32;
        let last_offset = (1 << config.target_words_log2()) - 1;
        for index in 0..rows {
            // The rows of the inputs and those after the last source are a chain of each neuron's.
            let next = match index {
                it if it < inputs => sources.checked_add(it).filter(|&next| next < rows),
                it if it < sources => Some(it - inputs),
                _ => None,
            };
            let row = Row {
                exponent: 7,
                delay: index % 2,
                last_offset,
                enabled: true,
                next,
                ..Row::default()
            };
            for (region, word) in [
                (Region::RowBody, row.body(config)),
                (Region::RowLink, row.link(config)),
            ] {
                let bytes = region.layout(config).bytes();
                self.write(region, index, &word.to_le_bytes()[..bytes])?;
            }
        }
        self.fill(Region::Synapses, 127)?;
        self.let_all_fire()?;
        self.begin_at_once(CLAMPED_TICKS)?;
        for _ in 0..READS {
            self.read_in_time(regs::CLAMPS..regs::CLAMPS + 1)?;
            self.read_in_time(regs::CYCLES..regs::CLAMPS)?;
        }
        self.run_words(&[])?;
        self.read_state()?;
        self.read_registers()?;
        self.register(regs::CLAMPS, 1)?;
        self.read_registers()
    }

    /// So many spikes that every counter of them has a carry into its upper half or is full.
    fn fire_in_every_tick(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        self.let_all_fire()?;
        self.fill(Region::SpikeCount, 0xefff)?;
        self.begin_at_once(FIRING_TICKS)?;
        for _ in 0..READS {
            self.read_in_time(regs::CYCLES..regs::CLAMPS + 1)?;
        }
        self.run_words(&[])?;
        self.read_state()?;
        self.read_registers()
    }

    /// Lets every neuron fire in every tick without telling the host.
    fn let_all_fire(&mut self) -> Result<(), Difference> {
        let params = NeuronParams {
            leak: Leak::Exponential { factor: NO_DECAY },
            decay_syn: NO_DECAY,
            reset: Reset::ToReset,
            refractory: Refractory::Hold,
            report: false,
            v_reset: 0,
            refractory_ticks: 0,
            rule: 0,
            adapts: false,
        };
        self.fill(Region::Dynamics, params.word(self.config))?;
        self.fill(Region::Reset, params.reset_word(self.config))?;
        // Two's complement.
        self.fill(Region::Threshold, -1_i32 as u32)
    }

    /// Requests ticks without waiting for their end.
    fn begin_at_once(&mut self, ticks: u32) -> Result<(), Difference> {
        let word = self.advance_word(ticks);
        let request = self.impatient(&[word]);
        self.ask_in_time(&Request::Stream(request)).map(drop)
    }

    /// A request that is answered at once and takes no word.
    fn impatient(&self, words: &[u16]) -> StreamRequest {
        StreamRequest {
            max_words: 0,
            wait: 0,
            ..self.stream_request(words)
        }
    }

    /// Periods of ticks: each bit alone, and each bit above one that would end soon. The latter shows
    /// within a short time whether the bit is there.
    fn pace_with_every_bit(&mut self) -> Result<(), Difference> {
        self.empty_memories()?;
        for bit in 5..13 {
            self.register(regs::TICK_PERIOD, 1 << bit)?;
            self.advance(Vec::new(), 3)?;
            self.read_in_time(regs::OVERRUNS..regs::OVERRUNS + 1)?;
        }
        for period in [0x1fff, 70_001] {
            self.register(regs::TICK_PERIOD, period)?;
            self.advance(Vec::new(), 2)?;
        }
        for bit in 12..u32::BITS {
            self.register(regs::TICK_PERIOD, 1 << bit | 700)?;
            self.begin_at_once(2)?;
            for _ in 0..2 {
                let request = self.impatient(&[]);
                self.ask_in_time(&Request::Stream(request))?;
            }
            // Without a period the ticks begin, and both ends are at rest again.
            self.register(regs::TICK_PERIOD, 0)?;
            self.run_words(&[])?;
        }
        self.read_registers()
    }

    /// Probes with each bit of the first neuron's number and of the number of neurons.
    fn probe_with_every_bit(&mut self) -> Result<(), Difference> {
        let all = self.config.neurons() as u32;
        let kinds = regs::PROBE_V.put(1) | regs::PROBE_I.put(1);
        let firsts = (0..14).map(|bit| (1 << bit, all));
        let counts = (0..15).map(|bit| (1, 1 << bit));
        for (first, count) in firsts.chain(counts) {
            let probe = kinds | regs::PROBE_FIRST.put(first) | regs::PROBE_COUNT.put(count);
            self.register(regs::PROBE, probe)?;
            self.advance(Vec::new(), 1)?;
        }
        self.register(regs::PROBE, 0)
    }

    /// Learns with each bit of the reward, with both signs.
    fn reward_with_every_bit(&mut self) -> Result<(), Difference> {
        self.register(regs::LEARNING, 1)?;
        let burst: Vec<u16> = (0..self.config.inputs() as u16)
            .map(|id| InWord::Spike(id).encode())
            .collect();
        for bit in 0..10 {
            for reward in [1 << bit, -(1 << bit), 0x155 ^ 1 << bit] {
                // Two's complement.
                self.register(regs::REWARD, reward as u32)?;
                self.advance(burst.clone(), 2)?;
            }
            self.read(
                Region::Synapses,
                0,
                Region::Synapses.layout(self.config).elements,
            )?;
        }
        self.register(regs::LEARNING, 0)?;
        // Two's complement.
        self.register(regs::REWARD, REWARD_ONE as u32)?;
        self.read_state()
    }
}
