//! Rules for udev that give the logged-in user access to the boards' USB devices.

use std::io::{self, Write};

use super::Adapter;

/// Writes the udev rules for these adapters.
///
/// They give the USB device itself, which programmers open, its port, and the interface of a
/// DAPLink to the user at the computer (`uaccess`, a tag of systemd's login daemon), and keep
/// ModemManager away from them.
pub(super) fn write(out: &mut dyn Write, adapters: &[Adapter]) -> io::Result<()> {
    writeln!(
        out,
        "# Boards of Synfire, from the USB numbers in their descriptions."
    )?;
    writeln!(out, "# Made by `synfire ports --udev`; belongs into")?;
    writeln!(
        out,
        "# /etc/udev/rules.d/60-synfire.rules. The number must be below 73."
    )?;
    writeln!(out)?;
    writeln!(out, "ACTION==\"remove\", GOTO=\"synfire_end\"")?;
    writeln!(out, "SUBSYSTEM!=\"usb|tty|hidraw\", GOTO=\"synfire_end\"")?;
    for Adapter {
        vendor,
        product,
        name,
        boards,
    } in adapters
    {
        writeln!(out, "\n# {name}: {}", boards.join(", "))?;
        writeln!(
            out,
            "ATTRS{{idVendor}}==\"{vendor:04x}\", ATTRS{{idProduct}}==\"{product:04x}\", \
             MODE=\"0660\", TAG+=\"uaccess\", ENV{{ID_MM_DEVICE_IGNORE}}=\"1\""
        )?;
    }
    writeln!(out, "\nLABEL=\"synfire_end\"")
}
