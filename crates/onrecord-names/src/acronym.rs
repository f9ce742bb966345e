//! Acronyms: whether one stands for a name, and definitions in running text ("International Atomic Energy Agency
//! (IAEA)"). Must not know of kinds of parties.

use crate::name::{self, Token};
use crate::thing::{self, Lettered};
use std::collections::HashSet;
use std::ops::Range;

/// A name that is an abbreviation of initials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Acronym {
    /// In lower case, without full stops and hyphens.
    pub letters: String,
}

impl Acronym {
    /// The name's one word, or words joined by hyphens, in capitals, perhaps with a few small letters: "ACPeds".
    pub(crate) fn new(tokens: &[Token]) -> Option<Self> {
        let tokens = if tokens.first()?.folded == "the" && tokens.len() > 1 { &tokens[1..] } else { tokens };
        let initials = tokens.len() > 1 && tokens.iter().all(|t| t.folded.len() == 1 && t.capital);
        let one = tokens.len() == 1 || initials || tokens.iter().skip(1).all(|t| t.joined);
        let letters: String = tokens.iter().map(|t| t.folded.as_str()).collect();
        let first = tokens.first()?;
        let caps = initials || tokens.iter().all(|t| t.caps || t.capital && t.folded.len() <= 2);
        let mixed = tokens.len() == 1 && first.capital && first.inner_capitals();
        // "MPs", "ISPs"
        let many = mixed && first.inner + 1 == letters.len() && letters.ends_with('s') && letters.len() > 2;
        let letters = if many { letters[..letters.len() - 1].to_string() } else { letters };
        let fits = (2..=10).contains(&letters.len()) && letters.bytes().any(|c| c.is_ascii_alphabetic());
        (one && fits && (caps || mixed)).then_some(Self { letters })
    }

    /// Without a leading country that bodies wear: "USCENTCOM".
    pub(crate) fn own(&self) -> &str {
        let cut = self.letters.strip_prefix("us").or_else(|| self.letters.strip_prefix("uk"));
        cut.filter(|c| c.len() >= 5).unwrap_or(&self.letters)
    }

    /// The letters as [`initials`] has them for any order.
    pub(crate) fn any_order(&self) -> String {
        format!("~{}", sorted(&self.letters))
    }

    pub(crate) fn same(&self, other: &Self) -> bool {
        self.letters == other.letters || self.own() == other.own()
    }

    /// Do the letters begin the words, in order? Small words and countries may be passed over, in a long acronym one
    /// other word, too; a word may give more than its first letter.
    pub(crate) fn stands_for(&self, words: &[Lettered]) -> bool {
        let content = words.iter().filter(|w| !w.optional).count();
        if words.len() < 2 || words.len() > 20 || content > self.letters.len() + 3 {
            return false;
        }
        [self.letters.as_str(), self.own()].iter().any(|l| {
            let (skips, run) = (l.len() / 3, if l.len() >= 5 { 5 } else { 1 });
            Cover { letters: l.as_bytes(), words, run, dead: HashSet::new() }.fits(0, 0, skips, 0)
        }) || self.turned(words)
    }

    /// The initials in another order, as another language has the words: Democratic Revolution Party, PRD.
    fn turned(&self, words: &[Lettered]) -> bool {
        let own = sorted(&self.letters);
        own.len() >= 4 && in_any_order(words).any(|s| s == own)
    }
}

/// The search for words whose beginnings are an acronym's letters.
struct Cover<'a> {
    letters: &'a [u8],
    words: &'a [Lettered],
    /// How many letters one word may give.
    run: usize,
    /// What led nowhere: letters, words, skips left, words used.
    dead: HashSet<(usize, usize, usize, bool)>,
}

impl Cover<'_> {
    /// From letter `l` and word `w` on, `skips` words that count may still be passed over.
    fn fits(&mut self, l: usize, w: usize, skips: usize, used: usize) -> bool {
        let Some(word) = self.words.get(w) else { return l == self.letters.len() && used >= 2 };
        let state = (l, w, skips, used >= 2);
        if self.dead.contains(&state) {
            return false;
        }
        let (rest, first) = (&self.letters[l..], word.folded.as_bytes());
        let most = self.run.min(first.len()).min(rest.len());
        let begun =
            (1..=most).rev().any(|n| rest[..n] == first[..n] && self.fits(l + n, w + 1, skips, used + 1));
        // an abbreviation within the name gives its letters: "UN Security Council"
        let rest = &self.letters[l..];
        let fits = begun
            || first.len() <= 4
                && rest.starts_with(first)
                && self.fits(l + first.len(), w + 1, skips, used + 1)
            || word.optional && self.fits(l, w + 1, skips, used)
            || !word.optional && skips > 0 && used > 0 && self.fits(l, w + 1, skips - 1, used);
        if !fits {
            self.dead.insert(state);
        }
        fits
    }
}

fn sorted(letters: &str) -> String {
    let mut b: Vec<char> = letters.chars().collect();
    b.sort_unstable();
    b.into_iter().collect()
}

