//! Single articles: their dates, addresses and stories.

use std::collections::BTreeMap;

use url::Url;

use crate::diagnostic::{self, Diagnostic};
use crate::index::stories::story_id;
use crate::index::{Index, IndexedArticle, traces};
use crate::model::{Claim, PartialDate};
use crate::parse::article::ClaimSpans;
use crate::parse::markdown;

/// What only tells who clicked where; a beginning with `_` at its end stands for all that begin so.
const TRACKING: &[&str] = &[
    "utm_",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "yclid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "wt_mc",
    "cmpid",
    "ncid",
];

pub(super) fn articles(index: &Index) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for entry in &index.articles {
        dates(index, entry, &mut found);
        addresses(entry, &mut found);
        stories(index, entry, &mut found);
    }
    duplicates(index, &mut found);
    for (at, events) in &index.open_stories {
        let titles: Vec<String> =
            events.iter().take(3).map(|&at| index.articles[at].article().path.clone()).collect();
        found.push(diagnostic::open_story(&index.articles[*at].file.source, &titles));
    }
    found
}

/// Dates that cannot be.
fn dates(index: &Index, entry: &IndexedArticle, found: &mut Vec<Diagnostic>) {
    let (file, article) = (&entry.file, entry.article());
    let source = &file.source;
    let retrieved = article.source.as_ref().and_then(|source| source.retrieved);
    if let (Some(date), Some(span)) = (article.date, &file.date_span) {
        if let Some(day) = retrieved.filter(|day| date.first_day() > day.last_day()) {
            found.push(diagnostic::after_retrieval(source, span.clone(), date, day));
        } else if article.publish_date.is_none() && article.waits_for(index.today).is_some() {
            found.push(diagnostic::in_the_future(source, span.clone(), date));
        }
    }
    for (claim, spans) in article.partnerships.iter().zip(&file.claim_spans) {
        claim_dates(index, entry, claim, spans, found);
    }
}

fn claim_dates(
    index: &Index,
    entry: &IndexedArticle,
    claim: &Claim,
    spans: &ClaimSpans,
    found: &mut Vec<Diagnostic>,
) {
    let source = &entry.file.source;
    let place = |span: &Option<_>| span.clone().unwrap_or_else(|| spans.whole.clone());
    // Zones differ, so an article may tell of a day that has not begun where it is published.
    let published = entry.article().date.map(|date| (date, date.last_day() + 1));
    if let (Some((published, last)), Some(date)) = (published, claim.date)
        && date.first_day() > last
    {
        found.push(diagnostic::told_before(source, place(&spans.date), date, published));
    }
    if let (Some(start), Some(end)) = (claim.start, claim.end)
        && start.first_day() > end.last_day()
    {
        found.push(diagnostic::ends_before(source, place(&spans.end), start, end));
    }
    let first: Option<(PartialDate, &Option<_>)> =
        claim.start.map(|date| (date, &spans.start)).or(claim.date.map(|date| (date, &spans.date)));
    let Some((date, span)) = first else { return };
    for party in &claim.parties {
        let Some(record) = index.company(&party.company, entry.article().date) else { continue };
        if let Some(founded) = record.company.founded
            && date.last_day() < founded.first_day()
        {
            let name = &record.company.name;
            found.push(diagnostic::before_founding(source, place(span), date, name, founded));
        }
    }
}

/// Addresses with parameters that belong to nobody's archive.
fn addresses(entry: &IndexedArticle, found: &mut Vec<Diagnostic>) {
    let (file, article) = (&entry.file, entry.article());
    if let (Some(url), Some(span)) = (article.source_url(), &file.source_span)
        && let Some(clean) = without_tracking(url)
    {
        found.push(diagnostic::tracking(&file.source, span.clone(), &clean));
    }
    for (url, span) in markdown::web_links(&article.body) {
        if let Some(clean) = without_tracking(&url) {
            let at = article.body.start();
            let span = span.start + at..span.end + at;
            found.push(diagnostic::tracking(&file.source, span, &clean));
        }
    }
}

/// The address without what only tracks; `None` where it has nothing of it.
fn without_tracking(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    let is_tracking = |key: &str| {
        let key = key.to_ascii_lowercase();
        TRACKING.iter().any(|&word| key == word || (word.ends_with('_') && key.starts_with(word)))
    };
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if !pairs.iter().any(|(key, _)| is_tracking(key)) {
        return None;
    }
    let kept: Vec<_> = pairs.into_iter().filter(|(key, _)| !is_tracking(key)).collect();
    if kept.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    Some(url.into())
}

/// The address by which two articles are known to be the same.
fn normal(address: &str) -> String {
    let clean = without_tracking(address).unwrap_or_else(|| address.to_owned());
    let bare = clean.split('#').next().unwrap_or(&clean);
    let bare = bare.trim_start_matches("https://").trim_start_matches("http://");
    bare.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
}

/// Articles from one address, and one publisher's text twice.
fn duplicates(index: &Index, found: &mut Vec<Diagnostic>) {
    // A page that changes, such as a newsroom's, may be the source of articles of many days.
    let mut addresses: BTreeMap<(String, Option<PartialDate>), Vec<usize>> = BTreeMap::new();
    for (at, entry) in index.articles.iter().enumerate() {
        if let Some(url) = entry.article().source_url().filter(|url| is_page(url)) {
            addresses.entry((normal(url), entry.article().date)).or_default().push(at);
        }
    }
    for (one, other) in traces::copies(&index.articles) {
        let [one, other] = [one, other].map(|at| &index.articles[at]);
        if one.publisher.is_some() && one.publisher == other.publisher {
            found.push(diagnostic::same_text(&one.file.source, &other.article().path));
        }
    }
    for (_, same) in addresses.into_iter().filter(|(_, same)| same.len() > 1) {
        let first = &index.articles[same[0]].article().path;
        for &at in &same[1..] {
            let file = &index.articles[at].file;
            let span = file.source_span.clone().unwrap_or(0..0);
            found.push(diagnostic::same_address(&file.source, span, first));
        }
    }
}

/// Whether an address is of a page, and not only of a whole site.
fn is_page(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.path().len() > 1 || url.query().is_some())
}

/// Pins that pin nothing.
fn stories(index: &Index, entry: &IndexedArticle, found: &mut Vec<Diagnostic>) {
    let article = entry.article();
    let known = || index.stories.keys().map(String::as_str);
    if let Some(pin) = &article.story
        && entry.story.is_none()
    {
        let near = diagnostic::nearest(&story_id(pin), known());
        found.push(diagnostic::lonely_pin(&entry.file.source, pin, near));
    }
}
