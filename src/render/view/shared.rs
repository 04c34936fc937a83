//! Views that many pages show: made once, handed out without copies.
//!
//! Tera takes a value that it meets as it is, so a list of 50 cards costs 50 reference counts; in a page's
//! fingerprint stands only the hash of each card.

use std::borrow::Borrow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use tera::Value;

use crate::fingerprint::{Fingerprint, fingerprint};

/// A view of which all pages that show it have the same one.
///
/// Templates get one value, converted when the first page needs it; in the fingerprint of a page
/// stands only the hash of the view.
#[derive(Debug)]
pub struct Shared<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    view: T,
    hash: Fingerprint,
    value: OnceLock<Value>,
}

impl<T: Serialize> Shared<T> {
    /// Shares a view.
    #[must_use]
    pub fn new(view: T) -> Self {
        let hash = fingerprint(&view);
        Self(Arc::new(Inner { view, hash, value: OnceLock::new() }))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.view
    }
}

impl<T> Borrow<T> for Shared<T> {
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Templates and JSON are made of readable data, fingerprints of bytes.
        if serializer.is_human_readable() {
            // The engine takes a value that it meets as it is, without going through it again.
            self.0
                .value
                .get_or_init(|| Value::from_serializable(&self.0.view))
                .serialize(serializer)
        } else {
            self.0.hash.serialize(serializer)
        }
    }
}
