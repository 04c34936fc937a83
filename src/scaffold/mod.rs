//! What `init` and `new` begin with: a site to try, an empty one, and single files.

use rust_embed::RustEmbed;

use crate::config::Host;
use crate::import::markdown::quoted;
use crate::model::PartialDate;
use crate::render::templates::theme;

/// The sample site of Tearsheet itself.
#[derive(RustEmbed)]
#[folder = "content/"]
struct Sample;

const SETTINGS: &str = include_str!("../../tearsheet.toml");
const README: &str = include_str!("README.md");
/// Git does not look at what a build makes, nor at what checkers of front matter bring along.
const IGNORED: &str = "/public/\n/.tearsheet/\n/.tearsheet-program/\n/node_modules/\n";
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

/// A place that a site can be hosted at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A host that Tearsheet knows.
    Host(Host),
    /// A server with nginx.
    Nginx,
    /// A server with Caddy.
    Caddy,
    /// A bucket of S3, or of one of its likes.
    S3,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Host(Host::Github),
        Self::Host(Host::Gitlab),
        Self::Host(Host::Netlify),
        Self::Host(Host::Cloudflare),
        Self::Nginx,
        Self::Caddy,
        Self::S3,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Host(host) => host.id(),
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::S3 => "s3",
        }
    }
}

/// What a site needs to be hosted there; its folder is `site` below the root of the repository, empty
/// where it is the root.
#[must_use]
pub fn hosted(place: Place, site: &str) -> Vec<Scaffold> {
    let workflow = match site {
        "" => ".github/workflows/site.yml".to_owned(),
        site => format!(".github/workflows/{}.yml", site.replace('/', "-")),
    };
    let (path, text) = match place {
        Place::Host(Host::Github) => (&*workflow, include_str!("host/github.yml")),
        Place::Host(Host::Gitlab) => (".gitlab-ci.yml", include_str!("host/gitlab.yml")),
        Place::Host(Host::Netlify) => ("netlify.toml", include_str!("host/netlify.toml")),
        Place::Host(Host::Cloudflare) => (&*workflow, include_str!("host/cloudflare.yml")),
        Place::Nginx => ("nginx.conf", include_str!("host/nginx.conf")),
        Place::Caddy => ("Caddyfile", include_str!("host/Caddyfile")),
        Place::S3 => ("deploy-s3.sh", include_str!("host/s3.sh")),
    };
    let (root, output, name) = match site {
        "" => (String::new(), "public".to_owned(), "Site".to_owned()),
        site => (format!(" --root {site}"), format!("{site}/public"), format!("Site {site}")),
    };
    let filled = |text: &str| {
        text.replace(" ROOT", &root)
            .replace("OUTPUT", &output)
            .replace("NAME", &name)
            .replace("VERSION", env!("CARGO_PKG_VERSION"))
    };
    let mut files = vec![(path.to_owned(), filled(text))];
    if matches!(place, Place::Host(_)) {
        let program = include_str!("host/get-tearsheet.sh");
        files.push(("get-tearsheet.sh".to_owned(), filled(program)));
    }
    files
}

/// Settings that name the host; none where they do so already, or where it makes no difference.
#[must_use]
pub fn with_host(settings: &str, place: Place) -> Option<String> {
    let Place::Host(host) = place else { return None };
    // Keys of the whole site stand before the first table, also one that waits to be used.
    let is_table = |line: &str| line.trim_start_matches(['#', ' ', '\t']).starts_with('[');
    let head: usize =
        settings.split_inclusive('\n').take_while(|line| !is_table(line)).map(str::len).sum();
    let (head, tables) = settings.split_at(head);
    let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
    if head.lines().any(|line| key(line) == "host") {
        return None;
    }
    let line = format!("host = \"{}\"\n", host.id());
    if let Some(remark) = head.split_inclusive('\n').find(|line| key(line) == "# host") {
        return Some(format!("{}{tables}", head.replacen(remark, &line, 1)));
    }
    let gap = if head.is_empty() || head.ends_with('\n') { "" } else { "\n" };
    let end = if tables.is_empty() { "" } else { "\n" };
    Some(format!("{head}{gap}{line}{end}{tables}"))
}

/// The folder of a site that schemas are put into.
pub const SCHEMAS: &str = ".schemas";

/// What makes editors find the schemas of front matter.
#[must_use]
pub fn editors() -> Vec<Scaffold> {
    [
        (".remarkrc.mjs", include_str!("editors/remarkrc.mjs")),
        (".vscode/extensions.json", include_str!("editors/extensions.json")),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .to_vec()
}

/// Settings that name their schema, in the way that every editor's TOML support reads; none where they
/// name one already, or are empty.
#[must_use]
pub fn with_schema(settings: &str) -> Option<String> {
    let names_one = settings.lines().any(|line| line.starts_with("#:schema"));
    (!settings.is_empty() && !names_one)
        .then(|| format!("#:schema {SCHEMAS}/config.json\n\n{settings}"))
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
