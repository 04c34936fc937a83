//! What speaks for a candidate being a company, and what against it, over all places where it stands.
//!
//! The reader and the training program use the same numbers: the weights in `data/entities.tsv` carry
//! a hash of their names.

mod mention;

use mention::{Mention, mention};

use super::Spelling;
use super::cues::Cues;
use super::evidence::{self, List};
use super::words::{Script, script};
use super::{Article, Candidate};
use crate::understand::features::{Features, float};

/// The features of one candidate of an article.
pub(super) fn features(candidate: &Candidate<'_>, article: &Article<'_>) -> Features {
    let lower = candidate.form.to_lowercase();
    let view = View::of(candidate, article, &lower);
    let mut out = Features::with_capacity(160);
    view.spelling(&mut out);
    view.gazetteer(&mut out);
    view.words_of_lists(&mut out);
    view.people_and_places(&mut out);
    view.words_of_the_name(&mut out);
    view.positions(&mut out);
    view.neighbours(&mut out);
    out
}

/// A candidate with what several features are made from.
#[expect(clippy::struct_excessive_bools, reason = "each is asked by several features")]
struct View<'a, 'c> {
    candidate: &'a Candidate<'c>,
    article: &'a Article<'c>,
    form: &'a str,
    lower: &'a str,
    words: Vec<&'a str>,
    script: Script,
    mentions: Vec<Mention>,
    /// The language of the article.
    code: &'static str,
    /// Whether names in that language have no spaces around them.
    is_dense: bool,
    /// Whether all its letters are capitals.
    is_upper: bool,
    /// Whether it is one word.
    is_single: bool,
    /// Whether one of its words is one of companies, as `Bank`.
    has_company_word: bool,
}

impl<'a, 'c> View<'a, 'c> {
    fn of(candidate: &'a Candidate<'c>, article: &'a Article<'c>, lower: &'a str) -> Self {
        let form = candidate.form.as_str();
        let script = form.chars().find_map(script).unwrap_or(Script::Other);
        let words: Vec<&str> =
            lower.split([' ', '\u{a0}', '・']).filter(|word| !word.is_empty()).collect();
        let code = article.lexicon.code;
        let has_company_word = words.iter().any(|word| article.cues.parts.has(word))
            || article.cues.parts.suffix(form).is_some();
        let mentions = candidate.places.iter();
        let mentions = mentions.map(|(part, span)| mention(*part, span, article)).collect();
        let is_upper = script == Script::Cased
            && !form.chars().any(char::is_lowercase)
            && form.chars().any(char::is_alphabetic);
        Self {
            candidate,
            article,
            form,
            lower,
            script,
            mentions,
            code,
            is_dense: matches!(code, "ja" | "zh" | "ko"),
            is_upper,
            is_single: words.len() == 1,
            has_company_word,
            words,
        }
    }

    /// The share of its mentions of which something is true.
    fn share(&self, is_so: fn(&Mention) -> bool) -> f64 {
        float(self.mentions.iter().filter(|mention| is_so(mention)).count())
            / float(self.mentions.len().max(1))
    }

    fn any(&self, is_so: fn(&Mention) -> bool) -> bool {
        self.mentions.iter().any(is_so)
    }

    fn is_cyrillic(&self) -> bool {
        matches!(self.code, "ru" | "uk")
    }

    fn is_german(&self) -> bool {
        self.code == "de"
    }

    /// Whether it is found in the gazetteer in one way.
    fn is_spelled(&self, wanted: Spelling) -> bool {
        self.candidate.known.as_ref().is_some_and(|known| known.spelling == wanted)
    }

    /// Whether a word is an ordinary one of the article's language.
    fn is_word(&self, word: &str) -> bool {
        evidence::is_word(word, self.code)
    }

    /// Whether it begins like the name of a person.
    fn is_person_like(&self) -> bool {
        (2..4).contains(&self.words.len()) && self.has_given_name() && !self.has_company_word
    }

    fn has_given_name(&self) -> bool {
        self.words.first().is_some_and(|word| List::Given.has(word))
    }

    fn last_word(&self) -> &str {
        self.words.last().copied().unwrap_or("")
    }

