//! From the text of one file to typed values: syntax only, no knowledge of other files.

pub mod address;
pub mod article;
pub mod calls;
pub mod company;
pub mod components;
pub mod extent;
pub mod fields;
pub mod front_matter;
pub mod highlight;
pub mod links;
pub mod markdown;
pub mod sanitize;
pub mod terms;
pub mod tree;
pub mod words;
