//! The host's actions in a session, and the expected results: those of the same command on the
//! model and on an undisturbed device.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use model::emulator::Emulator;
use serde_json::Value;
use spec::CoreConfig;

use super::dice::Dice;
use super::host::{Ended, Host};
use super::server::{Seen, Server};

/// A file that a command writes, and its expected contents.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The expected standard output of a command.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A summary, without the fields that differ between runs.
    Summary(Value),
}

/// A command and its expected results.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) config: &'static CoreConfig,
    pub(super) arguments: Vec<String>,
    /// Whether the result is independent of the earlier contents of the device.
    pub(super) is_complete: bool,
    /// The device at the beginning.
    pub(super) device: Emulator,
    /// The expected output.
    pub(super) said: Said,
    pub(super) outputs: Vec<Output>,
    /// Number of bytes that the host sends in an undisturbed session.
    pub(super) sent: u64,
    /// Number of these bytes that are the greeting.
    pub(super) greeting: u64,
    /// A command that reads the device afterwards, if the result is on the device.
    pub(super) check: Option<Box<Case>>,
}

impl Case {
    /// Whether the command takes the contents of the device as they are, because it does not know
    /// the expected ones.
    pub(super) fn trusts_the_device(&self) -> bool {
        let has = |word: &str| self.arguments.iter().any(|argument| argument == word);
        has("read") && !has("--net")
    }
}

/// A case without its expected results.
struct Draft {
    name: &'static str,
    config: &'static CoreConfig,
    /// Commands that prepare the device.
    before: &'static [&'static str],
    command: &'static str,
    /// The files that it writes.
    outputs: &'static [&'static str],
    /// Whether the command is a run, whose results must equal the model's.
    on_model: bool,
    is_complete: bool,
    check: Option<&'static str>,
}

const RUN: &str = "run NET --ticks 400 --poisson 0.15 --seed 3 --format json";
const RUN_LARGE: &str = "run LARGE --ticks 200 --poisson 0.15 --seed 4 --format json \
    --spikes out.csv --potentials v.csv";
const RUN_FILES: &str = "run NET --ticks 400 --poisson 0.15 --seed 3 --format json \
    --spikes out.csv --potentials v.npy --counts counts.csv --raster raster.svg";
const RUN_VERIFIED: &str = "run OTHER --ticks 300 --poisson 0.2 --seed 5 --format json --verify \
    --spikes out.csv";
const RUN_STAYING: &str = "run NET --ticks 400 --poisson 0.15 --seed 3 --format json --no-load \
    --spikes out.csv --potentials v.csv";
const LOAD: &str = "load NET --format json";
const LOAD_LARGE: &str = "load LARGE --format json";
const RUN_LEARNING: &str = "run LEARNER --ticks 300 --poisson 0.2 --seed 6 --format json \
    --spikes out.csv --currents i.npy";

/// All cases without their expected results.
fn drafts() -> Vec<Draft> {
    let tiny = CoreConfig::tiny();
    let up5k = CoreConfig::up5k();
    let learning = CoreConfig::tiny_l();
    let run = |name, config, command, outputs| Draft {
        name,
        config,
        before: &[],
        command,
        outputs,
        on_model: true,
        is_complete: true,
        check: None,
    };
    let after = |name, config, before, command, outputs| Draft {
        before,
        on_model: false,
        is_complete: false,
        ..run(name, config, command, outputs)
    };
    vec![
        run(
            "run",
            tiny,
            RUN_FILES,
            &["out.csv", "v.npy", "counts.csv", "raster.svg"],
        ),
        run("run, large", up5k, RUN_LARGE, &["out.csv", "v.csv"]),
        run("run --verify", tiny, RUN_VERIFIED, &["out.csv"]),
        run(
            "run, learning",
            learning,
            RUN_LEARNING,
            &["out.csv", "i.npy"],
        ),
        Draft {
            on_model: false,
            is_complete: false,
            before: &[LOAD],
            ..run("run --no-load", tiny, RUN_STAYING, &["out.csv", "v.csv"])
        },
        Draft {
            on_model: false,
            check: Some(RUN_STAYING),
            ..run("load", tiny, LOAD, &[])
        },
        Draft {
            on_model: false,
            check: Some(
                "run LARGE --ticks 60 --poisson 0.15 --seed 4 --format json --no-load \
                 --spikes out.csv",
            ),
            ..run("load, large", up5k, LOAD_LARGE, &[])
        },
        after(
            "read weights",
            up5k,
            &[LOAD_LARGE],
            "read weights --net LARGE --output w-.npy",
            &[
                "w--in-first.npy",
                "w--first-second.npy",
                "w--second-first.npy",
            ],
        ),
        after(
            "read weights, learned",
            learning,
            &[RUN_LEARNING],
            "read weights --net LEARNER",
            &[],
        ),
        after(
            "read potentials",
            tiny,
            &[RUN],
            "read potentials --output v.csv",
            &["v.csv"],
        ),
        after(
            "read row_body",
            up5k,
            &[LOAD_LARGE],
            "read row_body --output rows.npy",
            &["rows.npy"],
        ),
        after("read counts", tiny, &[RUN], "read counts", &[]),
        // Its output depends on the state of the device, which other programs change.
        after("info", tiny, &[], "info --format json", &[]),
    ]
}

