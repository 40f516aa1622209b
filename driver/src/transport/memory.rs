//! A device inside the program: the emulator without a serial line.

use std::collections::VecDeque;
use std::time::Duration;

use model::emulator::Emulator;
use spec::CoreConfig;

use super::{Transport, TransportError};

/// The emulated device as a transport. It answers within the call that writes.
#[derive(Debug, Clone)]
pub struct Memory {
    device: Emulator,
    answers: VecDeque<u8>,
}

impl Memory {
    /// A device of this config after power-up.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Memory {
        Memory {
            device: Emulator::new(config),
            answers: VecDeque::new(),
        }
    }

    /// The device, for tests that bypass the wire.
    #[must_use]
    pub const fn device(&self) -> &Emulator {
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

    /// Never waits: if there is no answer yet, none will come.
    fn read(&mut self, buffer: &mut [u8], _timeout: Duration) -> Result<usize, TransportError> {
        let count = buffer.len().min(self.answers.len());
        for (to, from) in buffer.iter_mut().zip(self.answers.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}
