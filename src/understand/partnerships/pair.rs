//! What an article tells of two companies, over all its sentences, as numbers that a model weighs.

use super::clause::{Pattern, is_joint};
use crate::understand::companies::Mention;
use crate::understand::features::{Features, float};
use crate::understand::lexicon::{self, Lexicon};

/// What one sentence tells of two companies that it names.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one feature")]
pub(super) struct SentenceEvidence {
    /// The number of the sentence's paragraph; the title is before all.
    pub(super) paragraph: usize,
    pub(super) title: bool,
    companies: usize,
    told: bool,
    cue: bool,
    cue_between: bool,
    cue_near: bool,
    directed: bool,
    with: bool,
    enumerated: bool,
    negated: bool,
    denied: bool,
    hedged: bool,
    rival: bool,
    announced: bool,
    near: bool,
    far: bool,
    possessive: bool,
    listed_together: bool,
}

/// What a sentence tells of the companies at `a` and `b`, of all that it names.
pub(super) fn seen(
    lower: &str,
    a: &Mention,
    b: &Mention,
    all: &[Mention],
    lexicon: &Lexicon,
) -> SentenceEvidence {
    let (first, second) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
    let between = lower.get(first.span.end..second.span.start).unwrap_or("");
    let mut companies: Vec<&str> = all.iter().map(|m| m.company.as_str()).collect();
    companies.sort_unstable();
    companies.dedup();
    let is_told = lexicon.kinds.iter().any(|(_, words)| lexicon::first(lower, words).is_some());
    let cues: Vec<(usize, &str)> = lexicon
        .kinds
        .iter()
        .chain(&lexicon.hints)
        .filter_map(|(kind, words)| Some((lexicon::first(lower, words)?.0, kind.as_str())))
        .collect();
    let inside = |at: usize| at >= first.span.end && at < second.span.start;
    let near = |at: usize| at + 60 >= first.span.start && at <= second.span.end + 60;
    let conj = lexicon.list("conj");
    let bare = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | '，'));
    let is_inside = |m: &Mention| m.span.start >= first.span.end && m.span.end <= second.span.start;
    let has_verb = between.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let enumerated = !has_verb
        || conj.iter().any(|word| bare == word.as_str())
        || all.iter().any(is_inside)
            && between.split([',', '、', '，']).count() > 2
            && !cues.iter().any(|(at, _)| inside(*at));
    SentenceEvidence {
        paragraph: 0,
        title: false,
        companies: companies.len(),
        told: is_told,
        cue: !cues.is_empty(),
        cue_between: cues.iter().any(|(at, _)| inside(*at)),
        cue_near: cues.iter().any(|(at, _)| near(*at)),
        directed: cues.iter().any(|(_, kind)| !is_joint(kind)),
        with: lexicon.list("with").iter().any(|word| lexicon::position(between, word).is_some())
            || matches!(lexicon.code, "ja" | "ko" | "tr")
                && lexicon.list("with").iter().any(|word| {
                    let rest = lower.get(second.span.end..).unwrap_or("");
                    rest.trim_start_matches([' ', '\'', '’', '」']).starts_with(word.as_str())
                }),
        enumerated,
        negated: lexicon.find("negation", lower).is_some(),
        denied: lexicon.find("denial", lower).is_some(),
        hedged: lexicon.find("hedge", lower).is_some(),
        rival: lexicon.find("rival", lower).is_some(),
        announced: lexicon.events.iter().any(|(event, words)| {
            *event == crate::model::Event::Announced && lexicon::first(lower, words).is_some()
        }),
        near: between.len() <= 40,
        far: between.len() > 120,
        possessive: between.trim_start().starts_with(['\'', '’']) && between.len() < 40,
        listed_together: between.chars().all(|c| !c.is_alphabetic())
            && between.contains([',', '、', '，']),
    }
}

/// What is known of a pair besides its sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct PairContext {
    /// The places of the two among the companies that the article names most.
    pub(super) ranks: [usize; 2],
    /// How many companies the article names.
    pub(super) companies: usize,
    /// How often each is named.
    pub(super) times: [usize; 2],
    pub(super) paragraphs: usize,
}

/// One reading by grammar.
#[expect(clippy::struct_excessive_bools, reason = "each is one feature")]
pub(super) struct Reading<'k> {
    pub(super) pattern: Pattern,
    pub(super) kind: &'k str,
    pub(super) confidence: f32,
    pub(super) negated: bool,
    pub(super) news: bool,
    pub(super) has_roles: bool,
    pub(super) parties: usize,
    pub(super) early: bool,
    pub(super) announced: bool,
    /// The word for the kind is a hint only.
    pub(super) hinted: bool,
}

