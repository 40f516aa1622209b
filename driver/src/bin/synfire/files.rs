//! Files that users name: bounded when read, whole when written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use driver::csv::{self, Bounds, CsvError};
use driver::{Injection, Spike, Trace};
use interop::spikes::SpikeError;
use spec::network::{Network, NetworkError};
use spec::npy;
use thiserror::Error;

use crate::exit::UsageError;

/// Largest network text, in bytes.
const NETWORK_MAX: u64 = 16 << 20;
/// Largest array or event file, in bytes.
const DATA_MAX: u64 = 256 << 20;

/// Why an input file cannot be used.
#[derive(Debug, Error)]
pub(crate) enum InputError {
    /// It cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// It is larger than anything that makes sense.
    #[error("{path} has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// The file.
        path: String,
        /// Its size, or how much of it was read.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// It is not text.
    #[error("{path} is not UTF-8 text: byte {at} is wrong")]
    NotText {
        /// The file.
        path: String,
        /// The first byte that is no text.
        at: usize,
    },
    /// It is no network.
    #[error("{path}: {source}")]
    Network {
        /// The file.
        path: String,
        /// What is wrong.
        source: NetworkError,
    },
    /// It is no list of events.
    #[error("{path}, {source}")]
    Csv {
        /// The file.
        path: String,
        /// What is wrong.
        source: CsvError,
    },
    /// It is no recording of another tool.
    #[error("{path}, {source}")]
    Spikes {
        /// The file.
        path: String,
        /// What is wrong.
        source: SpikeError,
    },
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

/// The bytes of a file that may have so many at most.
fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, InputError> {
    let failed = |source| InputError::Read {
        path: name(path),
        source,
    };
    let file = File::open(path).map_err(failed)?;
    let said = file.metadata().map_err(failed)?;
    if said.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let too_large = |bytes| InputError::TooLarge {
        path: name(path),
        bytes,
        limit,
    };
    if said.len() > limit {
        return Err(too_large(said.len()));
    }
    // A pipe does not say how much it holds, so the limit holds for reading too.
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// The bytes of a file of another tool.
pub(crate) fn data(path: &Path) -> Result<Vec<u8>, InputError> {
    bytes(path, DATA_MAX)
}

fn text(path: &Path, limit: u64) -> Result<String, InputError> {
    utf8(path, bytes(path, limit)?)
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, InputError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        InputError::NotText {
            path: name(path),
            at,
        }
    })
}

/// Reads a text that people write by hand.
pub(crate) fn small_text(path: &Path) -> Result<String, InputError> {
    text(path, NETWORK_MAX)
}

/// Reads a network file and the arrays beside it.
pub(crate) fn network(path: &Path) -> Result<Network, InputError> {
    let text = text(path, NETWORK_MAX)?;
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let mut array =
        |file: &str| bytes(&folder.join(file), DATA_MAX).map_err(|error| error.to_string());
    Network::from_toml(&text, &mut array).map_err(|source| InputError::Network {
        path: name(path),
        source,
    })
}

/// The spikes of inputs in the bytes of a file.
pub(crate) fn spikes(
    path: &Path,
    bytes: Vec<u8>,
    bounds: &Bounds,
) -> Result<Vec<Spike>, InputError> {
    let text = utf8(path, bytes)?;
    csv::parse_spikes(&text, bounds).map_err(|source| InputError::Csv {
        path: name(path),
        source,
    })
}

/// Reads additions to currents.
pub(crate) fn injections(path: &Path, bounds: &Bounds) -> Result<Vec<Injection>, InputError> {
    let text = text(path, DATA_MAX)?;
    csv::parse_injections(&text, bounds).map_err(|source| InputError::Csv {
        path: name(path),
        source,
    })
}

/// A file to be written, its kind known from its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    path: PathBuf,
    npy: bool,
}

impl Output {
    /// An output that may be `.npy` or `.csv`. Says so now, rather than after a long run, if it is
    /// neither or its folder does not exist.
    pub(crate) fn array(path: &Path) -> Result<Output, UsageError> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let npy = match extension {
            Some("npy") => true,
            Some("csv") => false,
            _ => {
                let path = path.display();
                return Err(UsageError(format!(
                    "{path}: the name must end in .npy or .csv"
                )));
            }
        };
        Ok(Output {
            npy,
            ..Output::text(path)?
        })
    }

    /// An output that is text whatever its name.
    pub(crate) fn text(path: &Path) -> Result<Output, UsageError> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            let (path, folder) = (path.display(), folder.display());
            return Err(UsageError(format!("{path}: there is no folder {folder}")));
        }
        Ok(Output {
            path: path.to_owned(),
            npy: false,
        })
    }

    /// An output that is a picture, `.svg` or `.png`.
    pub(crate) fn picture(path: &Path) -> Result<Output, UsageError> {
        let name = path.display();
        let ending = path.extension().and_then(|extension| extension.to_str());
        match ending {
            Some("svg") => Output::text(path),
            Some("png") if cfg!(feature = "png") => Output::text(path),
            Some("png") => Err(UsageError(format!(
                "{name}: this synfire was built without the feature png"
            ))),
            _ => Err(UsageError(format!(
                "{name}: the name must end in .svg or .png"
            ))),
        }
    }

    /// Whether it is to be a NumPy array.
    pub(crate) const fn is_npy(&self) -> bool {
        self.npy
    }

    /// The same file with something added to its name, before the extension.
    pub(crate) fn with_suffix(&self, suffix: &str) -> Output {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let extension = self.path.extension().unwrap_or_default().to_string_lossy();
        let file = format!("{stem}-{suffix}.{extension}");
        Output {
            path: self.path.with_file_name(file),
            npy: self.npy,
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its name.
    pub(crate) fn name(&self) -> String {
        name(&self.path)
    }

    /// Writes the file by handing a writer to `write`.
    pub(crate) fn write(
        &self,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let context = || format!("cannot write {}", self.name());
        let mut out = BufWriter::new(File::create(&self.path).with_context(context)?);
        write(&mut out)
            .and_then(|()| out.flush())
            .with_context(context)
    }

    /// Writes a picture in the format that the name tells.
    pub(crate) fn write_picture(&self, svg: &str) -> anyhow::Result<()> {
        #[cfg(feature = "png")]
        if self.path.extension().is_some_and(|ending| ending == "png") {
            let png = driver::png::of_svg(svg)?;
            return self.write(&mut |out| out.write_all(&png));
        }
        self.write(&mut |out| out.write_all(svg.as_bytes()))
    }

    /// Writes a matrix or, with one column, a list.
    pub(crate) fn write_array(&self, shape: &[usize], values: &[i32]) -> anyhow::Result<()> {
        if self.npy {
            let bytes = npy::encode(shape, values)?;
            return fs::write(&self.path, bytes)
                .with_context(|| format!("cannot write {}", self.name()));
        }
        let columns = shape.get(1).copied().unwrap_or(1);
        self.write(&mut |out| csv::write_matrix(out, columns, values))
    }

    /// Writes a trace.
    pub(crate) fn write_trace(&self, trace: &Trace) -> anyhow::Result<()> {
        if self.npy {
            return self.write_array(&[trace.ticks(), trace.neurons], &trace.values);
        }
        self.write(&mut |out| csv::write_trace(out, trace))
    }
}
