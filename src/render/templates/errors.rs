//! What the template engine complains about, in the words of somebody who edits a template.

use std::borrow::Cow;

use tera::ErrorKind;

use crate::diagnostic::{self, Diagnostic};
use crate::render::templates::functions::{FILTERS, FUNCTIONS};
use crate::render::templates::names::template_name;
use crate::source::{Source, Span};

/// What Tera calls a template without a file.
const ONE_OFF: &str = "__tera_one_off";

const TAGS: [&str; 12] = [
    "block",
    "extends",
    "include",
    "if",
    "for",
    "set",
    "set_global",
    "filter",
    "component",
    "raw",
    "break",
    "continue",
];

/// What templates for Tera 1, as for Zola before, may have: how it is known, how it is written there,
/// and what to write now.
pub const TERA_1: [(&str, &str, &str); 28] = [
    (
        "{% macro",
        "{% macro name(x) %}…{% endmacro %}",
        "`{% component name(x) %}…{% endcomponent name %}`",
    ),
    ("{% import", "{% import \"m.html\" as m %}", "nothing: components are known everywhere"),
    ("::", "{{ m::name(x=1) }}", "`{{ <name x={1}/> }}`"),
    (
        "| filter",
        "list | filter(attribute=\"a\", value=1)",
        "`{% for x in list %}{% if x.a == 1 %}…{% endif %}{% endfor %}`",
    ),
    ("| map", "list | map(attribute=\"a\")", "`{% for x in list %}{{ x.a }}{% endfor %}`"),
    ("| slice", "list | slice(start=1, end=3)", "`list[1:3]`"),
    ("| concat", "list | concat(with=x)", "`[...list, x]`"),
    ("list.0", "list.0", "`list[0]`"),
    (
        "ignore missing",
        "{% include \"a.html\" ignore missing %}",
        "`{% include \"a.html\" %}`, of a file that may be empty",
    ),
    ("| as_str", "x | as_str", "`x | str`"),
    ("| linebreaksbr", "x | linebreaksbr", "`x | newlines_to_br`"),
    ("is object", "x is object", "`x is map`"),
    ("?", "x.y, which may be missing", "`x?.y or \"\"`"),
    ("now()", "now()", "`site.today`"),
    ("config.", "config.title", "`site.title`"),
    ("config.extra", "config.extra.x", "`site.extra.x`"),
    ("page.extra", "page.extra.x", "`extra.x`"),
    ("page.content", "page.content", "`body`"),
    ("page.date", "page.date", "`article.date`"),
    ("page.permalink", "page.permalink", "`page.canonical`"),
    ("section.", "section.pages", "`articles`"),
    ("trans()", "trans(key=\"latest\")", "`t.latest`"),
    (
        "get_env()",
        "get_env(name=\"X\")",
        "`site.extra.x`, which is set under `[extra]` in tearsheet.toml",
    ),
    (
        "get_section()",
        "get_section(path=\"…\")",
        "a field of the page: the reference of templates lists them",
    ),
    ("get_page()", "get_page(path=\"…\")", "`get_url(path=\"@/pages/about.md\")`, for a link"),
    ("get_taxonomy()", "get_taxonomy(kind=\"tags\")", "`tags`, on the page of all tags"),
    ("resize_image()", "resize_image(path=\"…\")", "a picture in the size that you need"),
    (
        "get_image_metadata()",
        "get_image_metadata(path=\"…\")",
        "a picture in Markdown, which gets its width and height",
    ),
];

/// A construct of Tera 1 and its successor.
fn old(key: &str) -> Option<String> {
    let row = TERA_1.iter().find(|(known, ..)| *known == key);
    row.map(|(_, old, new)| format!("what was `{old}` in Tera 1 is now {new}"))
}

/// Explains an error of templates.
pub(in crate::render) fn explain(error: &tera::Error, sources: &[Source]) -> Vec<Diagnostic> {
    let names = Names { sources };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![names.one(report.filename(), report.span().range.clone(), report.message())]
        }
        _ => names.several(&error.to_string()),
    }
}

/// Explains an error in a call that stands in a text.
pub(in crate::render) fn explain_call(
    error: &tera::Error,
    sources: &[Source],
    (source, span): (&Source, Span),
) -> Diagnostic {
    let names = Names { sources };
    let here = |message: &str| names.explained(source, span.clone(), message);
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            if report.filename() == ONE_OFF {
                here(report.message())
            } else {
                let span_inside = report.span().range.clone();
                let found = names.one(report.filename(), span_inside, report.message());
                diagnostic::called_at(found, source, &span)
            }
        }
        _ => {
            let text = error.to_string();
            here(text.lines().next().unwrap_or(&text).trim_start_matches("error: "))
        }
    }
}

struct Names<'a> {
    sources: &'a [Source],
}

