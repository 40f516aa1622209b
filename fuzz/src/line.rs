//! Fuzz targets for the device's end of the wire and for its frames.

use model::emulator::Emulator;
use spec::CoreConfig;
use spec::wire::{Deframer, Frame, Request, Response, StreamRequest, Tag};

use crate::bytes::Bytes;

/// Configs of the emulated devices: without learning, with it, and with registered reads.
const CONFIGS: [&str; 3] = ["tiny", "tiny_l", "tiny_lr"];

/// Maximum number of requests per input: a device may run a million ticks for each.
const REQUESTS_MAX: usize = 64;

pub(crate) fn config(choice: u8) -> &'static CoreConfig {
    let name = CONFIGS[usize::from(choice) % CONFIGS.len()];
    CoreConfig::named(name).unwrap_or_else(|_| CoreConfig::tiny())
}

/// A frame, a request and a response; each is written as it was read.
///
/// # Panics
/// Where one is not.
pub fn wire(data: &[u8]) {
    let mut deframer = Deframer::new();
    for &byte in data {
        if let Some(Ok(frame)) = deframer.push(byte) {
            decode(&frame);
        }
    }
    let mut bytes = Bytes::new(data);
    decode(&Frame {
        kind: bytes.byte(),
        tag: Tag {
            sequence: bytes.byte(),
            session: bytes.half(),
            core: bytes.byte(),
        },
        payload: bytes.part(spec::wire::PAYLOAD_MAX).to_vec(),
    });
}

fn decode(frame: &Frame) {
    let encoded = frame.encode();
    let again = encoded.map(|bytes| Frame::decode(&bytes[..bytes.len() - 1]));
    assert_eq!(again, Ok(Ok(frame.clone())));
    if let Ok(request) = Request::decode(frame) {
        let again = Request::decode(&request.frame(frame.tag));
        assert_eq!(again, Ok(request));
    }
    if let Ok(response) = Response::decode(frame) {
        let again = Response::decode(&response.frame(frame.tag));
        assert_eq!(again, Ok(response));
    }
}

/// Any bytes to a device, all at once and one by one.
///
/// # Panics
/// Where that makes a difference, or where what it answers is no answer.
pub fn device(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let config = config(bytes.byte());
    let rest = bytes.rest();
    let mut whole = Emulator::new(config);
    let mut cut = Emulator::new(config);
    let answer = whole.receive(rest);
    let pieces = rest.iter().flat_map(|byte| cut.receive(&[*byte]));
    assert_eq!(answer, pieces.collect::<Vec<u8>>());
    assert_answers(&answer, rest.iter().filter(|byte| **byte == 0).count());
}

/// Requests to a device, each of them right but for what the input makes of it.
///
/// # Panics
/// Where a request does not get one answer.
pub fn requests(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let mut device = Emulator::new(config(bytes.byte()));
    device_takes(&mut device, &Request::Hello { protocol: 3 }, Tag::new(1, 0));
    let mut sequence = 0;
    for _ in 0..REQUESTS_MAX {
        if bytes.is_empty() {
            return;
        }
        let skew = bytes.byte();
        // Most sequence numbers are the expected ones, so that most requests are carried out.
        sequence += u8::from(skew < 0xe0);
        let tag = Tag {
            sequence: if skew < 0xf0 { sequence } else { skew },
            session: if skew == 0xff { 2 } else { 1 },
            core: u8::from(skew == 0xfe),
        };
        let request = request(&mut bytes);
        device_takes(&mut device, &request, tag);
    }
}

fn device_takes(device: &mut Emulator, request: &Request, tag: Tag) {
    let Ok(sent) = request.frame(tag).encode() else {
        return;
    };
    let answer = device.receive(&sent);
    assert_answers(&answer, 1);
    assert!(!answer.is_empty(), "no answer to {request:?}");
}

/// A request that is valid or nearly valid.
pub(crate) fn request(bytes: &mut Bytes<'_>) -> Request {
    let kind = bytes.byte();
    let region = bytes.byte() % 32;
    let index = u32::from(bytes.half()) << (kind >> 4 & 8);
    match kind % 4 {
        0 => Request::Read {
            region,
            index,
            count: bytes.byte(),
        },
        1 => {
            let count = bytes.byte();
            let length = usize::from(count) * (1 + usize::from(kind >> 2 & 3));
            Request::Write {
                region,
                index,
                count,
                data: bytes.part(length.min(240)).to_vec(),
            }
        }
        2 => Request::Fill {
            region,
            index,
            count: u32::from(bytes.half()),
            data: bytes.part(1 + usize::from(kind >> 2 & 3)).to_vec(),
        },
        _ => {
            let length = bytes.byte();
            Request::Stream(StreamRequest {
                rewind: kind & 4 != 0,
                eager: kind & 8 != 0,
                acked: bytes.half(),
                max_words: bytes.byte(),
                wait: region,
                words: (0..length % 121).map(|_| bytes.half()).collect(),
            })
        }
    }
}

/// Checks that the bytes are complete responses, `most` at most.
fn assert_answers(answer: &[u8], most: usize) {
    let frames = answer.split_inclusive(|&byte| byte == 0);
    let mut count = 0;
    for frame in frames {
        let decoded = frame.split_last().map(|(_, body)| Frame::decode(body));
        assert!(
            matches!(&decoded, Some(Ok(frame)) if Response::decode(frame).is_ok()),
            "{frame:02x?} is no response: {decoded:?}"
        );
        count += 1;
    }
    assert!(count <= most, "{count} answers to {most} requests");
}
