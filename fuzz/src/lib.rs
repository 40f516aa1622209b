//! Fuzz targets for everything that reads foreign bytes: given any bytes, a reader must return a
//! result or an error soon, without a panic and with little memory.
//!
//! A target is a function of bytes. `cargo xtask fuzz` runs libFuzzer to find bytes that break a
//! target. The tests run each target on all of `fuzz/corpus`: the inputs that libFuzzer considered
//! interesting, and every input that once broke a target. If a reader has a writer, the target also
//! checks that the two agree.

#![forbid(unsafe_code)]

mod bytes;
pub mod files;
pub mod line;
pub mod recordings;
pub mod talk;

/// A target: its name, which is that of its corpus and of its libFuzzer binary, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 23] = [
    ("network", files::network),
    ("settings", files::settings),
    ("real", files::real),
    ("nir", files::nir),
    ("superneuromat", files::superneuromat),
    ("npy", files::npy),
    ("samples", files::samples),
    ("snapshot", files::snapshot),
    ("csv", recordings::csv),
    ("table", recordings::table),
    ("gdf", recordings::gdf),
    ("nest", recordings::nest),
    ("raster", recordings::raster),
    ("npz", recordings::npz),
    ("sonata", recordings::sonata),
    ("dat", recordings::dat),
    ("nmnist", recordings::nmnist),
    ("evt", recordings::evt),
    ("event_stream", recordings::event_stream),
    ("wire", line::wire),
    ("device", line::device),
    ("requests", line::requests),
    ("session", talk::session),
];
