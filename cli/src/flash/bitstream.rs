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

/// No bitstream of these chips is larger, block RAM included: that of an LFE5U-85F has 2 MB.
pub(crate) const LARGEST: u64 = 8 << 20;

/// Why a file is no bitstream for a chip.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum BitstreamError {
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// It is something else altogether.
    #[error("it is no bitstream: it has no preamble {preamble:02x?}")]
    NoPreamble {
        /// What a bitstream of the family has after its comments.
        preamble: &'static [u8],
    },
    /// It is for a chip of another family.
    #[error("it is a bitstream for an {found}, the board has an {wanted}")]
    OtherFamily {
        /// The family that it is for.
        found: &'static str,
        /// The part on the board.
        wanted: String,
    },
    /// It is for another chip of the family.
    #[error("it is for {found}, the board has {wanted}")]
    OtherChip {
        /// What it is for.
        found: String,
        /// The part on the board, and those that are the same but for their number.
        wanted: String,
    },
    /// It ends too early.
    #[error("it is cut off: it ends after {bytes} bytes, {within}")]
    Cut {
        /// How long it is.
        bytes: usize,
        /// What the last byte belongs to.
        within: &'static str,
    },
    /// A checksum is wrong.
    #[error("it is damaged: the checksum at byte {at} is wrong")]
    Checksum {
        /// Where it is.
        at: usize,
    },
    /// A command is unknown, or has a meaning that no tool of this board's gives it.
    #[error("it is damaged, or made for something else: {what} 0x{value:x} at byte {at}")]
    Unknown {
        /// What is wrong.
        what: &'static str,
        /// Its value.
        value: u64,
        /// Where it is.
        at: usize,
    },
    /// More comes after the end.
    #[error("something follows its end at byte {at}")]
    Trailing {
        /// Where the end is.
        at: usize,
    },
}

/// What a bitstream must be for, in the words of the board's description.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    /// `ice40` or `ecp5`.
    pub(crate) family: &'a str,
    /// The number on the chip.
    pub(crate) part: &'a str,
    /// nextpnr's name of the die.
    pub(crate) device: &'a str,
    /// Numbers in bitstreams of chips that are the same but for that number.
    pub(crate) siblings: Vec<u32>,
}

/// The chip that the bitstream is for; fails unless it is whole, sound, and for that target.
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
