//! What is read from a saved web page: its headline, day and text.

use tearsheet::import::article::{self, ImportContext};
use tearsheet::import::html::{self, Page, page};
use tearsheet::model::Rights;
use tearsheet::understand::companies::Gazetteer;

const TEXT: &str = "<p>The two makers said on Tuesday that they would build cameras together, and \
    that the first of them would be sold in the summer of the following year.</p>\
    <p>Analysts had waited for such a step for months, since both makers had been looking for a \
    partner after their earlier agreements ran out without any result at all.</p>";

fn read(head: &str, body: &str) -> Page {
    let html = format!("<html><head>{head}</head><body>{body}</body></html>");
    page(html.as_bytes(), None, None, &Gazetteer::new(&[])).expect("a page")
}

fn check_title(head: &str, headings: &str, expected: &str) {
    let read = read(head, &format!("<article>{headings}{TEXT}</article>"));
    assert_eq!(read.title.as_deref(), Some(expected), "{head} {headings}");
}

fn check_day(head: &str, body: &str, expected: Option<&str>) {
    let day = read(head, body).date.map(|date| date.0.iso());
    assert_eq!(day.as_deref(), expected, "{head} {body}");
}

fn og(title: &str) -> String {
    format!("<meta property=og:title content=\"{title}\">")
}

fn article(headline: &str) -> String {
    let object = format!("{{\"@type\": \"NewsArticle\", \"headline\": \"{headline}\"}}");
    format!("<script type='application/ld+json'>{object}</script>")
}

#[test]
fn a_headline_is_a_part_of_the_title_that_is_shown() {
    let title = og("Makers agree - The New Weekly Paper");
    check_title(&title, "<h1>Makers agree</h1>", "Makers agree");
    let title = og("Cameras and what they cost: Makers now agree");
    check_title(&title, "<h1>Makers now agree</h1>", "Makers now agree");
    // A heading behind another mark is the site's name.
    let title = og("Makers agree - Paper");
    check_title(&title, "<h1>Paper</h1>", "Makers agree - Paper");
}

#[test]
fn a_kicker_is_no_part_of_the_headline() {
    let heading = "<h1><span>Cameras</span> <span>Two makers agree</span></h1>";
    check_title(&og("Two makers agree"), heading, "Two makers agree");
}

#[test]
fn the_name_of_the_site_is_no_part_of_a_heading() {
    let head = format!("{}<meta property=og:site_name content=Paper>", og("Two makers agree"));
    check_title(&head, "<h1>Two makers agree | Paper</h1>", "Two makers agree");
    let head =
        "<meta property=og:site_name content='News Easy'><title>News Easy|二社が提携</title>";
    check_title(head, "", "二社が提携");
}

#[test]
fn a_long_heading_is_the_headline_whatever_the_metadata_say() {
    let head = og("Why your next camera may cost less");
    check_title(&head, "<h1>Two makers of optics agree</h1>", "Two makers of optics agree");
    // Unless they say it twice.
    let head = format!("{head}{}", article("Why your next camera may cost less"));
    let heading = "<h1>Two makers of optics agree</h1>";
    check_title(&head, heading, "Why your next camera may cost less");
}

#[test]
fn the_stated_headline_is_taken_from_where_it_is_shown() {
    let head = format!("{}{}", og("Makers of cameras agree"), article("Optics: two firms as one"));
    let headings = "<h1>Makers of cameras agree</h1><h2>Optics: two firms as one</h2>";
    check_title(&head, headings, "Optics: two firms as one");
}

#[test]
fn marks_where_a_word_may_break_are_left_out() {
    check_title(&og("Two makers agree"), "<h1>Two ma\u{ad}kers agree</h1>", "Two makers agree");
}

#[test]
fn titles_of_pictures_are_no_headlines() {
    let icon = "<svg><title>Close the menu of this page</title></svg>";
    assert_eq!(read("", &format!("{icon}{TEXT}")).title, None);
}

