//! Exports of WordPress: a feed with all posts, pages and files of a site (WXR), whatever they are.

mod body;
mod markup;
mod shortcodes;

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value as Json, json};
use url::Url;

pub(super) use body::markdown;

use super::address_map::inside;
use super::front::Front;
use super::names::rooted;
use super::{Post, PostKind, Program, Settings, Site};
use crate::import::feed::plain;
use crate::import::feed::tree::{self, Node};
use crate::import::thresholds::CUSTOM_FIELD_BYTES;
use crate::model::slug;

/// Kinds of entries that make the site, and say nothing to its readers.
const MACHINERY: [&str; 27] = [
    "acf-field",
    "acf-field-group",
    "amp_validated_url",
    "custom_css",
    "customize_changeset",
    "elementor_library",
    "feedback",
    "jp_img_sitemap",
    "jp_mem_plan",
    "jp_pay_order",
    "mc4wp-form",
    "nav_menu_item",
    "oembed_cache",
    "revision",
    "scheduled-action",
    "shop_coupon",
    "shop_order",
    "shop_order_refund",
    "user_request",
    "wp_font_face",
    "wp_font_family",
    "wp_global_styles",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
    "wpcf7_contact_form",
    "wpforms",
];

/// A file of the media library.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub(super) address: String,
    pub(super) caption: String,
    pub(super) alt: String,
    /// The number of the post that it was put into.
    parent: String,
}

/// What texts refer to by its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Library {
    files: BTreeMap<String, File>,
    /// Texts that stand in several posts.
    blocks: BTreeMap<String, String>,
}

impl Library {
    /// A file by its number.
    pub(super) fn file(&self, number: &str) -> Option<&File> {
        self.files.get(number)
    }

    /// The pictures that were put into a post, in the order of their numbers.
    fn pictures_of<'a>(&'a self, number: &'a str) -> impl Iterator<Item = &'a File> {
        let is_picture = |file: &&File| {
            let end = file.address.rsplit('.').next().unwrap_or_default().to_lowercase();
            ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&&*end)
        };
        let own = self.files.values().filter(move |file| file.parent == number);
        own.filter(is_picture)
    }

    pub(super) fn join(&mut self, other: Self) {
        self.files.extend(other.files);
        self.blocks.extend(other.blocks);
    }
}

/// What an export says of the whole site.
#[derive(Default)]
struct Channel {
    is_export: bool,
    address: Option<String>,
    language: Option<String>,
    /// Names by log-in.
    authors: BTreeMap<String, String>,
    items: Vec<Node>,
    comments: usize,
}

impl Channel {
    /// Takes note of an element that has ended; what is not needed any more is dropped.
    fn take(&mut self, node: Node) -> Option<Node> {
        self.is_export |= node.name.starts_with("wp:");
        match node.name.as_str() {
            "wp:comment" => {
                self.comments += 1;
                return None;
            }
            "item" => {
                self.items.push(node);
                return None;
            }
            "wp:base_blog_url" => self.address = node.text(),
            // That of the site comes before all others.
            "link" if self.address.is_none() => self.address = node.text(),
            "language" if self.language.is_none() => self.language = node.text(),
            "wp:author" => {
                if let Some(login) = text(&node, "wp:author_login") {
                    let name = text(&node, "wp:author_display_name").or_else(|| {
                        let parts = ["wp:author_first_name", "wp:author_last_name"];
                        let parts: Vec<_> = parts.iter().filter_map(|p| text(&node, p)).collect();
                        (!parts.is_empty()).then(|| parts.join(" "))
                    });
                    self.authors.insert(login.clone(), name.unwrap_or(login));
                }
                return None;
            }
            _ => {}
        }
        Some(node)
    }
}

fn text(node: &Node, name: &str) -> Option<String> {
    node.one(name)?.text()
}

/// Reads an export, as far as it is XML.
///
/// # Errors
/// It is none.
pub(super) fn site(text: &str) -> Result<(Site, Option<tree::Fault>), String> {
    let mut channel = Channel::default();
    let fault = tree::parts(text, |node| channel.take(node)).err();
    if !channel.is_export && (fault.is_none() || channel.items.is_empty()) {
        return Err(match fault {
            Some(fault) if !text.starts_with('<') => format!("it is no XML: {}", fault.why),
            _ => "it is no export of WordPress: nothing in it is in the namespace `wp`; the export is \
                  what Tools, Export gives, and not the feed of the site"
                .to_owned(),
        });
    }
    let settings = Settings::told(channel.address.as_deref(), channel.language.as_deref());
    let mut site = Site::empty(Program::WordPress, settings);
    for item in std::mem::take(&mut channel.items) {
        add(&mut site, &channel, &item);
    }
    site.tell_apart();
    if channel.comments > 0 {
        site.remarks.insert(("comments", "they are not brought over"), channel.comments);
    }
    Ok((site, fault))
}

