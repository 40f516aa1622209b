//! The confusion matrix: how often each answer was given to each label.

use std::io::{self, Write};

use demos::inference::Inference;
use schemars::JsonSchema;
use serde::Serialize;
use viz::heat::{CELLS_MAX, Heat};

use crate::exit::UsageError;

/// Maximum number of classes whose matrix is printed as text; with more, only the most frequent
/// confusions are.
const IN_TEXT: usize = 20;
/// Number of confusions that are then printed.
const PAIRS: usize = 10;

/// The text of a cell: empty for 0, so that errors are easy to see.
fn shown(count: &u32) -> String {
    match count {
        0 => String::new(),
        count => count.to_string(),
    }
}

/// How often each label was given each answer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Confusion {
    #[serde(skip)]
    pub(super) correct: usize,
    /// Labels and answers: 0 to this.
    #[serde(skip)]
    classes: usize,
    /// A row a label, a column an answer; empty if there are more than a picture shows.
    matrix: Vec<Vec<u32>>,
    #[serde(skip)]
    samples: usize,
    /// Label, answer and how often, the most frequent first.
    #[serde(skip)]
    confused: Vec<(usize, usize, u32)>,
}

impl Confusion {
    /// Counts answers among `classes` classes. Every label must be below `classes`.
    pub(super) fn new(found: &[Inference], labels: &[usize], classes: usize) -> Confusion {
        let mut pairs: Vec<(usize, usize)> = labels
            .iter()
            .zip(found)
            .map(|(&label, it)| (label, it.answer))
            .collect();
        pairs.sort_unstable();
        let counted = pairs.chunk_by(|a, b| a == b);
        // Lossless: at most the number of samples.
        let counted = counted.map(|same| (same[0].0, same[0].1, same.len() as u32));
        let counted: Vec<(usize, usize, u32)> = counted.collect();
        let mut matrix = Vec::new();
        if classes <= CELLS_MAX {
            matrix = vec![vec![0; classes]; classes];
            for &(label, answer, count) in &counted {
                matrix[label][answer] = count;
            }
        }
        let right = counted.iter().filter(|it| it.0 == it.1);
        let correct = right.map(|it| it.2 as usize).sum();
        let mut confused: Vec<_> = counted.into_iter().filter(|it| it.0 != it.1).collect();
        confused.sort_by_key(|&(label, answer, count)| (u32::MAX - count, label, answer));
        Confusion {
            correct,
            classes,
            matrix,
            samples: pairs.len(),
            confused,
        }
    }

    /// Fraction of correct answers.
    pub(super) fn accuracy(&self) -> Option<f64> {
        (self.samples > 0).then(|| self.correct as f64 / self.samples as f64)
    }

    pub(super) fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.classes > IN_TEXT || self.matrix.is_empty() {
            writeln!(out, "confused most, label, answer and how often:")?;
            for (label, answer, count) in self.confused.iter().take(PAIRS) {
                writeln!(out, "  {label:>5} {answer:>6} {count:>6}")?;
            }
            return Ok(());
        }
        let most = self.matrix.iter().flatten().max().copied().unwrap_or(0);
        let width = most.to_string().len().max(2) + 1;
        writeln!(out, "rows: labels; columns: answers")?;
        write!(out, "     ")?;
        for answer in 0..self.classes {
            write!(out, "{answer:>width$}")?;
        }
        writeln!(out, "   right")?;
        for (label, row) in self.matrix.iter().enumerate() {
            write!(out, "{label:>5}")?;
            for (answer, count) in row.iter().enumerate() {
                match (count, answer == label) {
                    (0, false) => write!(out, "{:>width$}", ".")?,
                    _ => write!(out, "{count:>width$}")?,
                }
            }
            let all: u32 = row.iter().sum();
            match all {
                0 => writeln!(out, "       -")?,
                _ => {
                    let right = 100.0 * f64::from(row[label]) / f64::from(all);
                    writeln!(out, "  {right:>5.1} %")?;
                }
            }
        }
        Ok(())
    }

    /// Draws the matrix: each row is coloured by its fractions, so that rare labels are visible
    /// too.
    pub(super) fn svg(&self, network: &str) -> Result<String, UsageError> {
        let names: Vec<String> = (0..self.classes).map(|it| it.to_string()).collect();
        let part = |row: &Vec<u32>, count: &u32| match row.iter().sum::<u32>() {
            0 => f64::NAN,
            all => 100.0 * f64::from(*count) / f64::from(all),
        };
        let values = self.matrix.iter();
        let values = values.flat_map(|row| row.iter().map(move |count| part(row, count)));
        let accuracy = 100.0 * self.accuracy().unwrap_or(0.0);
        let heat = Heat {
            title: format!("Answers of {network}"),
            subtitle: format!(
                "{} of {} samples right, {accuracy:.2} %",
                self.correct, self.samples
            ),
            x: ("answer".to_owned(), names.clone()),
            y: ("label".to_owned(), names),
            values: values.collect(),
            texts: self.matrix.iter().flatten().map(shown).collect(),
            legend: "% of a label".to_owned(),
            range: Some((0.0, 100.0)),
        };
        heat.svg().ok_or_else(|| {
            let classes = self.classes;
            UsageError(format!(
                "a picture of {classes} classes is of no use, the limit is {CELLS_MAX}; \
                 --predictions has every answer"
            ))
        })
    }
}
