//! An associative (content-addressable) memory: neurons that were active together recall each
//! other.
//!
//! Every neuron has an input of its own. It also has plastic synapses to all neurons, and fixed
//! synapses that inhibit all neurons equally. To store a pattern, its neurons are made to spike for
//! a few ticks: the spikes of one neuron arrive at the others one tick later, and the others' next
//! spikes strengthen these synapses. To recall a pattern, a part of it spikes once. Each neuron of
//! the pattern then receives the stored weight from every neuron of that part, and every neuron
//! receives the inhibition of all neurons of that part, so the threshold is a fraction of the
//! number of active neurons, whatever that number is. To forget a pattern, it is shown while the
//! reward is negative.
//!
//! After the CA3 model of D. Casanueva-Morato, A. Ayuso-Martinez, J. P. Dominguez-Morales,
//! A. Jimenez-Fernandez and G. Jimenez-Moreno, *Bio-inspired computational memory model of the
//! Hippocampus: An approach to a neuromorphic spike-based Content-Addressable Memory*, Neural
//! Networks 178, 2024,
//! with the threshold of D. J. Willshaw, O. P. Buneman and H. C. Longuet-Higgins, *Non-holographic
//! associative memory*, Nature 222, 1969.

use network::{
    LearningSettings, Network, NetworkBuilder, Plasticity, PopulationBuilder, ProjectionBuilder,
    TraceSpec,
};
use spec::fixed::LEAK_ALL;
use spec::plasticity::REWARD_ONE;
use spec::words::Leak;

use super::LearningError;
use super::session::Session;
use super::shuffle::{generator, order};
use super::side_by_side::{Progress, Tally, first, side_by_side};
use super::work::Work;
use driver::device::Device;
use spec::events::Spike;

/// Number of ticks from the partial pattern to the answer.
const SETTLE: u32 = 6;

/// The memory, and what it is asked.
#[derive(Debug, Clone, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub struct ContentMemory {
    /// Number of neurons.
    pub neurons: usize,
    /// Number of neurons in a pattern.
    pub members: usize,
    /// The weight of a stored synapse.
    pub stored: i64,
    /// Weight by which every active neuron inhibits all neurons.
    pub inhibition: i64,
    /// Input, beyond the inhibition, above which a neuron fires.
    pub threshold: i64,
    /// Ticks for which a pattern is shown.
    pub shown: u32,
    /// Increase of a weight by one pair of spikes, in weight units.
    pub a_plus: f64,
    /// Numbers of random patterns stored before recall is tried.
    pub loads: Vec<usize>,
    /// Sizes of the parts that recall begins with.
    pub fragments: Vec<usize>,
    /// Number of memories, each with other random patterns.
    pub sets: usize,
    /// Random patterns that are stored before one of them is forgotten.
    pub kept: usize,
    /// Seed of patterns, parts and roundings.
    pub seed: u32,
}

impl Default for ContentMemory {
    fn default() -> ContentMemory {
        ContentMemory {
            neurons: 128,
            members: 12,
            stored: 40,
            inhibition: 30,
            threshold: 8,
            shown: 5,
            a_plus: 20.0,
            loads: vec![2, 4, 8, 12, 16, 20, 24, 32, 40, 48],
            fragments: vec![1, 2, 3, 4, 6, 8, 12],
            sets: 4,
            kept: 8,
            seed: 1,
        }
    }
}

/// How well patterns were recalled.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, schemars::JsonSchema)]
pub struct Recall {
    /// Patterns stored.
    pub load: usize,
    /// Neurons that recall began with.
    pub fragment: usize,
    /// Recalls tried.
    pub tried: usize,
    /// Recalls of exactly the pattern.
    pub exact: usize,
    /// Mean of the neurons in both pattern and answer, over those in either.
    pub overlap: f64,
}

impl Recall {
    /// Share of exact recalls.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.exact as f64 / self.tried.max(1) as f64
    }

    fn add(&mut self, overlap: f64) {
        let tried = self.tried as f64;
        self.overlap = (self.overlap * tried + overlap) / (tried + 1.0);
        self.tried += 1;
        self.exact += usize::from(overlap == 1.0);
    }
}

/// The results of all tests of the memory.
#[derive(Debug, Clone, PartialEq)]
pub struct MemoryOutcome {
    /// Recalls of patterns without common neurons, as many patterns as there is room for; one entry
    /// per fragment size.
    pub orthogonal: Vec<Recall>,
    /// Recalls of random patterns, by load and, within a load, by fragment size.
    pub random: Vec<Recall>,
    /// Overlap of every kept pattern, recalled from half of its neurons, before one pattern is
    /// forgotten.
    pub before: Vec<f64>,
    /// The same after forgetting the first pattern.
    pub after: Vec<f64>,
    /// The work of the core.
    pub work: Work,
}

