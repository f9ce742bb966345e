//! Any bytes at all through the front door: bytes → document → reading → wire. Whatever comes in, nothing panics,
//! offsets are right and nothing of the text is lost.

#[path = "support/sound.rs"]
mod sound;
#[path = "../../onrecord-read/tests/support/tiny.rs"]
mod tiny;

use onrecord::{Document, Format, Model, Note, Reader, ReaderOptions, Wire, documents};
use proptest::prelude::*;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| onrecord::reader(ReaderOptions::default()).expect("the model loads"))
}

/// Readers with networks of random numbers, which find something everywhere.
fn random_readers() -> &'static [Reader] {
    static READERS: OnceLock<Vec<Reader>> = OnceLock::new();
    READERS.get_or_init(|| {
        (0..8)
            .map(|seed| {
                let t = tiny::tiny(seed);
                let model = Model::from_bytes(&t.weights, &t.papers, &t.vocabulary).expect("a model");
                Reader::new(&model, &ReaderOptions::default()).expect("a reader")
            })
            .collect()
    })
}

/// A document, the notes of its intake, its line; or what was wrong.
type Through = Result<(Document, Vec<Note>, String), String>;

/// All that an input holds, checked.
fn through(bytes: &[u8], name: &str, format: Option<Format>) -> Vec<Through> {
    documents(bytes, name, format)
        .map(|item| {
            item.map(|(d, notes)| {
                let line = sound::check(reader(), &d, &notes);
                (d, notes, line)
            })
            .map_err(|e| e.to_string())
        })
        .collect()
}

/// Plain text through the front door: the document's text is the text given. Gives how many attributions there are.
fn text(given: &str) -> usize {
    let items = through(given.as_bytes(), "a.txt", Some(Format::Text));
    let [Ok((d, _, line))] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(d.text(), given, "the text was changed");
    Wire::parse(line).expect("a line").attributions.len()
}

/// The same inside a JSON line.
fn json(given: &str) -> usize {
    let line = format!("{}\n", serde_json::json!({ "text": given, "lang": "en", "id": "x" }));
    let items = through(line.as_bytes(), "a.jsonl", Some(Format::JsonLines));
    let [Ok((d, _, line))] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((d.text(), d.meta().id.as_str()), (given, "x"), "the text was changed");
    Wire::parse(line).expect("a line").attributions.len()
}

const STORY: &str = "The pier will close on Monday, harbour master Ada Quill said. “Nobody was in danger,” she told \
                     reporters, “and nobody will be.” According to the coastguard, three ships turned back.";

#[test]
fn marks_that_do_not_pair() {
    assert!(text(STORY) >= 2, "the plain story is read");
    for mark in ["“", "”", "\"", "‘", "’", "'", "«", "»", "„", "``", "''"] {
        // before, inside and after, each alone
        for (at, _) in STORY.match_indices([' ', '“']).step_by(7) {
            let one = format!("{}{mark}{}", &STORY[..at], &STORY[at..]);
            assert!(text(&one) >= 1, "one {mark} at {at} costs the article: {one}");
        }
        let open = format!("{mark}{STORY}\n\n{STORY}\n\n{mark}{STORY}");
        assert!(text(&open) >= 4, "{open}");
    }
    for closed in ["“”", "“ ”", "\"\"", "«»", "“““”", "”””", "‘’", "“‘", "””““"]
    {
        text(closed);
        text(&format!("{STORY}\n{closed}\n{STORY}"));
    }
}

/// Pathological inputs must not cost more than the network does: no stage may take time that grows with the square
/// of the text. The bound is generous, for a busy machine.
fn soon<T>(what: &str, most: u64, f: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let out = f();
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(most), "{what} took {took:.1?}");
    out
}

#[test]
fn ten_thousand_quotation_marks() {
    soon("10,000 marks", 60, || {
        for mark in ["\"", "“", "'"] {
            assert!(text(&format!("{STORY}\n\n{}\n\n{STORY}", mark.repeat(10_000))) >= 4);
        }
    });
    soon("150 marks of many kinds", 60, || {
        for mark in [
            "”",
            "‘",
            "’",
            "«",
            "“”",
            "\" ",
            "“a ",
            "'a ",
            " 'a",
            "\"a\" ",
            "“a” said b. ",
            "“\n",
            "“He said no\n",
        ] {
            let many = mark.repeat(150);
            assert!(text(&format!("{STORY}\n\n{many}\n\n{STORY}")) >= 2, "{mark:?}");
        }
    });
}

