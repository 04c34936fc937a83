//! Feeds: what stands in them, and that no bytes at all make trouble.

use proptest::prelude::*;
use tearsheet::import::feed::{Entry, Feed, day, entries};

use crate::support::site::Site;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Tin công nghệ &amp; đời sống</title>
  <link>https://bao.example/</link>
  <atom:link rel="self" href="https://bao.example/feed.xml"/>
  <language>vi</language>
  <item>
    <title><![CDATA[Hãng <b>A</b> &amp; hãng B <em>bắt tay</em>]]></title>
    <media:title>Ảnh</media:title>
    <link>/tin/1?a=1&amp;b=2#top</link>
    <guid isPermaLink="false">bao-1</guid>
    <pubDate>Mon, 23 May 2022 00:30:00 +0900</pubDate>
    <dc:creator>Nguyễn An</dc:creator>
    <dc:creator>Trần Bình</dc:creator>
    <author>toasoan@bao.example (Tòa soạn)</author>
    <description>Tóm tắt &lt;i&gt;ngắn&lt;/i&gt;.</description>
    <content:encoded><![CDATA[<p>Toàn văn.</p>]]></content:encoded>
    <source url="https://goc.example/feed">Báo Gốc</source>
  </item>
  <item>
    <title>AT&amp;amp;T buys nothing; 1 &lt; 2, &lt;String&gt; stays</title>
    <guid>https://bao.example/tin/2</guid>
    <author>张伟（wei@example.com）</author>
    <lastBuildDate>Tue, 24 May 2022 08:00:00 GMT</lastBuildDate>
    <description>Chỉ có tóm tắt&nbsp;&hellip;</description>
  </item>
</channel>
</rss>"#;

const RSS1: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://shimbun.example/">
    <title>技術新聞</title><link>https://shimbun.example/</link>
    <d:language>ja</d:language><d:publisher>技術新聞社</d:publisher>
  </channel>
  <item rdf:about="https://shimbun.example/1">
    <title>二社が提携</title>
    <link>https://shimbun.example/1.html</link>
    <d:date>2022-05-23T01:00:00+09:00</d:date>
    <d:creator>山田太郎</d:creator>
    <description>両社は提携した。</description>
  </item>
</rdf:RDF>"#;

const RSS091: &str = r#"<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "rss-0.91.dtd">
<rss version="0.91"><channel><title>Old news</title><link>https://old.example/</link>
<item><title>Two firms part</title><link>https://old.example/1</link>
<description>They had enough.</description></item></channel></rss>"#;

const ATOM: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://blatt.example/feed/">
  <title>Das Blatt</title>
  <link rel="self" href="atom.xml"/>
  <author><name>Das Blatt</name></author>
  <author><name>Redaktion Wirtschaft</name></author>
  <updated>2022-06-01T00:00:00Z</updated>
  <entry>
    <id>tag:blatt.example,2022:1</id>
    <title type="html">Zwei &lt;em&gt;Firmen&lt;/em&gt; trennen sich &amp;amp; gehen</title>
    <link rel="enclosure" href="https://blatt.example/ton.mp3"/>
    <link rel="alternate" type="application/pdf" href="../1.pdf"/>
    <link rel="alternate" type="text/html" href="../1"/>
    <published>2022-05-23T23:30:00-05:00</published>
    <updated>2022-05-30T10:00:00Z</updated>
    <author><name>Anna Beispiel</name><email>anna@blatt.example</email></author>
    <summary>Kurz.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="a">Lang &amp; <br/>breit.</p></div></content>
  </entry>
  <entry xml:lang="en">
    <id>https://blatt.example/2</id>
    <title>Plain &lt;String&gt; &amp; co</title>
    <updated>2022-05-30T10:00:00Z</updated>
    <summary>First line.
Second &lt; line.</summary>
    <source><title>The Other Paper</title></source>
  </entry>
</feed>"#;

