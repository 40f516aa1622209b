//! The synapses of a projection: checked, and in a fixed order.

use super::Synapse;
use super::checks;
use super::connections::{Connections, Delay, SynapseSpec};
use super::context::{Context, End};
use super::draw::{Distribution, Draws, Key, Value};
use super::error::{NetworkError, Problem};
use super::kernel::DistanceDelay;
use super::keyed::Keyed;
use super::limits::{ABSENT_WEIGHT, MAX_SYNAPSES};
use super::matrix::Matrix;
use super::pairs::Rule;
use super::place::Element;
use super::positions::Distances;

const WEIGHTS: Key = Key {
    name: "weights",
    unit: "",
};
const DELAY: Key = Key {
    name: "delay",
    unit: " ticks",
};

/// Connections whose rule has been checked.
enum Checked<'c> {
    Matrix(Matrix<i64>),
    Rule(Rule, Weights<'c>),
    List(Vec<SynapseSpec>),
}

/// The weights of a rule.
enum Weights<'c> {
    All(i8),
    Drawn(Box<Draws<'c>>),
}

/// The delays of synapses that have none of their own.
enum Delays<'c> {
    All(u8),
    Each(&'c Matrix<i64>),
    Drawn(Box<Draws<'c>>),
    Distance(DistanceDelay, Distances),
}

impl Checked<'_> {
    /// An upper bound of the number of synapses; known before anything is allocated.
    fn at_most(&self, context: &Context<'_>) -> usize {
        match self {
            Checked::Rule(rule, _) => context.at_most(rule),
            Checked::Matrix(matrix) => {
                let [rows, columns] = matrix.shape();
                rows.saturating_mul(columns)
            }
            Checked::List(list) => list.len(),
        }
    }
}