#[test]
fn a_megabyte_of_one_line() {
    // mostly words too long to be read, so that the network has little to do; the story stands among them
    let mut line = String::new();
    while line.len() < 1 << 20 {
        line.push_str(&"x".repeat(40_000));
        line.push(' ');
        line.push_str(STORY);
        line.push(' ');
    }
    let found = soon("a megabyte of long words", 60, || text(&line));
    assert!(found >= 26, "the stories are read: {found}");
    // one word; and words of 120 characters with full stops, marks, capitals and odd letters in them
    soon("a megabyte of letters", 60, || text(&"a".repeat(1 << 20)));
    for c in ["é", "A", "\u{301}", "\u{200d}", "日"] {
        soon(c, 60, || text(&c.repeat((if c == "日" { 1 << 15 } else { 1 << 20 }) / c.len())));
    }
    for unit in ["a.", "A.B.", ".", "'x", "“", "” ", "x-", "Aa ", "of the Aa ", "- "] {
        soon(unit, 60, || text(&unit.repeat((1 << 13) / unit.len())));
    }
}

#[test]
fn five_thousand_short_lines() {
    soon("5,000 short lines", 60, || {
        let line = |i| if i % 50 == 0 { "Ada Quill said no.\n".into() } else { format!("{i}\n") };
        assert!(text(&(0..5_000).map(line).collect::<String>()) >= 20);
        text(&"\n".repeat(5_000));
    });
    soon("300 sentences", 60, || {
        text(&"He said.\n\n".repeat(300));
        text(&"Mr. A said B. ".repeat(300));
    });
}

#[test]
fn odd_characters() {
    let odd = [
        "\u{0}",
        "\u{feff}",
        "\u{200b}",
        "\u{200d}",
        "👩‍👩‍👧",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "🇺🇦",
        "e\u{301}\u{323}",
        "\u{301}",
        "Z\u{335}\u{321}\u{327}\u{32b}a\u{341}\u{342}l\u{35d}go",
        "مرحبا بالعالم",
        "שלום",
        "\u{202e}desrever\u{202c}",
        "日本語",
        "ﬁ",
        "İ",
        "ẞ",
        "K",
        "\u{1d54f}",
        "\u{fffd}",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{a0}",
        "\u{7f}",
        "\u{1b}[31m",
        "\u{10ffff}",
        "\r",
        "\r\n",
        "\t",
        "\u{b}",
        "\u{c}",
        "…",
        "</script><b>&amp;",
    ];
    for o in odd {
        text(o);
        json(o);
        // everywhere in a story: as a word, inside words, at the edges of what is found
        let everywhere: String = STORY.replace(' ', &format!(" {o} "));
        let inside: String = STORY.chars().flat_map(|c| [c.to_string(), o.into()]).collect();
        let edges = STORY.replace(['“', '”', ',', '.'], &format!("{o}“{o}”{o},{o}."));
        for given in [everywhere, edges, format!("{o}{STORY}{o}\n{o}\n{STORY}")] {
            text(&given);
            json(&given);
        }
        // every other byte a NUL is UTF-16 without its mark: only JSON says that it is not
        if o != "\0" {
            text(&inside);
        }
        json(&inside);
        assert!(text(&format!("{STORY}\n\n{o}\n\n{STORY}")) >= 4, "{o:?} costs the article");
    }
}

#[test]
fn line_ends_and_byte_order_marks() {
    let plain = format!("Pier to close\n\n{STORY}\n\n{STORY}");
    let n = text(&plain);
    for end in ["\r\n", "\r"] {
        assert_eq!(text(&plain.replace('\n', end)), n, "{end:?}");
    }
    assert_eq!(text(&format!("\u{feff}{plain}")), n);
    // UTF-16 either way: the same text without its mark
    for (mark, unit) in
        [(&b"\xff\xfe"[..], u16::to_le_bytes as fn(u16) -> [u8; 2]), (b"\xfe\xff", u16::to_be_bytes)]
    {
        let bytes: Vec<u8> = mark.iter().copied().chain(plain.encode_utf16().flat_map(unit)).collect();
        let items = through(&bytes, "a.txt", Some(Format::Text));
        let [Ok((d, _, _))] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(d.text(), plain);
    }
}

#[test]
fn nothing_at_all() {
    for given in ["", " ", "\n\n\n", " \t\r\n\u{a0}\u{2003}", "\u{feff}", "\u{feff}\n", "\0", "\0\0\0", "."] {
        assert_eq!(text(given), 0, "{given:?}");
        json(given);
    }
    for name in ["a.txt", "a.html", "a.jsonl", "-"] {
        assert_eq!(through(b"", name, None).len(), 1, "{name}");
    }
}

