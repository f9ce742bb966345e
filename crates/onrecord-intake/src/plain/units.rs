//! Plain text into units: the lines that belong together, whether the text has a paragraph a line or is wrapped
//! at a column, with the quotation and list marks that it uses. Must not know what a unit is for in an article.

use std::ops::Range;

use super::shape;

/// What the marks at a unit's lines say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// None.
    Plain,
    /// Set off by `>` or by indentation.
    Quoted,
    /// An item of a list; the item's mark is not part of the unit.
    Item,
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Bytes, without white space at the ends.
    pub span: Range<usize>,
    /// What its marks say.
    pub mark: Mark,
    /// A blank line, or nothing at all, stands after it.
    pub blank_after: bool,
}

/// A line, without its end.
struct Line {
    /// Bytes of the line without white space at its ends.
    span: Range<usize>,
    /// Columns of white space before it.
    indent: usize,
    /// Nothing on it, or a rule of dashes or stars.
    blank: bool,
    /// Length in code points.
    len: usize,
}

/// All units of a text, in order. `\n`, `\r\n`, lone `\r` and Unicode's separators end a line.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let wrap = Wrap::of(text, &lines);
    let filled = lines.iter().filter(|l| !l.blank).count();
    // Where most lines stand in, standing in means nothing.
    let indented = lines.iter().filter(|l| !l.blank && l.indent >= 4).count();
    let quotes_stand_in = indented * 2 < filled;

    let mut units: Vec<Unit> = Vec::new();
    // The unit that the next line may still go on, and that line's number.
    let mut open = false;
    for (i, line) in lines.iter().enumerate() {
        if line.blank {
            if let Some(last) = units.last_mut() {
                last.blank_after = true;
            }
            open = false;
            continue;
        }
        let words = &text[line.span.clone()];
        let (mark, from) = if let Some(rest) = words.strip_prefix('>') {
            let rest = rest.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
            (Mark::Quoted, line.span.end - rest.len())
        } else if let Some(n) = shape::list_mark(words) {
            (Mark::Item, line.span.start + n)
        } else if quotes_stand_in && line.indent >= 4 && !(open && i > 0 && lines[i - 1].indent < 4) {
            (Mark::Quoted, line.span.start)
        } else {
            (Mark::Plain, line.span.start)
        };
        if from >= line.span.end {
            open = false;
            continue;
        }
        if open
            && i > 0
            && let Some(last) = units.last_mut()
        {
            let goes_on = match (last.mark, mark) {
                (_, Mark::Item) => false,
                (Mark::Quoted, Mark::Quoted) => true,
                (Mark::Item, Mark::Plain) => {
                    line.indent > 0 && line.indent >= lines[i - 1].indent
                        || wrap.joins(text, &lines[i - 1], line)
                }
                (Mark::Item, Mark::Quoted) => true,
                (Mark::Plain, Mark::Plain) => wrap.joins(text, &lines[i - 1], line),
                _ => false,
            };
            if goes_on {
                last.span.end = line.span.end;
                continue;
            }
        }
        units.push(Unit { span: from..line.span.end, mark, blank_after: false });
        open = true;
    }
    if let Some(last) = units.last_mut() {
        last.blank_after = true;
    }
    units
}

fn lines(text: &str) -> Vec<Line> {
    const ENDS: [char; 6] = ['\n', '\r', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let mut out = Vec::new();
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    while at < text.len() {
        let rest = &text[at..];
        let (len, next) = match rest.find(ENDS) {
            Some(n) if rest[n..].starts_with("\r\n") => (n, n + 2),
            Some(n) => (n, n + rest[n..].chars().next().map_or(1, char::len_utf8)),
            None => (rest.len(), rest.len()),
        };
        let raw = &rest[..len];
        let words = raw.trim();
        let lead = &raw[..raw.len() - raw.trim_start().len()];
        let start = at + lead.len();
        out.push(Line {
            span: start..start + words.len(),
            indent: lead.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum(),
            blank: words.is_empty() || is_rule(words),
            len: words.chars().count(),
        });
        at += next;
    }
    out
}

/// `* * *`, `----`, `~~~~`.
fn is_rule(words: &str) -> bool {
    words.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '*' | '=' | '~' | '•' | '·' | '#' | ' ' | '\t'))
}

/// Whether and where the text was wrapped.
struct Wrap {
    /// The column, where the text as a whole was wrapped.
    column: Option<usize>,
}

impl Wrap {
    const NARROWEST: usize = 40;
    const WIDEST: usize = 110;