    /// How it is written.
    fn spelling(&self, out: &mut Features) {
        let (form, kind, words) = (self.form, self.script, self.words.len());
        let length = form.chars().count();
        let letters = form.chars().filter(|c| c.is_alphabetic()).count();
        out.flag("one", true);
        out.flag("german", self.is_german());
        out.flag("cyrillic", self.is_cyrillic());
        out.flag("han", kind == Script::Han);
        out.flag("katakana", kind == Script::Katakana);
        out.flag("hangul", kind == Script::Hangul);
        out.flag("latin in dense", self.is_dense && kind == Script::Cased);
        out.flag("one word", words == 1);
        out.flag("two words", words == 2);
        out.flag("four words", words >= 4);
        out.flag("short", length <= 3);
        out.flag("two capitals", self.is_upper && letters <= 2);
        out.flag("capitals", self.is_upper && (3..=5).contains(&letters));
        out.flag("many capitals", self.is_upper && letters > 5);
        out.flag("inner capital", inner_capital(form));
        out.flag("small start", kind == Script::Cased && form.starts_with(char::is_lowercase));
        out.flag("digit", form.chars().any(|c| c.is_ascii_digit()));
        out.flag("hyphen", form.contains('-'));
        out.flag("ampersand", form.contains(['&', '+']));
        out.flag("domain", is_domain(self.lower));
        out.flag("long", kind == Script::Han && length >= 6);
    }

    /// What the list of companies says.
    fn gazetteer(&self, out: &mut Features) {
        let known = self.candidate.known.as_ref();
        let length = self.form.chars().count();
        let is_long = self.words.len() > 1 || self.is_dense && length > 3;
        let is_common = self.is_spelled(Spelling::Common);
        // In a text that is not about business an ordinary word is one, capital or not.
        let is_lonely = self.mentions.len() == 1
            && !self.any(|m| m.cued || m.joined || m.legal || m.firm_before || m.executive_of);
        out.flag("known", known.is_some());
        out.flag("known free", self.is_spelled(Spelling::Free));
        out.flag("known common", is_common);
        out.flag("known short", known.is_some() && length <= 3);
        out.flag("known long", known.is_some() && is_long);
        out.flag("known own", known.is_some_and(|known| known.own));
        out.flag("known mid", is_common && self.any(|m| m.mid && !m.titled));
        out.flag("known brand", known.is_some_and(|known| known.brand));
        out.flag("known common lonely", is_common && is_lonely);
        out.flag("lonely", is_lonely);
        out.flag("no business", self.article.cued.iter().all(Vec::is_empty));
        out.flag("publisher", known.is_some_and(|known| known.media));
    }

    /// What lists of words say.
    fn words_of_lists(&self, out: &mut Features) {
        let Self { lower, code, article, is_single, .. } = *self;
        let words = &self.words;
        let is_several = words.len() > 1;
        let is_known = self.candidate.known.is_some();
        let is_english = |word: &str| evidence::is_word(word, "en");
        let is_small = |word: &str| article.small.contains(word);
        let is_listed = List::Company.has(&self.candidate.key);
        out.flag("exchange", is_listed && is_several);
        out.flag("exchange word", is_listed && is_single);
        out.flag("common", is_single && List::Common(code).has(lower));
        out.flag("rarer", is_single && List::Rarer(code).has(lower));
        out.flag("english word", is_single && code != "en" && is_english(lower));
        out.flag("small elsewhere", is_small(lower));
        out.flag("known small", is_known && is_small(lower));
        let all_words = is_several && words.iter().all(|word| self.is_word(word) || is_small(word));
        out.flag("all words", all_words);
        out.flag("first is word", is_several && self.is_word(words[0]));
        let last = self.last_word();
        out.flag("last is word", is_several && self.is_word(last) && !article.cues.parts.has(last));
        let is_novel = self.is_novel();
        let is_inside = self.any(|m| m.mid && !m.titled);
        let is_again = self.mentions.len() > 1;
        out.flag("novel", is_novel);
        out.flag("novel inside", is_novel && is_inside);
        out.flag("novel again", is_novel && is_inside && is_again);
        out.flag("compound word", is_single && is_compound(lower, code));
        let is_compound_name = is_single && code != "de" && is_inside && is_compound(lower, code);
        out.flag("compound name", is_compound_name);
        out.flag("all words, vietnamese", all_words && code == "vi");
        out.flag("first is word, vietnamese", code == "vi" && is_several && self.is_word(words[0]));
        let half_english = code != "en"
            && is_several
            && words.iter().filter(|word| is_english(word)).count() * 2 >= words.len()
            && !words.iter().all(|word| self.is_word(word));
        out.flag("english words", half_english);
        let is_name = |word: &str| List::Given.has(word) || List::Place.has(word);
        out.flag("novel first", is_several && !self.is_word(words[0]) && !is_name(words[0]));
    }

