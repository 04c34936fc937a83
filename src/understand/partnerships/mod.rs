//! Partnerships that a text tells of, with the words that say so.

mod clause;
mod pair;
mod roles;
mod terms;
pub mod weights;
mod when;

use std::collections::BTreeMap;

use super::companies::{Companies, Mention};
use super::lexicon::{Lexicon, lower_of_same_length};
use super::sentences::{clauses, sentences};
use crate::model::{Claim, Event, Kind, PartialDate, Party};
use clause::{Clause, ClauseMatch, Pattern};
use pair::{PairContext, Reading, SentenceEvidence};
use roles::Role;

/// How many of the companies that an article names most it is taken to be about.
const TOPICS: usize = 3;
/// How far from the only company of a sentence the word may stand that relates it to the topic.
const TOPIC_GAP: usize = 70;
/// A sentence that names companies more often than this is a list, and to compare each with each
/// would take minutes in a long one.
const LISTED: usize = 60;
/// In these first paragraphs an article tells its news.
const EARLY: usize = 4;
/// The kind of a relation of which only is told that there is one.
const VAGUE: &str = "strategic-alliance";
/// The kind that is founded, and so is not told in passing.
const JOINT_VENTURE: &str = "joint-venture";
/// How sure a claim is at most that rests on what unnamed sources say.
const RUMOUR: f32 = 0.6;

/// What is told in one place: who, what, how sure.
#[derive(Clone)]
struct Statement<'a> {
    parties: Vec<String>,
    /// What they do to each other, where that is told.
    roles: Vec<Role>,
    kind: &'a str,
    sentence: &'a str,
    event: Event,
    confidence: f32,
    assumed: bool,
    /// It is what the article reports, not what it recalls.
    news: bool,
    pattern: Pattern,
    /// The sentence says that it is not so.
    negated: bool,
    /// The number of its paragraph.
    paragraph: usize,
}

