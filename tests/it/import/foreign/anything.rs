//! Whatever people write, import reads it and build accepts what became of it.

use super::{bring, yaml};
use crate::support::site::Site;

/// Titles, tags and dates that front matter trips over.
const TRAPS: [&str; 24] = [
    "D: Dive",
    "- dash",
    "a, b",
    "# hash",
    "[x]",
    "{y}",
    "'quoted'",
    "say \"hi\"",
    "no",
    "null",
    "2020-01-01",
    "1e3",
    "@at",
    "`code`",
    "%pc",
    "&anchor",
    "*alias",
    "!tag",
    "| bar",
    "> more",
    "tail:",
    "日本語：題",
    "Ünïcode’s — end",
    "back\\slash",
];

/// Lines of front matter that are broken or strange, each in its own way.
const STRANGE: [&str; 14] = [
    "title: A: B: C",
    "title: twice\ntitle: again",
    "date: 2021-02-31",
    "date: 0001-01-01T00:00:00Z",
    "date: 99999-01-01",
    "date: tomorrow",
    "tags:\n\t- tabbed",
    "summary: >\n  folded\n  text\nweight: 3",
    "title: \"over\n  two lines\"",
    "author: &me Jane\ncopyright: *me",
    "aliases: [/, /x/, ../y, \"/a b/\", \"?p=1\"]",
    "companies: [Not An Id, Ünï]\nrights: All rights reserved\nlang: klingonisch",
    "source: [a, b]\npartnerships: none\nstory: [1]\npassages: 3\nsplit: maybe\ncomponents: 7",
    "draft: perhaps\nslug: [a]\nextra: text\nimported: yesterday",
];

fn traps(fast: &mut fastrand::Rng) -> &'static str {
    TRAPS[fast.usize(..TRAPS.len())]
}

#[test]
fn what_import_writes_build_accepts() {
    for (number, generator) in ["hugo", "zola", "jekyll", "pelican", "obsidian"].iter().enumerate()
    {
        let site = Site::new();
        let mut fast = fastrand::Rng::with_seed(number as u64 + 7);
        let mut count = 0;
        for at in 0..60 {
            let day = format!("{}-{:02}-{:02}", 2018 + at % 3, 1 + at % 12, 1 + at % 28);
            let (a, b, c) = (traps(&mut fast), traps(&mut fast), traps(&mut fast));
            let strange = STRANGE[fast.usize(..STRANGE.len())];
            let is_plain = fast.bool();
            let usual = format!(
                "title: {}\ndate: {day}\ntags: [{}, {}]\naliases: [/same/, /{at}/]\nx-{at}: {}\n",
                yaml(a),
                yaml(b),
                yaml(c),
                yaml(c)
            );
            let front = match (*generator, is_plain) {
                ("zola", _) => format!(
                    "+++\ntitle = {}\ndate = {day}\n[taxonomies]\ntags = [{}, {}]\n[extra]\nk = {}\n+++\n",
                    yaml(a),
                    yaml(b),
                    yaml(c),
                    yaml(c)
                ),
                ("pelican", _) => {
                    format!("Title: {a}\nDate: {day}\nTags: {b}, {c}\nSlug: s{}\n\n", at % 50)
                }
                (_, true) => format!("---\n{usual}---\n"),
                (_, false) => format!("---\n{strange}\n---\n"),
            };
            let body = format!("{a} and **{b}**\n\n> {c}\n\n    code {{{{< x >}}}}\n\n“End”\n");
            // Names that come back in several folders.
            let name = format!("n{}", at % 20);
            let path = match *generator {
                "hugo" | "zola" | "pelican" => format!("old/content/{}/{name}.md", at / 20),
                "jekyll" => format!("old/{}/_posts/{day}-{name}.md", at / 20),
                _ => format!("old/{}/{name}.md", at / 20),
            };
            site.write(&path, &format!("{front}{body}"));
            count += 1;
        }
        let told = bring(&site, generator);
        assert!(told.contains(&format!("imported {count} of {count} posts")), "{told}");
        let again = site.run(&["import", "--from", generator, "old"]);
        assert!(again.err.contains(&format!("({count} already here")), "{}", again.err);
    }
}

