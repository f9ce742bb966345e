//! What lies within what: the attribution chain, from the text's own brackets. Must not know who anybody is.

use super::{Clear, Draft, Page, free};
use crate::{lexicon, segment};
use onrecord_text::Span;

fn length(d: &Draft) -> usize {
    d.content.iter().map(|c| c.len()).sum()
}

fn overlap(a: &Draft, b: &Draft) -> usize {
    let common = |x: Span, y: Span| (x.end.min(y.end) as usize).saturating_sub(x.start.max(y.start) as usize);
    a.content.iter().flat_map(|x| b.content.iter().map(move |y| common(*x, *y))).sum()
}

/// Does a content of `outer` hold `inner`'s cue (its content, where it has none)?
fn holds(outer: &Draft, inner: &Draft) -> bool {
    // two cues of one source are no chain ("she said and later repeated that …")
    if inner.source.is_some() && inner.source == outer.source {
        return false;
    }
    let key = inner.cue.or_else(|| inner.content.first().copied());
    key.is_some_and(|k| outer.content.iter().any(|c| c.contains(k)))
}

/// Bytes between a cue and the nearest of its contents.
fn distance(d: &Draft) -> u32 {
    let Some(cue) = d.cue else { return 0 };
    d.content
        .iter()
        .map(|c| if c.start >= cue.end { c.start - cue.end } else { cue.start.saturating_sub(c.end) })
        .min()
        .unwrap_or(0)
}

/// Two cues with different sources in one sentence that share one content ("As A notes, according to B, …"): the
/// one further from the content is the outer.
fn shares(page: Page<'_>, outer: &Draft, inner: &Draft) -> bool {
    let (Some(a), Some(b)) = (outer.cue, inner.cue) else { return false };
    let common = overlap(outer, inner);
    outer.source.is_some()
        && inner.source.is_some()
        && outer.source != inner.source
        && page.sentence_of(a) == page.sentence_of(b)
        && common * 5 >= length(outer).max(length(inner)) * 4
        && (distance(outer), a) > (distance(inner), b)
}

/// Where a content holds another cue of the same source with a content of its own, the two cues share that content.
fn one_source_two_cues(drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (before, after) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), after.first()) else { continue };
        let (Some(cue), [content], [shared]) = (b.cue, &mut a.content[..], &b.content[..]) else { continue };
        if a.source.is_some() && a.source == b.source && content.contains(cue) && content.contains(*shared) {
            *content = *shared;
        }
    }
}

/// Is a nested one sure enough to stand? See [`Clear`].
fn is_clear(page: Page<'_>, d: &Draft, clear: Clear) -> bool {
    let least = if d.needs_holder { clear.nested } else { clear.outermost };
    d.why.score >= least
        || d.cue.is_some_and(|c| {
            segment::words(page.text, c)
                .iter()
                .any(|w| lexicon::reporting().has(&w.of(page.text).to_lowercase()))
        })
}