const JSON: &str = r#"{
  "version": "https://jsonfeed.org/version/1.1",
  "title": "Small paper", "language": "en",
  "home_page_url": "https://small.example/", "feed_url": "https://small.example/feed.json",
  "authors": [{"name": "The desk"}],
  "items": [
    {"id": 7, "url": "/seven", "title": "Seven <b>firms</b>", "content_text": "One.\n\nTwo & three.",
     "date_published": "2022-05-23T00:10:00+07:00", "date_modified": "2022-06-01T00:00:00Z",
     "authors": [{"name": "Ann Other"}]},
    {"id": "https://small.example/8", "content_html": "<p>Eight</p>", "summary": "No."}
  ]
}"#;

fn feed(text: &str) -> Feed {
    entries(text.as_bytes(), None).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// One line per thing that an entry says, in a fixed order.
fn told(entry: &Entry) -> Vec<String> {
    let published = entry.published.map(|date| date.to_string());
    let parts = [
        ("id", Some(entry.id.clone())),
        ("title", entry.title.clone()),
        ("link", entry.link.clone()),
        ("published", published),
        ("authors", (!entry.authors.is_empty()).then(|| entry.authors.join(" | "))),
        ("lang", entry.lang.clone()),
        ("content", entry.content_html.clone()),
        ("publisher", entry.publisher.clone()),
    ];
    parts.iter().filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?))).collect()
}

fn check(text: &str, title: &str, expected: &[&[&str]]) {
    let feed = feed(text);
    assert_eq!(feed.title.as_deref(), Some(title));
    let told: Vec<Vec<String>> = feed.entries.iter().map(told).collect();
    assert_eq!(told, expected);
}

#[test]
fn feed_rss_2() {
    check(
        RSS,
        "Tin công nghệ & đời sống",
        &[
            &[
                "id: bao-1",
                "title: Hãng A & hãng B bắt tay",
                "link: https://bao.example/tin/1?a=1&b=2#top",
                "published: 2022-05-23",
                "authors: Nguyễn An | Trần Bình",
                "lang: vi",
                "content: <p>Toàn văn.</p>",
                "publisher: Báo Gốc",
            ],
            &[
                "id: https://bao.example/tin/2",
                "title: AT&T buys nothing; 1 < 2, <String> stays",
                "link: https://bao.example/tin/2",
                "authors: 张伟",
                "lang: vi",
                "content: Chỉ có tóm tắt\u{a0}…",
            ],
        ],
    );
}

#[test]
fn feed_rss_1() {
    check(
        RSS1,
        "技術新聞",
        &[&[
            "id: https://shimbun.example/1",
            "title: 二社が提携",
            "link: https://shimbun.example/1.html",
            "published: 2022-05-23",
            "authors: 山田太郎",
            "lang: ja",
            "content: 両社は提携した。",
            "publisher: 技術新聞社",
        ]],
    );
}

#[test]
fn feed_rss_091() {
    let expected: &[&[&str]] = &[&[
        "id: https://old.example/1",
        "title: Two firms part",
        "link: https://old.example/1",
        "content: They had enough.",
    ]];
    check(RSS091, "Old news", expected);
    // Versions that are odd, or not given at all.
    for version in ["", " version=\"0.93\"", " version=\"2.01\""] {
        check(&RSS091.replace(" version=\"0.91\"", version), "Old news", expected);
    }
}

#[test]
fn feed_atom() {
    check(
        ATOM,
        "Das Blatt",
        &[
            &[
                "id: tag:blatt.example,2022:1",
                "title: Zwei Firmen trennen sich & gehen",
                "link: https://blatt.example/1",
                "published: 2022-05-23",
                "authors: Anna Beispiel",
                "lang: de",
                "content: <p class=\"a\">Lang &amp; <br>breit.</p>",
            ],
            &[
                "id: https://blatt.example/2",
                "title: Plain <String> & co",
                "link: https://blatt.example/2",
                "authors: Redaktion Wirtschaft",
                "lang: en",
                "content: <p>First line.</p>\n<p>Second &lt; line.</p>",
                "publisher: The Other Paper",
            ],
        ],
    );
    // Without the namespace it is still understood, and with a prefix as well.
    let bare = ATOM.replace(" xmlns=\"http://www.w3.org/2005/Atom\"", "");
    assert_eq!(feed(&bare), feed(ATOM));
    let prefixed = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:id>1</a:id>\
                    <a:title>One</a:title></a:entry></a:feed>";
    assert_eq!(told(&feed(prefixed).entries[0]), ["id: 1", "title: One"]);
}

