//! Text that means nothing to Markdown but itself.

use super::BREAK;

/// An address as it can stand in a link.
pub(super) fn destination(address: &str) -> String {
    let depth = address.chars().try_fold(0usize, |depth, c| match c {
        '(' => Some(depth + 1),
        ')' => depth.checked_sub(1),
        _ => Some(depth),
    });
    let address = address.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
    if depth == Some(0) { address } else { address.replace('(', "%28").replace(')', "%29") }
}

/// A text with a mark before its first line, and another before the others.
pub(super) fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if at == 0 {
            out.push_str(first);
        } else if !line.is_empty() || others.starts_with('>') {
            out.push_str(others);
        }
        out.push_str(line);
    }
    out
}

/// A block as lines of a cell; code is put into spans.
pub(super) fn lines_of(block: &str) -> Vec<String> {
    let mut lines = block.lines();
    let Some(first) = lines.next() else { return Vec::new() };
    let fence = first.trim_end_matches(|c: char| c != '`');
    if fence.len() > 2 && fence.bytes().all(|byte| byte == b'`') {
        let code = lines.take_while(|line| *line != fence).filter(|line| !line.trim().is_empty());
        return code.map(code_span).collect();
    }
    std::iter::once(first)
        .chain(lines)
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty() && !line.starts_with("| ---"))
        .collect()
}

/// Ends a line of words: a paragraph, or several where two breaks stand in a row.
pub(super) fn end_paragraph(line: &mut String, out: &mut Vec<String>) {
    let text = std::mem::take(line);
    let parts: Vec<&str> = text.split(BREAK).map(|part| part.trim_matches(' ')).collect();
    let mut paragraph: Vec<&str> = Vec::new();
    for part in parts.iter().chain([&""]) {
        // Old pages indent paragraphs with spaces that do not break.
        let part = part.trim_start_matches(['\u{a0}', '\u{3000}', ' ']);
        if !part.is_empty() {
            paragraph.push(part);
            continue;
        }
        if !paragraph.is_empty() {
            let lines: Vec<String> = paragraph.drain(..).map(at_start).collect();
            out.push(lines.join("  \n"));
        }
    }
}

/// A line that would begin a block of Markdown, so that it does not.
pub(super) fn at_start(line: &str) -> String {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let behind = &line[digits..];
    if (1..10).contains(&digits)
        && behind.starts_with(['.', ')'])
        && (behind.len() == 1 || behind[1..].starts_with(' '))
    {
        return format!("{}\\{behind}", &line[..digits]);
    }
    let is_mark = line.starts_with("# ")
        || line.starts_with("## ")
        || line.starts_with('>')
        || line.starts_with("- ")
        || line.starts_with("+ ")
        || line.starts_with('=')
        || line.starts_with("~~~")
        || line.starts_with('#') && line.trim_start_matches('#').starts_with(' ')
        || line.starts_with("--")
        || line == "-"
        || line == "+"
        || line.starts_with('|')
        || line.starts_with(": ");
    if is_mark { format!("\\{line}") } else { line.to_owned() }
}

/// Adds words, with one blank for any white space.
pub(super) fn push_text(text: &str, out: &mut String) {
    let mut words = String::with_capacity(text.len());
    let mut gap = out.ends_with([' ', BREAK]);
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() && c != '\u{a0}' && c != '\u{3000}' => {
                if !gap {
                    words.push(' ');
                }
                gap = true;
            }
            c if c.is_control() => {}
            c => {
                words.push(c);
                gap = false;
            }
        }
    }
    out.push_str(&escaped(&words));
}

/// Adds what is Markdown already.
pub(super) fn push_words(text: &str, out: &mut String) {
    let text = if out.is_empty() || out.ends_with([' ', BREAK]) {
        text.trim_start_matches(' ')
    } else {
        text
    };
    out.push_str(text);
}

/// Adds a piece of Markdown with blanks where the text that it was made of has some at its edges.
pub(super) fn push_apart(text: &str, piece: &str, out: &mut String) {
    let is_blank = |c: char| c.is_whitespace() || c == BREAK;
    if text.starts_with(is_blank) && !out.is_empty() && !out.ends_with([' ', BREAK]) {
        out.push(' ');
    }
    out.push_str(piece);
    if text.ends_with(is_blank) {
        out.push(if text.ends_with(BREAK) { BREAK } else { ' ' });
    }
}

/// Words without what Markdown would make something of.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut word = 0;
    for (at, &c) in chars.iter().enumerate() {
        if c.is_whitespace() {
            word = at + 1;
        }
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let in_address = || chars[word..at].windows(3).any(|three| three == [':', '/', '/']);
        let is_marked = match c {
            '*' | '`' | '[' | ']' => true,
            // Inside of a word it is nothing, and an address must stay whole.
            '_' => !(in_address() || is_word(before) && is_word(after)),
            '~' => (before == Some('~') || after == Some('~')) && !in_address(),
            '\\' => after.is_some_and(|c| c.is_ascii_punctuation()),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            _ => false,
        };
        if is_marked {
            out.push('\\');
        }
        // A reference that the page meant to show as it is written.
        let is_reference = c == '&' && {
            let rest: String = chars[at + 1..].iter().take(10).collect();
            let end = rest.find(';').unwrap_or(0);
            end > 1 && rest[..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        };
        if is_reference && !in_address() {
            out.push_str("&amp;");
        } else {
            out.push(c);
        }
    }
    out
}

pub(super) fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let mark = "`".repeat(longest + 1);
    let gap = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{mark}{gap}{code}{gap}{mark}")
}