/// Sets `within`, the smallest holder of each; drops what the network took for nested and nothing holds, and what
/// has the speaker himself for its source.
pub(crate) fn set_within(page: Page<'_>, drafts: &mut Vec<Draft>, clear: Clear) {
    one_source_two_cues(drafts);
    let holder = |i: usize, drafts: &[Draft]| -> Option<usize> {
        let d = &drafts[i];
        let by_holding = (0..drafts.len())
            .filter(|&j| j != i && holds(&drafts[j], d) && !holds(d, &drafts[j]))
            .min_by_key(|&j| (length(&drafts[j]), j));
        by_holding.or_else(|| (0..drafts.len()).find(|&j| j != i && shares(page, &drafts[j], d)))
    };
    let within: Vec<Option<usize>> = (0..drafts.len()).map(|i| holder(i, drafts)).collect();
    for (d, w) in drafts.iter_mut().zip(within) {
        d.within = w;
    }
    // a ring cannot be a chain: cut it where it closes
    for i in 0..drafts.len() {
        let (mut at, mut steps) = (i, 0);
        while let Some(next) = drafts[at].within {
            steps += 1;
            if next == i || steps > drafts.len() {
                drafts[at].within = None;
                break;
            }
            at = next;
        }
    }
    // what the speaker says of himself, or to his hearer, makes no new link
    let keep: Vec<bool> = drafts
        .iter()
        .map(|d| match d.within {
            Some(_) => !free::own(page, d) && is_clear(page, d, clear),
            None => !d.needs_holder,
        })
        .collect();
    let place: Vec<usize> = keep
        .iter()
        .scan(0, |n, &k| {
            let at = *n;
            *n += usize::from(k);
            Some(at)
        })
        .collect();
    // the nearest holder that stays
    let holders: Vec<Option<usize>> = drafts.iter().map(|d| d.within).collect();
    let follow = |mut ix: Option<usize>| {
        while let Some(i) = ix.filter(|&i| !keep[i]) {
            ix = holders[i];
        }
        ix.map(|i| place[i])
    };
    for d in drafts.iter_mut() {
        d.within = follow(d.within);
        d.carried = d.carried.filter(|&i| keep[i]).map(|i| place[i]);
    }
    let mut k = keep.iter();
    drafts.retain(|_| k.next().copied().unwrap_or(true));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, found, on_page};
    use crate::attribution::{Clear, assemble};

    #[test]
    fn attitudes_must_be_clearer_than_reports() {
        let text = "Ada said Bob wants rain, and Cy told them no.";
        let one = |source, cue, content, nested, score| crate::encoder::Found {
            nested,
            score,
            ..found(text, source, cue, &[content])
        };
        let f = |score| {
            vec![
                one("Ada", "said", "Bob wants rain, and Cy told them no", false, 1.0),
                one("Bob", "wants", "rain", true, score),
                one("Cy", "told", "no", true, 0.5),
            ]
        };
        let clear = Clear { nested: 0.9, outermost: 0.8 };
        let count = |score| on_page(text, |p| assemble(p, &f(score), clear).len());
        assert_eq!((count(0.89), count(0.9)), (2, 3));
    }

    #[test]
    fn chains() {
        let cases = [
            (
                "The president specified that Putin wants to involve specialists.",
                vec![
                    ("Putin", "wants", "to involve specialists", true),
                    ("The president", "specified", "that Putin wants to involve specialists", false),
                ],
                vec![
                    "The president | specified | that Putin wants to involve specialists",
                    "Putin | wants | to involve specialists < specified",
                ],
            ),
            (
                "As the paper notes, according to an official, troops may go.",
                vec![
                    ("the paper", "notes", "troops may go", false),
                    ("an official", "according to", "troops may go", false),
                ],
                vec![
                    "the paper | notes | troops may go",
                    "an official | according to | troops may go < notes",
                ],
            ),
            // nothing holds what the network took for nested
            (
                "He said no. She hopes for rain.",
                vec![("He", "said", "no", false), ("She", "hopes", "for rain", true)],
                vec!["He | said | no"],
            ),
            // the speaker's own "I" is no new link; what lies within it is the speaker's
            (
                "“I know that Bob says it rains,” she said.",
                vec![
                    ("she", "said", "“I know that Bob says it rains,”", false),
                    ("I", "know", "that Bob says it rains", false),
                    ("Bob", "says", "it rains", true),
                ],
                vec!["she | said | “I know that Bob says it rains,”", "Bob | says | it rains < said"],
            ),
            (
                "She said and later repeated that it rains.",
                vec![
                    ("She", "said", "later repeated that it rains", false),
                    ("She", "repeated", "that it rains", false),
                ],
                vec!["She | said | that it rains", "She | repeated | that it rains"],
            ),
            // one source with two cues is no chain
            (
                "He said and wrote that it rains.",
                vec![("He", "said", "that it rains", false), ("He", "wrote", "that it rains", false)],
                vec!["He | said | that it rains", "He | wrote | that it rains"],
            ),
        ];
        for (text, f, want) in cases {
            let f = f
                .iter()
                .map(|(s, c, k, n)| crate::encoder::Found { nested: *n, ..found(text, s, c, &[k]) })
                .collect();
            assert_eq!(drawn(text, f), want, "{text}");
        }
    }
}