impl MemoryOutcome {
    /// The recalls of random patterns for this load and fragment size.
    #[must_use]
    pub fn at(&self, load: usize, fragment: usize) -> Option<&Recall> {
        let mut random = self.random.iter();
        random.find(|it| it.load == load && it.fragment == fragment)
    }
}

impl ContentMemory {
    /// The network.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond the limits of a network.
    pub fn network(&self, seed: u32) -> Result<Network, LearningError> {
        let one_tick = TraceSpec::Rectangular { ticks: 1 };
        let network = NetworkBuilder::new("memory")
            .input("cue", self.neurons)
            .population(
                PopulationBuilder::new("cells", self.neurons)
                    .threshold(self.threshold)
                    .leak(Leak::Linear { leak: LEAK_ALL }),
            )
            .projection(
                ProjectionBuilder::new("cue", "cells")
                    .one_to_one(127)
                    .exponent(7),
            )
            .projection(
                ProjectionBuilder::new("cells", "cells")
                    .all_to_all(0)
                    .plasticity("bind"),
            )
            .projection(ProjectionBuilder::new("cells", "cells").all_to_all(-self.inhibition))
            .plasticity(Plasticity {
                pre: one_tick,
                post: one_tick,
                a_plus: self.a_plus,
                a_minus: 0.0,
                w_max: self.stored,
                ..Plasticity::new("bind", 1.0, 1.0)
            })
            .learning(LearningSettings {
                seed,
                ..LearningSettings::default()
            });
        Ok(network.build()?)
    }

    /// Stores, recalls and forgets patterns, with as many sets of patterns in parallel as there are
    /// devices.
    ///
    /// # Errors
    /// [`LearningError`].
    pub fn run(
        &self,
        devices: &mut [Device],
        progress: &mut Progress<'_>,
    ) -> Result<MemoryOutcome, LearningError> {
        let device = first(devices)?;
        let (orthogonal, mut work) = self.recall_orthogonal(device)?;
        let (before, after, forgetting) = self.forget(device)?;
        work += forgetting;

        let most = self.loads.iter().copied().max().unwrap_or(0);
        let tally = Tally::new("storing", (self.sets * most) as u64, progress);
        let sets: Vec<usize> = (0..self.sets).collect();
        let found = side_by_side(devices, &sets, |device, &set| {
            self.store(device, set, most, &tally)
        })?;
        let mut random: Vec<Recall> = Vec::new();
        for (recalls, own) in found {
            for recall in recalls {
                merge(&mut random, recall);
            }
            work += own;
        }
        random.sort_by_key(|it| (it.load, it.fragment));
        Ok(MemoryOutcome {
            orthogonal,
            random,
            before,
            after,
            work,
        })
    }

    /// Stores patterns that share no neuron, and recalls them.
    fn recall_orthogonal(&self, device: &mut Device) -> Result<(Vec<Recall>, Work), LearningError> {
        let patterns = self.orthogonal();
        let mut session = self.load(device, self.seed)?;
        for pattern in &patterns {
            self.show(&mut session, pattern, 1)?;
        }
        let recalls = self.recalls(&mut session, &patterns, self.seed)?;
        Ok((recalls, session.work))
    }

    /// Stores random patterns one after the other, and recalls all stored ones at each load.
    fn store(
        &self,
        device: &mut Device,
        set: usize,
        most: usize,
        tally: &Tally<'_, '_>,
    ) -> Result<(Vec<Recall>, Work), LearningError> {
        // A seed may wrap around.
        let seed = self.seed.wrapping_add(set as u32).max(1);
        let patterns = self.random(seed, most);
        let mut session = self.load(device, seed)?;
        let mut recalls = Vec::new();
        for (at, pattern) in patterns.iter().enumerate() {
            session.set_learning(true)?;
            self.show(&mut session, pattern, 1)?;
            let stored = &patterns[..=at];
            if self.loads.contains(&stored.len()) {
                recalls.extend(self.recalls(&mut session, stored, seed)?);
            }
            tally.add(1);
        }
        Ok((recalls, session.work))
    }

    /// Stores patterns and forgets the first; returns the overlaps before and after.
    fn forget(&self, device: &mut Device) -> Result<(Vec<f64>, Vec<f64>, Work), LearningError> {
        let kept = self.random(self.seed, self.kept);
        let mut session = self.load(device, self.seed)?;
        for pattern in &kept {
            self.show(&mut session, pattern, 1)?;
        }
        session.set_learning(false)?;
        let before = self.halves(&mut session, &kept)?;
        session.set_learning(true)?;
        if let Some(first) = kept.first() {
            self.show(&mut session, first, -1)?;
        }
        session.set_learning(false)?;
        let after = self.halves(&mut session, &kept)?;
        Ok((before, after, session.work))
    }

