//! Who wrote a saved page, when, and what it is called: the kinds that readers of metadata alone lose.

use tearsheet::import::html::{self, Page, page};
use tearsheet::understand::companies::Gazetteer;

const TEXT: &str = "<p>The two makers said on Tuesday that they would build cameras together, and \
    that the first of them would be sold in the summer of the following year.</p>\
    <p>Analysts had waited for such a step for months, since both makers had been looking for a \
    partner after their earlier agreements ran out without any result at all.</p>";

fn read_from(before: &str, head: &str, body: &str) -> Page {
    let html = format!(
        "{before}<html><head><title>Cameras</title>{head}</head><body><article><h1>Cameras</h1>{body}</article></body></html>"
    );
    page(html.as_bytes(), None, None, &Gazetteer::new(&[])).expect("a page")
}

fn check_authors(head: &str, body: &str, expected: &[&str]) {
    assert_eq!(read_from("", head, &format!("{body}{TEXT}")).authors, expected, "{head} {body}");
}

fn check_day(head: &str, body: &str, expected: Option<&str>) {
    let day = read_from("", head, body).date.map(|(date, _)| date.to_string());
    assert_eq!(day.as_deref(), expected, "{head} {body}");
}

fn meta(name: &str, content: &str) -> String {
    format!("<meta name=\"{name}\" content=\"{content}\">")
}

fn json_ld(json: &str) -> String {
    format!("<script type=\"application/ld+json\">{json}</script>")
}

#[test]
fn the_remark_of_a_browser_tells_the_address() {
    let remark = "<!-- saved from url=(0043)https://paper.example/2021/05/04/makers.html -->\n";
    let read = read_from(remark, "", TEXT);
    assert_eq!(read.address.as_deref(), Some("https://paper.example/2021/05/04/makers.html"));
    assert_eq!(read.date.map(|(date, _)| date.to_string()).as_deref(), Some("2021-05-04"));
    let nowhere = read_from("<!-- saved from url=(0014)about:internet -->\n", "", TEXT);
    assert_eq!(nowhere.address, None);
    // A dozen warnings of a server may stand between it and the page.
    let warnings =
        "<br />\n<b>Deprecated</b>: something in <b>/www/docs/start.php</b>\n".repeat(40);
    let page = format!("{remark}{warnings}<!DOCTYPE html><html><p>Text.</p></html>");
    assert!(html::is_page(page.as_bytes()));
}

#[test]
fn authors_are_told_in_many_places() {
    check_authors(&meta("cXenseParse:author", "Jane Roe"), "", &["Jane Roe"]);
    // The table for Twitter, in the language of the blog.
    let table = meta("twitter:label1", "Verfasst von") + &meta("twitter:data1", "Jane Roe");
    check_authors(&table, "", &["Jane Roe"]);
    let other = meta("twitter:label1", "Lesezeit") + &meta("twitter:data1", "Drei Minuten");
    check_authors(&other, "", &[]);
    // A page that is not called an article.
    let graph = "{\"@graph\":[{\"@type\":\"WebPage\",\"author\":{\"@id\":\"/#jane\"}},\
        {\"@type\":[\"Person\"],\"@id\":\"/#jane\",\"name\":\"Jane R\"}]}";
    check_authors(&json_ld(graph), "", &["Jane R"]);
    // JSON hidden from readers of XML.
    let hidden = "<![CDATA[ {\"@type\":\"Article\",\"author\":{\"name\":\"Jane Roe\"}} ]]>";
    check_authors(&json_ld(hidden), "", &["Jane Roe"]);
    // Works that a paper cites have authors of their own.
    let cited = meta("citation_author", "Jane Roe") + &meta("author", "M. Moe, A. Poe");
    check_authors(&cited, "", &["Jane Roe"]);
    // A name may hold that of an agency for pictures, and an address of mail is none.
    check_authors(&meta("author", "Mark Sigetty"), "", &["Mark Sigetty"]);
    check_authors(&meta("author", "Jane Roe | jroe@paper.example"), "", &["Jane Roe"]);
}

