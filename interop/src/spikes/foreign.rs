//! Recognises files of formats that are not supported by their first bytes. The error names the
//! format and suggests an alternative, before any reader tries to parse the file.

use super::SpikeError;

/// The first bytes of a file, the name of its format, and advice.
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

/// Refuses files that begin like one of the unsupported formats.
///
/// # Errors
/// The format, and the alternative.
pub fn refuse(bytes: &[u8]) -> Result<(), SpikeError> {
    match FORMATS
        .iter()
        .find(|(magic, _, _)| bytes.starts_with(magic))
    {
        None => Ok(()),
        Some(&(_, format, reason)) => Err(SpikeError::Foreign { format, reason }),
    }
}
