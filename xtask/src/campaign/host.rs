//! A host: the command, as a separate process.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

/// Time between two checks whether a host has ended.
const LOOK: Duration = Duration::from_millis(2);

/// The results of a host that has ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// `None`: not in time.
    pub(super) status: Option<ExitStatus>,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
    /// Whether the campaign killed it.
    pub(super) killed: bool,
}

impl Ended {
    pub(super) fn code(&self) -> Option<i32> {
        self.status?.code()
    }
}

/// A running process that an event may kill or stop.
#[derive(Clone)]
pub(super) struct Handle(Arc<Mutex<Running>>);

struct Running {
    child: Child,
    killed: bool,
}

impl Handle {
    fn with<T>(&self, act: impl FnOnce(&mut Running) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Kills it, unless it has ended.
    pub(super) fn kill(&self) {
        self.with(|running| {
            if matches!(running.child.try_wait(), Ok(None)) {
                running.killed = running.child.kill().is_ok();
            }
        });
    }

    /// Stops it, and continues it after this time.
    pub(super) fn pause(&self, time: Duration) {
        if self.signal(Signal::STOP) {
            let handle = self.clone();
            thread::spawn(move || {
                thread::sleep(time);
                handle.signal(Signal::CONT);
            });
        }
    }

    /// Sends a signal; returns whether the process still existed.
    fn signal(&self, signal: Signal) -> bool {
        self.with(|running| {
            // Checked under the lock: after the process has been waited for, another process may
            // get its id.
            let is_there = matches!(running.child.try_wait(), Ok(None));
            is_there && kill_process(Pid::from_child(&running.child), signal).is_ok()
        })
    }

    pub(super) fn is_running(&self) -> bool {
        self.with(|running| matches!(running.child.try_wait(), Ok(None)))
    }

    fn status(&self) -> Option<ExitStatus> {
        self.with(|running| running.child.try_wait().ok().flatten())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended; otherwise it is no longer needed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process and its output.
pub(super) struct Host {
    handle: Handle,
    stdout: JoinHandle<Vec<u8>>,
    stderr: JoinHandle<Vec<u8>>,
}

impl Host {
    /// Starts `program` in `folder`; with `blocks`, files are limited to this number of 512-byte
    /// blocks.
    pub(super) fn start(
        program: &Path,
        arguments: &[String],
        folder: &Path,
        blocks: Option<u64>,
    ) -> Result<Host> {
        let mut command = match blocks {
            None => Command::new(program),
            Some(blocks) => {
                let mut shell = Command::new("sh");
                // If the signal is ignored, a write beyond the limit fails as on a full disk.
                let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
                shell.arg("-c").arg(script).arg(program);
                shell
            }
        };
        let mut child = command
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        Ok(Host {
            handle: Handle(Arc::new(Mutex::new(Running {
                child,
                killed: false,
            }))),
            stdout: thread::spawn(|| all_of(stdout)),
            stderr: thread::spawn(|| all_of(stderr)),
        })
    }

    pub(super) fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Waits for its end, at most for `limit`.
    pub(super) fn wait(self, limit: Duration) -> Ended {
        let since = Instant::now();
        let mut status = self.handle.status();
        while status.is_none() && since.elapsed() < limit {
            thread::sleep(LOOK);
            status = self.handle.status();
        }
        let killed = self.handle.with(|running| running.killed);
        if status.is_none() {
            self.handle.kill();
        }
        Ended {
            status,
            stdout: self.stdout.join().unwrap_or_default(),
            stderr: self.stderr.join().unwrap_or_default(),
            killed,
        }
    }
}

fn all_of(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // Keeps the bytes that were read before an error.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

/// A program that does not know the protocol and reads from the port, until this is dropped.
pub(super) struct Reader(Child);

impl Reader {
    pub(super) fn start(port: &str) -> Result<Reader> {
        let nowhere = File::options().write(true).open("/dev/null")?;
        let child = Command::new("cat")
            .arg(port)
            .stdin(Stdio::null())
            .stdout(nowhere)
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start cat")?;
        Ok(Reader(child))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
