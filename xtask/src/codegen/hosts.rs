//! Generates constants for hosts in other languages: a C header and a Python module.

mod c;
mod python;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::Result;
use spec::wire::{NakCode, kind};

use super::Generated;

/// `docs/host/synfire.h` and `docs/host/synfire.py`.
pub(super) fn render_all() -> Result<Vec<Generated>> {
    let file = |name: &str, text| Generated {
        file: PathBuf::from("docs/host").join(name),
        text,
    };
    Ok(vec![
        file("synfire.h", c::render()?),
        file("synfire.py", python::render()?),
    ])
}

/// Types of requests, and the bit that marks responses.
const KINDS: [(&str, u8, &str); 7] = [
    ("HELLO", kind::HELLO, "who are you; begins a session"),
    ("READ", kind::READ, "elements of a region, please"),
    ("WRITE", kind::WRITE, "elements for a region"),
    ("FILL", kind::FILL, "one element for a range of a region"),
    ("STREAM", kind::STREAM, "words for the core, and from it"),
    ("RESPONSE", kind::RESPONSE, "set in every response"),
    ("NAK", kind::NAK, "the response that refuses"),
];

/// Kinds of stream words: the value of their two upper bits.
const STREAM_WORDS: [(&str, u16, &str); 7] = [
    ("IN_SPIKE", 0, "input `number` spikes in the coming tick"),
    ("IN_ADVANCE", 1, "run ticks until tick mod 2^14 is `number`"),
    (
        "IN_INJECT",
        2,
        "add the value that follows to the current of neuron `number`",
    ),
    ("IN_RESET", 3, "put the state back; `number` is 0"),
    ("OUT_SPIKE", 0, "neuron `number` fired in the stamped tick"),
    (
        "OUT_TICK",
        1,
        "what follows belongs to tick `number`, mod 2^14",
    ),
    ("OUT_PROBE", 2, "the values of neuron `number` follow"),
];

/// Refusals: name, number, reason.
fn refusals() -> impl Iterator<Item = (String, u8, String)> {
    let codes = (0..=u8::MAX).filter_map(NakCode::from_number);
    codes.map(|code| {
        (
            shouting(&format!("{code:?}")),
            code.number(),
            code.to_string(),
        )
    })
}

/// `RowBody` as `ROW_BODY`.
fn shouting(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_uppercase());
    }
    text
}
