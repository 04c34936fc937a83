//! What templates see: the only types with `Serialize`, and no others.
//!
//! Addresses begin with `/`, the root of the site; the `url` filter makes them links.

use serde::Serialize;
use std::collections::BTreeMap;

/// The site as a whole, on every page as `site`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Language tag of the site's own words.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Where it is hosted, without a slash at the end; none for a site with relative links.
    pub base_url: Option<String>,
    /// The fixed sections and the editor's own entries.
    pub menu: Vec<LinkView>,
    /// How much there is.
    pub counts: Counts,
    /// The day of the build.
    pub today: DateView,
    /// The program's version.
    pub version: &'static str,
    /// Where the preview's live-reload script is; none in a built site.
    pub live_reload: Option<String>,
    /// Free fields of the config.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// How much the site holds.
#[derive(Clone, Debug, Serialize)]
pub struct Counts {
    /// Articles shown.
    pub articles: usize,
    /// Companies with a page.
    pub companies: usize,
    /// Partnerships with a page.
    pub partnerships: usize,
    /// Publishers.
    pub sources: usize,
    /// Languages.
    pub languages: usize,
    /// Tags.
    pub tags: usize,
    /// Articles without a date.
    pub undated: usize,
}

/// The page itself, on every page as `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// The kind of page: `home`, `article`, `company`, ...
    pub kind: &'static str,
    /// Its address.
    pub address: String,
    /// Its whole address, where the site knows its own.
    pub canonical: Option<String>,
    /// For the title bar and sharing.
    pub title: String,
    /// For search engines and sharing.
    pub description: String,
    /// Language tag of the title.
    pub title_lang: String,
    /// From the home page to the page above this one.
    pub breadcrumbs: Vec<LinkView>,
    /// Address of the Atom feed that fits the page best.
    pub feed: String,
    /// Structured data for search engines, as JSON that may stand in a script element.
    pub json_ld: String,
    /// Where this is one page of several.
    pub pager: Option<PagerView>,
}

/// A list's pages.
#[derive(Clone, Debug, Serialize)]
pub struct PagerView {
    /// This one, from 1.
    pub number: usize,
    /// How many.
    pub total: usize,
    /// The page with newer entries.
    pub previous: Option<String>,
    /// The page with older entries.
    pub next: Option<String>,
}

/// Words that lead somewhere.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct LinkView {
    /// The words.
    pub name: String,
    /// Where they lead.
    pub address: String,
}

/// A link with the number of things behind it.
#[derive(Clone, Debug, Serialize)]
pub struct CountedLink {
    /// The words.
    pub name: String,
    /// Where they lead.
    pub address: String,
    /// How many things are there.
    pub count: usize,
    /// The count in percent of the largest one beside it, for bars.
    pub share: usize,
    /// Whether this is the page shown.
    pub current: bool,
}

/// A date of which only a part may be known.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct DateView {
    /// `2022-05-23`, `2022-05` or `2022`, for `<time datetime>`.
    pub iso: String,
    /// In the site's language.
    pub text: String,
}

/// An article as lists show it.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Its page.
    pub address: String,
    /// Its title, or its first words.
    pub title: String,
    /// Whether the title is only its first words.
    pub untitled: bool,
    /// Language tag.
    pub lang: String,
    /// The language's own name.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// When the source published it.
    pub date: Option<DateView>,
    /// Who published it.
    pub source: Option<LinkView>,
    /// The editor's summary, or what the rights let us quote.
    pub summary: String,
    /// What it is about.
    pub companies: Vec<LinkView>,
    /// Its tags.
    pub tags: Vec<LinkView>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// One thing that happened to a partnership, as one article tells it.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    /// An id for links into the page.
    pub id: String,
    /// When, as far as told.
    pub date: Option<DateView>,
    /// `announced`, `ended`, ...
    pub event: &'static str,
    /// The same in the site's language.
    pub label: String,
    /// The kinds, in the site's language.
    pub kinds: Vec<LinkView>,
    /// Who.
    pub parties: Vec<LinkView>,
    /// The partnership.
    pub partnership: LinkView,
    /// The article that says so.
    pub article: LinkView,
    /// The article's language tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Who published the article.
    pub source: Option<LinkView>,
    /// Its exact words.
    pub evidence: Option<String>,
    /// How sure import was, in percent; none once an editor has confirmed it.
    pub confidence: Option<u8>,
}

/// A partnership.
#[derive(Clone, Debug, Serialize)]
pub struct RelationView {
    /// Its id.
    pub id: String,
    /// Its page.
    pub address: String,
    /// The parties' names.
    pub title: String,
    /// Who.
    pub parties: Vec<LinkView>,
    /// What it is.
    pub kinds: Vec<LinkView>,
    /// `active`, `ended`, ...
    pub status: &'static str,
    /// The same in the site's language.
    pub status_label: String,
    /// When it began.
    pub since: Option<DateView>,
    /// When it ended.
    pub until: Option<DateView>,
    /// The last dated report.
    pub latest: Option<DateView>,
    /// How many articles report it.
    pub reports: usize,
    /// How many publishers report it.
    pub sources: usize,
}

