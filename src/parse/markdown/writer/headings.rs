//! Headings with their ids, and links to them.

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Tag};

use super::super::{Heading, TAKEN};
use super::Writer;
use crate::model::{escape, slug};

pub(super) struct OpenHeading {
    pub(super) level: u8,
    /// As the author wants it.
    pub(super) id: Option<String>,
    /// Where its words begin.
    pub(super) text: usize,
    /// Where its events begin.
    pub(super) events: usize,
}

impl Writer<'_> {
    pub(super) fn end_heading(&mut self) {
        let Some(OpenHeading { level, id, text, events }) = self.heading.take() else { return };
        let title = self.bare(self.out.text[text..].trim());
        self.break_text();
        let base = slug(id.as_deref().unwrap_or(&title));
        let other = id.is_none().then(|| self.other_id(&title)).flatten();
        let id = self.free_id(if base.is_empty() { "section" } else { &base });
        let other = other.filter(|other| *other != id && !self.ids.contains_key(other));
        let other = other.map_or_else(String::new, |other| {
            let html = format!("<a id=\"{}\"></a>", escape(&other));
            self.others.insert(other);
            html
        });
        // A link cannot stand in another one.
        let has_link = self.events[events..].iter().any(|event| match event {
            Event::Start(Tag::Link { .. }) => true,
            Event::InlineHtml(html) => html.contains("<a"),
            _ => false,
        });
        let (open, close) = if has_link {
            (format!("<h{level} id=\"{id}\">{other}"), format!("</h{level}>\n"))
        } else {
            (
                format!("<h{level} id=\"{id}\">{other}<a class=\"anchor\" href=\"#{id}\">"),
                format!("</a></h{level}>\n"),
            )
        };
        self.events.insert(events, Event::Html(open.into()));
        self.raw(close);
        self.out.headings.push(Heading { level, id, title });
    }

    /// The id that GitHub gives a heading, under which others may know it; the second `news` is `news-1`.
    fn other_id(&mut self, title: &str) -> Option<String> {
        let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let small = title.to_lowercase();
        let kept = small.chars().filter(is_kept);
        let base: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let count = self.titles.entry(base.clone()).or_default();
        *count += 1;
        let id = if *count > 1 { format!("{base}-{}", *count - 1) } else { base };
        let is_ours = TAKEN.contains(&id.as_str()) || is_note(&id) || self.others.contains(&id);
        (!id.is_empty() && !is_ours).then_some(id)
    }

    /// Leads links to headings of the text to them, where they are written a little differently.
    pub(super) fn settle_anchors(&mut self) {
        let is_there = |id: &str| self.ids.contains_key(id) || self.others.contains(id);
        for event in &mut self.events {
            let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
            let Some(written) = dest_url.strip_prefix('#').filter(|id| !id.is_empty()) else {
                continue;
            };
            let id = percent_decode_str(written).decode_utf8_lossy().into_owned();
            if is_there(&id) || is_note(&id) {
                continue;
            }
            // The theme has the name for itself, and the heading another one.
            let taken = TAKEN.contains(&id.as_str()).then(|| format!("{id}-2"));
            let mut names = [id.to_lowercase(), slug(&id)].into_iter().chain(taken);
            let known = names.find(|id| is_there(id));
            if let Some(known) = known {
                *dest_url = format!("#{known}").into();
            }
        }
    }

    /// An id that no heading before has; the second `news` is `news-2`.
    fn free_id(&mut self, base: &str) -> String {
        // Notes have such ids.
        let other = is_note(base).then(|| format!("section-{base}"));
        let base = other.as_deref().unwrap_or(base);
        let mut id = base.to_owned();
        while self.ids.contains_key(&id) || TAKEN.contains(&id.as_str()) {
            let number = self.ids.entry(base.to_owned()).or_insert(1);
            *number += 1;
            id = format!("{base}-{number}");
        }
        self.ids.insert(id.clone(), 1);
        id
    }
}

/// Whether an id is one of a note.
fn is_note(id: &str) -> bool {
    let number = id.strip_prefix("fn-").or_else(|| id.strip_prefix("fnref-"));
    number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
