//! Choice learned from reward: each cue has one correct action, which is hidden; only the outcome
//! of an action is known.
//!
//! A cue makes its group of inputs spike. There is one neuron per action. The neurons compete;
//! noise lets each of them win now and then, and the winner inhibits the others. During the
//! competition the reward is 0, so nothing is learned. The winner's spike returns to it through a
//! delayed synapse onto itself, the *echo*. By then the host has set the reward according to the
//! outcome. The echo makes the winner spike again, and this spike is paired with the traces of the
//! rows: they still hold the cue, so only the synapses of the cue are eligible.
//!
//! After R. V. Florian, *Reinforcement learning through modulation of spike-timing-dependent
//! synaptic plasticity*, Neural Computation 19(6), 2007, with eligibility by the traces of rows.

use network::{
    ABSENT_WEIGHT, LearningSettings, Matrix, Network, NetworkBuilder, Plasticity,
    PopulationBuilder, ProjectionBuilder,
};
use rand_chacha::ChaCha8Rng;
use rand_core::Rng;
use spec::plasticity::REWARD_ONE;

use super::LearningError;
use super::session::Session;
use super::shuffle::{below, generator};
use super::side_by_side::{Progress, Tally, side_by_side};
use super::work::Work;
use driver::device::Device;
use spec::events::Spike;

/// Ticks of the competition. The winner's spike returns in the ticks after it.
const RACE: u32 = 14;

/// Delay of the echo in ticks: the longest delay of the core.
const ECHO: u32 = 15;

/// A probability of 1, in the unit 1/256 of the probabilities of noise and cue spikes.
const CERTAIN: u32 = 256;

/// The teaching signal of the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Teacher {
    /// The reward is the outcome of the choice.
    Reward,
    /// The reward is always 1: pair STDP alone.
    None,
}

/// The task and the network.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, schemars::JsonSchema)]
pub struct Choice {
    /// Number of cues.
    pub cues: usize,
    /// Number of inputs of a cue.
    pub group: usize,
    /// Number of actions; each is a neuron.
    pub actions: usize,
    /// Number of networks, each with its own task.
    pub networks: usize,
    /// Number of choices of each network.
    pub trials: usize,
    /// Number of choices before the task changes.
    pub reversal: usize,
    /// Number of choices that one point of the curve averages.
    pub block: usize,
    /// Probability of a spike per input of the cue and tick, in 1/256.
    pub cue_rate: u32,
    /// Number of noise inputs per action.
    pub noise_inputs: usize,
    /// Probability of a spike per noise input and tick, in 1/256.
    pub noise_rate: u32,
    /// Weight of a noise spike.
    pub noise_weight: i64,
    /// Threshold of a neuron.
    pub threshold: i64,
    /// Value of all weights before learning.
    pub first_weight: i64,
    /// Amplitude of pairs with the cue's spike first, in weight units.
    pub a_plus: f64,
    /// Amplitude of pairs with the neuron's spike first, in weight units.
    pub a_minus: f64,
    /// Time constant of both traces, in ticks; it must span the delay of the echo.
    pub tau: f64,
    /// Seed of tasks, cues, noise and roundings.
    pub seed: u32,
}

impl Default for Choice {
    fn default() -> Choice {
        Choice {
            cues: 8,
            group: 8,
            actions: 4,
            networks: 8,
            trials: 1200,
            reversal: 600,
            block: 50,
            cue_rate: 77,
            noise_inputs: 4,
            noise_rate: 128,
            noise_weight: 25,
            threshold: 700,
            first_weight: 40,
            a_plus: 6.0,
            a_minus: 3.0,
            tau: 20.0,
            seed: 1,
        }
    }
}

/// The results of the choices.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOutcome {
    /// Share of right choices in each block, averaged over the networks.
    pub right: Vec<f64>,
    /// The same for the worst network.
    pub worst: Vec<f64>,
    /// The work of the core.
    pub work: Work,
}

