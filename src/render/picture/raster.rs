//! Pixels in memory: from files, turned upright, and into files that lose nothing.

use std::io::Cursor;

use image_webp::WebPDecoder;
use png::{BitDepth, ColorType, Transformations};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use crate::index::pictures::Turn;

/// How many bytes a decoder may take besides the pixels.
const ROOM: usize = 64 << 20;

/// A longer description of colours is one of printing machines, which no screen asks for.
const PROFILE: usize = 16 << 10;

/// A picture, row by row, with 8 bits for each channel: red, green, blue, and how dense it is where it
/// can be seen through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// 3 or 4.
    pub channels: usize,
    /// All channels of the first pixel, then of the next.
    pub pixels: Vec<u8>,
    /// What its colours mean, where they are not those of every screen.
    pub profile: Option<Vec<u8>>,
}

impl Raster {
    /// Decodes a file in any of the formats that other widths are made of.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        let mut raster = match bytes {
            [0xff, 0xd8, ..] => from_jpeg(bytes),
            [0x89, b'P', ..] => from_png(bytes),
            _ => from_webp(bytes),
        }?;
        let count = raster.width as usize * raster.height as usize * raster.channels;
        if raster.pixels.len() != count {
            return Err("a part of it is missing".to_owned());
        }
        raster.profile = raster.profile.filter(|profile| profile.len() <= PROFILE);
        Ok(raster)
    }

    /// The same picture, standing upright.
    #[must_use]
    pub fn turned(self, turn: Turn) -> Self {
        if turn == Turn::default() {
            return self;
        }
        let Self { width, height, channels, .. } = self;
        let is_upright = turn.quarters.is_multiple_of(2);
        let (wide, high) = if is_upright { (width, height) } else { (height, width) };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..high {
            for x in 0..wide {
                let (from_x, y) = match turn.quarters {
                    0 => (x, y),
                    1 => (y, height - 1 - x),
                    2 => (width - 1 - x, height - 1 - y),
                    _ => (width - 1 - y, x),
                };
                let x = if turn.is_mirrored { width - 1 - from_x } else { from_x };
                let at = (y as usize * width as usize + x as usize) * channels;
                pixels.extend_from_slice(&self.pixels[at..at + channels]);
            }
        }
        Self { width: wide, height: high, pixels, ..self }
    }

    /// The picture as a PNG file.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut info = png::Info::with_size(self.width, self.height);
        info.color_type = if self.channels == 4 { ColorType::Rgba } else { ColorType::Rgb };
        info.bit_depth = BitDepth::Eight;
        info.icc_profile = self.profile.as_deref().map(Into::into);
        let mut encoder = png::Encoder::with_info(&mut out, info).expect("nothing moves");
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().expect("memory takes everything");
        writer.write_image_data(&self.pixels).expect("the pixels are all there");
        drop(writer);
        out
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn from_jpeg(bytes: &[u8]) -> Result<Raster, String> {
    // A file that was cut off would be grey below.
    let end = memchr::memmem::rfind(bytes, &[0xff, 0xd9]);
    if end < memchr::memmem::rfind(bytes, &[0xff, 0xda]) {
        return Err("its end is missing".to_owned());
    }
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(|error| format!("{error:?}"))?;
    let (width, height) = decoder.dimensions().ok_or("it has no size")?;
    let has_colours = decoder.input_colorspace() == Some(ColorSpace::YCbCr);
    Ok(Raster {
        width: u32::try_from(width).map_err(said)?,
        height: u32::try_from(height).map_err(said)?,
        channels: 3,
        pixels,
        profile: decoder.icc_profile().filter(|_| has_colours),
    })
}

fn from_png(bytes: &[u8]) -> Result<Raster, String> {
    let limits = png::Limits { bytes: ROOM };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(said)?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
    let info = reader.next_frame(&mut pixels).map_err(said)?;
    pixels.truncate(info.buffer_size());
    let (channels, pixels) = match info.color_type {
        ColorType::Grayscale => (3, pixels.iter().flat_map(|&grey| [grey; 3]).collect()),
        ColorType::GrayscaleAlpha => {
            let spread = |pair: &[u8]| [pair[0], pair[0], pair[0], pair[1]];
            (4, pixels.chunks_exact(2).flat_map(spread).collect())
        }
        ColorType::Rgba => (4, pixels),
        _ => (3, pixels),
    };
    let is_grey = matches!(info.color_type, ColorType::Grayscale | ColorType::GrayscaleAlpha);
    let profile = reader.info().icc_profile.as_ref().filter(|_| !is_grey);
    let profile = profile.map(|profile| profile.to_vec());
    Ok(Raster { width: info.width, height: info.height, channels, pixels, profile })
}

fn from_webp(bytes: &[u8]) -> Result<Raster, String> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(said)?;
    decoder.set_memory_limit(ROOM);
    let (width, height) = decoder.dimensions();
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or("it is too large")?];
    decoder.read_image(&mut pixels).map_err(said)?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let profile = decoder.icc_profile().ok().flatten();
    Ok(Raster { width, height, channels, pixels, profile })
}
