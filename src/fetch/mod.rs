//! Fetches press pages and feeds over HTTP, with limits and manners; knows nothing of what is in
//! them.
//!
//! An address comes from a feed or a page that anybody may have written. So nothing inside the
//! reader's own network is ever asked: the addresses that a name resolves to are filtered where
//! the connection takes them from, and every hop of a redirect goes through the same filter.
//!
//! There is no proxy, which would look names up behind the filter.

mod address;
mod probe;
mod robots;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::{Host, Url};

pub use address::is_public;
pub use probe::ProbeResult;
pub use robots::Robots;

/// What the program calls itself; sites can name it in `robots.txt` as `tearsheet`.
pub const USER_AGENT: &str = concat!("tearsheet/", env!("CARGO_PKG_VERSION"), " (press digest)");

/// What is liked best; a site that has none of it may send anything.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/atom+xml, \
                      application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// How often an address may send on to another one.
const REDIRECTS: usize = 5;

/// How much of a `robots.txt` is read; RFC 9309 asks for 500 KiB at least.
const ROBOTS_BYTES: u64 = 500 * 1024;

/// The limits of fetching.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Whether addresses inside private networks and of this machine may be asked.
    pub allow_private: bool,
    /// Addresses in private networks that may be asked all the same.
    pub trusted: Vec<SocketAddr>,
    /// How long one fetch may take, with `robots.txt`, redirects and the body.
    pub time: Duration,
    /// How many bytes a body may have once it is unpacked.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            allow_private: false,
            trusted: Vec::new(),
            time: Duration::from_secs(20),
            bytes: 10_000_000,
        }
    }
}

impl Limits {
    fn allow(&self, address: SocketAddr) -> bool {
        self.allow_private || is_public(address.ip()) || self.trusted.contains(&address)
    }
}

/// What a server said about a page when it was fetched before; sent back to ask for news only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The value of `ETag`, with its quotes.
    pub etag: Option<String>,
    /// The value of `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A page or feed as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from, after redirects.
    pub url: String,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// The value of `ETag`, for the next time.
    pub etag: Option<String>,
    /// The value of `Last-Modified`, for the next time.
    pub last_modified: Option<String>,
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The page.
    Fetched(Fetched),
    /// It is as it was when the [`Validators`] were given.
    NotModified,
}

/// Why an address could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchError {
    /// The address that was asked for.
    pub address: String,
    /// The address it failed at, where a redirect led elsewhere.
    pub at: Option<String>,
    /// What went wrong there.
    pub reason: Reason,
}