    /// Whether it is one word that no list has.
    fn is_novel(&self) -> bool {
        let lists = [
            List::Common(self.code),
            List::Rarer(self.code),
            List::Common("en"),
            List::Rarer("en"),
            List::Given,
            List::Family,
            List::Place,
        ];
        self.is_single
            && !self.is_upper
            && lists.iter().all(|list| !list.has(self.lower))
            && !is_compound(self.lower, self.code)
    }

    /// Whether it is rather a person or a place.
    fn people_and_places(&self, out: &mut Features) {
        let Self { lower, article, is_single, .. } = *self;
        let is_known = self.candidate.known.is_some();
        let is_several = self.words.len() > 1;
        let is_place = List::Place.has(lower) || article.cues.countries.has(lower);
        out.flag("place", is_place);
        out.flag("known place", is_place && is_known);
        let has_place = self.words.iter().any(|word| List::Place.has(word) && !self.is_word(word));
        out.flag("place inside", is_several && has_place);
        let is_family = List::Family.has(self.last_word());
        let is_person = self.is_person_like();
        out.flag("given and family", is_person && is_family);
        out.flag("given first", is_person && !is_family);
        out.flag("known given", is_known && is_person);
        out.flag("given alone", is_single && List::Given.has(lower));
        out.flag("family alone", is_single && List::Family.has(lower));
        let has_given = self.has_given_name();
        out.flag("family last", is_several && !has_given && is_family && !self.has_company_word);
        out.flag("surname", article.surnames.contains(lower));
        out.flag("known surname", is_known && article.surnames.contains(lower));
    }

    /// Words in the name, and the names that it is in.
    fn words_of_the_name(&self, out: &mut Features) {
        let Self { candidate, has_company_word, is_single, is_dense, .. } = *self;
        let cues = &self.article.cues;
        let is_several = self.words.len() > 1;
        out.flag("company word", has_company_word && (is_several || is_dense));
        out.flag("company word only", has_company_word && is_single && !is_dense);
        out.flag("company word last", is_several && cues.parts.has(self.last_word()));
        out.flag("company ending", is_single && ends_in_company_word(self.lower, cues));
        let is_institution = self.words.iter().any(|word| cues.institutions.has(word))
            || cues.institutions.suffix(self.form).is_some();
        out.flag("institution", is_institution);
        out.flag("known institution", is_institution && candidate.known.is_some());
        out.flag("company institution", is_institution && has_company_word);
        out.flag("contains known", candidate.contains.is_some());
        out.flag("known and company word", candidate.contains.is_some() && has_company_word);
        out.flag("inside longer", candidate.nested > 0);
        let all = (candidate.nested + self.mentions.len()).max(1);
        out.put("share inside longer", float(candidate.nested) / float(all));
        out.flag("ends longer", candidate.ends_longer);
    }

    /// How often it stands where.
    fn positions(&self, out: &mut Features) {
        let n = self.mentions.len();
        let is_never_inside = !self.any(|m| m.mid && !m.titled);
        out.put("times", float(n.min(20)).ln_1p());
        out.flag("once", n == 1);
        out.flag("twice", n == 2);
        out.put("share of names", float(n) / float(self.article.most.max(1)));
        out.flag("never inside", is_never_inside);
        out.flag("never inside, german", is_never_inside && self.is_german());
        out.flag("headline", self.any(|m| m.headline));
        out.flag("headline and body", self.any(|m| m.headline) && self.any(|m| !m.headline));
        out.flag("early", self.any(|m| m.early));
        out.flag("possessive", self.any(|m| m.possessive));
        out.flag("quoted", self.share(|m| m.quoted) > 0.5);
        out.flag("quoted cyrillic", self.is_cyrillic() && self.any(|m| m.quoted));
        out.flag("quoted dense", self.is_dense && self.any(|m| m.quoted));
    }

