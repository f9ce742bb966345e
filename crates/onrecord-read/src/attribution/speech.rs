//! Direct speech made whole: contents snapped to their quotation marks, speech over several passages, quotations
//! and block quotations without a cue. Must not know who anybody is.

use super::{Draft, Page};
use crate::quotations::Quotation;
use crate::{lexicon, segment};
use onrecord_text::{Role, Span};

/// A quotation of fewer words may be a scare quote, a title or a term.
const SPEECH_WORDS: usize = 5;

/// Completes the drafts' contents and adds the speech that no cue introduces.
pub(crate) fn complete(page: Page<'_>, drafts: &mut Vec<Draft>) {
    for d in drafts.iter_mut() {
        for c in &mut d.content {
            *c = snapped(page, *c);
        }
    }
    let claimed: Vec<Span> = drafts.iter().flat_map(|d| d.content.iter().copied()).collect();
    for d in drafts.iter_mut() {
        reopened(page, d, &claimed);
        tidy(&mut d.content);
    }
    to_the_nearest(page, drafts);
    cueless(page, drafts);
}

/// A content outside the sentence of its cue that a nearer cue claims, too, is the nearer one's.
fn to_the_nearest(page: Page<'_>, drafts: &mut [Draft]) {
    let gap = |a: Span, b: Span| a.start.max(b.start).saturating_sub(a.end.min(b.end));
    let claims: Vec<(Span, Vec<Span>)> =
        drafts.iter().filter_map(|d| Some((d.cue?, d.content.clone()))).collect();
    for d in drafts {
        let Some(cue) = d.cue else { continue };
        let home = page.sentence_of(cue);
        let far = |c: &Span| {
            !c.overlaps(home)
                && claims.iter().any(|(other, contents)| {
                    *other != cue && gap(*other, *c) < gap(cue, *c) && contents.iter().any(|o| o.overlaps(*c))
                })
        };
        if d.content.iter().any(|c| !far(c)) {
            d.content.retain(|c| !far(c));
        }
    }
}

/// Takes in a quotation mark that stands just outside a content whose other mark, or whose whole rest, is in it.
fn snapped(page: Page<'_>, content: Span) -> Span {
    let mut c = content;
    for q in page.quotations {
        let (first, last) = (first_mark(page.text, q), last_mark(page.text, q));
        let inner =
            Span::new((q.span.start + first) as usize, (q.span.end - if q.open { 0 } else { last }) as usize);
        if q.span.end <= c.start || q.span.start >= c.end || first == 0 {
            continue;
        }
        if q.open && c.start == inner.start {
            c = Span::new(q.span.start as usize, c.end as usize);
            continue;
        }
        let begins = c.start == inner.start || c.start == q.span.start;
        let ends = c.end == inner.end || c.end == q.span.end;
        if begins && ends
            || (c.start <= q.span.start && c.end == inner.end)
            || (c.start == inner.start && c.end >= q.span.end)
        {
            c = Span::new(c.start.min(q.span.start) as usize, c.end.max(q.span.end) as usize);
        }
    }
    c
}

fn first_mark(text: &str, q: &Quotation) -> u32 {
    q.span.of(text).chars().next().filter(|c| !c.is_alphanumeric()).map_or(0, |c| c.len_utf8() as u32)
}

fn last_mark(text: &str, q: &Quotation) -> u32 {
    q.span.of(text).chars().next_back().map_or(0, |c| c.len_utf8() as u32)
}

/// Speech that goes on in the next passage with a reopened mark belongs to the same attribution, up to what a cue
/// of its own claims.
fn reopened(page: Page<'_>, d: &mut Draft, claimed: &[Span]) {
    let Some(last) = d.content.last().copied() else { return };
    let Some(mut i) = page
        .quotations
        .iter()
        .position(|q| q.open && !q.nested && q.span.overlaps(last) && q.span.end <= last.end + 1)
    else {
        return;
    };
    while page.quotations[i].open {
        let passage = page.quotations[i].passage;
        let Some(next) = page.quotations.iter().position(|q| q.reopens && q.passage == passage + 1) else {
            break;
        };
        let span = page.quotations[next].span;
        if claimed.iter().any(|c| c.overlaps(span)) && !d.content.iter().any(|c| c.overlaps(span)) {
            break;
        }
        d.content.push(span);
        i = next;
    }
}

