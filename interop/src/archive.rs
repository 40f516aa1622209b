//! NumPy archives (`.npz`): ZIP files whose members are stored or deflated, found through the
//! central directory at the end. Encryption, other compression methods and archives beyond 4 GiB
//! are refused.
//!
//! Source: PKWARE, *.ZIP File Format Specification*, 6.3, sections 4.3 and 4.4.

use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use thiserror::Error;

/// Why an archive cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not an archive that is read: {reason}")]
pub struct ArchiveError {
    /// The problem.
    pub reason: String,
}

/// Maximum number of files in an archive.
const FILES_MAX: u16 = 256;
/// Maximum size of a file in bytes: the values of the largest array, eight bytes each, and its
/// header.
const FILE_MAX: u64 = (1 << 26) + (1 << 16);

const END: u32 = 0x0605_4b50;
const ENTRY: u32 = 0x0201_4b50;
const LOCAL: u32 = 0x0403_4b50;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A file in an archive.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) name: String,
    method: u16,
    crc: u32,
    size: u64,
    packed: &'a [u8],
}

fn wrong(reason: impl Into<String>) -> ArchiveError {
    let reason = reason.into();
    ArchiveError { reason }
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, ArchiveError> {
    let field = bytes.get(at..).and_then(<[u8]>::first_chunk);
    let field = field.ok_or_else(|| wrong("it is cut off"))?;
    Ok(u16::from_le_bytes(*field))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, ArchiveError> {
    let field = bytes.get(at..).and_then(<[u8]>::first_chunk);
    let field = field.ok_or_else(|| wrong("it is cut off"))?;
    Ok(u32::from_le_bytes(*field))
}

/// The `length` bytes from `at`.
fn part(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], ArchiveError> {
    let part = at.checked_add(length).and_then(|end| bytes.get(at..end));
    part.ok_or_else(|| wrong("it is cut off"))
}

/// The files of an archive, still compressed.
pub(crate) fn files(bytes: &[u8]) -> Result<Vec<Entry<'_>>, ArchiveError> {
    // The directory's end has 22 bytes and a comment of at most 65,535.
    let first = bytes.len().saturating_sub(22 + 65_535);
    let end = (first..=bytes.len().saturating_sub(22))
        .rev()
        .find(|&at| u32_at(bytes, at) == Ok(END))
        .ok_or_else(|| wrong("there is no directory at its end"))?;
    let count = u16_at(bytes, end + 10)?;
    if count > FILES_MAX {
        return Err(wrong(format!("{count} files, the limit is {FILES_MAX}")));
    }
    let mut at = u32_at(bytes, end + 16)? as usize;
    let mut files = Vec::new();
    for _ in 0..count {
        if u32_at(bytes, at)? != ENTRY {
            return Err(wrong("its directory is damaged"));
        }
        let lengths = [28, 30, 32].map(|field| u16_at(bytes, at + field));
        let [name, extra, comment] = lengths;
        let (name, skipped) = (
            usize::from(name?),
            usize::from(extra?) + usize::from(comment?),
        );
        let packed = u32_at(bytes, at + 20)? as usize;
        let local = u32_at(bytes, at + 42)? as usize;
        if u16_at(bytes, at + 8)? & 1 != 0 {
            return Err(wrong("it is encrypted"));
        }
        if u32_at(bytes, local)? != LOCAL {
            return Err(wrong("a file's header is damaged"));
        }
        let header = usize::from(u16_at(bytes, local + 26)?);
        let header = 30 + header + usize::from(u16_at(bytes, local + 28)?);
        files.push(Entry {
            name: String::from_utf8_lossy(part(bytes, at + 46, name)?).into_owned(),
            method: u16_at(bytes, at + 10)?,
            crc: u32_at(bytes, at + 16)?,
            size: u64::from(u32_at(bytes, at + 24)?),
            packed: part(bytes, local.saturating_add(header), packed)?,
        });
        at += 46 + name + skipped;
    }
    Ok(files)
}

impl Entry<'_> {
    /// The uncompressed content of the file.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, ArchiveError> {
        let name = &self.name;
        if self.size > FILE_MAX {
            let size = self.size;
            return Err(wrong(format!(
                "{name} has {size} bytes, the limit is {FILE_MAX}"
            )));
        }
        let mut bytes = Vec::new();
        match self.method {
            STORED => bytes.extend_from_slice(self.packed),
            DEFLATED => {
                DeflateDecoder::new(self.packed)
                    .take(self.size + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|error| wrong(format!("{name}: {error}")))?;
            }
            method => return Err(wrong(format!("{name}: method {method} is not known"))),
        }
        let mut crc = Crc::new();
        crc.update(&bytes);
        if bytes.len() as u64 != self.size || crc.sum() != self.crc {
            return Err(wrong(format!("{name} is damaged")));
        }
        Ok(bytes)
    }
}

