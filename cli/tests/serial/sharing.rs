//! Tests of one port and several programs: one program gets the port, the others are told which
//! program has it, and programs that read without a lock are detected.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use driver::pty::Pty;
use driver::transport::{self, Serial, Transport, TransportError};
use driver::{Device, LinkOptions};
use spec::CoreConfig;
use spec::config::PROTOCOL_VERSION;
use spec::wire::{Request, Tag};
use tempfile::TempDir;

use super::Served;

/// Time limit for any step, also on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// A program that is killed at the end of the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_synfire"))
}

fn info(port: &str) -> Command {
    let mut command = program();
    command.args(["info", "--target", &format!("serial:{port}")]);
    command
}

/// The output of a program that must end within the limit.
fn within_limit(command: &mut Command) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Ended(child.spawn().unwrap());
    let since = Instant::now();
    while child.0.try_wait().unwrap().is_none() {
        assert!(since.elapsed() < LIMIT, "{command:?} hangs");
        thread::sleep(Duration::from_millis(5));
    }
    // Its output is shorter than a pipe can hold.
    let mut output = Output {
        status: child.0.wait().unwrap(),
        stdout: Vec::new(),
        stderr: Vec::new(),
    };
    let (stdout, stderr) = (child.0.stdout.take(), child.0.stderr.take());
    std::io::copy(&mut stdout.unwrap(), &mut output.stdout).unwrap();
    std::io::copy(&mut stderr.unwrap(), &mut output.stderr).unwrap();
    output
}

/// The message of a command that must fail.
fn refusal(command: &mut Command) -> String {
    let output = within_limit(command);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let since = Instant::now();
    while !holds() {
        assert!(since.elapsed() < LIMIT, "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_second_program_is_told_who_has_the_port() {
    let board = Served::board(CoreConfig::tiny());
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("by-id");
    symlink(&board.path, &link).unwrap();
    let link = link.to_str().unwrap().to_owned();
    let own = format!("(process {}, started ", std::process::id());
    // Other names of the port refer to the same port.
    for (held, wanted) in [
        (&board.path, &board.path),
        (&board.path, &link),
        (&link, &board.path),
    ] {
        let holder = Serial::open(held, 1_000_000).unwrap();
        let said = refusal(&mut info(wanted));
        assert!(
            said.starts_with(&format!("error: {wanted} is in use by ")) && said.contains(&own),
            "{said}"
        );
        assert!(said.contains("hint: wait until that program"), "{said}");
        // A program cannot open it twice either.
        let error = Serial::open(wanted, 1_000_000).unwrap_err();
        assert!(matches!(error, TransportError::Busy { .. }), "{error}");
        drop(holder);
        assert!(within_limit(&mut info(wanted)).status.success());
    }
}

/// The command, run as another user who may open the port. Only root can change the user; otherwise
/// it runs as the same user, which other tests cover too.
fn as_another_user(port: &str, folder: &TempDir) -> (Command, bool) {
    let is_root = folder.path().metadata().unwrap().uid() == 0;
    fs::set_permissions(port, Permissions::from_mode(0o666)).unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let copy = folder.path().join("synfire");
    fs::copy(env!("CARGO_BIN_EXE_synfire"), &copy).unwrap();
    let mut command = Command::new(copy);
    command.args(["info", "--target", &format!("serial:{port}")]);
    if is_root {
        command.uid(65_534).gid(65_534);
    }
    (command, is_root)
}

#[test]
fn another_user_is_told_too() {
    let board = Served::board(CoreConfig::tiny());
    let folder = tempfile::tempdir().unwrap();
    let (mut command, is_root) = as_another_user(&board.path, &folder);
    let holder = Serial::open(&board.path, 1_000_000).unwrap();
    let said = refusal(&mut command);
    let mut own = format!("(process {}", std::process::id());
    if is_root {
        own += " of user 0";
    }
    assert!(
        said.contains(" is in use by ") && said.contains(&own),
        "{said}"
    );
    drop(holder);
    assert!(within_limit(&mut command).status.success());
}

#[test]
fn a_killed_program_leaves_no_lock() {
    let silent = Served::stranger(|_| Vec::new());
    let mut command = info(&silent.path);
    let command = command.arg("--slow").stderr(Stdio::null());
    let mut holder = Ended(command.spawn().unwrap());
    let pid = holder.0.id();
    wait_until("the program has the port", || {
        match Serial::open(&silent.path, 1_000_000) {
            Err(TransportError::Busy { users, .. }) => users.iter().any(|user| user.pid == pid),
            _ => false,
        }
    });
    holder.0.kill().unwrap();
    holder.0.wait().unwrap();
    Serial::open(&silent.path, 1_000_000).unwrap();
    // The exclusive mark does not apply to root, so the lock must keep root out.
    let folder = tempfile::tempdir().unwrap();
    let said = refusal(&mut as_another_user(&silent.path, &folder).0);
    assert!(said.contains("no answer to greeting"), "{said}");
}

#[test]
fn children_do_not_inherit_the_port() {
    let board = Served::board(CoreConfig::tiny());
    let port = Serial::open(&board.path, 1_000_000).unwrap();
    let child = Ended(Command::new("sleep").arg("1000").spawn().unwrap());
    let has_it = || {
        transport::others(&board.path)
            .iter()
            .any(|it| it.pid == child.0.id())
    };
    // Before it runs its own program, the child is a copy of this process.
    wait_until("the child is a program of its own", || !has_it());
    drop(port);
    Serial::open(&board.path, 1_000_000).unwrap();
}

#[test]
fn whoever_reads_along_is_named() {
    let board = Served::board(CoreConfig::tiny());
    let reader = Command::new("cat")
        .arg(&board.path)
        .stdout(Stdio::null())
        .spawn();
    let reader = Ended(reader.unwrap());
    wait_until("cat has the port open", || {
        transport::others(&board.path)
            .iter()
            .any(|it| it.pid == reader.0.id())
    });
    let named = format!("cat (process {}", reader.0.id());
    // A session may succeed by chance before `cat` has read anything.
    wait_until("a session is disturbed", || {
        let output = within_limit(&mut info(&board.path));
        if output.status.success() {
            return false;
        }
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(&named), "{said}");
        assert!(
            said.contains("read by another program") || said.contains("open too"),
            "{said}"
        );
        true
    });
    drop(reader);
    assert!(within_limit(&mut info(&board.path)).status.success());
}

#[test]
fn bytes_that_vanish_between_looking_and_reading_are_no_hang() {
    let mut line = Pty::new().unwrap();
    let path = line.path().to_owned();
    let mut port = Serial::open(&path, 1_000_000).unwrap();
    let cat = Command::new("cat").arg(&path).stdout(Stdio::null()).spawn();
    let _reader = Ended(cat.unwrap());
    let ended = AtomicBool::new(false);
    let (mut reads, mut most) = (0, Duration::ZERO);
    let error = thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                line.write(&[0x55], Duration::from_millis(1)).unwrap();
            }
        });
        let begun = Instant::now();
        let result = loop {
            let since = Instant::now();
            let result = port.read(&mut [0; 16], Duration::from_millis(20));
            most = most.max(since.elapsed());
            reads += 1;
            if result.is_err() || begun.elapsed() > LIMIT {
                break result;
            }
        };
        ended.store(true, Ordering::Relaxed);
        result.unwrap_err()
    });
    println!("read {reads} times, {most:?} at most");
    let TransportError::Shared { readers, .. } = &error else {
        panic!("{error}")
    };
    assert!(
        readers
            .iter()
            .any(|it| it.program.as_deref() == Some("cat")),
        "{error}"
    );
    assert!(most < LIMIT);
}

