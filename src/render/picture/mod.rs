//! Pictures in the widths that pages offer them in.
//!
//! The header of a file tells the index its size and the widths to offer (`index/pictures.rs`), so that pages
//! are made without decoding anything. A width is a file of the site like others; the first that is asked
//! for makes all of them and puts them into a [`Store`], by the hash of the file. What cannot be decoded is
//! published as it is under every name, and told in every run.
//!
//! All of it is whole numbers, or sums and products that every machine rounds alike, and no library uses the
//! instructions of single processors: the same file gives the same bytes everywhere.

mod jpeg;
mod raster;
mod resize;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::diagnostic::{self, Diagnostic};
use crate::fingerprint::{Fingerprint, fingerprint};
use crate::index::pictures::{Coding, Header, Shown};
use crate::render::picture::raster::Raster;
use crate::source::{Asset, Store};

/// Changes with what is made of the same file.
const RECIPE: u32 = 2;

/// What a store calls the reason why a picture has no other widths.
const FAULT: &str = "fault";

/// From so many pixels on, one picture at a time is decoded: each takes 100 MB and more.
const LARGE: u64 = 12_000_000;
static ONE_LARGE: Mutex<()> = Mutex::new(());

/// A picture of which other widths are wanted. The first that is asked for makes all of them, as decoding
/// takes longest.
pub struct Picture {
    path: String,
    asset: Asset,
    header: Header,
    store: Arc<dyn Store>,
    /// What is made and was not fetched yet.
    made: Mutex<BTreeMap<u32, Vec<u8>>>,
    /// Why nothing could be made.
    fault: OnceLock<String>,
}

impl Picture {
    /// Nothing is decoded before somebody asks.
    #[must_use]
    pub fn new(shown: Shown<'_>, store: &Arc<dyn Store>) -> Self {
        Self {
            path: shown.path.to_owned(),
            asset: shown.asset.clone(),
            header: shown.header,
            store: Arc::clone(store),
            made: Mutex::default(),
            fault: OnceLock::new(),
        }
    }

    /// The path of the file in the output folder.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The widths that it is made in.
    #[must_use]
    pub fn widths(&self) -> &'static [u32] {
        self.shown().widths()
    }

    /// The path in the output folder of a width.
    #[must_use]
    pub fn place(&self, width: u32) -> String {
        self.shown().place(width)
    }

    fn shown(&self) -> Shown<'_> {
        Shown { path: &self.path, asset: &self.asset, header: self.header }
    }

    /// A hash of all that the picture in a width is made from.
    #[must_use]
    pub fn fingerprint(&self, width: u32) -> Fingerprint {
        fingerprint(&(RECIPE, self.asset.hash.as_bytes(), width))
    }

    /// The picture in a width; the file as it is where it cannot be read, or would not get any lighter.
    #[must_use]
    pub fn in_width(&self, width: u32) -> Cow<'_, [u8]> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = made.remove(&width).or_else(|| self.store.get(&self.key(width)));
        if let Some(bytes) = kept {
            return Cow::Owned(bytes);
        }
        if self.fault().is_none() {
            match self.make() {
                Ok(all) => made.extend(all),
                Err(why) => {
                    self.store.put(&self.key(FAULT), why.as_bytes());
                    let _ = self.fault.set(why);
                }
            }
        }
        made.remove(&width).map_or(Cow::Borrowed(&*self.asset.bytes), Cow::Owned)
    }

    /// What the author should know of the picture; told with its first width.
    #[must_use]
    pub fn problem(&self, width: u32) -> Option<Diagnostic> {
        let is_first = self.widths().first() == Some(&width);
        let fault = self.fault().filter(|_| is_first)?;
        Some(diagnostic::broken_picture(&self.path, &fault))
    }

    fn fault(&self) -> Option<String> {
        let kept = || String::from_utf8(self.store.get(&self.key(FAULT))?).ok();
        self.fault.get().cloned().or_else(kept)
    }

    /// What a store calls a part of it.
    fn key(&self, part: impl Display) -> String {
        format!("{}-{RECIPE}-{part}", &self.asset.hash.to_hex()[..32])
    }

    /// All widths, each from the next larger one.
    fn make(&self) -> Result<Vec<(u32, Vec<u8>)>, String> {
        let Header { width, height, turn, coding } = self.header;
        let is_large = u64::from(width) * u64::from(height) >= LARGE;
        let _alone = is_large.then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner));
        let mut raster = Raster::decode(&self.asset.bytes)?.turned(turn);
        let mut all = Vec::new();
        for &narrow in self.widths().iter().rev() {
            let ratio = u64::from(narrow) * u64::from(height);
            let low = u32::try_from((ratio + u64::from(width) / 2) / u64::from(width));
            raster = resize::resized(&raster, narrow, low.unwrap_or(1).max(1));
            let bytes = match coding {
                Some(Coding::Jpeg) => jpeg::encode(&raster),
                _ => Some(raster.png()),
            };
            let lighter = bytes.filter(|bytes| bytes.len() < self.asset.bytes.len());
            let bytes = lighter.unwrap_or_else(|| self.asset.bytes.to_vec());
            self.store.put(&self.key(narrow), &bytes);
            all.push((narrow, bytes));
        }
        Ok(all)
    }
}
