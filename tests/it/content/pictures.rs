//! Pictures of articles: in which widths, whose rights allow them, and what is said of those that cannot be read.

use std::io::Cursor;

use crate::support::site::{Site, tree};

/// A photograph of 1000 by 640 pixels with a white upper left corner, from another program.
const HILLS: &[u8] = include_bytes!("../../pictures/hills.jpg");
/// The same as WebP with loss.
const HILLS_WEBP: &[u8] = include_bytes!("../../pictures/hills.webp");

const MATTER: &str = "title: a\nlang: en\ndate: 2026-05-02\ncompanies: [dot]\npicture: ";
const PAGE: &str = "public/2026/05/02/a/index.html";

/// A site with one article and a file beside it.
fn site(matter: &str, name: &str, bytes: &[u8]) -> Site {
    let site = Site::new();
    site.article("a", &format!("{MATTER}{matter}"), "Text.");
    put(&site, &format!("content/articles/{name}"), bytes);
    site
}

fn put(site: &Site, name: &str, bytes: &[u8]) {
    let path = site.write(name, "");
    std::fs::write(path, bytes).expect("a file");
}

/// Builds it; what was said.
fn build(site: &Site) -> String {
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.err
}

/// The pictures that were made, by their file names.
fn made(site: &Site) -> Vec<(String, Vec<u8>)> {
    let all = tree(&site.path().join("public")).into_iter();
    all.filter_map(|(path, bytes)| Some((path.strip_prefix("pictures/")?.to_owned(), bytes)))
        .collect()
}

/// The width, the height and the pixels of a JPEG file, as another program reads them.
fn jpeg(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut decoder = zune_jpeg::JpegDecoder::new(zune_core::bytestream::ZCursor::new(bytes));
    let pixels = decoder.decode().expect("a JPEG file");
    let (width, height) = decoder.dimensions().expect("a size");
    (width, height, pixels)
}

fn png(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::NoCompression);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(pixels).expect("all pixels");
    drop(writer);
    out
}

/// A PNG file of one colour.
fn plain_png(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
    png(width, height, &pixel.repeat(width as usize * height as usize))
}

fn near(pixel: &[u8], wanted: [u8; 3]) {
    let is_near = pixel.iter().zip(wanted).all(|(&is, wanted)| is.abs_diff(wanted) < 12);
    assert!(is_near, "{pixel:?} is not {wanted:?}");
}

