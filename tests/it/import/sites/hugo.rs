//! Three sites of Hugo: one with forms of addresses and bundles, one in several languages by folders, one in
//! JSON with dated names and translations by endings.

use super::blog::{Blog, Notation, Oddity, POSTS, Part, Post, Value, posts};

/// What shows a call of a template, and what it must look like; `#` stands for a number.
const CALLS: [(&str, &str); 16] = [
    ("All in [the docs]({{< relref path=\"/docs\" lang=\"en\" >}}).", "All in the docs."),
    ("{{< figure src=\"/img/shared.png\" alt=\"Alt\" caption=\"Said of it\" >}}", "Said of it"),
    ("{{<figure src=\"/img/shared.png\" title=\"Über\" >}}", "Über"),
    (
        "{{< highlight go \"linenos=table,hl_lines=1\" >}}\nx := []T{1} // {{ .X }}\n{{< /highlight >}}",
        "```go\nx := []T{1} // {{ .X }}\n```",
    ),
    ("{{< youtube w7Ft2ymGmfc >}}", "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>"),
    ("{{< vimeo id=\"55073825\" >}}", "<https://vimeo.com/55073825>"),
    (
        "{{< details summary=\"Mehr *dazu*\" >}}\nInner **strong**.\n{{< /details >}}",
        "Mehr \\*dazu\\*\n\nInner **strong**.",
    ),
    ("{{% notice tip %}}\nMind *this*.\n{{% /notice %}}", "Mind *this*."),
    ("Words {{< gallery dir=\"a b\" >}} around.", "Words `{{< gallery dir=\"a b\" >}}` around."),
    ("{{< lead >}}\nFirst\n{{< /lead >}}", "`{{< lead >}}`\nFirst\n`{{< /lead >}}`"),
    ("Shown: {{</* figure src=\"x\" */>}}.", "Shown: `{{< figure src=\"x\" >}}`."),
    ("```md\n{{</* youtube abc */>}}\n```", "```md\n{{< youtube abc >}}\n```"),
    ("{{< x user=\"jane\" id=\"1234\" >}}", "<https://x.com/jane/status/1234>"),
    ("Two {{</* a */>}} and `{{</* b */>}}`.", "Two `{{< a >}}` and `{{< b >}}`."),
    (
        "A picture ![there]({{< cdn >}}/p.png) and <a href=\"{{< cdn >}}\">more</a>.",
        "A picture and more.",
    ),
    ("{{% details \"T\" %}}\n- in a list\n{{% /details %}}", "T\n\n- in a list"),
];

pub fn site(which: usize) -> Blog {
    let mut fast = fastrand::Rng::with_seed(100 + which as u64);
    let mut all = posts(&mut fast);
    for post in &mut all {
        place(post, which);
    }
    more(&mut all, which);
    for number in 0..POSTS {
        let to = (number * 7 + 3) % POSTS;
        let link = link(&all[number], &all[to], number);
        let post = &mut all[number];
        post.parts.push(link);
        post.links.push(to);
        for call in [number, number + 5] {
            let (source, look) = CALLS[call % CALLS.len()];
            post.parts.push(Part::new(source, look));
        }
    }
    let notation = [Notation::Toml, Notation::Yaml, Notation::Json][which];
    let mut blog = Blog::new(notation, all);
    pictures(&mut blog);
    settings(&mut blog, which);
    blog
}

/// Puts a post somewhere, with the fields that say where it was.
fn place(post: &mut Post, which: usize) {
    let number = post.number;
    let section = ["posts", "news", "shop", "docs/deep", "Mixed Case"][number % 5];
    let name = match number % 12 {
        // Of the same name in each section.
        5 => "hello".to_owned(),
        7 if which == 2 => format!("{}-{}", post.day(), post.name()),
        _ => post.name(),
    };
    let is_bundle = number % 6 == 1;
    let lang = match (which, post.script.lang) {
        (1 | 2, lang @ ("ja" | "ar" | "ru")) => lang,
        _ => "en",
    };
    let root = if which == 1 { format!("content/{lang}") } else { "content".to_owned() };
    let end = if which == 2 && lang != "en" { format!(".{lang}") } else { String::new() };
    post.file = if is_bundle {
        format!("{root}/{section}/{name}/index{end}.md")
    } else {
        format!("{root}/{section}/{name}{end}.md")
    };
    if number.is_multiple_of(7) {
        post.list("aliases", &[&format!("/old/{number}/"), &format!("was-{number}")]);
    }
    if number % 11 == 4 {
        let url = [
            format!("/custom/{number}.html"),
            format!("/Own/{}/", post.title),
            format!("sub/{number}"),
        ];
        post.text("url", url[number % 3].clone());
    }
    if number % 9 == 2 {
        let slug = if number.is_multiple_of(2) {
            post.title.clone()
        } else {
            format!("Own Slug {number}")
        };
        post.text("slug", slug);
    }
    if number % 20 == 19 {
        post.raw("draft", "true");
        post.is_draft = true;
    }
    if number % 8 == 3 {
        post.list("categories", &[post.script.tags[2]]);
        post.text("description", format!("Said of {number}: {}", post.title));
    }
    if number % 10 == 6 && post.oddity != Oddity::NoDate {
        post.raw(if which == 0 { "lastmod" } else { "publishDate" }, "2019-05-06T07:00:00+02:00");
    }
    if which == 0 && number % 6 == 4 {
        post.field("params.mood", Value::Text("calm".to_owned()));
    }
}