/// The features of a pair with their names, in an order that never changes.
pub(super) fn features(
    sentences: &[SentenceEvidence],
    readings: &[Reading<'_>],
    about: &PairContext,
    code: &str,
) -> Vec<(&'static str, f64)> {
    let mut out = Features::with_capacity(90);
    of_readings(readings, &mut out);
    of_sentences(sentences, readings, &mut out);
    of_article(about, code, &mut out);
    let most = readings.iter().map(|r| f64::from(r.confidence)).fold(0.0, f64::max);
    out.put("confidence", most);
    out.put("together", float(sentences.len()).ln_1p());
    out.put("together, cued", float(sentences.iter().filter(|s| s.cue).count()).ln_1p());
    let least = about.times.iter().copied().min().unwrap_or(1).max(1);
    out.put("share together", float(sentences.len().min(least)) / float(least));
    out.put("companies", float(about.companies).ln_1p());
    out.put("paragraphs", float(about.paragraphs).ln_1p());
    out.into_list()
}

/// What grammar reads in the sentences.
fn of_readings(readings: &[Reading<'_>], out: &mut Features) {
    let read = |pattern: Pattern| readings.iter().any(|r| r.pattern == pattern && !r.negated);
    out.flag("one", true);
    out.flag("with", read(Pattern::With));
    out.flag("assumed", read(Pattern::Assumed));
    out.flag("group", read(Pattern::Group));
    out.flag("sides", read(Pattern::Sides));
    out.flag("two", read(Pattern::Two));
    out.flag("likewise", read(Pattern::Likewise));
    out.flag("both", read(Pattern::Both));
    out.flag("title", read(Pattern::Title));
    out.flag("topic", read(Pattern::Topic));
    out.flag(
        "only topic",
        !readings.is_empty() && readings.iter().all(|r| r.pattern == Pattern::Topic),
    );
    out.flag("topic again", readings.iter().filter(|r| r.pattern == Pattern::Topic).count() > 1);
    out.flag("nothing read", readings.is_empty());
    out.flag("read denied", readings.iter().any(|r| r.negated));
    out.flag("only denied", !readings.is_empty() && readings.iter().all(|r| r.negated));
    out.flag("read again", readings.len() > 1);
    out.flag("read often", readings.len() > 2);
    out.flag("news", readings.iter().any(|r| r.news));
    out.flag("told early", readings.iter().any(|r| r.early));
    out.flag("announced in it", readings.iter().any(|r| r.announced));
    out.flag("announced early", readings.iter().any(|r| r.announced && r.early));
    out.flag("roles", readings.iter().any(|r| r.has_roles));
    out.flag("many parties", readings.iter().any(|r| r.parties > 2));
    for kind in [
        "acquisition",
        "investment",
        "supply",
        "distribution",
        "integration",
        "joint-venture",
        "strategic-alliance",
        "licensing",
        "co-development",
        "research",
    ] {
        out.flag(kind, readings.iter().any(|r| r.kind == kind));
    }
    out.flag(
        "only vague",
        !readings.is_empty() && readings.iter().all(|r| r.kind == "strategic-alliance"),
    );
}

/// What stands in the sentences that name both.
fn of_sentences(sentences: &[SentenceEvidence], readings: &[Reading<'_>], out: &mut Features) {
    let any = |told: fn(&SentenceEvidence) -> bool| sentences.iter().any(told);
    let all =
        |told: fn(&SentenceEvidence) -> bool| !sentences.is_empty() && sentences.iter().all(told);
    out.flag("told", any(|s| s.told));
    out.flag("told alone", any(|s| s.told && s.companies == 2));
    out.flag("hinted only", readings.iter().all(|r| r.hinted) && !readings.is_empty());
    out.flag("cue", any(|s| s.cue));
    out.flag("cue between", any(|s| s.cue_between));
    out.flag("cue near", any(|s| s.cue_near));
    out.flag("never cued", all(|s| !s.cue));
    out.flag("directed", any(|s| s.directed));
    out.flag("with between", any(|s| s.with && s.cue));
    out.flag("with, no others", any(|s| s.with && s.cue && s.companies == 2));
    out.flag("enumerated", any(|s| s.enumerated));
    out.flag("always enumerated", all(|s| s.enumerated));
    out.flag("listed together", all(|s| s.listed_together));
    out.flag("always negated", all(|s| s.negated));
    out.flag("denial", any(|s| s.denied));
    out.flag("hedge", any(|s| s.hedged));
    out.flag("rival", any(|s| s.rival));
    out.flag("always rival", all(|s| s.rival));
    out.flag("announced", any(|s| s.announced && s.cue));
    out.flag("near", any(|s| s.near && s.cue));
    out.flag("far", all(|s| s.far));
    out.flag("possessive", any(|s| s.possessive));
    out.flag("alone", any(|s| s.companies == 2));
    out.flag("alone and cued", any(|s| s.companies == 2 && s.cue));
    out.flag("crowd", all(|s| s.companies > 3));
    out.flag("in title", any(|s| s.title));
    out.flag("in title, cued", any(|s| s.title && s.cue));
    out.flag("in lead", any(|s| !s.title && s.paragraph == 0));
    out.flag("in lead, cued", any(|s| !s.title && s.paragraph == 0 && s.cue));
    out.flag("early", any(|s| s.paragraph < 3));
    out.flag("never together", sentences.is_empty());
}

/// What the article is about.
fn of_article(about: &PairContext, code: &str, out: &mut Features) {
    out.flag("first is topic", about.ranks.contains(&0));
    out.flag("second is topic", about.ranks.contains(&1));
    out.flag("both topics", about.ranks.iter().all(|rank| *rank < 2));
    out.flag("no topic", about.ranks.iter().all(|rank| *rank > 1));
    out.flag("only two", about.companies == 2);
    out.flag("many companies", about.companies > 6);
    out.flag("named once", about.times.contains(&1));
    out.flag("both named once", about.times == [1, 1]);
    out.flag("dense", matches!(code, "ja" | "zh" | "ko"));
}