impl Names<'_> {
    fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| template_name(source) == name)
    }

    fn one(&self, file: &str, span: Span, message: &str) -> Diagnostic {
        match self.source(file) {
            Some(source) => self.explained(source, span, message),
            None => diagnostic::template_unplaced(message),
        }
    }

    /// Errors that the engine tells together, each with a picture of its place.
    fn several(&self, text: &str) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(message) = line.strip_prefix("error: ") else { continue };
            let place = lines.peek().and_then(|line| line.trim_start().strip_prefix("--> "));
            let placed = place.and_then(|place| {
                let mut parts = place.rsplitn(3, ':');
                let column = parts.next()?.parse().ok()?;
                let line = parts.next()?.parse().ok()?;
                let source = self.source(parts.next()?)?;
                Some((source, source.offset(line, column)))
            });
            let carets = lines.by_ref().find(|line| line.trim_end().ends_with('^'));
            let length = carets.map_or(1, |line| line.matches('^').count());
            found.push(match placed {
                Some((source, at)) => self.explained(source, at..at + length, message),
                None => diagnostic::template_unplaced(message),
            });
        }
        if found.is_empty() {
            found.push(self.unplaced(text));
        }
        found
    }

    /// Errors that name templates and no place in them.
    fn unplaced(&self, text: &str) -> Diagnostic {
        let named: Vec<&str> = text.split(['\'', '`']).skip(1).step_by(2).collect();
        if let [child, parent, ..] = named[..]
            && text.contains("inheriting")
            && let Some(source) = self.source(child)
            && let Some(at) = source.text.find(&format!("\"{parent}\""))
        {
            let span = at..at + parent.len() + 2;
            return self.explained(source, span, &format!("Unknown template `{parent}`"));
        }
        if let [component, one, other] = named[..]
            && let Some(source) = self.source(other)
            && let Some(at) = source.text.find(&format!("component {component}"))
        {
            let span = at..at + "component ".len() + component.len();
            return diagnostic::component_twice(source, span, component, one);
        }
        if text.contains("ircular extend")
            && let Some(source) = self.sources.iter().find(|source| {
                source.text.contains(&format!("extends \"{}\"", template_name(source)))
            })
        {
            let name = template_name(source);
            let at = source.text.find(&*name).unwrap_or(0);
            let hint = format!("the template that it takes the place of is `theme/{name}`");
            let message = "a template cannot extend itself";
            return diagnostic::template(source, at..at + name.len(), message, vec![hint]);
        }
        diagnostic::template_unplaced(text)
    }

    /// The message in our words, with a way out.
    fn explained(&self, source: &Source, span: Span, message: &str) -> Diagnostic {
        let complaint = Complaint {
            source,
            span: &span,
            message,
            quoted: message.split('`').nth(1).unwrap_or_default(),
        };
        let explained = self
            .unknown(&complaint)
            .or_else(|| complaint.unknown_value())
            .or_else(|| complaint.unknown_argument())
            .or_else(|| complaint.unexpected());
        let (message, hints) = explained.unwrap_or_else(|| (message.to_owned(), Vec::new()));
        diagnostic::template(source, span, &message, hints)
    }

    /// A filter, function, test, component, template or tag that there is not.
    fn unknown(&self, complaint: &Complaint<'_>) -> Option<Explanation> {
        let quoted = complaint.quoted;
        let what = complaint.message.strip_prefix("Unknown ")?.split([' ', '(']).next()?;
        let near = |known: &[&str]| did_you_mean(quoted, known);
        let (name, hint) = match what {
            "filter" => {
                let hint = old(&format!("| {quoted}")).or_else(|| near(&FILTERS));
                (format!("filter `{quoted}`"), hint)
            }
            "function" => {
                let hint = old(&format!("{quoted}()")).or_else(|| near(&FUNCTIONS));
                (format!("function `{quoted}`"), hint)
            }
            "test" => {
                let hint = old(&format!("is {quoted}")).or_else(|| near(&TESTS));
                (format!("test `is {quoted}`"), hint)
            }
            "component" => {
                let known: Vec<&str> = self.sources.iter().flat_map(components_of).collect();
                (format!("component `{quoted}`"), near(&known))
            }
            "template" => {
                let known: Vec<_> = self.sources.iter().map(bare_name).collect();
                let known: Vec<&str> = known.iter().map(|name| &**name).collect();
                (format!("template `{quoted}`"), near(&known))
            }
            "tag" => return Some(complaint.unknown_tag()),
            _ => return None,
        };
        Some((format!("there is no {name}"), hint.into_iter().collect()))
    }
}

/// A message in an author's words, and ways out.
type Explanation = (String, Vec<String>);

/// The tests that the engine has.
const TESTS: [&str; 17] = [
    "defined",
    "undefined",
    "odd",
    "even",
    "string",
    "number",
    "integer",
    "float",
    "bool",
    "map",
    "array",
    "iterable",
    "none",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];

