//! The programming settings of `constraints/<board>/board.toml`, compiled into the program.

use std::fmt;

use anyhow::Context;
use serde::Deserialize;

use super::bitstream::Target;

/// The name of a board and what its file says.
macro_rules! described {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!(env!("SYNFIRE_BOARDS"), "/", $name, "/board.toml")),
        )
    };
}

/// The name and the description of every board.
const BOARDS: [(&str, &str); 10] = [
    described!("colorlight_i5"),
    described!("colorlight_i5_l"),
    described!("hx8k_b_evn"),
    described!("hx8k_b_evn_l"),
    described!("icebreaker"),
    described!("icebreaker_l"),
    described!("ulx3s_25f"),
    described!("ulx3s_25f_l"),
    described!("ulx3s_85f"),
    described!("ulx3s_85f_l"),
];

/// The names of all boards.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BOARDS.iter().map(|(name, _)| *name)
}

/// A board, as far as its programmer is concerned. The rest of the file describes what is built.
#[derive(Debug, Deserialize)]
pub(crate) struct Board {
    /// What people call it.
    pub(crate) title: String,
    chip: Chip,
    #[serde(rename = "programmer")]
    programmers: Vec<Description>,
    usb: Vec<Usb>,
    #[serde(default, rename = "sibling")]
    siblings: Vec<Sibling>,
}

/// What a description begins with that is another's but for what is built.
#[derive(Debug, Deserialize)]
struct Like {
    like: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Chip {
    family: String,
    part: String,
    device: String,
}

/// A chip with the same die and another number in its bitstream.
#[derive(Debug, Deserialize)]
struct Sibling {
    idcode: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    command: String,
    package: Option<String>,
    load: Option<Vec<String>>,
    keep: Option<Vec<String>>,
}

impl Description {
    /// What it is told to do it, if it can.
    fn able(&self, permanent: bool) -> Option<Programmer<'_>> {
        let arguments = if permanent { &self.keep } else { &self.load };
        Some(Programmer {
            command: &self.command,
            arguments: arguments.as_ref()?,
            package: self.package.as_deref(),
        })
    }
}

/// A USB device that tells of the board.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Usb {
    /// Vendor and product, in hexadecimal.
    pub(crate) id: String,
    /// What it is.
    pub(crate) name: String,
}

impl Usb {
    /// Vendor and product as numbers.
    pub(crate) fn numbers(&self) -> anyhow::Result<(u16, u16)> {
        let number = |digits: &str| u16::from_str_radix(digits, 16).ok();
        let pair = self.id.split_once(':');
        let numbers = pair.and_then(|(vendor, product)| Some((number(vendor)?, number(product)?)));
        numbers.with_context(|| format!("a USB device has the id {:?}", self.id))
    }
}

/// A programmer and what it is told.
#[derive(Debug)]
pub(crate) struct Programmer<'a> {
    /// The program.
    pub(crate) command: &'a str,
    /// Its words; `{bitstream}` stands for the file.
    pub(crate) arguments: &'a [String],
    package: Option<&'a str>,
}

impl fmt::Display for Programmer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.command)?;
        match self.package {
            Some(package) => write!(f, " (Debian's package {package})"),
            None => Ok(()),
        }
    }
}

impl Board {
    /// The board of that name.
    pub(crate) fn named(name: &str) -> anyhow::Result<Board> {
        let found = BOARDS.iter().find(|(board, _)| *board == name);
        let (_, text) = found.with_context(|| format!("no board is named {name:?}"))?;
        let of_name = || format!("the description of {name}");
        let it: Like = toml::from_str(text).with_context(of_name)?;
        match it.like {
            Some(board) => Board::named(&board).with_context(of_name),
            None => toml::from_str(text).with_context(of_name),
        }
    }

    /// Whether a bitstream can be loaded that is lost with the power.
    pub(crate) fn can_load(&self) -> bool {
        self.programmers.iter().any(|it| it.load.is_some())
    }

    /// The programmers that can do it, the best first.
    pub(crate) fn programmers(&self, permanent: bool) -> Vec<Programmer<'_>> {
        let able = self.programmers.iter().filter_map(|it| it.able(permanent));
        able.collect()
    }

    /// What its bitstreams are for.
    pub(crate) fn target(&self) -> anyhow::Result<Target<'_>> {
        let number = |it: &Sibling| {
            let digits = it.idcode.trim_start_matches("0x");
            u32::from_str_radix(digits, 16).with_context(|| format!("idcode is {}", it.idcode))
        };
        Ok(Target {
            family: &self.chip.family,
            part: &self.chip.part,
            device: &self.chip.device,
            siblings: self
                .siblings
                .iter()
                .map(number)
                .collect::<anyhow::Result<_>>()?,
        })
    }

    /// The USB devices that tell of it.
    pub(crate) fn usb(&self) -> &[Usb] {
        &self.usb
    }

    /// How the names of its bitstreams end.
    pub(crate) fn extension(&self) -> &'static str {
        match self.chip.family.as_str() {
            "ice40" => "bin",
            _ => "bit",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_board_of_the_checkout_is_known() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../constraints");
        let mut found: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        assert_eq!(names().collect::<Vec<_>>(), found);
    }

    #[test]
    fn every_board_can_be_programmed_to_stay_and_has_a_cable() {
        for name in names() {
            let board = Board::named(name).unwrap();
            assert!(!board.programmers(true).is_empty(), "{name}");
            assert_eq!(board.can_load(), !board.programmers(false).is_empty());
            assert!(!board.usb().is_empty(), "{name}");
            let target = board.target().unwrap();
            assert_eq!(
                board.extension() == "bit",
                target.family == "ecp5",
                "{name}"
            );
            for programmer in board.programmers(true) {
                let filled = programmer.arguments.iter().any(|it| it == "{bitstream}");
                assert!(filled, "{name}: {programmer}");
            }
        }
    }
}
