//! Pictures that texts show: what their files say of themselves, and the widths that pages offer them in.

use imagesize::ImageType;

use super::Index;
use super::pages::file_address;
use crate::source::Asset;

/// The widths that a picture is offered in, as far as its file is wider: a phone, a column of text or a
/// phone with a fine screen, a column with a fine screen.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];

/// How many pixels a picture may have to be decoded: at nine bytes each, which one that sharpens step by
/// step takes, these are 234 MB. Most cameras make fewer.
const MOST_PIXELS: u64 = 26_000_000;

/// The folder of the site that pictures in other widths are in.
const FOLDER: &str = "pictures/";

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Photographs.
    Jpeg,
    /// What was drawn, and what can be seen through.
    Png,
}

impl Coding {
    fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// How a picture has to be turned to stand upright, as EXIF has it: mirrored first, then turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Whether left and right are exchanged.
    pub is_mirrored: bool,
    /// Quarters of a turn, clockwise.
    pub quarters: u8,
}

impl Turn {
    /// What the values of EXIF's tag 0x0112 mean.
    fn of(orientation: u16) -> Self {
        let (is_mirrored, quarters) = match orientation {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        Self { is_mirrored, quarters }
    }
}

/// What a file says of the picture in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// In pixels, standing upright.
    pub width: u32,
    /// In pixels, standing upright.
    pub height: u32,
    /// How it has to be turned for that.
    pub turn: Turn,
    /// How other widths of it are written; none where there can be none, as of what moves.
    pub coding: Option<Coding>,
}

/// Reads no more of a file than where it says how large the picture is.
#[must_use]
pub fn header(bytes: &[u8]) -> Option<Header> {
    let size = imagesize::blob_size(bytes).ok()?;
    let kind = imagesize::image_type(bytes).ok()?;
    let coding = match kind {
        ImageType::Jpeg => Some(Coding::Jpeg),
        ImageType::Png if memchr::memmem::find(until(bytes, b"IDAT"), b"acTL").is_none() => {
            Some(Coding::Png)
        }
        ImageType::Webp => webp(bytes),
        _ => None,
    };
    let turn = if kind == ImageType::Jpeg {
        Turn::of(orientation(bytes).unwrap_or(1))
    } else {
        Turn::default()
    };
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let is_upright = turn.quarters.is_multiple_of(2);
    let (width, height) = if is_upright { (width, height) } else { (height, width) };
    let has_pixels = width > 0 && height > 0;
    has_pixels.then_some(Header { width, height, turn, coding })
}

fn until<'a>(bytes: &'a [u8], word: &[u8]) -> &'a [u8] {
    &bytes[..memchr::memmem::find(bytes, word).unwrap_or(bytes.len())]
}

/// How other widths of a WebP file are written: it may be a photograph or not, be seen through, and move.
fn webp(bytes: &[u8]) -> Option<Coding> {
    let (moves, is_clear) = match bytes.get(12..16)? {
        b"VP8 " => (false, false),
        // Behind a byte of signature and twice 14 bits of size.
        b"VP8L" => (false, true),
        _ => (bytes.get(20)? & 0x02 != 0, bytes.get(20)? & 0x10 != 0),
    };
    let coding = if is_clear { Coding::Png } else { Coding::Jpeg };
    (!moves).then_some(coding)
}

/// The orientation in the EXIF block of a JPEG file.
fn orientation(bytes: &[u8]) -> Option<u16> {
    let mut rest = bytes.get(2..)?;
    // Until the picture itself begins.
    while let [0xff, marker, high, low, ..] = *rest
        && marker != 0xda
    {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let block = rest.get(4..2 + length)?;
        if let (0xe1, Some(exif)) = (marker, block.strip_prefix(b"Exif\0\0")) {
            return exif_value(exif, 0x0112);
        }
        rest = &rest[2 + length..];
    }
    None
}

/// A small number of the first directory of an EXIF block, which is laid out as a TIFF file.
fn exif_value(exif: &[u8], tag: u16) -> Option<u16> {
    let is_little = exif.starts_with(b"II");
    let short = |at: usize| {
        let two = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let four = exif.get(4..8)?.try_into().ok()?;
    let start = if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    let start = usize::try_from(start).ok().filter(|start| *start < exif.len())?;
    let mut entries = (0..usize::from(short(start)?)).map(|number| start + 2 + number * 12);
    let entry = entries.find(|&at| short(at) == Some(tag))?;
    short(entry + 8)
}

/// A picture in one width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sized {
    /// Where it is.
    pub address: String,
    /// In pixels.
    pub width: u32,
}

/// A picture of the site that pages show.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The path of its file in the output folder.
    pub path: &'a str,
    /// The file.
    pub asset: &'a Asset,
    /// What it says of itself.
    pub header: Header,
}

impl Shown<'_> {
    /// Whether it has more pixels than are decoded.
    #[must_use]
    pub fn is_huge(&self) -> bool {
        let Header { width, height, .. } = self.header;
        u64::from(width) * u64::from(height) > MOST_PIXELS
    }

    /// The widths that it can be written in.
    #[must_use]
    pub fn widths(&self) -> &'static [u32] {
        let is_made = self.header.coding.is_some() && !self.is_huge();
        let count = WIDTHS.iter().filter(|&&width| is_made && width < self.header.width).count();
        &WIDTHS[..count]
    }

    /// The path in the output folder of the same picture in another width.
    #[must_use]
    pub fn place(&self, width: u32) -> String {
        let ending = self.header.coding.map_or("", Coding::ending);
        format!("{FOLDER}{}-{width}.{ending}", &self.asset.hash.to_hex()[..16])
    }

    /// The widths that pages offer it in, the narrowest first, with the file itself where that is no wider
    /// than the widest; none where there is only the file.
    #[must_use]
    pub fn sizes(&self) -> Vec<Sized> {
        let made = self.widths();
        let mut all: Vec<Sized> = made
            .iter()
            .map(|&width| Sized { address: format!("/{}", self.place(width)), width })
            .collect();
        if !made.is_empty() && made.len() < WIDTHS.len() {
            all.push(Sized { address: file_address(self.path), width: self.header.width });
        }
        all
    }
}

impl Index {
    /// The file of the site at a path in the output folder, where it is a picture.
    #[must_use]
    pub fn picture<'a>(&'a self, path: &str) -> Option<Shown<'a>> {
        let (path, asset) = self.files.get_key_value(path)?;
        Some(Shown { path, asset, header: header(&asset.bytes)? })
    }
}

/// Whether a file should be a picture that has other widths, by its name.
#[must_use]
pub fn is_expected(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["jpg", "jpeg", "png", "webp"].iter().any(|one| ending.eq_ignore_ascii_case(one))
}
