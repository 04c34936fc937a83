//! Exports: what a program that keeps its texts in a database gives out as one file.

use std::collections::BTreeSet;

use super::{Program, Site, ghost, wordpress};
use crate::import::feed;
use crate::source::Source;

/// Where an export is broken, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line and column, from 1 on.
    pub place: (usize, usize),
    /// What is wrong.
    pub why: String,
}

impl Fault {
    fn at(text: &str, offset: usize, why: &str) -> Self {
        Self {
            place: Source::new("", text).line_column(offset.min(text.len())),
            why: why.to_owned(),
        }
    }
}

/// Reads an export: the site as far as it can be read, and why no further.
///
/// # Errors
/// It is none of this program; the text says what it is instead.
pub fn exported(program: Program, bytes: &[u8]) -> Result<(Site, Option<Fault>), String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if program == Program::WordPress => feed::decode(bytes),
        Err(_) => return Err("it is not UTF-8 text".to_owned()),
    };
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let begins = |marks: &[char]| text.starts_with(marks);
    match program {
        Program::WordPress if begins(&['{', '[']) => {
            Err("it is JSON, and WordPress exports XML; is it of Ghost (`--from ghost`)?"
                .to_owned())
        }
        Program::WordPress => wordpress::site(text)
            .map(|(site, fault)| (site, fault.map(|fault| Fault::at(text, fault.at, &fault.why)))),
        _ if begins(&['<']) => {
            Err("it is XML, and Ghost exports JSON; is it of WordPress (`--from wordpress`)?"
                .to_owned())
        }
        _ => match serde_json::from_str(text) {
            Ok(json) => ghost::site(&json).map(|site| (site, None)),
            Err(error) => {
                let why = error.to_string();
                let why = why.split(" at line ").next().unwrap_or_default().to_owned();
                let fault = Fault { place: (error.line(), error.column()), why };
                Ok((Site::empty(program, super::Settings::default()), Some(fault)))
            }
        },
    }
}

impl Site {
    /// Whether another export is of the same site, which large sites give out in several files.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.settings.base_url.is_some() && self.settings.base_url == other.settings.base_url
    }

    /// Adds another export of the same site; a post that both have counts once.
    pub fn join(&mut self, other: Self) {
        let known: BTreeSet<String> = self.posts.iter().map(|post| post.name.clone()).collect();
        self.posts.extend(other.posts.into_iter().filter(|post| !known.contains(&post.name)));
        self.left.extend(other.left);
        for (remark, count) in other.remarks {
            *self.remarks.entry(remark).or_default() += count;
        }
        self.library.join(other.library);
    }

    /// Gives posts of one number, which are two all the same, names of their own.
    pub(super) fn tell_apart(&mut self) {
        let mut seen = BTreeSet::new();
        for (at, post) in self.posts.iter_mut().enumerate() {
            if !seen.insert(post.name.clone()) {
                post.name = format!("{} ({at})", post.name);
            }
        }
    }

    /// Notes what becomes of a sort of things.
    pub(super) fn remark(&mut self, what: &'static str, why: &'static str) {
        *self.remarks.entry((what, why)).or_default() += 1;
    }
}
