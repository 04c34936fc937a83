//! Drawings, all made at build time: SVG for pages, and the pictures that other sites show.

pub mod card;
#[cfg(feature = "cards")]
pub mod card_image;
#[cfg(not(feature = "cards"))]
#[path = "no_card_image.rs"]
pub mod card_image;
pub mod chart;
mod common;
pub mod network;
mod pair;
pub mod strip;
pub mod timeline;
mod timeline_rows;
