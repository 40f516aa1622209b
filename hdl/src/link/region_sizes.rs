//! The sizes of the regions for the range check of requests: the number of elements, one byte at a
//! time, lowest first.

use rust_hdl::prelude::*;
use spec::CoreConfig;
use spec::regions::Region;

/// Looks a region up; without a clock.
#[derive(Clone, Debug, LogicBlock)]
pub struct RegionSizes {
    /// Number of a region; those above 12 are learning's.
    pub region: Signal<In, Bits<5>>,
    /// Which byte of the number of elements, 0..=2.
    pub lane: Signal<In, Bits<2>>,
    /// The selected byte of the number of elements.
    pub elements: Signal<Out, Bits<8>>,
    /// Bytes of an element, less 1.
    pub last_byte: Signal<Out, Bits<2>>,

    registers: Constant<Bits<24>>,
    synapses: Constant<Bits<24>>,
    rows: Constant<Bits<24>>,
    wheel: Constant<Bits<24>>,
    neurons: Constant<Bits<24>>,
    currents: Constant<Bits<24>>,
    row_body_last: Constant<Bits<2>>,
    row_link_last: Constant<Bits<2>>,
    wheel_last: Constant<Bits<2>>,
    state_last: Constant<Bits<2>>,
    current_last: Constant<Bits<2>>,
    refractory_last: Constant<Bits<2>>,
    count_last: Constant<Bits<2>>,
    dynamics_last: Constant<Bits<2>>,
    reset_last: Constant<Bits<2>>,
    learns: Constant<Bit>,
    rules: Constant<Bits<24>>,
    trace_last: Constant<Bits<2>>,
    all: Signal<Local, Bits<24>>,
}

impl RegionSizes {
    /// The regions of a core.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let elements =
            |region: Region| Constant::new(u64::from(region.layout(config).elements).into());
        let last =
            |region: Region| Constant::new((region.layout(config).bytes() as u64 - 1).into());
        Self {
            region: Default::default(),
            lane: Default::default(),
            elements: Default::default(),
            last_byte: Default::default(),
            registers: elements(Region::Registers),
            synapses: elements(Region::Synapses),
            rows: elements(Region::RowBody),
            wheel: elements(Region::Wheel),
            neurons: elements(Region::Potential),
            currents: elements(Region::Current),
            row_body_last: last(Region::RowBody),
            row_link_last: last(Region::RowLink),
            wheel_last: last(Region::Wheel),
            state_last: last(Region::Potential),
            current_last: last(Region::Current),
            refractory_last: last(Region::Refractory),
            count_last: last(Region::SpikeCount),
            dynamics_last: last(Region::Dynamics),
            reset_last: last(Region::Reset),
            learns: Constant::new(config.learning),
            rules: elements(Region::Rule),
            trace_last: last(Region::Rule),
            all: Default::default(),
        }
    }
}

impl Default for RegionSizes {
    fn default() -> Self {
        Self::new(CoreConfig::tiny())
    }
}

impl Logic for RegionSizes {
    #[hdl_gen]
    fn update(&mut self) {
        // Potential, current, threshold and bias (5 to 8) give the default; the others differ from
        // it.
        self.all.next = self.neurons.val();
        self.last_byte.next = self.state_last.val();
        if self.region.val() == 0 {
            self.all.next = self.registers.val();
            self.last_byte.next = 3.into();
        }
        if self.region.val() == 1 {
            self.all.next = self.synapses.val();
            self.last_byte.next = 0.into();
        }
        if self.region.val() == 2 {
            self.all.next = self.rows.val();
            self.last_byte.next = self.row_body_last.val();
        }
        if self.region.val() == 3 {
            self.all.next = self.rows.val();
            self.last_byte.next = self.row_link_last.val();
        }
        if self.region.val() == 4 {
            self.all.next = self.wheel.val();
            self.last_byte.next = self.wheel_last.val();
        }
        if self.region.val() == 6 {
            self.all.next = self.currents.val();
            self.last_byte.next = self.current_last.val();
        }
        if self.region.val() == 9 {
            self.last_byte.next = self.refractory_last.val();
        }
        if self.region.val() == 10 {
            self.last_byte.next = self.count_last.val();
        }
        if self.region.val() == 11 {
            self.all.next = self.currents.val();
            self.last_byte.next = self.dynamics_last.val();
        }
        if self.region.val() == 12 {
            self.last_byte.next = self.reset_last.val();
        }
        if self.learns.val() & (self.region.val() > 12) {
            self.last_byte.next = self.trace_last.val();
        }
        if self.learns.val() & (self.region.val() == 13) {
            self.all.next = self.rows.val();
        }
        if self.learns.val() & (self.region.val() == 17) {
            self.all.next = self.rules.val();
        }
        self.elements.next = self.all.val().get_bits::<8>(16);
        if self.lane.val() == 0 {
            self.elements.next = self.all.val().get_bits::<8>(0);
        }
        if self.lane.val() == 1 {
            self.elements.next = self.all.val().get_bits::<8>(8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_of_every_config() {
        for config in CoreConfig::ALL {
            let mut block = RegionSizes::new(config);
            block.connect_all();
            for region in Region::of(config) {
                let mut elements = 0;
                for lane in 0..3u64 {
                    block.region.next = u64::from(region.number()).into();
                    block.lane.next = lane.into();
                    simulate(&mut block, 10);
                    elements |= block.elements.val().to_u64() << (8 * lane);
                }
                let layout = region.layout(config);
                let found = (elements, block.last_byte.val().to_u64() + 1);
                assert_eq!(
                    found,
                    (layout.elements.into(), layout.bytes() as u64),
                    "{region:?}"
                );
            }
        }
    }
}
