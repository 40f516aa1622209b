//! Exit codes: how a script can tell in which way a command ended.

use std::io;
use std::process::ExitCode;
use std::string::FromUtf8Error;

use demos::digits::DigitsError;
use demos::learning::{ImagesError, LearningError};
use driver::DriverError;
use interop::arrays::ArraysError;
use interop::file::FileError;
use interop::quantise::QuantiseError;
use interop::real::NotDescribed;
use interop::spikes::SpikeError;
use interop::spikes::csv::CsvError;
use interop::superneuromat::SuperNeuroMatError;
use network::image::MapError;
use network::npy::NpyError;
use network::{NetworkError, SettingError};
use spec::config::ConfigError;
use thiserror::Error;
use viz::chart::ChartError;

use crate::failure;
use crate::files::{InputError, OutputError};
use crate::flash::FlashError;
use crate::terminal::ReaderLeft;

/// The end of the short and the long help of `synfire`.
macro_rules! examples {
    () => {
        "\
Examples:
  synfire demo digits
  synfire init first

Each command has its own help: `synfire run -h` is short, `synfire run --help` tells all."
    };
}

/// The end of the short help of `synfire`.
pub(crate) const EXAMPLES: &str = examples!();

/// The end of the long help of `synfire`.
pub(crate) const HELP: &str = concat!(
    examples!(),
    "

Exit codes:
  0  it worked (also when whoever read the output closed it early)
  1  a check failed: the network does not fit, memory does not hold what was written
  2  wrong usage, or an input file that is missing, not yours to read, too large or wrong
  3  the device or the system failed: no answer, wrong device, port gone, disk full, no right to
     write

Output goes to stdout, messages go to stderr. With --format json stdout has one JSON object, or stderr
has one if the command fails: docs/json.md. Files are written beside and then put in their places:
after a failure the old one is there as it was."
);

/// The result of a command.
pub(crate) type Result = anyhow::Result<Outcome>;

/// The outcome of a command that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Done,
    /// The command checked something, and the check failed.
    CheckFailed,
}

/// An invalid option or argument.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub(crate) String);

/// Reports an error on standard error, and returns the exit code of a result.
pub(crate) fn code(result: Result) -> ExitCode {
    let error = match result {
        Ok(Outcome::Done) => return ExitCode::SUCCESS,
        Ok(Outcome::CheckFailed) => return ExitCode::from(1),
        Err(error) => error,
    };
    if error.chain().any(reader_left) {
        return ExitCode::SUCCESS;
    }
    let exit = number(&error);
    failure::tell(&error, exit);
    ExitCode::from(exit)
}

/// Applies to standard output only: if the reader of another file leaves, a result is lost.
fn reader_left(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
        .is_some_and(|inner| inner.is::<ReaderLeft>())
}

fn number(error: &anyhow::Error) -> u8 {
    error.chain().find_map(number_of).unwrap_or(3)
}

