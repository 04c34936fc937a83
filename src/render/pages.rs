//! One view per kind of page.

use std::collections::BTreeMap;

use super::machine;
use super::site::{Site, dir, shares};
use super::view::{
    ArchiveView, ArticleView, CompaniesView, CompanyRow, CompanyView, CountedLink, DayView,
    EmptyView, EventView, FilterView, HeadingView, HomeView, LetterView, LinkView, LinksView,
    ListView, MonthView, NameView, PageView, PartnerView, PartnershipView, PartnershipsView,
    RedirectView, StandingView, TimelineView, TimelineYear, View, YearView,
};
use crate::index::pages::{
    Page, TimelineFilter, company_address, date_address, language_address, source_address,
    tag_address, timeline_address,
};
use crate::index::{CompanyRecord, Relation};
use crate::model::{Event, Language, PartialDate, Rights, Status, address_join, fold, slug};

/// How many articles the home page lists.
const HOME_ARTICLES: usize = 12;
/// How many related articles an article names.
const RELATED: usize = 5;

type Built = (&'static str, PageView, View);

/// The template, the page's own data and what it shows.
pub fn view(site: &Site<'_>, page: &Page, base_url: Option<&str>) -> Built {
    let mut built = match page {
        Page::Home => home(site),
        Page::Article(at) => article(site, *at),
        Page::Companies => companies(site),
        Page::Company(id, number) => company(site, id, *number),
        Page::Tags => tags(site),
        Page::Tag(key, number) => tag(site, key, *number),
        Page::Archive => archive(site),
        Page::Date(day, number) => date(site, *day, *number),
        Page::Undated(number) => undated(site, *number),
        Page::Timeline(filter) => timeline(site, filter),
        Page::Partnerships => partnerships(site),
        Page::Partnership(id) => partnership(site, id),
        Page::Sources => sources(site),
        Page::Source(key, number) => source(site, key, *number),
        Page::Languages => languages(site),
        Page::Language(language, number) => one_language(site, language, *number),
        Page::Standing(key) => standing(site, key),
        Page::NotFound => not_found(site),
        Page::Redirect { to, .. } => redirect(site, to),
    };
    let meta = &mut built.1;
    meta.address = page.address(site.index);
    meta.canonical = base_url.map(|base| address_join(base, &meta.address));
    meta.json_ld = machine::json_ld(site, page, meta, &built.2, base_url);
    built
}

/// A page with the given heading below the given sections.
fn meta(site: &Site<'_>, kind: &'static str, title: &str, above: Vec<LinkView>) -> PageView {
    let mut breadcrumbs = vec![site.fixed_link("home", "/")];
    breadcrumbs.extend(above);
    PageView {
        kind,
        address: String::new(),
        canonical: None,
        title: title.to_owned(),
        description: site.index.config.description.clone(),
        title_lang: site.index.config.language.tag().to_owned(),
        breadcrumbs,
        feed: "/feed.xml".to_owned(),
        json_ld: String::new(),
        pager: None,
    }
}

fn home(site: &Site<'_>) -> Built {
    let index = site.index;
    let latest: Vec<usize> = (0..index.articles.len().min(HOME_ARTICLES + 1)).collect();
    let mut cards = site.cards(&latest).into_iter();
    let companies: Vec<(LinkView, usize)> = index
        .companies
        .iter()
        .map(|(id, record)| (site.company_link(id), record.articles.len()))
        .collect();
    let tags = index.tags.iter().map(|(key, r)| (site.tag_link(key), r.articles.len())).collect();
    let mut meta = meta(site, "home", &index.config.title, Vec::new());
    meta.breadcrumbs.clear();
    let view = HomeView {
        lead: cards.next(),
        articles: cards.collect(),
        months: last_months(site),
        changes: changes(site),
        companies: site.ranked(companies, 12),
        tags: site.ranked(tags, 24),
    };
    ("home.html", meta, View::Home(Box::new(view)))
}

/// The last 24 months up to today, oldest first.
fn last_months(site: &Site<'_>) -> Vec<CountedLink> {
    let today = site.index.today;
    let last = i32::from(today.year()) * 12 + i32::from(today.month().unwrap_or(1)) - 1;
    let months = (last - 23..=last).filter_map(|n| {
        let year = i16::try_from(n.div_euclid(12)).ok()?;
        let month = u8::try_from(n.rem_euclid(12) + 1).ok()?;
        let date = PartialDate::new(year, Some(month), None)?;
        let count = site.index.dates.get(&date).map_or(0, Vec::len);
        Some((site.date_link(date), count))
    });
    shares(months.collect())
}

/// The latest dated changes of state, newest first, one per partnership, day and event.
fn changes(site: &Site<'_>) -> Vec<EventView> {
    let mut dated = Vec::new();
    for relation in site.index.relations.values() {
        let mut seen = Vec::new();
        for occurrence in &relation.occurrences {
            let key = (occurrence.date, occurrence.event);
            if occurrence.event != Event::Mentioned
                && occurrence.date.is_some()
                && !seen.contains(&key)
            {
                seen.push(key);
                dated.push((occurrence.date, relation, occurrence));
            }
        }
    }
    dated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    dated.into_iter().take(8).map(|(_, relation, o)| site.event(relation, o)).collect()
}

fn article(site: &Site<'_>, at: usize) -> Built {
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

fn company_row(record: &CompanyRecord) -> CompanyRow {
    let company = &record.company;
    let names = company.names.iter().filter_map(|(tag, name)| {
        let lang = Language::parse(tag)?;
        Some(NameView {
            lang: lang.tag().to_owned(),
            language: lang.own_name().to_owned(),
            dir: dir(&lang),
            name: name.clone(),
        })
    });
    CompanyRow {
        name: company.name.clone(),
        address: company_address(&company.id),
        names: names.collect(),
        country: company.country.clone(),
        articles: record.articles.len(),
        partnerships: record.relations.len(),
    }
}

fn companies(site: &Site<'_>) -> Built {
    let mut letters: BTreeMap<String, Vec<&CompanyRecord>> = BTreeMap::new();
    for record in site.index.companies.values() {
        let folded = fold(&record.company.name);
        let first = folded.chars().next().filter(|c| c.is_alphabetic());
        let letter = first.map_or_else(|| "#".to_owned(), |c| c.to_uppercase().collect());
        letters.entry(letter).or_default().push(record);
    }
    let letters = letters.into_iter().map(|(letter, mut records)| {
        records.sort_by_cached_key(|r| (fold(&r.company.name), r.company.id.clone()));
        let companies = records.into_iter().map(company_row).collect();
        let id = Some(slug(&letter)).filter(|s| s != "sharp").unwrap_or_else(|| "other".into());
        LetterView { id: format!("letter-{id}"), letter, companies }
    });
    let view = CompaniesView { letters: letters.collect() };
    let title = site.strings.get("companies");
    ("companies.html", meta(site, "companies", title, Vec::new()), View::Companies(view))
}

fn company(site: &Site<'_>, id: &str, number: usize) -> Built {
    let record = &site.index.companies[id];
    let company = &record.company;
    let address = company_address(id);
    let mut meta =
        meta(site, "company", &company.name, vec![site.fixed_link("companies", "/companies/")]);
    meta.feed = format!("{address}feed.xml");
    meta.pager = site.pager(&address, record.articles.len(), number);
    if let Some(summary) = &company.summary {
        meta.description.clone_from(summary);
    }
    let relations: Vec<&Relation> =
        record.relations.iter().filter_map(|id| site.index.relations.get(id)).collect();
    let first = number == 1;
    let view = CompanyView {
        company: company_row(record),
        id: id.to_owned(),
        aliases: company.aliases.clone(),
        former_names: company.former_names.clone(),
        website: company.website.clone().filter(|url| url.starts_with("http")),
        parent: company.parent.as_deref().map(|id| site.company_link(id)),
        subsidiaries: site
            .index
            .companies
            .values()
            .filter(|other| other.company.parent.as_deref() == Some(id))
            .map(|other| site.company_link(&other.company.id))
            .collect(),
        ticker: company.ticker.clone(),
        same_as: company.same_as.iter().filter_map(|(k, v)| same_as(k, v)).collect(),
        founded: company.founded.map(|date| site.strings.date(date)),
        summary: company.summary.clone(),
        profile: (first && !record.profile.html.is_empty()).then(|| record.profile.html.clone()),
        partners: if first { partners(site, id, &relations) } else { Vec::new() },
        lanes: if first { site.lanes(relations.iter().copied()) } else { None },
        years: years(site, &record.articles),
        articles: site.cards(site.page_of(&record.articles, number)),
    };
    ("company.html", meta, View::Company(Box::new(view)))
}

/// The address of the same company elsewhere; only registers whose addresses we know.
fn same_as(register: &str, id: &str) -> Option<LinkView> {
    let address = match register {
        "wikidata" => format!("https://www.wikidata.org/wiki/{id}"),
        _ if id.starts_with("https://") => id.to_owned(),
        _ => return None,
    };
    let mut name = register.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(LinkView { name, address })
}

fn partners(site: &Site<'_>, id: &str, relations: &[&Relation]) -> Vec<PartnerView> {
    let mut relations = relations.to_vec();
    let rank = |status: Status| Status::ALL.iter().position(|&s| s == status);
    relations.sort_by_key(|relation| {
        (rank(relation.status), std::cmp::Reverse(relation.latest()), relation.id.clone())
    });
    relations
        .into_iter()
        .map(|relation| PartnerView {
            partners: relation
                .parties
                .iter()
                .filter(|party| *party != id)
                .map(|party| site.company_link(party))
                .collect(),
            relation: site.relation(relation),
        })
        .collect()
}

/// Articles by year, oldest first, without gaps.
fn years(site: &Site<'_>, articles: &[usize]) -> Vec<CountedLink> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for &at in articles {
        if let Some(date) = site.index.articles[at].article().date {
            *counts.entry(date.year()).or_default() += 1;
        }
    }
    let (Some(first), Some(last)) = (counts.keys().min().copied(), counts.keys().max().copied())
    else {
        return Vec::new();
    };
    let link = |year: i16| LinkView { name: year.to_string(), address: format!("/{year:04}/") };
    let all = (first..=last).map(|year| (link(year), counts.get(&year).copied().unwrap_or(0)));
    shares(all.collect())
}

fn links(site: &Site<'_>, kind: &'static str, links: Vec<(LinkView, usize)>) -> Built {
    let template = match kind {
        "tags" => "tags.html",
        "sources" => "sources.html",
        _ => "languages.html",
    };
    let heading = site.strings.get(kind).to_owned();
    let view = LinksView { heading: heading.clone(), links: shares(links) };
    (template, meta(site, kind, &heading, Vec::new()), View::Links(view))
}

fn tags(site: &Site<'_>) -> Built {
    let mut all: Vec<(LinkView, usize)> =
        site.index.tags.iter().map(|(key, r)| (site.tag_link(key), r.articles.len())).collect();
    all.sort_by_cached_key(|link| fold(&link.0.name));
    links(site, "tags", all)
}

fn sources(site: &Site<'_>) -> Built {
    let mut all: Vec<(LinkView, usize)> = site
        .index
        .sources
        .iter()
        .map(|(key, record)| {
            let link = LinkView { name: record.name.clone(), address: source_address(key) };
            (link, record.articles.len())
        })
        .collect();
    all.sort_by_cached_key(|link| fold(&link.0.name));
    links(site, "sources", all)
}

fn languages(site: &Site<'_>) -> Built {
    let mut all: Vec<(LinkView, usize)> = site
        .index
        .languages
        .iter()
        .map(|(language, articles)| (language_link(language), articles.len()))
        .collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.name.cmp(&b.0.name)));
    links(site, "languages", all)
}

