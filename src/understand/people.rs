//! Names of people in lines that tell who wrote a text.

use super::thresholds::{DENSE_PERSON_LENGTHS, FAMILY_NAME_LENGTHS, PERSON_LENGTH, PERSON_WORDS};
use std::ops::RangeInclusive;

/// Words that stand small inside names.
pub const PARTICLES: [&str; 12] =
    ["de", "da", "del", "van", "von", "der", "den", "bin", "al", "di", "la", "le"];

/// Whether a piece of a line looks like the name of a person or a desk: two to four words, each
/// with a capital, or a few characters of a script without capitals.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    if count == 0 || count > PERSON_LENGTH || text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let dense = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    if text.chars().all(|c| dense(c) || c == ' ' || c == '・') {
        return DENSE_PERSON_LENGTHS.contains(&text.chars().filter(|c| dense(*c)).count());
    }
    if text
        .chars()
        .any(|c| matches!(c, ':' | '?' | '!' | '(' | ')' | '|' | '/' | '“' | '"' | '&' | ','))
    {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    PERSON_WORDS.contains(&words.len())
        && words.iter().all(|word| {
            PARTICLES.contains(word)
                || (word.chars().next().is_some_and(char::is_uppercase)
                    && (word.chars().skip(1).any(char::is_lowercase) || word.ends_with('.')))
        })
}

/// The commonest Korean family names.
const KOREAN: &str = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용";

/// The commonest Chinese ones, in both ways of writing.
const CHINESE: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温溫游施洪季簡简詹連连柯翁";

/// Whether a name is a Korean one, or not in Hangul at all.
#[must_use]
pub fn is_korean(name: &str) -> bool {
    has_family(name, '\u{ac00}'..='\u{d7af}', KOREAN)
}

/// Whether a name is a Chinese one, or not in Han characters at all.
#[must_use]
pub fn is_chinese(name: &str) -> bool {
    has_family(name, '\u{3400}'..='\u{9fff}', CHINESE)
}

/// Whether a name in a script is short and begins with one of the families; one that is not in it may be
/// anything.
fn has_family(name: &str, script: RangeInclusive<char>, families: &str) -> bool {
    let is_short = FAMILY_NAME_LENGTHS.contains(&name.chars().count());
    !name.chars().all(|c| script.contains(&c))
        || is_short && name.starts_with(|c| families.contains(c))
}
