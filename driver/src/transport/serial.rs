//! A serial port, real or pseudo: 8 data bits, no parity, 1 stop bit, no flow control.

use std::io::{self, ErrorKind, Read, Write};
use std::time::{Duration, Instant};

use serialport::{
    ClearBuffer, DataBits, FlowControl, Parity, SerialPort, SerialPortType, StopBits,
};

use super::{Transport, TransportError};

/// Longest time in which a line must take some bytes.
const WRITE_PATIENCE: Duration = Duration::from_secs(5);

/// Where pseudo-terminals are.
const PSEUDO: &str = "/dev/pts/";

/// What a system says about a device that is no longer there: EIO, ENXIO, ENODEV.
#[cfg(unix)]
const GONE: [i32; 3] = [5, 6, 19];
#[cfg(not(unix))]
const GONE: [i32; 0] = [];

/// An open serial port.
pub struct Serial {
    name: String,
    port: Box<dyn SerialPort>,
}

impl std::fmt::Debug for Serial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Serial")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Serial {
    /// Opens a port at that many bits per second and forgets what it had received.
    ///
    /// # Errors
    /// [`TransportError::Open`].
    pub fn open(name: &str, baud: u32) -> Result<Serial, TransportError> {
        // A host that was killed leaves a port exclusive for as long as anyone has it open, which a
        // virtual board always has.
        let exclusive = !name.starts_with(PSEUDO);
        let mut port = serialport::new(name, baud)
            .exclusive(exclusive)
            .data_bits(DataBits::Eight)
            .parity(Parity::None)
            .stop_bits(StopBits::One)
            .flow_control(FlowControl::None)
            .timeout(WRITE_PATIENCE)
            .open()
            .map_err(|error| TransportError::Open {
                name: name.to_owned(),
                source: error.into(),
            })?;
        // Some adapters pass bytes only while DTR is set; a pseudo-terminal has no such line, and
        // its refusal means nothing.
        port.write_data_terminal_ready(true).ok();
        // Bytes of an earlier session are noise; if they cannot be cleared, the link skips them.
        port.clear(ClearBuffer::All).ok();
        Ok(Serial {
            name: name.to_owned(),
            port,
        })
    }

    fn failed(&self, doing: &'static str, source: io::Error) -> TransportError {
        let name = self.name.clone();
        let gone = matches!(
            source.kind(),
            ErrorKind::BrokenPipe | ErrorKind::NotConnected | ErrorKind::UnexpectedEof
        ) || source
            .raw_os_error()
            .is_some_and(|code| GONE.contains(&code));
        if gone {
            TransportError::Disconnected { name }
        } else {
            TransportError::Io {
                name,
                doing,
                source,
            }
        }
    }
}

impl Transport for Serial {
    fn name(&self) -> &str {
        &self.name
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        self.port
            .set_timeout(WRITE_PATIENCE)
            .and_then(|()| self.port.write_all(bytes).map_err(serialport::Error::from))
            .map_err(|error| self.failed("write to", error.into()))
    }

    fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> Result<usize, TransportError> {
        let until = Instant::now() + timeout;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            // A millisecond at least: the system call counts in those, and 0 would not even look.
            let wait = left.max(Duration::from_millis(1));
            if let Err(error) = self.port.set_timeout(wait) {
                return Err(self.failed("read from", error.into()));
            }
            match self.port.read(buffer) {
                // The wait ended because something happened, and it was not a byte.
                Ok(0) => {
                    return Err(TransportError::Disconnected {
                        name: self.name.clone(),
                    });
                }
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == ErrorKind::TimedOut => return Ok(0),
                Err(error) if error.kind() == ErrorKind::Interrupted && !left.is_zero() => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(0),
                Err(error) => return Err(self.failed("read from", error)),
            }
        }
    }
}

/// A serial port of this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortInfo {
    /// What to open.
    pub name: String,
    /// USB vendor and product number, if it is an adapter on USB.
    pub usb: Option<(u16, u16)>,
    /// What the adapter says it is.
    pub product: Option<String>,
    /// Its serial number.
    pub serial_number: Option<String>,
}

/// The serial ports of this computer, by name.
///
/// # Errors
/// [`TransportError::Io`] if the system does not list them.
pub fn ports() -> Result<Vec<PortInfo>, TransportError> {
    let found = serialport::available_ports().map_err(|error| TransportError::Io {
        name: "the list of serial ports".to_owned(),
        doing: "read",
        source: error.into(),
    })?;
    let mut ports: Vec<PortInfo> = found
        .into_iter()
        .map(|port| match port.port_type {
            SerialPortType::UsbPort(usb) => PortInfo {
                name: port.port_name,
                usb: Some((usb.vid, usb.pid)),
                product: usb.product,
                serial_number: usb.serial_number,
            },
            _ => PortInfo {
                name: port.port_name,
                usb: None,
                product: None,
                serial_number: None,
            },
        })
        .collect();
    ports.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(ports)
}
