//! The synapses of a projection: checked, and in a fixed order.

use super::Synapse;
use super::checks;
use super::connections::{Connections, Delay, SynapseSpec};
use super::error::{NetworkError, Problem};
use super::limits::{ABSENT_WEIGHT, MAX_DELAY, MAX_SYNAPSES};
use super::matrix::Matrix;
use super::place::{Element, Section};

/// One end of a projection.
pub(super) struct End<'n> {
    pub(super) name: &'n str,
    pub(super) size: usize,
}

/// The properties that the synapses of a projection share while it is built.
pub(super) struct Context<'n> {
    pub(super) section: &'n Section,
    pub(super) source: End<'n>,
    pub(super) target: End<'n>,
    pub(super) delay: Delay,
    pub(super) min_delay: i64,
}

impl Connections {
    /// An upper bound of the number of synapses; known before anything is allocated.
    fn at_most(&self, context: &Context<'_>) -> usize {
        match self {
            // Both sizes are at most 2^20.
            Connections::AllToAll(_) => context.source.size * context.target.size,
            Connections::Matrix(matrix) => {
                let [rows, columns] = matrix.shape();
                rows.saturating_mul(columns)
            }
            Connections::OneToOne(_) => context.source.size,
            Connections::List(list) => list.len(),
        }
    }
}

