//! The common interface of everything that runs a network: a device, or the model in memory.

use network::image::CoreImage;
use spec::Sizes;
use spec::regions::Region;

use crate::device::{Counted, Device, Sink, Stream};
use crate::error::DriverError;
use crate::in_memory::InMemory;

/// A core that can load and run networks: a device, or the model in memory.
pub trait Runner {
    /// The sizes of the core.
    fn sizes(&self) -> Sizes;

    /// Loads the network, resets the state and lets ticks run as fast as possible. `progress` is
    /// called with the amount done and the total.
    ///
    /// # Errors
    /// Any error of a session.
    fn load(
        &mut self,
        image: &CoreImage,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError>;

    /// Fails unless the core still holds this network.
    ///
    /// # Errors
    /// [`DriverError::NoNetwork`], [`DriverError::OtherNetwork`], and any error of a session.
    fn expect_network(&mut self, image: &CoreImage) -> Result<(), DriverError>;

    /// Sets the tick number to 0.
    ///
    /// # Errors
    /// Any error of a session.
    fn rewind(&mut self) -> Result<(), DriverError>;

    /// Runs ticks, as [`Device::stream`] does.
    ///
    /// # Errors
    /// Those of [`Device::stream`].
    fn stream(
        &mut self,
        stream: Stream<'_>,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Counted, DriverError>;

    /// Reads the potentials of `count` neurons, starting at `first`.
    ///
    /// # Errors
    /// Any error of a session.
    fn potentials(&mut self, first: u32, count: u32) -> Result<Vec<i32>, DriverError>;
}

impl Runner for Device {
    fn sizes(&self) -> Sizes {
        *Device::sizes(self)
    }

    fn load(
        &mut self,
        image: &CoreImage,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        Device::load(self, image, progress)?;
        // The device may still be in real-time mode.
        self.end_real_time()?;
        Ok(())
    }

    fn expect_network(&mut self, image: &CoreImage) -> Result<(), DriverError> {
        Device::expect_network(self, image)
    }

    fn rewind(&mut self) -> Result<(), DriverError> {
        self.set_tick(0)
    }

    fn stream(
        &mut self,
        stream: Stream<'_>,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Counted, DriverError> {
        Device::stream(self, stream, sink, progress)
    }

    fn potentials(&mut self, first: u32, count: u32) -> Result<Vec<i32>, DriverError> {
        self.read_signed(Region::Potential, first, count)
    }
}

impl Runner for InMemory {
    fn sizes(&self) -> Sizes {
        *InMemory::sizes(self)
    }

    fn load(
        &mut self,
        image: &CoreImage,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        let elements = u64::from(image.sizes().synapse_words) << image.sizes().lanes_log2;
        *self = InMemory::new(image, &mut |done| progress(done.min(elements), elements));
        Ok(())
    }

    /// No other program can access this core.
    fn expect_network(&mut self, _: &CoreImage) -> Result<(), DriverError> {
        Ok(())
    }

    fn rewind(&mut self) -> Result<(), DriverError> {
        InMemory::rewind(self);
        Ok(())
    }

    fn stream(
        &mut self,
        stream: Stream<'_>,
        sink: &mut dyn Sink,
        progress: &mut dyn FnMut(u32),
    ) -> Result<Counted, DriverError> {
        InMemory::stream(self, stream, sink, progress)
    }

    fn potentials(&mut self, first: u32, count: u32) -> Result<Vec<i32>, DriverError> {
        Ok(InMemory::potentials(self, first, count))
    }
}
