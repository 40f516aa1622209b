//! Collects the spikes of a network's populations and inputs for a picture during a run.

use network::{Network, Population};
use spec::events::Spike;
use viz::plot::Neurons;
use viz::raster::{Band, Marks, Raster};

/// Spikes of groups whose ids are consecutive.
pub(crate) struct Marked {
    /// The first id of each group, ascending, and its spikes.
    groups: Vec<(usize, Marks)>,
}

impl Marked {
    /// No spikes yet, for groups with these first ids and sizes.
    fn new(groups: impl Iterator<Item = (usize, usize)>, ticks: u32) -> Marked {
        let groups = groups.map(|(first, size)| (first, Marks::new(first, size, ticks)));
        Marked {
            groups: groups.collect(),
        }
    }

    /// No spikes yet, for the inputs of a network.
    pub(crate) fn inputs(network: &Network, ticks: u32) -> Marked {
        let inputs = network.inputs().iter();
        Marked::new(inputs.map(|input| (input.first, input.size)), ticks)
    }

    /// Adds a spike.
    pub(crate) fn push(&mut self, spike: Spike) {
        let id = spike.id as usize;
        let after = self.groups.partition_point(|(first, _)| *first <= id);
        let own = after.checked_sub(1);
        if let Some((_, marks)) = own.and_then(|own| self.groups.get_mut(own)) {
            marks.push(spike);
        }
    }
}

/// The bands of the populations, in the order of the network.
pub(crate) struct Bands {
    ticks: u32,
    tick: Option<f64>,
    populations: Marked,
}

impl Bands {
    /// No spikes yet, for a run of `ticks` ticks of `tick` seconds, if their length is known.
    pub(crate) fn new(network: &Network, ticks: u32, tick: Option<f64>) -> Bands {
        let populations = network.populations().iter();
        let populations = populations.map(|it| (it.first, it.size));
        Bands {
            ticks,
            tick,
            populations: Marked::new(populations, ticks),
        }
    }

    /// Adds a spike.
    pub(crate) fn push(&mut self, spike: Spike) {
        self.populations.push(spike);
    }

    /// The picture: populations from the last to the first, then the inputs, from the top down.
    pub(crate) fn raster(self, network: &Network, inputs: Option<Marked>) -> Raster {
        let populations = network.populations().iter();
        let populations = populations.zip(self.populations.groups).rev();
        let populations = populations.map(|(population, (first, marks))| Band {
            name: population.name.clone(),
            inputs: false,
            first,
            size: population.size,
            reported: reporting(population, marks.count() > 0).count(),
            numbered_from: first,
            marks,
        });
        let marked = inputs.into_iter().flat_map(|inputs| inputs.groups);
        let inputs = network.inputs().iter().zip(marked);
        let inputs = inputs.map(|(input, (first, marks))| Band {
            name: input.name.clone(),
            inputs: true,
            first,
            size: input.size,
            reported: input.size,
            numbered_from: first,
            marks,
        });
        let bands = populations.chain(inputs.collect::<Vec<_>>().into_iter().rev());
        Raster {
            title: network.name().to_owned(),
            ticks: self.ticks,
            note: String::new(),
            tick: self.tick,
            bands: bands.filter(|band| band.size > 0).collect(),
            segments: Vec::new(),
        }
    }
}

/// The neurons of a population whose spikes are known: those that report, or all, if none reports
/// and there are spikes of the population anyway, which then come from another source.
fn reporting(population: &Population, has_spikes: bool) -> impl Iterator<Item = usize> {
    let any = population.dynamics.iter().any(|it| it.report);
    let all = has_spikes && !any;
    let each = population.ids().zip(&population.dynamics);
    each.filter(move |(_, dynamics)| all || dynamics.report)
        .map(|(id, _)| id)
}

/// The neurons of each population whose spikes are known.
pub(crate) fn known(network: &Network, spikes: &[Spike]) -> Vec<Neurons> {
    // A single pass over the spikes, for any number of populations.
    let mut spiked = vec![false; network.neuron_count()];
    for spike in spikes {
        if let Some(spiked) = spiked.get_mut(spike.id as usize) {
            *spiked = true;
        }
    }
    let of = |population: &Population| {
        let has_spikes = population.ids().any(|id| spiked.get(id) == Some(&true));
        let ids: Vec<usize> = reporting(population, has_spikes).collect();
        Neurons {
            name: population.name.clone(),
            unreported: population.size - ids.len(),
            ids,
        }
    };
    network.populations().iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use network::{NetworkBuilder, PopulationBuilder};

    fn network() -> Network {
        let population = |name| PopulationBuilder::new(name, 3).threshold(1);
        NetworkBuilder::new("n")
            .input("left", 2)
            .input("right", 4)
            .population(population("hidden").report(false))
            .population(population("half").report(vec![true, false, true]))
            .population(population("out"))
            .build()
            .unwrap()
    }

    #[test]
    fn only_neurons_that_report_are_known() {
        let spike = |id| Spike { tick: 1, id };
        let known = |spikes: &[Spike]| {
            let groups = super::known(&network(), spikes).into_iter();
            groups.map(|it| (it.ids, it.unreported)).collect::<Vec<_>>()
        };
        let silent = known(&[]);
        assert_eq!(silent[0], (vec![], 3));
        assert_eq!(silent[1], (vec![3, 5], 1));
        assert_eq!(silent[2], (vec![6, 7, 8], 0));
        // Spikes of a population that reports none come from a source that has all of them.
        assert_eq!(known(&[spike(1)])[0], (vec![0, 1, 2], 0));
    }

    #[test]
    fn bands_have_the_names_of_inputs_and_populations() {
        let network = network();
        let mut bands = Bands::new(&network, 10, Some(1e-3));
        bands.push(Spike { tick: 1, id: 8 });
        let mut inputs = Marked::inputs(&network, 10);
        inputs.push(Spike { tick: 1, id: 2 });
        let raster = bands.raster(&network, Some(inputs));
        let found = raster.bands.iter().map(|band| {
            let spikes = band.marks.count();
            (&band.name[..], band.inputs, band.reported, spikes)
        });
        assert_eq!(
            found.collect::<Vec<_>>(),
            [
                ("out", false, 3, 1),
                ("half", false, 2, 0),
                ("hidden", false, 0, 0),
                ("right", true, 4, 1),
                ("left", true, 2, 0),
            ]
        );
        assert_eq!(raster.tick, Some(1e-3));
    }
}
