//! In the place of [`card_image`](super::card_image) in a program that was built without the feature `cards`: there is
//! nothing to draw pictures with.

use crate::render::drawings::card::Card;

/// There is none.
pub enum CardRenderer {}

impl CardRenderer {
    /// None, whatever the fonts.
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
