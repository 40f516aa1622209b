//! Lists of numbers in SuperNeuroMAT files: as JSON, or as the base-85 or base-64 bytes of an
//! array.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The digits of base 85 in RFC 1924 and in Python's `base64.b85encode`.
const DIGITS_85: &[u8; 85] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
/// The digits of base 64 in RFC 4648.
const DIGITS_64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A list of numbers.
#[derive(Debug, Default)]
pub(super) struct List(pub(super) Vec<f64>);

/// The last row of a list of rows.
#[derive(Debug, Default)]
pub(super) enum LastRow {
    /// The list is empty.
    #[default]
    None,
    Row(Vec<f64>),
    /// All rows, one after the other.
    Flat(Vec<f64>),
}

impl LastRow {
    /// The row, if it has `count` numbers.
    pub(super) fn of(&self, count: usize) -> Option<&[f64]> {
        match self {
            LastRow::None => Some(&[]),
            LastRow::Row(row) => (row.len() == count).then_some(row),
            LastRow::Flat(rows) => {
                let whole = rows.len().checked_rem(count) == Some(0);
                let last = rows.len().checked_sub(count).filter(|_| whole);
                last.map(|from| &rows[from..])
            }
        }
    }

    /// Number of elements.
    pub(super) fn len(&self) -> usize {
        match self {
            LastRow::None => 0,
            LastRow::Row(row) | LastRow::Flat(row) => row.len(),
        }
    }
}