#[test]
fn feed_json() {
    check(
        JSON,
        "Small paper",
        &[
            &[
                "id: 7",
                "title: Seven firms",
                "link: https://small.example/seven",
                "published: 2022-05-23",
                "authors: Ann Other",
                "lang: en",
                "content: <p>One.</p>\n<p>Two &amp; three.</p>",
            ],
            &[
                "id: https://small.example/8",
                "link: https://small.example/8",
                "authors: The desk",
                "lang: en",
                "content: <p>Eight</p>",
            ],
        ],
    );
}

fn item(inner: &str) -> Entry {
    let text = format!("<rss version='2.0'><channel><item>{inner}</item></channel></rss>");
    let mut feed = entries(text.as_bytes(), Some("https://paper.example/feeds/all.xml"))
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    feed.entries.pop().unwrap_or_else(|| panic!("no entry in {text}"))
}

#[test]
fn feed_dates_are_the_day_in_the_feeds_own_zone() {
    let check = |written: &str, expected: Option<&str>| {
        let entry = item(&format!("<title>t</title><pubDate>{written}</pubDate>"));
        let found = entry.published.map(|date| date.to_string());
        assert_eq!(found.as_deref(), expected, "{written}");
    };
    for written in [
        "Mon, 23 May 2022 00:05:00 +0900",
        "Mon, 23 May 2022 23:55:00 -0800",
        "Mon, 23 May 2022 23:55:00 PST",
        "Sun, 23 May 2022 08:00:00 GMT",
        "23 May 2022 08:00 UT",
        "23 May 22 08:00:00 Z",
        "Monday, 23 May 2022",
        "May 23, 2022 10:15 am",
        "Mon, May 23 2022 10:15:00 -0400",
        "23-May-2022",
        "2022-05-23T00:05:00+09:00",
        "2022-05-23T23:55:00.123-08:00",
        "2022-05-23T08:00:00Z",
        " 2022-05-23 08:00:00\n",
        "2022-05-23",
        "2022-05-23Z",
        "2022/05/23",
    ] {
        check(written, Some("2022-05-23"));
    }
    check("3 Sept 99 8:00 EST", Some("1999-09-03"));
    check("2022-05", Some("2022-05"));
    check("lun, 23 mai 2022 08:00:00 +0200", Some("2022-05-23"));
    for written in [
        "",
        "yesterday",
        "Mon, 30 Feb 2022 08:00:00 GMT",
        "2022-13-01",
        "05/06/2022",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1970-01-01T00:00:00Z",
        "Mon, 01 Jan 0001 00:00:00 UTC",
        "-",
        "1653264000",
    ] {
        check(written, None);
    }
    // What tells of changes is no publication.
    let entry = item("<title>t</title><atom:updated>2022-05-23</atom:updated>");
    assert_eq!(entry.published, None);
}

#[test]
fn feed_links_are_whole_and_of_the_web() {
    let check = |inner: &str, expected: Option<&str>| {
        assert_eq!(item(&format!("<title>t</title>{inner}")).link.as_deref(), expected, "{inner}");
    };
    check("<link>../a b</link>", Some("https://paper.example/a%20b"));
    check("<link>//other.example/1</link>", Some("https://other.example/1"));
    check("<link>\n https://paper.example/1 \n</link>", Some("https://paper.example/1"));
    check("<link/><atom:link href='/2'/>", Some("https://paper.example/2"));
    check("<atom:link rel='replies' href='/2'/>", None);
    check("<guid>https://paper.example/3</guid>", Some("https://paper.example/3"));
    check("<guid isPermaLink='false'>https://paper.example/3</guid>", None);
    check("<guid>4711</guid>", None);
    check("<link>javascript:alert(1)</link>", None);
    check("<link>mailto:desk@paper.example</link>", None);
    check("<link>http://[</link>", None);
    // Without the feed's address and its own, half a link is none.
    let text = "<rss><channel><item><guid>1</guid><link>/1</link></item></channel></rss>";
    assert_eq!(feed(text).entries[0].link, None);
}

