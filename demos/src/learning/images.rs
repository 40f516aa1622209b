//! Labelled grey-scale images and their encoding as spikes.

use network::npy::{Array, NpyError};
use thiserror::Error;

use spec::events::Spike;

/// Value of a black pixel.
pub(super) const BLACK: u32 = 16;

/// Number of classes: the ten digits.
pub(super) const CLASSES: usize = 10;

/// Maximum number of images in an IDX file.
const IMAGES_MAX: usize = 1 << 20;

const TRAIN: [&[u8]; 2] = [
    include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/train_images.npy")),
    include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/train_labels.npy")),
];
const TEST: [&[u8]; 2] = [
    include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/test_images.npy")),
    include_bytes!(concat!(env!("SYNFIRE_DIGITS"), "/test_labels.npy")),
];

/// Why images cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImagesError {
    /// An array is damaged.
    #[error("the images: {0}")]
    Array(#[from] NpyError),
    /// An IDX file does not begin with the expected magic number.
    #[error("the {what} begin with {found:#010x}, not with {wanted:#010x}: not the IDX file")]
    Magic {
        /// The kind of file: images or labels.
        what: &'static str,
        /// The first four bytes.
        found: u32,
        /// The expected value.
        wanted: u32,
    },
    /// A file is shorter than its header states.
    #[error("the {what} need {needed} bytes, the file has {found}")]
    Truncated {
        /// The kind of file: images or labels.
        what: &'static str,
        /// Number of bytes required.
        needed: usize,
        /// Number of bytes found.
        found: usize,
    },
    /// The images and labels do not match, or a demo cannot use them.
    #[error(
        "{images} images of {pixels} pixels and {labels} labels up to {largest}: must be as many, square, of labels 0 to 9"
    )]
    Shape {
        /// Number of images.
        images: usize,
        /// Number of pixels per image.
        pixels: usize,
        /// Number of labels.
        labels: usize,
        /// Largest label.
        largest: u8,
    },
}

/// Square grey-scale images and the digits that they show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Images {
    side: usize,
    /// `[image][row][column]`, 0 = white, 16 = black.
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl Images {
    /// The 1,203 training images of `examples/digits`, 8 by 8 pixels.
    ///
    /// # Errors
    /// [`ImagesError`] if they are damaged.
    pub fn digits_train() -> Result<Images, ImagesError> {
        Self::npy(TRAIN)
    }

    /// The 594 test images of `examples/digits`.
    ///
    /// # Errors
    /// [`ImagesError`] if they are damaged.
    pub fn digits_test() -> Result<Images, ImagesError> {
        Self::npy(TEST)
    }

    fn npy([images, labels]: [&[u8]; 2]) -> Result<Images, ImagesError> {
        let images = Array::parse(images)?;
        let pixels = images.shape().get(1).copied().unwrap_or(0);
        // Lossless: the arrays hold bytes.
        let bytes = |array: &Array| -> Result<Vec<u8>, NpyError> {
            let values = array.to_integers()?;
            Ok(values.into_iter().map(|value| value as u8).collect())
        };
        Self::checked(pixels, bytes(&images)?, bytes(&Array::parse(labels)?)?)
    }

    /// Reads images in the IDX format of MNIST and averages them over `block` by `block` pixels.
    ///
    /// # Errors
    /// [`ImagesError`] if the bytes are not valid IDX files or do not match.
    pub fn idx(images: &[u8], labels: &[u8], block: usize) -> Result<Images, ImagesError> {
        let [count, height, width] = header("images", images, 0x0803)?;
        let [labelled] = header("labels", labels, 0x0801)?;
        let shape = |pixels| ImagesError::Shape {
            images: count,
            pixels,
            labels: labelled,
            largest: 0,
        };
        let block = block.max(1);
        if height != width || height == 0 || height > 256 || count > IMAGES_MAX {
            return Err(shape(height.saturating_mul(width)));
        }
        let size = height * width;
        let body = body("images", images, 16, count * size)?;
        let labels = self::body("labels", labels, 8, labelled)?;
        let side = height / block;
        let mut pixels = Vec::with_capacity(count * side * side);
        for image in body.chunks_exact(size) {
            for at in 0..side * side {
                let (top, left) = (at / side * block, at % side * block);
                let rows = (top..top + block).map(|row| &image[row * width + left..][..block]);
                let sum: u32 = rows.flatten().map(|&value| u32::from(value)).sum();
                let all = 255 * (block * block) as u32;
                // Lossless: at most 16.
                pixels.push(((sum * BLACK + all / 2) / all) as u8);
            }
        }
        Self::checked(side * side, pixels, labels.to_vec())
    }

    fn checked(size: usize, pixels: Vec<u8>, labels: Vec<u8>) -> Result<Images, ImagesError> {
        let side = size.isqrt();
        let largest = labels.iter().copied().max().unwrap_or(0);
        let wrong = size == 0 || side * side != size || pixels.len() != size * labels.len();
        if wrong || usize::from(largest) >= CLASSES {
            return Err(ImagesError::Shape {
                images: pixels.len() / size.max(1),
                pixels: size,
                labels: labels.len(),
                largest,
            });
        }
        Ok(Images {
            side,
            pixels,
            labels,
        })
    }

    /// The first `count` images.
    #[must_use]
    pub fn first(mut self, count: usize) -> Images {
        self.labels.truncate(count);
        self.pixels.truncate(self.labels.len() * self.size());
        self
    }

    /// Number of images.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no images.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Side of an image in pixels.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// Number of pixels of an image.
    #[must_use]
    pub fn size(&self) -> usize {
        self.side * self.side
    }

    /// The labels: the digits that the images show.
    #[must_use]
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The pixels of an image, row by row, 0 = white, 16 = black.
    #[must_use]
    pub fn image(&self, index: usize) -> &[u8] {
        &self.pixels[index * self.size()..][..self.size()]
    }
}