impl Context<'_> {
    /// The synapses, sorted by source, delay and target, if there are at most `room`.
    pub(super) fn build(
        &self,
        connections: Connections,
        room: usize,
    ) -> Result<Vec<Synapse>, NetworkError> {
        let delays = self.delays()?;
        let connections = match connections {
            Connections::Matrix(matrix) => Checked::Matrix(matrix),
            Connections::List(list) => Checked::List(list),
            Connections::Rule(connect, Value::All(weight)) => {
                let weight = checks::weight(weight);
                let weight = weight.map_err(|problem| self.fail("weights", problem))?;
                Checked::Rule(self.rule(connect)?, Weights::All(weight))
            }
            Connections::Rule(connect, Value::Drawn(distribution)) => {
                let check = |weight| checks::weight(weight).map(|_| ());
                let draws = self.draws(WEIGHTS, distribution, &check)?;
                Checked::Rule(self.rule(connect)?, Weights::Drawn(draws))
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
        let mut synapses = self.synapses(connections, delays, (made, room))?;
        // A random number of synapses exceeds its bound once in more than 10^14 projections.
        self.check_room(synapses.len(), room)?;
        synapses.sort_unstable_by_key(key);
        Ok(synapses)
    }

    /// The delays, checked as far as they can be without synapses.
    fn delays(&self) -> Result<Delays<'_>, NetworkError> {
        Ok(match &self.delay {
            Delay::All(delay) => {
                let delay = self.delay(*delay);
                Delays::All(delay.map_err(|problem| self.fail("delay", problem))?)
            }
            Delay::Each(delays) => Delays::Each(delays),
            Delay::Drawn(distribution) => {
                let check = |delay| self.delay(delay).map(|_| ());
                Delays::Drawn(self.draws(DELAY, *distribution, &check)?)
            }
            Delay::Distance(delay) => Delays::Distance(*delay, self.far(delay)?),
        })
    }

    /// The values of a key that are drawn.
    fn draws(
        &self,
        key: Key,
        distribution: Distribution,
        check: &dyn Fn(i64) -> Result<(), Problem>,
    ) -> Result<Box<Draws<'_>>, NetworkError> {
        let keyed = Keyed::new(self.seed, &self.owner, key.name);
        let draws = distribution.draws(keyed, self.section, key, check)?;
        Ok(Box::new(draws))
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

    /// Makes room for one synapse more, where their number was not known.
    fn grow(&self, made: &mut Vec<Synapse>, room: usize) -> Result<(), NetworkError> {
        if made.len() < made.capacity() {
            return Ok(());
        }
        let count = made.len() + 1;
        if count > room {
            let what = "or more synapses";
            let (count, limit) = (MAX_SYNAPSES - room + count, MAX_SYNAPSES);
            let problem = Problem::TooMany { what, count, limit };
            return Err(NetworkError::new(self.section, problem));
        }
        let more = made.len().clamp(1024, 1 << 24).min(room - made.len());
        made.try_reserve_exact(more).map_err(|_| {
            let what = "or more synapses";
            NetworkError::new(self.section, Problem::Memory { what, count })
        })
    }

    /// The synapses in any order, in the buffer `made`, which is empty and has room for all whose
    /// number is known.
    fn synapses(
        &self,
        connections: Checked<'_>,
        mut delays: Delays<'_>,
        (mut made, room): (Vec<Synapse>, usize),
    ) -> Result<Vec<Synapse>, NetworkError> {
        if let Delays::Each(delays) = delays {
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
                let present = weights.cells().filter(|cell| cell.2 != ABSENT_WEIGHT);
                for (pre, post, weight) in present {
                    let weight = checks::weight(weight).map_err(|problem| {
                        let cell = Element::Cell(pre, post);
                        self.fail("weights", problem).element(cell)
                    })?;
                    made.push(self.synapse(pre, post, weight, &mut delays)?);
                }
                Ok(made)
            }
            Checked::Rule(rule, mut weights) => {
                self.connect(&rule, &mut |pre, post| {
                    self.grow(&mut made, room)?;
                    let weight = match &mut weights {
                        Weights::All(weight) => *weight,
                        Weights::Drawn(draws) => {
                            draws.at((pre, post), Element::Cell(pre, post), checks::weight)?
                        }
                    };
                    made.push(self.synapse(pre, post, weight, &mut delays)?);
                    Ok(())
                })?;
                Ok(made)
            }
            Checked::List(list) => self.listed(&list, &mut delays),
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

    /// A synapse whose ends are known to exist, with the projection's delay.
    fn synapse(
        &self,
        pre: usize,
        post: usize,
        weight: i8,
        delays: &mut Delays<'_>,
    ) -> Result<Synapse, NetworkError> {
        let cell = Element::Cell(pre, post);
        let delay = match delays {
            Delays::All(delay) => *delay,
            Delays::Each(delays) => {
                // The shapes are equal, so there is a delay.
                let delay = self.delay(delays.get(pre, post).unwrap_or_default());
                delay.map_err(|problem| self.fail("delay", problem).element(cell))?
            }
            Delays::Drawn(draws) => draws.at((pre, post), cell, |delay| self.delay(delay))?,
            Delays::Distance(delay, distances) => {
                let delay = self.delay(delay.at(distances.between(pre, post)));
                delay.map_err(|problem| self.fail("delay", problem).element(cell))?
            }
        };
        // Lossless: both are below 2^20.
        Ok(Synapse {
            pre: pre as u32,
            post: post as u32,
            weight,
            delay,
        })
    }

    fn listed(
        &self,
        list: &[SynapseSpec],
        delays: &mut Delays<'_>,
    ) -> Result<Vec<Synapse>, NetworkError> {
        let place = |index: usize| {
            let SynapseSpec { pre, post, .. } = list[index];
            Element::Synapse { index, pre, post }
        };
        let mut synapses = Vec::with_capacity(list.len());
        for (index, spec) in list.iter().enumerate() {
            let fail = |problem| self.fail("synapses", problem).element(place(index));
            let (pre, post) = self.ends(spec).map_err(fail)?;
            let weight = checks::weight(spec.weight).map_err(fail)?;
            let synapse = match spec.delay {
                Some(delay) => {
                    let mut own = Delays::All(self.delay(delay).map_err(fail)?);
                    self.synapse(pre, post, weight, &mut own)?
                }
                None => self.synapse(pre, post, weight, delays)?,
            };
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

    /// The ends of a synapse of a list.
    fn ends(&self, spec: &SynapseSpec) -> Result<(usize, usize), Problem> {
        let id = |end, value: i64, of: &End<'_>| match usize::try_from(value) {
            Ok(id) if id < of.size => Ok(id),
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
        Ok((pre, id("post", spec.post, &self.target)?))
    }
}

/// The key by which two synapses of a projection are considered parallel.
fn key(synapse: &Synapse) -> (u32, u8, u32) {
    (synapse.pre, synapse.delay, synapse.post)
}