/// A partner on a company's page.
#[derive(Clone, Debug, Serialize)]
pub struct PartnerView {
    /// The other parties.
    pub partners: Vec<LinkView>,
    /// The relation.
    pub relation: RelationView,
}

/// A month of a year's calendar.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView {
    /// Its name.
    pub name: String,
    /// Its page, where it has articles.
    pub address: Option<String>,
    /// How many articles.
    pub count: usize,
    /// Weeks of seven days, Monday first; cells outside the month are empty.
    pub weeks: Vec<Vec<Option<DayView>>>,
}

/// A day of a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// The day of the month.
    pub day: u8,
    /// Its page, where it has articles.
    pub address: Option<String>,
    /// How many articles.
    pub count: usize,
    /// 0 for none to 4 for the busiest.
    pub level: usize,
}

/// A year of the archive.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    /// The year and its count.
    pub link: CountedLink,
    /// Its twelve months.
    pub months: Vec<MonthView>,
}

/// Events of one year of a timeline.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineYear {
    /// The year; none for events without a date.
    pub year: Option<String>,
    /// Newest first.
    pub events: Vec<EventView>,
}

/// A group of links that narrow a list.
#[derive(Clone, Debug, Serialize)]
pub struct FilterView {
    /// What they narrow by.
    pub name: String,
    /// The choices.
    pub links: Vec<CountedLink>,
}

/// A letter of an A-Z list.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// The letter.
    pub letter: String,
    /// An id for links into the page.
    pub id: String,
    /// What begins with it.
    pub companies: Vec<CompanyRow>,
}

/// A company in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub address: String,
    /// Names in other scripts.
    pub names: Vec<NameView>,
    /// ISO code of its country.
    pub country: Option<String>,
    /// How many articles name it.
    pub articles: usize,
    /// How many partnerships it has.
    pub partnerships: usize,
}

/// A name in another language.
#[derive(Clone, Debug, Serialize)]
pub struct NameView {
    /// Language tag.
    pub lang: String,
    /// The language's own name.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The name.
    pub name: String,
}

/// A heading of a text.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView {
    /// 2 to 6.
    pub level: u8,
    /// The id it can be linked by.
    pub id: String,
    /// The words.
    pub title: String,
}

/// What one page shows besides `site` and `page`; its fields are top-level names in the template.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum View {
    /// `home.html`
    Home(Box<HomeView>),
    /// `article.html`
    Article(Box<ArticleView>),
    /// `companies.html`
    Companies(CompaniesView),
    /// `company.html`
    Company(Box<CompanyView>),
    /// `tags.html`, `sources.html`, `languages.html`
    Links(LinksView),
    /// `tag.html`, `source.html`, `language.html`, `month.html`, `day.html`, `undated.html`
    List(ListView),
    /// `archive.html`, `year.html`
    Archive(ArchiveView),
    /// `timeline.html`
    Timeline(TimelineView),
    /// `partnerships.html`
    Partnerships(PartnershipsView),
    /// `partnership.html`
    Partnership(Box<PartnershipView>),
    /// `page.html`
    Standing(StandingView),
    /// `404.html`
    Empty(EmptyView),
    /// `redirect.html`
    Redirect(RedirectView),
    /// `feed.xml`
    Feed(FeedView),
    /// `sitemap.xml`
    Sitemap(SitemapView),
}

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The newest article.
    pub lead: Option<CardView>,
    /// The ones after it.
    pub articles: Vec<CardView>,
    /// The last 24 months that are over or running, oldest first.
    pub months: Vec<CountedLink>,
    /// The latest dated changes of partnerships.
    pub changes: Vec<EventView>,
    /// The companies that most articles name.
    pub companies: Vec<CountedLink>,
    /// The tags that most articles bear.
    pub tags: Vec<CountedLink>,
}

/// An article's page.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// As in lists.
    pub article: CardView,
    /// The source's own headline where the title is the editor's.
    pub original_title: Option<String>,
    /// How the date is known, in the site's language.
    pub date_basis: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Address of the original.
    pub source_url: Option<String>,
    /// When the original was fetched.
    pub retrieved: Option<DateView>,
    /// `link`, `excerpt` or `full`.
    pub rights: &'static str,
    /// The text as HTML, where the rights allow it.
    pub body: Option<String>,
    /// A short quotation, where only that is allowed.
    pub excerpt: Option<String>,
    /// The headings, where the body is shown.
    pub headings: Vec<HeadingView>,
    /// Minutes it takes to read the body.
    pub minutes: usize,
    /// What it says of partnerships.
    pub facts: Vec<EventView>,
    /// Articles on the same companies, newest first.
    pub related: Vec<CardView>,
    /// Free fields of the front matter.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// The list of companies.
