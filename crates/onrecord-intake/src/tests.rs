//! The crate from the outside: inputs of every kind through [`documents`] and [`extract`].

use std::io::{self, Write};

use onrecord_text::Role;
use proptest::prelude::*;

use super::*;

fn read(name: &str, bytes: &[u8]) -> Vec<Item> {
    documents(bytes, SourceHint::new(name)).collect()
}

/// Texts of the documents, messages of the errors.
fn shown(name: &str, bytes: &[u8]) -> Vec<Result<String, String>> {
    read(name, bytes)
        .into_iter()
        .map(|i| i.map(|(d, _)| d.text().to_owned()).map_err(|e| e.to_string()))
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut e = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    e.write_all(bytes).unwrap();
    e.finish().unwrap()
}

#[test]
fn json_lines_go_on_after_a_bad_line() {
    let input = "\u{feff}{\"text\": \"One.\"}\n\n{\"id\": 2}\n{\"text\": \"Th\n[1]\r\n{\"text\": \"Five.\"}";
    let got = shown("a.jsonl", input.as_bytes());
    assert_eq!(got[0], Ok("One.".into()));
    let starts =
        |i: usize, with: &str| assert!(got[i].as_ref().is_err_and(|e| e.starts_with(with)), "{:?}", got[i]);
    starts(1, "a.jsonl, line 3: no text in it; expected a JSON object with \"text\"");
    assert_eq!(got.last(), Some(&Ok("Five.".into())));
    assert!(
        got.iter().any(|r| r.as_ref().is_err_and(|e| e.starts_with("a.jsonl, line 4: not JSON"))),
        "{got:?}"
    );
    // two whole lines after a cut one
    let got = shown("-", b"{\"text\": \"a\"}\n{\"text\": \"b\n{\"text\": \"c\"}\n{\"text\": 1}\n");
    assert_eq!((&got[0], &got[2]), (&Ok("a".into()), &Ok("c".into())));
    assert!(got[1].as_ref().is_err_and(|e| e.starts_with("-, line 2: ")));
    assert!(got[3].as_ref().is_err_and(|e| e.starts_with("-, line 4: the text is a number")));
}

#[test]
fn one_object_or_a_list_over_many_lines() {
    let ok = |texts: &[&str]| texts.iter().map(|t| Ok((*t).to_owned())).collect::<Vec<_>>();
    assert_eq!(shown("a.json", b"{\n  \"title\": \"x\",\n  \"text\": \"One.\"\n}\n"), ok(&["One."]));
    assert_eq!(shown("-", b"[\n{\"text\": \"One.\"},\n{\"text\": \"Two.\"}\n]"), ok(&["One.", "Two."]));
    assert_eq!(shown("-", b"[{\"text\": \"One.\"}, {\"text\": \"Two.\"}]"), ok(&["One.", "Two."]));
    assert_eq!(
        shown("a.json", b"{\n\"text\": \"One.\"\n}\n{\n\"text\": \"Two.\"\n}\n"),
        ok(&["One.", "Two."])
    );
    let bad = shown("a.json", b"[\n{\"text\": \"One.\"},\n{\"no\": 1}\n]");
    assert!(bad[1].as_ref().is_err_and(|e| e.contains("item 2: no text in it")), "{bad:?}");
    let cut = shown("a.json", b"{\n\"text\": \"One.\"\n");
    assert!(matches!(cut.as_slice(), [Err(e)] if e.starts_with("a.json, line 1: not JSON")), "{cut:?}");
    let utf16: Vec<u8> = "\u{feff}{\"text\": \"One.\"}\r\n{\"text\": \"Two.\"}\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(shown("-", &utf16), ok(&["One.", "Two."]));
}

#[test]
fn gzip_is_undone_member_after_member() {
    let two = [gzip(b"{\"text\": \"One.\"}\n"), gzip(b"{\"text\": \"Two.\"}\n")].concat();
    assert_eq!(shown("a.jsonl.gz", &two), [Ok("One.".into()), Ok("Two.".into())]);
    assert_eq!(shown("-", &gzip(b"Hello.")), [Ok("Hello.".into())]);
    let cut = &gzip(b"Hello, hello.")[..12];
    assert!(shown("a.gz", cut)[0].as_ref().is_err_and(|e| e.starts_with("a.gz cannot be read: ")));
    assert!(shown("a.gz", &gzip(b"%PDF-1.4"))[0].as_ref().is_err_and(|e| e.starts_with("a.gz is a PDF;")));
}

