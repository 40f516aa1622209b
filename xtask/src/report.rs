//! `cargo xtask report`: measures the area and speed of the boards' designs.
//!
//! Placing takes some minutes per board, and the figures depend on the tools, so they are committed
//! as `docs/results.json`. `cargo xtask codegen` generates the document and the picture from that
//! file, so they are always consistent with it.

mod document;
mod peers;
mod picture;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use spec::config::CoreConfig;

use crate::boards::{self, Board, Family};
use crate::cycles::{self, Cycles};
use crate::synth::{self, Build};
use crate::tools::{self, Preference};
use crate::{process, project};

/// The file of the figures.
const FILE: &str = "docs/results.json";

/// The document that is generated from them.
const DOCUMENT: &str = "docs/results.md";

/// The picture in the document.
const PICTURE: &str = "docs/images/rate_against_area.svg";

/// All figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Results {
    /// A board each, by name.
    boards: Vec<Figures>,
}

/// One board's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Figures {
    board: String,
    device: String,
    config: String,
    neurons: usize,
    inputs: usize,
    synapses: usize,
    lanes: usize,
    /// Cells of logic: LC of an iCE40, LUT4 (TRELLIS_COMB) of an ECP5.
    lc: u64,
    bram: u64,
    spram: u64,
    dsp: u64,
    /// As many as the chip has.
    available: Available,
    /// The board's clock.
    clock_mhz: f64,
    fmax_median_mhz: f64,
    fmax_worst_mhz: f64,
    seeds: Vec<u32>,
    /// Lanes times the median.
    peak_msops: f64,
    /// Millions of synapses per second when every source spikes: from the cycles of whole ticks,
    /// counted on the Verilog, at the median of the maximum frequencies.
    measured_msops: Option<f64>,
    /// Ticks per second at the median, by the percentage of sources that spike.
    ticks_per_second: BTreeMap<u64, u64>,
    /// The first and the last cell of the slowest path, with the first seed.
    slowest_path: [String; 2],
    /// The day of the measurement.
    date: String,
    /// The tools used, and their versions.
    tools: BTreeMap<String, String>,
    /// SHA-256 of the measured Verilog.
    verilog_sha256: String,
    /// SHA-256 of the bitstream of the first seed; `None` if that missed its timing, or if it was
    /// measured before the hash was recorded.
    bitstream_sha256: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Available {
    lc: u64,
    bram: u64,
    spram: u64,
    dsp: u64,
}

/// Measures the boards of these names, or all, with the first `count` of their seeds, or all, and
/// renews the committed figures.
pub(crate) fn run(names: &[String], count: Option<usize>, preference: Preference) -> Result<()> {
    let measured = match names {
        [] => Board::all()?,
        names => names
            .iter()
            .map(|name| Board::named(name))
            .collect::<Result<_>>()?,
    };
    synth::take_tools(&measured.iter().collect::<Vec<_>>(), preference)?;
    let mut failed = Vec::new();
    for board in &measured {
        let folder = synth::folder(board, preference);
        let seeds = &board.seeds[..count.unwrap_or(usize::MAX).min(board.seeds.len())];
        let built = synth::builds(board, seeds, &folder);
        let figures = match built.and_then(|builds| figures(board, &builds)) {
            Ok(figures) => figures,
            // The design may not fit; the other boards are measured anyway.
            Err(error) => {
                eprintln!("{error:#}");
                failed.push(board.name.as_str());
                continue;
            }
        };
        // The file is read again and written after each board, because another report may have
        // changed it, and an interruption must not lose the results.
        let mut results = read()?;
        results.boards.retain(|it| it.board != board.name);
        results.boards.push(figures);
        results.boards.sort_by(|a, b| a.board.cmp(&b.board));
        project::write(FILE, results.json()?)?;
    }
    eprintln!("wrote {FILE}");
    ensure!(failed.is_empty(), "not measured: {}", failed.join(", "));
    Ok(())
}

/// The document, the picture, and the figures with the values that follow from the committed
/// cycles.
pub(crate) fn render() -> Result<Vec<(PathBuf, String)>> {
    let mut results = read()?;
    results.check()?;
    results.count(&cycles::committed()?);
    let stale = stale(&results)?;
    Ok(vec![
        (PathBuf::from(FILE), results.json()?),
        (
            PathBuf::from(DOCUMENT),
            document::markdown(&results, &stale, &missing(&results)?),
        ),
        (PathBuf::from(PICTURE), picture::svg(&results)),
    ])
}

/// The measured figures of a board, in one line.
pub(crate) fn measured(board: &str) -> Result<String> {
    let results = read()?;
    let is_stale = stale(&results)?.iter().any(|it| it == board);
    Ok(document::of_board(&results, board, is_stale))
}

fn read() -> Result<Results> {
    let text = project::read(std::path::Path::new(FILE))?;
    serde_json::from_str(&text).context(FILE)
}

