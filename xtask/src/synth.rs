//! `cargo xtask synth`: builds a bitstream from the committed Verilog and checks it.
//!
//! Synthesis runs once per board; placing and routing run once per seed. Both are skipped if all
//! their inputs are unchanged: the sources, the script, the options, the tools' versions.

mod cache;
mod flow;
mod netlist;
mod routed;
mod text;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::boards::Board;
use crate::project;
use crate::tools::{self, Preference};
use cache::Cache;
pub(crate) use cache::digest;
pub(crate) use flow::commands;
pub(crate) use routed::{Area, Routed};
pub(crate) use text::median;

/// One placed and routed design.
#[derive(Debug, Clone)]
pub(crate) struct Build {
    /// The seed of the placer.
    pub(crate) seed: u32,
    /// The result.
    pub(crate) routed: Routed,
    /// None if timing is missed.
    bitstream: Option<PathBuf>,
}

impl Build {
    /// The bitstream, if the design meets its timing.
    pub(crate) fn bitstream(&self) -> Option<&Path> {
        self.bitstream.as_deref()
    }
}

/// Builds `board`, prints a report, and fails if the bitstream must not be used.
pub(crate) fn run(
    name: &str,
    seed: Option<u32>,
    seeds: Option<u32>,
    out: Option<PathBuf>,
    preference: Preference,
) -> Result<()> {
    let board = Board::named(name)?;
    take_tools(&[&board], preference)?;
    let folder = match out {
        Some(out) => std::path::absolute(out)?,
        None => folder(&board, preference),
    };
    let seeds: Vec<u32> = match (seed, seeds) {
        (Some(seed), _) => vec![seed],
        (None, Some(count)) => (1..=count).collect(),
        (None, None) => board.seeds.first().copied().into_iter().collect(),
    };
    let builds = builds(&board, &seeds, &folder)?;
    let best = builds
        .iter()
        .max_by(|a, b| a.routed.fmax_mhz.total_cmp(&b.routed.fmax_mhz))
        .context("no seed was tried")?;
    println!("{}", text::of_build(&board, best));
    if builds.len() > 1 {
        println!("{}", text::of_seeds(&builds));
    }
    let made = best.bitstream().with_context(|| {
        format!(
            "timing is missed: {:.2} MHz of {:.2} MHz; there is no bitstream",
            best.routed.fmax_mhz, best.routed.wanted_mhz
        )
    })?;
    let packages = std::iter::once((None, made.to_owned())).chain(
        board
            .siblings
            .iter()
            .map(|it| (Some(it), made.with_file_name(flow::sibling(it)))),
    );
    for (sibling, made) in packages {
        let suffix = sibling.map_or_else(String::new, |it| format!("-{}", it.name));
        let extension = made
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let file = folder.join(format!("{}{suffix}.{extension}", board.name));
        fs::copy(&made, &file).with_context(|| format!("cannot write {}", file.display()))?;
        println!(
            "{}",
            text::of_bitstream(&file, &cache::digest(&fs::read(&file)?))
        );
    }
    Ok(())
}

/// The folder of a board's builds: separate for pinned and other tools, so that neither replaces
/// the other.
pub(crate) fn folder(board: &Board, preference: Preference) -> PathBuf {
    let parent = match preference {
        Preference::Pinned => "target/synth",
        Preference::Machine => "target/synth-machine",
    };
    project::root().join(parent).join(&board.name)
}

/// Selects the tools of `preference` for `boards`.
pub(crate) fn take_tools(boards: &[&Board], preference: Preference) -> Result<()> {
    if preference == Preference::Machine {
        return Ok(());
    }
    let mut names: Vec<_> = boards
        .iter()
        .flat_map(|board| flow::commands(board.chip.family))
        .collect();
    names.sort_unstable();
    names.dedup();
    tools::take_pinned(&names)
}

/// Builds `board` with each of the seeds.
pub(crate) fn builds(board: &Board, seeds: &[u32], folder: &Path) -> Result<Vec<Build>> {
    board.check_pins()?;
    let commands = flow::commands(board.chip.family);
    let versions = tools::versions(&commands)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;

    let mut inputs = Cache::new(&versions);
    let verilog = Path::new("hdl/verilog").join(format!("{}.v", board.config.name));
    let script = flow::script(board);
    inputs.put(folder, "device.v", &project::read(&verilog)?)?;
    inputs.put(folder, "board.v", &project::read(&board.wrapper_file())?)?;
    inputs.put(folder, "synth.ys", &script)?;
    step(&board.name, "synthesis", || {
        inputs.unless_done(folder, || {
            flow::synthesise(folder)?;
            let text = fs::read(folder.join(flow::NETLIST)).context("yosys wrote no netlist")?;
            netlist::check(&text, board.chip.family).context("the netlist is refused")
        })
    })?;

    let pins = project::read(&board.pins)? + &flow::aim(board);
    let mut builds = Vec::new();
    for &seed in seeds {
        let place = folder.join(format!("seed-{seed}"));
        fs::create_dir_all(&place)?;
        let mut inputs = inputs.clone();
        inputs.put(&place, flow::pins(board.chip.family), &pins)?;
        let arguments = flow::route_arguments(board, seed);
        inputs.add("arguments", arguments.join(" ").as_bytes());
        let title = format!("placing and routing with seed {seed}");
        step(&board.name, &title, || {
            inputs.unless_done(&place, || {
                fs::copy(folder.join(flow::NETLIST), place.join(flow::NETLIST))?;
                let routed = flow::route(board, &place, &arguments);
                // The netlist is large, and is also in the folder above.
                fs::remove_file(place.join(flow::NETLIST))?;
                routed?;
                match Routed::read(&place.join(flow::REPORT), board)?.meets_timing() {
                    true => flow::pack(board, &place),
                    false => flow::forget_bitstreams(board, &place),
                }
            })
        })?;
        let routed = Routed::read(&place.join(flow::REPORT), board)?;
        let bitstream = place.join(flow::bitstream(board.chip.family));
        builds.push(Build {
            seed,
            bitstream: routed.meets_timing().then_some(bitstream),
            routed,
        });
    }
    Ok(builds)
}

/// Prints what is being done and its duration; `work` returns whether it was necessary.
fn step(board: &str, title: &str, work: impl FnOnce() -> Result<bool>) -> Result<()> {
    eprintln!("{board}: {title} ...");
    let start = Instant::now();
    let result = work();
    match &result {
        Ok(true) => eprintln!("{board}: {title}: {:.1} s", start.elapsed().as_secs_f64()),
        Ok(false) => eprintln!("{board}: {title}: done before"),
        Err(_) => eprintln!("{board}: {title}: failed"),
    }
    result
        .map(|_| ())
        .with_context(|| format!("{board}: {title}"))
}

#[cfg(test)]
mod tests;
