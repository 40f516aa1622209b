//! Decides which steps run, and gives the reasons for skipped steps.

use std::fmt::Write as _;

use anyhow::Result;

use super::Choice;
use super::summary::Totals;
use crate::tools::{self, Lack};

/// A part of the run that can be left out, and whose tools may be missing.
#[derive(Debug)]
pub(super) struct Step {
    /// Its name on the command line.
    pub(super) name: &'static str,
    /// Whether it is part of `--quick`.
    pub(super) quick: bool,
    /// The required tools of `xtask/tools.toml`.
    pub(super) tools: &'static [&'static str],
    /// The work of the step.
    pub(super) work: Work,
}

/// The function of a step, which adds the number of its tests to the totals.
pub(super) type StepFn = fn(&Plan, &mut Totals) -> Result<()>;

/// The work of a step.
#[derive(Debug, Clone, Copy)]
pub(super) enum Work {
    /// This.
    Step(StepFn),
    /// A part of the work of the step of this name.
    PartOf(&'static str),
}

impl Step {
    /// The name of the step that contains it.
    pub(super) fn whole(&self) -> Option<&'static str> {
        match self.work {
            Work::Step(_) => None,
            Work::PartOf(whole) => Some(whole),
        }
    }
}

/// The tool that no quick step needs.
pub(super) const VERILATOR: &str = "verilator";

/// Whether a step runs, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// It runs.
    Runs,
    /// It was not selected.
    NotChosen,
    /// It was excluded with `--without`.
    Without,
    /// It was selected and lacks these tools: the whole run fails.
    Lacks(Vec<Lack>),
}

/// The state of every step.
pub(super) struct Plan {
    quick: bool,
    states: Vec<(&'static Step, State)>,
}

impl Plan {
    /// The plan for the selected steps.
    pub(super) fn new(steps: &'static [Step], choice: &Choice) -> Plan {
        let state = |step: &'static Step| {
            let is_in = |list: &[String]| {
                let named = |name: &str| list.iter().any(|it| it == name);
                named(step.name) || step.whole().is_some_and(named)
            };
            // A part of a step also runs alone, if it is selected alone.
            let part_is_in = steps.iter().any(|part| {
                part.whole() == Some(step.name) && choice.only.iter().any(|it| it == part.name)
            });
            let state = if is_in(&choice.without) {
                State::Without
            } else if (choice.quick && !step.quick)
                || !(choice.only.is_empty() || is_in(&choice.only) || part_is_in)
            {
                State::NotChosen
            } else {
                State::Runs
            };
            (step, state)
        };
        Plan {
            quick: choice.quick,
            states: steps.iter().map(state).collect(),
        }
    }

    /// Whether only crates without Verilator are tested.
    pub(super) fn is_quick(&self) -> bool {
        self.quick
    }

    /// All steps and their states.
    pub(super) fn states(&self) -> impl Iterator<Item = (&'static Step, &State)> {
        self.states.iter().map(|(step, state)| (*step, state))
    }

    /// Whether the step of this name runs.
    pub(super) fn runs(&self, name: &str) -> bool {
        self.states()
            .any(|(step, state)| step.name == name && *state == State::Runs)
    }

    /// The steps that run, with their functions.
    pub(super) fn works(&self) -> Vec<(&'static str, StepFn)> {
        let running = self.states().filter(|(_, state)| **state == State::Runs);
        let works = running.filter_map(|(step, _)| match step.work {
            Work::Step(work) => Some((step.name, work)),
            Work::PartOf(_) => None,
        });
        works.collect()
    }