/// The array of that name in an archive, packed as `.npy`; `None` if there is none.
pub(crate) fn array(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
    let file = format!("{name}.npy");
    let files = files(bytes)?;
    let found = files.iter().find(|found| found.name == file);
    found.map(Entry::bytes).transpose()
}

/// Names of all files in an archive.
pub(crate) fn all_names(bytes: &[u8]) -> Result<Vec<String>, ArchiveError> {
    Ok(files(bytes)?.into_iter().map(|file| file.name).collect())
}

/// Names of up to eight of the arrays in an archive, for messages.
pub(crate) fn names(bytes: &[u8]) -> Result<Vec<String>, ArchiveError> {
    let files = files(bytes)?.into_iter().take(8);
    Ok(files.map(|file| file.name).collect())
}

/// An archive with these files, stored without compression.
pub(crate) fn write(files: &[(&str, &[u8])]) -> Result<Vec<u8>, ArchiveError> {
    let number = |size: usize| u32::try_from(size).map_err(|_| wrong("it exceeds 4 GiB"));
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for &(name, bytes) in files {
        let at = number(archive.len())?;
        let size = number(bytes.len())?;
        let mut crc = Crc::new();
        crc.update(bytes);
        // Version 2.0, no flags, stored, date 1980-01-01, so that the bytes do not depend on the
        // day.
        let mut common = Vec::new();
        common.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        for field in [crc.sum(), size, size] {
            common.extend(field.to_le_bytes());
        }
        // Lossless: short names, which this crate chooses.
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        archive.extend(LOCAL.to_le_bytes());
        archive.extend(&common);
        archive.extend(name.as_bytes());
        archive.extend(bytes);
        directory.extend(ENTRY.to_le_bytes());
        directory.extend([20, 0]);
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let at = number(archive.len())?;
    let size = number(directory.len())?;
    archive.extend(directory);
    archive.extend(END.to_le_bytes());
    archive.extend([0; 4]);
    // Lossless: few files, which this crate chooses.
    let count = (files.len() as u16).to_le_bytes();
    archive.extend(count.into_iter().chain(count));
    archive.extend(size.to_le_bytes());
    archive.extend(at.to_le_bytes());
    archive.extend([0, 0]);
    Ok(archive)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    #[test]
    fn deflated_files_are_unpacked() {
        let text = b"spikes spikes spikes spikes".repeat(20);
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&text).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = Crc::new();
        crc.update(&text);
        let mut archive = write(&[("a", &packed)]).unwrap();
        let entry = archive.len() - 22 - 47;
        // Makes the entry look compressed: method, CRC, both sizes.
        archive[entry + 10..entry + 12].copy_from_slice(&DEFLATED.to_le_bytes());
        archive[entry + 16..entry + 20].copy_from_slice(&crc.sum().to_le_bytes());
        archive[entry + 24..entry + 28].copy_from_slice(&(text.len() as u32).to_le_bytes());
        assert_eq!(files(&archive).unwrap()[0].bytes().unwrap(), text);
        // A wrong size.
        archive[entry + 24] ^= 1;
        assert!(files(&archive).unwrap()[0].bytes().is_err());
    }

    #[test]
    fn damage_is_found() {
        let archive = write(&[("a", b"one"), ("b", b"two")]).unwrap();
        let names: Vec<String> = files(&archive)
            .unwrap()
            .into_iter()
            .map(|f| f.name)
            .collect();
        assert_eq!(names, ["a", "b"]);
        for end in 0..archive.len() {
            assert!(files(&archive[..end]).is_err(), "{end}");
        }
        let mut wrong = archive.clone();
        wrong[31] ^= 1;
        assert!(files(&wrong).unwrap()[0].bytes().is_err());
    }
}
