//! Sites with everything that an attacker would write, in every place that takes a text.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::site::Site;

/// Where a payload stands for itself: `pwned=<its number>` is put in the place of the mark.
const MARK: char = '§';

/// What an attacker would write. A new one is a new line.
pub const PAYLOADS: &[&str] = &[
    // Scripts, whole and broken.
    "<script>§</script>",
    "<SCRIPT>§</SCRIPT>",
    "<scr<script>ipt>§</scr</script>ipt>",
    "<script/x>§</script>",
    "<script\n>§</script\n>",
    "<script src=data:text/javascript,§></script>",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>§</script>",
    "<script>§//",
    "<<script>§//<</script>",
    "<script>/*</script><script>*/§</script>",
    "%3Cscript%3E§%3C/script%3E",
    "&lt;script&gt;§&lt;/script&gt;",
    "&amp;lt;script&amp;gt;§&amp;lt;/script&amp;gt;",
    "&#60;script&#62;§&#60;/script&#62;",
    "\\u003cscript\\u003e§\\u003c/script\\u003e",
    "＜script＞§＜/script＞",
    "<script>§</script",
    // Ways out of what a page puts around a text.
    "</script><script>§</script>",
    "</title><script>§</script>",
    "</textarea><script>§</script>",
    "</style><script>§</script>",
    "</noscript><script>§</script>",
    "</xmp><script>§</script>",
    "</a></p></li></main><script>§</script>",
    "--><script>§</script>",
    "--!><script>§</script>",
    "<!--><script>§</script>-->",
    "<!-- --!><img src=x onerror=§>",
    "]]><script>§</script>",
    "<![CDATA[<script>§</script>]]>",
    "*/</style><script>§</script>",
    "\"><script>§</script>",
    "'><script>§</script>",
    "`><script>§</script>",
    "\"}</script><script>§</script>",
    "\\\"><script>§</script>",
    "\\</script><script>§</script>",
    "\"}]});§;//",
    "';§;//",
    "\";§;//",
    "`;§;//",
    "${§}",
    "</script\u{c}><script>§</script>",
    "\u{2028}</script><script>§</script>",
    "<?xml version=\"1.0\"?><script xmlns=\"http://www.w3.org/1999/xhtml\">§</script>",
    "<!DOCTYPE x [<!ENTITY a \"<script>§</script>\">]>&a;",
    // Out of an attribute.
    "\" onmouseover=\"§",
    "' onmouseover='§",
    "` onmouseover=`§",
    "\" autofocus onfocus=\"§\" x=\"",
    "\" style=\"animation-name:x\" onanimationstart=\"§",
    "x\" onload=\"§\" \"",
    "\t\"\tonclick=\"§\"",
    "\"onclick=§//",
    "&quot; onmouseover=&quot;§",
    "&#34; onmouseover=&#34;§",
    "\\\" onmouseover=\\\"§",
    // Handlers on elements that load, open or play by themselves.
    "<img src=x onerror=§>",
    "<IMG SRC=x ONERROR=§>",
    "<img/src=x/onerror=§>",
    "<img src=x onerror=\u{c}§>",
    "<img src=x\nonerror\n=\n§>",
    "<img src=`x`onerror=§>",
    "<img src=x:x onerror=§//",
    "<img \"\"\"><img src=x onerror=§>\">",
    "<img src=x oNeRrOr=§>",
    "<img srcset=x onerror=§>",
    "<image src=x onerror=§>",
    "<picture><source srcset=x><img onerror=§ src=x></picture>",
    "<audio src=x onerror=§></audio>",
    "<video src=x onerror=§></video>",
    "<video><source onerror=§ src=x></video>",
    "<video poster=javascript:§></video>",
    "<body onload=§>",
    "<html onmouseover=§>",
    "<svg onload=§>",
    "<svg/onload=§>",
    "<svg onload=§//",
    "<input autofocus onfocus=§>",
    "<textarea autofocus onfocus=§></textarea>",
    "<select autofocus onfocus=§></select>",
    "<button autofocus onfocus=§>x</button>",
    "<details open ontoggle=§>x</details>",
    "<marquee onstart=§>x</marquee>",
    "<div onpointerenter=§ style=position:fixed;inset:0>x</div>",
    "<div contenteditable autofocus onfocus=§>x</div>",
    "<p onclick=§ tabindex=1 autofocus onfocus=§>x</p>",
    "<style onload=§></style>",
    "<link rel=stylesheet href=x onerror=§>",
    "<object data=x onerror=§></object>",
    "<embed src=x onerror=§>",
    "<iframe onload=§></iframe>",
    "<keygen autofocus onfocus=§>",
    "<x onbeforescriptexecute=§>",
    "<a href=# onclick=§>x</a>",
    "<a href=\"x\"onclick=§>x</a>",
    "<table background=javascript:§><td background=javascript:§>x</table>",
    // Addresses that run.
    "<a href=javascript:§>x</a>",
    "<a href=JaVaScRiPt:§>x</a>",
    "<a href=\" javascript:§\">x</a>",
    "<a href=\"java\tscript:§\">x</a>",
    "<a href=\"java\nscript:§\">x</a>",
    "<a href=\"\u{1}javascript:§\">x</a>",
    "<a href=\"&#106;avascript:§\">x</a>",
    "<a href=\"&#x6A&#x61vascript:§\">x</a>",
    "<a href=\"javascript&colon;§\">x</a>",
    "<a href=\"java&Tab;script&colon;§\">x</a>",
    "<a href=\"java&NewLine;script:§\">x</a>",
    "<a href=\"javascript:&sol;&sol;%0a§\">x</a>",
    "<a href=\"vbscript:§\">x</a>",
    "<a href=\"data:text/html,<script>§</script>\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5wd25lZD0xPC9zY3JpcHQ+\">x</a>",
    "<a href=\"tearsheet:javascript:§\">x</a>",
    "<a href=\"tearsheet:data:text/html,<script>§</script>\">x</a>",
    "<a href=\"TEARSHEET:javascript:§\">x</a>",
    "<a href=\"tearsheet:tearsheet:javascript:§\">x</a>",
    "<img src=\"tearsheet:javascript:§\">",
    "<a href=tearsheet:javascript:§ title='\"tearsheet:javascript:§'>x</a>",
    "\"tearsheet:javascript:§\"",
    "<a href=\"view-source:javascript:§\">x</a>",
    "<a href=\"blob:javascript:§\">x</a>",
    "<a href=\"feed:javascript:§\">x</a>",
    "<a href=\"//javascript:§\">x</a>",
    "<form action=javascript:§><input type=submit></form>",
    "<form><button formaction=javascript:§>x</button></form>",
    "<input type=image src=x formaction=javascript:§>",
    "<iframe src=javascript:§></iframe>",
    "<iframe srcdoc=\"<script>parent.§</script>\"></iframe>",
    "<iframe src=\"data:text/html,<script>parent.§</script>\"></iframe>",
    "<object data=javascript:§></object>",
    "<object data=\"data:text/html,<script>§</script>\"></object>",
    "<embed src=javascript:§>",
    "<base href=javascript:§//>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=javascript:§\">",
    "<meta http-equiv=refresh content=\"0;url=data:text/html,<script>§</script>\">",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\"><script>§</script>",
    "0;url=javascript:§",
    "javascript:§",
    "JAVASCRIPT:§",
    " javascript:§",
    "java\tscript:§",
    "javascript://%0a§",
    "javascript://example.com/%0a§",
    "data:text/html,<script>§</script>",
    "vbscript:§",
    // The same in Markdown.
    "[x](javascript:§)",
    "[x](<javascript:§>)",
    "[x](<java\tscript:§>)",
    "[x](&#106;avascript:§)",
    "[x](javascript&colon;§)",
    "[x](java&Tab;script:§)",
    "[x](data:text/html;base64,PHNjcmlwdD5wd25lZD0xPC9zY3JpcHQ+)",
    "[x](vbscript:§)",
    "[x](tearsheet:javascript:§)",
    "[x](/\"onmouseover=\"§)",
    "[x](</\" onmouseover=\"§>)",
    "[x](https://a.example/\"onmouseover=§)",
    "[x](https://a.example \"\\\" onmouseover=\\\"§\")",
    "![x](javascript:§)",
    "![x](x \"\\\" onerror=\\\"§\")",
    "![\" onerror=\"§](x)",
    "![x\" onerror=§ \"](</\" onerror=\"§>)",
    "<javascript:§>",
    "<javascript:alert&colon;§>",
    "[x]\n\n[x]: javascript:§",
    "[x]\n\n[x]: <java&NewLine;script:§>",
    "```\"><script>§</script>\nx\n```",
    "```html onload=§\n<script>§</script>\n```",
    "~~~\"onclick=\"§\nx\n~~~",
    "    <script>§</script>",
    "`<script>§</script>`",
    "# <img src=x onerror=§>",
    "# x\" onclick=\"§",
    "|<img src=x onerror=§>|\n|:-:|\n|<script>§</script>|",
    "[^\"><script>§</script>]\n\n[^\"><script>§</script>]: x",
    "> [!NOTE]\n> <script>§</script>",
    "x\n: <script>§</script>",
    "- [ ] <input autofocus onfocus=§>",
    "<https://a.example/\"onclick=§>",
    "<div>\n\n[x](javascript:§)\n\n</div>",
    // What a parser makes into something else when it reads it again.
    "<svg><script>§</script></svg>",
    "<svg><script href=data:text/javascript,§ /></svg>",
    "<svg><a xlink:href=javascript:§><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=§ attributeName=x dur=1s></svg>",
    "<svg><a><animate attributeName=href values=javascript:§ /><text y=20>x</text></a></svg>",
    "<svg><set attributeName=onmouseover to=§ /></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>§</script></svg>#x\"/></svg>",
    "<svg><foreignObject><img src=x onerror=§></foreignObject></svg>",
    "<svg><style><img src=x onerror=§></style></svg>",
    "<svg><title><style><img src=</style><img src=x onerror=§></title></svg>",
    "<svg><desc><noscript><img title=\"</noscript><img src=x onerror=§>\"></desc></svg>",
    "<svg></p><style><a id=\"</style><img src=x onerror=§>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=§&gt;\">",
    "<math><mtext></form><form><mglyph><style></math><img src=x onerror=§>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=§></style></annotation-xml></math>",
    "<math href=javascript:§>x</math>",
    "<math><mi xlink:href=javascript:§>x</mi></math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><textarea><path id=\"</textarea><img onerror=§ src=1>\"></form>",
    "<noscript><p title=\"</noscript><img src=x onerror=§>\">",
    "<noembed><img title=\"</noembed><img src=x onerror=§>\"></noembed>",
    "<noframes><img title=\"</noframes><img src=x onerror=§>\"></noframes>",
    "<xmp><p title=\"</xmp><img src=x onerror=§>\">",
    "<listing>&lt;img src=x onerror=§&gt;</listing>",
    "<textarea><img title=\"</textarea><img src=x onerror=§>\"></textarea>",
    "<title><img title=\"</title><img src=x onerror=§>\"></title>",
    "<style><img title=\"</style><img src=x onerror=§>\"></style>",
    "<template><script>§</script></template>",
    "<template shadowrootmode=open><script>§</script></template>",
    "<select><template><img src=x onerror=§></template></select>",
    "<table><tr><td><select><img src=x onerror=§></select>",
    "<a><table><a onclick=§></table></a>",
    "<plaintext><script>§</script>",
    "<isindex type=image src=1 onerror=§>",
    "<comment><img src=\"</comment><img src=x onerror=§>\">",
    "<!--[if gte IE 4]><script>§</script><![endif]-->",
    "<? foo=\"><script>§</script>\">",
    "<! foo=\"><script>§</script>\">",
    "</ foo=\"><script>§</script>\">",
    "<% foo><script>§</script>%>",
    // Styles.
    "<style>@import '//evil.example/x.css'; * { background: url(javascript:§) }</style>",
    "<p style=\"background:url(javascript:§)\">x</p>",
    "<p style=\"width:expression(§)\">x</p>",
    "<p style=\"behavior:url(x.htc);-moz-binding:url(x.xml#x)\">§</p>",
    "<link rel=stylesheet href=data:text/css,*{color:red}>§",
    "<link rel=import href=data:text/html,<script>§</script>>",
    "}</style><script>§</script>",
    // Templates.
    "{{ 7 * 7 }}{% include \"base.html\" %}§",
    "{{ \"<script>§</script>\" | safe }}",
    "{% raw %}<script>§</script>{% endraw %}",
    "{% block content %}<script>§</script>{% endblock content %}",
    "{{ <card article={1}/> }}<script>§</script>",
    "{# <script>§</script> #}",
    "{{ __tera_context }}§",
    "{n}<script>§</script>{percent}",
    // Letters that are not what they seem.
    "<ſcript>§</ſcript>",
    "<scrıpt>§</scrıpt>",
    "<ｓcript>§</ｓcript>",
    "\u{202e}<script>§</script>\u{202c}",
    "<\u{200b}script>§</script>",
    "<s\u{ad}cript>§</script>",
    "\u{feff}<script>§</script>",
    "jav\u{200b}ascript:§",
    "<a href=\"\u{3000}javascript:§\">x</a>",
    "<a href=\"\u{a0}javascript:§\">x</a>",
    "<a href=\"\u{85}javascript:§\">x</a>",
    "<img src=x onerror\u{a0}=§>",
    "<img src=x\u{2028}onerror=§>",
    "\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{fffe}<script>§</script>",
    "\u{1b}[31m<script>§</script>",
    "\u{e000}\u{10ffff}<script>§</script>",
    "ʺ onmouseover=ʺ§",
    "＂ onmouseover=＂§",
    "‹script›§‹/script›",
    "𝕁avascript:§",
];