#[test]
fn feed_titles_have_words_only() {
    let check = |written: &str, expected: Option<&str>| {
        let entry = item(&format!("<guid>1</guid><title>{written}</title>"));
        assert_eq!(entry.title.as_deref(), expected, "{written}");
    };
    check("a &amp; b", Some("a & b"));
    check("a & b &unknown; c", Some("a & b &unknown; c"));
    check("AT&T", Some("AT&T"));
    check("caf&eacute; &#8211; &#x2014;", Some("café – —"));
    check("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", Some("One Two"));
    check("<![CDATA[<a href=\"x\">One</a><br/>two <!-- no -->]]>", Some("One two"));
    check("One <b>two</b>", Some("One two"));
    check("&lt;script&gt;alert(1)&lt;/script&gt;One", Some("One"));
    check("I &lt;3 you, 2 &gt; 1", Some("I <3 you, 2 > 1"));
    check("&amp;lt;b&amp;gt; is bold", Some("<b> is bold"));
    check("  \n ", None);
}

#[test]
fn feed_authors_are_names() {
    let check = |written: &str, expected: &[&str]| {
        let entry = item(&format!("<title>t</title><author>{written}</author>"));
        assert_eq!(entry.authors, expected, "{written}");
    };
    check("Ann Other", &["Ann Other"]);
    check("ann@paper.example (Ann Other)", &["Ann Other"]);
    check("Ann Other &lt;ann@paper.example&gt;", &["Ann Other"]);
    check("ann@paper.example Ann Other", &["Ann Other"]);
    check("ann@paper.example", &[]);
    check("é(a@b.example)ü", &["é"]);
    check("", &[]);
}

#[test]
fn feed_ids_fall_back_and_stay() {
    assert_eq!(item("<link>/1</link><title>t</title>").id, "https://paper.example/1");
    assert_eq!(item("<title>t</title>").id, "t");
    assert_eq!(item("<description>x</description>").id, "x");
    // What has nothing to be known by is no entry.
    let empty = "<rss><channel><item><author>x</author></item></channel></rss>";
    assert_eq!(feed(empty), Feed::default());
}

#[test]
fn feed_in_other_encodings() {
    let text = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding='{encoding}'?><rss><channel><title>café</title>\
             </channel></rss>"
        )
    };
    let title = |bytes: &[u8]| entries(bytes, None).expect("a feed").title;
    let cafe = Some("café".to_owned());
    let latin: Vec<u8> =
        text("iso-8859-1").chars().map(|c| u8::try_from(c).expect("Latin 1")).collect();
    assert_eq!(title(&latin), cafe);
    let utf16: Vec<u8> = text("utf-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(title(&utf16), cafe);
    assert_eq!(title(&[&[0xff, 0xfe], &utf16[..]].concat()), cafe);
    assert_eq!(title(text("utf-16").as_bytes()), cafe);
    assert_eq!(title(format!("\u{feff}\n{}", text("nonsense")).as_bytes()), cafe);
    let gbk = b"<?xml version=\"1.0\" encoding=\"gb2312\"?><rss><channel><title>\xd0\xc2\xce\xc5\
                </title></channel></rss>";
    assert_eq!(title(gbk).as_deref(), Some("新闻"));
    let undeclared = b"<rss><channel><title>caf\xe9</title></channel></rss>";
    assert_eq!(title(undeclared), cafe);
}