    fn load<'a>(&self, device: &'a mut Device, seed: u32) -> Result<Session<'a>, LearningError> {
        Session::load(&self.network(seed)?, device, &mut |_, _, _| ())
    }

    /// Patterns that share no neuron.
    fn orthogonal(&self) -> Vec<Vec<usize>> {
        let order = order(&mut generator(u64::from(self.seed), 1), self.neurons);
        let whole = order.chunks_exact(self.members.max(1));
        whole.map(<[usize]>::to_vec).collect()
    }

    /// Random patterns, which may share neurons.
    fn random(&self, seed: u32, count: usize) -> Vec<Vec<usize>> {
        let mut random = generator(u64::from(seed), 2);
        let pattern = |_| {
            let mut members = order(&mut random, self.neurons);
            members.truncate(self.members);
            members
        };
        (0..count).map(pattern).collect()
    }

    /// Makes a pattern spike while the core learns, with a reward of this sign.
    fn show(
        &self,
        session: &mut Session<'_>,
        pattern: &[usize],
        sign: i32,
    ) -> Result<(), LearningError> {
        session.set_reward(sign * REWARD_ONE)?;
        let ticks = 0..self.shown;
        let spikes: Vec<Spike> = ticks
            .flat_map(|tick| pattern.iter().map(move |&id| spike(tick, id)))
            .collect();
        session.run(self.shown, true, &spikes)?;
        Ok(())
    }

    /// Recalls every pattern from parts of every size.
    fn recalls(
        &self,
        session: &mut Session<'_>,
        stored: &[Vec<usize>],
        seed: u32,
    ) -> Result<Vec<Recall>, LearningError> {
        session.set_learning(false)?;
        let mut random = generator(u64::from(seed), 3);
        let mut all = Vec::new();
        for &fragment in &self.fragments {
            let mut recall = Recall {
                load: stored.len(),
                fragment,
                ..Recall::default()
            };
            for pattern in stored {
                let order = order(&mut random, pattern.len());
                let part: Vec<usize> = order.iter().take(fragment).map(|&at| pattern[at]).collect();
                recall.add(recalled(session, pattern, &part)?);
            }
            all.push(recall);
        }
        Ok(all)
    }

    /// Recalls every pattern from its first half.
    fn halves(
        &self,
        session: &mut Session<'_>,
        stored: &[Vec<usize>],
    ) -> Result<Vec<f64>, LearningError> {
        let half = |pattern: &Vec<usize>| recalled(session, pattern, &pattern[..pattern.len() / 2]);
        stored.iter().map(half).collect()
    }
}

/// Adds recalls to the counts of the same load and part.
fn merge(all: &mut Vec<Recall>, found: Recall) {
    let same = |it: &&mut Recall| it.load == found.load && it.fragment == found.fragment;
    match all.iter_mut().find(same) {
        Some(it) => {
            let (own, other) = (it.tried as f64, found.tried as f64);
            it.overlap = (it.overlap * own + found.overlap * other) / (own + other);
            it.tried += found.tried;
            it.exact += found.exact;
        }
        None => all.push(found),
    }
}

/// Presents a part and returns the overlap of the answer with the pattern.
fn recalled(
    session: &mut Session<'_>,
    pattern: &[usize],
    part: &[usize],
) -> Result<f64, LearningError> {
    let cue: Vec<Spike> = part.iter().map(|&id| spike(0, id)).collect();
    let recording = session.run(SETTLE + 1, true, &cue)?;
    let last = recording.spikes.iter().filter(|spike| spike.tick == SETTLE);
    let answer: Vec<usize> = last.map(|spike| spike.id as usize).collect();
    let common = answer.iter().filter(|id| pattern.contains(id)).count();
    Ok(common as f64 / (answer.len() + pattern.len() - common).max(1) as f64)
}

fn spike(tick: u32, id: usize) -> Spike {
    // Lossless: a core has at most 2^14 inputs.
    let id = id as u32;
    Spike { tick, id }
}

pub use pictures::{draw_forgetting, draw_fragments, draw_load};

mod pictures {
    use super::{ContentMemory, MemoryOutcome};
    use viz::chart::{Axis, Chart, Series, Style};

    /// Draws exact recall against the number of stored patterns.
    #[must_use]
    pub fn draw_load(memory: &ContentMemory, outcome: &MemoryOutcome) -> Chart {
        let curve = |fragment: usize| {
            let points = memory.loads.iter().filter_map(|&load| {
                let recall = outcome.at(load, fragment)?;
                Some((load as f64, 100.0 * recall.share()))
            });
            Series::line(
                format!("from {fragment} of {}", memory.members),
                points.collect(),
            )
            .drawn(Style::LineAndMarks)
        };
        Chart {
            title: "Recall against load".to_owned(),
            subtitle: format!(
                "random patterns of {} of {} neurons, {} memories; recalled exactly",
                memory.members, memory.neurons, memory.sets
            ),
            x: Axis::new("stored patterns").from(0.0).counted(),
            y: Axis::new("recalled exactly (%)").from(0.0).to(100.0),
            series: picked(&memory.fragments).into_iter().map(curve).collect(),
        }
    }