/// A text above a list, and a translation.
fn more(all: &mut Vec<Post>, which: usize) {
    let root = if which == 1 { "content/en" } else { "content" };
    let mut section = Post::new(POSTS, Oddity::Zone);
    section.file = format!("{root}/Mixed Case/_index.md");
    section.text("title", "All");
    all.push(section);
    if which == 2 {
        let mut translation = Post::new(POSTS + 1, Oddity::Zone);
        translation.file = all[6].file.replace(".md", ".fr.md");
        translation.text("title", "Le texte");
        translation.raw("date", translation.day());
        all.push(translation);
    }
}

/// The language that a file is in by its place or its ending.
fn language(post: &Post) -> &'static str {
    let all = ["ja", "ar", "ru"];
    let is_it = |lang: &&&str| {
        post.file.starts_with(&format!("content/{lang}/"))
            || post.file.ends_with(&format!(".{lang}.md"))
    };
    all.iter().find(is_it).copied().unwrap_or("en")
}

/// A link, written as one of the ways that people use.
fn link(from: &Post, to: &Post, number: usize) -> Part {
    let label = format!("to {}", to.number);
    let path = to.file.trim_start_matches("content/");
    let up = "../".repeat(from.file.matches('/').count() - 1);
    let look = format!("[{label}](x)");
    let is_plain = to.file.is_ascii() && !to.file.contains([' ', '&', '+', '(', '%']);
    let source = match number % 4 {
        0 if is_plain => {
            // Without the folder of a language or the ending that says it.
            let (folders, lang) = (["en/", "ja/", "ar/", "ru/"], language(to));
            let place = folders.iter().find_map(|folder| path.strip_prefix(folder)).unwrap_or(path);
            let place = place.trim_end_matches(".md").trim_end_matches(&format!(".{lang}"));
            let place = place.trim_end_matches("/index");
            if lang == language(from) {
                format!("[{label}]({{{{< relref \"/{place}\" >}}}})")
            } else {
                format!("[{label}]({{{{< ref path=\"/{place}\" lang=\"{lang}\" >}}}})")
            }
        }
        1 => format!("[{label}][later]\n\n[later]: <{up}{path}>"),
        2 => format!("[{label}](<{up}{path}#part>)"),
        _ => format!(
            "[{label}]({up}{})",
            path.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
        ),
    };
    Part::new(source, look)
}

/// Pictures beside bundles, and in `static/`.
fn pictures(blog: &mut Blog) {
    blog.picture("static/img/shared.png", "shared");
    for number in (0..POSTS).step_by(3) {
        let (place, label) = (blog.posts[number].file.clone(), format!("pic {number}"));
        let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let is_bundle = place.rsplit('/').next().is_some_and(|name| name.starts_with("index."));
        let source = if is_bundle {
            blog.picture(&format!("{folder}/photo one.png"), &label);
            ["![§](<photo one.png>)", "![§](photo%20one.png \"Said\")"][number / 3 % 2].to_owned()
        } else {
            blog.picture(&format!("static/img/Foto {number} ü.png"), &label);
            let path = format!("/img/Foto%20{number}%20%C3%BC.png");
            match number % 4 {
                0 => format!(
                    "<img class=\"lazyload\" src=\"data:image/gif;base64,R0lG\" data-src=\"{path}\" alt=\"§\">"
                ),
                1 => format!(
                    "<img src=\"/img/shared.png\" srcset=\"/img/shared.png 300w, {path} 900w\" alt=\"§\">"
                ),
                2 => format!("![§](https://old.example{path})"),
                _ => format!("![§]({path})"),
            }
        };
        let post = &mut blog.posts[number];
        post.parts.push(Part::new(source.replace('§', &label), String::new()));
        post.pictures.push(label);
    }
}

fn settings(blog: &mut Blog, which: usize) {
    let common = "baseURL = \"https://old.example/\"\ntitle = \"Old\"\n[markup.goldmark.renderer]\nunsafe = true\n";
    let own = match which {
        0 => {
            "[permalinks]\nposts = \"/:year/:month/:slug/\"\nnews = \"/:year/:monthname/:day/:title/\"\n\
             shop = \"/:section/:contentbasename/\"\n"
        }
        1 => {
            "[languages.en]\nweight = 1\ncontentDir = \"content/en\"\n[languages.ja]\nweight = 2\n\
             contentDir = \"content/ja\"\n[languages.ar]\nweight = 3\ncontentDir = \"content/ar\"\n\
             [languages.ru]\nweight = 4\ncontentDir = \"content/ru\"\n"
        }
        _ => {
            "[frontmatter]\ndate = [\":filename\", \":default\"]\n[permalinks.page]\n\
             posts = \"/:year/:month/:day/:slugorcontentbasename/\"\n\"/\" = \"/:slug/\"\n\
             [languages.en]\nweight = 1\n[languages.ja]\nweight = 2\n[languages.ar]\nweight = 3\n\
             [languages.ru]\nweight = 4\n[languages.fr]\nweight = 5\n"
        }
    };
    let first = match which {
        0 => "",
        1 => "defaultContentLanguage = \"en\"\ndefaultContentLanguageInSubdir = true\n",
        _ => "defaultContentLanguage = \"en\"\nuglyURLs = false\ndisablePathToLower = true\n",
    };
    blog.add("hugo.toml", &format!("{first}{common}{own}"));
    blog.add("layouts/_default/single.html", "<h1>{{ .Title }}</h1>{{ .Content }}");
    blog.add("layouts/_default/list.html", "<h1>{{ .Title }}</h1>{{ .Content }}");
    for (name, template) in [
        ("gallery", "x"),
        ("lead", "{{ .Inner }}"),
        ("notice", "{{ .Inner }}"),
        ("cdn", "https://cdn.example"),
    ] {
        blog.add(&format!("layouts/shortcodes/{name}.html"), template);
    }
}
