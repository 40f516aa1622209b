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

/// Why a board is not programmed.
#[derive(Debug, Error)]
pub(crate) enum FlashError {
    /// No bitstream is there.
    #[error("there is no bitstream {path}")]
    NoBitstream {
        /// Where it was looked for.
        path: String,
        /// What it is for.
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
        /// How large it is.
        bytes: u64,
    },
    /// The file is no bitstream for the board's chip.
    #[error("{path} must not go to the {board}")]
    Refused {
        /// The file.
        path: String,
        /// The board's name.
        board: String,
        /// What is wrong with it.
        #[source]
        source: bitstream::BitstreamError,
    },
    /// No program is there.
    #[error("no programmer for the {board} is on the path: {wanted}")]
    NoProgrammer {
        /// The board's name.
        board: String,
        /// Those that would do, and what would install them.
        wanted: String,
    },
    /// No board is there.
    #[error("no USB device of the {board} is connected: {wanted}")]
    NoCable {
        /// The board's name.
        board: String,
        /// The numbers that would do, and their names.
        wanted: String,
    },
    /// The programmer says no.
    #[error("the board is not programmed: {command}: {status}{}", said(.last_words))]
    Failed {
        /// What was run.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// The last lines that it wrote.
        last_words: Vec<String>,
    },
}

/// The last lines of a programmer, for the end of a message.
fn said(last_words: &[String]) -> String {
    match last_words {
        [] => ", without a word".to_owned(),
        lines => format!("; it said last: {}", lines.join(" / ")),
    }
}

/// A file that is a whole bitstream for a board.
#[derive(Debug)]
pub(crate) struct Bitstream {
    /// The chip that it is for.
    pub(crate) chip: &'static str,
    /// How large it is.
    pub(crate) bytes: u64,
}

impl Bitstream {
    /// Reads and checks `file`.
    pub(crate) fn read(file: &Path, board: &Board, name: &str) -> anyhow::Result<Bitstream> {
        let path = file.display().to_string();
        // A pipe or a folder is none; a pipe would be empty when the programmer reads it.
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
