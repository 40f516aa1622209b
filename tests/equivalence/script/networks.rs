//! The networks of the session: the digits, and random networks with delays.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use spec::fixed::ABSENT;
use spec::regions::Region;
use spec::regs;
use spec::stream::{InWord, TICK_MODULUS};
use support::random_core::random_core;

use super::{BYTES, Difference, Session};
use crate::network::Fitted;
use demos::digits::TICKS as TICKS_PER_IMAGE;

impl Session<'_> {
    /// Loads the digits network, runs images, and reads the spike counts.
    pub(super) fn classify(&mut self, fitted: &Fitted, images: usize) -> Result<(), Difference> {
        // Absent synapses are already in the memory. Lossless: a byte.
        let absent = u32::from(ABSENT as u8);
        let mut elements = Vec::new();
        for write in fitted.image.writes() {
            let rest = match write.region {
                Region::Synapses => absent,
                _ => 0,
            };
            let values = (write.index..).zip(write.values);
            let told = values.filter(|&(_, value)| value != rest);
            elements.extend(told.map(|(index, value)| (write.region, index, value)));
        }
        self.load(elements)?;
        for image in 0..images {
            self.run_words(&[InWord::Reset.encode()])?;
            let spikes = fitted.digits.encode(image);
            for tick in 0..TICKS_PER_IMAGE {
                let now = spikes.iter().filter(|spike| spike.tick == tick);
                // Lossless: a core has at most 2^14 inputs.
                let words = now.map(|spike| InWord::Spike(spike.id as u16).encode());
                let words: Vec<u16> = words.collect();
                self.advance(words, 1)?;
            }
            for region in [Region::SpikeCount, Region::Potential] {
                self.read(region, 0, region.layout(self.config).elements)?;
            }
        }
        Ok(())
    }

    /// Loads a random core, with delays from 0 to 15, over the present contents, and runs it.
    pub(super) fn random_core(&mut self, seed: u32, ticks: u32) -> Result<(), Difference> {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&seed.to_le_bytes());
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(Config::default(), random);
        let core = random_core(self.config, ticks as usize)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        self.command(regs::COMMAND_RESET_STATE)?;
        self.load(core.elements.clone())?;
        self.begin_learning(&core)?;
        // Every second core probes the potentials and currents of neurons 1 to 4.
        let probe = regs::PROBE_FIRST.put(1)
            | regs::PROBE_V.put(1)
            | regs::PROBE_I.put(1)
            | regs::PROBE_COUNT.put(4);
        self.register(regs::PROBE, (seed % 2) * probe)?;
        let mut switches = core.switches.iter();
        for words in &core.stimulus {
            self.switch(switches.next())?;
            self.advance(words.clone(), 1)?;
        }
        self.register(regs::PROBE, 0)?;
        self.read_state()?;
        self.read_learned(&core)
    }

    /// Sends words and runs `ticks` ticks.
    pub(super) fn advance(&mut self, mut words: Vec<u16>, ticks: u32) -> Result<(), Difference> {
        words.push(self.advance_word(ticks));
        self.run_words(&words)
    }

    /// The stream word that runs `ticks` ticks.
    pub(super) fn advance_word(&mut self, ticks: u32) -> u16 {
        self.tick = self.tick.wrapping_add(ticks);
        // Lossless: 14 bits.
        InWord::Advance((self.tick % TICK_MODULUS) as u16).encode()
    }

    /// Reads everything that a tick changes.
    pub(super) fn read_state(&mut self) -> Result<(), Difference> {
        for region in [
            Region::Wheel,
            Region::Potential,
            Region::Current,
            Region::Refractory,
            Region::SpikeCount,
        ] {
            self.read(region, 0, region.layout(self.config).elements)?;
        }
        Ok(())
    }

    /// Writes elements; consecutive ones share a request.
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
}
