//! The views of single pages, one per template or group of templates.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::render::view::{
    CardView, CompanyRow, ContextView, CountedLink, Counts, DateView, EventView, FactView,
    FilterView, FirstView, FlowView, HeadingView, InForceView, LetterView, LinkView, MonthView,
    NewsView, NoticeDay, NoticeView, PartnerView, PictureView, RelationView, RoleView, Shared,
    StatusView, TimelineYear, YearView,
};

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// How much the site holds.
    pub counts: Counts,
    /// What `content/pages/index.md` says, as HTML.
    pub intro: Option<String>,
    /// The newest story.
    pub lead: Option<NewsView>,
    /// The ones after it.
    pub news: Vec<NewsView>,
    /// The last 24 months that are over or running, oldest first.
    pub months: Vec<CountedLink>,
    /// The latest dated changes of partnerships, day by day.
    pub changes: Vec<NoticeDay>,
    /// What is new, kind by kind, where there are many partnerships.
    pub flow: Vec<FlowView>,
    /// The companies that most articles name.
    pub companies: Vec<CountedLink>,
    /// The tags that most articles bear.
    pub tags: Vec<CountedLink>,
}

/// An article's page.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// As in lists.
    pub article: Shared<CardView>,
    /// Its picture, unless the text shows that as well.
    pub picture: Option<PictureView>,
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
    /// What it says of partnerships.
    pub facts: Vec<EventView>,
    /// Where that stands in the life of these partnerships.
    pub context: Vec<ContextView>,
    /// The languages that its story was reported in, the first one first.
    pub first_in: Vec<FirstView>,
    /// The story that it tells with others.
    pub story: Option<LinkView>,
    /// The other articles of its story, the first report first.
    pub coverage: Vec<Shared<CardView>>,
    /// Articles on the same companies, newest first.
    pub related: Vec<Shared<CardView>>,
    /// The same in other languages.
    pub translations: Vec<Shared<CardView>>,
    /// Free fields of the front matter.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// The text of an article; its fields stand beside those of [`ArticleView`].
///
/// Nothing else that a page shows is made of the text, so it is rendered only for a page that is
/// made anew.
#[derive(Clone, Debug, Serialize)]
pub struct TextView {
    /// The text as HTML, where the rights allow it.
    pub body: Option<String>,
    /// A short quotation, where only that is allowed.
    pub excerpt: Option<String>,
    /// The headings, where the body is shown.
    pub headings: Vec<HeadingView>,
    /// Minutes it takes to read the body.
    pub minutes: usize,
}

/// The list of companies.
#[derive(Clone, Debug, Serialize)]
pub struct CompaniesView {
    /// How many there are.
    pub total: usize,
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
    /// The company it became a part of.
    pub merged_into: Option<Shared<LinkView>>,
    /// When it did.
    pub merged: Option<DateView>,
    /// Companies that became a part of it.
    pub predecessors: Vec<Shared<LinkView>>,
    /// The company it belongs to.
    pub parent: Option<Shared<LinkView>>,
    /// Companies that belong to it.
    pub subsidiaries: Vec<Shared<LinkView>>,
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
    /// Its relations; of many those that matter now.
    pub partners: Vec<PartnerView>,
    /// All of them, where there are more.
    pub all_partners: Option<CountedLink>,
    /// What changed last.
    pub changes: Vec<NoticeView>,
    /// Its newest articles, where it has more than these.
    pub latest: Vec<Shared<CardView>>,
    /// Its partners by kind and start, as SVG, where there are many.
    pub chart: Option<String>,
    /// It among its partners, as SVG.
    pub network: Option<String>,
    /// What the drawing shows, in words.
    pub network_note: String,
    /// Its lanes of the timeline, as SVG.
    pub lanes: Option<String>,
    /// Articles by year.
    pub years: Vec<CountedLink>,
    /// This page of its articles.
    pub articles: Vec<Shared<CardView>>,
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
    pub articles: Vec<Shared<CardView>>,
    /// The companies that its articles name most.
    pub companies: Vec<CountedLink>,
    /// Partnership events among its articles.
    pub events: Vec<Shared<EventView>>,
    /// The calendar of a month.
    pub month: Option<Shared<MonthView>>,
    /// The list before this one in time.
    pub earlier: Option<LinkView>,
    /// The list after this one in time.
    pub later: Option<LinkView>,
}

