//! The reasons why bytes are not a valid snapshot.

use spec::config::Name;
use spec::sizes::SizeError;
use thiserror::Error;

use super::FORMAT_VERSION;

/// Why bytes are not a snapshot that this program can use.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The bytes do not begin with the magic bytes of a snapshot.
    #[error("it is no snapshot: it does not begin with SYNFSNAP")]
    Foreign,
    /// The format version is not supported.
    #[error("the snapshot has format version {found}, this program reads {FORMAT_VERSION}")]
    Version {
        /// The version.
        found: u16,
    },
    /// The number of bytes is wrong.
    #[error("the snapshot has {found} bytes, must have {said}: it was cut or continued")]
    Length {
        /// The number of bytes found.
        found: u64,
        /// The number of bytes that the snapshot states; for a file that is cut before this number,
        /// the minimum.
        said: u64,
    },
    /// The checksum does not match.
    #[error(
        "the snapshot has checksum {found:#010x}, its bytes give {computed:#010x}: it is damaged"
    )]
    Checksum {
        /// In the snapshot.
        found: u32,
        /// Computed from the bytes.
        computed: u32,
    },
    /// The name of the core is invalid.
    #[error("the snapshot's core is called {found:?}, which is no name")]
    Name {
        /// The bytes.
        found: [u8; Name::BYTES],
    },
    /// The sizes of the core are invalid.
    #[error("the snapshot's core has sizes that this program cannot use: {source}")]
    Sizes {
        /// The error of the sizes.
        source: SizeError,
    },
    /// A part is missing or wrong although the checksum is right: another program wrote the file.
    #[error("the snapshot's {what} is {found}, must be {expected}")]
    Part {
        /// The part.
        what: &'static str,
        /// The value found.
        found: u32,
        /// The expected value.
        expected: u32,
    },
}
