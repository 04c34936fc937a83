//! The site's own words: in its language, with its dates and numbers, as sentences.

pub mod countries;
pub mod locale;
pub mod message;
pub mod strings;
