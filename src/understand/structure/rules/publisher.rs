//! Who published a text, by the traces that a paper leaves around it.

use std::collections::BTreeMap;

use super::{Block, Reader, headline, outlet_prefix, width};
use crate::understand::structure::noise::Noise;
use crate::understand::structure::outlets::{FORMS, agency, outlet_of_byline, rights_holder};
use crate::understand::structure::thresholds::{
    BEFORE_BODY_PARAGRAPHS, BUTTON_COUNT, CAPITAL_RUN_WORDS, CLOSING_COUNT, IMPRINT_COUNT,
    NAMED_AROUND_COUNT, NAMED_AROUND_NAME_WIDTH, NAMED_AROUND_WIDTH,
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
        let mut head = self.blocks.iter().take(BEFORE_BODY_PARAGRAPHS);
        let brand = brand.map(headline::site_name).filter(is_name).map(str::to_owned);
        prefix
            .or_else(|| lead.and_then(|lead| agency(lead, self.lexicon)))
            .or_else(|| head.find_map(|block| outlet_of_byline(&block.text, &self.credits)))
            .or(suffix.map(str::to_owned))
            .or(team)
            .or_else(|| rights_holder(self.blocks.iter().skip(end).map(|block| &*block.text)))
            .or(brand)
            .or_else(|| self.named_around())
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
