//! Checks that a file is a complete bitstream for the given chip, because programmers send any
//! file.
//!
//! The file is parsed as the chip does it, with commands, lengths and checksums, so that truncated
//! or damaged files and files for another chip are found. Project IceStorm and Project Trellis
//! document the formats.

mod ecp5;
mod ice40;
mod reader;

use thiserror::Error;

use reader::Reader;

/// Maximum size of a bitstream in bytes: that of an LFE5U-85F with block RAM has 2 MB.
pub(crate) const LARGEST: u64 = 8 << 20;

/// Why a file is not a valid bitstream for a chip.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum BitstreamError {
    /// The file is empty.
    #[error("it is empty")]
    Empty,
    /// The file is not a bitstream.
    #[error("it is no bitstream: it has no preamble {preamble:02x?}")]
    NoPreamble {
        /// The preamble of the family's bitstreams.
        preamble: &'static [u8],
    },
    /// It is for a chip of another family.
    #[error("it is a bitstream for an {found}, the board has an {wanted}")]
    OtherFamily {
        /// That family.
        found: &'static str,
        /// The part on the board.
        wanted: String,
    },
    /// It is for another chip of the family.
    #[error("it is for {found}, the board has {wanted}")]
    OtherChip {
        /// That chip.
        found: String,
        /// The board's chip, and chips with the same die.
        wanted: String,
    },
    /// The file is truncated.
    #[error("it is cut off: it ends after {bytes} bytes, {within}")]
    Cut {
        /// Its size.
        bytes: usize,
        /// The part that is incomplete.
        within: &'static str,
    },
    /// A checksum is wrong.
    #[error("it is damaged: the checksum at byte {at} is wrong")]
    Checksum {
        /// Position of the checksum.
        at: usize,
    },
    /// A command is unknown, or is not used by the tools for this board.
    #[error("it is damaged, or made for something else: {what} 0x{value:x} at byte {at}")]
    Unknown {
        /// The command.
        what: &'static str,
        /// Its value.
        value: u64,
        /// Its position.
        at: usize,
    },
    /// Further bytes follow the end.
    #[error("something follows its end at byte {at}")]
    Trailing {
        /// Position of the end.
        at: usize,
    },
}

/// The required chip, in the terms of the board's description.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    /// `ice40` or `ecp5`.
    pub(crate) family: &'a str,
    /// The number on the chip.
    pub(crate) part: &'a str,
    /// nextpnr's name of the die.
    pub(crate) device: &'a str,
    /// Chip numbers of other chips with the same die.
    pub(crate) siblings: Vec<u32>,
}

/// The chip of the bitstream; fails unless it is complete, undamaged, and for this target.
pub(crate) fn examine(bytes: &[u8], target: &Target) -> Result<&'static str, BitstreamError> {
    if bytes.is_empty() {
        return Err(BitstreamError::Empty);
    }
    let families = [
        ("ice40", "iCE40", &ice40::PREAMBLE[..]),
        ("ecp5", "ECP5", &ecp5::PREAMBLE[..]),
    ];
    let own = families.iter().find(|(name, _, _)| *name == target.family);
    let Some(&(_, _, preamble)) = own else {
        return Err(BitstreamError::NoPreamble { preamble: &[] });
    };
    let Some(reader) = Reader::after(bytes, preamble) else {
        let others = families
            .iter()
            .filter(|(name, _, _)| *name != target.family);
        let mut found = others.filter(|(_, _, other)| Reader::after(bytes, other).is_some());
        return Err(match found.next() {
            Some(&(_, found, _)) => BitstreamError::OtherFamily {
                found,
                wanted: target.part.to_owned(),
            },
            None => BitstreamError::NoPreamble { preamble },
        });
    };
    match target.family {
        "ice40" => ice40::examine(reader, target),
        _ => ecp5::examine(reader, target),
    }
}
