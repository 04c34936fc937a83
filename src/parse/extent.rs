//! What reading HTML will cost, looked up before anybody reads it: parsers take a time that grows with
//! the square of what some pages have, and pages can be made for that.

/// HTML nested deeper than this is no article, and takes parsers minutes.
pub const MAX_DEPTH: usize = 1500;

/// A parser compares each attribute of a tag with all before it: so many comparisons take it half a second.
const MAX_COMPARISONS: usize = 50_000_000;

/// Elements that a parser opens again and again, since nobody closed them (`<font>` in a paragraph that
/// ends is open in the next one): so many take 100 MB.
const MAX_REOPENED: usize = 250_000;

/// What of a page its readers need time and memory for, counted roughly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How deep the elements are nested; tags that need no end are left out.
    pub depth: usize,
    /// How many tags there are.
    pub tags: usize,
    /// How many bytes of text are between them.
    pub text: usize,
    /// How often two attributes of one tag are compared.
    pub comparisons: usize,
    /// How many elements are opened once more.
    pub reopened: usize,
}

impl Extent {
    /// Why nobody should read it; none where its size is that of a page.
    #[must_use]
    pub fn excess(&self) -> Option<String> {
        if self.depth > MAX_DEPTH {
            Some(format!("its elements are nested more than {MAX_DEPTH} deep, which no article is"))
        } else if self.comparisons > MAX_COMPARISONS {
            Some("a tag in it has thousands of attributes, which no article has".to_owned())
        } else if self.reopened > MAX_REOPENED {
            Some("hundreds of its elements, such as <font>, are never closed".to_owned())
        } else {
            None
        }
    }
}

const NO_END: [&str; 32] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "link", "meta", "optgroup", "option", "p", "param", "path", "rect", "rp", "rt",
    "source", "tbody", "tfoot", "thead", "track", "use", "wbr", "circle",
];

const SHAPES: [&str; 20] = [
    "path",
    "g",
    "rect",
    "circle",
    "line",
    "polyline",
    "polygon",
    "ellipse",
    "defs",
    "use",
    "symbol",
    "stop",
    "lineargradient",
    "radialgradient",
    "clippath",
    "mask",
    "filter",
    "text",
    "tspan",
    "image",
];

/// The formatting elements of the HTML standard, 13.2.4.3.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// How large a page is.
#[must_use]
pub fn extent(html: &str) -> Extent {
    let mut counter = Counter::default();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        counter.text(next);
        at += next + 1;
        at = counter.tag(html, at);
    }
    if counter.silent.is_none() {
        counter.extent.text += html.len() - at;
    }
    counter.extent
}

/// What is known while a page is looked through.
#[derive(Default)]
struct Counter<'a> {
    extent: Extent,
    depth: usize,
    /// The script or style sheet that is open. There are no tags in it, whatever its strings look like.
    silent: Option<&'a str>,
    /// How deep the drawing stands that is open. It ends all that was begun in it.
    drawing: Option<usize>,
    /// The formatting elements that are open, as they are written.
    formatting: Vec<&'a str>,
    /// Whether an element around some of them has ended.
    has_ended: bool,
    /// Whether the first tag was reached.
    has_begun: bool,
}

impl<'a> Counter<'a> {
    /// Text before a tag, of so many bytes. What is before the first one is not looked at.
    fn text(&mut self, bytes: usize) {
        if self.silent.is_none() && self.has_begun {
            self.extent.text += bytes;
        }
        self.has_begun = true;
    }

