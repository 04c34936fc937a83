//! `tearsheet import --from`: everything of another program's site comes over, and nothing that is here
//! is overwritten.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use rayon::prelude::*;

use super::exports;
use super::importer::{Importer, Origin, folder_of, guarded};
use super::summary::ImportSummary;
use crate::cli::{Global, Import};
use crate::commands::Verdict;
use crate::commands::raw::hash;
use crate::import::article::Imported;
use crate::import::foreign::{self, AddressMap, Files, Post, PostKind, Program, Site};
use crate::index::pages::{self, article_place, old_place, output_path};
use crate::memo::Memo;
use crate::model::{Article, Language, Rights, slug};
use crate::parse::article::slug_of;
use crate::parse::fields::{in_letters, is_alias};
use crate::render::machine;
use crate::source::{Drafts, Future, Inputs, Source};
use crate::timings::Timings;
use crate::{pipeline, read, write};

/// Larger files are no posts.
const MAX_BYTES: u64 = 20_000_000;

/// Folders of programs, and of what they make.
const SKIPPED: [&str; 9] = [
    "node_modules",
    "public",
    "_site",
    "output",
    "themes",
    "resources",
    "vendor",
    "target",
    "__pycache__",
];

/// Files that texts show or offer.
const MEDIA: [&str; 31] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "tif", "tiff", "heic", "mp3",
    "m4a", "ogg", "oga", "wav", "flac", "mp4", "m4v", "webm", "mov", "ogv", "pdf", "zip", "gz",
    "csv", "xlsx", "docx", "pptx", "epub",
];

/// Imports whole sites.
pub(super) fn import(
    importer: &mut Importer<'_>,
    global: &Global,
    program: Program,
    args: &Import,
) -> Result<Verdict> {
    let mut verdict = Verdict::Fine;
    if program.exports() {
        let (sites, verdict_of_files) = exports::sites(importer, global, program, &args.files)?;
        verdict = verdict_of_files;
        for (folder, mut site) in sites {
            if import_site(importer, global, &folder, &mut site, args)? == Verdict::Faulty {
                verdict = Verdict::Faulty;
            }
        }
        return Ok(verdict);
    }
    for folder in &args.files {
        let (files, unread) = files(folder, program)?;
        for (name, why) in &unread {
            importer.terminal.fail(&format!("error: {}: {why}", folder.join(name).display()));
            verdict = Verdict::Faulty;
        }
        let mut site = Site::new(program, files);
        // Any folder of Markdown has what Jekyll would call pages.
        let is_blog = program != Program::Jekyll
            || site.posts.iter().any(|post| post.form == PostKind::Article);
        if (site.posts.is_empty() || !is_blog) && unread.is_empty() {
            bail!("{} has no posts {}", folder.display(), place_of_posts(program));
        }
        if import_site(importer, global, folder, &mut site, args)? == Verdict::Faulty {
            verdict = Verdict::Faulty;
        }
    }
    Ok(verdict)
}

fn place_of_posts(program: Program) -> &'static str {
    match program {
        Program::Hugo | Program::Zola | Program::Pelican => "in content/",
        Program::Jekyll => "in _posts/ or _drafts/",
        Program::Obsidian | Program::WordPress | Program::Ghost => "that are Markdown",
    }
}

