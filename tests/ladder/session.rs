//! The same session with a device and with the emulator, byte for byte.

use std::ops::Range;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim::{BitTime, PowerUp, UartDut};
use spec::CoreConfig;
use spec::emulator::Device;
use spec::regions::Region;
use spec::regs;
use spec::stream::InWord;
use spec::wire::{Frame, Request, Response, StreamRequest};
use support::random_core::random_core;

/// Cycles per bit: the fewest that the receiver can do, to save time.
const DIVIDER: u32 = 4;

/// The longest that a request of these sessions takes, in cycles.
const PATIENCE: u64 = 2_000_000;

/// An answer is over when the line has been silent for this many cycles.
const SILENCE: u64 = 200;

/// Bytes of a read or a write.
const BYTES: usize = 240;

/// Stream words of a request.
const WORDS: usize = 100;

/// How a device and the emulator differ, for people.
pub(crate) type Difference = String;

/// A device, the emulator, and what has been said.
pub(crate) struct Session {
    config: &'static CoreConfig,
    hardware: UartDut,
    emulator: Device,
    sequence: u8,
    /// Stream words from the core that we have.
    acked: u16,
    answered: usize,
}

impl Session {
    /// Powers `device` up, greets it, makes it fast, and makes its memories known.
    pub(crate) fn new(
        device: &'static str,
        config: &'static CoreConfig,
    ) -> Result<Session, Difference> {
        let sizes = CoreConfig {
            name: device,
            ..config.clone()
        };
        let mut hardware = UartDut::new(&sizes, &PowerUp::default()).unwrap();
        hardware.run(1_000);
        let mut session = Session {
            config,
            hardware,
            emulator: Device::new(config),
            sequence: 0,
            acked: 0,
            answered: 0,
        };
        session.ask(&Request::Hello { protocol: 1 })?;
        session.write(Region::Registers, regs::BAUD_DIV, &DIVIDER.to_le_bytes())?;
        session.hardware.run(1_000);
        session.hardware.set_bit_time(BitTime::of_divider(DIVIDER));
        for region in memories() {
            let layout = region.layout(config);
            session.ask(&Request::Fill {
                region: region.number(),
                index: 0,
                count: layout.elements,
                data: vec![0; layout.bytes()],
            })?;
        }
        session.command(regs::COMMAND_RESET_STATE)?;
        Ok(session)
    }

    /// Loads a random core, with delays from 0 to 15, runs it, and reads every memory back.
    pub(crate) fn random_core(&mut self, seed: u32, ticks: u32) -> Result<(), Difference> {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&seed.to_le_bytes());
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config::default(), random);
        let core = random_core(self.config, ticks as usize)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        self.load(core.elements)?;
        // Neurons 1 to 4 tell both their potential and their current, every other time.
        let probe = (seed % 2) * (1 | 1 << 14 | 1 << 15 | 4 << 16);
        for (register, value) in [(regs::PROBE, probe), (regs::SCRATCH, 0x9e37_79b9 ^ seed)] {
            self.write(Region::Registers, register, &value.to_le_bytes())?;
        }
        for (tick, mut words) in (1..).zip(core.stimulus) {
            words.push(InWord::Advance(tick).encode());
            for words in words.chunks(WORDS) {
                self.stream(words)?;
            }
            while self.stream(&[])? > 0 {}
        }
        self.read_everything()
    }

    /// Bytes of answers that were equal.
    pub(crate) fn answered(&self) -> usize {
        self.answered
    }

    /// Cycles since power-up.
    pub(crate) fn cycles(&self) -> u64 {
        self.hardware.cycles()
    }

    /// Writes elements, neighbours together.
    fn load(&mut self, mut elements: Vec<(Region, u32, u32)>) -> Result<(), Difference> {
        elements.sort_by_key(|&(region, index, _)| (region.number(), index));
        let mut rest = &elements[..];
        while let Some(&(region, first, _)) = rest.first() {
            let bytes = region.layout(self.config).bytes();
            let neighbours = rest
                .iter()
                .zip(first..)
                .take_while(|((of, index, _), expected)| *of == region && index == expected)
                .take(BYTES / bytes)
                .count();
            let (now, later) = rest.split_at(neighbours);
            let data: Vec<u8> = now
                .iter()
                .flat_map(|(_, _, value)| value.to_le_bytes()[..bytes].to_vec())
                .collect();
            self.write(region, first, &data)?;
            rest = later;
        }
        Ok(())
    }

    fn read_everything(&mut self) -> Result<(), Difference> {
        for region in memories() {
            let layout = region.layout(self.config);
            self.read(region, 0..layout.elements)?;
        }
        // Those that count cycles are left out: the emulator has none.
        self.read(Region::Registers, 0..regs::CYCLES)?;
        self.read(Region::Registers, regs::SCRATCH..regs::SCRATCH + 1)
    }

    fn read(&mut self, region: Region, elements: Range<u32>) -> Result<(), Difference> {
        let most = BYTES / region.layout(self.config).bytes();
        for index in elements.clone().step_by(most) {
            let count = (elements.end - index).min(most as u32) as u8;
            self.ask(&Request::Read {
                region: region.number(),
                index,
                count,
            })?;
        }
        Ok(())
    }

    fn write(&mut self, region: Region, index: u32, data: &[u8]) -> Result<(), Difference> {
        let bytes = region.layout(self.config).bytes();
        self.ask(&Request::Write {
            region: region.number(),
            index,
            count: (data.len() / bytes) as u8,
            data: data.to_vec(),
        })
        .map(drop)
    }

    fn command(&mut self, value: u32) -> Result<(), Difference> {
        self.write(Region::Registers, regs::COMMAND, &value.to_le_bytes())
    }

    /// Sends words to the core; tells how many came from it.
    fn stream(&mut self, words: &[u16]) -> Result<u16, Difference> {
        let answer = self.ask(&Request::Stream(StreamRequest {
            rewind: false,
            eager: false,
            acked: self.acked,
            max_words: 119,
            wait: 255,
            words: words.to_vec(),
        }))?;
        let Response::Stream(answer) = answer else {
            return Err(format!("both answer {answer:?} to a stream"));
        };
        let came = answer.words.len() as u16;
        self.acked = self.acked.wrapping_add(came);
        Ok(came)
    }

    /// Asks both, and hands out the answer that both gave.
    fn ask(&mut self, request: &Request) -> Result<Response, Difference> {
        let bytes = request.frame(self.sequence).encode().unwrap();
        self.sequence = self.sequence.wrapping_add(1);
        let expected = self.emulator.receive(&bytes);
        self.hardware.send(&bytes);
        self.hardware.run_until_sent();
        let mut answer = Vec::new();
        loop {
            let complete = answer.len() >= expected.len();
            let wait = if complete { SILENCE } else { PATIENCE };
            if !self.hardware.run_until_byte(wait) {
                break;
            }
            answer.extend(self.hardware.take_received());
        }
        if answer != expected {
            return Err(format!(
                "to {request:?} the emulator answers {expected:02x?}, the device {answer:02x?}"
            ));
        }
        self.answered += answer.len();
        let frame = Frame::decode(answer.strip_suffix(&[0]).unwrap_or(&answer)).unwrap();
        Ok(Response::decode(&frame).unwrap())
    }
}

/// All regions but the registers.
fn memories() -> impl Iterator<Item = Region> {
    let all = Region::ALL.into_iter();
    all.filter(|&region| region != Region::Registers)
}
