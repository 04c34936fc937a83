//! Who is related to whom in one clause.

use std::collections::BTreeSet;
use std::ops::Range;

use super::roles::{self, Role};
use super::thresholds::{
    ASSUMED_CONFIDENCE, GROUP_BYTES, GROUP_CONFIDENCE, LAST_VERB_BYTES, MAIN_TOPICS,
    NEGATION_AFTER_BYTES, NEGATION_BEFORE_BYTES, SHARE_BYTES, SIDES_ASIDE_CONFIDENCE,
    SIDES_CONFIDENCE, TOPICS, TWO_ASIDE_CONFIDENCE, TWO_CONFIDENCE, VERB_BYTES, WITH_BYTES,
    WITH_CONFIDENCE,
};
use crate::understand::companies::Mention;
use crate::understand::lexicon::{self, Lexicon};

/// Kinds in which one party does something to or for the other: `A buys B`, `A supplies B`.
const DIRECTED: &[&str] = &[
    "acquisition",
    "investment",
    "supply",
    "manufacturing",
    "licensing",
    "distribution",
    "integration",
];

/// Whether a kind is something that parties do together.
pub(super) fn is_joint(kind: &str) -> bool {
    !DIRECTED.contains(&kind) || matches!(kind, "licensing" | "supply" | "distribution")
}

/// By which kind of grammar a sentence relates two companies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pattern {
    /// `A does something with B`
    With,
    /// `does something with B`, and A is what the article is about
    Assumed,
    /// `A and B do something`
    Group,
    /// `A buys B`
    Sides,
    /// There are only two.
    Two,
    /// `C did the same`
    Likewise,
    /// `the two companies`
    Both,
    /// In the headline.
    Title,
    /// One beside a word for a relation, in an article that is about the other.
    Topic,
}

/// Who is related, and how sure that is.
pub(super) struct ClauseMatch {
    pub(super) parties: Vec<String>,
    pub(super) confidence: f32,
    /// The first party is not named there: it is what the article is about.
    pub(super) assumed: bool,
    pub(super) pattern: Pattern,
}

/// A part of a sentence in lower case, with the companies in it.
pub(super) struct Clause<'a> {
    pub(super) text: &'a str,
    mentions: Vec<Mention>,
    groups: Vec<Vec<usize>>,
    lexicon: &'a Lexicon,
}

impl<'a> Clause<'a> {
    /// The clause at `range` of a sentence whose companies are `mentions`.
    pub(super) fn new(
        lower: &'a str,
        range: Range<usize>,
        mentions: &[Mention],
        lexicon: &'a Lexicon,
    ) -> Self {
        let inside =
            mentions.iter().filter(|m| m.span.start >= range.start && m.span.end <= range.end);
        let mentions: Vec<Mention> = inside
            .map(|m| Mention {
                company: m.company.clone(),
                span: m.span.start - range.start..m.span.end - range.start,
            })
            .collect();
        let text = &lower[range];
        let groups = groups(text, &mentions, lexicon);
        Self { text, mentions, groups, lexicon }
    }

