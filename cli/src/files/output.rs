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

/// A file to be written. Nothing has been written yet, but the checks are done: its folder exists,
/// an existing file may be replaced, and it is neither an input nor another output.
///
/// [`Output::write`] writes a complete file. [`Output::begin`] begins a file that is written piece
/// by piece; [`Staged::commit`] moves it to its place, or [`commit_all`] does so together with
/// others.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Output {
    path: PathBuf,
    place: Place,
}

impl Output {
    /// An output whose name has one of these extensions, in lower or upper case.
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

    /// Like `ending_in`, but outputs that are not files, such as `/dev/stdout`, may have any name.
    pub(crate) fn ending_in_or_direct(
        path: &Path,
        known: &'static [&'static str],
    ) -> Result<Output, OutputError> {
        match Place::of(path) {
            Ok(Place::File(_)) | Err(_) => Output::ending_in(path, known),
            Ok(_) => Output::any(path),
        }
    }

    /// An output with any name.
    pub(crate) fn any(path: &Path) -> Result<Output, OutputError> {
        let place = Place::of(path)?;
        claims::written(path, &place)?;
        Ok(Output {
            path: path.to_owned(),
            place,
        })
    }

    /// An output with the extension `.npy` or `.csv`.
    pub(crate) fn array(path: &Path) -> Result<Output, OutputError> {
        Output::ending_in(path, &["npy", "csv"])
    }

    /// An output with the extension of a picture, `.svg` or `.png`.
    pub(crate) fn picture(path: &Path) -> Result<Output, OutputError> {
        if cfg!(not(feature = "png")) && ending(path) == "png" {
            return Err(OutputError::Feature {
                path: name(path),
                feature: "png",
            });
        }
        Output::ending_in(path, &["svg", "png"])
    }

    /// Whether it is a NumPy array.
    pub(crate) fn is_npy(&self) -> bool {
        ending(&self.path) == "npy"
    }

    /// Its path as given by the user.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        name(&self.path)
    }

    /// Whether it is `-`, standard output: other text then goes to standard error, and each line is
    /// written at once.
    pub(crate) fn is_dash(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Whether it is a file, which can be replaced repeatedly.
    pub(crate) const fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// The contents of the existing file, for a command that continues it; `None` if there is none.
    pub(crate) fn before(&self) -> Result<Option<String>, InputError> {
        match &self.place {
            Place::File(place) => earlier(&self.path, place),
            _ => Ok(None),
        }
    }

    /// Begins the file: its contents go to a temporary file in the same folder.
    pub(crate) fn begin(&self) -> Result<Staged, OutputError> {
        Staged::begin(&self.path, &self.place, false)
    }

    /// Like `begin`, for a format whose beginning is written last: it supports [`io::Seek`] for
    /// every kind of output.
    pub(crate) fn begin_seekable(&self) -> Result<Staged, OutputError> {
        Staged::begin(&self.path, &self.place, true)
    }

    /// Writes the whole file through `write`.
    pub(crate) fn write(
        &self,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        Ok(self.stage(write)?.commit()?)
    }

    /// Writes the file without moving it to its place.
    pub(crate) fn stage(
        &self,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<Staged> {
        let mut staged = self.begin()?;
        write(&mut staged)?;
        Ok(staged)
    }

    /// Writes a picture in the format of the name's extension, without moving it to its place.
    pub(crate) fn stage_picture(&self, svg: &str) -> anyhow::Result<Staged> {
        #[cfg(feature = "png")]
        if ending(&self.path) == "png" {
            let png = viz::png::of_svg(svg)?;
            return self.stage(&mut |out| out.write_all(&png));
        }
        self.stage(&mut |out| out.write_all(svg.as_bytes()))
    }

    /// Writes a picture in the format of the name's extension.
    pub(crate) fn write_picture(&self, svg: &str) -> anyhow::Result<()> {
        Ok(self.stage_picture(svg)?.commit()?)
    }

    /// Writes a matrix or, with one column, a list, without moving it to its place.
    pub(crate) fn stage_array(&self, shape: &[usize], values: &[i32]) -> anyhow::Result<Staged> {
        if self.is_npy() {
            let bytes = npy::encode(shape, values)?;
            return self.stage(&mut |out| out.write_all(&bytes));
        }
        let columns = shape.get(1).copied().unwrap_or(1);
        self.stage(&mut |out| csv::write_matrix(out, columns, values))
    }
}

/// Writes these contents to files in existing folders, in this order: files that name others come
/// last.
pub(crate) fn write_all(files: &[(Output, Vec<u8>)]) -> anyhow::Result<()> {
    let mut staged = Vec::new();
    for (output, bytes) in files {
        staged.push(output.stage(&mut |out| out.write_all(bytes))?);
    }
    Ok(commit_all(staged)?)
}
