//! Whether the folders of a site are as we left them.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::fingerprint::{Fingerprint, fingerprint};
use crate::signature::FileSignature;

/// How many sites are remembered: the one in the output folder, and the one before it.
const SITES: usize = 2;

/// What is remembered of the folders of an output folder and of the site before it, in `.tearsheet/`. Times
/// are only compared for being equal, so that it holds whatever became of the clock. Without it every
/// folder is opened, which takes longer and finds the same.
pub(super) struct Untouched {
    site: PathBuf,
    file: PathBuf,
}

impl Untouched {
    pub(super) fn of(site: &Path, output: &Path) -> Self {
        let file = super::build_cache_path(site, output).with_extension("folders");
        Self { site: site.to_owned(), file }
    }

    /// Whether folders in this state are as we left them.
    pub(super) fn is(&self, state: Option<Fingerprint>) -> bool {
        state.is_some_and(|state| self.known().contains(&state))
    }

    /// Remembers the state of the folders of a site that is whole.
    pub(super) fn remember(&self, state: Option<Fingerprint>) {
        let mut known = self.known();
        known.retain(|other| Some(*other) != state);
        known.truncate(SITES - 1);
        known.splice(0..0, state);
        super::keep(&self.site, &self.file, &known.concat());
    }

    fn known(&self) -> Vec<Fingerprint> {
        fs::read(&self.file).unwrap_or_default().as_chunks().0.to_vec()
    }
}

/// The state of folders of a site, in the order given; none where a system tells no times that can be trusted.
pub(super) fn state<'a>(
    folders: impl Iterator<Item = (&'a Path, Option<&'a Metadata>)>,
) -> Option<Fingerprint> {
    let signature = |(path, meta): (&'a Path, Option<&Metadata>)| {
        Some((path.to_str()?, FileSignature::of(meta?)?))
    };
    Some(fingerprint(&folders.map(signature).collect::<Option<Vec<_>>>()?))
}