/// The files of a site, and those that are no text but should be, with the reason.
fn files(folder: &Path, program: Program) -> Result<(Files, Vec<(String, &'static str)>)> {
    let mut files = Files::default();
    let mut unread = Vec::new();
    let skipped: &[&str] = if program == Program::Obsidian { &SKIPPED[..1] } else { &SKIPPED };
    for (path, name) in read::all_below(folder, skipped)? {
        let is_post = foreign::is_post(&name);
        let ending = name.rsplit('.').next().unwrap_or_default();
        let is_setting = matches!(ending, "toml" | "yml" | "yaml" | "json" | "py")
            && (!name.contains('/') || name.starts_with("config/"));
        if !is_post && !is_setting {
            files.add_other(name);
            continue;
        }
        if std::fs::metadata(&path).is_ok_and(|meta| meta.len() > MAX_BYTES) {
            unread.push((name, "it is larger than 20 MB, which no text is"));
            continue;
        }
        match String::from_utf8(read::read(&path)?) {
            Ok(text) => files.add_text(name, &text),
            Err(_) if is_post => unread.push((name, "it is not UTF-8 text")),
            Err(_) => files.add_other(name),
        }
    }
    Ok((files, unread))
}

fn import_site(
    importer: &mut Importer<'_>,
    global: &Global,
    folder: &Path,
    site: &mut Site,
    args: &Import,
) -> Result<Verdict> {
    let mut tally = ImportSummary::default();
    let inputs = crate::commands::inputs_if_any(global)?;
    let keys = keys(site, folder)?;
    settle_forms(site, &inputs, importer, &keys);
    let places = places(site, global, importer, &keys);
    let (copies, files) = copies(site, global, folder, &places)?;
    let site = &*site;
    let around = site.language().unwrap_or_else(|| importer.config.language.clone());
    let mut found = read_posts(importer, folder, site, &places, &files, &around, &mut tally);
    settle_translations(&mut found, &places, &around);
    settle_tags(&mut found, &inputs, &mut tally);
    settle_aliases(&mut found, &places, &copies, inputs, &mut tally);
    for (post, made) in &found {
        let path = site.called(folder, post);
        let origin = Origin { name: path.display().to_string(), key: keys[&post.name].clone() };
        if args.print {
            importer.deliver(&origin, made, true)?;
            continue;
        }
        let place = &places[&post.name];
        match guarded(|| importer.put_at(&origin, &made.article, post.form, place)) {
            Ok(outcome) => tally.add(post, made, &outcome),
            Err(error) => tell_failed(importer, &path, &error, &mut tally),
        }
    }
    if !args.print {
        for (from, to) in &copies {
            let to = global.root.join(to);
            if !to.exists() {
                write::copy(&folder.join(from), &to)?;
                tally.files += 1;
            }
        }
        tally.tell(importer, site, &copies);
    }
    Ok(if tally.failed == 0 { Verdict::Fine } else { Verdict::Faulty })
}

/// What each post is known again by.
fn keys(site: &Site, folder: &Path) -> Result<BTreeMap<String, String>> {
    let folder = std::fs::canonicalize(folder)?;
    let name =
        folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let key = |post: &Post| (post.name.clone(), hash(site.key(&name, post).as_bytes()));
    Ok(site.posts.iter().map(key).collect())
}

/// Reads all posts that can be read, with links to where everything goes.
fn read_posts<'s>(
    importer: &Importer<'_>,
    folder: &Path,
    site: &'s Site,
    places: &BTreeMap<String, String>,
    files: &BTreeMap<String, String>,
    around: &Language,
    tally: &mut ImportSummary,
) -> Vec<(&'s Post, Imported)> {
    let link = |(name, path): (&String, &String)| {
        (name.clone(), path.strip_prefix("content/").unwrap_or(path).to_owned())
    };
    let links: BTreeMap<String, String> = places.iter().map(link).collect();
    let moved = AddressMap::new(site, &links, files, &importer.config.shortcodes);
    let (gazetteer, setting) = (&importer.gazetteer, &importer.setting);
    let progress = importer.terminal.progress(Some(site.posts.len()), "reading");
    let read = |post: &Post| {
        let read = guarded(|| {
            let (body, told) = foreign::text(&moved, post).map_err(|why| anyhow!(why))?;
            let mut found = post.imported(body, around, gazetteer, setting);
            // It is the author's own site, unless a post says otherwise.
            if !post.has_rights() {
                found.article.rights = Rights::Full;
            }
            found.article.guid = site.guid(post);
            Ok((found, told))
        });
        progress.one();
        read
    };
    let read: Vec<_> = site.posts.par_iter().map(read).collect();
    drop(progress);
    let mut found: Vec<(&Post, Imported)> = Vec::new();
    for (post, read) in site.posts.iter().zip(read) {
        match read {
            Ok((made, told)) => {
                tally.told.add(told);
                found.push((post, made));
            }
            Err(error) => tell_failed(importer, &site.called(folder, post), &error, tally),
        }
    }
    found
}

