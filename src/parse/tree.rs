//! YAML and TOML read into one small tree in which every node knows its place.
//!
//! Plain YAML scalars stay text: whether `no` is a word or a truth value is for the field to say.
//!
//! Every node keeps its place, so that a message has its column, and stays text until a field asks for a
//! type: a date is not turned into a time stamp, and `no` is a language. serde would lose both, so the
//! event parser under serde-saphyr (`granit-parser`) is used directly.

use granit_parser::{Event, Parser, ScalarStyle};
use toml_edit::{Document, Item, TableLike, Value as TomlValue};

use crate::diagnostic::{self, Diagnostic};
use crate::model::printable;
use crate::source::{Source, Span};

/// Nesting beyond which a document is refused.
const MAX_DEPTH: usize = 16;
/// Nodes beyond which a document is refused.
const MAX_NODES: usize = 5_000;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Bytes of the source it was read from.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: empty, `~` or `null`.
    Null,
    /// A scalar as written; `quoted` when it can only be meant as text.
    Text {
        /// The words.
        text: String,
        /// Whether it stood in quotation marks.
        quoted: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// The node as plain data: scalars without quotation marks become numbers and truth values.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Text { text, quoted: true } => text.clone().into(),
            Value::Text { text, quoted: false } => match text.as_str() {
                "true" => true.into(),
                "false" => false.into(),
                _ => text
                    .parse::<i64>()
                    .map(Into::into)
                    .or_else(|_| text.parse::<f64>().map(Into::into))
                    .unwrap_or_else(|_| text.clone().into()),
            },
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                entries.iter().map(|e| (e.key.clone(), e.node.to_json())).collect()
            }
        }
    }
}

/// Reads a YAML mapping that stands at `offset` in `source`.
///
/// # Errors
/// Broken syntax, duplicate keys, anchors, and documents beyond the size limits.
pub fn yaml(source: &Source, offset: usize, text: &str) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    match yaml_document(source, offset, text)? {
        Some(Node { value: Value::Map(entries), .. }) => Ok(entries),
        None | Some(Node { value: Value::Null, .. }) => Ok(Vec::new()),
        Some(node) => Err(vec![diagnostic::expected(
            source,
            node.span,
            "front matter",
            "a list of `key: value` lines",
        )]),
    }
}

/// Reads a YAML document that stands at `offset` in `source`; none where it is empty.
///
/// # Errors
/// As [`yaml`].
pub fn yaml_document(
    source: &Source,
    offset: usize,
    text: &str,
) -> Result<Option<Node>, Vec<Diagnostic>> {
    let mut reader = Yaml {
        source,
        offset,
        parser: Parser::new_from_str(text),
        nodes: 0,
        diagnostics: Vec::new(),
    };
    match reader.document() {
        Ok(_) if !reader.diagnostics.is_empty() => Err(reader.diagnostics),
        Ok(root) => Ok(root),
        Err(stop) => {
            reader.diagnostics.push(*stop);
            Err(reader.diagnostics)
        }
    }
}

struct Yaml<'a> {
    source: &'a Source,
    offset: usize,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    nodes: usize,
    diagnostics: Vec<Diagnostic>,
}

type Stop = Box<Diagnostic>;

