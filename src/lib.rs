//! Tearsheet turns raw press articles into a browsable digest of companies and their alliances.
//!
//! The sentence is *read → parse → understand → index → render → write*; [`pipeline`] is the file
//! to read first. Everything between reading and writing is pure: same inputs, same bytes.

pub mod config;
pub mod diagnostic;
pub mod model;
pub mod parse;
pub mod source;
pub mod index;
pub mod memo;
pub mod pipeline;
pub mod render;
pub mod understand;
