//! Proper names by their capitals: runs, titles before them, when two are variants of one. Must not know of
//! sources or entities.

use crate::{lexicon, segment};
use onrecord_text::Span;

/// Small words inside a name.
const INSIDE: &[&str] = &[
    "de", "la", "le", "du", "des", "van", "von", "der", "den", "bin", "ibn", "al", "el", "da", "di", "dos",
    "y", "ten", "ter", "ag", "af",
];
/// Small words inside the name of a body.
const INSIDE_BODY: &[&str] = &["of", "for", "and", "the", "on", "in", "de", "&"];

/// Words that have a capital only because a sentence begins with them.
const OPENERS: &[&str] = &[
    "according",
    "additionally",
    "after",
    "also",
    "although",
    "and",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "despite",
    "during",
    "earlier",
    "even",
    "finally",
    "for",
    "from",
    "furthermore",
    "he",
    "his",
    "her",
    "how",
    "however",
    "if",
    "in",
    "instead",
    "it",
    "last",
    "later",
    "like",
    "meanwhile",
    "moreover",
    "nevertheless",
    "nor",
    "now",
    "on",
    "once",
    "one",
    "or",
    "others",
    "our",
    "she",
    "since",
    "so",
    "still",
    "that",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "thus",
    "to",
    "today",
    "under",
    "unlike",
    "until",
    "we",
    "what",
    "when",
    "where",
    "whether",
    "while",
    "who",
    "why",
    "with",
    "without",
    "yesterday",
    "yet",
];

fn lower(text: &str, w: Span) -> String {
    w.of(text).to_lowercase()
}

fn capital(text: &str, w: Span) -> bool {
    w.of(text).starts_with(|c: char| c.is_uppercase())
}

/// Is this "of", "for", "and" within the name of a body: between capitals, with a body's word before it?
pub(crate) fn joins_names(text: &str, words: &[Span], w: Span) -> bool {
    if !INSIDE_BODY.contains(&lower(text, w).as_str()) {
        return false;
    }
    let Some(i) = words.iter().position(|x| *x == w) else { return false };
    let before = words[..i].iter().rev().take_while(|x| capital(text, **x)).any(|x| {
        let l = lower(text, *x);
        lexicon::organisation_names().has(&l) || lexicon::outlet_names().has(&l)
    });
    before
        && words.get(i + 1..).is_some_and(|r| {
            r.iter().take(2).any(|x| capital(text, *x))
                && r.first().is_some_and(|x| capital(text, *x) || lower(text, *x) == "the")
        })
}

/// Are all the words part of a name (capitals, or small words between capitals)?
pub(crate) fn is_name_run(text: &str, words: &[Span]) -> bool {
    let from =
        usize::from(words.first().is_some_and(|w| matches!(lower(text, *w).as_str(), "the" | "a" | "an")));
    let words = &words[from.min(words.len())..];
    // a title alone ("Mayor") is no name, and "Republicans" are a group; a "Daily Post" is an outlet's name
    let only_titles = words.iter().all(|w| {
        let l = lower(text, *w);
        lexicon::titles().has(&l) || lexicon::source_nouns().get(&l, 0).is_some_and(|k| k != "outlet")
    });
    words.len() > 1 && !only_titles && last_run(text, words).is_some_and(|r| r.len() == words.len())
}

/// The last run of name words in a phrase.
pub(crate) fn last_run(text: &str, words: &[Span]) -> Option<Vec<Span>> {
    let end = words.iter().rposition(|w| capital(text, *w))? + 1;
    let mut start = end - 1;
    while start > 0 {
        let w = words[start - 1];
        let l = lower(text, w);
        let inside = INSIDE.contains(&l.as_str()) && start >= 2 || joins_names(text, words, w);
        let before_the = l == "the" && start >= 2 && joins_names(text, words, words[start - 2]);
        let named = capital(text, w) && !matches!(l.as_str(), "the" | "a" | "an");
        if !(named || inside || before_the) {
            break;
        }
        start -= 1;
    }
    while start < end && !capital(text, words[start]) {
        start += 1;
    }
    Some(words[start..end].to_vec())
}

/// Splits a run into its leading titles, in lower case, and the name.
pub(crate) fn strip_titles(text: &str, run: &[Span]) -> (Vec<String>, Span) {
    let is_title = |w: &Span| lexicon::titles().has(lower(text, *w).trim_end_matches("'s"));
    let body = |w: &Span| lexicon::organisation_names().has(&lower(text, *w));
    // all up to the last title before the name's own last word, unless a body's word stands behind it
    let last = run.len().saturating_sub(1);
    let from = run[..last].iter().rposition(is_title).map_or(0, |i| i + 1);
    let from = if run[from..].iter().any(body) { 0 } else { from };
    let titles = run[..from].iter().map(|w| lower(text, *w)).collect();
    let span = match (run.get(from), run.last()) {
        (Some(a), Some(b)) => Span::new(a.start as usize, b.end as usize),
        _ => Span::new(0, 0),
    };
    (titles, without_genitive(text, span))
}

fn without_genitive(text: &str, span: Span) -> Span {
    let w = span.of(text);
    let cut = w.strip_suffix("'s").or_else(|| w.strip_suffix("’s")).unwrap_or(w);
    Span::new(span.start as usize, span.start as usize + cut.len())
}

/// Every run of capitals in the text that may be a name, titles stripped, with the titles. A single word at the
/// start of a sentence counts only if it is a name elsewhere, so it is left out here.
pub(crate) fn all_runs(text: &str, sentences: &[Span]) -> Vec<(Span, Vec<String>)> {
    let mut out = Vec::new();
    for s in sentences {
        let words = segment::words(text, *s);
        let mut i = 0;
        while i < words.len() {
            let l = lower(text, words[i]);
            let opener = i == 0 && OPENERS.contains(&l.as_str());
            if !capital(text, words[i]) || opener || matches!(l.as_str(), "the" | "a" | "an" | "i") {
                i += 1;
                continue;
            }
            let mut j = i + 1;
            while j < words.len() {
                let gap = Span::new(words[j - 1].end as usize, words[j].start as usize).of(text);
                let l = lower(text, words[j]);
                let small = INSIDE.contains(&l.as_str())
                    && words.get(j + 1).is_some_and(|n| capital(text, *n))
                    || joins_names(text, &words, words[j]);
                if gap != " " || !(capital(text, words[j]) || small) {
                    break;
                }
                j += 1;
            }
            let run = &words[i..j];
            let single_start = run.len() == 1 && run[0].start == s.start;
            if !single_start {
                let (titles, name) = strip_titles(text, run);
                if !name.is_empty() {
                    out.push((name, titles));
                }
            }
            i = j;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_capitals() {
        let t =
            "Yesterday the Ministry of Defence said President Jane van Doe met Li. Officials of the EU left.";
        let s = [Span::new(0, 69), Span::new(70, t.len())];
        let got: Vec<&str> = all_runs(t, &s).iter().map(|(n, _)| n.of(t)).collect();
        assert_eq!(got, ["Ministry of Defence", "Jane van Doe", "Li", "EU"]);
    }
}