#[test]
fn names_of_people_go_before_those_of_desks_and_accounts() {
    let anchor = "<a rel=\"author\" href=\"/a\">Jane Roe</a>";
    for nobody in ["Camera Team", "admin", "jane_roe", "WP", "Weekly Paper Staff"] {
        let head =
            meta("author", nobody) + "<meta property=\"og:site_name\" content=\"Weekly Paper\">";
        check_authors(&head, anchor, &["Jane Roe"]);
        check_authors(&head, "", &[nobody]);
    }
    // A first name, and the whole of it where readers look.
    check_authors(&meta("author", "Jane"), "<p>A column by Jane Roe</p>", &["Jane Roe"]);
    check_authors(&meta("author", "Jane"), "<p>A column by Max Moe</p>", &["Jane"]);
}

#[test]
fn what_stands_behind_a_name_is_no_name() {
    for (told, name) in [
        ("Jane Roe, MD, Senior Reporter", "Jane Roe"),
        ("Jane Roe jroe@paper.example", "Jane Roe"),
        ("Ren&amp;#233; Roe", "René Roe"),
        ("이용민 기자", "이용민"),
    ] {
        check_authors(&meta("author", told), "", &[name]);
    }
    let house = "<meta property=\"og:site_name\" content=\"Weekly Paper\">";
    let both = meta("author", "Jane Roe") + &meta("byline", "Weekly Paper") + house;
    check_authors(&both, "", &["Jane Roe"]);
}

#[test]
fn lines_name_authors_in_many_ways() {
    let line = |text: &str| format!("<div class=\"info\">{text}</div>");
    check_authors(
        "",
        &line("by JANE ROE, JOE DOE and ANN POE"),
        &["Jane Roe", "Joe Doe", "Ann Poe"],
    );
    check_authors("", &line("Posted on September 21, 2020 by Jane Roe"), &["Jane Roe"]);
    check_authors("", &line("By Jane Roe on 3 May 2022"), &["Jane Roe"]);
    check_authors("", &line("04.02.2022 | 13:10 | Jane Roe"), &["Jane Roe"]);
    check_authors("", &line("Lenses | Optics | Jena Works"), &[]);
    check_authors("", &line("Autorin/Autor Jane Roe"), &["Jane Roe"]);
    check_authors("", &line("by Jane Roe<b>Monday</b>, 5 March"), &["Jane Roe"]);
    check_authors("", "<figure><span class=\"byline\">Max Moe</span></figure>", &[]);
    check_authors("", &line("Photo by Jane Roe"), &[]);
    check_authors("", "<div class=\"meta-links\"><a href=\"/e\">Easy Words</a></div>", &[]);
    let links =
        "<span><a href=\"/author/j\">Jane Roe</a> &amp; <a href=\"/author/k\">Joe Doe</a></span>";
    check_authors("", links, &["Jane Roe", "Joe Doe"]);
    let signed = format!("{TEXT}{TEXT}<p>Authors: Jane Roe and Joe Doe</p>");
    assert_eq!(read_from("", "", &signed).authors, ["Jane Roe", "Joe Doe"]);
}

#[test]
fn a_day_may_be_told_behind_its_label_or_behind_the_text() {
    let label =
        format!("{TEXT}<div><b>Published on:</b><h5>4 May 2021</h5><p>Two makers</p></div>");
    check_day("", &label, Some("2021-05-04"));
    // Far from the headline.
    let text = format!("{TEXT}{}", "<div>Lens</div>".repeat(30));
    let time = "<time datetime=\"2021-05-04T09:00:00.0000000Z\">Tuesday</time>";
    check_day("", &format!("{text}{time}"), Some("2021-05-04"));
    // Of several nobody knows which it is.
    let other = "<time datetime=\"2021-06-04\">June</time>";
    check_day("", &format!("{text}{time}{other}"), None);
    // A change is not the publication, which may have been earlier.
    let update = format!("{text}<p>Last updated: 4 May 2021</p>");
    check_day("", &update, Some("2021-05-04?"));
    check_day("", &format!("{update}{time}"), Some("2021-05-04"));
    // Blogs and networks link the day of a post to the post.
    let own = "https://paper.example/2021/lens";
    let head = format!("<link rel=\"canonical\" href=\"{own}\">");
    let page = |link: &str| {
        let link = format!("<p><a href=\"{link}\" title=\"8:27 AM - 4 May 2021\">May 4</a></p>");
        format!("{text}{link}<a href=\"/other\" title=\"5 May 2021\">May 5</a>")
    };
    check_day(&head, &page("/2021/Lens/"), Some("2021-05-04"));
    check_day(&head, &page(own), Some("2021-05-04"));
    check_day(&head, &page("/2021/lenses"), None);
    let what = "What the two makers will have sold ".repeat(4);
    let titled = format!("{text}<a href=\"{own}\">{what} by 4 May 2021</a>");
    check_day(&head, &titled, None);
    // What the clock of a forum shows is now.
    let clock = "<div class=\"current-time\">4 May 2021, 07:22</div>";
    check_day("", &format!("{}{clock}{TEXT}", "<div>Lens</div>".repeat(60)), None);
}