const HEADING: &str = "<h1>Two makers agree</h1>";

#[test]
fn the_day_at_the_headline_goes_before_others() {
    let title = og("Two makers agree");
    let body = format!(
        "<p><span>1 March 2021</span></p><article>{HEADING}<b></b><h5>4 May 2021</h5>{TEXT}</article>"
    );
    check_day(&title, &body, Some("2021-05-04"));
    // `date` may be that of the last change.
    let head = format!("{title}<meta name=date content=2022-06-01>");
    check_day(&head, &body, Some("2021-05-04"));
    check_day(&head, &format!("<article>{HEADING}{TEXT}</article>"), Some("2022-06-01"));
}

#[test]
fn a_day_in_the_headline_is_not_that_of_publication() {
    let heading = "<h1>Fair of 3 March 2021 opens</h1>";
    let body = format!("<article>{heading}<h5>1 March 2021</h5>{TEXT}</article>");
    check_day(&og("Fair of 3 March 2021 opens"), &body, Some("2021-03-01"));
}

#[test]
fn days_of_comments_and_quotes_are_not_the_articles() {
    for class in ["comments", "teaser", "related"] {
        let time = "<time datetime=2021-05-04T10:00:00Z>Then</time>";
        let body = format!("<article>{TEXT}</article><div class={class}>{time}</div>");
        check_day("", &body, None);
    }
}

#[test]
fn json_with_errors_still_tells_the_day() {
    let head = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \
        \"headline\": \"Two \"makers\" agree\", \"datePublished\": \"2021-05-04T10:00:00Z\"}</script>";
    let body = format!("<div class=date>9 August 2020</div>{TEXT}");
    check_day(head, &body, Some("2021-05-04"));
}

#[test]
fn the_standfirst_opens_the_text() {
    let lead = "Two makers of cameras, rivals for thirty years, have found a common plan; what it \
        means for their customers nobody can tell yet.";
    let body = format!(
        "<div><h1>Two makers agree</h1><p class='lead teasertext'>{lead}</p></div>\
         <article>{TEXT}{TEXT}{TEXT}</article>"
    );
    let read = read(&og("Two makers agree"), &body);
    assert!(read.body.starts_with(lead), "{}", read.body);
    assert_eq!(read.body.matches(lead).count(), 1, "{}", read.body);
}

const LEAD: &str = "Two makers of cameras, rivals for thirty years, have found a common plan, and \
    customers wait for what it brings them.";

#[test]
fn a_summary_that_is_shown_opens_the_text() {
    // Search engines get it cut off, and set in other quotes.
    let head = format!("<meta name=description content=\"{}&#8230;\">", &LEAD[..80]);
    let body = format!(
        "<header><h1>Two makers agree</h1><div><p>{LEAD}</p></div></header>\
         <article>{TEXT}{TEXT}{TEXT}</article>"
    );
    let shown = read(&head, &body).body;
    assert!(shown.starts_with(LEAD), "{shown}");
    assert_eq!(shown.matches(LEAD).count(), 1, "{shown}");
    // Nobody sees it here, and there it is what the site says of itself.
    for body in [
        format!("<article>{HEADING}{TEXT}{TEXT}</article>"),
        format!("<article>{HEADING}{TEXT}{TEXT}</article><footer><p>{LEAD}</p></footer>"),
    ] {
        let hidden = read(&head, &body).body;
        assert!(!hidden.contains(&LEAD[..40]), "{hidden}");
    }
}

#[test]
fn readings_over_characters_are_left_out() {
    let ruby = "<ruby>提携<rp>(</rp><rt>ていけい</rt><rp>)</rp></ruby>";
    let read =
        read("", &format!("<article><h1>二社が{ruby}</h1>{TEXT}<p>{ruby}した。</p></article>"));
    assert_eq!(read.title.as_deref(), Some("二社が提携"));
    assert!(read.body.ends_with("提携した。"), "{}", read.body);
}

