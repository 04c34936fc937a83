//! Texts that several hold at once, and parts of them.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// A text that is held by many and fetched for all of them when the first one looks at it.
#[derive(Clone)]
pub struct Text(Arc<Held>);

struct Held {
    text: OnceLock<Box<str>>,
    /// None where the text is there from the beginning.
    fetch: Option<Fetch>,
}

/// Fetches a text, the same one every time.
type Fetch = Arc<dyn Fn() -> Box<str> + Send + Sync>;

impl Text {
    /// A text that is fetched when somebody looks at it, if ever.
    #[must_use]
    pub fn late(fetch: impl Fn() -> Box<str> + Send + Sync + 'static) -> Self {
        Self::of(OnceLock::new(), Some(Arc::new(fetch)))
    }

    fn of(text: OnceLock<Box<str>>, fetch: Option<Fetch>) -> Self {
        Self(Arc::new(Held { text, fetch }))
    }

    /// The same text for who looks at it once: what it fetches goes with it, and is not held for the others.
    #[must_use]
    pub fn fleeting(&self) -> Self {
        match &self.0.fetch {
            Some(fetch) if self.0.text.get().is_none() => {
                Self::of(OnceLock::new(), Some(Arc::clone(fetch)))
            }
            _ => self.clone(),
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        let Held { text, fetch } = &*self.0;
        text.get_or_init(|| fetch.as_ref().map(|fetch| fetch()).unwrap_or_default())
    }
}

impl<T: Into<Box<str>>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::of(OnceLock::from(text.into()), None)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Some bytes of a text, without a copy of them. Of one that is kept only the place is, so that it
/// has to be [put back](Part::of) into its text.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Part {
    #[serde(skip)]
    whole: Option<Text>,
    range: Range<usize>,
}

impl Part {
    /// A part of `whole`. The range must lie on character boundaries.
    #[must_use]
    pub fn new(whole: &Text, range: Range<usize>) -> Self {
        Self { range, ..Self::default() }.of(whole)
    }

    /// The same place in another text, which must have it.
    #[must_use]
    pub fn of(self, whole: &Text) -> Self {
        Self { whole: Some(whole.clone()), ..self }
    }

    /// The same place in a [fleeting](Text::fleeting) text.
    #[must_use]
    pub fn fleeting(&self) -> Self {
        Self { whole: self.whole.as_ref().map(Text::fleeting), range: self.range.clone() }
    }

    /// Where it begins in the whole text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.range.start
    }
}

impl Deref for Part {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.as_deref().map_or("", |whole| &whole[self.range.clone()])
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        let range = 0..text.len();
        Self::new(&text.into(), range)
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
