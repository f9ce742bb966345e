//! Any bytes through intake: no panic, passages in order on character boundaries, the same bytes the same document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_intake::{Format, SourceHint, documents, extract};

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Text, Format::Html, Format::JsonLines] {
        let source = SourceHint::new("x");
        let (document, notes) = extract(bytes, format, &source);
        let text = document.text();
        let mut end = 0;
        for p in document.passages() {
            let words = text.get(p.span.range()).expect("a passage on character boundaries");
            assert!(!words.is_empty() && words.trim() == words, "{words:?}");
            assert!(p.span.range().start >= end);
            end = p.span.range().end;
        }
        for note in &notes {
            assert!(note.span.is_none_or(|s| text.get(s.range()).is_some()));
        }
        if format == Format::Text
            && let Ok(given) = std::str::from_utf8(bytes)
            && !given.contains('\0')
        {
            assert_eq!(text, given, "plain text is as it was given");
        }
        assert_eq!((document, notes), extract(bytes, format, &source));
    }
    for name in ["-", "a.jsonl", "a.txt.gz"] {
        documents(bytes, SourceHint::new(name)).take(1_000).for_each(drop);
    }
});