#[test]
fn links_to_other_articles_are_no_part_of_the_text() {
    let others = "<div><h1><a href=/1>Why glass costs more</a></h1>\
        <a href=/2><h3>Who makes shutters</h3><p>Three firms are left of forty.</p></a></div>";
    let read = read("", &format!("<article>{HEADING}{TEXT}{TEXT}{others}</article>"));
    for other in ["glass costs", "makes shutters", "of forty"] {
        assert!(!read.body.contains(other), "{}", read.body);
    }
}

#[test]
fn a_picture_keeps_its_caption() {
    let figure = |source: &str, caption: &str| {
        format!("<figure><a href=/big><img src='{source}' alt='A lens'></a>{caption}</figure>")
    };
    let caption = "<figcaption>The first lens, <b>uncut</b></figcaption>";
    let text = |figure: &str| read("", &format!("<article>{TEXT}{figure}{TEXT}</article>")).body;
    let shown = text(&figure("https://example.org/lens.jpg", caption));
    let picture = "![A lens](https://example.org/lens.jpg \"The first lens, uncut\")";
    assert!(shown.contains(&format!("\n\n{picture}\n\n")), "{shown}");
    for hidden in [
        figure("https://example.org/lens.jpg", ""),
        figure("lens.jpg", caption),
        figure("data:image/png;base64,AAAA", caption),
        "<img src=https://example.org/dot.png width=1 title=dot>".to_owned(),
    ] {
        let text = text(&hidden);
        assert!(!text.contains("![") && !text.contains("The first lens"), "{text}");
    }
}

#[test]
fn what_all_metadata_call_a_page_is_its_headline() {
    let twitter = "<meta name=twitter:title content='Optics: two makers agree'>";
    let title = "Optics: two makers agree";
    let head = format!("{}{twitter}{}", og(&format!("{title} | Paper")), article(title));
    let paper = "<meta property=og:site_name content=Paper>";
    check_title(&format!("{head}{paper}"), "<h1>Two makers agree</h1>", title);
    // Without Twitter's the heading decides.
    let head = format!("{}{}", og(title), article(title));
    check_title(&head, "<h1>Two makers agree</h1>", "Two makers agree");
}

#[test]
fn a_headline_may_stand_below_the_first_level() {
    let head = og("Why two rivals now build lenses together");
    let headings = "<h1>Optics news: makers agree on cameras</h1>\
        <h2><span>Comment</span> Why two rivals now build lenses together</h2>";
    check_title(&head, headings, "Why two rivals now build lenses together");
    let headings = "<h1>Why two rivals now build lenses together in Asia</h1>\
        <h3>Why two rivals now build lenses together</h3>";
    check_title(&head, headings, "Why two rivals now build lenses together in Asia");
}

#[test]
fn a_kicker_may_be_a_part_of_the_title() {
    let head = og("Two makers agree - Trade in lenses");
    check_title(&head, "<h1>Trade in lenses Two makers agree</h1>", "Two makers agree");
}

#[test]
fn a_day_is_that_of_the_paper_and_not_of_greenwich() {
    let published = |at: &str| format!("<meta property=article:published_time content='{at}'>");
    let own = "<meta name=sailthru.date content='2021-05-03 22:28:35'>";
    let late = published("2021-05-04T03:28:35+00:00");
    check_day(&format!("{late}{own}"), TEXT, Some("2021-05-03"));
    // Another moment says nothing, and neither does a second zone of the same.
    let other = "<meta name=sailthru.date content='2021-05-03 22:10:00'>";
    check_day(&format!("{late}{other}"), TEXT, Some("2021-05-04"));
    let zoned = published("2021-05-04T03:28:35+02:00");
    check_day(&format!("{zoned}{own}"), TEXT, Some("2021-05-04"));
}

