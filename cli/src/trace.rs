//! Reads potentials that a run has written, for a picture.

use std::path::Path;

use interop::rows::{Rows, RowsError};
use interop::spikes::csv::TraceReader;
use viz::plot::Potential;

use crate::exit::UsageError;
use crate::files;

/// Maximum number of values of an array of potentials or currents: they take 1 GiB.
pub(crate) const TRACE_MAX: usize = 1 << 28;

/// A file of values of neurons, and the neurons to read from it.
pub(crate) struct Trace<'a> {
    /// The file, `.npy` or `.csv`.
    pub(crate) path: &'a Path,
    /// Neurons of the network.
    pub(crate) neurons: usize,
    /// The neurons of an array's columns; a text table names its own.
    pub(crate) columns: &'a [usize],
    /// The neurons to read; if empty, the first ones of the file.
    pub(crate) wanted: &'a [usize],
}

impl Trace<'_> {
    /// Reads the number of ticks, and the potentials of the wanted neurons in their order.
    pub(crate) fn read(&self) -> anyhow::Result<(usize, Vec<Potential>)> {
        if files::ending(self.path) == "csv" {
            return self.table();
        }
        self.array()
    }

    fn wrong(&self, problem: impl std::fmt::Display) -> UsageError {
        UsageError(format!("{}: {problem}", files::name(self.path)))
    }

    /// The wanted neurons, and their columns.
    fn places(&self, ids: &[usize]) -> Result<Vec<(usize, usize)>, UsageError> {
        let place = |&wanted: &usize| {
            let place = ids.iter().position(|&id| id == wanted);
            let missing = || {
                let others = ids.len();
                self.wrong(format_args!(
                    "holds no values of neuron {wanted}, but those of {others} others"
                ))
            };
            Ok((wanted, place.ok_or_else(missing)?))
        };
        match (self.wanted, ids) {
            ([], []) => Err(self.wrong("holds values of no neuron")),
            ([], [first, ..]) => Ok(vec![(*first, 0)]),
            (wanted, _) => wanted.iter().map(place).collect(),
        }
    }

    fn table(&self) -> anyhow::Result<(usize, Vec<Potential>)> {
        let told = |error| files::wrong_csv(self.path, error);
        let streamed = files::stream(self.path)?;
        let mut reader = TraceReader::new(streamed.content).map_err(told)?;
        if let Some(id) = reader.ids().iter().find(|&&id| id >= self.neurons) {
            let last = self.neurons - 1;
            let problem = format!("a column is of neuron {id}, the network has 0..={last}");
            return Err(self.wrong(problem).into());
        }
        let places = self.places(reader.ids())?;
        // The number of ticks is known only at the end.
        let mut values: Vec<Vec<i32>> = vec![Vec::new(); places.len()];
        let mut ticks = 0;
        while let Some(row) = reader.values().map_err(told)? {
            ticks += 1;
            if ticks * places.len().max(1) > TRACE_MAX {
                let problem = format!("more than {TRACE_MAX} values to draw");
                return Err(self.wrong(problem).into());
            }
            for (values, &(_, place)) in values.iter_mut().zip(&places) {
                // Every row has as many values as there are columns.
                values.push(row.get(place).copied().unwrap_or(0));
            }
        }
        let of = |(&(id, _), values): (&(usize, usize), Vec<i32>)| {
            let mut potential = Potential::new(id, ticks);
            values.into_iter().for_each(|value| potential.push(value));
            potential
        };
        Ok((ticks, places.iter().zip(values).map(of).collect()))
    }

    fn array(&self) -> anyhow::Result<(usize, Vec<Potential>)> {
        let of_rows = |error| match error {
            RowsError::Io(source) => files::failed(self.path, source).into(),
            error => anyhow::Error::from(self.wrong(error)),
        };
        let mut trace = files::stream(self.path)?;
        let rows = Rows::of(&mut trace.content, TRACE_MAX).map_err(of_rows)?;
        let &[ticks, columns] = rows.shape() else {
            let problem = "must have a row a tick and a column a neuron";
            return Err(self.wrong(problem).into());
        };
        if columns != self.columns.len() {
            let of = match self.columns.len() == self.neurons {
                true => format!(
                    "the network has {} neurons; --probe says which of them the columns are",
                    self.neurons
                ),
                false => format!("--probe names {} neurons", self.columns.len()),
            };
            return Err(self.wrong(format_args!("{columns} columns, {of}")).into());
        }
        let places = self.places(self.columns)?;
        let new = |&(neuron, _): &(usize, usize)| Potential::new(neuron, ticks);
        let mut shown: Vec<Potential> = places.iter().map(new).collect();
        let mut wrong = None;
        let read = rows.each(&mut |tick, row| {
            for (potential, &(_, place)) in shown.iter_mut().zip(&places) {
                let value = row.get(place).and_then(|number| number.integer());
                match value.and_then(|value| i32::try_from(value).ok()) {
                    Some(value) => potential.push(value),
                    None => wrong = wrong.or(Some((tick, place))),
                }
            }
            Ok::<(), RowsError>(())
        });
        read.map_err(of_rows)?;
        if let Some((tick, place)) = wrong {
            let problem = format!("element [{tick}, {place}] is no integer of 32 bits");
            return Err(self.wrong(problem).into());
        }
        Ok((ticks, shown))
    }
}
