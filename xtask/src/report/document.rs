//! Generates `docs/results.md`.

use std::fmt::Write as _;

use super::peers::PEERS;
use super::{FILE, Figures, Results};
use crate::markdown::grouped;

/// The document. The boards in `stale` were measured before the last change of their Verilog, those
/// in `missing` never.
pub(super) fn markdown(results: &Results, stale: &[String], missing: &[String]) -> String {
    let mut text = format!(
        "# Results\n\n\
         <!-- Made by `cargo xtask codegen` from {FILE}, which `cargo xtask report` measures. -->\n\n\
         Area and speed of every board as nextpnr reports them after routing, with the board's pins \
         and the clock constrained. [results.json](results.json) holds the same figures for \
         programs.\n\n"
    );
    boards(&mut text, results, stale, missing);
    peak_and_measured(&mut text, results);
    ticks(&mut text, results);
    slowest_paths(&mut text, results);
    peers(&mut text);
    provenance(&mut text, results);
    text
}

/// The tools and files with which each board was measured.
fn provenance(text: &mut String, results: &Results) {
    text.push_str(
        "## Measure again\n\n```sh\ncargo xtask report\n```\n\n\
         The bitstream is that of the first seed, which is the one that `cargo xtask synth` makes: the \
         same Verilog, tools and seed make it again, byte for byte. What is shown of hashes are the \
         first 12 digits.\n\n\
         | board | measured | tools | seed | SHA-256 of the bitstream |\n|---|---|---|---|---|\n",
    );
    for it in &results.boards {
        let each = |(tool, version): (&String, &String)| format!("{tool} {version}");
        let tools: Vec<_> = it.tools.iter().map(each).collect();
        let seed = it.seeds.first().copied().unwrap_or_default();
        let hash = it.bitstream_sha256.as_deref().map_or_else(
            || "-".to_owned(),
            |hash| format!("`{}`", hash.get(..12).unwrap_or(hash)),
        );
        let _ = writeln!(
            text,
            "| {} | {} | {} | {seed} | {hash} |",
            it.board,
            it.date,
            tools.join(", ")
        );
    }
}

/// Area and speed of one board, in one line; `is_stale` if the Verilog has changed since.
pub(super) fn of_board(results: &Results, board: &str, is_stale: bool) -> String {
    let Some(it) = results.boards.iter().find(|it| it.board == board) else {
        return "Measured: not yet.".to_owned();
    };
    let available = &it.available;
    let cells = [
        ("block RAM", it.bram, available.bram),
        ("SPRAM", it.spram, available.spram),
        ("DSP", it.dsp, available.dsp),
    ];
    let cells: String = cells
        .into_iter()
        .filter(|(_, _, available)| *available > 0)
        .map(|(name, used, available)| format!(", {used} of {available} {name}"))
        .collect();
    format!(
        "Measured: {} logic cells{cells}; {:.1} MHz, the worst {:.1} MHz ({}).{}",
        share(it.lc, available.lc),
        it.fmax_median_mhz,
        it.fmax_worst_mhz,
        match it.seeds.len() {
            1 => "one seed".to_owned(),
            seeds => format!("{seeds} seeds"),
        },
        match is_stale {
            true => " The Verilog has changed since.",
            false => "",
        },
    )
}

fn boards(text: &mut String, results: &Results, stale: &[String], missing: &[String]) {
    text.push_str(
        "| board | chip | logic | block RAM | SPRAM | DSP | clock | Fmax, median | worst | seeds \
         |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for it in &results.boards {
        let mark = if stale.contains(&it.board) {
            " \\*"
        } else {
            ""
        };
        let available = &it.available;
        let _ = writeln!(
            text,
            "| {}{mark} | {} | {} | {} | {} | {} | {} MHz | {:.1} MHz | {:.1} MHz | {} |",
            it.board,
            it.device,
            share(it.lc, available.lc),
            of(it.bram, available.bram),
            of(it.spram, available.spram),
            of(it.dsp, available.dsp),
            it.clock_mhz,
            it.fmax_median_mhz,
            it.fmax_worst_mhz,
            it.seeds.len(),
        );
    }
    text.push_str(
        "\nLogic is LC on an iCE40 and LUT4 on an ECP5. The clock is the board's; Fmax is what the \
         routed design could follow.\n",
    );
    if !stale.is_empty() {
        text.push_str(
            "\n\\* The Verilog has changed since; `cargo xtask report` measures it again.\n",
        );
    }
    if !missing.is_empty() {
        let _ = writeln!(text, "\nNot measured: {}.", missing.join(", "));
    }
    text.push('\n');
}

