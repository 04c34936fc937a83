//! Posts put together of parts, and the files that they lie in.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::parts::{DENSE, PLAIN, TYPES};
use super::scripts::{SCRIPTS, Script};

/// How many posts a site has: each title of each script once.
pub const POSTS: usize = 60;

/// A value of front matter.
#[derive(Clone)]
pub enum Value {
    /// A text, quoted where it must be.
    Text(String),
    /// What is written as it is: days, numbers, truth values.
    Raw(String),
    /// Several texts.
    List(Vec<String>),
}

/// How front matter is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    Yaml,
    Toml,
    Json,
    /// `Title: …`, as Pelican has it.
    Lines,
    /// The same between dashes.
    FencedLines,
}

/// What is odd about a post; the rest has nothing odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    ByteOrderMark,
    CarriageReturns,
    Blanks,
    SingleQuotes,
    Colon,
    NumericTitle,
    Zone,
    NoZone,
    NoDate,
    NoLastBreak,
    NoText,
    Emoji,
}

use Oddity::*;

const ODDITIES: [Oddity; 12] = [
    ByteOrderMark,
    CarriageReturns,
    Blanks,
    SingleQuotes,
    Colon,
    NumericTitle,
    Zone,
    NoZone,
    NoDate,
    NoLastBreak,
    NoText,
    Emoji,
];

/// A piece of a text, and Markdown that reads as it must read on our site.
#[derive(Clone)]
pub struct Part {
    pub source: String,
    pub look: String,
}

impl Part {
    pub fn new(source: impl Into<String>, look: impl Into<String>) -> Self {
        Self { source: source.into(), look: look.into() }
    }

    /// A piece that reads as it is written.
    pub fn same(source: impl Into<String>) -> Self {
        let source = source.into();
        Self { look: source.clone(), source }
    }
}

/// A post of a site that is being put together.
pub struct Post {
    pub number: usize,
    pub script: &'static Script,
    pub oddity: Oddity,
    /// Its path in the site.
    pub file: String,
    /// What it is called, without what it is known by.
    pub title: String,
    pub fields: Vec<(&'static str, Value)>,
    pub parts: Vec<Part>,
    /// The text behind links to it, and the pictures that it shows, by what they are told apart by.
    pub links: Vec<usize>,
    pub pictures: Vec<String>,
    pub is_draft: bool,
}

impl Post {
    /// A post without a title or any words as yet.
    pub fn new(number: usize, oddity: Oddity) -> Self {
        Self {
            number,
            script: &SCRIPTS[number % SCRIPTS.len()],
            oddity,
            file: String::new(),
            title: String::new(),
            fields: Vec::new(),
            parts: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            is_draft: false,
        }
    }

    /// A word that only this post has.
    pub fn mark(&self) -> String {
        format!("m{:02}q", self.number)
    }

    /// The day that it is from.
    pub fn day(&self) -> String {
        format!(
            "20{:02}-{:02}-{:02}",
            10 + self.number % 9,
            1 + self.number % 12,
            1 + self.number % 28
        )
    }

    pub fn field(&mut self, key: &'static str, value: Value) {
        self.fields.push((key, value));
    }

    pub fn text(&mut self, key: &'static str, value: impl Into<String>) {
        self.field(key, Value::Text(value.into()));
    }

    pub fn raw(&mut self, key: &'static str, value: impl Into<String>) {
        self.field(key, Value::Raw(value.into()));
    }

    pub fn list(&mut self, key: &'static str, value: &[&str]) {
        self.field(key, Value::List(value.iter().map(|&one| one.to_owned()).collect()));
    }

    /// A name for its file: its title, or something plainer, as people have it.
    pub fn name(&self) -> String {
        match self.number % 4 {
            0 => self.title.chars().filter(|c| !"?:\"/*<>|".contains(*c)).collect(),
            1 => format!("Post-{:02}", self.number),
            2 => format!("post_{:02}", self.number),
            _ => self.title.to_lowercase().replace([' ', '?', ':', '/', '"'], "-"),
        }
    }

