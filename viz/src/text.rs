//! Makes text from files safe to show on terminals and in pictures.
//!
//! A name in a file may contain characters that move a terminal's cursor, change its colours,
//! reverse the reading direction, or are not allowed in XML. Such characters are shown as their
//! code numbers, so that they have no effect.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character has an effect instead of a visible shape: a control character (including
/// 0x80 to 0x9f), a mark that changes the reading direction, a line break, or a code point that is
/// not a character.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fffe}'
                | '\u{ffff}'
        )
}

/// The text with each hidden character as its number, such as `\u{1b}`.
///
/// ```
/// use viz::text::visible;
///
/// assert_eq!(visible("cells"), "cells");
/// assert_eq!(visible("\u{1b}[2Jcells"), "\\u{1b}[2Jcells");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    visible_but(text, |_| false)
}

/// Like [`visible`], except for the characters that `keep` selects.
#[must_use]
pub fn visible_but(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    let shown = |c: char| !is_hidden(c) || keep(c);
    if text.chars().all(shown) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if shown(c) {
            escaped.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "{}", c.escape_unicode());
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_or_a_reader_is_shown_as_its_number() {
        for c in ('\0'..='\u{10ffff}').filter(|&c| is_hidden(c)) {
            let found = visible_but(&format!("a{c}b"), |_| false).into_owned();
            assert_eq!(found, format!("a\\u{{{:x}}}b", u32::from(c)));
        }
        for c in ['\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\r'] {
            assert!(is_hidden(c), "{c:?}");
        }
        for text in ["relay", "Zürich", "τ = 20 ms", "神経"] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
        assert_eq!(visible_but("a\nb\r", |c| c == '\n'), "a\nb\\u{d}");
    }
}
