//! Projections: their synapses, however they are described, checked and in one order.

use super::error::{Element, NetworkError, Problem, Section, clip, list};
use super::limits::{self, ABSENT_WEIGHT, MAX_DELAY, MAX_SYNAPSES};
use super::matrix::Matrix;
use super::{Network, Projection, Source, Synapse};

/// Collects what is to be said of a projection.
///
/// What is left out: the least delay that the source may have, exponent 0, not plastic. The
/// synapses may not be left out.
#[derive(Debug, Clone)]
pub struct ProjectionBuilder {
    source: String,
    target: String,
    connections: Option<Connections>,
    delay: Option<Delay>,
    exponent: i64,
    plastic: bool,
}

/// The delays of a projection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delay {
    /// All synapses that do not say otherwise have this.
    All(i64),
    /// The synapse from row to column has this.
    Each(Matrix<i64>),
}

/// A synapse as it is described, not yet checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SynapseSpec {
    /// Member of the source.
    pub pre: i64,
    /// Member of the target.
    pub post: i64,
    /// -127..=127.
    pub weight: i64,
    /// Ticks; `None`: as the projection says.
    pub delay: Option<i64>,
}

#[derive(Debug, Clone)]
enum Connections {
    Matrix(Matrix<i64>),
    AllToAll(i64),
    OneToOne(i64),
    List(Vec<SynapseSpec>),
}

/// One end of a projection.
struct End<'n> {
    name: &'n str,
    size: usize,
}

/// What the synapses of a projection have in common while they are built.
struct Context<'n> {
    section: &'n Section,
    source: End<'n>,
    target: End<'n>,
    delay: Delay,
    min_delay: i64,
}

impl ProjectionBuilder {
    /// A projection from the input or population `source` to the population `target`.
    #[must_use]
    pub fn new(source: impl Into<String>, target: impl Into<String>) -> ProjectionBuilder {
        ProjectionBuilder {
            source: source.into(),
            target: target.into(),
            connections: None,
            delay: None,
            exponent: 0,
            plastic: false,
        }
    }

    /// The synapses with these weights, `[pre][post]`; [`ABSENT_WEIGHT`] where there is none.
    #[must_use]
    pub fn weights(mut self, weights: impl Into<Matrix<i64>>) -> ProjectionBuilder {
        self.connections = Some(Connections::Matrix(weights.into()));
        self
    }

    /// A synapse of that weight from every member to every neuron.
    #[must_use]
    pub fn all_to_all(mut self, weight: i64) -> ProjectionBuilder {
        self.connections = Some(Connections::AllToAll(weight));
        self
    }

    /// A synapse of that weight from each member to the neuron of the same number.
    #[must_use]
    pub fn one_to_one(mut self, weight: i64) -> ProjectionBuilder {
        self.connections = Some(Connections::OneToOne(weight));
        self
    }

    /// These synapses: `(pre, post, weight)` or `(pre, post, weight, delay)` each.
    #[must_use]
    pub fn synapses<S: Into<SynapseSpec>>(
        mut self,
        synapses: impl IntoIterator<Item = S>,
    ) -> ProjectionBuilder {
        self.connections = Some(Connections::List(
            synapses.into_iter().map(S::into).collect(),
        ));
        self
    }

    /// The delay in ticks, for all or as a matrix beside [`weights`](ProjectionBuilder::weights).
    #[must_use]
    pub fn delay(mut self, delay: impl Into<Delay>) -> ProjectionBuilder {
        self.delay = Some(delay.into());
        self
    }

    /// A spike adds `weight << exponent`.
    #[must_use]
    pub fn exponent(mut self, exponent: i64) -> ProjectionBuilder {
        self.exponent = exponent;
        self
    }

    /// Whether the synapses learn; this version refuses it.
    #[must_use]
    pub fn plastic(mut self, plastic: bool) -> ProjectionBuilder {
        self.plastic = plastic;
        self
    }

