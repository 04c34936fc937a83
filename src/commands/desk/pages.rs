//! What the desk answers to its pages.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::form_urlencoded;

use super::{Desk, Refusal};
use crate::commands::import::INBOX;
use crate::desk::operation::Operation;
use crate::desk::view::{self, DeskArticle};
use crate::desk::{ASSETS, page};
use crate::model::slug;
use crate::parse::fields::is_web_address;
use crate::server::{self, Call, Reply};
use crate::write;

/// What a page sends to change an article.
#[derive(Deserialize)]
struct Work {
    path: String,
    hash: String,
    steps: Vec<Operation>,
    #[serde(default)]
    filter: String,
}

/// A page that was clipped.
#[derive(Deserialize)]
struct Clip {
    url: String,
    #[serde(default)]
    title: String,
    html: String,
}

/// An article with its place in the queue.
#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    sheet: DeskArticle,
    place: super::queue::QueuePosition,
    /// How many steps can be undone.
    undo: usize,
}

impl server::Desk for Desk {
    fn answer(&self, call: &Call, token: &str) -> Reply {
        match call {
            Call::Page(name) => file(name, token),
            Call::Get(name, query) => answer(self.get(name, query)),
            Call::Post(name, body) => self.post(name, body),
        }
    }
}

impl Desk {
    fn get(&self, name: &str, query: &str) -> Result<serde_json::Value> {
        let asked: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let value = |key: &str| {
            let found = asked.iter().find(|(other, _)| other == key);
            found.map_or("", |(_, value)| value.as_str())
        };
        match name {
            "queue" => {
                let queue = self.queue(value("filter"), value("rows").parse().unwrap_or(0))?;
                queue.first().into_iter().for_each(|path| self.read_ahead(path));
                Ok(serde_json::to_value(queue)?)
            }
            "article" => self.view(self.sheet(value("path"))?, value("filter")),
            _ => bail!("the desk has no `{name}`"),
        }
    }

    fn view(&self, laid: view::OpenArticle, filter: &str) -> Result<serde_json::Value> {
        let place = self.place(&laid.sheet.path, filter)?;
        place.next.iter().for_each(|next| self.read_ahead(next));
        let undo = self.state().done.len();
        Ok(serde_json::to_value(View { sheet: laid.sheet, place, undo })?)
    }

    fn post(&self, name: &str, body: &[u8]) -> Reply {
        match name {
            "article" => match self.worked(body) {
                Err(Refusal::Changed { now, mine }) => {
                    let told = json!({ "error": "the file has changed meanwhile", "now": now, "mine": mine });
                    reply(409, &told)
                }
                Err(Refusal::No(error)) => answer(Err(error)),
                Ok(view) => answer(Ok(view)),
            },
            "undo" => answer(self.undo().map(|path| json!({ "path": path }))),
            "clip" => answer(self.clip(body)),
            _ => reply(404, &json!({ "error": format!("the desk does no `{name}`") })),
        }
    }

    fn worked(&self, body: &[u8]) -> Result<serde_json::Value, Refusal> {
        let work: Work =
            serde_json::from_slice(body).context("that is not what the desk understands")?;
        let laid = self.work(&work.path, &work.hash, &work.steps)?;
        Ok(self.view(laid, &work.filter)?)
    }

    /// Puts a page into the inbox, where import finds it.
    fn clip(&self, body: &[u8]) -> Result<serde_json::Value> {
        let clip: Clip = serde_json::from_slice(body).context("that is no page")?;
        if !is_web_address(&clip.url) {
            bail!("`{}` is no address of a page", clip.url);
        }
        if !clip.html.contains('<') {
            bail!("the page is empty");
        }
        let hash = blake3::hash(clip.html.as_bytes()).to_hex();
        let stem: String = slug(&clip.title).chars().take(60).collect();
        let stem = if stem.is_empty() { "page" } else { stem.trim_end_matches('-') };
        let name = format!("{INBOX}/{stem}-{}.html", &hash[..8]);
        // Saved pages do not know where they came from, unless they say it themselves.
        let is_told = clip.html.contains("rel=\"canonical\"");
        let address = crate::model::escape(&clip.url);
        let link = format!("<link rel=\"canonical\" href=\"{address}\">");
        let html = if is_told { clip.html } else { format!("<!doctype html>{link}{}", clip.html) };
        let path = self.root.join(&name);
        if !path.exists() {
            write::create(&path, &html)?;
        }
        Ok(json!({ "name": name }))
    }
}

/// A page of the desk, or a file of it.
fn file(name: &str, token: &str) -> Reply {
    if let Some((_, kind, text)) = ASSETS.iter().find(|(asset, ..)| *asset == name) {
        return Reply { status: 200, kind, bytes: text.as_bytes().to_vec() };
    }
    match page(name, token) {
        Some(html) => Reply { status: 200, kind: "text/html; charset=utf-8", bytes: html.into() },
        None => Reply {
            status: 404,
            kind: "text/plain; charset=utf-8",
            bytes: b"Not found.\n".to_vec(),
        },
    }
}

fn answer(result: Result<serde_json::Value>) -> Reply {
    match result {
        Ok(value) => reply(200, &value),
        Err(error) => reply(422, &json!({ "error": format!("{error:#}") })),
    }
}

fn reply(status: u16, value: &serde_json::Value) -> Reply {
    Reply { status, kind: "application/json; charset=utf-8", bytes: value.to_string().into_bytes() }
}
