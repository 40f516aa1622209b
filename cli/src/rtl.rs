//! Starts the simulated hardware, a separate program that serves a port.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use spec::CoreConfig;
use thiserror::Error;

use crate::talk;

/// Name of the program that serves the simulated hardware.
const RTL: &str = "synfire-rtl";

/// Variable that names it if it is somewhere else.
const RTL_VARIABLE: &str = "SYNFIRE_RTL";

/// How long the simulation may take to end by itself.
const FAREWELL: Duration = Duration::from_secs(2);

/// The program that serves the simulated hardware cannot be used.
#[derive(Debug, Error)]
pub(crate) enum RtlError {
    /// The program is not installed.
    #[error("the program {RTL} for simulated hardware is not there")]
    Missing,
    /// It ended at once.
    #[error("{program} ended without serving a port")]
    Ended {
        /// Which program.
        program: String,
    },
}

/// The simulated hardware: a process that serves a port for as long as its input is open.
pub(crate) struct Rtl {
    child: Child,
    port: String,
}

impl Rtl {
    /// Starts the process.
    pub(crate) fn serve(config: &CoreConfig) -> anyhow::Result<Rtl> {
        let program = find_rtl().ok_or(RtlError::Missing)?;
        let name = program.display().to_string();
        let mut child = Command::new(&program)
            .args(["--config", config.name.as_str()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(match talk::is_to_program() {
                true => Stdio::piped(),
                false => Stdio::inherit(),
            })
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let mut port = String::new();
        if let Some(stdout) = &mut child.stdout {
            BufReader::new(stdout).read_line(&mut port)?;
        }
        let port = port.trim().to_owned();
        let mut rtl = Rtl { child, port };
        if rtl.port.is_empty() {
            rtl.repeat();
            return Err(RtlError::Ended { program: name }.into());
        }
        Ok(rtl)
    }

    /// Tells a program what the process said before it ended; a person has read it.
    fn repeat(&mut self) {
        if let Some(stderr) = &mut self.child.stderr {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                talk::tell(format_args!("{line}"));
            }
        }
    }

    /// What a host opens.
    pub(crate) fn port(&self) -> &str {
        &self.port
    }

    /// Waits until the process ends.
    pub(crate) fn wait(&mut self) -> anyhow::Result<()> {
        // Waiting closes the input, which is what tells the process to end; so keep it.
        let input = self.child.stdin.take();
        self.child.wait()?;
        drop(input);
        Ok(())
    }
}

impl Drop for Rtl {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let since = Instant::now();
        while since.elapsed() < FAREWELL {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        // It is our own child, so it can be ended and must be waited for; if neither works there is
        // nothing more to try.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program: where the variable says, beside this program, or on the search path.
fn find_rtl() -> Option<PathBuf> {
    if let Some(path) = env::var_os(RTL_VARIABLE) {
        return Some(PathBuf::from(path));
    }
    let beside = env::current_exe()
        .ok()
        .and_then(|own| Some(own.parent()?.join(RTL)));
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|folder| folder.join(RTL));
    beside
        .into_iter()
        .chain(on_path)
        .find(|candidate| candidate.is_file())
}
