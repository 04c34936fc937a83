//! The search page.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::Index;
use crate::render::machine::search::{Documents, PER_FILE};
use crate::render::pages::{Built, meta};
use crate::render::site::Site;
use crate::render::view::{SearchFilter, SearchOption, SearchView, View};

/// How many companies and tags can be chosen; others can still be typed.
const CHOICE: usize = 300;

pub(super) fn search(site: &Site) -> Built {
    let documents = Documents::new(site);
    let view = SearchView {
        parts: documents.parts(),
        documents: documents.count(),
        per_file: PER_FILE,
        first_article: documents.first_article(),
        filters: filters(site),
    };
    let title = site.strings.get("search");
    ("search.html", meta(site, "search", title, Vec::new()), View::Search(view))
}

fn filters(site: &Site) -> Vec<SearchFilter> {
    let index = &site.index;
    let filter = |id, name: &str, options: Vec<SearchOption>| SearchFilter {
        id,
        name: site.strings.get(name).to_owned(),
        options,
    };
    let option = |value: &str, name: &str, count| SearchOption {
        value: value.to_owned(),
        name: name.to_owned(),
        count,
    };
    let companies = index.companies.values();
    let companies = companies.map(|r| option(&r.company.id, &r.company.name, r.articles.len()));
    let tags = index.tags.iter().map(|(slug, r)| option(slug, &r.label, r.articles.len()));
    let languages = index.languages.iter();
    let mut languages: Vec<SearchOption> =
        languages.map(|(l, articles)| option(l.tag(), l.own_name(), articles.len())).collect();
    languages.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let kinds = articles_by_kind(index);
    let kinds = kinds.iter().map(|(kind, &count)| option(kind, &site.kind_link(kind).name, count));
    let years = index.years().rev();
    let years = years.map(|(date, articles)| {
        let year = date.year().to_string();
        option(&year, &year, articles.len())
    });
    vec![
        filter("company", "company", most(site, companies.collect())),
        filter("tag", "tags", most(site, tags.collect())),
        filter("language", "language", languages),
        filter("kind", "kind", most(site, kinds.collect())),
        filter("year", "year", years.collect()),
    ]
}

/// How many articles tell of partnerships of each kind.
fn articles_by_kind(index: &Index) -> BTreeMap<&str, usize> {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &index.articles {
        let claims = entry.article().partnerships.iter();
        let of_article: BTreeSet<&str> =
            claims.flat_map(|claim| &claim.kinds).map(|kind| kind.0.as_str()).collect();
        for kind in of_article {
            *kinds.entry(kind).or_default() += 1;
        }
    }
    kinds
}

/// Those with most articles, in the order of their names.
fn most(site: &Site, mut options: Vec<SearchOption>) -> Vec<SearchOption> {
    options.retain(|option| option.count > 0);
    options.sort_by_key(|option| std::cmp::Reverse(option.count));
    options.truncate(CHOICE);
    options.sort_by(|a, b| site.strings.locale.compare(&a.name, &b.name));
    options
}
