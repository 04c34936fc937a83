//! Serves a site to a browser on the same machine, each file made when it is asked for, with live
//! reload.
//!
//! Pages are made when they are asked for; all are tried in the background after a pause, so that a
//! mistake in a template is found, and those with a fingerprint that was good before are skipped. The
//! event stream is closed when nobody looks at the page: browsers allow only six connections to one
//! server, and more open tabs would otherwise hang.

mod desk;

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

pub use desk::{Call, DESK, Desk, Door, Reply};

/// Where the live-reload script is.
pub const RELOAD: &str = "/__tearsheet/reload.js";

const SCRIPT: &str = include_str!("reload.js");

/// How many further ports are tried when one is taken.
const PORTS: u16 = 20;

/// A site of which any file can be made.
pub trait Files: Send + Sync {
    /// Whether there is a file of this name.
    fn has(&self, path: &str) -> bool;

    /// The file's bytes, or what keeps it from being made; `None` where there is no such file.
    fn file(&self, path: &str) -> Option<Result<Vec<u8>, String>>;
}

/// What is served: the last site that could be put together, and what is wrong with it or with the
/// newer one.
#[derive(Clone, Default)]
struct Site {
    files: Option<Arc<dyn Files>>,
    errors: String,
}

/// The answer to a request for a file.
enum Answer {
    File(String, Vec<u8>),
    /// The folder of this name has a page.
    Folder,
    Missing(Option<Vec<u8>>),
    Broken(String),
}

impl Site {
    fn answer(&self, path: &str) -> Answer {
        let Some(files) = &self.files else { return Answer::Broken(self.errors.clone()) };
        let bare = path.trim_start_matches('/');
        let name = if bare.is_empty() || bare.ends_with('/') {
            format!("{bare}index.html")
        } else {
            bare.to_owned()
        };
        match files.file(&name) {
            Some(Ok(bytes)) => Answer::File(name, bytes),
            Some(Err(error)) => Answer::Broken(error),
            None if files.has(&format!("{bare}/index.html")) => Answer::Folder,
            None => Answer::Missing(files.file("404.html").and_then(Result::ok)),
        }
    }
}

/// A handle by which a build changes what is served.
#[derive(Clone)]
pub struct Preview {
    site: Arc<RwLock<Site>>,
    changed: watch::Sender<u64>,
}

impl Default for Preview {
    fn default() -> Self {
        Self { site: Arc::default(), changed: watch::Sender::new(0) }
    }
}

impl Preview {
    /// Serves a new site from now on and tells the browsers.
    pub fn show(&self, files: Arc<dyn Files>) {
        let mut old = None;
        self.update(|site| {
            old = site.files.replace(files);
            site.errors.clear();
        });
        // A large site takes longer to forget than to put together, and nobody should wait for it.
        std::thread::spawn(move || drop(old));
    }

    /// Keeps the site that is shown and says what is wrong over it.
    pub fn fail(&self, errors: String) {
        self.update(|site| site.errors = errors);
    }

    fn update(&self, change: impl FnOnce(&mut Site)) {
        change(&mut self.site.write().expect("no thread panics while it holds the site"));
        self.changed.send_modify(|number| *number += 1);
    }

    fn site(&self) -> Site {
        self.site.read().expect("no thread panics while it holds the site").clone()
    }
}

/// Takes the wished port or the next free one.
///
/// # Errors
/// None of the next ports is free, or the address is not of this machine.
pub async fn listen(interface: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr)> {
    for port in port..=port.saturating_add(PORTS) {
        match TcpListener::bind((interface, port)).await {
            Ok(listener) => {
                let address = listener.local_addr()?;
                return Ok((listener, address));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot listen on {interface}:{port}"));
            }
        }
    }
    bail!("ports {port} to {} are all taken; choose another with -p", port.saturating_add(PORTS))
}

