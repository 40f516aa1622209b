//! The self test: the first program to run on a new board. It checks that the whole device works
//! and behaves like the model.
//!
//! Each [`Part`] checks one aspect and reports its result; after a failed part, the other parts
//! still run. Wherever a comparison is possible, the same requests go to a reference model in
//! memory, and every answer must be identical.

mod digits;
mod error;
mod greeting;
mod learning;
mod lockstep;
mod memories;
mod networks;
mod rates;
mod timing;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use spec::CoreConfig;

use driver::device::{Device, DeviceInfo};
use driver::error::DriverError;
use driver::link::LinkOptions;
use driver::transport::Memory;

pub use error::SelfTestError;

/// A part of the self test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The identity of the device, a test register, and the round-trip time.
    Greeting,
    /// All elements of all memories: written and read back in several patterns. Overwrites their
    /// contents.
    Memories,
    /// The digits demo: the device must classify every image as the model does.
    Digits,
    /// A random network: spikes, potentials, currents and all memories must equal the model's.
    Lockstep,
    /// A random learning network, compared with the model; only in configs that learn.
    Learning,
    /// The cycles of ticks, compared with the model's estimate, and the frequency of the clock.
    Timing,
    /// Errors of the line at the first rate and at higher ones. This is the last part, because a
    /// device that no longer answers after a change of rate must be switched off and on.
    Rates,
}

impl Part {
    /// All parts, in the order in which they are done.
    pub const ALL: [Part; 7] = [
        Part::Greeting,
        Part::Memories,
        Part::Digits,
        Part::Lockstep,
        Part::Learning,
        Part::Timing,
        Part::Rates,
    ];

    /// Its name on the command line and in logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Part::Greeting => "greeting",
            Part::Memories => "memories",
            Part::Digits => "digits",
            Part::Lockstep => "lockstep",
            Part::Learning => "learning",
            Part::Timing => "timing",
            Part::Rates => "rates",
        }
    }

    fn run(self, bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
        match self {
            Part::Greeting => greeting::run(bench),
            Part::Memories => memories::run(bench),
            Part::Digits => digits::run(bench),
            Part::Lockstep => lockstep::run(bench),
            Part::Learning => learning::run(bench),
            Part::Timing => timing::run(bench),
            Part::Rates => rates::run(bench),
        }
    }
}

/// The connection between host and device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// No line: the model in memory. It has neither a rate nor a clock.
    Memory,
    /// A port of a simulation, whose clock differs from wall-clock time and whose rate is fixed.
    Simulated,
    /// A serial port of a board, which may be set to any rate up to `most` bits per second.
    Serial {
        /// The fastest rate that the bridge between USB and UART supports.
        most: u32,
    },
}

/// What to do.
#[derive(Debug, Clone)]
pub struct SelfTest {
    /// The parts, in any order.
    pub parts: Vec<Part>,
    /// What the random networks are made from.
    pub seed: u64,
    /// Images of the digits, from the first.
    pub images: usize,
    /// Ticks of the random networks.
    pub ticks: u32,
    /// For how long the clock is timed, in seconds.
    pub seconds: f64,
    /// The rate that the device starts with, in bits per second.
    pub baud: u32,
    /// What is between.
    pub line: Line,
    /// What the device's clock is compared with: the time since some moment.
    pub wall: fn() -> Duration,
}

impl Default for SelfTest {
    fn default() -> SelfTest {
        SelfTest {
            parts: Part::ALL.to_vec(),
            seed: 1,
            images: 50,
            ticks: 100,
            seconds: 3.0,
            baud: 1_000_000,
            line: Line::Memory,
            wall,
        }
    }
}

/// The time since the first call.
fn wall() -> Duration {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed()
}

/// The result of a part.
#[derive(Debug)]
pub enum Verdict {
    /// All checks have passed.
    Passed,
    /// A check has failed; the error is the first one found.
    Failed(SelfTestError),
    /// The part does not apply to this device; the text is the reason.
    NotHere(&'static str),
}

/// A number or a name that a part reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Its unit; empty for a name.
    pub unit: &'static str,
}

/// The value of a [`Figure`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An integer.
    Count(u64),
    /// A measured number.
    Measured(f64),
    /// A name.
    Text(String),
}

/// The report on a part.
#[derive(Debug)]
pub struct PartReport {
    /// Which one.
    pub part: Part,
    /// How it ended.
    pub verdict: Verdict,
    /// How long it took.
    pub seconds: f64,
    /// What it found, also when it failed.
    pub figures: Vec<Figure>,
}

/// What became of all parts.
#[derive(Debug)]
pub struct SelftestReport {
    /// Who the device is, if it ever answered.
    pub device: Option<DeviceInfo>,
    /// The parts that were done, in order.
    pub parts: Vec<PartReport>,
}

