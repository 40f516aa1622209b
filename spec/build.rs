//! Generates Rust constants from the files in `configs/`, one constant per file, so that a new
//! config needs only a new file.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use serde::Deserialize;

#[expect(dead_code, reason = "the library uses more of it")]
#[expect(
    unreachable_pub,
    reason = "it is public where it is a module of the library"
)]
#[path = "src/sizes.rs"]
mod sizes;

use sizes::UncheckedSizes;

/// A config file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    tests_only: bool,
    sizes: Sizes,
    build: Build,
    platform: Platform,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    neurons: u32,
    inputs: u32,
    lanes: u32,
    state_bits: u32,
    sum_bits: u32,
    rows: u32,
    synapse_words: u32,
    wheel_word_bits: u32,
    in_words: u32,
    out_words: u32,
    learning: bool,
    #[serde(default)]
    reset_rules: bool,
    #[serde(default)]
    second_state: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Build {
    synapse_memory: SynapseMemory,
    registered_reads: bool,
    serial_products: bool,
    spare_block_ram: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SynapseMemory {
    #[serde(rename = "block_ram")]
    BlockRam,
    Spram,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Platform {
    clock_hz: u32,
    baud: u32,
}

/// A config that has been checked.
struct Config {
    name: String,
    file: File,
    sizes: UncheckedSizes,
}

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    // A link to the folder beside this crate, or, on systems that store links as files, the folder
    // itself.
    let folder = ["configs", "../configs"].map(Path::new);
    let folder = folder.into_iter().find(|folder| folder.is_dir());
    let folder = folder.ok_or("the folder configs is missing")?;
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/sizes.rs");
    let mut configs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            let config = read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            configs.push(config);
        }
    }
    configs.sort_by(|a, b| a.order().cmp(&b.order()));
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    fs::write(out.join("configs.rs"), constants(&configs)?)?;
    Ok(())
}

fn read(path: &Path) -> Result<Config, Box<dyn Error>> {
    let name = path.file_stem().and_then(|stem| stem.to_str());
    let name = name.ok_or("the name is not UTF-8")?.to_owned();
    // The name becomes the name of a function and of a Verilog file.
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let begins_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins_well || name.len() > 8 || !name.bytes().all(legal) {
        return Err(
            "a name has at most 8 characters, a-z, 0-9 and _, and a letter in front".into(),
        );
    }
    let file: File = toml::from_str(&fs::read_to_string(path)?)?;
    let it = &file.sizes;
    let log2 = |field: &str, value: u32| match value.is_power_of_two() {
        true => Ok(value.ilog2()),
        false => Err(format!("{field} is {value}, must be a power of two")),
    };
    let sizes = UncheckedSizes {
        neurons_log2: log2("neurons", it.neurons)?,
        inputs_log2: log2("inputs", it.inputs)?,
        lanes_log2: log2("lanes", it.lanes)?,
        state_bits: it.state_bits,
        sum_bits: it.sum_bits,
        rows_log2: log2("rows", it.rows)?,
        synapse_words: it.synapse_words,
        wheel_word_log2: log2("wheel_word_bits", it.wheel_word_bits)?,
        in_words_log2: log2("in_words", it.in_words)?,
        out_words_log2: log2("out_words", it.out_words)?,
        learning: it.learning,
        reset_rules: it.reset_rules,
        second_state: it.second_state,
    };
    sizes.checked()?;
    let Platform { clock_hz, baud } = file.platform;
    for (field, value, min, max) in [
        ("clock_hz", clock_hz, 1_000_000, 1_000_000_000),
        ("baud", baud, clock_hz >> 16, clock_hz / 4),
    ] {
        if !(min..=max).contains(&value) {
            return Err(format!("{field} is {value}, must be {min}..={max}").into());
        }
    }
    Ok(Config { name, file, sizes })
}

impl Config {
    /// Smallest first; then those with learning.
    fn order(&self) -> impl Ord + '_ {
        let it = &self.sizes;
        (
            it.learning,
            it.neurons_log2,
            it.lanes_log2,
            it.state_bits,
            &self.name,
        )
    }

    fn constant(&self) -> String {
        self.name.to_uppercase()
    }
}

/// The Rust source of all configs.
fn constants(configs: &[Config]) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for config in configs {
        let (name, constant) = (&config.name, config.constant());
        let File {
            build,
            platform,
            tests_only,
            ..
        } = &config.file;
        writeln!(
            text,
            "const {constant}: CoreConfig = CoreConfig {{
    name: match Name::of({name:?}) {{ Some(name) => name, None => panic!({name:?}) }},
    sizes: match ({sizes:?}).checked() {{ Ok(sizes) => sizes, Err(_) => panic!({name:?}) }},
    build: Build {{
        synapse_memory: SynapseMemory::{memory:?},
        registered_reads: {registered},
        serial_products: {serial},
        spare_block_ram: {spare},
    }},
    platform: Platform {{ clock_hz: {clock}, baud: {baud} }},
    tests_only: {tests_only},
}};",
            sizes = config.sizes,
            memory = build.synapse_memory,
            registered = build.registered_reads,
            serial = build.serial_products,
            spare = build.spare_block_ram,
            clock = platform.clock_hz,
            baud = platform.baud,
        )?;
    }
    let all: Vec<_> = configs
        .iter()
        .map(|it| format!("&{}", it.constant()))
        .collect();
    writeln!(
        text,
        "impl CoreConfig {{
    /// Every config, smallest first; then those with learning.
    pub const ALL: [&'static CoreConfig; {}] = [{}];",
        configs.len(),
        all.join(", ")
    )?;
    for config in configs {
        let (name, title, constant) = (&config.name, &config.file.title, config.constant());
        writeln!(
            text,
            "#[doc = {title:?}] #[must_use] pub const fn {name}() -> &'static CoreConfig {{ &{constant} }}"
        )?;
    }
    let names: Vec<_> = configs.iter().map(|it| it.name.as_str()).collect();
    writeln!(
        text,
        "}}
/// Hands the names of all configs, in the order of [`CoreConfig::ALL`], to a macro, in brackets in
/// front of its other arguments: for what needs the sizes as constants, and for a test a config.
#[macro_export]
macro_rules! with_every_config {{
    ($then:ident $(, $($arguments:tt)*)?) => {{ $then! {{ [{}] $($($arguments)*)? }} }};
}}",
        names.join(" ")
    )?;
    Ok(text)
}