impl Choice {
    /// The network.
    ///
    /// # Errors
    /// [`LearningError::Network`] for settings beyond the limits of a network.
    pub fn network(&self, seed: u32) -> Result<Network, LearningError> {
        let n = self.actions;
        let own = |at: usize| at / n == at % n;
        let one_to_one = |weight: i64, other: i64| {
            let values = (0..n * n).map(|at| if own(at) { weight } else { other });
            Matrix::new(n, n, values.collect())
        };
        let noise = (0..n * self.noise_inputs * n).map(|at| {
            if at / n / self.noise_inputs == at % n {
                self.noise_weight
            } else {
                ABSENT_WEIGHT
            }
        });
        let noise = Matrix::new(n * self.noise_inputs, n, noise.collect())?;
        let network = NetworkBuilder::new("choice")
            .input("cues", self.cues * self.group)
            .input("noise", n * self.noise_inputs)
            .population(
                PopulationBuilder::new("actions", n)
                    .threshold(self.threshold)
                    // The winner stays silent until its echo.
                    .refractory_ticks(i64::from(ECHO) - 1),
            )
            .projection(
                ProjectionBuilder::new("cues", "actions")
                    .all_to_all(self.first_weight)
                    .plasticity("eligible"),
            )
            .projection(ProjectionBuilder::new("noise", "actions").weights(noise))
            .projection(
                ProjectionBuilder::new("actions", "actions")
                    .weights(one_to_one(ABSENT_WEIGHT, -127)?)
                    .exponent(7),
            )
            .projection(
                ProjectionBuilder::new("actions", "actions")
                    .weights(one_to_one(127, ABSENT_WEIGHT)?)
                    .delay(i64::from(ECHO))
                    .exponent(7),
            )
            .plasticity(Plasticity {
                a_plus: self.a_plus,
                a_minus: self.a_minus,
                ..Plasticity::new("eligible", self.tau, self.tau)
            })
            .learning(LearningSettings {
                seed,
                ..LearningSettings::default()
            });
        Ok(network.build()?)
    }

    /// Runs all networks, as many in parallel as there are devices.
    ///
    /// # Errors
    /// [`LearningError`].
    pub fn run(
        &self,
        devices: &mut [Device],
        teacher: Teacher,
        progress: &mut Progress<'_>,
    ) -> Result<ChoiceOutcome, LearningError> {
        let all = (self.networks * self.trials) as u64;
        let block = self.block.max(1);
        let tally = Tally::new("choosing", all, progress);
        let networks: Vec<usize> = (0..self.networks).collect();
        let chosen = side_by_side(devices, &networks, |device, &index| {
            // A seed may wrap around.
            let seed = self.seed.wrapping_add(index as u32).max(1);
            let network = self.network(seed)?;
            let mut session = Session::load(&network, device, &mut |_, _, _| ())?;
            let mut random = generator(u64::from(seed), 0);
            let mut task = self.task(&mut random);
            let mut right = vec![0u32; self.trials.div_ceil(block)];
            for trial in 0..self.trials {
                if trial == self.reversal {
                    task = self.changed(&task, &mut random);
                }
                let cue = below(&mut random, self.cues);
                let chosen = self.choose(&mut session, cue, teacher, &mut random, &task)?;
                if let Some(count) = right.get_mut(trial / block) {
                    *count += u32::from(chosen);
                }
                tally.add(1);
            }
            Ok((right, session.work))
        })?;
        let mut work = Work::default();
        let mut blocks = Vec::new();
        for (right, own) in chosen {
            work += own;
            blocks.push(right);
        }
        let counts = blocks.first().map_or(0, Vec::len);
        let share = |network: &Vec<u32>, at: usize| {
            let size = block.min(self.trials - at * block);
            network.get(at).map_or(0.0, |&right| f64::from(right)) / size as f64
        };
        let over = |at: usize| blocks.iter().map(move |network| share(network, at));
        Ok(ChoiceOutcome {
            right: (0..counts)
                .map(|at| over(at).sum::<f64>() / blocks.len() as f64)
                .collect(),
            worst: (0..counts).map(|at| over(at).fold(1.0, f64::min)).collect(),
            work,
        })
    }

    /// A random right action for each cue.
    fn task(&self, random: &mut ChaCha8Rng) -> Vec<usize> {
        let cues = 0..self.cues;
        cues.map(|_| below(random, self.actions)).collect()
    }

    /// A new task in which every cue has another right action.
    fn changed(&self, task: &[usize], random: &mut ChaCha8Rng) -> Vec<usize> {
        let others = self.actions.saturating_sub(1).max(1);
        let turned = |&old: &usize| (old + 1 + below(random, others)) % self.actions;
        task.iter().map(turned).collect()
    }

    /// Runs one trial; returns whether the choice was right.
    fn choose(
        &self,
        session: &mut Session<'_>,
        cue: usize,
        teacher: Teacher,
        random: &mut ChaCha8Rng,
        task: &[usize],
    ) -> Result<bool, LearningError> {
        let constant = match teacher {
            Teacher::Reward => 0,
            Teacher::None => REWARD_ONE,
        };
        session.set_reward(constant)?;
        let spikes = self.stimulus(cue, random);
        let raced = session.run(RACE, true, &spikes)?.spikes;
        let first = raced.first().map(|spike| spike.tick);
        let winners: Vec<usize> = raced
            .iter()
            .filter(|spike| Some(spike.tick) == first)
            .map(|spike| spike.id as usize)
            .collect();
        // If several win at once, one is drawn, and nothing is learned from it; no spike is no
        // choice.
        let chosen = match winners[..] {
            [] => None,
            [one] => Some(one),
            ref some => Some(some[below(random, some.len())]),
        };
        let right = chosen.is_some() && chosen == task.get(cue).copied();
        if teacher == Teacher::Reward {
            let one = REWARD_ONE;
            session.set_reward(match winners.len() {
                1 if right => one,
                1 => -one,
                _ => 0,
            })?;
        }
        session.run(ECHO + 1, false, &[])?;
        Ok(right)
    }

