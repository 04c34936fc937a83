//! Three sites of Jekyll: addresses that end in a slash, with drafts and pages; categories as folders, with a
//! collection; a form of its own, in folders below `_posts`.

use super::blog::{Blog, Notation, POSTS, Part, Post, posts};

const CALLS: [(&str, &str); 14] = [
    (
        "{% highlight ruby linenos %}\nputs \"#{x}\" # <T>\n{% endhighlight %}",
        "```ruby\nputs \"#{x}\" # <T>\n```",
    ),
    ("Shown: `{% raw %}{{ page.title }}{% endraw %}`.", "Shown: `{{ page.title }}`."),
    (
        "```liquid\n{% raw %}{% if x %}{{ y }}{% endif %}{% endraw %}\n```",
        "```liquid\n{% if x %}{{ y }}{% endif %}\n```",
    ),
    (
        "{% include youtube.html id=\"w7Ft2ymGmfc\" %}",
        "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>",
    ),
    (
        "Words {% include gallery.html of=\"a b\" %} around.",
        "Words `{% include gallery.html of=\"a b\" %}` around.",
    ),
    (
        "{% include figure.html src=\"/assets/shared.png\" alt=\"Alt\" caption=\"Said of it\" %}",
        "Said of it",
    ),
    ("Site {{ site.title }} and {{ site.data.x.y }}.", "Site Old and `{{ site.data.x.y }}`."),
    (
        "{% if site.x %}yes{% else %}no{% endif %}.",
        "`{% if site.x %}`yes`{% else %}`no`{% endif %}`.",
    ),
    (
        "{% for tag in site.tags %}{{ tag[0] }}{% endfor %} end.",
        "`{% for tag in site.tags %}` `{{ tag[0] }}` `{% endfor %}` end.",
    ),
    ("Before.{% comment %} hidden {{ x }} {% endcomment %} After.", "Before. After."),
    (
        "A paragraph with a class.\n{: .lead #intro }\n\n[out](https://example.org){:target=\"_blank\"}",
        "A paragraph with a class.\n\n[out](https://example.org)",
    ),
    (
        "<a href=\"{{ page.source }}\">here</a> and [there]({{ site.data.x }}) or ![p]({{ site.cdn }}/a.png)",
        "here and there or",
    ),
    ("{%- include gallery.html -%} at once", "`{%- include gallery.html -%}` at once"),
    ("* TOC\n{:toc}\n\nBelow the contents.", "Below the contents."),
];

pub fn site(which: usize) -> Blog {
    let mut fast = fastrand::Rng::with_seed(300 + which as u64);
    let mut all = posts(&mut fast);
    for post in &mut all {
        place(post, which);
    }
    for number in 0..POSTS {
        let to = (number * 7 + 3) % POSTS;
        let link = link(&all[to], number);
        let post = &mut all[number];
        if let Some(link) = link {
            post.parts.push(link);
            post.links.push(to);
        }
        for call in [number, number + 5] {
            let (source, look) = CALLS[call % CALLS.len()];
            post.parts.push(Part::new(source, look));
        }
    }
    let mut blog = Blog::new(Notation::Yaml, all);
    pictures(&mut blog, which);
    let own = [
        "permalink: pretty\n",
        "collections:\n  recipes:\n    output: true\n  talks:\n    output: true\n    permalink: /t/:name/\n",
        "permalink: /:categories/:year/:i_month/:title\nbaseurl: /b\n",
    ];
    let defaults = "defaults:\n  - scope: { path: \"\" }\n    values: { layout: default }\n";
    let more = if which == 1 {
        "  - scope: { path: \"news\", type: posts }\n    values: { permalink: \"/n/:year/:title/\" }\n"
    } else {
        ""
    };
    blog.add(
        "_config.yml",
        &format!("title: Old\nurl: https://old.example\n{}{defaults}{more}", own[which]),
    );
    blog.add("_layouts/default.html", "<h1>{{ page.title }}</h1>{{ content }}");
    for name in ["youtube", "gallery", "figure"] {
        blog.add(&format!("_includes/{name}.html"), "x");
    }
    blog
}

