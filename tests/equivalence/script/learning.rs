//! The learning part of the session: its registers, and what the core has learned.

use std::collections::BTreeMap;

use spec::plasticity::REWARD_ONE;
use spec::regions::Region;
use spec::regs;
use spec::wire::{Request, Response};
use support::random_core::{RandomCore, Switch};

use super::{BYTES, Difference, Session, parts};

impl Session<'_> {
    /// Switches learning on and seeds the random numbers, in a config that learns.
    pub(super) fn begin_learning(&mut self, core: &RandomCore) -> Result<(), Difference> {
        if !self.config.learning {
            return Ok(());
        }
        self.register(regs::LEARNING, 1)?;
        // Two's complement.
        self.register(regs::REWARD, REWARD_ONE as u32)?;
        self.register(regs::RANDOM, core.random)
    }

    /// Writes the register that a random core's stimulus changes before a tick.
    pub(super) fn switch(&mut self, switch: Option<&Switch>) -> Result<(), Difference> {
        match switch {
            Some(Switch::Learning(enabled)) => self.register(regs::LEARNING, u32::from(*enabled)),
            // Two's complement.
            Some(Switch::Reward(reward)) => self.register(regs::REWARD, *reward as u32),
            Some(Switch::Nothing) | None => Ok(()),
        }
    }

    /// Stops learning and reads all that it changes. Fails if no weight has changed, since the
    /// session would then not test learning.
    pub(super) fn read_learned(&mut self, core: &RandomCore) -> Result<(), Difference> {
        if !self.config.learning {
            return Ok(());
        }
        self.register(regs::LEARNING, 0)?;
        for region in [
            Region::Threshold,
            Region::PreTrace,
            Region::PostTrace,
            Region::LtdAmount,
            Region::Adaptation,
        ] {
            self.read(region, 0, region.layout(self.config).elements)?;
        }
        self.read(Region::Registers, regs::RANDOM, 1)?;
        let weights = self.weights()?;
        let loaded: BTreeMap<u32, u32> = core
            .elements
            .iter()
            .filter(|(region, _, _)| *region == Region::Synapses)
            .map(|&(_, index, value)| (index, value))
            .collect();
        let changed = weights.into_iter().filter(|(index, weight)| {
            let before = loaded.get(index);
            before.is_some_and(|&before| before != u32::from(*weight))
        });
        match changed.count() {
            0 => Err("of the random core's weights none has changed".to_owned()),
            _ => Ok(()),
        }
    }

    /// Reads the weights, or a part of a large memory; returns each with its index.
    fn weights(&mut self) -> Result<Vec<(u32, u8)>, Difference> {
        let mut weights = Vec::new();
        for part in parts(self.config, Region::Synapses) {
            for index in part.clone().step_by(BYTES) {
                let answer = self.ask(&Request::Read {
                    region: Region::Synapses.number(),
                    index,
                    // Lossless: at most BYTES.
                    count: (part.end - index).min(BYTES as u32) as u8,
                })?;
                let Response::Read(bytes) = answer else {
                    return Err(format!("weights from {index} on are {answer:?}"));
                };
                weights.extend((index..).zip(bytes));
            }
        }
        Ok(weights)
    }
}
