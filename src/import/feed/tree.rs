//! XML as a tree with the few namespaces that matter to feeds; no entity of a document's own is
//! ever expanded.

use std::fmt::Write;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use url::Url;

use crate::model::escape;

/// Elements deeper than this are taken for parts of the one they are in.
const DEPTH: usize = 200;

/// More elements than any feed has that is short enough to be fetched.
const ELEMENTS: usize = 1_000_000;

/// Said of HTML.
pub const WEB_PAGE: &str = "this is a web page, not a feed; give the address of the feed, which \
                            the page names as `<link rel=\"alternate\">`, or import the page \
                            itself";

/// An element.
#[derive(Debug, Default)]
pub struct Node {
    /// `title`, or with a prefix from [`prefix`], `dc:date`.
    pub name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Node(Node),
    Text(String),
}

/// The prefix that stands for a namespace here, whatever the document calls it.
fn prefix(namespace: &str) -> Option<&'static str> {
    let bare = namespace.trim().trim_end_matches(['/', '#']);
    // Its version is a part of it.
    if let Some((_, export)) = bare.split_once("://wordpress.org/export/") {
        return Some(if export.ends_with("/excerpt") { "excerpt" } else { "wp" });
    }
    Some(match bare {
        "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns" => "atom",
        "http://purl.org/dc/elements/1.1" => "dc",
        "http://purl.org/dc/terms" => "dcterms",
        "http://purl.org/rss/1.0/modules/content" => "content",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns" => "rdf",
        "http://www.w3.org/1999/xhtml"
        | "http://purl.org/rss/1.0"
        | "http://my.netscape.com/rdf/simple/0.9"
        | "http://backend.userland.com/rss2" => "",
        _ => return None,
    })
}

/// Why XML cannot be read any further.
#[derive(Debug)]
pub struct Fault {
    /// Where, in bytes.
    pub at: usize,
    /// What is wrong.
    pub why: String,
}

/// Reads a document.
pub fn root(text: &str) -> Result<Node, String> {
    let mut count = 0;
    let begun = |name: &str| {
        count += 1;
        if count == 1 && name.eq_ignore_ascii_case("html") {
            return Err(WEB_PAGE.to_owned());
        }
        if count > ELEMENTS {
            return Err(format!("this has more than {ELEMENTS} elements, which no feed has"));
        }
        Ok(())
    };
    let root = read(text, begun, Some).map_err(|stop| match stop {
        Stop::Refused(why) => why,
        Stop::Broken(Fault { at, why }) => broken(text, at, &why),
    })?;
    root.ok_or_else(|| {
        "this is no feed: it is neither XML nor JSON; look whether the address is right".to_owned()
    })
}

/// Reads a document part by part, since the whole may be larger than memory: each element is given to
/// `ended` when it ends, and stays in the one around it as far as that gives it back.
///
/// # Errors
/// The XML is broken; what ended before has been given.
pub fn parts(text: &str, ended: impl FnMut(Node) -> Option<Node>) -> Result<Option<Node>, Fault> {
    read(text, |_| Ok(()), ended).map_err(|stop| match stop {
        Stop::Broken(fault) => fault,
        Stop::Refused(why) => Fault { at: 0, why },
    })
}

enum Stop {
    Broken(Fault),
    Refused(String),
}

