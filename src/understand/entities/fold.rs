//! Names without what does not tell them apart: legal forms, case, marks.

use crate::understand::legal_forms;

/// A name for comparing: in lower case, without marks and without legal forms around it.
#[must_use]
pub fn fold(name: &str) -> String {
    let name = legal_forms::strip(name);
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '.' | '·' | '・')
            && !out.is_empty()
            && !out.ends_with(' ')
        {
            out.push(' ');
        }
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out
}
