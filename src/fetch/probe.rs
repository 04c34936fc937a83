//! Whether addresses still lead somewhere, without reading what is there.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::http::StatusCode;
use url::Url;

use super::{Fetcher, REDIRECTS, Reason, Validators, check, next, path, web_address};

/// How many hosts are asked at once.
const HOSTS: usize = 8;
/// How often an address is asked that did not answer in time.
const TRIES: u32 = 3;

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeResult {
    /// It is there.
    There,
    /// It has moved for good, to this address.
    Moved(String),
    /// It cannot be read, for this reason.
    Gone(String),
    /// Its site does not want programs to look, so nobody knows.
    Unknown(String),
}

impl Fetcher {
    /// Looks at many addresses: several hosts at once, one address of a host after the other with
    /// `pause` between them. `take` hears of each as soon as it is known.
    pub fn look_at(
        &self,
        addresses: &[String],
        pause: Duration,
        take: impl Fn(&str, ProbeResult) + Sync,
    ) {
        let mut hosts: Vec<(String, Vec<&str>)> = Vec::new();
        for address in addresses {
            let url = Url::parse(address).ok();
            let host = url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
            match hosts.iter_mut().find(|(name, _)| *name == host) {
                Some((_, list)) => list.push(address),
                None => hosts.push((host, vec![address])),
            }
        }
        let waiting: Mutex<VecDeque<_>> = Mutex::new(hosts.into());
        let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        std::thread::scope(|scope| {
            for _ in 0..HOSTS {
                scope.spawn(|| {
                    while let Some((_, list)) = next() {
                        for (number, address) in list.into_iter().enumerate() {
                            if number > 0 {
                                std::thread::sleep(pause);
                            }
                            take(address, self.look(address, pause));
                        }
                    }
                });
            }
        });
    }

    /// Looks at one address, and again where the answer may be another one later.
    fn look(&self, address: &str, pause: Duration) -> ProbeResult {
        for attempt in 1..=TRIES {
            let reason = match self.look_once(address) {
                Ok(moved) => return moved.map_or(ProbeResult::There, ProbeResult::Moved),
                Err(reason) => reason,
            };
            match reason {
                Reason::Robots | Reason::RobotsUnreadable(_) => {
                    return ProbeResult::Unknown(reason.short());
                }
                Reason::Time(_) | Reason::Connection(_) | Reason::Status(429 | 500..)
                    if attempt < TRIES =>
                {
                    std::thread::sleep(pause * 2_u32.pow(attempt));
                }
                // They keep programs out, and people in.
                Reason::Status(401 | 403 | 429) => return ProbeResult::Unknown(reason.short()),
                reason => return ProbeResult::Gone(reason.short()),
            }
        }
        ProbeResult::There
    }

    /// The address that the page has moved to for good, if it has.
    fn look_once(&self, address: &str) -> Result<Option<String>, Reason> {
        let deadline = Instant::now() + self.limits.time;
        let mut url = web_address(address)?;
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=REDIRECTS {
            self.check_robots(&url, deadline)?;
            let mut response = self.head(&url, deadline)?;
            // Some servers do not know the question.
            if !response.status().is_success() && !response.status().is_redirection() {
                response = self.get(&url, &Validators::default(), deadline)?;
            }
            if let Some(next) = next(&url, &response)? {
                check(&next)?;
                let status = response.status();
                for_good &= matches!(
                    status,
                    StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
                );
                if for_good {
                    moved = Some(String::from(next.clone()));
                }
                url = next;
                continue;
            }
            let status = response.status();
            // A moved front page is no news: a whole site went, or asks for consent.
            let is_page = path(&url).len() > 1;
            return if status.is_success() {
                Ok(moved.filter(|_| is_page))
            } else {
                Err(Reason::Status(status.as_u16()))
            };
        }
        Err(Reason::Redirects)
    }
}