#[test]
fn empty_inputs_are_documents() {
    for (name, bytes) in
        [("-", &b""[..]), ("a.jsonl", b""), ("a.html", b""), ("a.jsonl", b"\n\n"), ("-", b" \n")]
    {
        let got = read(name, bytes);
        assert_eq!(got.len(), 1, "{name}");
        let (d, notes) = got[0].as_ref().unwrap();
        assert!(d.passages().is_empty());
        assert_eq!(notes[0].code, "empty");
    }
}

#[test]
fn what_is_not_text_is_named() {
    let got = shown("dir/report.pdf", b"%PDF-1.4");
    assert_eq!(got.len(), 1);
    assert!(got[0].as_ref().is_err_and(|e| e.starts_with("dir/report.pdf is a PDF; onrecord reads")));
}

#[test]
fn broken_inputs_end() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let got: Vec<_> = documents(Broken, SourceHint::new("x")).collect();
    assert!(matches!(got.as_slice(), [Err(e)] if e.to_string() == "x cannot be read: gone"));
}

#[test]
fn text_is_unchanged_and_offsets_lead_back() {
    let text =
        "\u{feff}Bridge shut\r\n\r\nZAGREB, 23 June (APA) - It closed on Monday, “for good”.\r\nمغلق 👩‍👩‍👧.\r\n";
    let (d, notes) = extract(text.as_bytes(), Format::Text, &SourceHint::default());
    assert_eq!(d.text(), text);
    assert!(notes.is_empty());
    let roles: Vec<Role> = d.passages().iter().map(|p| p.role).collect();
    assert_eq!(roles, [Role::Headline, Role::Dateline, Role::Paragraph, Role::Paragraph]);
    assert_eq!(d.passages()[0].span.of(d.text()), "Bridge shut");
    assert_eq!(d.meta().lang.as_deref(), Some("en"));
}

#[test]
fn extract_takes_what_it_gets() {
    let hint = SourceHint::new("-").with_url("https://a.example/");
    let (d, n) = extract(b"no json at all", Format::JsonLines, &hint);
    assert_eq!((d.text(), n[0].code), ("no json at all", "json"));
    let (d, _) = extract(b"{\"text\": \"One.\"}", Format::JsonLines, &hint);
    assert_eq!(d.text(), "One.");
    let (d, _) = extract(b"%PDF-1.4", Format::Text, &hint);
    assert_eq!((d.text(), d.meta().url.as_deref()), ("%PDF-1.4", Some("https://a.example/")));
    assert_eq!(sniff("-", b"<html>"), Format::Html);
}

/// Every passage is words of the text, in order; the same bytes give the same document.
fn check(bytes: &[u8], format: Format) {
    let (d, notes) = extract(bytes, format, &SourceHint::new("x"));
    let mut end = 0;
    for p in d.passages() {
        let words = d.text().get(p.span.range()).expect("on character boundaries");
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        assert!(p.span.start >= end);
        end = p.span.end;
    }
    for note in &notes {
        assert!(note.span.is_none_or(|s| d.text().get(s.range()).is_some()));
    }
    assert_eq!((d, notes), extract(bytes, format, &SourceHint::new("x")));
}

/// Bytes that look like what comes in.
fn news() -> impl Strategy<Value = Vec<u8>> {
    const PARTS: &[&str] = &[
        "By Jane Doe",
        "LONDON (AP) - The talks failed on Monday. ",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "> ",
        "    ",
        "- ",
        "1. ",
        "“",
        "”",
        "\"",
        "Short line",
        "A longer line that ends as sentences do, with a stop.",
        "\u{feff}",
        "\0",
        "<p>",
        "</p>",
        "<blockquote>",
        "</blockquote>",
        "<h2>",
        "<div>",
        "<br>",
        "<!--",
        "<script>",
        "{\"text\": \"",
        "\\ud800",
        "\\",
        "\"}",
        "[",
        "{",
        "}",
        "İ",
        "é",
        "👩‍👩‍👧",
        "مرحبا",
        "\u{2028}",
        "&amp;",
        "—",
        " - ",
        ": ",
        "\t",
        "K",
        "ß",
        "NaN",
        "¶",
    ];
    let part = prop_oneof![
        9 => prop::sample::select(PARTS).prop_map(|s| s.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(part, 0..40).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_at_all(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Text, Format::Html, Format::JsonLines] {
            check(&bytes, format);
        }
        documents(&bytes[..], SourceHint::new("-")).for_each(drop);
    }

    #[test]
    fn any_news_at_all(bytes in news()) {
        for format in [Format::Text, Format::Html, Format::JsonLines] {
            check(&bytes, format);
        }
        documents(&bytes[..], SourceHint::new("a.jsonl")).for_each(drop);
    }
}
