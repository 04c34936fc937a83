//! A part of a text, without a copy of it.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// Some bytes of a text that others hold as well.
#[derive(Clone, Default)]
pub struct Part {
    whole: Option<Arc<str>>,
    range: Range<usize>,
}

impl Part {
    /// A part of `whole`. The range must lie on character boundaries.
    #[must_use]
    pub fn new(whole: &Arc<str>, range: Range<usize>) -> Self {
        debug_assert!(whole.get(range.clone()).is_some());
        Self { whole: Some(Arc::clone(whole)), range }
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
        Self { whole: Some(text.into()), range }
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}