/// The payloads with their numbers in them.
fn payloads() -> Vec<String> {
    let number = |(at, text): (usize, &&str)| text.replace(MARK, &format!("pwned={at}"));
    PAYLOADS.iter().enumerate().map(number).collect()
}

/// A double-quoted string of YAML and of TOML, whatever is in it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c => {
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
        }
    }
    out + "\""
}

/// The front matter of an article with a payload in every field that takes free text.
const ARTICLE: &str = r"
title: {title}
original_title: {payload}
date: 2022-05-23
lang: en
source: { name: {named}, url: {address} }
authors: [{payload}, {payload}]
companies: [co-{n}, xiaomi]
tags: [{named}]
summary: {payload}
rights: {rights}
story: {payload}
not_story: [{payload}]
aliases: [{alias}]
unknown: {payload}
extra: { {payload}: {payload} }
partnerships:
  - parties: [{ company: co-{n}, role: {payload} }, xiaomi]
    name: {named}
    kind: kind-{kind}
    event: announced
    evidence: {payload}
";

/// The same for a company.
const COMPANY: &str = r"
name: {named}
names: { en: {payload}, zh-Hant: {payload}, {payload}: {payload} }
aliases: [{payload}]
former_names: [{payload}]
country: {payload}
website: {address}
ticker: {payload}
same_as: { wikidata: {payload}, {payload}: {address}, x: {payload} }
summary: {payload}
";