    /// Draws exact recall against the size of the part that it begins with.
    #[must_use]
    pub fn draw_fragments(memory: &ContentMemory, outcome: &MemoryOutcome) -> Chart {
        let points = |recalls: &mut dyn Iterator<Item = &super::Recall>| {
            recalls
                .map(|it| (it.fragment as f64, 100.0 * it.share()))
                .collect::<Vec<_>>()
        };
        let orthogonal = outcome.orthogonal.first().map_or(0, |it| it.load);
        let mut series = vec![
            Series::line(
                format!("{orthogonal}, none shared"),
                points(&mut outcome.orthogonal.iter()),
            )
            .drawn(Style::LineAndMarks),
        ];
        for load in picked(&memory.loads) {
            let mut own = outcome.random.iter().filter(|it| it.load == load);
            series.push(
                Series::line(format!("{load} random"), points(&mut own)).drawn(Style::LineAndMarks),
            );
        }
        Chart {
            title: "Recall against the size of the fragment".to_owned(),
            subtitle: format!(
                "patterns of {} of {} neurons; recalled exactly",
                memory.members, memory.neurons
            ),
            x: Axis::new("neurons that recall begins with")
                .from(0.0)
                .counted(),
            y: Axis::new("recalled exactly (%)").from(0.0).to(100.0),
            series,
        }
    }

    /// Draws what forgetting one pattern does to all.
    #[must_use]
    pub fn draw_forgetting(outcome: &MemoryOutcome) -> Chart {
        let points = |overlaps: &[f64]| {
            let all = overlaps.iter().enumerate();
            all.map(|(at, overlap)| (at as f64 + 1.0, 100.0 * overlap))
                .collect::<Vec<_>>()
        };
        Chart {
            title: "Forgetting one pattern".to_owned(),
            subtitle: "random patterns; the first is shown again while the reward is -1".to_owned(),
            x: Axis::new("pattern").counted(),
            y: Axis::new("overlap of answer and pattern (%)")
                .from(0.0)
                .to(100.0),
            series: vec![
                Series::line("before", points(&outcome.before)).drawn(Style::Dashed),
                Series::line("after", points(&outcome.after)).drawn(Style::Marks),
            ],
        }
    }

    /// At most five evenly spaced items, including the last.
    fn picked(all: &[usize]) -> Vec<usize> {
        let step = all.len().div_ceil(5).max(1);
        all.iter().rev().step_by(step).rev().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::link::LinkOptions;
    use driver::transport::Memory;
    use spec::CoreConfig;

    fn outcome() -> MemoryOutcome {
        let memory = ContentMemory {
            neurons: 16,
            members: 4,
            loads: vec![1, 30],
            fragments: vec![1, 2, 4],
            sets: 1,
            kept: 2,
            ..ContentMemory::default()
        };
        let line = Memory::new(CoreConfig::tiny_l());
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        memory
            .run(std::slice::from_mut(&mut device), &mut |_, _, _| ())
            .unwrap()
    }

    #[test]
    fn patterns_without_common_neurons_are_recalled_from_any_part() {
        let outcome = outcome();
        assert_eq!(outcome.orthogonal.len(), 3);
        for recall in &outcome.orthogonal {
            assert_eq!(
                (recall.load, recall.tried, recall.exact),
                (4, 4, 4),
                "{recall:?}"
            );
        }
    }

    #[test]
    fn too_many_patterns_are_not_recalled() {
        let outcome = outcome();
        assert_eq!(outcome.at(1, 2).unwrap().share(), 1.0);
        assert!(outcome.at(30, 2).unwrap().share() < 0.5);
    }

    #[test]
    fn a_forgotten_pattern_is_gone_and_others_are_not() {
        // With this many neurons, no two of four patterns share half of their members.
        let memory = ContentMemory {
            neurons: 64,
            members: 6,
            loads: Vec::new(),
            sets: 0,
            kept: 4,
            ..ContentMemory::default()
        };
        let line = Memory::new(CoreConfig::ecp85_l());
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        let outcome = memory
            .run(std::slice::from_mut(&mut device), &mut |_, _, _| ())
            .unwrap();
        assert_eq!(outcome.before, [1.0; 4]);
        assert!(outcome.after[0] < 0.5, "{outcome:?}");
        assert_eq!(outcome.after[1..], [1.0; 3]);
    }
}
