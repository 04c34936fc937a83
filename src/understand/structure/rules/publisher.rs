//! Who published a text, by the traces that a paper leaves around it.

use std::collections::BTreeMap;

use super::{Block, Reader, headline, outlet_prefix, width};
use crate::understand::dates;
use crate::understand::structure::noise::{Noise, plain_marks};
use crate::understand::structure::publisher::FORMS;
use crate::understand::structure::thresholds::{
    AGENCY_DATELINE_WIDTH, AGENCY_NAME_WIDTH, BEFORE_BODY_PARAGRAPHS, BUTTON_COUNT,
    CAPITAL_RUN_WORDS, CLOSING_COUNT, IMPRINT_COUNT, NAMED_AROUND_COUNT, NAMED_AROUND_NAME_WIDTH,
    NAMED_AROUND_WIDTH, OUTLET_WORDS, RIGHTS_NAME_CHARACTERS,
};

impl Reader<'_> {
    /// The publisher, from the surest trace to the weakest.
    pub(super) fn publisher(
        &self,
        body: &[Block],
        authors: &[String],
        end: usize,
        suffix: Option<&str>,
        brand: Option<&str>,
    ) -> Option<String> {
        let lead = body.first().map(|block| block.text.as_str());
        let prefix = lead.and_then(outlet_prefix).map(str::to_owned);
        let team = authors.iter().find_map(|name| name.strip_prefix("Team ")).map(str::to_owned);
        // A line above the headline may as well name a section: `Business news` is no name.
        let is_name = |name: &&str| {
            let last = name.split_whitespace().next_back().unwrap_or("");
            !last.starts_with(char::is_lowercase)
        };
        let brand = brand.map(headline::site_name).filter(is_name).map(str::to_owned);
        prefix
            .or_else(|| lead.and_then(|lead| self.agency(lead)))
            .or_else(|| self.after_byline())
            .or(suffix.map(str::to_owned))
            .or(team)
            .or_else(|| self.copyright(end))
            .or(brand)
            .or_else(|| self.named_around())
    }

    /// `SEOUL, Aug 29, 2022 (Newsbridge) -`: the agency in the dateline.
    fn agency(&self, lead: &str) -> Option<String> {
        let (before, rest) = lead.split_once('(')?;
        let (name, after) = rest.split_once(')')?;
        let dated =
            width(before) < AGENCY_DATELINE_WIDTH && !dates::dates(before, self.lexicon).is_empty();
        let close = after.trim_start().starts_with(['-', '–', '—']);
        (dated && close && width(name) < AGENCY_NAME_WIDTH).then(|| name.to_owned())
    }

    /// `By Jane Roe, Example Weekly`
    fn after_byline(&self) -> Option<String> {
        self.blocks.iter().take(BEFORE_BODY_PARAGRAPHS).find_map(|block| {
            let text = plain_marks(&block.text);
            self.credits.byline(&text)?;
            let (_, outlet) = text.split_once(", ")?;
            let outlet = outlet.trim();
            let capital = outlet.starts_with(char::is_uppercase);
            let plain =
                !outlet.contains([',', '|', ':']) && outlet.split(' ').count() <= OUTLET_WORDS;
            let dated = outlet.contains(|c: char| c.is_ascii_digit());
            (capital && plain && !dated && !crate::understand::people::is_name(outlet))
                .then(|| outlet.to_owned())
        })
    }

    /// The name that lines around the article bear most often: a credit, a newsletter, an imprint.
    fn named_around(&self) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (block, noise) in self.blocks.iter().zip(&self.noise) {
            if self.is_crumb(block) {
                continue;
            }
            let weight = match noise {
                Some(Noise::Closing | Noise::Caption) => CLOSING_COUNT,
                Some(Noise::Chrome | Noise::Related | Noise::Notice) => BUTTON_COUNT,
                Some(Noise::Teaser | Noise::Comments) => continue,
                None => 0,
            };
            // `Example Weekly Ltd`, `Example Weekly is a research firm`
            let opens = capital_run(&block.text).filter(|name| {
                let rest = block.text[name.len()..].trim_start();
                FORMS.iter().any(|form| rest.starts_with(form))
                    || self
                        .lexicon
                        .list("imprint")
                        .iter()
                        .any(|word| rest.starts_with(word.as_str()))
            });
            if let Some(name) = opens {
                *counts.entry(name.to_owned()).or_default() += IMPRINT_COUNT;
            }
            if weight > 0 && width(&block.text) < NAMED_AROUND_WIDTH {
                let lower = block.text.to_lowercase();
                let names = block.text.char_indices().filter(|&(at, c)| {
                    let starts = at == 0 || block.text[..at].ends_with([' ', '(', '/', ':']);
                    starts && c.is_uppercase() && at > 0
                });
                for (at, _) in names {
                    // A run of capitals is counted from its first word.
                    if block.text[..at].trim_end().rsplit(' ').next().is_some_and(|word| {
                        block.text[..at].ends_with(' ') && word.starts_with(char::is_uppercase)
                    }) && !is_cue_end(self, &lower, at)
                    {
                        continue;
                    }
                    if let Some(name) = capital_run(&block.text[at..]) {
                        *counts.entry(without_genitive(name, self.lexicon.code)).or_default() +=
                            weight;
                    }
                }
            }
        }
        counts.retain(|name, _| width(name) > NAMED_AROUND_NAME_WIDTH && !self.gazetteer_has(name));
        counts
            .into_iter()
            .filter(|(_, count)| *count >= NAMED_AROUND_COUNT)
            .max_by_key(|(name, count)| (*count, name.len()))
            .map(|(name, _)| name)
    }

    fn gazetteer_has(&self, name: &str) -> bool {
        self.gazetteer.count(name) > 0
            || self.gazetteer.names_one(name)
            || self.lexicon.list("closing").iter().any(|cue| cue.starts_with(&name.to_lowercase()))
    }

    /// The name in a copyright line.
    pub(super) fn copyright(&self, from: usize) -> Option<String> {
        self.blocks[from.min(self.blocks.len())..].iter().find_map(|block| {
            let at = block.text.find('©')?;
            let name = block.text[at + '©'.len_utf8()..]
                .trim_start_matches(|c: char| {
                    c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '—' | ',')
                })
                .split(['.', ',', '|'])
                .next()?;
            let name = name.trim_end_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '—')
            });
            let name = FORMS.iter().fold(name, |name, form| name.trim_end().trim_end_matches(form));
            let name = name.trim().trim_matches(['«', '»', '"']);
            (name.chars().count() > 1 && name.chars().count() < RIGHTS_NAME_CHARACTERS)
                .then(|| name.to_owned())
        })
    }
}

