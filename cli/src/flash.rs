//! Writes a bitstream to a board: the choice of programmer, cable and arguments.

mod bitstream;
mod board;
mod programmer;
mod usb;

use std::path::Path;
use std::process::ExitStatus;

use anyhow::Context;
use thiserror::Error;

pub(crate) use board::{Board, names};
pub(crate) use programmer::Plan;
pub(crate) use usb::{Cable, DEVICES as USB_DEVICES};

/// Why a board was not programmed.
#[derive(Debug, Error)]
pub(crate) enum FlashError {
    /// There is no bitstream at the path.
    #[error("there is no bitstream {path}")]
    NoBitstream {
        /// The path.
        path: String,
        /// The board.
        board: String,
    },
    /// The file is larger than any bitstream.
    #[error(
        "{path} is no bitstream: it has {bytes} bytes, no bitstream has more than {}",
        bitstream::LARGEST
    )]
    TooLarge {
        /// The file.
        path: String,
        /// The file's size.
        bytes: u64,
    },
    /// The file is no bitstream for the board's chip.
    #[error("{path} must not go to the {board}")]
    Refused {
        /// The file.
        path: String,
        /// The board's name.
        board: String,
        /// The error.
        #[source]
        source: bitstream::BitstreamError,
    },
    /// No suitable programmer is installed.
    #[error("no programmer for the {board} is on the path: {wanted}")]
    NoProgrammer {
        /// The board's name.
        board: String,
        /// The suitable programmers, and how to install them.
        wanted: String,
    },
    /// The board's cable is not connected.
    #[error("no USB device of the {board} is connected: {wanted}")]
    NoCable {
        /// The board's name.
        board: String,
        /// The suitable USB ids and their names.
        wanted: String,
    },
    /// The programmer says no.
    #[error("the board is not programmed: {command}: {status}{}", said(.last_words))]
    Failed {
        /// The command.
        command: String,
        /// Its exit status.
        status: ExitStatus,
        /// The last lines of its output.
        last_words: Vec<String>,
    },
}

/// The last lines of a programmer's output, for the end of a message.
fn said(last_words: &[String]) -> String {
    match last_words {
        [] => ", without a word".to_owned(),
        lines => format!("; it said last: {}", lines.join(" / ")),
    }
}

/// A file with a complete bitstream for a board.
#[derive(Debug)]
pub(crate) struct Bitstream {
    /// The chip.
    pub(crate) chip: &'static str,
    /// The file's size.
    pub(crate) bytes: u64,
}

impl Bitstream {
    /// Reads and checks `file`.
    pub(crate) fn read(file: &Path, board: &Board, name: &str) -> anyhow::Result<Bitstream> {
        let path = file.display().to_string();
        // Only regular files: a pipe would be empty when the programmer reads it.
        let about = file.metadata().ok().filter(|it| it.is_file());
        let Some(about) = about else {
            return Err(FlashError::NoBitstream {
                path,
                board: name.to_owned(),
            }
            .into());
        };
        let bytes = about.len();
        if bytes > bitstream::LARGEST {
            return Err(FlashError::TooLarge { path, bytes }.into());
        }
        let text = std::fs::read(file).with_context(|| format!("cannot read {path}"))?;
        let chip =
            bitstream::examine(&text, &board.target()?).map_err(|source| FlashError::Refused {
                path,
                board: board.title.clone(),
                source,
            })?;
        Ok(Bitstream { chip, bytes })
    }
}
