//! Advice for errors. Libraries report what happened; only the command knows the options that can
//! help.

use std::borrow::Cow;
use std::io;

use demos::digits::DigitsError;
use driver::DriverError;
use driver::error::Stranger;
use driver::transport::{self, TransportError};
use interop::spikes::{Choice, SpikeError};
use interop::superneuromat::SuperNeuroMatError;
use network::image::MapError;
use network::npy::NpyError;
use network::{NetworkError, Problem};

use crate::files::{InputError, OutputError};
use crate::flash::FlashError;
use crate::rtl::RtlError;

/// Advice for the error, if there is any.
pub(crate) fn of(error: &anyhow::Error) -> Option<Cow<'static, str>> {
    let shared = error
        .chain()
        .filter_map(|cause| cause.downcast_ref())
        .find_map(of_shared);
    shared
        .map(Cow::Owned)
        .or_else(|| fixed(error).map(Cow::Borrowed))
}

/// Advice if answers are missing or damaged: another program may be reading them.
fn of_shared(error: &DriverError) -> Option<String> {
    let line = match error {
        DriverError::Timeout { line, .. }
        | DriverError::Corrupt { line, .. }
        | DriverError::NotSynfire { line, .. } => line,
        _ => return None,
    };
    let others = transport::others(line);
    let names: Vec<String> = others.iter().map(ToString::to_string).collect();
    (!names.is_empty()).then(|| {
        format!(
            "{} has {line} open too, and seems to read what the device sends; end it first",
            names.join(" and ")
        )
    })
}

/// Advice that does not depend on the details of the error.
fn fixed(error: &anyhow::Error) -> Option<&'static str> {
    error.chain().find_map(|cause| {
        let driver = cause.downcast_ref::<DriverError>().and_then(of_driver);
        let transport = cause
            .downcast_ref::<TransportError>()
            .and_then(of_transport);
        let digits = cause.downcast_ref::<DigitsError>().and_then(of_digits);
        let network = cause.downcast_ref::<NetworkError>().and_then(of_network);
        let map = cause.downcast_ref::<MapError>().map(|_| MAP);
        let rtl = cause.downcast_ref::<RtlError>().map(of_rtl);
        let flash = cause.downcast_ref::<FlashError>().and_then(of_flash);
        let input = cause.downcast_ref::<InputError>().and_then(of_input);
        let output = cause.downcast_ref::<OutputError>().and_then(of_output);
        let input = input.or(cause.downcast_ref().and_then(of_supermat));
        #[cfg(feature = "png")]
        let driver = driver.or(cause.downcast_ref().and_then(of_png));
        #[cfg(feature = "nir")]
        let driver = driver
            .or(cause.downcast_ref().and_then(of_nir))
            .or(cause.downcast_ref().and_then(of_export));
        driver
            .or(transport)
            .or(digits)
            .or(network)
            .or(map)
            .or(rtl)
            .or(flash)
            .or(input)
            .or(output)
    })
}

fn of_input(error: &InputError) -> Option<&'static str> {
    let InputError::Spikes { source, .. } = error else {
        return None;
    };
    Some(match source {
        SpikeError::OutOfRange { what: "id", .. } => {
            "--crop and --shrink make fewer inputs of a camera; --first-id says which id in the \
             file is 0"
        }
        SpikeError::Choice {
            what: Choice::Population,
            ..
        } => "--spike-population chooses one",
        SpikeError::Choice {
            what: Choice::Sample,
            ..
        } => "--sample chooses one",
        SpikeError::Ambiguous { .. } => {
            "--from npy-raster reads it as a raster, --from npy as a list; of a run the option is \
             --stimulus-format, of a picture --spikes-format"
        }
        SpikeError::NoUnit { .. } => "--spike-time-unit s, ms, us or ns says it",
        SpikeError::TimeFalls { .. } => {
            "a writer that leaves out upper halves, as expelliarmus 1.1 does, loses the times; an \
             .npy that numpy.save makes of its events is read"
        }
        SpikeError::Format {
            format: "a NEST recording",
            ..
        } => {
            "as gdf, NEST 2's lines of id and ms without names are read: --from gdf, of a run \
             --stimulus-format gdf, of a picture --spikes-format gdf"
        }
        _ => return None,
    })
}

