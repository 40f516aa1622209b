//! Maps the number of a region to its group of four regions in the memory map.

use rust_hdl::prelude::*;

/// Regions 1 to 4, 5 to 8, 9 to 12, and those of learning behind them; without a clock.
///
/// Spelled out in bits: synthesisers make a carry chain of a comparison of five.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct RegionGroup {
    /// Number of a region.
    pub region: Signal<In, Bits<5>>,
    /// The region's place in its group: 1, 2, 3, 0.
    pub place: Signal<Out, Bits<2>>,
    /// The region is in the first group, or is region 0.
    pub first: Signal<Out, Bit>,
    /// The region is in the second group.
    pub second: Signal<Out, Bit>,
    /// The region is in the third group.
    pub third: Signal<Out, Bit>,

    upper: Signal<Local, Bits<3>>,
    /// The region is not the last of its group.
    not_last: Signal<Local, Bit>,
}

impl Logic for RegionGroup {
    #[hdl_gen]
    fn update(&mut self) {
        self.upper.next = self.region.val().get_bits::<3>(2);
        self.place.next = self.region.val().get_bits::<2>(0);
        self.not_last.next = self.region.val().get_bits::<2>(0).any();
        self.first.next =
            (self.upper.val() == 0) | ((self.upper.val() == 1) & !self.not_last.val());
        self.second.next = ((self.upper.val() == 1) & self.not_last.val())
            | ((self.upper.val() == 2) & !self.not_last.val());
        self.third.next = ((self.upper.val() == 2) & self.not_last.val())
            | ((self.upper.val() == 3) & !self.not_last.val());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_is_in_its_group() {
        let mut block = RegionGroup::default();
        block.connect_all();
        for region in 0..32_u64 {
            block.region.next = region.into();
            simulate(&mut block, 10);
            let found = (block.first.val(), block.second.val(), block.third.val());
            let is = |from: u64, to: u64| (from..=to).contains(&region);
            assert_eq!(found, (is(0, 4), is(5, 8), is(9, 12)), "{region}");
        }
    }
}
