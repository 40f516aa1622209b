//! The options for reading spike files.

use clap::{Args, ValueEnum};
use interop::spikes::camera::{Polarity, Sensor, View};
use interop::spikes::{Choices, Unit, nmnist};

use super::SpikeFormat;
use crate::options::seconds;

/// How spike files are read and written.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Spike files")]
pub(crate) struct SpikeOptions {
    /// Id in the file that becomes id 0
    #[arg(long, value_name = "ID", default_value_t = 0)]
    pub(super) first_id: u32,
    /// Population of a SONATA file, or of a table with a column of populations [default: the only
    /// one]
    #[arg(long, value_name = "NAME")]
    pub(super) spike_population: Option<String>,
    /// Sample of a file that has several, as SHD's files do, from 0
    #[arg(long, value_name = "NUMBER")]
    pub(super) sample: Option<usize>,
    /// Unit of times where the file does not define it
    #[arg(long, value_enum, value_name = "UNIT")]
    pub(super) spike_time_unit: Option<TimeUnit>,
    /// Length of a step in files that count a simulator's steps, as NEST's time_step does [default:
    /// 0.1ms]
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub(super) resolution: Option<f64>,
    /// Size of the camera, where the file does not name it [default: 34x34 of N-MNIST, 2048x2048 of
    /// EVT, else from the largest x and y]
    #[arg(long, value_name = "WxH", value_parser = sensor)]
    pub(super) sensor: Option<Sensor>,
    /// Only events in this range of time, such as 0ms..300ms (without its end); its start becomes 0
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(super) window: Option<(u64, u64)>,
    /// Part of the camera: left, top and size, such as 1,1,32x32
    #[arg(long, value_name = "X,Y,WxH", value_parser = crop)]
    pub(super) crop: Option<(u16, u16, Sensor)>,
    /// So many pixels in a row and in a column become one input
    #[arg(long, value_name = "PIXELS", default_value_t = 1,
          value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) shrink: u16,
    /// What to do with brighter and darker: one input, two inputs a pixel, or one of them alone
    #[arg(long, value_enum, default_value_t = Polarities::Merge)]
    pub(super) polarity: Polarities,
    /// Whether `--spike-population` also names the population in the file that is written.
    #[arg(skip)]
    pub(crate) is_written_with_population: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Polarities {
    Merge,
    Split,
    On,
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TimeUnit {
    S,
    Ms,
    Us,
    Ns,
}

/// Parses a time with its unit, in nanoseconds.
fn nanoseconds(text: &str) -> Result<u64, String> {
    let units = [("ms", 1e6), ("us", 1e3), ("ns", 1.0), ("s", 1e9)];
    let (number, unit) = units
        .iter()
        .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)))
        .ok_or("must end in s, ms, us or ns")?;
    let number: f64 = number
        .trim()
        .parse()
        .map_err(|_| "must be a number and a unit")?;
    let time = (number * unit).round();
    // Up to three hundred years, longer than any recording.
    if (0.0..1e19).contains(&time) {
        // Lossless: an integer of at most 64 bits.
        Ok(time as u64)
    } else {
        Err("must be 0 or greater, and less than 10^10 s".to_owned())
    }
}

fn sensor(text: &str) -> Result<Sensor, String> {
    Sensor::parse(text).ok_or("must be a width and a height, such as 34x34".to_owned())
}

fn window(text: &str) -> Result<(u64, u64), String> {
    let (from, to) = text
        .split_once("..")
        .ok_or("must be two times, such as 0ms..300ms")?;
    let (from, to) = (nanoseconds(from)? / 1000, nanoseconds(to)? / 1000);
    if from < to {
        Ok((from, to))
    } else {
        Err("the second time must be after the first".to_owned())
    }
}

fn crop(text: &str) -> Result<(u16, u16, Sensor), String> {
    let parts: Vec<&str> = text.split(',').collect();
    let parsed = match parts[..] {
        [x, y, size] => (x.trim().parse().ok())
            .zip(y.trim().parse().ok())
            .zip(Sensor::parse(size)),
        _ => None,
    };
    let ((x, y), size) = parsed.ok_or("must be left, top and size, such as 1,1,32x32")?;
    Ok((x, y, size))
}

impl SpikeOptions {
    /// The choices for a file of this format. `said`: the format was given as an option.
    pub(super) fn choices(&self, format: SpikeFormat, said: bool) -> Choices {
        let sensor = match format {
            SpikeFormat::Nmnist => self.sensor.or(Some(nmnist::SENSOR)),
            _ => self.sensor,
        };
        Choices {
            population: self.spike_population.clone(),
            sample: self.sample,
            unit: self.spike_time_unit.map(|unit| match unit {
                TimeUnit::S => Unit::Seconds,
                TimeUnit::Ms => Unit::Milliseconds,
                TimeUnit::Us => Unit::Microseconds,
                TimeUnit::Ns => Unit::Nanoseconds,
            }),
            // At least 1 ns; the cast saturates.
            step_ns: self
                .resolution
                .map(|step| ((step * 1e9).round() as u64).max(1)),
            sensor,
            view: View {
                window_us: self.window.unwrap_or((0, u64::MAX)),
                crop: self.crop,
                shrink: self.shrink,
                polarity: match self.polarity {
                    Polarities::Merge => Polarity::Merge,
                    Polarities::Split => Polarity::Split,
                    Polarities::On => Polarity::On,
                    Polarities::Off => Polarity::Off,
                },
            },
            listed: said && format == SpikeFormat::Npy,
        }
    }
}
