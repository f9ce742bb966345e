//! What the network sees of a document: word-pieces, the case of their words, whether they stand in quotation
//! marks, in windows of whole passages. `train/features.py` does the same; `tests/reference.rs` holds the two
//! together. Must not know what the network makes of it.

use super::wordpiece::{Piece, WordPiece};
use std::ops::Range;

/// Case of a word: 0 neither letter nor digit, 1 lower, 2 Capitalised, 3 UPPER, 4 digits, 5 mIxed.
fn case_class(word: &str) -> u8 {
    let (mut letters, mut digits, mut upper, mut lower, mut chars, mut late_upper) =
        (false, false, false, false, 0, false);
    for (i, c) in word.chars().enumerate() {
        chars += 1;
        letters |= c.is_alphabetic();
        digits |= c.is_numeric();
        lower |= c.is_lowercase();
        if c.is_uppercase() {
            upper = true;
            late_upper |= i > 0;
        }
    }
    match () {
        () if !letters => {
            if digits {
                4
            } else {
                0
            }
        }
        () if !upper => 1,
        () if !lower => {
            if chars == 1 {
                2
            } else {
                3
            }
        }
        () if word.starts_with(char::is_uppercase) && !late_upper => 2,
        () => 5,
    }
}

/// For each piece of one passage: does it begin inside double quotation marks, marks included? A straight mark
/// opens where none is open and white space or a bracket stands before it, or where it begins the passage; else
/// it closes. A mark left open runs to the passage's end.
fn quote_states(passage: &str, base: usize, pieces: &[Piece]) -> Vec<u8> {
    let mut out = Vec::with_capacity(pieces.len());
    let (mut inside, mut before, mut next) = (false, None::<char>, 0);
    for (i, c) in passage.char_indices() {
        let here = match c {
            '“' | '„' | '«' => {
                inside = true;
                true
            }
            '”' | '»' => std::mem::replace(&mut inside, false),
            '"' if inside => {
                inside = false;
                true
            }
            '"' => {
                inside = before.is_none_or(|b| b.is_whitespace() || "([{—–-‘'".contains(b));
                inside
            }
            _ => inside,
        };
        before = Some(c);
        while pieces.get(next).is_some_and(|p| p.at.start <= base + i) {
            out.push(u8::from(here));
            next += 1;
        }
    }
    out.resize(pieces.len(), 0);
    out
}

/// A stretch of the document that the network reads at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Window {
    /// Word-piece ids, the special ones included.
    pub ids: Vec<u32>,
    /// Case class of each piece's word.
    pub case: Vec<u8>,
    /// 1 inside double quotation marks.
    pub quote: Vec<u8>,
    /// The bytes of each piece; an empty range for the special ones.
    pub at: Vec<Range<usize>>,
    /// Whether each piece goes on the word of the one before.
    pub continues: Vec<bool>,
    /// Stretches in which a cue's source and content are looked for: a passage, or a cut of a long one.
    pub blocks: Vec<Range<usize>>,
}

/// Cuts a passage longer than `most` pieces after sentence ends, else after `most`.
fn cut(pieces: &[Piece], text: &str, most: usize) -> Vec<Range<usize>> {
    let (n, mut at, mut out) = (pieces.len(), 0, Vec::new());
    while n - at > most {
        let ends = |k: &usize| {
            let (here, next) = (&pieces[*k].at, &pieces[k + 1].at);
            next.start > here.end
                && text[here.clone()].ends_with(['.', '!', '?', '”', '"'])
                && text[next.clone()].starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"')
        };
        let to = (at + most / 2..at + most).rev().find(ends).map_or(at + most, |k| k + 1);
        out.push(at..to);
        at = to;
    }
    out.push(at..n);
    out
}

/// Windows of whole passages: `[CLS] p1 [SEP] p2 [SEP] …`, at most `most` pieces each.
pub(crate) fn windows(
    wp: &WordPiece,
    text: &str,
    passages: impl Iterator<Item = Range<usize>>,
    most: usize,
) -> Vec<Window> {
    let cls = wp.id("[CLS]").unwrap_or(0);
    let sep = wp.id("[SEP]").unwrap_or(0);
    let mut out: Vec<Window> = Vec::new();
    let mut current = Window::default();
    for range in passages {
        let pieces = wp.encode(text, range.clone());
        let quote = quote_states(&text[range.clone()], range.start, &pieces);
        let mut case = vec![0u8; pieces.len()];
        let mut i = 0;
        while i < pieces.len() {
            let j = (i + 1..pieces.len()).find(|&j| !pieces[j].continues).unwrap_or(pieces.len());
            case[i..j].fill(case_class(&text[pieces[i].at.start..pieces[j - 1].at.end]));
            i = j;
        }
        for part in cut(&pieces, text, most.saturating_sub(2).max(1)) {
            if part.is_empty() {
                continue;
            }
            if !current.ids.is_empty() && current.ids.len() + part.len() + 1 > most {
                out.push(std::mem::take(&mut current));
            }
            let special = |id: u32, w: &mut Window, at: usize| {
                w.ids.push(id);
                w.case.push(0);
                w.quote.push(0);
                w.continues.push(false);
                w.at.push(at..at);
            };
            if current.ids.is_empty() {
                special(cls, &mut current, pieces[part.start].at.start);
            }
            let n = current.ids.len();
            current.blocks.push(n..n + part.len());
            current.ids.extend(pieces[part.clone()].iter().map(|p| p.id));
            current.at.extend(pieces[part.clone()].iter().map(|p| p.at.clone()));
            current.continues.extend(pieces[part.clone()].iter().map(|p| p.continues));
            current.case.extend_from_slice(&case[part.clone()]);
            current.quote.extend_from_slice(&quote[part.clone()]);
            special(sep, &mut current, pieces[part.end - 1].at.end);
        }
    }
    if !current.ids.is_empty() {
        out.push(current);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        for (w, c) in [
            ("the", 1),
            ("The", 2),
            ("NATO", 3),
            ("I", 2),
            ("2022", 4),
            ("McCain", 5),
            ("“", 0),
            ("F16", 3),
            ("éa", 1),
            ("iPhone", 5),
        ] {
            assert_eq!(case_class(w), c, "{w}");
        }
    }

    #[test]
    fn quotation_states() {
        let wp = WordPiece::new("[PAD]\n[UNK]");
        let states = |t: &str| {
            let p = wp.encode(t, 0..t.len());
            quote_states(t, 0, &p).iter().map(|b| char::from(b'0' + b)).collect::<String>()
        };
        assert_eq!(states("a “b c” d"), "011110");
        assert_eq!(states("\"b c,\" d"), "111110");
        assert_eq!(states("a ”b"), "000");
        assert_eq!(states("a (“b"), "0011");
        assert_eq!(states(""), "");
    }

    #[test]
    fn long_passages_are_cut_at_sentences() {
        let wp = WordPiece::new("[PAD]\n[UNK]\n[CLS]\n[SEP]\n.");
        let text = "Aa b c d. Bb c d e. Cc d e f. Dd e";
        let w = windows(&wp, text, std::iter::once(0..text.len()), 12);
        let read: Vec<String> = w
            .iter()
            .flat_map(|w| w.blocks.iter().map(|b| text[w.at[b.start].start..w.at[b.end - 1].end].to_string()))
            .collect();
        assert_eq!(read, ["Aa b c d. Bb c d e.", "Cc d e f. Dd e"]);
        assert!(w.iter().all(|w| w.ids.len() <= 12 && w.ids.len() == w.at.len()));
    }
}
