//! What a page says about itself.

use super::timestamps::Timestamp;
use crate::model::PartialDate;

/// What the page's metadata say, before its text was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    /// Headlines, the surest first.
    pub(super) titles: Vec<String>,
    /// The headline in the JSON-LD of an article.
    pub(super) stated: Option<String>,
    /// The headlines for social media: that of Open Graph, that for Twitter.
    pub(super) social: Vec<String>,
    /// The headings of the first level.
    pub(super) headings: Vec<String>,
    /// Headings of lower levels that may be the headline: blogs keep the first for their name.
    pub(super) subheadings: Vec<String>,
    /// Days of publication, the surest first.
    pub(super) dates: Vec<Timestamp>,
    /// Days of publication or of something else.
    pub(super) vague_dates: Vec<PartialDate>,
    pub(super) authors: Vec<String>,
    /// Companies and papers that are named as authors.
    pub(super) papers: Vec<String>,
    /// Who wrote the page by the part of JSON-LD that describes the page and no article.
    pub(super) page_authors: Vec<String>,
    pub(super) publisher: Option<String>,
    /// Summaries: often the standfirst.
    pub(super) descriptions: Vec<String>,
    /// The article's text, where the page tells it to machines.
    pub(super) article_body: String,
    pub(super) lang: Option<String>,
    pub(super) address: Option<String>,
}
