//! One session, from its plan to its result.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use spec::CoreConfig;

use super::LIMIT;
use super::cases::{Bench, Case, Said, said};
use super::host::{Ended, Handle, Host, Reader};
use super::line::Faults;
use super::plan::{Plan, Trouble};
use super::server::{Event, Happening, Server};

/// The contents of an existing file before the command runs.
const OLD: &[u8] = b"the result of an earlier session, whole\n";

/// The verdict on a session, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// Exit code 0, and every byte right.
    Right,
    /// Another exit code, and a message.
    Error,
    /// It was killed, and all files are complete.
    Killed,
    /// Damage on the line produced a valid frame; the wrong result was not detectable.
    Forged,
    /// A file that was complete is truncated or missing.
    Lost,
    /// It ended with a signal that was not sent to it, with a panic, or without an error message.
    Crashed,
    /// It exceeded the time limit.
    Hung,
    /// Exit code 0, and something is wrong.
    Wrong,
}

impl Verdict {
    pub(super) const ALL: [Verdict; 8] = [
        Verdict::Right,
        Verdict::Error,
        Verdict::Killed,
        Verdict::Forged,
        Verdict::Lost,
        Verdict::Crashed,
        Verdict::Hung,
        Verdict::Wrong,
    ];

    /// Whether this verdict is forbidden.
    pub(super) fn is_fault(self) -> bool {
        self >= Verdict::Lost
    }
}

/// A verdict and its reason.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    pub(super) why: String,
}

impl Finding {
    fn new(verdict: Verdict, why: impl Into<String>) -> Finding {
        Finding {
            verdict,
            why: why.into(),
        }
    }

    fn worse(self, other: Finding) -> Finding {
        if other.verdict > self.verdict {
            other
        } else {
            self
        }
    }
}

/// The processes and links that a fault created, which are removed at the end.
#[derive(Default)]
struct Company {
    reader: Option<Reader>,
    second: Option<Host>,
}

