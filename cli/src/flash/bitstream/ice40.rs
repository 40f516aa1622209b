//! Bitstreams of the iCE40: commands whose low four bits give the number of bytes that follow.

use super::reader::Reader;
use super::{BitstreamError, Target};

/// The preamble of every bitstream of the family, after comments.
pub(super) const PREAMBLE: [u8; 4] = [0x7e, 0xaa, 0x99, 0x7e];

/// The dies, by the columns and rows of their configuration memory: nextpnr's names, and the usual
/// one.
const DIES: [(u64, u64, &[&str], &str); 6] = [
    (182, 80, &["lp384"], "iCE40LP384"),
    (332, 144, &["lp1k", "hx1k"], "iCE40 with 1,280 cells"),
    (656, 176, &["u1k", "u2k", "u4k"], "iCE40LM"),
    (692, 176, &["u4k"], "iCE5LP4K"),
    (692, 336, &["up5k", "up3k"], "iCE40UP5K"),
    (
        872,
        272,
        &["hx8k", "lp8k", "hx4k", "lp4k"],
        "iCE40 with 7,680 cells",
    ),
];

/// Checks the bitstream to its end.
pub(super) fn examine(reader: Reader, target: &Target) -> Result<&'static str, BitstreamError> {
    let mut reader = reader.with_polynomial(0x1021);
    let (mut width, mut height, mut offset) = (0, 0, 0);
    let (mut widest, mut highest) = (0, 0);
    let mut is_checked = false;
    loop {
        let at = reader.at();
        let command = reader.byte("before it wakes the chip up")?;
        // Four bits; no valid command has more than 4 bytes.
        let length = command & 0xf;
        let payload = reader.number(length.min(8), "within a command")?;
        let unknown = |what| BitstreamError::Unknown {
            what,
            value: u64::from(command) << (8 * u32::from(length.min(4))) | payload,
            at,
        };
        match (command, payload) {
            // The frequency of the flash memory, and the behaviour after the start.
            (0x51, 0..=2) | (0x92, 0 | 1 | 0x20 | 0x21) => {}
            (0x11, 0..=3) => {}
            (0x62, _) => width = payload + 1,
            (0x72, _) => height = payload,
            (0x82, _) => offset = payload,
            // The configuration, or the contents of block RAM.
            (0x01, 1 | 3) => {
                if payload == 1 {
                    widest = widest.max(width);
                    highest = highest.max(offset + height);
                }
                // The product of two 16-bit numbers over 8 is at most 2^29.
                reader.skip((width * height / 8) as usize, "within the data of a bank")?;
                if reader.number(2, "within the data of a bank")? != 0 {
                    return Err(unknown("data of a wrong length for"));
                }
                is_checked = false;
            }
            (0x01, 5) => reader.checksum = 0xffff,
            // The checksum over data and checksum must be 0.
            (0x22, _) if reader.checksum == 0 => is_checked = true,
            (0x22, _) => return Err(BitstreamError::Checksum { at: at + 1 }),
            (0x01, 6) => break,
            _ => return Err(unknown("command")),
        }
    }
    let die = DIES
        .iter()
        .find(|(columns, rows, _, _)| (*columns, *rows) == (widest, highest));
    let wanted = || target.part.to_owned();
    match die {
        Some((_, _, names, title)) if names.contains(&target.device) => {
            if !is_checked {
                return Err(BitstreamError::Checksum { at: reader.at() });
            }
            reader.end(0)?;
            Ok(title)
        }
        Some((_, _, _, title)) => Err(BitstreamError::OtherChip {
            found: (*title).to_owned(),
            wanted: wanted(),
        }),
        None => Err(BitstreamError::OtherChip {
            found: format!("a chip with {widest} by {highest} bits a bank"),
            wanted: wanted(),
        }),
    }
}
