//! Events of an event camera, and how its pixels become inputs of a network: a time window, a crop,
//! coarser pixels, one polarity or two.

use super::{Clock, Recording, SpikeError, Timed};

/// A change of the brightness of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CameraEvent {
    /// Time in microseconds.
    pub time_us: u64,
    /// Column, from 0 at the left.
    pub x: u16,
    /// Row, from 0 at the top.
    pub y: u16,
    /// Whether the pixel became brighter.
    pub on: bool,
}

/// The size of a camera, or of a part of it, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sensor {
    /// Number of columns.
    pub width: u16,
    /// Number of rows.
    pub height: u16,
}

/// The use of the two polarities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Polarity {
    /// One input per pixel, for both polarities.
    #[default]
    Merge,
    /// Two inputs per pixel: first all inputs for darker pixels, then all inputs for brighter
    /// pixels.
    Split,
    /// Only events of pixels that became brighter.
    On,
    /// Only events of pixels that became darker.
    Off,
}

/// The mapping of pixels to inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The time window in microseconds: from the first time up to, but not including, the second.
    /// The first time becomes 0.
    pub window_us: (u64, u64),
    /// Left, top and size of the used part; `None` stands for the whole camera.
    pub crop: Option<(u16, u16, Sensor)>,
    /// Number of pixels in a row and in a column that are combined to one.
    pub shrink: u16,
    /// The use of the polarities.
    pub polarity: Polarity,
}

impl Default for View {
    fn default() -> View {
        View {
            window_us: (0, u64::MAX),
            crop: None,
            shrink: 1,
            polarity: Polarity::Merge,
        }
    }
}

/// A recording of a camera; all events are within its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frames {
    sensor: Sensor,
    events: Vec<CameraEvent>,
}

impl Sensor {
    /// Parses a size such as `34x34`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Sensor> {
        let (width, height) = text.split_once('x')?;
        let size = |text: &str| text.trim().parse().ok().filter(|&size: &u16| size > 0);
        Some(Sensor {
            width: size(width)?,
            height: size(height)?,
        })
    }
}

impl Frames {
    pub(super) fn new(sensor: Sensor, events: Vec<CameraEvent>) -> Result<Frames, SpikeError> {
        let outside = |event: &CameraEvent| event.x >= sensor.width || event.y >= sensor.height;
        if let Some(index) = events.iter().position(outside) {
            let event = events[index];
            let (what, value, size) = if event.x >= sensor.width {
                ("x", event.x, sensor.width)
            } else {
                ("y", event.y, sensor.height)
            };
            return Err(SpikeError::OutOfRange {
                index,
                what,
                value: f64::from(value),
                min: 0,
                max: u64::from(size).saturating_sub(1),
            });
        }
        Ok(Frames { sensor, events })
    }

    /// The size of the camera.
    #[must_use]
    pub const fn sensor(&self) -> Sensor {
        self.sensor
    }

    /// The events, in the order of the file.
    #[must_use]
    pub fn events(&self) -> &[CameraEvent] {
        &self.events
    }