fn read(
    text: &str,
    mut begun: impl FnMut(&str) -> Result<(), String>,
    mut ended: impl FnMut(Node) -> Option<Node>,
) -> Result<Option<Node>, Stop> {
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    // `AT&T`, as many feeds write it.
    config.allow_dangling_amp = true;
    let mut open = vec![Node::default()];
    let mut deeper = 0_usize;
    loop {
        let event = match reader.read_resolved_event() {
            Ok((namespace, Event::Start(start))) => {
                let node = Node::new(&namespace, &start);
                begun(&node.name).map_err(Stop::Refused)?;
                if open.len() > DEPTH {
                    deeper += 1;
                } else {
                    open.push(node);
                }
                continue;
            }
            Ok((_, event)) => event,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Err(Stop::Broken(Fault { at, why: error.to_string() }));
            }
        };
        match event {
            Event::End(_) if deeper > 0 => deeper -= 1,
            Event::End(_) => {
                // The reader has checked that every end has its start.
                if open.len() > 1
                    && let Some(node) = open.pop()
                    && let Some(node) = ended(node)
                    && let Some(parent) = open.last_mut()
                {
                    parent.children.push(Child::Node(node));
                }
            }
            Event::Text(words) => push_text(&mut open, &words),
            Event::CData(words) => push_text(&mut open, &words),
            Event::GeneralRef(reference) => {
                let name = reference.into_inner();
                push_text(&mut open, &entity(&name).unwrap_or_else(|| format!("&{name};")));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if open.len() > 1 {
        let name = open.pop().unwrap_or_default().name;
        let why = format!("it ends inside <{name}>");
        return Err(Stop::Broken(Fault { at: text.len(), why }));
    }
    let top = open.pop().unwrap_or_default();
    Ok(top.children.into_iter().find_map(|child| match child {
        Child::Node(node) => Some(node),
        Child::Text(_) => None,
    }))
}

fn push_text(open: &mut [Node], words: &str) {
    let Some(node) = open.last_mut() else { return };
    if let Some(Child::Text(text)) = node.children.last_mut() {
        text.push_str(words);
    } else if !words.is_empty() {
        node.children.push(Child::Text(words.to_owned()));
    }
}

fn broken(text: &str, at: usize, why: &str) -> String {
    let line = text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
    format!(
        "this feed is broken at line {line}: {why}; tell its publisher, or give the addresses of \
         the articles one by one"
    )
}

/// What a character reference or a named entity of HTML stands for.
pub fn entity(name: &str) -> Option<String> {
    let Some(code) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(code).filter(|&c| c != '\0').map(String::from)
}

impl Node {
    fn new(namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> Self {
        let (local, full) = (start.local_name(), start.name());
        let local = local.as_ref();
        let name = match namespace {
            ResolveResult::Bound(Namespace(namespace)) => match prefix(namespace) {
                Some("") => local.to_owned(),
                Some(prefix) => format!("{prefix}:{local}"),
                // Unknown as it is, the namespace of the whole document cannot be an extension.
                None if full.prefix().is_none() => local.to_owned(),
                None => format!("other:{local}"),
            },
            // Prefixes that were never declared mean what they mean everywhere.
            ResolveResult::Unbound | ResolveResult::Unknown(_) => full.as_ref().to_owned(),
        };
        let mut written = start.attributes();
        let attributes = written.with_checks(false).filter_map(Result::ok).map(|attribute| {
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity)
                .unwrap_or_else(|_| attribute.value.clone());
            (attribute.key.as_ref().to_owned(), value.into_owned())
        });
        Self { name, attributes: attributes.collect(), children: Vec::new() }
    }

    /// The value of an attribute, by its name as written.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements inside.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The elements inside that have this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.nodes().filter(move |node| node.name == name)
    }

    /// The first element of a name.
    pub fn one<'a>(&'a self, name: &'a str) -> Option<&'a Node> {
        self.all(name).next()
    }

    /// The words inside, also of the elements inside, trimmed; `None` where there are none.
    pub fn text(&self) -> Option<String> {
        let mut out = String::new();
        self.push_words(&mut out);
        let words = out.trim();
        (!words.is_empty()).then(|| words.to_owned())
    }

    fn push_words(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Node(node) => node.push_words(out),
            }
        }
    }

    /// What is inside as HTML: escaped text unescaped, or the elements written out.
    pub fn html(&self) -> Option<String> {
        if self.nodes().next().is_none() {
            return self.text();
        }
        let mut out = String::new();
        self.push_html(&mut out);
        let html = out.trim();
        (!html.is_empty()).then(|| html.to_owned())
    }

    fn push_html(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(&escape(text)),
                Child::Node(node) => {
                    let name = node.name.rsplit(':').next().unwrap_or("");
                    out.push('<');
                    out.push_str(name);
                    for (key, value) in &node.attributes {
                        if !key.starts_with("xmlns") {
                            // Writing into a string cannot fail.
                            let _ = write!(out, " {key}=\"{}\"", escape(value));
                        }
                    }
                    out.push('>');
                    node.push_html(out);
                    if !VOID.contains(&name) {
                        let _ = write!(out, "</{name}>");
                    }
                }
            }
        }
    }

    /// The base for links inside: `xml:base` of this element, or that of the one around it.
    pub fn base(&self, around: Option<&Url>) -> Option<Url> {
        let own = self.attribute("xml:base").and_then(|base| match around {
            Some(around) => around.join(base).ok(),
            None => Url::parse(base).ok(),
        });
        own.or_else(|| around.cloned())
    }
}

/// Elements of HTML that have no end.
const VOID: [&str; 8] = ["area", "br", "col", "embed", "hr", "img", "source", "wbr"];
