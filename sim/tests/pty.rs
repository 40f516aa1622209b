//! Tests of the program `synfire-rtl` through its port.

use std::{
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serialport::TTYPort;
use spec::{
    CoreConfig,
    config::PROTOCOL_VERSION,
    wire::{Deframer, Request, Response, Tag},
};

type Outcome = Result<(), Box<dyn Error>>;

/// The program; it is killed when a test ends early.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> Result<(Server, String), Box<dyn Error>> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_synfire-rtl"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().ok_or("no stdout")?;
    let server = Server(child);
    let mut path = String::new();
    BufReader::new(stdout).read_line(&mut path)?;
    Ok((server, path.trim_end().to_owned()))
}

/// Opens the port, greets, and closes the port.
fn greet(path: &str) -> Result<Response, Box<dyn Error>> {
    let port = serialport::new(path, 1_000_000).timeout(Duration::from_secs(20));
    let mut port = TTYPort::open(&port)?;
    let request = Request::Hello {
        protocol: PROTOCOL_VERSION,
    };
    port.write_all(&request.frame(Tag::new(3, 9)).encode()?)?;
    let mut deframer = Deframer::new();
    let mut byte = [0];
    loop {
        port.read_exact(&mut byte)?;
        if let Some(frame) = deframer.push(byte[0]) {
            return Ok(Response::decode(&frame?)?);
        }
    }
}

#[test]
fn one_client_after_another_is_greeted() -> Outcome {
    let (mut server, path) = start(&["--config", "up5k"])?;
    for _ in 0..3 {
        match greet(&path)? {
            Response::Hello(greeting) => {
                assert_eq!(greeting.registers, CoreConfig::up5k().identification());
            }
            other => return Err(format!("{other:?}").into()),
        }
    }
    drop(server.0.stdin.take());
    assert!(server.0.wait()?.success());
    Ok(())
}

#[test]
fn a_client_that_does_not_read_does_not_stop_the_server() -> Outcome {
    let (mut server, path) = start(&["--config", "tiny"])?;
    let mut port = TTYPort::open(&serialport::new(&path, 1_000_000))?;
    let request = Request::Hello {
        protocol: PROTOCOL_VERSION,
    };
    // The answers are longer than a terminal can hold for a client that does not read.
    port.write_all(&request.frame(Tag::new(3, 9)).encode()?.repeat(2500))?;
    std::thread::sleep(Duration::from_secs(10));
    drop(server.0.stdin.take());
    let since = Instant::now();
    while server.0.try_wait()?.is_none() {
        if since.elapsed() > Duration::from_secs(60) {
            return Err("the server waits for the client".into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

#[test]
fn the_server_ends_after_the_cycles_it_was_given() -> Outcome {
    let (mut server, _) = start(&["--max-cycles", "100000"])?;
    assert!(server.0.wait()?.success());
    Ok(())
}

#[test]
fn unknown_configs_are_a_usage_error_that_names_the_known() -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_synfire-rtl"))
        .args(["--config", "up6k"])
        .stdin(Stdio::null())
        .output()?;
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr)?;
    assert!(
        message.contains("up6k") && message.contains("ecp5_85k"),
        "{message}"
    );
    assert!(output.stdout.is_empty());
    Ok(())
}
