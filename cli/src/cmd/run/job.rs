//! All options of a run, checked before anything is changed.

use network::{Network, Snapshot};
use spec::events::Injection;

use super::Cmd;
use super::results::Outputs;
use crate::exit::UsageError;
use crate::files::{self, Output};
use crate::neurons::Probed;
use crate::saved::NetworkOutput;
use crate::snapshots;
use crate::spikes::{SpikeFormat, SpikeOutput, Spikes};
use crate::talk;

/// A run whose options have been checked.
pub(super) struct Job {
    pub(super) ticks: u32,
    pub(super) network: Network,
    /// Whose potentials and currents are written.
    pub(super) probed: Probed,
    /// Input spikes.
    pub(super) spikes: Spikes,
    /// The injections of the network file.
    pub(super) injections: Vec<Injection>,
    /// The snapshot from which the run continues.
    pub(super) before: Option<Snapshot>,
    pub(super) outputs: Outputs,
    /// The file for the network with what it has learned.
    pub(super) save: Option<NetworkOutput>,
    /// The file for the state of the core after the run.
    pub(super) keep: Option<Output>,
}

impl Cmd {
    /// Checks all options, and reads the files that they name.
    pub(super) fn resolve(&mut self) -> anyhow::Result<Job> {
        let tick = &self.import.source.tick;
        let ticks = self.span.required(tick)?;
        self.stimulus.probability(tick)?;
        let outputs = self.outputs()?;
        let sonata = |to: &SpikeOutput| to.format == SpikeFormat::Sonata;
        self.spike_options.is_written_with_population = outputs.spikes.as_ref().is_some_and(sonata);
        let save = self.save.as_deref().map(NetworkOutput::new).transpose()?;
        let keep = self.snapshot.as_deref();
        let keep = keep.map(snapshots::output).transpose()?;
        let before = self.resume.as_deref().map(files::snapshot).transpose()?;
        if let Some(before) = &before {
            self.target.suit_snapshot(before);
        }
        let config = self.target.known_config()?;
        let imported = self.set.network(&self.import, &self.network, config)?;
        for note in imported.warnings() {
            talk::tell(format_args!("note: {note}"));
        }
        if save.is_some() && !imported.injections.is_empty() {
            talk::tell(format_args!(
                "note: what the file adds to currents is not saved: `synfire import` writes it"
            ));
        }
        if before.is_some() && !imported.injections.is_empty() {
            let message = "--resume goes on with a network file: what this file adds to currents \
                           has been added before";
            return Err(UsageError(message.to_owned()).into());
        }
        let network = imported.network;
        let probed = self.probed(&network)?;
        outputs.check(probed.ids().len(), ticks, tick)?;
        if let Some(save) = &save {
            save.check(&network)?;
        }
        let spikes =
            self.stimulus
                .spikes(&self.spike_options, tick, (network.input_count(), ticks))?;
        self.target.suit(&network, self.import.state_bits());
        Ok(Job {
            ticks,
            network,
            probed,
            spikes,
            injections: imported.injections,
            before,
            outputs,
            save,
            keep,
        })
    }

    fn outputs(&self) -> anyhow::Result<Outputs> {
        let array = |path: &Option<_>| path.as_deref().map(Output::array).transpose();
        let spikes = |path| SpikeOutput::new(path, self.spikes_format);
        Ok(Outputs {
            spikes: self.spikes.as_deref().map(spikes).transpose()?,
            potentials: array(&self.potentials)?,
            currents: array(&self.currents)?,
            counts: array(&self.counts)?,
            raster: self.raster.as_deref().map(Output::picture).transpose()?,
        })
    }

    /// The neurons whose state is recorded.
    fn probed(&self, network: &Network) -> anyhow::Result<Probed> {
        if !self.probe.is_empty() && self.potentials.is_none() && self.currents.is_none() {
            let message = "--probe names neurons for --potentials and --currents, say one of them";
            return Err(UsageError(message.to_owned()).into());
        }
        Ok(Probed::of(&self.probe, network)?)
    }
}
