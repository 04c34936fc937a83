//! The laws of ARCHITECTURE.md, each held against generated edits, kills, hostile files and other people's programs.

mod again;
#[cfg(unix)]
mod crash;
mod edits;
mod fuzz;
mod guard;
#[cfg(unix)]
mod hostile;
mod kept;
mod layers;
#[cfg(target_os = "linux")]
mod power;
mod scripts;
mod spool;
mod thresholds;
mod wording;

use std::path::PathBuf;

use crate::support::site::Site;

/// What the only build of a site kept for the next one.
fn cache(site: &Site) -> PathBuf {
    let folder = std::fs::read_dir(site.path().join(".tearsheet")).expect("a folder");
    let mut files = folder.map(|entry| entry.expect("an entry").path());
    let own = files.find(|path| path.extension().is_none() && !path.ends_with(".gitignore"));
    own.expect("a build cache")
}
