//! An article's page.

use std::collections::BTreeSet;

use crate::index::{Story, targets};
use crate::model::{Event, Language, PartialDate, Rights};
use crate::parse::markdown::Heading;
use crate::render::pages::{Built, meta};
use crate::render::site::Site;
use crate::render::templates::usage::OptionalView;
use crate::render::view::{ArticleView, ContextView, FirstView, HeadingView, TextView, View};

/// How many related articles an article names.
const RELATED: usize = 5;

/// How many partnerships an article is set into; more would be longer than most articles.
const CONTEXTS: usize = 2;

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
    let shows_related = article.components || site.usage.has("article.html", OptionalView::Related);
    let related = if shows_related { related(site, at) } else { Vec::new() };
    let shows_context = article.components || site.usage.has("article.html", OptionalView::Context);
    let is_in_text = article.rights == Rights::Full
        && targets::picture(&site.index, entry)
            .is_some_and(|(_, shown)| targets::text_shows(&site.index, entry, shown.path));
    let view = ArticleView {
        picture: card.picture.clone().filter(|_| !is_in_text),
        original_title: article.original_title.clone(),
        date_basis: article
            .date_basis
            .map(|basis| site.strings.get(&format!("basis_{}", basis.id())).to_owned()),
        authors: article.authors.clone(),
        source_url: source.url.filter(|url| crate::parse::address::is_safe_address(url)),
        retrieved: source.retrieved.map(|date| site.strings.date(date)),
        rights: article.rights.id(),
        facts: entry.reports.iter().map(|&report| site.fact(report)).collect(),
        context: if shows_context { context(site, &entry.reports) } else { Vec::new() },
        first_in: story.map(|story| first_in(site, story)).unwrap_or_default(),
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

/// Where what an article reports stands in the life of its partnerships.
fn context(site: &Site, reports: &[(usize, usize)]) -> Vec<ContextView> {
    let mut seen = BTreeSet::new();
    let one = |&(at, number): &(usize, usize)| {
        let relation = &site.index.relations[at];
        let here = relation.reports[number].relation_event;
        let is_news = |number: &usize| relation.events[*number].event != Event::Mentioned;
        // Undated events stand last, wherever they belong.
        let is_dated = |number: &usize| relation.events[*number].date.is_some();
        let told = |number: usize| site.notice((at, number), false);
        if !is_dated(&here) || !seen.insert(at) {
            return None;
        }
        let after = (here + 1..relation.events.len()).find(|n| is_news(n) && is_dated(n));
        Some(ContextView {
            partnership: site.relation(at),
            spark: site.spark(at, Some(here)),
            here: told(here),
            before: (0..here).rev().find(is_news).map(told),
            after: after.map(told),
        })
    };
    reports.iter().filter_map(one).take(CONTEXTS).collect()
}

/// The languages that a story was reported in, by the day of their first report; none where that says
/// nothing.
fn first_in(site: &Site, story: &Story) -> Vec<FirstView> {
    let articles = story.members.iter().map(|m| site.index.articles[m.article].article());
    let dated = articles.filter_map(|a| Some((a.date.filter(|d| d.day_of_month().is_some())?, a)));
    let mut dated: Vec<_> = dated.map(|(date, article)| (date, &article.lang)).collect();
    dated.sort();
    let Some(&(first, _)) = dated.first() else { return Vec::new() };
    let mut seen = BTreeSet::new();
    dated.retain(|(_, lang)| seen.insert(lang.tag()));
    if dated.len() < 2 {
        return Vec::new();
    }
    let view = |(date, lang): (PartialDate, &Language)| FirstView {
        lang: lang.tag().to_owned(),
        language: lang.own_name().to_owned(),
        date: site.strings.date(date),
        days: usize::try_from(date.first_day() - first.first_day()).unwrap_or(0),
    };
    dated.into_iter().map(view).collect()
}

/// The text of an article, as far as its rights allow.
pub fn text(site: &Site, at: usize) -> TextView {
    let entry = &site.index.articles[at];
    let (rights, body) = (entry.article().rights, entry.body());
    let full = rights == Rights::Full;
    TextView {
        body: full.then(|| site.html(&entry.article().path, &body)),
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
