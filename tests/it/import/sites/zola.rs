//! Three sites of Zola: one with slugs in ASCII, one in several languages with names as they are written, one
//! that keeps the days of names. Its addresses are worked out as its documentation tells.

use std::collections::BTreeMap;

use super::blog::{Blog, Notation, Oddity, POSTS, Part, Post, posts};

const CALLS: [(&str, &str); 11] = [
    ("All of [the blog](@/blog/_index.md) and [home](@/_index.md).", "All of the blog and home."),
    ("{{ youtube(id=\"w7Ft2ymGmfc\") }}", "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>"),
    ("{{ vimeo(id=\"55073825\") }}", "<https://vimeo.com/55073825>"),
    ("{{ gist(url=\"https://gist.github.com/jane/123\") }}", "<https://gist.github.com/jane/123>"),
    ("{% quote(author=\"Jane\") %}\nSaid *so*.\n{% end %}", "> Said *so*.\n>\n> — Jane"),
    ("Words {{ gallery() }} around.", "Words `{{ gallery() }}` around."),
    ("{% lead(kind=\"x\") %}\nFirst\n{% end %}", "`{% lead(kind=\"x\") %}`\nFirst\n`{% end %}`"),
    ("Shown: `{{/* youtube(id=\"x\") */}}`.", "Shown: `{{ youtube(id=\"x\") }}`."),
    (
        "```html\n{%/* quote(author=\"x\") */%}\ninner\n{%/* end */%}\n```",
        "```html\n{% quote(author=\"x\") %}\ninner\n{% end %}\n```",
    ),
    (
        "```html,linenos\n{{ page.title }} {% if x %}\n```",
        "```html\n{{ page.title }} {% if x %}\n```",
    ),
    ("{{ figure(src=\"/img/shared.png\", alt=\"Alt\", caption=\"Said of it\") }}", "Said of it"),
];

pub fn site(which: usize) -> (Blog, BTreeMap<String, String>) {
    let mut fast = fastrand::Rng::with_seed(200 + which as u64);
    let mut all = posts(&mut fast);
    let mut addresses = BTreeMap::new();
    for post in &mut all {
        for address in place(post, which) {
            let page =
                if address.ends_with('/') { format!("{address}index.html") } else { address };
            addresses.insert(page.trim_start_matches('/').to_owned(), post.mark());
        }
    }
    for number in 0..POSTS {
        let to = (number * 7 + 3) % POSTS;
        let path = all[to].file.trim_start_matches("content/").to_owned();
        let label = format!("to {to}");
        let own = addresses
            .iter()
            .find(|(_, mark)| **mark == all[to].mark())
            .map(|(page, _)| page.clone());
        let own = own.unwrap_or_default().trim_end_matches("index.html").to_owned();
        let is_draft = all[to].is_draft;
        let source = match number % 4 {
            1 => format!("[{label}](<@/{path}#part>)"),
            2 if !is_draft => format!("[{label}](</{own}>)"),
            3 if !is_draft => format!("[{label}](<https://old.example/{own}>)"),
            _ => format!("[{label}](<@/{path}>)"),
        };
        let post = &mut all[number];
        post.parts.push(Part::new(source, format!("[{label}](x)")));
        post.links.push(to);
        for call in [number, number + 3] {
            let (source, look) = CALLS[call % CALLS.len()];
            post.parts.push(Part::new(source, look));
        }
    }
    let mut blog = Blog::new(if which == 1 { Notation::Yaml } else { Notation::Toml }, all);
    pictures(&mut blog);
    blog.add("content/_index.md", "+++\ntitle = \"Home\"\n+++\n");
    blog.add("content/blog/_index.md", "+++\ntitle = \"Blog\"\n+++\n");
    blog.add(
        "config.toml",
        [
            "base_url = \"https://old.example\"\ntitle = \"Old\"\ngenerate_feeds = true\n",
            "base_url = \"https://old.example/\"\ndefault_language = \"en\"\n[slugify]\npaths = \"safe\"\n\
             [languages.ja]\n[languages.ar]\n[languages.ru]\n",
            "base_url = \"https://old.example\"\n[slugify]\npaths_keep_dates = true\n",
        ][which],
    );
    (blog, addresses)
}

