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

/// How often a host is asked whether it has ended.
const LOOK: Duration = Duration::from_millis(2);

/// How a host ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// `None`: not in time.
    pub(super) status: Option<ExitStatus>,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
    /// Whether it was killed, by us.
    pub(super) killed: bool,
}

impl Ended {
    pub(super) fn code(&self) -> Option<i32> {
        self.status?.code()
    }
}

/// A running process that others may interfere with.
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

    /// Ends it at once, unless it has ended.
    pub(super) fn kill(&self) {
        self.with(|running| {
            if matches!(running.child.try_wait(), Ok(None)) {
                running.killed = running.child.kill().is_ok();
            }
        });
    }

    /// Stops it, and has it go on after that time.
    pub(super) fn pause(&self, time: Duration) {
        if self.signal(Signal::STOP) {
            let handle = self.clone();
            thread::spawn(move || {
                thread::sleep(time);
                handle.signal(Signal::CONT);
            });
        }
    }

    /// Whether it was there to get it.
    fn signal(&self, signal: Signal) -> bool {
        self.with(|running| {
            // Asked under the lock: a number that nobody waits for any more may be another's.
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
        // It may have ended; if not, nobody needs it any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process and what it says.
pub(super) struct Host {
    handle: Handle,
    stdout: JoinHandle<Vec<u8>>,
    stderr: JoinHandle<Vec<u8>>,
}

impl Host {
    /// Starts `program` in `folder`; with `blocks`, no file may be larger than so many times 512
    /// bytes.
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
                // Without the signal a write that is too long fails, as on a disk that is full.
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

    /// Waits for its end, so long at most.
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
        // Whatever came until it failed.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

/// A program that knows nothing of the device and reads from its port, until this is dropped.
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