    /// The tools of the steps that run.
    pub(super) fn tools(&self) -> Vec<&'static str> {
        let running = self.states().filter(|(_, state)| **state == State::Runs);
        let mut tools: Vec<_> = running.flat_map(|(step, _)| self.tools_of(step)).collect();
        tools.sort_unstable();
        tools.dedup();
        tools
    }

    fn tools_of(&self, step: &'static Step) -> impl Iterator<Item = &'static str> {
        let needs = |tool: &&str| !(self.quick && *tool == VERILATOR);
        step.tools.iter().copied().filter(needs)
    }

    /// Marks the steps whose tools are missing, and their parts.
    pub(super) fn note_missing_tools(&mut self) -> Result<()> {
        self.take_out(&tools::lacking(&self.tools())?);
        Ok(())
    }

    fn take_out(&mut self, lacks: &[Lack]) {
        let missing: Vec<Vec<Lack>> = self
            .states()
            .map(|(step, _)| {
                let whole = self.states().map(|it| it.0);
                let whole = whole.into_iter().find(|it| step.whole() == Some(it.name));
                let tools = self.tools_of(step);
                let tools: Vec<_> = tools
                    .chain(whole.iter().flat_map(|it| self.tools_of(it)))
                    .collect();
                let lacks = lacks
                    .iter()
                    .filter(|lack| tools.contains(&lack.command.as_str()));
                lacks.cloned().collect()
            })
            .collect();
        for ((_, state), missing) in self.states.iter_mut().zip(missing) {
            if *state == State::Runs && !missing.is_empty() {
                *state = State::Lacks(missing);
            }
        }
    }

    /// The steps that do not run and the reasons, one line each.
    pub(super) fn not_run(&self) -> String {
        let mut text = String::new();
        let mut put = |mark: &str, name: &str, why: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{mark:>9}  {name:<20} {why}");
        };
        let mut not_chosen = Vec::new();
        for (step, state) in self.states() {
            match state {
                State::Runs => {}
                State::NotChosen => not_chosen.push(step.name),
                State::Without => put("left out", step.name, "by --without"),
                State::Lacks(lacks) => {
                    for lack in lacks {
                        put("NOT RUN", step.name, &format!("it needs {lack}"));
                    }
                    let advice = format!("or leave it out: --without {}", step.name);
                    put("", "", &advice);
                }
            }
        }
        if !not_chosen.is_empty() {
            put("left out", &not_chosen.join(" "), "");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::names;
    use super::super::steps::STEPS;
    use super::*;

    fn plan(quick: bool, only: &[&str], without: &[&str]) -> Plan {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Plan::new(
            &STEPS,
            &Choice {
                quick,
                only: owned(only),
                without: owned(without),
            },
        )
    }

    fn running(plan: &Plan) -> Vec<&'static str> {
        let running = plan.states().filter(|(_, state)| **state == State::Runs);
        running.map(|(step, _)| step.name).collect()
    }

    fn lack(command: &str) -> Lack {
        Lack {
            command: command.to_owned(),
            reason: "not found".to_owned(),
            advice: "buy it".to_owned(),
        }
    }

    #[test]
    fn everything_runs_unless_told_otherwise() {
        assert_eq!(running(&plan(false, &[], &[])), names());
        assert_eq!(running(&plan(false, &["proofs"], &[])), ["proofs"]);
        assert!(!running(&plan(true, &[], &[])).contains(&"equivalence"));
        assert!(!plan(true, &[], &[]).tools().contains(&VERILATOR));
        assert!(plan(false, &[], &[]).tools().contains(&VERILATOR));
    }

    #[test]
    fn a_part_goes_with_its_whole_and_can_be_left_out_alone() {
        let both = ["equivalence", "equivalence-bitstream"];
        assert_eq!(running(&plan(false, &["equivalence"], &[])), both);
        assert_eq!(running(&plan(false, &["equivalence-bitstream"], &[])), both);
        assert_eq!(
            running(&plan(false, &["equivalence"], &["equivalence-bitstream"])),
            ["equivalence"]
        );
        let without = plan(false, &[], &["equivalence"]);
        assert!(!both.iter().any(|name| running(&without).contains(name)));
    }

    #[test]
    fn a_step_without_its_tool_is_told_of_and_the_others_run() {
        let mut all = plan(false, &[], &[]);
        all.take_out(&[lack("icebox_vlog")]);
        let left: Vec<_> = names()
            .into_iter()
            .filter(|it| *it != "equivalence-bitstream")
            .collect();
        assert_eq!(running(&all), left);
        let text = all.not_run();
        assert!(text.contains("NOT RUN  equivalence-bitstream"), "{text}");
        assert!(text.contains("icebox_vlog: not found; buy it"), "{text}");
        assert!(text.contains("--without equivalence-bitstream"), "{text}");
    }

    #[test]
    fn what_is_left_out_lacks_nothing() {
        let mut left = plan(false, &[], &["equivalence-bitstream"]);
        assert!(!left.tools().contains(&"icebox_vlog"));
        left.take_out(&[lack("icebox_vlog")]);
        let text = left.not_run();
        assert!(
            !text.contains("NOT RUN") && text.contains("left out"),
            "{text}"
        );
    }

    #[test]
    fn a_part_lacks_what_its_whole_lacks() {
        let mut all = plan(false, &[], &[]);
        all.take_out(&[lack("yosys")]);
        for name in ["proofs", "boards", "equivalence", "equivalence-bitstream"] {
            assert!(!running(&all).contains(&name), "{name}");
        }
        assert!(running(&all).contains(&"tests"));
    }
}
