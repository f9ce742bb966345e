//! WordPiece with offsets: the base model's uncased tokeniser. Must not know of windows or the network.
//!
//! The algorithm is BERT's (Devlin et al., 2019): clean, lower-case, strip accents (NFD without Mn), split at
//! white space and punctuation, then greedy longest match from the left. Offsets are bytes of the text given.

use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory as C, UnicodeGeneralCategory};

/// One word-piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its row in the vocabulary.
    pub id: u32,
    /// The bytes it stands for.
    pub at: Range<usize>,
    /// It goes on a word that an earlier piece began.
    pub continues: bool,
}

/// The vocabulary, and the words that it splits into.
pub(crate) struct WordPiece {
    begins: HashMap<Box<str>, u32>,
    continues: HashMap<Box<str>, u32>,
    unknown: u32,
    longest: usize,
}

/// Longer words are one unknown piece, as in the base model.
const MOST_CHARS: usize = 100;

fn is_control(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r')
        && matches!(
            c.general_category(),
            C::Control | C::Format | C::Surrogate | C::PrivateUse | C::Unassigned
        )
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(
        c.general_category(),
        C::ConnectorPunctuation
            | C::DashPunctuation
            | C::OpenPunctuation
            | C::ClosePunctuation
            | C::InitialPunctuation
            | C::FinalPunctuation
            | C::OtherPunctuation
    )
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B820..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// A word under way: its normalised characters and the byte range that each came from.
#[derive(Default)]
struct Word {
    text: String,
    /// (byte offset in `text`, first byte, last byte) of each character
    from: Vec<(usize, usize, usize)>,
}

impl WordPiece {
    /// A tokeniser over a vocabulary of one piece a line, the line's number being its id.
    pub(crate) fn new(vocabulary: &str) -> Self {
        let (mut begins, mut continues): (HashMap<Box<str>, u32>, HashMap<Box<str>, u32>) =
            Default::default();
        for (id, piece) in (0u32..).zip(vocabulary.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continues.insert(rest.into(), id),
                _ => begins.insert(piece.into(), id),
            };
        }
        let unknown = begins.get("[UNK]").copied().unwrap_or(0);
        let longest = begins.keys().chain(continues.keys()).map(|k| k.len()).max().unwrap_or(0);
        Self { begins, continues, unknown, longest }
    }

    /// The id of a whole piece, special ones included.
    pub(crate) fn id(&self, piece: &str) -> Option<u32> {
        self.begins.get(piece).copied()
    }

    /// The pieces of `text[range]`, with offsets in `text`.
    pub(crate) fn encode(&self, text: &str, range: Range<usize>) -> Vec<Piece> {
        let part = text.get(range.clone()).unwrap_or("");
        let mut out = Vec::with_capacity(part.len() / 4);
        let mut word = Word::default();
        for (i, c) in part.char_indices() {
            let (a, b) = (range.start + i, range.start + i + c.len_utf8());
            if c.is_ascii_alphanumeric() {
                word.from.push((word.text.len(), a, b));
                word.text.push(c.to_ascii_lowercase());
            } else if c == '\0' || c == '\u{FFFD}' || is_control(c) {
                // cleaned away: the word goes on behind it
            } else if c.is_whitespace() {
                self.flush(&mut word, &mut out);
            } else if is_ideograph(c) {
                self.flush(&mut word, &mut out);
                self.one(c, a, b, &mut word, &mut out);
            } else {
                for d in std::iter::once(c).nfd() {
                    if d.general_category() == C::NonspacingMark {
                        continue;
                    }
                    for l in d.to_lowercase() {
                        if is_punctuation(l) {
                            self.flush(&mut word, &mut out);
                            self.one(l, a, b, &mut word, &mut out);
                        } else {
                            word.from.push((word.text.len(), a, b));
                            word.text.push(l);
                        }
                    }
                }
            }
        }
        self.flush(&mut word, &mut out);
        out
    }

    fn one(&self, c: char, a: usize, b: usize, word: &mut Word, out: &mut Vec<Piece>) {
        word.from.push((0, a, b));
        word.text.push(c);
        self.flush(word, out);
    }

    fn flush(&self, word: &mut Word, out: &mut Vec<Piece>) {
        let n = word.from.len();
        if n == 0 {
            return;
        }
        let first = out.len();
        let byte = |k: usize| if k < n { word.from[k].0 } else { word.text.len() };
        let mut at = 0;
        while at < n && n <= MOST_CHARS {
            let table = if at == 0 { &self.begins } else { &self.continues };
            // no piece is longer than the longest of the vocabulary
            let mut end = n;
            while byte(end) - byte(at) > self.longest && end > at + 1 {
                end -= 1;
            }
            let found =
                (at + 1..=end).rev().find_map(|e| Some((e, *table.get(&word.text[byte(at)..byte(e)])?)));
            let Some((e, id)) = found else { break };
            out.push(Piece { id, at: word.from[at].1..word.from[e - 1].2, continues: at > 0 });
            at = e;
        }
        if at < n {
            out.truncate(first);
            out.push(Piece { id: self.unknown, at: word.from[0].1..word.from[n - 1].2, continues: false });
        }
        word.text.clear();
        word.from.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces<'a>(wp: &WordPiece, text: &'a str) -> Vec<(u32, &'a str)> {
        wp.encode(text, 0..text.len()).into_iter().map(|p| (p.id, &text[p.at])).collect()
    }

    #[test]
    fn splits_and_keeps_offsets() {
        let wp = WordPiece::new("[PAD]\n[UNK]\nzelensky\nun\n##able\n##s\n“\n”\n,\ncafe\n中\n##́");
        assert_eq!(pieces(&wp, "“Zelensky,”"), [(6, "“"), (2, "Zelensky"), (8, ","), (7, "”")]);
        assert_eq!(pieces(&wp, "unables Café\u{0}"), [(3, "un"), (4, "able"), (5, "s"), (9, "Café")]);
        assert_eq!(pieces(&wp, "x 中中"), [(1, "x"), (10, "中"), (10, "中")]);
        assert_eq!(pieces(&wp, " \u{200d}\u{0} "), []);
        assert_eq!(pieces(&wp, &"z".repeat(200)).len(), 1);
        assert_eq!(wp.id("[UNK]"), Some(1));
    }
}