#[derive(Clone, Debug, Serialize)]
pub struct CompaniesView {
    /// By first letter.
    pub letters: Vec<LetterView>,
}

/// A company's page.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyView {
    /// As in lists.
    pub company: CompanyRow,
    /// Its id.
    pub id: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Names it had before.
    pub former_names: Vec<String>,
    /// Its website.
    pub website: Option<String>,
    /// The company it belongs to.
    pub parent: Option<LinkView>,
    /// Companies that belong to it.
    pub subsidiaries: Vec<LinkView>,
    /// Its ticker.
    pub ticker: Option<String>,
    /// The same company elsewhere.
    pub same_as: Vec<LinkView>,
    /// When it was founded.
    pub founded: Option<DateView>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// The profile as HTML.
    pub profile: Option<String>,
    /// Its relations.
    pub partners: Vec<PartnerView>,
    /// Its lanes of the timeline, as SVG.
    pub lanes: Option<String>,
    /// Articles by year.
    pub years: Vec<CountedLink>,
    /// This page of its articles.
    pub articles: Vec<CardView>,
}

/// A page of links with counts.
#[derive(Clone, Debug, Serialize)]
pub struct LinksView {
    /// What it is headed with.
    pub heading: String,
    /// The links.
    pub links: Vec<CountedLink>,
}

/// A page of articles.
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    /// What it is headed with.
    pub heading: String,
    /// A sentence under it.
    pub description: Option<String>,
    /// How many articles the whole list has.
    pub total: usize,
    /// This page of it.
    pub articles: Vec<CardView>,
    /// The companies that its articles name most.
    pub companies: Vec<CountedLink>,
    /// Partnership events among its articles.
    pub events: Vec<EventView>,
    /// The calendar of a month.
    pub month: Option<MonthView>,
    /// The list before this one in time.
    pub earlier: Option<LinkView>,
    /// The list after this one in time.
    pub later: Option<LinkView>,
}

/// The archive, or one year of it.
#[derive(Clone, Debug, Serialize)]
pub struct ArchiveView {
    /// What it is headed with.
    pub heading: String,
    /// Newest first; a year's page has one.
    pub years: Vec<YearView>,
    /// The articles of a year's page that have no month.
    pub articles: Vec<CardView>,
    /// The year before.
    pub earlier: Option<LinkView>,
    /// The year after.
    pub later: Option<LinkView>,
}

/// The timeline or a part of it.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// What it is headed with.
    pub heading: String,
    /// The lanes, as SVG.
    pub lanes: Option<String>,
    /// The events, newest year first.
    pub years: Vec<TimelineYear>,
    /// Ways to narrow it.
    pub filters: Vec<FilterView>,
    /// How many partnerships it shows.
    pub total: usize,
}

/// The list of partnerships.
#[derive(Clone, Debug, Serialize)]
pub struct PartnershipsView {
    /// By latest report.
    pub partnerships: Vec<RelationView>,
}

/// A partnership's page.
#[derive(Clone, Debug, Serialize)]
pub struct PartnershipView {
    /// As in lists.
    pub partnership: RelationView,
    /// Its state in one sentence.
    pub sentence: String,
    /// The editor's title.
    pub note_title: Option<String>,
    /// The editor's note as HTML.
    pub note: Option<String>,
    /// Its lane, as SVG.
    pub lanes: Option<String>,
    /// Oldest first.
    pub events: Vec<EventView>,
    /// The articles, newest first.
    pub articles: Vec<CardView>,
}

/// A standing page.
#[derive(Clone, Debug, Serialize)]
pub struct StandingView {
    /// What it is headed with.
    pub heading: String,
    /// The text as HTML.
    pub body: String,
}

/// A page without data of its own.
#[derive(Clone, Debug, Serialize)]
pub struct EmptyView {}

/// An old address.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// The new address.
    pub to: String,
}

/// A feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// The feed's title.
    pub title: String,
    /// The page it belongs to, as a whole address where known.
    pub link: String,
    /// Its own address, as a whole address where known.
    pub own: String,
    /// When the newest entry was dated, RFC 3339.
    pub updated: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    /// A permanent id.
    pub id: String,
    /// Where to read it.
    pub link: String,
    /// Its title.
    pub title: String,
    /// Language tag.
    pub lang: String,
    /// RFC 3339.
    pub updated: String,
    /// Where the date is known, RFC 3339.
    pub published: Option<String>,
    /// The editor's summary, or what may be quoted.
    pub summary: String,
    /// The body as HTML, where the rights allow it.
    pub content: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Address of the original.
    pub source_url: Option<String>,
    /// The publisher.
    pub source_name: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// The sitemap.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapView {
    /// Whole addresses, where the site knows its own.
    pub addresses: Vec<String>,
}
