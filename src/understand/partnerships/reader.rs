//! Goes through an article and reads what each sentence says of its companies.

use std::collections::BTreeMap;

use super::clause::{self, Clause, ClauseMatch, Pattern};
use super::pair::seen;
use super::statements::{Statement, Statements, add, pair_of};
use super::thresholds::{
    ASIDE_CONFIDENCE, BOTH_CONFIDENCE, LIKEWISE_CONFIDENCE, LIST_MENTIONS, MAIN_TOPICS,
    NEWS_PARAGRAPHS, TITLE_CONFIDENCE, TOPIC_BYTES, TOPIC_CONFIDENCE, TOPICS,
};
use super::when;
use crate::model::Event;
use crate::understand::companies::{Companies, Mention};
use crate::understand::lexicon::{self, Lexicon, lower_of_same_length};
use crate::understand::sentences::{clauses, sentences};

/// Reads the sentences of one article.
pub(super) struct Reader<'a> {
    companies: &'a Companies,
    main: &'a [String],
    /// The article's first sentence.
    opening: &'a str,
    /// What a sentence without a subject is about, unless the article is about many alike.
    topic: Option<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        paragraphs: &[&'a str],
        companies: &'a Companies,
        main: &'a [String],
        lexicon_of: &impl Fn(&str) -> &'static Lexicon,
    ) -> Self {
        let lead = paragraphs.first().copied();
        let opening = lead.and_then(|lead| sentences(lead).first().copied()).unwrap_or_default();
        let reader = Self { companies, main, opening, topic: main.first().cloned() };
        let is_of_many = lead.is_some_and(|lead| reader.has_crowd(lead, lexicon_of(lead)));
        if is_of_many { Self { topic: None, ..reader } } else { reader }
    }

    /// What an article says of each two of its companies.
    pub(super) fn statements<'s>(
        &self,
        paragraphs: &[&'s str],
        title: Option<&'s str>,
        lexicon_of: &impl Fn(&str) -> &'static Lexicon,
    ) -> Statements<'s> {
        let mut found = Statements::new();
        let mut pair: Option<Vec<String>> = title.and_then(|title| self.pair_of(title));
        for (number, paragraph) in paragraphs.iter().enumerate() {
            let lexicon = lexicon_of(paragraph);
            for sentence in sentences(paragraph) {
                self.see(sentence, lexicon, Some(number), &mut found);
                self.read_on(sentence, lexicon, number, &mut pair, &mut found);
            }
        }
        if let Some(title) = title {
            let lexicon = lexicon_of(paragraphs.first().copied().unwrap_or(title));
            self.see(title, lexicon, None, &mut found);
            for told in self.of_title(title, paragraphs, lexicon_of) {
                add(&told, lexicon, &mut found);
            }
        }
        found
    }

    /// Reads one sentence after others, of which the last that named a pair is known.
    fn read_on<'s>(
        &self,
        sentence: &'s str,
        lexicon: &'static Lexicon,
        number: usize,
        pair: &mut Option<Vec<String>>,
        found: &mut Statements<'s>,
    ) {
        let mut told = self.read(sentence, lexicon, number);
        if told.is_empty() {
            told.extend(self.of_both(sentence, lexicon, number, pair.as_deref()));
        }
        if told.is_empty()
            && let Some(told) = self.of_topic(sentence, lexicon, number)
        {
            add(&told, lexicon, found);
        }
        if let Some(told) = told.first() {
            *pair = Some(told.parties.clone());
        } else if let Some(named) = self.pair_of(sentence) {
            *pair = Some(named);
        }
        for told in told {
            // Who was left out of the sentence is assumed; what is told elsewhere goes before.
            let partner = told.parties.last().filter(|_| told.assumed);
            let is_told = |partner: &String| {
                found.iter().any(|(pair, seen)| pair.contains(partner) && seen.is_read())
            };
            if !partner.is_some_and(is_told) {
                add(&told, lexicon, found);
            }
        }
    }

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
        if mentions.is_empty() || mentions.len() > LIST_MENTIONS {
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
        let early = number < NEWS_PARAGRAPHS;
        if let Some((company, before)) = clause.likewise().zip(told.last()) {
            if let Some(partner) = before.parties.last().filter(|party| *party != company) {
                let parties = vec![company.to_owned(), partner.clone()];
                let (kind, event) = (before.kind, before.event);
                let (confidence, assumed, news, roles) =
                    (LIKEWISE_CONFIDENCE, false, false, Vec::new());
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
            let aside = !self.main.iter().take(MAIN_TOPICS).any(|topic| parties.contains(topic));
            let confidence = if aside { confidence.min(ASIDE_CONFIDENCE) } else { confidence };
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
                .any(|m| cue + TOPIC_BYTES >= m.span.start && cue <= m.span.end + TOPIC_BYTES)
        };
        let (kind, cue) = clause.kinds(lexicon).find(|(_, cue)| near(*cue))?;
        let parties = vec![topic.clone(), company.clone()];
        let news = number < NEWS_PARAGRAPHS && self.is_topic(&parties);
        Some(Statement {
            roles: Vec::new(),
            kind,
            sentence,
            event: when::event(&lower, sentence, lexicon, news),
            confidence: TOPIC_CONFIDENCE,
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
        found: &mut Statements<'s>,
    ) {
        let lower = lower_of_same_length(sentence);
        let mut mentions = self.companies.mentions(sentence);
        drop_owned(&lower, &mut mentions, lexicon);
        if mentions.len() < 2 || mentions.len() > LIST_MENTIONS {
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
            .any(|(_, words)| lexicon::first(&lower, words).is_some());
        for (pair, (_, at, then)) in nearest {
            let mut seen = seen(&lower, &mentions[at], &mentions[then], &mentions, lexicon);
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
    pub(super) fn told_beside<'s>(
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
        let news = number < NEWS_PARAGRAPHS && self.is_topic(parties);
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
    pub(super) fn times(
        &self,
        paragraphs: &[&str],
        title: Option<&str>,
    ) -> BTreeMap<String, usize> {
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
        let news = number < NEWS_PARAGRAPHS && self.is_topic(pair);
        let event = when::event(&lower, sentence, lexicon, news);
        let (parties, roles) = (pair.to_vec(), Vec::new());
        let (confidence, assumed) = (BOTH_CONFIDENCE, false);
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
        let sentences: Vec<&'s str> = paragraphs
            .iter()
            .take(NEWS_PARAGRAPHS)
            .flat_map(|paragraph| sentences(paragraph))
            .collect();
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
                    kind == told.kind && lexicon::first(&lower, words).is_some()
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
            told.confidence = told.confidence.min(TITLE_CONFIDENCE);
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

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|party| other.contains(party))
}
