//! Sentences with values in them, by patterns as ICU has them: `{name}`, `{n, plural, one {…} other {…}}`
//! and `{word, select, this {…} other {…}}`, with `#` for the number of the plural around it.
//!
//! Only what the site's own words need is read. What is no pattern stays as it is written.
//!
//! Words that would have to agree in number, gender or case with a name or a kind stand beside the
//! sentence, not in it.

use crate::render::words::locale::Locale;

/// A value in a sentence.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// Words.
    Text(&'a str),
    /// A number, which decides the form of what is counted.
    Count(usize),
}

/// The sentence that a pattern makes of some values.
#[must_use]
pub fn message(pattern: &str, args: &[(&str, Arg<'_>)], locale: &Locale) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    fill(&mut out, pattern, args, locale, None);
    out
}

fn fill(
    out: &mut String,
    pattern: &str,
    args: &[(&str, Arg<'_>)],
    locale: &Locale,
    counted: Option<&str>,
) {
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '#']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('#') {
            out.push_str(counted.unwrap_or("#"));
            rest = after;
            continue;
        }
        let Some(end) = closing(rest) else { break };
        if !place(out, &rest[1..end], args, locale, counted) {
            out.push_str(&rest[..=end]);
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
}

/// Writes what stands in braces; whether there is such a value.
fn place(
    out: &mut String,
    inner: &str,
    args: &[(&str, Arg<'_>)],
    locale: &Locale,
    counted: Option<&str>,
) -> bool {
    let mut parts = inner.splitn(3, ',').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let Some((_, arg)) = args.iter().find(|arg| arg.0 == name) else { return false };
    let forms = parts.next().zip(parts.next()).map(|(_, forms)| forms);
    match (*arg, forms) {
        (Arg::Text(text), None) => out.push_str(text),
        (Arg::Count(n), None) => out.push_str(&number(n, locale)),
        (Arg::Text(text), Some(forms)) => {
            fill(out, form(forms, text), args, locale, counted);
        }
        (Arg::Count(n), Some(forms)) => {
            let (digits, category) = (number(n, locale), locale.plural(n));
            fill(out, form(forms, category), args, locale, Some(&digits));
        }
    }
    true
}

fn number(n: usize, locale: &Locale) -> String {
    locale.number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Of forms in braces the one with a name, else that for all others.
fn form<'a>(forms: &'a str, wanted: &str) -> &'a str {
    let mut other = "";
    let mut rest = forms;
    while let Some(at) = rest.find('{') {
        let name = rest[..at].trim();
        let Some(end) = closing(&rest[at..]) else { break };
        let text = &rest[at + 1..at + end];
        if name == wanted {
            return text;
        }
        if name == "other" {
            other = text;
        }
        rest = &rest[at + end + 1..];
    }
    other
}

/// Where the brace that a text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.checked_sub(1)?,
            _ => return None,
        }
        (depth == 0).then_some(at)
    })
}
