//! Counts the bits of the hardware that the tests change.
//!
//! Verilator puts a counter at each bit. Each device of the tests writes its counters into a file of its
//! own; a bit is toggled if it is in one of them.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::ledger::{Blocks, Count, Hardware};
use crate::{process, tools};

pub(super) const TOOLS: [&str; 1] = ["verilator"];

/// The configs whose bits are counted: they are small, and one of them learns.
const CONFIGS: [&str; 2] = ["tiny", "tiny_l"];

/// The tests: hardware and model side by side, on both levels of both configs.
const TESTS: [&str; 7] = [
    "lockstep::tiny_equals_the_model",
    "lockstep::tiny_equals_the_model_when_the_host_is_slow",
    "lockstep::tiny_that_learns_equals_the_model",
    "lockstep::tiny_that_learns_equals_the_model_after_every_tick",
    "learning::the_curve_of_the_hardware_is_that_of_the_model",
    "sessions::damaged_sessions_are_answered_like_the_emulator",
    "snapshot::the_hardware_goes_on_where_the_model_stood_and_the_model_where_the_hardware_did",
];

/// Runs the tests on models with counters.
pub(super) fn measure() -> Result<Hardware> {
    let folder = super::empty_folder("toggles")?;
    let mut command = tools::cargo(&["test", "--locked", "--package", "tests"])?;
    command
        .args([
            "--features",
            "toggles",
            "--test",
            "agreement",
            "--test",
            "board",
        ])
        .args(["--", "--exact"])
        .args(TESTS)
        .env("SYNFIRE_CONFIGS", CONFIGS.join(","))
        .env("SYNFIRE_TOGGLES", &folder);
    let (status, text) = process::run_and_read(&mut command)?;
    ensure!(status.success(), "the tests must pass: {status}");
    for test in TESTS {
        let passed = format!("test {test} ... ok");
        ensure!(text.contains(&passed), "there is no test {test} any more");
    }
    let mut toggles = Toggles::default();
    for entry in fs::read_dir(&folder)? {
        let file = entry?.path();
        toggles
            .add(&file)
            .with_context(|| file.display().to_string())?;
    }
    let versions = tools::versions(&TOOLS)?;
    let told = versions.iter().map(|(tool, it)| format!("{tool} {it}"));
    // They take gigabytes.
    fs::remove_dir_all(&folder).context("cannot remove the counters")?;
    Ok(Hardware {
        tools: told.collect(),
        configs: CONFIGS.map(|config| toggles.of(config)).into(),
    })
}

/// Whether each point has counted anything, by the point as Verilator writes it.
#[derive(Default)]
struct Toggles(HashMap<Vec<u8>, bool>);

/// A bit, or one direction of it.
struct Point<'a> {
    config: &'a str,
    module: &'a str,
    bit: &'a str,
}

impl Toggles {
    /// Adds the counts of a file.
    fn add(&mut self, file: &Path) -> Result<()> {
        let mut file = BufReader::new(fs::File::open(file)?);
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 {
            let counted = !line.ends_with(b" 0\n");
            let end = line.iter().rposition(|byte| *byte == b' ');
            let point = line.get(..end.unwrap_or(0)).unwrap_or_default();
            match self.0.get_mut(point) {
                Some(toggled) => *toggled |= counted,
                None => {
                    self.0.insert(point.to_owned(), counted);
                }
            }
            line.clear();
        }
        Ok(())
    }

    /// The counts of the blocks of a config.
    fn of(&self, config: &str) -> Blocks {
        // A bit is toggled if all of its points are: both directions, where Verilator counts them
        // alone. The core's points come from two models, that of the device and that of the core.
        let mut points: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        let all = self
            .0
            .iter()
            .filter_map(|(it, on)| Some((Point::of(it)?, on)));
        for (point, toggled) in all.filter(|(it, _)| it.config == config) {
            *points.entry((point.module, point.bit)).or_default() |= toggled;
        }
        let mut bits: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for ((module, point), toggled) in points {
            let bit = point.split(':').next().unwrap_or(point);
            *bits.entry((module, bit)).or_insert(true) &= toggled;
        }
        let mut blocks: BTreeMap<String, Count> = BTreeMap::new();
        for ((module, _), toggled) in bits {
            let name = block(module);
            let counts = blocks.entry(name.clone());
            counts.or_insert_with(|| Count::named(&name)).add(toggled);
        }
        Blocks {
            config: config.to_owned(),
            blocks: blocks.into_values().collect(),
        }
    }
}

impl<'a> Point<'a> {
    /// The point that this text describes; `None` if it is not a bit of a config's Verilog, or the
    /// parent's name of a port, which is counted at the block that has the port.
    fn of(text: &'a [u8]) -> Option<Point<'a>> {
        let text = std::str::from_utf8(text).ok()?.strip_prefix("C '")?;
        let fields = text.strip_suffix('\'')?.split('\u{1}');
        let fields: HashMap<&str, &'a str> =
            fields.filter_map(|it| it.split_once('\u{2}')).collect();
        let field = |name| fields.get(name).copied();
        let file: &'a Path = Path::new(field("f")?);
        let module = field("page")?.strip_prefix("v_toggle/")?;
        let bit = field("o")?;
        let is_emitted = module == "top" || module.starts_with("top$");
        let is_copy = bit.contains('$') || bit.contains("__024");
        (is_emitted && !is_copy).then_some(Point {
            config: file.file_stem()?.to_str()?,
            module,
            bit,
        })
    }
}

/// The block of the device that a module is in, as in the table of mutants: two levels of instances at
/// most.
fn block(module: &str) -> String {
    let levels: Vec<_> = module.split('$').skip(1).take(2).collect();
    match levels.is_empty() {
        true => "top".to_owned(),
        false => levels.join("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line as Verilator writes it.
    fn line(module: &str, bit: &str, level: &str, count: u32) -> String {
        format!(
            "C '\u{1}f\u{2}/v/tiny.v\u{1}l\u{2}7\u{1}page\u{2}v_toggle/{module}\u{1}o\u{2}{bit}\
             \u{1}h\u{2}{level}' {count}\n"
        )
    }

    #[test]
    fn bits_are_counted_once_in_the_block_that_has_them() {
        let file = std::env::temp_dir().join(format!("synfire-bits-{}", std::process::id()));
        let mut toggles = Toggles::default();
        let mut add = |lines: &[String]| {
            fs::write(&file, format!("# head\n{}", lines.concat())).unwrap();
            toggles.add(&file).unwrap();
        };
        let lanes = "top$core$lanes$lane$0";
        add(&[
            line(lanes, "sum[0]", "dut.top", 0),
            line(lanes, "sum[1]", "dut.top", 10),
            line(lanes, "sum[2]:0->1", "dut.top", 1),
            line(lanes, "sum[2]:1->0", "dut.top", 0),
            line("top$core", "lanes__024sum[1]", "dut.top", 3),
            line("sim_core", "sum[1]", "dut", 3),
            line("top", "rx", "dut.top", 0),
        ]);
        // The same bit in the other model, and again in the same one.
        add(&[line(lanes, "sum[0]", "dut.sim_core", 4)]);
        add(&[
            line("top", "rx", "dut.top", 2),
            line(lanes, "sum[1]", "dut.top", 0),
        ]);
        let found = toggles.of("tiny").blocks;
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.all, it.reached))
            .collect();
        assert_eq!(told, [("core.lanes", 3, 2), ("top", 1, 1)]);
        assert!(toggles.of("tiny_l").blocks.is_empty());
        fs::remove_file(file).unwrap();
    }
}
