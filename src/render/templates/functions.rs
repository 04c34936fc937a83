//! What templates can call beside Tera's own filters and functions. Where Zola has the same, it is
//! called the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use tera::value::{Key, Map};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::config::Section;
use crate::index::pages::{company_address, source_address, tag_address};
use crate::model::{Language, PartialDate, address_join, slug};
use crate::parse::markdown::{Dialect, markdown};
use crate::parse::tree;
use crate::render::addresses::resolve;
use crate::render::words::locale::Locale;
use crate::source::{Asset, Source};

/// What templates can ask for beside their page.
#[derive(Clone, Debug, Default)]
pub struct TemplateContext {
    /// The language of the site's own words.
    pub language: Option<Language>,
    /// Static files by their name, with the name that changes with their content.
    pub assets: BTreeMap<String, String>,
    /// The files of `data/`, by their path from the site's root.
    pub data: BTreeMap<String, Asset>,
    /// Addresses of pages by their Markdown file.
    pub pages: BTreeMap<String, String>,
    /// The pages that the site does without.
    pub without: BTreeSet<Section>,
}

/// The filters that templates know: Tera's own and those of [`register`].
pub const FILTERS: [&str; 44] = [
    "abs",
    "capitalize",
    "date",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "filesizeformat",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "json_encode",
    "keys",
    "last",
    "length",
    "linked",
    "lower",
    "markdown",
    "newlines_to_br",
    "nth",
    "number",
    "pairs",
    "plural",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "slugify",
    "sort",
    "split",
    "str",
    "striptags",
    "title",
    "trim",
    "truncate",
    "unique",
    "upper",
    "url",
    "urlencode",
];

/// The functions that templates know.
pub const FUNCTIONS: [&str; 6] =
    ["asset", "get_taxonomy_url", "get_url", "load_data", "range", "throw"];

/// Makes all of them known to a template engine.
pub fn register(tera: &mut Tera, known: TemplateContext) {
    let locale = Arc::new(Locale::new(&known.language.clone().unwrap_or_else(Language::english)));
    let known = Arc::new(known);

    tera.register_filter("url", |address: &str, _: Kwargs, state: &State| {
        link(address, state).map(|link| Value::safe_string(&link))
    });
    tera.register_filter("whole_url", |address: &str, _: Kwargs, state: &State| {
        whole(address, state).map(|link| Value::safe_string(&link))
    });
    tera.register_filter("linked", |to: &Value, args: Kwargs, state: &State| {
        linked(to, &args, state).map(|html| Value::safe_string(&html))
    });
    // Tera's own takes what is not there for an empty text.
    tera.register_filter("safe", |value: &Value, _: Kwargs, _: &State| match value.as_str() {
        Some(text) => Ok(Value::safe_string(text)),
        None if value.is_undefined() => Err(tera::Error::message("there is nothing to be shown")),
        None => Ok(value.clone()),
    });
    tera.register_filter("plural", |n: i64, args: Kwargs, _: &State| plural(n, &args));
    let numbers = Arc::clone(&locale);
    tera.register_filter("number", move |n: i64, _: Kwargs, _: &State| numbers.number(n));
    tera.register_filter("slugify", |text: &str, _: Kwargs, _: &State| slug(text));
    tera.register_filter("date", move |day: &Value, args: Kwargs, _: &State| {
        date(day, &args, &locale)
    });
    tera.register_filter("markdown", |text: &str, args: Kwargs, _: &State| {
        prose(text, &args).map(|html| Value::safe_string(&html))
    });
    tera.register_filter("group_by", |list: &Value, args: Kwargs, _: &State| group_by(list, &args));
    tera.register_filter("striptags", tera_contrib::regex::striptags);
    tera.register_filter("spaceless", tera_contrib::regex::spaceless);
    tera.register_filter("json_encode", tera_contrib::json::json_encode);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter("filesizeformat", tera_contrib::filesize_format::filesize_format);

    let files = Arc::clone(&known);
    tera.register_function("asset", move |args: Kwargs, state: &State| {
        let path: &str = args.must_get("path")?;
        asset(path, &files, state).map(|link| Value::safe_string(&link))
    });
    let files = Arc::clone(&known);
    tera.register_function("get_url", move |args: Kwargs, state: &State| {
        get_url(&args, &files, state).map(|link| Value::safe_string(&link))
    });
    let site = Arc::clone(&known);
    tera.register_function("get_taxonomy_url", move |args: Kwargs, state: &State| {
        get_taxonomy_url(&args, state, &site.without).map(|link| Value::safe_string(&link))
    });
    tera.register_function("load_data", move |args: Kwargs, _: &State| load_data(&args, &known));
}

/// The link from this page to an address of the site, escaped.
fn link(address: &str, state: &State) -> TeraResult<String> {
    // As a value and not as a text of its own: pages have dozens of links.
    let root = state.get::<Value>("root")?;
    let root = root.as_ref().and_then(Value::as_str).unwrap_or_default();
    let mut out = String::with_capacity(root.len() + address.len() + 10);
    push_escaped(&mut out, &resolve(root, address), state)?;
    Ok(out)
}

