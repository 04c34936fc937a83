//! The models of structure: which line of a raw text is what, and which of its words are headline, date,
//! authors and publisher.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use rayon::prelude::*;
use tearsheet::import::text;
use tearsheet::model::PartialDate;
use tearsheet::understand::companies::Gazetteer;
use tearsheet::understand::features::float;
use tearsheet::understand::lexicon::Lexicon;
use tearsheet::understand::structure::features::{
    COUNT, Feature, Vocabulary, features, telling_words,
};
use tearsheet::understand::structure::model::{LABELS, Model};
use tearsheet::understand::structure::ranking::{Candidate, Field, Weights};
use tearsheet::understand::structure::units::{is_one_line, units};
use tearsheet::understand::structure::{Candidates, Structure, Trained, structure_by};
use tearsheet::understand::{language, lexicon};

use crate::align::{allowed, tokens};
use crate::logistic::{self, Row};
use crate::raw::{self, Labelled};
use crate::recurrent::{self, Lesson};

/// How strongly those of signs are.
const SIGN_PRIOR: f64 = 1.0;
const FOLDS: usize = 5;
/// On how many sites a word must occur to get a weight of its own.
const SITES: usize = 45;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(&[]));
static NOTHING: LazyLock<Weights> = LazyLock::new(Weights::default);

struct Text {
    labelled: Labelled,
    raw: String,
    lexicon: &'static Lexicon,
    features: Vec<Vec<Feature>>,
    allowed: Vec<[bool; LABELS]>,
    fold: usize,
    /// Whether it has no lines.
    pieces: bool,
    /// The words of the body, with how often each occurs.
    body: HashMap<String, usize>,
}

/// A model for each fold, trained without it, and one of all texts.
struct Folded<T> {
    folds: Vec<T>,
    all: T,
}

/// Trains on labelled texts, prints how well each fold was read without it, and writes `lines.tsv`,
/// `pieces.tsv` and `fields.tsv` into the folder `out`.
///
/// # Errors
/// Folders that cannot be read or written.
pub fn train(folders: &[String], out: &Path) -> Result<(), String> {
    let (texts, raws) = gathered(folders)?;
    let words = [vocabulary(&texts, &raws, false), vocabulary(&texts, &raws, true)];
    let texts: Vec<Text> = texts
        .into_par_iter()
        .zip(raws)
        .map(|(text, raw)| {
            let pieces = is_one_line(&raw);
            read(text, raw, &words[usize::from(pieces)])
        })
        .collect();
    let models = [models(&texts, false, &words[0]), models(&texts, true, &words[1])];
    eprintln!("the lines are trained");
    let headlines = fields(&texts, &models, &[Field::Headline, Field::Stretch], None);
    let others = [Field::Date, Field::Author, Field::Credit, Field::Source];
    let all = fields(&texts, &models, &others, Some(&headlines));
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let scored: Vec<Scored> = texts
        .par_iter()
        .map(|text| {
            let trained = trained(&models, &all.folds[text.fold], Some(text.fold));
            score(text, &structure_by(trained, &text.raw, text.lexicon, &GAZETTEER).0)
        })
        .collect();
    for (text, scored) in texts.iter().zip(&scored) {
        for set in ["ALL", &text.labelled.set] {
            scores.entry(set.to_owned()).or_default().add(scored);
        }
        scored
            .misses
            .iter()
            .for_each(|miss| println!("{} {}: {miss}", text.labelled.set, text.labelled.name));
    }
    let mut header = format!(
        "Trained by `training structure`. Cross-validated by site over {FOLDS} folds, so that no text was\n\
         read by weights that had seen its site:\n"
    );
    for (set, score) in &scores {
        let _ = writeln!(header, "{}", score.line(set));
    }
    eprint!("{header}");
    let mut seen: BTreeMap<&str, Score> = BTreeMap::new();
    for text in &texts {
        let trained = trained(&models, &all.all, None);
        let scored = score(text, &structure_by(trained, &text.raw, text.lexicon, &GAZETTEER).0);
        seen.entry(text.labelled.set.as_str()).or_default().add(&scored);
        scored
            .misses
            .iter()
            .for_each(|miss| println!("seen {} {}: {miss}", text.labelled.set, text.labelled.name));
    }
    eprintln!("On the texts that it was trained on:");
    seen.iter().for_each(|(set, score)| eprintln!("{}", score.line(set)));
    let write = |name: &str, table: String| {
        let path = out.join(name);
        fs::write(&path, table).map_err(|error| format!("{}: {error}", path.display()))
    };
    write("lines.tsv", models[0].all.write(&header))?;
    write("pieces.tsv", models[1].all.write(&header))?;
    write("fields.tsv", all.all.write(&header))
}