impl Context<'_> {
    fn fail(&self, key: &str, problem: Problem) -> NetworkError {
        NetworkError::new(self.section, problem).key(key)
    }

    /// The synapses, sorted by source, delay and target, if there are at most `room`.
    pub(super) fn build(
        &self,
        connections: Connections,
        room: usize,
    ) -> Result<Vec<Synapse>, NetworkError> {
        if let Delay::All(delay) = self.delay {
            self.delay(delay)
                .map_err(|problem| self.fail("delay", problem))?;
        }
        if let Connections::AllToAll(weight) | Connections::OneToOne(weight) = connections {
            checks::weight(weight).map_err(|problem| self.fail("weights", problem))?;
        }
        let count = connections.at_most(self);
        if count > room {
            let count = (MAX_SYNAPSES - room).saturating_add(count);
            let problem = Problem::TooMany {
                what: "synapses",
                count,
                limit: MAX_SYNAPSES,
            };
            return Err(NetworkError::new(self.section, problem));
        }
        let mut room = Vec::new();
        if room.try_reserve_exact(count).is_err() {
            let what = "synapses";
            let problem = Problem::Memory { what, count };
            return Err(NetworkError::new(self.section, problem));
        }
        let mut synapses = self.synapses(connections, room)?;
        synapses.sort_unstable_by_key(key);
        Ok(synapses)
    }

    /// The synapses in any order, in the buffer `room`, which is large enough.
    fn synapses(
        &self,
        connections: Connections,
        room: Vec<Synapse>,
    ) -> Result<Vec<Synapse>, NetworkError> {
        let into = |mut made: Vec<Synapse>, synapse: Result<Synapse, NetworkError>| {
            made.push(synapse?);
            Ok(made)
        };
        let (sources, targets) = (self.source.size, self.target.size);
        if let Delay::Each(delays) = &self.delay {
            match &connections {
                Connections::Matrix(_) => self.check_shape("delay", delays)?,
                _ => {
                    let found = "a matrix";
                    let expected = "an integer unless `weights` is a matrix too";
                    return Err(self.fail("delay", Problem::Type { found, expected }));
                }
            }
        }
        match connections {
            Connections::Matrix(weights) => {
                self.check_shape("weights", &weights)?;
                weights
                    .cells()
                    .filter(|&(.., weight)| weight != ABSENT_WEIGHT)
                    .map(|(pre, post, weight)| self.uniform(pre, post, weight))
                    .try_fold(room, into)
            }
            Connections::AllToAll(weight) => (0..sources)
                .flat_map(|pre| (0..targets).map(move |post| (pre, post)))
                .map(|(pre, post)| self.uniform(pre, post, weight))
                .try_fold(room, into),
            Connections::OneToOne(_) if sources != targets => {
                let problem = Problem::Sizes {
                    source_size: sources,
                    target_size: targets,
                };
                Err(self.fail("connect", problem))
            }
            Connections::OneToOne(weight) => (0..sources)
                .map(|k| self.uniform(k, k, weight))
                .try_fold(room, into),
            Connections::List(list) => self.listed(&list),
        }
    }

    fn check_shape(&self, key: &str, matrix: &Matrix<i64>) -> Result<(), NetworkError> {
        let expected = [self.source.size, self.target.size];
        if matrix.shape() == expected {
            return Ok(());
        }
        let found = matrix.shape().to_vec();
        Err(self.fail(
            key,
            Problem::Shape {
                found,
                expected: expected.to_vec(),
            },
        ))
    }

    /// A synapse whose ends are known to exist.
    fn uniform(&self, pre: usize, post: usize, weight: i64) -> Result<Synapse, NetworkError> {
        let fail = |key, problem| self.fail(key, problem).element(Element::Cell(pre, post));
        let delay = match &self.delay {
            Delay::All(delay) => *delay,
            // The shapes are equal, so there is a delay.
            Delay::Each(delays) => delays.get(pre, post).unwrap_or_default(),
        };
        let weight = checks::weight(weight).map_err(|problem| fail("weights", problem))?;
        let delay = self
            .delay(delay)
            .map_err(|problem| fail("delay", problem))?;
        // Lossless: both are below 2^20.
        Ok(Synapse {
            pre: pre as u32,
            post: post as u32,
            weight,
            delay,
        })
    }

    fn listed(&self, list: &[SynapseSpec]) -> Result<Vec<Synapse>, NetworkError> {
        let place = |index: usize| {
            let SynapseSpec { pre, post, .. } = list[index];
            Element::Synapse { index, pre, post }
        };
        let mut synapses = Vec::with_capacity(list.len());
        for (index, spec) in list.iter().enumerate() {
            let fail = |problem| self.fail("synapses", problem).element(place(index));
            let synapse = self.checked(spec).map_err(fail)?;
            synapses.push((synapse, index));
        }
        synapses.sort_unstable_by_key(|(synapse, index)| (key(synapse), *index));
        let twins = synapses
            .windows(2)
            .filter(|pair| key(&pair[0].0) == key(&pair[1].0));
        if let Some(twins) = twins.min_by_key(|pair| pair[1].1) {
            let problem = Problem::DuplicateSynapse {
                first: twins[0].1,
                delay: twins[0].0.delay.into(),
            };
            return Err(self.fail("synapses", problem).element(place(twins[1].1)));
        }
        Ok(synapses.into_iter().map(|(synapse, _)| synapse).collect())
    }

    /// A synapse of a list.
    fn checked(&self, spec: &SynapseSpec) -> Result<Synapse, Problem> {
        let id = |end, value: i64, of: &End<'_>| match u32::try_from(value) {
            Ok(id) if (id as usize) < of.size => Ok(id),
            _ => {
                let (name, size) = (of.name.to_owned(), of.size);
                Err(Problem::Id {
                    end,
                    value,
                    name,
                    size,
                })
            }
        };
        let pre = id("pre", spec.pre, &self.source)?;
        let post = id("post", spec.post, &self.target)?;
        let weight = checks::weight(spec.weight)?;
        let delay = self.delay(match (spec.delay, &self.delay) {
            (Some(delay), _) => delay,
            (None, Delay::All(delay)) => *delay,
            // Refused before: a list of synapses cannot have a matrix of delays.
            (None, Delay::Each(_)) => self.min_delay,
        })?;
        Ok(Synapse {
            pre,
            post,
            weight,
            delay,
        })
    }

    fn delay(&self, value: i64) -> Result<u8, Problem> {
        if (self.min_delay..=MAX_DELAY).contains(&value) {
            // Lossless: at most 15.
            Ok(value as u8)
        } else {
            Err(Problem::Delay {
                value,
                min: self.min_delay,
            })
        }
    }
}

/// The key by which two synapses of a projection are considered parallel.
fn key(synapse: &Synapse) -> (u32, u8, u32) {
    (synapse.pre, synapse.delay, synapse.post)
}