/// The archive, or one year of it.
#[derive(Clone, Debug, Serialize)]
pub struct ArchiveView {
    /// How many articles have no date.
    pub undated: usize,
    /// What it is headed with.
    pub heading: String,
    /// Newest first; a year's page has one.
    pub years: Vec<YearView>,
    /// The articles of a year's page that have no month.
    pub articles: Vec<Shared<CardView>>,
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
    /// Companies by years, where there are more partnerships than one drawing shows.
    pub in_force: Option<InForceView>,
    /// What is new, kind by kind, where there are that many.
    pub flow: Vec<FlowView>,
    /// The years with their counts, newest first, where there are that many.
    pub overview: Vec<CountedLink>,
    /// This page of the events, newest year first.
    pub years: Vec<TimelineYear>,
    /// How many events the whole list has.
    pub events: usize,
    /// The states of the partnerships shown, where there are several.
    pub statuses: Vec<StatusView>,
    /// Ways to narrow it.
    pub filters: Vec<FilterView>,
    /// The kinds that partnerships are of.
    pub kinds: Vec<SearchOption>,
    /// All states that partnerships are in.
    pub all_statuses: Vec<StatusView>,
    /// The year of the first event, if any has one.
    pub first_year: i16,
    /// This year.
    pub last_year: i16,
    /// How many partnerships it shows.
    pub total: usize,
}

/// The list of partnerships.
#[derive(Clone, Debug, Serialize)]
pub struct PartnershipsView {
    /// What it is headed with.
    pub heading: String,
    /// How many the whole list has.
    pub total: usize,
    /// This page of it, by latest report.
    pub partnerships: Vec<Shared<RelationView>>,
}

/// All partnerships of a company that has many.
#[derive(Clone, Debug, Serialize)]
pub struct PartnersView {
    /// The company.
    pub company: Shared<LinkView>,
    /// How many it has.
    pub total: usize,
    /// This page of them, the liveliest first.
    pub partners: Vec<PartnerView>,
}

/// Which countries' companies have partnerships with each other.
#[derive(Clone, Debug, Serialize)]
pub struct CountriesView {
    /// The countries with most, most first.
    pub columns: Vec<String>,
    /// For each of them a row with a cell for each.
    pub rows: Vec<CountryRow>,
    /// Pairs of countries that are not in the table, with most partnerships first.
    pub others: Vec<CountedLink>,
}

/// A country's row.
#[derive(Clone, Debug, Serialize)]
pub struct CountryRow {
    /// The country's name in the site's language.
    pub name: String,
    /// How many partnerships its companies have.
    pub total: usize,
    /// With whom, in the order of the columns.
    pub cells: Vec<CountryCell>,
}

/// What ties two countries.
#[derive(Clone, Debug, Serialize)]
pub struct CountryCell {
    /// How many partnerships.
    pub count: usize,
    /// From 0 for none to 5 for the most in the table.
    pub level: usize,
    /// Where they are.
    pub address: String,
}

/// A partnership's page.
#[derive(Clone, Debug, Serialize)]
pub struct PartnershipView {
    /// As in lists.
    pub partnership: Shared<RelationView>,
    /// Its state in one sentence.
    pub sentence: String,
    /// What its state follows from.
    pub reason: Option<String>,
    /// Where nobody has reported on it for long: since when.
    pub quiet: Option<String>,
    /// What its parties do in it, where told.
    pub roles: Vec<RoleView>,
    /// When it began and ended and what it is, with who says so.
    pub known: Vec<FactView>,
    /// The editor's title.
    pub note_title: Option<String>,
    /// The editor's note as HTML.
    pub note: Option<String>,
    /// Its lane, as SVG.
    pub lanes: Option<String>,
    /// Oldest first.
    pub events: Vec<Shared<EventView>>,
    /// The articles, newest first.
    pub articles: Vec<Shared<CardView>>,
}

