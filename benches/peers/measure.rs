//! Runs a command and measures it: wall time, processor time, peak memory.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

/// What one run took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all processors together, in the program and in the system.
    pub cpu: f64,
    /// Megabytes at the highest point.
    pub memory: f64,
}

/// Runs a command to its end; one that fails is an error. What earlier commands have written is on the
/// disk before, or this one would wait for it.
pub fn run(command: &mut Command) -> io::Result<Cost> {
    rustix::fs::sync();
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let used = child.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        return Err(io::Error::other(format!("{command:?} ended with {}", used.status)));
    }
    Ok(Cost {
        wall,
        cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        memory: used.rusage.maxrss as f64 / 1e6,
    })
}

/// How many files a folder holds, and how many bytes.
pub fn size(folder: &Path) -> io::Result<(u64, u64)> {
    let mut sum = (0, 0);
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        let (files, bytes) = if meta.is_dir() { size(&entry.path())? } else { (1, meta.len()) };
        sum = (sum.0 + files, sum.1 + bytes);
    }
    Ok(sum)
}