/// What an article may say of two companies.
pub struct Pair {
    /// What it says of them.
    pub claim: Claim,
    /// What speaks for it and against it.
    pub features: Vec<(&'static str, f64)>,
}

/// The claims of an article, with how probable each is.
#[must_use]
pub fn partnerships(
    paragraphs: &[&str],
    title: Option<&str>,
    published: Option<PartialDate>,
    lexicon_of: impl Fn(&str) -> &'static Lexicon,
    companies: &Companies,
) -> Vec<Claim> {
    let pairs = pairs(paragraphs, title, published, lexicon_of, companies);
    let mut claims: Vec<Claim> = Vec::new();
    for Pair { mut claim, features } in pairs {
        let probability = weights::probability(&features);
        let is_denial = claim.event == Event::Denied;
        let least = if is_denial { weights::DENIED } else { weights::BELIEVED };
        if probability >= least {
            // Whether it is the article's news is told by all sentences together.
            match (claim.event, weights::is_news(&features)) {
                // What has been so since a year is no news.
                (Event::Mentioned, Some(true)) if claim.start.is_none() => {
                    (claim.event, claim.start, claim.end) = (Event::Announced, None, None);
                    claim.date = published;
                }
                (Event::Announced, Some(false)) => {
                    (claim.event, claim.date) = (Event::Mentioned, None);
                }
                _ => {}
            }
            let is_talk = matches!(claim.event, Event::Rumoured | Event::Denied);
            let most = if is_talk { RUMOUR } else { 1.0 };
            claim.confidence = Some(weights::rounded(probability).min(most));
            claims.push(claim);
        }
    }
    // What the article is surest of is what it is about.
    let sure = |claim: &Claim| claim.confidence.unwrap_or_default();
    claims.sort_by(|one, other| sure(other).total_cmp(&sure(one)));
    claims
}

/// All pairs of companies of which an article may say something, with the features of each.
#[must_use]
pub fn pairs(
    paragraphs: &[&str],
    title: Option<&str>,
    published: Option<PartialDate>,
    lexicon_of: impl Fn(&str) -> &'static Lexicon,
    companies: &Companies,
) -> Vec<Pair> {
    let main = main_companies(paragraphs, title, companies);
    let opening = paragraphs.first().and_then(|lead| sentences(lead).first().copied());
    let opening = opening.unwrap_or_default();
    let mut reader = Reader { companies, main: &main, opening, topic: main.first().cloned() };
    if paragraphs.first().is_some_and(|lead| reader.has_crowd(lead, lexicon_of(lead))) {
        reader.topic = None;
    }
    let mut found: BTreeMap<[String; 2], PairStatements<'_>> = BTreeMap::new();
    let mut pair: Option<Vec<String>> = title.and_then(|title| reader.pair_of(title));
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let lexicon = lexicon_of(paragraph);
        for sentence in sentences(paragraph) {
            reader.see(sentence, lexicon, Some(number), &mut found);
            let mut told = reader.read(sentence, lexicon, number);
            if told.is_empty() {
                told.extend(reader.of_both(sentence, lexicon, number, pair.as_deref()));
            }
            if told.is_empty()
                && let Some(told) = reader.of_topic(sentence, lexicon, number)
            {
                add(&told, lexicon, &mut found);
            }
            if let Some(told) = told.first() {
                pair = Some(told.parties.clone());
            } else if let Some(named) = reader.pair_of(sentence) {
                pair = Some(named);
            }
            for told in told {
                // Who was left out of the sentence is assumed; what is told elsewhere goes before.
                let partner = told.parties.last().filter(|_| told.assumed);
                let is_told = |partner: &String| {
                    found.iter().any(|(pair, seen)| pair.contains(partner) && seen.is_read())
                };
                if !partner.is_some_and(is_told) {
                    add(&told, lexicon, &mut found);
                }
            }
        }
    }
    if let Some(title) = title {
        let lexicon = lexicon_of(paragraphs.first().copied().unwrap_or(title));
        reader.see(title, lexicon, None, &mut found);
        for told in reader.of_title(title, paragraphs, &lexicon_of) {
            add(&told, lexicon, &mut found);
        }
    }
    let times = reader.times(paragraphs, title);
    let code = paragraphs.first().map_or("en", |lead| lexicon_of(lead).code);
    let pair = |(parties, seen): ([String; 2], PairStatements<'_>)| {
        let rank = |party: &String| main.iter().position(|m| m == party).unwrap_or(main.len());
        let often = |party: &String| times.get(party).copied().unwrap_or(0);
        let about = PairContext {
            ranks: [rank(&parties[0]), rank(&parties[1])],
            companies: main.len(),
            times: [often(&parties[0]), often(&parties[1])],
            paragraphs: paragraphs.len(),
        };
        let features = pair::features(&seen.sentences, &seen.readings(), &about, code);
        let [one, other] = parties;
        // What the article is about comes first.
        let parties = if about.ranks[0] <= about.ranks[1] { [one, other] } else { [other, one] };
        let claim = seen.claim(&parties, published, &reader)?;
        Some(Pair { claim, features })
    };
    found.into_iter().filter_map(pair).collect()
}

/// Notes what is told of each two of its parties.
fn add<'s>(
    told: &Statement<'s>,
    lexicon: &'s Lexicon,
    found: &mut BTreeMap<[String; 2], PairStatements<'s>>,
) {
    for (at, one) in told.parties.iter().enumerate() {
        for other in &told.parties[at + 1..] {
            let seen = found.entry(pair_of(one, other)).or_default();
            seen.told.push((told.clone(), lexicon));
        }
    }
}

fn pair_of(one: &str, other: &str) -> [String; 2] {
    let mut pair = [one.to_owned(), other.to_owned()];
    pair.sort();
    pair
}