/// What the engine says of a place in a template.
struct Complaint<'a> {
    source: &'a Source,
    span: &'a Span,
    message: &'a str,
    /// The first name in it.
    quoted: &'a str,
}

impl Complaint<'_> {
    fn unknown_tag(&self) -> Explanation {
        let word = self.source.text.get(self.span.clone()).unwrap_or_default().trim();
        if word.strip_prefix("end").is_some_and(|tag| TAGS.contains(&tag)) {
            let hint =
                "something that was opened before, as by `{% if %}` or `{% for %}`, is not closed";
            return (format!("`{{% {word} %}}` cannot stand here"), vec![hint.to_owned()]);
        }
        let hint = old(&format!("{{% {}", word.trim_start_matches("end")))
            .or_else(|| did_you_mean(word, &TAGS));
        (format!("there is no tag `{word}`"), hint.into_iter().collect())
    }

    /// A variable, or a field of one, that is not there.
    fn unknown_value(&self) -> Option<Explanation> {
        let Self { source, span, message, quoted } = *self;
        let is_field = message.starts_with("Field `");
        if !is_field && !message.starts_with("Variable `") {
            return None;
        }
        let known = message.split_once("vailable ").and_then(|(_, list)| list.split_once(": "));
        let known: Vec<&str> = known.map_or_else(Vec::new, |(_, list)| list.split(", ").collect());
        let before = source.text.get(..span.start).unwrap_or_default().trim_end_matches('.');
        let owner = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
        let after = source.text.get(span.end..).unwrap_or_default();
        let dotted = if is_field {
            format!("{}.{quoted}", owner.unwrap_or_default())
        } else if after.starts_with(".extra") {
            format!("{quoted}.extra")
        } else {
            format!("{quoted}.")
        };
        let hint = old(&dotted).or_else(|| did_you_mean(quoted, &known));
        let mut hints: Vec<String> = hint.into_iter().collect();
        if !known.is_empty() {
            hints.push(format!("known here are {}", diagnostic::list(&known)));
        }
        if !is_field {
            return Some((format!("nothing here is called `{quoted}`"), hints));
        }
        hints.push(format!("where it may be missing, write `?.{quoted} or \"\"`"));
        Some((format!("there is no field `{quoted}` here"), hints))
    }

    fn unknown_argument(&self) -> Option<Explanation> {
        let rest = self.message.strip_prefix("Unknown argument(s) ")?;
        let known = rest.split_once("are: ").map(|(_, known)| format!("known are {known}"));
        let message = format!("this component has no argument `{}`", self.quoted);
        Some((message, known.into_iter().collect()))
    }

    /// Something that cannot stand where it does, or that is missing.
    fn unexpected(&self) -> Option<Explanation> {
        if self.message.starts_with("Unexpected end") {
            let hint = "`{% if %}`, `{% for %}`, `{% block %}` and `{% component %}` end with `{% endif %}`, \
                        `{% endfor %}`, `{% endblock %}` and `{% endcomponent %}`";
            let message = "the template ends, but something is still open";
            return Some((message.to_owned(), vec![hint.to_owned()]));
        }
        let (found, wanted) = self.message.strip_prefix("Found ")?.split_once(" but expected ")?;
        let wanted = wanted.trim_end_matches('.').trim_matches('`');
        let line = self.source.line_at(self.span.start);
        let hint = if line.contains("ignore missing") {
            old("ignore missing")
        } else if line.contains("::") {
            old("::")
        } else if found.contains("float") || found.contains("integer") {
            old("list.0")
        } else {
            None
        };
        let message = format!("{} is expected here, and not {}", in_words(wanted), in_words(found));
        Some((message, hint.into_iter().collect()))
    }
}

/// A known name that is nearly the one that is written.
fn did_you_mean(written: &str, known: &[&str]) -> Option<String> {
    let near = diagnostic::nearest(written, known.iter().copied());
    near.map(|near| format!("did you mean `{near}`?"))
}

/// What the engine expects or finds, as an author calls it.
fn in_words(token: &str) -> String {
    match token.trim_matches('`') {
        "identifier" => "a name".to_owned(),
        "float" | "integer" => "a number".to_owned(),
        "string" => "a text".to_owned(),
        sign => format!("`{sign}`"),
    }
}

/// The name of a template without the theme that it belongs to.
fn bare_name(source: &Source) -> Cow<'_, str> {
    match template_name(source) {
        Cow::Borrowed(name) => {
            let bare = name.strip_prefix("theme/").or_else(|| name.strip_prefix("tearsheet/"));
            bare.unwrap_or(name).into()
        }
        Cow::Owned(name) => name.strip_prefix("theme/").unwrap_or(&name).to_owned().into(),
    }
}

/// The names of the components that a template defines.
fn components_of(source: &Source) -> impl Iterator<Item = &str> {
    let definitions = source.text.split("component ").skip(1);
    definitions.filter_map(|rest| rest.split_once('(').map(|(name, _)| name.trim()))
}