#[test]
fn feed_that_is_broken_says_where() {
    let check = |text: &str, expected: &str| {
        let error = entries(text.as_bytes(), None).expect_err(text);
        assert_eq!(error, expected);
    };
    check("", "this is empty, where a feed should be; look whether the address is right");
    check(
        "<rss>\n<channel>\n<item></title></channel></rss>",
        "this feed is broken at line 3: ill-formed document: expected `</item>`, but `</title>` \
         was found; tell its publisher, or give the addresses of the articles one by one",
    );
    check(
        "<rss><channel>\n<item><title>t",
        "this feed is broken at line 2: it ends inside <title>; tell its publisher, or give the \
         addresses of the articles one by one",
    );
    check(
        "<!DOCTYPE html>\n<html><head><meta charset=utf-8><body>",
        "this is a web page, not a feed; give the address of the feed, which the page names as \
         `<link rel=\"alternate\">`, or import the page itself",
    );
    check(
        "<opml version=\"2.0\"></opml>",
        "this is XML, but no feed that can be read: it begins with <opml> and not with <rss>, \
         <rdf:RDF> or <feed>",
    );
    check(
        "No feed here.",
        "this is no feed: it is neither XML nor JSON; look whether the address is right",
    );
    check(
        "{\"version\": \"https://jsonfeed.org/version/1\"",
        "this feed is broken: it begins as JSON, but EOF while parsing an object at line 1 column \
         44; tell its publisher, or give the addresses of the articles one by one",
    );
    check(
        "{\"a\": 1}",
        "this is JSON, but no JSON Feed: it lacks `version` with the address of jsonfeed.org, or \
         `items`",
    );
}

#[test]
fn feed_deep_or_large_ends_soon() {
    let start = std::time::Instant::now();
    let deep = format!(
        "<feed><entry><id>1</id><content type='xhtml'>{}x{}</content></entry></feed>",
        "<b>".repeat(20_000),
        "</b>".repeat(20_000)
    );
    let feed = feed(&deep);
    assert!(feed.entries[0].content_html.as_ref().is_some_and(|html| html.contains('x')));
    assert!(entries("<b>".repeat(1_000_000).as_bytes(), None).is_err());
    assert!(entries("[".repeat(1_000_000).as_bytes(), None).is_err());
    let title = format!("<rss><channel><title>{}", "&lt;script&gt;&lt;b&amp;".repeat(200_000));
    assert!(entries(format!("{title}</title></channel></rss>").as_bytes(), None).is_ok());
    let bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><rss><channel>\
                <title>&b;</title></channel></rss>";
    assert_eq!(entries(bomb.as_bytes(), None).expect("a feed").title.as_deref(), Some("&b;"));
    assert!(start.elapsed() < std::time::Duration::from_secs(20));
}

/// A feed with pieces cut out, doubled, and bytes changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>(), 0..4_u8);
    let feed = prop::sample::select(vec![RSS, RSS1, RSS091, ATOM, JSON]);
    (feed, prop::collection::vec(edit, 1..8)).prop_map(|(feed, edits)| {
        let mut bytes = feed.as_bytes().to_vec();
        for (one, other, byte, kind) in edits {
            if bytes.is_empty() {
                break;
            }
            let (one, other) = (one.index(bytes.len()), other.index(bytes.len()));
            let piece = one.min(other)..(one.max(other)).min(one.min(other) + 40);
            match kind {
                0 => bytes[one] = byte,
                1 => drop(bytes.drain(piece)),
                2 => {
                    let piece = bytes[piece].to_vec();
                    bytes.splice(other..other, piece);
                }
                _ => bytes[one] = b"<>&;\"'/ {}[]@(-:"[usize::from(byte % 16)],
            }
        }
        bytes
    })
}