/// All that is told of two companies.
#[derive(Default)]
struct PairStatements<'s> {
    sentences: Vec<SentenceEvidence>,
    told: Vec<(Statement<'s>, &'s Lexicon)>,
    /// The sentence that names both beside a word for a relation.
    cued: Option<(&'s str, &'s Lexicon, usize)>,
}

impl<'s> PairStatements<'s> {
    /// Whether grammar has read something, and not only a guess at who is meant.
    fn is_read(&self) -> bool {
        self.told.iter().any(|(told, _)| !told.negated && told.pattern != Pattern::Topic)
    }

    fn readings(&self) -> Vec<Reading<'s>> {
        let reading = |(told, lexicon): &(Statement<'s>, &Lexicon)| Reading {
            pattern: told.pattern,
            kind: told.kind,
            confidence: told.confidence,
            negated: told.negated,
            news: told.news,
            has_roles: !told.roles.is_empty(),
            parties: told.parties.len(),
            early: told.paragraph < EARLY,
            announced: told.event == Event::Announced,
            hinted: !is_surely(told, lexicon),
        };
        self.told.iter().map(reading).collect()
    }

    /// What the relation is called where it is not only called an alliance; of the other kinds texts
    /// speak in passing.
    fn specific_kind(&self) -> Option<String> {
        let told = self.told.iter().find(|(told, lexicon)| {
            !told.negated
                && told.pattern != Pattern::Topic
                && told.kind == JOINT_VENTURE
                && is_surely(told, lexicon)
        });
        told.map(|(told, _)| told.kind.to_owned())
    }

    /// What is claimed: what tells most, or what stands in a sentence with both.
    fn claim(
        self,
        parties: &[String; 2],
        published: Option<PartialDate>,
        reader: &Reader<'_>,
    ) -> Option<Claim> {
        let mut best: Option<Claim> = None;
        let mut is_denied = false;
        let specific = self.specific_kind();
        let only_negated = !self.told.is_empty() && self.told.iter().all(|(told, _)| told.negated);
        for (told, lexicon) in self.told {
            if told.negated {
                // A takeover that is denied was in the news; a cooperation that is denied is nothing.
                if !matches!(told.kind, "acquisition" | "investment") {
                    continue;
                }
                is_denied |= lexicon.find("denial", &told.sentence.to_lowercase()).is_some();
                if is_denied && best.is_none() {
                    let told = Statement { event: Event::Denied, ..told };
                    best = Some(claim(&told, parties, lexicon, published));
                }
                continue;
            }
            let new = claim(&told, parties, lexicon, published);
            let is_better =
                |before: &Claim| before.event == Event::Denied || weight(&new) > weight(before);
            if best.as_ref().is_none_or(is_better) && !(is_denied && new.event == Event::Mentioned)
            {
                best = Some(new);
            }
        }
        if let (Some(claim), Some(kind)) = (&mut best, specific)
            && claim.kinds.iter().all(|kind| kind.0 == VAGUE)
        {
            claim.kinds = vec![Kind(kind)];
        }
        best.or_else(|| {
            let (sentence, lexicon, number) = self.cued.filter(|_| !only_negated)?;
            let told = reader.told_beside(sentence, parties, lexicon, number)?;
            Some(claim(&told, parties, lexicon, published))
        })
    }
}

/// What an article is about: the companies of its title and those it names most.
#[must_use]
pub fn main_companies(
    paragraphs: &[&str],
    title: Option<&str>,
    companies: &Companies,
) -> Vec<String> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut place = 0;
    let mut count = |text: &str, weight: usize| {
        for mention in companies.mentions(text) {
            let entry = counts.entry(mention.company).or_insert((0, place));
            entry.0 += weight;
            place += 1;
        }
    };
    if let Some(title) = title {
        count(title, 4);
    }
    for (number, paragraph) in paragraphs.iter().enumerate() {
        count(paragraph, if number == 0 { 2 } else { 1 });
    }
    let mut ranked: Vec<(String, (usize, usize))> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.1.1.cmp(&b.1.1)));
    ranked.into_iter().map(|(company, _)| company).collect()
}