/// What other programs' texts are made of, for putting together in any order.
const PIECES: [&str; 56] = [
    "---\n",
    "+++\n",
    "title: A: B\n",
    "title = \"x\"\n",
    "tags:\n  - a\n  - - b\n",
    "date: 2020-01-01T99\n",
    "{\"title\": 1}\n",
    "\n\n",
    "{{< figure src=\"a b.png\" >}}",
    "{{% notice %}}",
    "{{% /notice %}}",
    "{{</* x */>}}",
    "{{<",
    ">}}",
    "{%",
    "%}",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight x %}",
    "{% endhighlight %}",
    "{{ \"a\" | relative_url }}",
    "{% include x.html a=\"",
    "[[",
    "]]",
    "![[a|1]]",
    "[[a#^b]]",
    "![[b]]",
    "> [!x]- T\n",
    "==",
    "%%",
    " ^id\n",
    "#tag/x ",
    "`",
    "```\n",
    "~~~\n",
    "“Hi”",
    "新年、**真，**她",
    "مرحبا",
    "🎉",
    "[a](b \"c)",
    "![](/x.png)",
    "[r]: <",
    "<iframe src=\"//e.org\">",
    "</iframe>",
    "<script>",
    "<T>",
    "&amp;",
    "|a|b|\n|-|-|\n",
    "1. ",
    "    ",
    "\t",
    "\r\n",
    "\u{feff}",
    "{: .x }",
    "\u{200b}",
    "Title: x\nDate: 2020-01-01\n",
];

#[test]
fn texts_of_other_programs_are_read_whatever_is_in_them() {
    use std::collections::BTreeMap;
    use tearsheet::import::article::ImportContext;
    use tearsheet::import::foreign::{self, AddressMap, Files, Program};
    use tearsheet::model::{Language, Rights};
    use tearsheet::understand::companies::Gazetteer;
    let mut fast = fastrand::Rng::with_seed(28);
    let gazetteer = Gazetteer::new(&[]);
    let setting = ImportContext { rights: Rights::Full, retrieved: None };
    let programs =
        [Program::Hugo, Program::Zola, Program::Jekyll, Program::Pelican, Program::Obsidian];
    for round in 0..400 {
        let program = programs[round % programs.len()];
        let mut files = Files::default();
        for name in ["a", "b", "2020-01-02-c", "d.de"] {
            let count = fast.usize(0..24);
            let mut text = String::from(if fast.bool() { "---\ntitle: A\n---\n" } else { "" });
            (0..count).for_each(|_| text.push_str(PIECES[fast.usize(..PIECES.len())]));
            let folder = if program == Program::Jekyll { "_posts" } else { "content" };
            files.add_text(format!("{folder}/{name}.md"), &text);
        }
        files.add_text("_config.yml".to_owned(), PIECES[fast.usize(..PIECES.len())]);
        let site = foreign::Site::new(program, files);
        let posts: BTreeMap<String, String> = site
            .posts
            .iter()
            .map(|post| (post.name.clone(), format!("articles/{}.md", post.slug)))
            .collect();
        let none = BTreeMap::new();
        let moved = AddressMap::new(&site, &posts, &none, &none);
        for post in &site.posts {
            let (body, _) = foreign::text(&moved, post).expect("no text is too large");
            let found = post.imported(body, &Language::english(), &gazetteer, &setting);
            let text = tearsheet::import::markdown::file(&found.article);
            let source = tearsheet::source::Source::new("content/articles/x.md", &text);
            let config = tearsheet::config::config(None).0;
            let (_, told) = tearsheet::parse::article::article(&source, &config);
            let errors: Vec<_> =
                told.iter().filter(|d| d.is_error()).map(|d| d.render(false)).collect();
            assert!(errors.is_empty(), "{errors:?}\n{text}");
        }
    }
}