fn language_link(language: &Language) -> LinkView {
    let (own, english) = (language.own_name(), language.english_name());
    let name = if own == english { own.to_owned() } else { format!("{own} ({english})") };
    LinkView { name, address: language_address(language) }
}

/// A page of articles under a heading.
struct List<'a> {
    kind: &'static str,
    template: &'static str,
    heading: String,
    above: Vec<LinkView>,
    address: String,
    articles: &'a [usize],
    number: usize,
}

impl List<'_> {
    fn build(self, site: &Site<'_>) -> (&'static str, PageView, ListView) {
        let mut meta = meta(site, self.kind, &self.heading, self.above);
        meta.pager = site.pager(&self.address, self.articles.len(), self.number);
        let view = ListView {
            heading: self.heading,
            description: None,
            total: self.articles.len(),
            articles: site.cards(site.page_of(self.articles, self.number)),
            companies: site.companies_of(self.articles, 12),
            events: Vec::new(),
            month: None,
            earlier: None,
            later: None,
        };
        (self.template, meta, view)
    }
}

fn tag(site: &Site<'_>, key: &str, number: usize) -> Built {
    let record = &site.index.tags[key];
    let list = List {
        kind: "tag",
        template: "tag.html",
        heading: record.label.clone(),
        above: vec![site.fixed_link("tags", "/tags/")],
        address: tag_address(key),
        articles: &record.articles,
        number,
    };
    let (template, mut meta, mut view) = list.build(site);
    view.description.clone_from(&record.description);
    view.events = events_of(site, &record.articles);
    meta.feed = format!("{}feed.xml", tag_address(key));
    if let Some(description) = &record.description {
        meta.description.clone_from(description);
    }
    (template, meta, View::List(view))
}

