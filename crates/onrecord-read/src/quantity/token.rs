//! A sentence as numbers, words and marks. Must not know what a number means.

use onrecord_text::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// "1,204", "3.5", "½".
    Digits,
    /// Begins with a letter: "word", "G20", "U.S".
    Word,
    /// One character: "$", "-", ",".
    Mark,
}

#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub lower: String,
    /// Bytes of the document.
    pub span: Span,
    /// White space before it, or nothing.
    pub spaced: bool,
}

impl Token<'_> {
    pub fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub fn capital(&self) -> bool {
        self.is_word() && self.text.starts_with(char::is_uppercase)
    }

    pub fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "–" | "—" | "‑" | "−" | "‒")
    }

    /// A mark of quotation, or an apostrophe.
    pub fn is_quote(&self) -> bool {
        matches!(self.text, "\"" | "“" | "”" | "'" | "‘" | "’" | "`" | "«" | "»")
    }

    pub fn is_apostrophe(&self) -> bool {
        matches!(self.text, "'" | "’")
    }

    /// Follows the one before without a space.
    pub fn glued(&self) -> bool {
        !self.spaced
    }
}

/// The tokens of a stretch in order.
pub(super) fn tokens(text: &str, within: Span) -> Vec<Token<'_>> {
    let part = within.of(text);
    let base = within.start as usize;
    let mut out: Vec<Token<'_>> = Vec::new();
    let (mut at, mut spaced) = (0, true);
    while let Some(c) = part.get(at..).and_then(|r| r.chars().next()) {
        let rest = &part[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
            spaced = true;
            continue;
        }
        let (kind, length) = if c.is_ascii_digit() || fraction_sign(c).is_some() {
            (Kind::Digits, digits(rest))
        } else if c.is_alphabetic() {
            // "$US20"
            let sign = out.last().is_some_and(|l| l.text == "$" && !spaced);
            let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            (Kind::Word, if sign { letters } else { word(rest) })
        } else {
            (Kind::Mark, c.len_utf8())
        };
        let words = &rest[..length];
        let span = Span::new(base + at, base + at + length);
        out.push(Token { kind, text: words, lower: words.to_lowercase(), span, spaced });
        at += length;
        spaced = false;
    }
    out
}

/// The value of "½" and its like.
pub(super) fn fraction_sign(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅛' => 0.125,
        _ => return None,
    })
}

/// Spaces that part groups of three digits; a plain one may as well part two numbers.
fn is_group_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// How many bytes the number takes that the text begins with: groups of three and decimals in it, each mark
/// followed by a digit.
fn digits(rest: &str) -> usize {
    let chars: Vec<(usize, char)> = rest.char_indices().take(64).collect();
    let is_digit = |i: usize| chars.get(i).is_some_and(|c| c.1.is_ascii_digit());
    let mut i = 0;
    while let Some(&(_, c)) = chars.get(i) {
        let three = is_digit(i + 1) && is_digit(i + 2) && is_digit(i + 3) && !is_digit(i + 4);
        let goes_on = match c {
            '0'..='9' => true,
            ',' => three,
            '.' => is_digit(i + 1),
            c if is_group_space(c) => three,
            c => fraction_sign(c).is_some(),
        };
        if !goes_on {
            break;
        }
        i += 1;
    }
    chars.get(i).map_or_else(|| chars.last().map_or(rest.len(), |c| c.0 + c.1.len_utf8()), |c| c.0)
}

/// How many bytes the word takes: letters and digits, and the full stops between single letters ("U.S", "a.m").
fn word(rest: &str) -> usize {
    let mut single = 0;
    for (i, c) in rest.char_indices() {
        if c.is_alphanumeric() {
            single += 1;
        } else if c == '.' && single == 1 {
            let mut after = rest[i + 1..].chars();
            let letter = after.next().is_some_and(char::is_alphabetic);
            if !letter || after.next().is_some_and(char::is_alphanumeric) {
                return i;
            }
            single = 0;
        } else {
            return i;
        }
    }
    rest.len()
}

/// What a number in digits is worth; none for "1.2.3".
pub(super) fn value(digits: &str) -> Option<f64> {
    let mut plain = String::with_capacity(digits.len());
    let mut more = 0.0;
    for c in digits.chars() {
        match fraction_sign(c) {
            Some(part) if more == 0.0 => more = part,
            Some(_) => return None,
            None if c.is_ascii_digit() || c == '.' => plain.push(c),
            None => {}
        }
    }
    if plain.is_empty() {
        return Some(more);
    }
    // "200.000": nobody tells three decimals that are nought
    let thousands = plain
        .split_once('.')
        .is_some_and(|(whole, rest)| rest == "000" && whole.len() <= 3 && !whole.starts_with('0'));
    if thousands {
        plain.retain(|c| c != '.');
    }
    plain.parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| v + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_and_marks() {
        for (text, want) in [
            ("$1.2bn, 1,204 a.m.", "$|1.2|bn|,|1,204|a.m|."),
            ("U.S. 67-year-old", "U.S|.|67|-|year|-|old"),
            ("G20's 2½ 25°C", "G20|'|s|2½|25|°|C"),
            ("2,5 1,2345 7.", "2|,|5|1|,|2345|7|."),
            ("12\u{a0}500 x", "12\u{a0}500|x"),
            ("Al.Qaida a.bc", "Al|.|Qaida|a|.|bc"),
        ] {
            let t = tokens(text, Span::new(0, text.len()));
            assert_eq!(t.iter().map(|t| t.text).collect::<Vec<_>>().join("|"), want);
            assert!(t.iter().all(|t| t.span.of(text) == t.text));
        }
    }

    #[test]
    fn values() {
        for (text, want) in [
            ("1,204", Some(1204.0)),
            ("3.5", Some(3.5)),
            ("2½", Some(2.5)),
            ("½", Some(0.5)),
            ("200.000", Some(200_000.0)),
            ("1.2.3", None),
        ] {
            assert_eq!(value(text), want, "{text}");
        }
    }
}