/// Reads the sentences of one article.
struct Reader<'a> {
    companies: &'a Companies,
    main: &'a [String],
    /// The article's first sentence.
    opening: &'a str,
    /// What a sentence without a subject is about, unless the article is about many alike.
    topic: Option<String>,
}

impl Reader<'_> {
    /// What one sentence tells by itself.
    fn read<'s>(
        &self,
        sentence: &'s str,
        lexicon: &'s Lexicon,
        number: usize,
    ) -> Vec<Statement<'s>> {
        let lower = lower_of_same_length(sentence);
        let mut mentions = self.companies.mentions(sentence);
        drop_owned(&lower, &mut mentions, lexicon);
        if mentions.is_empty() || mentions.len() > LISTED {
            return Vec::new();
        }
        let ranges = clauses(&lower, lexicon);
        let parts = ranges.len();
        let mut told: Vec<Statement<'s>> = Vec::new();
        for range in ranges {
            let clause = Clause::new(&lower, range, &mentions, lexicon);
            self.tell(&clause, sentence, lexicon, number, &mut told);
        }
        // The names may stand in one clause and what they do in the next.
        if told.is_empty() && parts > 1 {
            let clause = Clause::new(&lower, 0..lower.len(), &mentions, lexicon);
            if clause.is_one_group() {
                self.tell(&clause, sentence, lexicon, number, &mut told);
            }
        }
        told
    }

    fn tell<'s>(
        &self,
        clause: &Clause<'_>,
        sentence: &'s str,
        lexicon: &'s Lexicon,
        number: usize,
        told: &mut Vec<Statement<'s>>,
    ) {
        let early = number < EARLY;
        if let Some((company, before)) = clause.likewise().zip(told.last()) {
            if let Some(partner) = before.parties.last().filter(|party| *party != company) {
                let parties = vec![company.to_owned(), partner.clone()];
                let (kind, event) = (before.kind, before.event);
                let (confidence, assumed, news, roles) = (0.8, false, false, Vec::new());
                told.push(Statement {
                    parties,
                    roles,
                    kind,
                    sentence,
                    event,
                    confidence,
                    assumed,
                    news,
                    pattern: Pattern::Likewise,
                    negated: false,
                    paragraph: number,
                });
            }
            return;
        }
        let found = clause.kinds(lexicon).find_map(|(kind, cue)| {
            let found = clause.relations(cue, kind, self.main, self.topic.as_deref(), early);
            (!found.is_empty()).then_some((kind, cue, found))
        });
        let Some((kind, cue, found)) = found else { return };
        let negated = clause.is_negated(cue, lexicon);
        for ClauseMatch { parties, confidence, assumed, pattern } in found {
            let known = |other: &Statement<'_>| same(&other.parties, &parties);
            if told.iter().any(known) {
                continue;
            }
            // What is told of companies that the article is not about is easily misread.
            let aside = !self.main.iter().take(2).any(|topic| parties.contains(topic));
            let confidence = if aside { confidence.min(0.75) } else { confidence };
            let news = early && self.is_topic(&parties);
            let event = when::event(clause.text, sentence, lexicon, news);
            // A deal that an article opens with is its news, whatever the verb; a product may only be
            // described there.
            let is_deal = !matches!(kind, "co-development" | "co-branding" | "integration");
            let opens = news && is_deal && self.opening == sentence && event == Event::Mentioned;
            let event = if opens { Event::Announced } else { event };
            let roles = clause.roles(kind);
            told.push(Statement {
                parties,
                roles,
                kind,
                sentence,
                event,
                confidence,
                assumed,
                news,
                pattern,
                negated,
                paragraph: number,
            });
        }
    }

    /// What a sentence may tell of its only company and the one that the article is about.
    fn of_topic<'s>(
        &self,
        sentence: &'s str,
        lexicon: &'s Lexicon,
        number: usize,
    ) -> Option<Statement<'s>> {
        let mentions = self.companies.mentions(sentence);
        let first = mentions.first()?;
        let topic = self.main.first()?;
        let is_alone = mentions.iter().all(|mention| mention.company == first.company);
        // What the article is about may be named as well, but then grammar has read it.
        let (topic, company) = if is_alone && first.company != *topic {
            (topic, &first.company)
        } else if is_alone && self.main.len() > 1 {
            (topic, &self.main[1])
        } else {
            return None;
        };
        if is_alone && first.company == *topic {
            return None;
        }
        let lower = lower_of_same_length(sentence);
        let clause = Clause::new(&lower, 0..lower.len(), &mentions, lexicon);
        let near = |cue: usize| {
            mentions
                .iter()
                .any(|m| cue + TOPIC_GAP >= m.span.start && cue <= m.span.end + TOPIC_GAP)
        };
        let (kind, cue) = clause.kinds(lexicon).find(|(_, cue)| near(*cue))?;
        let parties = vec![topic.clone(), company.clone()];
        let news = number < EARLY && self.is_topic(&parties);
        Some(Statement {
            roles: Vec::new(),
            kind,
            sentence,
            event: when::event(&lower, sentence, lexicon, news),
            confidence: 0.5,
            assumed: true,
            news,
            pattern: Pattern::Topic,
            negated: clause.is_negated(cue, lexicon),
            paragraph: number,
            parties,
        })
    }

    /// Notes which companies a sentence names together; the title has no number.
    fn see<'s>(
        &self,
        sentence: &'s str,
        lexicon: &'s Lexicon,
        number: Option<usize>,
        found: &mut BTreeMap<[String; 2], PairStatements<'s>>,
    ) {
        let lower = lower_of_same_length(sentence);
        let mut mentions = self.companies.mentions(sentence);
        drop_owned(&lower, &mut mentions, lexicon);
        if mentions.len() < 2 || mentions.len() > LISTED {
            return;
        }
        let mut nearest: BTreeMap<[String; 2], (usize, usize, usize)> = BTreeMap::new();
        for (at, one) in mentions.iter().enumerate() {
            for (then, other) in mentions.iter().enumerate().skip(at + 1) {
                if one.company == other.company {
                    continue;
                }
                let gap = other.span.start.saturating_sub(one.span.end);
                let entry = nearest.entry(pair_of(&one.company, &other.company));
                let entry = entry.or_insert((gap, at, then));
                if gap < entry.0 {
                    *entry = (gap, at, then);
                }
            }
        }
        let has_kind = lexicon
            .kinds
            .iter()
            .chain(&lexicon.hints)
            .any(|(_, words)| super::lexicon::first(&lower, words).is_some());
        for (pair, (_, at, then)) in nearest {
            let mut seen = pair::seen(&lower, &mentions[at], &mentions[then], &mentions, lexicon);
            seen.title = number.is_none();
            seen.paragraph = number.unwrap_or(0);
            let told = found.entry(pair).or_default();
            told.sentences.push(seen);
            if let Some(number) = number.filter(|_| has_kind && told.cued.is_none()) {
                told.cued = Some((sentence, lexicon, number));
            }
        }
    }

    /// What a sentence may tell of two companies that it names, where grammar tells nothing.
    fn told_beside<'s>(
        &self,
        sentence: &'s str,
        parties: &[String; 2],
        lexicon: &'s Lexicon,
        number: usize,
    ) -> Option<Statement<'s>> {
        let lower = lower_of_same_length(sentence);
        let mentions = self.companies.mentions(sentence);
        let clause = Clause::new(&lower, 0..lower.len(), &mentions, lexicon);
        let (kind, _) = clause.kinds(lexicon).min_by_key(|(_, cue)| {
            let ours = mentions.iter().filter(|m| parties.contains(&m.company));
            ours.map(|m| cue.abs_diff(m.span.start).min(cue.abs_diff(m.span.end))).min()
        })?;
        let news = number < EARLY && self.is_topic(parties);
        let event = when::event(&lower, sentence, lexicon, news);
        Some(Statement {
            parties: parties.to_vec(),
            roles: clause.roles(kind),
            kind,
            sentence,
            event,
            confidence: 0.0,
            assumed: false,
            news,
            pattern: Pattern::Two,
            negated: false,
            paragraph: number,
        })
    }

    /// How often each company is named.
    fn times(&self, paragraphs: &[&str], title: Option<&str>) -> BTreeMap<String, usize> {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for text in title.into_iter().chain(paragraphs.iter().copied()) {
            for mention in self.companies.mentions(text) {
                *times.entry(mention.company).or_default() += 1;
            }
        }
        times
    }

    /// What a sentence tells of `the two companies`.
    fn of_both<'s>(
        &self,
        sentence: &'s str,
        lexicon: &'s Lexicon,
        number: usize,
        pair: Option<&[String]>,
    ) -> Option<Statement<'s>> {
        let pair = pair?;
        let lower = lower_of_same_length(sentence);
        lexicon.find("both", &lower)?;
        let mentions = self.companies.mentions(sentence);
        if mentions.iter().any(|mention| !pair.contains(&mention.company)) {
            return None;
        }
        let clause = Clause::new(&lower, 0..lower.len(), &mentions, lexicon);
        let (kind, cue) = clause.kinds(lexicon).next()?;
        if clause.is_rivalry(lexicon) || !clause::is_joint(kind) {
            return None;
        }
        let negated = clause.is_negated(cue, lexicon);
        let news = number < EARLY && self.is_topic(pair);
        let event = when::event(&lower, sentence, lexicon, news);
        let (parties, roles) = (pair.to_vec(), Vec::new());
        let (confidence, assumed) = (0.8, false);
        let pattern = Pattern::Both;
        Some(Statement {
            parties,
            roles,
            kind,
            sentence,
            event,
            confidence,
            assumed,
            news,
            pattern,
            negated,
            paragraph: number,
        })
    }

    /// What the headline tells, with the first sentence of the body that names its parties.
    fn of_title<'s>(
        &self,
        title: &'s str,
        paragraphs: &[&'s str],
        lexicon_of: &impl Fn(&str) -> &'static Lexicon,
    ) -> Vec<Statement<'s>> {
        let lexicon = lexicon_of(paragraphs.first().copied().unwrap_or(title));
        let sentences: Vec<&'s str> =
            paragraphs.iter().take(EARLY).flat_map(|paragraph| sentences(paragraph)).collect();
        let mut told = self.read(title, lexicon, 0);
        told.retain_mut(|told| {
            let names_all = |sentence: &&&str| {
                let mentions = self.companies.mentions(sentence);
                told.parties.iter().all(|party| mentions.iter().any(|m| m.company == *party))
            };
            // The body may name only one of them beside what they do.
            let tells_one = |sentence: &&&str| {
                let mentions = self.companies.mentions(sentence);
                let lower = lower_of_same_length(sentence);
                let has_word = lexicon.kinds.iter().chain(&lexicon.hints).any(|(kind, words)| {
                    kind == told.kind && super::lexicon::first(&lower, words).is_some()
                });
                has_word && mentions.iter().any(|m| told.parties.contains(&m.company))
            };
            let evidence = sentences.iter().find(names_all);
            let Some(evidence) = evidence.or_else(|| sentences.iter().find(tells_one)) else {
                return false;
            };
            let lower = lower_of_same_length(evidence);
            let clause = Clause::new(&lower, 0..lower.len(), &[], lexicon);
            told.sentence = evidence;
            told.confidence = told.confidence.min(0.8);
            told.pattern = Pattern::Title;
            !clause.is_rivalry(lexicon) && !clause.is_negated(0, lexicon)
        });
        told
    }

    /// The two companies that a text names, where it names just two.
    fn pair_of(&self, text: &str) -> Option<Vec<String>> {
        let mut named: Vec<String> =
            self.companies.mentions(text).into_iter().map(|mention| mention.company).collect();
        named.dedup();
        named.sort();
        named.dedup();
        (named.len() == 2).then_some(named)
    }

    /// Whether the first sentence of a text is about three or more companies alike.
    fn has_crowd(&self, text: &str, lexicon: &Lexicon) -> bool {
        let Some(&first) = sentences(text).first() else { return false };
        let lower = lower_of_same_length(first);
        let mentions = self.companies.mentions(first);
        Clause::new(&lower, 0..lower.len(), &mentions, lexicon).has_crowd()
    }

    fn is_topic(&self, parties: &[String]) -> bool {
        let topics = &self.main[..self.main.len().min(TOPICS)];
        parties.iter().filter(|party| topics.contains(party)).count() >= 2
    }
}

