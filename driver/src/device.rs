//! What a host does with a core, as typed operations.
//!
//! A [`Device`] is a core of a known config at the other end of a [`Link`]. Its memories are read
//! and written here; networks are loaded in [`load`](Device::load) and run in
//! [`run`](Device::run).

mod feeder;
mod learned;
mod load;
mod meter;
mod run;
mod stream;
mod unpack;

use spec::CoreConfig;
use spec::config::PROTOCOL_VERSION;
use spec::fixed::sign_extend;
use spec::regions::Region;
use spec::regs;
use spec::wire::{Greeting, Request};

use crate::error::{DriverError, Stranger};
use crate::link::{Link, LinkOptions, LinkStatistics};
use crate::transport::Transport;

pub use meter::Totals;
pub use run::{Probe, Recording, Run};
pub use stream::{Count, Counted, Quantity, Sink, Stream};

/// Who a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceInfo {
    /// Its sizes.
    pub config: &'static CoreConfig,
    /// Frequency of its clock, in Hz.
    pub clock_hz: u32,
    /// Hash of the description that it was built from.
    pub build: u32,
    /// Version of the protocol that it speaks.
    pub protocol: u8,
    /// The PLL of its clock has locked, or it has none.
    pub is_locked: bool,
}

/// What a core has done since it was powered up, or between two readings; each modulo 2^32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Cycles spent in ticks.
    pub cycles: u32,
    /// Spikes of neurons.
    pub spikes: u32,
    /// Synapse words delivered.
    pub words: u32,
    /// Rows made due.
    pub routed: u32,
}

impl Counters {
    /// What was done since an earlier reading.
    #[must_use]
    pub const fn since(self, earlier: Counters) -> Counters {
        Counters {
            cycles: self.cycles.wrapping_sub(earlier.cycles),
            spikes: self.spikes.wrapping_sub(earlier.spikes),
            words: self.words.wrapping_sub(earlier.words),
            routed: self.routed.wrapping_sub(earlier.routed),
        }
    }
}

/// How a core stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Ticks run so far, modulo 2^32.
    pub tick: u32,
    /// Nothing is queued or running.
    pub idle: bool,
    /// A tick waits for the host to take words; memories cannot be read before it has.
    pub stalled: bool,
    /// Some neuron is not at rest.
    pub active: bool,
}

/// A core at the other end of a line.
///
/// ```
/// use driver::{Device, LinkOptions};
/// use driver::transport::Memory;
/// use spec::CoreConfig;
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
    /// Tick number, while the core is known to be at rest.
    tick: Option<u32>,
    /// Whether spikes are sent, if that is known.
    report: Option<bool>,
    /// Hash of the network that the device says it holds, if that is known.
    network: Option<u32>,
}

impl Device {
    /// Greets the device on that line and makes sure that it is a core this program knows.
    ///
    /// Nothing that the core does is disturbed; call [`Device::stop`] to have it at rest.
    ///
    /// # Errors
    /// One [`DriverError`] for each way in which it may not be one: silent, a stranger, another
    /// protocol, another config, another build.
    pub fn connect(
        transport: Box<dyn Transport>,
        options: LinkOptions,
    ) -> Result<Device, DriverError> {
        let (mut link, greeting) = Link::open(transport, options)?;
        let mut info = identify(&greeting, link.line())?;
        let status = u32::from(link.find_position()?.status);
        info.is_locked = regs::STATUS_UNLOCKED.get(status) == 0;
        Ok(Device {
            link,
            info,
            tick: None,
            report: None,
            network: None,
        })
    }

    /// Who the device is.
    #[must_use]
    pub const fn info(&self) -> DeviceInfo {
        self.info
    }

