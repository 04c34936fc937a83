//! Writes baseline JPEG (ITU-T T.81) with half the resolution for colours, and the tables of its annex K.

use crate::render::picture::raster::Raster;

/// Of 1 to 100, as other programs count: from about here on nobody sees a difference on a screen.
const QUALITY: u32 = 80;

/// The order in which the 64 values of a block are written, coarse ones first.
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// How coarsely each value of a block of lightness may be told.
const LIGHT: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// The same for colour: the upper left corner, beyond which all is 99.
const COLOUR: [[u8; 4]; 4] =
    [[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]];

/// How many codes there are of 1 to 16 bits, and what they stand for.
struct Codes {
    counts: [u8; 16],
    values: &'static [u8],
}

const LIGHT_DC: Codes = Codes {
    counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
    values: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
};
const COLOUR_DC: Codes =
    Codes { counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], values: LIGHT_DC.values };
const LIGHT_AC: Codes = Codes {
    counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
    values: b"\x01\x02\x03\x00\x04\x11\x05\x12\x21\x31\x41\x06\x13\x51\x61\x07\x22\x71\x14\x32\x81\x91\xa1\x08\
\x23\x42\xb1\xc1\x15\x52\xd1\xf0\x24\x33\x62\x72\x82\x09\x0a\x16\x17\x18\x19\x1a\x25\x26\x27\x28\
\x29\x2a\x34\x35\x36\x37\x38\x39\x3a\x43\x44\x45\x46\x47\x48\x49\x4a\x53\x54\x55\x56\x57\x58\x59\
\x5a\x63\x64\x65\x66\x67\x68\x69\x6a\x73\x74\x75\x76\x77\x78\x79\x7a\x83\x84\x85\x86\x87\x88\x89\
\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xb2\xb3\xb4\xb5\xb6\
\xb7\xb8\xb9\xba\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xe1\xe2\
\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa",
};
const COLOUR_AC: Codes = Codes {
    counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
    values: b"\x00\x01\x02\x03\x11\x04\x05\x21\x31\x06\x12\x41\x51\x07\x61\x71\x13\x22\x32\x81\x08\x14\x42\x91\
\xa1\xb1\xc1\x09\x23\x33\x52\xf0\x15\x62\x72\xd1\x0a\x16\x24\x34\xe1\x25\xf1\x17\x18\x19\x1a\x26\
\x27\x28\x29\x2a\x35\x36\x37\x38\x39\x3a\x43\x44\x45\x46\x47\x48\x49\x4a\x53\x54\x55\x56\x57\x58\
\x59\x5a\x63\x64\x65\x66\x67\x68\x69\x6a\x73\x74\x75\x76\x77\x78\x79\x7a\x82\x83\x84\x85\x86\x87\
\x88\x89\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xb2\xb3\xb4\
\xb5\xb6\xb7\xb8\xb9\xba\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\
\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa",
};

/// Waves of the discrete cosine transform, with 13 bits behind the point.
const WAVES: [[i32; 8]; 8] = [
    [2896, 2896, 2896, 2896, 2896, 2896, 2896, 2896],
    [4017, 3406, 2276, 799, -799, -2276, -3406, -4017],
    [3784, 1567, -1567, -3784, -3784, -1567, 1567, 3784],
    [3406, -799, -4017, -2276, 2276, 4017, 799, -3406],
    [2896, -2896, -2896, 2896, 2896, -2896, -2896, 2896],
    [2276, -4017, 799, 3406, -3406, -799, 4017, -2276],
    [1567, -3784, 3784, -1567, -1567, 3784, -3784, 1567],
    [799, -2276, 3406, -4017, 4017, -3406, 2276, -799],
];

/// How a kind of value is written.
struct Way {
    /// In the order of [`ZIGZAG`].
    steps: [i32; 64],
    /// By value: the code and its length.
    first: [(u16, u8); 256],
    others: [(u16, u8); 256],
}

/// One of the three values of all pixels, with rows and columns filled up to whole blocks.
struct Plane {
    width: usize,
    values: Vec<i32>,
}