/// The boards whose Verilog has changed since they were measured.
fn stale(results: &Results) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for figures in &results.boards {
        let board = Board::named(&figures.board)?;
        if verilog_digest(&board)? != figures.verilog_sha256 {
            stale.push(figures.board.clone());
        }
    }
    Ok(stale)
}

/// The boards that were never measured.
fn missing(results: &Results) -> Result<Vec<String>> {
    let mut names = boards::names()?;
    names.retain(|name| results.boards.iter().all(|it| it.board != *name));
    Ok(names)
}

fn verilog_digest(board: &Board) -> Result<String> {
    let file = std::path::Path::new("hdl/verilog").join(format!("{}.v", board.config.name));
    Ok(synth::digest(project::read(&file)?.as_bytes()))
}

fn today() -> Result<String> {
    let said = process::output(Command::new("date").args(["-u", "+%F"]));
    let (_, date) = said.context("cannot run date")?;
    Ok(date.trim().to_owned())
}

fn figures(board: &Board, builds: &[Build]) -> Result<Figures> {
    let first = builds.first().context("no seed was tried")?;
    let reached: Vec<_> = builds.iter().map(|it| it.routed.fmax_mhz).collect();
    let median = synth::median(&reached);
    let area = &first.routed.area;
    let [lc, bram, spram, dsp] = match board.chip.family {
        Family::Ice40 => [
            "ICESTORM_LC",
            "ICESTORM_RAM",
            "ICESTORM_SPRAM",
            "ICESTORM_DSP",
        ],
        Family::Ecp5 => ["TRELLIS_COMB", "DP16KD", "", "MULT18X18D"],
    }
    .map(|kind| area.of(kind));
    let (from, to) = first.routed.endpoints();
    let config = board.config;
    Ok(Figures {
        board: board.name.clone(),
        device: board.chip.part.clone(),
        config: config.name.to_string(),
        neurons: config.neurons(),
        inputs: config.inputs(),
        synapses: config.synapses(),
        lanes: config.lanes(),
        lc: lc.0,
        bram: bram.0,
        spram: spram.0,
        dsp: dsp.0,
        available: Available {
            lc: lc.1,
            bram: bram.1,
            spram: spram.1,
            dsp: dsp.1,
        },
        clock_mhz: round(f64::from(config.platform.clock_hz) / 1e6),
        fmax_median_mhz: round(median),
        fmax_worst_mhz: round(reached.iter().copied().fold(f64::INFINITY, f64::min)),
        seeds: builds.iter().map(|it| it.seed).collect(),
        peak_msops: peak(config, round(median)),
        measured_msops: None,
        ticks_per_second: BTreeMap::new(),
        slowest_path: [from.to_owned(), to.to_owned()],
        date: today()?,
        tools: BTreeMap::from_iter(tools::versions(&synth::commands(board.chip.family))?),
        verilog_sha256: verilog_digest(board)?,
        bitstream_sha256: match first.bitstream() {
            Some(file) => Some(synth::digest(&fs::read(file)?)),
            None => None,
        },
    })
}

/// The rate if every lane is busy in every cycle, in millions per second.
fn peak(config: &CoreConfig, fmax_mhz: f64) -> f64 {
    round(config.lanes() as f64 * fmax_mhz)
}

/// Rounds to two digits: the variation between seeds is larger than the third.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

impl Results {
    fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Adds the values that follow from counted cycles.
    fn count(&mut self, cycles: &[Cycles]) {
        for figures in &mut self.boards {
            let counted = cycles.iter().find(|it| it.config() == figures.config);
            let fmax_mhz = figures.fmax_median_mhz;
            figures.measured_msops = counted
                .and_then(Cycles::dense_synapses_per_cycle)
                .map(|synapses| round(synapses * fmax_mhz));
            figures.ticks_per_second = counted
                .into_iter()
                .flat_map(Cycles::ticks)
                .map(|(percent, cycles)| (percent, (fmax_mhz * 1e6) as u64 / cycles.max(1)))
                .collect();
        }
    }

    /// Fails if the figures are inconsistent with the configs, the boards or each other.
    fn check(&self) -> Result<()> {
        for figures in &self.boards {
            let board = Board::named(&figures.board)?;
            let config = board.config;
            let name = &figures.board;
            let sizes = [
                figures.neurons,
                figures.inputs,
                figures.synapses,
                figures.lanes,
            ];
            let expected = [
                config.neurons(),
                config.inputs(),
                config.synapses(),
                config.lanes(),
            ];
            ensure!(
                sizes == expected && config.name == *figures.config,
                "{FILE}: {name} is of other sizes than config {}; `cargo xtask report {name}`",
                config.name
            );
            ensure!(figures.device == board.chip.part, "{FILE}: {name}: device");
            ensure!(
                (figures.peak_msops - peak(config, figures.fmax_median_mhz)).abs() < 0.01,
                "{FILE}: {name}: peak_msops is not lanes times fmax_median_mhz"
            );
            ensure!(
                figures.fmax_worst_mhz <= figures.fmax_median_mhz,
                "{FILE}: {name}: the worst is better than the median"
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
