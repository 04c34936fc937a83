//! Pictures as JPEG files, with half the resolution for colours.

use jpeg_encoder::{ColorType, Encoder, EncodingError, SamplingFactor};

use crate::render::picture::raster::Raster;

/// Of 1 to 100, as other programs count: from about here on nobody sees a difference on a screen.
const QUALITY: u8 = 80;

/// The picture as a JPEG file, without what can be seen through; none if it is longer than such a file can say.
#[must_use]
pub fn encode(raster: &Raster) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    written(raster, &mut bytes).ok()?;
    Some(bytes)
}

fn written(raster: &Raster, out: &mut Vec<u8>) -> Result<(), EncodingError> {
    let mut encoder = Encoder::new(out, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    if let Some(profile) = &raster.profile {
        encoder.add_icc_profile(profile)?;
    }
    let side = |length: u32| u16::try_from(length).unwrap_or(0);
    let colours = if raster.channels == 4 { ColorType::Rgba } else { ColorType::Rgb };
    encoder.encode(&raster.pixels, side(raster.width), side(raster.height), colours)
}
