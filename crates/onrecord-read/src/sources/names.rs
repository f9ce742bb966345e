//! Proper names by their capitals: runs, titles before them, when two are variants of one. Must not know of
//! sources or entities.

use crate::{lexicon, segment};
use onrecord_text::{Passage, Span};

/// Small words inside a name.
const INSIDE: &[&str] = &[
    "de", "la", "le", "du", "des", "van", "von", "der", "den", "bin", "ibn", "al", "el", "da", "di", "dos",
    "y", "ten", "ter", "ag", "af",
];
/// Small words inside the name of a body.
const INSIDE_BODY: &[&str] = &["of", "for", "and", "the", "on", "in", "de", "&"];

fn lower(text: &str, w: Span) -> String {
    w.of(text).to_lowercase()
}

fn capital(text: &str, w: Span) -> bool {
    w.of(text).starts_with(|c: char| c.is_uppercase())
}

/// Is this "of", "for", "and" within the name of a body: between capitals, with a body's word before it?
pub(crate) fn joins_names(text: &str, words: &[Span], w: Span) -> bool {
    let Some(i) = words.iter().position(|x| *x == w) else { return false };
    if !INSIDE_BODY.contains(&lower(text, w).as_str()) {
        return false;
    }
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
    // a title alone ("Mayor") is no name, and "Republicans" are a group
    let only_titles = words.iter().all(|w| {
        let l = lower(text, *w);
        lexicon::titles().has(&l) || lexicon::source_nouns().has(&l)
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
        if !(capital(text, w) && !matches!(l.as_str(), "the" | "a" | "an")) && !inside && !before_the {
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
pub(crate) fn all_runs(text: &str, sentences: &[Span], passages: &[Passage]) -> Vec<(Span, Vec<String>)> {
    let mut out = Vec::new();
    let _ = passages;
    for s in sentences {
        let words = segment::words(text, *s);
        let mut i = 0;
        while i < words.len() {
            if !capital(text, words[i]) || matches!(lower(text, words[i]).as_str(), "the" | "a" | "an" | "i")
            {
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

/// A name's letters folded so that romanisations of one name agree: Zelenskyi, Zelensky, Zelenskyy; Matsegora,
/// Matsehora. Not for display.
pub(crate) fn skeleton(word: &str) -> String {
    let folded = deunicode::deunicode(word).to_lowercase();
    let mut s: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
    for (from, to) in [
        ("kh", "h"),
        ("gh", "h"),
        ("zh", "z"),
        ("ph", "f"),
        ("ts", "c"),
        ("tz", "c"),
        ("ck", "k"),
        ("w", "v"),
        ("j", "i"),
        ("y", "i"),
        ("g", "h"),
        ("x", "ks"),
    ] {
        s = s.replace(from, to);
    }
    let mut out = String::new();
    for c in s.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    let short = out.trim_end_matches('i');
    if short.len() >= 4 { short.to_string() } else { out }
}

/// Could the two names be of one party? Same words; the last word alone; or a form with initials.
pub(crate) fn variants(a: &str, b: &str) -> bool {
    let split = |n: &str| {
        n.split(|c: char| c.is_whitespace() || c == '-')
            .filter(|w| !w.is_empty())
            .map(skeleton)
            .collect::<Vec<_>>()
    };
    let (x, y) = (split(a), split(b));
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let (Some(s), Some(l)) = (short.last(), long.last()) else { return false };
    if short.len() == 1 {
        return s == l && (s.len() > 1);
    }
    s == l
        && short[..short.len() - 1].iter().all(|w| {
            long[..long.len() - 1].iter().any(|v| {
                v == w
                    || (w.len() == 1 && v.starts_with(w.as_str()))
                    || (v.len() == 1 && w.starts_with(v.as_str()))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_one_name() {
        for (a, b) in [
            ("Zelensky", "Volodymyr Zelenskyi"),
            ("Zelenskyy", "Zelensky"),
            ("Matsegora", "Oleksandr Matsehora"),
            ("V. Zelensky", "Volodymyr Zelensky"),
            ("Radanović", "Vesna Radanovic"),
            ("Kim Jong-un", "Kim Jong Un"),
        ] {
            assert!(variants(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("Johnson", "Boris Johnston"),
            ("Anna Smith", "Bob Smith"),
            ("North Korea", "South Korea"),
            ("Kim", "Lee"),
        ] {
            assert!(!variants(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn runs_of_capitals() {
        let t =
            "Yesterday the Ministry of Defence said President Jane van Doe met Li. Officials of the EU left.";
        let s = [Span::new(0, 69), Span::new(70, t.len())];
        let got: Vec<&str> = all_runs(t, &s, &[]).iter().map(|(n, _)| n.of(t)).collect();
        assert_eq!(got, ["Ministry of Defence", "Jane van Doe", "Li", "EU"]);
    }
}