/// The program and the inputs of all sessions.
#[derive(Debug, Clone)]
pub(super) struct Bench {
    pub(super) program: PathBuf,
    /// Folder with the networks.
    pub(super) inputs: PathBuf,
}

impl Bench {
    /// Writes the networks.
    pub(super) fn new(program: PathBuf, inputs: PathBuf) -> Result<Bench> {
        fs::create_dir_all(&inputs)?;
        let networks = [
            ("NET", network("net", 8, [9, 6], 1, false)),
            ("OTHER", network("other", 8, [7, 8], 2, false)),
            ("LARGE", network("large", 24, [60, 40], 3, false)),
            ("LEARNER", network("learner", 6, [6, 5], 4, true)),
        ];
        for (name, text) in networks {
            fs::write(inputs.join(format!("{name}.toml")), text)?;
        }
        Ok(Bench { program, inputs })
    }

    fn arguments(&self, command: &str) -> Vec<String> {
        let network = |word: &str| {
            let path = self.inputs.join(format!("{word}.toml"));
            path.display().to_string()
        };
        let is_network = |word: &&str| word.chars().all(|c| c.is_ascii_uppercase());
        let words = command.split_whitespace();
        words
            .map(|word| match is_network(&word) {
                true => network(word),
                false => word.to_owned(),
            })
            .collect()
    }
}

/// Runs every case on the model and on an undisturbed device to get the expected results.
pub(super) fn cases(bench: &Bench, folder: &Path) -> Result<Vec<Case>> {
    let drafts = drafts();
    drafts
        .iter()
        .map(|draft| tried(draft, bench, folder).with_context(|| draft.name))
        .collect()
}

fn tried(draft: &Draft, bench: &Bench, folder: &Path) -> Result<Case> {
    let mut device = Emulator::new(draft.config);
    for command in draft.before {
        device = on_device(bench, &bench.arguments(command), device, folder)?.device;
    }
    let arguments = bench.arguments(draft.command);
    let result = on_device(bench, &arguments, device.clone(), folder)?;
    let outputs = outputs(draft.outputs, folder)?;
    let said = said(&arguments, &result.ended.stdout)?;
    if draft.on_model {
        let mut command = arguments.clone();
        command.extend(
            ["--target", "model", "--config", draft.config.name.as_str()].map(str::to_owned),
        );
        let ended = sound(bench, &command, folder)?;
        ensure!(
            said == self::said(&arguments, &ended.stdout)?,
            "the model says something else: {}",
            String::from_utf8_lossy(&ended.stdout)
        );
        for (own, models) in outputs.iter().zip(self::outputs(draft.outputs, folder)?) {
            ensure!(own.bytes == models.bytes, "{}: the model differs", own.name);
        }
    }
    let check = match draft.check {
        Some(command) => {
            let draft = Draft {
                name: "the check after it",
                command,
                outputs: &["out.csv"],
                before: &[],
                check: None,
                on_model: false,
                ..*draft
            };
            let arguments = bench.arguments(command);
            let after = on_device(bench, &arguments, result.device, folder)?;
            Some(Box::new(Case {
                name: draft.name,
                config: draft.config,
                said: self::said(&arguments, &after.ended.stdout)?,
                arguments,
                is_complete: false,
                device: after.device,
                outputs: self::outputs(draft.outputs, folder)?,
                sent: after.seen.received,
                greeting: after.seen.greeting,
                check: None,
            }))
        }
        None => None,
    };
    Ok(Case {
        name: draft.name,
        config: draft.config,
        arguments,
        is_complete: draft.is_complete,
        device,
        said,
        outputs,
        sent: result.seen.received,
        greeting: result.seen.greeting,
        check,
    })
}

