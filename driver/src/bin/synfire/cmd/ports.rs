//! `synfire ports`: what a board may be connected to.

use std::io::{self, Write};

use clap::Args;
use driver::transport;
use serde::Serialize;

use crate::exit::{Outcome, Result};
use crate::options::FormatOptions;
use crate::report::{self, Report};
use crate::terminal;

/// USB numbers of the adapters on the boards that Synfire is built for.
const KNOWN: [(u16, u16, &str); 3] = [
    (
        0x0403,
        0x6010,
        "FTDI FT2232 (iCEstick, iCEBreaker, HX8K board, ECP5 boards; port B)",
    ),
    (0x0403, 0x6014, "FTDI FT232H"),
    (0x0403, 0x6015, "FTDI FT231X (ULX3S)"),
];

const EXAMPLE: &str = "\
Example:
  synfire ports
  synfire info --target serial:/dev/ttyUSB1";

/// Lists the serial ports of this computer
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(flatten)]
    format: FormatOptions,
}

#[derive(Debug, Serialize)]
struct Port {
    port: String,
    usb: Option<String>,
    product: Option<String>,
    serial_number: Option<String>,
    likely: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Ports(Vec<Port>);

impl Report for Ports {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for port in &self.0 {
            write!(out, "{}", port.port)?;
            if let Some(usb) = &port.usb {
                write!(out, "  {usb}")?;
            }
            if let Some(what) = port.likely.or(port.product.as_deref()) {
                write!(out, "  {what}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        let ports: Vec<Port> = transport::ports()?
            .into_iter()
            .map(|port| Port {
                likely: port.usb.and_then(|usb| {
                    KNOWN
                        .iter()
                        .find(|known| (known.0, known.1) == usb)
                        .map(|known| known.2)
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
            writeln!(terminal::stderr(), "no serial ports")?;
        }
        report::print(&Ports(ports), self.format.format)?;
        Ok(Outcome::Done)
    }
}
