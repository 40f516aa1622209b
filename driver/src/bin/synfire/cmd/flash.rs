//! `synfire flash`: a bitstream onto a board.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::exit::{Outcome, Result};
use crate::flash::{self, Bitstream, Board, Cable, FlashError, Plan};
use crate::terminal;

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
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let board = Board::named(&self.board)?;
        let file = self.bitstream(&board);
        let bitstream = Bitstream::read(&file, &board, &self.board)?;
        let plan = Plan::new(&board, &file, self.permanent)?;
        let cable = Cable::find(board.usb(), &self.usb_devices);
        let mut stderr = terminal::stderr();
        writeln!(stderr, "programmer  {}", plan.program())?;
        match &cable {
            Some(cable) => writeln!(stderr, "cable       {cable}")?,
            None => writeln!(stderr, "cable       none found")?,
        }
        writeln!(
            stderr,
            "bitstream   {}, {} bytes for {}",
            file.display(),
            bitstream.bytes,
            bitstream.chip
        )?;
        writeln!(stderr, "goes to     {}", plan.place())?;
        drop(stderr);
        if self.dry_run {
            let mut out = terminal::stdout();
            writeln!(out, "{}", plan.line())?;
            out.flush()?;
            return Ok(Outcome::Done);
        }
        let plan = plan.installed()?;
        // Where the system lists no devices at all, the programmer is the one to know.
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
        writeln!(
            terminal::stderr(),
            "programmed  {} with {} ({} bytes) into {}; {status} after {:.1} s",
            board.title,
            file.display(),
            bitstream.bytes,
            plan.place(),
            start.elapsed().as_secs_f64()
        )?;
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
