//! Three sites of Pelican: its own addresses, with folders as categories; forms with days and categories, and
//! names instead of titles; fields and days in names, with pages and languages.

use super::blog::{Blog, Notation, POSTS, Part, Post, Value, posts};

pub fn site(which: usize) -> Blog {
    let mut fast = fastrand::Rng::with_seed(400 + which as u64);
    let mut all = posts(&mut fast);
    for post in &mut all {
        place(post, which);
    }
    for number in 0..POSTS {
        let to = (number * 7 + 3) % POSTS;
        let path = all[to].file.trim_start_matches("content/").to_owned();
        let up = "../".repeat(all[number].file.matches('/').count() - 1);
        let label = format!("to {to}");
        let encoded = path.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
        let source = match number % 4 {
            0 => format!("[{label}]({{filename}}/{encoded})"),
            1 => format!("[{label}]({{filename}}{up}{encoded}#part)"),
            2 => format!("[{label}](|filename|/{encoded})"),
            _ => format!("[{label}][later]\n\n[later]: {{filename}}/{encoded}"),
        };
        let post = &mut all[number];
        post.parts.push(Part::new(source, format!("[{label}](x)")));
        post.links.push(to);
        if number % 5 == 2 {
            let lists = "All in [this tag]({tag}Reise), [here]({category}news), by [her]({author}Jane%20Roe), [home]({index}).";
            post.parts
                .push(Part::new(lists, "All in [this tag](x), [here](x), by [her](x), [home](x)."));
        }
        if number % 5 == 3 {
            post.parts.push(Part::same("Braces `{{ x }}` and `{filename}` in code."));
        }
    }
    let mut blog = Blog::new(if which == 2 { Notation::FencedLines } else { Notation::Lines }, all);
    pictures(&mut blog);
    settings(&mut blog, which);
    blog
}

fn place(post: &mut Post, which: usize) {
    let (number, name) = (post.number, post.name());
    let folder = ["", "news/", "Große Reise/", "misc/deep/"][number % 4];
    let (folder, name) = if number % 12 == 5 {
        (format!("{folder}{number}/"), format!("hello{}", ["", "", &format!("-{number}")][which]))
    } else {
        (folder.to_owned(), name)
    };
    let name = if which == 2 { format!("{}_{name}", post.day()) } else { name };
    let is_page = number % 10 == 9;
    post.file = if is_page {
        format!("content/pages/{name}.md")
    } else {
        format!("content/{folder}{name}.md")
    };
    if number % 9 == 2 {
        post.text("slug", format!("own-slug-{number}"));
    }
    if number % 7 == 1 {
        post.text("category", post.script.tags[0]);
    }
    if number % 8 == 3 {
        post.text("author", "Jane Roe");
        post.text("summary", format!("Said of {number}."));
    }
    if number % 20 == 13 {
        post.text("status", "draft");
        post.is_draft = true;
    }
    if number % 11 == 4 {
        post.text("lang", post.script.lang);
    }
    if number % 13 == 6 {
        post.text("url", format!("custom/{number}/"));
        post.text("save_as", format!("custom/{number}/index.html"));
    }
    // Pelican wants a day of every article.
    if which == 2 {
        post.fields.retain(|(key, _)| *key != "date");
        post.fields.iter_mut().for_each(|(_, value)| {
            if let Value::List(all) = value {
                *value = Value::Text(all.join(", "));
            }
        });
    }
}

fn pictures(blog: &mut Blog) {
    for number in (0..POSTS).step_by(3) {
        let label = format!("pic {number}");
        let folder =
            blog.posts[number].file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let source = match number / 3 % 3 {
            0 => {
                blog.picture(&format!("content/images/Foto {number} ü.png"), &label);
                format!("![§]({{static}}/images/Foto%20{number}%20ü.png)")
            }
            1 => {
                blog.picture(&format!("{folder}/near {number}.png"), &label);
                format!("![§]({{attach}}near%20{number}.png)")
            }
            _ => {
                blog.picture(&format!("content/images/Foto {number} ü.png"), &label);
                format!("<img alt=\"§\" src=\"{{static}}/images/Foto {number} ü.png\">")
            }
        };
        let post = &mut blog.posts[number];
        post.parts.push(Part::new(source.replace('§', &label), String::new()));
        post.pictures.push(label);
    }
}

fn settings(blog: &mut Blog, which: usize) {
    let common = "SITENAME = 'Old'\nSITEURL = 'https://old.example'\nPATH = 'content'\nTHEME = 'theme'\n\
                  TIMEZONE = 'UTC'\nAUTHOR = 'Jane'\nDEFAULT_LANG = 'en'\nRELATIVE_URLS = False\n";
    let own = [
        "",
        "SLUGIFY_SOURCE = 'basename'\nARTICLE_URL = '{category}/{date:%Y}/{date:%b}/{date:%d}/{slug}/'\n\
         ARTICLE_SAVE_AS = '{category}/{date:%Y}/{date:%b}/{date:%d}/{slug}/index.html'\n\
         PAGE_URL = 'p/{slug}/'\nPAGE_SAVE_AS = 'p/{slug}/index.html'\n",
        "FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)'\nUSE_FOLDER_AS_CATEGORY = False\n\
         DEFAULT_CATEGORY = 'Vermischtes'\nARTICLE_URL = 'posts/{date:%Y}/{category}/{slug}.html'\n\
         ARTICLE_SAVE_AS = 'posts/{date:%Y}/{category}/{slug}.html'\n\
         ARTICLE_LANG_URL = '{lang}/{slug}/'\nARTICLE_LANG_SAVE_AS = '{lang}/{slug}/index.html'\n",
    ];
    blog.add("pelicanconf.py", &format!("{common}{}", own[which]));
    for name in [
        "index",
        "archives",
        "categories",
        "category",
        "tags",
        "tag",
        "authors",
        "author",
        "period_archives",
    ] {
        blog.add(&format!("theme/templates/{name}.html"), "A list");
    }
    blog.add("theme/templates/article.html", "<h1>{{ article.title }}</h1>{{ article.content }}");
    blog.add("theme/templates/page.html", "<h1>{{ page.title }}</h1>{{ page.content }}");
    blog.add("theme/static/x.css", "");
}
