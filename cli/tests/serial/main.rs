//! Tests of the driver over a pseudo-terminal: it behaves as in memory, and it recognises other
//! devices at a port.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod sharing;
mod unknown;

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use driver::board::Board;
use driver::transport::{Memory, Serial, Transport};
use driver::{Device, DriverError, LinkOptions, Probe, Recording, Run};
use network::image::CoreImage;
use network::{Network, NetworkBuilder, PopulationBuilder, ProjectionBuilder};
use serialport::{SerialPort, TTYPort};
use spec::CoreConfig;
use spec::config::PROTOCOL_VERSION;
use spec::events::{Injection, Spike};
use spec::regions::Region;
use spec::regs;
use spec::wire::{Deframer, Frame, Greeting, Request, Response, Tag};

/// A server of a pseudo-terminal in a thread, which runs until it is dropped.
struct Served {
    path: String,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    fn board(config: &CoreConfig) -> Served {
        let mut board = Board::new(config).unwrap();
        let path = board.path().to_owned();
        let ended = Arc::new(AtomicBool::new(false));
        let flag = ended.clone();
        let thread = thread::spawn(move || {
            board.serve(&mut || flag.load(Ordering::Relaxed)).unwrap();
        });
        Served {
            path,
            ended,
            thread: Some(thread),
        }
    }

    /// Answers the bytes of each read with the result of `answer`.
    fn stranger(mut answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> Served {
        let (mut line, host) = TTYPort::pair().unwrap();
        let path = host.name().unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let flag = ended.clone();
        let thread = thread::spawn(move || {
            let _host = host;
            let mut buffer = [0; 1024];
            line.set_timeout(Duration::from_millis(20)).unwrap();
            while !flag.load(Ordering::Relaxed) {
                if let Ok(count) = line.read(&mut buffer) {
                    line.write_all(&answer(&buffer[..count])).unwrap();
                }
            }
        });
        Served {
            path,
            ended,
            thread: Some(thread),
        }
    }

    fn end(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    fn connect(&self, options: LinkOptions) -> Result<Device, DriverError> {
        let port = Serial::open(&self.path, 1_000_000)?;
        Device::connect(Box::new(port), options)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
    }
}

/// Options with short time limits, for devices that never answer.
fn hasty() -> LinkOptions {
    LinkOptions {
        patience: Duration::from_millis(50),
        attempts: 3,
        ..LinkOptions::board()
    }
}

/// Answers every greeting with this one.
fn greeter(greeting: Greeting) -> Served {
    let mut deframer = Deframer::new();
    Served::stranger(move |bytes| {
        let frames = bytes.iter().filter_map(|&byte| deframer.push(byte));
        let greetings = frames
            .filter_map(Result::ok)
            .filter(|frame: &Frame| matches!(Request::decode(frame), Ok(Request::Hello { .. })));
        let answers =
            greetings.map(|frame| Response::Hello(greeting).frame(frame.tag).encode().unwrap());
        answers.flatten().collect()
    })
}

fn network() -> Network {
    NetworkBuilder::new("net")
        .input("in", 16)
        .population(PopulationBuilder::new("a", 10).threshold(100))
        .population(PopulationBuilder::new("b", 6).threshold(150).v_reset(-20))
        .projection(ProjectionBuilder::new("in", "a").all_to_all(31).delay(2))
        .projection(
            ProjectionBuilder::new("a", "b")
                .all_to_all(17)
                .delay(1)
                .exponent(1),
        )
        .projection(ProjectionBuilder::new("b", "a").all_to_all(-25).delay(15))
        .build()
        .unwrap()
}

/// The results of the same work over any transport.
fn work(transport: Box<dyn Transport>, options: LinkOptions) -> (Recording, Vec<Vec<u32>>) {
    let mut device = Device::connect(transport, options).unwrap();
    let image = CoreImage::map(&network(), device.sizes()).unwrap();
    device.load(&image, &mut |_, _| ()).unwrap();
    device.verify(&image, &mut |_, _| ()).unwrap();
    let spikes = driver::stimulus::poisson(16, 300, 0.1, 3);
    let injections = [Injection {
        tick: 20,
        id: 12,
        value: 3000,
    }];
    let probe = Probe {
        first: 4,
        count: 8,
        potentials: true,
        currents: true,
    };
    let run = Run {
        ticks: 300,
        reset: true,
        spikes: &spikes,
        injections: &injections,
        probe,
        report: true,
    };
    let recording = device.run(&run, &mut |_| ()).unwrap();
    assert_eq!(device.link_statistics().damaged, 0);
    // Cycles are left out: the model estimates them, the hardware counts them.
    let memories = Region::memories(device.sizes()).collect::<Vec<_>>();
    let memories = memories
        .into_iter()
        .map(|region| device.read_all(region).unwrap());
    (recording, memories.collect())
}

#[test]
fn a_port_gives_what_memory_gives() {
    for config in [CoreConfig::tiny(), CoreConfig::up5k()] {
        let expected = work(Box::new(Memory::new(config)), LinkOptions::memory());
        assert!(expected.0.spikes.len() > 100);
        let board = Served::board(config);
        let port = Serial::open(&board.path, 1_000_000).unwrap();
        assert!(
            work(Box::new(port), LinkOptions::board()) == expected,
            "{}",
            config.name
        );
    }
}

#[test]
fn a_board_outlives_its_hosts() {
    let board = Served::board(CoreConfig::tiny());
    let mut first = board.connect(LinkOptions::board()).unwrap();
    first.write(Region::Threshold, 3, &[77]).unwrap();
    let run = Run {
        ticks: 1000,
        report: true,
        ..Run::default()
    };
    let probe = Probe {
        first: 0,
        count: 16,
        potentials: true,
        currents: true,
    };
    first.run(&Run { probe, ..run }, &mut |_| ()).unwrap();
    drop(first);
    let mut second = board.connect(LinkOptions::board()).unwrap();
    assert_eq!(second.read(Region::Threshold, 3, 1).unwrap(), [77]);
    assert_eq!(second.register(regs::TICK).unwrap(), 1000);
    second
        .run(
            &Run {
                spikes: &[Spike { tick: 9, id: 1 }],
                ..run
            },
            &mut |_| (),
        )
        .unwrap();
}

#[test]
fn a_host_that_went_away_in_the_middle_leaves_a_usable_board() {
    let board = Served::board(CoreConfig::tiny());
    let mut port = Serial::open(&board.path, 1_000_000).unwrap();
    let probing = regs::PROBE_COUNT.put(16) | regs::PROBE_V.put(1) | regs::PROBE_I.put(1);
    let requests = [
        Request::Hello {
            protocol: PROTOCOL_VERSION,
        },
        Request::Write {
            region: 0,
            index: regs::PROBE,
            count: 1,
            data: probing.to_le_bytes().to_vec(),
        },
        // The tick stalls, because the host takes no words.
        Request::Stream(spec::wire::StreamRequest {
            words: vec![0x4000 | 5000],
            ..Default::default()
        }),
    ];
    for (sequence, request) in (0..).zip(requests) {
        port.write(&request.frame(Tag::new(9, sequence)).encode().unwrap())
            .unwrap();
    }
    // A program that opens the port discards unread bytes, so the board must have received all
    // requests first.
    let mut answers = 0;
    while answers < 3 {
        let mut buffer = [0; 256];
        let count = port.read(&mut buffer, Duration::from_secs(10)).unwrap();
        assert_ne!(count, 0, "only {answers} of 3 requests were answered");
        answers += buffer[..count].iter().filter(|&&byte| byte == 0).count();
    }
    // An incomplete frame; then the port is closed.
    port.write(&[7, 1, 2]).unwrap();
    drop(port);
    let mut device = board.connect(LinkOptions::board()).unwrap();
    let state = device.state().unwrap();
    assert!(state.stalled && !state.idle, "{state:?}");
    let run = Run {
        ticks: 10,
        report: true,
        reset: true,
        ..Run::default()
    };
    assert!(device.run(&run, &mut |_| ()).unwrap().spikes.is_empty());
}

#[test]
fn an_unplugged_port_is_told_from_a_silent_one() {
    let mut board = Served::board(CoreConfig::tiny());
    let mut device = board.connect(LinkOptions::board()).unwrap();
    board.end();
    let error = device.register(regs::TICK).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "{} is gone: it was unplugged, or the program behind it ended",
            board.path
        )
    );
    let error = device.register(regs::TICK).unwrap_err().to_string();
    assert!(error.contains("ended with an earlier failure"), "{error}");
}

