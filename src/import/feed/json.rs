//! JSON Feed 1.0 and 1.1.

use serde_json::Value;
use url::Url;

use super::{Entry, Feed, plain};

/// Reads a JSON Feed.
pub fn feed(text: &str, base: Option<&Url>) -> Result<Feed, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        format!(
            "this feed is broken: it begins as JSON, but {error}; tell its publisher, or give \
             the addresses of the articles one by one"
        )
    })?;
    let is_feed = word(&value, "version").is_some_and(|v| v.contains("jsonfeed.org/version/"));
    let Some(items) = value.get("items").and_then(Value::as_array).filter(|_| is_feed) else {
        return Err("this is JSON, but no JSON Feed: it lacks `version` with the address of \
                    jsonfeed.org, or `items`"
            .to_owned());
    };
    let own = word(&value, "feed_url").or_else(|| word(&value, "home_page_url"));
    let own = own.and_then(|own| Url::parse(own).ok());
    let base = base.or(own.as_ref());
    let title = word(&value, "title").and_then(plain::text_line);
    let lang = word(&value, "language").map(str::to_owned);
    let mut authors = people(&value);
    authors.retain(|author| Some(author) != title.as_ref());
    let entries = items.iter().map(|item| {
        let mut entry = entry(item, base);
        if entry.authors.is_empty() {
            entry.authors.clone_from(&authors);
        }
        entry.lang = entry.lang.or_else(|| lang.clone());
        entry
    });
    Ok(Feed { entries: entries.collect(), title })
}

fn entry(item: &Value, base: Option<&Url>) -> Entry {
    let id = match item.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    };
    let text = |name| word(item, name).and_then(plain::paragraphs);
    Entry {
        title: word(item, "title").and_then(plain::text_line),
        link: ["url", "external_url"]
            .iter()
            .find_map(|name| plain::link(word(item, name)?, base))
            .or_else(|| plain::link(&id, None)),
        id,
        published: word(item, "date_published").and_then(plain::day),
        authors: people(item),
        lang: word(item, "language").map(str::to_owned),
        content_html: word(item, "content_html")
            .map(str::to_owned)
            .or_else(|| text("content_text"))
            .or_else(|| text("summary")),
        base: None,
        publisher: None,
    }
}

/// A string that is not empty.
fn word<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// `authors` of version 1.1, and `author` of 1.0.
fn people(value: &Value) -> Vec<String> {
    let many = value.get("authors").and_then(Value::as_array).into_iter().flatten();
    let one = value.get("author").into_iter();
    many.chain(one).filter_map(|author| plain::name(word(author, "name")?)).collect()
}
