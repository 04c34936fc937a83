//! Whose words a file shows, noted while it is put together: where only titles and summaries have
//! changed, no other file has to be looked at.

use std::cell::RefCell;

/// Stands for words that are found by what they say, as by a link that names a title.
const ANYBODY: u32 = u32::MAX;

thread_local! {
    /// Nothing is noted where nobody asks: the preview makes pages for as long as it runs.
    static NOTED: RefCell<Option<Vec<u32>>> = const { RefCell::new(None) };
}

/// Notes that the file at hand shows the title or the summary of an article, by its position in the index.
pub fn note(at: usize) {
    push(u32::try_from(at).unwrap_or(ANYBODY));
}

/// Notes that it may show the words of any article.
pub fn note_anybody() {
    push(ANYBODY);
}

fn push(at: u32) {
    NOTED.with_borrow_mut(|noted| {
        if let Some(noted) = noted {
            noted.push(at);
        }
    });
}

/// Does what a file is put together with, all by one thread. What is noted meanwhile comes packed, for
/// [`shows`].
pub fn noted<T>(work: impl FnOnce() -> T) -> (T, Vec<u8>) {
    NOTED.set(Some(Vec::new()));
    let done = work();
    let mut noted = NOTED.take().unwrap_or_default();
    noted.sort_unstable();
    noted.dedup();
    // The articles of a list are neighbours, so that most steps fit into one byte.
    let mut before = 0;
    for at in &mut noted {
        *at -= std::mem::replace(&mut before, *at);
    }
    (done, postcard::to_allocvec(&noted).expect("it is plain data"))
}

/// Whether a file may show one of the articles. In doubt it does.
pub fn shows(packed: &[u8], is_one: impl Fn(usize) -> bool) -> bool {
    let Ok(steps) = postcard::from_bytes::<Vec<u32>>(packed) else { return true };
    let mut at = 0_u32;
    steps.into_iter().any(|step| {
        at = at.wrapping_add(step);
        at == ANYBODY || is_one(at as usize)
    })
}
