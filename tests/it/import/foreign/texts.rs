//! What stands in texts comes over: pictures, links, calls of templates.

use super::bring;
use crate::support::site::Site;

/// The head of a GIF file of one pixel, and something to tell it by.
fn picture(name: &str) -> String {
    format!("GIF89a\u{1}\0\u{1}\0{name}")
}

#[test]
fn pictures_come_along_and_links_lead_where_things_are_now() {
    let site = Site::new();
    site.write("static/img/a.png", &picture("ours"));
    site.write("old/hugo.toml", "baseURL = \"https://old.example.com/\"\n");
    site.write("old/static/img/a.png", &picture("theirs"));
    site.write("old/static/js/theme.js", "x");
    site.write("old/content/posts/bundle/photo one.png", &picture("one"));
    site.write(
        "old/content/posts/bundle/index.md",
        "---\ntitle: Bundle\ndate: 2020-01-02\n---\n![one](<photo one.png> \"Said\")\n\n![a](/img/a.png)\n\n\
         [second](/posts/second/#h) [abs](https://old.example.com/posts/second/) [rel](../second/)\n\
         [file](../second.md) <img src=\"/img/a.png\"> [out](https://else.example/) [b]\n\n[b]: /posts/second/\n",
    );
    site.write("old/content/posts/second.md", "---\ntitle: Second\ndate: 2020-01-03\n---\nText.\n");
    let told = bring(&site, "hugo");
    let text = site.read("content/articles/2020/01/bundle/index.md");
    for part in [
        "![one](<photo%20one.png> \"Said\")",
        "![a](/img/a-2.png)",
        "[second](@/articles/2020/01/second.md#h)",
        "[abs](@/articles/2020/01/second.md)",
        "[rel](@/articles/2020/01/second.md)",
        "[file](@/articles/2020/01/second.md)",
        "<img src=\"/img/a-2.png\">",
        "[out](https://else.example/)",
        "[b]: @/articles/2020/01/second.md",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(site.read("static/img/a.png"), picture("ours"));
    assert_eq!(site.read("static/img/a-2.png"), picture("theirs"));
    assert_eq!(site.read("content/articles/2020/01/bundle/photo one.png"), picture("one"));
    for part in ["static/img/a.png → static/img/a-2.png", "not copied: js (1)"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
}

#[test]
fn calls_of_templates_become_markdown() {
    let site = Site::new();
    site.write("tearsheet.toml", "[shortcodes]\nlead = \"**{inner}** ({0})\"\n");
    let post = |calls: &str| format!("---\ntitle: T\ndate: 2020-01-02\n---\n{calls}\n");
    site.write("old/content/posts/other.md", &post("Text."));
    site.write(
        "old/content/posts/a.md",
        &post(
            "{{< figure src=\"/a.png\" alt=\"alt\" caption=\"Said\" >}}\n\n{{< youtube w7Ft2ymGmfc >}}\n\n\
             {{< gist jane 123 >}} {{< vimeo 55073825 >}}\n\nSee {{< ref \"other.md\" >}} and [it]({{< relref \"/posts/other\" >}}).\n\n\
             {{< highlight go \"linenos=table\" >}}\nfmt.Println(\"{{</* x */>}}\")\n{{< /highlight >}}\n\n\
             {{% notice warning %}}\nMind *this*.\n{{% /notice %}}\n\n{{< details \"More\" >}}\nInner\n{{< /details >}}\n\n\
             {{< lead 7 >}}words{{< /lead >}}\n\n{{< gallery a b >}} {{< gallery c >}}\n\n```\n{{< kept >}}\n```\n\n\
             <iframe src=\"//www.youtube.com/embed/abc?x=1\"></iframe>",
        ),
    );
    let told = bring(&site, "hugo");
    let text = site.read("content/articles/2020/01/a.md");
    for part in [
        "![alt](/a.png \"Said\")",
        "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>",
        "<https://gist.github.com/jane/123> <https://vimeo.com/55073825>",
        "See [T](@/articles/2020/01/other.md) and [it](@/articles/2020/01/other.md).",
        "```go\nfmt.Println(\"{{</* x */>}}\")\n```",
        "> [!WARNING]\n> Mind *this*.",
        "<details><summary>More</summary>\n\nInner\n\n</details>",
        "**words** (7)",
        "`{{< gallery a b >}}` `{{< gallery c >}}`",
        "```\n{{< kept >}}\n```",
        "<https://www.youtube.com/watch?v=abc>",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(told.contains("gallery (2)") && told.contains("iframe (1)"), "{told}");

    let site = Site::new();
    site.write("old/_posts/2020-01-03-other.md", &post("Text."));
    site.write(
        "old/_posts/2020-01-02-a.md",
        &post(
            "{% highlight ruby linenos %}\nputs \"{{ x }}\"\n{% endhighlight %}\n\n{% raw %}{{ shown }}{% endraw %}\n\n\
             [l]({% post_url 2020-01-03-other %}) [m]({{ site.baseurl }}{% link _posts/2020-01-03-other.md %}) {% post_url 2020-01-03-other %}\n\n\
             {% include figure image_path=\"/a.png\" alt=\"alt\" caption=\"Said\" %}\n\n{% include youtube.html id=\"abc\" %}\n\n\
             * TOC\n{:toc}\n\n![pic]({{ site.url }}/b.png){: .wide }\n\n{% if x %}y{% endif %}",
        ),
    );
    bring(&site, "jekyll");
    let text = site.read("content/articles/2020/01/a.md");
    for part in [
        "```ruby\nputs \"{{ x }}\"\n```",
        "{{ shown }}",
        "[l](@/articles/2020/01/other.md) [m](@/articles/2020/01/other.md) [T](@/articles/2020/01/other.md)",
        "![alt](/a.png \"Said\")",
        "<https://www.youtube.com/watch?v=abc>",
        "![pic](/b.png)\n",
        "`{% if x %}`y`{% endif %}`",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("toc}") && !text.contains("* TOC"), "{text}");
    let page = site.read("public/2020/01/02/a/index.html");
    assert!(!page.split("<main").next().expect("a head").contains("{%"), "{page}");
    assert!(text.contains("lang: en") && !text.contains("companies"), "{text}");
}

#[test]
fn posts_in_html_keep_their_links_and_pictures() {
    let site = Site::new();
    site.write("old/assets/a.png", "png");
    site.write("old/_posts/2020-01-03-other.md", "---\ntitle: Other\n---\nText.\n");
    site.write(
        "old/_posts/2020-01-02-a.html",
        "---\ntitle: A\ndescription: \"{% x %}\"\n---\n<p>See <a href=\"/2020/01/03/other.html\">this</a>,\n<a href=\"#x\">here</a> and <img src=\"/assets/a.png\" alt=\"pic\">.</p>\n\n<table><tr><th>a</th></tr><tr><td>1</td></tr></table>\n<ul><li>one<li>two</ul>\n",
    );
    bring(&site, "jekyll");
    let text = site.read("content/articles/2020/01/a.md");
    for part in [
        "See [this](@/articles/2020/01/other.md), [here](#x) and ![pic](/assets/a.png).",
        "- one\n- two",
        "summary: \"{% x %}\"",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("\nsummary:") && site.read("static/assets/a.png") == "png", "{text}");
}

#[test]
fn a_vault_comes_over_with_its_links() {
    let site = Site::new();
    site.write("old/.obsidian/app.json", "{}");
    site.write("old/Attachments/my pic.png", &picture("pic"));
    site.write(
        "old/Notes/Main note.md",
        "---\naliases: [Hub, \"The, centre\"]\ntags: area/topic, two\n---\n\
         See [[Other]], [[Notes/Other|the near one]], [[Far/Other#A heading|far]], [[Hub]], [[Nothing yet]].\n\n\
         ![[my pic.png|300]] ![[my pic.png|A picture]]\n\n> [!faq]- Why?\n> Because.\n\n> [!danger]\n> No.\n\n\
         A line with ==marked== words and #intext tag, `#code` %%hidden%%. ^block1\n\n![[Far/Other#A heading]]\n\n| a | b |\n|---|---|\n| [[Other\\|x]] | y |\n",
    );
    site.write("old/Notes/Other.md", "Near. [[#^none]] [[Main note#^block1]]\n");
    site.write(
        "old/Far/Other.markdown",
        "# Other\n\nTop.\n\n## A heading\n\nFar away.\n\n## Next\n\nNot shown.\n",
    );
    site.write("old/2022-05-23.md", "A day.\n");
    bring(&site, "obsidian");
    let text = site.read("content/articles/undated/main-note.md");
    for part in [
        "title: \"Main note\"",
        "tags: [area/topic, two, intext]",
        "[Other](@/articles/undated/other-2.md)",
        "[the near one](@/articles/undated/other-2.md)",
        "[far](@/articles/undated/other.md#a-heading)",
        "[Hub](@/articles/undated/main-note.md)",
        ", Nothing yet.",
        "<img src=\"/Attachments/my%20pic.png\" alt=\"\" width=\"300\">",
        "![A picture](/Attachments/my%20pic.png)",
        "> [!NOTE]\n> **Why?**\n> \n> Because.",
        "> [!CAUTION]\n> No.",
        "<mark>marked</mark> words",
        "<a id=\"block-block1\"></a>",
        "> Far away.",
        "| [x](@/articles/undated/other-2.md) | y |",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("hidden") && !text.contains("Not shown"), "{text}");
    assert!(
        site.read("content/articles/undated/other-2.md")
            .contains("(@/articles/undated/main-note.md#block-block1)")
    );
    assert!(site.read("content/articles/2022/05/2022-05-23.md").contains("date: 2022-05-23"));
    let check = site.run(&["build", "--strict"]);
    assert_eq!(check.code, 0, "{}", check.err);
}
