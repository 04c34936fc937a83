//! Atom 1.0 (RFC 4287), and 0.3 where it differs.

use url::Url;

use super::tree::Node;
use super::{Entry, Feed, plain};

/// Reads `<feed>`, or `<entry>` alone.
pub fn feed(root: &Node, base: Option<&Url>) -> Feed {
    if is(root, "entry") {
        let around = FeedDefaults { base: base.cloned(), ..FeedDefaults::default() };
        return Feed { title: None, entries: vec![entry(root, &around)] };
    }
    let base = root.base(base);
    let own = root
        .nodes()
        .filter(|node| is(node, "link"))
        .filter_map(|link| Url::parse(link.attribute("href")?).ok())
        .find(|url| matches!(url.scheme(), "http" | "https"));
    let title = one(root, "title").and_then(line);
    let mut authors = people(root);
    // Many feeds give their own name as that of the author.
    authors.retain(|author| Some(author) != title.as_ref());
    let around = FeedDefaults {
        base: base.or(own),
        has_base: root.attribute("xml:base").is_some(),
        lang: root.attribute("xml:lang").map(str::to_owned),
        authors,
    };
    let entries = root.nodes().filter(|node| is(node, "entry"));
    Feed { title, entries: entries.map(|node| entry(node, &around)).collect() }
}

/// What holds for every entry that says nothing else.
#[derive(Default)]
struct FeedDefaults {
    base: Option<Url>,
    /// Whether the feed says so itself.
    has_base: bool,
    lang: Option<String>,
    authors: Vec<String>,
}

/// Some feeds forget the namespace.
fn is(node: &Node, name: &str) -> bool {
    node.name.strip_prefix("atom:").unwrap_or(&node.name) == name
}

fn one<'a>(node: &'a Node, name: &'a str) -> Option<&'a Node> {
    node.nodes().find(|inner| is(inner, name))
}

fn entry(node: &Node, around: &FeedDefaults) -> Entry {
    let base = node.base(around.base.as_ref());
    let source = one(node, "source");
    let mut authors = people(node);
    if authors.is_empty() {
        authors = source.map(people).unwrap_or_default();
    }
    if authors.is_empty() {
        authors.clone_from(&around.authors);
    }
    let content = one(node, "content");
    let has_base = |node: &Node| node.attribute("xml:base").is_some();
    let is_told = around.has_base || has_base(node) || content.is_some_and(has_base);
    let published = ["published", "issued", "pubDate", "dc:date"];
    let lang = [one(node, "title"), content, Some(node)]
        .into_iter()
        .find_map(|node| node?.attribute("xml:lang"))
        .map(str::to_owned);
    Entry {
        id: one(node, "id").and_then(Node::text).unwrap_or_default(),
        title: one(node, "title").and_then(line),
        link: link(node, base.as_ref()),
        published: published.iter().find_map(|name| plain::day(&one(node, name)?.text()?)),
        authors,
        lang: lang.or_else(|| around.lang.clone()),
        content_html: content.and_then(html).or_else(|| one(node, "summary").and_then(html)),
        base: is_told
            .then(|| content.map_or(base.clone(), |node| node.base(base.as_ref())))
            .flatten()
            .map(String::from),
        publisher: source.and_then(|source| line(one(source, "title")?)),
    }
}

/// The page of an entry; of several the one in HTML.
fn link(node: &Node, base: Option<&Url>) -> Option<String> {
    let alternates: Vec<&Node> = node
        .nodes()
        .filter(|link| is(link, "link"))
        .filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"))
        .collect();
    let web = |link: &&&Node| link.attribute("type").is_none_or(|kind| kind.contains("html"));
    let mut ordered = alternates.iter().filter(web).chain(&alternates);
    let page =
        ordered.find_map(|link| plain::link(link.attribute("href")?, link.base(base).as_ref()));
    // The id is often the address; where it is, it is whole.
    page.or_else(|| plain::link(&one(node, "id")?.text()?, None))
}

fn people(node: &Node) -> Vec<String> {
    node.nodes()
        .filter(|author| is(author, "author"))
        .filter_map(|author| one(author, "name")?.text())
        .chain(node.all("dc:creator").filter_map(Node::text))
        .filter_map(|name| plain::name(&name))
        .collect()
}

/// A text construct in one line.
fn line(node: &Node) -> Option<String> {
    match node.attribute("type") {
        // Elements inside are the feed's mistake, and no words.
        None | Some("text" | "text/plain") if node.nodes().next().is_none() => {
            plain::text_line(&node.text()?)
        }
        _ => plain::line(&node.html()?),
    }
}

/// A text construct, or content, as HTML.
fn html(node: &Node) -> Option<String> {
    match node.attribute("type") {
        None | Some("text" | "text/plain") if node.nodes().next().is_none() => {
            // HTML that forgets to say so is more frequent than text about tags.
            let text = node.text()?;
            if text.contains("</") || text.contains("/>") {
                Some(text)
            } else {
                plain::paragraphs(&text)
            }
        }
        None | Some("text" | "html" | "xhtml" | "text/html" | "application/xhtml+xml") => {
            // One `div` around everything is part of the format (RFC 4287, 3.1.1.3).
            let mut inner = node.nodes();
            match (inner.next(), inner.next()) {
                (Some(div), None) if div.name == "div" => div.html(),
                _ => node.html(),
            }
        }
        // Pictures, other XML.
        Some(_) => None,
    }
}