    /// What stands beside it.
    fn neighbours(&self, out: &mut Features) {
        out.put("title before", self.share(|m| m.title_before));
        out.put("executive before", self.share(|m| m.executive_before));
        out.flag("executive of", self.any(|m| m.executive_of));
        out.flag("executive behind", self.any(|m| m.executive_behind));
        out.flag("firm before", self.any(|m| m.firm_before));
        out.put("share firm before", self.share(|m| m.firm_before));
        out.flag("firm behind", self.any(|m| m.firm_behind));
        out.flag("with before", self.any(|m| m.with_before));
        out.put("place before", self.share(|m| m.preposition));
        out.flag("only places", self.share(|m| m.preposition) > 0.9);
        out.put("definite", self.share(|m| m.definite));
        out.put("definite german", if self.is_german() { self.share(|m| m.definite) } else { 0.0 });
        out.flag("ticker", self.any(|m| m.ticker));
        out.flag("brackets", self.any(|m| m.brackets));
        out.flag("legal form", self.any(|m| m.legal));
        out.put("acts", self.share(|m| m.acts));
        out.flag("acts anywhere", self.any(|m| m.acts));
        out.put("cued", self.share(|m| m.cued));
        out.flag("cued anywhere", self.any(|m| m.cued));
        out.flag("joined to known", self.any(|m| m.joined));
        out.put("listed", self.share(|m| m.listed));
        out.flag("among listed", self.any(|m| m.among_listed));
        out.flag("among formed", self.any(|m| m.among_formed));
        out.put("number behind", self.share(|m| m.number_behind));
        out.put("name behind", self.share(|m| m.name_behind));
        out.put("name before", self.share(|m| m.name_before));
        out.put("compound", self.share(|m| m.compound));
        out.flag("compound anywhere", self.any(|m| m.compound));
        out.put("comma and place", self.share(|m| m.seat_behind));
        out.flag("firm near", self.any(|m| m.firm_near));
        out.put("share firm near", self.share(|m| m.firm_near));
        out.flag("deal before", self.any(|m| m.deal_before));
        out.put("share deal before", self.share(|m| m.deal_before));
        out.flag("based", self.any(|m| m.based));
        out.flag("abbreviated", self.candidate.abbreviated);
        let is_unknown = self.candidate.known.is_none();
        out.put("known unknowns", if is_unknown { float(self.article.known).ln_1p() } else { 0.0 });
    }
}

/// Whether a word is put together from two others, as Germanic languages do.
fn is_compound(lower: &str, code: &str) -> bool {
    let is_word = |word: &str| evidence::is_word(word, code);
    matches!(code, "de" | "nl" | "da" | "no" | "sv")
        && lower.char_indices().skip(3).any(|(at, _)| {
            let (head, tail) = lower.split_at(at);
            let head = head.trim_end_matches('-');
            tail.chars().count() > 3
                && is_word(tail)
                && (is_word(head)
                    || head.strip_suffix('s').is_some_and(is_word)
                    || head.strip_suffix("en").is_some_and(is_word)
                    || head.strip_suffix('n').is_some_and(is_word))
        })
}

/// Whether a word is put together from something and a word of companies: `Sparbanken`.
fn ends_in_company_word(lower: &str, cues: &Cues) -> bool {
    lower.char_indices().skip(2).any(|(at, _)| {
        let tail = &lower[at..];
        tail.chars().count() > 3 && (cues.parts.has(tail) || cues.firms.has(tail))
    })
}

fn inner_capital(form: &str) -> bool {
    form.split(' ').any(|word| {
        let mut small = false;
        word.chars().any(|c| {
            let found = small && c.is_uppercase();
            small = c.is_lowercase();
            found
        })
    })
}

fn is_domain(lower: &str) -> bool {
    lower.rsplit_once('.').is_some_and(|(head, end)| {
        head.len() > 1
            && (2..=4).contains(&end.len())
            && end.chars().all(|c| c.is_ascii_lowercase())
            && !lower.contains(' ')
    })
}
