//! The article of a page, without what stands around it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef, Selection};
use dom_smoothie::{Config, Readability};

use url::Url;

use super::facts::Metadata;
use super::phrases::{clean, letters, opening, words};
use super::prose::Prose;
use super::writer::{self, Pictures, picture_source};
use crate::import::thresholds::{
    ARTICLE_BYTES, ASIDE_BYTES, HEADLINE_WORDS, LED_LINK_TENTHS, LINK_LEAD_BYTES,
    LINK_PARAGRAPH_BYTES, NEARLY_ALL_TENTHS, OPENING_LETTERS, PAGE_TO_ASIDE, PAGE_TO_OTHERS,
    REPEATED_HEADINGS, STAMP_BYTES, STANDFIRST_CHARACTERS, STANDFIRST_ELEMENTS, STANDFIRST_PLACES,
    SUMMARY_BYTES, SUMMARY_ELEMENTS,
};
use crate::understand::lexicon::Lexicon;
use crate::understand::structure::{self, Block};
use crate::understand::{dates, language, lexicon};

/// Elements around and between the paragraphs of an article, by their usual class names.
const ASIDES: &str = "[class*=related], [class*=Related], [class*=newsletter], [class*=Newsletter], \
    [class*=social], [class*=author], [class*=Author], [class*=caption], \
    [class*=Caption], [class*=credit], [class*=advert], [class*=subscribe], [class*=recommend], \
    [class*=Recommend], [class*=teaser], [class*=Teaser], [class*=read-more], [class*=readmore], \
    [class*=see-also], [class*=breadcrumb], [class*=most-read], [class*=mostread], [class*=tag-list], \
    [class*=share-], [class*=sharing], [class*=post-nav], [class*=rating], figcaption, nav, aside, form, \
    button, noscript, [class*=share], [class*=Share], [class*=comment], [class*=promo], [class*=Promo], \
    [class*=disclaimer], [class*=paywall], [class*=regwall], [class*=subscription], [class*=consent], \
    [class*=Consent], [class~=hidden], [class*=signup], [class*=sponsor], [class*=infobox], \
    [class*=tags], [class*=donat], [class*=feedback], [class*=sr-only], [class*=visually-hidden], \
    [class*=screen-reader], [class*=byline], [class*=Byline], [class*=dateline], [class*=timestamp], footer, \
    [id*=author], [class*=copyright], [class*=Copyright], [class*=notice], [class~=footer], [class*=footer-], \
    [class*=next-post], [class*=nextpost], [class*=Infobox], [class*=tooltip], [class*=whatsapp], [class*=authorbox], \
    [class*=sabox], \
    [class*=lightbox], [class*=info-box], [class*=similar], [class*=assessment], [class*=photo-source], \
    [class*=registration], [class*=login], [class*=survey], [class*=sign-in], [class*=signin]";

/// Of these, those whose names say that they hold other articles: they may be larger.
const OTHER_ARTICLES: &str = "[class*=related], [class*=Related], [class*=recommend], [class*=Recommend], \
    [class*=most-read], [class*=mostread], [class*=read-more], [class*=see-also], nav, aside";

/// Names of lines and boxes that say when something was published and what it is about. Inside a
/// paragraph they mark words of it.
const ABOUT: &str = "[class~=meta], [class*=-meta], [class*=_meta], [class*=meta-], [class~=date], [class*=-date], \
    [class*=_date], [class~=topic], [class~=topics], [class*=-topics], [class*=topics-]";

/// What is left out where a page is printed: buttons, lists of other articles, appeals.
const UNPRINTED: &str = "[class~=d-print-none], [class~='print:hidden'], [class~=noprint], [class~=no-print], \
    [class~=hidden-print], [class~=print-hidden], [class~=print-none], [class~=print-hide], [class~=hide-print], \
    [class~=donotprint], [class~=do-not-print]";

/// What an article shows of another site, whose name may be that of a button as well.
const EMBEDS: &str = "blockquote[class*=twitter], blockquote[class*=instagram], blockquote[class*=bluesky], \
    blockquote[class*=mastodon], blockquote[class*=tiktok], blockquote[class*=fb-], blockquote[class*=reddit]";

