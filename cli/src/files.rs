//! Files named by users: limited when read, complete when written, and never used for both at once.
//!
//! A command writes to a temporary file beside the target, under a name that no reader picks up.
//! The temporary file replaces the target when it is complete and on the disk. Until then the old
//! file stays as it is, byte for byte.

mod claims;
mod error;
mod exchange;
mod folder;
mod input;
mod output;
mod place;
mod staged;
mod traces;

pub(crate) use claims::name_arguments;
pub(crate) use error::OutputError;
pub(crate) use folder::{absent, make_folder};
pub(crate) use input::{
    InputError, Streamed, beside, data, failed, injections, network, regular, small_text, snapshot,
    spikes, stream, upgraded, within, wrong_csv,
};
pub(crate) use output::{Output, write_all};
pub(crate) use staged::{Staged, commit_all};

use std::path::Path;

use viz::text::visible;

/// The name of a file in messages.
pub(crate) fn name(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// The extension of a file's name in lower case, without its dot; empty if there is none.
pub(crate) fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}
