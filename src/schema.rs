//! JSON Schema of what people write by hand: front matter and the settings. Editors complete and
//! check with it, also the ids and tags of the site at hand.

use serde_json::{Map, Value, json};

use crate::config::{DataFiles, Every, Host, Section};
use crate::index::Index;
use crate::model::{DateBasis, Event, Rights, Settled};

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// `content/articles/**/*.md`
    Article,
    /// `content/companies/*.md`
    Company,
    /// `content/partnerships/*.md`
    Partnership,
    /// `content/sources/*.md`
    Source,
    /// `content/pages/*.md`
    Page,
    /// `tearsheet.toml`
    Config,
}

impl What {
    /// All of them, with their names.
    pub const ALL: [(Self, &str); 6] = [
        (Self::Article, "article"),
        (Self::Company, "company"),
        (Self::Partnership, "partnership"),
        (Self::Source, "source"),
        (Self::Page, "page"),
        (Self::Config, "config"),
    ];
}

/// The schema, with the kinds, companies and tags of a site.
#[must_use]
pub fn schema(what: What, index: &Index) -> Value {
    let (title, properties, required, is_open) = match what {
        What::Article => ("The front matter of an article", article(index), &[][..], true),
        What::Company => ("The front matter of a company", company(index), &[][..], false),
        What::Partnership => ("A note on a partnership", note(index), &["parties"][..], false),
        What::Source => ("A publisher", source(), &[][..], false),
        What::Page => ("The front matter of a standing page", page(), &[][..], true),
        What::Config => ("The settings of a site", config(), &[][..], false),
    };
    json!({
        // The newest dialect that editors and their plugins read.
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": is_open,
    })
}

fn article(index: &Index) -> Value {
    let source = json!({
        "description": "Where it comes from: the publisher, its address there, the day it was fetched.",
        "anyOf": [
            { "type": "string" },
            object(json!({
                "name": text("What the publisher is called."),
                "url": address("The address of the original."),
                "retrieved": date("The day it was fetched."),
            })),
        ],
    });
    json!({
        "title": text("What the page is headed with."),
        "original_title": text("The source's own headline, where `title` is yours."),
        "date": date("When the source published it, as far as known; absent where it is not."),
        "date_basis": choice("How the date is known.", DateBasis::ALL.map(DateBasis::id)),
        "publish_date": date("The day from which on this site shows it; until then it waits. `publishDate` is read as well."),
        "lang": text("The language of the text: `vi`, `zh-Hant`."),
        "source": source,
        "authors": list("Who wrote it.", &json!({ "type": "string" })),
        "companies": list("Ids of the companies it is about, the most important first.", &company_id(index)),
        "tags": list("Tags.", &tag(index)),
        "summary": text("What it says, in your own words."),
        "rights": choice("How much of the body is published.", Rights::ALL.map(Rights::id)),
        "picture": picture(),
        "partnerships": list("What it says of partnerships.", &claim(index)),
        "story": text("Puts it into the story with this name."),
        "not_story": list("Stories that it does not belong to.", &json!({ "type": "string" })),
        "split": flag("Whether it stands alone, whatever other articles tell."),
        "origin": text("What it goes back to: articles with the same word are one origin."),
        "components": flag("Whether the text calls components of the templates, `{{ <name key=\"value\"/> }}`."),
        "translation_of": text("The article that it says in another language: `@/articles/2022/05/deal.md`."),
        "draft": flag("Whether it is left out of the built site."),
        "passages": list("Parts of the text in another language.", &passage()),
        "aliases": list("Old addresses that lead here.", &json!({ "type": "string", "pattern": "^/" })),
        "guid": text("The id under which feeds had it before, so that readers do not see it again."),
        "slug": text("The last part of its address, if not the name of the file."),
        "extra": { "description": "Free fields for templates.", "type": "object" },
        "rejected": list(
            "What it does not say, whatever import reads: ids of companies, and of partnerships.",
            &json!({ "type": "string" }),
        ),
        "settled": list(
            "What it may lack or be doubtful in: a person has seen it.",
            &choice("What.", Settled::ALL.map(Settled::id)),
        ),
        "imported": {
            "description": "Written by import, to know the text again. Leave it as it is.",
            "type": "object",
        },
    })
}

