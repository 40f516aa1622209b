//! From the name of a target to a device that answers.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use driver::transport::{Memory, Serial, Transport};
use driver::{Device, DeviceInfo, DriverError, LinkOptions};
use spec::CoreConfig;
use spec::image::CoreImage;
use spec::network::Network;
use thiserror::Error;

use crate::exit::UsageError;
use crate::options::{Target, TargetOptions};
use crate::terminal;

/// Name of the program that serves the simulated hardware.
const RTL: &str = "synfire-rtl";

/// Variable that names it if it is somewhere else.
const RTL_VARIABLE: &str = "SYNFIRE_RTL";

/// Config of a simulated core if none is named: the smallest that holds the demo.
const DEFAULT_CONFIG: &str = "up5k";

/// The same for what learns.
const LEARNING_CONFIG: &str = "ecp85_l";

/// How long the simulation may take to end by itself.
const FAREWELL: Duration = Duration::from_secs(2);

/// The program that serves the simulated hardware cannot be used.
#[derive(Debug, Error)]
pub(crate) enum RtlError {
    /// It is nowhere.
    #[error("the program {RTL} for simulated hardware is not there")]
    Missing,
    /// It ended at once.
    #[error("{program} ended without serving a port")]
    Ended {
        /// Which program.
        program: String,
    },
}

/// A connected device and what it needs to live.
pub(crate) struct Opened {
    pub(crate) device: Device,
    _rtl: Option<Rtl>,
}

/// Connected devices that are all alike.
pub(crate) struct Several {
    pub(crate) devices: Vec<Device>,
    /// Who each of them is.
    pub(crate) info: DeviceInfo,
    _rtl: Option<Rtl>,
}

impl TargetOptions {
    /// The config that a simulated core gets.
    pub(crate) fn simulated_config(&self) -> anyhow::Result<&'static CoreConfig> {
        Ok(CoreConfig::named(
            self.config.as_deref().unwrap_or(DEFAULT_CONFIG),
        )?)
    }

    /// It is for something that learns: unless its config was named, a simulated core can.
    pub(crate) fn suit_learning(&mut self) {
        let simulated = !matches!(self.target, Target::Serial(_));
        if simulated && self.config.is_none() {
            self.config = Some(LEARNING_CONFIG.to_owned());
        }
    }

    /// It is for `network`, whose numbers were made for states of so many bits if that was said.
    /// Unless its config was named, a simulated core learns if that is needed, and is the smallest
    /// with states so wide that holds it.
    pub(crate) fn suit(&mut self, network: &Network, state_bits: Option<u32>) {
        if !network.rules().is_empty() {
            self.suit_learning();
        }
        self.state_bits = state_bits;
        let simulated = !matches!(self.target, Target::Serial(_));
        let narrow = |bits: u32| {
            CoreConfig::named(DEFAULT_CONFIG).is_ok_and(|config| config.state_bits < bits)
        };
        if simulated && self.config.is_none() && state_bits.is_some_and(narrow) {
            let wide = CoreConfig::ALL.into_iter();
            let wide: Vec<&'static CoreConfig> = wide
                .filter(|config| Some(config.state_bits) >= state_bits)
                .collect();
            let fits = CoreImage::fits(network, &wide).into_iter().zip(&wide);
            let fitting = fits
                .filter(|(fit, _)| fit.is_ok())
                .map(|(_, config)| *config);
            let smallest = fitting.min_by_key(|config| config.synapses());
            // Where none holds it, the largest says what is too much.
            let largest = wide.iter().copied().max_by_key(|config| config.synapses());
            self.config = smallest.or(largest).map(|config| config.name.to_owned());
        }
    }

    /// Refuses a device whose states are narrower than the numbers of the network.
    fn check_bits(&self, device: &Device) -> anyhow::Result<()> {
        let config = device.config();
        match self.state_bits {
            Some(bits) if bits > config.state_bits => Err(UsageError(format!(
                "--state-bits is {bits}, and config {} has states of {} bits: they would saturate",
                config.name, config.state_bits
            ))
            .into()),
            _ => Ok(()),
        }
    }

    /// The config of the device, as far as it is known before it is asked: a board is asked.
    pub(crate) fn known_config(&self) -> anyhow::Result<Option<&'static CoreConfig>> {
        match (&self.target, &self.config) {
            (Target::Serial(_), None) => Ok(None),
            _ => self.simulated_config().map(Some),
        }
    }

    /// Connects to the device and makes sure of its config, if one was named.
    pub(crate) fn open(&self) -> anyhow::Result<Opened> {
        let mut line = self.line()?;
        let device = line.connect(self.baud)?;
        self.check_bits(&device)?;
        Ok(Opened {
            device,
            _rtl: line.rtl,
        })
    }

    /// The way to the device. Simulated hardware is started.
    pub(crate) fn line(&self) -> anyhow::Result<Line<'_>> {
        let rtl = match &self.target {
            Target::Rtl => Some(Rtl::serve(self.simulated_config()?)?),
            Target::Model | Target::Serial(_) => None,
        };
        Ok(Line {
            options: self,
            simulated: self.simulated_config()?,
            rtl,
        })
    }

    /// Connects to the device; of models to as many as there are threads.
    pub(crate) fn open_several(&self) -> anyhow::Result<Several> {
        let Opened { device, _rtl } = self.open()?;
        let info = device.info();
        let mut devices = vec![device];
        if self.target == Target::Model {
            while devices.len() < rayon::current_num_threads() {
                devices.push(self.open()?.device);
            }
        }
        Ok(Several {
            devices,
            info,
            _rtl,
        })
    }
}

/// The way to a device, which can be gone more than once.
pub(crate) struct Line<'a> {
    options: &'a TargetOptions,
    simulated: &'static CoreConfig,
    rtl: Option<Rtl>,
}

impl Line<'_> {
    /// Connects to the device at a rate and makes sure of its config, if one was named. A device
    /// that was connected to before must be closed by then. The model begins anew each time.
    pub(crate) fn connect(&mut self, baud: u32) -> Result<Device, DriverError> {
        let board = match self.options.slow {
            true => LinkOptions::simulator(),
            false => LinkOptions::board(),
        };
        let (transport, options): (Box<dyn Transport>, _) = match (&self.options.target, &self.rtl)
        {
            (Target::Serial(port), _) => (Box::new(Serial::open(port, baud)?), board),
            (_, Some(rtl)) => (
                Box::new(Serial::open(&rtl.port, baud)?),
                LinkOptions::simulator(),
            ),
            (_, None) => (Box::new(Memory::new(self.simulated)), LinkOptions::memory()),
        };
        let device = Device::connect(transport, options)?;
        if let Some(config) = &self.options.config {
            device.expect_config(config)?;
        }
        if !device.info().is_locked {
            let _ = writeln!(
                terminal::stderr(),
                "warning: the PLL of the device's clock has no lock: its results may be wrong and \
                 its times are; `synfire selftest` tells more"
            );
        }
        Ok(device)
    }
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
            .args(["--config", config.name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let mut port = String::new();
        if let Some(stdout) = &mut child.stdout {
            BufReader::new(stdout).read_line(&mut port)?;
        }
        let port = port.trim().to_owned();
        let rtl = Rtl { child, port };
        if rtl.port.is_empty() {
            return Err(RtlError::Ended { program: name }.into());
        }
        Ok(rtl)
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