/// What can go wrong at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is no web address at all.
    NotAnAddress,
    /// It begins with something else than `http` or `https`.
    Scheme(String),
    /// It has a user name or a password in it.
    Password,
    /// It leads into a private network or to this machine.
    Private(Option<IpAddr>),
    /// More than five redirects.
    Redirects,
    /// A redirect leads to this, which is no address.
    Location(String),
    /// `robots.txt` of the site forbids it.
    Robots,
    /// `robots.txt` of the site cannot be read, which counts as forbidding everything.
    RobotsUnreadable(String),
    /// The server answers with this status.
    Status(u16),
    /// The body has more bytes than this.
    TooLarge(u64),
    /// The body is packed in a way that was not asked for.
    Packed(String),
    /// It took longer than this.
    Time(Duration),
    /// There is no such host.
    NoHost,
    /// The connection failed, or what came over it was no HTTP.
    Connection(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot fetch {}", self.address)?;
        if let Some(at) = &self.at {
            write!(f, " (sent on to {at})")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for FetchError {}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const BY_HAND: &str = "save the page with a browser and import the file";
        match self {
            Self::NotAnAddress => write!(
                f,
                "this is no web address; give it whole, such as https://example.org/news/1"
            ),
            Self::Scheme(scheme) => {
                write!(f, "only http and https are fetched, not {scheme}; {BY_HAND}")
            }
            Self::Password => write!(
                f,
                "there is a user name or a password in the address; take it out, or {BY_HAND}"
            ),
            Self::Private(ip) => {
                write!(f, "it leads into a private network")?;
                if let Some(ip) = ip {
                    write!(f, " ({ip})")?;
                }
                write!(f, ", where nothing is fetched from; {BY_HAND}")
            }
            Self::Redirects => write!(
                f,
                "it was sent on more than {REDIRECTS} times; open it in a browser and give the \
                 address where it ends"
            ),
            Self::Location(location) => write!(
                f,
                "it is sent on to `{location}`, which is no address; look whether it opens in a \
                 browser"
            ),
            Self::Robots => {
                write!(f, "robots.txt of the site asks programs to stay away; {BY_HAND}")
            }
            Self::RobotsUnreadable(why) => write!(
                f,
                "robots.txt of the site cannot be read ({why}), and until it can, nothing there \
                 is fetched; try again later, or {BY_HAND}"
            ),
            Self::Status(status) => {
                let name = StatusCode::from_u16(*status)
                    .ok()
                    .and_then(|code| code.canonical_reason())
                    .map_or_else(String::new, |name| format!(" ({name})"));
                let way_out = match status {
                    404 | 410 => "look whether the address is right",
                    429 | 500.. => "try again later",
                    _ => BY_HAND,
                };
                write!(f, "the server answers with status {status}{name}; {way_out}")
            }
            Self::TooLarge(bytes) => {
                let limit = if *bytes >= 1_000_000 {
                    format!("{} MB", bytes / 1_000_000)
                } else {
                    format!("{bytes} bytes")
                };
                write!(
                    f,
                    "it is larger than {limit}, which no press text is; look whether the address \
                     is that of an article or a feed"
                )
            }
            Self::Packed(how) => {
                write!(f, "the server packs it as `{how}`, which was not asked for; {BY_HAND}")
            }
            Self::Time(limit) => {
                write!(f, "it takes longer than {} s; try again later", limit.as_secs_f32())
            }
            Self::NoHost => write!(
                f,
                "there is no host of this name; look whether the address is right, and whether \
                 this machine is online"
            ),
            Self::Connection(why) => {
                write!(f, "{why}; look whether it opens in a browser, or try again later")
            }
        }
    }
}

/// The rules of one site, read when the first page of it is asked for.
type Rules = OnceLock<Result<Robots, Reason>>;

/// Fetches, and remembers `robots.txt` of each site for as long as it lives.
#[derive(Debug)]
pub struct Fetcher {
    limits: Limits,
    agent: Agent,
    robots: Mutex<BTreeMap<String, Arc<Rules>>>,
}

impl Fetcher {
    /// Begins without any memory.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let config = Agent::config_builder()
            // A proxy would look names up itself, behind the filter.
            .proxy(None)
            // Redirects are followed by hand, so that each hop is checked.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .build();
        let resolver = Filter { inner: DefaultResolver::default(), limits: limits.clone() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { limits, agent, robots: Mutex::default() }
    }

    /// Gets a page, or hears that it did not change since `known` was told.
    ///
    /// # Errors
    /// The address is not for fetching, the site forbids it, or the page does not come; the text
    /// says which, and what to do.
    pub fn fetch(&self, address: &str, known: &Validators) -> Result<Answer, FetchError> {
        let mut at = None;
        let deadline = Instant::now() + self.limits.time;
        self.follow(address, known, deadline, &mut at).map_err(|reason| FetchError {
            address: address.to_owned(),
            at: at.map(String::from).filter(|at| at != address),
            reason,
        })
    }