/// Adds what an entry of an export is: a post, a page, a file, or something else.
fn add(site: &mut Site, channel: &Channel, item: &Node) {
    let kind = text(item, "wp:post_type").unwrap_or_else(|| "post".to_owned());
    let number = text(item, "wp:post_id").unwrap_or_default();
    match kind.as_str() {
        "attachment" => {
            let address = text(item, "wp:attachment_url").or_else(|| text(item, "guid"));
            let file = File {
                address: address.unwrap_or_default(),
                caption: html_of(item, "excerpt:encoded"),
                alt: meta(item, "_wp_attachment_image_alt").unwrap_or_default(),
                parent: text(item, "wp:post_parent").unwrap_or_default(),
            };
            site.library.files.insert(number, file);
            let why = "they stay where they are, and texts lead to them there";
            site.remark("files of the media library", why);
            return;
        }
        "wp_block" => {
            site.library.blocks.insert(number, html_of(item, "content:encoded"));
            return;
        }
        kind if MACHINERY.contains(&kind) => {
            let why = "they are not brought over";
            site.remark("parts of its theme, menus, forms and shops", why);
            return;
        }
        _ => {}
    }
    let status = text(item, "wp:status").unwrap_or_else(|| "publish".to_owned());
    let title = text(item, "title").and_then(|title| plain::line(&title));
    let called = || title.clone().unwrap_or_else(|| format!("{kind} {number}"));
    let is_draft = match status.as_str() {
        "publish" | "future" => false,
        "private" => {
            site.remark("private posts", "they are drafts here");
            true
        }
        "auto-draft" if html_of(item, "content:encoded").is_empty() => return,
        "draft" | "pending" | "auto-draft" => true,
        "trash" => {
            site.left.push((called(), "it is in the trash"));
            return;
        }
        _ => {
            site.left.push((called(), "it is neither published nor a draft"));
            return;
        }
    };
    let is_locked = text(item, "wp:post_password").is_some();
    if is_locked {
        site.remark("posts with a password", "they are drafts here, as anybody could read them");
    }
    if !matches!(kind.as_str(), "post" | "page") {
        site.remark("entries of kinds of their own", "they are articles here");
    }
    let status = Status { is_draft, is_locked, kind: &kind, number: &number };
    let post = post(site, channel, item, title, &status);
    site.posts.push(post);
}

struct Status<'a> {
    is_draft: bool,
    is_locked: bool,
    kind: &'a str,
    number: &'a str,
}

fn post(
    site: &mut Site,
    channel: &Channel,
    item: &Node,
    title: Option<String>,
    status: &Status<'_>,
) -> Post {
    let mut fields = Map::new();
    let mut set = |key: &str, value: Json| drop(fields.insert(key.to_owned(), value));
    if let Some(title) = title {
        set("title", title.into());
    }
    let login = text(item, "dc:creator");
    let author = login.map(|login| channel.authors.get(&login).cloned().unwrap_or(login));
    set("authors", author.into_iter().collect());
    let zero = |day: &String| !day.starts_with("0000");
    let published = text(item, "wp:post_date_gmt").filter(zero);
    // The day on which its readers saw it; a draft that was never published has the day of its last
    // change there.
    let is_dated = published.is_some() || !status.is_draft;
    let day = text(item, "wp:post_date").filter(|day| zero(day) && is_dated);
    if let Some(day) = day.or(published).or_else(|| text(item, "pubDate").filter(|_| is_dated)) {
        set("date", day.into());
    }
    let summary = plain::line(&html_of(item, "excerpt:encoded"));
    let summary = summary.or_else(|| meta(item, "_yoast_wpseo_metadesc"));
    if let Some(summary) = summary {
        set("summary", summary.into());
    }
    set("draft", json!((status.is_draft || status.is_locked).to_string()));
    let terms = Terms::of(item);
    set("tags", terms.tags.into());
    let mut front = Front::default();
    fields.iter().for_each(|(key, value)| front.add(key, value));
    let kind = if status.kind == "page" { "page" } else { "post" };
    let name = format!("{kind} {}", status.number);
    let body = html_of(item, "content:encoded");
    let mut post = Post::read(Program::WordPress, &name, front, &body);
    post.form = if kind == "page" { PostKind::Page } else { PostKind::Article };
    let called = text(item, "wp:post_name").unwrap_or_default();
    post.slug = slug(&percent_decode_str(&called).decode_utf8_lossy());
    post.lang = post.lang.or_else(|| terms.lang.as_deref().and_then(crate::model::Language::parse));
    if let Some(group) = terms.group {
        post.group = group;
    }
    post.names = vec![format!("?p={}", status.number)];
    post.guid = text(item, "guid");
    post.picture = meta(item, "_thumbnail_id");
    // What people call their own fields means nothing to us.
    post.extra.extend(custom(site, item));
    post.extra.extend(terms.others);
    if !status.is_draft {
        post.addresses = addresses(site, item);
    }
    post
}

