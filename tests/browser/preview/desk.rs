//! The desk as a person works with it.

mod door;
mod editor;

use serde_json::json;

use crate::support::browser::Browser;
use crate::support::desk::{FILE, site};

/// Presses a key as a person does.
fn press(browser: &mut Browser, key: &str) {
    let text = match key {
        "Enter" => Some("\r"),
        key if key.chars().count() == 1 => Some(key),
        _ => None,
    };
    let code = match key {
        "Enter" => 13,
        "Escape" => 27,
        _ => 0,
    };
    let kind = if text.is_some() { "keyDown" } else { "rawKeyDown" };
    let down = json!({ "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code });
    let down = if text.is_some() {
        down
    } else {
        json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code })
    };
    browser.call("Input.dispatchKeyEvent", &down);
    let up = json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code });
    browser.call("Input.dispatchKeyEvent", &up);
}

const IDLE: &str = "document.getElementById('main').getAttribute('aria-busy') !== 'true'";

#[test]
fn the_desk_works_with_keys_alone_and_fits_small_windows() {
    let site = site();
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.window(1280);
    browser.open(&format!("{}/_desk/", server.url));
    browser.until("document.querySelector('.queue a') !== null");
    press(&mut browser, "j");
    press(&mut browser, "Enter");
    browser.until("document.querySelector('.facts') !== null");
    assert_eq!(browser.value("document.querySelectorAll('h1').length"), 1);
    // What is open has the focus; the event of the first open claim is changed by two keys.
    assert_eq!(browser.value("document.activeElement.classList.contains('open')"), true);
    press(&mut browser, "e");
    browser.until("document.querySelector('dialog[open]') !== null");
    let letter = "[...document.querySelectorAll('dialog button')].find((one) => one.textContent.includes('launched')).dataset.letter";
    let letter = browser.value(letter);
    press(&mut browser, letter.as_str().expect("a letter"));
    browser.until("document.querySelector('dialog') === null");
    browser.until(IDLE);
    assert!(site.read(FILE).contains("event: launched"), "{}", site.read(FILE));
    press(&mut browser, "u");
    browser.until("document.getElementById('told').textContent === 'Undone.'");
    assert!(!site.read(FILE).contains("event: launched"));
    // A line of the text, found and cut by keys.
    press(&mut browser, "w");
    assert_eq!(browser.value("document.activeElement.classList.contains('kept')"), true);
    let words = browser.value("document.activeElement.querySelector('p').textContent");
    press(&mut browser, " ");
    browser.until(IDLE);
    browser.until("document.activeElement.classList.contains('out')");
    let words = words.as_str().expect("words").to_owned();
    assert!(!site.read(FILE).contains(&words[..40]), "{}", site.read(FILE));
    press(&mut browser, "?");
    browser.until("document.querySelector('dialog[open]') !== null");
    press(&mut browser, "Escape");
    browser.until("document.querySelector('dialog') === null");
    press(&mut browser, "a");
    browser.until("document.querySelector('.empty') !== null");
    assert_eq!(browser.complaints, Vec::<String>::new());
    assert_eq!(site.run(&["build", "--strict"]).code, 0);
    // 640 is what is left of 1280 at twice the size.
    for width in [360, 640, 1280] {
        for page in
            ["/_desk/".to_owned(), format!("/_desk/article?path={FILE}"), "/_desk/clip".to_owned()]
        {
            browser.window(width);
            browser.open(&format!("{}{page}", server.url));
            browser.until("document.querySelector('h1') !== null");
            let wide = browser.value("document.documentElement.scrollWidth");
            assert!(wide.as_u64() <= Some(width.into()), "{page} is {wide} wide at {width}");
        }
    }
}

#[test]
fn what_waits_for_its_day_is_marked_as_scheduled() {
    let site = site();
    let later = site.read(FILE).replacen("---\n", "---\npublish_date: 2990-01-02\n", 1);
    site.write(FILE, &later);
    let listed = site.run(&["review"]);
    assert!(listed.out.contains("scheduled for 2990-01-02"), "{}", listed.out);
    let server = site.serve("0", &[]);
    let mut browser = Browser::new();
    browser.open(&format!("{}/_desk/", server.url));
    browser.until("document.querySelector('.queue a') !== null");
    let words = "document.querySelector('main').textContent.includes('scheduled for 2990-01-02')";
    assert_eq!(browser.value(words), true);
    browser.open(&format!("{}/_desk/article?path={FILE}", server.url));
    browser.until("document.querySelector('.facts') !== null");
    assert_eq!(browser.value(words), true);
    let asked = site.run_with(&["review", "--ask"], &[], b"q\n");
    assert!(asked.out.contains("scheduled for 2990-01-02"), "{}", asked.out);
}
