//! What a deal costs and which share changes hands, where the sentence that tells it says so.

use super::thresholds::AMOUNT_BYTES;
use crate::model::Claim;
use crate::source::{Span, floor};
use crate::understand::lexicon::{self, Lexicon};

/// The kinds that are paid for.
const PAID: &[&str] = &["acquisition", "investment", "joint-venture"];
/// Signs and codes of currencies before a number.
const BEFORE: &[&str] = &[
    "us$", "hk$", "nt$", "s$", "a$", "c$", "r$", "rm", "$", "€", "£", "¥", "￥", "₩", "₹", "₫",
    "₽", "₺", "rp", "rs.", "rs", "usd", "eur", "gbp", "rmb", "cny", "jpy", "krw", "hkd", "sgd",
    "idr", "vnd", "inr", "dkk", "sek", "nok", "chf", "kr.", "kr",
];
/// Words for them behind one.
const BEHIND: &[&str] = &[
    "us dollars",
    "u.s. dollars",
    "dollars",
    "dollar",
    "dólares",
    "dólar",
    "dolarów",
    "dolar",
    "долларов",
    "доларів",
    "đô la",
    "usd",
    "us$",
    "$",
    "euros",
    "euro",
    "eur",
    "євро",
    "евро",
    "€",
    "pounds",
    "pfund",
    "£",
    "yen",
    "yuan",
    "renminbi",
    "rmb",
    "won",
    "rupiah",
    "đồng",
    "vnd",
    "kroner",
    "kronor",
    "dkk",
    "sek",
    "nok",
    "zł",
    "złotych",
    "рублей",
    "руб",
    "гривень",
    "lira",
    "tl",
    "ringgit",
    "reais",
    "pesos",
    "rupees",
    "franken",
    "francs",
    "chf",
    "元人民币",
    "人民币",
    "美元",
    "欧元",
    "歐元",
    "港元",
    "日元",
    "元",
    "円",
    "ドル",
    "ユーロ",
    "원",
    "달러",
    "유로",
];
/// Words for thousands, millions and more.
const SCALES: &[&str] = &[
    "thousand million",
    "mil millones",
    "miles de millones",
    "mil milhões",
    "nghìn tỷ",
    "万亿",
    "thousand",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "mio.",
    "mio",
    "mrd.",
    "mrd",
    "md.",
    "md",
    "mln",
    "mld",
    "bn",
    "m",
    "b",
    "k",
    "millionen",
    "milliarden",
    "milliard",
    "milliards de",
    "milliards d'",
    "milliards d’",
    "milliards",
    "millions de",
    "millions d'",
    "millions d’",
    "millones de",
    "millones",
    "millón de",
    "millón",
    "milioni di",
    "milioni",
    "milione di",
    "miliardi di",
    "miliardi",
    "miliardo di",
    "milhões de",
    "milhões",
    "bilhões de",
    "bilhões",
    "bilhão de",
    "bilhão",
    "milionów",
    "miliony",
    "miliardów",
    "miliardy",
    "tys.",
    "millioner",
    "milliarder",
    "miljoner",
    "miljarder",
    "miljoen",
    "miljard",
    "juta",
    "miliar",
    "triliun",
    "bilion",
    "milyon",
    "milyar",
    "triệu",
    "tỷ",
    "tỉ",
    "млн",
    "млрд",
    "миллионов",
    "миллиардов",
    "миллиона",
    "миллиарда",
    "мільйонів",
    "мільярдів",
    "億",
    "亿",
    "兆",
    "万",
    "千万",
    "억",
    "조",
    "만",
];
/// Words for hundredths.
const PERCENT: &[&str] = &[
    "%",
    "％",
    "percent",
    "per cent",
    "prozent",
    "pour cent",
    "por ciento",
    "por cento",
    "per cento",
    "procent",
    "prosent",
    "persen",
    "peratus",
    "phần trăm",
    "процентов",
    "процента",
    "відсотків",
    "퍼센트",
];

/// Sets the value and the stake of a deal, in the sentence's own words. Where it tells of several amounts, or
/// does not say what one is for, nobody knows which is meant.
pub(super) fn set(claim: &mut Claim, sentence: &str, lexicon: &Lexicon) {
    if !claim.kinds.iter().any(|kind| PAID.contains(&kind.0.as_str())) {
        return;
    }
    let lower = lexicon::lower_of_same_length(sentence);
    let numbers = numbers(&lower);
    let told = |found: Vec<Span>, list: &str, is_before: bool| {
        let [span] = &found[..] else { return None };
        let from = floor(&lower, span.start.saturating_sub(AMOUNT_BYTES));
        let to = if is_before { span.start } else { floor(&lower, span.end + AMOUNT_BYTES) };
        lexicon.find(list, &lower[from..to])?;
        Some(sentence[span.clone()].to_owned())
    };
    let amounts = numbers.iter().filter_map(|number| amount(&lower, number)).collect();
    claim.value = told(amounts, "price", true);
    let shares = numbers.iter().filter_map(|number| share(&lower, number)).collect();
    claim.stake = told(shares, "stake", false);
}

/// Where numbers stand, with the marks inside them.
fn numbers(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(last) if at == last.end => last.end = end,
            Some(last) if at == last.end + 1 && text[last.end..at].starts_with(['.', ',']) => {
                last.end = end;
            }
            _ => out.push(at..end),
        }
    }
    out
}

/// A number with its currency: `$1.2 billion`, `500 Mio. Euro`, `12亿元`.
fn amount(text: &str, number: &Span) -> Option<Span> {
    let before = text[..number.start].trim_end();
    let sign = BEFORE.iter().filter(|sign| ends(before, sign)).map(|sign| sign.len()).max();
    let start = sign.map_or(number.start, |length| before.len() - length);
    let scaled = behind(text, number.end, SCALES).unwrap_or(number.end);
    let end = behind(text, scaled, BEHIND);
    (sign.is_some() || end.is_some()).then(|| start..end.unwrap_or(scaled))
}

/// A number of hundredths: `25 %`.
fn share(text: &str, number: &Span) -> Option<Span> {
    behind(text, number.end, PERCENT).map(|end| number.start..end)
}

/// Where the longest of some words ends that stands behind a place.
fn behind(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    let rest = text[at..].trim_start_matches([' ', '\u{a0}', '-']);
    let from = text.len() - rest.len();
    let fits = |word: &&&str| {
        rest.strip_prefix(**word).is_some_and(|rest| {
            let dense = word.chars().any(lexicon::is_dense_char);
            dense || !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic)
        })
    };
    words.iter().filter(fits).map(|word| from + word.len()).max()
}

/// Whether a text ends with a sign of a currency that is no part of a word.
fn ends(text: &str, sign: &str) -> bool {
    text.strip_suffix(sign).is_some_and(|rest| {
        !sign.starts_with(char::is_alphabetic) || !rest.ends_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_numbers_with_a_currency() {
        let found = |text: &str| -> Vec<String> {
            let spans = numbers(text).into_iter().filter_map(|number| amount(text, &number));
            spans.map(|span| text[span].to_owned()).collect()
        };
        assert_eq!(found("buys it for $1.2 billion in 2021"), ["$1.2 billion"]);
        assert_eq!(found("für 500 mio. euro und 3 jahre"), ["500 mio. euro"]);
        assert_eq!(found("以12.5亿元收购3家公司"), ["12.5亿元"]);
        assert_eq!(found("us$ 40 million"), ["us$ 40 million"]);
        assert_eq!(found("40 million users, 5,000 shops, firmrs 5"), [""; 0]);
    }
}