fn peak_and_measured(text: &mut String, results: &Results) {
    text.push_str(
        "## Synaptic operations\n\n![Rate against area](images/rate_against_area.svg)\n\n| board | \
         config | neurons | inputs | synapses | lanes | peak = lanes x Fmax | measured |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for it in &results.boards {
        let measured = it.measured_msops.map_or_else(|| "not yet".to_owned(), rate);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {measured} |",
            it.board,
            it.config,
            it.neurons,
            it.inputs,
            grouped(it.synapses as u64),
            it.lanes,
            rate(it.peak_msops),
        );
    }
    text.push_str(
        "\n*Measured* counts whole ticks in which every source spikes: synapses and cycles \
         counted on the Verilog, at the median Fmax ([cycles.json](cycles.json)).\n\n",
    );
}

fn ticks(text: &mut String, results: &Results) {
    text.push_str(
        "## Ticks a second\n\nBy the share of all sources (inputs and neurons) that spike in each \
         tick; at the median Fmax, without the time of the line to the host.\n\n| board | 0 % | 1 % | 10 % | 100 % |\n\
         |---|---|---|---|---|\n",
    );
    for it in &results.boards {
        let of = |percent: u64| {
            let ticks = it.ticks_per_second.get(&percent);
            ticks.map_or_else(|| "-".to_owned(), |&ticks| grouped(ticks))
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            it.board,
            of(0),
            of(1),
            of(10),
            of(100)
        );
    }
    text.push('\n');
}

fn slowest_paths(text: &mut String, results: &Results) {
    text.push_str(
        "## Slowest paths\n\nStart and end of the slowest path, with the first seed.\n\n",
    );
    text.push_str("| board | from | to |\n|---|---|---|\n");
    for Figures {
        board,
        slowest_path: [from, to],
        ..
    } in &results.boards
    {
        let _ = writeln!(text, "| {board} | `{from}` | `{to}` |");
    }
    text.push('\n');
}

fn peers(text: &mut String) {
    text.push_str(
        "## Others\n\n| core | chip | logic | Fmax | rate | source |\n|---|---|---|---|---|---|\n",
    );
    for it in &PEERS {
        let fmax = it
            .fmax_mhz
            .map_or_else(|| "-".to_owned(), |mhz| format!("{mhz} MHz"));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {fmax} | {} | {} |",
            it.name,
            it.chip,
            grouped(it.cells),
            rate(it.msops),
            it.source,
        );
    }
    text.push('\n');
}

/// A count and its percentage.
fn share(used: u64, available: u64) -> String {
    let percent = (used * 100).checked_div(available).unwrap_or_default();
    format!("{} of {} ({percent} %)", grouped(used), grouped(available))
}

/// A count; empty if the chip has none.
fn of(used: u64, available: u64) -> String {
    match available {
        0 => "-".to_owned(),
        _ => format!("{used} of {available}"),
    }
}

/// Synaptic operations per second.
fn rate(msops: f64) -> String {
    if msops >= 1000.0 {
        format!("{:.2} GSOP/s", msops / 1000.0)
    } else if msops >= 100.0 {
        format!("{msops:.0} MSOP/s")
    } else {
        format!("{msops:.1} MSOP/s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(share(4_300, 5_280), "4,300 of 5,280 (81 %)");
        assert_eq!(of(0, 0), "-");
        assert_eq!(rate(5.9), "5.9 MSOP/s");
        assert_eq!(rate(224.0), "224 MSOP/s");
        assert_eq!(rate(5_123.4), "5.12 GSOP/s");
    }
}
