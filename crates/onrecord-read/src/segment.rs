//! Sentences and words of a text, by rules. Must not know of sources or the network.

use crate::lexicon;
use onrecord_text::{Passage, Span};

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '“')
}

/// Longer than any abbreviation, in bytes: no need to look back further for where a word begins.
const LONGEST: usize = 64;

/// Does the full stop after `before` belong to the word (an abbreviation, an initial)?
fn stop_belongs(before: &str) -> bool {
    let from = before.len().saturating_sub(LONGEST);
    let before = (from..).find_map(|i| before.get(i..)).unwrap_or("");
    let word = before.rsplit(|c: char| c.is_whitespace() || "([\"“‘'—–-".contains(c)).next().unwrap_or("");
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => c.is_uppercase(), // an initial
        (Some(_), Some(_)) => lexicon::abbreviations().has(&word.to_lowercase()),
        _ => false,
    }
}

/// Sentences in order; none crosses a passage. Every word of every passage is in one.
pub(crate) fn sentences(text: &str, passages: &[Passage]) -> Vec<Span> {
    let mut out = Vec::new();
    for p in passages {
        let words = p.span.of(text);
        let base = p.span.start as usize;
        let mut from = 0;
        let mut it = words.char_indices().peekable();
        while let Some((i, c)) = it.next() {
            if !matches!(c, '.' | '!' | '?' | '…') {
                continue;
            }
            if c == '.' && stop_belongs(&words[from..i]) {
                continue;
            }
            let mut end = i + c.len_utf8();
            while let Some(&(j, d)) = it.peek() {
                if !(is_closer(d) || matches!(d, '.' | '!' | '?')) {
                    break;
                }
                end = j + d.len_utf8();
                it.next();
            }
            let rest = &words[end..];
            let next = rest.trim_start();
            if rest.len() == next.len() || next.is_empty() {
                continue; // no white space: a number, an address; or the passage's end
            }
            // a sentence begins with a capital, a digit or an opening mark; else the mark stood inside one
            let begins = next.trim_start_matches(|d: char| "\"“‘'([«„—–-¿¡".contains(d) || d.is_whitespace());
            if begins.starts_with(|d: char| d.is_lowercase()) {
                continue;
            }
            push(&mut out, Span::new(base + from, base + end), text);
            from = end;
        }
        push(&mut out, Span::new(base + from, base + words.len()), text);
    }
    out
}

fn push(out: &mut Vec<Span>, span: Span, text: &str) {
    let span = span.trimmed(text);
    if !span.is_empty() {
        out.push(span);
    }
}

/// Bytes of the dateline that a passage begins with: a place whose first word is in capitals, and a dash.
pub(crate) fn dateline(passage: &str) -> Option<u32> {
    const LONGEST: usize = 80;
    let (at, dash) = passage
        .char_indices()
        .take(LONGEST)
        .find(|&(i, c)| passage[..i].ends_with(' ') && matches!(c, '—' | '–' | '―' | '-') && i > 0)?;
    let first = passage.split(|c: char| !c.is_alphabetic()).next()?;
    let place = first.chars().count() > 2
        && first.chars().all(char::is_uppercase)
        && !passage[..at].split(' ').any(|w| w.starts_with(char::is_lowercase));
    let rest = passage[at..].trim_start_matches(dash);
    (place && rest.starts_with(' ')).then(|| (passage.len() - rest.trim_start().len()) as u32)
}

/// The words of a stretch: runs of letters, digits, and the apostrophes, hyphens and full stops inside them.
pub(crate) fn words(text: &str, within: Span) -> Vec<Span> {
    let part = within.of(text);
    let base = within.start as usize;
    let mut out = Vec::new();
    let mut from = None;
    let mut it = part.char_indices().peekable();
    while let Some((i, c)) = it.next() {
        let next = it.peek().map(|&(_, n)| n);
        let joins = from.is_some()
            && matches!(c, '\'' | '’' | '-' | '.' | '&' | '@')
            && next.is_some_and(char::is_alphanumeric);
        // "U.S." and "Mr." keep their last full stop
        let abbreviated = c == '.' && from.is_some_and(|f| stop_belongs(&part[f..i]));
        if c.is_alphanumeric() || joins || abbreviated {
            from.get_or_insert(i);
        } else if let Some(f) = from.take() {
            out.push(Span::new(base + f, base + i));
        }
    }
    if let Some(f) = from {
        out.push(Span::new(base + f, base + part.len()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::Role;

    fn split(text: &str) -> Vec<&str> {
        let p = [Passage { role: Role::Paragraph, span: Span::new(0, text.len()) }];
        sentences(text, &p).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn datelines() {
        for (passage, n) in [
            ("KABUL — Six died.", Some(10)),
            ("SAN JOSE, Costa Rica (AP) -- A plane", Some(29)),
            ("Kabul — Six died.", None),
            ("NATO-led troops left — at last.", None),
            ("KABUL Six died.", None),
            ("", None),
        ] {
            assert_eq!(dateline(passage), n, "{passage}");
        }
    }

    #[test]
    fn sentence_ends() {
        let cases: &[(&str, &[&str])] = &[
            ("One. Two! Three?", &["One.", "Two!", "Three?"]),
            (
                "Mr. Smith of the U.S. Army left at 3.5 p.m. on Jan. 5.",
                &["Mr. Smith of the U.S. Army left at 3.5 p.m. on Jan. 5."],
            ),
            ("“Go,” he said. “Now.” She went.", &["“Go,” he said.", "“Now.”", "She went."]),
            ("“Why?” he asked.", &["“Why?” he asked."]),
            ("J. K. Rowling wrote… and stopped.", &["J. K. Rowling wrote… and stopped."]),
            ("See example.com for more", &["See example.com for more"]),
            ("", &[]),
        ];
        for (given, want) in cases {
            assert_eq!(&split(given), want);
        }
    }

    #[test]
    fn word_runs() {
        let t = "The U.S.'s plan (anti-war) isn't 3.5% “done”.";
        let w: Vec<&str> = words(t, Span::new(0, t.len())).iter().map(|s| s.of(t)).collect();
        assert_eq!(w, ["The", "U.S.'s", "plan", "anti-war", "isn't", "3.5", "done"]);
    }
}