fn of_supermat(error: &SuperNeuroMatError) -> Option<&'static str> {
    Some(match error {
        SuperNeuroMatError::Networks { .. } => {
            "--json-network chooses one, by its number or its name"
        }
        SuperNeuroMatError::Fraction { .. } | SuperNeuroMatError::Range { .. } => {
            "--round rounds what the core does not hold, and says by how much"
        }
        _ => return None,
    })
}

/// The command that writes the requested format.
fn of_output(error: &OutputError) -> Option<&'static str> {
    let OutputError::Ending { ending, known, .. } = error else {
        return None;
    };
    // Spike files may have any name.
    let spikes = known.contains(&"dat");
    Some(match &ending[..] {
        "nir" => "`synfire export` writes networks as .nir",
        "toml" => "`synfire import` writes network files",
        "svg" | "png" => "`synfire run --raster` and `synfire plot` write pictures",
        "json" => "`--format json` prints a summary as JSON",
        "npy" | "csv" => "`synfire run` and `synfire read` write arrays",
        _ if spikes => {
            "--to, or --spikes-format of a run, says the format of a file of another name"
        }
        _ => return None,
    })
}

/// Advice for a file of integers that contains real numbers.
fn of_network(error: &NetworkError) -> Option<&'static str> {
    let real = match &error.problem {
        Problem::NotAnInteger { value } => value.parse().is_ok_and(f64::is_finite),
        Problem::Array {
            error: NpyError::NotAnInteger { value, .. },
            ..
        } => value.is_finite(),
        _ => false,
    };
    let key = error.place.key.as_deref().unwrap_or_default();
    // Sizes and delays are integers in the other format as well.
    let of_real = ["threshold", "bias", "v_reset", "weights", "synapses"].contains(&key);
    (real && of_real).then_some(
        "a network file holds integers; one of real numbers is named NAME.real.toml, begins with \
         real_version = 1 (docs/import.md), and is rounded when it is read",
    )
}

const MAP: &str = "`synfire check NET` says which configs the network fits";

#[cfg(feature = "png")]
fn of_png(error: &viz::png::PngError) -> Option<&'static str> {
    match error {
        viz::png::PngError::NoFont => Some(
            "install one, for example with `sudo apt-get install fonts-dejavu-core`, or write .svg",
        ),
        _ => None,
    }
}

#[cfg(feature = "nir")]
fn of_export(error: &interop::nir::ExportError) -> Option<&'static str> {
    use interop::nir::ExportError;

    match error {
        ExportError::Learning => Some("`--frozen` leaves learning out"),
        _ => None,
    }
}

#[cfg(feature = "nir")]
fn of_nir(error: &interop::nir::NirError) -> Option<&'static str> {
    use interop::nir::NirError;

    Some(match error {
        NirError::NoStep { .. } => {
            "say it with --dt, for example --dt 1ms, and with --time-unit if the file's times are \
             not in seconds; --time-unit ticks if they count ticks; --exporter NAME knows what the \
             framework writes"
        }
        NirError::Step { .. } => {
            "is --dt right? --exporter norse if Norse wrote it, --time-unit ms if the file's times \
             are in milliseconds; --method exact takes any time constant"
        }
        NirError::Writer { wrong, .. } => return of_nir(wrong),
        NirError::Delay { .. } => "a larger --dt makes delays shorter in ticks",
        _ => return None,
    })
}

