//! Reads and checks the boards, `constraints/<board>/board.toml`.

mod pins;
mod pll;
mod wrapper;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use spec::config::CoreConfig;
use toml::{Table, Value};

use crate::project;
pub(crate) use pll::{Dividers, Pll};

/// The folder of the boards in the checkout.
const FOLDER: &str = "constraints";

/// The key that names another board, from which a description takes its missing keys.
const LIKE: &str = "like";

/// The meaning of each of the device's four lights, from bit 0 up.
const LIGHTS: [&str; 4] = ["alive", "link", "tick", "trouble"];

/// A family of chips, which determines the tools and the primitives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Family {
    /// Lattice iCE40: IceStorm.
    Ice40,
    /// Lattice ECP5: Trellis.
    Ecp5,
}

/// The chip on a board, in the terms of the tools.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chip {
    /// Its family.
    pub(crate) family: Family,
    /// The part number.
    pub(crate) part: String,
    /// nextpnr's option for the device.
    pub(crate) device: String,
    /// nextpnr's `--package`.
    pub(crate) package: String,
    /// Speed grade, if the family has them.
    pub(crate) speed: Option<u8>,
    /// The frequency in MHz that the placer aims at, if it is not the clock's; the placer stops
    /// when it has reached it.
    pub(crate) aim_mhz: Option<f64>,
    /// The rounds of mapping that make the netlist as small as possible at the cost of speed; iCE40
    /// only. 0 for the mapping of yosys.
    #[serde(default)]
    pub(crate) lean_rounds: usize,
    /// nextpnr's `--placer`, if its default does not suffice.
    pub(crate) placer: Option<String>,
    /// nextpnr's `--router`, if its default does not suffice.
    pub(crate) router: Option<String>,
    /// Memories that are made of look-up tables because there is too little block RAM: their names
    /// in yosys, module and memory.
    #[serde(default)]
    pub(crate) lut_ram: Vec<String>,
}

/// The level that turns a light on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Active {
    High,
    Low,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Light {
    shows: String,
    active: Active,
}

/// A pin that is held at a constant level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tie {
    port: String,
    level: u8,
}

/// Another chip with the same die, which requires another number in its bitstream.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sibling {
    /// Ends the name of its bitstream.
    pub(crate) name: String,
    /// `ecppack --idcode`.
    pub(crate) idcode: String,
}

/// The contents of the file, without the keys of `synfire flash`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    title: String,
    revision: String,
    config: String,
    oscillator_hz: u32,
    clock_hz: u32,
    pins: String,
    seeds: Vec<u32>,
    chip: Chip,
    #[serde(default, rename = "light")]
    lights: Vec<Light>,
    #[serde(default, rename = "tie")]
    ties: Vec<Tie>,
    #[serde(default, rename = "sibling")]
    siblings: Vec<Sibling>,
    #[serde(rename = "programmer")]
    _programmers: Vec<toml::Table>,
    #[serde(rename = "usb")]
    _usb: Vec<toml::Table>,
}

/// A board whose description is consistent with itself and with its config.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    /// The name of its folder, which commands use.
    pub(crate) name: String,
    /// Its name for people.
    pub(crate) title: String,
    /// Its revisions.
    pub(crate) revision: String,
    /// The config that is built for it.
    pub(crate) config: &'static CoreConfig,
    /// Its chip.
    pub(crate) chip: Chip,
    /// The PLL that makes the core's clock from the oscillator's.
    pub(crate) pll: Pll,
    /// Its constraints, in the checkout.
    pub(crate) pins: PathBuf,
    /// The placer's seeds: the first for a build, all of them for a report.
    pub(crate) seeds: Vec<u32>,
    /// Chips that accept the bitstream with another number in it.
    pub(crate) siblings: Vec<Sibling>,
    lights: Vec<Light>,
    ties: Vec<Tie>,
}

impl Board {
    /// The frequency of the core's clock in MHz.
    pub(crate) fn clock_mhz(&self) -> f64 {
        f64::from(self.config.platform.clock_hz) / 1e6
    }

    /// The frequency in MHz that the placer aims at.
    pub(crate) fn aim_mhz(&self) -> f64 {
        self.chip.aim_mhz.unwrap_or(self.clock_mhz())
    }

    /// All boards, sorted by name.
    pub(crate) fn all() -> Result<Vec<Board>> {
        names()?.iter().map(|name| Board::named(name)).collect()
    }

    /// The board of this name.
    pub(crate) fn named(name: &str) -> Result<Board> {
        let known = names()?;
        if !known.iter().any(|it| it == name) {
            bail!("no board is named {name:?}; there are {}", known.join(", "));
        }
        let file = |name: &str| Path::new(FOLDER).join(name).join("board.toml");
        let text = project::read(&file(name))?;
        let of_file = || file(name).display().to_string();
        match like_of(&text).with_context(of_file)? {
            None => Board::parse(name, &text),
            Some(other) => Board::like(name, &text, &other, &project::read(&file(&other))?),
        }
        .with_context(of_file)
    }

    fn parse(name: &str, text: &str) -> Result<Board> {
        Board::described(name, name, toml::from_str(text)?)
    }