/// Drops companies that a sentence names only to say who somebody is: `the owner of Opel and Fiat`.
fn drop_owned(lower: &str, mentions: &mut Vec<Mention>, lexicon: &Lexicon) {
    let mut owned_until = None;
    mentions.retain(|mention| {
        let before = lower[..mention.span.start].trim_end_matches([' ', '«', '"', '„', '“']);
        let after = &lower[mention.span.end..];
        // `the owner of Opel`, and `Opel-Mutter`, `Opel's owner`
        let is_owned = lexicon.list("owner").iter().any(|word| {
            before.ends_with(word.as_str())
                || !word.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && after.starts_with(word.as_str())
        });
        let joins = |from: usize| {
            let gap = lower.get(from..mention.span.start).unwrap_or("-").trim();
            let gap = gap.trim_start_matches(',').trim();
            gap.is_empty() || lexicon.list("conj").iter().any(|word| word == gap)
        };
        if is_owned || owned_until.is_some_and(joins) {
            owned_until = Some(mention.span.end);
            return false;
        }
        owned_until = None;
        true
    });
}

/// Whether a sentence has a word that surely tells of the kind.
fn is_surely(told: &Statement<'_>, lexicon: &Lexicon) -> bool {
    let lower = told.sentence.to_lowercase();
    let words = lexicon.kinds.iter().find(|(kind, _)| kind == told.kind);
    words.is_some_and(|(_, words)| super::lexicon::first(&lower, words).is_some())
}

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|party| other.contains(party))
}

