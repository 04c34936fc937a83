//! What templates see.
//!
//! Addresses begin with `/`, the root of the site; the `url` filter makes them links.

use std::collections::BTreeMap;

use serde::Serialize;

mod charts;
mod pages;
mod shared;

pub use crate::render::view::charts::*;
pub use crate::render::view::pages::*;
pub use crate::render::view::shared::Shared;

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
    /// Whether some articles have no date.
    pub has_undated: bool,
    /// Whether there are articles or companies; without, the site is its standing pages.
    pub has_coverage: bool,
    /// What the site has of `partnerships`, `timeline`, `stories`, `sources`, `languages`, `countries`,
    /// `editions` and `data`.
    pub sections: Vec<&'static str>,
    /// Whether readers can search the site.
    pub has_search: bool,
    /// The day of the build.
    pub today: DateView,
    /// Short names of the days of a week from Monday.
    pub weekdays: Vec<String>,
    /// The program's version.
    pub version: &'static str,
    /// Where the preview's live-reload script is; none in a built site.
    pub live_reload: Option<String>,
    /// The colours of light pages, for what has no style sheet.
    pub colours: ColoursView,
    /// Free fields of the config.
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// Colours, as `#9c2418`.
#[derive(Clone, Debug, Serialize)]
pub struct ColoursView {
    /// Of the page.
    pub background: String,
    /// Of what is read.
    pub text: String,
    /// Of lesser text.
    pub soft: String,
    /// Of lines.
    pub rule: String,
    /// Of headings of sections, links and marks.
    pub accent: String,
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
    /// Stories told by several articles.
    pub stories: usize,
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
    /// The whole address of a picture to show beside links to this page, where there is one.
    pub image: Option<String>,
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
    pub source: Option<Shared<LinkView>>,
    /// The editor's summary, or what the rights let us quote.
    pub summary: String,
    /// What it is about.
    pub companies: Vec<Shared<LinkView>>,
    /// Its tags.
    pub tags: Vec<Shared<LinkView>>,
    /// The picture that stands for it, where rights allow that.
    pub picture: Option<PictureView>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The day that it waits for, while that is still to come.
    pub scheduled: Option<DateView>,
}

/// A picture of an article.
#[derive(Clone, Debug, Serialize)]
pub struct PictureView {
    /// Where its file is.
    pub address: String,
    /// The widths that a browser may choose from; none where there is only the file.
    pub sizes: Vec<SizeView>,
    /// Of the file, in pixels.
    pub width: u32,
    /// Of the file, in pixels.
    pub height: u32,
    /// What is to be seen, for those who cannot; empty where nobody said so.
    pub alt: String,
    /// Who made it.
    pub credit: Option<String>,
}

/// A picture in one width.
#[derive(Clone, Debug, Serialize)]
pub struct SizeView {
    /// Where it is.
    pub address: String,
    /// In pixels.
    pub width: u32,
}

/// An article with the others that tell the same story.
#[derive(Clone, Debug, Serialize)]
pub struct NewsView {
    /// The leading article.
    pub article: Shared<CardView>,
    /// What it reports in a sentence, where its own language is not the site's; else empty.
    pub sentence: String,
    /// Who it is about, as SVG, where the article has no picture and stands first; else empty.
    pub mark: String,
    /// The address of the story, where several articles tell it; else empty.
    pub story: String,
    /// The other articles, the first report first.
    pub coverage: Vec<Shared<CardView>>,
}

/// What one article says of something.
#[derive(Clone, Debug, Serialize)]
pub struct ReportView {
    /// The article.
    pub article: LinkView,
    /// Its language tag.
    pub lang: String,
    /// The language's own name.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// When the source published it.
    pub date: Option<DateView>,
    /// Who published it.
    pub source: Option<Shared<LinkView>>,
    /// Its exact words.
    pub evidence: Option<String>,
    /// How much money it is about, in its words.
    pub value: Option<String>,
    /// Which share of a company changes hands, in its words.
    pub stake: Option<String>,
    /// Why or how the event came about, in the editor's words.
    pub reason: Option<String>,
    /// How sure import was, in percent; none once an editor has confirmed it.
    pub confidence: Option<u8>,
}

/// One thing that happened to a partnership, with all that report it.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    /// An id for links into the page.
    pub id: String,
    /// When, as far as told.
    pub date: Option<DateView>,
    /// The partnership's state today.
    pub status: &'static str,
    /// `announced`, `ended`, ...
    pub event: &'static str,
    /// The same in the site's language.
    pub label: String,
    /// The kinds, in the site's language.
    pub kinds: Vec<Shared<LinkView>>,
    /// Who.
    pub parties: Vec<Shared<LinkView>>,
    /// The partnership.
    pub partnership: LinkView,
    /// The articles that say so, the first report first.
    pub reports: Vec<ReportView>,
}

