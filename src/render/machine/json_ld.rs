//! Structured data about pages, in the words of schema.org.

use serde::Serialize;

use crate::index::IndexedArticle;
use crate::index::pages::Page;
use crate::model::{PartialDate, address_join};
use crate::render::site::Site;
use crate::render::view::{CardView, PageView, Shared, View};

/// Structured data about a page, as JSON that may stand in a script element.
#[must_use]
pub fn json_ld(site: &Site, page: &Page, meta: &PageView, view: &View) -> String {
    let whole = |address: &str| site.base_url().map(|base| address_join(base, address));
    let subject = match (page, view) {
        (Page::Article(at), _) => Some(article_ld(site, &site.index.articles[*at])),
        (Page::Company(..), View::Company(company)) => {
            let other = company.company.names.iter().map(|name| name.name.as_str());
            Some(Thing::Organization {
                name: &company.company.name,
                alternate_name: other.chain(company.aliases.iter().map(String::as_str)).collect(),
                url: company.website.as_deref(),
                same_as: company.same_as.iter().map(|link| link.address.as_str()).collect(),
                description: company.summary.as_deref(),
            })
        }
        (Page::Home, _) => Some(Thing::WebSite {
            name: &site.index.config.title,
            description: &site.index.config.description,
            url: whole("/"),
            in_language: site.index.config.language.tag(),
        }),
        _ => None,
    };
    let listed = items(site, articles(view).iter().map(|card| (&*card.title, &*card.address)));
    let listed = listed.map(|item_list_element| Thing::ItemList { item_list_element });
    let crumbs = meta.breadcrumbs.iter().map(|link| (&*link.name, &*link.address));
    let crumbs =
        items(site, crumbs).map(|item_list_element| Thing::BreadcrumbList { item_list_element });
    let graph: Vec<Thing<'_>> = subject.into_iter().chain(listed).chain(crumbs).collect();
    if graph.is_empty() {
        return String::new();
    }
    let linked = Linked { context: "https://schema.org", graph };
    let text = serde_json::to_string(&linked).expect("structured data are plain data");
    // Inside a script element only `<` could end it.
    if text.contains('<') { text.replace('<', "\\u003c") } else { text }
}

/// Names with whole addresses, numbered; none where the site does not know its own address.
fn items<'a>(
    site: &Site,
    links: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<Vec<Thing<'a>>> {
    let base = site.base_url()?;
    let item = |(at, (name, address))| Thing::ListItem {
        position: at + 1,
        name,
        item: address_join(base, address),
    };
    Some(links.enumerate().map(item).collect::<Vec<_>>()).filter(|items| !items.is_empty())
}

/// The articles that a page lists.
fn articles(view: &View) -> &[Shared<CardView>] {
    match view {
        View::List(list) => &list.articles,
        View::Company(company) => &company.articles,
        _ => &[],
    }
}

/// JSON-LD.
#[derive(Serialize)]
struct Linked<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Thing<'a>>,
}

/// The types of schema.org that pages are described with. What is not known is left out.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all_fields = "camelCase")]
enum Thing<'a> {
    Article {
        headline: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str>,
        in_language: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        is_based_on: Option<Box<Thing<'a>>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        about: Vec<Thing<'a>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        keywords: Vec<&'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        author: Vec<Thing<'a>>,
    },
    NewsArticle {
        url: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        headline: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        publisher: Option<Box<Thing<'a>>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_published: Option<String>,
    },
    Organization {
        name: &'a str,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        alternate_name: Vec<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        same_as: Vec<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str>,
    },
    Person {
        name: &'a str,
    },
    WebSite {
        name: &'a str,
        description: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        in_language: &'a str,
    },
    ItemList {
        item_list_element: Vec<Thing<'a>>,
    },
    BreadcrumbList {
        item_list_element: Vec<Thing<'a>>,
    },
    ListItem {
        position: usize,
        name: &'a str,
        item: String,
    },
}

/// An organisation of which only the name matters here.
fn named(name: &str) -> Thing<'_> {
    Thing::Organization {
        name,
        alternate_name: Vec::new(),
        url: None,
        same_as: Vec::new(),
        description: None,
    }
}

fn article_ld<'a>(site: &'a Site, entry: &'a IndexedArticle) -> Thing<'a> {
    let article = entry.article();
    let source = article.source.as_ref();
    let is_based_on = source.and_then(|source| source.url.as_deref()).map(|url| {
        let publisher = source.and_then(|source| source.name.as_deref());
        Box::new(Thing::NewsArticle {
            url,
            headline: article.original_title.as_deref(),
            publisher: publisher.map(|name| Box::new(named(name))),
            date_published: article.date.map(PartialDate::iso),
        })
    });
    let companies = entry.companies.iter().map(|&at| &site.index.companies[at].company.name);
    Thing::Article {
        headline: entry.heading(),
        description: article.summary.as_deref(),
        in_language: article.lang.tag(),
        url: site.base_url().map(|base| address_join(base, &entry.address)),
        is_based_on,
        about: companies.map(|name| named(name)).collect(),
        keywords: article.tags.iter().map(String::as_str).collect(),
        author: article.authors.iter().map(|name| Thing::Person { name }).collect(),
    }
}
