//! The wire format against its golden line, and what must hold of any line.

use onrecord_text as text;
use onrecord_text::Span;

use super::Wire;
use crate::ErrorKind;
use crate::sample::{Made, harbour, hostile};

const GOLDEN: &str = include_str!("../../tests/golden/harbour.json");

#[test]
fn as_documented() {
    let Made { document, reading } = harbour();
    let note =
        text::Note { code: "not-english", text: "looks like Danish".into(), span: Some(Span::new(0, 7)) };
    let line = Wire::from(&document, &reading, &[note]).line();
    assert!(!line.contains('\n'));
    crate::sample::golden("harbour.json", GOLDEN, &(line + "\n"));
}

/// The keys of an object at `pointer` of a line, in their order.
fn keys(line: &str, pointer: &str) -> Vec<String> {
    // serde_json sorts the keys of a Value: walk the text instead.
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let object = value.pointer(pointer).unwrap().as_object().unwrap();
    let mut keys: Vec<_> = object.keys().cloned().collect();
    let at = |k: &String| line.find(&format!("\"{k}\":")).unwrap();
    keys.sort_by_key(at);
    keys
}

#[test]
fn keys_come_in_the_documented_order() {
    let Made { document, reading } = harbour();
    let line = Wire::from(&document, &reading, &[]).line();
    assert_eq!(
        keys(&line, ""),
        ["onrecord", "document", "reader", "sentences", "entities", "attributions", "assertions", "notes"]
    );
    assert_eq!(
        keys(&line, "/document"),
        ["id", "url", "outlet", "title", "byline", "published", "lang", "text", "passages"]
    );
    let tail = &line[line.find("\"attributions\":").unwrap()..];
    let first = &tail["\"attributions\":[".len()..tail.find("},{\"id\":\"a2\"").unwrap() + 1];
    let order = [
        "id",
        "source",
        "entity",
        "kind",
        "cue",
        "content",
        "mode",
        "stance",
        "certainty",
        "hedge",
        "within",
        "chain",
        "why",
    ];
    let at: Vec<_> = order.iter().map(|k| first.rfind(&format!("\"{k}\":"))).collect();
    let value: serde_json::Value = serde_json::from_str(first).unwrap();
    assert_eq!(value.as_object().unwrap().len(), order.len());
    assert!(at.iter().all(Option::is_some));
}

#[test]
fn round_trip() {
    for Made { document, reading } in [harbour(), hostile()] {
        let wire = Wire::from(&document, &reading, &[]);
        let line = wire.line();
        let back = Wire::parse(&line).unwrap();
        assert_eq!(back, wire);
        assert_eq!(back.line(), line);
        back.verify().unwrap();
        // nothing that could steer a terminal or break a line
        assert!(!line.contains(|c: char| c.is_control() || c == '\u{2028}'), "{line}");
    }
}

#[test]
fn unknown_fields_are_let_be_and_other_versions_are_not() {
    let line = GOLDEN.replacen("\"onrecord\":", "\"new\":{\"x\":[1]},\"onrecord\":", 1);
    assert!(Wire::parse(&line).is_ok());
    let e = Wire::parse(&GOLDEN.replacen("reading/1", "reading/2", 1)).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Malformed);
    assert!(e.to_string().contains("reading/2"));
    assert_eq!(Wire::parse("{").unwrap_err().kind(), ErrorKind::Malformed);
}

#[test]
fn verify_sees_a_moved_quotation() {
    let line = GOLDEN.replacen("\"exact\":\"says\"", "\"exact\":\"sayz\"", 1);
    assert!(Wire::parse(&line).unwrap().verify().unwrap_err().to_string().contains("sayz"));
}

#[test]
fn indices_that_lead_nowhere_become_null() {
    let mut m = harbour();
    m.reading.attributions[0].within = Some(text::AttributionIx(99));
    m.reading.attributions[0].source = text::Source::Carried(text::EntityIx(99));
    m.reading.attributions[0].why.score = f32::NAN;
    let wire = Wire::from(&m.document, &m.reading, &[]);
    let a = &wire.attributions[0];
    assert_eq!((&a.within, &a.entity, &a.source, a.why.score), (&None, &None, &None, 0.0));
    Wire::parse(&wire.line()).unwrap().verify().unwrap();
}

/// Offsets in both units lead to the same words, for texts of all kinds of characters and spans anywhere.
#[test]
fn offsets_hold_for_any_text() {
    let alphabet = ['a', ' ', 'é', '“', '日', '👩', '\u{200d}', '\n', '\u{301}', '0', 'ß', '\u{0}'];
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    let mut next = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % n as u64) as usize
    };
    for _ in 0..200 {
        let n = 1 + next(400);
        let words: String = (0..n).map(|_| alphabet[next(alphabet.len())]).collect();
        let bounds: Vec<usize> = words.char_indices().map(|(i, _)| i).chain([words.len()]).collect();
        let mut m = Made::new(text::Meta::default(), &[(text::Role::Paragraph, &words)]);
        for _ in 0..8 {
            let (a, b) = (bounds[next(bounds.len())], bounds[next(bounds.len())]);
            let content = vec![Span::new(a.min(b), a.max(b))];
            m.says(text::Source::Missing, text::SourceKind::Author, "", &[], text::Mode::Free).content =
                content;
        }
        let line = Wire::from(&m.document, &m.reading, &[]).line();
        let back = Wire::parse(&line).unwrap();
        back.verify().unwrap();
        for (a, made) in back.attributions.iter().zip(&m.reading.attributions) {
            let q = &a.content[0];
            assert_eq!(q.span(), made.content[0]);
            let chars: String =
                back.document.text.chars().skip(q.chars[0]).take(q.chars[1] - q.chars[0]).collect();
            assert_eq!(chars, q.exact);
        }
    }
}