/// The picture as a JPEG file; what can be seen through is not asked of it.
#[must_use]
pub fn encode(raster: &Raster) -> Vec<u8> {
    let ways = [way(&LIGHT, &LIGHT_DC, &LIGHT_AC), way(&colour_steps(), &COLOUR_DC, &COLOUR_AC)];
    let mut out = Bits { out: head(raster, &ways), held: 0, count: 0 };
    let [light, blue, red] = planes(raster);
    let mut before = [0; 3];
    let (across, down) = (raster.width.div_ceil(16) as usize, raster.height.div_ceil(16) as usize);
    for y in 0..down {
        for x in 0..across {
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                out.block(&light, (2 * x + dx, 2 * y + dy), &ways[0], &mut before[0]);
            }
            out.block(&blue, (x, y), &ways[1], &mut before[1]);
            out.block(&red, (x, y), &ways[1], &mut before[2]);
        }
    }
    out.end()
}

fn colour_steps() -> [u8; 64] {
    std::array::from_fn(|at| {
        COLOUR.get(at / 8).and_then(|row| row.get(at % 8)).copied().unwrap_or(99)
    })
}

fn way(steps: &[u8; 64], first: &Codes, others: &Codes) -> Way {
    let scale = 200 - 2 * QUALITY;
    let step = |at: usize| {
        let step = (u32::from(steps[ZIGZAG[at]]) * scale + 50) / 100;
        i32::try_from(step.clamp(1, 255)).unwrap_or(255)
    };
    Way { steps: std::array::from_fn(step), first: codes(first), others: codes(others) }
}

/// The code of each value: shorter ones first, each one more than the one before.
fn codes(of: &Codes) -> [(u16, u8); 256] {
    let mut all = [(0, 0); 256];
    let (mut code, mut values) = (0_u16, of.values.iter());
    for (length, count) in (1..).zip(of.counts) {
        for &value in values.by_ref().take(count.into()) {
            all[usize::from(value)] = (code, length);
            code += 1;
        }
        code <<= 1;
    }
    all
}

