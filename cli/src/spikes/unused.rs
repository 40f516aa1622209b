//! Refuses options that have no effect on a file, since the user expects an effect.

use interop::spikes::SpikeError;

use super::options::Polarities;
use super::{SpikeFormat, SpikeOptions};

/// The contents of a file, as far as options depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Lines of tick and id alone.
    TicksAndIds,
    /// A cell a tick and an id.
    Raster,
    /// All contents that this format can have.
    Of(SpikeFormat),
}

impl Content {
    /// Whether such a file may contain camera events, and whether it may lack the camera's size.
    const fn camera(self) -> (bool, bool) {
        use SpikeFormat::{Csv, Dat, EventStream, Evt, Nmnist, Npy, Npz};
        match self {
            Content::Of(EventStream) => (true, false),
            Content::Of(Csv | Dat | Evt | Nmnist | Npy | Npz) => (true, true),
            _ => (false, false),
        }
    }

    /// Whether such a file may have several populations, and several samples.
    const fn parts(self) -> (bool, bool) {
        use SpikeFormat::{Csv, Npy, Npz, Sonata};
        match self {
            Content::Of(Sonata) => (true, true),
            Content::Of(Csv) => (true, false),
            Content::Of(Npy | Npz) | Content::Raster => (false, true),
            _ => (false, false),
        }
    }

    /// Whether such a file may have times without a unit, and steps without a length.
    const fn times(self) -> (bool, bool) {
        use SpikeFormat::{Csv, Gdf, Nest, Npy, Npz};
        match self {
            Content::Of(Csv) => (true, true),
            Content::Of(Npy | Npz) => (true, false),
            Content::Of(Nest | Gdf) => (false, true),
            _ => (false, false),
        }
    }

    const fn name(self) -> &'static str {
        use SpikeFormat::{
            Csv, Dat, EventStream, Evt, Gdf, Nest, Nmnist, Npy, NpyRaster, Npz, Sonata,
        };
        match self {
            Content::TicksAndIds => "CSV of tick,id",
            Content::Raster | Content::Of(NpyRaster) => "a raster",
            Content::Of(Csv) => "a table",
            Content::Of(Nest) => "a recording of NEST",
            Content::Of(Gdf) => "a recording of NEST 2",
            Content::Of(Npy) => "a NumPy array",
            Content::Of(Npz) => "a NumPy archive",
            Content::Of(Sonata) => "SONATA",
            Content::Of(Nmnist) => "a recording as of N-MNIST",
            Content::Of(Evt) => "Prophesee EVT",
            Content::Of(Dat) => "Prophesee DAT",
            Content::Of(EventStream) => "Event Stream",
        }
    }
}

impl SpikeOptions {
    /// Refuses the first option that has no effect on such a file.
    pub(super) fn check_meaning(&self, content: Content) -> Result<(), SpikeError> {
        let content = match content {
            Content::Of(SpikeFormat::NpyRaster) => Content::Raster,
            content => content,
        };
        let (camera, sized) = content.camera();
        let (populations, samples) = content.parts();
        let (units, steps) = content.times();
        // The population may also be the name in a file that is written.
        let population = self.spike_population.is_some() && !self.is_written_with_population;
        let pixels = "no events of a camera";
        for (said, means, what, lacks) in [
            (self.window.is_some(), camera, "--window", pixels),
            (self.crop.is_some(), camera, "--crop", pixels),
            (self.shrink != 1, camera, "--shrink", pixels),
            (
                self.polarity != Polarities::Merge,
                camera,
                "--polarity",
                pixels,
            ),
            (
                self.sensor.is_some(),
                sized,
                "--sensor",
                "no camera of unknown size",
            ),
            (
                population,
                populations,
                "--spike-population",
                "no populations",
            ),
            (self.sample.is_some(), samples, "--sample", "no samples"),
            (
                self.spike_time_unit.is_some(),
                units,
                "--spike-time-unit",
                "no times without a unit",
            ),
            (
                self.resolution.is_some(),
                steps,
                "--resolution",
                "no steps of a simulator",
            ),
            (
                self.first_id != 0,
                content != Content::Raster,
                "--first-id",
                "no numbers of ids",
            ),
        ] {
            if said && !means {
                return Err(SpikeError::Option {
                    what,
                    value: "given".to_owned(),
                    requirement: format!("but {} has {lacks}", content.name()),
                });
            }
        }
        Ok(())
    }
}
