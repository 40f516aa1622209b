//! Converts SVG pictures to PNG, for programs and pages that do not accept SVG.
//!
//! The text is drawn with the fonts of the machine, so the PNG, unlike the SVG, differs between
//! machines.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb::Database};
use thiserror::Error;

/// Pixels per unit of the picture.
const SCALE: f32 = 2.0;
/// Maximum number of pixels of a picture; each takes four bytes.
const PIXELS_MAX: u64 = 1 << 26;

/// Fonts that the pictures name, and then those that most machines have.
const FAMILIES: [&str; 6] = [
    "DejaVu Sans",
    "Verdana",
    "Liberation Sans",
    "Arial",
    "Helvetica",
    "Noto Sans",
];

/// Why a PNG cannot be made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PngError {
    /// No font was found, so the numbers of the picture could not be drawn.
    #[error("this machine has no font to write with")]
    NoFont,
    /// The picture is damaged.
    #[error("the picture cannot be read: {0}")]
    Svg(#[from] usvg::Error),
    /// The picture is too large.
    #[error("the picture has {pixels} pixels, the limit is {limit}")]
    TooLarge {
        /// Its number of pixels.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// The PNG encoder failed.
    #[error("the picture cannot be packed: {0}")]
    Encode(String),
}

/// Draws the picture as PNG, with two pixels per unit in width and height.
///
/// # Errors
/// [`PngError`].
pub fn of_svg(svg: &str) -> Result<Vec<u8>, PngError> {
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_system_fonts();
    let family = family(fonts).ok_or(PngError::NoFont)?;
    fonts.set_sans_serif_family(family);
    draw(svg, &options)
}

/// An installed font family.
fn family(fonts: &Database) -> Option<String> {
    let there = |name: &str| {
        let mut names = fonts.faces().flat_map(|face| &face.families);
        names.any(|(family, _)| family == name)
    };
    let known = FAMILIES.into_iter().find(|name| there(name));
    let first = || fonts.faces().next()?.families.first();
    known
        .map(str::to_owned)
        .or_else(|| first().map(|(family, _)| family.clone()))
}

fn draw(svg: &str, options: &Options<'_>) -> Result<Vec<u8>, PngError> {
    let tree = Tree::from_str(svg, options)?;
    let size = tree.size().to_int_size();
    let size = size.scale_by(SCALE).unwrap_or(size);
    let pixels = u64::from(size.width()) * u64::from(size.height());
    let mut canvas = (pixels <= PIXELS_MAX)
        .then(|| Pixmap::new(size.width(), size.height()))
        .flatten()
        .ok_or(PngError::TooLarge {
            pixels,
            limit: PIXELS_MAX,
        })?;
    let scale = Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut canvas.as_mut());
    canvas
        .encode_png()
        .map_err(|error| PngError::Encode(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: u32) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\
             <rect x=\"0\" y=\"0\" width=\"2\" height=\"2\" fill=\"rgb(213,94,0)\"/></svg>"
        )
    }

    #[test]
    fn pixels_have_the_colours_of_the_picture() {
        let png = draw(&square(4), &Options::default()).unwrap();
        let canvas = Pixmap::decode_png(&png).unwrap();
        assert_eq!((canvas.width(), canvas.height()), (8, 8));
        let at = |x, y| {
            let pixel = canvas.pixel(x, y).unwrap();
            [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
        };
        assert_eq!(at(3, 3), [213, 94, 0, 255]);
        assert_eq!(at(4, 3), [255, 255, 255, 255]);
    }

    #[test]
    fn huge_and_damaged_pictures_are_refused() {
        let error = draw(&square(100_000), &Options::default()).unwrap_err();
        assert!(matches!(error, PngError::TooLarge { .. }), "{error}");
        let error = draw("<svg", &Options::default()).unwrap_err();
        assert!(matches!(error, PngError::Svg(_)), "{error}");
        assert_eq!(family(&Database::new()), None);
    }
}
