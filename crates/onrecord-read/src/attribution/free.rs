//! Free speech: a speaker goes on in the first person with neither cue nor quotation marks. Must not know who the
//! speaker is.

use super::{Draft, Page};
use crate::entities::{kind, phrase};
use crate::segment;
use onrecord_text::{Role, SourceKind, Span};

const FIRST_SINGULAR: &[&str] = &["i", "i'm", "i've", "i'd", "i'll", "me", "my", "myself", "mine"];
const FIRST_PLURAL: &[&str] = &["we", "we're", "we've", "we'd", "we'll", "us", "our", "ours", "ourselves"];
const OTHERS: &[&str] = &["you", "you're", "your"];

fn is(words: &[&str], word: &str) -> bool {
    words.contains(&word.to_lowercase().replace('’', "'").as_str())
}

/// A source in the first or second person: the speaker speaks of himself, or to somebody.
pub(crate) fn own(page: Page<'_>, d: &Draft) -> bool {
    d.source.is_some_and(|s| {
        let w = s.of(page.text);
        is(FIRST_SINGULAR, w) || is(FIRST_PLURAL, w) || is(OTHERS, w)
    })
}

/// Those who write and take pictures for an outlet.
const STAFF: &[&str] =
    &["correspondent", "reporter", "photographer", "newsroom", "journalist", "columnist", "newspaper"];

/// Is the source the writer or the outlet itself: "I", "we", "our correspondent" in nobody else's words?
pub(crate) fn of_the_writer(page: Page<'_>, d: &Draft) -> bool {
    let Some(source) = d.source.filter(|_| d.within.is_none()) else { return false };
    let words = source.of(page.text);
    let mut parts = words.split_whitespace();
    let staff =
        parts.next().is_some_and(|w| w.eq_ignore_ascii_case("our")) && parts.any(|w| STAFF.contains(&w));
    (staff || is(FIRST_SINGULAR, words) || is(FIRST_PLURAL, words))
        && !page.quotations.iter().any(|q| q.span.contains(source))
}

/// Does the writer say how something looks ("it seems that …"), with nobody else to say so?
pub(crate) fn seems(page: Page<'_>, d: &Draft) -> bool {
    const SEEMS: &[&str] = &["seem", "seems", "seemed", "appear", "appears", "appeared"];
    let by_the_writer = d.source.is_none() && d.carried.is_none();
    let last = d.cue.filter(|_| by_the_writer).and_then(|c| segment::words(page.text, c).first().copied());
    last.is_some_and(|w| is(SEEMS, w.of(page.text)))
}

/// Does the passage speak in the first person singular, with no quotation mark in it?
fn first_person(page: Page<'_>, passage: Span) -> bool {
    !passage.of(page.text).contains(['"', '“', '”', '„', '«', '»'])
        && segment::words(page.text, passage).iter().any(|w| is(FIRST_SINGULAR, w.of(page.text)))
}

/// May the draft's source say "I": is it no body, group, medium or document?
fn single(page: Page<'_>, drafts: &[Draft], i: usize) -> bool {
    let source = drafts[i].source.or_else(|| drafts[drafts[i].carried?].source);
    source.is_some_and(|s| {
        let kind = kind::of_phrase(page.text, &phrase::read(page.text, s));
        matches!(kind, None | Some(SourceKind::Person | SourceKind::Office | SourceKind::Anonymous))
    })
}

/// Adds free speech, each sentence for itself: a paragraph in the first person, after a passage in which somebody is reported, that nobody
/// else's attribution stands in. Where the writer says "I" (before anybody is reported, or in a passage that also
/// reports somebody else), no first person is taken for a source's.
pub(crate) fn add(page: Page<'_>, drafts: &mut Vec<Draft>) {
    let passage_of = |d: &Draft| d.cue.or(d.content.first().copied()).and_then(|s| page.passage_of(s));
    let reporters: Vec<(usize, usize)> = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| !own(page, d) && !d.needs_holder && (d.source.is_some() || d.carried.is_some()))
        .filter(|(_, d)| {
            !drafts.iter().any(|o| d.cue.is_some_and(|c| o.content.iter().any(|s| s.contains(c))))
        })
        .filter_map(|(i, d)| Some((passage_of(d)?, i)))
        .collect();
    let firsts: Vec<usize> = (0..page.passages.len())
        .filter(|&i| page.passages[i].role == Role::Paragraph && first_person(page, page.passages[i].span))
        .collect();
    let writer = |i: usize| {
        let reports = reporters.iter().any(|&(p, _)| p == i);
        let before_all = reporters.iter().all(|&(p, _)| p >= i);
        reports || before_all
    };
    if firsts.iter().any(|&i| writer(i)) {
        return;
    }
    for i in firsts {
        // the speaker: the last single one reported, not far back; free passages in a row go on
        let Some(&(from, speaker)) = reporters
            .iter()
            .filter(|&&(p, d)| p < i && single(page, drafts, d))
            .max_by_key(|&&(p, d)| (p, drafts[d].cue))
        else {
            continue;
        };
        let between: Vec<usize> = (from + 1..i)
            .filter(|&j| {
                page.passages[j].role == Role::Paragraph && !first_person(page, page.passages[j].span)
            })
            .collect();
        let silent = between.iter().filter(|&&j| !reporters.iter().any(|&(p, _)| p == j)).count();
        if silent > 1 || between.len() > 3 {
            continue;
        }
        let speaker = drafts[speaker].carried.unwrap_or(speaker);
        let passage = page.passages[i].span;
        drafts.extend(page.sentences.iter().filter(|s| passage.contains(**s)).map(|&sentence| Draft {
            carried: Some(speaker),
            free: true,
            ..Draft::by_rule("rule:first-person-goes-on", vec![sentence])
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, found};

    #[test]
    fn the_first_person_goes_on() {
        let cases = [
            (
                "The mayor said no.\nI told them before. We shall see.\nIt rained.",
                vec![("The mayor", "said", "no"), ("I", "told them", "before")],
                vec![
                    "The mayor | said | no",
                    "^The mayor | - | I told them before.",
                    "^The mayor | - | We shall see.",
                ],
            ),
            // no body says "I"
            (
                "The mayor said no.\nThe owners denied it.\nI told them before.",
                vec![("The mayor", "said", "no"), ("The owners", "denied", "it")],
                vec![
                    "The mayor | said | no",
                    "The owners | denied | it",
                    "^The mayor | - | I told them before.",
                ],
            ),
            // a columnist's own "I"
            (
                "I love rain.\nThe mayor said no.\nI told them before.",
                vec![("The mayor", "said", "no")],
                vec!["The mayor | said | no"],
            ),
            (
                "The mayor told me no.\nI left.",
                vec![("The mayor", "told", "no")],
                vec!["The mayor | told | no"],
            ),
        ];
        for (text, f, want) in cases {
            let f = f.iter().map(|(s, c, k)| found(text, s, c, &[k])).collect();
            assert_eq!(drawn(text, f), want, "{text}");
        }
    }
}
