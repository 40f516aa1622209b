//! The synapses of a projection: checked, and in a fixed order.

use super::Synapse;
use super::checks;
use super::connections::{Connections, Delay, SynapseSpec};
use super::error::{NetworkError, Problem};
use super::limits::{ABSENT_WEIGHT, MAX_DELAY, MAX_SYNAPSES};
use super::matrix::Matrix;
use super::pairs::Rule;
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
    /// Whether source and target are the same population.
    pub(super) recurrent: bool,
    /// Whether a rule may connect a neuron with itself.
    pub(super) autapses: bool,
    /// Seed and owner of the projection's random numbers.
    pub(super) seed: u32,
    pub(super) owner: String,
}

/// Connections whose rule has been checked.
enum Checked {
    Matrix(Matrix<i64>),
    Rule(Rule, i64),
    List(Vec<SynapseSpec>),
}

impl Checked {
    /// An upper bound of the number of synapses; known before anything is allocated.
    fn at_most(&self, context: &Context<'_>) -> usize {
        match self {
            Checked::Rule(rule, _) => context.at_most(*rule),
            Checked::Matrix(matrix) => {
                let [rows, columns] = matrix.shape();
                rows.saturating_mul(columns)
            }
            Checked::List(list) => list.len(),
        }
    }
}

impl Context<'_> {
    pub(super) fn fail(&self, key: &str, problem: Problem) -> NetworkError {
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
        let connections = match connections {
            Connections::Matrix(matrix) => Checked::Matrix(matrix),
            Connections::List(list) => Checked::List(list),
            Connections::Rule(connect, weight) => {
                checks::weight(weight).map_err(|problem| self.fail("weights", problem))?;
                Checked::Rule(self.rule(connect)?, weight)
            }
        };
        let count = connections.at_most(self);
        self.check_room(count, room)?;
        let mut made = Vec::new();
        if made.try_reserve_exact(count).is_err() {
            let what = "synapses";
            let problem = Problem::Memory { what, count };
            return Err(NetworkError::new(self.section, problem));
        }
        let mut synapses = self.synapses(connections, made)?;
        // A random number of synapses exceeds its bound once in more than 10^14 projections.
        self.check_room(synapses.len(), room)?;
        synapses.sort_unstable_by_key(key);
        Ok(synapses)
    }

    /// Refuses more synapses than there is room for.
    fn check_room(&self, count: usize, room: usize) -> Result<(), NetworkError> {
        if count <= room {
            return Ok(());
        }
        let problem = Problem::TooMany {
            what: "synapses",
            count: (MAX_SYNAPSES - room).saturating_add(count),
            limit: MAX_SYNAPSES,
        };
        Err(NetworkError::new(self.section, problem))
    }

    /// The synapses in any order, in the buffer `made`, which is empty and large enough.
    fn synapses(
        &self,
        connections: Checked,
        mut made: Vec<Synapse>,
    ) -> Result<Vec<Synapse>, NetworkError> {
        if let Delay::Each(delays) = &self.delay {
            match &connections {
                Checked::Matrix(_) => self.check_shape("delay", delays)?,
                _ => {
                    let found = "a matrix";
                    let expected = "an integer unless `weights` is a matrix too";
                    return Err(self.fail("delay", Problem::Type { found, expected }));
                }
            }
        }
        match connections {
            Checked::Matrix(weights) => {
                self.check_shape("weights", &weights)?;
                for (pre, post, weight) in weights.cells() {
                    if weight != ABSENT_WEIGHT {
                        made.push(self.uniform(pre, post, weight)?);
                    }
                }
                Ok(made)
            }
            Checked::Rule(rule, weight) => {
                self.connect(rule, &mut |pre, post| {
                    made.push(self.uniform(pre, post, weight)?);
                    Ok(())
                })?;
                Ok(made)
            }
            Checked::List(list) => self.listed(&list),
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
