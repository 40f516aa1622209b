//! Removes temporary files when a command is interrupted.
//!
//! On SIGINT, SIGTERM and SIGHUP, the process removes all files that have not replaced their
//! targets yet, and then the signal has its usual effect. A file that exceeds the size limit of the
//! process causes a write error instead of a signal.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tempfile::NamedTempFile;

/// The temporary files to be removed.
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

static WATCH: Once = Once::new();

/// Locks the list of temporary files; no signal ends the process while it is locked.
pub(super) fn hold() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Handles signals from now on.
pub(super) fn prepare() {
    WATCH.call_once(watch);
}

/// Creates a file that is removed if a signal ends the process.
pub(super) fn make(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    // Locked, so that no signal comes between creating the file and recording it.
    let mut held = hold();
    let file = make()?;
    held.insert(file.path().to_owned());
    Ok(file)
}

/// Removes the file, unless it has been moved to its place.
pub(super) fn remove(path: &Path) {
    let mut held = hold();
    // The file may already have been renamed.
    let _ = fs::remove_file(path);
    held.remove(path);
}

fn watch() {
    // If signals cannot be handled, only a temporary file may remain.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    let ignored = ignored();
    let wanted = [SIGINT, SIGTERM, SIGHUP];
    let wanted = wanted.into_iter().filter(|&signal| !bit(ignored, signal));
    if let Ok(mut signals) = Signals::new(wanted) {
        thread::spawn(move || {
            for signal in signals.forever() {
                let files = hold();
                for file in &*files {
                    let _ = fs::remove_file(file);
                }
                // Ends the process while the list is locked, so that no file is moved meanwhile.
                let _ = emulate_default_handler(signal);
            }
        });
    }
}

/// The signals that the parent process has set to be ignored, as `nohup` does; they stay ignored.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .map(str::trim);
    mask.and_then(|mask| u64::from_str_radix(mask, 16).ok())
        .unwrap_or(0)
}

/// Whether a signal is in the mask; signals are numbered from 1.
fn bit(mask: u64, signal: i32) -> bool {
    let shift = u32::try_from(signal - 1).unwrap_or(u32::MAX);
    mask.checked_shr(shift).unwrap_or(0) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_of_the_system_counts_from_one() {
        assert!(bit(0b10, SIGINT));
        assert!(!bit(0b10, SIGHUP));
        assert!(bit(1 << 14, SIGTERM));
        assert!(!bit(u64::MAX, 65) && !bit(u64::MAX, 0));
    }
}
