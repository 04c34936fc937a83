//! What the data files and `list --format json` tell of each thing, with its JSON Schema.
//!
//! What is not known is left out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Value, json};

use crate::index::pages::{company_address, partnership_place};
use crate::index::stories::Member;
use crate::index::{
    CompanyRecord, DateFact, IndexedArticle, MembershipReason, Relation, RelationEvent,
    SourcedValue, StatusReason, Story, Sureness,
};
use crate::model::{Article, Claim, DateBasis, PartialDate, Transition};
use crate::render::site::Site;

/// An article.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArticleData<'a> {
    /// Its page.
    pub address: &'a str,
    /// Its Markdown file in the site's source.
    pub path: &'a str,
    /// What its page is headed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// The source's own headline, where the title is the editor's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_title: Option<&'a str>,
    /// When the source published it: a day, a month or a year, with `~` for about and `?` for in
    /// doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How the date is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<&'static str>,
    /// The day from which on the site shows it, where an editor has set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish_date: Option<String>,
    /// BCP 47 tag of the text's language.
    pub lang: &'a str,
    /// Where it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceData<'a>>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub authors: &'a [String],
    /// Ids of the companies that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub companies: Vec<&'a str>,
    /// Its tags.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub tags: &'a [String],
    /// The editor's summary, or what may be quoted.
    pub summary: String,
    /// How much of the text the site may publish.
    pub rights: &'static str,
    /// The id of the story that it tells with others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<&'a str>,
    /// What it says of partnerships.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partnerships: Vec<ClaimData<'a>>,
    /// Whether it is a draft.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
}

/// Where an article came from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceData<'a> {
    /// The publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// The address of the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    /// The day it was fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
}

/// What one article says of one partnership.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClaimData<'a> {
    /// The partnership's id; none where the parties are two names of one company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partnership: Option<&'a str>,
    /// Who.
    pub parties: Vec<PartyData<'a>>,
    /// What it is.
    pub kinds: Vec<&'a str>,
    /// What happened.
    pub event: &'static str,
    /// When, where the article tells a day of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// When the partnership began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// How much money it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
    /// Which share of a company changes hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stake: Option<&'a str>,
    /// Why or how it came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
    /// The exact words of the article, as far as they may be quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// A party of a partnership.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartyData<'a> {
    /// The company's id.
    pub company: &'a str,
    /// What it does in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'a str>,
}

/// A company.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompanyData<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its page.
    pub address: String,
    /// Its name.
    pub name: &'a str,
    /// Its name in other languages, by language tag.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: &'a BTreeMap<String, String>,
    /// Other names under which texts mention it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub aliases: &'a [String],
    /// Names it had before.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub former_names: &'a [String],
    /// Ids it had before.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub former_ids: &'a [String],
    /// ISO 3166-1 code of its seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<&'a str>,
    /// Its website.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<&'a str>,
    /// Id of the company that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<&'a str>,
    /// Id of the company that it became a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<&'a str>,
    /// Its ticker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticker: Option<&'a str>,
    /// The same company elsewhere: `wikidata` and others.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub same_as: &'a BTreeMap<String, String>,
    /// When it was founded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub founded: Option<String>,
    /// How many articles name it.
    pub articles: usize,
    /// The ids of its partnerships.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partnerships: Vec<&'a str>,
}

/// A partnership with all that is told of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartnershipData<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its page.
    pub address: String,
    /// The parties' names.
    pub name: String,
    /// Who, with the roles that most articles give them.
    pub parties: Vec<PartyData<'a>>,
    /// What it is, the most told first.
    pub kinds: Vec<ToldData<'a>>,
    /// `rumoured`, `announced`, `active`, `ended` or `unknown`.
    pub status: &'static str,
    /// What the status follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<BecauseData>,
    /// How sure it is that there is such a partnership: `confirmed` by a party or two origins,
    /// `reported` by one, `inferred`, or `disputed`; none where there are only rumours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sureness: Option<&'static str>,
    /// How many articles report it.
    pub reports: usize,
    /// How many of them are not repetitions of others.
    pub origins: usize,
    /// The newest dated article that speaks of it as something that is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<String>,
    /// Whether it has not been reported on for long.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_quiet: bool,
    /// The stretches of time in which it held, by their beginnings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<PeriodData<'a>>,
    /// What happened, by date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventData<'a>>,
}

/// A value with those who tell it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ToldData<'a> {
    /// The value.
    pub value: String,
    /// How sure it is, as long as nobody tells another one.
    pub sureness: &'static str,
    /// Addresses of the articles that tell it.
    pub articles: Vec<&'a str>,
    /// How many of them are not repetitions of others.
    pub origins: usize,
    /// Whether a party says so itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_party: bool,
}

/// What a status follows from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BecauseData {
    /// The event, or `end-passed`.
    pub what: &'static str,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A stretch of time in which a partnership held.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PeriodData<'a> {
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<DateFactData<'a>>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<DateFactData<'a>>,
    /// Whether an end was reported, with or without a date.
    pub ended: bool,
}

