//! The options for what NIR leaves open, set by the user of the import.

use super::exporter::recognise;
use super::lower::lower;
use super::model::Model;
use super::rules::{Exporter, Method, NirOptions, ResetRule};
use super::{NirError, batch, evidence};
use crate::graph::Graph;

/// The user's options for an import. Where an option is not set, the exporter decides, and without
/// an exporter NIR's equations.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Import {
    /// The exporter of the file.
    pub exporter: Option<Exporter>,
    /// Length of a tick in the file's unit of time.
    pub file_tick: Option<f64>,
    /// Length of a tick, in seconds.
    pub dt: Option<f64>,
    /// The method of integration.
    pub method: Option<Method>,
    /// The effect of a spike on the potential.
    pub reset: Option<ResetRule>,
    /// Whether sinabs's neurons scale their input by their loss per step.
    pub norm_input: Option<bool>,
    /// Whether only the spikes of nodes that lead to an Output are sent to the host.
    pub outputs_only: bool,
}

impl Import {
    /// Converts the model of a file to a network with real numbers and time in ticks. Notes report
    /// all assumptions.
    ///
    /// # Errors
    /// [`NirError`]: what the core cannot do and why, or which parts do not match.
    pub fn graph(&self, name: &str, mut model: Model) -> Result<Graph, NirError> {
        let mut notes = batch::drop(&mut model);
        let recognised = recognise(&model);
        let mut options = NirOptions {
            dt: self.file_tick.or(self.dt),
            method: self.method.unwrap_or_default(),
            reset: self.reset.unwrap_or_default(),
            at_threshold: false,
            outputs_only: self.outputs_only,
        };
        match (self.exporter, recognised) {
            (None, Some((found, mark))) => notes.push(format!(
                "{mark}: this looks like a file of {found}, whose rules are not all in it; \
                 --exporter {} follows them",
                found.word()
            )),
            (Some(said), Some((found, mark))) if said != found => notes.push(format!(
                "read as a file of {said}, as said, though {mark} look like one of {found}"
            )),
            _ => {}
        }
        if let Some(exporter) = self.exporter {
            let (tick, why) = exporter.tick(&model, self.file_tick, self.dt);
            options.dt = Some(tick);
            options.method = self.method.unwrap_or(exporter.method());
            options.reset = match (exporter, self.reset.unwrap_or(exporter.reset())) {
                // Its subtraction with reset_delay=False.
                (Exporter::SnnTorch, ResetRule::Subtract) => ResetRule::SubtractRaised,
                (_, reset) => reset,
            };
            options.at_threshold = exporter.fires_at_threshold();
            exporter.repair(&mut model, tick, self.norm_input);
            notes.push(format!(
                "read as {exporter} computes it: a tick is {} of the file's unit of time, \
                 {why}; {} --reset {}; a potential that meets the threshold {}",
                digits(tick),
                match options.method {
                    Method::Euler => "Euler's method;",
                    Method::Exact => "exact decays;",
                },
                options.reset.word(),
                if options.at_threshold {
                    "fires"
                } else {
                    "does not fire"
                }
            ));
            notes.extend(
                exporter
                    .assumed()
                    .filter(|_| self.reset.is_none())
                    .map(String::from),
            );
            notes.extend(exporter.untold().map(String::from));
        }
        notes.extend(evidence::notes(
            &model,
            &options,
            self.exporter.or(recognised.map(|it| it.0)),
        ));
        let mut graph = lower(name, &model, &options).map_err(|error| match recognised {
            Some((writer, mark)) if self.exporter.is_none() && error.is_of_times() => {
                NirError::Writer {
                    writer,
                    mark,
                    wrong: Box::new(error),
                }
            }
            _ => error,
        })?;
        notes.append(&mut graph.notes);
        Ok(Graph { notes, ..graph })
    }
}

/// A length with six digits, since exporters write 32-bit floats.
fn digits(value: f64) -> String {
    let short: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    format!("{short:e}")
}
