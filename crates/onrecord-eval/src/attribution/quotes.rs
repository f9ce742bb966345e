//! Which words of a text stand in quotation marks, so that direct, indirect and mixed speech can be told apart
//! in gold that does not say. Independent of the reader on purpose: must not share its notion of a quotation.

use crate::Chars;
use crate::words::{WordSet, Words};

/// How a content is given, by the quotation marks in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Every word in quotation marks.
    Direct,
    /// No word in quotation marks.
    Indirect,
    /// Some words in quotation marks.
    Mixed,
}

impl Manner {
    /// How `content` is given, where `quoted` words stand in quotation marks; `None` for no words.
    pub(crate) fn of(content: &WordSet, quoted: &WordSet) -> Option<Self> {
        match (content.len(), content.shared(quoted)) {
            (0, _) => None,
            (_, 0) => Some(Self::Indirect),
            (all, some) if all == some => Some(Self::Direct),
            _ => Some(Self::Mixed),
        }
    }
}

/// The words of a text that stand in quotation marks.
pub(crate) fn quoted_words(text: &str, words: &Words) -> WordSet {
    words.inside(&quoted(text))
}

/// The stretches of a text in quotation marks, marks left out. Marks pair within a line; one that stays open
/// holds to the line's end (speech over several paragraphs opens each and closes the last). Curly, straight and
/// doubled single marks (`''`) are taken; single marks only where they cannot be apostrophes.
pub fn quoted(text: &str) -> Vec<Chars> {
    let c: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut start = 0;
    for line in c.split(|&x| x == '\n') {
        in_line(&c[start..start + line.len()], start, &mut out);
        start += line.len() + 1;
    }
    out
}

/// The double mark at `i`: its width, and whether it can open and close.
fn double_mark(c: &[char], i: usize) -> Option<(usize, bool, bool)> {
    let twice = |m: char| c.get(i + 1) == Some(&m);
    let width = match c[i] {
        '“' | '„' | '«' => return Some((1, true, false)),
        '”' | '»' => return Some((1, false, true)),
        '`' if twice('`') => return Some((2, true, false)),
        '"' => 1,
        '\'' if twice('\'') => 2,
        '’' if twice('’') => return Some((2, false, true)),
        _ => return None,
    };
    let opens = c.get(i + width).is_some_and(|x| !x.is_whitespace());
    Some((width, opens, true))
}

fn in_line(c: &[char], offset: usize, out: &mut Vec<Chars>) {
    let mut open = None;
    let mut i = 0;
    while i < c.len() {
        if let Some((width, opens, closes)) = double_mark(c, i) {
            match open {
                Some(from) if closes => {
                    out.push(Chars::new(offset + from, offset + i));
                    open = None;
                }
                None if opens => open = Some(i + width),
                _ => {}
            }
            i += width;
        } else if let Some(close) = open.is_none().then(|| single(c, i)).flatten() {
            out.push(Chars::new(offset + i + 1, offset + close));
            i = close + 1;
        } else {
            i += 1;
        }
    }
    if let Some(from) = open {
        out.push(Chars::new(offset + from, offset + c.len()));
    }
}

/// Where the single mark at `i` closes, if it is one that opens.
fn single(c: &[char], i: usize) -> Option<usize> {
    let before = i.checked_sub(1).map(|p| c[p]);
    let opens = matches!(c[i], '‘' | '\'')
        && before.is_none_or(|p| p.is_whitespace() || matches!(p, '(' | '[' | '—' | '–' | '-'))
        && c.get(i + 1).is_some_and(|n| n.is_alphanumeric());
    if !opens {
        return None;
    }
    // a close of the same make, after a letter or mark, before neither letter nor digit
    let mark = if c[i] == '‘' { '’' } else { '\'' };
    (i + 2..c.len()).find(|&k| {
        c[k] == mark && !c[k - 1].is_whitespace() && !c.get(k + 1).is_some_and(|n| n.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_pair() {
        let cases: &[(&str, &[&str])] = &[
            ("He said “no way,” and “yes”.", &["no way,", "yes"]),
            ("\"No,\" he said. \"Yes.\"", &["No,", "Yes."]),
            ("''No,'' he said.", &["No,"]),
            ("``No,'' he said.", &["No,"]),
            ("“One.\n“Two,” he said.", &["One.", "Two,"]),
            ("“He told me ‘go’ twice,” she said.", &["He told me ‘go’ twice,"]),
            ("It’s in ‘Their Heads’", &["Their Heads"]),
            ("It's in 'Their Heads'", &["Their Heads"]),
            ("the '90s weren't bad", &[]),
            ("a 6' 2\" man", &[]),
            ("no marks", &[]),
            ("", &[]),
        ];
        for (text, want) in cases {
            let c: Vec<char> = text.chars().collect();
            let got: Vec<String> = quoted(text).iter().map(|s| c[s.start..s.end].iter().collect()).collect();
            assert_eq!(got, *want, "{text}");
        }
    }

    #[test]
    fn manners() {
        let text = "A b “c d” e";
        let words = Words::of(text);
        let quoted = quoted_words(text, &words);
        for (span, want) in [
            ((0, 3), Some(Manner::Indirect)),
            ((4, 9), Some(Manner::Direct)),
            ((2, 11), Some(Manner::Mixed)),
            ((4, 5), None),
        ] {
            let content = words.under(&[Chars::new(span.0, span.1)]);
            assert_eq!(Manner::of(&content, &quoted), want, "{span:?}");
        }
    }
}
