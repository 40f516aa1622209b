//! `synfire ports`: lists the serial ports to which a board may be connected.

mod udev;

use std::io::{self, Write};

use clap::Args;
use driver::transport;
use schemars::JsonSchema;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::flash::{self, Board};
use crate::options::FormatOptions;
use crate::report::{self, Report};
use crate::{talk, terminal};

/// A board's adapter between USB and its serial line.
struct Adapter {
    vendor: u16,
    product: u16,
    /// The name of the adapter.
    name: String,
    /// The titles of the boards that have it.
    boards: Vec<String>,
}

/// The adapters of all boards, from the board descriptions.
fn adapters() -> anyhow::Result<Vec<Adapter>> {
    let mut adapters: Vec<Adapter> = Vec::new();
    for board in flash::names() {
        let board = Board::named(board)?;
        for usb in board.usb() {
            let (vendor, product) = usb.numbers()?;
            let same = |it: &&mut Adapter| (it.vendor, it.product) == (vendor, product);
            match adapters.iter_mut().find(same) {
                // A board has one description per config.
                Some(known) if known.boards.contains(&board.title) => {}
                Some(known) => known.boards.push(board.title.clone()),
                None => adapters.push(Adapter {
                    vendor,
                    product,
                    name: usb.name.clone(),
                    boards: vec![board.title.clone()],
                }),
            }
        }
    }
    adapters.sort_by_key(|it| (it.vendor, it.product));
    Ok(adapters)
}

const EXAMPLE: &str = "\
Examples:
  synfire ports
  synfire info --target serial:/dev/ttyUSB1
  synfire ports --udev | sudo tee /etc/udev/rules.d/60-synfire.rules

docs/drivers.md tells what Linux, macOS and Windows need before a port is there and may be used.";

/// Lists the serial ports of this computer
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    /// Print rules for udev instead: who sits at the computer may use the boards
    #[arg(long, conflicts_with = "format")]
    udev: bool,
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Port {
    /// Its name, after `--target serial:`.
    port: String,
    /// Vendor and product of its USB device, hexadecimal.
    usb: Option<String>,
    /// What the device calls itself.
    product: Option<String>,
    /// Its serial number.
    serial_number: Option<String>,
    /// The adapter and the boards that have such a one.
    likely: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Ports {
    /// Each port.
    ports: Vec<Port>,
}

impl Report for Ports {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for port in &self.ports {
            write!(out, "{}", port.port)?;
            if let Some(usb) = &port.usb {
                write!(out, "  {usb}")?;
            }
            if let Some(what) = port.likely.as_deref().or(port.product.as_deref()) {
                write!(out, "  {what}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let adapters = adapters()?;
        if self.udev {
            let mut out = terminal::stdout();
            udev::write(&mut out, &adapters)?;
            out.flush()?;
            return Ok(Outcome::Done);
        }
        let ports: Vec<Port> = transport::ports()?
            .into_iter()
            .map(|port| Port {
                likely: port.usb.and_then(|usb| {
                    let known = adapters.iter().find(|it| (it.vendor, it.product) == usb);
                    known.map(|it| format!("{} ({})", it.name, it.boards.join(", ")))
                }),
                port: port.name,
                usb: port
                    .usb
                    .map(|(vendor, product)| format!("{vendor:04x}:{product:04x}")),
                product: port.product,
                serial_number: port.serial_number,
            })
            .collect();
        if ports.is_empty() {
            talk::tell(format_args!("no serial ports"));
        }
        report::print(&Ports { ports }, self.format.format)?;
        Ok(Outcome::Done)
    }
}
