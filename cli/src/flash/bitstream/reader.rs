//! Reads the bytes of a bitstream in order and computes their checksum.

use super::BitstreamError;

/// Maximum length of the comments: some tools write their whole command line into them.
const COMMENTS: usize = 4096;

/// The remaining bytes of a bitstream.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The checksum of all bytes since the last reset.
    pub(super) checksum: u16,
    polynomial: u16,
}

impl<'a> Reader<'a> {
    /// A reader of the bytes after the preamble, if there is one.
    pub(super) fn after(bytes: &'a [u8], preamble: &[u8]) -> Option<Reader<'a>> {
        let head = bytes.get(..bytes.len().min(COMMENTS))?;
        let mut places = head.windows(preamble.len());
        let place = places.position(|window| window == preamble)?;
        Some(Reader {
            bytes,
            at: place + preamble.len(),
            checksum: 0,
            polynomial: 0,
        })
    }

    /// The same reader, with a checksum of this polynomial.
    pub(super) fn with_polynomial(self, polynomial: u16) -> Reader<'a> {
        Reader { polynomial, ..self }
    }

    /// Number of bytes read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next byte.
    pub(super) fn byte(&mut self, within: &'static str) -> Result<u8, BitstreamError> {
        let byte = self.peek(within)?;
        self.at += 1;
        for bit in (0..8).rev() {
            let differs = (self.checksum >> 15) ^ u16::from(byte >> bit & 1) == 1;
            self.checksum = (self.checksum << 1) ^ if differs { self.polynomial } else { 0 };
        }
        Ok(byte)
    }

    /// The next byte, without reading it.
    pub(super) fn peek(&self, within: &'static str) -> Result<u8, BitstreamError> {
        let byte = self.bytes.get(self.at);
        byte.copied().ok_or(BitstreamError::Cut {
            bytes: self.bytes.len(),
            within,
        })
    }

    /// Skips a byte that is not part of the checksum.
    pub(super) fn pass(&mut self) {
        self.at += 1;
    }

    /// Skips `count` bytes that are part of the checksum.
    pub(super) fn skip(
        &mut self,
        count: usize,
        within: &'static str,
    ) -> Result<(), BitstreamError> {
        for _ in 0..count {
            self.byte(within)?;
        }
        Ok(())
    }

    /// A big-endian number of `bytes` bytes, at most 8.
    pub(super) fn number(
        &mut self,
        bytes: u8,
        within: &'static str,
    ) -> Result<u64, BitstreamError> {
        let mut number = 0;
        for _ in 0..bytes {
            number = number << 8 | u64::from(self.byte(within)?);
        }
        Ok(number)
    }

    /// Reads two bytes, which must be the checksum of the bytes before.
    pub(super) fn check(&mut self, within: &'static str) -> Result<(), BitstreamError> {
        let at = self.at;
        self.number(2, within)?;
        match self.checksum {
            0 => Ok(()),
            _ => Err(BitstreamError::Checksum { at }),
        }
    }

    /// Fails if anything but `padding` remains.
    pub(super) fn end(&self, padding: u8) -> Result<(), BitstreamError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match rest.iter().position(|byte| *byte != padding) {
            None => Ok(()),
            Some(place) => Err(BitstreamError::Trailing {
                at: self.at + place,
            }),
        }
    }
}
