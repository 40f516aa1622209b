//! Finds the programs that use a port, from `/proc` on Linux. Every user can see the holder of a
//! lock; only the owner of a program and root can see its open files.

use std::fs;
use std::time::Duration;

use rustix::fs::{Stat, major, minor};

use super::users::Process;

/// Major number of the terminals in `/dev/pts`.
const PSEUDO: u32 = 136;

/// Information about a program.
fn process(pid: u32) -> Process {
    let own = fs::metadata("/proc/self").ok();
    let owner = fs::metadata(format!("/proc/{pid}")).ok();
    let uid = |metadata: fs::Metadata| std::os::unix::fs::MetadataExt::uid(&metadata);
    let (own, owner) = (own.map(uid), owner.map(uid));
    let program = fs::read_to_string(format!("/proc/{pid}/comm")).ok();
    Process {
        pid,
        // A program can choose any name, including control characters of the terminal.
        program: program.map(|name| name.trim_end().escape_debug().to_string()),
        user: owner.filter(|_| owner != own),
        age: age(pid),
    }
}

/// The time since the program started.
fn age(pid: u32) -> Option<Duration> {
    let uptime = fs::read_to_string("/proc/uptime").ok()?;
    let uptime: f64 = uptime.split_whitespace().next()?.parse().ok()?;
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The program's name is in parentheses and may contain anything; the start time is the 20th
    // field after it.
    let start = text.rsplit_once(')')?.1.split_whitespace().nth(19)?;
    let start: f64 = start.parse().ok()?;
    let seconds = uptime - start / rustix::param::clock_ticks_per_second() as f64;
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

/// Whether the port is a pseudo-terminal.
pub(super) fn is_pseudo(port: &Stat) -> bool {
    major(port.st_rdev) == PSEUDO
}

/// The program that holds the lock on a port, if the system names it.
pub(super) fn lock_holder(port: &Stat) -> Option<Process> {
    let locks = fs::read_to_string("/proc/locks").ok()?;
    pid_of_lock(&locks, port).map(process)
}

/// The holder's process id, from the table of all locks: `1: FLOCK ADVISORY WRITE PID
/// MAJOR:MINOR:INODE 0 EOF`.
fn pid_of_lock(locks: &str, port: &Stat) -> Option<u32> {
    let (high, low) = (major(port.st_dev), minor(port.st_dev));
    let file = format!("{high:02x}:{low:02x}:{}", port.st_ino);
    locks.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        match fields.as_slice() {
            [_, "FLOCK", _, _, pid, found, ..] if *found == file => {
                pid.parse().ok().filter(|&pid| pid > 0)
            }
            _ => None,
        }
    })
}

/// The other programs that have this port open and may read from it.
pub(super) fn others(port: &Stat) -> Vec<Process> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let own = std::process::id();
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|&pid| pid != own && reads(pid, port))
        .map(process)
        .collect()
}

/// Whether the program has the port open for reading and is not the one that serves it.
fn reads(pid: u32, port: &Stat) -> bool {
    let Ok(files) = fs::read_dir(format!("/proc/{pid}/fd")) else {
        return false;
    };
    let mut found = false;
    for file in files.flatten() {
        // Only the file's name is read: a `stat` could block on an unreachable file system.
        let Ok(name) = fs::read_link(file.path()) else {
            continue;
        };
        if !name.starts_with("/dev") {
            continue;
        }
        let number = file.file_name();
        let info = || {
            let path = format!("/proc/{pid}/fdinfo/{}", number.display());
            fs::read_to_string(path).unwrap_or_default()
        };
        if name.ends_with("ptmx") {
            let serves = value(&info(), "tty-index:", 10) == Some(minor(port.st_rdev));
            if serves && is_pseudo(port) {
                return false;
            }
        } else if let Ok(other) = rustix::fs::stat(file.path())
            && is_same(&other, port)
        {
            // The last two bits are 1 if the file is open for writing only.
            found |= value(&info(), "flags:", 8).is_none_or(|flags| flags & 3 != 1);
        }
    }
    found
}

/// A number from the table of an open file.
fn value(info: &str, name: &str, radix: u32) -> Option<u32> {
    let line = info.lines().find_map(|line| line.strip_prefix(name))?;
    u32::from_str_radix(line.trim(), radix).ok()
}

/// Whether two files are the same port: a device may have several names, and each container has its
/// own pseudo-terminals with the same numbers.
fn is_same(a: &Stat, b: &Stat) -> bool {
    a.st_rdev == b.st_rdev && (!is_pseudo(b) || a.st_dev == b.st_dev)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_holder_is_found_among_all_locks() {
        let mut port = rustix::fs::stat(Path::new("/dev/null")).unwrap();
        port.st_dev = rustix::fs::makedev(0, 0x1a);
        port.st_ino = 3;
        let locks = "\
            1: POSIX  ADVISORY  WRITE 11 00:1a:3 0 EOF\n\
            2: FLOCK  ADVISORY  WRITE 12 00:1a:33 0 EOF\n\
            2: -> FLOCK  ADVISORY  WRITE 13 00:1a:3 0 EOF\n\
            3: FLOCK  ADVISORY  WRITE 14 00:1a:3 0 EOF\n";
        assert_eq!(pid_of_lock(locks, &port), Some(14));
        assert_eq!(pid_of_lock("", &port), None);
        assert_eq!(pid_of_lock("1: FLOCK", &port), None);
    }

    #[test]
    fn this_program_is_known() {
        let own = process(std::process::id());
        assert_eq!(own.user, None);
        assert!(own.program.is_some() && own.age.is_some(), "{own:?}");
    }

    #[test]
    fn tables_of_open_files_are_read() {
        let info = "pos:\t0\nflags:\t02100002\ntty-index:\t12\n";
        assert_eq!(value(info, "flags:", 8), Some(0o2_100_002));
        assert_eq!(value(info, "tty-index:", 10), Some(12));
        assert_eq!(value(info, "lock:", 10), None);
    }
}
