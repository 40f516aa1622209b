//! Writes every element of every memory and reads it back.

use spec::regions::Region;

use super::{Bench, Possible, SelfTestError};

/// Number of elements per read or write, which limits the time between reports of progress.
const AT_ONCE: usize = 4096;

/// The pattern of the values written.
#[derive(Clone, Copy)]
enum Pattern {
    /// Bits that depend on the whole address and on the memory, so that a stuck address line is
    /// detected.
    Address,
    /// The complement of [`Pattern::Address`].
    Complement,
    /// One bit, at another position in each element.
    Walking,
}

impl Pattern {
    const ALL: [Pattern; 3] = [Pattern::Address, Pattern::Complement, Pattern::Walking];

    const fn name(self) -> &'static str {
        match self {
            Pattern::Address => "pattern by address",
            Pattern::Complement => "its complement",
            Pattern::Walking => "walking ones",
        }
    }

    /// The value of an element with this number of bits.
    fn value(self, region: Region, index: u32, bits: u32) -> u32 {
        let mixed = || {
            let key = u32::from(region.number()) << 24 | index;
            let key = (key ^ key >> 16).wrapping_mul(0x7feb_352d);
            let key = (key ^ key >> 15).wrapping_mul(0x846c_a68b);
            key ^ key >> 16
        };
        match self {
            Pattern::Address => mixed(),
            Pattern::Complement => !mixed(),
            Pattern::Walking => 1 << (index % bits),
        }
    }
}

/// The differences found.
#[derive(Default)]
struct Differences {
    first: Option<(Region, u32, u32, u32, &'static str)>,
    differing: u64,
    reads: u64,
    regions: Vec<&'static str>,
}

pub(super) fn run(bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
    let config = &bench.config()?;
    let regions: Vec<Region> = Region::memories(config).collect();
    let elements: u64 = regions
        .iter()
        .map(|it| u64::from(it.layout(config).elements))
        .sum();
    let all = 2 * elements * Pattern::ALL.len() as u64;
    let mut found = Differences::default();
    let mut done = 0;
    let (device, mut progress) = bench.device_and_progress()?;
    device.stop()?;
    for pattern in Pattern::ALL {
        // All memories are written before any is read, so that a write to the wrong memory is
        // detected.
        for &region in &regions {
            let layout = region.layout(config);
            let values: Vec<u32> = (0..layout.elements)
                .map(|index| pattern.value(region, index, layout.bits) & layout.mask())
                .collect();
            for (index, part) in (0..).step_by(AT_ONCE).zip(values.chunks(AT_ONCE)) {
                device.write(region, index, part)?;
                done += part.len() as u64;
                progress(done, all);
            }
        }
        for &region in &regions {
            let layout = region.layout(config);
            for index in (0..layout.elements).step_by(AT_ONCE) {
                // Lossless: a constant.
                let count = (layout.elements - index).min(AT_ONCE as u32);
                let read = device.read(region, index, count)?;
                for (index, value) in (index..).zip(read) {
                    let expected = pattern.value(region, index, layout.bits) & layout.mask();
                    found.take(region, index, expected, value, pattern.name());
                }
                done += u64::from(count);
                progress(done, all);
            }
        }
    }
    // The patterns form no valid network, so the memories are cleared.
    for &region in &regions {
        let elements = region.layout(config).elements;
        for index in (0..elements).step_by(AT_ONCE) {
            device.fill(region, index, (elements - index).min(AT_ONCE as u32), 0)?;
        }
    }
    drop(progress);
    bench.count("memories", regions.len() as u64, "");
    bench.count("elements", elements, "");
    bench.count("patterns", Pattern::ALL.len() as u64, "");
    found.judge()
}

impl Differences {
    fn take(
        &mut self,
        region: Region,
        index: u32,
        expected: u32,
        found: u32,
        pattern: &'static str,
    ) {
        self.reads += 1;
        if found == expected {
            return;
        }
        self.differing += 1;
        self.first
            .get_or_insert((region, index, expected, found, pattern));
        if !self.regions.contains(&region.name()) {
            self.regions.push(region.name());
        }
    }

    fn judge(self) -> Result<Possible, SelfTestError> {
        let Some((region, index, expected, found, pattern)) = self.first else {
            return Ok(Possible::Done);
        };
        Err(SelfTestError::Memory {
            region,
            index,
            expected,
            found,
            pattern,
            differing: self.differing,
            reads: self.reads,
            regions: self.regions.join(", "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two addresses that differ in one bit hold different values, and so do two memories.
    #[test]
    fn each_address_line_changes_the_pattern() {
        let value = |region, index| Pattern::Address.value(region, index, 32);
        for bit in 0..24 {
            let differing = (0..64).filter(|base| {
                value(Region::Synapses, *base) != value(Region::Synapses, base ^ 1 << bit)
            });
            assert_eq!(differing.count(), 64, "line {bit}");
        }
        assert_ne!(value(Region::Bias, 3), value(Region::Threshold, 3));
    }

    #[test]
    fn every_bit_of_every_element_is_written_both_ways() {
        for bits in [1, 8, 16, 24, 32] {
            for index in 0..1000 {
                let one = Pattern::Address.value(Region::Bias, index, bits);
                assert_eq!(
                    one ^ Pattern::Complement.value(Region::Bias, index, bits),
                    !0
                );
            }
        }
    }
}