fn of_driver(error: &DriverError) -> Option<&'static str> {
    Some(match error {
        DriverError::Transport(error) => return of_transport(error),
        DriverError::Timeout { operation, .. } if operation == "greeting" => {
            "is the board powered and its bitstream loaded? are port and --baud right, TX and RX \
             not swapped? does another user's program read from the port (`sudo fuser PORT`)? a \
             simulated board may need --slow"
        }
        DriverError::Timeout { .. } => "a simulated board may need --slow",
        DriverError::Corrupt { .. }
        | DriverError::NotSynfire {
            found: Stranger::Noise,
            ..
        } => "is --baud the rate that the device was built for?",
        DriverError::NotSynfire {
            found: Stranger::Echo,
            ..
        } => {
            "TX and RX are connected to each other, or the port belongs to something else; \
             `synfire ports` lists the ports there are"
        }
        DriverError::NotSynfire { .. } => "`synfire ports` lists the ports there are",
        DriverError::VersionMismatch { .. }
        | DriverError::Sizes { .. }
        | DriverError::SizesMismatch { .. } => "use a bitstream and a synfire of the same version",
        DriverError::ConfigMismatch { .. } | DriverError::OtherSizes { .. } => {
            "leave out --config to use the config that is there"
        }
        DriverError::NoNetwork { .. } | DriverError::OtherNetwork { .. } => {
            "`synfire load NET` loads it; a device forgets its network with its power, and the model \
             with every command"
        }
        DriverError::DeviceReset { .. } => {
            "is its power supply steady? repeat the command; load the network anew"
        }
        DriverError::SessionTaken { .. } => "end the other program and repeat the command",
        DriverError::Verify { .. } => "load again; if it happens again, the device is faulty",
        _ => return None,
    })
}

fn of_transport(error: &TransportError) -> Option<&'static str> {
    match error {
        TransportError::Open { source, .. } => Some(match source.kind() {
            io::ErrorKind::PermissionDenied => {
                "may you use serial ports? on most systems that takes membership in a group, \
                 `sudo usermod -aG dialout $USER`"
            }
            _ => "`synfire ports` lists the ports there are",
        }),
        TransportError::Busy { .. } => Some(
            "wait until that program has ended, or end it; `fuser PORT` lists who has a port open, \
             with `sudo` also those of other users",
        ),
        TransportError::Shared { .. } => Some(
            "end it and repeat the command; `fuser PORT` lists who has a port open, with `sudo` \
             also those of other users",
        ),
        TransportError::Blocked { .. } => Some(
            "is the board powered, and does it run? what was on its way is lost, so repeat the \
             command",
        ),
        TransportError::Disconnected { .. } => Some("plug it in again and repeat the command"),
        _ => None,
    }
}

fn of_digits(error: &DigitsError) -> Option<&'static str> {
    match error {
        DigitsError::Driver(error) => of_driver(error),
        DigitsError::Map(_) => Some("the demo needs --config up5k or larger"),
        _ => None,
    }
}

fn of_rtl(error: &RtlError) -> &'static str {
    match error {
        RtlError::Missing => {
            "build it with `cargo build --release -p sim` (needs Verilator), or name it in the \
             variable SYNFIRE_RTL"
        }
        RtlError::Ended { .. } => "its own messages are above",
    }
}

fn of_flash(error: &FlashError) -> Option<&'static str> {
    Some(match error {
        FlashError::NoBitstream { .. }
        | FlashError::TooLarge { .. }
        | FlashError::Refused { .. } => "`cargo xtask synth BOARD` builds it, in the checkout",
        FlashError::NoProgrammer { .. } => {
            "install one of them, for example with `sudo apt-get install`"
        }
        FlashError::NoCable { .. } => {
            "is the board connected, with a cable that carries data? `--dry-run` prints what would \
             be run"
        }
        FlashError::Failed { .. } => {
            "may you use the device? the programmers come with rules for udev that allow it; does \
             another program hold the port? do the board's jumpers fit?"
        }
    })
}