fn tell_failed(
    importer: &Importer<'_>,
    path: &Path,
    error: &anyhow::Error,
    tally: &mut ImportSummary,
) {
    importer.terminal.fail(&format!("error: cannot import {}: {error:#}", path.display()));
    tally.failed += 1;
}

/// Names that pages of the site itself have.
const TAKEN: [&str; 17] = [
    "articles",
    "companies",
    "countries",
    "tags",
    "archive",
    "timeline",
    "partnerships",
    "stories",
    "edition",
    "sources",
    "languages",
    "search",
    "undated",
    "data",
    "media",
    "feed",
    "404",
];

/// Pages whose names the site has for its own become articles, so that none is lost.
fn settle_forms(
    site: &mut Site,
    inputs: &Inputs,
    importer: &Importer<'_>,
    keys: &BTreeMap<String, String>,
) {
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
    taken.extend(inputs.pages.iter().map(|source| slug_of(&source.path)));
    for post in site.posts.iter_mut().filter(|post| post.form == PostKind::Page) {
        let known = importer.path_of(&keys[&post.name]);
        let was = known.map(|path| path.starts_with("content/pages/"));
        let is_year = post.slug.len() == 4 && post.slug.parse::<u16>().is_ok();
        let is_free = !post.slug.is_empty() && !is_year && taken.insert(post.slug.clone());
        if was == Some(false) || was.is_none() && !is_free {
            post.form = PostKind::Article;
        }
    }
}

/// The Markdown file of each post, by the post's name: the one it has, or a free one.
fn places(
    site: &Site,
    global: &Global,
    importer: &Importer<'_>,
    keys: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    let known = |post: &Post| importer.path_of(&keys[&post.name]).map(str::to_owned);
    // Addresses end with what a file is called, whatever folder it lies in.
    let mut taken: HashSet<String> = HashSet::new();
    let called = |path: &str| {
        let folder = path.strip_suffix("/index.md").unwrap_or(path);
        let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{}", slug_of(path)).to_lowercase()
    };
    for post in &site.posts {
        if let Some(path) = known(post) {
            taken.insert(called(&path));
            places.insert(post.name.clone(), path);
        }
    }
    for post in &site.posts {
        if places.contains_key(&post.name) {
            continue;
        }
        if post.form == PostKind::Page {
            places.insert(post.name.clone(), format!("content/pages/{}.md", post.slug));
            continue;
        }
        let folder = folder_of(post.date);
        let title = post.title.as_deref().map(slug).filter(|slug| !slug.is_empty());
        let name = Some(post.slug.clone()).filter(|slug| !slug.is_empty()).or(title);
        let name: String = name.unwrap_or_else(|| "post".to_owned()).chars().take(80).collect();
        let name = name.trim_end_matches('-');
        let is_bundle = post.is_bundle && !resources(site, post).is_empty();
        let numbers = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name}-{n}")));
        // What is called `index.md` would be a bundle.
        let mut names = numbers.filter(|name| is_bundle || name != "index");
        let free = names.find_map(|name| {
            let base = format!("content/articles/{folder}/{name}");
            let path = if is_bundle { format!("{base}/index.md") } else { format!("{base}.md") };
            let is_there =
                global.root.join(format!("{base}.md")).exists() || global.root.join(&base).exists();
            (!is_there && taken.insert(called(&path))).then_some(path)
        });
        places.insert(post.name.clone(), free.unwrap_or_default());
    }
    places
}

/// The files in a post's own folder.
fn resources<'a>(site: &'a Site, post: &Post) -> Vec<&'a str> {
    let Some((folder, _)) = post.name.rsplit_once('/').filter(|_| post.is_bundle) else {
        return Vec::new();
    };
    let folder = format!("{folder}/");
    site.files.names().filter(|name| name.starts_with(&folder) && !foreign::is_post(name)).collect()
}

