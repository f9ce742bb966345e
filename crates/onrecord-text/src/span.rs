//! Offsets: spans of bytes, and the way from bytes to code points. Must not know what a span means.

use std::ops::Range;

/// A half-open stretch of UTF-8 bytes, on character boundaries of the text that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; an inverted one is empty at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        Self { start, end: u32::try_from(end).unwrap_or(u32::MAX).max(start) }
    }

    /// As a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// No bytes at all.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The words it covers; empty where the span is not of this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// At least one byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// `other` lies wholly within this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Without the white space at its ends.
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start as usize + (words.len() - words.trim_start().len());
        Self::new(start, start + words.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(r: Range<usize>) -> Self {
        Self::new(r.start, r.end)
    }
}

/// The way from byte offsets to code-point offsets of one text: a mark each 128 bytes, then a short count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CharIndex {
    /// Code points before byte `128 * i`; empty for text in ASCII alone, where both offsets are the same.
    marks: Vec<u32>,
}

const STEP: usize = 128;

fn begins_char(b: u8) -> bool {
    (b & 0xC0) != 0x80
}

impl CharIndex {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut n = 0u32;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(n);
            n += chunk.iter().filter(|&&b| begins_char(b)).count() as u32;
        }
        marks.push(n);
        Self { marks }
    }

    /// Code points before byte `at` of `text`, the text that was indexed; past its end: all of them.
    pub fn char_at(&self, text: &str, at: usize) -> usize {
        let at = at.min(text.len());
        if self.marks.is_empty() {
            return at;
        }
        let mark = (at / STEP).min(self.marks.len() - 1);
        let from = (mark * STEP).min(at);
        self.marks[mark] as usize + text.as_bytes()[from..at].iter().filter(|&&b| begins_char(b)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_of_any_byte() {
        let text = "“Zażółć” — 10 €, ".repeat(40) + "👩‍👩‍👧 عربي\u{0}";
        let ix = CharIndex::new(&text);
        for (n, (b, _)) in text.char_indices().enumerate() {
            assert_eq!(ix.char_at(&text, b), n, "byte {b}");
        }
        assert_eq!(ix.char_at(&text, text.len()), text.chars().count());
        assert_eq!(CharIndex::new("plain").char_at("plain", 3), 3);
        assert_eq!(CharIndex::new("").char_at("", 3), 0);
    }

    #[test]
    fn trims_and_compares() {
        let t = "  a b ";
        assert_eq!(Span::new(0, 6).trimmed(t).of(t), "a b");
        assert!(Span::new(0, 3).overlaps(Span::new(2, 4)) && !Span::new(0, 3).overlaps(Span::new(3, 4)));
        assert!(Span::new(0, 3).contains(Span::new(1, 3)) && !Span::new(1, 3).contains(Span::new(0, 3)));
        assert_eq!(Span::new(5, 2).len(), 0);
        assert_eq!(Span::new(1, 99).of("abc"), "");
    }
}