impl<'a> Yaml<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Stop> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok(Some((event, range.start + self.offset..range.end + self.offset)))
            }
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(0) + self.offset;
                Err(Box::new(diagnostic::syntax(self.source, at..at + 1, &error.info())))
            }
        }
    }

    fn document(&mut self) -> Result<Option<Node>, Stop> {
        let mut root = None;
        while let Some((event, span)) = self.next()? {
            match event {
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        Ok(root)
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            return Err(Box::new(diagnostic::too_large(self.source, span)));
        }
        if event.anchor_id().is_some() || event.is_alias() {
            return Err(Box::new(diagnostic::no_anchors(self.source, span)));
        }
        let start = span.start;
        match event {
            Event::Scalar(text, style, ..) => {
                let quoted = style != ScalarStyle::Plain;
                let value = if !quoted && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
                    Value::Null
                } else {
                    Value::Text { text: printable(&text).into_owned(), quoted }
                };
                Ok(Node { span, value })
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        None => return Ok(Node { span, value: Value::List(items) }),
                        Some((Event::SequenceEnd, end)) => {
                            let span = start..end.end.max(start);
                            return Ok(Node { span, value: Value::List(items) });
                        }
                        Some((event, span)) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => self.mapping(start, depth),
            _ => Ok(Node { span, value: Value::Null }),
        }
    }

    fn mapping(&mut self, start: usize, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = match self.next()? {
                None => return Ok(Node { span: start..start, value: Value::Map(entries) }),
                Some((Event::MappingEnd, end)) => {
                    let span = start..end.end.max(start);
                    return Ok(Node { span, value: Value::Map(entries) });
                }
                Some(found) => found,
            };
            let key = self.node(event, span, depth + 1)?;
            let name = match key.value {
                Value::Text { text, .. } => text,
                Value::Null => String::new(),
                Value::List(_) | Value::Map(_) => {
                    return Err(Box::new(diagnostic::expected(
                        self.source,
                        key.span,
                        "this key",
                        "a word",
                    )));
                }
            };
            if entries.iter().any(|entry| entry.key == name) {
                self.diagnostics.push(diagnostic::duplicate_key(
                    self.source,
                    key.span.clone(),
                    &name,
                ));
            }
            let Some((event, span)) = self.next()? else {
                return Ok(Node { span: start..start, value: Value::Map(entries) });
            };
            let node = self.node(event, span, depth + 1)?;
            entries.push(Entry { key: name, span: key.span, node });
        }
    }
}

/// Reads a TOML document that stands at `offset` in `source`.
///
/// # Errors
/// Broken syntax, duplicate keys, and documents nested too deeply.
pub fn toml(source: &Source, offset: usize, text: &str) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let document = Document::parse(text.to_owned()).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let span = span.start + offset..span.end + offset;
        vec![diagnostic::syntax(source, span, error.message())]
    })?;
    let whole = offset..offset + text.len();
    toml_table(document.as_table(), offset, 0)
        .ok_or_else(|| vec![diagnostic::too_large(source, whole)])
}

fn toml_table(table: &dyn TableLike, offset: usize, depth: usize) -> Option<Vec<Entry>> {
    if depth > MAX_DEPTH {
        return None;
    }
    table
        .iter()
        .map(|(key, item)| {
            let span = table.key(key).and_then(toml_edit::Key::span).unwrap_or(0..0);
            let node = toml_item(item, offset, depth + 1)?;
            Some(Entry { key: printable(key).into_owned(), span: shift(span, offset), node })
        })
        .collect()
}

fn toml_item(item: &Item, offset: usize, depth: usize) -> Option<Node> {
    let span = shift(item.span().unwrap_or(0..0), offset);
    let value = match item {
        Item::None => Value::Null,
        Item::Value(value) => return toml_value(value, offset, depth),
        Item::Table(table) => Value::Map(toml_table(table, offset, depth)?),
        Item::ArrayOfTables(tables) => Value::List(
            tables
                .iter()
                .map(|table| {
                    let entries = toml_table(table, offset, depth + 1)?;
                    let span = shift(table.span().unwrap_or(0..0), offset);
                    Some(Node { span, value: Value::Map(entries) })
                })
                .collect::<Option<_>>()?,
        ),
    };
    Some(Node { span, value })
}

fn toml_value(value: &TomlValue, offset: usize, depth: usize) -> Option<Node> {
    if depth > MAX_DEPTH {
        return None;
    }
    let plain = |text: String| Value::Text { text, quoted: false };
    let span = shift(value.span().unwrap_or(0..0), offset);
    let value = match value {
        TomlValue::String(text) => {
            Value::Text { text: printable(text.value()).into_owned(), quoted: true }
        }
        TomlValue::Integer(number) => plain(number.value().to_string()),
        TomlValue::Float(number) => plain(number.value().to_string()),
        TomlValue::Boolean(flag) => plain(flag.value().to_string()),
        TomlValue::Datetime(time) => plain(time.value().to_string()),
        TomlValue::Array(items) => Value::List(
            items.iter().map(|item| toml_value(item, offset, depth + 1)).collect::<Option<_>>()?,
        ),
        TomlValue::InlineTable(table) => Value::Map(toml_table(table, offset, depth)?),
    };
    Some(Node { span, value })
}

fn shift(span: Span, offset: usize) -> Span {
    span.start + offset..span.end + offset
}
