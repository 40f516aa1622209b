//! Draws choices from the bytes of an input; after the last byte, all choices are zero.

/// The remaining bytes.
#[derive(Debug)]
pub(crate) struct Bytes<'d>(&'d [u8]);

impl<'d> Bytes<'d> {
    pub(crate) const fn new(data: &'d [u8]) -> Bytes<'d> {
        Bytes(data)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This number of bytes, or all remaining ones if there are fewer.
    pub(crate) fn part(&mut self, length: usize) -> &'d [u8] {
        let (part, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        part
    }

    /// All remaining bytes.
    pub(crate) fn rest(self) -> &'d [u8] {
        self.0
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.part(1).first().copied().unwrap_or_default()
    }

    pub(crate) fn half(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    pub(crate) fn word(&mut self) -> u32 {
        u32::from(self.half()) | u32::from(self.half()) << 16
    }
}

/// The text before the first zero byte, and the bytes after it: the contents of a file that the
/// text names.
pub(crate) fn text_and_file(data: &[u8]) -> Option<(&str, &[u8])> {
    let end = data.iter().position(|&byte| byte == 0);
    let (text, file) = match end {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[][..]),
    };
    Some((std::str::from_utf8(text).ok()?, file))
}