    /// Its text, and Markdown that reads as it must.
    fn texts(&self) -> (String, String) {
        if self.oddity == NoText {
            return Default::default();
        }
        let mark = Part::same(format!("Known by {}.", self.mark()));
        let parts: Vec<&Part> = self.parts.iter().chain([&mark]).collect();
        let join = |of: fn(&Part) -> &str| {
            parts.iter().map(|part| of(part)).collect::<Vec<_>>().join("\n\n")
        };
        (join(|part| &part.source), join(|part| &part.look))
    }

    /// Markdown that reads as it must read on our site.
    pub fn look(&self) -> String {
        self.texts().1
    }

    /// The whole file.
    pub fn written(&self, notation: Notation) -> String {
        let front = front(&self.fields, notation, self.oddity);
        let body = self.texts().0;
        let (gap, end) = match self.oddity {
            NoLastBreak | NoText => ("", ""),
            Blanks => ("\n\n\n", "\n\n\n"),
            _ => ("\n", "\n"),
        };
        // Lines above a text end where a blank one stands.
        let gap = if notation == Notation::Lines { "\n" } else { gap };
        let text = format!("{front}{gap}{body}{end}");
        match self.oddity {
            ByteOrderMark => format!("\u{feff}{text}"),
            CarriageReturns => text.replace('\n', "\r\n"),
            _ => text,
        }
    }
}

/// The posts of a site with titles and dates, which lie nowhere yet.
pub fn posts(fast: &mut fastrand::Rng) -> Vec<Post> {
    let post = |number: usize| {
        let oddity = ODDITIES[number % ODDITIES.len()];
        let mut post = Post::new(number, oddity);
        let script = post.script;
        script.titles[number / SCRIPTS.len()].clone_into(&mut post.title);
        let (title, mark) = (&post.title, post.mark());
        let title = match oddity {
            Colon => format!("{title}: a \"view\" # {mark}"),
            SingleQuotes => format!("It's {title} {mark}"),
            Emoji => format!("🎉 {title} {mark}"),
            NumericTitle => format!("20{number:02}"),
            _ => format!("{title} {mark}"),
        };
        if oddity == NumericTitle {
            post.raw("title", title);
        } else {
            post.text("title", title);
        }
        let day = post.day();
        match oddity {
            NoDate => {}
            Zone => post.raw("date", format!("{day}T23:30:00-08:00")),
            NoZone => post.raw("date", format!("{day}T08:05:09Z")),
            _ => post.raw("date", day),
        }
        let tags = script.tags;
        if !number.is_multiple_of(3) {
            post.list("tags", &tags[..number % 3]);
        }
        let words = script.words;
        post.parts.push(Part::same(if oddity == NoLastBreak {
            format!("“{words}”")
        } else {
            words.to_owned()
        }));
        post
    };
    let mut posts: Vec<Post> = (0..POSTS).map(post).collect();
    // Each piece is in several posts, and beside many others.
    for post in &mut posts {
        let mut pieces: Vec<&str> = PLAIN.to_vec();
        fast.shuffle(&mut pieces);
        post.parts.extend(pieces.into_iter().take(5).map(Part::same));
        if post.number % 5 == 4 {
            post.parts.push(Part::new(TYPES.0, TYPES.1));
        }
        if matches!(post.script.lang, "zh" | "ja") {
            let (source, look) = DENSE[fast.usize(..DENSE.len())];
            post.parts.push(Part::new(source, look));
        }
    }
    posts
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

fn front(fields: &[(&str, Value)], notation: Notation, oddity: Oddity) -> String {
    match notation {
        Notation::Yaml => format!("---\n{}---\n", yaml(fields, oddity)),
        Notation::Toml => format!("+++\n{}+++\n", toml(fields)),
        Notation::Lines => lines(fields),
        Notation::FencedLines => format!("---\n{}---\n", lines(fields)),
        Notation::Json => {
            let value = |value: &Value| match value {
                Value::Text(text) => text.clone().into(),
                Value::Raw(raw) => serde_json::from_str(raw).unwrap_or_else(|_| raw.clone().into()),
                Value::List(all) => all.clone().into(),
            };
            let all: serde_json::Map<String, serde_json::Value> =
                fields.iter().map(|(key, one)| ((*key).to_owned(), value(one))).collect();
            format!("{}\n", serde_json::to_string_pretty(&all).expect("JSON"))
        }
    }
}

fn yaml(fields: &[(&str, Value)], oddity: Oddity) -> String {
    let mut out = String::new();
    for (key, value) in fields {
        let _ = match value {
            Value::Text(text) if oddity == SingleQuotes => {
                writeln!(out, "{key}: '{}'", text.replace('\'', "''"))
            }
            Value::Text(text) if oddity == Blanks => writeln!(out, "{key}:   {}  ", quoted(text)),
            Value::Text(text)
                if text.contains([':', '#', '"', '%', '@'])
                    || text.starts_with(['「', '[', '/']) =>
            {
                writeln!(out, "{key}: {}", quoted(text))
            }
            Value::Text(text) => writeln!(out, "{key}: {text}"),
            Value::Raw(raw) => writeln!(out, "{key}: {raw}"),
            Value::List(all) if oddity == Blanks => {
                let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
                writeln!(out, "{key}: [ {} ]", all.join(" , "))
            }
            Value::List(all) => {
                let _ = writeln!(out, "{key}:");
                all.iter().try_for_each(|one| writeln!(out, "  - {}", quoted(one)))
            }
        };
    }
    out
}

fn toml(fields: &[(&str, Value)]) -> String {
    let mut out = String::new();
    // A group goes on until the next one begins, so that plain keys come first.
    let (groups, plain): (Vec<_>, Vec<_>) = fields.iter().partition(|(key, _)| key.contains('.'));
    for (key, value) in plain.into_iter().chain(groups) {
        let (group, key) = key.split_once('.').unwrap_or(("", key));
        if !group.is_empty() && !out.contains(&format!("[{group}]\n")) {
            let _ = writeln!(out, "[{group}]");
        }
        let _ = match value {
            Value::Text(text) => writeln!(out, "{key} = {}", quoted(text)),
            // A title that is a number is a text in TOML.
            Value::Raw(raw) if key == "title" => writeln!(out, "{key} = \"{raw}\""),
            Value::Raw(raw) => writeln!(out, "{key} = {raw}"),
            Value::List(all) => {
                let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
                writeln!(out, "{key} = [{}]", all.join(", "))
            }
        };
    }
    out
}

fn lines(fields: &[(&str, Value)]) -> String {
    let mut out = String::new();
    for (key, value) in fields {
        let value = match value {
            Value::Text(text) | Value::Raw(text) => text.clone(),
            Value::List(all) => all.join(", "),
        };
        let mut letters = key.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        let _ = writeln!(out, "{}{}: {value}", first.unwrap_or_default(), letters.as_str());
    }
    out
}

/// A site of another program.
pub struct Blog {
    pub files: BTreeMap<String, Vec<u8>>,
    pub posts: Vec<Post>,
    pub notation: Notation,
    /// The one of its files that has all posts, where they are no files of their own.
    pub export: Option<&'static str>,
}

impl Blog {
    pub fn new(notation: Notation, posts: Vec<Post>) -> Self {
        Self { files: BTreeMap::new(), posts, notation, export: None }
    }

    pub fn add(&mut self, name: &str, text: &str) {
        self.files.insert(name.to_owned(), text.as_bytes().to_vec());
    }

    /// The head of a GIF file of one pixel, and something to tell it by.
    pub fn picture(&mut self, name: &str, label: &str) {
        self.add(name, &format!("GIF89a\u{1}\0\u{1}\0{label}"));
    }
}
