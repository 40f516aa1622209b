//! A network on a core, with an account of the work that it does.

use network::image::CoreImage;
use network::{Network, SourceId};
use spec::regs;

use super::LearningError;
use super::work::Work;
use driver::device::{Device, Recording, Run};
use driver::error::DriverError;
use spec::events::Spike;

/// A network on a core.
pub(super) struct Session<'a> {
    pub(super) device: &'a mut Device,
    /// Synapses of each input.
    from_input: Vec<u64>,
    /// Synapses of each neuron.
    from_neuron: Vec<u64>,
    pub(super) work: Work,
}

impl<'a> Session<'a> {
    /// Loads the network; `progress` is called with a description, the number of elements written,
    /// and the total.
    pub(super) fn load(
        network: &Network,
        device: &'a mut Device,
        progress: &mut dyn FnMut(&'static str, u64, u64),
    ) -> Result<Session<'a>, LearningError> {
        let image = CoreImage::map(network, device.sizes())?;
        device.load(&image, &mut |done, of| progress("loading", done, of))?;
        let mut from_input = vec![0; network.input_count()];
        let mut from_neuron = vec![0; network.neuron_count()];
        for connection in network.connections() {
            match connection.source {
                SourceId::Input(id) => from_input[id] += 1,
                SourceId::Neuron(id) => from_neuron[id] += 1,
            }
        }
        Ok(Session {
            device,
            from_input,
            from_neuron,
            work: Work::default(),
        })
    }

    /// Switches learning on or off, for weights and thresholds.
    pub(super) fn set_learning(&mut self, on: bool) -> Result<(), DriverError> {
        self.device.set_register(regs::LEARNING, u32::from(on))
    }

    /// Sets the factor of all weight changes, in units of 1/256.
    pub(super) fn set_reward(&mut self, reward: i32) -> Result<(), DriverError> {
        // Lossless: the register holds two's complement.
        self.device.set_register(regs::REWARD, reward as u32)
    }

    /// Runs ticks and adds their work to the total.
    pub(super) fn run(
        &mut self,
        ticks: u32,
        reset: bool,
        spikes: &[Spike],
    ) -> Result<Recording, DriverError> {
        let before = self.device.counters()?;
        let run = Run {
            ticks,
            reset,
            spikes,
            report: true,
            ..Run::default()
        };
        let recording = self.device.run(&run, &mut |_| ())?;
        let counted = self.device.counters()?.since(before);
        let events = |synapses: &[u64], spikes: &[Spike]| -> u64 {
            let each = spikes.iter().map(|spike| spike.id as usize);
            each.filter_map(|id| synapses.get(id)).sum()
        };
        self.work += Work {
            ticks: u64::from(ticks),
            input_spikes: spikes.len() as u64,
            spikes: u64::from(counted.spikes),
            synaptic_events: events(&self.from_input, spikes)
                + events(&self.from_neuron, &recording.spikes),
            cycles: u64::from(counted.cycles),
        };
        Ok(recording)
    }
}
