//! One article: what the front matter says, and the body under it.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Claim, Language, Part, PartialDate};

/// How the date of an article is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DateBasis {
    /// The text says when it was published.
    Stated,
    /// It stands in the line with the author's name.
    Byline,
    /// It stands in the dateline (place and day before the first sentence).
    Dateline,
    /// Worked out from other words of the text.
    Inferred,
    /// Taken from other reports of the same story.
    Corroborated,
    /// An editor wrote it.
    Editor,
}

impl DateBasis {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Stated,
        Self::Byline,
        Self::Dateline,
        Self::Inferred,
        Self::Corroborated,
        Self::Editor,
    ];

    /// The word that front matter uses.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Inferred => "inferred",
            Self::Corroborated => "corroborated",
            Self::Editor => "editor",
        }
    }
}

/// How much of a text the site may publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rights {
    /// Title, own summary, link.
    Link,
    /// The same and a short quotation.
    Excerpt,
    /// The whole body.
    Full,
}

impl Rights {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Link, Self::Excerpt, Self::Full];

    /// The word that front matter and config use.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Excerpt => "excerpt",
            Self::Full => "full",
        }
    }
}

/// What an article may lack, or be doubtful in, when a person has seen it and lets it be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Settled {
    /// It has no title.
    Title,
    /// It has no date.
    Date,
    /// It names no source.
    Source,
    /// It names no company.
    Company,
    /// It has no summary.
    Summary,
    /// Its body is much shorter than the raw text.
    Body,
    /// Another article has the same text.
    Copy,
    /// Sources disagree on what it tells.
    Dispute,
}

impl Settled {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Date,
        Self::Source,
        Self::Company,
        Self::Summary,
        Self::Body,
        Self::Copy,
        Self::Dispute,
    ];

    /// The word that front matter uses.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date => "date",
            Self::Source => "source",
            Self::Company => "company",
            Self::Summary => "summary",
            Self::Body => "body",
            Self::Copy => "copy",
            Self::Dispute => "dispute",
        }
    }
}

/// Where an article came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// The publisher.
    pub name: Option<String>,
    /// The address of the original.
    pub url: Option<String>,
    /// The day it was fetched.
    pub retrieved: Option<PartialDate>,
}

/// What import noted about the raw text an article was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The file it came from, as the editor named it.
    pub from: Option<String>,
    /// Hash of the raw bytes.
    pub raw: String,
    /// Hash of the Markdown that import wrote, without this note.
    pub written: String,
}

/// One article of the digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The Markdown file, relative to the site's root; whoever keeps an article knows it.
    #[serde(skip)]
    pub path: String,
    /// The last part of its address.
    pub slug: String,
    /// What our page is headed with; `None` where the source has no title.
    pub title: Option<String>,
    /// The source's own headline where `title` is the editor's.
    pub original_title: Option<String>,
    /// When the source published it.
    pub date: Option<PartialDate>,
    /// How that is known.
    pub date_basis: Option<DateBasis>,
    /// The day from which on this site shows it, where that is not the one before.
    pub publish_date: Option<PartialDate>,
    /// The language of the text.
    pub lang: Language,
    /// Where it came from.
    pub source: Option<SourceRef>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Company ids; the first one to three are what the article is about.
    pub companies: Vec<String>,
    /// Tags as written.
    pub tags: Vec<String>,
    /// One or two sentences in the editor's words.
    pub summary: Option<String>,
    /// How much may be published.
    pub rights: Rights,
    /// What stands for it beside its words.
    pub picture: Option<Picture>,
    /// What it says about partnerships.
    pub partnerships: Vec<Claim>,
    /// The story an editor pinned it to.
    pub story: Option<String>,
    /// Stories it does not belong to.
    pub not_story: Vec<String>,
    /// It tells a story of its own, whatever the rules say.
    pub split: bool,
    /// What it goes back to, such as a press release: articles with the same word here are one voice.
    pub origin: Option<String>,
    /// The article that it says in another language, as a link would name it.
    pub translation_of: Option<String>,
    /// Left out of the built site.
    pub draft: bool,
    /// Whether the text calls components of the site's templates.
    pub components: bool,
    /// Parts of the text in another language.
    pub passages: Vec<Passage>,
    /// Old addresses that lead here.
    pub aliases: Vec<String>,
    /// The id under which feeds had it before.
    pub guid: Option<String>,
    /// What it does not say, whatever import reads: ids of companies and of relations.
    pub rejected: Vec<String>,
    /// What it may lack or be doubtful in.
    pub settled: Vec<Settled>,
    /// What import noted.
    pub imported: Option<Imported>,
    /// Keys we do not know, for templates.
    #[serde(with = "as_json")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// The text, in Markdown.
    pub body: Part,
}

/// Values that say themselves what they are, in a form that does not.
mod as_json {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
    use serde_json::Value;

    pub fn serialize<S: Serializer>(
        values: &BTreeMap<String, Value>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let json = (!values.is_empty()).then(|| serde_json::to_string(values)).transpose();
        json.map_err(ser::Error::custom)?.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, Value>, D::Error> {
        let json: Option<&str> = Deserialize::deserialize(deserializer)?;
        json.map_or_else(|| Ok(BTreeMap::new()), serde_json::from_str).map_err(de::Error::custom)
    }
}

impl Article {
    /// The day that it waits for; none once it is out. Without a day of its own for that, it is out when
    /// the source published it.
    #[must_use]
    pub fn waits_for(&self, today: PartialDate) -> Option<PartialDate> {
        let day = self.publish_date.or(self.date)?;
        (day.first_day() > today.last_day()).then_some(day)
    }

    /// The picture that stands for it, where its rights allow that it is shown: its own, else those of the text.
    #[must_use]
    pub fn shown_picture(&self) -> Option<&Picture> {
        let picture = self.picture.as_ref()?;
        (picture.rights.unwrap_or(self.rights) == Rights::Full).then_some(picture)
    }

    /// The address of the original.
    #[must_use]
    pub fn source_url(&self) -> Option<&str> {
        self.source.as_ref()?.url.as_deref()
    }
}

/// A picture of an article; the file is among what it links to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// What is to be seen, for those who cannot.
    pub alt: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Whether it may be shown, where that is not as with the text.
    pub rights: Option<Rights>,
}

/// A part of a text in another language than the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its language.
    pub lang: Language,
    /// Where it stands in the body, in bytes.
    pub span: Range<usize>,
}

/// A page that stands on its own, from `content/pages/<slug>.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The file, relative to the site's root.
    pub path: String,
    /// Its address is `/<slug>/`.
    pub slug: String,
    /// What it is headed with.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Whether the text calls components of the site's templates.
    pub components: bool,
    /// Left out of the built site.
    pub draft: bool,
    /// Old addresses that lead here.
    pub aliases: Vec<String>,
    /// Keys we do not know, for templates.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// The text, in Markdown.
    pub body: Part,
}