    /// Projection `index` of the network, which has all inputs and populations, of at most `room`
    /// synapses.
    pub(super) fn build(
        self,
        index: usize,
        network: &Network,
        room: usize,
    ) -> Result<Projection, NetworkError> {
        let section = Section::Projection {
            index,
            source: clip(&self.source),
            target: clip(&self.target),
        };
        let fail = |key, problem| NetworkError::new(&section, problem).key(key);
        let Some((source, _)) = network.find(&self.source) else {
            let inputs = network.inputs().iter().map(|input| input.name.as_str());
            let populations = network.populations().iter().map(|p| p.name.as_str());
            let known = list(inputs.chain(populations));
            return Err(fail(
                "source",
                Problem::UnknownName {
                    name: clip(&self.source),
                    known,
                },
            ));
        };
        let Some((Source::Population(target), _)) = network.find(&self.target) else {
            let known = list(network.populations().iter().map(|p| p.name.as_str()));
            return Err(fail(
                "target",
                Problem::UnknownName {
                    name: clip(&self.target),
                    known,
                },
            ));
        };
        if self.plastic {
            return Err(fail("plastic", Problem::Learning));
        }
        let exponent = limits::EXPONENT
            .check(self.exponent)
            .map_err(|problem| fail("exponent", problem))?;
        let Some(connections) = self.connections else {
            let expected = "a matrix, an integer, or a list of `synapses` instead";
            return Err(fail("weights", Problem::Missing { expected }));
        };

        let (source_end, min_delay) = match source {
            Source::Input(index) => (&network.inputs()[index].size, 0),
            Source::Population(index) => (&network.populations()[index].size, 1),
        };
        let context = Context {
            section: &section,
            source: End {
                name: &self.source,
                size: *source_end,
            },
            target: End {
                name: &self.target,
                size: network.populations()[target].size,
            },
            delay: self.delay.unwrap_or(Delay::All(min_delay)),
            min_delay,
        };
        if let Delay::All(delay) = context.delay {
            context
                .delay(delay)
                .map_err(|problem| fail("delay", problem))?;
        }
        let count = connections.at_most(&context);
        if count > room {
            let count = MAX_SYNAPSES - room + count;
            let problem = Problem::TooMany {
                what: "synapses",
                count,
                limit: MAX_SYNAPSES,
            };
            return Err(NetworkError::new(&section, problem));
        }
        let synapses = context.synapses(connections)?;
        // Lossless: 0..=7.
        Ok(Projection {
            source,
            target,
            exponent: exponent as u8,
            synapses,
        })
    }
}

impl Connections {
    /// How many synapses this can make; known before anything is allocated.
    fn at_most(&self, context: &Context<'_>) -> usize {
        match self {
            // Both sizes are at most 2^14.
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

    /// The synapses, by source, delay and target.
    fn synapses(&self, connections: Connections) -> Result<Vec<Synapse>, NetworkError> {
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
        let mut synapses = match connections {
            Connections::Matrix(weights) => {
                self.check_shape("weights", &weights)?;
                weights
                    .cells()
                    .filter(|&(.., weight)| weight != ABSENT_WEIGHT)
                    .map(|(pre, post, weight)| self.uniform(pre, post, weight))
                    .collect::<Result<Vec<_>, _>>()
                    .map_err(|(element, key, problem)| self.fail(key, problem).element(element))?
            }
            Connections::AllToAll(weight) => (0..sources)
                .flat_map(|pre| (0..targets).map(move |post| (pre, post)))
                .map(|(pre, post)| self.uniform(pre, post, weight))
                .collect::<Result<_, _>>()
                .map_err(|(_, key, problem)| self.fail(key, problem))?,
            Connections::OneToOne(_) if sources != targets => {
                let problem = Problem::Sizes {
                    source_size: sources,
                    target_size: targets,
                };
                return Err(self.fail("connect", problem));
            }
            Connections::OneToOne(weight) => (0..sources)
                .map(|k| self.uniform(k, k, weight))
                .collect::<Result<_, _>>()
                .map_err(|(_, key, problem)| self.fail(key, problem))?,
            Connections::List(list) => self.listed(&list)?,
        };
        synapses.sort_unstable_by_key(key);
        Ok(synapses)
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
    fn uniform(
        &self,
        pre: usize,
        post: usize,
        weight: i64,
    ) -> Result<Synapse, (Element, &'static str, Problem)> {
        let cell = Element::Cell(pre, post);
        let delay = match &self.delay {
            Delay::All(delay) => *delay,
            // The shapes agree, so there is one.
            Delay::Each(delays) => delays.get(pre, post).unwrap_or_default(),
        };
        let weight = limits::weight(weight).map_err(|problem| (cell, "weights", problem))?;
        let delay = self
            .delay(delay)
            .map_err(|problem| (cell, "delay", problem))?;
        // Lossless: both are below 2^14.
        Ok(Synapse {
            pre: pre as u16,
            post: post as u16,
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
        let id = |end, value: i64, of: &End<'_>| match u16::try_from(value) {
            Ok(id) if usize::from(id) < of.size => Ok(id),
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
        let weight = limits::weight(spec.weight)?;
        let delay = self.delay(match (spec.delay, &self.delay) {
            (Some(delay), _) => delay,
            (None, Delay::All(delay)) => *delay,
            // A matrix was refused before.
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

/// What makes a synapse of a projection the same as another.
fn key(synapse: &Synapse) -> (u16, u8, u16) {
    (synapse.pre, synapse.delay, synapse.post)
}

impl From<i64> for Delay {
    fn from(delay: i64) -> Delay {
        Delay::All(delay)
    }
}

impl From<Matrix<i64>> for Delay {
    fn from(delays: Matrix<i64>) -> Delay {
        Delay::Each(delays)
    }
}

impl From<(i64, i64, i64)> for SynapseSpec {
    fn from((pre, post, weight): (i64, i64, i64)) -> SynapseSpec {
        SynapseSpec {
            pre,
            post,
            weight,
            delay: None,
        }
    }
}

impl From<(i64, i64, i64, i64)> for SynapseSpec {
    fn from((pre, post, weight, delay): (i64, i64, i64, i64)) -> SynapseSpec {
        SynapseSpec {
            pre,
            post,
            weight,
            delay: Some(delay),
        }
    }
}
