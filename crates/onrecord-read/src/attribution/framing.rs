//! Words that put a whole sentence on somebody's word: "As X notes, …", "In the view of X, …", "In X's view, …",
//! "Reportedly, …". Adds what the network, whose training set marks few of them, leaves out. Must not know who X is.

use super::{Draft, Page};
use crate::{lexicon, segment};
use onrecord_text::Span;

/// More words before the comma are hardly a bare frame.
const FRAME_WORDS: usize = 12;

/// A frame and what it frames.
struct Frame {
    source: Option<Span>,
    cue: Span,
    content: Vec<Span>,
    /// Its own words, source and cue.
    head: Span,
    /// Where no other cue may stand, if it is to be added.
    alone: Option<Span>,
}

/// Adds the frames in which the network found nothing.
pub(crate) fn add(page: Page<'_>, drafts: &mut Vec<Draft>) {
    for &sentence in page.sentences {
        let frame = parenthesis(page.text, sentence)
            .or_else(|| in_the_view_of(page.text, sentence))
            .or_else(|| adverb(page.text, sentence));
        let Some(f) = frame else { continue };
        let cue_in = |d: &Draft, s: Span| d.cue.is_some_and(|c| c.overlaps(s));
        let taken = f.alone.is_some_and(|alone| drafts.iter().any(|d| cue_in(d, alone)));
        // an adverb within somebody's content is that one's hedge
        let held = f.source.is_none() && drafts.iter().any(|d| d.content.iter().any(|c| c.overlaps(f.cue)));
        if taken || held {
            continue;
        }
        // the frame's words are its own
        drafts.retain(|d| !cue_in(d, f.head));
        for d in drafts.iter_mut() {
            let rest: Vec<Span> = d.content.iter().filter_map(|c| behind(page.text, *c, f.head)).collect();
            if !rest.is_empty() {
                d.content = rest;
            }
        }
        drafts.push(Draft { source: f.source, cue: Some(f.cue), ..Draft::by_rule("rule:frame", f.content) });
    }
}

/// What of a content stands outside a frame's words.
fn behind(text: &str, content: Span, head: Span) -> Option<Span> {
    if !content.overlaps(head) {
        return Some(content);
    }
    let rest = Span::new(content.end.min(head.end) as usize, content.end as usize);
    let skipped = rest.of(text).len() - rest.of(text).trim_start_matches([',', ' ']).len();
    let rest = Span::new(rest.start as usize + skipped, rest.end as usize);
    (!rest.is_empty()).then_some(rest)
}

/// The words before a sentence's first comma, and what stands behind it.
fn headed(text: &str, sentence: Span) -> Option<(Vec<Span>, Span)> {
    let comma = sentence.start as usize + sentence.of(text).find(',')?;
    let head = segment::words(text, Span::new(sentence.start as usize, comma));
    let content = without_stop(text, Span::new(comma + 1, sentence.end as usize));
    (head.len() <= FRAME_WORDS && !content.is_empty()).then_some((head, content))
}

fn without_stop(text: &str, span: Span) -> Span {
    let span = span.trimmed(text);
    let words = span.of(text).trim_end_matches('.').len();
    Span::new(span.start as usize, span.start as usize + words).trimmed(text)
}

fn lower(text: &str, word: Span) -> String {
    word.of(text).to_lowercase()
}

/// From the first word's beginning to the last one's end.
fn over(words: &[Span]) -> Option<Span> {
    Some(Span::new(words.first()?.start as usize, words.last()?.end as usize))
}

/// `As SOURCE VERB, CONTENT`.
fn parenthesis(text: &str, sentence: Span) -> Option<Frame> {
    let (head, content) = headed(text, sentence)?;
    let (&verb, rest) = head.split_last()?;
    let (&first, source) = rest.split_first()?;
    let reports =
        lower(text, first) == "as" && lexicon::reporting().get(&lower(text, verb), 0) == Some("verb");
    let source = over(source).filter(|_| reports)?;
    let head = over(&head)?;
    Some(Frame { source: Some(source), cue: verb, content: vec![content], head, alone: Some(head) })
}

