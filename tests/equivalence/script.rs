//! The session that every level runs.

mod learning;
mod networks;
#[cfg(feature = "mutants")]
mod rare;
mod refusals;
mod registers;
mod timing;

use std::ops::Range;

use spec::CoreConfig;
use spec::config::PROTOCOL_VERSION;
use spec::fixed::ABSENT;
use spec::regions::Region;
use spec::regs;
use spec::wire::{DATA_MAX, Request, Response, STREAM_OUT_MAX, StreamRequest};

use crate::network::Fitted;
use crate::session::{DIVIDER, Difference, Session};
use sim::BitTime;

/// Number of data bytes of a READ or WRITE.
const BYTES: usize = DATA_MAX;

/// Number of stream words of a request.
const WORDS: usize = 100;

/// A memory with more elements is read in part, because reading weights would otherwise take most
/// of the session.
const LARGE: u32 = 1 << 16;

/// Of a large memory, one of this number of reads is made.
const EVERY: usize = 8;

/// Number of images that are classified.
pub(crate) const IMAGES: usize = 2;

/// Number of random cores: one if there are more than 2^16 synapses to load, otherwise two.
pub(crate) fn cores(config: &CoreConfig) -> u32 {
    if config.synapses() > 1 << 16 { 1 } else { 2 }
}

/// Number of ticks per random core: more in a config that learns.
pub(crate) fn ticks(config: &CoreConfig) -> u32 {
    if config.learning { 48 } else { 16 }
}

/// The ranges of elements to read: the whole memory, or, of a large one, ranges of one READ each,
/// evenly spaced.
fn parts(config: &CoreConfig, region: Region) -> Vec<Range<u32>> {
    let layout = region.layout(config);
    let all = 0..layout.elements;
    if layout.elements <= LARGE {
        return vec![all];
    }
    // Lossless: at most BYTES.
    let together = (BYTES / layout.bytes()) as u32;
    all.step_by(together as usize * EVERY)
        .map(|first| first..layout.elements.min(first + together))
        .collect()
}

/// The addresses below `end` with exactly one bit set.
fn single_ones(end: u32) -> impl Iterator<Item = u32> {
    (0..u32::BITS)
        .map(|bit| 1 << bit)
        .take_while(move |&index| index < end)
}

/// Runs the whole session.
pub(crate) fn run(session: &mut Session) -> Result<(), Difference> {
    session.greet()?;
    session.refuse_requests()?;
    session.exercise_registers()?;
    // The cores of boards have room for digits; that of the mutants has none.
    if let Some(fitted) = Fitted::new(session.config) {
        session.classify(&fitted, IMAGES)?;
    }
    // Random cores with odd seeds have probes.
    for seed in (0..2).rev().take(cores(session.config) as usize) {
        session.random_core(seed, ticks(session.config))?;
    }
    session.stall()?;
    session.keep_time()?;
    session.spoil_the_line()?;
    session.change_rates()?;
    session.exercise_memories()?;
    session.read_everything()
}

/// Damages the line of a device that has not been greeted.
#[cfg(feature = "mutants")]
pub(crate) fn damage_before_the_greeting(session: &mut Session) -> Result<(), Difference> {
    session.damage_before_the_greeting()
}

/// States that the session reaches with few values or not at all.
#[cfg(feature = "mutants")]
pub(crate) fn reach_rare_states(session: &mut Session) -> Result<(), Difference> {
    session.reach_rare_states()
}

/// Stops of the core that the emulator knows nothing of; nothing else may follow.
#[cfg(feature = "mutants")]
pub(crate) fn stop_at_any_time(session: &mut Session) -> Result<(), Difference> {
    session.stop_at_any_time()
}

/// More random cores, each on empty memories, which it leaves empty.
#[cfg(feature = "mutants")]
pub(crate) fn run_cores(
    session: &mut Session,
    seeds: Range<u32>,
    ticks: u32,
) -> Result<(), Difference> {
    for seed in seeds {
        session.empty_memories()?;
        session.random_core(seed, ticks)?;
    }
    session.empty_memories()
}

