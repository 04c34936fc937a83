//! Names of people in lines that tell who wrote a text.

/// Whether a piece of a line looks like the name of a person or a desk: two to four words, each
/// with a capital, or a few characters of a script without capitals.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    if count == 0 || count > 40 || text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let dense = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    if text.chars().all(|c| dense(c) || c == ' ' || c == '・') {
        return (2..=6).contains(&text.chars().filter(|c| dense(*c)).count());
    }
    if text
        .chars()
        .any(|c| matches!(c, ':' | '?' | '!' | '(' | ')' | '|' | '/' | '“' | '"' | '&' | ','))
    {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let particles = ["de", "da", "del", "van", "von", "der", "den", "bin", "al", "di", "la", "le"];
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            particles.contains(word)
                || (word.chars().next().is_some_and(char::is_uppercase)
                    && (word.chars().skip(1).any(char::is_lowercase) || word.ends_with('.')))
        })
}