    /// The size of a view in inputs, and their spikes. Pixels at the right and the bottom that do
    /// not fill a coarse pixel are left out.
    ///
    /// # Shape
    /// Input `(polarity * height + y) * width + x`, in coarse pixels.
    ///
    /// # Errors
    /// A crop outside the camera, or a view without pixels.
    pub fn spikes(&self, view: &View) -> Result<(Sensor, Recording), SpikeError> {
        let (left, top, size) = view.crop.unwrap_or((0, 0, self.sensor));
        let inside = |at: u16, size: u16, of: u16| u32::from(at) + u32::from(size) <= u32::from(of);
        if !inside(left, size.width, self.sensor.width)
            || !inside(top, size.height, self.sensor.height)
        {
            let (width, height) = (self.sensor.width, self.sensor.height);
            return Err(SpikeError::Option {
                what: "the crop",
                value: format!("{left},{top},{}x{}", size.width, size.height),
                requirement: format!("must be within {width}x{height}"),
            });
        }
        let coarse = |size: u16| size.checked_div(view.shrink).filter(|&size| size > 0);
        let (Some(width), Some(height)) = (coarse(size.width), coarse(size.height)) else {
            return Err(SpikeError::Option {
                what: "the number of pixels that become one",
                value: view.shrink.to_string(),
                requirement: format!("must be 1 to {}", size.width.min(size.height)),
            });
        };
        let (from, to) = view.window_us;
        let spike = |event: &CameraEvent| {
            let wanted = match view.polarity {
                Polarity::Merge | Polarity::Split => true,
                Polarity::On => event.on,
                Polarity::Off => !event.on,
            };
            let x = event.x.checked_sub(left)? / view.shrink;
            let y = event.y.checked_sub(top)? / view.shrink;
            let seen = x < width && y < height && (from..to).contains(&event.time_us);
            let half = u32::from(view.polarity == Polarity::Split && event.on);
            // With 2^16 rows, two polarities and 2^16 columns, only the last step could overflow.
            let row = (half * u32::from(height)).checked_add(u32::from(y))?;
            let id = row
                .checked_mul(u32::from(width))?
                .checked_add(u32::from(x))?;
            let since = event.time_us.checked_sub(from)?;
            (seen && wanted).then_some(Timed {
                time: since.saturating_mul(1000),
                id,
            })
        };
        let spikes = self.events.iter().filter_map(spike).collect();
        let mut recording = Recording::of(Clock::Nanoseconds, spikes);
        recording.dropped = self.events.len() - recording.spikes.len();
        Ok((Sensor { width, height }, recording))
    }

    /// The spikes of the inputs of a view.
    ///
    /// # Errors
    /// Those of [`Frames::spikes`].
    pub fn recording(&self, view: &View) -> Result<Recording, SpikeError> {
        Ok(self.spikes(view)?.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames() -> Frames {
        let sensor = Sensor {
            width: 6,
            height: 4,
        };
        let event = |time_us, x, y, on| CameraEvent { time_us, x, y, on };
        let events = vec![
            event(0, 0, 0, true),
            event(10, 5, 3, true),
            event(20, 2, 1, false),
        ];
        Frames::new(sensor, events).unwrap()
    }

    fn ids(view: &View) -> Vec<(u64, u32)> {
        let (_, recording) = frames().spikes(view).unwrap();
        recording.spikes.iter().map(|s| (s.time, s.id)).collect()
    }

    #[test]
    fn pixels_are_numbered_row_by_row() {
        let whole = View::default();
        assert_eq!(ids(&whole), [(0, 0), (10_000, 23), (20_000, 8)]);
        let split = View {
            polarity: Polarity::Split,
            ..whole
        };
        assert_eq!(ids(&split), [(0, 24), (10_000, 47), (20_000, 8)]);
        let off = View {
            polarity: Polarity::Off,
            ..whole
        };
        assert_eq!(ids(&off), [(20_000, 8)]);
    }

    #[test]
    fn window_crop_and_shrink_compose() {
        let size = Sensor {
            width: 5,
            height: 3,
        };
        let late = View {
            window_us: (5, 20),
            ..View::default()
        };
        assert_eq!(ids(&late), [(5_000, 23)]);
        let view = View {
            window_us: (10, 20),
            crop: Some((1, 1, size)),
            ..View::default()
        };
        assert_eq!(ids(&view), [(0, 14)]);
        // 5 x 3 pixels in blocks of 2: 2 x 1 blocks are complete, and the event is outside of them.
        assert!(ids(&View { shrink: 2, ..view }).is_empty());
        let view = View {
            shrink: 2,
            ..View::default()
        };
        assert_eq!(ids(&view), [(0, 0), (10_000, 5), (20_000, 1)]);
    }

    #[test]
    fn views_outside_the_camera_are_refused() {
        let refused = |view: View| frames().spikes(&view).unwrap_err().to_string();
        let size = Sensor {
            width: 6,
            height: 4,
        };
        let crop = Some((1, 0, size));
        let view = View::default();
        assert_eq!(
            refused(View { crop, ..view }),
            "the crop is 1,0,6x4, must be within 6x4"
        );
        for shrink in [0, 5] {
            assert!(refused(View { shrink, ..view }).ends_with("must be 1 to 4"));
        }
    }
}