/// The labelled texts of some folders with a body, and their words.
fn gathered(folders: &[String]) -> Result<(Vec<Labelled>, Vec<String>), String> {
    let mut texts = Vec::new();
    for folder in folders {
        texts.extend(raw::read(folder)?);
    }
    texts.retain(|text| !text.body.trim().is_empty());
    let raws = texts.iter().map(|text| text::read(&text.raw).unwrap_or_default()).collect();
    Ok((texts, raws))
}

fn trained<'a>(
    models: &'a [Folded<Model>; 2],
    fields: &'a Weights,
    fold: Option<usize>,
) -> Trained<'a> {
    let of = |models: &'a Folded<Model>| fold.map_or(&models.all, |fold| &models.folds[fold]);
    Trained { lines: of(&models[0]), pieces: of(&models[1]), fields }
}

/// Words of short lines that occur on many sites.
fn vocabulary(texts: &[Labelled], raws: &[String], pieces: bool) -> Vocabulary {
    let mut sites: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (text, raw) in texts.iter().zip(raws).filter(|(_, raw)| is_one_line(raw) == pieces) {
        for unit in units(raw, lexicon_of(raw)) {
            for word in telling_words(unit.text) {
                sites.entry(word).or_default().insert(&text.group);
            }
        }
    }
    let often = sites.into_iter().filter(|(_, sites)| sites.len() >= SITES).map(|(word, _)| word);
    let feature = |at: usize| Feature::try_from(COUNT + at).unwrap_or(Feature::MAX);
    often.enumerate().map(|(at, word)| (word, feature(at))).collect()
}

fn lexicon_of(raw: &str) -> &'static Lexicon {
    let paragraphs: Vec<&str> = raw.lines().collect();
    lexicon::of(language::of_article(&paragraphs))
}

fn read(labelled: Labelled, raw: String, words: &Vocabulary) -> Text {
    let lexicon = lexicon_of(&raw);
    let units = units(&raw, lexicon);
    let mut body = HashMap::new();
    for token in tokens(&labelled.body) {
        *body.entry(token).or_default() += 1;
    }
    Text {
        features: features(&units, lexicon, words),
        allowed: allowed(&units, &labelled, lexicon),
        fold: fold(&labelled.group),
        pieces: is_one_line(&raw),
        labelled,
        lexicon,
        raw,
        body,
    }
}

/// The fold of a site, by a hash of its name.
fn fold(site: &str) -> usize {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = site.bytes().fold(0xcbf2_9ce4_8422_2325, hash);
    usize::try_from((hash >> 7) % 5).unwrap_or(0)
}

fn models(texts: &[Text], pieces: bool, words: &Vocabulary) -> Folded<Model> {
    let texts: Vec<&Text> = texts.iter().filter(|text| text.pieces == pieces).collect();
    let without = |fold: usize| {
        let texts = texts.iter().filter(|text| text.fold != fold).copied();
        let lessons = texts.map(|text| Lesson { features: &text.features, allowed: &text.allowed });
        recurrent::fit(&lessons.collect::<Vec<_>>(), words)
    };
    // The last one leaves no fold out.
    let mut folds: Vec<Model> = (0..=FOLDS).into_par_iter().map(without).collect();
    let all = folds.pop().expect("there is one for all");
    Folded { folds, all }
}

/// The numbers of a candidate's signs, and whether it is right.
type Judged = (Vec<usize>, bool);

/// Numbers for signs, of which there are few, on candidates, of which there are many.
#[derive(Default)]
struct Numbers(Mutex<BTreeMap<String, usize>>);

