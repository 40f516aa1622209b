//! Bitstreams of the ECP5: four-byte commands, some followed by data, some by a checksum.

use super::reader::Reader;
use super::{BitstreamError, Target};

/// The preamble of every bitstream of the family, after comments.
pub(super) const PREAMBLE: [u8; 4] = [0xff, 0xff, 0xbd, 0xb3];

/// The chips: their names, the numbers that they compare, the number of frames of the
/// configuration, and the number of bytes per frame.
const CHIPS: [Chip; 10] = [
    Chip::new("LFE5U-12F", 0x2111_1043, 7562, 74),
    Chip::new("LFE5U-25F", 0x4111_1043, 7562, 74),
    Chip::new("LFE5U-45F", 0x4111_2043, 9470, 106),
    Chip::new("LFE5U-85F", 0x4111_3043, 13294, 142),
    Chip::new("LFE5UM-25F", 0x0111_1043, 7562, 74),
    Chip::new("LFE5UM-45F", 0x0111_2043, 9470, 106),
    Chip::new("LFE5UM-85F", 0x0111_3043, 13294, 142),
    Chip::new("LFE5UM5G-25F", 0x8111_1043, 7562, 74),
    Chip::new("LFE5UM5G-45F", 0x8111_2043, 9470, 106),
    Chip::new("LFE5UM5G-85F", 0x8111_3043, 13294, 142),
];

struct Chip {
    name: &'static str,
    number: u32,
    frames: u64,
    bytes: usize,
}

impl Chip {
    const fn new(name: &'static str, number: u32, frames: u64, bytes: usize) -> Chip {
        Chip {
            name,
            number,
            frames,
            bytes,
        }
    }

    /// Fails unless it is the chip of the target or one of its siblings.
    fn check(&self, target: &Target) -> Result<(), BitstreamError> {
        let own = target.part.strip_prefix(self.name);
        let is_own = own.is_some_and(|rest| rest.starts_with('-') || rest.is_empty());
        if is_own || target.siblings.contains(&self.number) {
            return Ok(());
        }
        let siblings = CHIPS
            .iter()
            .filter(|it| target.siblings.contains(&it.number));
        let names = std::iter::once(target.part).chain(siblings.map(|it| it.name));
        Err(BitstreamError::OtherChip {
            found: self.name.to_owned(),
            wanted: names.collect::<Vec<_>>().join(" or "),
        })
    }
}

/// The bit of a command that announces a checksum.
const CHECKED: u64 = 1 << 23;

/// The bit of the configuration command that announces a single checksum for all frames.
const CHECKED_ONCE: u64 = 1 << 22;

/// Checks the bitstream to its end.
pub(super) fn examine(reader: Reader, target: &Target) -> Result<&'static str, BitstreamError> {
    const DONE: &str = "before it says that it is done";
    const WITHIN: &str = "within a command";
    let mut reader = reader.with_polynomial(0x8005);
    let mut chip = None;
    let mut is_configured = false;
    let mut has_dictionary = false;
    loop {
        let at = reader.at();
        // Padding is not part of the checksum.
        if reader.peek(DONE)? == 0xff {
            reader.pass();
            continue;
        }
        let command = reader.byte(DONE)?;
        let about = reader.number(3, WITHIN)?;
        let unknown = |what, value| BitstreamError::Unknown { what, value, at };
        let data = match command {
            // Resets the checksum.
            0x3b => {
                reader.checksum = 0;
                continue;
            }
            // The number that the chip compares with its own.
            0xe2 => {
                let number = reader.number(4, WITHIN)?;
                let found = CHIPS.iter().find(|it| u64::from(it.number) == number);
                let found = found.ok_or(unknown("the number of no ECP5,", number))?;
                found.check(target)?;
                chip = Some(found);
                0
            }
            // The dictionary of the compression.
            0x02 => {
                has_dictionary = true;
                8
            }
            // Control register, user code, address, checksum of error detection.
            0x22 | 0xc2 | 0xf6 | 0xa2 | 0xb4 => 4,
            // Frame address reset, mode of the flash memory, read-back disabled.
            0x46 | 0x79 | 0xce => 0,
            // Contents of block RAM.
            0xb2 => 9 * (about & 0xffff) as usize,
            // The configuration, compressed or uncompressed.
            0xb8 | 0x82 => {
                let chip = chip.ok_or(unknown("frames before the number of the chip,", about))?;
                if about & 0xffff != chip.frames {
                    return Err(unknown("a wrong number of frames,", about & 0xffff));
                }
                let is_compressed = command == 0xb8;
                if is_compressed && !has_dictionary {
                    return Err(unknown("compression without a dictionary,", about));
                }
                frames(&mut reader, chip, about, is_compressed)?;
                is_configured = true;
                continue;
            }
            0x5e => {
                if about & CHECKED != 0 {
                    reader.check(DONE)?;
                }
                break;
            }
            _ => return Err(unknown("command", command.into())),
        };
        reader.skip(data, WITHIN)?;
        if about & CHECKED != 0 {
            reader.check(WITHIN)?;
            reader.checksum = 0;
        }
    }
    let unconfigured = BitstreamError::Unknown {
        what: "no configuration before command",
        value: 0x5e,
        at: reader.at(),
    };
    let chip = chip.filter(|_| is_configured).ok_or(unconfigured)?;
    reader.end(0xff)?;
    Ok(chip.name)
}

/// Skips the frames of the configuration.
fn frames(
    reader: &mut Reader,
    chip: &Chip,
    about: u64,
    is_compressed: bool,
) -> Result<(), BitstreamError> {
    const WITHIN: &str = "within the configuration";
    let padding = (about >> 16 & 0xf) as usize;
    for frame in 1..=chip.frames {
        match is_compressed {
            true => compressed(reader, chip.bytes.next_multiple_of(8), WITHIN)?,
            false => reader.skip(chip.bytes, WITHIN)?,
        }
        let is_last = frame == chip.frames;
        if about & CHECKED != 0 && (about & CHECKED_ONCE == 0 || is_last) {
            reader.check(WITHIN)?;
            reader.checksum = 0;
        }
        reader.skip(padding, WITHIN)?;
    }
    Ok(())
}

/// Skips compressed data for `bytes` bytes: `0` is a zero byte, `10` and four bits select one of
/// sixteen bytes, `11` is followed by any byte. The data end at a byte boundary.
fn compressed(
    reader: &mut Reader,
    bytes: usize,
    within: &'static str,
) -> Result<(), BitstreamError> {
    let (mut held, mut count) = (0_u32, 0);
    let mut bits = |reader: &mut Reader, wanted: u32| -> Result<u32, BitstreamError> {
        while count < wanted {
            held = held << 8 | u32::from(reader.byte(within)?);
            count += 8;
        }
        count -= wanted;
        let taken = held >> count & ((1 << wanted) - 1);
        held &= (1 << count) - 1;
        Ok(taken)
    };
    for _ in 0..bytes {
        if bits(reader, 1)? == 1 {
            let length = if bits(reader, 1)? == 1 { 8 } else { 4 };
            bits(reader, length)?;
        }
    }
    Ok(())
}