#[test]
fn the_address_tells_which_day_is_the_articles() {
    let at = |address: &str, head: &str, body: &str| {
        let html = format!("<html><head>{head}</head><body>{body}</body></html>");
        let page = page(html.as_bytes(), Some(address), None, &Gazetteer::new(&[]));
        page.expect("a page").date.map(|date| date.0.iso())
    };
    let published = "<meta property=article:published_time content='2021-05-04T03:28:35Z'>";
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(at("https://example.org/2021/05/03/lens", published, TEXT), day("2021-05-03"));
    assert_eq!(at("https://example.org/2021/04/03/lens", published, TEXT), day("2021-05-04"));
    let shown = format!(
        "<div class=date>9 August 2020</div>{TEXT}\
        <abbr class=published itemprop=datePublished title='2020-09-06T10:52:00+02:00'>10:52</abbr>"
    );
    assert_eq!(at("https://example.org/2020/09/lens.html", "", &shown), day("2020-09-06"));
    assert_eq!(at("https://example.org/2015/08/150803-lens", "", TEXT), day("2015-08-03"));
    assert_eq!(at("https://example.org/20150803/lens", "", TEXT), day("2015-08-03"));
    // An issue and its page are no day.
    assert_eq!(at("https://example.org/2019-4/article/lens-4", "", TEXT), None);
}

#[test]
fn a_title_may_end_with_the_day() {
    let teaser = "<h2>Older news <span class=date>24.04.2023</span></h2>";
    let head = og("Two makers agree | Paper | 28.04.2023");
    check_day(&head, &format!("{TEXT}{teaser}"), Some("2023-04-28"));
    // What it tells of is another one.
    check_day(&og("The lens, 28.04.2023"), TEXT, None);
    check_day(&og("The lens | seen on 28.04.2023"), TEXT, None);
}

/// The Markdown of an article whose paragraphs are around some HTML.
fn around(inner: &str) -> String {
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>T story</title>\
         <link rel=\"canonical\" href=\"https://news.example.com/en/story.html\"></head><body><article><h1>T story</h1>\
         <p>Nokia and Vodafone said on Monday that they will build a shared network in Germany, with the first sites going live next spring in Berlin.</p>\
         {inner}<p>Under the agreement, Nokia will supply radio equipment while Vodafone will run the network, and both companies will share the cost of it.</p>\
         </article></body></html>"
    );
    page(html.as_bytes(), None, None, &Gazetteer::new(&[])).expect("a page").body
}