impl Numbers {
    fn of(&self, signs: &[String]) -> Vec<usize> {
        let mut numbers = self.0.lock().expect("nobody fails while numbering");
        let mut number = |sign: &String| match numbers.get(sign) {
            Some(number) => *number,
            None => {
                let next = numbers.len();
                numbers.insert(sign.clone(), next);
                next
            }
        };
        signs.iter().map(&mut number).collect()
    }
}

/// Whether each candidate of a field is right; nothing where nobody knows.
fn judged(field: Field, found: &Candidates, gold: &Labelled, numbers: &Numbers) -> Vec<Judged> {
    let rows = Rows(numbers);
    let known = match field {
        Field::Headline | Field::Stretch => gold.complete || !gold.titles.is_empty(),
        Field::Date => gold.complete || gold.date.is_some(),
        Field::Author | Field::Credit => gold.complete || gold.authored,
        Field::Source => gold.sourced,
    };
    match field {
        _ if !known => Vec::new(),
        Field::Headline | Field::Stretch => {
            rows.of(&found.headlines, |headline| is_one_of(&headline.text, &gold.titles))
        }
        Field::Date => {
            let day = gold.day().and_then(|day| day.parse::<PartialDate>().ok());
            let days = found.dates.iter().map(|date| date.value.first_day());
            let nearest =
                day.and_then(|day| days.map(|shown| shown.abs_diff(day.first_day())).min());
            // The markup has the day of another zone than the text shows.
            if nearest == Some(1) {
                return Vec::new();
            }
            rows.of(&found.dates, |date| Some(date.to_string().as_str()) == gold.day())
        }
        Field::Author | Field::Credit => {
            rows.of(&found.authors, |name| is_one_of(name, &gold.authors))
        }
        Field::Source => rows.of(&found.sources, |name| is_one_of(name, &gold.sources)),
    }
}

/// Makes rows of candidates.
struct Rows<'a>(&'a Numbers);

impl Rows<'_> {
    fn of<T>(&self, candidates: &[Candidate<T>], right: impl Fn(&T) -> bool) -> Vec<Judged> {
        let row = |one: &Candidate<T>| (self.0.of(&one.signs), right(&one.value));
        candidates.iter().map(row).collect()
    }
}

fn is_one_of(text: &str, right: &[String]) -> bool {
    let text = tokens(text);
    right.iter().any(|right| tokens(right) == text)
}

/// Weights of signs for each fold, from candidates that the model of the text's own fold did not see.
fn fields(
    texts: &[Text],
    models: &[Folded<Model>; 2],
    fields: &[Field],
    before: Option<&Folded<Weights>>,
) -> Folded<Weights> {
    let numbers = Numbers::default();
    let rows: Vec<Vec<Vec<Judged>>> = texts
        .par_iter()
        .map(|text| {
            let weights = before.map_or(&*NOTHING, |before| &before.folds[text.fold]);
            let trained = trained(models, weights, Some(text.fold));
            let found = structure_by(trained, &text.raw, text.lexicon, &GAZETTEER).1;
            let fits = |field: Field| match field {
                Field::Headline | Field::Author => !text.pieces,
                Field::Stretch | Field::Credit => text.pieces,
                Field::Date | Field::Source => true,
            };
            let rows = |field: &Field| {
                if fits(*field) {
                    judged(*field, &found, &text.labelled, &numbers)
                } else {
                    Vec::new()
                }
            };
            fields.iter().map(rows).collect()
        })
        .collect();
    let numbers = numbers.0.into_inner().expect("nobody failed while numbering");
    let mut names = vec![""; numbers.len()];
    numbers.iter().for_each(|(name, number)| names[*number] = name.as_str());
    let fit = |without: Option<usize>| {
        let known = before.map(|before| without.map_or(&before.all, |fold| &before.folds[fold]));
        let mut weights = known.cloned().unwrap_or_default();
        for (number, field) in fields.iter().enumerate() {
            let texts = texts.iter().zip(&rows).filter(|(text, _)| Some(text.fold) != without);
            let texts: Vec<&[Judged]> = texts.map(|(_, rows)| rows[number].as_slice()).collect();
            for (sign, weight) in fit_signs(&texts, &names, *field) {
                weights.set(*field, sign, weight);
            }
        }
        weights
    };
    Folded { folds: (0..FOLDS).map(|fold| fit(Some(fold))).collect(), all: fit(None) }
}