#[test]
fn lone_surrogates_in_json() {
    for (given, want) in [
        (r"no \ud800 pair", "no \u{fffd} pair"),
        (r"no \udc00 pair", "no \u{fffd} pair"),
        (r"\ud83d\ude00 a pair \ud83d", "😀 a pair \u{fffd}"),
        (r"\udfff\ud800\ud800\udc00", "\u{fffd}\u{fffd}\u{10000}"),
    ] {
        let line = format!("{{\"text\": \"{given} He said no. {STORY}\"}}\n{{\"text\": \"Next.\"}}\n");
        let items = through(line.as_bytes(), "a.jsonl", None);
        let [Ok((d, notes, wire)), Ok(_)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(d.text(), format!("{want} He said no. {STORY}"));
        assert!(notes.iter().any(|n| n.code == "surrogate"), "{notes:?}");
        assert!(Wire::parse(wire).expect("a line").attributions.len() >= 2, "{wire}");
    }
    // encoded straight into the bytes, as some programs do
    let mut bytes = b"{\"text\": \"He said no. \xed\xa0\x80 ".to_vec();
    bytes.extend_from_slice(STORY.as_bytes());
    bytes.extend_from_slice(b"\"}\n");
    let items = through(&bytes, "a.jsonl", None);
    let [Ok((d, _, _))] = items.as_slice() else { panic!("{items:?}") };
    assert!(d.text().ends_with(STORY) && d.text().contains('\u{fffd}'));
}

#[test]
fn other_writing() {
    // another language is not read, but nothing of it is lost
    let arabic = "قال المتحدث باسم الوزارة إن الجسر سيغلق يوم الاثنين بعد تفتيش طويل. «لن يكون أحد في خطر»، قال للصحفيين في المدينة.";
    let items = through(arabic.as_bytes(), "a.txt", None);
    let [Ok((d, notes, line))] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(d.text(), arabic);
    assert!(notes.iter().any(|n| n.code == "not-english") && line.contains("\"attributions\":[]"));
    // in an English article it is
    assert!(text(&format!("{STORY}\n\n{arabic}\n\n{STORY}")) >= 2);
    assert!(text(&format!("{STORY} “{arabic}” he said. {STORY}")) >= 2);
}

/// Texts of news-like fragments, marks and odd characters.
fn news() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "Mayor Ada Byrne",
        " said ",
        " told reporters ",
        "according to ",
        "the ministry",
        "an official who asked not to be named",
        "He ",
        "She added ",
        "I ",
        "we ",
        " that ",
        "it rains",
        " three thousand men came",
        "the claim that ",
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "«",
        "»",
        ", ",
        ". ",
        ": ",
        "; ",
        "? ",
        "! ",
        "… ",
        " - ",
        " — ",
        "(",
        ")",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        "> ",
        "- ",
        "By Jane Doe\n",
        "LONDON (AP) — ",
        "What next\n",
        "Mr. ",
        "U.S. ",
        "Reuters",
        " reported by ",
        "denied ",
        "may ",
        "As Daily NK notes, ",
        "\u{0}",
        "\u{feff}",
        "\u{200d}",
        "👩‍👩‍👧",
        "e\u{301}",
        "\u{301}",
        "مرحبا",
        "\u{202e}",
        "日本",
        "İ",
        "ß",
        "ﬁ",
        "\u{2028}",
        "\u{fffd}",
        "&amp;",
        "<p>",
        "The president of the council",
        "of",
        "'s",
        "n't",
        "1,000",
        "McCain",
        "NATO",
        "who ",
        "whose ",
        "the publication",
    ];
    let part = prop_oneof![
        12 => prop::sample::select(PARTS).prop_map(str::to_owned),
        2 => prop::sample::select(STORY.split_inclusive(' ').collect::<Vec<_>>()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => prop::collection::vec(any::<char>(), 0..4).prop_map(|c| c.into_iter().collect()),
    ];
    prop::collection::vec(part, 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(given in news()) {
        json(&given);
        // English beyond doubt, so that it is read whatever it holds
        text(&format!("{STORY}\n{given}"));
    }

    #[test]
    fn any_page(given in news()) {
        let page = format!("<html><body><article><h1>Pier to close</h1><p>{STORY}</p><p>{given}</p>\
                            <blockquote>{given}</blockquote></article></body></html>");
        through(page.as_bytes(), "a.html", None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// What comes after the network holds whatever the network says.
    #[test]
    fn any_text_by_random_networks(given in news()) {
        let line = format!("{}\n", serde_json::json!({ "text": format!("{STORY}\n{given}"), "lang": "en" }));
        let format = Some(Format::JsonLines);
        let (d, notes) = documents(line.as_bytes(), "a", format).next().expect("one").expect("a document");
        for reader in random_readers() {
            sound::check(reader, &d, &notes);
        }
    }

    #[test]
    fn any_bytes(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        name in prop::sample::select(vec!["a.txt", "a.html", "a.jsonl", "-"]),
    ) {
        for (d, notes) in documents(&bytes[..], name, None).flatten() {
            sound::check(&random_readers()[0], &d, &notes);
        }
    }
}