#[test]
fn a_picture_is_offered_in_widths_up_to_its_own() {
    let site = site("{ file: hills.jpg, alt: Hills, credit: Jane Roe }", "hills.jpg", HILLS);
    build(&site);
    let page = site.read(PAGE);
    let made = made(&site);
    let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
    let [narrow, wide] = names[..] else { panic!("{names:?}") };
    let stem = narrow.strip_suffix("-480.jpg").expect("the narrowest");
    assert_eq!(wide, format!("{stem}-960.jpg"));
    let up = "../../../..";
    let widths = format!(
        "srcset=\"{up}/pictures/{stem}-480.jpg 480w, {up}/pictures/{stem}-960.jpg 960w, {up}/media/articles/hills.jpg 1000w\""
    );
    assert!(page.contains(&widths), "{page}");
    for part in ["width=\"1000\" height=\"640\"", "alt=\"Hills\"", "loading=\"lazy\"", "Jane Roe"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    for (name, bytes) in &made {
        let (width, height, pixels) = jpeg(bytes);
        assert!(name.contains(&format!("-{width}.")), "{name} is {width} wide");
        assert_eq!(height, (width * 640 + 500) / 1000, "{name}");
        let at = |x: usize, y: usize| {
            let at = (y * height / 640 * width + x * width / 1000) * 3;
            &pixels[at..at + 3]
        };
        near(at(100, 60), [255, 255, 255]);
        near(at(700, 400), [16, 112, 64]);
        assert!(bytes.len() < HILLS.len());
    }
    let home = site.read("public/index.html");
    assert!(home.contains("card lead pictured") && home.contains("-960.jpg 960w"), "{home}");
}

#[test]
fn no_picture_is_enlarged() {
    let site = site("dot.png", "dot.png", &plain_png(300, 200, [9, 99, 199, 255]));
    build(&site);
    let page = site.read(PAGE);
    assert!(page.contains("src=\"../../../../media/articles/dot.png\""), "{page}");
    assert!(!page.contains("srcset"), "{page}");
    assert_eq!(made(&site), []);
}

#[test]
fn rights_say_whether_a_picture_is_shown() {
    for (matter, is_shown) in [
        ("hills.jpg\nrights: full", true),
        ("hills.jpg\nrights: excerpt", false),
        ("hills.jpg\nrights: link", false),
        ("{ file: hills.jpg, rights: full }\nrights: link", true),
        ("{ file: hills.jpg, rights: link }\nrights: full", false),
    ] {
        let site = site(matter, "hills.jpg", HILLS);
        build(&site);
        let files = tree(&site.path().join("public"));
        let is_there =
            files.keys().any(|path| path.contains("hills") || path.starts_with("pictures/"));
        assert_eq!(is_there, is_shown, "{matter}");
        for page in [PAGE, "public/index.html"] {
            assert_eq!(site.read(page).contains("<img"), is_shown, "{matter}: {page}");
        }
    }
}

#[test]
fn a_picture_that_the_text_shows_stands_there_only() {
    let site = site("hills.jpg", "hills.jpg", HILLS);
    site.article("a", &format!("{MATTER}hills.jpg"), "![Hills](hills.jpg)");
    build(&site);
    let page = site.read(PAGE);
    assert_eq!(page.matches("<img").count(), 1, "{page}");
    assert!(page.contains("-480.jpg 480w, ../../../../pictures/"), "{page}");
}

#[test]
fn a_picture_that_is_not_there_or_elsewhere_is_told() {
    let missing = site("hils.jpg", "hills.jpg", HILLS);
    let told = build(&missing);
    assert!(told.contains("there is no file hils.jpg") && told.contains("hills.jpg`"), "{told}");
    let elsewhere = site("https://example.com/a.jpg", "hills.jpg", HILLS);
    let run = elsewhere.run(&["build"]);
    assert!(run.err.contains("a file of the site"), "{}", run.err);
}

#[test]
fn what_cannot_be_decoded_is_told_in_every_build_and_shown_as_it_is() {
    let noise: Vec<u8> = (0..=255).cycle().take(2000).collect();
    let mut torn_png = plain_png(700, 500, [1, 2, 3, 255]);
    torn_png.truncate(torn_png.len() / 2);
    for (name, bytes, is_sized) in [
        ("torn.jpg", &HILLS[..9000], true),
        ("torn.png", &torn_png, true),
        ("torn.webp", &HILLS_WEBP[..3000], true),
        ("none.jpg", &noise, false),
    ] {
        let site = site(name, name, bytes);
        for turn in 0..2 {
            let told = build(&site);
            let said = format!("media/articles/{name} cannot be read as a picture");
            assert_eq!(told.matches(&said).count(), 1, "{name}, build {turn}: {told}");
        }
        assert_eq!(!made(&site).is_empty(), is_sized, "{name}");
        assert!(made(&site).iter().all(|(_, made)| made == bytes), "{name}");
    }
}

#[test]
fn a_bomb_is_not_decoded() {
    // A header that promises 3.6 thousand million pixels.
    let mut bomb = plain_png(700, 500, [1, 2, 3, 255]);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let site = site("bomb.png", "bomb.png", &bomb);
    let told = build(&site);
    assert!(told.contains("bomb.png has 60000 by 60000 pixels"), "{told}");
    assert_eq!(made(&site), []);
}

#[test]
fn a_camera_held_upright_makes_an_upright_picture() {
    // Where the white corner is when a picture is turned as EXIF says, in quarters of the whole.
    let corners = [
        (1, (1, 1)),
        (2, (7, 1)),
        (3, (7, 7)),
        (4, (1, 7)),
        (5, (1, 1)),
        (6, (7, 1)),
        (7, (7, 7)),
        (8, (1, 7)),
    ];
    for (orientation, (x, y)) in corners {
        let exif = [
            &b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..],
            &[orientation],
            b"\0\0\0\0\0\0",
        ];
        let bytes = [&HILLS[..2], &exif.concat(), &HILLS[2..]].concat();
        let site = site("hills.jpg", "hills.jpg", &bytes);
        build(&site);
        let is_turned = orientation > 4;
        let extent = if is_turned {
            "width=\"640\" height=\"1000\""
        } else {
            "width=\"1000\" height=\"640\""
        };
        let page = site.read(PAGE);
        assert!(page.contains(extent), "{orientation}: {page}");
        let (width, height, pixels) = jpeg(&made(&site)[0].1);
        assert_eq!(width < height, is_turned, "{orientation}");
        let at = (height * y / 8 * width + width * x / 8) * 3;
        near(&pixels[at..at + 3], [255, 255, 255]);
    }
}