/// Where a post was found: by its link, and by names that it had before.
fn addresses(site: &Site, item: &Node) -> Vec<String> {
    let Some(link) = text(item, "link") else { return Vec::new() };
    let base = site.settings.base_url.as_deref();
    let own = match base.and_then(|base| inside(base, &link)) {
        Some(own) => own.to_owned(),
        None => Url::parse(&link).map_or_else(|_| link.clone(), |url| url.path().to_owned()),
    };
    let own = rooted(&own);
    let mut all = vec![own.clone()];
    let trimmed = own.trim_end_matches('/');
    if let (Some((folder, _)), false) = (trimmed.rsplit_once('/'), own.contains('?')) {
        let end = if own.ends_with('/') { "/" } else { "" };
        all.extend(metas(item, "_wp_old_slug").map(|old| format!("{folder}/{old}{end}")));
    }
    all
}

/// The categories, tags and other terms of a post.
#[derive(Default)]
struct Terms {
    tags: Vec<String>,
    others: BTreeMap<String, Json>,
    /// By a plugin for translations.
    lang: Option<String>,
    group: Option<String>,
}

impl Terms {
    fn of(item: &Node) -> Self {
        let mut terms = Self::default();
        for node in item.all("category") {
            let by_address = node.attribute("nicename").unwrap_or_default();
            let name = node.text().and_then(|name| plain::line(&name));
            let name = name.unwrap_or_else(|| by_address.to_owned());
            match node.attribute("domain").unwrap_or("category") {
                // What nobody has put anywhere is there.
                "category" if by_address == "uncategorized" => {}
                "category" | "post_tag" | "tag" => terms.tags.push(name),
                "post_format" | "nav_menu" => {}
                "language" => terms.lang = Some(by_address.to_owned()),
                "post_translations" => terms.group = Some(by_address.to_owned()),
                other => {
                    let names = terms.others.entry(other.to_owned()).or_insert(json!([]));
                    names.as_array_mut().into_iter().for_each(|names| names.push(json!(name)));
                }
            }
        }
        terms
    }
}

/// The values of a custom field.
fn metas<'a>(item: &'a Node, key: &'a str) -> impl Iterator<Item = String> + 'a {
    let is_it = move |node: &&Node| text(node, "wp:meta_key").as_deref() == Some(key);
    item.all("wp:postmeta").filter(is_it).filter_map(|node| text(node, "wp:meta_value"))
}

fn meta(item: &Node, key: &str) -> Option<String> {
    metas(item, key).next()
}

/// Custom fields that people have written; those of plugins are told.
fn custom(site: &mut Site, item: &Node) -> BTreeMap<String, Json> {
    let mut fields = BTreeMap::new();
    for node in item.all("wp:postmeta") {
        let (Some(key), Some(value)) = (text(node, "wp:meta_key"), text(node, "wp:meta_value"))
        else {
            continue;
        };
        // Those that begin with a line below are hidden from the author too.
        if key.starts_with('_') {
            continue;
        }
        let is_data = value.len() > CUSTOM_FIELD_BYTES
            || ["a:", "O:", "s:"].iter().any(|mark| value.starts_with(mark))
            || value.starts_with(['{', '[']);
        if is_data && key != body::NOTES {
            site.remark("custom fields that are data of plugins", "they are left out");
        } else {
            fields.entry(key).or_insert_with(|| value.into());
        }
    }
    fields
}

fn html_of(item: &Node, name: &str) -> String {
    text(item, name).unwrap_or_default()
}
