//! Fewer pixels for the same picture: each new one is a weighted mean of those that it stands for, by the
//! cubic of Catmull and Rom, first along rows, then along columns.

use std::borrow::Cow;

use crate::render::picture::raster::Raster;

/// How many bits of a weight are behind the point.
const BITS: u32 = 14;

/// What a new pixel is made of, along one axis.
struct Mean {
    /// The first of the old pixels.
    start: usize,
    /// What each counts, together 1 with [`BITS`] behind the point.
    weights: Vec<i32>,
}

/// The picture in a smaller size.
#[must_use]
pub fn resized(from: &Raster, width: u32, height: u32) -> Raster {
    let Raster { channels, .. } = *from;
    let mut pixels = Cow::Borrowed(&from.pixels);
    // What cannot be seen has no colour to give to its neighbours.
    if channels == 4 {
        pixels.to_mut().chunks_exact_mut(4).for_each(dense);
    }
    let rows = along_rows(&pixels, from.width as usize, channels, &means(from.width, width));
    let row = width as usize * channels;
    let mut pixels = along_columns(&rows, row, &means(from.height, height));
    if channels == 4 {
        pixels.chunks_exact_mut(4).for_each(clear);
    }
    Raster { width, height, channels, pixels, profile: from.profile.clone() }
}

fn along_rows(pixels: &[u8], width: usize, channels: usize, means: &[Mean]) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels.len() / width.max(1) * means.len());
    for row in pixels.chunks_exact(width * channels) {
        for Mean { start, weights } in means {
            let first = start * channels;
            for channel in 0..channels {
                let values = row[first + channel..].iter().step_by(channels);
                let sum: i32 =
                    values.zip(weights).map(|(&value, weight)| i32::from(value) * weight).sum();
                out.push(rounded(sum));
            }
        }
    }
    out
}

fn along_columns(rows: &[u8], row: usize, means: &[Mean]) -> Vec<u8> {
    let mut out = Vec::with_capacity(row * means.len());
    let mut sums = vec![0_i32; row];
    for Mean { start, weights } in means {
        sums.fill(0);
        for (values, weight) in rows.chunks_exact(row).skip(*start).zip(weights) {
            sums.iter_mut().zip(values).for_each(|(sum, &value)| *sum += i32::from(value) * weight);
        }
        out.extend(sums.iter().map(|&sum| rounded(sum)));
    }
    out
}

fn rounded(sum: i32) -> u8 {
    u8::try_from(((sum + (1 << (BITS - 1))) >> BITS).clamp(0, 255)).unwrap_or(u8::MAX)
}

/// Multiplies colours by how dense they are.
fn dense(pixel: &mut [u8]) {
    let density = u16::from(pixel[3]);
    for value in &mut pixel[..3] {
        *value = u8::try_from((u16::from(*value) * density + 127) / 255).unwrap_or(u8::MAX);
    }
}

/// Takes that back.
fn clear(pixel: &mut [u8]) {
    let density = u16::from(pixel[3]).max(1);
    for value in &mut pixel[..3] {
        *value = u8::try_from((u16::from(*value) * 255 + density / 2) / density).unwrap_or(u8::MAX);
    }
}

/// What the new pixels of a row or column are made of.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn means(from: u32, to: u32) -> Vec<Mean> {
    let scale = f64::from(from) / f64::from(to);
    // Never sharper than the old pixels.
    let stretch = scale.max(1.0);
    let one = |number: u32| {
        let middle = (f64::from(number) + 0.5) * scale;
        let start = (middle - 2.0 * stretch).floor().max(0.0);
        let end = (middle + 2.0 * stretch).ceil().min(f64::from(from));
        let places = (start as u32)..(end as u32);
        let shares = places.map(|place| cubic((f64::from(place) + 0.5 - middle) / stretch));
        let shares: Vec<f64> = shares.collect();
        let sum: f64 = shares.iter().sum();
        let one = f64::from(1 << BITS);
        let mut weights: Vec<i32> =
            shares.iter().map(|share| (share / sum * one).round() as i32).collect();
        // What was lost by rounding goes to the pixel in the middle: a plain area stays as it is.
        let lost = (1 << BITS) - weights.iter().sum::<i32>();
        let middle = weights.len() / 2;
        weights[middle] += lost;
        Mean { start: start as usize, weights }
    };
    (0..to).map(one).collect()
}

/// The cubic of Catmull and Rom, from -2 to 2.
fn cubic(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}
