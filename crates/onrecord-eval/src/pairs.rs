//! Which prediction goes with which gold item, each at most once; and what belongs to a span's core. Must not
//! know what is matched.

use crate::Chars;

/// Takes candidates, best first: those with the smallest key; of equals, the first gold item, then the first
/// prediction. A candidate is (key, prediction, gold).
pub(crate) fn greedy<K: Ord>(mut candidates: Vec<(K, usize, usize)>) -> Vec<(usize, usize)> {
    candidates.sort_by(|a, b| (&a.0, a.2, a.1).cmp(&(&b.0, b.2, b.1)));
    let size = |f: fn(&(K, usize, usize)) -> usize| candidates.iter().map(f).max().map_or(0, |m| m + 1);
    let (mut used_p, mut used_g) = (vec![false; size(|c| c.1)], vec![false; size(|c| c.2)]);
    let mut out = Vec::new();
    for (_, p, g) in candidates {
        if !used_p[p] && !used_g[g] {
            (used_p[p], used_g[g]) = (true, true);
            out.push((p, g));
        }
    }
    out
}

/// How many code points two stretches share.
pub(crate) fn shared(a: Chars, b: Chars) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// A stretch without the article at its start and the genitive mark at its end; empty where it lies outside the
/// text.
pub(crate) fn core(text: &[char], span: Chars) -> Chars {
    let Some(words) = text.get(span.start..span.end) else { return Chars::new(span.start, span.start) };
    let is = |c: &[char], word: &str| c.iter().map(char::to_ascii_lowercase).eq(word.chars());
    let mut span = span;
    if let Some(start) = words.get(..4)
        && is(start, "the ")
    {
        span.start += 4;
    }
    if let Some(at) = words.len().checked_sub(2)
        && (is(&words[at..], "'s") || is(&words[at..], "’s"))
        && span.start + 2 < span.end
    {
        span.end -= 2;
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_once_and_the_best_first() {
        /// Candidates, and what is taken.
        type Case = (&'static [(i32, usize, usize)], &'static [(usize, usize)]);
        let cases: &[Case] = &[
            (&[], &[]),
            (&[(2, 0, 0), (1, 0, 1)], &[(0, 1)]),
            (&[(1, 1, 0), (1, 0, 0), (5, 1, 1)], &[(0, 0), (1, 1)]),
        ];
        for (candidates, want) in cases {
            assert_eq!(greedy(candidates.to_vec()), *want);
        }
    }

    #[test]
    fn cores() {
        for (text, want) in [
            ("the Times", (4, 9)),
            ("The Times's", (4, 9)),
            ("Ann’s", (0, 3)),
            ("Ann", (0, 3)),
            ("'s", (0, 2)),
            ("there", (0, 5)),
        ] {
            let c: Vec<char> = text.chars().collect();
            assert_eq!(core(&c, Chars::new(0, c.len())), Chars::new(want.0, want.1), "{text}");
        }
        assert_eq!(core(&[], Chars::new(3, 9)), Chars::new(3, 3));
    }
}
