use super::*;
use spec::regs;
use spec::stream::{InWord, OutWord};
use spec::words::Row;

/// The session of these tests.
const SESSION: u16 = 0x1234;

fn ask(device: &mut Emulator, request: &Request, sequence: u8) -> Response {
    ask_as(device, request, Tag::new(SESSION, sequence)).1
}

/// The response to a request with that tag, and its own tag.
fn ask_as(device: &mut Emulator, request: &Request, tag: Tag) -> (Tag, Response) {
    let bytes = device.receive(&request.frame(tag).encode().unwrap());
    let frame = Frame::decode(&bytes[..bytes.len() - 1]).unwrap();
    (frame.tag, Response::decode(&frame).unwrap())
}

/// A tiny device after HELLO, in which input 0 makes neuron 0 fire; the next sequence number is 1.
fn device() -> Emulator {
    let config = CoreConfig::tiny();
    let mut device = Emulator::new(config);
    let row = Row {
        enabled: true,
        ..Row::default()
    };
    device.core.write(Region::RowLink, 0, row.link(config));
    device.core.write(Region::Synapses, 0, 100);
    let reports = 1 << 29;
    for id in 0..16 {
        let threshold = if id == 0 { 50 } else { 32_767 };
        device.core.write(Region::Threshold, id, threshold);
        device.core.write(Region::Dynamics, id, reports);
    }
    assert!(matches!(
        ask(&mut device, &Request::Hello { protocol: 2 }, 0),
        Response::Hello(_)
    ));
    device
}

fn stream(words: &[InWord], acked: u16) -> Request {
    Request::Stream(StreamRequest {
        acked,
        max_words: 117,
        wait: 255,
        words: words.iter().map(|word| word.encode()).collect(),
        ..StreamRequest::default()
    })
}

fn words(response: Response) -> Vec<OutWord> {
    let Response::Stream(stream) = response else {
        panic!("{response:?}")
    };
    stream
        .words
        .into_iter()
        .map(|word| OutWord::decode(word).unwrap())
        .collect()
}

#[test]
fn spikes_go_in_and_come_out() {
    let mut device = device();
    let request = stream(&[InWord::Spike(0), InWord::Advance(3)], 0);
    let answer = ask(&mut device, &request, 1);
    assert_eq!(words(answer), [OutWord::Stamp(0), OutWord::Spike(0)]);
}

#[test]
fn repeated_requests_are_applied_once() {
    let mut device = device();
    let request = stream(&[InWord::Spike(0), InWord::Advance(1)], 0);
    let first = ask(&mut device, &request, 1);
    let rewind = Request::Stream(StreamRequest {
        rewind: true,
        max_words: 117,
        words: vec![InWord::Spike(0).encode(), InWord::Advance(2).encode()],
        ..StreamRequest::default()
    });
    assert_eq!(words(first), words(ask(&mut device, &rewind, 1)));
    assert_eq!(device.core.tick_number(), 1);
    assert_eq!(device.core.read(Region::SpikeCount, 0), 1);
}

#[test]
fn acknowledged_words_are_not_sent_again() {
    let mut device = device();
    ask(
        &mut device,
        &stream(&[InWord::Spike(0), InWord::Advance(1)], 0),
        1,
    );
    assert_eq!(words(ask(&mut device, &stream(&[], 2), 2)), []);
}

#[test]
fn a_host_that_does_not_listen_stalls_the_core() {
    let mut device = device();
    for id in 0..16 {
        device.core.write(Region::Threshold, id, 0xffff);
    }
    let Response::Stream(answer) = ask(&mut device, &stream(&[InWord::Advance(10)], 0), 1) else {
        panic!()
    };
    // Room for 64 words, 17 a tick, and none begins with less than 18 left.
    assert_eq!(
        (answer.tick, answer.words.len(), answer.status & 3),
        (3, 51, 2)
    );
    let Response::Stream(answer) = ask(&mut device, &stream(&[], 51), 2) else {
        panic!()
    };
    assert_eq!(
        (answer.tick, answer.position, answer.words.len()),
        (6, 51, 51)
    );
}