/// The same for a standing page, and for a note on a partnership.
const PAGE: &str = "\ntitle: {payload}\nsummary: {payload}\n";
/// Texts that call components are only as safe as the calls in them.
const CALLING: &str = "\ntitle: {payload}\nsummary: {payload}\ncomponents: true\n";
const NOTE: &str = "\nparties: [co-{n}, xiaomi]\nname: {named}\ntitle: {payload}\n";

/// Fills the fields of a front matter; the number makes names and addresses unique.
fn filled(form: &str, n: usize, payload: &str) -> String {
    let is_break = |c: char| c.is_whitespace() || c.is_control();
    let address = format!("https://example.com/{}", payload.replace(is_break, ""));
    let fits = |part: &str| !part.is_empty() && part != "." && part != ".." && part.len() < 250;
    let part = payload.replace(|c: char| c == '/' || c.is_control(), "");
    let alias = if fits(&part) { format!("/old/{n}/{part}/") } else { format!("/old/{n}/") };
    // An address is read as a browser writes it, so that this stands for the same letters.
    let alias = alias.replace('%', "%25");
    let named = format!("N{n} {payload}");
    let rights = ["full", "excerpt", "link"][n % 3];
    let fields = [
        // Of some articles the first words of the body are the title.
        ("{title}", if n % 4 == 3 { "~".to_owned() } else { quoted(payload) }),
        ("{payload}", quoted(payload)),
        ("{named}", quoted(&named)),
        ("{address}", quoted(&address)),
        ("{alias}", quoted(&alias)),
        ("{rights}", rights.to_owned()),
        ("{kind}", (n % 10).to_string()),
        ("{n}", n.to_string()),
    ];
    // The payload comes last: it may look like a field itself.
    let mut out = String::new();
    let mut rest = form;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (used, value) = fields
            .iter()
            .find_map(|(key, value)| rest.starts_with(key).then_some((key.len(), value.as_str())))
            .unwrap_or((1, "{"));
        out.push_str(value);
        rest = &rest[used..];
    }
    format!("---{out}{rest}---\n\n")
}

