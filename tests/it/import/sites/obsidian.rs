//! Three vaults of Obsidian: nested folders and names that come back; fields, names for links and callouts;
//! links as Markdown has them, and notes of days.

use super::blog::{Blog, Notation, Oddity, POSTS, Part, Post, posts};

const CALLS: [(&str, &str); 11] = [
    ("> [!faq]- Why *so*?\n> Because.", "> **Why *so*?**\n>\n> Because."),
    ("> [!danger]\n> No.", "> No."),
    (
        "> [!example|wide]+ Zum Beispiel\n> - one\n> - two",
        "> **Zum Beispiel**\n>\n> - one\n> - two",
    ),
    ("> [!quote] Jane\n> Said so.", "> **Jane**\n>\n> Said so."),
    ("Words ==marked== and #area/topic, #読書 too.", "Words marked and #area/topic, #読書 too."),
    ("Before %%hidden [[x]]%% after.", "Before  after."),
    (
        "A [[Note that is not there]] and [[Other one|another]].",
        "A Note that is not there and another.",
    ),
    ("![[missing.png|200]]", "`![[missing.png|200]]`"),
    ("Code `[[wiki]]` and `#tag` and `==x==`.", "Code `[[wiki]]` and `#tag` and `==x==`."),
    ("| a | b |\n|---|---|\n| [[Nowhere\\|x]] | `y` |", "| a | b |\n|---|---|\n| x | `y` |"),
    ("> [!multi] Eine\n> > [!todo] Zwei\n> > Inner", "> **Eine**\n>\n> > **Zwei**\n> >\n> > Inner"),
];

pub fn site(which: usize) -> Blog {
    let mut fast = fastrand::Rng::with_seed(500 + which as u64);
    let mut all = posts(&mut fast);
    for post in &mut all {
        place(post, which);
    }
    let files: Vec<String> = all.iter().map(|post| post.file.clone()).collect();
    for number in 0..POSTS {
        let to = (number * 7 + 3) % POSTS;
        let bare = files[to].rsplit_once('.').map_or("", |(bare, _)| bare);
        let name = bare.rsplit('/').next().unwrap_or(bare);
        let is_one = files
            .iter()
            .filter(|file| file.contains(&format!("/{name}.")) || file.starts_with(name))
            .count()
            == 1;
        let name = if is_one { name } else { bare };
        let label = format!("to {to}");
        let source = match (which, number % 5) {
            (2, 0 | 1) => {
                let up = "../".repeat(files[number].matches('/').count());
                let part = if number % 2 == 0 { format!("#Part%20{to}") } else { String::new() };
                format!(
                    "[{label}]({up}{}{part})",
                    files[to].replace(' ', "%20").replace('(', "%28").replace(')', "%29")
                )
            }
            (_, 1) => format!("[[{name}#Part {to}|{label}]]"),
            (_, 2) => format!("[[{bare}|{label}]]"),
            (_, 3) => format!("[[{name}#^block1|{label}]]"),
            _ => format!("[[{name}|{label}]]"),
        };
        let post = &mut all[number];
        post.parts.push(Part::new(source, format!("[{label}](x)")));
        post.links.push(to);
        for call in [number, number + 5] {
            let (source, look) = CALLS[call % CALLS.len()];
            post.parts.push(Part::new(source, look));
        }
        post.parts.push(Part::new(
            format!("A block in {number}. ^block1"),
            format!("A block in {number}."),
        ));
        post.parts.push(Part::same(format!("## Part {number}\n\nOf {number}.\n\n## End")));
    }
    let mut blog = Blog::new(Notation::Yaml, all);
    for number in (0..POSTS).step_by(3) {
        let label = format!("pic {number}");
        blog.picture(&format!("Anhänge/Foto {number} ü.png"), &label);
        let source = [
            format!("![[Foto {number} ü.png|{label}]]"),
            format!("![[Anhänge/Foto {number} ü.png|{label}|300]]"),
            format!("![{label}](<Anhänge/Foto {number} ü.png>)"),
            format!("![[Foto {number} ü.png|{label}|300x200]]"),
        ];
        let post = &mut blog.posts[number];
        post.parts.push(Part::new(source[number / 3 % 4].clone(), String::new()));
        post.pictures.push(label);
    }
    blog.add(".obsidian/app.json", "{}");
    blog
}

fn place(post: &mut Post, which: usize) {
    let (number, day) = (post.number, post.day());
    let folder = ["", "Notes/", "Notes/Tief/", "日記/", "Archive 2020/"][number % 5];
    let name = match (which, number % 12) {
        (_, 5) => "Index".to_owned(),
        (2, 3 | 4) => day,
        _ => post.name(),
    };
    let folder = if number % 12 == 5 { format!("{folder}{number}/") } else { folder.to_owned() };
    let end = if number % 15 == 4 { "markdown" } else { "md" };
    post.file = format!("{folder}{name}.{end}");
    // A note needs nothing above its text; what has no text is known by its title.
    if which != 1 && number % 3 > 0 && post.oddity != Oddity::NoText {
        post.fields.clear();
        if number % 4 == 1 {
            post.parts.insert(0, Part::new(format!("# {name}"), String::new()));
        }
    }
    if which == 1 && number % 4 == 0 {
        post.list("aliases", &[&format!("Alias, {number}"), &post.title.to_uppercase()]);
    }
    if which == 1 && number % 4 == 2 {
        post.text("cssclass", "wide");
        post.raw("publish", "true");
    }
}
