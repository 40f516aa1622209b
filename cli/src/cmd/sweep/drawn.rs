//! The picture of a sweep: lines for one setting, a heat map for two settings.

use viz::chart::{Axis as Side, Chart, Series, Style};
use viz::heat::{CELLS_MAX, Heat};

use super::Plot;
use super::grid::Grid;
use super::table::Table;
use crate::cmd::plot;
use crate::exit::UsageError;

/// Maximum number of lines in a chart, limited by the colours.
const LINES: usize = 7;

/// Refuses, before a long sweep, a grid that cannot be drawn.
pub(super) fn check(grid: &Grid) -> Result<(), UsageError> {
    let axes = grid.axes.len();
    if axes > 2 {
        return Err(UsageError(format!(
            "--plot draws over one --set with several values or over two, there are {axes}; the \
             table has all"
        )));
    }
    let large = grid
        .axes
        .iter()
        .find(|axis| axes == 2 && axis.values.len() > CELLS_MAX);
    if let Some(axis) = large {
        let (what, count) = (axis.setting.what(), axis.values.len());
        return Err(UsageError(format!(
            "{what} has {count} values, a picture over two settings shows {CELLS_MAX}"
        )));
    }
    Ok(())
}

/// The picture as SVG.
pub(super) fn svg(
    grid: &Grid,
    table: &Table,
    plot: Plot,
    tick: Option<f64>,
    answers: &str,
) -> anyhow::Result<String> {
    let unit = if tick.is_some() {
        "Hz"
    } else {
        "spikes per tick"
    };
    let (label, wanted): (String, fn(&str) -> bool) = match plot {
        Plot::Rate => (format!("mean rate ({unit})"), |it| it.starts_with("rate_")),
        Plot::Spikes => ("spikes".to_owned(), |it| it == "spikes"),
        Plot::Accuracy => ("right answers (%)".to_owned(), |it| it == "accuracy"),
    };
    let scale = if plot == Plot::Accuracy { 100.0 } else { 1.0 };
    let columns = table.measured().iter().enumerate();
    let columns: Vec<(usize, String)> = columns
        .filter(|(_, name)| wanted(name))
        .map(|(at, name)| {
            let name = name.strip_prefix("rate_hz_").unwrap_or(name);
            (
                at,
                name.strip_prefix("rate_per_tick_")
                    .unwrap_or(name)
                    .to_owned(),
            )
        })
        .collect();
    match &grid.axes[..] {
        [_] => lines(grid, table, &columns, (&label, scale), plot),
        _ => cells(grid, table, &columns, (&label, scale), answers),
    }
}

/// Draws one line per column.
fn lines(
    grid: &Grid,
    table: &Table,
    columns: &[(usize, String)],
    (label, scale): (&str, f64),
    plot: Plot,
) -> anyhow::Result<String> {
    let axis = &grid.axes[0];
    let numbers: Result<Vec<f64>, _> = axis.values.iter().map(|it| it.parse()).collect();
    // Values that are not numbers are placed in their order.
    let words = numbers.is_err();
    let xs = numbers.unwrap_or_else(|_| (0..axis.values.len()).map(|at| at as f64).collect());
    let whole = xs.iter().all(|x| x.fract() == 0.0);
    let shown = columns.iter().take(LINES);
    let series = shown.map(|(at, name)| {
        let rows = table.rows.iter();
        let mut points: Vec<(f64, f64)> = rows
            .map(|(&point, row)| (xs[point], scale * row[*at]))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        Series::line(name.clone(), points).drawn(Style::LineAndMarks)
    });
    let what = axis.setting.what();
    let x = match words {
        true => Side::new(format!("{what} (0: {}, ...)", axis.values.join(", "))),
        false => Side::new(what.clone()),
    };
    let y = Side::new(label);
    let left_out = columns.len().saturating_sub(LINES);
    let chart = Chart {
        title: format!("Sweep of {what}"),
        subtitle: match left_out {
            0 => format!("{} points", table.rows.len()),
            more => format!(
                "{} points; {more} populations are in the table only",
                table.rows.len()
            ),
        },
        x: if whole { x.counted() } else { x },
        y: if plot == Plot::Accuracy {
            y
        } else {
            y.from(0.0)
        },
        series: series.collect(),
    };
    plot::svg(&chart)
}

/// Draws one cell per point, for the population that answers; values increase upward and to the
/// right.
fn cells(
    grid: &Grid,
    table: &Table,
    columns: &[(usize, String)],
    (label, scale): (&str, f64),
    answers: &str,
) -> anyhow::Result<String> {
    let answering = columns.iter().find(|(_, name)| name == answers);
    let Some((column, name)) = answering.or(columns.last()) else {
        return Err(UsageError("there is nothing to draw".to_owned()).into());
    };
    let value = |point: usize| {
        let row = table.rows.get(&point).and_then(|row| row.get(*column));
        row.map_or(f64::NAN, |value| scale * value)
    };
    let (up, right) = (&grid.axes[0], &grid.axes[1]);
    let upward = (0..up.values.len()).rev();
    let columns_of = right.values.len();
    let title = match columns.len() {
        1 => format!("Sweep: {label}"),
        _ => format!("Sweep: {label} of {name}"),
    };
    let heat = Heat {
        title,
        subtitle: format!("{} points", table.rows.len()),
        x: (right.setting.what(), right.values.clone()),
        y: (up.setting.what(), up.values.iter().rev().cloned().collect()),
        values: upward
            .flat_map(|row| row * columns_of..(row + 1) * columns_of)
            .map(value)
            .collect(),
        legend: label.to_owned(),
        ..Heat::default()
    };
    heat.svg()
        .ok_or_else(|| UsageError("there is nothing to draw".to_owned()).into())
}
