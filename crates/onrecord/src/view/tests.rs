//! Both views against golden pages, and what must hold on any page.

use onrecord_text::{Document, Meta, Note, Role};

use super::*;
use crate::sample::{Made, golden, harbour, hostile};

fn empty() -> Made {
    Made::new(Meta::default(), &[(Role::Paragraph, "Rain fell on Marrow Bay.")])
}

fn page(m: &Made, width: usize, colour: bool) -> String {
    terminal(&m.document, &m.reading, &[], &TerminalOptions { width, colour, label: None })
}

#[test]
fn terminal_plain() {
    golden("plain.txt", include_str!("../../tests/golden/plain.txt"), &page(&harbour(), 72, false));
}

#[test]
fn terminal_narrow() {
    golden("narrow.txt", include_str!("../../tests/golden/narrow.txt"), &page(&harbour(), 30, false));
}

#[test]
fn terminal_colour() {
    let got = page(&harbour(), 72, true).replace('\u{1b}', "␛");
    golden("colour.txt", include_str!("../../tests/golden/colour.txt"), &got);
}

#[test]
fn terminal_hostile() {
    golden("hostile.txt", include_str!("../../tests/golden/hostile.txt"), &page(&hostile(), 60, false));
    for width in [0, 1, 20, 33, 300] {
        let got = page(&hostile(), width, false);
        assert!(!got.contains(|c: char| c.is_control() && c != '\n'), "{got:?}");
        let got = page(&hostile(), width, true);
        for sequence in got.split('\u{1b}').skip(1) {
            let codes = sequence.strip_prefix('[').and_then(|s| s.split_once('m')).map(|s| s.0);
            assert!(codes.is_some_and(|c| c.bytes().all(|b| b.is_ascii_digit() || b == b';')), "{got:?}");
        }
    }
}

#[test]
fn no_line_is_wider_than_asked() {
    use unicode_width::UnicodeWidthStr;
    for m in [harbour(), hostile(), empty()] {
        for width in 20..120 {
            for line in page(&m, width, false).lines() {
                assert!(UnicodeWidthStr::width(line) <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn nobody_is_said_plainly() {
    assert_eq!(
        page(&empty(), 80, false),
        "Rain fell on Marrow Bay.\n\nNobody is reported as saying anything in this text.\n"
    );
    let bare = Document::new(Meta::default(), String::new(), vec![]);
    let reading = empty().reading;
    let page = terminal(&bare, &reading, &[], &TerminalOptions::default());
    assert!(page.starts_with("Nobody is reported"), "{page:?}");
    assert!(html(&bare, &reading, &[], &HtmlOptions::default()).contains("Nobody is reported"));
    let notes = [Note { code: "not-english", text: "It is Czech.".into(), span: None }];
    let page = terminal(&bare, &reading, &notes, &TerminalOptions::default());
    assert_eq!(page, "note: It is Czech.\n\nNot read: who says what in it is not known.\n");
    assert!(html(&bare, &reading, &notes, &HtmlOptions::default()).contains("Not read: "));
}

/// The style sheet is looked at in a browser, not compared.
fn without_css(page: &str) -> String {
    page.replace(include_str!("page.css"), "/* page.css */\n")
}

#[test]
fn html_page() {
    let m = harbour();
    let got = html(&m.document, &m.reading, &[], &HtmlOptions::default());
    golden("harbour.html", include_str!("../../tests/golden/harbour.html"), &without_css(&got));
}

#[test]
fn html_hostile() {
    let m = hostile();
    let got = html(&m.document, &m.reading, &[], &HtmlOptions::default());
    golden("hostile.html", include_str!("../../tests/golden/hostile.html"), &without_css(&got));
    let inside = &got[got.find("</style>").unwrap()..];
    assert_eq!(got.matches("<style>").count(), 1);
    for never in
        ["<script", "<img", "<b>so", "<i>", "<note", "javascript:", "onload=\"", "\u{1b}", "\u{0}", "\u{9b}"]
    {
        assert!(!inside.contains(never), "{never:?}");
    }
    well_formed(&got);
}

#[test]
fn html_of_several_has_a_table_of_contents() {
    let mut page = HtmlPage::new(HtmlOptions::default());
    let made = [harbour(), empty(), hostile()];
    for m in &made {
        page.add(&m.document, &m.reading, &[], None);
    }
    assert_eq!(page.documents(), 3);
    let got = page.finish();
    well_formed(&got);
    assert_eq!(got.matches("<article ").count(), 3);
    for i in 1..=3 {
        assert!(got.contains(&format!("href=\"#d{i}\"")) && got.contains(&format!("id=\"d{i}\"")));
    }
}

/// Every link leads somewhere, no id is given twice, every element is closed in its turn.
fn well_formed(html: &str) {
    let values = |name: &str| -> Vec<String> {
        html.split(&format!(" {name}=\"")).skip(1).map(|s| s.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values("id");
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    for link in values("href").iter().filter_map(|h| h.strip_prefix('#')) {
        assert!(ids.iter().any(|i| i == link), "#{link}");
    }
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.split([' ', '\n']).next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{tag}");
        } else if !matches!(name, "!doctype" | "meta" | "br" | "hr") {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_text_without_passages_is_shown_all_the_same() {
    let d = Document::new(Meta::default(), "One.\n\nTwo.\n".into(), vec![]);
    let page = terminal(&d, &empty().reading, &[], &TerminalOptions::default());
    assert!(page.starts_with("One.\n\nTwo.\n"));
}
