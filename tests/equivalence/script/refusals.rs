//! Errors of a host: damaged frames, invalid requests, sequence numbers out of order.

use spec::config::PROTOCOL_VERSION;
use spec::regions::Region;
use spec::regs;
use spec::stream::InWord;
use spec::wire::{BODY_MAX, DATA_MAX, Frame, Request, Tag};

use super::{Difference, Session};

impl Session<'_> {
    /// Sends requests of every kind that a device refuses.
    pub(super) fn refuse_requests(&mut self) -> Result<(), Difference> {
        self.damage_frames()?;
        self.malform_requests()?;
        self.malform_streams()?;
        self.leave_the_memories()?;
        self.leave_the_sequence()?;
        self.leave_the_session()
    }

    fn damage_frames(&mut self) -> Result<(), Difference> {
        let request = Request::Write {
            region: Region::Registers.number(),
            index: regs::SCRATCH,
            count: 1,
            data: 0x1234_5678_u32.to_le_bytes().to_vec(),
        };
        let frame = request.frame(self.tag).encode().unwrap();
        // Flips one bit in each byte but the last.
        for at in 0..frame.len() - 1 {
            let mut spoilt = frame.clone();
            spoilt[at] ^= 1 << (at % 8);
            self.send(&spoilt)?;
        }
        self.send(&frame[1..])?;
        self.send(&frame[..frame.len() / 2])?;
        self.send(&[0, 0, 0])?;
        // Too long by one byte, and longer than a 9-bit counter can count.
        for length in [BODY_MAX + 1, BODY_MAX + 2, BODY_MAX + 300] {
            let mut bytes = vec![0x55; length];
            bytes.push(0);
            self.send(&bytes)?;
        }
        // Stuffing codes that announce more bytes than follow.
        for code in [1, 2, 5, 0x80, 0xfe, 0xff] {
            self.send(&[code, 0])?;
            self.send(&[code, 7, 0])?;
        }
        self.ask(&request)?;
        self.read(Region::Registers, regs::LINK_ERRORS, 1)
    }

    fn malform_requests(&mut self) -> Result<(), Difference> {
        for kind in [0, 6, 7, 8, 0x13, 0x22, 0x43, 0x81, 0x85, 0xff] {
            self.raw(kind, &[1, 2, 3])?;
        }
        // For each kind, payloads that are too short and too long.
        for kind in 2..=5 {
            for length in 0..9 {
                self.raw(kind, &[1, 0, 0, 0, 1, 0, 0, 2, 2][..length])?;
            }
        }
        let shapes = [
            (1, 0),
            (2, 3),
            (3, 2),
            (0, 0),
            (8, 9),
            (118, 235),
            (119, 238),
        ];
        for (count, bytes) in shapes {
            for region in [Region::Threshold, Region::Refractory, Region::Dynamics] {
                self.ask(&Request::Write {
                    region: region.number(),
                    index: 0,
                    count,
                    data: vec![0; bytes],
                })?;
            }
        }
        Ok(())
    }

    fn malform_streams(&mut self) -> Result<(), Difference> {
        let spike = InWord::Spike(0).encode();
        for reserved in [0xc001, 0xc080, 0xd000, 0xe000, 0xffff] {
            self.refuse_words(&[reserved])?;
            self.refuse_words(&[spike, reserved])?;
        }
        // Inputs and neurons that do not exist, and an injection without its value.
        for bit in 0..14 {
            let id = 1 << bit;
            if id >= self.config.inputs() as u16 {
                self.refuse_words(&[InWord::Spike(id).encode()])?;
            }
            if id >= self.config.neurons() as u16 {
                self.refuse_words(&[InWord::Inject(id).encode(), 1, 0])?;
            }
        }
        self.refuse_words(&[InWord::Inject(0).encode()])?;
        if self.config.state_bits > 16 {
            self.refuse_words(&[InWord::Inject(0).encode(), 1])?;
        }
        Ok(())
    }

    fn leave_the_memories(&mut self) -> Result<(), Difference> {
        for region in Region::of(self.config) {
            let layout = region.layout(self.config);
            let number = region.number();
            // Lossless: at most 237.
            let most = (DATA_MAX / layout.bytes() + 1) as u8;
            self.reach(number, 0, 0)?;
            self.reach(number, 0, most)?;
            self.reach(number, layout.elements - 1, 1)?;
            self.reach(number, layout.elements - 1, 2)?;
            // The lowest address bit that leads out of the memory, and others.
            let lowest = u32::BITS - layout.elements.leading_zeros();
            for bit in [lowest.min(23), 17 + region.number() as u32 % 6, 23] {
                let beyond = 1 << bit;
                if beyond >= layout.elements {
                    self.reach(number, beyond, 1)?;
                    self.ask(&Request::Fill {
                        region: number,
                        index: 1,
                        count: beyond,
                        data: vec![0; layout.bytes()],
                    })?;
                }
            }
        }
        for region in [13, 14, 15, 16, 0x21, 0x42, 0x81, 0xff] {
            self.reach(region, 0, 1)?;
        }
        Ok(())
    }

    fn leave_the_sequence(&mut self) -> Result<(), Difference> {
        // Positive: already answered. Negative, or more than 128: neither expected nor answered.
        let behind = [1, 2, 4, 8, 16, 64, 127, 128, 129, 130, 192, -2, -1];
        for (step, behind) in (1..).zip(behind) {
            let expected = self.tag.sequence;
            for request in [
                Request::Write {
                    region: Region::Registers.number(),
                    index: regs::SCRATCH,
                    count: 1,
                    data: vec![step; 4],
                },
                Request::Read {
                    region: Region::Registers.number(),
                    index: regs::SCRATCH,
                    count: 1,
                },
                Request::Fill {
                    region: Region::Refractory.number(),
                    index: 0,
                    count: 2,
                    data: vec![step],
                },
                Request::Stream(self.stream_request(&[InWord::Spike(0).encode()])),
            ] {
                // Lossless: a difference modulo 256.
                self.tag.sequence = expected.wrapping_sub(behind as u8);
                self.ask(&request)?;
            }
            self.tag.sequence = expected;
        }
        self.hello()?;
        self.run_words(&[InWord::Reset.encode()])
    }

    /// Requests of another session and for other cores, with each bit changed separately.
    fn leave_the_session(&mut self) -> Result<(), Difference> {
        let ours = self.tag;
        let sessions = (0..16).map(|bit| Tag {
            session: ours.session ^ 1 << bit,
            ..ours
        });
        let cores = (0..8).map(|bit| Tag {
            core: 1 << bit,
            ..ours
        });
        for tag in sessions.chain(cores) {
            for request in [
                Request::Write {
                    region: Region::Registers.number(),
                    index: regs::SCRATCH,
                    count: 1,
                    data: vec![0xee; 4],
                },
                Request::Stream(self.stream_request(&[InWord::Spike(0).encode()])),
            ] {
                self.tag = tag;
                self.ask(&request)?;
            }
        }
        self.tag = Tag { core: 4, ..ours };
        self.ask(&Request::Hello {
            protocol: PROTOCOL_VERSION,
        })?;
        self.tag = ours;
        self.read(Region::Registers, regs::SCRATCH, 1)?;
        self.hello()
    }

    /// Sends a frame whose kind and payload form no request.
    fn raw(&mut self, kind: u8, payload: &[u8]) -> Result<(), Difference> {
        let frame = Frame {
            kind,
            tag: self.tag,
            payload: payload.to_vec(),
        };
        self.tag.sequence = self.tag.sequence.wrapping_add(1);
        self.send(&frame.encode().unwrap())
    }

    fn refuse_words(&mut self, words: &[u16]) -> Result<(), Difference> {
        let request = self.stream_request(words);
        self.ask(&Request::Stream(request)).map(drop)
    }

    fn reach(&mut self, region: u8, index: u32, count: u8) -> Result<(), Difference> {
        self.ask(&Request::Read {
            region,
            index,
            count,
        })
        .map(drop)
    }
}
