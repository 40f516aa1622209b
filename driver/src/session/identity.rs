//! Checks a greeting: whether the device is a Synfire core that this library can use.

use spec::config::{Name, PROTOCOL_VERSION};
use spec::regs;
use spec::sizes::Sizes;
use spec::wire::{Greeting, StreamResponse};

use crate::error::{DriverError, Stranger};

/// The identity of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceInfo {
    /// Its name: a label without any effect.
    pub name: Name,
    /// The sizes that it reports.
    pub sizes: Sizes,
    /// Frequency of its clock, in Hz.
    pub clock_hz: u32,
    /// Its protocol version.
    pub protocol: u8,
    /// Whether the PLL of its clock has locked, or it has no PLL.
    pub is_locked: bool,
}

impl DeviceInfo {
    /// The same, extended by the first answer about its streams.
    pub(super) fn located(self, located: &StreamResponse) -> DeviceInfo {
        let status = u32::from(located.status);
        DeviceInfo {
            is_locked: regs::STATUS_UNLOCKED.get(status) == 0,
            ..self
        }
    }
}

/// The device that sent a greeting, if it is supported.
pub(super) fn identify(greeting: &Greeting, line: &str) -> Result<DeviceInfo, DriverError> {
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
    let words = [register(regs::NAME_LOW), register(regs::NAME_HIGH)];
    let letters = words.map(u32::to_le_bytes);
    let mut name = [0; Name::BYTES];
    for (to, from) in name.iter_mut().zip(letters.as_flattened()) {
        *to = *from;
    }
    let name = Name::from_bytes(name).ok_or_else(|| DriverError::NotSynfire {
        line: line.to_owned(),
        found: Stranger::Name(words),
    })?;
    let sizes = [regs::SIZES_A, regs::SIZES_B, regs::SIZES_C, regs::UNITS].map(register);
    let sizes = Sizes::from_words(sizes).map_err(|source| DriverError::Sizes { name, source })?;
    let (host, device) = (sizes.hash(), register(regs::BUILD));
    if host != device {
        return Err(DriverError::SizesMismatch { name, host, device });
    }
    Ok(DeviceInfo {
        name,
        sizes,
        clock_hz: register(regs::CLOCK_HZ),
        protocol: greeting.protocol,
        is_locked: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::CoreConfig;

    fn greeting() -> Greeting {
        Greeting {
            protocol: PROTOCOL_VERSION,
            registers: CoreConfig::ecp5_85k().identification(),
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
        let config = CoreConfig::ecp5_85k();
        assert_eq!((info.name, info.sizes), (config.name, config.sizes));
        assert_eq!(info.clock_hz, config.platform.clock_hz);
    }

    #[test]
    fn devices_of_any_sizes_and_name_are_identified() {
        let strange = CoreConfig {
            name: Name::new("strange!").unwrap(),
            ..CoreConfig::tiny()
                .resized(|sizes| sizes.inputs_log2 = 3)
                .unwrap()
        };
        let greeting = Greeting {
            protocol: PROTOCOL_VERSION,
            registers: strange.identification(),
        };
        let info = identify(&greeting, "line").unwrap();
        assert_eq!((info.name, info.sizes), (strange.name, strange.sizes));
        assert_eq!(info.sizes.inputs(), 8);
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
            identify(&with(regs::NAME_LOW, 0x1b), "line"),
            identify(&with(regs::SIZES_A, 0), "line"),
            identify(&with(regs::BUILD, 1), "line"),
        ]
        .map(|result| result.unwrap_err().to_string());
        assert_eq!(
            messages[0],
            "line is not a Synfire device: it identifies itself as 0x00001234"
        );
        assert_eq!(
            messages[1],
            format!("the device speaks protocol version 9, this program speaks {PROTOCOL_VERSION}")
        );
        assert!(
            messages[2].contains("is no name: [0000001b, "),
            "{}",
            messages[2]
        );
        assert_eq!(
            messages[3],
            "the device ecp5_85k tells of sizes that this program cannot use: \
             neurons_log2 is 0, must be 2..=14"
        );
        assert!(
            messages[4].contains("ecp5_85k tells hash to"),
            "{}",
            messages[4]
        );
        assert!(
            messages[4].ends_with("and it says 0x00000001"),
            "{}",
            messages[4]
        );
    }
}