    /// The spikes of a cue and of noise.
    fn stimulus(&self, cue: usize, random: &mut ChaCha8Rng) -> Vec<Spike> {
        let group = cue * self.group..(cue + 1) * self.group;
        let noise =
            self.cues * self.group..self.cues * self.group + self.actions * self.noise_inputs;
        let rates = group
            .map(|id| (id, self.cue_rate))
            .chain(noise.map(|id| (id, self.noise_rate)));
        let rates: Vec<_> = rates.collect();
        let mut spikes = Vec::new();
        for tick in 0..RACE {
            for &(id, rate) in &rates {
                if random.next_u32() % CERTAIN < rate {
                    // Lossless: a core has at most 2^14 inputs.
                    let id = id as u32;
                    spikes.push(Spike { tick, id });
                }
            }
        }
        spikes
    }
}

/// Draws both curves.
#[must_use]
pub fn draw_choices(
    choice: &Choice,
    rewarded: &ChoiceOutcome,
    plain: &ChoiceOutcome,
) -> viz::chart::Chart {
    use viz::chart::{Axis, Chart, Series, Style};
    let curve = |shares: &[f64]| {
        let blocks = shares.iter().enumerate();
        blocks
            .map(|(at, share)| (((at + 1) * choice.block) as f64, 100.0 * share))
            .collect::<Vec<_>>()
    };
    let chance = 100.0 / choice.actions as f64;
    let reversal = choice.reversal as f64;
    Chart {
        title: "Choices learned from reward".to_owned(),
        subtitle: format!(
            "{} cues, {} actions, mean of {} networks; after {} choices every cue has another answer",
            choice.cues, choice.actions, choice.networks, choice.reversal
        ),
        x: Axis::new("choices made").from(0.0).counted(),
        y: Axis::new("right choices (%)").from(0.0).to(100.0),
        series: vec![
            Series::line("rewarded, mean", curve(&rewarded.right)).drawn(Style::LineAndMarks),
            Series::line("rewarded, worst", curve(&rewarded.worst)),
            Series::line("STDP alone, mean", curve(&plain.right)).drawn(Style::LineAndMarks),
            Series::line(
                "chance",
                vec![(0.0, chance), (choice.trials as f64, chance)],
            )
            .drawn(Style::Dashed),
            Series::line("task changes", vec![(reversal, 0.0), (reversal, 100.0)])
                .drawn(Style::Dashed),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::link::LinkOptions;
    use driver::transport::Memory;
    use spec::CoreConfig;

    /// Runs a task of two cues and two actions on the smallest core.
    fn last_block(teacher: Teacher) -> ChoiceOutcome {
        let choice = Choice {
            cues: 2,
            group: 6,
            actions: 2,
            networks: 4,
            trials: 120,
            reversal: 60,
            block: 20,
            cue_rate: 103,
            noise_inputs: 2,
            noise_weight: 50,
            ..Choice::default()
        };
        let line = Memory::new(CoreConfig::tiny_l());
        let mut device = Device::connect(Box::new(line), LinkOptions::memory()).unwrap();
        let devices = std::slice::from_mut(&mut device);
        choice.run(devices, teacher, &mut |_, _, _| ()).unwrap()
    }

    #[test]
    fn reward_finds_the_task_and_the_next_one() {
        let found = last_block(Teacher::Reward);
        // Blocks of 20: the third ends before the task changes, the sixth is the last.
        assert!(found.right[2] > 0.9 && found.right[5] > 0.9, "{found:?}");
        assert!(
            found.right[3] < found.right[2],
            "the change is noticed: {found:?}"
        );
    }

    #[test]
    fn without_reward_nothing_is_found() {
        let found = last_block(Teacher::None);
        let mean = found.right.iter().sum::<f64>() / found.right.len() as f64;
        assert!((0.3..0.7).contains(&mean), "{found:?}");
    }

    #[test]
    fn a_changed_task_has_other_answers() {
        let choice = Choice::default();
        let mut random = generator(3, 0);
        let task = choice.task(&mut random);
        let changed = choice.changed(&task, &mut random);
        assert!(
            task.iter().zip(&changed).all(|(a, b)| a != b),
            "{task:?} {changed:?}"
        );
    }
}
