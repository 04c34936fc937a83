//! Pictures, and those of them that are figures.

use std::fmt::Write;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Writer;
use crate::model::escape;

pub(super) struct OpenImage {
    /// The attribute `src`, safe, or a mark.
    pub(super) address: String,
    pub(super) caption: String,
    /// What is said for those who cannot see it.
    pub(super) alt: String,
    /// Pictures may stand in what is said of pictures.
    pub(super) depth: usize,
}

impl Writer<'_> {
    /// What is said of a picture, up to its end.
    pub(super) fn in_image(&mut self, event: &Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) if image.depth > 0 => image.depth -= 1,
            Event::End(TagEnd::Image) => self.end_image(),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(OpenImage { address, caption, alt, .. }) = self.image.take() else { return };
        let alt = self.bare(&alt);
        let mut html = format!("<img src=\"{}\" alt=\"{}\"", escape(&address), escape(&alt));
        if !caption.is_empty() {
            let _ = write!(html, " title=\"{}\"", escape(&caption));
            self.captioned = Some((self.events.len(), caption));
        }
        html.push_str(" loading=\"lazy\" decoding=\"async\">");
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// A picture that stands alone is a figure, and what would be its tooltip the caption.
    pub(super) fn end_paragraph(&mut self) {
        let picture = self.paragraph + 1;
        let is_alone = self.events.len() == picture + 1;
        match (self.captioned.take(), self.events.last()) {
            (Some((at, caption)), Some(Event::InlineHtml(img))) if is_alone && at == picture => {
                let img = img.clone();
                self.events.truncate(self.paragraph);
                let title = format!(" title=\"{}\"", escape(&caption));
                self.raw(format!(
                    "<figure>{}<figcaption>{}</figcaption></figure>\n",
                    img.replacen(&title, "", 1),
                    escape(&caption)
                ));
            }
            _ => self.events.push(Event::End(TagEnd::Paragraph)),
        }
    }
}
