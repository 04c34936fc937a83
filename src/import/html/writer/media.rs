//! Pictures and players.

use dom_query::NodeRef;

use super::super::phrases::clean;
use super::escape::destination;
use super::{Pictures, Writer};

impl Writer<'_> {
    /// A picture with its caption, or what else is in the figure.
    pub(super) fn figure(&self, node: &NodeRef<'_>, out: &mut Vec<String>) {
        let captions = node.descendants_it().filter(|inner| inner.has_name("figcaption"));
        let said: Vec<String> = captions.map(|node| clean(&node.text())).collect();
        let said = said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let holds = |name: &str| node.descendants_it().any(|inner| inner.has_name(name));
        if ["table", "pre", "blockquote"].iter().any(|name| holds(name)) {
            out.extend(self.blocks(node));
            return;
        }
        // An author's own figure keeps all that is in it.
        if self.pictures == Pictures::All && !is_picture(node, &said) {
            out.extend(self.blocks(node));
            return;
        }
        let mut pictures = node.descendants_it().filter(|inner| inner.has_name("img"));
        let picture = pictures.find_map(|picture| Some((self.source(&picture)?, picture)));
        match picture {
            Some((source, picture)) if !said.is_empty() || self.pictures == Pictures::All => {
                out.push(image(&source, &picture, &said));
            }
            _ => out.extend(self.media(node)),
        }
    }

    /// Links to what a page plays and we do not.
    pub(super) fn media(&self, node: &NodeRef<'_>) -> Option<String> {
        let names = ["video", "audio", "iframe", "embed"];
        let mut all = node.descendants_it().filter(|inner| names.iter().any(|n| inner.has_name(n)));
        all.find_map(|player| self.player(&player))
    }

    pub(super) fn player(&self, node: &NodeRef<'_>) -> Option<String> {
        let own = node.attr("src").or_else(|| node.attr("data-src"));
        let inner = || {
            let mut sources = node.descendants_it().filter(|inner| inner.has_name("source"));
            sources.find_map(|source| source.attr("src"))
        };
        let address = self.address(&own.or_else(inner)?)?;
        let is_frame = node.has_name("iframe") || node.has_name("embed");
        // Frames are adverts and counters, but for players that everybody knows.
        let known =
            ["youtube", "vimeo", "dailymotion", "soundcloud", "spotify", "bilibili", "rutube"];
        let is_known = known.iter().any(|name| address.contains(name));
        (!is_frame || is_known && self.pictures == Pictures::All).then(|| format!("<{address}>"))
    }

    /// The address of a picture.
    pub(super) fn source(&self, picture: &NodeRef<'_>) -> Option<String> {
        self.address(&picture_source(picture)?)
    }
}

/// The address of a picture: the real one where what is shown first is a placeholder, the largest of
/// several.
pub(in crate::import) fn picture_source(picture: &NodeRef<'_>) -> Option<String> {
    const LAZY: [&str; 8] = [
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-lazy",
        "data-full-src",
        "data-hi-res-src",
        "data-image",
        "data-url",
    ];
    let is_address = |text: &String| !text.starts_with("data:") && !text.trim().is_empty();
    let mut lazy = LAZY.iter().filter_map(|key| picture.attr(key)).map(|text| text.to_string());
    let sets = ["data-srcset", "data-lazy-srcset", "srcset"];
    let set = |node: &NodeRef<'_>| {
        sets.iter().find_map(|key| largest(&node.attr(key)?)).filter(is_address)
    };
    let around = || {
        let parent = picture.parent().filter(|parent| parent.has_name("picture"))?;
        parent.children_it(false).filter(|node| node.has_name("source")).find_map(|node| set(&node))
    };
    let own = picture.attr("src").map(|text| text.to_string()).filter(is_address);
    lazy.find(is_address).or_else(|| set(picture)).or(own).or_else(around)
}

/// The largest picture of a set: `a.jpg 1x, b.jpg 2x`.
fn largest(set: &str) -> Option<String> {
    let parts = set.split(", ").flat_map(|part| part.split(",\n"));
    let sized = parts.filter_map(|part| {
        let mut words = part.split_whitespace();
        let address = words.next()?.trim_end_matches(',');
        let size = words.next().unwrap_or("1x").trim_end_matches(['w', 'x', 'h']);
        Some((size.parse::<f64>().unwrap_or(1.0), address.to_owned()))
    });
    sized.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, address)| address)
}

/// A picture with its caption.
pub(super) fn image(source: &str, picture: &NodeRef<'_>, caption: &str) -> String {
    let alt = picture.attr("alt").map(|alt| clean(&alt)).unwrap_or_default();
    let alt = alt.replace('[', "\\[").replace(']', "\\]");
    let place = destination(source);
    if caption.is_empty() {
        return format!("![{alt}]({place})");
    }
    format!("![{alt}]({place} \"{}\")", caption.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a figure is one picture and plain words below it.
pub(super) fn is_picture(node: &NodeRef<'_>, said: &str) -> bool {
    let mut inner = node.descendants_it();
    let pictures = inner.by_ref().filter(|inner| inner.has_name("img")).count();
    let is_linked = node.descendants_it().any(|inner| {
        inner.has_name("a") && inner.ancestors_it(None).any(|up| up.has_name("figcaption"))
            || link_around(&inner).is_some()
    });
    pictures == 1 && !is_linked && clean(&node.text()).len() <= said.len()
}

/// Where the link around a picture leads, unless to the picture itself in another size.
pub(super) fn link_around(node: &NodeRef<'_>) -> Option<String> {
    if !node.has_name("a") {
        return None;
    }
    let address = node.attr("href")?.to_string();
    let path = address.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let end = path.rsplit('.').next().unwrap_or_default();
    let is_file = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&end);
    let mut inner = node
        .children_it(false)
        .filter(|inner| !inner.text().trim().is_empty() || inner.is_element());
    let is_picture =
        inner.next().is_some_and(|only| only.has_name("img")) && inner.next().is_none();
    (is_picture && !is_file).then_some(address)
}
