//! The table of a sweep: one row per point, and a description of the sweep, so that a later sweep
//! can continue it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use viz::text::visible;

use super::grid::Grid;
use crate::exit::UsageError;
use crate::files::Output;

/// Minimum time between two writes of the file, except at the end. If the command is killed, the
/// points of this time are lost.
const EVERY: Duration = Duration::from_secs(1);

/// The columns of a table, and the description of its sweep.
#[derive(Debug)]
pub(super) struct Columns {
    /// The swept settings.
    pub(super) axes: Vec<String>,
    /// The measured quantities.
    pub(super) measured: Vec<String>,
    /// The description of the sweep: names and values.
    pub(super) identity: Vec<(&'static str, String)>,
}

/// The rows measured so far.
#[derive(Debug)]
pub(super) struct Table {
    columns: Columns,
    /// The measured values by point.
    pub(super) rows: BTreeMap<usize, Vec<f64>>,
    output: Option<Output>,
    written: Instant,
    /// Number of rows that are not yet in the file.
    unwritten: usize,
}

impl Table {
    /// The table in the file, or an empty one if there is no file.
    pub(super) fn open(
        columns: Columns,
        grid: &Grid,
        output: Option<Output>,
    ) -> anyhow::Result<Table> {
        let before = match &output {
            Some(output) => output.before()?,
            None => None,
        };
        let mut table = Table {
            columns,
            rows: BTreeMap::new(),
            output,
            written: Instant::now(),
            unwritten: 0,
        };
        if let Some(before) = before.filter(|text| !text.trim().is_empty()) {
            table.take(&before, grid)?;
        }
        Ok(table)
    }

    /// Adds the rows of a text, if it belongs to this sweep.
    fn take(&mut self, text: &str, grid: &Grid) -> anyhow::Result<()> {
        let name = self.output.as_ref().map(Output::name).unwrap_or_default();
        let other = |why: String| {
            UsageError(format!(
                "{name} is of another sweep: {why}; name another file, or remove this one"
            ))
        };
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default();
        let wanted = self.header();
        if header != wanted {
            let (found, wanted) = (visible(header), visible(&wanted));
            return Err(other(format!("its columns are {found}, those here {wanted}")).into());
        }
        for (at, line) in lines.enumerate() {
            let at = at + 2;
            let fields: Vec<&str> = line.split(',').collect();
            let (axes, measured) = (self.columns.axes.len(), self.columns.measured.len());
            let identity = &self.columns.identity;
            if fields.len() != axes + measured + identity.len() {
                return Err(other(format!("line {at} has {} fields", fields.len())).into());
            }
            let (values, rest) = fields.split_at(axes);
            let (numbers, own) = rest.split_at(measured);
            for ((column, here), found) in identity.iter().zip(own) {
                if here != found {
                    let found = visible(found);
                    let why = format!("{column} is {found} in line {at} and {here} here");
                    return Err(other(why).into());
                }
            }
            let Some(point) = grid.point(values) else {
                let values = visible(&values.join(", ")).into_owned();
                let what = self.columns.axes.join(", ");
                let why = format!("line {at} has {what} = {values}, which is not tried here");
                return Err(other(why).into());
            };
            let numbers: Result<Vec<f64>, _> = numbers.iter().map(|it| it.parse()).collect();
            let numbers = numbers.map_err(|_| other(format!("line {at} has no numbers")))?;
            self.rows.insert(point, numbers);
        }
        Ok(())
    }

    fn header(&self) -> String {
        let identity = self.columns.identity.iter().map(|(name, _)| *name);
        let all = self.columns.axes.iter().chain(&self.columns.measured);
        let all: Vec<&str> = all.map(String::as_str).chain(identity).collect();
        all.join(",")
    }

    /// The measured quantities.
    pub(super) fn measured(&self) -> &[String] {
        &self.columns.measured
    }

    /// Adds a point, and writes the file if the last write is long enough ago.
    pub(super) fn add(&mut self, grid: &Grid, point: usize, row: Vec<f64>) -> anyhow::Result<()> {
        self.rows.insert(point, row);
        self.unwritten += 1;
        let again = self.output.as_ref().is_some_and(Output::is_file);
        if again && self.written.elapsed() >= EVERY {
            self.write(grid)?;
        }
        Ok(())
    }

    /// Writes the file with all rows, in the order of the grid.
    pub(super) fn write(&mut self, grid: &Grid) -> anyhow::Result<()> {
        if let Some(output) = &self.output
            && self.unwritten > 0
        {
            output.write(&mut |out| self.text(out, grid))?;
            self.unwritten = 0;
            self.written = Instant::now();
        }
        Ok(())
    }

    /// The table as CSV.
    pub(super) fn text(&self, out: &mut dyn Write, grid: &Grid) -> io::Result<()> {
        writeln!(out, "{}", self.header())?;
        let identity = self.columns.identity.iter().map(|(_, value)| &value[..]);
        let identity: Vec<&str> = identity.collect();
        let identity = identity.join(",");
        for (&point, row) in &self.rows {
            write!(out, "{}", grid.values(point).join(","))?;
            for number in row {
                write!(out, ",{number}")?;
            }
            writeln!(out, ",{identity}")?;
        }
        Ok(())
    }
}