/// A date with all that is told of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DateFactData<'a> {
    /// The preferred date.
    pub date: String,
    /// How sure it is.
    pub sureness: &'static str,
    /// Why it is preferred: it is the `only` one, or by the `editor`, a `party`, more `origins`, or
    /// because it came `first`.
    pub choice: &'static str,
    /// All dates that are told, the preferred one first; the others contradict it.
    pub values: Vec<ToldData<'a>>,
}

/// Something that happened to a partnership.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventData<'a> {
    /// `announced`, `ended`, ...
    pub event: &'static str,
    /// When, as far as told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Addresses of the articles that report it.
    pub articles: Vec<&'a str>,
}

/// An event of the timeline.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimelineData<'a> {
    /// The partnership's id.
    pub partnership: &'a str,
    /// What happened.
    #[serde(flatten)]
    pub event: EventData<'a>,
}

/// A story: articles that report the same event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StoryData<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its page.
    pub address: String,
    /// The title of its leading article.
    pub title: String,
    /// The parties' ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<&'a str>,
    /// `start`, `extension`, `end` or `rumour`; none where only the texts agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<&'static str>,
    /// The first day anybody reported it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its articles, the first report first.
    pub articles: Vec<MemberData<'a>>,
}

/// An article of a story.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MemberData<'a> {
    /// Its page.
    pub address: &'a str,
    /// Why it belongs there: `first`, `same-news`, `same-particulars`, `only-story`,
    /// `copy` or `pinned`.
    pub why: &'static str,
}

/// A tag.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TagData<'a> {
    /// The last part of its address.
    pub slug: &'a str,
    /// How it is shown.
    pub label: &'a str,
    /// How many articles bear it.
    pub articles: usize,
}

/// Where the articles of a year are, on a site whose data files are split.
#[derive(Debug, Serialize, JsonSchema)]
pub struct YearData {
    /// The year; none for articles without a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// How many articles there are.
    pub articles: usize,
    /// Their file with all that is known.
    pub json: String,
    /// Their table.
    pub csv: String,
}

/// Everything that a data file can hold, for its schema.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct All<'a> {
    articles: Vec<ArticleData<'a>>,
    years: Vec<YearData>,
    companies: Vec<CompanyData<'a>>,
    partnerships: Vec<PartnershipData<'a>>,
    stories: Vec<StoryData<'a>>,
    timeline: Vec<TimelineData<'a>>,
}

/// The JSON Schema (2020-12) of the data files: `#/$defs/<file>` is that of `/data/<file>.json`.
#[must_use]
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut generator = settings.into_generator();
    let mut all = generator.subschema_for::<All<'_>>();
    let mut definitions = generator.take_definitions(true);
    if let Some(Value::Object(all)) = definitions.remove("All")
        && let Some(Value::Object(files)) = all.get("properties").cloned()
    {
        definitions.extend(files);
    }
    all.remove("$ref");
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The data files of a Tearsheet site",
        "description": "`#/$defs/articles` is the schema of /data/articles.json and of the files in /data/articles/, `#/$defs/years` that of their list /data/articles/index.json, and so on.",
        "$defs": definitions,
    })
}

fn text(date: Option<PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn addresses<'a>(site: &'a Site, articles: &[usize]) -> Vec<&'a str> {
    articles.iter().map(|&at| site.index.articles[at].address.as_str()).collect()
}

/// An article as data.
#[must_use]
pub fn article<'a>(site: &'a Site, entry: &'a IndexedArticle) -> ArticleData<'a> {
    let article = entry.article();
    let id = |at: usize| site.index.companies[at].company.id.as_str();
    let mut partnerships: Vec<ClaimData<'_>> =
        article.partnerships.iter().map(|one| claim(site, article, one)).collect();
    for &(at, number) in &entry.reports {
        let relation = &site.index.relations[at];
        partnerships[relation.reports[number].claim].partnership = Some(&relation.id);
    }
    ArticleData {
        address: &entry.address,
        path: &article.path,
        title: article.title.as_deref(),
        original_title: article.original_title.as_deref(),
        date: text(article.date),
        date_basis: article.date_basis.map(DateBasis::id),
        publish_date: text(article.publish_date),
        lang: article.lang.tag(),
        source: article.source.as_ref().map(|source| SourceData {
            name: source.name.as_deref(),
            url: source.url.as_deref(),
            retrieved: text(source.retrieved),
        }),
        authors: &article.authors,
        companies: entry.companies.iter().map(|&at| id(at)).collect(),
        tags: &article.tags,
        summary: article.summary.clone().unwrap_or_else(|| site.quotable(entry)),
        rights: article.rights.id(),
        story: entry.story.map(|at| site.index.stories[at].id.as_str()),
        partnerships,
        draft: article.draft,
    }
}

fn claim<'a>(site: &'a Site, article: &'a Article, claim: &'a Claim) -> ClaimData<'a> {
    let now = |id: &'a str| site.index.succession.now(id, article.date);
    ClaimData {
        partnership: None,
        parties: claim
            .parties
            .iter()
            .map(|party| PartyData { company: now(&party.company), role: party.role.as_deref() })
            .collect(),
        kinds: claim.kinds.iter().map(|kind| kind.0.as_str()).collect(),
        event: claim.event.id(),
        date: text(claim.date),
        start: text(claim.start),
        end: text(claim.end),
        value: claim.value.as_deref(),
        stake: claim.stake.as_deref(),
        reason: claim.reason.as_deref(),
        evidence: site.evidence(article, claim),
    }
}

