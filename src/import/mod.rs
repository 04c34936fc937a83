//! From a raw press text to an article in Markdown.

pub mod article;
pub mod body;
pub mod feed;
pub mod foreign;
pub mod html;
pub mod known;
pub mod markdown;
mod passages;
pub mod second_reader;
pub mod text;
mod thresholds;

/// How many bytes of text a document may have. A novel has half of that.
pub const MAX_TEXT: usize = 1_000_000;
