//! An article's page.

use super::{Built, meta};
use crate::model::{PartialDate, Rights};
use crate::parse::markdown::Heading;
use crate::render::asks::Dear;
use crate::render::site::Site;
use crate::render::view::{ArticleView, HeadingView, TextView, View};

/// How many related articles an article names.
const RELATED: usize = 5;

/// How many articles before and after it are looked at, for each of its companies. What the press
/// wrote years earlier is seldom related, and a company's whole list would be read once for each of
/// its articles.
const NEAR: usize = 100;

pub(super) fn article(site: &Site, at: usize) -> Built {
    let entry = &site.index.articles[at];
    let article = entry.article();
    let card = site.card(at).clone();
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
    let source = article.source.clone().unwrap_or_default();
    let story = entry.story.map(|at| &site.index.stories[at]);
    // A text that calls components can show whatever the page knows.
    let shows_related = article.components || site.asks.has("article.html", Dear::Related);
    let related = if shows_related { related(site, at) } else { Vec::new() };
    let view = ArticleView {
        original_title: article.original_title.clone(),
        date_basis: article
            .date_basis
            .map(|basis| site.strings.get(&format!("basis_{}", basis.id())).to_owned()),
        authors: article.authors.clone(),
        source_url: source.url.filter(|url| crate::parse::address::is_safe_address(url)),
        retrieved: source.retrieved.map(|date| site.strings.date(date)),
        rights: article.rights.id(),
        facts: entry.reports.iter().map(|&report| site.fact(report)).collect(),
        story: story.map(|story| site.story_link(story)),
        coverage: story.map(|story| site.coverage(story, at)).unwrap_or_default(),
        related: site.cards(&related),
        translations: site
            .index
            .translations
            .get(&at)
            .map(|all| site.cards(all))
            .unwrap_or_default(),
        extra: article.extra.clone(),
        article: card,
    };
    ("article.html", meta, View::Article(Box::new(view)))
}

/// The text of an article, as far as its rights allow.
pub fn text(site: &Site, at: usize) -> TextView {
    let entry = &site.index.articles[at];
    let (rights, body) = (entry.article().rights, entry.body());
    let full = rights == Rights::Full;
    TextView {
        body: full.then(|| site.body(entry)),
        excerpt: (rights == Rights::Excerpt).then(|| site.quotable(entry)),
        headings: body.headings.iter().filter(|_| full).map(heading).collect(),
        minutes: body.words.div_ceil(220).max(1),
    }
}

/// A heading as templates see it.
pub(super) fn heading(heading: &Heading) -> HeadingView {
    HeadingView { level: heading.level, id: heading.id.clone(), title: heading.title.clone() }
}

/// Articles of about the same time that share the most companies with this one, newest first among
/// equals; not those of its own story, which stand by themselves.
fn related(site: &Site, at: usize) -> Vec<usize> {
    let mut candidates: Vec<usize> = Vec::new();
    let story = site.index.articles[at].story;
    let is_told =
        |other: usize| other == at || story.is_some() && site.index.articles[other].story == story;
    for &company in &site.index.articles[at].companies {
        let articles = &site.index.companies[company].articles;
        let here = articles.partition_point(|&other| other < at);
        let near = here.saturating_sub(NEAR)..(here + NEAR).min(articles.len());
        candidates.extend(articles[near].iter().filter(|&&other| !is_told(other)));
    }
    // A few sorted runs, which a stable sort only has to merge.
    candidates.sort_by(usize::cmp);
    let shared = candidates.chunk_by(|a, b| a == b).map(|same| (same[0], same.len()));
    let mut ranked: Vec<(usize, usize)> = shared.collect();
    ranked.sort_by_key(|&(_, companies)| std::cmp::Reverse(companies));
    ranked.into_iter().take(RELATED).map(|(other, _)| other).collect()
}
