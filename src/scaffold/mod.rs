//! What `init` and `new` begin with: a site to try, an empty one, and single files.

use rust_embed::RustEmbed;

use crate::import::markdown::quoted;
use crate::model::PartialDate;
use crate::render::theme;

/// The sample site of Tearsheet itself.
#[derive(RustEmbed)]
#[folder = "content/"]
struct Sample;

const SETTINGS: &str = include_str!("../../tearsheet.toml");
const README: &str = include_str!("README.md");
/// Git does not look at what a build makes.
const IGNORED: &str = "/public/\n/.tearsheet/\n";
/// Raw texts to import: without titles and dates where one looks for them, as they are found.
const INBOX: [(&str, &str); 2] = [
    ("inbox/camera.txt", include_str!("inbox/camera.txt")),
    ("inbox/licence.txt", include_str!("inbox/licence.txt")),
];

/// A text file by its path in the site's folder.
pub type Scaffold = (String, String);

/// A whole site to try things with.
#[must_use]
pub fn sample() -> Vec<Scaffold> {
    let mut all = frame(SETTINGS);
    all.extend(INBOX.map(|(path, text)| (path.to_owned(), text.to_owned())));
    all.extend(Sample::iter().filter_map(|path| {
        let text = String::from_utf8(Sample::get(&path)?.data.into_owned()).ok()?;
        Some((format!("content/{path}"), text))
    }));
    all
}

/// A site without articles.
#[must_use]
pub fn blank() -> Vec<Scaffold> {
    let (_, rest) = SETTINGS.split_once("\nlanguage").unwrap_or_default();
    let rest = rest.split("\n[[menu]]").next().unwrap_or(rest).trim_end();
    let head = "# Every setting has a default; delete what you do not need.\n\n\
                title = \"Press digest\"\ndescription = \"\"\nlanguage";
    let mut all = frame(&format!("{head}{rest}\n"));
    // Git keeps no empty folders.
    for folder in ["content/articles", "content/companies", "inbox"] {
        all.push((format!("{folder}/.gitkeep"), String::new()));
    }
    all
}

/// The files of the default theme, which a site may change.
#[must_use]
pub fn theme() -> Vec<Scaffold> {
    let templates = theme::templates().into_iter();
    let templates = templates.map(|(name, text)| (format!("templates/{name}"), text));
    let statics = theme::statics().into_iter().filter_map(|(name, bytes)| {
        Some((format!("static/{name}"), String::from_utf8(bytes.into_owned()).ok()?))
    });
    templates.chain(statics).collect()
}

fn frame(settings: &str) -> Vec<Scaffold> {
    [("tearsheet.toml", settings), ("README.md", README), (".gitignore", IGNORED)]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .to_vec()
}

/// An article to fill in.
#[must_use]
pub fn article(title: &str, date: Option<PartialDate>, lang: &str, rights: &str) -> String {
    let date = match date {
        Some(date) => format!("date: {date}"),
        None => "# date: 2022-05-23        the day the source published it, as far as you know it"
            .into(),
    };
    format!(
        "---\ntitle: {}\n{date}\nlang: {lang}\n\
         # source: {{ name: Example Weekly, url: \"https://example.com/a\" }}\n\
         companies: []\ntags: []\n# summary: \"Two sentences in your own words.\"\nrights: {rights}\n\
         # partnerships:\n#   - parties: [one-company, another-company]\n#     kind: co-development\n\
         #     event: announced\n#     evidence: \"the exact words of the text below that say so\"\n\
         draft: true\n---\n\n",
        quoted(title)
    )
}

/// A company to describe.
#[must_use]
pub fn company(name: &str) -> String {
    format!(
        "---\nname: {}\n# names: {{ zh-Hans: 例子, ru: Пример }}\n# aliases: [Example Inc.]\n\
         # former_names: []\n# country: US\n# website: https://example.com/\n# ticker: \"NYSE: EX\"\n\
         # same_as: {{ wikidata: Q42 }}\n# founded: 1999-04\n# summary: \"One sentence on what it does.\"\n\
         ---\n\n",
        quoted(name)
    )
}

/// A note on a partnership.
#[must_use]
pub fn note(parties: &[String]) -> String {
    format!(
        "---\nparties: [{}]\n# title: \"What its page is headed with\"\n\
         # prefer: {{ start: 2022-05-23, reason: \"why this date and not another\" }}\n---\n\n",
        parties.join(", ")
    )
}