#[test]
fn a_silent_device_times_out() {
    let silent = Served::stranger(|_| Vec::new());
    let error = silent.connect(hasty()).unwrap_err().to_string();
    let path = &silent.path;
    assert_eq!(
        error,
        format!("no answer to greeting on {path}: asked 3 times, waited 50ms each")
    );
}

#[test]
fn a_device_that_falls_silent_times_out_with_what_was_awaited() {
    let greeting = Greeting {
        protocol: PROTOCOL_VERSION,
        registers: CoreConfig::tiny().identification(),
    };
    let served = greeter(greeting);
    let error = served.connect(hasty()).unwrap_err().to_string();
    assert!(
        error.starts_with("no answer to exchange of 0 stream words on"),
        "{error}"
    );
}

#[test]
fn an_echo_is_not_a_device() {
    let echo = Served::stranger(<[u8]>::to_vec);
    let error = echo.connect(hasty()).unwrap_err().to_string();
    assert!(
        error.ends_with("is not a Synfire device: it echoes what it is sent"),
        "{error}"
    );
}

#[test]
fn noise_is_not_a_device() {
    let noise = Served::stranger(|_| b"login: \0".to_vec());
    let error = noise.connect(hasty()).unwrap_err().to_string();
    assert!(
        error.ends_with("what comes back is noise, not frames"),
        "{error}"
    );
}

#[test]
fn another_protocol_and_another_config_are_named() {
    let registers = CoreConfig::tiny().identification();
    let served = greeter(Greeting {
        protocol: PROTOCOL_VERSION + 1,
        registers,
    });
    let error = served.connect(hasty()).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "the device speaks protocol version {}, this program speaks {PROTOCOL_VERSION}",
            PROTOCOL_VERSION + 1
        )
    );
    let board = Served::board(CoreConfig::tiny());
    let device = board.connect(LinkOptions::board()).unwrap();
    let error = device
        .expect_config(CoreConfig::up5k())
        .unwrap_err()
        .to_string();
    assert_eq!(error, "the device has config tiny, not up5k");
}

#[test]
fn a_port_that_is_not_there_is_named() {
    let error = Serial::open("/dev/ttyNONE", 9600).unwrap_err().to_string();
    assert!(error.starts_with("cannot open /dev/ttyNONE: "), "{error}");
}
