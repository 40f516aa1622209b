//! Reads nextpnr's report on a routed design.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::boards::Board;

/// Area, speed and the slowest path.
#[derive(Debug, Clone)]
pub(crate) struct Routed {
    /// The maximum clock frequency of the routed design.
    pub(crate) fmax_mhz: f64,
    /// The required clock frequency.
    pub(crate) wanted_mhz: f64,
    /// The cells used.
    pub(crate) area: Area,
    /// The slowest path from flip-flop to flip-flop, in order.
    pub(crate) path: Vec<Hop>,
}

/// For each kind of cell, the number used and the number available.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Area {
    cells: BTreeMap<String, (u64, u64)>,
}

/// A segment of a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hop {
    /// Nanoseconds of this piece.
    pub(crate) delay: f64,
    /// Whether a wire takes them, or a cell.
    pub(crate) is_wire: bool,
    /// The end of the segment: cell and port.
    pub(crate) to: String,
}

impl Area {
    /// Number of used and of available cells of a kind; zero if the chip has none.
    pub(crate) fn of(&self, kind: &str) -> (u64, u64) {
        self.cells.get(kind).copied().unwrap_or_default()
    }
}

impl Routed {
    /// Reads nextpnr's `--report` on a `board`; fails if it aimed at another frequency.
    pub(super) fn read(path: &Path, board: &Board) -> Result<Routed> {
        let text = fs::read_to_string(path).context("the router wrote no report")?;
        let routed = Routed::parse(&text).with_context(|| path.display().to_string())?;
        let (asked, aim) = (routed.wanted_mhz, board.aim_mhz());
        ensure!(
            (asked - aim).abs() < aim * 1e-3,
            "the clock is constrained to {asked} MHz, not to {aim} MHz"
        );
        Ok(Routed {
            wanted_mhz: board.clock_mhz(),
            ..routed
        })
    }

    /// Fails unless there is exactly one clock.
    fn parse(text: &str) -> Result<Routed> {
        let report: Report = serde_json::from_str(text)?;
        let clocks: Vec<_> = report.fmax.keys().map(String::as_str).collect();
        let clock = match report.fmax.values().collect::<Vec<_>>()[..] {
            [clock] => clock,
            _ => bail!("there must be one clock; there are: {}", clocks.join(", ")),
        };
        // Paths from and to pins have a clock at one end only.
        let clocked = |path: &&TimedPath| {
            ![&path.from, &path.to]
                .iter()
                .any(|it| it.contains("<async>"))
        };
        let slowest = report.critical_paths.iter().find(clocked);
        let cells = report
            .utilization
            .into_iter()
            .map(|(kind, cells)| (kind, (cells.used, cells.available)));
        Ok(Routed {
            fmax_mhz: clock.achieved,
            wanted_mhz: clock.constraint,
            area: Area {
                cells: cells.collect(),
            },
            path: slowest.map(TimedPath::hops).unwrap_or_default(),
        })
    }

    /// Whether the maximum frequency is at least the clock's.
    pub(crate) fn meets_timing(&self) -> bool {
        self.fmax_mhz >= self.wanted_mhz
    }

    /// Slack of the slowest path in nanoseconds; negative if it is too slow.
    pub(crate) fn slack_ns(&self) -> f64 {
        1e3 / self.wanted_mhz - 1e3 / self.fmax_mhz
    }

    /// The first and the last cell of the slowest path.
    pub(crate) fn endpoints(&self) -> (&str, &str) {
        match (self.path.first(), self.path.last()) {
            (Some(first), Some(last)) => (&first.to, &last.to),
            _ => ("", ""),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Report {
    fmax: BTreeMap<String, Clock>,
    utilization: BTreeMap<String, Cells>,
    critical_paths: Vec<TimedPath>,
}

#[derive(Debug, Deserialize)]
struct Clock {
    achieved: f64,
    constraint: f64,
}

#[derive(Debug, Deserialize)]
struct Cells {
    used: u64,
    available: u64,
}

#[derive(Debug, Deserialize)]
struct TimedPath {
    from: String,
    to: String,
    path: Vec<Piece>,
}

#[derive(Debug, Deserialize)]
struct Piece {
    delay: f64,
    #[serde(rename = "type")]
    kind: String,
    to: End,
}

#[derive(Debug, Deserialize)]
struct End {
    cell: String,
    port: String,
}

impl TimedPath {
    fn hops(&self) -> Vec<Hop> {
        let hop = |piece: &Piece| Hop {
            delay: piece.delay,
            is_wire: piece.kind == "routing",
            to: format!("{}.{}", within_device(&piece.to.cell), piece.to.port),
        };
        self.path.iter().map(hop).collect()
    }
}

/// A cell's name without that of the top instance.
fn within_device(cell: &str) -> &str {
    cell.strip_prefix("device.").unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{
        "fmax": {"clock": {"achieved": 80.0, "constraint": 60.0}},
        "utilization": {"ICESTORM_LC": {"used": 10, "available": 7680}},
        "critical_paths": [
            {"from": "<async>", "to": "posedge clock", "path": []},
            {"from": "posedge clock", "to": "posedge clock", "path": [
                {"delay": 1.5, "type": "clk-to-q", "from": {"cell": "device.a", "port": "Q"},
                 "to": {"cell": "device.a", "port": "Q"}},
                {"delay": 2.5, "type": "routing", "net": "n",
                 "from": {"cell": "device.a", "port": "Q"},
                 "to": {"cell": "device.b", "port": "D"}}]}]}"#;

    #[test]
    fn a_report_is_read() {
        let routed = Routed::parse(REPORT).unwrap();
        assert!(routed.meets_timing());
        assert!((routed.slack_ns() - (1e3 / 60.0 - 12.5)).abs() < 1e-9);
        assert_eq!(routed.area.of("ICESTORM_LC"), (10, 7680));
        assert_eq!(routed.area.of("ICESTORM_SPRAM"), (0, 0));
        assert_eq!(routed.endpoints(), ("a.Q", "b.D"));
        let missed = Routed::parse(&REPORT.replace("80.0", "59.9")).unwrap();
        assert!(!missed.meets_timing() && missed.slack_ns() < 0.0);
    }

    #[test]
    fn a_second_clock_is_refused() {
        let second = r#""fmax": {"other": {"achieved": 80.0, "constraint": 60.0},"#;
        let error = Routed::parse(&REPORT.replace(r#""fmax": {"#, second)).unwrap_err();
        assert!(error.to_string().contains("clock, other"), "{error}");
        let none = REPORT.replace(r#""clock": {"achieved": 80.0, "constraint": 60.0}"#, "");
        assert!(Routed::parse(&none).is_err());
    }
}