    /// Its sizes.
    #[must_use]
    pub const fn config(&self) -> &'static CoreConfig {
        self.info.config
    }

    /// What the link has seen so far.
    #[must_use]
    pub const fn link_statistics(&self) -> LinkStatistics {
        self.link.statistics()
    }

    /// Checks that the device has the config of that name.
    ///
    /// # Errors
    /// [`DriverError::ConfigMismatch`].
    pub fn expect_config(&self, wanted: &str) -> Result<(), DriverError> {
        if self.config().name == wanted {
            return Ok(());
        }
        let found = self.config().name.to_owned();
        Err(DriverError::ConfigMismatch {
            wanted: wanted.to_owned(),
            found,
        })
    }

    /// Elements `index .. index + count` of a memory, each in its low bits.
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

    /// [`Device::read`]; `progress` hears the number of elements that have arrived.
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
        let bytes = region.layout(self.config()).bytes();
        self.link.read(region, index, count, bytes, progress)
    }

    /// All elements of a memory.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn read_all(&mut self, region: Region) -> Result<Vec<u32>, DriverError> {
        self.read(region, 0, region.layout(self.config()).elements)
    }

    /// Elements of a memory as the two's complement numbers that they are.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn read_signed(
        &mut self,
        region: Region,
        index: u32,
        count: u32,
    ) -> Result<Vec<i32>, DriverError> {
        let bits = region.layout(self.config()).bits;
        let values = self.read(region, index, count)?;
        Ok(values
            .into_iter()
            .map(|value| sign_extend(value, bits))
            .collect())
    }

    /// Writes elements from `index` up. After a part of the network was written, the device no
    /// longer says that it holds the network that was loaded.
    ///
    /// # Errors
    /// [`DriverError::OutOfRange`], or any error of a session.
    pub fn write(&mut self, region: Region, index: u32, values: &[u32]) -> Result<(), DriverError> {
        self.check_range(region, index, values.len())?;
        let bytes = region.layout(self.config()).bytes();
        self.disown(region)?;
        self.forget(region, index, values.len());
        let mut requests = load::write_requests(region, bytes, index, values);
        self.link.write(&mut requests, &mut |_| ())
    }

    /// The value of a register.
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

    /// Sets a register.
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
        let data = load::element_bytes(value, region.layout(self.config()).bytes()).collect();
        let request = Request::Fill {
            region: region.number(),
            index,
            count,
            data,
        };
        self.link.write(&mut std::iter::once(request), &mut |_| ())
    }

    /// How the core stands. Answers whatever it is doing.
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

    /// What the core has done since it was powered up.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn counters(&mut self) -> Result<Counters, DriverError> {
        let words = self.read(Region::Registers, regs::CYCLES, 4)?;
        let at = |register: u32| words.get((register - regs::CYCLES) as usize).copied();
        Ok(Counters {
            cycles: at(regs::CYCLES).unwrap_or(0),
            spikes: at(regs::SPIKES).unwrap_or(0),
            words: at(regs::WORDS).unwrap_or(0),
            routed: at(regs::ROUTED).unwrap_or(0),
        })
    }

    /// Chooses whether spikes are sent as they happen. Without, only counts tell of them, and the
    /// line is free for input.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn set_report(&mut self, report: bool) -> Result<(), DriverError> {
        self.set_register(regs::CTRL, regs::CTRL_REPORT.put(u32::from(report)))?;
        self.report = Some(report);
        Ok(())
    }

    /// Cycles from one tick to the next; 0 = as fast as possible.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn set_tick_period(&mut self, cycles: u32) -> Result<(), DriverError> {
        self.set_register(regs::TICK_PERIOD, cycles)
    }

    /// Back to ticks as fast as possible. Answers how many have begun late since the last time.
    ///
    /// # Errors
    /// Any error of a session.
    pub fn end_real_time(&mut self) -> Result<u32, DriverError> {
        self.set_tick_period(0)?;
        let overruns = self.register(regs::OVERRUNS)?;
        self.set_register(regs::OVERRUNS, 0)?;
        Ok(overruns)
    }

    /// What is known of the registers may no longer hold once they are written.
    fn forget(&mut self, region: Region, index: u32, count: usize) {
        if region == Region::Registers {
            self.tick = None;
            self.report = None;
            // The others say nothing about the network.
            if (index..).take(count).any(|it| it == regs::NETWORK) {
                self.network = None;
            }
        }
    }

    fn check_range(&self, region: Region, index: u32, count: usize) -> Result<(), DriverError> {
        let elements = i64::from(region.layout(self.config()).elements);
        // Lossless: memories have fewer than 2^24 elements, and a longer slice fails the test.
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

/// The device behind a greeting, if this program knows it.
fn identify(greeting: &Greeting, line: &str) -> Result<DeviceInfo, DriverError> {
    let register = |index: u32| greeting.registers.get(index as usize).copied().unwrap_or(0);
    let id = register(regs::ID);
    if id != regs::ID_VALUE {
        let found = Stranger::Identification(id);
        return Err(DriverError::NotSynfire {
            line: line.to_owned(),
            found,
        });
    }
    if greeting.protocol != PROTOCOL_VERSION {
        let device = greeting.protocol;
        return Err(DriverError::VersionMismatch {
            host: PROTOCOL_VERSION,
            device,
        });
    }
    let letters = [register(regs::NAME_LOW), register(regs::NAME_HIGH)];
    let letters = letters
        .into_iter()
        .flat_map(u32::to_le_bytes)
        .take_while(|&byte| byte != 0);
    let name: String = letters.map(char::from).collect();
    let config = CoreConfig::named(&name).map_err(|_| DriverError::UnknownConfig {
        name: name.clone(),
        known: CoreConfig::ALL.map(|config| config.name).join(", "),
    })?;
    let (host, build) = (config.build_hash(), register(regs::BUILD));
    if host != build {
        return Err(DriverError::BuildMismatch {
            config: config.name,
            host,
            device: build,
        });
    }
    Ok(DeviceInfo {
        config,
        clock_hz: register(regs::CLOCK_HZ),
        build,
        protocol: greeting.protocol,
        is_locked: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeting() -> Greeting {
        Greeting {
            protocol: PROTOCOL_VERSION,
            registers: regs::identification(CoreConfig::ecp5_85k()),
        }
    }

    fn with(register: u32, value: u32) -> Greeting {
        let mut greeting = greeting();
        greeting.registers[register as usize] = value;
        greeting
    }

    #[test]
    fn known_devices_are_identified() {
        let info = identify(&greeting(), "line").unwrap();
        assert_eq!(info.config, CoreConfig::ecp5_85k());
        assert_eq!(info.clock_hz, CoreConfig::ecp5_85k().clock_hz);
    }

    #[test]
    fn each_kind_of_stranger_has_its_own_error() {
        let messages = [
            identify(&with(regs::ID, 0x1234), "line"),
            identify(
                &Greeting {
                    protocol: 9,
                    ..greeting()
                },
                "line",
            ),
            identify(&with(regs::NAME_LOW, u32::from_le_bytes(*b"huge")), "line"),
            identify(&with(regs::BUILD, 1), "line"),
        ]
        .map(|result| result.unwrap_err().to_string());
        assert_eq!(
            messages[0],
            "line is not a Synfire device: it identifies itself as 0x00001234"
        );
        assert_eq!(
            messages[1],
            "the device speaks protocol version 9, this program speaks 2"
        );
        assert!(messages[2].starts_with("the device has config \"huge_85k\"; this program knows"));
        assert!(messages[3].contains("ecp5_85k was built with hash 0x00000001"));
    }
}
