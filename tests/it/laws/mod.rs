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
mod scripts;
mod thresholds;
mod wording;