/// Adds a text as it may stand in HTML, which most may do as they are.
fn push_escaped(out: &mut String, text: &str, state: &State) -> TeraResult<()> {
    if text.contains(['&', '<', '>', '"', '\'']) {
        out.push_str(&state.escape(text)?);
    } else {
        out.push_str(text);
    }
    Ok(())
}

/// `{{ company | linked(class="main") }}`: the name of something, as a link to its page where it has one.
fn linked(to: &Value, args: &Kwargs, state: &State) -> TeraResult<String> {
    let part = |key: &'static str| to.as_map()?.get(&Key::from(key))?.as_str();
    let Some(name) = part("name") else {
        return Err(tera::Error::message("what is linked has a `name`, and an `address` or none"));
    };
    let class = args.get::<&str>("class")?.filter(|class| !class.is_empty());
    let address = part("address").filter(|address| !address.is_empty());
    let element = if address.is_some() { "a" } else { "span" };
    let is_bare = address.is_none() && class.is_none();
    let mut out = String::with_capacity(name.len() + 80);
    if !is_bare {
        out.push('<');
        out.push_str(element);
    }
    if let Some(class) = class {
        out.push_str(" class=\"");
        push_escaped(&mut out, class, state)?;
        out.push('"');
    }
    if let Some(address) = address {
        out.push_str(" href=\"");
        out.push_str(&link(address, state)?);
        out.push('"');
    }
    if !is_bare {
        out.push('>');
    }
    push_escaped(&mut out, name, state)?;
    if !is_bare {
        out.push_str("</");
        out.push_str(element);
        out.push('>');
    }
    Ok(out)
}

/// The whole address where the site knows its own, else the link.
fn whole(address: &str, state: &State) -> TeraResult<String> {
    match state.get::<String>("base_url")? {
        Some(base) if !base.is_empty() => state.escape(&address_join(&base, address)),
        _ => link(address, state),
    }
}

/// `{{ n | plural(of="article|articles") }}`: the first word for one, the last for more.
fn plural(n: i64, args: &Kwargs) -> TeraResult<String> {
    let words: &str = args.must_get("of")?;
    let (one, more) = words.split_once('|').unwrap_or((words, words));
    Ok(if n == 1 { one } else { more }.to_owned())
}

/// `{{ asset(path="style.css") }}`: a static file under a name that changes with its content.
fn asset(path: &str, known: &TemplateContext, state: &State) -> TeraResult<String> {
    let name = known.assets.get(path).map_or(path, String::as_str);
    link(&format!("/{name}"), state)
}

/// `{{ day | date(format="%d %B %Y") }}`: a whole day in this format, a date of which less is known, or
/// without a format, as the site's language writes it.
fn date(day: &Value, args: &Kwargs, locale: &Locale) -> TeraResult<String> {
    let iso = day.as_map().and_then(|view| view.get(&Key::from("iso"))).unwrap_or(day);
    let text = iso.as_str().unwrap_or_default();
    let not_a_date = || tera::Error::message(format!("`{text}` is not a date like 2022-05-23"));
    // What follows a `T` is the time of the day.
    let text_day = text.split('T').next().unwrap_or(text);
    let date: PartialDate = text_day.parse().map_err(|_| not_a_date())?;
    let whole = date.month().zip(date.day_of_month());
    match (args.get::<&str>("format")?, whole) {
        (Some(format), Some((month, day))) => {
            let small = |n: u8| i8::try_from(n).unwrap_or(1);
            let civil = jiff::civil::Date::new(date.year(), small(month), small(day))
                .map_err(|_| not_a_date())?;
            jiff::fmt::strtime::format(format, civil)
                .map_err(|_| tera::Error::message(format!("a day cannot be written as `{format}`")))
        }
        _ => Ok(locale.date(date)),
    }
}

/// `{{ list | group_by(attribute="source.name") }}`: groups in the order of their first members; what
/// lacks the attribute is in none. Tera's own gives them in another order every time.
fn group_by(list: &Value, args: &Kwargs) -> TeraResult<Map> {
    let attribute: &str = args.must_get("attribute")?;
    let mut groups: IndexMap<Key<'static>, Vec<Value>> = IndexMap::new();
    for item in list.as_array().unwrap_or_default() {
        let found = attribute
            .split('.')
            .try_fold(item, |value, part| value.as_map()?.get(&Key::from(part.to_owned())));
        let Some(found) = found else { continue };
        let key = match (found.as_str(), found.as_i64(), found.as_bool()) {
            (Some(text), _, _) => Key::from(text.to_owned()),
            (_, Some(number), _) => Key::from(i128::from(number)),
            (_, _, Some(flag)) => Key::Bool(flag),
            _ => continue,
        };
        groups.entry(key).or_default().push(item.clone());
    }
    Ok(groups.into_iter().map(|(key, list)| (key, Value::from(list))).collect())
}