/// Whether a cue word of noise ends right before `at`.
fn is_cue_end(reader: &Reader<'_>, lower: &str, at: usize) -> bool {
    let Some(before) = lower.get(..at) else { return false };
    let before = before.trim_end();
    ["chrome", "caption", "closing", "related"]
        .iter()
        .any(|list| reader.lexicon.list(list).iter().any(|cue| before.ends_with(cue.as_str())))
}

/// The words with capitals that a text begins with, small linking words between them included.
fn capital_run(text: &str) -> Option<&str> {
    const LINKS: &[&str] =
        &["y", "e", "&", "om", "og", "och", "of", "de", "di", "du", "la", "le", "und"];
    let mut end = 0;
    let mut at = 0;
    for word in text.split(' ').take(CAPITAL_RUN_WORDS) {
        let bare = word.trim_end_matches([',', '.', ')', ':', ';', '»', '”']);
        let capital = bare.starts_with(char::is_uppercase);
        if capital {
            end = at + bare.len();
        } else if at == 0 || !LINKS.contains(&bare) {
            break;
        }
        at += word.len() + 1;
        if bare.len() < word.len() {
            break;
        }
    }
    (end > 0).then(|| &text[..end])
}

/// `Lydmagasinets` → `Lydmagasinet`, in the languages that write the genitive so.
fn without_genitive(name: &str, code: &str) -> String {
    let cut = matches!(code, "da" | "no" | "sv" | "de").then(|| name.strip_suffix('s')).flatten();
    cut.unwrap_or(name).to_owned()
}
