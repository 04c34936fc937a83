//! Front matter as an earlier run read it, so that its syntax need not be read again. Only places are
//! kept: the words stand in the file.

use serde::{Deserialize, Serialize};

use super::front_matter::Split;
use super::tree::{Entry, Node, Value};
use crate::source::{Source, Span};

#[derive(Serialize, Deserialize)]
struct Kept {
    entries: Vec<(KeptWord, KeptNode)>,
    body: usize,
}

#[derive(Serialize, Deserialize)]
struct KeptNode {
    start: usize,
    length: usize,
    value: KeptValue,
}

#[derive(Serialize, Deserialize)]
enum KeptValue {
    Null,
    Text { words: Words, quoted: bool },
    List(Vec<KeptNode>),
    Map(Vec<(KeptWord, KeptNode)>),
}

/// A key.
#[derive(Serialize, Deserialize)]
struct KeptWord {
    start: usize,
    length: usize,
    words: Words,
}

/// Where the words of a node are.
#[derive(Serialize, Deserialize)]
enum Words {
    /// In its place.
    There,
    /// There, between quotation marks.
    Inside,
    /// Nowhere just so, because something in them is escaped or folded.
    Own(String),
}

/// What is to be kept of a file's front matter.
#[must_use]
pub fn pack(split: &Split, source: &Source) -> Vec<u8> {
    let text = &*source.text;
    let kept = Kept { entries: pack_entries(&split.entries, text), body: split.body };
    postcard::to_allocvec(&kept).expect("it is plain data")
}

/// The front matter of the same text; none where what was kept is not of it.
#[must_use]
pub fn unpack(bytes: &[u8], source: &Source) -> Option<Split> {
    let text = &*source.text;
    let kept: Kept = postcard::from_bytes(bytes).ok()?;
    text.get(kept.body..)?;
    Some(Split { entries: unpack_entries(kept.entries, text)?, body: kept.body })
}

fn pack_entries(entries: &[Entry], text: &str) -> Vec<(KeptWord, KeptNode)> {
    let pack = |entry: &Entry| {
        let (start, length) = place(&entry.span);
        let words = Words::of(&entry.key, &entry.span, text);
        (KeptWord { start, length, words }, pack_node(&entry.node, text))
    };
    entries.iter().map(pack).collect()
}

fn pack_node(node: &Node, text: &str) -> KeptNode {
    let value = match &node.value {
        Value::Null => KeptValue::Null,
        Value::Text { text: words, quoted } => {
            KeptValue::Text { words: Words::of(words, &node.span, text), quoted: *quoted }
        }
        Value::List(items) => {
            KeptValue::List(items.iter().map(|item| pack_node(item, text)).collect())
        }
        Value::Map(entries) => KeptValue::Map(pack_entries(entries, text)),
    };
    let (start, length) = place(&node.span);
    KeptNode { start, length, value }
}

fn unpack_entries(kept: Vec<(KeptWord, KeptNode)>, text: &str) -> Option<Vec<Entry>> {
    let unpack = |(key, node): (KeptWord, KeptNode)| {
        let span = key.start..key.start + key.length;
        Some(Entry { key: key.words.read(&span, text)?, span, node: unpack_node(node, text)? })
    };
    kept.into_iter().map(unpack).collect()
}

fn unpack_node(kept: KeptNode, text: &str) -> Option<Node> {
    let span = kept.start..kept.start + kept.length;
    let value = match kept.value {
        KeptValue::Null => Value::Null,
        KeptValue::Text { words, quoted } => Value::Text { text: words.read(&span, text)?, quoted },
        KeptValue::List(items) => {
            let items = items.into_iter().map(|item| unpack_node(item, text));
            Value::List(items.collect::<Option<_>>()?)
        }
        KeptValue::Map(entries) => Value::Map(unpack_entries(entries, text)?),
    };
    Some(Node { span, value })
}

fn place(span: &Span) -> (usize, usize) {
    (span.start, span.len())
}

impl Words {
    fn of(words: &str, span: &Span, text: &str) -> Self {
        if text.get(span.clone()) == Some(words) {
            Self::There
        } else if between(span, text) == Some(words) {
            Self::Inside
        } else {
            Self::Own(words.to_owned())
        }
    }

    fn read(self, span: &Span, text: &str) -> Option<String> {
        match self {
            Self::There => text.get(span.clone()).map(str::to_owned),
            Self::Inside => between(span, text).map(str::to_owned),
            Self::Own(words) => Some(words),
        }
    }
}

/// What stands in a place but for its first and its last byte.
fn between<'a>(span: &Span, text: &'a str) -> Option<&'a str> {
    text.get(span.start + 1..span.end.checked_sub(1)?)
}
