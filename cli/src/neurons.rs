//! Neurons as a user names them: by number in the network, or by population and index.

use driver::device::Probe;
use network::Network;
use network::nearest::nearest;

use crate::exit::UsageError;

/// The neurons of a list of names, each once, in the order of the list.
///
/// `17` and `4..9` are numbers in the network; `e` is a whole population, `e:3` and `e:0..9` are
/// numbers in it. A range includes both ends.
pub(crate) fn named(names: &[String], network: &Network) -> Result<Vec<usize>, UsageError> {
    let mut ids = Vec::new();
    let mut seen = vec![false; network.neuron_count()];
    for name in names {
        for id in one(name.trim(), network).map_err(UsageError)? {
            if !std::mem::replace(&mut seen[id], true) {
                ids.push(id);
            }
        }
    }
    Ok(ids)
}

fn one(name: &str, network: &Network) -> Result<std::ops::RangeInclusive<usize>, String> {
    let all = network.neuron_count();
    let (population, numbers) = match name.split_once(':') {
        Some((population, numbers)) => (Some(population), Some(numbers)),
        None if name.starts_with(|c: char| c.is_ascii_digit()) && range(name).is_some() => {
            (None, Some(name))
        }
        None => (Some(name), None),
    };
    let (first, size, whose) = match population {
        None => (0, all, "the network".to_owned()),
        Some(population) => {
            let known = || network.populations().iter();
            let Some(found) = known().find(|it| it.name == population) else {
                let names: Vec<&str> = known().map(|it| it.name.as_str()).collect();
                return Err(match nearest(population, names.iter().copied()) {
                    Some(meant) => {
                        format!("no population is named {population:?}; did you mean {meant:?}?")
                    }
                    None => format!(
                        "no population is named {population:?}, there are {}",
                        names.join(", ")
                    ),
                });
            };
            let ids = found.ids();
            (ids.start, ids.len(), format!("population {population:?}"))
        }
    };
    let Some(numbers) = numbers else {
        return Ok(first..=first + size - 1);
    };
    let Some((from, to)) = range(numbers) else {
        return Err(format!(
            "{name:?} names no neurons, must be such as 17, 4..9, e, e:3 or e:0..9"
        ));
    };
    if let Some(beyond) = [from, to].into_iter().find(|&number| number >= size) {
        let last = size - 1;
        return Err(format!(
            "neuron is {beyond} in {name:?}, {whose} has 0..={last}"
        ));
    }
    if from > to {
        return Err(format!("{name:?} ends before it begins"));
    }
    Ok(first + from..=first + to)
}

/// A number, or two numbers with dots between them.
fn range(text: &str) -> Option<(usize, usize)> {
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number with too many digits is larger than that of any neuron.
        digits.then(|| text.parse().unwrap_or(usize::MAX))
    };
    match text.split_once("..") {
        None => number(text).map(|one| (one, one)),
        Some((from, to)) => Some((number(from)?, number(to.strip_prefix('=').unwrap_or(to))?)),
    }
}

/// The neurons whose state a run records. The core sends a contiguous range that contains them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Probed {
    ids: Vec<usize>,
    first: usize,
    values: Vec<i32>,
}

impl Probed {
    /// The named neurons, or all.
    pub(crate) fn of(names: &[String], network: &Network) -> Result<Probed, UsageError> {
        let ids = match names {
            [] => (0..network.neuron_count()).collect(),
            names => named(names, network)?,
        };
        Ok(Probed {
            first: ids.iter().copied().min().unwrap_or(0),
            ids,
            values: Vec::new(),
        })
    }

    /// Their numbers in the network.
    pub(crate) fn ids(&self) -> &[usize] {
        &self.ids
    }

    /// The probe: all neurons from the first to the last of them.
    pub(crate) fn probe(&self, potentials: bool, currents: bool) -> Probe {
        let last = self.ids.iter().copied().max();
        let count = last.map_or(0, |last| last + 1 - self.first);
        // Lossless: a device has fewer than 2^15 neurons.
        Probe {
            first: self.first as u32,
            count: count as u32,
            potentials,
            currents,
        }
    }

    /// Selects their values from those that the core sent.
    pub(crate) fn pick(&mut self, sent: &[i32]) -> &[i32] {
        self.values.clear();
        let value = |&id: &usize| sent.get(id - self.first).copied().unwrap_or(0);
        self.values.extend(self.ids.iter().map(value));
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "format_version = 2\nname = \"n\"\n\
        [[population]]\nname = \"exc\"\nsize = 4\nthreshold = 1\n\
        [[population]]\nname = \"7\"\nsize = 10\nthreshold = 1\n";

    fn network() -> Network {
        Network::from_toml(TEXT, &mut |_| Ok(Vec::new())).unwrap()
    }

    fn found(names: &str) -> Result<Vec<usize>, String> {
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        named(&names, &network()).map_err(|error| error.to_string())
    }

    #[test]
    fn neurons_have_numbers_in_the_network_and_in_their_population() {
        for (names, ids) in [
            ("0", &[0][..]),
            ("13", &[13]),
            ("2..4", &[2, 3, 4]),
            ("2..=4", &[2, 3, 4]),
            ("exc", &[0, 1, 2, 3]),
            ("exc:3", &[3]),
            ("7:3", &[7]),
            ("7", &[7]),
            ("7:0..1,exc:2,5", &[4, 5, 2]),
        ] {
            assert_eq!(found(names).unwrap(), ids, "{names}");
        }
    }

    #[test]
    fn what_names_no_neuron_is_told() {
        for (names, answer) in [
            ("14", "neuron is 14 in \"14\", the network has 0..=13"),
            (
                "exc:4",
                "neuron is 4 in \"exc:4\", population \"exc\" has 0..=3",
            ),
            (
                "exc:0..9",
                "neuron is 9 in \"exc:0..9\", population \"exc\" has 0..=3",
            ),
            ("exc:3..1", "\"exc:3..1\" ends before it begins"),
            (
                "exx:3",
                "no population is named \"exx\"; did you mean \"exc\"?",
            ),
            ("in", "no population is named \"in\", there are exc, 7"),
            (
                "exc:",
                "\"exc:\" names no neurons, must be such as 17, 4..9, e, e:3 or e:0..9",
            ),
            (
                "99999999999999999999999",
                "neuron is 18446744073709551615 in \"99999999999999999999999\", the network has 0..=13",
            ),
        ] {
            assert_eq!(found(names).unwrap_err(), answer);
        }
    }

    #[test]
    fn a_core_sends_a_range_of_which_those_asked_for_are_kept() {
        let names = ["7:2".to_owned(), "exc:3".to_owned()];
        let mut probed = Probed::of(&names, &network()).unwrap();
        assert_eq!(probed.ids(), [6, 3]);
        let probe = probed.probe(true, false);
        assert_eq!((probe.first, probe.count), (3, 4));
        assert_eq!(probed.pick(&[30, 40, 50, 60]), [60, 30]);
        let all = Probed::of(&[], &network()).unwrap();
        assert_eq!((all.ids().len(), all.probe(true, true).count), (14, 14));
    }
}
