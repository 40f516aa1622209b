//! The contents of a core's memories, taken from a mapped network, from a device, or from a file.

use spec::fixed::sign_extend;
use spec::regions::Region;
use spec::sizes::Sizes;

/// The contents of some regions of a core, each region complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memories {
    sizes: Sizes,
    /// The elements of each region, by the region's number, in the byte format of the wire; empty
    /// if the region is not held.
    regions: Vec<Vec<u8>>,
}

impl Memories {
    /// Empty memories for a core of these sizes.
    #[must_use]
    pub fn new(sizes: &Sizes) -> Memories {
        Memories {
            sizes: *sizes,
            regions: vec![Vec::new(); Region::ALL.len()],
        }
    }

    /// The sizes of the core.
    #[must_use]
    pub const fn sizes(&self) -> &Sizes {
        &self.sizes
    }

    /// Stores a region. Missing elements are 0; elements beyond the region, and bits that an
    /// element does not have, are dropped.
    pub fn hold(&mut self, region: Region, values: &[u32]) {
        let layout = region.layout(&self.sizes);
        let elements = layout.elements as usize;
        let mut bytes: Vec<u8> = values
            .iter()
            .take(elements)
            .flat_map(|&value| {
                let value = value & layout.mask();
                value.to_le_bytes().into_iter().take(layout.bytes())
            })
            .collect();
        bytes.resize(elements * layout.bytes(), 0);
        self.hold_bytes(region, bytes);
    }

    /// Stores a region of the same size, from the bytes of [`Memories::bytes`].
    pub(crate) fn hold_bytes(&mut self, region: Region, bytes: Vec<u8>) {
        if let Some(held) = self.regions.get_mut(usize::from(region.number())) {
            *held = bytes;
        }
    }

    /// The elements of a region in order, each in as many bytes as on the wire, least significant
    /// first; empty if the region is not held.
    #[must_use]
    pub fn bytes(&self, region: Region) -> &[u8] {
        let held = self.regions.get(usize::from(region.number()));
        held.map_or(&[], Vec::as_slice)
    }

    /// An element; `None` if it is outside the region, or if the region is not held.
    #[must_use]
    pub fn element(&self, region: Region, index: usize) -> Option<u32> {
        let bytes = region.layout(&self.sizes).bytes();
        let element = self.bytes(region).get(index * bytes..(index + 1) * bytes)?;
        Some(number(element))
    }

    /// All elements of a region; empty if the region is not held.
    pub fn elements(&self, region: Region) -> impl ExactSizeIterator<Item = u32> {
        let bytes = region.layout(&self.sizes).bytes();
        self.bytes(region).chunks_exact(bytes.max(1)).map(number)
    }

    /// All elements of a region as two's complement numbers; empty if the region is not held.
    pub fn signed(&self, region: Region) -> impl ExactSizeIterator<Item = i32> {
        let bits = region.layout(&self.sizes).bits;
        self.elements(region).map(move |it| sign_extend(it, bits))
    }

    /// The first difference between two cores of the same sizes: the region, the index of the
    /// element, and the values in `self` and in `other`. A region that one of them does not hold is
    /// not compared.
    #[must_use]
    pub fn difference(&self, other: &Memories) -> Option<(Region, usize, u32, u32)> {
        Region::ALL.into_iter().find_map(|region| {
            let pairs = self.elements(region).zip(other.elements(region));
            let (index, (ours, theirs)) = pairs.enumerate().find(|(_, (a, b))| a != b)?;
            Some((region, index, ours, theirs))
        })
    }
}

/// The number in little-endian bytes.
fn number(bytes: &[u8]) -> u32 {
    let bytes = bytes.iter().rev();
    bytes.fold(0, |value, &byte| value << 8 | u32::from(byte))
}
