//! What posts consist of: pieces of Markdown that people write, whatever program they use.

/// Pieces that every program reads as `CommonMark` does. `§` stands for what tells one post from another.
pub const PLAIN: [&str; 43] = [
    "Some *emphasis*, **strength**, ~~mistakes~~ and `code`.",
    "A line that breaks\nin the middle, and one  \nthat is broken on purpose.",
    "## About\n\nA heading that the theme has, too.\n\n## Tags\n\n### Contents\n\nMore.",
    "## Heading with `code` and *more* {#own-id}\n\nBelow it.",
    "Setext heading\n--------------\n\nText.",
    "- one\n- two\n  - deeper\n\n    with a paragraph\n- three",
    "1. first\n2. second\n\n   continued\n\n10. tenth",
    "* [ ] open\n* [x] done",
    "> A quotation\n> over two lines\n>\n> > and one in it",
    "| a | b |\n|---|:-:|\n| 1 | `x \\| y` |\n| **2** | |",
    "A note[^1] and another[^long].\n\n[^1]: Said below.\n[^long]: Longer,\n    over two lines.",
    "Term\n: What it means\n: And what else\n\nOther term\n: Once",
    "```rust\nfn main() -> Vec<T> { println!(\"{}\", 1 < 2 && 3 > 2); }\n```",
    "    indented <code> & more\n\n    after a blank line",
    "~~~\ntildes `and` ticks\n~~~",
    "````md\n```\ninner\n```\n````",
    "A comparison: 1 < 2 and 3 > 2, a&b, AT&T, &copy; &amp; &lt;b&gt;.",
    "See https://example.org/a_b_c~d&e=(f)?x=1&y=2#z, or http://example.com/~user/x_y.",
    "Mail <jane@example.org> or see <https://example.org/a%20b>.",
    "A [link](https://example.org/x(y)z \"with a title\") and [one by name][ref].\n\n[ref]: https://example.org/ref 'Said'",
    "Escaped: \\*no emphasis\\*, \\_none\\_, \\# none, 1\\. none, \\[no link\\].",
    "snake_case_words and 2*3*4 stay, un*frigging*believable does not.",
    "An em—dash, “quotes”, ‘single’, ellipsis… and -- two hyphens.",
    "Emoji 🎉 👩‍👩‍👧 🇯🇵 and :smile: codes.",
    "<p>A paragraph of <em>HTML</em> with <kbd>Ctrl</kbd>.</p>",
    "<div>\n\nMarkdown **in** HTML.\n\n</div>",
    "<details>\n<summary>More</summary>\n\nHidden *text*.\n\n</details>",
    "Inline <span class=\"x\">HTML</span>, H<sub>2</sub>O, x<sup>2</sup>, a line<br>broken.",
    "<!-- a remark -->\n\nAfter a remark.",
    "Before <!-- more --> after.",
    "***\n\n---\n\nBetween rules.\n\n___",
    "**Bold *and italic* in it** and ***both***.",
    "A very long word: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.",
    "Money: $5 and $10, 5€, 100%.",
    "Back\\\nslash break.",
    "Tab\tinside, nbsp\u{a0}here, zero\u{200b}width.",
    "Hash #notaheading and #1 and C#.",
    "First line\n===\n\nand + plus\n+ list",
    "1986\\. A great year.\n\n(c) (tm) +- x",
    "![A remote picture](https://example.org/p.png \"Caption\") in a line.",
    "[![linked](https://example.org/p.png)](https://example.org)",
    "A line with trailing spaces   \n\n\n\nafter several blank lines.",
    "Braces { and }, 50% of {x}.",
];

/// Names of types that `CommonMark` takes for tags, which swallow them; with what they must look like.
pub const TYPES: (&str, &str) = (
    "Generic types: `Vec<T>`, and Vec<T> or Option<Box<dyn Fn()>> without ticks, as in AsRef<Path>.",
    "Generic types: `Vec<T>`, and Vec\\<T> or Option\\<Box\\<dyn Fn()>> without ticks, as in AsRef\\<Path>.",
);

/// Pieces of the scripts without spaces, each with what it must look like: these programs and we put no
/// blank where a line breaks between two such characters, and strong words may end in punctuation.
pub const DENSE: [(&str, &str); 6] = [
    ("这是**重点。**后面还有文字。", "这是重点。后面还有文字。"),
    ("早上我们沿着河边\n走了很久。", "早上我们沿着河边走了很久。"),
    ("これは**「大事」**です。", "これは「大事」です。"),
    ("朝から川沿いを\n歩いた。", "朝から川沿いを歩いた。"),
    ("**注意：**中文 English 混排。", "注意：中文 English 混排。"),
    ("*強調*と~~取り消し~~、`コード`。", "強調と取り消し、コード。"),
];