#[test]
fn what_a_page_shows_becomes_markdown() {
    for (inner, markdown) in [
        (
            "<table><tr><th>Product</th><th>Variant</th><th>Price</th></tr><tr><td rowspan=2>Cable</td><td>1 m</td><td>9 EUR</td></tr><tr><td>2 m</td><td>12 EUR</td></tr><tr><td colspan=3>Without tax</td></tr></table>",
            "| Product | Variant | Price |\n| --- | --- | --- |\n| Cable | 1 m | 9 EUR |\n| Cable | 2 m | 12 EUR |\n| Without tax |  |  |",
        ),
        (
            "<dl><dt>Revenue</dt><dd>10 billion</dd><dt>Profit</dt><dd>2 billion</dd></dl>",
            "Revenue\n: 10 billion\n\nProfit\n: 2 billion",
        ),
        (
            "<table><tr><td><pre>1\n2</pre></td><td><pre><code class=\"language-python\">import os\nprint(1)</code></pre></td></tr></table>",
            "```python\nimport os\nprint(1)\n```",
        ),
        ("<pre>one<br>two</pre>", "```\none\ntwo\n```"),
        (
            "<p>A tower of 10<sup>3</sup> m<sub>2</sub> and<em> more </em>of it, as<a href=\"/x\"> they said</a>.</p>",
            "10<sup>3</sup> m<sub>2</sub> and *more* of it, as [they said](https://news.example.com/x).",
        ),
        ("<p>One line<br>and another</p>", "One line  \nand another"),
        (
            "<p>See <a href=\"rel/x.html?a=1&amp;b=2\">the other report</a>, <a href=\"mailto:a@b.org\">mail</a> and <a href=\"#n\">a note</a> of it.</p>",
            "[the other report](https://news.example.com/en/rel/x.html?a=1&b=2), [mail](mailto:a@b.org) and a note of it.",
        ),
        (
            "<p>They <del>will</del> do it with snake_case and a*b at https://e.org/a_b_c for 2 > 1.</p>",
            "They ~~will~~ do it with snake_case and a\\*b at https://e.org/a_b_c for 2 > 1.",
        ),
        (
            "<figure><pre><code>x = 1</code></pre><figcaption>Listing</figcaption></figure>",
            "```\nx = 1\n```\n\nListing",
        ),
        (
            "<figure><blockquote><p>Said by somebody who knows a lot about masts.</p></blockquote></figure>",
            "> Said by somebody who knows a lot about masts.",
        ),
        (
            "<p>これは<strong>「電気自動車」</strong>の開発です。</p>",
            "これは<strong>「電気自動車」</strong>の開発です。",
        ),
        (
            "<ul><li>One thing of many</li><li> </li><li>Two things<ul><li>inner thing</li></ul></li></ul>",
            "- One thing of many\n- Two things\n  - inner thing",
        ),
        (
            "<figure><img src=\"data:image/gif;base64,R0lGODlh\" data-src=\"/real1.jpg\" alt=\"one\"><figcaption>A mast in Berlin</figcaption></figure>",
            "![one](https://news.example.com/real1.jpg \"A mast in Berlin\")",
        ),
        (
            "<figure><noscript><img src=\"https://i.example.com/real4.jpg\" alt=\"four\"></noscript><img class=\"lazy\" alt=\"four\"><figcaption>Fourth</figcaption></figure>",
            "![four](https://i.example.com/real4.jpg \"Fourth\")",
        ),
        (
            "<figure><amp-img src=\"https://i.example.com/amp.jpg\" alt=\"amp\"></amp-img><figcaption>Amp</figcaption></figure>",
            "![amp](https://i.example.com/amp.jpg \"Amp\")",
        ),
        (
            "<figure><img srcset=\"http://i.example.com/s.jpg 300w, http://i.example.com/l.jpg 900w\" alt=\"set\"><figcaption>Set</figcaption></figure>",
            "![set](http://i.example.com/l.jpg \"Set\")",
        ),
    ] {
        let made = around(inner);
        assert!(made.contains(markdown), "{inner}\n{made}");
    }
}

#[test]
fn a_page_is_read_in_its_encoding() {
    let read = |bytes: &[u8]| page(bytes, None, None, &Gazetteer::new(&[])).expect("a page").body;
    let made = |head: &str, words: &str| {
        format!(
            "{head}<title>x</title></head><body><article><p>{words}</p><p>{words}</p></article></body></html>"
        )
    };
    let russian = "Компании объявили о стратегическом партнёрстве и будут вместе строить сеть в Германии и в Польше.";
    let chinese = "小米公司和徕卡宣布建立长期战略合作关系，双方将共同开发手机影像产品。";
    let cases = [
        ("<html><head>", russian, encoding_rs::WINDOWS_1251),
        (
            "<html><head><script charset=\"utf-8\" src=\"a.js\"></script><meta charset=\"gbk\">",
            chinese,
            encoding_rs::GBK,
        ),
        (
            "<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset = gbk\">",
            chinese,
            encoding_rs::GBK,
        ),
        ("<?xml version=\"1.0\" encoding=\"gbk\"?><html><head>", chinese, encoding_rs::GBK),
    ];
    for (head, words, encoding) in cases {
        let text = made(head, words);
        let (bytes, _, _) = encoding.encode(&text);
        let body = read(&bytes);
        assert!(body.contains(words), "{head}: {body}");
    }
    let late = format!("<html><head><script>{}</script><meta charset=gbk>", "//x\n".repeat(3000));
    let text = made(&late, chinese);
    let (bytes, _, _) = encoding_rs::GBK.encode(&text);
    assert!(read(&bytes).contains(chinese));
}