/// `{{ text | markdown }}`, with `inline=true` without a paragraph around it.
fn prose(text: &str, args: &Kwargs) -> TeraResult<String> {
    let rendered = markdown(text, Dialect::default());
    let html = rendered.resolved(|_| None);
    let bare = html.trim_end().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    Ok(match bare {
        Some(bare) if args.get::<bool>("inline")? == Some(true) => bare.to_owned(),
        _ => html,
    })
}

/// `{{ get_url(path="@/pages/about.md") }}`: a page by its file, an address, or a static file.
fn get_url(args: &Kwargs, known: &TemplateContext, state: &State) -> TeraResult<String> {
    let path: &str = args.must_get("path")?;
    if path.contains("://") {
        return state.escape(path);
    }
    if let Some(file) = path.strip_prefix("@/") {
        let (file, anchor) = file.split_at(file.find('#').unwrap_or(file.len()));
        let Some(address) = known.pages.get(&format!("content/{file}")) else {
            let near = crate::diagnostic::nearest(
                file,
                known.pages.keys().filter_map(|path| path.strip_prefix("content/")),
            );
            let near = near.map_or_else(String::new, |near| format!("; did you mean `@/{near}`?"));
            return Err(tera::Error::message(format!("no page comes from content/{file}{near}")));
        };
        return whole(&format!("{address}{anchor}"), state);
    }
    let bare = path.trim_start_matches('/');
    if known.assets.contains_key(bare) {
        return asset(bare, known, state);
    }
    let is_file = bare.rsplit('/').next().is_some_and(|name| name.contains(['.', '#', '?']));
    let slash = if is_file || bare.is_empty() || bare.ends_with('/') { "" } else { "/" };
    whole(&format!("/{bare}{slash}"), state)
}

/// `{{ get_taxonomy_url(kind="tags", name="Patents") }}`: the page of a tag, a company or a source.
fn get_taxonomy_url(
    args: &Kwargs,
    state: &State,
    without: &BTreeSet<Section>,
) -> TeraResult<String> {
    let kind: &str = args.must_get("kind")?;
    let name = slug(args.must_get("name")?);
    let address = match kind {
        "tags" => tag_address(&name),
        "companies" => company_address(&name),
        "sources" if without.contains(&Section::Sources) => {
            let message = "the site has no pages of sources: `without` in tearsheet.toml";
            return Err(tera::Error::message(message));
        }
        "sources" => source_address(&name),
        _ => {
            let message = format!("unknown kind `{kind}`; known are tags, companies, sources");
            return Err(tera::Error::message(message));
        }
    };
    whole(&address, state)
}

/// `{% set rows = load_data(path="data/people.csv") %}`: a file of `data/` by its ending, or as
/// `format` says: a table as `headers` and `records`; JSON, TOML and YAML as what they say; anything
/// else as text.
fn load_data(args: &Kwargs, known: &TemplateContext) -> TeraResult<Value> {
    let fail = |message: String| tera::Error::message(message);
    let path: &str = args.must_get("path")?;
    let bare = path.trim_start_matches("./").trim_start_matches('/');
    let Some(asset) = known.data.get(bare) else {
        let near = crate::diagnostic::nearest(bare, known.data.keys().map(String::as_str));
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(fail(format!(
            "there is no file {bare}: load_data reads what is in data/{near}"
        )));
    };
    let Ok(text) = std::str::from_utf8(&asset.bytes) else {
        return Err(fail(format!("{bare} is not UTF-8 text")));
    };
    let source = &Source::new(bare, text.strip_prefix('\u{feff}').unwrap_or(text));
    let end = bare.rsplit_once('.').map_or("", |(_, end)| end);
    let format = args.get::<&str>("format")?.unwrap_or(end);
    let told = |found: &[crate::diagnostic::Diagnostic]| {
        fail(found.first().map_or_else(String::new, |first| first.render(false)))
    };
    let json = match format {
        "csv" => table(&source.text).map_err(|error| fail(format!("{bare}: {error}")))?,
        "json" => {
            serde_json::from_str(&source.text).map_err(|error| fail(format!("{bare}: {error}")))?
        }
        "toml" => {
            let entries = tree::toml(source, 0, &source.text).map_err(|found| told(&found))?;
            entries.into_iter().map(|entry| (entry.key, entry.node.to_json())).collect()
        }
        "yaml" | "yml" => {
            let node =
                tree::yaml_document(source, 0, &source.text).map_err(|found| told(&found))?;
            node.map_or(serde_json::Value::Null, |node| node.to_json())
        }
        _ => return Ok(Value::from(&*source.text)),
    };
    Ok(Value::from_serializable(&json))
}

/// A table as Zola has it: the first line under `headers`, the others under `records`.
fn table(text: &str) -> Result<serde_json::Value, csv::Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let records: Vec<Vec<String>> = reader
        .records()
        .map(|record| Ok(record?.iter().map(str::to_owned).collect()))
        .collect::<Result<_, csv::Error>>()?;
    Ok(serde_json::json!({ "headers": headers, "records": records }))
}
