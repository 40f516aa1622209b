//! Checks whether the machine has enough memory and disk space for a step.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::folder;
use super::steps::Step;
use crate::process;

/// Fails if less memory or disk space is free than `step` needs.
pub(super) fn check(step: &Step) -> Result<()> {
    let rooms = [
        ("memory", step.memory_gib, free_memory()?),
        ("disk", step.disk_gib, free_disk(&folder())?),
    ];
    for (kind, needed, free) in rooms {
        let free = free / (1024 * 1024);
        ensure!(
            free >= needed,
            "it needs {needed} GiB of {kind}, {free} GiB are free"
        );
    }
    Ok(())
}

/// Available memory in KiB; the maximum if the system does not report it.
fn free_memory() -> Result<u64> {
    let Ok(text) = fs::read_to_string("/proc/meminfo") else {
        return Ok(u64::MAX);
    };
    free_memory_in(&text).context("/proc/meminfo does not tell what is free")
}

fn free_memory_in(meminfo: &str) -> Option<u64> {
    let mut lines = meminfo.lines();
    let value = lines.find_map(|line| line.strip_prefix("MemAvailable:"))?;
    value.split_whitespace().next()?.parse().ok()
}

/// Free space in KiB in `folder`.
fn free_disk(folder: &Path) -> Result<u64> {
    let said = process::output(Command::new("df").arg("-Pk").arg(folder));
    let (_, text) = said.context("cannot run df")?;
    free_disk_in(&text).with_context(|| format!("df does not tell what is free:\n{text}"))
}

/// The fourth column of the only row of `df`.
fn free_disk_in(df: &str) -> Option<u64> {
    df.lines().last()?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn what_is_free_is_read() {
        let meminfo = "MemTotal:       24623044 kB\nMemAvailable:    8388608 kB\n";
        assert_eq!(free_memory_in(meminfo), Some(8 << 20));
        let df = "Filesystem     1024-blocks     Used Available Capacity Mounted on\n\
                  /dev/vda         263174212 28874240  65814644      31% /\n";
        assert_eq!(free_disk_in(df), Some(65_814_644));
        assert_eq!(free_disk_in(""), None);
    }

    #[test]
    fn the_machine_tells() {
        assert!(free_disk(project::root()).unwrap() > 0 && free_memory().unwrap() > 0);
    }
}
