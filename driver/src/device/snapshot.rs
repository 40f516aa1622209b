//! Reads the complete state of a core from a device, and writes it to a device.

use network::image::{CoreImage, Memories};
use network::{Network, Snapshot};
use spec::regions::Region;
use spec::regs;

use super::Device;
use crate::error::DriverError;

impl Device {
    /// Reads the complete state of the core between two ticks. A core that is not known to be at
    /// rest is [stopped](Device::stop) first.
    ///
    /// `progress` is called with the number of elements read and the total.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn snapshot(
        &mut self,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Snapshot, DriverError> {
        let tick = self.rested()?;
        let sizes = *self.sizes();
        let regions: Vec<Region> = Region::memories(&sizes).collect();
        let memories = self.memories(&regions, progress)?;
        let mut registers = [0; Snapshot::REGISTERS.len()];
        for (register, value) in Snapshot::REGISTERS.into_iter().zip(&mut registers) {
            *value = match register {
                regs::TICK => tick,
                register => self.register(register)?,
            };
        }
        Ok(Snapshot::new(self.info().name, memories, registers))
    }

    /// Replaces the contents of the core by a snapshot, so that it continues like the core that the
    /// snapshot was taken from. The core is [stopped](Device::stop) first.
    ///
    /// `progress` is called with the number of elements written and the total. During the restore
    /// the device reports no network to [`Device::expect_network`].
    ///
    /// # Errors
    /// [`DriverError::SnapshotMismatch`] if the snapshot is for other sizes, or any error of a
    /// session.
    pub fn restore(
        &mut self,
        snapshot: &Snapshot,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        self.check_snapshot(snapshot)?;
        self.stop()?;
        self.set_network(0)?;
        // The initial state is that of another network.
        self.initial.clear();
        self.write_all(&mut || Box::new(snapshot.writes()), progress)?;
        for register in Snapshot::REGISTERS {
            let value = snapshot.register(register);
            match register {
                regs::TICK => self.set_tick(value)?,
                // Written at the end, when the network is complete.
                regs::NETWORK => {}
                _ => {
                    let tick = self.tick;
                    self.set_register(register, value)?;
                    // None of these registers starts ticks, so the core is still at rest.
                    self.tick = tick;
                }
            }
        }
        self.report = Some(regs::CTRL_REPORT.get(snapshot.register(regs::CTRL)) == 1);
        self.set_network(snapshot.register(regs::NETWORK))
    }

    /// Reads back what [`Device::restore`] wrote and compares it. `progress` is called as in
    /// [`Device::restore`]. After a difference, the device reports no network.
    ///
    /// # Errors
    /// [`DriverError::Verify`] with the first element that differs, or any error of a session.
    pub fn verify_snapshot(
        &mut self,
        snapshot: &Snapshot,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), DriverError> {
        self.check_snapshot(snapshot)?;
        self.verify_all(&mut || Box::new(snapshot.writes()), progress)
    }

    /// Reads the network from the device, with what it has learned; see [`Snapshot::network`].
    ///
    /// `image` is the loaded image of `network`. `progress` is called with the number of elements
    /// read and the total.
    ///
    /// # Errors
    /// [`DriverError::NoNetwork`] or [`DriverError::OtherNetwork`] if the device does not hold this
    /// network, [`DriverError::NotANetwork`] if the contents are not a valid network, or any error
    /// of a session.
    pub fn network(
        &mut self,
        network: &Network,
        image: &CoreImage,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Network, DriverError> {
        self.expect_network(image)?;
        let snapshot = self.snapshot(progress)?;
        snapshot
            .network(network)
            .map_err(|source| DriverError::NotANetwork { source })
    }

    /// Reads every element of these regions. `progress` is called with the number of elements read
    /// and the total.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn memories(
        &mut self,
        regions: &[Region],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Memories, DriverError> {
        let sizes = *self.sizes();
        let elements = |region: &Region| region.layout(&sizes).elements;
        let total = regions.iter().map(|it| u64::from(elements(it))).sum();
        let mut memories = Memories::new(&sizes);
        let mut done = 0;
        for region in regions {
            let count = elements(region);
            let values = self.read_with_progress(*region, 0, count, &mut |arrived| {
                progress(done + arrived, total);
            })?;
            memories.hold(*region, &values);
            done += u64::from(count);
        }
        Ok(memories)
    }

    fn check_snapshot(&self, snapshot: &Snapshot) -> Result<(), DriverError> {
        if snapshot.sizes() == self.sizes() {
            return Ok(());
        }
        Err(DriverError::SnapshotMismatch {
            snapshot: snapshot.name(),
            device: self.info().name,
        })
    }
}
