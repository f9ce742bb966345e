//! What the source does with the content, and how sure it is, by the words of the cue and the hedges in the
//! content: a first sound method. Must not know who speaks.

use super::{Draft, Page};
use crate::{lexicon, segment};
use onrecord_text::{Certainty, Span, Stance};
use std::sync::OnceLock;

/// Words that turn a cue round.
const NEGATION: &[&str] = &["not", "never", "n't", "cannot", "no"];

/// The stance, by the last word of the cue that the lexicon knows; a negated denial denies nothing.
pub(crate) fn stance(page: Page<'_>, d: &Draft) -> Stance {
    let Some(cue) = d.cue else { return Stance::Asserts };
    let words: Vec<String> =
        segment::words(page.text, cue).iter().map(|w| w.of(page.text).to_lowercase()).collect();
    let negated =
        words.iter().any(|w| NEGATION.contains(&w.as_str()) || w.ends_with("n't") || w.ends_with("n’t"));
    let told = words.iter().rev().find_map(|w| Stance::from_name(lexicon::cues().get(w, 0)?));
    // "refused to rule out", "declined to comment" decline; "refused to go" does, too, for a reader
    match told {
        Some(Stance::Denies | Stance::Doubts) if negated => Stance::Asserts,
        Some(s) => s,
        None if negated
            && words.iter().any(|w| {
                matches!(
                    w.as_str(),
                    "say"
                        | "comment"
                        | "confirm"
                        | "answer"
                        | "respond"
                        | "specify"
                        | "elaborate"
                        | "disclose"
                )
            }) =>
        {
            Stance::Declines
        }
        None => Stance::Asserts,
    }
}

/// How sure the source is, and the words that tell: the weakest of the cue's and the content's.
pub(crate) fn certainty(page: Page<'_>, d: &Draft) -> (Certainty, Option<Span>) {
    let mut best = (Certainty::Certain, None);
    let mut weaken = |c: Certainty, s: Span| {
        if c > best.0 {
            best = (c, Some(s));
        }
    };
    if let Some(cue) = d.cue {
        for w in segment::words(page.text, cue) {
            let word = w.of(page.text).to_lowercase();
            if let Some(c) = lexicon::cues().get(&word, 1).and_then(Certainty::from_name) {
                weaken(c, w);
            }
        }
    }
    for c in &d.content {
        let words = segment::words(page.text, *c);
        for i in 0..words.len() {
            for (kind, hedge) in hedges() {
                if let Some(w) = words.get(i..i + hedge.len()).filter(|w| same(page.text, w, hedge)) {
                    weaken(*kind, Span::new(w[0].start as usize, w[w.len() - 1].end as usize));
                }
            }
        }
    }
    best
}

/// The hedges by their words.
fn hedges() -> &'static [(Certainty, Vec<&'static str>)] {
    static HEDGES: OnceLock<Vec<(Certainty, Vec<&'static str>)>> = OnceLock::new();
    HEDGES.get_or_init(|| {
        [Certainty::Probable, Certainty::Possible, Certainty::Unknown]
            .into_iter()
            .flat_map(|c| lexicon::hedges().keys_with(0, c.name()).into_iter().map(move |k| (c, k)))
            .map(|(c, k)| (c, k.split(' ').collect()))
            .collect()
    })
}

/// Are these the words, in any case? A month ("in May") is no hedge.
fn same(text: &str, words: &[Span], wanted: &[&str]) -> bool {
    words.iter().zip(wanted).all(|(s, x)| {
        let w = s.of(text);
        w.eq_ignore_ascii_case(x) && !(*x == "may" && w == "May")
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, on_page};
    use super::*;
    use crate::attribution::assemble;

    #[test]
    fn stances_and_hedges() {
        for (text, source, cue, content, want, sure, hedge) in [
            (
                "He denied that it rained.",
                "He",
                "denied",
                "that it rained",
                Stance::Denies,
                Certainty::Certain,
                "",
            ),
            (
                "He did not deny that it rained.",
                "He",
                "did not deny",
                "that it rained",
                Stance::Asserts,
                Certainty::Certain,
                "",
            ),
            (
                "He would not say whether it rained.",
                "He",
                "would not say",
                "whether it rained",
                Stance::Declines,
                Certainty::Certain,
                "",
            ),
            (
                "She believes they may come in May.",
                "She",
                "believes",
                "they may come in May",
                Stance::Asserts,
                Certainty::Possible,
                "may",
            ),
            (
                "She said they come in May.",
                "She",
                "said",
                "they come in May",
                Stance::Asserts,
                Certainty::Certain,
                "",
            ),
            (
                "She said they are probably there.",
                "She",
                "said",
                "they are probably there",
                Stance::Asserts,
                Certainty::Probable,
                "probably",
            ),
        ] {
            let f = vec![found(text, source, cue, &[content])];
            let got = on_page(text, |p| {
                let d = assemble(p, &f, crate::attribution::Clear::default());
                (stance(p, &d[0]), certainty(p, &d[0]))
            });
            assert_eq!((got.0, got.1.0, got.1.1.map_or("", |h| h.of(text))), (want, sure, hedge), "{text}");
        }
    }
}
