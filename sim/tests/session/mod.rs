//! A minimal host: it sends and receives frames. The full host is the crate `driver`, on which this
//! crate does not depend.

use std::{collections::VecDeque, error::Error};

use sim::{PowerUp, UartDut};
use spec::{
    CoreConfig,
    config::PROTOCOL_VERSION,
    regions::Region,
    wire::{Deframer, Frame, Request, Response, Tag},
};

/// Longest wait for a response: a frame of the largest size at the slowest rate takes less.
const RESPONSE_LIMIT: u64 = 500_000;

/// Number of the session.
const SESSION: u16 = 0x7e57;

/// A device and the sequence number that it expects.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) uart: UartDut,
    pub(crate) sequence: u8,
    deframer: Deframer,
    /// Bytes received after the end of the last frame taken.
    received: VecDeque<u8>,
}

impl Session {
    pub(crate) fn new(config: &CoreConfig) -> Result<Self, Box<dyn Error>> {
        let uart = UartDut::new(config, &PowerUp::default())?;
        Ok(Self {
            uart,
            sequence: 0,
            deframer: Deframer::new(),
            received: VecDeque::new(),
        })
    }

    /// Queues a request.
    pub(crate) fn send(&mut self, request: &Request) -> Result<(), Box<dyn Error>> {
        let bytes = request.frame(Tag::new(SESSION, self.sequence)).encode()?;
        self.sequence = self.sequence.wrapping_add(1);
        self.uart.send(&bytes);
        Ok(())
    }

    /// The next frame; `None` when the device stays silent.
    pub(crate) fn receive(&mut self) -> Result<Option<Frame>, Box<dyn Error>> {
        self.uart.run_until_sent();
        loop {
            self.received.extend(self.uart.take_received());
            while let Some(byte) = self.received.pop_front() {
                if let Some(frame) = self.deframer.push(byte) {
                    return Ok(Some(frame?));
                }
            }
            if !self.uart.run_until_byte(RESPONSE_LIMIT) {
                return Ok(None);
            }
        }
    }

    /// Sends a request and decodes what comes back.
    pub(crate) fn call(&mut self, request: &Request) -> Result<Response, Box<dyn Error>> {
        self.send(request)?;
        let frame = self.receive()?.ok_or("no response")?;
        Ok(Response::decode(&frame)?)
    }

    pub(crate) fn hello(&mut self) -> Result<Response, Box<dyn Error>> {
        self.call(&Request::Hello {
            protocol: PROTOCOL_VERSION,
        })
    }

    pub(crate) fn register(&mut self, index: u32) -> Result<u32, Box<dyn Error>> {
        let request = Request::Read {
            region: Region::Registers.number(),
            index,
            count: 1,
        };
        match self.call(&request)? {
            Response::Read(bytes) => Ok(u32::from_le_bytes(bytes.as_slice().try_into()?)),
            other => Err(format!("{other:?}").into()),
        }
    }
}