    /// The kinds that the clause has words for, the most telling first, and where those stand.
    pub(super) fn kinds<'l>(&self, lexicon: &'l Lexicon) -> impl Iterator<Item = (&'l str, usize)> {
        let told = lexicon.kinds.iter().filter_map(|(kind, words)| {
            let at = lexicon::first(self.text, words)?.0;
            // Buying a part of a company is no takeover.
            let part = kind == "acquisition" && self.minorities().next().is_some();
            Some((if part { "investment" } else { kind.as_str() }, at))
        });
        let hinted = lexicon
            .hints
            .iter()
            .filter_map(|(kind, words)| Some((kind.as_str(), lexicon::first(self.text, words)?.0)));
        told.chain(self.share().map(|at| ("investment", at))).chain(hinted)
    }

    /// What the companies do to each other, where the clause tells.
    pub(super) fn roles(&self, kind: &str) -> Vec<Role> {
        roles::roles(self.text, &self.mentions, kind, self.lexicon)
    }

    /// Where it speaks of a part of a company: `11% of Nordlys`.
    fn share(&self) -> Option<usize> {
        let minority = self.minorities().find(|sign| {
            let rest = self.text[sign.end..].trim_start();
            let is_near =
                |m: &Mention| m.span.start >= sign.end && m.span.start < sign.end + SHARE_BYTES;
            self.lexicon.begins("share", rest).is_some() && self.mentions.iter().any(is_near)
        });
        minority.map(|sign| sign.start)
    }

    /// Where the signs of percentages below half stand.
    fn minorities(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let signs = [
            "%",
            " per cent",
            " percent",
            " prozent",
            " procent",
            " por ciento",
            " por cento",
            " per cento",
            " proc",
            " prosent",
        ];
        let hits = signs
            .into_iter()
            .flat_map(|sign| self.text.match_indices(sign).map(|(at, _)| at..at + sign.len()));
        hits.filter(|sign| {
            let number: String = self.text[..sign.start]
                .trim_end()
                .chars()
                .rev()
                .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
                .collect();
            let whole = number.chars().rev().take_while(char::is_ascii_digit).collect::<String>();
            whole.parse().is_ok_and(|share: u32| share < 50)
        })
    }

    /// Whether a word near the cue denies it.
    pub(super) fn is_negated(&self, cue: usize, lexicon: &Lexicon) -> bool {
        let floor = |mut at: usize| {
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let from = floor(cue.saturating_sub(NEGATION_BEFORE_BYTES));
        let to = floor((cue + NEGATION_AFTER_BYTES).min(self.text.len()));
        let mut near = self.text[from..to].to_owned();
        if matches!(self.lexicon.code, "ja" | "ko" | "tr") {
            // Where the verb comes last, so does what denies it.
            near.push_str(
                &self.text[floor(self.text.len().saturating_sub(LAST_VERB_BYTES)).max(to)..],
            );
        }
        for phrase in lexicon.list("not_only") {
            near = near.replace(phrase.as_str(), "_");
        }
        lexicon.find("negation", &near).is_some()
    }

    /// Whether it speaks of rivals.
    pub(super) fn is_rivalry(&self, lexicon: &Lexicon) -> bool {
        lexicon.find("rival", self.text).is_some()
    }

    /// The only company of the clause, where it says that this one did as the one before.
    pub(super) fn likewise(&self) -> Option<&str> {
        self.lexicon.find("likewise", self.text)?;
        let first = self.mentions.first()?;
        let alone = self.mentions.iter().all(|mention| mention.company == first.company);
        alone.then_some(first.company.as_str())
    }

    /// Whether all companies of the clause stand in one enumeration.
    pub(super) fn is_one_group(&self) -> bool {
        self.groups.len() == 1 && self.groups[0].len() > 1
    }

    /// Whether three or more companies stand in one enumeration.
    pub(super) fn has_crowd(&self) -> bool {
        self.groups.iter().any(|group| self.names(group).len() > 2)
    }

    fn name(&self, at: usize) -> &str {
        &self.mentions[at].company
    }

    fn names(&self, group: &[usize]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for &at in group {
            if !names.iter().any(|name| name == self.name(at)) {
                names.push(self.name(at).to_owned());
            }
        }
        names
    }

    /// Who is related, by the first kind of grammar that fits.
    pub(super) fn relations(
        &self,
        cue: usize,
        kind: &str,
        main: &[String],
        topic: Option<&str>,
        early: bool,
    ) -> Vec<ClauseMatch> {
        let rivalry = self.is_rivalry(self.lexicon);
        let is_object = self.objects(cue, rivalry);
        let found = self.with(&is_object, topic, rivalry);
        if !found.is_empty() || rivalry {
            return found;
        }
        // `The operator signed deals with B and C`: with one that has no name, not with each other. Where `with`
        // stands behind a name, it stands behind both that do something together as well.
        let others = is_object.iter().map(|is_object| self.is_with_behind() || !is_object);
        let others: Vec<bool> = others.collect();
        if let Some(found) = self.group(&others, cue, kind) {
            return vec![found];
        }
        if !others.contains(&true) {
            return Vec::new();
        }
        self.both_sides(cue, kind, main)
            .or_else(|| self.only_two(kind, main, early))
            .into_iter()
            .collect()
    }

    /// Which groups something is done with.
    fn objects(&self, cue: usize, rivalry: bool) -> Vec<bool> {
        let is_object = |group: &Vec<usize>| {
            let start = self.mentions[group[0]].span.start;
            let end = self.mentions[group[group.len() - 1]].span.end;
            let with = self.has_with_before(start) || self.has_with_after(end);
            with && !(rivalry && start < cue)
        };
        self.groups.iter().map(is_object).collect()
    }

    /// `A ... with B`
    fn with(&self, is_object: &[bool], topic: Option<&str>, rivalry: bool) -> Vec<ClauseMatch> {
        let mut out: Vec<ClauseMatch> = Vec::new();
        for (number, group) in self.groups.iter().enumerate().filter(|(at, _)| is_object[*at]) {
            let right = self.names(group);
            let other = |at: &usize| {
                !is_object[*at]
                    && self.names(&self.groups[*at]).iter().all(|name| !right.contains(name))
            };
            // The subject stands before, or behind as in `Mit B arbeitet A`.
            let subject = (0..number).rev().find(other).or_else(|| {
                let turned = matches!(self.lexicon.code, "de" | "nl" | "da" | "no" | "sv");
                (number + 1..self.groups.len()).find(other).filter(|_| turned && !rivalry)
            });
            let (left, assumed) = match subject {
                Some(at) => (self.names(&self.groups[at]), false),
                // It was named before this sentence: it is what the article is about.
                None if !rivalry => {
                    let topic = topic.filter(|topic| !right.iter().any(|name| name == topic));
                    (topic.map(str::to_owned).into_iter().collect(), true)
                }
                None => continue,
            };
            for one in &left {
                for other in &right {
                    add(&mut out, vec![one.clone(), other.clone()], assumed);
                }
            }
        }
        out
    }

    fn has_with_before(&self, start: usize) -> bool {
        self.lexicon.list("with").iter().any(|word| {
            self.text[..start].rfind(word.as_str()).is_some_and(|at| {
                let from = at + word.len();
                let gap = &self.text[from..start];
                let between = |m: &Mention| m.span.start >= from && m.span.end <= start;
                let far = gap.len() > WITH_BYTES / 2 && gap.contains([',', '、', '，']);
                let broken = gap.contains(['.', ';', ':']) || far;
                gap.len() <= WITH_BYTES
                    && !broken
                    && !self.mentions.iter().any(between)
                    && lexicon::position(&self.text[at..], word) == Some(0)
            })
        })
    }

    /// In Japanese, Korean and Turkish `with` stands behind the name.
    fn is_with_behind(&self) -> bool {
        matches!(self.lexicon.code, "ja" | "ko" | "tr")
    }

    fn has_with_after(&self, end: usize) -> bool {
        let rest = self.text[end..].trim_start_matches([' ', '\'', '’', '」', ')']);
        self.is_with_behind()
            && self.lexicon.list("with").iter().any(|word| rest.starts_with(word.as_str()))
    }

    /// `A, B and C do something together`
    fn group(&self, candidates: &[bool], cue: usize, kind: &str) -> Option<ClauseMatch> {
        let near = |group: &&Vec<usize>| self.mentions[group[0]].span.start.abs_diff(cue);
        let groups = self.groups.iter().zip(candidates).filter(|(_, candidate)| **candidate);
        let groups = groups.map(|(group, _)| group).filter(|group| self.names(group).len() > 1);
        let group = groups.min_by_key(near)?;
        // `Tencent and VR Capital invested`: in the third that is not named.
        if kind == "investment" {
            return None;
        }
        // Several who supply, or are bought, are no partners of each other.
        let crowd = self.names(group).len() > 2;
        if crowd && DIRECTED.contains(&kind) {
            return None;
        }
        // Two who are named together need not do to each other what one of them does to a third.
        if DIRECTED.contains(&kind) && self.groups.len() > 1 {
            return None;
        }
        Some(ClauseMatch {
            parties: self.names(group),
            confidence: GROUP_CONFIDENCE,
            assumed: false,
            pattern: Pattern::Group,
        })
    }

    /// `A buys B`: the nearest names on both sides of the cue.
    fn both_sides(&self, cue: usize, kind: &str, main: &[String]) -> Option<ClauseMatch> {
        let left = self.mentions.iter().rev().find(|m| m.span.end <= cue)?;
        let right = self.mentions.iter().find(|m| m.span.start >= cue)?;
        let room = if DIRECTED.contains(&kind) { VERB_BYTES } else { VERB_BYTES / 3 };
        let close = cue - left.span.end <= room && right.span.start - cue <= room;
        let told = main.iter().take(TOPICS).any(|m| *m == left.company || *m == right.company);
        let parties = vec![left.company.clone(), right.company.clone()];
        let confidence = if told { SIDES_CONFIDENCE } else { SIDES_ASIDE_CONFIDENCE };
        (left.company != right.company && close).then_some(ClauseMatch {
            parties,
            confidence,
            assumed: false,
            pattern: Pattern::Sides,
        })
    }

    /// Two companies in a clause that tells of something joint.
    fn only_two(&self, kind: &str, main: &[String], early: bool) -> Option<ClauseMatch> {
        let all: BTreeSet<&str> = self.mentions.iter().map(|m| m.company.as_str()).collect();
        let topics =
            main.iter().take(MAIN_TOPICS).filter(|topic| all.contains(topic.as_str())).count();
        let enough = if early { 1 } else { MAIN_TOPICS };
        let parties: Vec<String> = all.iter().map(|&name| name.to_owned()).collect();
        let fits =
            parties.len() == 2 && topics >= enough && !matches!(kind, "integration" | "research");
        fits.then_some(ClauseMatch {
            parties,
            confidence: if topics == MAIN_TOPICS { TWO_CONFIDENCE } else { TWO_ASIDE_CONFIDENCE },
            assumed: false,
            pattern: Pattern::Two,
        })
    }
}