/// The latest partnership events that some articles tell of, newest first.
fn events_of(site: &Site<'_>, articles: &[usize]) -> Vec<EventView> {
    let mut found = Vec::new();
    for relation in site.index.relations.values() {
        for occurrence in &relation.occurrences {
            if articles.contains(&occurrence.article) {
                found.push((occurrence.date, relation, occurrence));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    found.into_iter().take(20).map(|(_, relation, o)| site.event(relation, o)).collect()
}

fn source(site: &Site<'_>, key: &str, number: usize) -> Built {
    let record = &site.index.sources[key];
    let list = List {
        kind: "source",
        template: "source.html",
        heading: record.name.clone(),
        above: vec![site.fixed_link("sources", "/sources/")],
        address: source_address(key),
        articles: &record.articles,
        number,
    };
    let (template, meta, view) = list.build(site);
    (template, meta, View::List(view))
}

fn one_language(site: &Site<'_>, language: &Language, number: usize) -> Built {
    let list = List {
        kind: "language",
        template: "language.html",
        heading: language_link(language).name,
        above: vec![site.fixed_link("languages", "/languages/")],
        address: language_address(language),
        articles: &site.index.languages[language],
        number,
    };
    let (template, meta, view) = list.build(site);
    (template, meta, View::List(view))
}

fn undated(site: &Site<'_>, number: usize) -> Built {
    let list = List {
        kind: "undated",
        template: "undated.html",
        heading: site.strings.get("undated").to_owned(),
        above: vec![site.fixed_link("archive", "/archive/")],
        address: "/undated/".to_owned(),
        articles: &site.index.undated,
        number,
    };
    let (template, meta, mut view) = list.build(site);
    view.description = Some(site.strings.get("undated_note").to_owned());
    (template, meta, View::List(view))
}

fn date(site: &Site<'_>, date: PartialDate, number: usize) -> Built {
    if date.month().is_none() {
        return year(site, date);
    }
    let year = PartialDate::new(date.year(), None, None);
    let month = PartialDate::new(date.year(), date.month(), None);
    let mut above = vec![site.fixed_link("archive", "/archive/")];
    above.extend(year.map(|date| site.date_link(date)));
    let is_day = date.day_of_month().is_some();
    if is_day {
        above.extend(month.map(|date| site.date_link(date)));
    }
    let list = List {
        kind: if is_day { "day" } else { "month" },
        template: if is_day { "day.html" } else { "month.html" },
        heading: site.strings.date(date).text,
        above,
        address: date_address(date),
        articles: &site.index.dates[&date],
        number,
    };
    let (template, meta, mut view) = list.build(site);
    view.month = date.month().map(|number| month_view(site, date.year(), number));
    (view.earlier, view.later) = neighbours(site, date);
    (template, meta, View::List(view))
}

/// The dates of the same precision before and after this one that have articles.
fn neighbours(site: &Site<'_>, date: PartialDate) -> (Option<LinkView>, Option<LinkView>) {
    let same = |other: &&PartialDate| other.iso().len() == date.iso().len();
    let earlier = site.index.dates.range(..date).map(|(d, _)| d).rev().find(same);
    let later = site.index.dates.range(date..).map(|(d, _)| d).filter(|d| **d != date).find(same);
    (earlier.map(|&d| site.date_link(d)), later.map(|&d| site.date_link(d)))
}

fn month_view(site: &Site<'_>, year: i16, number: u8) -> MonthView {
    let dates = &site.index.dates;
    let count = |date: Option<PartialDate>| date.and_then(|d| dates.get(&d)).map_or(0, Vec::len);
    let month = PartialDate::new(year, Some(number), None);
    let days: Vec<PartialDate> =
        (1..=31).filter_map(|day| PartialDate::day(year, number, day)).collect();
    let offset = days.first().and_then(|d| d.weekday()).unwrap_or(0);
    let mut cells: Vec<Option<DayView>> = vec![None; usize::from(offset)];
    for day in days {
        let count = count(Some(day));
        cells.push(Some(DayView {
            day: day.day_of_month().unwrap_or(1),
            address: (count > 0).then(|| date_address(day)),
            count,
            level: match count {
                0 => 0,
                1 => 1,
                2..=3 => 2,
                4..=7 => 3,
                _ => 4,
            },
        }));
    }
    cells.resize(cells.len().next_multiple_of(7), None);
    let count = count(month);
    MonthView {
        name: site.strings.month(number).to_owned(),
        address: month.filter(|_| count > 0).map(date_address),
        count,
        weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
    }
}

fn year_view(site: &Site<'_>, year: PartialDate, most: usize) -> YearView {
    let count = site.index.dates.get(&year).map_or(0, Vec::len);
    let link = site.date_link(year);
    YearView {
        link: CountedLink {
            name: link.name,
            address: link.address,
            count,
            share: (count * 100).div_ceil(most.max(1)),
            current: false,
        },
        months: (1..=12).map(|month| month_view(site, year.year(), month)).collect(),
    }
}

fn archive(site: &Site<'_>) -> Built {
    let years: Vec<PartialDate> =
        site.index.dates.keys().filter(|d| d.month().is_none()).rev().copied().collect();
    let most = years.iter().map(|year| site.index.dates[year].len()).max().unwrap_or(0);
    let heading = site.strings.get("archive").to_owned();
    let meta = meta(site, "archive", &heading, Vec::new());
    let view = ArchiveView {
        heading,
        years: years.into_iter().map(|year| year_view(site, year, most)).collect(),
        articles: Vec::new(),
        earlier: None,
        later: None,
    };
    ("archive.html", meta, View::Archive(view))
}

fn year(site: &Site<'_>, year: PartialDate) -> Built {
    let articles = &site.index.dates[&year];
    let imprecise: Vec<usize> = articles
        .iter()
        .copied()
        .filter(|&at| {
            site.index.articles[at].article().date.is_some_and(|date| date.month().is_none())
        })
        .collect();
    let heading = site.strings.date(year).text;
    let meta = meta(site, "year", &heading, vec![site.fixed_link("archive", "/archive/")]);
    let (earlier, later) = neighbours(site, year);
    let view = ArchiveView {
        heading,
        years: vec![year_view(site, year, articles.len())],
        articles: site.cards(&imprecise),
        earlier,
        later,
    };
    ("year.html", meta, View::Archive(view))
}

fn timeline(site: &Site<'_>, filter: &TimelineFilter) -> Built {
    let (heading, relations) = timeline_selection(site, filter);
    let above = match filter {
        TimelineFilter::All => Vec::new(),
        _ => vec![site.fixed_link("timeline", "/timeline/")],
    };
    let in_year = |date: Option<PartialDate>| match filter {
        TimelineFilter::Year(year) => date.is_some_and(|date| date.year() == *year),
        _ => true,
    };
    let mut events: Vec<(Option<PartialDate>, EventView)> = Vec::new();
    for relation in &relations {
        for occurrence in relation.occurrences.iter().filter(|o| in_year(o.date)) {
            events.push((occurrence.date, site.event(relation, occurrence)));
        }
    }
    events.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let mut years: Vec<TimelineYear> = Vec::new();
    for (date, event) in events {
        let year = date.map(|date| date.year().to_string());
        match years.last_mut() {
            Some(last) if last.year == year => last.events.push(event),
            _ => years.push(TimelineYear { year, events: vec![event] }),
        }
    }
    let view = TimelineView {
        heading: heading.clone(),
        lanes: site.lanes(relations.iter().copied()),
        years,
        filters: timeline_filters(site, filter),
        total: relations.len(),
    };
    ("timeline.html", meta(site, "timeline", &heading, above), View::Timeline(view))
}

fn timeline_selection<'a>(site: &Site<'a>, filter: &TimelineFilter) -> (String, Vec<&'a Relation>) {
    let all = site.index.relations.values();
    let timeline = site.strings.get("timeline");
    match filter {
        TimelineFilter::All => (timeline.to_owned(), all.collect()),
        TimelineFilter::Year(year) => {
            let has = |r: &&Relation| {
                r.occurrences.iter().filter_map(|o| o.date).any(|d| d.year() == *year)
            };
            (format!("{timeline}: {year}"), all.filter(has).collect())
        }
        TimelineFilter::Kind(kind) => {
            let name = site.kind_link(kind).name;
            let has = |r: &&Relation| r.kinds.iter().any(|k| k.0 == *kind);
            (format!("{timeline}: {name}"), all.filter(has).collect())
        }
        TimelineFilter::Status(status) => {
            let name = site.status_label(*status);
            (format!("{timeline}: {name}"), all.filter(|r| r.status == *status).collect())
        }
    }
}

fn timeline_filters(site: &Site<'_>, current: &TimelineFilter) -> Vec<FilterView> {
    let relations = || site.index.relations.values();
    let mut kinds: BTreeMap<TimelineFilter, usize> = BTreeMap::new();
    let mut statuses: BTreeMap<TimelineFilter, usize> = BTreeMap::new();
    let mut years: BTreeMap<TimelineFilter, usize> = BTreeMap::new();
    for relation in relations() {
        for kind in &relation.kinds {
            *kinds.entry(TimelineFilter::Kind(kind.0.clone())).or_default() += 1;
        }
        *statuses.entry(TimelineFilter::Status(relation.status)).or_default() += 1;
        for date in relation.occurrences.iter().filter_map(|o| o.date) {
            *years.entry(TimelineFilter::Year(date.year())).or_default() += 1;
        }
    }
    let link = |filter: &TimelineFilter, count: usize| CountedLink {
        name: match filter {
            TimelineFilter::All => site.strings.get("all").to_owned(),
            TimelineFilter::Year(year) => year.to_string(),
            TimelineFilter::Kind(kind) => site.kind_link(kind).name,
            TimelineFilter::Status(status) => site.status_label(*status).to_owned(),
        },
        address: timeline_address(filter),
        count,
        share: 0,
        current: filter == current,
    };
    let group = |key: &str, counts: BTreeMap<TimelineFilter, usize>| FilterView {
        name: site.strings.get(key).to_owned(),
        links: counts.iter().map(|(filter, &count)| link(filter, count)).collect(),
    };
    let mut year_group = group("filter_year", years);
    year_group.links.reverse();
    vec![group("filter_kind", kinds), group("filter_status", statuses), year_group]
}

fn partnerships(site: &Site<'_>) -> Built {
    let mut all: Vec<&Relation> = site.index.relations.values().collect();
    all.sort_by_key(|relation| (std::cmp::Reverse(relation.latest()), relation.id.clone()));
    let view =
        PartnershipsView { partnerships: all.into_iter().map(|r| site.relation(r)).collect() };
    let title = site.strings.get("partnerships");
    ("partnerships.html", meta(site, "partnerships", title, Vec::new()), View::Partnerships(view))
}

fn partnership(site: &Site<'_>, id: &str) -> Built {
    let relation = &site.index.relations[id];
    let shown = site.relation(relation);
    let mut articles: Vec<usize> = relation.occurrences.iter().map(|o| o.article).collect();
    articles.sort_unstable();
    articles.dedup();
    let above = vec![site.fixed_link("partnerships", "/partnerships/")];
    let mut meta = meta(site, "partnership", &shown.title, above);
    let sentence = sentence(site, relation);
    meta.description.clone_from(&sentence);
    let note = relation.note.as_ref();
    let view = PartnershipView {
        sentence,
        note_title: note.and_then(|(note, _)| note.title.clone()),
        note: note.map(|(_, body)| body.html.clone()).filter(|html| !html.is_empty()),
        lanes: site.lanes(std::iter::once(relation)),
        events: relation.occurrences.iter().map(|o| site.event(relation, o)).collect(),
        articles: site.cards(&articles),
        partnership: shown,
    };
    ("partnership.html", meta, View::Partnership(Box::new(view)))
}

/// The state of a relation in one sentence.
fn sentence(site: &Site<'_>, relation: &Relation) -> String {
    let date = |date: Option<PartialDate>| date.map(|date| site.strings.date(date).text);
    let period = relation.periods.last();
    let since = date(period.and_then(|p| p.start));
    let until = date(period.and_then(|p| p.end));
    let key = match (relation.status, &since, &until) {
        (Status::Rumoured, ..) => "sentence_rumoured",
        (Status::Announced, Some(_), _) => "sentence_announced",
        (Status::Announced, None, _) => "sentence_announced_open",
        (Status::Active, Some(_), _) => "sentence_active",
        (Status::Active, None, _) => "sentence_active_open",
        (Status::Ended, Some(_), Some(_)) => "sentence_ended_span",
        (Status::Ended, None, Some(_)) => "sentence_ended",
        (Status::Ended, Some(_), None) => "sentence_ended_since",
        (Status::Ended, None, None) => "sentence_ended_open",
        (Status::Unknown, ..) => "sentence_unknown",
    };
    let (since, until) = (since.unwrap_or_default(), until.unwrap_or_default());
    site.strings.with(key, &[("since", &since), ("until", &until)])
}

fn standing(site: &Site<'_>, key: &str) -> Built {
    let record = &site.index.pages[key];
    let mut meta = meta(site, "page", &record.page.title, Vec::new());
    if let Some(summary) = &record.page.summary {
        meta.description.clone_from(summary);
    }
    let view = StandingView { heading: record.page.title.clone(), body: record.body.html.clone() };
    ("page.html", meta, View::Standing(view))
}

fn not_found(site: &Site<'_>) -> Built {
    let title = site.strings.get("not_found");
    ("404.html", meta(site, "not-found", title, Vec::new()), View::Empty(EmptyView {}))
}

fn redirect(site: &Site<'_>, to: &str) -> Built {
    let title = site.strings.get("moved");
    let view = RedirectView { to: to.to_owned() };
    ("redirect.html", meta(site, "redirect", title, Vec::new()), View::Redirect(view))
}
