//! Where the arrays of a network are read from: files beside its text, or an archive.

use network::npy::Array;

use super::{ArraysError, Files, wrong};
use crate::archive;

/// Maximum number of values in all arrays of a network: two per synapse of the largest one.
const NUMBERS_MAX: usize = 1 << 24;

/// The source of arrays.
pub(super) struct Store<'a, 'f> {
    /// Its name and its bytes.
    archive: Option<(String, Vec<u8>)>,
    files: &'a mut Files<'f>,
    /// Number of values that may still be read, since a text can name the same array many times.
    numbers: usize,
}

impl<'a, 'f> Store<'a, 'f> {
    /// A store of these files, one of which may be an archive.
    pub(super) fn new(
        files: &'a mut Files<'f>,
        archive: Option<String>,
    ) -> Result<Store<'a, 'f>, ArraysError> {
        let mut store = Store {
            archive: None,
            files,
            numbers: NUMBERS_MAX,
        };
        if let Some(name) = archive {
            let bytes = store.file("archive", &name, ".npz")?;
            store.archive = Some((name, bytes));
        }
        Ok(store)
    }

    /// The bytes of a file beside the text.
    fn file(&mut self, place: &str, name: &str, ending: &str) -> Result<Vec<u8>, ArraysError> {
        let part = |part: &str| !part.is_empty() && part != "." && part != "..";
        let legal = name.ends_with(ending) && !name.contains(['\\', ':', '\0']);
        if !legal || !name.split('/').all(part) {
            let problem = format!("{name:?} is no name of an {ending} file beside the text");
            return Err(wrong(place, problem));
        }
        (self.files)(name).map_err(|reason| wrong(place, format!("{name:?}: {reason}")))
    }

    /// The bytes of an array in the archive.
    fn entry(&self, place: &str, name: &str) -> Result<Vec<u8>, ArraysError> {
        let Some((archive, bytes)) = &self.archive else {
            let problem = format!(
                "{name:?} is no name of an .npy file beside the text, and there is no `archive`"
            );
            return Err(wrong(place, problem));
        };
        let problem = |problem: String| wrong(place, format!("{archive:?}: {problem}"));
        let found = archive::array(bytes, name).map_err(|error| problem(error.to_string()))?;
        if let Some(found) = found {
            return Ok(found);
        }
        let names = archive::names(bytes).map_err(|error| problem(error.to_string()))?;
        Err(problem(format!("no array {name:?}; it holds {names:?}")))
    }

    /// Shape and numbers of an array.
    pub(super) fn array(
        &mut self,
        place: &str,
        name: &str,
    ) -> Result<(Vec<usize>, Vec<f64>), ArraysError> {
        let bytes = if name.ends_with(".npy") {
            self.file(place, name, ".npy")?
        } else {
            self.entry(place, name)?
        };
        let array =
            Array::parse(&bytes).map_err(|error| wrong(place, format!("{name:?}: {error}")))?;
        let shape = array.shape().to_vec();
        // An empty array counts too, since its file is read.
        let count = shape.iter().product::<usize>().max(1);
        self.numbers = self.numbers.checked_sub(count).ok_or_else(|| {
            let problem = format!("more than {NUMBERS_MAX} numbers, with those of arrays before");
            wrong(place, problem)
        })?;
        Ok((shape, array.to_reals()))
    }
}
