//! The firing patterns of E. M. Izhikevich's neuron, on a core and in real numbers.
//!
//! Each pattern of the published figure is one neuron with one input. The core computes them by Euler's
//! method with one step per tick. It is compared with `f64` in the same scheme and with the same step,
//! which shows what the integers of the core change, and both with the figure's program, which has
//! other steps and computes `u` from the new `v`: that shows what the scheme changes.

mod core;
mod euler;
mod figure;
mod found;
mod patterns;
mod train;

pub use figure::draw;
pub use found::{Compared, Found, OnCore, Outcome, Step, Times};
pub use patterns::{Form, PATTERNS, Pattern};
pub use train::{PAUSE, Train};

use driver::device::Device;
use driver::error::DriverError;
use network::NetworkError;
use network::image::MapError;
use thiserror::Error;

use euler::{Scheme, euler};

/// The steps that are tried, in ms.
pub const STEPS: [f64; 5] = [1.0, 0.5, 0.25, 0.2, 0.1];

/// The states of a core that has room for the finer unit have so many bits.
const FINE_BITS: u32 = 24;

/// Why the demo failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IzhikevichError {
    /// The network cannot be built with this step.
    #[error("the network of the demo: {0}")]
    Network(#[from] NetworkError),
    /// The core has no neurons of this kind.
    #[error(transparent)]
    Map(#[from] MapError),
    /// The device failed.
    #[error(transparent)]
    Driver(#[from] DriverError),
}

impl Pattern {
    /// The number of ticks of `dt` ms.
    #[must_use]
    pub fn ticks(&self, dt: f64) -> u32 {
        // Lossless: at most thousands.
        (self.length / dt).round() as u32
    }
}

/// Runs all patterns with all these steps, in ms, on each of the devices: with the finer unit
/// where states have 24 bits.
/// `progress` is called with what is done and with all that is to do.
///
/// # Errors
/// [`IzhikevichError`].
pub fn run(
    devices: &mut [&mut Device],
    steps: &[f64],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Outcome, IzhikevichError> {
    let mut outcome = Outcome::real(steps);
    let all = (devices.len() * steps.len()) as u64;
    let mut done = 0;
    for device in devices {
        let bits = device.sizes().state_bits;
        let fine = bits >= FINE_BITS;
        for (at, &dt) in steps.iter().enumerate() {
            let possible = |it: &&Pattern| it.obstacle(dt, fine).is_none();
            let cells: Vec<_> = PATTERNS
                .iter()
                .filter(possible)
                .map(|it| (*it, dt))
                .collect();
            for (train, (pattern, _)) in core::run(device, &cells, fine)?.into_iter().zip(&cells) {
                outcome.add(pattern, at, bits, train);
            }
            done += 1;
            progress(done, all);
        }
    }
    Ok(outcome)
}