/// Bodies with a payload in every place of Markdown that takes text.
fn body(payload: &str) -> String {
    let line = payload.replace('\n', " ");
    let bare = line.replace(['{', '}', '\\', '"'], "");
    format!(
        "{payload}\n\n# {line}\n\n- {line}\n\n> {line}\n\n|{line}|\n|:-:|\n|{line}|\n\n\
         [{line}](https://a.example) ![{line}](https://a.example/i.png)\n\n\
         [x](https://a.example/{line}) [x]({line}) [x](<{line}>) ![x](<{line}>) [x](/{line}) \
         [x](</{line}>) [x](https://a.example '{line}') <{line}>\n\n\
         <b title=\"{line}\">x</b> <a href=\"{line}\">x</a> <a href='{line}'>x</a> <a href={line}>x</a> \
         <img alt=\"{line}\" src=\"{line}\"> <a href=\"tearsheet:{line}\">x</a> <p lang=\"{line}\" \
         class=\"{line}\" id=\"{line}\">x</p>\n\n```{line}\n{line}\n```\n\n```html\n{payload}\n```\n\n\
         <div>\n{line}\n</div>\n\n\
         ![{line}](p.png '{line}')\n\n![{line}]({line} \"{line}\")\n\n[[{line}]] [[nokia|{line}]] ![[{line}]] \
         [x](p.png#{line}) [[nokia#{line}]] text[^n] [x](@/pages/{line})\n\n[^n]: {line}\n\n\
         ## {line} {{#{line}}}\n\n<img src=\"tearsheet:@0\"> <a href=\"tearsheet:@1\">{line}</a> \
         {{{{ <pass text=\"{bare}\"/> }}}}\n"
    )
}

