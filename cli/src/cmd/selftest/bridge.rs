//! The bridge between USB and UART: what the system knows about it, and what the log may contain.

use std::fs;
use std::path::Path;

use driver::transport;
use schemars::JsonSchema;
use serde::Serialize;

/// The fastest rates of known bridges in bits per second, by vendor and product. Other bridges may
/// accept a rate that they do not support, and the device would be unreachable.
const MOST: [((u16, u16), u32); 3] = [
    ((0x0403, 0x6010), 12_000_000),
    ((0x0403, 0x6014), 12_000_000),
    ((0x0403, 0x6015), 3_000_000),
];

/// A bridge, as far as the system tells.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Bridge {
    /// Vendor and product, in hexadecimal.
    usb: Option<String>,
    /// What the device calls itself.
    product: Option<String>,
    /// How long it keeps bytes before it hands them on, in milliseconds.
    latency_timer_ms: Option<u32>,
    /// Its serial number, with `--serial-number`.
    serial_number: Option<String>,
    #[serde(skip)]
    number: Option<(u16, u16)>,
}

impl Bridge {
    /// The bridge of this port.
    pub(super) fn of(port: &str) -> Bridge {
        // A port may have several names, and the system lists one.
        let file = fs::canonicalize(port).unwrap_or_else(|_| Path::new(port).to_owned());
        let listed = transport::ports().unwrap_or_default();
        let found = listed.into_iter().find(|it| Path::new(&it.name) == file);
        let timer = file.file_name().and_then(|name| {
            let folder = Path::new("/sys/bus/usb-serial/devices").join(name);
            fs::read_to_string(folder.join("latency_timer")).ok()
        });
        let (number, product, serial_number) = match found {
            Some(it) => (it.usb, it.product, it.serial_number),
            None => (None, None, None),
        };
        Bridge {
            usb: number.map(|(vendor, product)| format!("{vendor:04x}:{product:04x}")),
            product,
            latency_timer_ms: timer.and_then(|text| text.trim().parse().ok()),
            serial_number,
            number,
        }
    }

    /// The same without the properties of an individual device.
    pub(super) fn anonymous(self) -> Bridge {
        Bridge {
            serial_number: None,
            ..self
        }
    }

    /// The fastest rate that it is known to support.
    pub(super) fn most(&self) -> Option<u32> {
        let number = self.number?;
        MOST.iter()
            .find(|(it, _)| *it == number)
            .map(|(_, rate)| *rate)
    }

    /// A description, if anything is known.
    pub(super) fn words(&self) -> Option<String> {
        let timer = self
            .latency_timer_ms
            .map(|it| format!("latency timer {it} ms"));
        let number = self.serial_number.as_ref().map(|it| format!("number {it}"));
        let parts = [self.usb.clone(), self.product.clone(), timer, number];
        let words: Vec<String> = parts.into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_told_only_where_it_was_asked_for() {
        let bridge = Bridge {
            usb: Some("0403:6015".to_owned()),
            serial_number: Some("D00042".to_owned()),
            number: Some((0x0403, 0x6015)),
            ..Bridge::default()
        };
        assert_eq!(bridge.most(), Some(3_000_000));
        assert_eq!(bridge.words().unwrap(), "0403:6015, number D00042");
        let bridge = bridge.anonymous();
        assert_eq!(bridge.words().unwrap(), "0403:6015");
        assert!(!serde_json::to_string(&bridge).unwrap().contains("D00042"));
    }

    #[test]
    fn of_a_bridge_that_nobody_knows_no_rate_is_known() {
        let bridge = Bridge::of("/nowhere/ttyUSB99");
        assert_eq!(bridge.most(), None);
        assert_eq!(bridge.words(), None);
    }
}