    /// Follows redirects; `at` is the address of the last hop that was tried.
    fn follow(
        &self,
        address: &str,
        known: &Validators,
        deadline: Instant,
        at: &mut Option<Url>,
    ) -> Result<Answer, Reason> {
        let mut url = web_address(address)?;
        for _ in 0..=REDIRECTS {
            self.check_robots(&url, deadline)?;
            let mut response = self.get(&url, known, deadline)?;
            if let Some(next) = next(&url, &response)? {
                *at = Some(next.clone());
                check(&next)?;
                url = next;
                continue;
            }
            let asked = known.etag.is_some() || known.last_modified.is_some();
            match response.status() {
                StatusCode::NOT_MODIFIED if asked => return Ok(Answer::NotModified),
                status if status.is_success() => {}
                status => return Err(Reason::Status(status.as_u16())),
            }
            let bytes = self.body(&mut response)?;
            let text = |name| text(response.headers(), name);
            return Ok(Answer::Fetched(Fetched {
                url: url.into(),
                bytes,
                content_type: text(header::CONTENT_TYPE),
                etag: text(header::ETAG),
                last_modified: text(header::LAST_MODIFIED),
            }));
        }
        Err(Reason::Redirects)
    }

    /// One request, without following anything.
    fn get(
        &self,
        url: &Url,
        known: &Validators,
        deadline: Instant,
    ) -> Result<Response<Body>, Reason> {
        let left = self.time_for(url, deadline)?;
        let request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        let etag = known.etag.iter().map(|value| (header::IF_NONE_MATCH, value));
        let date = known.last_modified.iter().map(|value| (header::IF_MODIFIED_SINCE, value));
        let request =
            etag.chain(date).fold(request, |request, (name, value)| request.header(name, value));
        request.call().map_err(|error| self.reason(error))
    }

    /// The same question without the answer's body.
    fn head(&self, url: &Url, deadline: Instant) -> Result<Response<Body>, Reason> {
        let left = self.time_for(url, deadline)?;
        let request = self.agent.head(url.as_str()).config().timeout_global(Some(left)).build();
        request.call().map_err(|error| self.reason(error))
    }

    /// How long a request may take, if its host may be asked at all.
    fn time_for(&self, url: &Url, deadline: Instant) -> Result<Duration, Reason> {
        check_host(url, &self.limits)?;
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(Reason::Time(self.limits.time)) } else { Ok(left) }
    }

    fn body(&self, response: &mut Response<Body>) -> Result<Vec<u8>, Reason> {
        // The client takes this line away when it unpacks the body.
        if let Some(how) = text(response.headers(), header::CONTENT_ENCODING)
            && !how.eq_ignore_ascii_case("identity")
        {
            return Err(Reason::Packed(how));
        }
        let mut bytes = Vec::new();
        let limit = self.limits.bytes;
        let reader = response.body_mut().as_reader();
        reader
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| self.reason(error.into()))?;
        let short = u64::try_from(bytes.len()).is_ok_and(|length| length <= limit);
        if short { Ok(bytes) } else { Err(Reason::TooLarge(limit)) }
    }

    fn check_robots(&self, url: &Url, deadline: Instant) -> Result<(), Reason> {
        let origin = url.origin().ascii_serialization();
        let slot = {
            let mut all = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(origin).or_default())
        };
        match slot.get_or_init(|| self.robots(url, deadline)) {
            Ok(robots) if robots.allows(path(url)) => Ok(()),
            Ok(_) => Err(Reason::Robots),
            // Asking again for the page would only say the same, and these say it better.
            Err(reason @ (Reason::Private(_) | Reason::NoHost)) => Err(reason.clone()),
            Err(Reason::Time(limit)) => Err(Reason::Time(*limit)),
            Err(Reason::Connection(why)) => Err(Reason::Connection(why.clone())),
            Err(reason) => Err(Reason::RobotsUnreadable(reason.short())),
        }
    }

    /// Reads the rules of a site, after RFC 9309, section 2.3.1.
    fn robots(&self, page: &Url, deadline: Instant) -> Result<Robots, Reason> {
        let mut url = page.join("/robots.txt").map_err(|_| Reason::NotAnAddress)?;
        for _ in 0..=REDIRECTS {
            let mut response = self.get(&url, &Validators::default(), deadline)?;
            if let Some(next) = next(&url, &response)? {
                check(&next)?;
                url = next;
                continue;
            }
            let status = response.status();
            if status.is_server_error() {
                return Err(Reason::Status(status.as_u16()));
            }
            if !status.is_success() {
                return Ok(Robots::default());
            }
            let mut bytes = Vec::new();
            let reader = response.body_mut().as_reader();
            reader
                .take(ROBOTS_BYTES)
                .read_to_end(&mut bytes)
                .map_err(|error| self.reason(error.into()))?;
            return Ok(Robots::new(&String::from_utf8_lossy(&bytes)));
        }
        // RFC 9309 lets what is sent on too often count as absent.
        Ok(Robots::default())
    }

    fn reason(&self, error: ureq::Error) -> Reason {
        match error {
            ureq::Error::Timeout(_) => Reason::Time(self.limits.time),
            ureq::Error::HostNotFound => Reason::NoHost,
            ureq::Error::Other(inner) => match inner.downcast::<NotPublic>() {
                Ok(not_public) => Reason::Private(Some(not_public.0)),
                Err(inner) => Reason::Connection(inner.to_string()),
            },
            // What the system's name lookup says differs from system to system.
            ureq::Error::Io(error) if error.to_string().contains("lookup address") => {
                Reason::NoHost
            }
            ureq::Error::Io(error) => Reason::Connection(format!("no answer came ({error})")),
            error => Reason::Connection(format!("the server cannot be understood ({error})")),
        }
    }
}