/// The lengths after the magic number of an IDX file.
fn header<const N: usize>(
    what: &'static str,
    bytes: &[u8],
    wanted: u32,
) -> Result<[usize; N], ImagesError> {
    let start = body(what, bytes, 0, 4 + 4 * N)?;
    let word = |at: usize| {
        start[4 * at..4 * at + 4]
            .iter()
            .fold(0, |word, &byte| word << 8 | u32::from(byte))
    };
    let found = word(0);
    if found != wanted {
        return Err(ImagesError::Magic {
            what,
            found,
            wanted,
        });
    }
    // Lossless: the crate requires addresses of at least 32 bits.
    Ok(std::array::from_fn(|at| word(at + 1) as usize))
}

/// The `length` bytes that begin at `from`.
fn body<'a>(
    what: &'static str,
    bytes: &'a [u8],
    from: usize,
    length: usize,
) -> Result<&'a [u8], ImagesError> {
    let needed = from.saturating_add(length);
    bytes.get(from..needed).ok_or(ImagesError::Truncated {
        what,
        needed,
        found: bytes.len(),
    })
}

/// Encodes an image as single spikes: input p of pixel p spikes once, the earlier the darker the
/// pixel is; input `pixels + p` spikes once, the earlier the lighter it is. All images therefore
/// have the same number of spikes, and light pixels carry as much information as dark ones.
///
/// A step of the grey scale takes `slow` ticks, over which neighbouring pixels are spread.
pub(super) fn latencies(image: &[u8], slow: u32) -> Vec<Spike> {
    // Lossless: a demo has fewer inputs than a core, at most 2^14.
    let count = image.len() as u32;
    let both = (0..).zip(image).flat_map(|(pixel, &value): (u32, _)| {
        let value = u32::from(value).min(BLACK);
        let spread = pixel * 7 + pixel / 8 * 3;
        let at = |step: u32, spread: u32| step * slow + spread % slow;
        [
            Spike {
                tick: at(BLACK - value, spread),
                id: pixel,
            },
            Spike {
                tick: at(value, spread + slow / 2),
                id: count + pixel,
            },
        ]
    });
    both.collect()
}

/// Number of ticks of an image that is encoded as latencies.
pub(super) const fn latency_ticks(slow: u32) -> u32 {
    (BLACK + 1) * slow
}

/// Encodes an image as rates: a pixel of value p spikes p times in [`BLACK`] ticks, evenly spread.
pub(super) fn rates(image: &[u8]) -> Vec<Spike> {
    let spikes = (0..BLACK).flat_map(|tick| {
        (0..).zip(image).filter_map(move |(id, &pixel)| {
            let until = |tick: u32| tick * u32::from(pixel) / BLACK;
            (until(tick + 1) > until(tick)).then_some(Spike { tick, id })
        })
    });
    spikes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_spikes_once_dark_and_once_light() {
        let spikes = latencies(&[0, 16, 8, 3], 2);
        assert_eq!(spikes.len(), 8);
        assert!(spikes.iter().all(|spike| spike.tick < latency_ticks(2)));
        let tick = |id| spikes.iter().find(|spike| spike.id == id).unwrap().tick / 2;
        assert_eq!([tick(0), tick(1), tick(2), tick(3)], [16, 0, 8, 13]);
        assert_eq!([tick(4), tick(5), tick(6), tick(7)], [0, 16, 8, 3]);
    }

    #[test]
    fn the_sets_are_those_of_the_example() {
        let (train, test) = (
            Images::digits_train().unwrap(),
            Images::digits_test().unwrap(),
        );
        assert_eq!((train.len(), train.side()), (1203, 8));
        assert_eq!((test.len(), test.side()), (594, 8));
    }

    fn mnist(count: u32, side: u32, body: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for word in [0x0803, count, side, side] {
            bytes.extend(word.to_be_bytes());
        }
        bytes.extend(vec![255; body]);
        bytes
    }

    #[test]
    fn idx_files_are_read_and_averaged() {
        let mut labels = 0x0801u32.to_be_bytes().to_vec();
        labels.extend(1u32.to_be_bytes());
        labels.push(7);
        let mut images = mnist(1, 4, 16);
        images[16] = 0;
        let read = Images::idx(&images, &labels, 2).unwrap();
        assert_eq!(read.image(0), [12, 16, 16, 16]);
        assert_eq!(read.labels(), [7]);
    }

    #[test]
    fn damaged_idx_files_are_refused() {
        let mut labels = 0x0801u32.to_be_bytes().to_vec();
        labels.extend(1u32.to_be_bytes());
        let whole = |labels: &[u8], last: u8| [labels, &[last]].concat();
        let refused = |images: &[u8], labels: &[u8]| Images::idx(images, labels, 1).unwrap_err();
        let truncated = refused(&mnist(1, 4, 15), &whole(&labels, 0));
        assert!(matches!(
            truncated,
            ImagesError::Truncated {
                needed: 32,
                found: 31,
                ..
            }
        ));
        let huge = refused(&mnist(u32::MAX, u32::MAX, 0), &whole(&labels, 0));
        assert!(matches!(huge, ImagesError::Shape { .. }));
        let foreign = refused(&labels, &whole(&labels, 0));
        assert!(matches!(foreign, ImagesError::Truncated { .. }));
        let swapped = refused(&mnist(1, 4, 16), &mnist(1, 4, 16));
        assert!(matches!(swapped, ImagesError::Magic { what: "labels", .. }));
        let eleven = refused(&mnist(1, 4, 16), &whole(&labels, 11));
        assert!(matches!(eleven, ImagesError::Shape { largest: 11, .. }));
    }
}