#[test]
fn people_and_days_of_json_ld_are_found() {
    let text = "<html lang=\"en\"><head><title>T story about masts | Example Weekly</title><script type=\"application/ld+json\">\
        {\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#p1\",\"name\":\"Jane Roe\"},{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"#p1\"},\
        \"publisher\":{\"@id\":\"#o\"},\"datePublished\":\"20220523\"},{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"Example Weekly\"}]}</script>\
        </head><body><article><h1>T story about masts</h1><p>Nokia and Vodafone said that they will build a shared network in Germany.</p></article></body></html>";
    let read = page(text.as_bytes(), None, None, &Gazetteer::new(&[])).expect("a page");
    assert_eq!(read.authors, ["Jane Roe"]);
    assert_eq!(read.publisher.as_deref(), Some("Example Weekly"));
    assert_eq!(read.date.map(|(date, _)| date.to_string()).as_deref(), Some("2022-05-23"));
}

#[test]
fn scripts_and_drawings_do_not_make_a_page_deep() {
    let script = format!("<script>var a = \"{}\";</script>", "<div>".repeat(3000));
    let drawing = format!("<svg>{}</svg>", "<polygon>".repeat(1200)).repeat(3);
    assert!(around(&script).contains("shared network"));
    assert!(around(&drawing).contains("shared network"));
    let deep = format!("<svg>{}</svg>", "<div>".repeat(900)).repeat(3);
    assert!(tearsheet::parse::extent::extent(&deep).depth > 2000);
    let hidden = format!("<svg><script>{}</script></svg>", "<div>".repeat(3000));
    assert!(tearsheet::parse::extent::extent(&hidden).depth > 2000);
}

#[test]
fn the_article_is_found_where_most_paragraphs_are() {
    let paragraph = |what: &str| {
        format!(
            "<p>In the {what} the two makers told how they would build cameras together from the summer of that year on, and at what price.</p>"
        )
    };
    let body: String =
        ["first part", "second part", "third part", "fourth part"].map(paragraph).concat();
    let legal = "<div class=\"legal\"><p>All rights are reserved by the publisher, who asks you not to copy any of this.</p></div>";
    let halves = format!(
        "<div class=\"col text\">{body}</div><div class=\"ad\"></div><section><div class=\"col text\">{}</div></section>",
        paragraph("last part")
    );
    let made = read("<title>Cameras</title>", &format!("<h1>Cameras</h1>{halves}{legal}"));
    assert!(made.body.contains("first part") && made.body.contains("last part"), "{}", made.body);
    let streamed = format!("<div hidden id=\"S:0\"><article>{body}</article></div>");
    let made = read("<title>Cameras</title>", &format!("<h1>Cameras</h1>{streamed}"));
    assert!(made.body.contains("fourth part"), "{}", made.body);
    let stamped = format!(
        "<article><p>Published: 18 November 2024, 9:26</p>{body}<p>More: <a href=\"/x\">What they did in the year before that one</a></p><ul><li><a href=\"/a\">Another article about something else</a></li><li><a href=\"/b\">And one more about other things</a></li></ul></article>"
    );
    let made = read("<title>Cameras</title>", &stamped);
    for gone in ["9:26", "the year before", "something else"] {
        assert!(!made.body.contains(gone), "{gone} is in {}", made.body);
    }
}

#[test]
fn authors_are_people_before_papers() {
    let ld = |author: &str| {
        format!(
            "<title>Cameras</title><meta property=\"og:site_name\" content=\"The Paper\"><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"author\":{author}}}</script>"
        )
    };
    let body = format!(
        "<article><h1>Cameras</h1><a rel=\"author\" href=\"/p\">Jane Roe</a>{TEXT}</article>"
    );
    let paper = "{\"@type\":\"Organization\",\"name\":\"The Paper\"}";
    assert_eq!(read(&ld(paper), &body).authors, ["Jane Roe"]);
    assert_eq!(read(&ld(paper), &format!("<article>{TEXT}</article>")).authors, ["The Paper"]);
    let noise =
        "[\"Jane Roe\",\"jane-roe\",\"(Image: Some Agency)\",\"/@jane\",\"Privacy Policy\"]";
    assert_eq!(read(&ld(noise), &body).authors, ["Jane Roe"]);
    let arabic = "<title>x</title><meta property=\"article:published_time\" content=\"الأربعاء، 07 أكتوبر 2020 - 12:09 م\">";
    assert_eq!(
        read(arabic, &body).date.map(|(date, _)| date.to_string()).as_deref(),
        Some("2020-10-07")
    );
}