fn add(out: &mut Vec<ClauseMatch>, parties: Vec<String>, assumed: bool) {
    if parties[0] != parties[1] {
        let pattern = if assumed { Pattern::Assumed } else { Pattern::With };
        out.push(ClauseMatch {
            parties,
            confidence: if assumed { ASSUMED_CONFIDENCE } else { WITH_CONFIDENCE },
            assumed,
            pattern,
        });
    }
}

/// Names that stand together: `A and B`, `A, B and C`.
fn groups(text: &str, mentions: &[Mention], lexicon: &Lexicon) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let joined = at > 0 && {
            let gap = &text[mentions[at - 1].span.end.min(mention.span.start)..mention.span.start];
            let marks = [',', '、', '(', ')', '（', '）', '«', '»', '"', '“', '”', '-', '–', '・'];
            let bare = gap.trim_matches(|c: char| c.is_whitespace() || marks.contains(&c));
            let conj = lexicon.list("conj").iter().any(|word| {
                bare == word.as_str()
                    || (gap.len() <= GROUP_BYTES && bare.split_whitespace().any(|w| w == word))
            });
            (conj || bare.is_empty()) && !gap.contains([';', '.'])
        };
        match groups.last_mut() {
            Some(group) if joined => group.push(at),
            _ => groups.push(vec![at]),
        }
    }
    groups
}