/// Runs one session in the empty folder `folder`.
pub(super) fn run(plan: &Plan, cases: &[Case], bench: &Bench, folder: &Path) -> Result<Finding> {
    let own = cases.get(plan.case).context("there is no such case")?;
    let (first, other) = (folder.join("first"), folder.join("second"));
    for folder in [&first, &other] {
        fs::create_dir(folder)?;
    }
    let host: Arc<OnceLock<Handle>> = Arc::default();
    let company: Arc<Mutex<Company>> = Arc::default();
    let path: Arc<OnceLock<String>> = Arc::default();
    let second = match &plan.trouble {
        Trouble::SecondProgram { case, .. } => cases.get(*case),
        _ => None,
    };
    let what = Surroundings {
        bench: bench.clone(),
        host: host.clone(),
        company: company.clone(),
        path: path.clone(),
        own_folder: first.clone(),
        folder: other.clone(),
        second: second.cloned(),
    };
    let (faults, event, blocks) = happenings(&plan.trouble, own, what);
    let server = Server::start(own.device.clone(), plan.seed, faults, event)?;
    let _ = path.set(server.path().to_owned());
    own.outputs
        .iter()
        .try_for_each(|output| fs::write(first.join(&output.name), OLD))?;
    let arguments = on_port(own, server.path());
    let process = Host::start(&bench.program, &arguments, &first, blocks)?;
    let _ = host.set(process.handle());
    let ended = process.wait(LIMIT);
    let forged = server.seen().forged;
    server.calm();
    let Company {
        reader,
        second: process,
    } = std::mem::take(&mut *company.lock().unwrap_or_else(PoisonError::into_inner));
    let mut finding = judge(own, &ended, &first, forged);
    if let (Some(process), Some(second)) = (process, second) {
        let ended = process.wait(LIMIT);
        let found = judge(second, &ended, &other, forged);
        finding = finding.worse(Finding::new(
            found.verdict,
            format!("the second program, {}: {}", second.name, found.why),
        ));
    }
    drop(reader);
    if let (Some(check), Verdict::Right) = (&own.check, finding.verdict) {
        let arguments = on_port(check, server.path());
        let ended = Host::start(&bench.program, &arguments, &first, None)?.wait(LIMIT);
        let found = judge(check, &ended, &first, false);
        if found.verdict != Verdict::Right {
            let verdict = if forged {
                Verdict::Forged
            } else {
                Verdict::Wrong
            };
            finding = Finding::new(
                verdict,
                format!("what is on the device then: {}", found.why),
            );
        }
    }
    for (name, bytes) in [("stdout", &ended.stdout), ("stderr", &ended.stderr)] {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(finding)
}

fn on_port(case: &Case, port: &str) -> Vec<String> {
    let mut arguments = case.arguments.clone();
    arguments.extend(["--target".to_owned(), format!("serial:{port}")]);
    arguments
}

/// The objects that an event affects.
struct Surroundings {
    bench: Bench,
    host: Arc<OnceLock<Handle>>,
    company: Arc<Mutex<Company>>,
    path: Arc<OnceLock<String>>,
    /// The folder of the host.
    own_folder: PathBuf,
    /// The folder of a second program.
    folder: PathBuf,
    second: Option<Case>,
}

/// The events, the damage of the line, and the limit of the disk for a fault.
fn happenings(
    trouble: &Trouble,
    own: &Case,
    what: Surroundings,
) -> (Option<Faults>, Option<Event>, Option<u64>) {
    let happening = |at, greeted, what| (None, Some(Event { at, greeted, what }), None);
    let event = |at, what| happening(at, false, what);
    let on_host = |at, act: Box<dyn FnOnce() + Send>| event(at, Happening::Host(act));
    match *trouble {
        Trouble::Nothing => (None, None, None),
        Trouble::PowerCycle {
            at,
            deaf,
            mute,
            other,
        } => {
            let config = match other {
                true if own.config == CoreConfig::tiny() => CoreConfig::up5k(),
                true => CoreConfig::tiny(),
                false => own.config,
            };
            // Before the greeting, a command that does not know the expected contents would accept
            // the reset device.
            let greeted = other || own.trusts_the_device();
            happening(at, greeted, Happening::PowerCycle { config, deaf, mute })
        }
        Trouble::SecondProgram {
            at, link, pause, ..
        } => on_host(
            at,
            Box::new(move || {
                what.start_second(link);
                thread::sleep(pause);
            }),
        ),
        Trouble::ForeignReader { at } => on_host(at, Box::new(move || what.start_reader())),
        Trouble::Unplugged { at } => event(at, Happening::Unplug),
        Trouble::DeviceStopped { at, pause } => event(at, Happening::Stop(pause)),
        Trouble::HostStopped { at, pause } => {
            on_host(at, Box::new(move || what.host.wait().pause(pause)))
        }
        Trouble::NotADevice { at, what } => event(at, Happening::Replace(what)),
        Trouble::LineFaults { rate, only } => (Some(Faults { rate, only }), None, None),
        Trouble::Killed { at } => on_host(at, Box::new(move || what.host.wait().kill())),
        Trouble::KilledWriting { after } => on_host(1, Box::new(move || what.kill_writing(after))),
        Trouble::FullDisk { blocks } => (None, None, Some(blocks)),
    }
}

impl Surroundings {
    fn with_company(&self, act: impl FnOnce(&mut Company)) {
        act(&mut self.company.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn start_second(&self, link: bool) {
        let Some(second) = &self.second else { return };
        let mut port = self.path.wait().clone();
        if link {
            let name = self.folder.join("port");
            // If the link cannot be created, the second program opens the port by the same name.
            if symlink(&port, &name).is_ok() {
                port = name.display().to_string();
            }
        }
        for output in &second.outputs {
            let _ = fs::write(self.folder.join(&output.name), OLD);
        }
        let arguments = on_port(second, &port);
        let host = Host::start(&self.bench.program, &arguments, &self.folder, None);
        self.with_company(|company| company.second = host.ok());
    }

    fn start_reader(&self) {
        let reader = Reader::start(self.path.wait());
        self.with_company(|company| company.reader = reader.ok());
    }

    /// Kills the host `after` this time since a file in its folder changed; the device continues.
    fn kill_writing(&self, after: Duration) {
        let host = self.host.wait().clone();
        let folder = self.own_folder.clone();
        let before = sizes(&folder);
        thread::spawn(move || {
            while host.is_running() && sizes(&folder) == before {
                thread::sleep(Duration::from_micros(20));
            }
            thread::sleep(after);
            host.kill();
        });
    }
}

/// The names and sizes of the files in a folder.
fn sizes(folder: &Path) -> Vec<(OsString, u64)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| {
        let length = entry.metadata().map_or(0, |found| found.len());
        (entry.file_name(), length)
    });
    sizes.collect()
}

/// The verdict on a command.
fn judge(case: &Case, ended: &Ended, folder: &Path, forged: bool) -> Finding {
    let Some(status) = ended.status else {
        return Finding::new(Verdict::Hung, format!("no end within {LIMIT:?}"));
    };
    if status.code() == Some(0) {
        return match mistake(case, ended, folder) {
            None => Finding::new(Verdict::Right, ""),
            Some(what) if forged => Finding::new(Verdict::Forged, what),
            Some(what) => Finding::new(Verdict::Wrong, what),
        };
    }
    if let Some(what) = loss(case, folder) {
        return Finding::new(Verdict::Lost, what);
    }
    if let Some(signal) = status.signal() {
        return match ended.killed {
            true => Finding::new(Verdict::Killed, ""),
            false => Finding::new(Verdict::Crashed, format!("signal {signal}")),
        };
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    match (status.code(), said.lines().find_map(message)) {
        (Some(1..=3), Some(message)) => Finding::new(Verdict::Error, message),
        (code, _) => Finding::new(Verdict::Crashed, format!("exit code {code:?}: {said}")),
    }
}

/// The error in a line of standard error, as text or as JSON if the command prints JSON.
fn message(line: &str) -> Option<String> {
    if let Some(message) = line.strip_prefix("error: ") {
        return Some(message.to_owned());
    }
    let document: serde_json::Value = serde_json::from_str(line).ok()?;
    let message = document.get("error")?.as_str()?;
    (document.get("schema")? == "synfire.error/1").then(|| message.to_owned())
}

/// The difference from the expected results after exit code 0.
fn mistake(case: &Case, ended: &Ended, folder: &Path) -> Option<String> {
    for output in &case.outputs {
        match fs::read(folder.join(&output.name)) {
            Ok(bytes) if bytes == output.bytes => {}
            Ok(bytes) => {
                let (found, right) = (bytes.len(), output.bytes.len());
                return Some(format!(
                    "{} is wrong: {found} bytes, {right} are right",
                    output.name
                ));
            }
            Err(error) => return Some(format!("{}: {error}", output.name)),
        }
    }
    match said(&case.arguments, &ended.stdout) {
        Ok(said) if said == case.said => None,
        Ok(Said::Summary(said)) => Some(format!("the summary is wrong: {said}")),
        Ok(Said::Bytes(said)) => Some(format!("standard output is wrong: {} bytes", said.len())),
        Err(error) => Some(format!("standard output is wrong: {error:#}")),
    }
}

/// A file that is neither the old one nor the new one.
fn loss(case: &Case, folder: &Path) -> Option<String> {
    case.outputs
        .iter()
        .find_map(|output| match fs::read(folder.join(&output.name)) {
            Ok(bytes) if bytes == OLD || bytes == output.bytes => None,
            Ok(bytes) => {
                let whole = output.bytes.len();
                Some(format!(
                    "{} is cut: {} of {whole} bytes",
                    output.name,
                    bytes.len()
                ))
            }
            Err(error) => Some(format!("{} is gone: {error}", output.name)),
        })
}

#[cfg(test)]
mod tests {
    use std::process::ExitStatus;

    use model::emulator::Emulator;

    use super::super::cases::Output;
    use super::*;

    const RIGHT: &[u8] = b"tick,id\n1,2\n";

    fn case() -> Case {
        let config = CoreConfig::tiny();
        Case {
            name: "run",
            config,
            arguments: vec!["run".to_owned()],
            is_complete: true,
            device: Emulator::new(config),
            said: Said::Bytes(b"done\n".to_vec()),
            outputs: vec![Output {
                name: "out.csv".to_owned(),
                bytes: RIGHT.to_vec(),
            }],
            sent: 100,
            greeting: 10,
            check: None,
        }
    }

    /// The verdict on a command that ends with this wait status and leaves this file.
    fn found(status: Option<i32>, file: Option<&[u8]>, forged: bool) -> Finding {
        let folder = tempfile::tempdir().unwrap();
        if let Some(bytes) = file {
            fs::write(folder.path().join("out.csv"), bytes).unwrap();
        }
        let ended = Ended {
            status: status.map(ExitStatus::from_raw),
            stdout: b"done\n".to_vec(),
            stderr: b"note: x\nerror: no answer\n".to_vec(),
            killed: status == Some(9),
        };
        judge(&case(), &ended, folder.path(), forged)
    }

    #[test]
    fn every_end_is_told_from_the_others() {
        const CODE_3: Option<i32> = Some(3 << 8);
        let cut = RIGHT.split_last().map(|(_, cut)| cut);
        for (status, file, verdict) in [
            (Some(0), Some(RIGHT), Verdict::Right),
            (Some(0), Some(OLD), Verdict::Wrong),
            (Some(0), cut, Verdict::Wrong),
            (Some(0), None, Verdict::Wrong),
            (CODE_3, Some(OLD), Verdict::Error),
            (CODE_3, Some(RIGHT), Verdict::Error),
            (CODE_3, cut, Verdict::Lost),
            (CODE_3, Some(b"".as_slice()), Verdict::Lost),
            (CODE_3, None, Verdict::Lost),
            (Some(9), Some(OLD), Verdict::Killed),
            (Some(9), cut, Verdict::Lost),
            (Some(11), Some(OLD), Verdict::Crashed),
            (Some(101 << 8), Some(OLD), Verdict::Crashed),
            (None, Some(OLD), Verdict::Hung),
        ] {
            let finding = found(status, file, false);
            assert_eq!(finding.verdict, verdict, "{status:?}: {}", finding.why);
        }
        assert_eq!(found(Some(0), Some(OLD), true).verdict, Verdict::Forged);
        assert_eq!(found(Some(0), Some(RIGHT), true).verdict, Verdict::Right);
    }

    #[test]
    fn an_error_without_a_message_and_a_wrong_word_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("out.csv"), RIGHT).unwrap();
        let judged = |code: i32, stdout: &[u8], stderr: &str| {
            let ended = Ended {
                status: Some(ExitStatus::from_raw(code << 8)),
                stdout: stdout.to_vec(),
                stderr: stderr.as_bytes().to_vec(),
                killed: false,
            };
            judge(&case(), &ended, folder.path(), false).verdict
        };
        let json = |schema: &str| format!(r#"{{"schema":"{schema}","error":"no answer"}}"#);
        assert_eq!(judged(3, b"", ""), Verdict::Crashed);
        assert_eq!(judged(3, b"", "panicked"), Verdict::Crashed);
        assert_eq!(judged(3, b"", &json("synfire.error/1")), Verdict::Error);
        assert_eq!(judged(3, b"", &json("synfire.run/1")), Verdict::Crashed);
        assert_eq!(judged(0, b"done", ""), Verdict::Wrong);
        assert_eq!(judged(0, b"done\n", ""), Verdict::Right);
    }

    #[test]
    fn plans_come_from_their_seeds() {
        let cases = [case()];
        let plans: Vec<Plan> = (0..220).map(|seed| Plan::draw(seed, &cases)).collect();
        assert!(
            (0..)
                .zip(&plans)
                .all(|(seed, plan)| *plan == Plan::draw(seed, &cases))
        );
        for kind in super::super::plan::Kind::ALL {
            let of_kind: Vec<_> = plans.iter().filter(|plan| plan.kind == kind).collect();
            assert_eq!(of_kind.len(), 20);
            let texts: std::collections::HashSet<String> = of_kind
                .iter()
                .map(|plan| plan.trouble.to_string())
                .collect();
            let is_sound = kind == super::super::plan::Kind::Sound;
            assert_eq!(texts.len() == 1, is_sound, "{texts:?}");
        }
    }
}