    /// The board of a description whose missing keys come from the description `other`.
    fn like(name: &str, text: &str, other: &str, others: &str) -> Result<Board> {
        let mut own: Table = toml::from_str(text)?;
        let mut whole: Table = toml::from_str(others)?;
        ensure!(
            !whole.contains_key(LIKE),
            "{other} is itself like another board"
        );
        own.remove(LIKE);
        // Both boards share the folder with the pins, so pins cannot be changed.
        ensure!(!own.contains_key("pins"), "pins are those of {other}");
        overlay(&mut whole, own);
        Board::described(name, other, whole.try_into()?)
    }

    /// The board of a description; its pins are in the folder `pins_of`.
    fn described(name: &str, pins_of: &str, it: Description) -> Result<Board> {
        let config = CoreConfig::named(&it.config)?;
        // The baud rate and the reported clock frequency follow from the config's clock.
        ensure!(
            it.clock_hz == config.platform.clock_hz,
            "clock_hz is {}, but config {} is built for {}",
            it.clock_hz,
            config.name,
            config.platform.clock_hz
        );
        ensure!(!it.seeds.is_empty(), "seeds is empty");
        ensure!(
            it.chip.speed.is_some() == (it.chip.family == Family::Ecp5),
            "an ECP5 has a speed grade, an iCE40 has none"
        );
        ensure!(
            it.chip.lean_rounds == 0 || it.chip.family == Family::Ice40,
            "lean_rounds are of an iCE40"
        );
        if let Some(aim) = it.chip.aim_mhz {
            ensure!(
                aim * 1e6 >= f64::from(it.clock_hz),
                "aim_mhz is {aim}, must be the clock or more"
            );
        }
        for light in &it.lights {
            ensure!(
                LIGHTS.contains(&light.shows.as_str()),
                "a light shows {:?}; there are {}",
                light.shows,
                LIGHTS.join(", ")
            );
        }
        for tie in &it.ties {
            ensure!(tie.level <= 1, "level of {} is {}", tie.port, tie.level);
        }
        Ok(Board {
            name: name.to_owned(),
            title: it.title,
            revision: it.revision,
            config,
            pll: Pll::new(it.chip.family, it.oscillator_hz, it.clock_hz)?,
            pins: Path::new(FOLDER).join(pins_of).join(it.pins),
            chip: it.chip,
            seeds: it.seeds,
            siblings: it.siblings,
            lights: it.lights,
            ties: it.ties,
        })
    }

    /// The Verilog around the device: a module named `board`.
    pub(crate) fn wrapper(&self) -> String {
        wrapper::verilog(self)
    }

    /// The committed file with that Verilog.
    pub(crate) fn wrapper_file(&self) -> PathBuf {
        Path::new(FOLDER).join(&self.name).join("board.v")
    }

    /// The ports of that module: the pins of the board that are used.
    pub(crate) fn ports(&self) -> Vec<String> {
        let mut ports: Vec<_> = ["oscillator", "rx", "tx"].map(str::to_owned).into();
        ports.extend(self.lights.iter().map(Light::port));
        ports.extend(self.ties.iter().map(|tie| tie.port.clone()));
        ports
    }

    /// The lights of the board: the device's bit, the port, and whether a low level turns the light
    /// on.
    pub(crate) fn light_ports(&self) -> Vec<(usize, String, bool)> {
        let port = |light: &Light| (light.bit(), light.port(), light.active == Active::Low);
        self.lights.iter().map(port).collect()
    }

    /// Fails unless the constraints place exactly the ports of the module.
    pub(crate) fn check_pins(&self) -> Result<()> {
        let file = self.pins.display();
        let placed = pins::placed(self.chip.family, &project::read(&self.pins)?)
            .with_context(|| file.to_string())?;
        let ports = self.ports();
        for port in &ports {
            ensure!(placed.contains(port), "{file} places no port {port}");
        }
        for port in &placed {
            ensure!(
                ports.contains(port),
                "{file} places {port}, which is no port"
            );
        }
        Ok(())
    }
}

impl Light {
    fn port(&self) -> String {
        format!("light_{}", self.shows)
    }

    /// The bit of the device's light that is shown.
    fn bit(&self) -> usize {
        let bit = LIGHTS.iter().position(|shows| *shows == self.shows);
        bit.unwrap_or_default()
    }
}

/// The board named by `like`, if there is one.
fn like_of(text: &str) -> Result<Option<String>> {
    let table: Table = toml::from_str(text)?;
    let Some(other) = table.get(LIKE) else {
        return Ok(None);
    };
    let other = other.as_str().context("like names a board")?;
    Ok(Some(other.to_owned()))
}

/// Replaces the values in `whole` by those in `own`, key by key.
fn overlay(whole: &mut Table, own: Table) {
    for (key, value) in own {
        match (whole.get_mut(&key), value) {
            (Some(Value::Table(there)), Value::Table(own)) => overlay(there, own),
            (_, value) => {
                whole.insert(key, value);
            }
        }
    }
}

/// The names of all boards, sorted.
pub(crate) fn names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(project::root().join(FOLDER))? {
        let entry = entry?;
        if entry.path().join("board.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests;