#[test]
fn authors_are_told_from_houses_quotations_and_jobs() {
    let site = "<title>Cameras</title><meta property=\"og:site_name\" content=\"The Paper\">";
    let authors = |head: &str, body: &str| -> Vec<String> {
        read(&format!("{site}{head}"), &format!("<article><h1>Cameras</h1>{body}{TEXT}</article>"))
            .authors
    };
    // Who has the rights is the house.
    let house = "<meta name=\"author\" content=\"Lens House\"><meta name=\"copyright\" content=\"© Lens House 2024\">";
    let person = "<meta property=\"article:author\" content=\"Jane Roe\">";
    assert_eq!(authors(&format!("{house}{person}"), ""), ["Jane Roe"]);
    assert_eq!(authors(house, ""), ["Lens House"]);
    // The people of a paper as a whole give way to who is shown.
    let staff = "<meta name=\"author\" content=\"The Paper Staff\">";
    let anchor = "<a rel=\"author\" href=\"/a\">Jane Roe</a>";
    assert_eq!(authors(staff, anchor), ["Jane Roe"]);
    assert_eq!(authors(staff, ""), ["The Paper Staff"]);
    // Each of several in an element of its own, and a box of another kind beside them.
    let two = format!("<p>{anchor} and <a rel=\"author\" href=\"/b\">Joe Doe</a></p>");
    assert_eq!(authors("", &two), ["Jane Roe", "Joe Doe"]);
    // All in one, with the house behind them; a job or a place behind a comma is nobody.
    let line = |text: &str| format!("<p class=\"byline\">{text}</p>");
    let three = line("By Jane Roe, Joe Doe and Ann Poe, TPA");
    assert_eq!(authors("", &three), ["Jane Roe", "Joe Doe", "Ann Poe"]);
    assert_eq!(authors("", &line("By Jane Roe, Senior Editor, Camera Desk")), ["Jane Roe"]);
    // Who is quoted, and who comments.
    let quoted = "<blockquote><span class=\"quoteAuthor\">Max Moe</span></blockquote>";
    assert_eq!(authors("", &format!("{quoted}{anchor}")), ["Jane Roe"]);
    assert!(authors("", quoted).is_empty());
    // A name that signs the text.
    let ld = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":\
        {\"@type\":\"Organization\",\"name\":\"The Paper, Lisbon\"}}</script>";
    let signed = format!("<article><h1>Cameras</h1>{TEXT}{TEXT}<p><b>Jane Roe</b></p></article>");
    assert_eq!(read(&format!("{site}{ld}"), &signed).authors, ["Jane Roe"]);
    assert_eq!(authors(ld, ""), ["The Paper, Lisbon"]);
}

#[test]
fn offers_are_no_part_of_an_article_and_what_is_paid_for_is() {
    let offer =
        "<li>Every article of the camera desk, on all of your devices, without any limit.</li>"
            .repeat(12);
    let body = |class: &str| {
        let list = format!("<div class=\"{class}\"><ul>{offer}</ul></div>");
        read("", &format!("<article><h1>Cameras</h1>{}{list}{TEXT}</article>", TEXT.repeat(50)))
            .body
    };
    assert!(!body("subscription-offer").contains("camera desk"));
    assert!(body("paywalled").contains("camera desk"));
}

