//! Finds the ports that a constraints file places.

use std::collections::HashSet;

use anyhow::{Result, ensure};

use super::Family;

/// The ports that are placed on a pin; fails if a port or a pin occurs twice.
pub(super) fn placed(family: Family, text: &str) -> Result<Vec<String>> {
    let mut ports = Vec::new();
    let mut sites = HashSet::new();
    for line in text.lines() {
        let code = line.split('#').next().unwrap_or_default();
        let found = match family {
            Family::Ice40 => set_io(code),
            Family::Ecp5 => locate(code),
        };
        let Some((port, site)) = found else { continue };
        ensure!(!ports.contains(&port), "{port} is placed twice");
        ensure!(sites.insert(site.clone()), "{site} is given twice");
        ports.push(port);
    }
    Ok(ports)
}

/// `set_io PORT PIN`.
fn set_io(code: &str) -> Option<(String, String)> {
    let mut words = code
        .split_whitespace()
        .filter(|word| !word.starts_with('-'));
    let is_placement = words.next()? == "set_io";
    let (port, pin) = (words.next()?, words.next()?);
    is_placement.then(|| (port.to_owned(), pin.to_owned()))
}

/// `LOCATE COMP "PORT" SITE "PIN";`
fn locate(code: &str) -> Option<(String, String)> {
    let mut quoted = code.trim().strip_prefix("LOCATE COMP")?.split('"');
    let port = quoted.nth(1)?;
    let pin = quoted.nth(1)?;
    Some((port.to_owned(), pin.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placements_are_found_and_comments_are_not() {
        let pcf = "# set_io no 1\nset_io rx 6 # set_io no 2\nset_io -nowarn tx 9\n";
        assert_eq!(placed(Family::Ice40, pcf).unwrap(), ["rx", "tx"]);
        let lpf = "LOCATE COMP \"rx\" SITE \"M1\"; # LOCATE\nIOBUF PORT \"no\" PULLMODE=UP;\n";
        assert_eq!(placed(Family::Ecp5, lpf).unwrap(), ["rx"]);
    }

    #[test]
    fn a_pin_or_port_in_two_places_is_refused() {
        assert!(placed(Family::Ice40, "set_io rx 6\nset_io tx 6").is_err());
        assert!(placed(Family::Ice40, "set_io rx 6\nset_io rx 7").is_err());
    }
}