impl Reason {
    /// What went wrong, without a way out.
    fn short(&self) -> String {
        let whole = self.to_string();
        whole.split_once("; ").map_or(whole.as_str(), |(first, _)| first).to_owned()
    }
}

/// Looks names up, and keeps from the connection whatever lies in a private network.
#[derive(Debug)]
struct Filter {
    inner: DefaultResolver,
    limits: Limits,
}

impl Resolver for Filter {
    fn resolve(
        &self,
        uri: &ureq::http::Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let all = self.inner.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for address in all.iter().filter(|address| self.limits.allow(**address)) {
            kept.push(*address);
        }
        match all.first() {
            Some(first) if kept.is_empty() => {
                Err(ureq::Error::Other(Box::new(NotPublic(first.ip()))))
            }
            _ => Ok(kept),
        }
    }
}

/// A name resolves to nothing but addresses of private networks.
#[derive(Debug)]
struct NotPublic(IpAddr);

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lies in a private network", self.0)
    }
}

impl std::error::Error for NotPublic {}

fn web_address(address: &str) -> Result<Url, Reason> {
    let mut url = Url::parse(address.trim()).map_err(|_| Reason::NotAnAddress)?;
    check(&url)?;
    url.set_fragment(None);
    Ok(url)
}

fn check(url: &Url) -> Result<(), Reason> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Reason::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Reason::Password);
    }
    Ok(())
}

/// Refuses numbers and names of this machine without asking anybody.
///
/// The parser has turned `2130706433` and `0x7f.1` into the address they stand for by now.
fn check_host(url: &Url, limits: &Limits) -> Result<(), Reason> {
    let ip: IpAddr = match url.host() {
        Some(Host::Ipv4(ip)) => ip.into(),
        Some(Host::Ipv6(ip)) => ip.into(),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let own = name == "localhost" || name.ends_with(".localhost");
            let refused = own && !limits.allow_private;
            return if refused { Err(Reason::Private(None)) } else { Ok(()) };
        }
        None => return Err(Reason::NotAnAddress),
    };
    let port = url.port_or_known_default().unwrap_or_default();
    let allowed = limits.allow(SocketAddr::new(ip, port));
    if allowed { Ok(()) } else { Err(Reason::Private(Some(ip))) }
}

/// Where a response sends on to, if it does.
fn next(url: &Url, response: &Response<Body>) -> Result<Option<Url>, Reason> {
    let sends = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let Some(location) = response.headers().get(header::LOCATION).filter(|_| sends) else {
        return Ok(None);
    };
    // Some servers send raw UTF-8 here.
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut next = url.join(&location).map_err(|_| Reason::Location(location.into_owned()))?;
    next.set_fragment(None);
    Ok(Some(next))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Path and query, which is what the rules of a site are about.
fn path(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}
