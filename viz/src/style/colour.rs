//! A palette of colours that colour-blind readers can tell apart.

use std::fmt;

/// Red, green and blue, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Colour(red, green, blue) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Text, and lines without another colour.
pub const INK: Colour = Colour(0x22, 0x22, 0x22);
/// Notes, and axes.
pub const FAINT: Colour = Colour(0x66, 0x66, 0x66);
/// Lines of a grid.
pub const GRID: Colour = Colour(0xde, 0xe0, 0xe4);
/// Background of marks.
pub const GROUND: Colour = Colour(0xf6, 0xf7, 0xf9);
/// Missing data: an absent synapse, or neurons that are not reported.
pub const NOTHING: Colour = Colour(0xd4, 0xd6, 0xda);

/// Colours for series in the same chart.
///
/// M. Okabe and K. Ito, *Color Universal Design*, 2008; without yellow, which is faint on white.
pub const COLOURS: [Colour; 7] = [
    INHIBITS,
    EXCITES,
    Colour(0, 158, 115),
    Colour(204, 121, 167),
    Colour(230, 159, 0),
    Colour(86, 180, 233),
    Colour(0, 0, 0),
];

/// Blue: weights below 0.
pub const INHIBITS: Colour = Colour(0, 114, 178);
/// Orange: weights above 0.
pub const EXCITES: Colour = Colour(213, 94, 0);

/// The colour of a signed value, from -1 (blue) over 0 (white) to 1 (orange).
#[must_use]
pub fn signed(share: f64) -> Colour {
    let Colour(red, green, blue) = if share < 0.0 { INHIBITS } else { EXCITES };
    let strength = share.abs().min(1.0);
    // Lossless: 0 to 255.
    let part = |full: u8| (255.0 - (255.0 - f64::from(full)) * strength).round() as u8;
    Colour(part(red), part(green), part(blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_blue_white_and_orange() {
        assert_eq!(signed(-1.0), INHIBITS);
        assert_eq!(signed(0.0), Colour(255, 255, 255));
        assert_eq!(signed(1.0), EXCITES);
        assert_eq!(signed(7.0), EXCITES);
        assert_eq!(EXCITES.to_string(), "#d55e00");
    }
}