/// `In the view of SOURCE, CONTENT` and `In SOURCE’s view, CONTENT`.
fn in_the_view_of(text: &str, sentence: Span) -> Option<Frame> {
    let (head, content) = headed(text, sentence)?;
    let noun = head.iter().position(|&w| lexicon::framing_nouns().has(&lower(text, w)))?;
    if lower(text, head[0]) != "in" {
        return None;
    }
    let whole = over(&head)?;
    let of = head.get(noun + 1).is_some_and(|&w| lower(text, w) == "of");
    if of && noun > 1 && lower(text, head[1]) == "the" && head.len() > noun + 2 {
        let (cue, source) = head.split_at(noun + 2);
        return Some(Frame {
            source: over(source),
            cue: over(cue)?,
            content: vec![content],
            head: whole,
            alone: None,
        });
    }
    let owner = over(&head[1..noun])?;
    let words = lower(text, owner).replace('’', "'");
    let possessive = words.ends_with("'s")
        || text[owner.end as usize..].starts_with(['\'', '’'])
        || matches!(words.as_str(), "his" | "her" | "their" | "its");
    (possessive && noun + 1 == head.len()).then(|| Frame {
        source: Some(owner),
        cue: head[noun],
        content: vec![content],
        head: whole,
        alone: None,
    })
}

/// "Reportedly, …" and "…, reportedly, …", where nothing else in the sentence attributes.
fn adverb(text: &str, sentence: Span) -> Option<Frame> {
    let cue = segment::words(text, sentence)
        .into_iter()
        .find(|&w| lexicon::framing_adverbs().has(&lower(text, w)))?;
    let before = Span::new(sentence.start as usize, cue.start as usize);
    let before = Span::new(
        before.start as usize,
        before.start as usize + before.of(text).trim_end_matches([',', ' ']).len(),
    );
    let after = Span::new(cue.end as usize, sentence.end as usize);
    let cut = after.len() - after.of(text).trim_start_matches([',', ' ']).len();
    let after = without_stop(text, Span::new(after.start as usize + cut, after.end as usize));
    let content: Vec<Span> = [before, after].into_iter().filter(|s| !s.is_empty()).collect();
    (!after.is_empty()).then_some(Frame { source: None, cue, content, head: cue, alone: Some(sentence) })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, found};

    #[test]
    fn frames() {
        let cases = [
            (
                "As the paper notes, according to an official, troops may go.",
                vec![("an official", "according to", "troops may go")],
                vec![
                    "the paper | notes | according to an official, troops may go",
                    "an official | according to | troops may go < notes",
                ],
            ),
            // found already; no verb that reports; no source; nothing behind
            ("As he says, it rains.", vec![("he", "says", "it rains")], vec!["he | says | it rains"]),
            ("As the rain falls, they go.", vec![], vec![]),
            ("As noted, they go.", vec![], vec![]),
            ("As he notes,", vec![], vec![]),
            ("In the view of many, it rains.", vec![], vec!["many | In the view of | it rains"]),
            ("In Bob’s view, it rains.", vec![], vec!["Bob’s | view | it rains"]),
            // the network's guess at a frame gives way
            (
                "In the view of many, it rains.",
                vec![("the view of many", "In", "it rains")],
                vec!["many | In the view of | it rains"],
            ),
            (
                "As the paper notes, according to Bob, it rains.",
                vec![("Bob", "according to", "As the paper notes, according to Bob, it rains")],
                vec![
                    "the paper | notes | according to Bob, it rains",
                    "Bob | according to | according to Bob, it rains < notes",
                ],
            ),
            ("In full view, it rains.", vec![], vec![]),
            ("In view of the rain, they go.", vec![], vec![]),
            ("It has, reportedly, rained.", vec![], vec!["- | reportedly | It has / rained"]),
            ("Reportedly, it rained.", vec![], vec!["- | Reportedly | it rained"]),
            (
                "It reportedly rained, he said.",
                vec![("he", "said", "It reportedly rained")],
                vec!["he | said | It reportedly rained"],
            ),
        ];
        for (text, f, want) in cases {
            let f = f.iter().map(|(s, c, k)| found(text, s, c, &[k])).collect();
            assert_eq!(drawn(text, f), want, "{text}");
        }
    }
}