/// A page of stories.
#[derive(Clone, Debug, Serialize)]
pub struct StoriesView {
    /// How many stories there are.
    pub total: usize,
    /// This page of them, the newest first.
    pub news: Vec<NewsView>,
}

/// A story's page.
#[derive(Clone, Debug, Serialize)]
pub struct StoryView {
    /// The title of its leading article.
    pub heading: String,
    /// Language tag of the heading.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// The picture of the first article that has one.
    pub picture: Option<PictureView>,
    /// Where there is none: who it is about, as SVG.
    pub mark: Option<String>,
    /// The partnership that it is about.
    pub partnership: Option<LinkView>,
    /// What happened to it, in the site's language.
    pub turn: Option<String>,
    /// The first day anybody reported it.
    pub date: Option<DateView>,
    /// How many of its articles are not repetitions of others.
    pub origins: usize,
    /// How many languages it is told in.
    pub languages: usize,
    /// When it was reported in which language, as SVG, where that differs.
    pub strip: Option<String>,
    /// Its articles, the first report first.
    pub members: Vec<MemberView>,
    /// What its articles say of partnerships.
    pub events: Vec<Shared<EventView>>,
}

/// An article of a story.
#[derive(Clone, Debug, Serialize)]
pub struct MemberView {
    /// The article.
    pub article: Shared<CardView>,
    /// Why it belongs to the story, in the site's language.
    pub why: String,
    /// Whether it goes back to the same text as one before it.
    pub is_repetition: bool,
}

/// The list of editions.
#[derive(Clone, Debug, Serialize)]
pub struct EditionsView {
    /// By year, newest first.
    pub years: Vec<EditionYear>,
}

/// The editions of a year.
#[derive(Clone, Debug, Serialize)]
pub struct EditionYear {
    /// The year.
    pub year: i16,
    /// Its editions with the number of their articles, newest first.
    pub editions: Vec<CountedLink>,
}

/// What was new in a week or a month.
#[derive(Clone, Debug, Serialize)]
pub struct EditionView {
    /// What it is headed with.
    pub heading: String,
    /// Its first day.
    pub first: DateView,
    /// Its last day.
    pub last: DateView,
    /// What happened, newest first.
    pub notices: Vec<NoticeView>,
    /// The articles, one for each story, newest first.
    pub news: Vec<NewsView>,
    /// A sentence on how many more articles there are, where there are.
    pub rest: String,
    /// The edition as plain text.
    pub text: String,
    /// The edition for mail programs, where the site knows its own address.
    pub mail: Option<String>,
    /// The edition before.
    pub earlier: Option<LinkView>,
    /// The edition after.
    pub later: Option<LinkView>,
}

/// A standing page.
#[derive(Clone, Debug, Serialize)]
pub struct StandingView {
    /// What it is headed with.
    pub heading: String,
    /// The text as HTML.
    pub body: String,
    /// Its headings.
    pub headings: Vec<HeadingView>,
    /// Keys of the front matter that Tearsheet does not know.
    pub extra: BTreeMap<String, serde_json::Value>,
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
    pub entries: Vec<Shared<FeedEntry>>,
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

/// The search page: what its script must know, and what results can be narrowed to.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// Into how many parts the index is divided.
    pub parts: usize,
    /// How many documents can be found.
    pub documents: usize,
    /// How many of them stand in one file.
    pub per_file: usize,
    /// The number of the first that is an article.
    pub first_article: usize,
    /// What each filter can be set to.
    pub filters: Vec<SearchFilter>,
}

/// One way to narrow results.
#[derive(Clone, Debug, Serialize)]
pub struct SearchFilter {
    /// `company`, `tag`, `language`, `kind` or `year`.
    pub id: &'static str,
    /// What it is called.
    pub name: String,
    /// The values, as addresses and as words.
    pub options: Vec<SearchOption>,
}

/// One value of a filter.
#[derive(Clone, Debug, Serialize)]
pub struct SearchOption {
    /// As the index has it.
    pub value: String,
    /// As readers see it.
    pub name: String,
    /// How many articles have it.
    pub count: usize,
}
