//! What must hold of whatever goes on the wire, for any input at all. Shared by the tests of the front door and by
//! `fuzz/`. Must not trust `Wire::verify`: it looks for itself.

use onrecord::view::{HtmlOptions, TerminalOptions, html, terminal};
use onrecord::{Document, Note, Reader, Reading, Wire};
use std::collections::BTreeSet;

/// Byte offset of each code point, and the text's length.
struct Offsets<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl Offsets<'_> {
    /// Do both pairs of offsets lead to the same words?
    fn words(&self, bytes: [usize; 2], chars: [usize; 2], what: &str) -> &str {
        let [b, e] = bytes;
        assert!(b <= e && e <= self.text.len(), "{what}: bytes {bytes:?} of {}", self.text.len());
        assert!(chars[0] <= chars[1] && chars[1] < self.starts.len(), "{what}: chars {chars:?}");
        let led = [self.starts[chars[0]], self.starts[chars[1]]];
        assert_eq!(led, bytes, "{what}: code points {chars:?} lead elsewhere");
        self.text.get(b..e).unwrap_or_else(|| panic!("{what}: {bytes:?} is not on character boundaries"))
    }
}

/// Spans that follow each other without a byte in common.
fn in_order(spans: impl Iterator<Item = [usize; 2]>, what: &str) {
    let mut end = 0;
    for [b, e] in spans {
        assert!(b >= end && e > b, "{what}: {b}..{e} after {end}");
        end = e;
    }
}

/// Reads a document, writes it on the wire, and checks the line, the pages and that a second reading is the same.
/// Gives the line.
pub fn check(reader: &Reader, document: &Document, notes: &[Note]) -> String {
    let reading = reader.read(document);
    let line = check_reading(document, &reading, notes);
    if document.text().len() < 4_000 {
        assert_eq!(reader.read(document), reading, "read twice, two readings");
    }
    line
}

/// Checks what a reading becomes.
pub fn check_reading(document: &Document, reading: &Reading, notes: &[Note]) -> String {
    let line = Wire::from(document, reading, notes).line();
    assert!(!line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{line:?}");
    let back = Wire::parse(&line).expect("the line can be read back");
    assert_eq!(back, Wire::from(document, reading, notes));
    back.verify().expect("the line is right by its own measure");
    let text: &str = &back.document.text;
    assert_eq!(text, document.text(), "text was lost");
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let at = Offsets { text, starts };

    for p in &back.document.passages {
        let words = at.words(p.bytes, p.chars, "passage");
        assert_eq!(words.trim(), words, "passage with white space at its ends");
    }
    in_order(back.document.passages.iter().map(|p| p.bytes), "passages");
    for s in &back.sentences {
        at.words(s.bytes, s.chars, "sentence");
        let inside =
            back.document.passages.iter().any(|p| p.bytes[0] <= s.bytes[0] && s.bytes[1] <= p.bytes[1]);
        assert!(inside, "sentence {:?} in no passage", s.bytes);
    }
    in_order(back.sentences.iter().map(|s| s.bytes), "sentences");
    let read = !back.sentences.is_empty();
    for p in back.document.passages.iter().filter(|_| read) {
        // every word of every passage is in a sentence
        let in_sentences: usize = back
            .sentences
            .iter()
            .filter(|s| p.bytes[0] <= s.bytes[0] && s.bytes[1] <= p.bytes[1])
            .map(|s| text[s.bytes[0]..s.bytes[1]].chars().filter(|c| !c.is_whitespace()).count())
            .sum();
        let all = text[p.bytes[0]..p.bytes[1]].chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(in_sentences, all, "words of passage {:?} are in no sentence", p.bytes);
    }

    let ids: BTreeSet<&str> = back.entities.iter().map(|e| e.id.as_ref()).collect();
    assert_eq!(ids.len(), back.entities.len(), "entity ids are not unique");
    for e in &back.entities {
        for m in &e.mentions {
            assert_eq!(at.words(m.bytes, m.chars, "mention"), m.exact);
        }
        let mut begin = 0;
        for m in &e.mentions {
            assert!(m.bytes[0] >= begin, "mentions of {} are out of order", e.id);
            begin = m.bytes[0];
        }
    }
    let mut begin = 0;
    for (i, a) in back.attributions.iter().enumerate() {
        assert_eq!(a.id, format!("a{}", i + 1));
        for (q, what) in a
            .source
            .iter()
            .map(|q| (q, "source"))
            .chain(a.cue.iter().map(|q| (q, "cue")))
            .chain(a.hedge.iter().map(|q| (q, "hedge")))
            .chain(a.content.iter().map(|q| (q, "content")))
        {
            assert_eq!(at.words(q.bytes, q.chars, what), q.exact);
            assert!(!q.exact.is_empty(), "{}: an empty {what}", a.id);
        }
        assert!(!a.content.is_empty(), "{} attributes nothing", a.id);
        in_order(a.content.iter().map(|q| q.bytes), "contents");
        let first = a.source.iter().chain(&a.cue).chain(&a.content).map(|q| q.bytes[0]).min().unwrap_or(0);
        assert!(first >= begin, "{} begins before the one before", a.id);
        begin = first;
        assert!(
            a.entity
                .iter()
                .chain(a.chain.iter().filter_map(|l| l.entity.as_ref()))
                .all(|e| ids.contains(e.as_ref()))
        );
        assert!((0.0..=1.0).contains(&a.why.score), "{}: score {}", a.id, a.why.score);
    }
    // no ring: following `within` ends
    for a in &back.attributions {
        let (mut up, mut steps) = (a.within.as_ref(), 0);
        while let Some(id) = up {
            steps += 1;
            assert!(steps <= back.attributions.len(), "{} lies within itself", a.id);
            up = back.attributions.iter().find(|o| o.id == *id).and_then(|o| o.within.as_ref());
        }
        assert!(
            !a.chain.is_empty() && a.chain.len() <= 2 * steps + 4,
            "{}: chain of {}",
            a.id,
            a.chain.len()
        );
    }
    for n in &back.notes {
        if let Some([b, e]) = n.bytes {
            assert!(text.get(b..e).is_some(), "note {} at {b}..{e}", n.code);
        }
    }
    // the pages people see
    for (width, colour) in [(20, false), (100, true)] {
        let page = terminal(document, reading, notes, &TerminalOptions { width, colour, label: None });
        let steers = |c: char| c.is_control() && c != '\n' && !(colour && c == '\u{1b}');
        assert!(!page.contains(steers), "a page that steers the terminal");
    }
    assert!(html(document, reading, notes, &HtmlOptions::default()).ends_with('\n'));
    line
}
