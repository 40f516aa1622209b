//! Writes waveforms of the runs in which hardware and model differ.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sim::PowerUp;

/// The variable that names the folder for waveforms, if they are wanted; needs the feature `trace`.
const FOLDER: &str = "SYNFIRE_WAVES";

static RUNS: AtomicU32 = AtomicU32::new(0);

/// The waveform of one run.
#[derive(Debug)]
pub struct Wave(Option<PathBuf>);

impl Wave {
    /// A new file in the folder that the environment names.
    #[must_use]
    pub fn wanted() -> Wave {
        Wave(std::env::var_os(FOLDER).map(|folder| {
            let run = RUNS.fetch_add(1, Ordering::Relaxed);
            let process = std::process::id();
            PathBuf::from(folder).join(format!("lockstep-{process}-{run}.fst"))
        }))
    }

    /// How to power up a core that writes it.
    #[must_use]
    pub fn power_up(&self) -> PowerUp {
        self.0
            .as_ref()
            .map_or_else(PowerUp::default, |path| PowerUp::with_wave(path))
    }

    /// Removes the file: nobody looks at a run without a difference.
    pub fn drop_file(&self) {
        if let Some(path) = &self.0 {
            // The file may not exist yet.
            std::fs::remove_file(path).ok();
        }
    }
}