#[test]
fn what_pages_say_about_an_article_is_no_part_of_it_and_what_it_quotes_is() {
    for (inner, gone) in [
        (r#"<div class="post-meta">Rhodia, 3 comments</div>"#, "3 comments"),
        (r#"<p class="article-date">Tuesday, 4 June</p>"#, "4 June"),
        (r#"<ul class="topics"><li>Harbours and ports</li></ul>"#, "Harbours"),
        (
            r#"<div class="p-4 print:hidden"><p>More in News: a bridge was opened.</p></div>"#,
            "bridge",
        ),
        (r#"<div class="d-print-none"><p>We ask you to support our paper.</p></div>"#, "support"),
    ] {
        assert!(!around(inner).contains(gone), "{inner}");
    }
    for (inner, kept) in [
        (r#"<p>It is <span class="event-date">4 June</span> when the shop opens.</p>"#, "4 June"),
        (
            r#"<div class="social-media-embed"><blockquote class="twitter-tweet"><p>The kettle is on.</p>&mdash; Jane Roe</blockquote></div>"#,
            "> The kettle is on.",
        ),
        (
            "<p>(They never settled on one of them, as far as anybody in the town remembers.)</p>",
            "never",
        ),
    ] {
        assert!(around(inner).contains(kept), "{inner}\n{}", around(inner));
    }
}

#[test]
fn remarks_and_warnings_may_stand_before_a_page() {
    let page = "<!DOCTYPE html><html><p>Text.</p></html>";
    for before in [
        "",
        "<!-- saved from url=(0014)about:internet -->\n",
        "<br />\n<b>Notice</b>: in line 3<br />\n",
    ] {
        assert!(html::is_page(format!("{before}{page}").as_bytes()), "{before}");
    }
    for text in ["Nokia buys a mill <html>", "<3 cameras", "<b>Nokia</b> buys a mill"] {
        assert!(!html::is_page(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_name_behind_the_headline_in_its_heading_is_cut() {
    let heading = "<h1>Leica grows in Jena | LENSES.EXAMPLE</h1>";
    check_title(&og("Leica grows in Jena"), heading, "Leica grows in Jena");
}

#[test]
fn a_text_told_to_machines_or_in_a_form_is_no_page_without_an_article() {
    let words = "Em busca de uma solu&amp;amp;ccedil;&amp;amp;atilde;o as duas empresas v&amp;amp;atilde;o construir c&amp;amp;acirc;meras juntas no ver&amp;amp;atilde;o.";
    let head = format!(
        "<title>x</title><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"articleBody\":\"{}\"}}</script>",
        words.replace("&amp;amp;", "&amp;")
    );
    assert!(
        read(&head, "<div id=\"app\"></div>").body.contains("solução as duas"),
        "{}",
        read(&head, "").body
    );
    let form = format!(
        "<form><div class=\"product\"><h1>Blanket</h1><div>{}</div></div></form>",
        "A blanket of two layers, with a name on it. ".repeat(20)
    );
    assert!(read("<title>Blanket</title>", &form).body.contains("two layers"));
}

#[test]
fn a_short_page_is_in_the_language_that_it_is_in() {
    let check = |words: &str, code: &str| {
        let page = format!(
            "<!DOCTYPE html><meta charset=utf-8><title>A</title><article><h1>A</h1><p>{words}</p></article>"
        );
        let setting = ImportContext { rights: Rights::Full, retrieved: None };
        let gazetteer = Gazetteer::new(&[]);
        let found =
            article::page(page.as_bytes(), None, None, &gazetteer, &setting).expect("a page");
        assert_eq!(found.article.lang.primary(), code, "{words}");
        assert!(found.article.passages.is_empty(), "{words}");
    };
    check(
        "两家公司今天宣布建立长期合作关系，双方将共同开发新的产品，首批产品将于七月上市，售价尚未公布。",
        "zh",
    );
    check(
        "両社は本日、長期的な提携を発表した。共同で新しい製品を開発し、七月に発売する予定だという。",
        "ja",
    );
}
