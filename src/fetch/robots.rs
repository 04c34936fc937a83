//! The rules in a site's `robots.txt`, after RFC 9309.

/// What a site calls this program in its rules.
const NAME: &str = "tearsheet";

/// The rules that are meant for this program; without any, everything is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// As in [`normal`], with `*` for anything and `$` at the end.
    pattern: String,
}

impl Robots {
    /// Reads the groups for `tearsheet`, or those for `*` where there are none.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut own = Group::default();
        let mut any = Group::default();
        let mut in_names = false;
        let (mut for_own, mut for_any) = (false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or("");
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            let allow = match key.as_str() {
                "user-agent" => {
                    if !in_names {
                        (for_own, for_any) = (false, false);
                    }
                    in_names = true;
                    for_own |= is_own_name(value);
                    for_any |= value == "*";
                    own.there |= for_own;
                    continue;
                }
                "allow" => true,
                "disallow" => false,
                // Site maps and the like do not end a group.
                _ => continue,
            };
            in_names = false;
            // An empty rule matches nothing.
            if value.is_empty() {
                continue;
            }
            let rule = Rule { allow, pattern: normal(value) };
            if for_own {
                own.rules.push(rule.clone());
            }
            if for_any {
                any.rules.push(rule);
            }
        }
        Self { rules: if own.there { own.rules } else { any.rules } }
    }

    /// Whether a path, with its query, may be fetched: the longest rule that matches decides, and
    /// of equally long ones the one that allows.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        path == "/robots.txt"
            || self
                .rules
                .iter()
                .filter(|rule| matches(&rule.pattern, &path))
                .max_by_key(|rule| (rule.pattern.len(), rule.allow))
                .is_none_or(|rule| rule.allow)
    }
}

/// Whether a line is about this program; `Tearsheet/1.0` is the same one.
fn is_own_name(value: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    let end = value.find(|c| !is_token(c)).unwrap_or(value.len());
    value[..end].eq_ignore_ascii_case(NAME)
}

#[derive(Default)]
struct Group {
    there: bool,
    rules: Vec<Rule>,
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return !to_end || rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    if to_end { rest.ends_with(last) } else { rest.contains(last) }
}

/// Writes a path so that equal ones look equal: what is not ASCII is escaped, what needs no
/// escape is not.
fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut at = 0;
    while at < bytes.len() {
        let escaped = match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        at += if escaped.is_some() { 3 } else { 1 };
        let byte = escaped.unwrap_or_else(|| bytes[at - 1]);
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if unreserved || escaped.is_none() && byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15]
                    .map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])),
            );
        }
    }
    out
}
