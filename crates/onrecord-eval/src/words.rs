//! Words of a text and sets of them: the unit that scores are counted in. Must not know what the words are for.

use crate::Chars;

/// The words of one text: runs of letters, digits and underscores (Python's `\w+`), in code points.
pub(crate) struct Words(Vec<Chars>);

/// Indices of words, sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordSet(Vec<u32>);

impl Words {
    /// Cuts a text into words. Rust counts some combining vowel signs of non-Latin scripts as letters that
    /// Python does not: no difference for English news.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut start = None;
        let mut n = 0;
        for c in text.chars() {
            let inside = c.is_alphanumeric() || c == '_';
            match (inside, start) {
                (true, None) => start = Some(n),
                (false, Some(s)) => {
                    words.push(Chars::new(s, n));
                    start = None;
                }
                _ => {}
            }
            n += 1;
        }
        words.extend(start.map(|s| Chars::new(s, n)));
        Self(words)
    }

    /// The words that share a code point with one of `spans`.
    pub(crate) fn under(&self, spans: &[Chars]) -> WordSet {
        let mut set = Vec::new();
        for s in spans {
            let first = self.0.partition_point(|w| w.end <= s.start);
            let last = self.0.partition_point(|w| w.start < s.end);
            set.extend(first as u32..last as u32);
        }
        set.sort_unstable();
        set.dedup();
        WordSet(set)
    }

    /// The words that lie wholly in one of `spans`.
    pub(crate) fn inside(&self, spans: &[Chars]) -> WordSet {
        let mut set = Vec::new();
        for s in spans {
            let first = self.0.partition_point(|w| w.start < s.start);
            let last = self.0.partition_point(|w| w.end <= s.end);
            set.extend(first as u32..last as u32);
        }
        set.sort_unstable();
        set.dedup();
        WordSet(set)
    }
}

impl WordSet {
    /// How many words.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// No word at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many words both have.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b, mut n) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    n += 1;
                    a.next();
                    b.next();
                }
            }
        }
        n
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs() {
        /// Text, span, words under it, words wholly inside.
        type Case = (&'static str, (usize, usize), &'static [u32], &'static [u32]);
        let cases: &[Case] = &[
            ("It isn’t so.", (0, 12), &[0, 1, 2, 3], &[0, 1, 2, 3]), // It isn t so
            ("It isn’t so.", (4, 9), &[1, 2], &[2]),
            ("a_b 10% Zażółć", (8, 9), &[2], &[]),
            ("a_b 10% Zażółć", (6, 8), &[], &[]),
            ("man\u{303}ana", (0, 7), &[0, 1], &[0, 1]), // a combining mark is no word character
            ("one two", (5, 5), &[1], &[]),              // an empty span within a word, as the script has it
            ("one two", (3, 3), &[], &[]),
            ("", (0, 9), &[], &[]),
        ];
        for (text, (b, e), under, inside) in cases {
            let w = Words::of(text);
            assert_eq!(w.under(&[Chars::new(*b, *e)]).0, *under, "{text} {b}..{e}");
            assert_eq!(w.inside(&[Chars::new(*b, *e)]).0, *inside, "{text} {b}..{e}");
        }
    }

    #[test]
    fn sets_share() {
        let w = Words::of("a b c d e");
        let set =
            |s: &[(usize, usize)]| w.under(&s.iter().map(|&(b, e)| Chars::new(b, e)).collect::<Vec<_>>());
        let (ab, bd) = (set(&[(0, 3)]), set(&[(6, 7), (2, 5), (2, 3)]));
        assert_eq!((ab.len(), bd.len(), ab.shared(&bd), bd.shared(&ab)), (2, 3, 1, 1));
        assert!(set(&[]).is_empty());
    }
}