    /// A text was wrapped when its lines break where the next word would not have fitted, and seldom at the end
    /// of a sentence.
    fn of(text: &str, lines: &[Line]) -> Self {
        let joints = || {
            lines
                .windows(2)
                .filter_map(|w| if let [a, b] = w { Some((a, b)) } else { None })
                .filter(|(a, b)| !a.blank && !b.blank && shape::list_mark(&text[b.span.clone()]).is_none())
        };
        let widest = joints().map(|(a, _)| a.len).max().unwrap_or(0);
        let mut seen = 0;
        let (mut full, mut ends) = (0, 0);
        for (a, b) in joints() {
            seen += 1;
            full += usize::from(a.len + 1 + first_word(text, b) > widest.saturating_sub(4));
            ends += usize::from(shape::ends_sentence(&text[a.span.clone()]));
        }
        let wrapped = (Self::NARROWEST..=Self::WIDEST).contains(&widest)
            && seen >= 2
            && full * 10 >= seen * 6
            && ends * 2 < seen;
        Self { column: wrapped.then_some(widest) }
    }

    /// Whether line `b` goes on where `a` was broken off.
    fn joins(&self, text: &str, a: &Line, b: &Line) -> bool {
        let (aw, bw) = (&text[a.span.clone()], &text[b.span.clone()]);
        let lower = bw.starts_with(char::is_lowercase);
        let open = !shape::ends_sentence(aw);
        match self.column {
            // A heading or byline on its own line is shorter than the column lets it be.
            Some(column) => {
                let full = a.len + 1 + first_word(text, b) > column.saturating_sub(4);
                full || (lower && open)
            }
            None => lower && open && (Self::NARROWEST..=Self::WIDEST).contains(&a.len),
        }
    }
}

fn first_word(text: &str, line: &Line) -> usize {
    text[line.span.clone()].split_whitespace().next().map_or(0, |w| w.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(&str, Mark)> {
        units(text).into_iter().map(|u| (&text[u.span], u.mark)).collect()
    }

    #[test]
    fn a_paragraph_a_line_or_a_blank_line_between() {
        use Mark::{Item, Plain, Quoted};
        let cases: &[(&str, &[(&str, Mark)])] = &[
            ("", &[]),
            (" \r\n\t\n", &[]),
            ("One.\nTwo.\n", &[("One.", Plain), ("Two.", Plain)]),
            ("One.\r\rTwo.\rThree.", &[("One.", Plain), ("Two.", Plain), ("Three.", Plain)]),
            ("One.\r\n\r\nTwo.\u{2029}Three.", &[("One.", Plain), ("Two.", Plain), ("Three.", Plain)]),
            ("\u{feff}One.\n* * *\nTwo.", &[("One.", Plain), ("Two.", Plain)]),
            (
                "He said:\n> We won.\n> Twice.\n\nEnd.",
                &[("He said:", Plain), ("We won.\n> Twice.", Quoted), ("End.", Plain)],
            ),
            (
                "He said:\n\n    We won.\n    Twice.\n\nEnd.\nEnd.",
                &[("He said:", Plain), ("We won.\n    Twice.", Quoted), ("End.", Plain), ("End.", Plain)],
            ),
            ("    One.\n    Two.\nThree.", &[("One.", Plain), ("Two.", Plain), ("Three.", Plain)]),
            (
                "- one\n- two\n  more\n• three\n1. four\n2) five",
                &[("one", Item), ("two\n  more", Item), ("three", Item), ("four", Item), ("five", Item)],
            ),
            (">\n> a", &[("a", Quoted)]),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text), *want, "{text:?}");
        }
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "HARBOUR TO CLOSE\n\n\
            The harbour at Lindholm will close to all ships for three weeks from\n\
            Monday, the port authority said. Repairs to the northern quay have been\n\
            put off twice already.\n\n\
            \"We can wait no longer,\" said Ada Brandt, who runs the port. She added\n\
            that fishing boats could use the old basin.\n\nBy Tom Olsen\nStaff writer\n";
        let got: Vec<_> = shown(text).into_iter().map(|(t, _)| t.split_whitespace().next_back()).collect();
        assert_eq!(got, [Some("CLOSE"), Some("already."), Some("basin."), Some("Olsen"), Some("writer")]);
    }

    #[test]
    fn short_paragraphs_of_a_line_each_are_not_wrapped_text() {
        let text = "The minister resigned on Monday after a long night of talks.\n\
                    Her deputy will take over until the party meets in March.\n\
                    Voters in the capital seemed relieved at the news.\n";
        assert_eq!(shown(text).len(), 3);
    }
}