/// The weight of each sign under which the candidates that are right are likeliest, each by itself or as the one
/// of its text. A sign that occurs only once gets none.
fn fit_signs<'n>(texts: &[&[Judged]], names: &[&'n str], field: Field) -> Vec<(&'n str, f64)> {
    let mut counts = vec![0; names.len()];
    for (signs, _) in texts.iter().copied().flatten() {
        signs.iter().for_each(|sign| counts[*sign] += 1);
    }
    // `bias` comes first, since it is hardly drawn to zero.
    let mut order: Vec<usize> = (0..names.len()).filter(|sign| counts[*sign] > 1).collect();
    order.sort_by_key(|sign| (names[*sign] != "bias", names[*sign]));
    let mut places = vec![None; names.len()];
    order.iter().enumerate().for_each(|(at, sign)| places[*sign] = Some(at));
    let known = |signs: &[usize]| signs.iter().filter_map(|sign| places[*sign]).collect();
    let weights = if field.is_one() {
        let choices = texts.iter().map(|rows| {
            rows.iter().map(|(signs, right)| (known(signs), *right)).collect::<Vec<_>>()
        });
        let choices: Vec<_> = choices.collect();
        logistic::fit_choices(&choices, field.may_be_absent(), order.len(), SIGN_PRIOR)
    } else {
        let row = |(signs, right): &Judged| {
            let mut values = vec![0.0; order.len()];
            known(signs).into_iter().for_each(|at: usize| values[at] = 1.0);
            Row { values, is_right: *right, weight: 1.0 }
        };
        let rows: Vec<Row> = texts.iter().copied().flatten().map(row).collect();
        logistic::fit(&rows.iter().collect::<Vec<_>>(), SIGN_PRIOR)
    };
    order.into_iter().map(|sign| names[sign]).zip(weights).collect()
}

#[derive(Default)]
struct Scored {
    f1: f64,
    precision: f64,
    recall: f64,
    title: Option<bool>,
    dated: Option<bool>,
    date_right: Option<bool>,
    /// Found and right, found and wrong, missed.
    authors: [usize; 3],
    source: Option<bool>,
    /// Whether a publisher was told.
    is_sourced: bool,
    misses: Vec<String>,
}

fn score(text: &Text, read: &Structure) -> Scored {
    let gold = &text.labelled;
    let body: Vec<&str> = read.body.iter().map(|block| block.text.as_str()).collect();
    let mut scored = Scored::default();
    (scored.precision, scored.recall, scored.f1) = overlap(&body.join("\n"), &text.body);
    let mut miss = |what: &str, found: String, right: String| {
        scored.misses.push(format!("{what} {found} for {right}"));
    };
    if gold.titled {
        let right = read.title.as_ref().is_some_and(|title| is_one_of(title, &gold.titles));
        scored.title = Some(right);
        if !right {
            miss("title", format!("{:?}", read.title), format!("{:?}", gold.titles));
        }
    }
    let day = read.date.map(|(date, _)| date.to_string());
    let right = day.is_some() && day.as_deref() == gold.day();
    scored.dated = gold.dated.then_some(right);
    scored.date_right = (day.is_some() && (gold.complete || gold.date.is_some())).then_some(right);
    if scored.dated == Some(false) || scored.date_right == Some(false) {
        miss("date", format!("{day:?}"), format!("{:?}", gold.day()));
    }
    if gold.complete || gold.authored {
        let right: HashSet<Vec<String>> = gold.authors.iter().map(|name| tokens(name)).collect();
        let found: HashSet<Vec<String>> = read.authors.iter().map(|name| tokens(name)).collect();
        let both = found.intersection(&right).count();
        scored.authors = [both, found.len() - both, right.len() - both];
        if found != right {
            miss("authors", format!("{:?}", read.authors), format!("{:?}", gold.authors));
        }
    }
    if gold.sourced {
        let right = match &read.source {
            Some(name) => is_one_of(name, &gold.sources),
            None => gold.unsourced,
        };
        scored.source = Some(right);
        scored.is_sourced = read.source.is_some();
        if !right {
            miss("source", format!("{:?}", read.source), format!("{:?}", gold.sources));
        }
    }
    if scored.f1 < 0.97 {
        let [f1, p, r] = [scored.f1, scored.precision, scored.recall];
        miss("body", format!("F1 {f1:.3} P {p:.3} R {r:.3}"), "1".to_owned());
    }
    scored
}

