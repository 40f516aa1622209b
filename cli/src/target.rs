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

/// Default config of a simulated core: the smallest on which the demo fits.
const DEFAULT_CONFIG: &str = "up5k";

/// Default config of a simulated core for networks that learn.
const LEARNING_CONFIG: &str = "ecp85_l";

/// Default config of a simulated core for networks with reset rules that not every core has.
const RESET_RULES_CONFIG: &str = "ecp85_n";

/// Default config of a simulated core for networks whose neurons have a second state.
const SECOND_STATE_CONFIG: &str = "up5k_m";

/// State width of a model that is as large as its network needs: the maximum.
const WIDE_STATE: u32 = 24;

/// State width of a model that is as large as its network needs: the given one, or the maximum.
pub(crate) fn model_bits(said: Option<u32>) -> u32 {
    said.unwrap_or(WIDE_STATE).max(WIDE_STATE)
}

/// A connected device, and the resources that it needs.
pub(crate) struct Opened {
    pub(crate) device: Device,
    _rtl: Option<Rtl>,
}

/// Connected devices, all of the same kind.
pub(crate) struct Several {
    pub(crate) devices: Vec<Device>,
    /// The identity of the devices.
    pub(crate) info: DeviceInfo,
    /// The process of simulated hardware, which is dropped last.
    pub(crate) rtl: Option<Rtl>,
}

impl TargetOptions {
    /// The config of a simulated core.
    pub(crate) fn simulated_config(&self) -> anyhow::Result<&'static CoreConfig> {
        Ok(CoreConfig::named(
            self.config.as_deref().unwrap_or(DEFAULT_CONFIG),
        )?)
    }

    /// Prepares the target for a network that learns: a simulated core without a named config can
    /// learn.
    pub(crate) fn suit_learning(&mut self) {
        let simulated = !matches!(self.target, Target::Serial(_));
        if simulated && self.config.is_none() {
            self.config = Some(LEARNING_CONFIG.to_owned());
        }
    }

    /// Prepares the target for a snapshot: a simulated core without a named config gets the config
    /// of the snapshot.
    pub(crate) fn suit_snapshot(&mut self, snapshot: &Snapshot) {
        let simulated = !matches!(self.target, Target::Serial(_));
        if simulated && self.config.is_none() {
            let known = CoreConfig::known(snapshot.name(), snapshot.sizes());
            self.config = known.map(|config| config.name.to_string());
        }
    }

    /// Prepares the target for `network`, whose numbers were made for states of `state_bits` if
    /// that is given. A simulated core without a named config has what the network needs, and is the
    /// smallest with this state width on which the network fits.
    pub(crate) fn suit(&mut self, network: &Network, state_bits: Option<u32>) {
        self.is_named = self.config.is_some();
        if !network.rules().is_empty() {
            self.suit_learning();
        }
        let simulated = !matches!(self.target, Target::Serial(_));
        if simulated && self.config.is_none() && network.needs_reset_rules() {
            self.config = Some(RESET_RULES_CONFIG.to_owned());
        }
        if simulated && self.config.is_none() && network.needs_second_state() {
            self.config = Some(SECOND_STATE_CONFIG.to_owned());
        }
        self.state_bits = state_bits;
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
            // If it fits on none, the largest one reports what it exceeds.
            let largest = wide.iter().copied().max_by_key(|config| config.synapses());
            self.config = smallest.or(largest).map(|config| config.name.to_string());
        }
    }

    /// The image of the network for a model as large as it needs, if the target is the model, its
    /// config was not named, and its default config is too small.
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

    /// The config of the device, unless it is known only after connecting, as for a board.
    pub(crate) fn known_config(&self) -> anyhow::Result<Option<&'static CoreConfig>> {
        match (&self.target, &self.config) {
            (Target::Serial(_), None) => Ok(None),
            _ => self.simulated_config().map(Some),
        }
    }

    /// Connects to the device and checks its config, if one was named.
    pub(crate) fn open(&self) -> anyhow::Result<Opened> {
        let mut line = self.line()?;
        let device = line.connect(self.baud)?;
        self.check_bits(&device)?;
        Ok(Opened {
            device,
            _rtl: line.rtl,
        })
    }

    /// The connection settings of the device. Simulated hardware is started.
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

    /// Connects to the device; for models, to as many as there are threads.
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

/// The settings of a connection, which can be opened repeatedly.
pub(crate) struct Line<'a> {
    options: &'a TargetOptions,
    simulated: &'static CoreConfig,
    /// The named config.
    wanted: Option<&'static CoreConfig>,
    rtl: Option<Rtl>,
}

impl Line<'_> {
    /// Connects to the device at this rate and checks its config, if one was named. An earlier
    /// connection must be closed before. A model begins with a new state each time.
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
