//! What all pictures share: fonts, colours, margins, the SVG header, and the numbers along axes.
//!
//! Every picture of this crate uses these definitions, so that pictures side by side look like
//! parts of one document. Lengths are in SVG user units; a PNG has two pixels per unit.

mod colour;
mod numbers;
mod time;

use std::fmt::Write;

use crate::text::visible;

pub use colour::{COLOURS, Colour, EXCITES, FAINT, GRID, GROUND, INHIBITS, INK, NOTHING, signed};
pub use numbers::{number, numbers, rough, steps};
pub use time::TimeAxis;

/// Font families, in order of preference.
pub const FONT: &str = "DejaVu Sans, Verdana, sans-serif";
/// Size of the letters of a title.
pub const TITLE: u32 = 17;
/// Width of bold letters relative to normal letters.
pub const BOLD: f64 = 1.1;
/// Font size of all text except titles, numbers along axes and notes.
pub const TEXT: u32 = 12;
/// Font size of numbers along axes and of notes.
pub const SMALL: u32 = 11;
/// Margin at the left and right of titles and at the right of the drawing.
pub const MARGIN: f64 = 24.0;
/// Distance of a title's base line from the top.
pub const TITLE_LINE: f64 = 26.0;
/// Distance of the first subtitle line's base line from the top.
pub const SUBTITLE_LINE: f64 = 44.0;
/// Distance between two lines of text.
pub const LINE: f64 = 16.0;
/// Distance from the top to the content below a title and one subtitle line.
pub const BELOW_TITLE: f64 = 64.0;

/// Estimated width of a text; the actual fonts depend on the viewer.
///
/// A letter of DejaVu Sans, the widest of the families, has on average about 0.52 of the font size;
/// the estimate is slightly larger, to leave room.
#[must_use]
pub fn width(text: &str, size: u32) -> f64 {
    visible(text).chars().count() as f64 * f64::from(size) * 0.58
}

/// The beginning of a text that is wider than `most`, with dots after it.
///
/// ```
/// use viz::style::cut;
///
/// assert_eq!(cut("one", 90.0), "one");
/// assert_eq!(cut("one two three four", 90.0), "one two t...");
/// ```
#[must_use]
pub fn cut(text: &str, most: f64) -> String {
    if width(text, TEXT) <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        short.push(letter);
        if width(&short, TEXT) > most - width("...", TEXT) {
            short.pop();
            break;
        }
    }
    short + "..."
}

/// The text in lines that are not wider than `most`, if its words allow that.
///
/// ```
/// use viz::style::{TEXT, wrapped};
///
/// assert_eq!(wrapped("one two three", TEXT, 60.0), ["one two", "three"]);
/// ```
#[must_use]
pub fn wrapped(text: &str, size: u32, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(word, size) < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Escapes text for XML, where most control characters are not allowed even as character
/// references.
#[must_use]
pub fn escape(text: &str) -> String {
    visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The beginning of a picture of this size: white background, title, and lines below the title.
#[must_use]
pub fn begin(width: f64, height: f64, title: &str, lines: &[String]) -> String {
    let mut svg = String::new();
    // Writing to a string cannot fail, so the results are dropped.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"{FONT}\" font-size=\"{TEXT}\" \
         fill=\"{INK}\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"{MARGIN}\" y=\"{TITLE_LINE}\" font-size=\"{TITLE}\" font-weight=\"bold\">{}\
         </text>",
        escape(title)
    );
    for (line, at) in lines.iter().zip(0u32..) {
        let _ = writeln!(
            svg,
            "<text x=\"{MARGIN}\" y=\"{:.0}\" fill=\"{FAINT}\">{}</text>",
            SUBTITLE_LINE + LINE * f64::from(at),
            escape(line)
        );
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_not_wider_than_they_may_be_and_lose_no_word() {
        let text = "a line that is much too long for a picture as narrow as this one is";
        let lines = wrapped(text, TEXT, 150.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| width(line, TEXT) <= 160.0));
        assert_eq!(lines.join(" "), text);
        assert!(wrapped("", TEXT, 150.0).is_empty());
        assert_eq!(wrapped(&"w".repeat(90), TEXT, 150.0).len(), 1);
    }

    #[test]
    fn a_picture_begins_with_its_title_escaped() {
        let svg = begin(300.0, 200.0, "a < b\u{1b}", &["c & d".to_owned()]);
        assert!(svg.contains(">a &lt; b\\u{1b}</text>"), "{svg}");
        assert!(svg.contains(">c &amp; d</text>"), "{svg}");
    }
}
