//! The connected USB devices, as listed by Linux.

use std::fmt;
use std::fs;
use std::path::Path;

use super::board::Usb;

/// The folder in which Linux lists USB devices.
pub(crate) const DEVICES: &str = "/sys/bus/usb/devices";

/// A connected device that belongs to a board.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cable {
    /// Vendor and product, in hexadecimal.
    pub(crate) id: String,
    name: String,
    place: String,
}

impl fmt::Display for Cable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}, at {}", self.id, self.name, self.place)
    }
}

impl Cable {
    /// The first connected device among `wanted`; `None` also if the system lists no devices.
    pub(crate) fn find(wanted: &[Usb], devices: &Path) -> Option<Cable> {
        let mut places: Vec<_> = fs::read_dir(devices).ok()?.flatten().collect();
        places.sort_by_key(fs::DirEntry::file_name);
        places.iter().find_map(|entry| {
            let read = |file: &str| fs::read_to_string(entry.path().join(file)).ok();
            let (vendor, product) = (read("idVendor")?, read("idProduct")?);
            let id = format!("{}:{}", vendor.trim(), product.trim());
            let known = wanted.iter().find(|it| it.id == id)?;
            Some(Cable {
                name: known.name.clone(),
                place: entry.file_name().to_string_lossy().into_owned(),
                id,
            })
        })
    }
}