fn picture() -> Value {
    let mut detailed = object(json!({
        "file": text("The file, by its path from the text or with `/` from static/."),
        "alt": text("What is to be seen, for those who cannot."),
        "credit": text("Who made it."),
        "rights": choice(
            "`full`: it may be shown, whatever the rights of the text are; without it these count.",
            Rights::ALL.map(Rights::id),
        ),
    }));
    detailed["required"] = json!(["file"]);
    json!({
        "description": "A picture that stands for it, a file of the site.",
        "anyOf": [{ "type": "string" }, detailed],
    })
}

fn passage() -> Value {
    let mut passage = object(json!({
        "lang": text("Its language."),
        "begins": text("The words that it begins with, as they stand in the Markdown."),
        "ends": text("Those that it ends with, if it is more than one block."),
    }));
    passage["required"] = json!(["lang", "begins"]);
    passage
}

fn claim(index: &Index) -> Value {
    let kinds: Vec<&String> = index.config.kinds.keys().collect();
    let kind = json!({ "enum": kinds });
    let party = json!({
        "anyOf": [
            company_id(index),
            object(json!({ "company": company_id(index), "role": text("What it does in it.") })),
        ],
    });
    let mut claim = object(json!({
        "parties": {
            "description": "Two companies or more.",
            "type": "array",
            "items": party,
            "minItems": 2,
        },
        "name": text("Tells two relations of the same parties apart."),
        "kind": {
            "description": "What it is: one kind, or a list.",
            "anyOf": [kind, { "type": "array", "items": kind }],
        },
        "event": choice("What happened.", Event::ALL.map(Event::id)),
        "date": date("When it happened, if not on the article's day."),
        "start": date("When it began, where the text says so."),
        "end": date("When it ended, where the text says so."),
        "value": text("How much money it is about, as the text says it."),
        "stake": text("Which share of a company changes hands, as the text says it."),
        "reason": text("Why or how it came about: completed, approved, blocked."),
        "evidence": text("The exact words of the text that say so."),
        "confidence": {
            "description": "How sure import was. Delete it when you have checked the claim.",
            "type": "number",
            "minimum": 0,
            "maximum": 1,
        },
    }));
    claim["required"] = json!(["parties"]);
    claim
}

fn source() -> Value {
    let line = object(json!({
        "line": text("The line."),
        "times": { "description": "How often it was cut.", "type": "integer", "minimum": 1 },
    }));
    json!({
        "name": text("What the publisher is called."),
        "aliases": list("Other names under which texts know it.", &json!({ "type": "string" })),
        "lang": text("The language it writes in."),
        "authors": list("People who write for it.", &json!({ "type": "string" })),
        "date_after": list("Words behind which its texts tell the day.", &json!({ "type": "string" })),
        "never": list("Lines that are never the article.", &json!({ "type": "string" })),
        "cut": list("Lines that were cut at the desk; from three times on they are never the article.", &line),
    })
}

fn company(index: &Index) -> Value {
    let texts = json!({ "type": "string" });
    json!({
        "name": text("Its name."),
        "names": texts_by_key("Its name in other languages, by language tag."),
        "aliases": list("Other names under which texts mention it.", &texts),
        "former_names": list("Names it had before.", &texts),
        "not_names": list("Names of the built-in list that texts use for something else.", &texts),
        "former_ids": list("Ids it had before; articles that use them count for it.", &texts),
        "different_from": list("Ids of other companies that it could be taken for.", &texts),
        "merged_into": {
            "description": "The company that it became a part of, and when.",
            "anyOf": [
                company_id(index),
                object(json!({ "company": company_id(index), "date": date("When.") })),
            ],
        },
        "country": text("ISO 3166-1 code of its seat: `SE`."),
        "website": address("Its website."),
        "parent": company_id(index),
        "ticker": text("Where its shares are traded: `HKEX: 1810`."),
        "same_as": texts_by_key("The same company elsewhere: `wikidata: Q...`, or addresses."),
        "founded": date("When it was founded."),
        "summary": text("One sentence on what it does."),
        "lang": text("The language of the profile below."),
    })
}

