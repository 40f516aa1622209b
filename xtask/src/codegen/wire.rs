//! Generates the tables of the wire protocol.

use anyhow::Result;
use spec::stream::{InWord, OutWord};
use spec::wire::{
    BODY_MAX, DATA_MAX, NakCode, RECEIVE_RING, Request, Response, STREAM_IN_MAX, STREAM_OUT_MAX,
    StreamRequest, StreamResponse, Tag, WAIT_UNIT_LOG2, kind,
};

use crate::markdown::{code, grouped, table};

/// The session number in the examples.
const SESSION: u16 = 0x2b1d;

/// An example request of each kind.
const REQUESTS: [(&str, u8, &str, &str, &str); 5] = [
    (
        "HELLO",
        kind::HELLO,
        "protocol u8",
        "protocol u8, registers 0 to 11 as u32 each",
        "Asks for the greeting and begins the session that the header names. It is accepted in any session, makes `seq + 1` the next expected number and rewinds the stream from the core to `acked`. The core continues to run and no word is dropped.",
    ),
    (
        "READ",
        kind::READ,
        "region u8, index u24, count u8",
        "the elements",
        "`count` elements from `index` up.",
    ),
    (
        "WRITE",
        kind::WRITE,
        "region u8, index u24, count u8, the elements",
        "nothing",
        "`count` elements from `index` up.",
    ),
    (
        "FILL",
        kind::FILL,
        "region u8, index u24, count u24, one element",
        "nothing",
        "The same element `count` times from `index` up.",
    ),
    (
        "STREAM",
        kind::STREAM,
        "flags u8, acked u16, max_words u8, wait u8, words u16 each",
        "status u8, tick u32, in_free u16, position u16, words u16 each",
        "Sends words to the core, and allows it to send words back.",
    ),
];

pub(super) fn render_requests() -> Result<String> {
    let rows = REQUESTS.map(|(name, number, request, response, doc)| {
        vec![
            code(name),
            code(format!("{number:#04x}")),
            request.to_owned(),
            code(format!("{:#04x}", number | kind::RESPONSE)),
            response.to_owned(),
            doc.to_owned(),
        ]
    });
    Ok(table(
        &[
            "request",
            "type",
            "payload",
            "response",
            "its payload",
            "meaning",
        ],
        rows,
    ))
}

pub(super) fn render_refusals() -> Result<String> {
    let codes = (0..=u8::MAX).filter_map(NakCode::from_number);
    let rows = codes.map(|refusal| {
        let fate = if refusal.consumes() {
            "used up"
        } else {
            "still expected"
        };
        vec![
            refusal.number().to_string(),
            refusal.to_string(),
            fate.to_owned(),
        ]
    });
    Ok(table(&["code", "why", "the sequence number is"], rows))
}

/// A word as two bits of kind and a 14-bit number.
fn bits(word: u16) -> String {
    code(format!("{:02b} {:014b}", word >> 14, word & 0x3fff))
}

pub(super) fn render_stream_in() -> Result<String> {
    let words = [
        (
            InWord::Spike(5),
            "input 5 spikes",
            "Input `id` spikes: its rows become due at the coming tick plus their delay (delay 0: in the coming tick).",
        ),
        (
            InWord::Advance(5),
            "advance to 5",
            "Run ticks until `tick mod 2^14` equals this number; run none if it does already.",
        ),
        (
            InWord::Inject(5),
            "inject into 5",
            "Add the value that follows, in one word (S = 16) or two (low half first), to the current of neuron `id`; saturates.",
        ),
        (
            InWord::Reset,
            "reset",
            "Reset the state and keep the network.",
        ),
    ];
    let rows = words
        .map(|(word, example, doc)| vec![bits(word.encode()), example.to_owned(), doc.to_owned()]);
    Ok(table(&["word", "example", "meaning"], rows))
}