/// What holds for every feed, whatever its bytes.
fn hold(bytes: &[u8]) {
    let base = Some("https://paper.example/");
    let found = entries(bytes, base);
    assert_eq!(found, entries(bytes, base));
    for entry in found.map(|feed| feed.entries).unwrap_or_default() {
        assert!(!entry.id.is_empty());
        assert!(entry.link.is_none_or(|link| link.starts_with("http")));
        assert!(entry.title.is_none_or(|title| !title.trim().is_empty()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn feed_of_any_bytes_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        hold(&bytes);
    }

    #[test]
    fn feed_with_any_words_is_read_or_refused(words in ".{0,80}", title in "[<>&;#a-c/ !\\-é]{0,60}") {
        for name in ["title", "link", "guid", "pubDate", "author", "description", "content"] {
            for words in [&words, &title] {
                hold(format!("<rss><channel><item><{name}>{words}</{name}></item></channel></rss>").as_bytes());
                hold(format!("<feed><entry><{name}>{words}</{name}></entry></feed>").as_bytes());
                hold(format!("<rss><channel><item><{name}><![CDATA[{words}]]></{name}></item></channel></rss>").as_bytes());
            }
        }
    }

    #[test]
    fn feed_that_was_damaged_is_read_or_refused(bytes in mutated()) {
        hold(&bytes);
    }
}

#[test]
fn entries_that_share_an_id_or_have_none_all_come_in() {
    let item = |title: &str, guid: &str, words: &str| {
        format!(
            "<item>{title}<guid>{guid}</guid><link>N/A</link><description>{words}</description></item>"
        )
    };
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>F</title><link>https://f.example/</link>{}{}{}{}</channel></rss>",
        item("<title>One</title>", "N/A", "First words."),
        item("<title>Two</title>", "N/A", "Second words."),
        item("", "", "Third words."),
        item("<title>Two</title>", "7", "Fourth words."),
    );
    let read = entries(feed.as_bytes(), None).expect("a feed");
    let ids: std::collections::BTreeSet<_> = read.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), 4, "{ids:?}");
    assert!(read.entries.iter().all(|entry| entry.link.is_none()));
}

#[test]
fn days_of_feeds_are_read_in_any_language_and_never_guessed() {
    for (text, told) in [
        ("Mar, 03 May 2022 10:00:00 +0200", "2022-05-03"),
        ("23 mai 2022", "2022-05-23"),
        ("Пн, 23 май 2022 10:00:00 +0300", "2022-05-23"),
        ("20220523T080000Z", "2022-05-23"),
        ("05/23/2022 10:00", "2022-05-23"),
        ("May 23rd, 2022", "2022-05-23"),
        ("2022年5月23日 10:00", "2022-05-23"),
        ("05/06/2022", ""),
        ("12345678901", ""),
        ("20229999", ""),
    ] {
        let read = day(text).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(read, told, "{text}");
    }
}

#[test]
fn feeds_say_no_more_than_is_known_and_lead_into_the_entry() {
    let site = Site::new();
    site.write("tearsheet.toml", "base_url = \"https://d.example/x\"\n");
    site.article(
        "one",
        "title: One\nlang: en\ndate: 2022-05-23\nguid: \"https://old.example/one\"",
        "[note](#note) and[^1].\n\n## Note\n\n[^1]: Said.",
    );
    site.article("two", "title: Two\nlang: en\ndate: 2021~", "Text.");
    assert_eq!(site.run(&["build"]).code, 0);
    let (atom, json) = (site.read("public/feed.xml"), site.read("public/feed.json"));
    for part in [
        "xml:base=\"https://d.example/x/2022/05/23/one/\"",
        "<id>https://old.example/one</id>",
        "href=&quot;https://d.example/x/2022/05/23/one/#note&quot;",
        "href=&quot;https://d.example/x/2022/05/23/one/#fn-1&quot;",
        "<published>2022-05-23T00:00:00Z</published>",
    ] {
        assert!(atom.contains(part), "{part} is not in {atom}");
    }
    assert!(!atom.contains("2021-01-01") && !json.contains("2021-01-01"), "{atom}{json}");
    assert!(json.contains("https://d.example/x/2022/05/23/one/#note"), "{json}");
}