fn note(index: &Index) -> Value {
    json!({
        "parties": {
            "description": "Ids of the parties.",
            "type": "array",
            "items": company_id(index),
            "minItems": 2,
        },
        "name": text("Which of several relations of the same parties is meant."),
        "title": text("What its page is headed with."),
        "prefer": object(json!({
            "start": date("The beginning to be shown first where sources disagree."),
            "end": date("The end to be shown first where sources disagree."),
            "reason": text("Why."),
        })),
    })
}

fn page() -> Value {
    json!({
        "title": text("What it is headed with."),
        "summary": text("What it is about, for search engines."),
    })
}

fn config() -> Value {
    let count = |about: &str| json!({ "description": about, "type": "integer", "minimum": 1 });
    let label = json!({
        "anyOf": [
            { "type": "string" },
            object(json!({ "label": text("How it is shown."), "description": text("What it means.") })),
        ],
    });
    json!({
        "title": text("The name of the site."),
        "description": text("One sentence about it."),
        "base_url": address("Where it will be hosted. Without it all links are relative."),
        "host": choice("Who hosts it: writes the files that this host reads.", Host::ALL.map(Host::id)),
        "language": text("The language of the site's own words: `en`, `zh-Hant`."),
        "theme": theme(),
        "smart_punctuation": flag("Whether straight quotation marks are shown as curved ones."),
        "math": flag("Whether what stands between dollar signs in texts is a formula in LaTeX."),
        "rights": choice("What import writes into `rights`.", Rights::ALL.map(Rights::id)),
        "excerpt_words": count("How many words an excerpt may quote."),
        "page_size": count("How many articles a list page holds."),
        "home_stories": json!({ "description": "How many stories the home page has after the first one.", "type": "integer", "minimum": 0 }),
        "lead": text("What the home page leads with: the id of a story, or the address of an article."),
        "editions": choice("How often there is an edition, a page with what is new for reading, mail and paper.", Every::ALL.map(Every::id)),
        "day_pages": flag("Whether each day has a page."),
        "data": choice("How the files in data/ are written: each sort `whole`, those of the articles in `years`, or `none`.", DataFiles::ALL.map(DataFiles::id)),
        "without": list("Pages that the site does without.", &json!({ "enum": Section::PAGES.map(Section::id) })),
        "companies": flag("Whether the site is about companies; without, nothing of them and their partnerships is read or shown."),
        "partnerships": flag("Whether it is about partnerships of companies."),
        "stories": flag("Whether articles that report one event are one story."),
        "topic_feeds": flag("Whether companies, tags, partnerships and languages have feeds."),
        "search": flag("Whether readers can search the site."),
        "card_fonts": list(
            "Fonts in static/ that pictures of stories are drawn with.",
            &json!({ "type": "string" }),
        ),
        "quiet_after": count("After how many months without a report a partnership has gone quiet."),
        "words": texts_by_key("The site's own words, instead of those of its language."),
        "kinds": texts_by_key("More kinds of partnership, by id, with their labels."),
        "tags": {
            "description": "Labels and definitions of tags, by the last part of their addresses.",
            "type": "object",
            "additionalProperties": label,
        },
        "menu": list("What the header links to besides the fixed sections.", &object(json!({
            "name": text("The words."),
            "url": text("An address of the site, or of another one."),
        }))),
        "ignore": object(json!({
            "names": list("Names that are no companies on this site.", &json!({ "type": "string" })),
        })),
        "import": object(json!({
            "reader": list("A program that reads every imported text as well, with its arguments.", &json!({ "type": "string" })),
            "reader_seconds": count("How many seconds it has for one text."),
        })),
        "feeds": list("Feeds that `tearsheet fetch` looks into.", &object(json!({
            "url": address("The address of the feed."),
            "name": text("What its publisher is called, if not as the feed says."),
        }))),
        "old_feeds": list("Where the feed of the site was before: it is found there as well.", &json!({ "type": "string", "pattern": "^/" })),
        "shortcodes": texts_by_key("What calls of other programs' templates are in Markdown, for `import --from`: `{0}`, `{src}` and `{inner}` stand for what is given to them."),
        "extra": { "description": "Free fields for templates.", "type": "object" },
    })
}