fn claim(
    told: &Statement<'_>,
    parties: &[String; 2],
    lexicon: &Lexicon,
    published: Option<PartialDate>,
) -> Claim {
    let party = |company: &String| {
        let role = told.roles.iter().find(|role| role.0 == *company);
        Party { role: role.map(|role| role.1.to_owned()), company: company.clone() }
    };
    let mut claim = Claim {
        parties: parties.iter().map(party).collect(),
        name: None,
        kinds: vec![Kind(told.kind.to_owned())],
        event: told.event,
        date: None,
        start: None,
        end: None,
        value: None,
        stake: None,
        reason: None,
        evidence: Some(told.sentence.to_owned()),
        confidence: None,
    };
    terms::set(&mut claim, told.sentence, lexicon);
    when::set(&mut claim, told.sentence, lexicon, published, told.news);
    claim
}

/// How much a claim tells.
fn weight(claim: &Claim) -> u32 {
    let event = match claim.event {
        Event::Ended => 4,
        Event::Extended => 3,
        Event::Announced | Event::Signed | Event::Launched => 2,
        Event::Rumoured | Event::Denied | Event::Mentioned => 1,
    };
    let vague = claim.kinds.iter().all(|kind| kind.0 == VAGUE);
    event * 2 + u32::from(!vague && event == 1)
}
