//! Which language a text is in, by its script and its commonest words.
//!
//! Function words and letters of the 20 languages with a data file are counted. It is our own, because
//! general detectors mix up Malay with Indonesian and Danish with Norwegian on short texts, and a share
//! for each paragraph is needed for mixed articles.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::{self, Lexicon};
use super::thresholds::{
    KANA_LETTERS, LEAD_CHARACTERS, LEAD_PARAGRAPH_CHARACTERS, OWN_LETTERS_SHARE,
    PARAGRAPH_LANGUAGE_BYTES, PARAGRAPH_LANGUAGE_SHARE, SCRIPT_LETTERS,
};

/// What each of the commonest words says for each language, by the place of its lexicon.
static SAYS: LazyLock<FxHashMap<&'static str, Vec<(usize, u32)>>> = LazyLock::new(|| {
    let mut says: FxHashMap<&'static str, Vec<(usize, u32)>> = FxHashMap::default();
    for (at, lexicon) in lexicon::all().iter().enumerate() {
        // What tells a language from its neighbour weighs more than what they share.
        for (list, weight) in [("function", 1), ("own", 2)] {
            let mut words: Vec<&str> = lexicon.list(list).iter().map(String::as_str).collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                says.entry(word).or_default().push((at, weight));
            }
        }
    }
    says
});

/// The language of a text, as a primary subtag, with how many of its words said so (0 to 1).
#[must_use]
pub fn identify(text: &str) -> (&'static str, f64) {
    if let Some(code) = by_script(text) {
        return (code, 1.0);
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|w| !w.is_empty()).collect();
    let total = f64::from(u32::try_from(words.len().max(1)).unwrap_or(u32::MAX));
    let cyrillic = text.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
    let mut hits = vec![0u32; lexicon::all().len()];
    for (at, weight) in words.iter().filter_map(|word| SAYS.get(word)).flatten() {
        hits[*at] += weight;
    }
    let fits = |lexicon: &Lexicon| {
        is_cyrillic(lexicon) == cyrillic && !matches!(lexicon.code, "ja" | "ko" | "zh")
    };
    let lexicons = lexicon::all().iter().zip(hits).filter(|(lexicon, _)| fits(lexicon));
    lexicons
        .map(|(lexicon, hits)| {
            (lexicon.code, f64::from(hits) / total + letters(lexicon.code, &lower))
        })
        .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(a.0)))
        .unwrap_or(("en", 0.0))
}

fn is_cyrillic(lexicon: &Lexicon) -> bool {
    matches!(lexicon.code, "ru" | "uk")
}

/// Scripts that one language has for itself, and those of which we read none.
fn by_script(text: &str) -> Option<&'static str> {
    /// Script blocks of languages without a data file, with the language that writes most in them.
    const OTHERS: [(char, char, &str); 6] = [
        ('\u{370}', '\u{3ff}', "el"),
        ('\u{590}', '\u{5ff}', "he"),
        ('\u{600}', '\u{6ff}', "ar"),
        ('\u{900}', '\u{97f}', "hi"),
        ('\u{980}', '\u{9ff}', "bn"),
        ('\u{e00}', '\u{e7f}', "th"),
    ];
    let (mut kana, mut hangul, mut han, mut letters) = (0, 0, 0, 0);
    let mut others = [0usize; OTHERS.len()];
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{3400}'..='\u{9fff}' => han += 1,
            c => {
                let at = OTHERS.iter().position(|(first, last, _)| (*first..=*last).contains(&c));
                if let Some(at) = at {
                    others[at] += 1;
                }
            }
        }
    }
    let other = others.iter().position(|count| count * 2 > letters);
    if let Some(at) = other {
        return Some(OTHERS[at].2);
    }
    let many = |count: usize| count * SCRIPT_LETTERS > letters;
    match () {
        () if many(hangul) => Some("ko"),
        () if kana * KANA_LETTERS > letters => Some("ja"),
        () if many(han) => Some("zh"),
        () => None,
    }
}

/// A bonus for letters that only one of two close languages uses.
fn letters(code: &str, text: &str) -> f64 {
    let has = |letters: &[char]| text.contains(letters);
    let bonus = match code {
        "vi" => has(&['ơ', 'ư', 'ạ', 'ế', 'ộ', 'ợ', 'ấ', 'ề']),
        "sv" => has(&['ä', 'ö']) && has(&['å']),
        "de" => has(&['ß', 'ü']),
        "da" | "no" => has(&['ø', 'æ']),
        "pl" => has(&['ł', 'ż', 'ś', 'ę']),
        "tr" => has(&['ı', 'ğ', 'ş']),
        "es" => has(&['ñ', '¿']),
        "pt" => has(&['ã', 'õ']),
        "uk" => has(&['і', 'ї', 'є']),
        "ru" => has(&['ы', 'э', 'ё']),
        _ => false,
    };
    if bonus { OWN_LETTERS_SHARE } else { 0.0 }
}

/// Whether a paragraph is read in the language that such a share of its words is of, rather than in that of its
/// article.
#[must_use]
pub fn is_clear(paragraph: &str, share: f64) -> bool {
    share > PARAGRAPH_LANGUAGE_SHARE && paragraph.len() > PARAGRAPH_LANGUAGE_BYTES
}

/// The tag of a language with its script, where the primary subtag does not tell it.
#[must_use]
pub fn tag(code: &'static str, text: &str) -> &'static str {
    /// Common characters that the two ways of writing Chinese do not share, side by side.
    const SIMPLIFIED: &str = "们这个来说时会国对发与于为后过还电学经长业关机开产动点车无见风联体际欧万亿网络术资讯软证划";
    const TRADITIONAL: &str = "們這個來說時會國對發與於為後過還電學經長業關機開產動點車無見風聯體際歐萬億網絡術資訊軟證劃";
    if code != "zh" {
        return code;
    }
    let count = |set: &str| text.chars().filter(|c| set.contains(*c)).count();
    if count(TRADITIONAL) > count(SIMPLIFIED) { "zh-Hant" } else { "zh-Hans" }
}

/// The language of an article: that of its first paragraphs, since a quoted release in another
/// language comes after them.
#[must_use]
pub fn of_article(paragraphs: &[&str]) -> &'static str {
    let mut lead = String::new();
    for paragraph in paragraphs.iter().filter(|p| p.chars().count() >= LEAD_PARAGRAPH_CHARACTERS) {
        lead.push_str(paragraph);
        lead.push('\n');
        if lead.chars().count() > LEAD_CHARACTERS {
            break;
        }
    }
    if lead.is_empty() {
        lead = paragraphs.join("\n");
    }
    identify(&lead).0
}
