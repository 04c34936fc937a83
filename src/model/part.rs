//! Texts that several hold at once, and parts of them.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

/// A text that is held by many and fetched for all of them when the first one looks at it.
#[derive(Clone)]
pub struct Text(Arc<LazyLock<Box<str>, Fetch>>);

/// Fetches a text.
type Fetch = Box<dyn FnOnce() -> Box<str> + Send>;

impl Text {
    /// A text that is fetched when somebody looks at it, if ever.
    #[must_use]
    pub fn late(fetch: impl FnOnce() -> Box<str> + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(fetch))))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<T: Into<Box<str>>> From<T> for Text {
    fn from(text: T) -> Self {
        let text = text.into();
        let whole = Self::late(move || text);
        let _ = LazyLock::force(&whole.0);
        whole
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
