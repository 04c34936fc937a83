//! Serves a site from memory to a browser on the same machine, with live reload.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

/// Where the live-reload script is.
pub const RELOAD: &str = "/__tearsheet/reload.js";

const SCRIPT: &str = include_str!("reload.js");

/// How many further ports are tried when one is taken.
const PORTS: u16 = 20;

/// What is served: the last good site, and what is wrong with the newer one.
#[derive(Clone, Debug, Default)]
struct Site {
    files: BTreeMap<String, Arc<[u8]>>,
    errors: String,
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
    pub fn show(&self, files: BTreeMap<String, Arc<[u8]>>) {
        self.update(|site| {
            site.files = files;
            site.errors.clear();
        });
    }

    /// Keeps the last good site and shows what is wrong over it.
    pub fn fail(&self, errors: String) {
        self.update(|site| site.errors = errors);
    }

    fn update(&self, change: impl FnOnce(&mut Site)) {
        change(&mut self.site.write().expect("no thread panics while it holds the site"));
        self.changed.send_modify(|number| *number += 1);
    }

    fn errors(&self) -> String {
        self.site.read().expect("no thread panics while it holds the site").errors.clone()
    }

    fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        let site = self.site.read().expect("no thread panics while it holds the site");
        site.files.get(path).cloned()
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

/// Serves until the program is told to stop.
///
/// # Errors
/// The listener fails.
pub async fn serve(listener: TcpListener, preview: Preview) -> Result<()> {
    let local = listener.local_addr()?;
    let app = Router::new()
        .route("/__tearsheet/events", get(events))
        .route(RELOAD, get(script))
        .fallback(page)
        .layer(axum::middleware::from_fn(move |request, next| check_host(local, request, next)))
        .with_state(preview);
    tokio::select! {
        done = async { axum::serve(listener, app).await } => done.context("the preview server stopped"),
        // Open event streams never end by themselves, so there is nothing to wait for.
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

/// Answers only to names of this machine, so that no other web page can read the preview.
async fn check_host(local: SocketAddr, request: Request, next: axum::middleware::Next) -> Response {
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
    let headers = request.headers();
    let host = headers.get(header::HOST).is_some_and(host_is_ours);
    let origin = headers.get(header::ORIGIN).is_none_or(host_is_ours);
    if host && origin {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This preview is for this machine only.\n").into_response()
    }
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

async fn events(
    State(preview): State<Preview>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(preview.changed.subscribe());
    let stream = changes.map(move |number| {
        let data = serde_json::json!({ "number": number, "errors": preview.errors() });
        Ok(Event::default().data(data.to_string()))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

async fn page(State(preview): State<Preview>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "Only GET and HEAD.\n").into_response();
    }
    let path = percent_decode(request.uri().path());
    let Some(path) = path else { return not_found(&preview) };
    let bare = path.trim_start_matches('/');
    if bare.is_empty() || bare.ends_with('/') {
        let file = format!("{bare}index.html");
        return preview.file(&file).map_or_else(
            || not_found(&preview),
            |bytes| file_response(&file, &bytes, request.headers()),
        );
    }
    if let Some(bytes) = preview.file(bare) {
        return file_response(bare, &bytes, request.headers());
    }
    if preview.file(&format!("{bare}/index.html")).is_some() {
        let target = format!("{}/", request.uri().path());
        return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response();
    }
    not_found(&preview)
}

/// Decodes `%C3%A9`; `None` for what is no UTF-8. Files are looked up in a table by their whole
/// name, so no spelling of `..` leads anywhere.
fn percent_decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn file_response(path: &str, bytes: &Arc<[u8]>, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(bytes).to_hex()[..16]);
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, content_type(path).to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, Body::from(bytes.to_vec())).into_response()
}

fn not_found(preview: &Preview) -> Response {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    if let Some(bytes) = preview.file("404.html") {
        return (StatusCode::NOT_FOUND, html, bytes.to_vec()).into_response();
    }
    // There has been no good site yet: only the script, which shows what is wrong.
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Tearsheet</title>\
         <script src=\"{RELOAD}\" defer></script><body><h1>The site cannot be built yet</h1><pre>{}</pre>",
        crate::model::escape(&preview.errors())
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