/// The initials of the words that count, sorted: without countries, and with them.
fn in_any_order(words: &[Lettered]) -> impl Iterator<Item = String> {
    [false, true].into_iter().map(|countries| {
        let kept = words.iter().filter(|w| !w.optional || countries && w.country);
        sorted(&kept.filter_map(|w| w.folded.chars().next()).collect::<String>())
    })
}

/// The acronyms that a name would usually have, to look them up by.
pub(crate) fn initials(words: &[Lettered]) -> Vec<String> {
    let first = |w: &&Lettered| w.folded.chars().next();
    let all: String = words.iter().filter_map(|w| first(&w)).collect();
    let content: String = words.iter().filter(|w| !w.optional).filter_map(|w| first(&w)).collect();
    let long: String = words.iter().filter(|w| w.folded.len() > 3).filter_map(|w| first(&w)).collect();
    let mut out = vec![all, long];
    if content.len() > 3 {
        out.push(content[..content.len() - 1].into());
    }
    out.push(content);
    out.extend(in_any_order(words).map(|s| format!("~{s}")));
    out.retain(|s| (2..=11).contains(&s.len()));
    out.sort_unstable();
    out.dedup();
    out
}

/// The definitions of abbreviations in running text, as byte ranges of the long and the short form, in the order of the
/// text: "International Atomic Energy Agency (IAEA)", and "IAEA (International Atomic Energy Agency)".
///
/// After Schwartz and Hearst, *A simple algorithm for identifying abbreviation definitions in biomedical text* (2003):
/// each letter of the short form, from the last, is found in the long form; the first one begins a word. Names have
/// capitals, so a long form begins with a capital or a digit here.
///
/// ```
/// let text = "The World Health Organization (WHO) said so.";
/// let (long, short) = onrecord_names::definitions(text)[0].clone();
/// assert_eq!((&text[long], &text[short]), ("World Health Organization", "WHO"));
/// ```
pub fn definitions(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|i| from + i) {
        from = open + 1;
        // brackets with a page of text in them define nothing
        let reach = text[from..].char_indices().nth(200).map_or(text.len(), |(i, _)| from + i);
        let Some(close) = text[from..reach].find([')', '(']).map(|i| from + i) else { continue };
        if !text[close..].starts_with(')') {
            continue;
        }
        let inner = trimmed(text, from..text[from..close].find([';', ',']).map_or(close, |i| from + i));
        let before = trimmed(text, start_of_reach(text, open)..open);
        let found = if short_form(&text[inner.clone()]) {
            long_form(&text[inner.clone()], &text[before.clone()])
                .map(|r| (before.start + r.start..before.start + r.end, inner.clone()))
        } else {
            // the other way round: the word before the bracket is the short form
            let word = text[before.clone()].split_whitespace().next_back().unwrap_or("");
            let short = before.end - word.len()..before.end;
            let whole = |r: &Range<usize>| {
                r.start == 0 || text[inner.clone()][..r.start].trim().eq_ignore_ascii_case("the")
            };
            (short_form(&text[short.clone()]) && text[inner.clone()].contains(' '))
                .then(|| long_form(&text[short.clone()], &text[inner.clone()]))
                .flatten()
                .filter(whole)
                .map(|r| (inner.start + r.start..inner.start + r.end, short))
        };
        out.extend(found);
        from = close + 1;
    }
    out
}

fn trimmed(text: &str, r: Range<usize>) -> Range<usize> {
    let quotes = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'');
    let s = &text[r.clone()];
    let start = r.start + (s.len() - s.trim_start_matches(quotes).len());
    let end = r.start + s.trim_end_matches(quotes).len();
    start.min(end)..end
}

/// Where the text that may hold a long form begins: not before the sentence, and some words at most.
fn start_of_reach(text: &str, open: usize) -> usize {
    let mut at = open;
    for (i, c) in text[..open].char_indices().rev().take(160) {
        if matches!(c, '\n' | ';' | '(' | ')' | ':' | '?' | '!') {
            return i + c.len_utf8();
        }
        at = i;
    }
    at
}

/// May this be a short form: one word, or two, of two to ten signs, with a capital?
fn short_form(s: &str) -> bool {
    let n = s.chars().count();
    // "R-Ohio": a party and a state
    let party = s.chars().nth(1) == Some('-');
    let signs = s.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '&' | '/' | ' '));
    (2..=10).contains(&n)
        && signs
        && !party
        && s.split_whitespace().count() <= 2
        && s.starts_with(|c: char| c.is_alphanumeric())
        && s.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// The end of `before` that the short form abbreviates.
