//! An article's page.

use std::collections::BTreeMap;

use super::{Built, meta};
use crate::model::{PartialDate, Rights};
use crate::render::site::Site;
use crate::render::view::{ArticleView, HeadingView, View};

/// How many related articles an article names.
const RELATED: usize = 5;

pub(super) fn article(site: &Site<'_>, at: usize) -> Built {
    let entry = &site.index.articles[at];
    let article = entry.article();
    let card = site.cards[at].clone();
    let above = match article.date {
        Some(date) => {
            let year = PartialDate::new(date.year(), None, None);
            let month = date.month().and_then(|m| PartialDate::new(date.year(), Some(m), None));
            let links = [year, month].into_iter().flatten().map(|date| site.date_link(date));
            std::iter::once(site.fixed_link("archive", "/archive/")).chain(links).collect()
        }
        None => {
            vec![site.fixed_link("archive", "/archive/"), site.fixed_link("undated", "/undated/")]
        }
    };
    let mut meta = meta(site, "article", &card.title, above);
    meta.description.clone_from(&card.summary);
    meta.title_lang.clone_from(&card.lang);
    let facts = article.partnerships.iter().enumerate().filter_map(|(number, claim)| {
        let relation = site.index.relations.get(&claim.relation())?;
        let occurrence =
            relation.occurrences.iter().find(|o| o.article == at && o.claim == number)?;
        Some(site.event(relation, occurrence))
    });
    let source = article.source.clone().unwrap_or_default();
    let full = article.rights == Rights::Full;
    let view = ArticleView {
        original_title: article.original_title.clone(),
        date_basis: article
            .date_basis
            .map(|basis| site.strings.get(&format!("basis_{}", basis.id())).to_owned()),
        authors: article.authors.clone(),
        source_url: source.url.filter(|url| crate::parse::sanitize::is_safe_address(url)),
        retrieved: source.retrieved.map(|date| site.strings.date(date)),
        rights: article.rights.id(),
        body: full.then(|| entry.body.html.clone()),
        excerpt: (article.rights == Rights::Excerpt).then(|| site.quotable(entry)),
        headings: if full { headings(entry) } else { Vec::new() },
        minutes: entry.body.words.div_ceil(220).max(1),
        facts: facts.collect(),
        related: site.cards(&related(site, at)),
        extra: article.extra.clone(),
        article: card,
    };
    ("article.html", meta, View::Article(Box::new(view)))
}

fn headings(entry: &crate::index::Entry) -> Vec<HeadingView> {
    let headings = entry.body.headings.iter();
    headings
        .map(|h| HeadingView { level: h.level, id: h.id.clone(), title: h.title.clone() })
        .collect()
}

/// Articles that share the most companies with this one, newest first among equals.
fn related(site: &Site<'_>, at: usize) -> Vec<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for id in &site.index.articles[at].article().companies {
        for &other in site.index.companies.get(id).map_or(&[][..], |r| &r.articles) {
            if other != at {
                *shared.entry(other).or_default() += 1;
            }
        }
    }
    let mut ranked: Vec<(usize, usize)> = shared.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.into_iter().take(RELATED).map(|(other, _)| other).collect()
}