impl Session<'_> {
    /// Begins a new session.
    fn hello(&mut self) -> Result<(), Difference> {
        self.tag.session = self.tag.session.wrapping_mul(3);
        self.ask(&Request::Hello {
            protocol: PROTOCOL_VERSION,
        })
        .map(drop)
    }

    /// Greets the device, sets the fastest line rate, and initialises its memories.
    pub(crate) fn greet(&mut self) -> Result<(), Difference> {
        // Requests before the greeting are ignored.
        self.read(Region::Registers, regs::ID, 1)?;
        self.tag.sequence = 0;
        self.hello()?;
        self.write(Region::Registers, regs::BAUD_DIV, &DIVIDER.to_le_bytes())?;
        self.set_rate(BitTime::of_divider(DIVIDER));
        self.empty_memories()
    }

    /// Gives every memory contents that do nothing.
    fn empty_memories(&mut self) -> Result<(), Difference> {
        for region in Region::memories(self.config) {
            let value = match region {
                // Lossless: a byte.
                Region::Synapses => u32::from(ABSENT as u8),
                _ => 0,
            };
            self.fill(region, value)?;
        }
        self.command(regs::COMMAND_RESET_STATE)
    }

    fn read_everything(&mut self) -> Result<(), Difference> {
        for region in Region::memories(self.config) {
            let layout = region.layout(self.config);
            for part in parts(self.config, region) {
                self.read(region, part.start, part.end - part.start)?;
            }
            // A large memory is read only in part: this reads the marks at the addresses with
            // exactly one bit set.
            if layout.elements > LARGE {
                for index in single_ones(layout.elements) {
                    self.read(region, index, 1)?;
                }
            }
        }
        self.read_registers()
    }

    fn read(&mut self, region: Region, first: u32, count: u32) -> Result<(), Difference> {
        let most = BYTES / region.layout(self.config).bytes();
        let end = first + count;
        for index in (first..end).step_by(most) {
            // Lossless: at most BYTES.
            let count = (end - index).min(most as u32) as u8;
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
            // Lossless: at most BYTES.
            count: (data.len() / bytes) as u8,
            data: data.to_vec(),
        })
        .map(drop)
    }

    fn fill(&mut self, region: Region, value: u32) -> Result<(), Difference> {
        let layout = region.layout(self.config);
        self.ask(&Request::Fill {
            region: region.number(),
            index: 0,
            count: layout.elements,
            data: value.to_le_bytes()[..layout.bytes()].to_vec(),
        })
        .map(drop)
    }

    fn register(&mut self, index: u32, value: u32) -> Result<(), Difference> {
        self.write(Region::Registers, index, &value.to_le_bytes())
    }

    fn command(&mut self, value: u32) -> Result<(), Difference> {
        self.register(regs::COMMAND, value)
    }

    /// A request with these words to the core, answered when the core is at rest.
    fn stream_request(&self, words: &[u16]) -> StreamRequest {
        StreamRequest {
            rewind: false,
            eager: false,
            acked: self.acked,
            // Lossless: far less than 256.
            max_words: STREAM_OUT_MAX as u8,
            wait: 255,
            words: words.to_vec(),
        }
    }

    /// Sends words to the core; returns the number of words received.
    fn stream(&mut self, words: &[u16]) -> Result<u16, Difference> {
        let answer = self.ask(&Request::Stream(self.stream_request(words)))?;
        self.note(&answer)
    }

    /// Acknowledges the words of an answer; returns their number.
    fn note(&mut self, answer: &Response) -> Result<u16, Difference> {
        let Response::Stream(answer) = answer else {
            return Err(format!("a stream is answered with {answer:?}"));
        };
        // Lossless: at most STREAM_OUT_MAX.
        let came = answer.words.len() as u16;
        self.acked = answer.position.wrapping_add(came);
        Ok(came)
    }

    /// Sends words, then takes all words from the core.
    fn run_words(&mut self, words: &[u16]) -> Result<(), Difference> {
        for words in words.chunks(WORDS) {
            self.stream(words)?;
        }
        while self.stream(&[])? > 0 {}
        Ok(())
    }
}
