//! Import of SuperNeuroMAT networks: the choice of the network in a file, rounding, and notes.

use std::path::Path;

use anyhow::Context;
use clap::Args;
use interop::quantise::{Fidelity, Word};
use interop::superneuromat::{self, Bits, Rounded};
use network::Network;
use spec::events::Injection;

use crate::files;

/// Maximum number of ranges of ids in a note.
const RANGES: usize = 6;

/// How networks of SuperNeuroMAT are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Networks of other tools (.nir, .json, .real.toml)")]
pub(crate) struct SuperNeuroMatOptions {
    /// Network of a SuperNeuroMAT file that has several, by its number from 0 or its name
    #[arg(long, value_name = "NETWORK")]
    json_network: Option<String>,
    /// Round the numbers of a SuperNeuroMAT network that the core does not hold, instead of refusing
    /// it: weights to --weight-bits
    #[arg(long)]
    round: bool,
}

/// An imported network of SuperNeuroMAT.
#[derive(Debug)]
pub(crate) struct Made {
    /// The network.
    pub(crate) network: Network,
    /// Its injections.
    pub(crate) injections: Vec<Injection>,
    /// For each neuron, its number in the file; empty if all are equal.
    pub(crate) ids: Vec<usize>,
    /// How faithfully it reproduces the file.
    pub(crate) faithful: Fidelity,
    /// Notes for the user.
    pub(crate) notes: Vec<String>,
}

impl SuperNeuroMatOptions {
    /// An option that was given and only affects such networks.
    pub(crate) const fn said(&self) -> Option<&'static str> {
        match (&self.json_network, self.round) {
            (Some(_), _) => Some("--json-network"),
            (_, true) => Some("--round"),
            _ => None,
        }
    }

    /// The network in a file, rounded to this many bits if that is requested and necessary.
    pub(crate) fn network(&self, path: &Path, name: &str, bits: Bits) -> anyhow::Result<Made> {
        let context = || format!("{}: refused", files::name(path));
        let bytes = files::data(path)?;
        let model =
            superneuromat::read(&bytes, self.json_network.as_deref()).with_context(context)?;
        let round = self.round.then_some(bits);
        let made = superneuromat::lower(name, &model, round).with_context(context)?;
        let injection = |&(tick, id, value): &(u32, u32, i32)| Injection { tick, id, value };
        let folded = made.of - made.ids.len();
        let how = match &made.rounded {
            None => "taken over exactly, spike for spike",
            Some(_) => "rounded",
        };
        let mut notes = vec![format!(
            "{how}: {} units of the core are 1.0, and {}",
            made.units,
            if folded == 0 {
                "neuron n is neuron n of the file"
            } else {
                "neurons have new ids"
            }
        )];
        if folded > 0 {
            notes.push(format!(
                "{folded} neurons of the file, which only delayed spikes, are delays of synapses now; \
                 ids of the file became: {}",
                ranges(&made.ids)
            ));
        }
        if made.in_flight > 0 {
            notes.push(format!(
                "the network was saved while spikes were on their way: {} arrivals are added to \
                 currents",
                made.in_flight
            ));
        }
        Ok(Made {
            injections: made.injections.iter().map(injection).collect(),
            network: made.network,
            faithful: made
                .rounded
                .as_ref()
                .map_or_else(Fidelity::exact, |rounded| Fidelity {
                    word: Word::Rounded,
                    why: vec![said(rounded, made.units)],
                }),
            ids: if folded > 0 { made.ids } else { Vec::new() },
            notes,
        })
    }
}

/// A note on the effect of rounding.
fn said(rounded: &Rounded, units: u32) -> String {
    let Rounded {
        weights: (changed, all),
        weight_percent,
        zero,
        other,
    } = rounded;
    let other = other * f64::from(units);
    format!(
        "{changed} of {all} weights are rounded, by {weight_percent:.2} % of a weight at most ({zero} \
         became 0), leaks, states and inputs by {other:.2} units at most"
    )
}

/// The first ranges of ids in the file and in the network, as text.
fn ranges(ids: &[usize]) -> String {
    let mut told = Vec::new();
    let mut first = 0;
    while first < ids.len() && told.len() < RANGES {
        let run = (first..ids.len()).take_while(|&at| ids[at] - ids[first] == at - first);
        let count = run.count();
        let (last, old) = (first + count - 1, ids[first]);
        told.push(if count == 1 {
            format!("{old} -> {first}")
        } else {
            format!("{old}..{} -> {first}..{last}", old + count - 1)
        });
        first = last + 1;
    }
    if first < ids.len() {
        told.push("... (`synfire import -o NET.toml` writes the table to NET_ids.csv)".to_owned());
    }
    told.join(", ")
}

/// The table of ids, for comparisons with the file.
pub(crate) fn table(ids: &[usize]) -> String {
    let lines = ids.iter().enumerate();
    let lines: String = lines.map(|(id, old)| format!("{old},{id}\n")).collect();
    format!("file_id,id\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_in_ranges() {
        assert_eq!(
            ranges(&[0, 1, 2, 7, 9, 10]),
            "0..2 -> 0..2, 7 -> 3, 9..10 -> 4..5"
        );
        let odd: Vec<usize> = (0..40).map(|n| 2 * n).collect();
        assert!(ranges(&odd).starts_with("0 -> 0, 2 -> 1, "));
        assert!(ranges(&odd).contains("10 -> 5, ... (`synfire import"));
        assert_eq!(table(&[0, 4]), "file_id,id\n0,0\n4,1\n");
    }
}