/// The results of a command on an undisturbed device.
struct Tried {
    ended: Ended,
    device: Emulator,
    seen: Seen,
}

fn on_device(
    bench: &Bench,
    arguments: &[String],
    device: Emulator,
    folder: &Path,
) -> Result<Tried> {
    let server = Server::start(device, 0, None, None)?;
    let mut command = arguments.to_vec();
    command.extend(["--target".to_owned(), format!("serial:{}", server.path())]);
    let ended = sound(bench, &command, folder)?;
    let seen = server.seen();
    let device = server.end().context("the device is gone")?;
    Ok(Tried {
        ended,
        device,
        seen,
    })
}

/// Runs a command without disturbances, which must succeed.
fn sound(bench: &Bench, arguments: &[String], folder: &Path) -> Result<Ended> {
    let host = Host::start(&bench.program, arguments, folder, None)?;
    let ended = host.wait(super::LIMIT);
    ensure!(
        ended.code() == Some(0),
        "{} {}: {:?}: {}",
        bench.program.display(),
        arguments.join(" "),
        ended.status,
        String::from_utf8_lossy(&ended.stderr)
    );
    Ok(ended)
}

fn outputs(names: &[&str], folder: &Path) -> Result<Vec<Output>> {
    let read = |name: &&str| {
        let bytes = fs::read(folder.join(name)).with_context(|| (*name).to_owned())?;
        ensure!(!bytes.is_empty(), "{name} is empty");
        Ok(Output {
            name: (*name).to_owned(),
            bytes,
        })
    };
    names.iter().map(read).collect()
}

/// Fields that differ between runs or depend on the line.
const PASSING: [&str; 4] = ["target", "seconds", "damaged_frames", "framing_errors"];

/// The output, without fields that differ between runs.
pub(super) fn said(arguments: &[String], stdout: &[u8]) -> Result<Said> {
    if !arguments.iter().any(|word| word == "json") {
        return Ok(Said::Bytes(stdout.to_vec()));
    }
    let mut summary: Value = serde_json::from_slice(stdout).context("the summary")?;
    if let Some(fields) = summary.as_object_mut() {
        fields.retain(|name, _| !PASSING.contains(&name.as_str()));
    }
    Ok(Said::Summary(summary))
}

/// A network with much activity: inputs excite, and populations excite and inhibit each other.
fn network(name: &str, inputs: usize, sizes: [usize; 2], seed: u64, learns: bool) -> String {
    let mut dice = Dice::new(seed);
    let mut matrix = |rows: usize, columns: usize, from: i64, to: i64| {
        let mut row = || {
            let range = (to - from) as u64;
            let one = |_| (from + dice.below(range) as i64).to_string();
            let cells: Vec<String> = (0..columns).map(one).collect();
            format!("[{}]", cells.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(|_| row()).collect();
        format!("[{}]", rows.join(", "))
    };
    let [first, second] = sizes;
    let mut text = format!("format_version = 2\nname = \"{name}\"\n");
    let mut section = |lines: String| {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{lines}\n");
    };
    section(format!("[[input]]\nname = \"in\"\nsize = {inputs}"));
    for (name, size) in [("first", first), ("second", second)] {
        section(format!(
            "[[population]]\nname = \"{name}\"\nsize = {size}\nthreshold = 120\ndecay_syn = 1096"
        ));
    }
    let learning = if learns {
        "\nplasticity = \"stdp\""
    } else {
        ""
    };
    for (source, target, delay, weights, learning) in [
        ("in", "first", 2, matrix(inputs, first, 5, 60), learning),
        ("first", "second", 1, matrix(first, second, -40, 70), ""),
        ("second", "first", 5, matrix(second, first, -60, 30), ""),
    ] {
        section(format!(
            "[[projection]]\nsource = \"{source}\"\ntarget = \"{target}\"\ndelay = {delay}\n\
             weights = {weights}{learning}"
        ));
    }
    if learns {
        section(
            "[[plasticity]]\nname = \"stdp\"\ntau_plus = 20.0\ntau_minus = 20.0\na_plus = 1.0\n\
             a_minus = 1.0"
                .to_owned(),
        );
    }
    text
}
