//! What NIR leaves open, and whoever imports a file says.

use super::exporter::{Exporter, recognise};
use super::lower::{Method, lower};
use super::model::Model;
use super::{NirError, batch, evidence};
use crate::graph::Graph;

/// What a spike does to the potential, and when. NIR's equations set it to `v_reset` at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResetRule {
    /// It is set to `v_reset`.
    #[default]
    Zero,
    /// The threshold is subtracted.
    Subtract,
    /// It is set to `v_reset` in the tick after the spike. A neuron with a synaptic current or a
    /// recurrent layer then loses that tick's input, as in snnTorch with `reset_delay=True`.
    ZeroLate,
    /// The threshold is subtracted in the tick after the spike, after the leak.
    SubtractLate,
}

impl ResetRule {
    /// The word for it in options.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            ResetRule::Zero => "zero",
            ResetRule::Subtract => "subtract",
            ResetRule::ZeroLate => "zero-late",
            ResetRule::SubtractLate => "subtract-late",
        }
    }
}

/// What is lowered how: everything is decided.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// Length of a tick, in the file's unit of time.
    pub dt: Option<f64>,
    /// How the differential equations are solved.
    pub method: Method,
    /// What a spike does to the potential.
    pub reset: ResetRule,
    /// Whether a potential that meets the threshold fires; else it must be greater.
    pub at_threshold: bool,
    /// Whether only the spikes of nodes that lead to an Output are sent to the host.
    pub outputs_only: bool,
}

/// What whoever imports a file says of it. What is left open follows the exporter, and without one
/// NIR's equations.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Import {
    /// Who wrote the file.
    pub exporter: Option<Exporter>,
    /// Length of a tick in the file's unit of time.
    pub file_tick: Option<f64>,
    /// Length of a tick, in seconds.
    pub dt: Option<f64>,
    /// How the differential equations are solved.
    pub method: Option<Method>,
    /// What a spike does to the potential.
    pub reset: Option<ResetRule>,
    /// Whether sinabs's neurons scale their input by what they lose in a step.
    pub norm_input: Option<bool>,
    /// Whether only the spikes of nodes that lead to an Output are sent to the host.
    pub outputs_only: bool,
}

impl Import {
    /// The network in the file, with real numbers and time in ticks. Notes tell what was assumed.
    ///
    /// # Errors
    /// [`NirError`]: what the core cannot do and why, or what does not fit together.
    pub fn graph(&self, name: &str, mut model: Model) -> Result<Graph, NirError> {
        let mut notes = batch::drop(&mut model);
        let recognised = recognise(&model);
        let mut options = Options {
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
        let mut differences = Vec::new();
        if let Some(exporter) = self.exporter {
            let (tick, why) = exporter.tick(&model, self.file_tick, self.dt);
            options.dt = Some(tick);
            options.method = self.method.unwrap_or(exporter.method());
            options.reset = self.reset.unwrap_or(exporter.reset());
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
            if (exporter, options.reset) == (Exporter::SnnTorch, ResetRule::Subtract) {
                differences.push(
                    "snnTorch with reset_delay=False compares a potential that is still above the \
                     threshold with twice the threshold in the next step, and the core does not; \
                     reset_delay=True with --reset subtract-late is exact for Leaky and RLeaky"
                        .to_owned(),
                );
            }
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
        differences.append(&mut graph.differences);
        Ok(Graph {
            notes,
            differences,
            ..graph
        })
    }
}

/// A length to six digits: exporters write floats of 32 bits.
fn digits(value: f64) -> String {
    let short: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    format!("{short:e}")
}