#[test]
fn a_line_that_takes_nothing_is_no_hang() {
    let stopped = Pty::new().unwrap();
    let mut port = Serial::open(stopped.path(), 1_000_000).unwrap();
    let since = Instant::now();
    let error = loop {
        match port.write(&[0x55; 4096]) {
            Ok(()) => assert!(since.elapsed() < LIMIT, "it takes everything"),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, TransportError::Blocked { .. }), "{error}");
    assert!(since.elapsed() < LIMIT);
}

#[test]
fn a_host_that_does_not_read_does_not_stop_the_board() {
    let mut board = Served::board(CoreConfig::tiny());
    let mut port = Serial::open(&board.path, 1_000_000).unwrap();
    // Each greeting is answered separately; together the answers exceed what a terminal holds.
    let hello = Request::Hello {
        protocol: PROTOCOL_VERSION,
    };
    let hello = hello.frame(Tag::new(1, 0)).encode().unwrap();
    let many = hello.repeat(2500);
    let result = many.chunks(1024).try_for_each(|some| port.write(some));
    assert!(
        matches!(result, Ok(()) | Err(TransportError::Blocked { .. })),
        "{result:?}"
    );
    drop(port);
    let options = LinkOptions::simulator();
    let port = Serial::open(&board.path, 1_000_000).unwrap();
    Device::connect(Box::new(port), options).unwrap();
    board.end();
}

#[test]
fn what_is_no_serial_port_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for name in ["/dev/null", file.path().to_str().unwrap()] {
        let error = Serial::open(name, 1_000_000).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("cannot open {name}: it is not a serial port")
        );
    }
}
