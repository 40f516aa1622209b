//! The header of an `.npy` file: magic, version, length, and a Python dictionary of three keys.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::{char, multispace0, u64 as number};
use nom::combinator::{opt, value};
use nom::multi::separated_list0;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::NpyError;

const MAGIC: &[u8] = b"\x93NUMPY";

/// NumPy pads the header so that the elements begin at a multiple of this number of bytes.
const ALIGNMENT: usize = 64;

/// The contents of a header.
pub(super) struct Header {
    /// The storage type of an element.
    pub(super) kind: Kind,
    /// Whether elements are big-endian.
    pub(super) big_endian: bool,
    /// Whether the elements are in Fortran order (first index fastest).
    pub(super) fortran: bool,
    /// The shape.
    pub(super) shape: Vec<u64>,
}

/// The storage type of an element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Two's complement of this number of bytes.
    Signed(usize),
    /// Unsigned, of this number of bytes. An 8-byte value that does not fit into an `i64` becomes
    /// the largest `i64`, which exceeds every limit of the readers.
    Unsigned(usize),
    /// One byte: false if it is 0, otherwise true.
    Bool,
    /// IEEE 754, 32 bits.
    Single,
    /// IEEE 754, 64 bits.
    Double,
}

impl Kind {
    /// Number of bytes of an element.
    pub(super) const fn bytes(self) -> usize {
        match self {
            Kind::Signed(bytes) | Kind::Unsigned(bytes) => bytes,
            Kind::Bool => 1,
            Kind::Single => 4,
            Kind::Double => 8,
        }
    }
}

/// The name of a field, and its type.
pub(super) type Named<'t> = (&'t [u8], &'t [u8]);

/// The element type of a header: one type, or the names and types of several fields.
pub(super) enum Element<'t> {
    Plain(&'t [u8]),
    Fields(Vec<Named<'t>>),
}

/// A header with its element type as text.
pub(super) struct Raw<'t> {
    pub(super) element: Element<'t>,
    pub(super) fortran: bool,
    pub(super) shape: Vec<u64>,
}

/// The header at the beginning of `bytes`, if its elements are numbers, and the bytes after it.
pub(super) fn parse(bytes: &[u8]) -> Result<(Header, &[u8]), NpyError> {
    let (raw, data) = split(bytes)?;
    let descr = match raw.element {
        Element::Plain(descr) => descr,
        Element::Fields(fields) => {
            let names: Vec<_> = fields
                .iter()
                .map(|(name, _)| String::from_utf8_lossy(name))
                .collect();
            return Err(unread(format!("fields {}", names.join(", ")).as_bytes()));
        }
    };
    let (kind, big_endian) = element(descr).ok_or_else(|| unread(descr))?;
    let header = Header {
        kind,
        big_endian,
        fortran: raw.fortran,
        shape: raw.shape,
    };
    Ok((header, data))
}

/// The error for an unsupported type.
pub(super) fn unread(descr: &[u8]) -> NpyError {
    let descr = String::from_utf8_lossy(descr).chars().take(32).collect();
    NpyError::Type { descr }
}

/// The header at the beginning of `bytes`, for elements of any type, and the bytes after it.
pub(super) fn split(bytes: &[u8]) -> Result<(Raw<'_>, &[u8]), NpyError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(NpyError::Magic)?;
    let truncated = |needed| NpyError::Truncated {
        needed,
        found: bytes.len(),
    };
    let (&[major, minor], rest) = rest.split_first_chunk().ok_or_else(|| truncated(10))?;
    let (length, rest) = match (major, minor) {
        (1, 0) => {
            let (length, rest) = rest.split_first_chunk().ok_or_else(|| truncated(10))?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        }
        (2 | 3, 0) => {
            let (length, rest) = rest.split_first_chunk().ok_or_else(|| truncated(12))?;
            (u32::from_le_bytes(*length) as usize, rest)
        }
        _ => return Err(NpyError::Version { major, minor }),
    };
    let start = bytes.len() - rest.len();
    let (text, data) = rest
        .split_at_checked(length)
        .ok_or_else(|| truncated(start as u64 + length as u64))?;

    let damaged = |left: &[u8]| NpyError::Header {
        at: start + text.len() - left.len(),
    };
    let (left, entries) = match dictionary(text) {
        Ok(parsed) => parsed,
        Err(nom::Err::Error(error) | nom::Err::Failure(error)) => return Err(damaged(error.input)),
        // Only streaming parsers return `Incomplete`.
        Err(nom::Err::Incomplete(_)) => return Err(damaged(&[])),
    };
    if !left.iter().all(u8::is_ascii_whitespace) {
        return Err(damaged(left));
    }
    let raw = collect(entries).ok_or_else(|| damaged(&[]))?;
    Ok((raw, data))
}

/// One entry of the dictionary.
enum Entry<'t> {
    Descr(Element<'t>),
    Fortran(bool),
    Shape(Vec<u64>),
}

