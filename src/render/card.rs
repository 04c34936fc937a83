//! What stands on the picture that other sites show beside a link to a story.

use serde::Serialize;

use crate::index::pages::story_address;

#[cfg(feature = "cards")]
pub use super::pen::Pen;

/// The address of the picture of a story.
#[must_use]
pub fn address(story: &str) -> String {
    format!("{}card.png", story_address(story))
}

/// There is none in a program that was built without pictures.
#[cfg(not(feature = "cards"))]
pub enum Pen {}

#[cfg(not(feature = "cards"))]
impl Pen {
    /// Draws nothing.
    #[must_use]
    pub fn new<'a>(_: impl Iterator<Item = &'a [u8]>) -> Option<Self> {
        None
    }

    /// Never called.
    #[must_use]
    pub fn draw(&self, _: &Card) -> Vec<u8> {
        match *self {}
    }
}

/// What stands on a picture.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The site.
    pub site: String,
    /// Who it is about, and what happened.
    pub headline: String,
    /// When, and how many tell it.
    pub note: String,
}
