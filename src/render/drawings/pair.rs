//! Draws a sign of two companies from their initials, for where there is no picture: the two halves of a
//! sheet at the line that they would be torn along. Colours come from the style sheet.

use crate::model::escape;
use crate::render::site::Site;

impl Site {
    /// The sign of the first two of some companies, given by their positions in the index.
    #[must_use]
    pub fn mark(&self, parties: &[usize]) -> Option<String> {
        let name =
            |&at: &usize| self.company_link(&self.index.companies[at].company.id).name.clone();
        let [one, other] = parties.get(..2)? else { return None };
        let [one, other] = [name(one), name(other)];
        let letters = if initials(&one, 1) == initials(&other, 1) { 2 } else { 1 };
        Some(mark(&initials(&one, letters), &initials(&other, letters)))
    }
}

fn mark(one: &str, other: &str) -> String {
    format!(
        "<svg class=\"pair\" viewBox=\"0 0 320 180\" width=\"320\" height=\"180\" aria-hidden=\"true\">\
         <path class=\"one\" d=\"M0 0H160V180H0z\"/><path class=\"other\" d=\"M160 0H320V180H160z\"/>\
         <path class=\"tear\" d=\"M160 0V180\"/>\
         <text x=\"80\" y=\"126\">{}</text><text x=\"240\" y=\"126\">{}</text></svg>",
        escape(one),
        escape(other),
    )
}

/// The first letters of a name; one is enough where each is a word.
fn initials(name: &str, count: usize) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let mut all: String = letters.take(count).collect();
    if all.chars().any(|c| c >= '\u{2e80}') {
        all.truncate(all.chars().next().map_or(0, char::len_utf8));
    }
    all
}
