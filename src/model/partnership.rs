//! What an article claims about a relation between companies, and the states such a relation has.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Part, PartialDate};

/// What kind of relation it is, by its id. [`KINDS`] are known to every site; a site may add more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Kind(pub String);

/// The kinds that every site knows, with their English labels.
pub const KINDS: &[(&str, &str)] = &[
    ("strategic-alliance", "Strategic alliance"),
    ("co-development", "Co-development"),
    ("research", "Research"),
    ("licensing", "Licensing"),
    ("supply", "Supply"),
    ("manufacturing", "Manufacturing"),
    ("distribution", "Distribution"),
    ("integration", "Integration"),
    ("co-branding", "Co-branding"),
    ("joint-venture", "Joint venture"),
    ("investment", "Investment"),
    ("acquisition", "Acquisition"),
];

/// What is reported to have happened to a partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Event {
    /// Unnamed sources say it may come.
    Rumoured,
    /// A party says there is none.
    Denied,
    /// A party or a release says it will be.
    Announced,
    /// The contract is signed.
    Signed,
    /// Its first result is there.
    Launched,
    /// It goes on for longer, or wider.
    Extended,
    /// It is over.
    Ended,
    /// Told in passing: no change of state.
    Mentioned,
}

impl Event {
    /// All events, in the order in which a relation may live through them.
    pub const ALL: [Self; 8] = [
        Self::Rumoured,
        Self::Denied,
        Self::Announced,
        Self::Signed,
        Self::Launched,
        Self::Extended,
        Self::Ended,
        Self::Mentioned,
    ];

    /// The word that front matter uses.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Rumoured => "rumoured",
            Self::Denied => "denied",
            Self::Announced => "announced",
            Self::Signed => "signed",
            Self::Launched => "launched",
            Self::Extended => "extended",
            Self::Ended => "ended",
            Self::Mentioned => "mentioned",
        }
    }

    /// What the event does to a partnership; `None` for what is only told in passing.
    #[must_use]
    pub fn turn(self) -> Option<Transition> {
        match self {
            Self::Rumoured | Self::Denied => Some(Transition::Talk),
            Self::Announced | Self::Signed | Self::Launched => Some(Transition::Begin),
            Self::Extended => Some(Transition::Extend),
            Self::Ended => Some(Transition::End),
            Self::Mentioned => None,
        }
    }

    /// Reads the word that front matter uses.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.id() == word)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What an event does to a partnership: reports of one story tell of the same turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transition {
    /// People say it may come, or that it will not.
    Talk,
    /// It comes about.
    Begin,
    /// It goes on.
    Extend,
    /// It is over.
    End,
}

impl Transition {
    /// The word in the addresses of stories.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Talk => "rumour",
            Self::Begin => "start",
            Self::Extend => "extension",
            Self::End => "end",
        }
    }
}

/// The state of a partnership, computed from its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Only rumours are known.
    Rumoured,
    /// Announced or signed, no result seen yet.
    Announced,
    /// At work.
    Active,
    /// Over.
    Ended,
    /// Nothing that tells.
    Unknown,
}

impl Status {
    /// All states.
    pub const ALL: [Self; 5] =
        [Self::Active, Self::Announced, Self::Rumoured, Self::Ended, Self::Unknown];

    /// Where it stands among all states, from the liveliest on.
    #[must_use]
    pub fn rank(self) -> usize {
        Self::ALL.iter().position(|&status| status == self).unwrap_or(Self::ALL.len())
    }

    /// The livelier of two states.
    #[must_use]
    pub fn livelier(self, other: Self) -> Self {
        if other.rank() < self.rank() { other } else { self }
    }

    /// The word in addresses and data files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Rumoured => "rumoured",
            Self::Announced => "announced",
            Self::Active => "active",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }
}

/// One party of a partnership.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Party {
    /// The company's id.
    pub company: String,
    /// What it does in it: licensor, supplier, buyer; in the editor's words.
    pub role: Option<String>,
}

/// What one article says of one partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Two or more.
    pub parties: Vec<Party>,
    /// Tells two relations of the same parties apart.
    pub name: Option<String>,
    /// What it is; may be several, never empty.
    pub kinds: Vec<Kind>,
    /// What happened.
    pub event: Event,
    /// When it happened; `None`: at the article's date.
    pub date: Option<PartialDate>,
    /// When the relation began, where told.
    pub start: Option<PartialDate>,
    /// When it ended, where told.
    pub end: Option<PartialDate>,
    /// How much money it is about, in the article's words.
    pub value: Option<String>,
    /// Which share of a company changes hands, in the article's words.
    pub stake: Option<String>,
    /// Why or how the event came about: completed, approved, blocked; in the editor's words.
    pub reason: Option<String>,
    /// The exact words of the body that say so.
    pub evidence: Option<String>,
    /// How sure import was, 0 to 1; an editor deletes it.
    pub confidence: Option<f32>,
}

impl Claim {
    /// The id of the relation this claim is about.
    #[must_use]
    pub fn relation(&self) -> String {
        relation_id(self.parties.iter().map(|p| p.company.as_str()), self.name.as_deref())
    }
}

/// Bytes after which an id is cut; file systems take names of 255 bytes.
const MAX_ID: usize = 200;

/// The id of a relation: the parties' ids, sorted, joined by `--`, then its name if it has one.
#[must_use]
pub fn relation_id<'a>(parties: impl Iterator<Item = &'a str>, name: Option<&str>) -> String {
    let mut ids: Vec<&str> = parties.collect();
    ids.sort_unstable();
    ids.dedup();
    let mut id = ids.join("--");
    if let Some(name) = name {
        id.push_str("--");
        id.push_str(&super::slug(name));
    }
    if id.len() > MAX_ID {
        let hash = blake3::hash(id.as_bytes()).to_hex();
        let end = (0..=MAX_ID).rfind(|&at| id.is_char_boundary(at)).unwrap_or(0);
        id.truncate(end);
        id.push_str("--");
        id.push_str(&hash[..8]);
    }
    id
}

/// What an editor takes for right where sources disagree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prefer {
    /// When it began.
    pub start: Option<PartialDate>,
    /// When it ended.
    pub end: Option<PartialDate>,
    /// Why.
    pub reason: Option<String>,
}

/// An editor's note on one relation, from `content/partnerships/<id>.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The relation's id.
    pub id: String,
    /// A title in the editor's words.
    pub title: Option<String>,
    /// Which of contradicting dates the editor takes for right.
    pub prefer: Prefer,
    /// The note, in Markdown.
    pub body: Part,
    /// The file it is in.
    pub path: String,
}