/// What is copied, by the path in the other site and in ours, and the address of each file that is
/// published as it is.
#[allow(clippy::type_complexity)]
fn copies(
    site: &Site,
    global: &Global,
    folder: &Path,
    places: &BTreeMap<String, String>,
) -> Result<(BTreeMap<String, String>, BTreeMap<String, String>)> {
    let mut copies = BTreeMap::new();
    let mut files = BTreeMap::new();
    for post in site.posts.iter().filter(|post| post.form == PostKind::Article) {
        let Some(own) = places[&post.name].strip_suffix("/index.md") else { continue };
        let there = post.name.rsplit_once('/').map_or(0, |(folder, _)| folder.len() + 1);
        for name in resources(site, post) {
            copies.insert(name.to_owned(), format!("{own}/{}", &name[there..]));
        }
    }
    let (none, unknown) = (BTreeMap::new(), BTreeMap::new());
    let used = foreign::used(&AddressMap::new(site, &none, &unknown, &none), site);
    let mut taken: HashSet<String> = HashSet::new();
    for name in site.files.names() {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let is_shown = MEDIA.contains(&&*ending) || used.contains(name);
        if copies.contains_key(name) || !is_shown || foreign::is_post(name) {
            continue;
        }
        let own = || read::read(&folder.join(name));
        for candidate in numbered(&site.public(name)) {
            let path = global.root.join("static").join(&candidate);
            let is_same = !path.exists() || read::read(&path)? == own()?;
            if is_same && taken.insert(candidate.to_lowercase()) {
                files.insert(name.to_owned(), format!("/{candidate}"));
                copies.insert(name.to_owned(), format!("static/{candidate}"));
                break;
            }
        }
    }
    Ok((copies, files))
}

/// A path, and what it may be called where others have it: `a.png`, `a-2.png`, `a-3.png`.
fn numbered(path: &str) -> impl Iterator<Item = String> {
    let (stem, end) = path.rsplit_once('.').unwrap_or((path, ""));
    std::iter::once(path.to_owned()).chain((2..).map(move |n| format!("{stem}-{n}.{end}")))
}

/// Ties the translations of a text to the one in the site's own language.
fn settle_translations(
    found: &mut [(&Post, Imported)],
    places: &BTreeMap<String, String>,
    around: &Language,
) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (post, _)) in found.iter().enumerate() {
        if post.form == PostKind::Article {
            groups.entry(&post.group).or_default().push(at);
        }
    }
    for members in groups.into_values().filter(|members| members.len() > 1) {
        let is_own = |at: &&usize| found[**at].1.article.lang.primary() == around.primary();
        let first = *members.iter().find(is_own).unwrap_or(&members[0]);
        let place = places[&found[first].0.name].clone();
        let place = place.strip_prefix("content/").unwrap_or(&place).to_owned();
        for at in members.into_iter().filter(|at| *at != first) {
            if found[at].1.article.lang != found[first].1.article.lang {
                found[at].1.article.translation_of = Some(format!("@/{place}"));
            }
        }
    }
}

/// Gives tags that want one address other names, as two tags of the site cannot have one.
fn settle_tags(found: &mut [(&Post, Imported)], inputs: &Inputs, tally: &mut ImportSummary) {
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    let config = crate::config::config(inputs.config.as_ref()).0;
    let known: Vec<Vec<String>> = inputs
        .articles
        .par_iter()
        .filter_map(|source| crate::parse::article::article(source, &config).0)
        .map(|file| file.article.tags)
        .collect();
    for tag in known.into_iter().flatten() {
        spellings.entry(slug(&tag)).or_insert(tag);
    }
    for (_, imported) in found {
        for tag in &mut imported.article.tags {
            let before = spellings.entry(slug(tag)).or_insert_with(|| tag.clone());
            if before == tag || crate::index::same_tag(before, tag) {
                continue;
            }
            let own = tag.clone();
            let mut numbers = (2..).map(|number| format!("{own} ({number})"));
            let other =
                numbers.find(|name| spellings.get(&slug(name)).is_none_or(|known| known == name));
            if let Some(other) = other {
                spellings.insert(slug(&other), other.clone());
                tally.renamed.push(format!("{own} → {other}"));
                *tag = other;
            }
        }
    }
}

/// What stands in the output folder: files, and the folders they are in.
#[derive(Default)]
struct OccupiedPaths {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl OccupiedPaths {
    fn add(&mut self, path: &str) {
        self.files.insert(path.to_owned());
        self.folders.extend(above(path).map(str::to_owned));
    }

