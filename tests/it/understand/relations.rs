//! What import reads of a relation in one sentence: who does what, and what is only said to come.

use tearsheet::import::article::{self, ImportContext};
use tearsheet::model::{Claim, Event, Rights};
use tearsheet::understand::companies::Gazetteer;

/// The claims of an article whose lead is this sentence.
fn claims(sentence: &str) -> Vec<Claim> {
    let setting = ImportContext { rights: Rights::Full, retrieved: None };
    article::text(sentence.as_bytes(), &Gazetteer::new(&[]), &setting)
        .expect("a text")
        .article
        .partnerships
}

/// The roles, as `xiaomi buyer, nokia target`.
fn roles(sentence: &str) -> String {
    let claims = claims(sentence);
    let [claim] = &claims[..] else { return format!("{} claims", claims.len()) };
    let role = |p: &tearsheet::model::Party| Some(format!("{} {}", p.company, p.role.as_ref()?));
    let mut all: Vec<String> = claim.parties.iter().filter_map(role).collect();
    all.sort();
    all.join(", ")
}

#[test]
fn roles_are_read_where_a_sentence_tells_them() {
    let mut wrong = Vec::new();
    for (sentence, expected) in [
        (
            "Microsoft has acquired the mapping unit of Foxconn, the two companies said on Monday.",
            "foxconn target, microsoft buyer",
        ),
        (
            "Nokia was acquired by Foxconn in a deal that the board of the company approved in the spring.",
            "foxconn buyer, nokia target",
        ),
        (
            "Samsung SDI supplies battery cells for the electric buses of Volvo under a new contract.",
            "samsung-sdi supplier, volvo customer",
        ),
        (
            "Microsoft bought the mapping unit from Foxconn, the two companies said on Monday morning.",
            "",
        ),
        (
            "Foxconn übernimmt die Bildschirmsparte von Nokia, wie der Konzern am Montag in Frankfurt mitteilte.",
            "",
        ),
        (
            "Foxconn will den Bildschirmhersteller Nokia übernehmen, wie der Konzern am Montag mitteilte.",
            "foxconn buyer, nokia target",
        ),
        (
            "Nokia wird von Foxconn übernommen, wie die beiden Unternehmen am Montag in Frankfurt mitteilten.",
            "foxconn buyer, nokia target",
        ),
        (
            "Renault rachète la participation du groupe Nissan, a annoncé la société lundi.",
            "nissan target, renault buyer",
        ),
        (
            "Telefónica compra la filial de Vodafone por varios miles de millones, según anunció la empresa ayer.",
            "telefonica buyer, vodafone target",
        ),
        (
            "ソニーは鴻海を買収すると発表した。両社は月曜日に記者会見を開き、今後の計画について説明した。",
            "foxconn target, sony buyer",
        ),
        (
            "ソニーは鴻海に買収されると発表した。両社は月曜日に記者会見を開き、今後の計画について説明した。",
            "",
        ),
        (
            "小米宣布收购诺基亚的电视业务,双方于周一签署了协议,预计交易将在年底之前完成。",
            "nokia target, xiaomi buyer",
        ),
        (
            "诺基亚将被小米收购,双方于周一签署了协议,公司表示预计交易将在年底之前完成。",
            "nokia target, xiaomi buyer",
        ),
        (
            "Xiaomi mua lại mảng tivi của Nokia, theo thông báo mà hai công ty đưa ra vào sáng thứ Hai tại Hà Nội.",
            "nokia target, xiaomi buyer",
        ),
        (
            "Telkomsel mengakuisisi unit bisnis milik Indosat, kata kedua perusahaan itu pada hari Senin di Jakarta.",
            "indosat-ooredoo-hutchison target, telkomsel buyer",
        ),
    ] {
        let found = roles(sentence);
        if found != expected {
            wrong.push(format!("{sentence}\n  {found:?} for {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_unnamed_sources_say_is_a_rumour_and_what_is_denied_is_nothing() {
    let mut wrong = Vec::new();
    for (sentence, expected) in [
        (
            "Xiaomi and Nokia are in talks about a patent licence, people familiar with the matter said.",
            Some(Event::Rumoured),
        ),
        (
            "Xiaomi and Nokia have signed a patent licence, the two companies announced on Monday.",
            Some(Event::Announced),
        ),
        (
            "Xiaomi is not in talks with Nokia about a patent licence, its founder said on Monday.",
            None,
        ),
        (
            "Xiaomi verhandelt mit Nokia über eine Kooperation, wie aus Kreisen der Unternehmen verlautet.",
            Some(Event::Rumoured),
        ),
        (
            "Xiaomi og Nokia er i forhandlinger om et samarbejde om telefoner, skriver avisen onsdag.",
            Some(Event::Rumoured),
        ),
        (
            "Xiaomi ha desmentido que negocie una alianza con Nokia, como había publicado un diario.",
            None,
        ),
        (
            "Xiaomi đang đàm phán với Nokia về một thỏa thuận hợp tác phát triển điện thoại, nguồn tin cho biết.",
            Some(Event::Rumoured),
        ),
        (
            "据知情人士透露,小米正在与诺基亚洽谈专利许可协议,双方尚未就此事公开发表评论。",
            Some(Event::Rumoured),
        ),
    ] {
        let claims = claims(sentence);
        let found = claims.first().map(|claim| claim.event);
        let is_sure = claims.iter().any(|claim| claim.confidence.is_some_and(|sure| sure > 0.6));
        if found != expected || (found == Some(Event::Rumoured) && is_sure) {
            wrong.push(format!("{sentence}\n  {found:?} for {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_takeover_that_is_denied_is_told_as_denied() {
    let found =
        claims("Nokia denies that it has held talks with Foxconn about a takeover by Foxconn.");
    let [claim] = &found[..] else { panic!("{} claims", found.len()) };
    assert_eq!((claim.event, claim.date), (Event::Denied, None));
    assert!(claim.confidence.is_some_and(|sure| sure < 0.8), "{:?}", claim.confidence);
}

#[test]
fn a_rumour_that_another_sentence_denies_is_told_as_denied() {
    let found = claims(
        "A paper reported that Foxconn was in talks to acquire Nokia, people familiar with the matter said. \
         Foxconn denied the acquisition in the evening.",
    );
    let [claim] = &found[..] else { panic!("{} claims", found.len()) };
    assert_eq!((claim.event, claim.date), (Event::Denied, None));
    assert_eq!(claim.evidence.as_deref(), Some("Foxconn denied the acquisition in the evening."));
}

#[test]
fn what_a_rumour_said_of_the_price_is_not_told_by_its_denial() {
    let found = claims(
        "A paper reported that Foxconn was in talks to acquire Nokia for 300 million dollars, people familiar \
         with the matter said. Foxconn denied the acquisition in the evening.",
    );
    let [claim] = &found[..] else { panic!("{} claims", found.len()) };
    assert_eq!((claim.event, claim.value.as_deref()), (Event::Denied, None));
}

#[test]
fn a_partnership_that_is_called_off_has_ended() {
    for sentence in [
        "Telenor og Ericsson avlyser samarbeidet om nye 5G-nett i Norge, opplyste selskapene mandag.",
        "Vestas og Siemens aflyser samarbejdet om havvindmøller i Nordsøen, oplyste selskaberne mandag.",
        "Volvo och Ericsson ställer in sitt samarbete om uppkopplade lastbilar, meddelade bolagen på måndagen.",
        "Nokia and Ericsson have shelved their joint venture for chips, the two companies said on Monday.",
    ] {
        let events: Vec<_> = claims(sentence).into_iter().map(|claim| claim.event).collect();
        assert_eq!(events, [Event::Ended], "{sentence}");
    }
}

#[test]
fn those_with_whom_one_without_a_name_signs_are_not_partners_of_each_other() {
    let found = claims(
        "The mobile operator signed supply deals with Ericsson, Nokia and Samsung on Monday, it said in Oslo.",
    );
    assert_eq!(found, []);
}

#[test]
fn what_has_ended_was_announced_on_a_day_of_its_own() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        // In one sentence, and in two.
        (
            "Nokia and Foxconn end alliance\n\n12 May 2022\n\nNokia and Foxconn are ending their strategic \
             alliance for phones, which they announced in March 2019, both companies said in Helsinki.",
            "ended 2022-05-12, announced 2019-03",
        ),
        (
            "Nokia and Foxconn end alliance\n\n12 May 2022\n\nNokia and Foxconn have ended their strategic \
             alliance for phones, both companies said in Helsinki.\n\nNokia and Foxconn had signed the \
             agreement on their alliance in 2019 and built phones together since then.",
            "ended 2022-05-12, announced 2019",
        ),
        (
            "Nokia und Foxconn beenden Allianz\n\n12. Mai 2022\n\nNokia und Foxconn beenden ihre im März 2019 \
             angekündigte strategische Partnerschaft für Telefone, wie die beiden Unternehmen mitteilten.",
            "ended 2022-05-12, announced 2019-03",
        ),
        (
            "Nokia and Foxconn extend partnership\n\n12 May 2022\n\nNokia and Foxconn have extended their \
             partnership for phones, which was signed in 2019, the two companies said in Helsinki.",
            "extended 2022-05-12, announced 2019",
        ),
        // No day of its own is told.
        (
            "Nokia and Foxconn end alliance\n\n12 May 2022\n\nNokia and Foxconn are ending their strategic \
             alliance for phones, both companies announced on 12 May 2022 in Helsinki.",
            "ended 2022-05-12",
        ),
    ] {
        let event = |claim: &Claim| {
            let date = claim.date.map_or("-".to_owned(), |date| date.to_string());
            format!("{} {date}", claim.event.id())
        };
        let found: Vec<String> = claims(text).iter().map(event).collect();
        if found.join(", ") != expected {
            wrong.push(format!("{found:?} for {expected}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_only_look_like_one_for_an_end_tell_none() {
    for sentence in [
        "Nokia and Foxconn have signed a partnership for renewable energy, both companies said on Monday.",
        "Nokia and Foxconn signed a partnership with great determination, both companies said on Monday.",
        "Nokia und Foxconn haben am Montag eine strategische Partnerschaft angekündigt.",
        "Nokia und Foxconn vereinbaren eine Partnerschaft, sagte die Vorsitzende der Gruppe am Montag.",
        "Nokia und Foxconn gründen eine Kooperation für erneuerbare Energien, wie beide mitteilten.",
        "Nokia et Foxconn ont signé un partenariat afin de livrer des téléphones, ont-ils annoncé lundi.",
        "Nokia dan Foxconn memutuskan untuk bekerja sama membuat ponsel, kata kedua perusahaan.",
        "Nokia e Foxconn hanno firmato una partnership per le energie rinnovabili, lo annunciano le due società.",
        "Nokia ve Foxconn yenilenebilir enerji için iş birliği anlaşması imzaladı.",
    ] {
        let found = claims(sentence);
        let is_over = |claim: &Claim| matches!(claim.event, Event::Ended | Event::Extended);
        assert!(!found.is_empty() && !found.iter().any(is_over), "{sentence}: {found:?}");
    }
}
