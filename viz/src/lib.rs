//! Pictures of network activity: rasters, traces, charts and matrices, as SVG and PNG.
//!
//! All pictures share one [`style`]: the same colours, the same time axes, and the same wording for
//! data that was not reported. This crate reads no files and talks to no device.

#![forbid(unsafe_code)]

pub mod chart;
pub mod heat;
pub mod plot;
#[cfg(feature = "png")]
pub mod png;
pub mod population;
pub mod raster;
pub mod style;
pub mod text;
