//! Output files of a command, whose formats follow from their names.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use interop::spikes::csv;
use network::npy;

use super::claims;
use super::error::OutputError;
use super::input::{InputError, earlier};
use super::place::Place;
use super::staged::{Staged, commit_all};
use super::{ending, name};

/// A file to be written. Nothing of it is there yet, but it is known that it may be: its folder is
/// there, a file in its place may be written, and it is neither an input nor another output.
///
/// What is complete is written with [`Output::write`]. What comes into being as a command goes on is
/// begun with [`Output::begin`] and takes its place with [`Staged::commit`], or together with others
/// with [`commit_all`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Output {
    path: PathBuf,
    place: Place,
}

impl Output {
    /// An output whose name ends in one of these, in small or capital letters.
    pub(crate) fn ending_in(
        path: &Path,
        known: &'static [&'static str],
    ) -> Result<Output, OutputError> {
        let ending = ending(path);
        if !known.contains(&&ending[..]) {
            return Err(OutputError::Ending {
                path: name(path),
                ending,
                known,
            });
        }
        Output::any(path)
    }

    /// The same; what is no file, such as `/dev/stdout`, may have any name.
    pub(crate) fn ending_in_or_direct(
        path: &Path,
        known: &'static [&'static str],
    ) -> Result<Output, OutputError> {
        match Place::of(path) {
            Ok(Place::File(_)) | Err(_) => Output::ending_in(path, known),
            Ok(_) => Output::any(path),
        }
    }

    /// An output whatever its name.
    pub(crate) fn any(path: &Path) -> Result<Output, OutputError> {
        let place = Place::of(path)?;
        claims::written(path, &place)?;
        Ok(Output {
            path: path.to_owned(),
            place,
        })
    }

    /// An output that may be `.npy` or `.csv`.
    pub(crate) fn array(path: &Path) -> Result<Output, OutputError> {
        Output::ending_in(path, &["npy", "csv"])
    }

    /// An output that is a picture, `.svg` or `.png`.
    pub(crate) fn picture(path: &Path) -> Result<Output, OutputError> {
        if cfg!(not(feature = "png")) && ending(path) == "png" {
            return Err(OutputError::Feature {
                path: name(path),
                feature: "png",
            });
        }
        Output::ending_in(path, &["svg", "png"])
    }

    /// Whether it is to be a NumPy array.
    pub(crate) fn is_npy(&self) -> bool {
        ending(&self.path) == "npy"
    }

    /// Where it is, as the user says it.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its name.
    pub(crate) fn name(&self) -> String {
        name(&self.path)
    }

    /// Whether it is standard output, by the name `-`: what else there is to say goes elsewhere then,
    /// and each line is written as it comes.
    pub(crate) fn is_dash(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Whether it is a file, which can be replaced again and again.
    pub(crate) const fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// What the file in its place says, for a command that goes on from there; `None` if there is none.
    pub(crate) fn before(&self) -> Result<Option<String>, InputError> {
        match &self.place {
            Place::File(place) => earlier(&self.path, place),
            _ => Ok(None),
        }
    }

    /// Begins the file: what is written to it goes to a file beside.
    pub(crate) fn begin(&self) -> Result<Staged, OutputError> {
        Staged::begin(&self.path, &self.place, false)
    }

    /// The same for a format whose beginning is known at its end only: it can [`io::Seek`], whatever
    /// the output is.
    pub(crate) fn begin_seekable(&self) -> Result<Staged, OutputError> {
        Staged::begin(&self.path, &self.place, true)
    }

    /// Writes the whole file by handing a writer to `write`.
    pub(crate) fn write(
        &self,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        Ok(self.stage(write)?.commit()?)
    }

    /// Writes the file without putting it in its place yet.
    pub(crate) fn stage(
        &self,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<Staged> {
        let mut staged = self.begin()?;
        write(&mut staged)?;
        Ok(staged)
    }

    /// A picture in the format that the name tells, complete and not in its place yet.
    pub(crate) fn stage_picture(&self, svg: &str) -> anyhow::Result<Staged> {
        #[cfg(feature = "png")]
        if ending(&self.path) == "png" {
            let png = viz::png::of_svg(svg)?;
            return self.stage(&mut |out| out.write_all(&png));
        }
        self.stage(&mut |out| out.write_all(svg.as_bytes()))
    }

    /// Writes a picture in the format that the name tells.
    pub(crate) fn write_picture(&self, svg: &str) -> anyhow::Result<()> {
        Ok(self.stage_picture(svg)?.commit()?)
    }

    /// A matrix or, with one column, a list, complete and not in its place yet.
    pub(crate) fn stage_array(&self, shape: &[usize], values: &[i32]) -> anyhow::Result<Staged> {
        if self.is_npy() {
            let bytes = npy::encode(shape, values)?;
            return self.stage(&mut |out| out.write_all(&bytes));
        }
        let columns = shape.get(1).copied().unwrap_or(1);
        self.stage(&mut |out| csv::write_matrix(out, columns, values))
    }
}

/// Writes whole files in folders that are there: bytes of each, in this order, and what names others
/// last.
pub(crate) fn write_all(files: &[(Output, Vec<u8>)]) -> anyhow::Result<()> {
    let mut staged = Vec::new();
    for (output, bytes) in files {
        staged.push(output.stage(&mut |out| out.write_all(bytes))?);
    }
    Ok(commit_all(staged)?)
}