#[test]
fn refusals_name_the_cause_and_change_nothing() {
    let mut device = device();
    let nak = |code, expected| Response::Nak { code, expected };
    let write = |index, count, data: &[u8]| Request::Write {
        region: Region::Potential.number(),
        index,
        count,
        data: data.to_vec(),
    };
    assert_eq!(
        ask(&mut device, &write(15, 2, &[1; 4]), 1),
        nak(NakCode::Range, 2)
    );
    assert_eq!(
        ask(&mut device, &write(0, 2, &[1; 3]), 2),
        nak(NakCode::Malformed, 3)
    );
    assert_eq!(
        ask(&mut device, &write(0, 1, &[1; 2]), 9),
        nak(NakCode::OutOfSequence, 3)
    );
    assert_eq!(
        ask(&mut device, &stream(&[InWord::Spike(16)], 0), 3),
        nak(NakCode::Range, 4)
    );
    let many: Vec<InWord> = std::iter::repeat_n(InWord::Spike(0), 65).collect();
    assert_eq!(
        ask(&mut device, &stream(&many, 0), 4),
        nak(NakCode::StreamFull, 4)
    );
    assert_eq!(device.receive(&[1, 2, 3, 0]).len(), 13);
    assert_eq!(device.core.read(Region::Potential, 0), 0);
    assert_eq!(ask(&mut device, &write(0, 1, &[7, 0]), 4), Response::Write);
    assert_eq!(device.core.read(Region::Potential, 0), 7);
}

#[test]
fn stop_drops_what_is_queued() {
    let mut device = device();
    device.core.write(Region::Threshold, 0, 0xffff);
    ask(
        &mut device,
        &stream(&[InWord::Advance(1000), InWord::Spike(0)], 0),
        1,
    );
    let stop = Request::Write {
        region: 0,
        index: regs::COMMAND,
        count: 1,
        data: regs::COMMAND_STOP.to_le_bytes().to_vec(),
    };
    assert_eq!(ask(&mut device, &stop, 2), Response::Write);
    let status = Request::Read {
        region: 0,
        index: regs::STATUS,
        count: 1,
    };
    assert_eq!(
        ask(&mut device, &status, 3),
        Response::Read(vec![5, 0, 0, 0])
    );
}

fn write_potential() -> Request {
    Request::Write {
        region: Region::Potential.number(),
        index: 0,
        count: 1,
        data: vec![7, 0],
    }
}

#[test]
fn a_device_that_was_reset_refuses_all_but_a_greeting() {
    // All numbers of the old session, those among them that would count as duplicates.
    for sequence in 0..=255 {
        let mut device = Emulator::new(CoreConfig::tiny());
        for request in [write_potential(), stream(&[InWord::Advance(1)], 0)] {
            let (tag, answer) = ask_as(&mut device, &request, Tag::new(SESSION, sequence));
            assert_eq!(tag, Tag::new(0, sequence));
            let code = NakCode::OutOfSequence;
            assert_eq!(answer, Response::Nak { code, expected: 0 });
        }
        // Not even a host that names the session of nobody gets through.
        let (_, answer) = ask_as(&mut device, &write_potential(), Tag::new(0, sequence));
        assert!(matches!(answer, Response::Nak { .. }));
        assert_eq!(device.core.read(Region::Potential, 0), 0);
        assert_eq!(device.core.tick_number(), 0);
    }
}

#[test]
fn a_second_greeting_ends_the_first_session() {
    let mut device = device();
    let second = Tag::new(0x4321, 200);
    let (tag, answer) = ask_as(&mut device, &Request::Hello { protocol: 2 }, second);
    assert_eq!(tag, second);
    assert!(matches!(answer, Response::Hello(_)));
    let code = NakCode::OutOfSequence;
    let refused = Response::Nak {
        code,
        expected: 201,
    };
    for sequence in [1, 200, 201] {
        let (tag, answer) = ask_as(&mut device, &write_potential(), Tag::new(SESSION, sequence));
        assert_eq!((tag, answer), (Tag::new(0x4321, sequence), refused.clone()));
    }
    assert_eq!(device.core.read(Region::Potential, 0), 0);
}

#[test]
fn a_core_that_is_not_there_does_nothing() {
    let mut device = device();
    for request in [Request::Hello { protocol: 2 }, write_potential()] {
        let tag = Tag {
            core: 1,
            ..Tag::new(SESSION, 1)
        };
        let (told, answer) = ask_as(&mut device, &request, tag);
        assert_eq!(told, Tag::new(SESSION, 1));
        assert!(matches!(answer, Response::Nak { expected: 1, .. }));
    }
    assert_eq!(ask(&mut device, &write_potential(), 1), Response::Write);
}