/// The exit code of a known kind of error: 2 if the user can correct it. Other errors are errors of
/// the system.
fn number_of(cause: &(dyn std::error::Error + 'static)) -> Option<u8> {
    if let Some(error) = cause.downcast_ref::<DriverError>() {
        return Some(of_driver(error));
    }
    if let Some(error) = cause.downcast_ref::<DigitsError>() {
        return Some(match error {
            DigitsError::Driver(error) => of_driver(error),
            DigitsError::Map(_) => 2,
            // The program's built-in files are damaged.
            _ => 3,
        });
    }
    if let Some(error) = cause.downcast_ref::<LearningError>() {
        return Some(match error {
            LearningError::Driver(error) => of_driver(error),
            LearningError::NoDevice => 3,
            _ => 2,
        });
    }
    if let Some(error) = cause.downcast_ref::<FlashError>() {
        return Some(match error {
            FlashError::NoBitstream { .. }
            | FlashError::TooLarge { .. }
            | FlashError::Refused { .. } => 2,
            _ => 3,
        });
    }
    if let Some(error) = cause.downcast_ref::<InputError>() {
        return Some(if error.is_of_user() { 2 } else { 3 });
    }
    if let Some(error) = cause.downcast_ref::<OutputError>() {
        return Some(match error {
            OutputError::Write { .. } => 3,
            _ => 2,
        });
    }
    if let Some(error) = cause.downcast_ref::<ChartError>() {
        return Some(match error {
            ChartError::Backend(_) => 3,
            _ => 2,
        });
    }
    #[cfg(feature = "png")]
    if let Some(error) = cause.downcast_ref::<viz::png::PngError>() {
        return Some(match error {
            viz::png::PngError::TooLarge { .. } => 2,
            _ => 3,
        });
    }
    #[cfg(feature = "nir")]
    if cause.is::<interop::nir::NirError>() || cause.is::<interop::nir::ExportError>() {
        return Some(2);
    }
    let input = cause.is::<QuantiseError>()
        || cause.is::<FileError>()
        || cause.is::<SuperNeuroMatError>()
        || cause.is::<ArraysError>()
        || cause.is::<FromUtf8Error>()
        || cause.is::<SpikeError>()
        || cause.is::<NotDescribed>()
        || cause.is::<ImagesError>()
        || cause.is::<NpyError>()
        || cause.is::<UsageError>()
        || cause.is::<NetworkError>()
        || cause.is::<SettingError>()
        || cause.is::<MapError>()
        || cause.is::<CsvError>()
        || cause.is::<ConfigError>();
    input.then_some(2)
}

fn of_driver(error: &DriverError) -> u8 {
    match error {
        DriverError::Verify { .. }
        | DriverError::NoNetwork { .. }
        | DriverError::OtherNetwork { .. } => 1,
        DriverError::OutOfRange { .. } | DriverError::SnapshotMismatch { .. } => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use anyhow::Error;
    use demos::digits::Digits;
    use driver::transport::TransportError;
    use network::Network;
    use network::image::CoreImage;
    use spec::CoreConfig;

    use super::*;
    use crate::rtl::RtlError;
    use crate::terminal;

    /// Checks the exit code of an error, alone and with a context.
    fn check(wanted: u8, error: impl Into<Error>) {
        let error = error.into();
        let text = format!("{error:?}");
        assert_eq!(number(&error), wanted, "{text}");
        assert_eq!(number(&error.context("file x")), wanted, "{text}");
    }

    fn read(kind: ErrorKind) -> InputError {
        let path = "in.csv".to_owned();
        let source = kind.into();
        InputError::Read { path, source }
    }

    fn write(kind: ErrorKind) -> OutputError {
        let path = "out.csv".to_owned();
        let source = kind.into();
        OutputError::Write { path, source }
    }

    fn network() -> NetworkError {
        Network::from_toml("size = 3", &mut |_| Ok(Vec::new())).unwrap_err()
    }

    fn image() -> MapError {
        let network = Digits::embedded().unwrap().network().clone();
        CoreImage::map(&network, CoreConfig::named("tiny").unwrap()).unwrap_err()
    }

    #[test]
    fn what_the_user_can_mend_is_2() {
        for kind in [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::IsADirectory,
            ErrorKind::NotADirectory,
        ] {
            check(2, read(kind));
        }
        check(2, UsageError("--x".to_owned()));
        check(2, network());
        check(2, image());
        check(2, LearningError::Map(image()));
        check(2, LearningError::Network(network()));
        check(2, DigitsError::Map(image()));
        check(2, ChartError::Empty);
        check(2, NpyError::Magic);
        check(2, CoreConfig::named("x").unwrap_err());
        check(2, String::from_utf8(vec![0xff]).unwrap_err());
        let (path, feature) = ("x.png".to_owned(), "png");
        check(2, OutputError::Feature { path, feature });
        let path = "x".to_owned();
        check(2, OutputError::IsFolder { path });
        let what = "tick".to_owned();
        let (value, min, max) = (9, 0, 8);
        let range = || DriverError::OutOfRange {
            what: what.clone(),
            value,
            min,
            max,
        };
        check(2, range());
        check(2, LearningError::Driver(range()));
        let (images, labels, pixels, largest) = (1, 2, 3, 10);
        check(
            2,
            ImagesError::Shape {
                images,
                pixels,
                labels,
                largest,
            },
        );
        let (path, board) = ("x.bin".to_owned(), "x".to_owned());
        check(2, FlashError::NoBitstream { path, board });
    }

    #[test]
    fn what_the_system_or_the_device_did_is_3() {
        for kind in [
            ErrorKind::StorageFull,
            ErrorKind::FileTooLarge,
            ErrorKind::PermissionDenied,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::BrokenPipe,
        ] {
            check(3, write(kind));
            // As returned by a writer of a file.
            check(3, write(kind).into_io());
        }
        for kind in [
            ErrorKind::Other,
            ErrorKind::Interrupted,
            ErrorKind::TimedOut,
        ] {
            check(3, read(kind));
        }
        check(3, io::Error::from(ErrorKind::StorageFull));
        check(3, RtlError::Missing);
        let name = || "/dev/ttyUSB0".to_owned();
        check(3, TransportError::Disconnected { name: name() });
        let gone = || DriverError::Transport(TransportError::Disconnected { name: name() });
        check(3, gone());
        check(3, DigitsError::Driver(gone()));
        check(3, LearningError::Driver(gone()));
        check(3, ChartError::Backend("x".to_owned()));
        let (board, wanted) = ("x".to_owned(), "y".to_owned());
        check(3, FlashError::NoCable { board, wanted });
        check(3, anyhow::anyhow!("what nobody has thought of"));
    }

    #[test]
    fn memory_that_does_not_hold_what_was_written_is_1() {
        let verify = || DriverError::Verify {
            region: spec::regions::Region::Synapses,
            index: 1,
            expected: 2,
            found: 3,
            differing: 4,
        };
        check(1, verify());
        check(1, LearningError::Driver(verify()));
    }

    #[test]
    fn only_the_reader_of_standard_output_may_leave() {
        let left = |error: io::Error| Error::new(error).chain().any(reader_left);
        let pipe = || io::Error::from(ErrorKind::BrokenPipe);
        assert!(left(terminal::left(pipe())));
        let path = "/dev/stdout".to_owned();
        let source = terminal::left(pipe());
        assert!(left(OutputError::Write { path, source }.into_io()));
        assert!(!left(pipe()));
        assert!(!left(write(ErrorKind::BrokenPipe).into_io()));
    }
}
