//! The byte format of snapshots, as described in `docs/running.md`.

use crc::{CRC_32_ISO_HDLC, Crc};
use spec::Sizes;
use spec::config::Name;
use spec::regions::Region;

use super::{FORMAT_VERSION, Snapshot, SnapshotError};
use crate::image::Memories;

const MAGIC: &[u8; 8] = b"SYNFSNAP";

/// Bytes before the name: magic bytes, version, length.
const HEAD: usize = MAGIC.len() + 2 + 8;

const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

impl Snapshot {
    /// Encodes the snapshot; [`Snapshot::decode`] is the inverse.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let sizes = self.sizes();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORMAT_VERSION.to_le_bytes());
        // The length, once it is known.
        bytes.extend(0u64.to_le_bytes());
        bytes.extend(self.name.to_bytes());
        bytes.extend(sizes.to_bytes());
        // Lossless: there are six.
        bytes.push(Snapshot::REGISTERS.len() as u8);
        for index in Snapshot::REGISTERS {
            bytes.extend(index.to_le_bytes());
            bytes.extend(self.register(index).to_le_bytes());
        }
        // Lossless: there are eighteen.
        bytes.push(Region::memories(sizes).count() as u8);
        for region in Region::memories(sizes) {
            let layout = region.layout(sizes);
            // Lossless: at most 32 bits.
            bytes.extend([region.number(), layout.bits as u8]);
            bytes.extend(layout.elements.to_le_bytes());
            bytes.extend(self.memories.bytes(region));
        }
        let length = (bytes.len() + 4) as u64;
        if let Some(place) = bytes.get_mut(HEAD - 8..HEAD) {
            place.copy_from_slice(&length.to_le_bytes());
        }
        bytes.extend(CRC.checksum(&bytes).to_le_bytes());
        bytes
    }

    /// Decodes a snapshot.
    ///
    /// # Errors
    /// Why the bytes are not a snapshot of a core that this program supports; see
    /// [`SnapshotError`].
    pub fn decode(bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
        let mut reader = Reader {
            bytes: checked(bytes)?,
            length: bytes.len(),
        };
        let name = name(&mut reader)?;
        let sizes = &sizes(&mut reader)?;
        reader.expect("number of registers", 1, Snapshot::REGISTERS.len() as u32)?;
        let mut registers = [0; Snapshot::REGISTERS.len()];
        for (index, value) in Snapshot::REGISTERS.into_iter().zip(&mut registers) {
            reader.expect("register", 4, index)?;
            *value = reader.number(4)?;
        }
        let regions = Region::memories(sizes).count() as u32;
        reader.expect("number of memories", 1, regions)?;
        let mut memories = Memories::new(sizes);
        for region in Region::memories(sizes) {
            let layout = region.layout(sizes);
            reader.expect("memory", 1, region.number().into())?;
            reader.expect("bits of an element", 1, layout.bits)?;
            reader.expect("number of elements", 4, layout.elements)?;
            let held = reader.take(layout.elements as usize * layout.bytes())?;
            memories.hold_bytes(region, held.to_vec());
            let beyond = memories
                .elements(region)
                .find(|it| it & !layout.mask() != 0);
            if let Some(found) = beyond {
                return Err(SnapshotError::Part {
                    what: "largest element of a memory",
                    found,
                    expected: layout.mask(),
                });
            }
        }
        reader.end("number of bytes behind the memories")?;
        Ok(Snapshot::new(name, memories, registers))
    }
}

/// The bytes between the length and the checksum, if both are right.
fn checked(bytes: &[u8]) -> Result<&[u8], SnapshotError> {
    let found = bytes.len() as u64;
    let short = SnapshotError::Length {
        found,
        said: HEAD as u64 + 4,
    };
    let part = |from: usize, to: usize| bytes.get(from..to);
    if bytes.get(..MAGIC.len()) != Some(MAGIC) {
        return Err(SnapshotError::Foreign);
    }
    let version = part(MAGIC.len(), MAGIC.len() + 2).and_then(|it| it.try_into().ok());
    let version = u16::from_le_bytes(version.ok_or_else(|| short.clone())?);
    if version != FORMAT_VERSION {
        return Err(SnapshotError::Version { found: version });
    }
    let said = part(HEAD - 8, HEAD).and_then(|it| it.try_into().ok());
    let said = u64::from_le_bytes(said.ok_or_else(|| short.clone())?);
    if said != found {
        return Err(SnapshotError::Length { found, said });
    }
    let (content, sum) = bytes.split_last_chunk().ok_or_else(|| short.clone())?;
    let (found, computed) = (u32::from_le_bytes(*sum), CRC.checksum(content));
    if found != computed {
        return Err(SnapshotError::Checksum { found, computed });
    }
    content.get(HEAD..).ok_or(short)
}

/// The name of the core.
fn name(reader: &mut Reader<'_>) -> Result<Name, SnapshotError> {
    let mut bytes = [0; Name::BYTES];
    bytes.copy_from_slice(reader.take(Name::BYTES)?);
    Name::from_bytes(bytes).ok_or(SnapshotError::Name { found: bytes })
}

/// The sizes of the core.
fn sizes(reader: &mut Reader<'_>) -> Result<Sizes, SnapshotError> {
    let mut bytes = [0; Sizes::BYTES];
    bytes.copy_from_slice(reader.take(Sizes::BYTES)?);
    Sizes::from_bytes(bytes).map_err(|source| SnapshotError::Sizes { source })
}

/// A reader of the remaining bytes of a file.
struct Reader<'b> {
    bytes: &'b [u8],
    length: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], SnapshotError> {
        let short = || SnapshotError::Length {
            found: self.length as u64,
            said: self.length.saturating_add(count - self.bytes.len()) as u64,
        };
        let (taken, left) = self.bytes.split_at_checked(count).ok_or_else(short)?;
        self.bytes = left;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<u32, SnapshotError> {
        let bytes = self.take(bytes)?.iter().rev();
        Ok(bytes.fold(0, |value, &byte| value << 8 | u32::from(byte)))
    }

    fn expect(
        &mut self,
        what: &'static str,
        bytes: usize,
        expected: u32,
    ) -> Result<(), SnapshotError> {
        let found = self.number(bytes)?;
        if found == expected {
            return Ok(());
        }
        Err(SnapshotError::Part {
            what,
            found,
            expected,
        })
    }

    /// Refuses remaining bytes.
    fn end(&self, what: &'static str) -> Result<(), SnapshotError> {
        let found = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        if found == 0 {
            return Ok(());
        }
        Err(SnapshotError::Part {
            what,
            found,
            expected: 0,
        })
    }
}