/// What lies over a page until its reader has answered: however much it says, it is not the article.
const DIALOGS: &str = "[role=dialog], [role=alertdialog], [aria-modal=true], dialog, [class~=modal], \
    [id^=cmp-], [id*=consent], [id*=onetrust], [id*=cookie-], [id*=cookiebanner], [id*=cookieBanner], \
    [class*=cookie-banner], [class*=cookiebanner], [class*=cookie-consent], [class*=cookie-notice], \
    [class*=gdpr], [id*=gdpr], [id*=sp_message]";

/// Parts of the class names of elements that are read, if by some readers only or after a click, whatever
/// else they are called: `paywalled`, `entry-content-read-more`.
const READ: [&str; 4] = ["paywalled", "entry-content", "article-content", "article-body"];

/// Elements that by their name hold the standfirst.
const STANDFIRSTS: &str = "[class~=lead], [class~=lede], [class~=leader], [class*=standfirst], \
    [class*=intro], [class~=chapo], [class*=excerpt], [class*=abstract], [class*=teaser-text], [class*=teasertext], \
    [class*=subheadline], [class*=article-summary], [itemprop=description], header > p";

/// Where words of a summary are no standfirst.
static ELSEWHERE: LazyLock<Matcher> = LazyLock::new(|| {
    Matcher::new("script, style, template, figure, nav, aside, footer, form, li")
        .expect("the selector is valid")
});

/// The article as Markdown, and its paragraphs as plain text.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) markdown: String,
    pub(super) paragraphs: Vec<String>,
}

/// Extracts the article of a page, which it takes apart; where that is next to nothing, all of `html`.
pub(super) fn body(page: Document, html: &str, meta: &Metadata, base: Option<&Url>) -> Text {
    show_pictures(&page);
    drop_dialogs(&page);
    show_parts(&page);
    let standfirst = described(&page, meta).or_else(|| standfirst(&page));
    let prose = Prose::of(&page);
    drop_asides(&page);
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config));
    let article = article.and_then(|mut reader| reader.parse());
    let mut text = match article {
        Ok(article) => read(&Document::fragment(article.content.as_ref()), meta, base),
        Err(_) => Text::default(),
    };
    if prose.is_better_than(&text.paragraphs) {
        let document = Document::fragment(prose.html.as_str());
        drop_asides(&document);
        let other = read(&document, meta, base);
        if other.length() > text.length() || prose.is_of_more(&text.paragraphs) {
            text = other;
        }
    }
    // Some pages show a reader nothing without a script, but tell machines the whole text.
    if text.length() * 2 < meta.article_body.len() {
        let told = Text::told(&meta.article_body, base);
        if told.length() > text.length() {
            text = told;
        }
    }
    if text.length() < ARTICLE_BYTES {
        text = text.or_all_of(html, meta, base);
    }
    text.open_with(standfirst);
    text
}

/// Reads a piece of a page that is all article.
pub(super) fn fragment(html: &str, base: Option<&Url>) -> Text {
    let document = Document::fragment(html);
    show_pictures(&document);
    let text = read(&document, &Metadata::default(), base);
    // Plain text in a place for HTML.
    if text.paragraphs.is_empty() {
        Text::plain(&clean(&Document::fragment(html).text()))
    } else {
        text
    }
}

fn read(document: &Document, meta: &Metadata, base: Option<&Url>) -> Text {
    tidy(document, meta);
    drop_noise(document);
    let markdown = writer::written(document, base, Pictures::Captioned);
    document.select("figcaption").remove();
    let texts = document.select("p, li, h2, h3, blockquote");
    let mut paragraphs: Vec<String> =
        texts.iter().map(|node| clean(&node.text())).filter(|text| !text.is_empty()).collect();
    if paragraphs.is_empty() && !markdown.is_empty() {
        paragraphs = Text::plain(&document.formatted_text()).paragraphs;
    }
    Text { markdown, paragraphs }
}

impl Text {
    /// How many bytes of words there are.
    fn length(&self) -> usize {
        self.paragraphs.iter().map(String::len).sum()
    }

    /// Puts a standfirst before a text that has none.
    fn open_with(&mut self, standfirst: Option<String>) {
        let Some(standfirst) = standfirst else { return };
        let key = opening(&standfirst);
        let told =
            self.paragraphs.iter().any(|text| letters(text).collect::<String>().contains(&key));
        if !told && !self.paragraphs.is_empty() {
            self.markdown = format!("{standfirst}\n\n{}", self.markdown);
            self.paragraphs.insert(0, standfirst);
        }
    }

