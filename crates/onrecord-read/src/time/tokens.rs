//! A sentence cut into words, numbers and single marks, and phrases of the word tables looked up in it. Must not know
//! what a time is.

use onrecord_names::Table;
use onrecord_text::Span;
use std::collections::HashMap;

/// A run of letters, a run of digits, or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// In lower case; quotation marks and dashes in their plain form.
    lower: &'a str,
    /// Bytes of the text.
    start: usize,
    end: usize,
    capital: bool,
}

/// The tokens of a sentence. Every look beyond its ends finds the empty word.
#[derive(Debug)]
pub(super) struct Line<'a>(Vec<Token<'a>>);

impl<'a> Line<'a> {
    /// Of a stretch of `lower`, which is the text in lower case, byte for byte; `text` is the text itself.
    pub(super) fn new(text: &str, lower: &'a str, within: Span) -> Self {
        let (base, range) = (within.start as usize, within.range());
        let (Some(part), Some(original)) = (lower.get(range.clone()), text.get(range)) else {
            return Self(Vec::new());
        };
        let class = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
        let mut out: Vec<Token<'a>> = Vec::with_capacity(part.len() / 5);
        let mut last = 0;
        for (i, c) in part.char_indices() {
            let end = i + c.len_utf8();
            let this = class(c);
            match out.last_mut() {
                Some(t) if this != 0 && this == last && t.end == base + i => {
                    t.end = base + end;
                    t.lower = &part[t.start - base..end];
                }
                _ if c.is_whitespace() => {}
                _ => {
                    let lower = match c {
                        '’' | '‘' => "'",
                        '–' | '‑' | '‐' => "-",
                        _ => &part[i..end],
                    };
                    let capital = original.get(i..).is_some_and(|o| o.starts_with(char::is_uppercase));
                    out.push(Token { lower, start: base + i, end: base + end, capital });
                }
            }
            last = this;
        }
        Self(out)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Token `i` in lower case.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.0.get(i).map_or("", |t| t.lower)
    }

    /// The token before `i`.
    pub(super) fn before(&self, i: usize) -> &'a str {
        i.checked_sub(1).map_or("", |i| self.word(i))
    }

    /// Is token `i` that word?
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.word(i) == word
    }

    /// Is token `i` one of these?
    pub(super) fn any(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.word(i))
    }

    /// Past token `i` where it is that word, else `i`.
    pub(super) fn skip(&self, i: usize, word: &str) -> usize {
        i + usize::from(self.is(i, word))
    }

    /// Does token `i` begin in upper case?
    pub(super) fn capital(&self, i: usize) -> bool {
        self.0.get(i).is_some_and(|t| t.capital)
    }

    /// No white space between token `i` and the one before?
    pub(super) fn glued(&self, i: usize) -> bool {
        match (i.checked_sub(1).and_then(|b| self.0.get(b)), self.0.get(i)) {
            (Some(a), Some(b)) => a.end == b.start,
            _ => false,
        }
    }

    /// Token `i` as a number of at most nine digits, and how many there are.
    pub(super) fn digits(&self, i: usize) -> Option<(u32, usize)> {
        let word = self.word(i);
        let n = word
            .parse()
            .ok()
            .filter(|_| word.len() < 10 && word.starts_with(|c: char| c.is_ascii_digit()))?;
        Some((n, word.len()))
    }

    /// The bytes of tokens `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        match (self.0.get(from), to.checked_sub(1).and_then(|t| self.0.get(t))) {
            (Some(a), Some(b)) => Span::new(a.start, b.end),
            _ => Span::new(0, 0),
        }
    }
}

/// The phrases of a table by their first word, the longest first. Keys are tokens parted by spaces.
#[derive(Debug)]
pub(super) struct Phrases(HashMap<&'static str, Vec<Phrase>>);

/// A phrase's tokens and its row.
type Phrase = (Vec<&'static str>, &'static str);

impl Phrases {
    pub(super) fn new(table: &'static Table) -> Self {
        let mut out: HashMap<_, Vec<Phrase>> = HashMap::new();
        for (key, _) in table.rows() {
            let words: Vec<&str> = key.split(' ').collect();
            out.entry(words.first().copied().unwrap_or("")).or_default().push((words, key));
        }
        for phrases in out.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.0.len()));
        }
        Self(out)
    }

    /// The longest phrase at token `i`: where it ends, and its key.
    pub(super) fn at(&self, line: &Line<'_>, i: usize) -> Option<(usize, &'static str)> {
        let fits = |p: &&Phrase| p.0.iter().enumerate().all(|(k, w)| line.is(i + k, w));
        self.0.get(line.word(i))?.iter().find(fits).map(|p| (i + p.0.len(), p.1))
    }
}
