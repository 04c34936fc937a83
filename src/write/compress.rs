//! Files as web servers send them to browsers that can unpack them.

use std::io::{self, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// How a file can be packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// For every browser.
    Gzip,
    /// The smallest.
    Brotli,
    /// Unpacked fastest.
    #[cfg(feature = "zstd")]
    Zstd,
}

impl Coding {
    /// All that this program knows.
    pub const ALL: &[Self] = &[
        Self::Gzip,
        Self::Brotli,
        #[cfg(feature = "zstd")]
        Self::Zstd,
    ];

    /// The ending of a packed file, behind that of the file itself.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gzip => ".gz",
            Self::Brotli => ".br",
            #[cfg(feature = "zstd")]
            Self::Zstd => ".zst",
        }
    }

    /// Packs a file. Scripts and style sheets, which every reader loads, are packed as well as can be;
    /// the best coding of pages takes twenty times as long as one that is a tenth larger.
    ///
    /// # Errors
    /// None that could happen in memory.
    pub fn pack(self, path: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let is_hot = matches!(ending(path), "css" | "js");
        match self {
            Self::Gzip => {
                let mut out = GzEncoder::new(Vec::new(), Compression::best());
                out.write_all(bytes)?;
                out.finish()
            }
            Self::Brotli => {
                let mut out = Vec::new();
                let quality = if is_hot { 11 } else { 5 };
                let size_hint = bytes.len();
                let settings = BrotliEncoderParams { quality, size_hint, ..Default::default() };
                brotli::BrotliCompress(&mut &*bytes, &mut out, &settings)?;
                Ok(out)
            }
            #[cfg(feature = "zstd")]
            Self::Zstd => zstd::bulk::compress(bytes, if is_hot { 19 } else { 9 }),
        }
    }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, end)| end)
}

/// Whether a file is text, which gets much smaller; pictures and fonts are packed already.
#[must_use]
pub fn is_packable(path: &str) -> bool {
    const TEXT: [&str; 10] =
        ["html", "css", "js", "json", "xml", "svg", "txt", "csv", "ics", "webmanifest"];
    TEXT.contains(&ending(path))
}