    /// A text that a page tells machines, which may have its tags in it.
    fn told(text: &str, base: Option<&Url>) -> Self {
        // Some escape it once more, and some twice.
        let mut text = text.to_owned();
        for _ in 0..2 {
            if text.contains("</") || !text.contains('&') {
                break;
            }
            text = Document::fragment(text.as_str()).text().to_string();
        }
        let has_tags = ["</p>", "<br", "</a>", "</b>"].iter().any(|tag| text.contains(tag));
        if has_tags { fragment(&text, base) } else { Self::plain(&text) }
    }

    /// The text, or, where there is next to none, all that the page shows in its main part.
    fn or_all_of(self, html: &str, meta: &Metadata, base: Option<&Url>) -> Self {
        let page = super::parse(html);
        show_pictures(&page);
        drop_dialogs(&page);
        drop_asides(&page);
        page.select("header, [role=navigation], [class*=cookie], [id*=cookie], [class*=consent], [id*=consent]").remove();
        let places = ["[itemprop=articleBody]", "article", "main, [role=main]", "#content", "body"];
        let texts = places.iter().filter_map(|place| {
            let nodes = page.select(place);
            let longest = nodes.nodes().iter().max_by_key(|node| node.text().len())?;
            let text = read(&Document::fragment(longest.html()), meta, base);
            (text.length() >= ARTICLE_BYTES).then_some(text)
        });
        let first = texts.into_iter().next();
        first.filter(|other| other.length() > 2 * self.length()).unwrap_or(self)
    }

    /// A text without markup.
    fn plain(text: &str) -> Self {
        let paragraphs: Vec<String> =
            text.lines().map(clean).filter(|line| !line.is_empty()).collect();
        Self { markdown: paragraphs.join("\n\n"), paragraphs }
    }
}

/// The standfirst, where the page says it once more in its metadata.
fn described(page: &Document, meta: &Metadata) -> Option<String> {
    let keys: Vec<String> = meta
        .descriptions
        .iter()
        .filter(|text| !meta.titles.contains(text))
        .map(|text| opening(text))
        .filter(|key| key.chars().count() == OPENING_LETTERS)
        .collect();
    if keys.is_empty() {
        return None;
    }
    let body = page.select("body");
    let texts = body.nodes().first()?.descendants_it().filter(NodeRef::is_text);
    texts.into_iter().find_map(|text| {
        let begins = opening(&text.text());
        let key =
            keys.iter().find(|key| begins.len() >= SUMMARY_BYTES && key.starts_with(&begins))?;
        let around = text.ancestors_it(Some(SUMMARY_ELEMENTS));
        let whole = around.into_iter().find_map(|node| {
            let text = clean(&node.text());
            (opening(&text) == *key).then_some(text)
        })?;
        let outside = text.ancestors_it(None).any(|node| node.is_match(&ELSEWHERE));
        (!outside && whole.chars().count() <= *STANDFIRST_CHARACTERS.end()).then_some(whole)
    })
}

/// The paragraph between headline and article that opens it. Extraction loses it where it stands
/// beside the article, in a header, and by its name it may seem to be a teaser.
fn standfirst(page: &Document) -> Option<String> {
    let heading = page.select("h1");
    let heading = heading.nodes().first()?;
    let around =
        heading.ancestors_it(Some(STANDFIRST_ELEMENTS)).take_while(|node| !node.has_name("body"));
    around.into_iter().find_map(|node| {
        let places = Selection::from(node).select(STANDFIRSTS);
        let texts =
            places.iter().take(STANDFIRST_PLACES).filter(|node| node.select("h1").is_empty());
        texts
            .map(|node| clean(&node.text()))
            .find(|text| STANDFIRST_CHARACTERS.contains(&text.chars().count()))
    })
}

/// Takes out what asks a reader for something before it shows the page.
fn drop_dialogs(page: &Document) {
    for node in &page.select(DIALOGS) {
        let is_page =
            node.select("h1, article, main").exists() || node.is("h1, article, main, body, html");
        if !is_page {
            node.remove();
        }
    }
}

