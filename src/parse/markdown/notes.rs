//! Notes at the end of a text.

use std::collections::HashMap;

use pulldown_cmark::{Event, TagEnd};

/// Notes are shown at the end, in the order in which the text first refers to them.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// The names of notes, in the order of their numbers.
    order: Vec<String>,
    numbers: HashMap<String, usize>,
    /// What each note says.
    said: HashMap<String, Vec<Event<'a>>>,
    /// Notes that are being read, each with the events around it.
    open: Vec<(String, Vec<Event<'a>>)>,
    /// How often each note was referred to.
    references: HashMap<String, usize>,
}

impl<'a> Footnotes<'a> {
    /// A number that leads to a note.
    pub(super) fn refer(&mut self, name: &str) -> Event<'a> {
        let number = *self.numbers.entry(name.to_owned()).or_insert_with(|| {
            self.order.push(name.to_owned());
            self.order.len()
        });
        let times = self.references.entry(name.to_owned()).or_default();
        *times += 1;
        let again = if *times > 1 { format!("-{times}") } else { String::new() };
        let html = format!(
            "<sup class=\"footnote-ref\" id=\"fnref-{number}{again}\"><a href=\"#fn-{number}\">{number}</a></sup>"
        );
        Event::InlineHtml(html.into())
    }

    /// Begins to read a note; `around` is what came before it.
    pub(super) fn begin(&mut self, name: &str, around: Vec<Event<'a>>) {
        self.open.push((name.to_owned(), around));
    }

    /// Ends a note with what it says; gives what came before it.
    pub(super) fn end(&mut self, said: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let Some((name, around)) = self.open.pop() else { return said };
        self.said.entry(name).or_insert(said);
        around
    }

    /// All notes, those that nothing refers to at the end.
    pub(super) fn all(mut self) -> Vec<Event<'a>> {
        let raw = |html: String| Event::Html(html.into());
        let is_asked_for = |name: &String| self.references.contains_key(name);
        let mut strangers: Vec<String> =
            self.said.keys().filter(|name| !is_asked_for(name)).cloned().collect();
        strangers.sort_unstable();
        let mut out = Vec::new();
        for (at, name) in self.order.into_iter().chain(strangers).enumerate() {
            let number = at + 1;
            let Some(mut events) = self.said.remove(&name) else { continue };
            if out.is_empty() {
                out.push(raw("<section class=\"footnotes\"><ol>\n".to_owned()));
            }
            out.push(raw(format!("<li id=\"fn-{number}\" value=\"{number}\">\n")));
            if self.references.contains_key(&name) {
                let back = format!(
                    " <a class=\"footnote-back\" href=\"#fnref-{number}\" role=\"doc-backlink\">↩\u{fe0e}</a>"
                );
                let is_paragraph = matches!(events.last(), Some(Event::End(TagEnd::Paragraph)));
                let end = events.len() - usize::from(is_paragraph);
                events.insert(end, Event::InlineHtml(back.into()));
            }
            out.append(&mut events);
            out.push(raw("</li>\n".to_owned()));
        }
        if !out.is_empty() {
            out.push(raw("</ol></section>\n".to_owned()));
        }
        out
    }
}
