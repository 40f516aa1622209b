//! A device inside the program: the emulator, without a line between.

use std::collections::VecDeque;
use std::time::Duration;

use spec::CoreConfig;
use spec::emulator::Device;

use super::{Transport, TransportError};

/// The emulated device as a transport. What is written is answered before the call returns.
#[derive(Debug, Clone)]
pub struct Memory {
    device: Device,
    answers: VecDeque<u8>,
}

impl Memory {
    /// A device of that config as it powers up.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Memory {
        Memory {
            device: Device::new(config),
            answers: VecDeque::new(),
        }
    }

    /// The device, for tests that look behind the wire.
    #[must_use]
    pub const fn device(&self) -> &Device {
        &self.device
    }
}

impl Transport for Memory {
    fn name(&self) -> &str {
        "the model"
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        self.answers.extend(self.device.receive(bytes));
        Ok(())
    }

    /// Never waits: an answer that is not there yet will not come.
    fn read(&mut self, buffer: &mut [u8], _timeout: Duration) -> Result<usize, TransportError> {
        let count = buffer.len().min(self.answers.len());
        for (to, from) in buffer.iter_mut().zip(self.answers.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}
