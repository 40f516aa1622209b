//! The pairs that a rule connects: all of them, or pairs drawn at random.

use super::connections::{Connect, Connections};
use super::context::Context;
use super::distance::Near;
use super::error::{NetworkError, Problem};
use super::keyed::Keyed;
use super::limits::MAX_LISTED;

/// A rule whose numbers have been checked.
#[derive(Debug)]
pub(super) enum Rule {
    All,
    OneToOne,
    /// Each pair whose word of 32 bits is below this limit, 0..=2^32.
    Below(u64),
    /// Each pair whose word is below the limit of its distance.
    Near(Near),
    /// Synapses of each neuron of the target.
    In(u64),
    /// Synapses of each member of the source.
    Out(u64),
    /// All synapses.
    Total(u64),
}

/// Pairs that a neuron's choice of partners counts as.
const CHOICE: u64 = 16;

/// Number of words of 32 bits.
const WORDS: f64 = 4_294_967_296.0;

/// The limit below which a pair's word is with this probability, 0..=1.
fn limit(probability: f64) -> u64 {
    // Lossless: 0..=2^32.
    (probability * WORDS).round() as u64
}

impl Context<'_> {
    /// Whether no neuron may be connected with itself, and could be.
    const fn excludes(&self) -> bool {
        self.recurrent && !self.autapses
    }

    /// Number of members of the source for each neuron of the target, and the other way round.
    fn candidates(&self) -> [u64; 2] {
        let own = u64::from(self.excludes());
        // A recurrent projection has at least one member on both sides.
        [self.source.size, self.target.size].map(|size| (size as u64).saturating_sub(own))
    }

    /// Number of pairs that can be connected; at most 2^40.
    fn pairs(&self) -> u64 {
        self.source.size as u64 * self.candidates()[1]
    }

    /// The number of pairs from which a rule draws, as [`MAX_PAIRS`](super::MAX_PAIRS) counts them.
    pub(super) fn cost(&self, connections: &Connections) -> u64 {
        let Connections::Rule(connect, _) = connections else {
            return 0;
        };
        match connect {
            Connect::Probability(_) | Connect::Near { .. } => self.pairs(),
            Connect::FixedInDegree(_) => self.target.size as u64 * CHOICE,
            Connect::FixedOutDegree(_) => self.source.size as u64 * CHOICE,
            Connect::AllToAll | Connect::OneToOne | Connect::Total(_) => 0,
        }
    }

    /// The rule, if its numbers are possible.
    pub(super) fn rule(&self, connect: Connect) -> Result<Rule, NetworkError> {
        let [sources, targets] = self.candidates();
        let degree = |key, value: i64, max: u64, unit| match u64::try_from(value) {
            Ok(degree) if degree <= max => Ok(degree),
            _ => {
                // Lossless: at most 2^40.
                let max = max as i64;
                let (min, unit) = (0, unit);
                let problem = Problem::OutOfRange {
                    value,
                    min,
                    max,
                    unit,
                };
                Err(self.fail(key, problem))
            }
        };
        Ok(match connect {
            Connect::AllToAll => Rule::All,
            Connect::OneToOne if self.source.size != self.target.size => {
                let problem = Problem::Sizes {
                    source_size: self.source.size,
                    target_size: self.target.size,
                };
                return Err(self.fail("connect", problem));
            }
            Connect::OneToOne => Rule::OneToOne,
            Connect::Probability(probability) => Rule::Below(limit(self.probability(probability)?)),
            Connect::Near {
                probability,
                kernel,
            } => Rule::Near(self.near(self.probability(probability)?, kernel)?),
            Connect::FixedInDegree(value) => {
                let unit = " different members of the source";
                Rule::In(degree("connect.fixed_in_degree", value, sources, unit)?)
            }
            Connect::FixedOutDegree(value) => {
                let unit = " different neurons of the target";
                Rule::Out(degree("connect.fixed_out_degree", value, targets, unit)?)
            }
            Connect::Total(value) => {
                let max = self.pairs().min(MAX_LISTED as u64);
                Rule::Total(degree("connect.total", value, max, " different pairs")?)
            }
        })
    }

    /// The probability, if it is one.
    fn probability(&self, value: f64) -> Result<f64, NetworkError> {
        match (0.0..=1.0).contains(&value) {
            true => Ok(value),
            false => Err(self.fail("connect.probability", Problem::Probability { value })),
        }
    }

    /// The number of pairs that a rule connects, or, of pairs with a probability, more than it will
    /// ever be: eight standard deviations above the mean. Of pairs whose probability depends on their
    /// distance, it is not known.
    pub(super) fn at_most(&self, rule: &Rule) -> usize {
        let pairs = self.pairs();
        let count = match *rule {
            Rule::All => pairs,
            Rule::OneToOne => self.source.size as u64,
            Rule::Below(limit) => {
                let mean = pairs as f64 * (limit as f64 / WORDS);
                // At most 2^33, and a cast of a float saturates.
                pairs.min((mean + 8.0 * mean.sqrt() + 64.0) as u64)
            }
            Rule::Near(_) => 0,
            Rule::In(degree) => self.target.size as u64 * degree,
            Rule::Out(degree) => self.source.size as u64 * degree,
            Rule::Total(count) => count,
        };
        usize::try_from(count).unwrap_or(usize::MAX)
    }

    /// Calls `add` for each pair that the rule connects.
    pub(super) fn connect(
        &self,
        rule: &Rule,
        add: &mut dyn FnMut(usize, usize) -> Result<(), NetworkError>,
    ) -> Result<(), NetworkError> {
        let (sources, targets) = (self.source.size, self.target.size);
        let excludes = self.excludes();
        let mut keyed = Keyed::new(self.seed, &self.owner, "connect");
        let distinct = |keyed: &mut Keyed, row: usize, count, end| {
            let drawn = keyed.row(row as u64).distinct(count, end);
            drawn.map_err(|problem| self.fail("connect", problem))
        };
        // Candidates are numbered without the neuron itself. Lossless: they are below 2^20.
        let other = |candidate: u64, own: usize| {
            let candidate = candidate as usize;
            candidate + usize::from(excludes && candidate >= own)
        };
        let [all_sources, all_targets] = self.candidates();
        match *rule {
            Rule::All => {
                for pre in 0..sources {
                    for post in (0..targets).filter(|&post| !(excludes && pre == post)) {
                        add(pre, post)?;
                    }
                }
            }
            Rule::OneToOne => {
                for both in (0..sources).filter(|_| !excludes) {
                    add(both, both)?;
                }
            }
            // Nothing can be connected.
            Rule::Below(0) | Rule::In(0) | Rule::Out(0) => {}
            Rule::Below(limit) => {
                let mut words = vec![0; targets];
                for pre in 0..sources {
                    // Each pair has its own word, whether it is used or not.
                    keyed.row(pre as u64).fill(&mut words);
                    for (post, &word) in words.iter().enumerate() {
                        if u64::from(word) < limit && !(excludes && pre == post) {
                            add(pre, post)?;
                        }
                    }
                }
            }
            Rule::Near(ref near) => {
                // A kernel makes no pair more likely.
                let most = limit(near.most());
                let mut words = vec![0; targets];
                for pre in 0..sources {
                    keyed.row(pre as u64).fill(&mut words);
                    for (post, &word) in words.iter().enumerate() {
                        let word = u64::from(word);
                        if word < most
                            && !(excludes && pre == post)
                            && word < limit(near.probability(pre, post))
                        {
                            add(pre, post)?;
                        }
                    }
                }
            }
            Rule::In(degree) => {
                for post in 0..targets {
                    for candidate in distinct(&mut keyed, post, degree, all_sources)? {
                        add(other(candidate, post), post)?;
                    }
                }
            }
            Rule::Out(degree) => {
                for pre in 0..sources {
                    for candidate in distinct(&mut keyed, pre, degree, all_targets)? {
                        add(pre, other(candidate, pre))?;
                    }
                }
            }
            Rule::Total(count) => {
                for pair in distinct(&mut keyed, 0, count, self.pairs())? {
                    // Without targets there are no pairs. Lossless: below 2^20.
                    let pre = (pair / all_targets.max(1)) as usize;
                    add(pre, other(pair % all_targets.max(1), pre))?;
                }
            }
        }
        Ok(())
    }
}