    /// Whether a file can stand beside the others.
    fn has_room(&self, path: &str) -> bool {
        !self.files.contains(path)
            && !self.folders.contains(path)
            && !above(path).any(|folder| self.files.contains(folder))
    }
}

/// The folders of a path.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Keeps the old addresses that lead to one page only, and to none that the site has itself.
fn settle_aliases(
    found: &mut [(&Post, Imported)],
    places: &BTreeMap<String, String>,
    copies: &BTreeMap<String, String>,
    inputs: Inputs,
    tally: &mut ImportSummary,
) {
    let mut taken = occupied(found, places, copies, inputs);
    // What each post was found under goes before what else led to it, and what was published before
    // what was not.
    let rank = |(at, is_draft): (usize, bool)| (is_draft, at > 0);
    let mut order: Vec<((bool, bool), usize, String)> = Vec::new();
    for (at, (post, imported)) in found.iter().enumerate() {
        let all = post.addresses.iter().enumerate();
        let draft = imported.article.draft;
        order.extend(all.map(|(number, address)| {
            (rank((number, draft)), at, in_letters(address).into_owned())
        }));
    }
    order.sort_by_key(|(rank, at, _)| (*rank, *at));
    let mut lost: BTreeMap<String, String> = BTreeMap::new();
    let mut given: BTreeSet<(usize, String)> = BTreeSet::new();
    for (_, at, address) in order {
        let (post, imported) = &mut found[at];
        let own = match post.form {
            PostKind::Article => {
                let slug = slug_of(&places[&post.name]);
                article_place(imported.article.date, &slug)
            }
            PostKind::Page => format!("/{}/", slug_of(&places[&post.name])),
        };
        let place = old_place(&address);
        if place == own || given.contains(&(at, place.clone())) {
            continue;
        }
        if !is_alias(&address) || place.contains('?') {
            lost.insert(address, "no page can have it".to_owned());
        } else if taken.has_room(&output_path(&place)) {
            taken.add(&output_path(&place));
            given.insert((at, place));
            imported.article.aliases.push(address);
            tally.aliases += 1;
        } else {
            lost.insert(address, "another page has it".to_owned());
        }
    }
    tally.lost.extend(lost);
}

/// All paths that the site's files will have once everything has come in.
fn occupied(
    found: &[(&Post, Imported)],
    places: &BTreeMap<String, String>,
    copies: &BTreeMap<String, String>,
    mut inputs: Inputs,
) -> OccupiedPaths {
    let mut sources: BTreeMap<String, Source> =
        inputs.articles.into_iter().map(|source| (source.path.to_string(), source)).collect();
    for (post, imported) in found.iter().filter(|(post, _)| post.form == PostKind::Article) {
        let place = &places[&post.name];
        // What only texts have makes no difference.
        let article = Article {
            path: place.clone(),
            body: String::new().into(),
            passages: Vec::new(),
            ..imported.article.clone()
        };
        sources.insert(place.clone(), Source::new(place, &crate::import::markdown::file(&article)));
    }
    let pages = found.iter().filter(|(post, _)| post.form == PostKind::Page);
    let standing: Vec<&String> = pages.map(|(post, _)| &places[&post.name]).collect();
    inputs.articles = sources.into_values().collect();
    inputs.pages.retain(|source| !standing.iter().any(|path| ***path == *source.path));
    inputs.pages.extend(standing.iter().map(|path| Source::new(path, "---\ntitle: x\n---\n")));
    (inputs.drafts, inputs.future) = (Drafts::Include, Future::Include);
    let indexed = pipeline::understand(&inputs, &mut Memo::default(), &Timings::default());
    let made = machine::files(&indexed.index);
    let mut taken = OccupiedPaths::default();
    let (all, _) = pages::pages(&indexed.index, &made);
    for (_, address) in &all {
        taken.add(&output_path(address));
    }
    made.iter().chain(inputs.statics.keys()).for_each(|path| taken.add(path));
    let statics = copies.values().filter_map(|path| path.strip_prefix("static/"));
    statics.for_each(|path| taken.add(path));
    taken
}