/// A site with every payload in every sink but the settings.
pub fn infected_content() -> Site {
    let site = Site::new();
    let mut config = "page_size = 1000\n[kinds]\n".to_owned();
    let all = payloads();
    for (at, chunk) in all.chunks(all.len().div_ceil(10)).enumerate() {
        let _ = writeln!(config, "kind-{at} = {}", quoted(&chunk.join(" ")));
    }
    site.write("tearsheet.toml", &config);
    site.write("content/articles/p.png", "no picture");
    site.write(
        "templates/own.html",
        "{% component pass(text) %}<b title=\"{{ text }}\">{{ text }}</b>{% endcomponent pass %}",
    );
    for (n, payload) in all.iter().enumerate() {
        let file = |form: &str| filled(form, n, payload) + &body(payload);
        site.write(&format!("content/articles/a{n}.md"), &file(ARTICLE));
        site.write(&format!("content/companies/co-{n}.md"), &file(COMPANY));
        site.write(&format!("content/partnerships/p{n}.md"), &file(NOTE));
        // The name of a file is a sink as well.
        let name: String = payload.chars().filter(|&c| c != '/' && c != '\0').take(60).collect();
        let page = if payload.contains("{{") { PAGE } else { CALLING };
        site.write(&format!("content/pages/p{n} {name}.md"), &file(page));
        site.write(&format!("static/s{n} {name}.txt"), payload);
        site.write(&format!("content/articles/{name}.png"), payload);
    }
    site
}

