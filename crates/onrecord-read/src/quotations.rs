//! Quotations: stretches between quotation marks, curly, straight, angle and nested, balanced or not. Must not
//! know who speaks, nor whether a stretch is speech or a scare quote.

use onrecord_text::{Passage, Role, Span};

/// A stretch in quotation marks, marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Where it stands, marks included; it never leaves its passage.
    pub span: Span,
    /// The passage it stands in.
    pub passage: usize,
    /// No closing mark: it runs to the passage's end.
    pub open: bool,
    /// It reopens the quotation that the passage before left open.
    pub reopens: bool,
    /// It stands within another quotation.
    pub nested: bool,
}

fn closes(open: char, c: char) -> bool {
    match open {
        '“' => c == '”' || c == '"',
        '„' => c == '“' || c == '”' || c == '"',
        '«' => c == '»',
        '»' => c == '«',
        '"' => c == '"' || c == '”',
        '‘' => c == '’' || c == '\'',
        '\'' => c == '\'' || c == '’',
        _ => false,
    }
}

/// Marks open at a time. Where there are more, the first have lost their closing marks: they are let go, for to
/// look through all of them at every mark would take time without end.
const DEEPEST: usize = 32;

/// Fewer words in single marks may be a term.
const SPEECH_WORDS: usize = 4;

fn single(c: char) -> bool {
    matches!(c, '‘' | '’' | '\'')
}

/// Where the character before the passage's last mark stands that could close a single quotation.
fn last_single_close(words: &str) -> Option<usize> {
    let mut next = None::<char>;
    let mut it = words.char_indices().rev().peekable();
    while let Some((_, c)) = it.next() {
        if matches!(c, '’' | '\'')
            && next.is_none_or(|n| !n.is_alphanumeric())
            && let Some(&(i, before)) = it.peek()
            && !before.is_whitespace()
        {
            return Some(i);
        }
        next = Some(c);
    }
    None
}

/// All quotations, in order of their first byte.
pub(crate) fn quotations(text: &str, passages: &[Passage]) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut left_open = false;
    // the text sets speech in single marks: then one that begins a passage may stay open like any other
    let mut singles = false;
    for (ix, passage) in passages.iter().enumerate() {
        let base = passage.span.start as usize;
        let words = passage.span.of(text);
        if passage.role == Role::BlockQuotation {
            let span = passage.span;
            out.push(Quotation { span, passage: ix, open: false, reopens: false, nested: false });
        }
        let single_close = last_single_close(words);
        let mut stack: Vec<(char, usize)> = Vec::new();
        let mut before = None::<char>;
        let first_of_passage = out.len();
        for (i, c) in words.char_indices() {
            let rest = &words[i + c.len_utf8()..];
            let next = rest.chars().next();
            let at_start = before.is_none_or(|b| b.is_whitespace() || "([{—–-“„«\"‘'/".contains(b));
            let close = stack.iter().rposition(|&(o, _)| closes(o, c));
            let apostrophe = single(c)
                && (next.is_some_and(char::is_alphanumeric) || before.is_none_or(char::is_whitespace));
            match close {
                Some(k)
                    if !(apostrophe
                        || c == '"'
                            && at_start
                            && before.is_some_and(char::is_whitespace)
                            && stack.len() > 1) =>
                {
                    for (o, from) in stack.drain(k..) {
                        singles |= k == 0 && single(o) && words[from..i].split(' ').count() >= SPEECH_WORDS;
                        let span = Span::new(base + from, base + i + c.len_utf8());
                        // a mark left open inside one that closes ends with it
                        let open = !closes(o, c);
                        out.push(Quotation { span, passage: ix, open, reopens: false, nested: false });
                    }
                }
                _ => {
                    let opens = match c {
                        '“' | '„' | '«' => true,
                        '"' => at_start && next.is_some_and(|n| !n.is_whitespace()),
                        '»' => at_start && next.is_some_and(char::is_alphanumeric),
                        '‘' | '\'' => {
                            at_start
                                && next.is_some_and(|n| !n.is_whitespace() && !n.is_ascii_digit())
                                && (single_close.is_some_and(|close| close > i)
                                    || i == 0 && singles && next.is_some_and(char::is_uppercase))
                        }
                        _ => false,
                    };
                    if opens {
                        if stack.len() == DEEPEST {
                            stack.remove(0);
                        }
                        stack.push((c, i));
                    }
                }
            }
            before = Some(c);
        }
        let stays = |&(o, from): &(char, usize)| !single(o) || from == 0 && singles;
        let still_open = stack.iter().any(stays);
        for (o, from) in stack {
            if stays(&(o, from)) {
                let span = Span::new(base + from, base + words.len());
                out.push(Quotation { span, passage: ix, open: true, reopens: false, nested: false });
            }
        }
        out[first_of_passage..].sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
        if left_open {
            let begins = out[first_of_passage..].first_mut().filter(|q| q.span.start as usize == base);
            if let Some(q) = begins {
                q.reopens = true;
            }
        }
        left_open = still_open;
    }
    out.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    let mut end = 0;
    for q in &mut out {
        q.nested = q.span.end <= end;
        end = end.max(q.span.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(passages: &[&str]) -> Vec<String> {
        let text = passages.join("\n");
        let mut at = 0;
        let ps: Vec<Passage> = passages
            .iter()
            .map(|p| {
                let s = Span::new(at, at + p.len());
                at += p.len() + 1;
                Passage { role: Role::Paragraph, span: s }
            })
            .collect();
        quotations(&text, &ps)
            .iter()
            .map(|q| {
                let mark = |b: bool, c: &str| if b { c.to_string() } else { String::new() };
                format!(
                    "{}{}{}{}",
                    mark(q.nested, ">"),
                    mark(q.reopens, "+"),
                    q.span.of(&text),
                    mark(q.open, "…")
                )
            })
            .collect()
    }

    #[test]
    fn every_kind_of_mark() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["He said “no” twice."], &["“no”"]),
            (&["\"No,\" he said, \"never.\""], &["\"No,\"", "\"never.\""]),
            (&["«Non», dit-il. „Nein“, sagt er. »Ja«"], &["«Non»", "„Nein“", "»Ja«"]),
            (&["“He told me ‘go’ and I didn’t,” she said"], &["“He told me ‘go’ and I didn’t,”", ">‘go’"]),
            (&["The 'so-called' plan isn't the workers' plan."], &["'so-called'"]),
            (&["It's the boys' and girls' club"], &[]),
            (
                &["“One.", "“Two.", "“Three,” he said. “Four.”"],
                &["“One.…", "+“Two.…", "+“Three,”", "“Four.”"],
            ),
            (&["“One left open.", "He went home."], &["“One left open.…"]),
            (&["'One.", "He went."], &[]),
            (
                &["'One of them is enough,' he said.", "'Two are.", "'Three,' then."],
                &["'One of them is enough,'", "'Two are.…", "+'Three,'"],
            ),
            (&["A stray ” mark and 6\" pipe"], &[]),
            (&["“a “b” c”"], &["“a “b” c”", ">“b”"]),
            (&["\"a 'b' c\""], &["\"a 'b' c\"", ">'b'"]),
            (&[""], &[]),
        ];
        for (given, want) in cases {
            assert_eq!(&found(given), want, "{given:?}");
        }
    }
}