fn tidy(content: &mut Vec<Span>) {
    content.sort();
    let mut out: Vec<Span> = Vec::new();
    for c in content.drain(..) {
        match out.last_mut() {
            Some(l) if c.start <= l.end => *l = Span::new(l.start as usize, l.end.max(c.end) as usize),
            _ => out.push(c),
        }
    }
    *content = out;
}

/// Quotations that are speech and stand in nobody's content: they go on what was said just before, follow a name
/// and a colon, or stand over a line with the name.
fn cueless(page: Page<'_>, drafts: &mut Vec<Draft>) {
    let claimed: Vec<Span> = drafts.iter().flat_map(|d| d.content.iter().copied()).collect();
    for q in page.quotations.iter().filter(|q| !q.nested && !q.reopens) {
        let words = segment::words(page.text, q.span).len();
        let block = page.passages.get(q.passage).is_some_and(|p| p.role == Role::BlockQuotation);
        let taken = drafts
            .iter()
            .any(|d| d.content.iter().chain(&d.cue).chain(&d.source).any(|s| s.overlaps(q.span)));
        if taken || (words < SPEECH_WORDS && !block) {
            continue;
        }
        let Some(passage) = page.passages.get(q.passage) else { continue };
        if !matches!(passage.role, Role::Paragraph | Role::BlockQuotation | Role::ListItem) {
            continue;
        }
        let before = Span::new(passage.span.start as usize, q.span.start as usize).of(page.text).trim_end();
        let starts_sentence = before.is_empty() || before.ends_with(['.', '!', '?', '”', '"', ':']);
        let ends_sentence = q
            .span
            .of(page.text)
            .trim_end_matches(['”', '"', '»', '’', '\''])
            .ends_with(['.', '!', '?', '…', ','])
            || q.open;
        if !(block || starts_sentence && ends_sentence) {
            continue;
        }
        let (named, cue) = match named_by_colon(page, q) {
            Some((name, cue)) => (Some(name), cue),
            None => (named_below(page, q), None),
        };
        let carried = if named.is_some() { None } else { speaker_before(page, drafts, q) };
        if named.is_none() && carried.is_none() {
            continue;
        }
        let rule = if named.is_some() { "rule:name-and-quotation" } else { "rule:speech-goes-on" };
        let mut d = Draft { source: named, carried, cue, ..Draft::by_rule(rule, vec![q.span]) };
        reopened(page, &mut d, &claimed);
        drafts.push(d);
    }
}

/// `Name: “…”`, `Name said: “…”`, also where the quotation stands under that line: the name and the verb.
fn named_by_colon(page: Page<'_>, q: &Quotation) -> Option<(Span, Option<Span>)> {
    let passage = page.passages.get(q.passage)?;
    let line = if passage.span.start == q.span.start {
        page.passages.get(q.passage.checked_sub(1)?)?.span
    } else {
        Span::new(passage.span.start as usize, q.span.start as usize)
    };
    let line = page
        .sentences
        .iter()
        .rev()
        .find(|s| s.overlaps(line))
        .map_or(line, |s| Span::new(s.start.max(line.start) as usize, s.end.min(line.end) as usize));
    let words = line.of(page.text).trim_end().strip_suffix(':')?;
    let name = Span::new(line.start as usize, line.start as usize + words.len()).trimmed(page.text);
    let words = segment::words(page.text, name);
    let (&verb, before) = words.split_last()?;
    if lexicon::reporting().get(&verb.of(page.text).to_lowercase(), 0) == Some("verb") {
        let name = Span::new(name.start as usize, before.last()?.end as usize);
        return name_like(page, name).then_some((name, Some(verb)));
    }
    name_like(page, name).then_some((name, None))
}