/// Takes out elements that are, by the names their authors gave them, no part of the article. One
/// that holds much of the page's text is kept, whatever it is called.
fn drop_asides(page: &Document) {
    static OTHER: LazyLock<Matcher> =
        LazyLock::new(|| Matcher::new(OTHER_ARTICLES).expect("the selector is valid"));
    static EMBED: LazyLock<Matcher> =
        LazyLock::new(|| Matcher::new(EMBEDS).expect("the selector is valid"));
    let whole = page.select("body").text().len();
    let is_headed = |node: &Selection<'_>| node.select("h1").exists();
    let is_small = |own: usize| own * PAGE_TO_ASIDE < whole && own < ASIDE_BYTES;
    let is_part = |own: usize| own * PAGE_TO_OTHERS < whole;
    for node in &page.select(UNPRINTED) {
        if is_part(node.text().len()) && !is_headed(&node) {
            node.remove();
        }
    }
    for node in &page.select(ABOUT) {
        let is_line = !node.nodes().iter().any(|node| is_within(node, "p"));
        if is_line && is_small(node.text().len()) && !is_headed(&node) {
            node.remove();
        }
    }
    for node in &page.select(ASIDES) {
        let name = node.attr("class").unwrap_or_default().to_lowercase();
        if READ.iter().any(|part| name.contains(part)) {
            continue;
        }
        let own = node.text().len();
        if node.select_matcher(&EMBED).text().len() * 2 > own {
            // Extraction goes by names as well, and weighs every `div`.
            node.remove_attr("class");
            node.rename("section");
            continue;
        }
        let caption = node.nodes().iter().any(|node| is_within(node, "figure"));
        let is_other = node.nodes().iter().any(|node| node.is_match(&OTHER));
        let fits = if is_other { is_part(own) } else { is_small(own) };
        if fits && !caption && !is_headed(&node) {
            node.remove();
        }
    }
}

/// Shows the parts of a page of which a reader sees one at a time.
fn show_parts(page: &Document) {
    let hidden = page.select("[class~=hidden]");
    for part in hidden.nodes().iter().filter(|node| is_next_part(node)) {
        part.remove_class("hidden");
    }
}

/// Whether an element is hidden as one of several parts of which a reader sees one at a time: beside one
/// that is called the same and is not hidden.
fn is_next_part(node: &NodeRef<'_>) -> bool {
    let names = |node: &NodeRef<'_>| -> Option<BTreeSet<String>> {
        Some(node.class()?.split_whitespace().map(str::to_owned).collect())
    };
    let Some(mut own) = names(node).filter(|own| own.contains("hidden")) else { return false };
    own.remove("hidden");
    let mut beside = node.parent().into_iter().flat_map(|parent| parent.children_it(false));
    !own.is_empty() && beside.any(|node| names(&node).is_some_and(|names| names == own))
}

/// Takes out paragraphs that are, by their words, no part of the article.
fn drop_noise(document: &Document) {
    let nodes: Vec<_> = document.select("p, li, h1, h2, h3, h4, h5, blockquote").iter().collect();
    let texts: Vec<String> = nodes.iter().map(|node| clean(&node.text())).collect();
    let words: Vec<&str> = texts.iter().map(String::as_str).collect();
    let lexicon = lexicon::of(language::of_article(&words));
    let blocks: Vec<Block> =
        texts.iter().map(|text| Block { text: text.clone(), bullet: false }).collect();
    // Paragraphs and headings that are nothing but a link lead to other articles.
    for (node, text) in nodes.iter().zip(&texts) {
        let name = node.nodes().first().and_then(NodeRef::node_name);
        let item = name.as_deref() == Some("li");
        let inner: usize = node.select("a").iter().map(|link| clean(&link.text()).len()).sum();
        let whole = node.nodes().iter().any(|node| is_within(node, "a"));
        let linked = if whole { text.len() } else { inner };
        // `Read more:` before a link makes no sentence of it.
        let is_lead = text.len() - linked.min(text.len()) <= LINK_LEAD_BYTES
            && linked * 10 >= text.len() * LED_LINK_TENTHS
            && !ends_sentence(text);
        if !item
            && !text.is_empty()
            && (linked * 10 >= text.len() * NEARLY_ALL_TENTHS || is_lead)
            && text.len() < LINK_PARAGRAPH_BYTES
        {
            node.remove();
        }
    }
    drop_link_lists(document);
    drop_stamps(&nodes, &texts, lexicon);
    // A heading at the very end has lost what stood below it.
    for (node, text) in nodes.iter().zip(&texts).rev() {
        let name = node.nodes().first().and_then(NodeRef::node_name).unwrap_or_default();
        if text.is_empty() {
            continue;
        }
        if !name.starts_with('h') {
            break;
        }
        node.remove();
    }
    for (node, noise) in nodes.iter().zip(structure::noise(&blocks, lexicon)) {
        if noise && node.select("p, li").is_empty() {
            node.remove();
        }
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。', '！', '？', '…'])
}

/// Takes out lists of nothing but links to other articles.
fn drop_link_lists(document: &Document) {
    for list in document.select("ul, ol").nodes() {
        let items: Vec<_> = list.children_it(false).filter(|node| node.has_name("li")).collect();
        let is_link = |item: &NodeRef<'_>| {
            let text = clean(&item.text());
            let links = item.descendants_it().filter(|node| node.has_name("a"));
            let linked: usize = links.map(|link| clean(&link.text()).len()).sum();
            // A word or two are an entry of something.
            text.is_empty()
                || text.len() >= LINK_LEAD_BYTES && linked * 10 >= text.len() * NEARLY_ALL_TENTHS
        };
        if items.len() > 1 && items.iter().all(is_link) {
            list.remove_from_parent();
        }
    }
}

