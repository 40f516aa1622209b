//! Lists the serial ports of this computer.

use serialport::SerialPortType;

use super::TransportError;

/// A serial port of this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortInfo {
    /// The name to open.
    pub name: String,
    /// USB vendor and product number, if it is a USB adapter.
    pub usb: Option<(u16, u16)>,
    /// The product name of the adapter.
    pub product: Option<String>,
    /// The serial number of the adapter.
    pub serial_number: Option<String>,
}

/// The serial ports of this computer, sorted by name.
///
/// # Errors
/// [`TransportError::Io`] if the system cannot list them.
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
