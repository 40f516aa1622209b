//! Files that begin like those of a format that is not read: refused by name, with what works
//! instead, before anything tries to make sense of them.

use super::SpikeError;

/// How a file begins, which format that is, and what to do about it.
const FORMATS: [(&[u8], &str, &str); 2] = [
    (
        b"#!AER-DAT4",
        "AEDAT 4",
        "it is not read; the Python package faery makes an Event Stream of it, in a terminal: faery \
         input file x.aedat4 output file x.es",
    ),
    (
        b"#!AER-DAT",
        "AEDAT of a version before 4",
        "it is not read; whatever reads it can save the events as an array with the fields t, x, y \
         and p (numpy.save), and .npy is read",
    ),
];

/// Refuses what begins like a file of one of those formats.
///
/// # Errors
/// Which format that is, and what works instead.
pub fn refuse(bytes: &[u8]) -> Result<(), SpikeError> {
    match FORMATS
        .iter()
        .find(|(magic, _, _)| bytes.starts_with(magic))
    {
        None => Ok(()),
        Some(&(_, format, reason)) => Err(SpikeError::Foreign { format, reason }),
    }
}