/// Takes out lines that say nothing but when something was published, and how long it takes to read.
fn drop_stamps(nodes: &[Selection<'_>], texts: &[String], lexicon: &Lexicon) {
    for (node, text) in nodes.iter().zip(texts) {
        let name = node.nodes().first().and_then(NodeRef::node_name);
        if text.len() > STAMP_BYTES || ends_sentence(text) || name.as_deref() == Some("li") {
            continue;
        }
        let found = dates::dates(text, lexicon);
        let told: usize = found.iter().map(|found| found.span.len()).sum();
        let rest = text.len().saturating_sub(told);
        let has_day = found.iter().any(|found| found.date.day_of_month().is_some());
        if has_day && (rest <= LINK_LEAD_BYTES || rest <= 2 * LINK_LEAD_BYTES && text.contains(':'))
        {
            node.remove();
        }
    }
}

/// Whether an element is inside another one of this name.
fn is_within(node: &NodeRef<'_>, name: &str) -> bool {
    node.ancestors_it(None).any(|up| up.has_name(name))
}

/// Gives pictures that a script would show the address that they will have.
fn show_pictures(page: &Document) {
    // What a server sends piece by piece is hidden until a script puts it into its place.
    page.select("[hidden][id^='S:']").remove_attr("hidden");
    for picture in page.select("amp-img").nodes() {
        picture.rename("img");
    }
    for hidden in page.select("figure noscript").nodes() {
        let real = hidden.descendants_it().find(|node| node.has_name("img"));
        let Some(address) = real.as_ref().and_then(picture_source) else { continue };
        let figure = hidden.ancestors_it(None).find(|up| up.has_name("figure"));
        let around = figure.map(Selection::from);
        let shown = around.map(|figure| figure.select("img"));
        let shown = shown.iter().flat_map(Selection::nodes);
        let mut shown = shown.filter(|node| !is_within(node, "noscript"));
        match shown.next() {
            Some(shown) if picture_source(shown).is_none() => {
                shown.set_attr("src", &address);
            }
            Some(_) => {}
            None => hidden.rename("span"),
        }
    }
}

/// Takes out what extraction leaves in: captions, the repeated headline.
fn tidy(document: &Document, meta: &Metadata) {
    document.select("aside, nav, footer, noscript").remove();
    for caption in document.select("figcaption").nodes() {
        if !is_within(caption, "figure") {
            caption.remove_from_parent();
        }
    }
    for table in document.select("table").nodes() {
        if table.text().trim().is_empty() {
            table.remove_from_parent();
        }
    }
    for node in document.select("h1, h2").iter().take(REPEATED_HEADINGS) {
        let text = words(&clean(&node.text()));
        // A kicker may stand before it.
        let repeats = |title: &String| {
            let title = words(title);
            title.len() >= HEADLINE_WORDS && text.ends_with(&title) || title == text
        };
        if !text.is_empty() && meta.titles.iter().chain(&meta.headings).any(repeats) {
            node.remove();
        }
    }
}
