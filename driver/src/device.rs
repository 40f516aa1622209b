//! The typed operations that a host performs on a core.
//!
//! A [`Device`] is a core at the other end of a [`Link`]. This module reads and writes the core's
//! memories; [`load`](Device::load) loads networks and [`run`](Device::run) runs them.

mod feeder;
mod live;
mod load;
mod meter;
mod run;
mod snapshot;
mod stream;

use network::image::Write;
use spec::fixed::sign_extend;
use spec::regions::Region;
use spec::regs;
use spec::wire::Request;
use spec::{CoreConfig, Sizes};

use crate::error::DriverError;
use crate::link::Link;
use crate::session::{LinkOptions, LinkStatistics};
use crate::transport::Transport;

pub use crate::session::{DeviceInfo, Probe, Quantity};
pub use live::{Live, Start};
pub use meter::{Count, Counted, Totals};
pub use run::{Recording, Run};
pub use stream::{Sink, Stream};

/// Counters of a core's work since power-up, or between two readings; each modulo 2^32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkCounters {
    /// Cycles spent in ticks.
    pub cycles: u32,
    /// Spikes of neurons.
    pub spikes: u32,
    /// Synapse words delivered.
    pub words: u32,
    /// Rows made due.
    pub routed: u32,
}

impl WorkCounters {
    /// The work since an earlier reading.
    #[must_use]
    pub const fn since(self, earlier: WorkCounters) -> WorkCounters {
        WorkCounters {
            cycles: self.cycles.wrapping_sub(earlier.cycles),
            spikes: self.spikes.wrapping_sub(earlier.spikes),
            words: self.words.wrapping_sub(earlier.words),
            routed: self.routed.wrapping_sub(earlier.routed),
        }
    }
}

/// The state of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Ticks run so far, modulo 2^32.
    pub tick: u32,
    /// Whether nothing is queued or running.
    pub idle: bool,
    /// Whether a tick waits for the host to take words; until then, memories cannot be read.
    pub stalled: bool,
    /// Whether a neuron is not at rest.
    pub active: bool,
}

/// A core at the other end of a line.
///
/// ```
/// use driver::{Device, LinkOptions};
/// use driver::transport::Memory;
/// use spec::{CoreConfig, Sizes};
/// use spec::regions::Region;
///
/// let line = Memory::new(CoreConfig::tiny());
/// let mut device = Device::connect(Box::new(line), LinkOptions::memory())?;
/// device.write(Region::Threshold, 0, &[100, 200])?;
/// assert_eq!(device.read(Region::Threshold, 0, 2)?, [100, 200]);
/// # Ok::<(), driver::DriverError>(())
/// ```
#[derive(Debug)]
pub struct Device {
    link: Link,
    info: DeviceInfo,
    /// The tick number, if the core is known to be at rest.
    tick: Option<u32>,
    /// Whether spikes are sent, if known.
    report: Option<bool>,
    /// Hash of the network that the device reports, if known.
    network: Option<u32>,
    /// Writes that follow a reset of the state: the initial state of the network that the device is
    /// known to hold, where it differs from what the reset makes.
    initial: Vec<Write>,
}

impl Device {
    /// Greets the device on this line and checks that it is a supported core.
    ///
    /// This does not disturb a running core; [`Device::stop`] brings the core to rest.
    ///
    /// # Errors
    /// A [`DriverError`] that tells why it is not a supported core: no answer, an unknown device,
    /// another protocol version, or invalid sizes.
    pub fn connect(
        transport: Box<dyn Transport>,
        options: LinkOptions,
    ) -> Result<Device, DriverError> {
        let (link, info) = Link::open(transport, options)?;
        Ok(Device {
            link,
            info,
            tick: None,
            report: None,
            network: None,
            initial: Vec::new(),
        })
    }

    /// The identity of the device.
    #[must_use]
    pub const fn info(&self) -> DeviceInfo {
        self.info
    }

    /// Its sizes.
    #[must_use]
    pub const fn sizes(&self) -> &Sizes {
        &self.info.sizes
    }

    /// The statistics of the link so far.
    #[must_use]
    pub const fn link_statistics(&self) -> LinkStatistics {
        self.link.statistics()
    }

    /// Checks that the device has this config, by its name and its sizes.
    ///
    /// # Errors
    /// [`DriverError::ConfigMismatch`], [`DriverError::OtherSizes`].
    pub fn expect_config(&self, wanted: &CoreConfig) -> Result<(), DriverError> {
        let DeviceInfo { name, sizes, .. } = self.info;
        if name != wanted.name {
            return Err(DriverError::ConfigMismatch {
                wanted: wanted.name,
                found: name,
            });
        }
        if sizes != wanted.sizes {
            return Err(DriverError::OtherSizes { name });
        }
        Ok(())
    }

