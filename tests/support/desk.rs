//! A site with one article to confirm, and a program that asks its desk.

use serde_json::Value;

use super::site::{Server, Site};

/// A raw text with two claims, in a page with its menu.
pub const RAW: &str = "Home\nNews\nMarkets\n\nLens maker and phone maker sign a pact\n\nBy Ann Reporter\n\n\
    23 May 2022\n\nXiaomi and Leica Camera said on Monday that they will develop cameras for phones \
    together. The two companies signed a long-term agreement in Berlin.\n\nZarvox Optics GmbH of Jena will \
    supply the glass for the lenses, its chief executive told the Daily Lens. Zarvox Optics has supplied \
    Leica Camera since 2019.\n\nSubscribe to our newsletter and never miss a story\n\nThe first phone is \
    planned for July.\n\nCopyright 2022 Daily Lens. All rights reserved.\n";

/// A site that has imported it.
pub fn site() -> Site {
    let site = Site::new();
    site.write("tearsheet.toml", "title = \"Desk\"\n");
    site.write("inbox/pact.txt", RAW);
    let run = site.run(&["import"]);
    assert_eq!(run.code, 0, "{}", run.err);
    site
}

/// Where the article is.
pub const FILE: &str = "content/articles/2022/05/lens-maker-and-phone-maker-sign-a-pact.md";

/// A program that knows the token.
pub struct Client<'a> {
    pub server: &'a Server,
    pub token: String,
}

impl<'a> Client<'a> {
    pub fn new(server: &'a Server) -> Self {
        let (status, page) = server.get("/_desk/");
        assert_eq!(status, 200, "{page}");
        let token = page.split_once("name=\"token\" content=\"").expect("a token").1;
        Self { server, token: token.split('"').next().expect("its end").to_owned() }
    }

    pub fn ask(request: ureq::http::Request<String>) -> (u16, Value) {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build();
        let mut answer = ureq::Agent::new_with_config(agent).run(request).expect("an answer");
        let text = answer.body_mut().read_to_string().expect("text");
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub fn get(&self, path: &str) -> (u16, Value) {
        let request = ureq::http::Request::get(format!("{}/_desk/api/{path}", self.server.url));
        Self::ask(
            request.header("x-tearsheet-token", &self.token).body(String::new()).expect("one"),
        )
    }

    pub fn sheet(&self, path: &str) -> Value {
        let (status, sheet) = self.get(&format!("article?path={path}"));
        assert_eq!(status, 200, "{sheet}");
        sheet
    }
}