/// Precision, recall and F1 of the words read.
fn overlap(read: &str, gold: &HashMap<String, usize>) -> (f64, f64, f64) {
    let mut left = gold.clone();
    let (mut same, mut count) = (0.0, 0.0);
    for token in tokens(read) {
        count += 1.0;
        if let Some(left) = left.get_mut(&token).filter(|left| **left > 0) {
            *left -= 1;
            same += 1.0;
        }
    }
    let whole = float(gold.values().sum());
    let (precision, recall) = (same / f64::max(count, 1.0), same / f64::max(whole, 1.0));
    let f1 = if same > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    (precision, recall, f1)
}

#[derive(Default)]
struct Score {
    texts: f64,
    f1: f64,
    precision: f64,
    recall: f64,
    lost: usize,
    titles: [usize; 2],
    dated: [usize; 2],
    right: [usize; 2],
    authors: [usize; 3],
    sources: [usize; 2],
}

impl Score {
    fn add(&mut self, text: &Scored) {
        self.texts += 1.0;
        self.f1 += text.f1;
        self.precision += text.precision;
        self.recall += text.recall;
        self.lost += usize::from(text.recall < 0.5);
        let counts = [
            (&mut self.titles, text.title),
            (&mut self.dated, text.dated),
            (&mut self.right, text.date_right),
            (&mut self.sources, text.source),
        ];
        for (sum, right) in counts {
            sum[0] += usize::from(right == Some(true));
            sum[1] += usize::from(right.is_some());
        }
        self.authors.iter_mut().zip(text.authors).for_each(|(sum, n)| *sum += n);
    }

    fn line(&self, set: &str) -> String {
        let share = |[part, whole]: [usize; 2]| {
            format!("{:.3} ({whole})", float(part) / float(whole.max(1)))
        };
        let [found, wrong, missed] = self.authors;
        let authors = 2.0 * float(found) / float((2 * found + wrong + missed).max(1));
        let [f1, precision, recall] =
            [self.f1, self.precision, self.recall].map(|sum| sum / self.texts);
        format!(
            "{set}: {} texts, body F1 {f1:.3} P {precision:.3} R {recall:.3}, lost {}, title {}, date {}, \
             dates right {}, authors {authors:.3}, source {}",
            self.texts,
            self.lost,
            share(self.titles),
            share(self.dated),
            share(self.right),
            share(self.sources)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few invented pages, each with a menu, a headline, a byline, three paragraphs and a tail.
    fn pages(folder: &Path) {
        for number in 0..10 {
            let name = format!("page-{number}");
            let title = format!("Harbour number {number} gets a new crane");
            let body: Vec<String> = (0..3)
                .map(|n| format!("The crane of harbour {number} was built in part {n}, and the owners of it were glad of that."))
                .collect();
            let raw = format!(
                "Home\nNews\nSport\n{title}\nBy Jane Roe\n1{number} May 2024\n{}\nShare\nRead also\nImprint\n",
                body.join("\n")
            );
            let label = serde_json::json!({
                "title": title, "body": body.join("\n"), "authors": ["Jane Roe"], "date": format!("2024-05-1{number}"),
                "source": null,
            });
            fs::write(folder.join(format!("{name}.txt")), raw).expect("a scratch folder");
            fs::write(folder.join(format!("{name}.json")), label.to_string())
                .expect("a scratch folder");
        }
    }

    #[test]
    fn the_same_texts_give_the_same_weights() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        pages(scratch.path());
        let data = [scratch.path().to_string_lossy().into_owned()];
        let tables = || {
            let out = tempfile::tempdir().expect("a scratch folder");
            train(&data, out.path()).expect("weights");
            ["lines.tsv", "pieces.tsv", "fields.tsv"]
                .map(|name| fs::read_to_string(out.path().join(name)).expect("a table"))
        };
        let (first, second) = (tables(), tables());
        assert_eq!(first, second);
        assert!(first[0].contains("\nwidth.") && first[2].contains("\ndate\t"), "{}", first[0]);
    }
}