/// Puts a post somewhere; gives where it was, its own address first.
fn place(post: &mut Post, which: usize) -> Vec<String> {
    let number = post.number;
    let section = ["blog", "notes/deep", "Mixed Case", "über uns"][number % 4];
    // In a site of several languages, what stands behind a full stop is one.
    let own = if which == 1 { post.name().replace('.', " ") } else { post.name() };
    let (day, name) = (post.day(), own.trim());
    let name = match number % 10 {
        3 => format!("{day}-{name}"),
        4 => format!("{day}_{name}"),
        5 => "hello".to_owned() + if number % 20 == 5 { "" } else { " again" },
        6 if post.oddity != Oddity::NoDate => format!("2016-2-9-{name}"),
        7 if number == 17 => day.clone(),
        _ => name.to_owned(),
    };
    // Of the same name in other sections only.
    let section = if number % 10 == 5 { format!("{section} {number}") } else { section.to_owned() };
    let lang = match (which, post.script.lang) {
        (1, lang @ ("ja" | "ar" | "ru")) => Some(lang),
        _ => None,
    };
    let end = lang.map(|lang| format!(".{lang}")).unwrap_or_default();
    post.file = if number % 6 == 1 {
        format!("content/{section}/{name}/index{end}.md")
    } else {
        format!("content/{section}/{name}{end}.md")
    };
    // In TOML, tags are a group of their own.
    if which != 1 {
        post.fields
            .iter_mut()
            .filter(|(key, _)| *key == "tags")
            .for_each(|(key, _)| *key = "taxonomies.tags");
    }
    let slug_of = |text: &str| if which == 1 { safe(text) } else { on(text) };
    let undated = name
        .strip_prefix(&day)
        .and_then(|rest| rest.strip_prefix(['-', '_']))
        .filter(|_| which != 2);
    let mut last = slug_of(undated.unwrap_or(&name));
    if number % 9 == 2 {
        let slug = if number.is_multiple_of(2) {
            post.title.clone()
        } else {
            format!("Own Slug {number}")
        };
        last = slug_of(&slug);
        post.text("slug", slug);
    }
    let code = lang.map(|lang| format!("/{lang}")).unwrap_or_default();
    let mut all = vec![format!("{code}/{section}/{last}/")];
    if number % 11 == 4 {
        // Such a path is the whole of it.
        let path = format!("{}own/Path {number}", if number.is_multiple_of(2) { "/" } else { "" });
        all = vec![format!("/own/Path {number}/")];
        post.text("path", path);
    }
    if number.is_multiple_of(7) {
        post.list("aliases", &[&format!("/old/{number}"), &format!("was/{number}.html")]);
        all.extend([format!("/old/{number}/"), format!("/was/{number}.html")]);
    }
    if number % 20 == 19 && post.oddity != Oddity::NoText {
        post.raw("draft", "true");
        post.is_draft = true;
        return Vec::new();
    }
    all
}

/// As Zola writes a part of a path where its settings say nothing: each letter in ASCII by itself.
fn on(text: &str) -> String {
    let ascii: String = text.chars().map(|c| deunicode::deunicode_char(c).unwrap_or("-")).collect();
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// The same where they say `safe`: without what Windows does not have in names.
fn safe(text: &str) -> String {
    text.trim_end_matches([' ', '.']).chars().filter(|c| !"<>:\"/\\|?*".contains(*c)).collect()
}

fn pictures(blog: &mut Blog) {
    blog.picture("static/img/shared.png", "shared");
    for number in (0..POSTS).step_by(3) {
        let (place, label) = (blog.posts[number].file.clone(), format!("pic {number}"));
        let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let source = if number % 6 == 1 {
            blog.picture(&format!("{folder}/photo one.png"), &label);
            "![§](photo%20one.png)".to_owned()
        } else {
            blog.picture(&format!("static/img/Foto {number} ü.png"), &label);
            format!("![§](</img/Foto {number} ü.png>)")
        };
        let post = &mut blog.posts[number];
        post.parts.push(Part::new(source.replace('§', &label), String::new()));
        post.pictures.push(label);
    }
}
