//! Tearsheet turns raw press articles into a browsable digest of companies and their alliances.
//!
//! The sentence is *read → parse → understand → index → render → write*; [`pipeline`] is the file
//! to read first. Everything between reading and writing is pure: same inputs, same bytes.

pub mod build_cache;
pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod desk;
pub mod diagnostic;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod fingerprint;
pub mod import;
pub mod index;
pub mod memo;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod scaffold;
pub mod schema;
pub mod server;
pub mod signature;
pub mod source;
pub mod terminal;
pub mod timings;
pub mod understand;
pub mod watcher;
pub mod write;