pub(super) fn render_stream_out() -> Result<String> {
    let words = [
        (
            OutWord::Spike(5),
            "neuron 5 fired",
            "Neuron `id` fired in the stamped tick.",
        ),
        (
            OutWord::Stamp(5),
            "tick 5",
            "What follows belongs to this tick, modulo 2^14.",
        ),
        (
            OutWord::Probe(5),
            "probe of 5",
            "The values of neuron `id` that the PROBE register selects follow: v after the update, then the i that the update integrated; each in one word (S = 16) or two (low half first).",
        ),
    ];
    let rows = words
        .map(|(word, example, doc)| vec![bits(word.encode()), example.to_owned(), doc.to_owned()]);
    Ok(table(&["word", "example", "meaning"], rows))
}

pub(super) fn render_limits() -> Result<String> {
    let rows = [
        ("longest body, in bytes", BODY_MAX),
        ("bytes of elements in a READ or WRITE", DATA_MAX),
        ("stream words in a request", STREAM_IN_MAX),
        ("stream words in a response", STREAM_OUT_MAX),
        (
            "decoded bytes of unanswered requests that a device can hold; each request counts one byte more",
            RECEIVE_RING,
        ),
        ("cycles in a unit of `wait`", 1 << WAIT_UNIT_LOG2),
    ];
    let mut cells = Vec::new();
    for (what, value) in rows {
        cells.push(vec![what.to_owned(), grouped(u32::try_from(value)?)]);
    }
    Ok(table(&["limit", "value"], cells))
}

pub(super) fn render_example() -> Result<String> {
    let write = Request::Write {
        region: 7,
        index: 3,
        count: 2,
        data: vec![0x00, 0x40, 0, 0x20],
    };
    let stream = Request::Stream(StreamRequest {
        rewind: false,
        eager: false,
        acked: 0,
        max_words: 117,
        wait: 4,
        words: vec![InWord::Spike(2).encode(), InWord::Advance(10).encode()],
    });
    let answer = Response::Stream(StreamResponse {
        status: 1,
        tick: 10,
        in_free: 64,
        position: 0,
        words: vec![OutWord::Stamp(4).encode(), OutWord::Spike(3).encode()],
    });
    let nak = Response::Nak {
        code: NakCode::OutOfSequence,
        expected: 9,
    };
    let frames = [
        (
            "WRITE number 7: thresholds of neurons 3 and 4 to 0x4000 and 0x2000",
            write.frame(Tag::new(SESSION, 7)),
        ),
        ("its response", Response::Write.frame(Tag::new(SESSION, 7))),
        (
            "STREAM number 8: input 2 spikes, advance to tick 10",
            stream.frame(Tag::new(SESSION, 8)),
        ),
        (
            "its response: idle at tick 10; neuron 3 fired in tick 4",
            answer.frame(Tag::new(SESSION, 8)),
        ),
        (
            "the refusal of a request with number 11 when 9 was expected",
            nak.frame(Tag::new(SESSION, 11)),
        ),
        (
            "the refusal of number 9 by a device that has been reset",
            Response::Nak {
                code: NakCode::OutOfSequence,
                expected: 0,
            }
            .frame(Tag::new(0, 9)),
        ),
    ];
    let mut text = String::from("```text\n");
    for (what, frame) in frames {
        text += &format!("{what}\n");
        text += &format!("  body {}\n", hex(&frame.body()?));
        text += &format!("  wire {}\n", hex(&frame.encode()?));
    }
    Ok(text + "```\n")
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_documented_are_those_that_decode() {
        for number in 0..kind::RESPONSE {
            let frame = spec::wire::Frame {
                kind: number,
                tag: Tag::default(),
                payload: Vec::new(),
            };
            let unknown = matches!(
                Request::decode(&frame),
                Err(spec::wire::WireError::UnknownKind(_))
            );
            let documented = REQUESTS.iter().any(|(_, known, ..)| *known == number);
            assert_eq!(documented, !unknown, "type {number:#04x}");
        }
    }
}