/// A number or a boolean.
struct Number(f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Number, E> {
                Ok(Number(f64::from(u8::from(value))))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
                // Inexact beyond 2^53, where these files have no numbers.
                Ok(Number(value as f64))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
                Ok(Number(value as f64))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
                // The text represents an infinite number by a large one.
                let infinite = value.abs() >= 1e308;
                Ok(Number(if infinite {
                    f64::INFINITY.copysign(value)
                } else {
                    value
                }))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<List, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = List;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of numbers, or an array in base85 or base64")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<List, A::Error> {
                let mut numbers = Vec::new();
                while let Some(Number(number)) = list.next_element()? {
                    numbers.push(number);
                }
                Ok(List(numbers))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<List, A::Error> {
                packed(map).map(List)
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl<'de> Deserialize<'de> for LastRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LastRow, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = LastRow;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of rows, or an array in base85 or base64")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<LastRow, A::Error> {
                let mut last = LastRow::None;
                while let Some(List(row)) = rows.next_element()? {
                    last = LastRow::Row(row);
                }
                Ok(last)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LastRow, A::Error> {
                let rows = packed(map)?;
                Ok(if rows.is_empty() {
                    LastRow::None
                } else {
                    LastRow::Flat(rows)
                })
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

/// The numbers of an array that is given by its type and its bytes.
fn packed<'de, A: MapAccess<'de>>(mut map: A) -> Result<Vec<f64>, A::Error> {
    let (mut kind, mut bytes) = (None, None);
    let undecoded = |base| move || de::Error::custom(format!("an array is no text in {base}"));
    while let Some(key) = map.next_key::<String>()? {
        match key.as_str() {
            "dtype" => kind = Some(map.next_value::<String>()?),
            "base85" => {
                let text = map.next_value::<String>()?;
                bytes = Some(of_base_85(text.as_bytes()).ok_or_else(undecoded("base85"))?);
            }
            "base64" => {
                let text = map.next_value::<String>()?;
                bytes = Some(of_base_64(text.as_bytes()).ok_or_else(undecoded("base64"))?);
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    let kind = kind.ok_or_else(|| de::Error::missing_field("dtype"))?;
    let bytes = bytes.ok_or_else(|| de::Error::missing_field("base85"))?;
    numbers(&kind, &bytes).ok_or_else(|| {
        let kind: String = kind.chars().take(16).collect();
        let count = bytes.len();
        de::Error::custom(format!(
            "an array of type {kind:?} in {count} bytes is not read"
        ))
    })
}

/// Decodes base 85: five digits are four bytes, the most significant first; an incomplete last
/// group has correspondingly fewer bytes.
fn of_base_85(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 5 * 4 + 4);
    for group in text.chunks(5) {
        let mut sum = 0u64;
        for at in 0..5 {
            let digit = match group.get(at) {
                Some(sign) => DIGITS_85.iter().position(|digit| digit == sign)?,
                None => 84,
            };
            sum = sum * 85 + digit as u64;
        }
        let word = u32::try_from(sum).ok()?.to_be_bytes();
        bytes.extend(&word[..group.len().checked_sub(1)?]);
    }
    Some(bytes)
}

/// Decodes base 64.
fn of_base_64(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii_end();
    let end = text.iter().rposition(|&sign| sign != b'=');
    let text = &text[..end.map_or(0, |end| end + 1)];
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    for group in text.chunks(4) {
        let mut sum = 0u32;
        for at in 0..4 {
            let digit = match group.get(at) {
                Some(sign) => DIGITS_64.iter().position(|digit| digit == sign)?,
                None => 0,
            };
            // Lossless: six bits.
            sum = sum << 6 | digit as u32;
        }
        let [_, word @ ..] = sum.to_be_bytes();
        bytes.extend(&word[..group.len().checked_sub(1)?]);
    }
    Some(bytes)
}

/// The numbers in the bytes of an array; `kind` is NumPy's name of the type: a byte order and a
/// letter.
fn numbers(kind: &str, bytes: &[u8]) -> Option<Vec<f64>> {
    let mut signs = kind.chars();
    let (big, kind) = match signs.next()? {
        '>' => (true, signs.as_str()),
        '<' | '|' | '=' => (false, signs.as_str()),
        _ => (false, kind),
    };
    let size = match kind {
        "?" | "b" | "B" | "b1" | "i1" | "u1" => 1,
        "h" | "H" | "i2" | "u2" => 2,
        "i" | "I" | "f" | "i4" | "u4" | "f4" => 4,
        "l" | "L" | "q" | "Q" | "d" | "i8" | "u8" | "f8" => 8,
        _ => return None,
    };
    let chunks = bytes.chunks_exact(size);
    if !chunks.remainder().is_empty() {
        return None;
    }
    let number = |chunk: &[u8]| {
        let push = |raw: u64, byte: &u8| raw << 8 | u64::from(*byte);
        let raw = if big {
            chunk.iter().fold(0, push)
        } else {
            chunk.iter().rev().fold(0, push)
        };
        let unused = 64 - 8 * size as u32;
        // Lossless: the casts keep the element's bits; integers beyond 2^53 are rounded.
        match kind {
            "f" | "f4" => f64::from(f32::from_bits(raw as u32)),
            "d" | "f8" => f64::from_bits(raw),
            "?" | "b1" => f64::from(u8::from(raw != 0)),
            "b" | "i1" | "h" | "i2" | "i" | "i4" | "l" | "q" | "i8" => {
                ((raw << unused) as i64 >> unused) as f64
            }
            _ => raw as f64,
        }
    };
    Some(chunks.map(number).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Vec<f64>, String> {
        let list: Result<List, _> = serde_json::from_str(text);
        list.map(|list| list.0).map_err(|error| error.to_string())
    }

    #[test]
    fn arrays_are_read_as_python_packs_them() {
        // base64.b85encode(np.array([0, 1, 2.5, inf]).tobytes()), and so on.
        let cases = [
            (
                r#"{"dtype": "<d", "base85": "000000000000000008hm00000000C)00000008iR"}"#,
                &[0.0, 1.0, 2.5, f64::INFINITY][..],
            ),
            (
                r#"{"dtype": "<d", "base64": "AAAAAAAA4D8AAAAAAADgvw=="}"#,
                &[0.5, -0.5],
            ),
            (r#"{"dtype": "|?", "base85": "009"}"#, &[0.0, 1.0]),
            (
                r#"{"dtype": "<d", "base85": "", "original_type": "list"}"#,
                &[],
            ),
            ("[1, 2.5, true, -3]", &[1.0, 2.5, 1.0, -3.0]),
        ];
        for (text, numbers) in cases {
            assert_eq!(list(text).unwrap(), numbers, "{text}");
        }
    }

    #[test]
    fn damaged_arrays_are_said() {
        let cases = [
            (
                r#"{"dtype": "<d", "base85": "\u0000"}"#,
                "no text in base85",
            ),
            (r#"{"dtype": "<d", "base85": "~~~~~"}"#, "no text in base85"),
            (r#"{"dtype": "<d", "base64": "A"}"#, "in 0 bytes"),
            (
                r#"{"dtype": "<d", "base85": "00000"}"#,
                "in 4 bytes is not read",
            ),
            (r#"{"dtype": "<U4", "base85": "00000"}"#, "type \"<U4\""),
            (r#"{"base85": "00000"}"#, "dtype"),
            (r#"{"dtype": "<d"}"#, "base85"),
        ];
        for (text, expected) in cases {
            match list(text) {
                Err(error) => assert!(error.contains(expected), "{text}: {error}"),
                // A single digit encodes no byte.
                Ok(numbers) => assert!(numbers.is_empty() && expected == "in 0 bytes", "{text}"),
            }
        }
    }

    #[test]
    fn last_row_counts() {
        let row = |text: &str, count| {
            let row: LastRow = serde_json::from_str(text).unwrap();
            row.of(count).map(<[f64]>::to_vec)
        };
        assert_eq!(row("[]", 2), Some(vec![]));
        assert_eq!(row("[[1, 0], [0, 1]]", 2), Some(vec![0.0, 1.0]));
        assert_eq!(row("[[1, 0], [0]]", 2), None);
        let packed = r#"{"dtype": "|?", "base85": "009"}"#;
        assert_eq!(row(packed, 1), Some(vec![1.0]));
        assert_eq!(row(packed, 3), None);
    }
}