/// Everything before the picture itself.
fn head(raster: &Raster, ways: &[Way; 2]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    segment(&mut out, 0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    if let Some(profile) = &raster.profile {
        segment(&mut out, 0xe2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat());
    }
    for (id, way) in (0..).zip(ways) {
        let steps = way.steps.iter().filter_map(|&step| u8::try_from(step).ok());
        segment(&mut out, 0xdb, &std::iter::once(id).chain(steps).collect::<Vec<u8>>());
    }
    let size = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX).to_be_bytes();
    let ([high, low], [wide, narrow]) = (size(raster.height), size(raster.width));
    // 8 bits; three kinds of values, of the first of which there are twice as many along each axis.
    segment(&mut out, 0xc0, &[8, high, low, wide, narrow, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
    for (id, codes) in [(0x00, LIGHT_DC), (0x10, LIGHT_AC), (0x01, COLOUR_DC), (0x11, COLOUR_AC)] {
        segment(&mut out, 0xc4, &[&[id], &codes.counts[..], codes.values].concat());
    }
    segment(&mut out, 0xda, &[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    out
}

fn segment(out: &mut Vec<u8>, marker: u8, bytes: &[u8]) {
    let length = u16::try_from(bytes.len() + 2).expect("no segment is long");
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend(bytes);
}

/// Lightness of each pixel, and blue and red beyond that of each two by two, all around 0.
fn planes(raster: &Raster) -> [Plane; 3] {
    let (width, height) = (raster.width as usize, raster.height as usize);
    let (wide, high) = (width.next_multiple_of(16), height.next_multiple_of(16));
    let mut all = [(); 3].map(|()| Vec::with_capacity(wide * high));
    for y in 0..high {
        let row = y.min(height - 1) * width;
        for x in 0..wide {
            let at = (row + x.min(width - 1)) * raster.channels;
            let [r, g, b] = [0, 1, 2].map(|channel| i32::from(raster.pixels[at + channel]));
            all[0].push(((19_595 * r + 38_470 * g + 7_471 * b + (1 << 15)) >> 16) - 128);
            all[1].push((-11_059 * r - 21_709 * g + 32_768 * b + (1 << 15)) >> 16);
            all[2].push((32_768 * r - 27_439 * g - 5_329 * b + (1 << 15)) >> 16);
        }
    }
    let [light, blue, red] = all.map(|values| Plane { width: wide, values });
    [light, blue.halved(), red.halved()]
}

impl Plane {
    fn halved(&self) -> Self {
        let Self { width, values } = self;
        let mean =
            |upper: &[i32], lower: &[i32]| (upper[0] + upper[1] + lower[0] + lower[1] + 2) >> 2;
        let pair = |rows: &[i32]| {
            let (upper, lower) = rows.split_at(*width);
            let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            pairs.map(|(upper, lower)| mean(upper, lower)).collect::<Vec<i32>>()
        };
        Self { width: width / 2, values: values.chunks_exact(2 * width).flat_map(pair).collect() }
    }

    /// How strong each wave is in a block, with 3 bits behind the point.
    fn waves(&self, (x, y): (usize, usize)) -> [i32; 64] {
        let mut rows = [0; 64];
        for (at, row) in rows.chunks_exact_mut(8).enumerate() {
            let start = (y * 8 + at) * self.width + x * 8;
            let values = &self.values[start..start + 8];
            for (wave, strength) in WAVES.iter().zip(row) {
                let sum: i32 = wave.iter().zip(values).map(|(wave, value)| wave * value).sum();
                *strength = (sum + (1 << 9)) >> 10;
            }
        }
        std::array::from_fn(|at| {
            let column = rows[at % 8..].iter().step_by(8);
            let sum: i32 = WAVES[at / 8].iter().zip(column).map(|(wave, value)| wave * value).sum();
            (sum + (1 << 12)) >> 13
        })
    }
}

/// Bits on their way into bytes.
struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u8,
}

impl Bits {
    fn block(&mut self, plane: &Plane, at: (usize, usize), way: &Way, before: &mut i32) {
        let waves = plane.waves(at);
        let mut told = [0; 64];
        for ((value, &from), step) in told.iter_mut().zip(&ZIGZAG).zip(way.steps) {
            // Of a step of 8 units, rounded away from the middle.
            let (strength, step) = (waves[from], 8 * step);
            *value = (strength.abs() + step / 2) / step * strength.signum();
        }
        self.value(told[0] - *before, 0, &way.first);
        *before = told[0];
        let mut zeros = 0;
        for &value in &told[1..] {
            if value == 0 {
                zeros += 1;
                continue;
            }
            while zeros > 15 {
                self.code(way.others[0xf0]);
                zeros -= 16;
            }
            self.value(value, zeros, &way.others);
            zeros = 0;
        }
        if zeros > 0 {
            self.code(way.others[0]);
        }
    }

    /// A value behind some zeros: how many bits it has, and these; of a negative one those of one less.
    fn value(&mut self, value: i32, zeros: u32, codes: &[(u16, u8); 256]) {
        let length = 32 - value.unsigned_abs().leading_zeros();
        self.code(codes[(zeros << 4 | length) as usize]);
        let bits = if value < 0 { value - 1 } else { value };
        let [.., high, low] = bits.to_be_bytes();
        let mask = (1_u32 << length) - 1;
        let bits = u32::from(u16::from_be_bytes([high, low])) & mask;
        self.bits(bits, u8::try_from(length).unwrap_or(0));
    }

    fn code(&mut self, (code, length): (u16, u8)) {
        self.bits(code.into(), length);
    }

    fn bits(&mut self, bits: u32, length: u8) {
        self.held = self.held << length | bits;
        self.count += length;
        while self.count >= 8 {
            self.count -= 8;
            let [.., byte] = (self.held >> self.count).to_be_bytes();
            self.out.push(byte);
            // A byte that looks like a marker is told from one by what follows.
            if byte == 0xff {
                self.out.push(0);
            }
        }
        self.held &= (1 << self.count) - 1;
    }

    fn end(mut self) -> Vec<u8> {
        self.bits(0x7f, 7);
        self.out.extend([0xff, 0xd9]);
        self.out
    }
}