    /// Reads the elements `index .. index + count` of a memory; each value is in the low bits.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn read(
        &mut self,
        region: Region,
        index: u32,
        count: u32,
    ) -> Result<Vec<u32>, DriverError> {
        self.read_with_progress(region, index, count, &mut |_| ())
    }

    /// Like [`Device::read`]; calls `progress` with the number of elements that have arrived.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn read_with_progress(
        &mut self,
        region: Region,
        index: u32,
        count: u32,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Vec<u32>, DriverError> {
        self.check_range(region, index, count as usize)?;
        let bytes = region.layout(self.sizes()).bytes();
        self.link.read(region, index, count, bytes, progress)
    }

    /// Reads all elements of a memory.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn read_all(&mut self, region: Region) -> Result<Vec<u32>, DriverError> {
        self.read(region, 0, region.layout(self.sizes()).elements)
    }

    /// Reads elements of a memory as two's complement numbers.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn read_signed(
        &mut self,
        region: Region,
        index: u32,
        count: u32,
    ) -> Result<Vec<i32>, DriverError> {
        let bits = region.layout(self.sizes()).bits;
        let values = self.read(region, index, count)?;
        Ok(values
            .into_iter()
            .map(|value| sign_extend(value, bits))
            .collect())
    }

    /// Writes elements, starting at `index`. After a write to a part of the network, the device no
    /// longer reports the loaded network.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn write(&mut self, region: Region, index: u32, values: &[u32]) -> Result<(), DriverError> {
        self.check_range(region, index, values.len())?;
        let bytes = region.layout(self.sizes()).bytes();
        self.disown(region)?;
        self.forget(region, index, values.len());
        let mut requests = load::write_requests(region, bytes, index, values);
        self.link.write(&mut requests, &mut |_| ())
    }

    /// Reads a register.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn register(&mut self, index: u32) -> Result<u32, DriverError> {
        Ok(self
            .read(Region::Registers, index, 1)?
            .first()
            .copied()
            .unwrap_or(0))
    }

    /// Writes a register.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn set_register(&mut self, index: u32, value: u32) -> Result<(), DriverError> {
        self.write(Region::Registers, index, &[value])
    }

    /// Writes one value to a whole range of a memory.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn fill(
        &mut self,
        region: Region,
        index: u32,
        count: u32,
        value: u32,
    ) -> Result<(), DriverError> {
        self.check_range(region, index, count as usize)?;
        self.disown(region)?;
        self.forget(region, index, count as usize);
        let data = load::element_bytes(value, region.layout(self.sizes()).bytes()).collect();
        let request = Request::Fill {
            region: region.number(),
            index,
            count,
            data,
        };
        self.link.write(&mut std::iter::once(request), &mut |_| ())
    }

    /// Reads the state of the core; this also works while the core runs.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn state(&mut self) -> Result<State, DriverError> {
        let answer = self.link.peek()?;
        let status = u32::from(answer.status);
        Ok(State {
            tick: answer.tick,
            idle: regs::STATUS_IDLE.get(status) == 1,
            stalled: regs::STATUS_STALLED.get(status) == 1,
            active: regs::STATUS_ACTIVE.get(status) == 1,
        })
    }

    /// Reads the counters of work since power-up.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn counters(&mut self) -> Result<WorkCounters, DriverError> {
        let words = self.read(Region::Registers, regs::CYCLES, 4)?;
        let at = |register: u32| words.get((register - regs::CYCLES) as usize).copied();
        Ok(WorkCounters {
            cycles: at(regs::CYCLES).unwrap_or(0),
            spikes: at(regs::SPIKES).unwrap_or(0),
            words: at(regs::WORDS).unwrap_or(0),
            routed: at(regs::ROUTED).unwrap_or(0),
        })
    }

    /// Reads the number of delivered synapse words and injected currents for which a sum was
    /// clamped, since power-up or the last [`Device::clear_clamps`]. The count saturates at
    /// [`regs::CLAMPS_MAX`].
    ///
    /// # Errors
    /// Any error of a session.
    pub fn clamps(&mut self) -> Result<u32, DriverError> {
        self.register(regs::CLAMPS)
    }

    /// Sets the count of clamps to 0.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn clear_clamps(&mut self) -> Result<(), DriverError> {
        self.set_register(regs::CLAMPS, 0)
    }

    /// Selects whether spikes are sent as they occur. If not, they are only counted, and the line
    /// is free for input.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn set_report(&mut self, report: bool) -> Result<(), DriverError> {
        self.set_register(regs::CTRL, regs::CTRL_REPORT.put(u32::from(report)))?;
        self.report = Some(report);
        Ok(())
    }

    /// Sets the period of ticks in cycles; 0 runs ticks as fast as possible.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn set_tick_period(&mut self, cycles: u32) -> Result<(), DriverError> {
        self.set_register(regs::TICK_PERIOD, cycles)
    }

    /// Ends real-time mode: ticks run as fast as possible again. Returns the number of late ticks
    /// since the last call.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn end_real_time(&mut self) -> Result<u32, DriverError> {
        self.set_tick_period(0)?;
        let overruns = self.register(regs::OVERRUNS)?;
        self.set_register(regs::OVERRUNS, 0)?;
        Ok(overruns)
    }

    /// Drops the cached values of registers that a write may change.
    fn forget(&mut self, region: Region, index: u32, count: usize) {
        if region == Region::Registers {
            self.tick = None;
            self.report = None;
            // Other registers do not affect the network.
            if (index..).take(count).any(|it| it == regs::NETWORK) {
                self.network = None;
            }
        }
    }

    fn check_range(&self, region: Region, index: u32, count: usize) -> Result<(), DriverError> {
        let elements = i64::from(region.layout(self.sizes()).elements);
        // Lossless: memories have fewer than 2^24 elements, and a longer slice is refused.
        let last = i64::from(index) + count as i64 - 1;
        if count == 0 || last >= elements {
            return Err(DriverError::OutOfRange {
                what: format!("last element of {}", region.name()),
                value: last,
                min: i64::from(index),
                max: elements - 1,
            });
        }
        Ok(())
    }
}
