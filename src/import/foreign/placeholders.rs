//! Markdown that stands in HTML while that becomes Markdown.

/// Around the number of a text that is kept; for private use, so that no text has it.
const MARK: char = '\u{f8ff}';

/// Texts that are Markdown already.
#[derive(Debug, Default)]
pub(super) struct Placeholders(Vec<String>);

impl Placeholders {
    /// A text that nothing in can be taken for what stands for one that is kept.
    pub(super) fn without_marks(text: &str) -> String {
        text.replace(MARK, "")
    }

    /// Keeps a text; gives what stands for it in the HTML.
    pub(super) fn keep(&mut self, markdown: String) -> String {
        self.0.push(markdown);
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// The Markdown that the HTML has become, with all texts in their places.
    pub(super) fn given_back(&self, markdown: &str) -> String {
        let mut out = String::with_capacity(markdown.len());
        let mut rest = markdown;
        while let Some((before, after)) = rest.split_once(MARK) {
            out.push_str(before);
            let (number, after) = after.split_once(MARK).unwrap_or(("", after));
            rest = after;
            let Some(text) = number.parse::<usize>().ok().and_then(|at| self.0.get(at)) else {
                continue;
            };
            // What takes several lines stands by itself.
            let is_block = text.trim().contains('\n');
            if is_block && !out.is_empty() && !out.ends_with("\n\n") {
                out.push_str("\n\n");
            }
            out.push_str(text.trim());
            if is_block && !rest.is_empty() && !rest.starts_with("\n\n") {
                out.push_str("\n\n");
            }
        }
        out.push_str(rest);
        out
    }
}