#[test]
fn what_can_be_seen_through_stays_so_without_hidden_colours() {
    // Every other column is red and hidden, the rest is blue.
    let row: Vec<u8> = [[255, 0, 0, 0], [0, 0, 255, 255]].concat().repeat(500);
    let site = site("sign.png", "sign.png", &png(1000, 100, &row.repeat(100)));
    build(&site);
    let made = made(&site);
    let (name, bytes) = made.first().expect("a picture");
    assert!(name.ends_with("-480.png"), "{name}");
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().expect("a PNG file");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("a picture");
    let middle = &pixels[pixels.len() / 2..][..4];
    assert!(middle[0] < 5 && middle[2] > 250 && (90..170).contains(&middle[3]), "{middle:?}");
}

#[test]
fn photographs_become_jpeg_and_what_moves_stays_as_it_is() {
    let photograph = site("hills.webp", "hills.webp", HILLS_WEBP);
    build(&photograph);
    let names: Vec<String> = made(&photograph).into_iter().map(|(name, _)| name).collect();
    let widths = ["-480.jpg", "-960.jpg"];
    let is_jpeg = names.iter().zip(widths).all(|(name, width)| name.ends_with(width));
    assert!(names.len() == 2 && is_jpeg, "{names:?}");
    let moving = plain_png(700, 500, [1, 2, 3, 255]);
    let at = moving.windows(4).position(|word| word == b"IDAT").expect("a picture") - 4;
    let control = b"\0\0\0\x08acTL\0\0\0\x01\0\0\0\0\0\0\0\0";
    let moving = [&moving[..at], control, &moving[at..]].concat();
    let site = site("moving.png", "moving.png", &moving);
    build(&site);
    assert_eq!(made(&site), []);
    assert!(site.read(PAGE).contains("moving.png"));
}

#[test]
fn a_second_build_decodes_nothing_again_and_any_number_of_threads_gives_the_same() {
    let sizes = |threads: &str| {
        let site = site("hills.jpg", "hills.jpg", HILLS);
        site.run_with(&["build"], &[("RAYON_NUM_THREADS", threads)], b"");
        (made(&site), site)
    };
    let (first, site) = sizes("1");
    assert_eq!(first, sizes("4").0);
    // Whatever was kept is what is published.
    let kept = site.path().join(".tearsheet/pictures");
    for (name, _) in tree(&kept) {
        let hash = blake3::hash(b"kept");
        std::fs::write(kept.join(name), [hash.as_bytes(), &b"kept"[..]].concat()).expect("a file");
    }
    site.run(&["build", "-o", "other"]);
    let other = tree(&site.path().join("other"));
    let pictures = other.iter().filter(|(path, _)| path.starts_with("pictures/"));
    assert_eq!(pictures.filter(|(_, bytes)| bytes[..] == *b"kept").count(), 2);
    // Unless it is not whole any more.
    for (name, _) in tree(&kept) {
        std::fs::write(kept.join(name), b"torn").expect("a file");
    }
    site.run(&["build", "-o", "third"]);
    let third = tree(&site.path().join("third"));
    let pictures = third.into_iter().filter(|(path, _)| path.starts_with("pictures/"));
    let pictures = pictures.map(|(path, bytes)| (path["pictures/".len()..].to_owned(), bytes));
    assert_eq!(pictures.collect::<Vec<_>>(), first);
}

#[test]
fn files_with_any_mistake_are_read_without_a_panic() {
    use std::sync::Arc;
    use tearsheet::index::pictures::{Shown, header};
    use tearsheet::render::picture::Picture;
    use tearsheet::source::{Asset, NoStore, Store};

    let mut rng = fastrand::Rng::with_seed(4);
    let drawn = plain_png(600, 40, [9, 99, 199, 120]);
    let mut clear = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut clear);
    encoder
        .encode(&[7; 4].repeat(600 * 40), 600, 40, image_webp::ColorType::Rgba8)
        .expect("a picture");
    let store: Arc<dyn Store> = Arc::new(NoStore);
    let mut read = 0;
    for original in [HILLS, HILLS_WEBP, &drawn, &clear] {
        for _ in 0..60 {
            let mut bytes = original.to_vec();
            for _ in 0..rng.usize(1..6) {
                let at = rng.usize(..bytes.len().min(900));
                bytes[at] = rng.u8(..);
            }
            let asset = Asset::new(&bytes);
            let Some(header) = header(&bytes) else { continue };
            let shown = Shown { path: "a", asset: &asset, header };
            let picture = Picture::new(shown, &store);
            for &width in shown.widths() {
                assert!(!picture.in_width(width).is_empty());
                read += 1;
            }
        }
    }
    assert!(read > 50, "{read} were read");
}
