//! Lets only the desk's own pages, on this machine, ask it to do something.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Where the desk is.
pub const DESK: &str = "/_desk/";

/// The header in which its pages send the token of the run.
const TOKEN: &str = "x-tearsheet-token";

/// What a request to the desk may hold, in bytes: a clipped page is the largest.
const MAX_BODY: usize = 20_000_000;

/// Nothing runs in the desk's pages but their own files, and no page can be put around them.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A request that may be answered.
#[derive(Clone, Debug)]
pub enum Call {
    /// A page of the desk or a file of it, by its name.
    Page(String),
    /// Something to know, by its name and the query.
    Get(String, String),
    /// Something to do, by its name, with what is sent.
    Post(String, Vec<u8>),
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// The media type.
    pub kind: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Who answers.
pub trait Desk: Send + Sync {
    /// Answers one request; `token` is what the pages have to send.
    fn answer(&self, call: &Call, token: &str) -> Reply;
}

/// The desk behind its door.
#[derive(Clone)]
pub struct Door {
    desk: Arc<dyn Desk>,
    token: Arc<str>,
}

impl Door {
    /// A door with a new token.
    #[must_use]
    pub fn new(desk: Arc<dyn Desk>) -> Self {
        // The standard library seeds its hashers with random numbers of the system, and what they give
        // tells nothing of the seed.
        let part = || RandomState::new().hash_one("tearsheet");
        Self { desk, token: format!("{:016x}{:016x}", part(), part()).into() }
    }
}

/// Answers a request to the desk.
pub(super) async fn desk(State(door): State<Door>, request: Request) -> Response {
    // The page that a bookmark opens gets the clipped page from the one that has opened it.
    let is_clip = request.uri().path().strip_prefix(DESK) == Some("clip");
    let opener = if is_clip { "unsafe-none" } else { "same-origin" };
    let mut response = match call(&door, request).await {
        Ok(call) => {
            let Door { desk, token } = door;
            let reply = tokio::task::spawn_blocking(move || desk.answer(&call, &token)).await;
            match reply {
                Ok(reply) => {
                    let status = StatusCode::from_u16(reply.status)
                        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                    (status, [(header::CONTENT_TYPE, reply.kind)], reply.bytes).into_response()
                }
                Err(_) => {
                    (StatusCode::INTERNAL_SERVER_ERROR, "The desk has failed.\n").into_response()
                }
            }
        }
        Err((status, why)) => (status, format!("{why}\n")).into_response(),
    };
    let guards = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), opener),
    ];
    for (name, value) in guards {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}

type Refused = (StatusCode, &'static str);

/// What is asked, if it may be.
async fn call(door: &Door, request: Request) -> Result<Call, Refused> {
    let name = request.uri().path().strip_prefix(DESK).unwrap_or_default().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (head, body) = request.into_parts();
    let is_get = head.method == Method::GET || head.method == Method::HEAD;
    match name.strip_prefix("api/") {
        None if is_get => Ok(Call::Page(name)),
        Some(api) if is_get => {
            check_own(&head.headers, door)?;
            Ok(Call::Get(api.to_owned(), query))
        }
        api if head.method == Method::POST => {
            check_own(&head.headers, door)?;
            let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
            if !kind.trim().eq_ignore_ascii_case("application/json") {
                return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "Only JSON."));
            }
            let read = to_bytes(body, MAX_BODY).await;
            let bytes = read.map_err(|_| (StatusCode::PAYLOAD_TOO_LARGE, "Too much."))?;
            Ok(Call::Post(api.unwrap_or(&name).to_owned(), bytes.to_vec()))
        }
        _ => Err((StatusCode::METHOD_NOT_ALLOWED, "Only GET, HEAD and POST.")),
    }
}

/// Lets through what comes from a page of the desk in this run, or from a program that knows its token.
fn check_own(headers: &HeaderMap, door: &Door) -> Result<(), Refused> {
    const NOT_OURS: Refused = (StatusCode::FORBIDDEN, "This is for the desk's own pages.");
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let own = format!("http://{}", text(header::HOST).unwrap_or_default());
    if text(header::ORIGIN).is_some_and(|origin| !origin.eq_ignore_ascii_case(&own)) {
        return Err(NOT_OURS);
    }
    let site = text(HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| site != "same-origin") {
        return Err(NOT_OURS);
    }
    let token = text(HeaderName::from_static(TOKEN)).unwrap_or_default();
    // Hashes are compared in a time that does not depend on where they differ.
    if blake3::hash(token.as_bytes()) != blake3::hash(door.token.as_bytes()) {
        return Err((
            StatusCode::FORBIDDEN,
            "The token of this run is missing: load the page again.",
        ));
    }
    Ok(())
}
