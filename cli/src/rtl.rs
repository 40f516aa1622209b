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

/// The variable that names it if it is elsewhere.
const RTL_VARIABLE: &str = "SYNFIRE_RTL";

/// Time limit for the simulation to end by itself.
const FAREWELL: Duration = Duration::from_secs(2);

/// The program that serves the simulated hardware cannot be used.
#[derive(Debug, Error)]
pub(crate) enum RtlError {
    /// The program is not installed.
    #[error("the program {RTL} for simulated hardware is not there")]
    Missing,
    /// It ended immediately.
    #[error("{program} ended without serving a port")]
    Ended {
        /// The program.
        program: String,
    },
}

/// The simulated hardware: a process that serves a port while its standard input is open.
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

    /// With JSON, adds the output of the process to the messages; people have seen it already.
    fn repeat(&mut self) {
        if let Some(stderr) = &mut self.child.stderr {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                talk::tell(format_args!("{line}"));
            }
        }
    }

    /// The port for a host.
    pub(crate) fn port(&self) -> &str {
        &self.port
    }

    /// Waits until the process ends.
    pub(crate) fn wait(&mut self) -> anyhow::Result<()> {
        // `wait` closes the input, which would end the process, so the input is taken first.
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
        // It is a child process, so ending it and waiting for it are allowed; if they fail, nothing
        // else can be done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The path of the program: from the variable, beside this program, or on the search path.
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
