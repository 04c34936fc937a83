//! From a raw press text to an article in Markdown.

pub mod article;
pub mod feed;
pub mod foreign;
pub mod html;
pub mod markdown;
pub mod text;