/// A line `— Name` under the quotation.
fn named_below(page: Page<'_>, q: &Quotation) -> Option<Span> {
    let passage = page.passages.get(q.passage)?;
    let rest = Span::new(q.span.end as usize, passage.span.end as usize).trimmed(page.text);
    let line = if rest.is_empty() { page.passages.get(q.passage + 1)?.span } else { rest };
    let words = line.of(page.text);
    let name = words.trim_start_matches(['—', '–', '-', '―']).trim_start();
    if name.len() == words.len() {
        return None;
    }
    let name = Span::new(line.end as usize - name.len(), line.end as usize);
    name_like(page, name).then_some(name)
}

fn name_like(page: Page<'_>, name: Span) -> bool {
    let words = segment::words(page.text, name);
    (1..=8).contains(&words.len())
        && words.first().is_some_and(|w| w.of(page.text).starts_with(char::is_uppercase))
}

/// Who spoke last, in this passage or, where the quotation begins it, in the one before.
fn speaker_before(page: Page<'_>, drafts: &[Draft], q: &Quotation) -> Option<usize> {
    let begins = page.passages.get(q.passage)?.span.start == q.span.start;
    drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.source.is_some() && !d.needs_holder && d.start() < q.span.start)
        .filter(|(_, d)| {
            let p = d.cue.and_then(|c| page.passage_of(c));
            p == Some(q.passage) || (begins && p.is_some_and(|p| p + 1 == q.passage))
        })
        .max_by_key(|(_, d)| d.cue)
        .map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, found};

    #[test]
    fn speech_is_made_whole() {
        let cases = [
            // marks taken in; speech over three passages
            (
                "“One is enough,” said Ada. “Two is more.\n“Three is many.\n“Four,” then. Later.",
                vec![("Ada", "said", vec!["One is enough,", "“Two is more."])],
                vec!["Ada | said | “One is enough,” / “Two is more. / “Three is many. / “Four,”"],
            ),
            // the next passage's words may have a cue of their own
            (
                "“One is enough,” said Ada. “Two is more.\n“Three is many,” she added.",
                vec![
                    ("Ada", "said", vec!["One is enough,", "“Two is more."]),
                    ("she", "added", vec!["“Three is many,”"]),
                ],
                vec!["Ada | said | “One is enough,” / “Two is more.", "she | added | “Three is many,”"],
            ),
            // a mark that is never closed
            (
                "“It rains, said Ada. She left.",
                vec![("Ada", "said", vec!["It rains"])],
                vec!["Ada | said | “It rains"],
            ),
            // what two cues claim is the nearer one's
            (
                "“One is enough,” said Ada. “Two is more,” Bob said.",
                vec![
                    ("Ada", "said", vec!["“One is enough,”", "“Two is more,”"]),
                    ("Bob", "said.", vec!["“Two is more,”"]),
                ],
                vec!["Ada | said | “One is enough,”", "Bob | said. | “Two is more,”"],
            ),
            // a quotation that nobody introduces goes on the last speaker's words; a scare quote is nobody's
            (
                "The mayor said no.\n“We never did that in all these years.”\nIt was a “so-called” plan.",
                vec![("The mayor", "said", vec!["no"])],
                vec!["The mayor | said | no", "^The mayor | - | “We never did that in all these years.”"],
            ),
            (
                "The mayor said:\n“We never did that in all these years.”",
                vec![],
                vec!["The mayor | said | “We never did that in all these years.”"],
            ),
            (
                "Ada Byrne: “We never did that in all these years.”\n“It was the best of all our times.”\n— Bob Stone",
                vec![],
                vec![
                    "Ada Byrne | - | “We never did that in all these years.”",
                    "Bob Stone | - | “It was the best of all our times.”",
                ],
            ),
        ];
        for (text, f, want) in cases {
            let f = f.iter().map(|(s, c, k)| found(text, s, c, k)).collect();
            assert_eq!(drawn(text, f), want, "{text}");
        }
    }
}
