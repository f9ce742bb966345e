//! One name is one thing in one document: the kinds of all its occurrences are settled together, and an occurrence that the
//! network overlooked is a name, too. Must not know of sources or parties.

use crate::encoder::{Named, Noun};
use crate::segment;
use onrecord_names::Naming;
use onrecord_text::Span;
use std::collections::HashMap;

/// A name with the kind that all its occurrences together have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    pub span: Span,
    pub kind: Noun,
}

/// A word that the network passed over is no name unless the network took so many of its like for one.
const SHARE: usize = 2;

/// Settles the names of a document, in the order of the text. What the network takes for a name with less than `least`
/// chance, on average over its occurrences, is none.
pub(crate) fn settle(text: &str, sentences: &[Span], names: &[Named], least: f32) -> Vec<Settled> {
    let mut votes: HashMap<&str, ([f32; 3], usize)> = HashMap::new();
    for n in names {
        let v = votes.entry(n.span.of(text)).or_default();
        v.0.iter_mut().zip(n.kinds).for_each(|(sum, k)| *sum += k);
        v.1 += 1;
    }
    // a country's name needs no further proof
    let country = |w: &str| onrecord_names::country(w).is_some_and(|c| c.how != Naming::Adjective);
    votes.retain(|w, (kinds, n)| kinds.iter().sum::<f32>() >= least * *n as f32 || country(w));
    let kind = |words: &str| {
        let mut v = votes.get(words).map_or([0.0; 3], |v| v.0);
        // "Pyongyang" is a place, unless the network is quite sure of a person
        if country(words) && v[0] < 0.9 * v.iter().sum::<f32>() {
            v[0] = 0.0;
        }
        let best = (0..3).max_by(|&a, &b| v[a].total_cmp(&v[b]).then(b.cmp(&a))).unwrap_or(0);
        Noun::ALL[best]
    };
    let sure = names.iter().filter(|n| votes.contains_key(n.span.of(text)));
    let mut out: Vec<Settled> = sure.map(|n| Settled { span: n.span, kind: kind(n.span.of(text)) }).collect();
    let missed = overlooked(text, sentences, names, &votes);
    out.extend(missed.into_iter().map(|span| Settled { span, kind: kind(span.of(text)) }));
    out.sort_by_key(|n| n.span);
    out
}

/// Occurrences of names, in capitals and whole words, that the network did not take for names.
fn overlooked(
    text: &str,
    sentences: &[Span],
    names: &[Named],
    votes: &HashMap<&str, ([f32; 3], usize)>,
) -> Vec<Span> {
    let known =
        |words: &str| votes.get(words).filter(|_| words.len() > 2 && words.starts_with(char::is_uppercase));
    let most = votes.keys().map(|w| w.split(' ').count()).max().unwrap_or(0).min(6);
    let taken = |s: Span| {
        let at = names.partition_point(|n| n.span.end <= s.start);
        names.get(at).is_some_and(|n| n.span.start < s.end)
    };
    let mut found: HashMap<&str, Vec<Span>> = HashMap::new();
    for sentence in sentences {
        let words = segment::words(text, *sentence);
        let mut i = 0;
        while i < words.len() {
            let longest = (1..=most.min(words.len() - i)).rev().find_map(|n| {
                let span = Span::new(words[i].start as usize, words[i + n - 1].end as usize);
                (known(span.of(text)).is_some() && !taken(span)).then_some((n, span))
            });
            match longest {
                Some((n, span)) => {
                    found.entry(span.of(text)).or_default().push(span);
                    i += n;
                }
                None => i += 1,
            }
        }
    }
    found
        .into_iter()
        .filter(|(w, missed)| votes.get(w).is_some_and(|v| v.1 * SHARE >= missed.len()))
        .flat_map(|(_, missed)| missed)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_settle_each_other() {
        let text = "Hano said no. HANO left. Hano is a firm. Ask Hano.";
        let at =
            |i: usize| text.match_indices("Hano").nth(i).map(|(a, _)| Span::new(a, a + 4)).expect("there");
        let names =
            [Named { span: at(0), kinds: [0.6, 0.3, 0.0] }, Named { span: at(1), kinds: [0.1, 0.8, 0.0] }];
        let sentences = [Span::new(0, text.len())];
        let got = settle(text, &sentences, &names, 0.5);
        let all: Vec<(u32, Noun)> = got.iter().map(|n| (n.span.start, n.kind)).collect();
        let org = Noun::Organisation;
        assert_eq!(all, [(at(0).start, org), (at(1).start, org), (at(2).start, org)]);
        assert!(settle("", &[], &[], 0.5).is_empty());
        // neither is sure enough
        assert!(settle(text, &sentences, &names, 0.95).is_empty());
    }
}
