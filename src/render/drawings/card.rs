//! What stands on the picture that other sites show beside a link to a story.

use serde::Serialize;

use crate::index::pages::story_address;
use crate::render::view::ColoursView;

/// The address of the picture of a story.
#[must_use]
pub fn address(story: &str) -> String {
    format!("{}card.png", story_address(story))
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
    /// What it is drawn with.
    pub colours: ColoursView,
}