/// Serves until the program is told to stop; with a desk, where there is a door to one.
///
/// # Errors
/// The listener fails.
pub async fn serve(listener: TcpListener, preview: Preview, door: Option<Door>) -> Result<()> {
    let local = listener.local_addr()?;
    let mut app = Router::new()
        .route("/__tearsheet/events", get(events))
        .route(RELOAD, get(script))
        .fallback(page)
        .with_state(preview.clone());
    if let Some(door) = door {
        let desk = Router::new()
            .route(DESK, any(desk::desk))
            .route("/_desk/{*name}", any(desk::desk))
            .with_state(door);
        app = app.merge(desk);
    }
    let app = app
        .layer(middleware::from_fn_with_state(preview, after_first_edition))
        .layer(middleware::from_fn(move |request, next| guard(local, request, next)));
    tokio::select! {
        done = async { axum::serve(listener, app).await } => done.context("the preview server stopped"),
        // Open event streams never end by themselves, so there is nothing to wait for.
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

/// Lets whoever asks before there is a first edition, or something wrong with it, wait for that.
async fn after_first_edition(
    State(preview): State<Preview>,
    request: Request,
    next: Next,
) -> Response {
    // The sender lives as long as the preview, so that there is nothing to fail.
    let _ = preview.changed.subscribe().wait_for(|&number| number > 0).await;
    next.run(request).await
}

/// Keeps pages of other sites from reading the preview, and from finding out what is in it: a request
/// that one of them makes gets the same answer whether there is such a file or not.
async fn guard(local: SocketAddr, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !is_for_us(local, headers) || is_foreign(headers) {
        return (StatusCode::FORBIDDEN, "This preview is for this machine only.\n").into_response();
    }
    let mut response = next.run(request).await;
    // For browsers that do not say who asks.
    let closed = [
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
    ];
    for (name, value) in closed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether the page of another site asks, by an image, a frame, a script. A person who follows a link
/// from there may come.
fn is_foreign(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_visit = value("sec-fetch-mode") == Some("navigate")
        && value("sec-fetch-dest").is_none_or(|place| place == "document");
    value("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) && !is_visit
}

/// Whether a request names this machine, and comes from a page of ours or from none.
fn is_for_us(local: SocketAddr, headers: &HeaderMap) -> bool {
    let host_is_ours = |value: &HeaderValue| {
        let text = value.to_str().unwrap_or("");
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, port),
            _ => (text, "80"),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let ours = host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip == local.ip())
            || (local.ip().is_unspecified() && host.parse::<IpAddr>().is_ok());
        ours && port.parse() == Ok(local.port())
    };
    headers.get(header::HOST).is_some_and(host_is_ours)
        && headers.get(header::ORIGIN).is_none_or(host_is_ours)
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

async fn events(
    State(preview): State<Preview>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(preview.changed.subscribe());
    let stream = changes.map(move |number| {
        let data = serde_json::json!({ "number": number, "errors": preview.site().errors });
        Ok(Event::default().data(data.to_string()))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

async fn page(State(preview): State<Preview>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "Only GET and HEAD.\n").into_response();
    }
    // Files are looked up in a table by their whole name, so no spelling of `..` leads anywhere. What
    // is no UTF-8 is nobody's name.
    let path = percent_decode_str(request.uri().path()).decode_utf8();
    let path = path.map_or_else(|_| "\0".to_owned(), String::from);
    // Making a page is work, and must not hold up the other connections.
    let answer = tokio::task::spawn_blocking(move || preview.site().answer(&path)).await;
    match answer {
        Ok(Answer::File(name, bytes)) => file_response(&name, bytes, request.headers()),
        Ok(Answer::Folder) => {
            // Two slashes at the beginning would lead to another host.
            let target = format!("/{}/", request.uri().path().trim_start_matches('/'));
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response()
        }
        Ok(Answer::Missing(Some(page))) => {
            let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (StatusCode::NOT_FOUND, html, page).into_response()
        }
        Ok(Answer::Missing(None)) => (StatusCode::NOT_FOUND, "Not found.\n").into_response(),
        Ok(Answer::Broken(errors)) => broken(&errors),
        Err(error) => broken(&error.to_string()),
    }
}

fn file_response(path: &str, bytes: Vec<u8>, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..16]);
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let range = asked.get(header::RANGE).and_then(|value| value.to_str().ok());
    // Other units than bytes count for nothing.
    let range = range.filter(|range| range.starts_with("bytes="));
    let range = range.filter(|_| asked.get(header::IF_RANGE).is_none_or(|known| *known == tag));
    let (bytes, part) = match range.map(|range| part_of(range, bytes.len())) {
        Some(Some(part)) => {
            let told = format!("bytes {}-{}/{}", part.start(), part.end(), bytes.len());
            (bytes[part].to_vec(), Some(told))
        }
        Some(None) => {
            let whole = [(header::CONTENT_RANGE, format!("bytes */{}", bytes.len()))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, whole).into_response();
        }
        None => (bytes, None),
    };
    let headers = [
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CONTENT_TYPE, content_type(path).to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    match part {
        Some(part) => {
            let status = StatusCode::PARTIAL_CONTENT;
            (status, headers, [(header::CONTENT_RANGE, part)], Body::from(bytes)).into_response()
        }
        None => (headers, Body::from(bytes)).into_response(),
    }
}

/// The first part that is asked for, of so many bytes; `None` where there are not so many.
fn part_of(range: &str, length: usize) -> Option<RangeInclusive<usize>> {
    let length = u64::try_from(length).ok()?;
    let parts = http_range_header::parse_range_header(range).ok()?.validate(length).ok()?;
    let part = parts.first()?;
    Some(usize::try_from(*part.start()).ok()?..=usize::try_from(*part.end()).ok()?)
}

/// A page that cannot be made: what is wrong with it, and the script that waits until it is mended.
fn broken(errors: &str) -> Response {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Tearsheet</title>\
         <script src=\"{RELOAD}\" defer></script><body><h1>This page cannot be made yet</h1><pre>{}</pre>",
        crate::model::escape(errors)
    );
    (StatusCode::INTERNAL_SERVER_ERROR, html, page).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
