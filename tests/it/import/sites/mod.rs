//! Sites of other programs, and exports of them, as they are in the world: three for each, 60 posts each, in ten
//! languages and eight scripts, with all that people do to front matter, names, addresses, links, pictures and
//! calls of templates. Everything must come over.

mod blog;
mod exported;
mod hugo;
mod jekyll;
pub mod judge;
mod obsidian;
mod parts;
mod pelican;
mod scripts;
mod zola;

use std::collections::BTreeMap;

use crate::support::site::Site;
use blog::Blog;
use judge::{Page, calls, pages, recorded, resolved, target, text, words};

/// What is wrong with a site that came over.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, is_fault: bool, what: impl FnOnce() -> String) {
        if is_fault {
            self.0.push(what());
        }
    }
}

/// A site that has come over and is built, with what import told.
struct Imported {
    site: Site,
    told: String,
    /// Our pages by their paths.
    pages: BTreeMap<String, String>,
    /// The page of each post, by its mark.
    own: BTreeMap<String, String>,
}

fn write(blog: &Blog, site: &Site) {
    for (name, bytes) in &blog.files {
        let path = site.path().join("old").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    for post in blog.posts.iter().filter(|_| blog.export.is_none()) {
        site.write(&format!("old/{}", post.file), &post.written(blog.notation));
    }
}

/// Imports and builds a site, which must do at the first try.
fn bring(blog: &Blog, program: &str) -> Imported {
    let site = Site::new();
    site.write(
        "tearsheet.toml",
        "title = \"New\"\nbase_url = \"https://new.example\"\ncompanies = false\nstories = false\nday_pages = false\ntopic_feeds = false\n",
    );
    write(blog, &site);
    let from = blog.export.map_or_else(|| "old".to_owned(), |name| format!("old/{name}"));
    let run = site.run(&["import", "--from", program, &from]);
    assert_eq!(run.code, 0, "{}", run.err);
    let build = site.run(&["build", "--strict", "--drafts", "--future"]);
    assert_eq!(build.code, 0, "{}\n{}", run.err, build.err);
    let pages = pages(&site.path().join("public"));
    let mut own = BTreeMap::new();
    for (path, html) in pages.iter().filter(|(_, html)| {
        html.contains("class=\"prose\"") || html.contains("<article class=\"story\"")
    }) {
        let page = Page::new(html);
        let all = format!("{} {}", page.title, page.prose.text());
        for post in blog.posts.iter().filter(|post| all.contains(&post.mark())) {
            own.insert(post.mark(), path.clone());
        }
    }
    Imported { site, told: run.err, pages, own }
}

/// Everything that must hold of a site that came over.
fn check(name: &str, program: &str, blog: &Blog, addresses: &BTreeMap<String, String>) {
    let came = bring(blog, program);
    let mut faults = Faults::default();
    let count = blog.posts.len();
    let told = format!("imported {count} of {count} posts");
    faults.add(!came.told.contains(&told), || format!("told: {}", came.told));
    check_texts(blog, &came, &mut faults);
    check_addresses(blog, &came, addresses, &mut faults);
    check_links(blog, &came, &mut faults);
    check_facts(blog, &came, &mut faults);
    check_calls(&came, &mut faults);
    let all = faults.0;
    assert!(all.is_empty(), "{name}: {} faults:\n{}\n\n{}", all.len(), all.join("\n"), came.told);
}

/// Every post is there with its words.
fn check_texts(blog: &Blog, came: &Imported, faults: &mut Faults) {
    for post in &blog.posts {
        let Some(path) = came.own.get(&post.mark()) else {
            faults.add(true, || format!("{} is nowhere", post.file));
            continue;
        };
        let wanted = words(&post.look());
        let found = text(&Page::new(&came.pages[path]).prose);
        faults.add(wanted != found, || {
            let same = wanted.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
            let part = |text: &str| {
                text.chars().skip(same.saturating_sub(20)).take(80).collect::<String>()
            };
            format!(
                "{}: other words\n  wanted …{}\n  found  …{}",
                post.file,
                part(&wanted),
                part(&found)
            )
        });
    }
}

/// Days, labels and summaries are there, and what could not be read is told.
fn check_facts(blog: &Blog, came: &Imported, faults: &mut Faults) {
    for post in &blog.posts {
        let Some(path) = came.own.get(&post.mark()) else { continue };
        let (day, page) = (post.day().replace('-', "/"), &came.pages[path]);
        // The first letter of a tag is shown as a capital one.
        let small = page.to_lowercase();
        let is_dated = path.starts_with(&day);
        let has_day =
            post.fields.iter().any(|(key, _)| *key == "date") || post.file.contains(&post.day());
        let has_none = path.starts_with("undated/") && !has_day;
        let is_page = path.matches('/').count() == 1;
        faults
            .add(!is_dated && !has_none && !is_page, || format!("{}: {day} is {path}", post.file));
        for (key, value) in &post.fields {
            match (*key, value) {
                ("tags" | "taxonomies.tags", blog::Value::List(tags)) if !is_page => {
                    let mut missing = tags
                        .iter()
                        .filter(|tag| !small.contains(&format!(">{}</a>", tag.to_lowercase())));
                    let missing = missing.next();
                    faults.add(missing.is_some(), || format!("{}: no tag {missing:?}", post.file));
                }
                ("description" | "summary" | "excerpt", blog::Value::Text(said)) => {
                    let is_there = page.contains(&format!("content=\"{said}"));
                    faults.add(!is_there, || format!("{}: no summary {said}", post.file));
                }
                _ => {}
            }
        }
    }
    let written = blog.posts.iter().map(|post| post.written(blog.notation));
    let unread = written
        .filter(|text| {
            ["< gallery", "include gallery", "{ gallery"].iter().any(|call| text.contains(call))
        })
        .count();
    let is_told = unread == 0 || came.told.contains(&format!("gallery ({unread})"));
    faults.add(!is_told, || format!("gallery is told otherwise than {unread} times"));
}

/// Each old address leads to the page of its post.
fn check_addresses(
    blog: &Blog,
    came: &Imported,
    addresses: &BTreeMap<String, String>,
    faults: &mut Faults,
) {
    let drafts: Vec<String> =
        blog.posts.iter().filter(|post| post.is_draft).map(blog::Post::mark).collect();
    for (old, mark) in addresses.iter().filter(|(_, mark)| !drafts.contains(mark)) {
        let page = came.pages.get(old);
        let there = page.and_then(|page| {
            target(old, &page.replace("https://new.example", "https://old.example"))
        });
        let there = there.as_ref().unwrap_or(old);
        let is_right = page.is_some() && came.own.get(mark) == Some(there);
        faults.add(!is_right, || {
            let file =
                blog.posts.iter().find(|post| post.mark() == *mark).map_or("", |post| &post.file);
            format!(
                "address {old} of {file} leads to {}",
                if page.is_some() { there } else { "nothing" }
            )
        });
    }
}

/// Links between posts lead to them, and pictures are there.
fn check_links(blog: &Blog, came: &Imported, faults: &mut Faults) {
    let public = came.site.path().join("public");
    for post in blog.posts.iter().filter(|post| post.oddity != blog::Oddity::NoText) {
        let Some(path) = came.own.get(&post.mark()) else { continue };
        let page = Page::new(&came.pages[path]);
        for to in &post.links {
            let label = format!("to {to}");
            let links = page.prose.select("a");
            let link = links.iter().find(|link| *link.text() == *label);
            let href = link.and_then(|link| link.attr("href")).unwrap_or_default();
            let place = resolved(path, &href);
            // A part of a note is on its page.
            let has_text = blog.posts[*to].oddity != blog::Oddity::NoText;
            if let Some((_, part)) =
                href.split_once('#').filter(|(_, part)| *part != "part" && has_text)
            {
                let is_there = place
                    .as_ref()
                    .and_then(|place| came.pages.get(place))
                    .is_some_and(|page| page.contains(&format!("id=\"{part}\"")));
                faults.add(!is_there, || {
                    format!("{}: {label}: there is no {part} in {place:?}", post.file)
                });
            }
            let wanted = came.own.get(&blog.posts[*to].mark());
            faults.add(place.as_ref() != wanted, || {
                format!("{}: {label} leads to {place:?}, not {wanted:?}", post.file)
            });
        }
        for (name, kind) in [("a", "href"), ("img", "src")] {
            let all = page.prose.select(name);
            let raw = all
                .iter()
                .filter_map(|one| one.attr(kind))
                .find(|place| place.contains(['{', '`']) || place.starts_with('@'));
            faults.add(raw.is_some(), || format!("{}: a link to {raw:?}", post.file));
        }
        for label in &post.pictures {
            let all = page.prose.select("img");
            let image =
                all.iter().find(|image| image.attr("alt").is_some_and(|alt| *alt == **label));
            let place = image.and_then(|image| resolved(path, &image.attr("src")?));
            let bytes = place.as_ref().and_then(|place| std::fs::read(public.join(place)).ok());
            let is_it = bytes
                .is_some_and(|bytes| String::from_utf8_lossy(&bytes).ends_with(label.as_str()));
            faults.add(!is_it, || format!("{}: {label} is not at {place:?}", post.file));
        }
    }
}

/// Nothing that only another program's templates understand is on any page, in a feed or in data.
fn check_calls(came: &Imported, faults: &mut Faults) {
    for (path, html) in &came.pages {
        let found = calls(html);
        faults.add(!found.is_empty(), || format!("{path} has {found:?}"));
    }
    let public = came.site.path().join("public");
    for name in ["feed.xml", "feed.json", "data/articles.json"] {
        let text = std::fs::read_to_string(public.join(name)).unwrap_or_default();
        // HTML in it is written twice.
        let text = match name {
            "feed.xml" => text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
            _ => text.replace("\\\"", "\""),
        };
        let found = calls(&text);
        faults.add(!found.is_empty(), || format!("{name} has {found:?}"));
    }
}

/// What a program makes of a site, as it is recorded.
fn judged(
    name: &str,
    variable: &str,
    blog: &Blog,
    arguments: &[&str],
    output: &str,
) -> BTreeMap<String, String> {
    let there = Site::new();
    write(blog, &there);
    let folder = there.path().join("old");
    recorded(name, variable, &folder, arguments, output, judge::marked)
}

#[test]
fn sites_of_hugo_come_over_whole() {
    for which in 0..3 {
        let (name, blog) = (format!("hugo-{which}"), hugo::site(which));
        let addresses = judged(&name, "HUGO", &blog, &["--quiet", "--buildFuture"], "public");
        check(&name, "hugo", &blog, &addresses);
    }
}

#[test]
fn sites_of_zola_come_over_whole() {
    for which in 0..3 {
        let (blog, addresses) = zola::site(which);
        check(&format!("zola-{which}"), "zola", &blog, &addresses);
    }
}

#[test]
fn sites_of_jekyll_come_over_whole() {
    for which in 0..3 {
        let (name, blog) = (format!("jekyll-{which}"), jekyll::site(which));
        let addresses = judged(&name, "JEKYLL", &blog, &["build", "--quiet", "--future"], "_site");
        check(&name, "jekyll", &blog, &addresses);
    }
}

#[test]
fn sites_of_pelican_come_over_whole() {
    for which in 0..3 {
        let (name, blog) = (format!("pelican-{which}"), pelican::site(which));
        let addresses = judged(&name, "PELICAN", &blog, &["content", "--quiet"], "output");
        check(&name, "pelican", &blog, &addresses);
    }
}

#[test]
fn exports_of_wordpress_come_over_whole() {
    for which in 0..3 {
        let (blog, addresses) = exported::wordpress(which);
        check(&format!("wordpress-{which}"), "wordpress", &blog, &addresses);
    }
}

#[test]
fn exports_of_ghost_come_over_whole() {
    for which in 0..3 {
        let (blog, addresses) = exported::ghost(which);
        check(&format!("ghost-{which}"), "ghost", &blog, &addresses);
    }
}

#[test]
fn vaults_of_obsidian_come_over_whole() {
    for which in 0..3 {
        check(&format!("obsidian-{which}"), "obsidian", &obsidian::site(which), &BTreeMap::new());
    }
}