#[test]
fn of_two_days_of_one_moment_the_shown_one_is_the_papers() {
    let stated = meta("article:published_time", "2021-05-04T02:00:00Z");
    let zoned = json_ld("{\"@type\":\"Article\",\"datePublished\":\"2021-05-03T21:00:00-05:00\"}");
    let head = stated + &zoned;
    check_day(&head, TEXT, Some("2021-05-03"));
    check_day(&head, &format!("<div>4 May 2021</div>{TEXT}"), Some("2021-05-04"));
    // What a machine reads is of the same moment, and shows nobody anything.
    let hidden = "<time datetime=\"2021-05-04T02:00:00Z\">Monday</time>";
    check_day(&head, &format!("{hidden}{TEXT}"), Some("2021-05-03"));
}

#[test]
fn the_names_of_days_in_metadata_are_known_by_their_ends() {
    for name in
        ["cXenseParse:publishtime", "prism.publicationDate", "photos:uploaded", "date.created"]
    {
        check_day(&meta(name, "2021-05-04T10:00:00+02:00"), TEXT, Some("2021-05-04"));
    }
    check_day(&meta("lastPublishedDate", "2021-05-04"), TEXT, None);
}

#[test]
fn a_word_that_ends_a_heading_is_no_headline() {
    let read = |head: &str, heading: &str| {
        let html = format!(
            "<html><head>{head}</head><body><article>{heading}{TEXT}</article></body></html>"
        );
        page(html.as_bytes(), None, None, &Gazetteer::new(&[])).expect("a page").title
    };
    let title = "<title>Cameras - The New Weekly Paper</title>";
    let site = "<meta property=\"og:site_name\" content=\"The New Weekly Paper\">";
    let found = read(&format!("{title}{site}"), "<h1>We fight for better cameras Cameras</h1>");
    assert_eq!(found.as_deref(), Some("We fight for better cameras Cameras"));
    // What something before the head has pushed into the body.
    let html = format!("<p>Archived</p><head><title>Talk » Two makers agree</title></head>{TEXT}");
    let found = page(html.as_bytes(), None, None, &Gazetteer::new(&[])).expect("a page").title;
    assert_eq!(found.as_deref(), Some("Two makers agree"));
    // What a browser translated.
    let added = "<div id=\"goog-gt-tt\"><h1>The text as it was</h1></div><h2>Two makers agree</h2>";
    let found = read("<title>Two makers agree</title>", added);
    assert_eq!(found.as_deref(), Some("Two makers agree"));
    // Where words have no blanks between them.
    let japanese = "<title>自宅の日記 - 二社がカメラで提携すると発表した</title>";
    assert_eq!(read(japanese, "").as_deref(), Some("二社がカメラで提携すると発表した"));
    // Old blogs keep the heading of the first level for their name.
    let title = "<title>Talks for two » Blog Archive » Two makers of cameras agree</title>";
    let found = read(title, "<h1>Talks for two</h1><h2>Two makers of cameras agree</h2>");
    assert_eq!(found.as_deref(), Some("Two makers of cameras agree"));
}

#[test]
fn what_lies_over_a_page_is_not_its_article() {
    let box_ = |attributes: &str| {
        let words = "<p>We and our partners, of whom there are many, store what you read, and we share \
            it with them, for as long as we like to, unless you say that you do not want it.</p>";
        format!("<div {attributes}><h2>Welcome, reader</h2>{}</div>", words.repeat(12))
    };
    for attributes in
        ["role=dialog", "class=\"modal fade\"", "id=\"cmp-content\"", "class=\"gdpr-box\""]
    {
        let html = format!(
            "<html><body>{}<div><h1>Cameras</h1>{TEXT}</div></body></html>",
            box_(attributes)
        );
        let read = page(html.as_bytes(), None, None, &Gazetteer::new(&[])).expect("a page").body;
        assert!(
            read.contains("build cameras together") && !read.contains("partners, of"),
            "{read}"
        );
    }
}