/// A folder alone, or what the default theme is to look like.
fn theme() -> Value {
    let colour = |about: &str| {
        let one = json!({ "type": "string", "pattern": "^(#([0-9a-fA-F]{3}){1,2}|[A-Za-z]+)$" });
        let both = object(json!({ "light": one, "dark": one }));
        json!({ "description": about, "anyOf": [one, both] })
    };
    let fonts = |about: &str| list(about, &json!({ "type": "string" }));
    let length = |about: &str| json!({ "description": about, "type": "string", "pattern": "^[0-9.]+ ?(ch|em|rem|px)$" });
    let mut group = object(json!({
        "name": text("The folder in themes/."),
        "accent": colour("The one accent: a colour, or one for `light` and one for `dark`."),
        "background": colour("The page: a colour for light pages, or one for `light` and one for `dark`."),
        "text": colour("What is read: a colour for light pages, or one for `light` and one for `dark`."),
        "body_font": fonts("Fonts of running text and all else, the first one that is there."),
        "heading_font": fonts("Fonts of headings and titles."),
        "mono_font": fonts("Fonts of code."),
        "measure": length("The longest line of running text: `66ch`."),
        "width": length("The widest that a page becomes: `72rem`."),
    }));
    group["additionalProperties"] = false.into();
    json!({
        "description": "The folder in themes/ that replaces parts of the default theme, or a group of colours, fonts and widths.",
        "anyOf": [{ "type": "string" }, group],
    })
}

fn text(about: &str) -> Value {
    json!({ "description": about, "type": "string" })
}

fn flag(about: &str) -> Value {
    json!({ "description": about, "type": "boolean" })
}

fn address(about: &str) -> Value {
    json!({ "description": about, "type": "string", "pattern": "^https?://" })
}

fn list(about: &str, items: &Value) -> Value {
    // One value may stand alone.
    json!({ "description": about, "anyOf": [{ "type": "array", "items": items }, items] })
}

fn texts_by_key(about: &str) -> Value {
    json!({ "description": about, "type": "object", "additionalProperties": { "type": "string" } })
}

fn choice<const N: usize>(about: &str, words: [&str; N]) -> Value {
    json!({ "description": about, "enum": words.to_vec() })
}

/// A bare year is a number to YAML.
fn date(about: &str) -> Value {
    json!({
        "description": format!("{about} `2022-05-23`, `2022-05`, `2022`; `~` for about, `?` for in doubt."),
        "anyOf": [
            { "type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?[~?]?$" },
            { "type": "integer", "minimum": 1, "maximum": 9999 },
        ],
    })
}

fn object(properties: Value) -> Value {
    let mut object = Map::new();
    object.insert("type".to_owned(), "object".into());
    object.insert("properties".to_owned(), properties);
    object.into()
}

/// Known ids first, for editors to offer; a company that nobody has described yet is fine.
fn company_id(index: &Index) -> Value {
    known("The id of a company.", index.companies.keys())
}

fn tag(index: &Index) -> Value {
    known("A tag.", index.tags.values().map(|tag| &tag.label))
}

fn known<'a>(about: &str, words: impl Iterator<Item = &'a String>) -> Value {
    let words: Vec<&String> = words.collect();
    let free = json!({ "type": "string", "minLength": 1 });
    if words.is_empty() {
        return json!({ "description": about, "anyOf": [free] });
    }
    json!({ "description": about, "anyOf": [{ "enum": words }, free] })
}
