//! The output of `synth` about a build.

use std::fmt::Write as _;
use std::path::Path;

use super::{Area, Build};
use crate::boards::{Board, Family};
use crate::project;

/// Maximum number of segments shown of the slowest path; the middle of a longer one is left out.
const PIECES: usize = 40;

/// The kinds of cells in the report, by the tools' names and the data sheets'.
fn kinds(family: Family) -> &'static [(&'static str, &'static str)] {
    match family {
        Family::Ice40 => &[
            ("ICESTORM_LC", "LC"),
            ("ICESTORM_RAM", "EBR"),
            ("ICESTORM_SPRAM", "SPRAM"),
            ("ICESTORM_DSP", "DSP"),
        ],
        Family::Ecp5 => &[
            ("TRELLIS_COMB", "LUT4"),
            ("TRELLIS_FF", "FF"),
            ("DP16KD", "DP16KD"),
            ("MULT18X18D", "MULT18X18D"),
        ],
    }
}

/// The report on a build: area, speed and the slowest path.
pub(super) fn of_build(board: &Board, build: &Build) -> String {
    let routed = &build.routed;
    let verdict = if routed.meets_timing() {
        "met"
    } else {
        "MISSED"
    };
    let mut text = format!(
        "board          {}, {}\n\
         chip           {}, config {}, seed {}\n\
         area           {}\n\
         timing         {verdict}: {:.2} MHz of {:.2} MHz, slack {:+.2} ns\n",
        board.title,
        board.revision,
        board.chip.part,
        board.config.name,
        build.seed,
        area(&routed.area, board.chip.family),
        routed.fmax_mhz,
        routed.wanted_mhz,
        routed.slack_ns(),
    );
    let (from, to) = routed.endpoints();
    let total: f64 = routed.path.iter().map(|hop| hop.delay).sum();
    let _ = write!(text, "slowest path   {total:.2} ns from {from} to {to}");
    let mut at = 0.0;
    for (place, hop) in routed.path.iter().enumerate() {
        at += hop.delay;
        if place == PIECES {
            text.push_str("\n               ...");
        }
        if (PIECES..).contains(&place) && place + 1 < routed.path.len() {
            continue;
        }
        let kind = if hop.is_wire { "wire" } else { "cell" };
        let _ = write!(text, "\n  {at:9.2} {:6.2} {kind} {}", hop.delay, hop.to);
    }
    text
}

fn area(area: &Area, family: Family) -> String {
    let of_kind = |(kind, name): &(&str, &str)| {
        let (used, available) = area.of(kind);
        (available > 0).then(|| format!("{used} of {available} {name}"))
    };
    let all: Vec<_> = kinds(family).iter().filter_map(of_kind).collect();
    all.join(", ")
}

/// The report on all seeds.
pub(super) fn of_seeds(builds: &[Build]) -> String {
    let mut text = String::from("seeds         ");
    for build in builds {
        let _ = write!(text, " {}: {:.2}", build.seed, build.routed.fmax_mhz);
    }
    let reached: Vec<_> = builds.iter().map(|build| build.routed.fmax_mhz).collect();
    let worst = reached.iter().copied().fold(f64::INFINITY, f64::min);
    let _ = write!(
        text,
        " MHz; median {:.2}, worst {worst:.2}",
        median(&reached)
    );
    text
}

/// The middle of `values`, or the mean of the two in the middle.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let at = |place: usize| sorted.get(place).copied().unwrap_or(f64::NAN);
    match sorted.len() % 2 {
        0 => f64::midpoint(at(half.wrapping_sub(1)), at(half)),
        _ => at(half),
    }
}

/// The path of a bitstream, and its hash.
pub(super) fn of_bitstream(file: &Path, digest: &str) -> String {
    let shown = file.strip_prefix(project::root()).unwrap_or(file);
    format!(
        "bitstream      {}\nsha256         {digest}",
        shown.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let close = |values: &[f64], middle: f64| (median(values) - middle).abs() < 1e-12;
        assert!(close(&[3.0, 1.0, 2.0], 2.0));
        assert!(close(&[4.0, 1.0, 2.0, 3.0], 2.5));
        assert!(median(&[]).is_nan());
    }
}