fn long_form(short: &str, before: &str) -> Option<Range<usize>> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let words = letters.len().min(10) * 2;
    let words = words.min(letters.len() + 5);
    // the last words before the bracket
    let mut begin = before.len();
    let mut count = 0;
    for (i, c) in before.char_indices().rev() {
        if c.is_whitespace() {
            count += 1;
            if count >= words {
                break;
            }
        }
        begin = i;
    }
    if let Some(start) = by_initials(&letters, before, begin) {
        return Some(start..before.len());
    }
    let long: Vec<(usize, char)> = before[begin..].char_indices().map(|(i, c)| (begin + i, c)).collect();
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let mut l = long.len();
    for (k, s) in letters.iter().enumerate().rev() {
        loop {
            l = l.checked_sub(1)?;
            let starts = l == 0 || !long[l - 1].1.is_alphanumeric();
            if lower(long[l].1) == lower(*s) && (k > 0 || starts) {
                break;
            }
        }
    }
    // a hyphened word from its start
    while l > 0 && !long[l - 1].1.is_whitespace() && long[l - 1].1 != '“' && long[l - 1].1 != '"' {
        l -= 1;
    }
    let (start, first) = long[l];
    let found = &before[start..];
    let fits = (first.is_uppercase() || first.is_numeric())
        && found.len() > short.len()
        && found.contains(|c: char| c.is_whitespace() || c == '-')
        && !found.split_whitespace().any(|w| w == short);
    fits.then_some(start..before.len())
}

/// Where the fewest words begin whose initials are the letters: surer than letters anywhere.
fn by_initials(letters: &[char], before: &str, begin: usize) -> Option<usize> {
    let lower: String = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    let starts = before.char_indices().rev().filter(|(i, c)| {
        *i >= begin
            && (c.is_uppercase() || c.is_numeric())
            && before[..*i]
                .chars()
                .next_back()
                .is_none_or(|p| p.is_whitespace() || matches!(p, '“' | '"' | '‘'))
    });
    starts.map(|(i, _)| i).find(|i| {
        let words = thing::lettered(&name::tokens(&before[*i..]));
        let first = words.first().is_some_and(|w| lower.starts_with(w.folded.get(..1).unwrap_or("-")));
        first
            && Cover { letters: lower.as_bytes(), words: &words, run: 1, dead: HashSet::new() }
                .fits(0, 0, 0, 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Name, Reason, same};

    #[test]
    fn acronyms_stand_for_names() {
        let body = |s| Name::new(s, Kind::Body);
        for (a, b) in [
            ("WHO", "World Health Organization"),
            ("IAEA", "International Atomic Energy Agency"),
            ("ISIS", "Islamic State of Iraq and Syria"),
            ("FBI", "Federal Bureau of Investigation"),
            ("the F.B.I.", "Federal Bureau of Investigation"),
            ("UNSC", "UN Security Council"),
            ("CENTCOM", "U.S. Central Command"),
        ] {
            assert_eq!(same(&body(a), &body(b)), Some(Reason::Acronym), "{a} / {b}");
        }
        for (a, b) in [
            ("WHO", "World Trade Organization"),
            ("UN", "NATO"),
            ("FBI", "Foreign Office"),
            ("AU", "Arab League"),
        ] {
            assert_eq!(same(&body(a), &body(b)), None, "{a} / {b}");
        }
    }

    #[test]
    fn no_name_makes_the_search_long() {
        let long = Name::new(&"Aaaaaaaa of Aaaaa for ".repeat(8), Kind::Body);
        assert_eq!(same(&Name::new("AAAAAAAAAB", Kind::Body), &long), None);
    }

    #[test]
    fn definitions_in_text() {
        let cases: &[(&str, &[(&str, &str)])] = &[
            (
                "the International Atomic Energy Agency (IAEA) said",
                &[("International Atomic Energy Agency", "IAEA")],
            ),
            ("IAEA (International Atomic Energy Agency)", &[("International Atomic Energy Agency", "IAEA")]),
            ("at the Centers for Disease Control (C.D.C.).", &[("Centers for Disease Control", "C.D.C.")]),
            ("the People’s Alliance for Democracy (“PAD”)", &[("People’s Alliance for Democracy", "PAD")]),
            (
                "Islamic State of Iraq and Syria (ISIS; also IS)",
                &[("Islamic State of Iraq and Syria", "ISIS")],
            ),
            ("John Hackworth (USA) and Anderson Cooper (CNN)", &[]),
            ("he said (IMHO) nothing", &[]),
            ("Gov. John Rohan Kasich (R-OH)", &[]),
            (
                "the Transatlantic Trade and Investment Partnership (TTIP)",
                &[("Transatlantic Trade and Investment Partnership", "TTIP")],
            ),
            ("an open ( bracket", &[]),
            ("()", &[]),
            ("Mr Smith (pictured) left", &[]),
            (
                "World Bank (WB) and International Monetary Fund (IMF)",
                &[("World Bank", "WB"), ("International Monetary Fund", "IMF")],
            ),
        ];
        for (text, want) in cases {
            let got: Vec<(&str, &str)> =
                definitions(text).into_iter().map(|(l, s)| (&text[l], &text[s])).collect();
            assert_eq!(&got, want, "{text}");
        }
    }
}