/// A state of partnerships.
#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    /// `active`, `ended`, ...
    pub id: &'static str,
    /// In the site's language.
    pub name: String,
}

/// What a party does in a partnership.
#[derive(Clone, Debug, Serialize)]
pub struct RoleView {
    /// Who.
    pub party: Shared<LinkView>,
    /// What it does.
    pub role: String,
}

/// A value that sources tell.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView {
    /// In the site's language.
    pub text: String,
    /// Where it is a date.
    pub date: Option<DateView>,
    /// `confirmed`, `reported` or `inferred`.
    pub sureness: &'static str,
    /// The same in the site's language.
    pub sureness_label: String,
    /// How many of the articles are not repetitions of others.
    pub origins: usize,
    /// Who tells it.
    pub reports: Vec<ReportView>,
}

/// A fact of a partnership, with all that is told of it.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// What the fact is: began, ended, kind.
    pub name: String,
    /// The values that sources tell, the preferred one first.
    pub values: Vec<ValueView>,
    /// Whether the values contradict each other.
    pub is_disputed: bool,
    /// Where they do: why the first one is preferred.
    pub choice: Option<String>,
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
    pub parties: Vec<Shared<LinkView>>,
    /// What it is.
    pub kinds: Vec<Shared<LinkView>>,
    /// `active`, `ended`, ...
    pub status: &'static str,
    /// The same in the site's language.
    pub status_label: String,
    /// When it began.
    pub since: Option<DateView>,
    /// When it ended.
    pub until: Option<DateView>,
    /// The last dated event.
    pub latest: Option<DateView>,
    /// The newest dated article that speaks of it as something that is there.
    pub confirmed: Option<DateView>,
    /// Whether it has not been reported on for long.
    pub is_quiet: bool,
    /// `confirmed`, `reported`, `inferred` or `disputed`; none where there are only rumours.
    pub sureness: Option<&'static str>,
    /// The same in the site's language.
    pub sureness_label: Option<String>,
    /// Whether sources contradict each other on one of its dates.
    pub has_disputes: bool,
    /// How many articles report it.
    pub reports: usize,
    /// How many of them are not repetitions of others.
    pub origins: usize,
    /// How many publishers report it.
    pub sources: usize,
}

/// A partner on a company's page.
#[derive(Clone, Debug, Serialize)]
pub struct PartnerView {
    /// The other parties.
    pub partners: Vec<Shared<LinkView>>,
    /// The relation.
    pub relation: Shared<RelationView>,
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
    pub months: Vec<Shared<MonthView>>,
}

/// Something that happened, told in a sentence.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// The sentence, in the site's language.
    pub sentence: String,
    /// How it stands to what was before, and how much it is reported.
    pub notes: Vec<String>,
    /// What happened.
    pub event: Shared<EventView>,
    /// Where it is told.
    pub address: String,
    /// The partnership's lane with this event marked, as SVG.
    pub spark: Option<String>,
}

/// What happened on a day or in a month.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeDay {
    /// When.
    pub date: DateView,
    /// What.
    pub notices: Vec<NoticeView>,
}

/// Where what an article tells stands in the life of a partnership.
#[derive(Clone, Debug, Serialize)]
pub struct ContextView {
    /// The partnership.
    pub partnership: Shared<RelationView>,
    /// Its lane with this event marked, as SVG.
    pub spark: Option<String>,
    /// What the article tells, in a sentence.
    pub here: NoticeView,
    /// What happened before it.
    pub before: Option<NoticeView>,
    /// What happened after it.
    pub after: Option<NoticeView>,
}

/// A language that an event was reported in, from the one that had it first on.
#[derive(Clone, Debug, Serialize)]
pub struct FirstView {
    /// Language tag.
    pub lang: String,
    /// The language's own name.
    pub language: String,
    /// The day of its first report.
    pub date: DateView,
    /// How many days after the first report of all.
    pub days: usize,
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
    /// The country's name in the site's language.
    pub country_name: Option<String>,
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
    /// `partners.html`
    Partners(PartnersView),
    /// `countries.html`
    Countries(CountriesView),
    /// `partnership.html`
    Partnership(Box<PartnershipView>),
    /// `stories.html`
    Stories(StoriesView),
    /// `editions.html`
    Editions(EditionsView),
    /// `edition.html`, `mail.html`
    Edition(Box<EditionView>),
    /// `story.html`
    Story(Box<StoryView>),
    /// `search.html`
    Search(SearchView),
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