/// A site with every payload in every setting.
pub fn infected_settings() -> Site {
    let site = Site::new();
    let all = payloads();
    let joined = quoted(&all.join(" "));
    let mut config = format!("title = {joined}\ndescription = {joined}\n");
    let (mut menu, mut tags, mut kinds, mut extra) =
        (String::new(), "[tags]\n".to_owned(), "[kinds]\n".to_owned(), "[extra]\n".to_owned());
    let (mut own_tags, mut own_kinds) = (Vec::new(), Vec::new());
    for (n, payload) in all.iter().enumerate() {
        let text = quoted(payload);
        let inside = quoted(&format!("/about/?{payload}"));
        let _ = writeln!(menu, "[[menu]]\nname = {text}\nurl = {inside}");
        let _ = writeln!(tags, "t{n} = {{ label = {text}, description = {text} }}");
        // Each kind has pages of its own, and a few are enough.
        if n % 10 == 0 {
            let some = all[n..].iter().take(10).map(String::as_str).collect::<Vec<_>>().join(" ");
            let _ = writeln!(kinds, "k{n} = {}", quoted(&some));
            own_kinds.push(format!("k{n}"));
        }
        let _ = writeln!(extra, "{} = {text}", quoted(&format!("{n}{payload}")));
        own_tags.push(format!("t{n}"));
    }
    config.extend([menu, tags, kinds, extra]);
    site.write("tearsheet.toml", &config);
    site.article(
        "a",
        &format!(
            "title: A\ndate: 2022-05-23\nlang: en\ntags: [{}]\npartnerships:\n  - parties: [xiaomi, nokia]\n    \
             kind: [{}]\n    event: announced",
            own_tags.join(", "),
            own_kinds.join(", ")
        ),
        "Text.",
    );
    site
}

/// Builds a site that must be faultless but for warnings.
pub fn build(site: &Site, arguments: &[&str]) {
    let run = site.run(&[&["build", "-q", "-o", "public"], arguments].concat());
    assert_eq!(run.code, 0, "{}", &run.err[..run.err.len().min(4000)]);
}

/// The files of the built site with an ending, in the order of their names.
pub fn files(site: &Site, ending: &str) -> Vec<PathBuf> {
    fn gather(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                gather(&path, ending, found);
            } else if path.extension().is_some_and(|own| own == ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    gather(&site.path().join("public"), ending, &mut found);
    found.sort();
    found
}

/// Fails with the first faults, as there may be thousands.
pub fn assert_none(found: &[String]) {
    let shown = found.iter().take(25).cloned().collect::<Vec<_>>().join("\n");
    assert!(found.is_empty(), "{} faults:\n{shown}", found.len());
}
