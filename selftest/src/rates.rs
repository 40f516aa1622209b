//! Counts errors of the line at the default rate and at higher rates.

use spec::regions::Region;
use spec::regs;

use super::{Bench, Line, Possible, SelfTestError};
use driver::device::Device;
use driver::error::DriverError;

/// Number of bytes in each direction at each rate.
const BYTES: usize = 1 << 16;

/// Number of bytes over the line of a simulation, which is slow and loses none.
const BYTES_SIMULATED: usize = 1 << 12;

/// Rates that bridges and boards have in common, in bits per second.
const RATES: [u32; 7] = [
    1_500_000, 2_000_000, 3_000_000, 4_000_000, 6_000_000, 8_000_000, 12_000_000,
];

/// Maximum deviation of the device's rate in per mille; both ends share the tolerance of a
/// receiver.
const OFF: u64 = 15;

/// Fewest cycles per bit that the device's receiver supports.
const DIVIDER_MIN: u32 = 4;

/// Number of attempts to greet a device after its rate was changed.
const CALLS: usize = 3;

/// The errors counted during the traffic.
#[derive(Default, PartialEq, Eq)]
struct Errors {
    /// Frames that reached the host damaged.
    damaged: u64,
    /// Requests that had to be sent again.
    repeated: u64,
    /// Frames that the device refused.
    refused: u32,
    /// Bytes that reached the device without a stop bit.
    framing: u32,
    /// Breaks.
    breaks: u32,
    /// Frames that the device had no room for.
    overruns: u32,
}

impl Errors {
    fn is_none(&self) -> bool {
        *self == Errors::default()
    }
}

impl std::fmt::Display for Errors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} damaged at the host, {} sent again, {} refused by the device, {} without a stop \
             bit, {} breaks, {} overruns",
            self.damaged, self.repeated, self.refused, self.framing, self.breaks, self.overruns
        )
    }
}

pub(super) fn run(bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
    let (most, bytes) = match bench.settings.line {
        Line::Memory => return Ok(Possible::NotHere("there is no line")),
        Line::Simulated => (0, BYTES_SIMULATED),
        Line::Serial { most } => (most, BYTES),
    };
    let first = bench.settings.baud;
    let device = bench.device()?;
    device.stop()?;
    let home = device.register(regs::BAUD_DIV)?;
    let rates = rates(device.info().clock_hz, first, most);
    let errors = traffic(device, bytes)?;
    tell(bench, first, &errors);
    if !errors.is_none() {
        return Err(SelfTestError::Line {
            baud: first,
            errors: errors.to_string(),
        });
    }
    let mut clean = first;
    let mut at = first;
    let all = rates.len() as u64;
    for (done, (baud, divider)) in (1..).zip(rates) {
        let tried = bench
            .device()
            .and_then(|device| device.set_register(regs::BAUD_DIV, divider))
            .and_then(|()| {
                at = baud;
                traffic(bench.reconnect(baud)?, bytes)
            });
        (bench.progress)(bench.part, done, all);
        match tried {
            Ok(errors) => {
                tell(bench, baud, &errors);
                if !errors.is_none() {
                    break;
                }
                clean = baud;
            }
            Err(error) => {
                bench.tell(format!("at {baud}"), format!("no session: {error}"));
                break;
            }
        }
    }
    if at != first {
        go_home(bench, at, first, home)?;
    }
    bench.count("fastest clean rate", clean.into(), "bits/s");
    Ok(Possible::Done)
}

fn tell(bench: &mut Bench<'_>, baud: u32, errors: &Errors) {
    let text = if errors.is_none() {
        "clean".to_owned()
    } else {
        errors.to_string()
    };
    bench.tell(format!("at {baud}"), text);
}

/// The rates above `first` that both ends can do, and the device's divider for each.
fn rates(clock_hz: u32, first: u32, most: u32) -> Vec<(u32, u32)> {
    let candidates = RATES
        .into_iter()
        .filter(|rate| *rate > first && *rate <= most);
    candidates
        .filter_map(|rate| {
            let divider = (clock_hz + rate / 2) / rate;
            let product = u64::from(rate) * u64::from(divider);
            let off = product.abs_diff(u64::from(clock_hz)) * 1000;
            (divider >= DIVIDER_MIN && off <= product * OFF).then_some((rate, divider))
        })
        .collect()
}

/// Writes and reads this number of bytes, and returns the errors of the line.
fn traffic(device: &mut Device, all: usize) -> Result<Errors, DriverError> {
    let sizes = *device.sizes();
    let region = Region::Synapses;
    let elements = region.layout(&sizes).elements;
    let before = device.link_statistics();
    let [errors, events] = counters(device)?;
    let mut bytes = 0;
    let mut round = 0;
    while bytes < all {
        // Lossless: one of two constants.
        let count = elements.min(all as u32);
        let values: Vec<u32> = (0..count)
            .map(|at| (at ^ at >> 8).wrapping_add(round) & 0xff)
            .collect();
        device.write(region, 0, &values)?;
        let found = device.read(region, 0, count)?;
        let pairs = (0..).zip(values.iter().zip(&found));
        let mut differing = pairs.filter(|(_, (expected, found))| expected != found);
        if let Some((index, (&expected, &found))) = differing.next() {
            return Err(DriverError::Verify {
                region,
                index,
                expected,
                found,
                differing: 1 + differing.count(),
            });
        }
        bytes += values.len();
        round += 1;
    }
    let after = device.link_statistics();
    let [errors_after, events_after] = counters(device)?;
    let part = |before: u32, after: u32, shift: u32| {
        (after >> shift & 0xffff).saturating_sub(before >> shift & 0xffff)
    };
    Ok(Errors {
        damaged: after.damaged - before.damaged,
        repeated: after.repeated - before.repeated,
        refused: part(errors, errors_after, 0),
        framing: part(errors, errors_after, 16),
        breaks: part(events, events_after, 0),
        overruns: part(events, events_after, 16),
    })
}

fn counters(device: &mut Device) -> Result<[u32; 2], DriverError> {
    Ok([
        device.register(regs::LINK_ERRORS)?,
        device.register(regs::LINK_EVENTS)?,
    ])
}

/// Returns to the first rate, whatever the result of the session at `at`.
fn go_home(bench: &mut Bench<'_>, at: u32, first: u32, home: u32) -> Result<(), SelfTestError> {
    let mut result = bench
        .device()
        .and_then(|device| device.set_register(regs::BAUD_DIV, home));
    for _ in 0..CALLS {
        if result.is_ok() {
            break;
        }
        result = bench
            .reconnect(at)
            .and_then(|device| device.set_register(regs::BAUD_DIV, home));
    }
    // Whether or not the answer arrived, the rate may have changed.
    match bench.reconnect(first) {
        Ok(_) => Ok(()),
        Err(source) => Err(SelfTestError::Lost {
            baud: at,
            first,
            source,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_those_that_both_ends_can_do() {
        let found = rates(60_000_000, 1_000_000, 12_000_000);
        let all = [
            (1_500_000, 40),
            (2_000_000, 30),
            (3_000_000, 20),
            (4_000_000, 15),
            (6_000_000, 10),
            (12_000_000, 5),
        ];
        assert_eq!(found, all);
        // 28.125 MHz divided by 9 is 4 % more than 3 Mbaud.
        assert_eq!(
            rates(28_125_000, 1_000_000, 12_000_000),
            [(1_500_000, 19), (2_000_000, 14), (4_000_000, 7)]
        );
        assert_eq!(rates(28_125_000, 1_000_000, 3_000_000).len(), 2);
        assert!(rates(28_125_000, 1_000_000, 0).is_empty());
    }
}