/// The header from the entries; `None` if an entry is missing.
fn collect(entries: Vec<Entry<'_>>) -> Option<Raw<'_>> {
    let (mut descr, mut fortran, mut shape) = (None, None, None);
    for entry in entries {
        match entry {
            Entry::Descr(element) => descr = Some(element),
            Entry::Fortran(order) => fortran = Some(order),
            Entry::Shape(sizes) => shape = Some(sizes),
        }
    }
    Some(Raw {
        element: descr?,
        fortran: fortran?,
        shape: shape?,
    })
}

/// Storage type and byte order of an element; `None` if the type is not supported.
pub(super) fn element(descr: &[u8]) -> Option<(Kind, bool)> {
    let (&order, kind) = descr.split_first()?;
    let kind = match kind {
        b"i1" => Kind::Signed(1),
        b"i2" => Kind::Signed(2),
        b"i4" => Kind::Signed(4),
        b"i8" => Kind::Signed(8),
        b"u1" => Kind::Unsigned(1),
        b"u2" => Kind::Unsigned(2),
        b"u4" => Kind::Unsigned(4),
        b"u8" => Kind::Unsigned(8),
        b"b1" => Kind::Bool,
        b"f4" => Kind::Single,
        b"f8" => Kind::Double,
        _ => return None,
    };
    match order {
        b'<' => Some((kind, false)),
        b'>' => Some((kind, true)),
        // `|` means no byte order: valid for one byte only.
        b'|' if kind.bytes() == 1 => Some((kind, false)),
        _ => None,
    }
}

/// `{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }`
fn dictionary(text: &[u8]) -> IResult<&[u8], Vec<Entry<'_>>> {
    delimited(
        token('{'),
        terminated(separated_list0(token(','), entry), opt(token(','))),
        token('}'),
    )
    .parse(text)
}

fn entry(text: &[u8]) -> IResult<&[u8], Entry<'_>> {
    let (text, key) = terminated(quoted, token(':')).parse(text)?;
    match key {
        b"descr" => alt((quoted.map(Element::Plain), fields.map(Element::Fields)))
            .map(Entry::Descr)
            .parse(text),
        b"fortran_order" => alt((value(true, tag("True")), value(false, tag("False"))))
            .map(Entry::Fortran)
            .parse(text),
        b"shape" => shape.map(Entry::Shape).parse(text),
        _ => Err(nom::Err::Error(nom::error::Error::new(
            text,
            nom::error::ErrorKind::Tag,
        ))),
    }
}

/// `[('t', '<i8'), (('polarity', 'p'), '|b1')]`: if there is a title and a name, the name is used.
fn fields(text: &[u8]) -> IResult<&[u8], Vec<Named<'_>>> {
    let titled = delimited(
        token('('),
        preceded(terminated(quoted, token(',')), quoted),
        token(')'),
    );
    let name = alt((quoted, titled));
    let field = delimited(
        token('('),
        (terminated(name, token(',')), quoted),
        token(')'),
    );
    delimited(
        token('['),
        terminated(separated_list0(token(','), field), opt(token(','))),
        token(']'),
    )
    .parse(text)
}

fn shape(text: &[u8]) -> IResult<&[u8], Vec<u64>> {
    // Python 2 writes long integers with an L.
    let size = terminated(number, opt(char('L')));
    delimited(
        token('('),
        terminated(separated_list0(token(','), size), opt(token(','))),
        preceded(multispace0, char(')')),
    )
    .parse(text)
}

fn quoted(text: &[u8]) -> IResult<&[u8], &[u8]> {
    let inside = |quote: char| {
        delimited(
            char(quote),
            take_while(move |byte| byte != quote as u8),
            char(quote),
        )
    };
    preceded(multispace0, alt((inside('\''), inside('"')))).parse(text)
}

/// One character, with optional white space around it.
fn token<'t>(
    symbol: char,
) -> impl Parser<&'t [u8], Output = char, Error = nom::error::Error<&'t [u8]>> {
    delimited(multispace0, char(symbol), multispace0)
}

/// Magic, version, length and dictionary of an array of 32-bit integers in C order.
pub(super) fn encode(shape: &[usize]) -> Vec<u8> {
    let sizes: String = shape.iter().map(|size| format!("{size}, ")).collect();
    let mut text = format!(
        "{{'descr': '<i4', 'fortran_order': False, 'shape': ({}), }}",
        sizes.trim_end()
    );
    let prefix = MAGIC.len() + 4;
    while !(prefix + text.len() + 1).is_multiple_of(ALIGNMENT) {
        text.push(' ');
    }
    text.push('\n');
    let mut bytes = MAGIC.to_vec();
    bytes.extend([1, 0]);
    // Lossless: the text is short.
    bytes.extend((text.len() as u16).to_le_bytes());
    bytes.extend(text.bytes());
    bytes
}
