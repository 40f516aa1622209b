//! Time-dependent tests: a host that does not fetch its words, ticks by the timer, disturbances of
//! the line, other baud rates.

use sim::BitTime;
use spec::regions::Region;
use spec::regs;
use spec::stream::InWord;
use spec::wire::{Request, Response, StreamRequest, Tag};

use super::{BYTES, Difference, Session, WORDS};
use crate::session::DIVIDER;

/// Cycles of silence after which no further bytes come without a request.
const QUIET: u64 = 5_000;

/// Elements of the FILL during which more requests arrive.
const OVERRUNNING: u32 = 8_192;

impl Session<'_> {
    /// Lets every neuron fire at every tick, and reads the spikes late, twice, or not at all.
    pub(super) fn stall(&mut self) -> Result<(), Difference> {
        self.fill(Region::Threshold, u32::MAX)?;
        self.fill(Region::Dynamics, 1 << 29)?;
        for region in [Region::Reset, Region::Bias, Region::RowLink] {
            self.fill(region, 0)?;
        }
        self.command(regs::COMMAND_RESET_STATE)?;
        let start = self.acked;
        let advance = self.advance_word(20);
        let ask = |acked: u16, max_words: u8, rewind: bool, words: &[u16]| {
            Request::Stream(StreamRequest {
                rewind,
                eager: false,
                acked,
                max_words,
                wait: 255,
                words: words.to_vec(),
            })
        };
        self.ask(&ask(start, 3, false, &[advance]))?;
        for (acked, max_words, rewind) in [
            (0, 0, false),
            (0, 119, false),
            (0, 1, true),
            (1, 1, false),
            (2, 7, true),
            // Positions of words that were never sent.
            (u16::MAX, 2, false),
            (20_000, 2, false),
            (2, 119, true),
        ] {
            self.ask(&ask(start.wrapping_add(acked), max_words, rewind, &[]))?;
        }
        // Words without room in the queue are refused, and accepted later.
        let spikes = vec![InWord::Spike(0).encode(); WORDS];
        loop {
            let request = ask(start.wrapping_add(2), 0, false, &spikes);
            if let Response::Nak { .. } = self.ask(&request)? {
                break;
            }
        }
        self.acked = start.wrapping_add(2);
        let mut last = ask(self.acked, 119, true, &[]);
        loop {
            let answer = self.ask(&last)?;
            if self.note(&answer)? == 0 {
                break;
            }
            last = ask(self.acked, 119, false, &[]);
        }
        self.stop_when_stalled()
    }

    fn stop_when_stalled(&mut self) -> Result<(), Difference> {
        let advance = self.advance_word(20);
        let queued = [advance, InWord::Spike(0).encode()];
        let mut request = self.stream_request(&queued);
        request.max_words = 0;
        self.ask(&Request::Stream(request))?;
        self.command(regs::COMMAND_STOP)?;
        self.read(Region::Registers, regs::STATUS, 1)?;
        self.run_words(&[])?;
        // The emulator knows this register as well.
        self.read(Region::Registers, regs::TICK, 1)?;
        self.tick = self.read_in_time(regs::TICK..regs::TICK + 1)?[0];
        self.read_state()
    }

    /// Ticks by the timer, and tick numbers that wrap around. The core has few spikes or none.
    pub(super) fn keep_time(&mut self) -> Result<(), Difference> {
        // Only neuron 0 still fires.
        self.fill(Region::Threshold, u32::MAX >> (33 - self.config.state_bits))?;
        let bytes = Region::Threshold.layout(self.config).bytes();
        self.write(Region::Threshold, 0, &u32::MAX.to_le_bytes()[..bytes])?;
        for tick in [0x3ff8, 0x7fff_fffc, 0xffff_fff8] {
            self.register(regs::TICK, tick)?;
            self.tick = tick;
            self.advance(Vec::new(), 12)?;
            self.read(Region::Registers, regs::TICK, 1)?;
        }
        for (period, ticks) in [(3_000, 5), (40, 12), (20_011, 2)] {
            self.register(regs::TICK_PERIOD, period)?;
            self.advance(Vec::new(), ticks)?;
            self.read_registers()?;
        }
        self.answer_before_the_end()?;
        self.register(regs::OVERRUNS, 0)?;
        self.register(regs::TICK_PERIOD, 0)?;
        // All words and answers have been received, so the device and the emulator are at rest
        // again.
        self.run_words(&[])?;
        self.read_registers()
    }

    /// Requests that do not wait for the core. Their answers depend on the cycle.
    fn answer_before_the_end(&mut self) -> Result<(), Difference> {
        let advance = self.advance_word(4);
        let mut request = self.stream_request(&[advance]);
        request.max_words = 0;
        for (wait, eager) in [(0, false), (1, false), (2, true)] {
            request.wait = wait;
            request.eager = eager;
            self.ask_in_time(&Request::Stream(request.clone()))?;
            request.words.clear();
        }
        // Answered at the first word, then at three words.
        for max_words in [1, 3] {
            request.max_words = max_words;
            request.wait = 255;
            request.eager = true;
            let answer = self.ask_in_time(&Request::Stream(request.clone()))?;
            self.note(&answer)?;
            request.acked = self.acked;
        }
        Ok(())
    }

    /// Breaks, frames without an end, pulses, and more requests than fit.
    pub(super) fn spoil_the_line(&mut self) -> Result<(), Difference> {
        for bits in [10, 12, 300] {
            self.disturb("a break", QUIET, |line| line.send_break(bits))?;
        }
        for byte in [0x00, 0x55, 0xff] {
            self.disturb("a byte without a stop bit", QUIET, |line| {
                line.send_without_stop_bit(byte);
            })?;
        }
        for cycles in [1, 2, 3] {
            self.disturb("a pulse", QUIET, |line| line.send_glitch(cycles))?;
        }
        self.disturb("a delimiter", QUIET, |line| line.send(&[0]))?;
        self.overrun()?;
        // The emulator has not received the bytes of the disturbances.
        self.tag.sequence = 77;
        self.hello()?;
        self.ask(&self.overrunning_fill())?;
        self.fill(Region::Bias, 0)?;
        self.read_registers()?;
        let counts = self.read_in_time(regs::LINK_ERRORS..regs::LINK_EVENTS + 1)?;
        let each = counts.iter().flat_map(|it| [it & 0xffff, it >> 16]);
        if each.clone().any(|count| count == 0) {
            let each: Vec<_> = each.collect();
            return Err(format!(
                "damaged frames, bytes without a stop bit, breaks, overruns: {each:?}"
            ));
        }
        Ok(())
    }

    /// A FILL that takes longer than the transmission of more requests than the device can hold.
    fn overrunning_fill(&self) -> Request {
        let layout = Region::Synapses.layout(self.config);
        Request::Fill {
            region: Region::Synapses.number(),
            index: 0,
            count: layout.elements.min(OVERRUNNING),
            data: vec![3],
        }
    }

    fn overrun(&mut self) -> Result<(), Difference> {
        let fill = self.overrunning_fill();
        let bytes = Region::Bias.layout(self.config).bytes();
        let count = BYTES / bytes;
        let long = Request::Write {
            region: Region::Bias.number(),
            index: 0,
            // Lossless: at most BYTES.
            count: count as u8,
            data: vec![0x5a; count * bytes],
        };
        let requests = std::iter::repeat_n(&fill, 4).chain(std::iter::repeat_n(&long, 7));
        let bytes: Vec<u8> = (0..)
            .zip(requests)
            .flat_map(|(ahead, request)| {
                let sequence = self.tag.sequence.wrapping_add(ahead);
                let tag = Tag {
                    sequence,
                    ..self.tag
                };
                request.frame(tag).encode().unwrap()
            })
            .collect();
        let silence = u64::from(OVERRUNNING) * 16 + QUIET;
        self.disturb("more than fits", silence, |line| line.send(&bytes))
    }

    /// Repeats requests at other line rates, some with the largest allowed deviation.
    pub(super) fn change_rates(&mut self) -> Result<(), Difference> {
        for divider in [5, 6, 9, 24, 101, 260] {
            self.register(regs::BAUD_DIV, divider)?;
            let exact = BitTime::of_divider(divider);
            self.set_rate(exact);
            let errors: &[i32] = match divider {
                24 | 101 => &[-20, 20],
                _ => &[0],
            };
            for &per_mille in errors {
                self.hardware.set_send_time(exact.detuned(per_mille));
                if per_mille != 0 {
                    self.hardware.set_jitter(divider / 24);
                }
                self.register(regs::SCRATCH, 0x0ff0_a55a ^ divider)?;
                self.read(Region::Registers, regs::SCRATCH, 1)?;
            }
            self.hardware.set_jitter(0);
            self.hardware.set_send_time(exact);
        }
        // A value below the minimum is raised to the minimum.
        self.register(regs::BAUD_DIV, 0)?;
        self.set_rate(BitTime::of_divider(DIVIDER));
        self.read(Region::Registers, regs::BAUD_DIV, 1)
    }
}
