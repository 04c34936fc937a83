//! What a build puts away comes back as it was.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tearsheet::source::{Source, Spool, Spooled};
use tearsheet::write::DiskSpool;

use crate::support::site::Site;

/// Bytes of many lengths: none, few, and more than are written at once.
fn pieces() -> Vec<Vec<u8>> {
    let lengths = (0..400_usize).map(|n| if n % 97 == 96 { 400_000 + n } else { n * n % 9000 });
    lengths.enumerate().map(|(n, length)| vec![n.to_le_bytes()[0]; length]).collect()
}

fn put_and_get(spool: &DiskSpool) {
    let pieces = pieces();
    let away: Vec<Spooled> = pieces.iter().map(|piece| spool.put(piece)).collect();
    std::thread::scope(|scope| {
        for first in 0..4 {
            let (pieces, away) = (&pieces, &away);
            scope.spawn(move || {
                for (piece, away) in pieces.iter().zip(away).skip(first).step_by(3) {
                    assert!(away.get() == *piece, "{} bytes differ", piece.len());
                }
            });
        }
    });
}

#[test]
fn a_spool_gives_back_what_it_took() {
    let site = tempfile::tempdir().expect("a folder");
    let spool = DiskSpool::of(site.path());
    put_and_get(&spool);
    spool.finish().expect("all could be read");
    let left = fs::read_dir(site.path().join(".tearsheet")).expect("a folder");
    assert_eq!(left.count(), 1, "nothing but what git is told");
}

#[test]
fn a_spool_without_a_place_stays_in_memory() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let spool = DiskSpool::of(file.path());
    put_and_get(&spool);
    spool.finish().expect("all was there");
}

#[test]
fn what_cannot_be_read_back_is_told() {
    let site = tempfile::tempdir().expect("a folder");
    let spool = DiskSpool::of(site.path());
    let away = spool.put(b"some");
    spool.finish().expect("nobody asked for it");
    assert_eq!(away.get(), [0; 4]);
    assert!(spool.finish().is_err());
}

#[test]
fn a_fleeting_text_is_not_held() {
    let fetched = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&fetched);
    let source = Source::late("a.md", blake3::hash(b"text"), move || {
        count.fetch_add(1, Ordering::Relaxed);
        "text".into()
    });
    let looks = || (&*source.fleeting().text == "text").then(|| fetched.load(Ordering::Relaxed));
    assert_eq!((looks(), looks()), (Some(1), Some(2)));
    assert_eq!(&*source.text, "text");
    assert_eq!((looks(), looks()), (Some(3), Some(3)), "it is there for all now");
}

#[test]
fn messages_show_texts_that_were_put_away() {
    let site = Site::new();
    site.article("a", "title: A\ndate: 2022-05-23\nlang: en\nsummary: Short", "See [[nobody]].");
    let built = site.run(&["build"]);
    assert!(built.err.contains("| See [[nobody]]."), "{}", built.err);
}