impl SelftestReport {
    /// Whether nothing failed and something was done.
    #[must_use]
    pub fn passed(&self) -> bool {
        let failed = |it: &PartReport| matches!(it.verdict, Verdict::Failed(_));
        let passed = |it: &PartReport| matches!(it.verdict, Verdict::Passed);
        !self.parts.iter().any(failed) && self.parts.iter().any(passed)
    }
}

/// Connects to the device at a rate in bits per second; nothing else has it open by then.
pub type Connect<'c> = dyn FnMut(u32) -> Result<Device, DriverError> + 'c;

/// Hears which part is done, how much of it, and of how much.
pub type Progress<'p> = dyn FnMut(Part, u64, u64) + 'p;

impl SelfTest {
    /// Does the parts one after the other; `done` hears of each at its end.
    ///
    /// Whatever was loaded on the device is overwritten.
    pub fn run(
        &self,
        connect: &mut Connect<'_>,
        progress: &mut Progress<'_>,
        done: &mut dyn FnMut(&PartReport),
    ) -> SelftestReport {
        let mut bench = Bench {
            settings: self,
            connect,
            progress,
            part: Part::Greeting,
            device: None,
            known: None,
            figures: Vec::new(),
        };
        let mut parts = Vec::new();
        for part in Part::ALL.into_iter().filter(|it| self.parts.contains(it)) {
            let since = Instant::now();
            bench.part = part;
            if !parts.is_empty() && bench.known.is_none() {
                parts.push(PartReport {
                    part,
                    verdict: Verdict::NotHere("no device has answered"),
                    seconds: 0.0,
                    figures: Vec::new(),
                });
                continue;
            }
            let verdict = match part.run(&mut bench) {
                Ok(Possible::Done) => Verdict::Passed,
                Ok(Possible::NotHere(why)) => Verdict::NotHere(why),
                Err(error) => {
                    // The next part begins a new session, whatever the state of this one.
                    bench.device = None;
                    Verdict::Failed(error)
                }
            };
            let report = PartReport {
                part,
                verdict,
                seconds: since.elapsed().as_secs_f64(),
                figures: std::mem::take(&mut bench.figures),
            };
            done(&report);
            parts.push(report);
        }
        SelftestReport {
            device: bench.known,
            parts,
        }
    }
}

/// The result of a part that did not fail.
enum Possible {
    Done,
    NotHere(&'static str),
}

/// The resources of a part.
struct Bench<'a> {
    settings: &'a SelfTest,
    connect: &'a mut Connect<'a>,
    progress: &'a mut Progress<'a>,
    part: Part,
    device: Option<Device>,
    known: Option<DeviceInfo>,
    figures: Vec<Figure>,
}

impl Bench<'_> {
    /// The device; connects to it if necessary.
    fn device(&mut self) -> Result<&mut Device, DriverError> {
        let device = match self.device.take() {
            Some(device) => device,
            None => (self.connect)(self.settings.baud)?,
        };
        self.known = Some(device.info());
        Ok(self.device.insert(device))
    }

    /// The config of the device. The micro-architecture is that of this program's config with the
    /// same name and sizes, if there is one.
    fn config(&mut self) -> Result<CoreConfig, DriverError> {
        let DeviceInfo { name, sizes, .. } = self.device()?.info();
        let known = CoreConfig::known(name, &sizes).copied();
        Ok(known.unwrap_or(CoreConfig {
            name,
            ..CoreConfig::model(sizes)
        }))
    }

    /// The device, and the function that reports progress.
    fn device_and_progress(&mut self) -> Result<(&mut Device, impl FnMut(u64, u64)), DriverError> {
        self.device()?;
        let part = self.part;
        let progress = &mut self.progress;
        // The device is connected above.
        let device = self.device.as_mut();
        let device = device.ok_or(DriverError::SessionOver {
            line: "the device".to_owned(),
        })?;
        Ok((device, move |done, of| progress(part, done, of)))
    }

    /// Ends the session and begins one at another rate.
    fn reconnect(&mut self, baud: u32) -> Result<&mut Device, DriverError> {
        self.device = None;
        let device = (self.connect)(baud)?;
        Ok(self.device.insert(device))
    }

    fn count(&mut self, name: impl Into<String>, value: u64, unit: &'static str) {
        self.figure(name, Value::Count(value), unit);
    }

    fn measure(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        self.figure(name, Value::Measured(value), unit);
    }

    fn tell(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.figure(name, Value::Text(text.into()), "");
    }

    fn figure(&mut self, name: impl Into<String>, value: Value, unit: &'static str) {
        let name = name.into();
        self.figures.push(Figure { name, value, unit });
    }
}

/// A model with the sizes of the device; every answer is compared with it.
fn model(config: &CoreConfig) -> Result<Device, DriverError> {
    Device::connect(Box::new(Memory::new(config)), LinkOptions::memory())
}
