//! Connects to the device that a target name stands for.

use driver::transport::{Memory, Serial, Transport};
use driver::{Device, DeviceInfo, DriverError, LinkOptions};
use network::image::CoreImage;
use network::{Network, Snapshot};
use spec::CoreConfig;

use crate::exit::UsageError;
use crate::options::{Target, TargetOptions};
use crate::rtl::Rtl;
use crate::talk;

/// Config of a simulated core if none is named: the smallest that holds the demo.
const DEFAULT_CONFIG: &str = "up5k";

/// The same for what learns.
const LEARNING_CONFIG: &str = "ecp85_l";

/// Bits of the states of a model that is as large as its network needs: as many as there can be.
const WIDE_STATE: u32 = 24;

/// Bits of the states of a model that is as large as its network needs, whose numbers were made for
/// states of so many bits if that was said.
pub(crate) fn model_bits(said: Option<u32>) -> u32 {
    said.unwrap_or(WIDE_STATE).max(WIDE_STATE)
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
    /// What they need to live, so it goes last.
    pub(crate) rtl: Option<Rtl>,
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

    /// It is for what was on a core of that config: unless its config was named, a simulated core has
    /// the same.
    pub(crate) fn suit_snapshot(&mut self, snapshot: &Snapshot) {
        let simulated = !matches!(self.target, Target::Serial(_));
        if simulated && self.config.is_none() {
            let known = CoreConfig::known(snapshot.name(), snapshot.sizes());
            self.config = known.map(|config| config.name.to_string());
        }
    }

    /// It is for `network`, whose numbers were made for states of so many bits if that was said.
    /// Unless its config was named, a simulated core learns if that is needed, and is the smallest
    /// with states so wide that holds it.
    pub(crate) fn suit(&mut self, network: &Network, state_bits: Option<u32>) {
        self.is_named = self.config.is_some();
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
                .filter(|config| !config.tests_only && Some(config.state_bits) >= state_bits)
                .collect();
            let fits = CoreImage::fits(network, wide.iter().map(|it| &it.sizes))
                .into_iter()
                .zip(&wide);
            let fitting = fits
                .filter(|(fit, _)| fit.is_ok())
                .map(|(_, config)| *config);
            let smallest = fitting.min_by_key(|config| config.synapses());
            // Where none holds it, the largest says what is too much.
            let largest = wide.iter().copied().max_by_key(|config| config.synapses());
            self.config = smallest.or(largest).map(|config| config.name.to_string());
        }
    }

    /// The network laid out in a model as large as it needs: where the target is the model, its config
    /// was not named, and the one that it has then is too small for the network.
    pub(crate) fn model_for(&self, network: &Network) -> anyhow::Result<Option<CoreImage>> {
        if self.target != Target::Model || self.is_named {
            return Ok(None);
        }
        let config = self.simulated_config()?;
        let is_larger = network.neuron_count() > config.neurons()
            || network.input_count() > config.inputs()
            || network.synapse_count() > config.synapses();
        if !is_larger
            && CoreImage::fits(network, [&config.sizes])
                .iter()
                .all(Result::is_ok)
        {
            return Ok(None);
        }
        let bits = model_bits(self.state_bits);
        Ok(Some(CoreImage::fitted(network, bits)?))
    }

    /// Refuses a device whose states are narrower than the numbers of the network.
    fn check_bits(&self, device: &Device) -> anyhow::Result<()> {
        let DeviceInfo { name, sizes, .. } = device.info();
        match self.state_bits {
            Some(bits) if bits > sizes.state_bits => Err(UsageError(format!(
                "--state-bits is {bits}, and config {} has states of {} bits: they would saturate",
                name, sizes.state_bits
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
            wanted: self.config.as_deref().map(CoreConfig::named).transpose()?,
            rtl,
        })
    }

    /// Connects to the device; of models to as many as there are threads.
    pub(crate) fn open_several(&self) -> anyhow::Result<Several> {
        let Opened { device, _rtl: rtl } = self.open()?;
        let info = device.info();
        let mut devices = vec![device];
        if self.target == Target::Model {
            while devices.len() < rayon::current_num_threads() {
                devices.push(self.open()?.device);
            }
        }
        Ok(Several { devices, info, rtl })
    }
}

/// The way to a device, which can be gone more than once.
pub(crate) struct Line<'a> {
    options: &'a TargetOptions,
    simulated: &'static CoreConfig,
    /// The config that was named.
    wanted: Option<&'static CoreConfig>,
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
                Box::new(Serial::open(rtl.port(), baud)?),
                LinkOptions::simulator(),
            ),
            (_, None) => (Box::new(Memory::new(self.simulated)), LinkOptions::memory()),
        };
        let device = Device::connect(transport, options)?;
        if let Some(config) = self.wanted {
            device.expect_config(config)?;
        }
        if !device.info().is_locked {
            talk::tell(format_args!(
                "warning: the PLL of the device's clock has no lock: its results may be wrong and \
                 its times are; `synfire selftest` tells more"
            ));
        }
        Ok(device)
    }
}
