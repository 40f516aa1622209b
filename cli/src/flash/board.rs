//! The programming settings of `constraints/<board>/board.toml`, compiled into the program.

use std::fmt;

use anyhow::Context;
use serde::Deserialize;

use super::bitstream::Target;

/// The name of a board and the text of its file.
macro_rules! described {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!(env!("SYNFIRE_BOARDS"), "/", $name, "/board.toml")),
        )
    };
}

/// The name and the description of every board.
const BOARDS: [(&str, &str); 14] = [
    described!("colorlight_i5"),
    described!("colorlight_i5_l"),
    described!("hx8k_b_evn"),
    described!("hx8k_b_evn_l"),
    described!("hx8k_b_evn_m"),
    described!("icebreaker"),
    described!("icebreaker_l"),
    described!("icebreaker_m"),
    described!("ulx3s_25f"),
    described!("ulx3s_25f_l"),
    described!("ulx3s_85f"),
    described!("ulx3s_85f_l"),
    described!("ulx3s_85f_m"),
    described!("ulx3s_85f_n"),
];

/// The names of all boards.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BOARDS.iter().map(|(name, _)| *name)
}

/// A board as far as programming needs it. The rest of its file describes the build.
#[derive(Debug, Deserialize)]
pub(crate) struct Board {
    /// Its name for people.
    pub(crate) title: String,
    chip: Chip,
    #[serde(rename = "programmer")]
    programmers: Vec<Description>,
    usb: Vec<Usb>,
    #[serde(default, rename = "sibling")]
    siblings: Vec<Sibling>,
}

/// The part of a description that is taken from another board's.
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

/// A chip with the same die and another number in its bitstreams.
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
    /// The arguments for this operation, if it supports it.
    fn able(&self, permanent: bool) -> Option<Programmer<'_>> {
        let arguments = if permanent { &self.keep } else { &self.load };
        Some(Programmer {
            command: &self.command,
            arguments: arguments.as_ref()?,
            package: self.package.as_deref(),
        })
    }
}

/// A USB device by which the board is recognised.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Usb {
    /// Vendor and product, in hexadecimal.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
}

impl Usb {
    /// Vendor and product id as numbers.
    pub(crate) fn numbers(&self) -> anyhow::Result<(u16, u16)> {
        let number = |digits: &str| u16::from_str_radix(digits, 16).ok();
        let pair = self.id.split_once(':');
        let numbers = pair.and_then(|(vendor, product)| Some((number(vendor)?, number(product)?)));
        numbers.with_context(|| format!("a USB device has the id {:?}", self.id))
    }
}

/// A programmer and its arguments.
#[derive(Debug)]
pub(crate) struct Programmer<'a> {
    /// The program.
    pub(crate) command: &'a str,
    /// Its arguments; `{bitstream}` is replaced by the file.
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
    /// The board of this name.
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

    /// Whether it supports loading a bitstream that is lost when the power is switched off.
    pub(crate) fn can_load(&self) -> bool {
        self.programmers.iter().any(|it| it.load.is_some())
    }

    /// The programmers for this operation, the best first.
    pub(crate) fn programmers(&self, permanent: bool) -> Vec<Programmer<'_>> {
        let able = self.programmers.iter().filter_map(|it| it.able(permanent));
        able.collect()
    }

    /// The target of its bitstreams.
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

    /// The USB devices by which it is recognised.
    pub(crate) fn usb(&self) -> &[Usb] {
        &self.usb
    }

    /// The extension of its bitstreams.
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
