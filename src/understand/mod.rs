//! What a press text says: language, title, date, authors, companies, partnerships.
//!
//! One article at a time, without disk or clock. What is a table is a data file in `data/`.

pub mod companies;
pub mod dates;
pub mod entities;
pub mod features;
pub mod language;
pub mod legal_forms;
pub mod lexicon;
mod names;
pub mod partnerships;
pub mod people;
pub mod sentences;
pub mod structure;
mod thresholds;
