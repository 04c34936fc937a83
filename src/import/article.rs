//! Puts what was understood of a raw text together.

use crate::model::{Article, Language, PartialDate, Rights, SourceRef, slug};
use crate::understand::companies::Gazetteer;
use crate::understand::structure::Block;
use crate::understand::{language, lexicon, partnerships, structure};

use super::text;

/// An article read from a raw text, and what a person should look at.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The article; its path is for the caller to choose.
    pub article: Article,
    /// What import was not sure of, in words.
    pub doubts: Vec<String>,
}

/// What the caller knows about a text besides its bytes.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What goes into `rights`.
    pub rights: Rights,
    /// The day the text was fetched.
    pub retrieved: Option<PartialDate>,
}

/// Reads a raw text.
#[must_use]
pub fn article(bytes: &[u8], gazetteer: &Gazetteer, setting: &Setting) -> Imported {
    let text = text::decode(bytes);
    let blocks = text::blocks(&text);
    let paragraphs: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    let code = language::of_article(&paragraphs);
    let lexicon = lexicon::of(code);
    let found = structure::structure(&blocks, lexicon, gazetteer);
    let body: Vec<&str> = found.body.iter().map(|block| block.text.as_str()).collect();
    let title = found.title.as_deref().filter(|title| !title.is_empty());
    let published = found.date.map(|(date, _)| date);
    let known = gazetteer.article(title.into_iter().chain(body.iter().copied()));
    let companies = partnerships::main_companies(&body, title, &known);
    let of_paragraph = |paragraph: &str| {
        let (own, share) = language::identify(paragraph);
        if share > 0.2 && paragraph.len() > 80 { lexicon::of(own) } else { lexicon }
    };
    let claims = partnerships::partnerships(&body, title, published, of_paragraph, &known);
    let mut doubts = Vec::new();
    if title.is_none() {
        doubts.push("no title".to_owned());
    }
    if published.is_none() {
        doubts.push("no date".to_owned());
    }
    if companies.is_empty() {
        doubts.push("no company".to_owned());
    }
    let unsure = claims.iter().filter(|claim| claim.confidence.is_some_and(|c| c < 0.7)).count();
    if unsure > 0 {
        doubts.push(format!("{unsure} unsure partnership{}", if unsure == 1 { "" } else { "s" }));
    }
    let source = (found.source.is_some() || setting.retrieved.is_some()).then_some(SourceRef {
        name: found.source,
        url: None,
        retrieved: setting.retrieved,
    });
    let article = Article {
        path: String::new(),
        slug: title.map(slug).filter(|s| !s.is_empty()).unwrap_or_else(|| slug_of_words(&body)),
        title: title.map(str::to_owned),
        original_title: None,
        date: published,
        date_basis: found.date.map(|(_, basis)| basis),
        lang: Language::parse(language::tag(code, &text)).unwrap_or_else(Language::english),
        source,
        authors: found.authors,
        companies,
        tags: tags(&claims),
        summary: None,
        rights: setting.rights,
        partnerships: claims,
        story: None,
        not_story: Vec::new(),
        draft: false,
        aliases: Vec::new(),
        imported: None,
        extra: std::collections::BTreeMap::new(),
        body: markdown(&found.body),
    };
    Imported { article, doubts }
}

/// The kinds of partnership an article tells of are what it can be found by.
fn tags(claims: &[crate::model::Claim]) -> Vec<String> {
    let mut tags: Vec<String> =
        claims.iter().flat_map(|claim| &claim.kinds).map(|kind| kind.0.clone()).collect();
    tags.sort();
    tags.dedup();
    tags
}

fn slug_of_words(body: &[&str]) -> String {
    let words: Vec<&str> = body.first().unwrap_or(&"article").split_whitespace().take(8).collect();
    let slug = slug(&words.join(" "));
    if slug.is_empty() { "article".to_owned() } else { slug }
}

/// The paragraphs as Markdown that reads as the same words.
fn markdown(body: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in body.iter().enumerate() {
        let list = block.bullet && at > 0 && body[at - 1].bullet;
        if at > 0 {
            out.push_str(if list { "\n" } else { "\n\n" });
        }
        if block.bullet {
            out.push_str("- ");
        }
        out.push_str(&escaped(&block.text));
    }
    out
}

/// Escapes what would make Markdown out of plain text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let starts =
            at == 0 && (matches!(c, '#' | '>' | '+' | '=' | '-' | '~') || text.starts_with("1. "));
        if matches!(c, '*' | '_' | '`' | '<' | '[' | ']' | '\\') || starts && !c.is_alphanumeric() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