/// A company as data.
#[must_use]
pub fn company<'a>(site: &'a Site, record: &'a CompanyRecord) -> CompanyData<'a> {
    let company = &record.company;
    CompanyData {
        id: &company.id,
        address: company_address(&company.id),
        name: &company.name,
        names: &company.names,
        aliases: &company.aliases,
        former_names: &company.former_names,
        former_ids: &company.former_ids,
        country: company.country.as_deref(),
        website: company.website.as_deref(),
        parent: company.parent.as_deref(),
        merged_into: company.merged_into.as_ref().map(|(id, _)| id.as_str()),
        ticker: company.ticker.as_deref(),
        same_as: &company.same_as,
        founded: text(company.founded),
        articles: record.articles.len(),
        partnerships: record
            .relations
            .iter()
            .map(|&at| site.index.relations[at].id.as_str())
            .collect(),
    }
}

/// A partnership as data.
#[must_use]
pub fn partnership<'a>(site: &'a Site, relation: &'a Relation) -> PartnershipData<'a> {
    let periods = relation.periods.iter().map(|period| PeriodData {
        start: period.start.as_ref().map(|fact| date_fact(site, fact)),
        end: period.end.as_ref().map(|fact| date_fact(site, fact)),
        ended: period.ended,
    });
    let role = |id: &String| relation.roles.get(id).map(String::as_str);
    PartnershipData {
        id: &relation.id,
        address: partnership_place(&site.index, relation),
        name: site.relation_name(relation),
        parties: relation
            .parties
            .iter()
            .map(|id| PartyData { company: id, role: role(id) })
            .collect(),
        kinds: relation.kinds.iter().map(|kind| told(site, kind, kind.value.0.clone())).collect(),
        status: relation.status.id(),
        because: match relation.because {
            StatusReason::RelationEvent(at) => {
                let RelationEvent { event, date, .. } = relation.events[at];
                Some(BecauseData { what: event.id(), date: text(date) })
            }
            StatusReason::EndPassed(date) => {
                Some(BecauseData { what: "end-passed", date: text(Some(date)) })
            }
            StatusReason::Nothing => None,
        },
        sureness: relation.sureness().map(Sureness::id),
        reports: relation.articles().len(),
        origins: relation.told.as_ref().map_or(0, |told| told.origins),
        confirmed: text(relation.confirmed),
        is_quiet: relation.is_quiet,
        periods: periods.collect(),
        events: (0..relation.events.len()).map(|at| event(site, relation, at)).collect(),
    }
}

fn told<'a, T>(site: &'a Site, told: &SourcedValue<T>, value: String) -> ToldData<'a> {
    ToldData {
        value,
        sureness: told.sureness().id(),
        articles: addresses(site, &told.articles),
        origins: told.origins,
        by_party: told.by_party,
    }
}

fn date_fact<'a>(site: &'a Site, fact: &DateFact) -> DateFactData<'a> {
    DateFactData {
        date: fact.date().to_string(),
        sureness: fact.sureness().id(),
        choice: fact.choice.id(),
        values: fact.values.iter().map(|one| told(site, one, one.value.to_string())).collect(),
    }
}

fn event<'a>(site: &'a Site, relation: &Relation, at: usize) -> EventData<'a> {
    let relation_event = &relation.events[at];
    let article = |&number: &usize| relation.reports[number].article;
    let mut articles: Vec<usize> = relation_event.reports.iter().map(article).collect();
    articles.dedup();
    EventData {
        event: relation_event.event.id(),
        date: text(relation_event.date),
        articles: addresses(site, &articles),
    }
}

/// The events of a partnership as data of the timeline.
pub fn timeline<'a>(
    site: &'a Site,
    relation: &'a Relation,
) -> impl Iterator<Item = TimelineData<'a>> {
    let event = |at| TimelineData { partnership: &relation.id, event: event(site, relation, at) };
    (0..relation.events.len()).map(event)
}

/// A story as data.
#[must_use]
pub fn story<'a>(site: &'a Site, story: &'a Story) -> StoryData<'a> {
    let index = &site.index;
    let member = |member: &Member| MemberData {
        address: &index.articles[member.article].address,
        why: match member.why {
            MembershipReason::First => "first",
            MembershipReason::SameNews(_) => "same-news",
            MembershipReason::OnlyStory => "only-story",
            MembershipReason::SameParticulars => "same-particulars",
            MembershipReason::Copy(_) => "copy",
            MembershipReason::Pinned => "pinned",
        },
    };
    StoryData {
        id: &story.id,
        address: site.story_place(story),
        title: index.articles[site.leader(story)].heading(),
        parties: story.parties.iter().map(|&at| index.companies[at].company.id.as_str()).collect(),
        turn: story.turn.map(Transition::id),
        date: text(story.date),
        articles: story.members.iter().map(member).collect(),
    }
}
