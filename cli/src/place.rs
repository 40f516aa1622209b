//! Where a network runs: on a device, or on the model in memory if the network is too large for
//! every config.

use anyhow::Result;
use driver::device::{Counted, Sink, Stream};
use driver::in_memory::InMemory;
use driver::{Device, DriverError, Runner};
use network::Network;
use network::image::{CoreImage, Usage};
use spec::Sizes;

use crate::options::TargetOptions;
use crate::progress::Progress;
use crate::target::Opened;

/// A core that holds the network, or will hold it.
pub(crate) enum Place {
    /// A device at the other end of a line.
    Device(Box<Opened>, Box<CoreImage>),
    /// A model in memory, as large as the network needs, and how much of it the network uses.
    Memory(Box<InMemory>, Usage),
}

impl Place {
    /// The device of the target; a model whose config was not named may become as large as needed.
    pub(crate) fn open(target: &TargetOptions, network: &Network) -> Result<Place> {
        if let Some(image) = target.model_for(network)? {
            let mut core = InMemory::empty();
            let mut progress = Progress::new("loading");
            core.load(&image, &mut |done, of| progress.set(done, of))?;
            return Ok(Place::Memory(Box::new(core), *image.usage()));
        }
        let opened = target.open()?;
        let image = CoreImage::map(network, opened.device.sizes())?;
        Ok(Place::Device(Box::new(opened), Box::new(image)))
    }

    pub(crate) fn sizes(&self) -> &Sizes {
        match self {
            Place::Device(opened, _) => opened.device.sizes(),
            Place::Memory(core, _) => core.sizes(),
        }
    }

    /// The amount of this resource that the network uses.
    pub(crate) fn usage(&self) -> &Usage {
        match self {
            Place::Device(_, image) => image.usage(),
            Place::Memory(_, usage) => usage,
        }
    }

    /// The name of the core.
    pub(crate) fn name(&self) -> String {
        match self {
            Place::Device(opened, _) => opened.device.info().name.to_string(),
            Place::Memory(..) => "model".to_owned(),
        }
    }

    /// The device and the image to load, if there is a device.
    pub(crate) fn device(&mut self) -> Option<(&mut Device, &CoreImage)> {
        match self {
            Place::Device(opened, image) => Some((&mut opened.device, image)),
            Place::Memory(..) => None,
        }
    }

    pub(crate) fn stream(
        &mut self,
        stream: Stream<'_>,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Counted, DriverError> {
        match self {
            Place::Device(opened, _) => opened.device.stream(stream, sink, progress),
            Place::Memory(core, _) => core.stream(stream, sink, progress),
        }
    }

    /// The number of clamped sums of currents.
    pub(crate) fn clamps(&mut self) -> Result<u32, DriverError> {
        match self {
            Place::Device(opened, _) => opened.device.clamps(),
            Place::Memory(core, _) => Ok(core.clamps()),
        }
    }

    /// The network with what it has learned.
    pub(crate) fn network(&mut self, network: &Network) -> Result<Network, DriverError> {
        let mut progress = Progress::new("reading the network");
        match self {
            Place::Device(opened, image) => {
                let device = &mut opened.device;
                device.network(network, image, &mut |done, of| progress.set(done, of))
            }
            Place::Memory(core, _) => core.network(network),
        }
    }
}
