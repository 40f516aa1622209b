//! The memories of a core, stored as raw elements.

use spec::config::CoreConfig;
use spec::plasticity::{RULE_ELEMENTS, StdpRule};
use spec::regions::Region;
use spec::words::{NeuronParams, Row, SecondParams};

use super::Oracle;

/// The elements of each region, in the order of the regions' numbers; the registers have none.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    elements: Vec<Vec<u32>>,
    bits: Vec<u32>,
}

impl Memory {
    pub(super) fn new(config: &CoreConfig) -> Memory {
        let mut memory = Memory {
            elements: Vec::new(),
            bits: Vec::new(),
        };
        for region in Region::ALL {
            let layout = region.layout(config);
            let elements = match region {
                Region::Registers => 0,
                _ => layout.elements as usize,
            };
            memory.elements.push(vec![0; elements]);
            memory.bits.push(layout.bits);
        }
        memory
    }

    /// An element; 0 outside of the memory.
    pub(super) fn read(&self, region: Region, index: u32) -> u32 {
        let elements = &self.elements[usize::from(region.number())];
        elements.get(index as usize).copied().unwrap_or(0)
    }

    /// Stores the bits that the element has; returns whether the element exists.
    pub(super) fn write(&mut self, region: Region, index: u32, value: u32) -> bool {
        let bits = self.bits[usize::from(region.number())];
        let elements = &mut self.elements[usize::from(region.number())];
        let element = elements.get_mut(index as usize);
        let exists = element.is_some();
        if let Some(element) = element {
            *element = value & (u32::MAX >> (32 - bits));
        }
        exists
    }

    pub(super) fn clear(&mut self, region: Region) {
        self.elements[usize::from(region.number())].fill(0);
    }

    fn bits(&self, region: Region) -> u32 {
        self.bits[usize::from(region.number())]
    }
}

impl Oracle {
    /// An element as an unsigned number.
    pub(super) fn unsigned(&self, region: Region, index: usize) -> i64 {
        self.memory.read(region, index as u32).into()
    }

    /// An element as a two's complement number.
    pub(super) fn signed(&self, region: Region, index: usize) -> i64 {
        let range = 1 << self.memory.bits(region);
        let value = self.unsigned(region, index);
        if value < range / 2 {
            value
        } else {
            value - range
        }
    }

    /// Sets an element to a signed or unsigned number.
    pub(super) fn set(&mut self, region: Region, index: usize, value: i64) {
        // Two's complement in as many bits as the element has.
        self.memory.write(region, index as u32, value as u32);
    }

    pub(super) fn row(&self, index: usize) -> Row {
        let index = index as u32;
        let body = self.memory.read(Region::RowBody, index);
        let link = self.memory.read(Region::RowLink, index);
        Row::decode(body, link, &self.config)
    }

    pub(super) fn dynamics(&self, neuron: usize) -> NeuronParams {
        let neuron = neuron as u32;
        let word = self.memory.read(Region::Dynamics, neuron);
        let reset = self.memory.read(Region::Reset, neuron);
        NeuronParams::decode(word, reset, &self.config)
    }

    /// The dynamics of a neuron's second state, in a core that has them.
    pub(super) fn second_dynamics(&self, neuron: usize) -> SecondParams {
        let at = self.config.neurons() + neuron;
        SecondParams::decode(self.memory.read(Region::Dynamics, at as u32), &self.config)
    }

    pub(super) fn rule(&self, number: usize) -> StdpRule {
        let mut elements = [0; RULE_ELEMENTS];
        for (element, value) in elements.iter_mut().enumerate() {
            let index = number * RULE_ELEMENTS + element;
            *value = self.memory.read(Region::Rule, index as u32);
        }
        StdpRule::decode(&elements)
    }
}