fn place(post: &mut Post, which: usize) {
    let (number, day, name) = (post.number, post.day(), post.name());
    let name = if number % 12 == 5 { "hello".to_owned() } else { name };
    // What is drawn up or written in a collection has no day in its name.
    post.file = match (which, number % 10) {
        (0, 9) => format!("_drafts/{name}.md"),
        (0, 7) => format!("{name}.md"),
        (0, 8) => format!("Seiten/{name}/index.md"),
        (1, 0) => format!("_recipes/{name}.md"),
        (1, 1) => format!("_talks/deep/{name}.markdown"),
        (1, 2) => format!("news/_posts/{day}-{name}.md"),
        (1, 3) => format!("Größe/tech/_posts/{day}-{name}.md"),
        (2, 4 | 5) => format!("_posts/sub/folder/{day}-{name}.markdown"),
        (2, 6) => format!("_posts/{}-{name}.md", day.replace("-0", "-")),
        _ => format!("_posts/{day}-{name}.md"),
    };
    post.is_draft = post.file.starts_with("_drafts");
    if number % 4 == 1 {
        post.list("categories", &[post.script.tags[2], "Big News"]);
    } else if number % 8 == 2 {
        post.text("category", "Side Notes");
    } else if number % 8 == 6 {
        post.text("categories", "two words");
    }
    if number % 11 == 4 {
        let own = [
            format!("/custom/{number}.html"),
            format!("/Eigene/{}/", post.title),
            "/p/:year/:title/".to_owned(),
        ];
        post.text("permalink", own[number % 3].clone());
    }
    if number % 9 == 2 {
        post.text("slug", format!("Own Slug {number}"));
    }
    if number % 20 == 13 {
        post.raw("published", "false");
        post.is_draft = true;
    }
    if number % 8 == 3 {
        post.text("excerpt", format!("Said of {number}."));
        post.text("author", "Jane Roe");
    }
}

fn link(to: &Post, number: usize) -> Option<Part> {
    let label = format!("to {}", to.number);
    let bare = to.file.rsplit_once('.').map_or("", |(bare, _)| bare);
    let is_plain = to.file.is_ascii() && !to.file.contains([' ', '&', '+', '(', '%', ',']);
    let post = bare.split_once("_posts/").map(|(before, name)| format!("{before}{name}"));
    // Jekyll knows only what it publishes.
    let is_plain = is_plain && !to.is_draft;
    let source = match (post, number % 3) {
        (Some(post), 0 | 1) if is_plain => format!("[{label}]({{% post_url {post} %}})"),
        (Some(post), _) if is_plain => {
            format!("[{label}]({{{{ site.baseurl }}}}{{% post_url {post} %}}#part)")
        }
        _ if is_plain => format!("[{label}][later]\n\n[later]: {{% link {} %}}", to.file),
        _ => return None,
    };
    Some(Part::new(source, format!("[{label}](x)")))
}

fn pictures(blog: &mut Blog, which: usize) {
    blog.picture("assets/shared.png", "shared");
    let base = if which == 2 { "/b" } else { "" };
    for number in (0..POSTS).step_by(3) {
        let label = format!("pic {number}");
        blog.picture(&format!("assets/img/Foto {number} ü.png"), &label);
        let source = match number / 3 % 4 {
            0 => format!("![§]({{{{ site.baseurl }}}}/assets/img/Foto%20{number}%20%C3%BC.png)"),
            1 => format!(
                "![§]({{{{ \"/assets/img/Foto%20{number}%20ü.png\" | relative_url }}}}){{: .wide width=\"300\" }}"
            ),
            2 => format!(
                "<img src=\"{{{{ site.url }}}}{{{{ site.baseurl }}}}/assets/img/Foto {number} ü.png\" alt=\"§\">"
            ),
            _ => format!("![§]({base}/assets/img/Foto%20{number}%20ü.png)"),
        };
        let post = &mut blog.posts[number];
        post.parts.push(Part::new(source.replace('§', &label), String::new()));
        post.pictures.push(label);
    }
}
