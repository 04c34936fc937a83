//! RSS 0.90 to 2.0, with the Dublin Core and content modules.

use url::Url;

use super::tree::Node;
use super::{Entry, Feed, plain};

/// Reads `<rss>` or `<rdf:RDF>`.
pub fn feed(root: &Node, base: Option<&Url>) -> Feed {
    let base = root.base(base);
    let empty = Node::default();
    let channel = root.one("channel").unwrap_or(&empty);
    let own = channel.one("link").and_then(Node::text).and_then(|link| Url::parse(&link).ok());
    let base = channel.base(base.or(own).as_ref());
    let title = channel.one("title").and_then(Node::html).and_then(|html| plain::line(&html));
    let around = Channel {
        base,
        lang: text(channel, &["language", "dc:language"])
            .or_else(|| root.attribute("xml:lang").map(str::to_owned)),
        publisher: text(channel, &["dc:publisher"]).and_then(|name| plain::line(&name)),
    };
    // In RSS 0.90 and 1.0 the items stand beside the channel.
    let items = channel.all("item").chain(root.all("item"));
    Feed { title, entries: items.map(|item| entry(item, &around)).collect() }
}

/// What holds for every item that says nothing else.
struct Channel {
    base: Option<Url>,
    lang: Option<String>,
    publisher: Option<String>,
}

/// The text of the first of the elements that has any.
fn text(node: &Node, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| node.all(name).find_map(Node::text))
}

fn entry(item: &Node, channel: &Channel) -> Entry {
    let base = item.base(channel.base.as_ref());
    let base = base.as_ref();
    let guid = item.one("guid");
    let about = item.attribute("rdf:about");
    let permalink = guid.filter(|guid| guid.attribute("isPermaLink") != Some("false"));
    let id = guid.and_then(Node::text).or_else(|| about.map(str::to_owned));
    let alternate = item
        .all("atom:link")
        .filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let link = item
        .all("link")
        .filter_map(Node::text)
        .chain(alternate.filter_map(|link| Some(link.attribute("href")?.to_owned())))
        .find_map(|link| plain::link(&link, base))
        // An id that is no address must not become one by joining it to the feed's.
        .or_else(|| plain::link(&permalink?.text()?, None))
        .or_else(|| plain::link(about?, None));
    let dates = ["pubDate", "dc:date", "dcterms:issued", "dcterms:date", "atom:published"];
    let published = dates.iter().find_map(|name| plain::day(&item.one(name)?.text()?));
    let mut authors = people(item, "dc:creator");
    if authors.is_empty() {
        authors = people(item, "author");
    }
    if authors.is_empty() {
        let named = item.all("atom:author").filter_map(|author| author.one("atom:name")?.text());
        authors = named.filter_map(|name| plain::name(&name)).collect();
    }
    let title = ["title", "dc:title", "atom:title"];
    let contents = ["content:encoded", "atom:content", "description", "atom:summary"];
    Entry {
        id: id.unwrap_or_default(),
        title: title.iter().find_map(|name| plain::line(&item.one(name)?.html()?)),
        link,
        published,
        authors,
        lang: text(item, &["dc:language"])
            .or_else(|| item.attribute("xml:lang").map(str::to_owned))
            .or_else(|| channel.lang.clone()),
        content_html: contents.iter().find_map(|name| item.one(name)?.html()),
        base: item.base(None).map(String::from),
        publisher: text(item, &["source", "dc:publisher"])
            .and_then(|name| plain::line(&name))
            .or_else(|| channel.publisher.clone()),
    }
}

fn people(item: &Node, name: &str) -> Vec<String> {
    item.all(name).filter_map(|author| plain::name(&author.text()?)).collect()
}