    /// A tag whose `<` is just before `at`. Returns the place behind it.
    fn tag(&mut self, html: &'a str, at: usize) -> usize {
        let rest = &html[at..];
        let (is_end, inner) = rest.strip_prefix('/').map_or((false, rest), |inner| (true, inner));
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = &inner[..length];
        if let Some(open) = self.silent {
            if !(is_end && name.eq_ignore_ascii_case(open)) {
                return at;
            }
            self.silent = None;
        }
        self.extent.tags += 1;
        let start = at + usize::from(is_end) + length;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // A comment, or no tag at all.
            return html[at..].find(['<', '>']).map_or(html.len(), |end| {
                at + end + usize::from(html.as_bytes()[at + end] == b'>')
            });
        }
        let (end, attributes) = attributes(html, start);
        self.extent.comparisons += attributes * attributes / 2;
        self.nest(name, is_end);
        self.format(&html[at..end], name, is_end);
        end
    }

    fn nest(&mut self, name: &'a str, is_end: bool) {
        // In a drawing a script is an element as others are.
        let is_drawn = self.drawing.is_some();
        if is_one_of(&["svg", "math"], name) {
            if is_end {
                self.depth = self.drawing.take().map_or(self.depth, |before| before + 1);
            } else {
                self.drawing = self.drawing.or(Some(self.depth));
            }
        } else if !is_end && !is_one_of(&SHAPES, name) {
            // Whatever is no shape may have ended the drawing.
            self.drawing = None;
        }
        if !is_end && !is_drawn && is_one_of(&["script", "style"], name) {
            self.silent = Some(name);
        }
        if is_one_of(&NO_END, name) {
            return;
        }
        self.depth = if is_end { self.depth.saturating_sub(1) } else { self.depth + 1 };
        self.extent.depth = self.extent.depth.max(self.depth);
    }

    /// What the list of active formatting elements of the HTML standard costs.
    fn format(&mut self, tag: &'a str, name: &str, is_end: bool) {
        let is_formatting = is_one_of(&FORMATTING, name);
        match (is_formatting, is_end) {
            (true, true) => self.close(name),
            (true, false) => {
                self.reopen();
                // A link ends the one before.
                if is_one_of(&["a", "nobr"], name) {
                    self.close(name);
                }
                // Three that are equal are kept (13.2.4.3, the Noah's Ark clause).
                let equal = self.formatting.iter().filter(|known| **known == tag).count();
                if equal < 3 {
                    self.formatting.push(tag);
                }
            }
            (false, true) => self.has_ended = true,
            (false, false) => self.reopen(),
        }
    }

    /// Takes the last element of this name off the list.
    fn close(&mut self, name: &str) {
        let is_named = |tag: &&str| {
            let own = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
            own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        if let Some(at) = self.formatting.iter().rposition(is_named) {
            self.formatting.remove(at);
        }
    }

    fn reopen(&mut self) {
        // Between elements that only ever open, all of them are open still.
        if self.has_ended {
            self.extent.reopened += self.formatting.len();
        }
    }
}

/// Where a tag ends, and how many attributes it has.
fn attributes(html: &str, mut at: usize) -> (usize, usize) {
    let bytes = html.as_bytes();
    let mut count = 0;
    loop {
        let is_gap = |b: &u8| b.is_ascii_whitespace() || *b == b'/';
        at += bytes[at..].iter().take_while(|b| is_gap(b)).count();
        match bytes.get(at) {
            None => return (html.len(), count),
            Some(b'>') => return (at + 1, count),
            Some(_) => {}
        }
        count += 1;
        // A sign of equality at the beginning is a part of the name.
        let is_name = |b: &u8| !is_gap(b) && !matches!(b, b'>' | b'=');
        at += 1 + bytes[at + 1..].iter().take_while(|b| is_name(b)).count();
        let blank = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        if bytes.get(at + blank) != Some(&b'=') {
            continue;
        }
        at += blank + 1;
        at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        at = if let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) {
            let end = memchr::memchr(quote, &bytes[at + 1..]);
            end.map_or(html.len(), |end| at + 1 + end + 1)
        } else {
            let is_value = |b: &u8| !b.is_ascii_whitespace() && *b != b'>';
            at + bytes[at..].iter().take_while(|b| is_value(b)).count()
        };
    }
}
