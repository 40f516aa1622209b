//! Files that users name: bounded when read, whole when written, and never the same file for both.
//!
//! What a command writes comes into being beside the file that it is to be, under a name that no
//! reader picks up, and takes its place when it is whole and on the disk. Until then the file of
//! before is there, byte for byte.

mod claims;
mod exchange;
mod folder;
mod input;
mod output;
mod place;
mod staged;
mod traces;

pub(crate) use claims::name_arguments;
pub(crate) use folder::{absent, make_folder};
pub(crate) use input::{
    InputError, Streamed, beside, data, failed, injections, network, regular, small_text, spikes,
    stream, within, wrong_csv,
};
pub(crate) use output::{Output, OutputError, write_all};
pub(crate) use staged::{Staged, commit_all};

use std::path::Path;

use driver::text::visible;

/// The name of a file as it is told to people.
pub(crate) fn name(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// The ending of a file's name in small letters, without its dot; empty if there is none.
pub(crate) fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}
