//! `synfire flash`: writes a bitstream to a board.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use clap::builder::PossibleValuesParser;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::files;
use crate::flash::{self, Bitstream, Board, Cable, FlashError, Plan};
use crate::options::FormatOptions;
use crate::report::{self, Report};
use crate::talk;

const EXAMPLE: &str = "\
Example:
  cargo xtask synth icebreaker
  synfire flash icebreaker
  synfire info --target serial:/dev/ttyUSB1

The programmer is the first of the board's that is on the path. A file that is no whole bitstream for
the board's chip is refused. `constraints/BOARD/README.md` tells of cables, jumpers and ports.";

/// Programs a board over USB
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// The board
    #[arg(value_parser = PossibleValuesParser::new(flash::names()))]
    board: String,
    /// The bitstream [default: target/synth/BOARD/BOARD.bin or .bit]
    bitstream: Option<PathBuf>,
    /// Write the memory from which the board starts; else a bitstream is lost with the power, if the
    /// board can do that
    #[arg(long)]
    permanent: bool,
    /// Check the file, print the command and do not run it
    #[arg(long)]
    dry_run: bool,
    /// Where the system lists USB devices
    #[arg(long, value_name = "DIR", hide = true, default_value = flash::USB_DEVICES)]
    usb_devices: PathBuf,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Flashed {
    /// The board.
    board: String,
    /// The bitstream's file.
    bitstream: String,
    /// Its bytes.
    bytes: u64,
    /// The chip that it is for.
    chip: String,
    /// The programmer, and whether it is missing.
    programmer: String,
    /// The board's cable, if one was found.
    cable: Option<String>,
    /// Whether the bitstream stays without power.
    permanent: bool,
    /// What was run, or would be.
    command: String,
    /// Whether it was run; else `--dry-run` was given.
    programmed: bool,
    /// Seconds that the programmer took; 0 if it was not run.
    seconds: f64,
}

impl Report for Flashed {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.programmed {
            true => Ok(()),
            false => writeln!(out, "{}", self.command),
        }
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let board = Board::named(&self.board)?;
        let file = self.bitstream(&board);
        let bitstream = Bitstream::read(&file, &board, &self.board)?;
        let plan = Plan::new(&board, &file, self.permanent)?;
        let cable = Cable::find(board.usb(), &self.usb_devices);
        let mut flashed = Flashed {
            board: self.board.clone(),
            bitstream: files::name(&file),
            bytes: bitstream.bytes,
            chip: bitstream.chip.to_string(),
            programmer: plan.program(),
            cable: cable.as_ref().map(ToString::to_string),
            permanent: plan.permanent,
            command: plan.line(),
            programmed: false,
            seconds: 0.0,
        };
        let found = flashed.cable.as_deref().unwrap_or("none found");
        talk::remark(format_args!("programmer  {}", flashed.programmer));
        talk::remark(format_args!("cable       {found}"));
        talk::remark(format_args!(
            "bitstream   {}, {} bytes for {}",
            flashed.bitstream, flashed.bytes, flashed.chip
        ));
        talk::remark(format_args!("goes to     {}", plan.place()));
        if self.dry_run {
            report::print(&flashed, self.format.format)?;
            return Ok(Outcome::Done);
        }
        let plan = plan.installed()?;
        // If the system lists no USB devices, the programmer finds out whether the cable is there.
        if cable.is_none() && self.usb_devices.is_dir() {
            let wanted: Vec<_> = board
                .usb()
                .iter()
                .map(|it| format!("{} {}", it.id, it.name))
                .collect();
            return Err(FlashError::NoCable {
                board: board.title,
                wanted: wanted.join(", or "),
            }
            .into());
        }
        let start = Instant::now();
        let status = plan.run()?;
        flashed.programmed = true;
        flashed.seconds = start.elapsed().as_secs_f64();
        talk::remark(format_args!(
            "programmed  {} with {} ({} bytes) into {}; {status} after {:.1} s",
            board.title,
            flashed.bitstream,
            flashed.bytes,
            plan.place(),
            flashed.seconds
        ));
        report::print(&flashed, self.format.format)?;
        Ok(Outcome::Done)
    }

    fn bitstream(&self, board: &Board) -> PathBuf {
        let built = || {
            Path::new("target/synth").join(&self.board).join(format!(
                "{}.{}",
                self.board,
                board.extension()
            ))
        };
        self.bitstream.clone().unwrap_or_else(built)
    }
}
