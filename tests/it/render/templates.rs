//! What templates can show, however they ask for it.

use crate::support::site::Site;

/// Three articles about the same two companies, which have a partnership; each tells of another one,
/// so that one of them has as many partners as a drawing needs.
fn digest() -> Site {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Digest\"\nbase_url = \"https://digest.example\"\n");
    let articles = [
        ("first", "2020-01-02", "huawei"),
        ("second", "2020-04-03", "sharp"),
        ("third", "2020-09-04", "leica"),
    ];
    for (slug, date, other) in articles {
        let front = format!(
            "title: The {slug}\ndate: {date}\ncompanies: [nokia, xiaomi]\npartnerships:\n  - {{ parties: [nokia, xiaomi], kind: licensing, event: announced }}\n  - {{ parties: [nokia, {other}, {other}-labs], kind: supply, event: announced }}"
        );
        site.article(slug, &front, "Words.\n");
    }
    site
}

/// Names and texts.
type Templates<'a> = &'a [(&'a str, &'a str)];

/// A page of the digest with these templates.
fn page(templates: Templates<'_>, page: &str) -> String {
    let site = digest();
    for (name, text) in templates {
        site.write(&format!("templates/{name}"), text);
    }
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    site.read(&format!("public/{page}"))
}

const ARTICLE: &str = "2020/04/03/second/index.html";
const COMPANY: &str = "companies/nokia/index.html";

#[test]
fn what_is_dear_to_make_is_there_for_every_template_that_asks() {
    let related = "{% for other in related %}[{{ other.title }}]{% endfor %}";
    let both = "[The third][The first]";
    let cases: [(Templates<'_>, &str, &str); 10] = [
        (&[("article.html", related)], ARTICLE, both),
        (&[("article.html", "{% include \"side.html\" %}"), ("side.html", related)], ARTICLE, both),
        (
            &[
                ("article.html", "{% extends 'frame.html' %}"),
                ("frame.html", "{% block side %}{% include \"side.html\" %}{% endblock %}"),
                ("side.html", related),
            ],
            ARTICLE,
            both,
        ),
        (
            &[
                ("article.html", "{{- <side/> -}}"),
                (
                    "parts.html",
                    "{%- component side(@related) -%}{% for other in related %}[{{ other.title }}]{% endfor %}{%- endcomponent side -%}",
                ),
            ],
            ARTICLE,
            both,
        ),
        (&[("article.html", "{% extends \"theme/article.html\" %}")], ARTICLE, "The third</a>"),
        (&[("article.html", "{{ page.json_ld | safe }}")], ARTICLE, "schema.org"),
        (&[("article.html", "{{ page | json_encode | safe }}")], ARTICLE, "schema.org"),
        (&[("company.html", "{{ network | safe }}")], COMPANY, "<svg"),
        (&[("company.html", "{{ lanes | safe }}")], COMPANY, "<svg"),
        (
            &[("article.html", "{% for one in context %}{{ one.here.sentence }}{% endfor %}")],
            ARTICLE,
            "Nokia and Xiaomi announce a partnership",
        ),
    ];
    for (templates, path, wanted) in cases {
        let html = page(templates, path);
        assert!(html.contains(wanted), "{templates:?} give:\n{html}");
    }
}

#[test]
fn a_text_that_calls_components_shows_what_no_template_asks_for() {
    let site = digest();
    site.write("templates/article.html", "{{ body | safe }}");
    site.write(
        "templates/parts.html",
        "{% component all(of, ld) %}{{ of | length }} {{ ld }}{% endcomponent all %}",
    );
    let front = "title: Calls\ndate: 2020-05-06\ncompanies: [nokia, xiaomi]\ncomponents: true\n";
    site.article("calls", front, "{{ <all of={related} ld={page.json_ld}/> }}\n");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let html = site.read("public/2020/05/06/calls/index.html");
    assert!(html.contains("3 {") && html.contains("schema.org"), "{html}");
}
