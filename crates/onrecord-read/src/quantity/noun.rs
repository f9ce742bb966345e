//! What is counted: the noun phrase after a number, found by word lists and endings, no parser. Must not know of
//! units.

use super::number::{Sort, is_number_word, number_at};
use super::token::{Kind, Token};
use crate::lexicon;
use std::ops::Range;

/// A counted noun phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    /// The head in lower case; none for a pronoun.
    pub head: Option<String>,
    /// The tokens of the phrase.
    pub of: Range<usize>,
    /// It follows the number directly, with no "of" between them.
    pub direct: bool,
}

/// Words that a counted phrase may have before it and leaves out.
const BESIDES: [&str; 9] =
    ["more", "other", "another", "additional", "further", "extra", "fewer", "less", "most"];
const DETERMINERS: [&str; 18] = [
    "the", "these", "those", "this", "that", "his", "her", "its", "their", "our", "my", "your", "a", "an",
    "all", "whose", "any", "such",
];
const PRONOUNS: [&str; 11] =
    ["them", "us", "you", "whom", "which", "these", "those", "this", "that", "it", "mine"];
/// No phrase is longer, in tokens.
const LONGEST: usize = 9;

fn stops(t: &Token<'_>) -> bool {
    lexicon::counted_stops().has(&t.lower) || lexicon::number_bounds().has(&t.lower)
}

/// Looks like a noun in the plural.
pub(super) fn is_plural(t: &Token<'_>) -> bool {
    let w = t.lower.as_str();
    if lexicon::counted_nouns().has(w) {
        return true;
    }
    // "US", "NHS": no plural; "MPs" is
    let name = t.text.len() > 1 && t.text.chars().all(char::is_uppercase);
    w.len() > 3 - usize::from(t.text.starts_with(|c: char| c.is_uppercase()))
        && w.ends_with('s')
        && !name
        && !["ss", "us", "is"].iter().any(|e| w.ends_with(e))
        && !lexicon::not_plurals().has(w)
        && !stops(t)
}

/// A word in the form of a verb or an adverb that ends a phrase which has a noun already.
fn ends_after_noun(t: &Token<'_>) -> bool {
    let w = t.lower.as_str();
    !t.capital()
        && (w.ends_with("ly")
            || (w.ends_with("ed") && !w.ends_with("eed") && w.len() > 3)
            || (w.ends_with("ing") && w.len() > 6))
}

/// A word that, by its ending, describes.
fn is_adjective(t: &Token<'_>) -> bool {
    const ENDINGS: [&str; 12] =
        ["al", "ive", "ic", "ous", "ful", "ary", "able", "ible", "ish", "ese", "ern", "less"];
    t.is_word() && t.lower.len() > 4 && ENDINGS.iter().any(|e| t.lower.ends_with(e))
}

/// The phrase at token `i`: up to its head. `many`: the number asks for a plural.
fn phrase(t: &[Token<'_>], i: usize, many: bool, strict: bool) -> Option<(usize, String)> {
    let mut head: Option<usize> = None;
    let mut plural = false;
    let mut at = i;
    while at < i + LONGEST {
        let Some(w) = t.get(at) else { break };
        let next = t.get(at + 1);
        match w.kind {
            Kind::Mark => {
                let hyphen = w.is_dash() && w.glued() && next.is_some_and(Token::glued);
                // "Turkey's most controversial issues", "Spirit Airlines' income": the head is yet to come
                let s = next.is_some_and(|n| n.is("s") && n.glued());
                let plurals =
                    plural && next.is_some_and(|n| n.is_word() && n.spaced && !stops(n) && !n.capital());
                if w.is_apostrophe() && w.glued() && (s || plurals) {
                    at += 1 + usize::from(s);
                    if !t.get(at).is_some_and(|n| n.is_word() && !stops(n)) {
                        break;
                    }
                    (head, plural) = (None, false);
                    continue;
                }
                let opens = matches!(w.text, "“" | "\"" | "‘") && w.spaced && head.is_none_or(|_| !plural);
                let closes = matches!(w.text, "”" | "\"" | "’")
                    && w.glued()
                    && next.is_some_and(Token::is_word)
                    && !plural;
                if hyphen {
                    // the head is the whole compound, or lies behind it
                    (head, plural) = (None, false);
                } else if !(opens || closes) {
                    break;
                }
            }
            Kind::Digits => {
                // a name with a number in the phrase: "Boeing 737-800 jets"
                let named = at.checked_sub(1).and_then(|b| t.get(b)).is_some_and(Token::capital) && at > i;
                let joined = w.glued() && at > i;
                if plural || !(named || joined) {
                    break;
                }
            }
            Kind::Word => {
                // "administrative and managerial jobs"
                if w.is("and")
                    && !plural
                    && at.checked_sub(1).and_then(|b| t.get(b)).is_some_and(is_adjective)
                    && at > i
                {
                    at += 1;
                    continue;
                }
                if stops(w) || (plural && !is_plural(w)) {
                    break;
                }
                if is_number_word(w) && !w.capital() && !next.is_some_and(|n| n.is_dash() && n.glued()) {
                    break;
                }
                let noun_before = head.is_some();
                if noun_before && !plural && !many && (ends_after_noun(w) || is_plural(w) && !w.capital()) {
                    break;
                }
                plural |= is_plural(w);
                if !w.lower.ends_with("ly") || w.capital() {
                    head = Some(at);
                }
            }
        }
        at += 1;
    }
    let head = head.filter(|_| plural || !strict)?;
    // "seven-year", "vice-presidents": the compound is the head
    let mut from = head;
    while from >= i + 2
        && t.get(from).is_some_and(Token::glued)
        && t.get(from - 1).is_some_and(|d| d.is_dash() && d.glued())
        && t.get(from - 2).is_some_and(Token::is_word)
    {
        from -= 2;
    }
    let words: String = t.get(from..=head)?.iter().map(|w| w.lower.as_str()).collect();
    Some((head + 1, words))
}

/// The first token of the phrase at `i`, past what it leaves out.
fn past_determiners(t: &[Token<'_>], i: usize) -> usize {
    let mut at = i;
    while t
        .get(at)
        .is_some_and(|w| DETERMINERS.contains(&w.lower.as_str()) || BESIDES.contains(&w.lower.as_str()))
    {
        at += 1;
    }
    at
}

/// What a number that ends before token `i` counts.
pub(super) fn counted(t: &[Token<'_>], i: usize, value: f64, sort: Sort) -> Option<Counted> {
    if let Some(c) = partitive(t, i, sort) {
        return Some(c);
    }
    let mut at = i;
    while t.get(at).is_some_and(|w| BESIDES.contains(&w.lower.as_str())) {
        at += 1;
    }
    let one = value == 1.0 && sort == Sort::Plain;
    if sort == Sort::Fraction {
        // "half the members", "half that amount"
        let past = past_determiners(t, at);
        if past == at {
            return t.get(at).filter(|w| w.is_word() && is_plural(w)).map(|_| ()).and_then(|()| {
                phrase(t, at, true, true).map(|(end, _)| Counted { head: None, of: at..end, direct: true })
            });
        }
        return phrase(t, past, false, false).map(|(end, _)| Counted {
            head: None,
            of: past..end,
            direct: false,
        });
    }
    let (end, head) = if one {
        let w = t.get(at)?;
        if !w.is_word() && !w.is_quote() || stops(w) {
            return None;
        }
        phrase(t, at, false, false)?
    } else {
        phrase(t, at, true, true)?
    };
    Some(Counted { head: Some(head), of: at..end, direct: true })
}

/// "One of the guards", "13 out of the 66 homes", "hundreds of people", "two of them", "a third of voters".
fn partitive(t: &[Token<'_>], i: usize, sort: Sort) -> Option<Counted> {
    let is = |at: usize, w: &str| t.get(at).is_some_and(|x| x.is(w));
    let at = match () {
        () if is(i, "of") => i + 1,
        () if is(i, "out") && is(i + 1, "of") => i + 2,
        // "a couple of" takes its "of" along
        () if sort == Sort::Couple => i,
        () => return None,
    };
    let w = t.get(at)?;
    let pronoun = PRONOUNS.contains(&w.lower.as_str());
    let next_noun = t.get(at + 1).is_some_and(|n| n.is_word() && !stops(n))
        || t.get(at + 1).is_some_and(|n| n.kind == Kind::Digits);
    if pronoun && !(next_noun && DETERMINERS.contains(&w.lower.as_str())) {
        return Some(Counted { head: None, of: at..at + 1, direct: false });
    }
    let mut from = past_determiners(t, at);
    if let Some(n) = number_at(t, from, false) {
        let stays = t.get(n.end).is_some_and(|w| w.is_word() && !stops(w) || w.is_quote());
        if !stays {
            return None;
        }
        from = past_determiners(t, n.end);
    }
    let mass = matches!(sort, Sort::Fraction);
    let found = phrase(t, from, true, true).or_else(|| phrase(t, from, false, false));
    let (end, head) = found?;
    // "dozens of tanks" is one phrase, "dozens of the tanks" is a part of another
    let direct = sort == Sort::Couple || sort == Sort::Vague && from == at;
    let head = (!mass).then_some(head);
    Some(Counted { head, of: from..end, direct })
}

/// What money or a share is of: "$40m in aid", "71 per cent of members"; measures by "of" alone.
pub(super) fn of_amount(t: &[Token<'_>], i: usize, by_in: bool) -> Option<Range<usize>> {
    const IDIOMS: [&str; 24] = [
        "total", "all", "favour", "favor", "length", "height", "size", "advance", "return", "exchange",
        "part", "place", "turn", "order", "addition", "recent", "early", "late", "width", "diameter",
        "depth", "front", "cash", "jail",
    ];
    const TIME: [&str; 8] = ["year", "years", "month", "months", "week", "weeks", "quarter", "prison"];
    let w = t.get(i)?;
    if w.is("of") {
        let from = past_determiners(t, i + 1);
        let next = t.get(i + 1)?;
        if from > i + 1
            && PRONOUNS.contains(&next.lower.as_str())
            && t.get(from).is_none_or(|n| !n.is_word() || stops(n))
        {
            return Some(i + 1..i + 2);
        }
        if PRONOUNS.contains(&next.lower.as_str()) && from == i + 1 {
            return Some(i + 1..i + 2);
        }
        let from = match number_at(t, from, false) {
            Some(n) => n.end,
            None => from,
        };
        return phrase(t, from, true, true)
            .or_else(|| phrase(t, from, false, false))
            .map(|(end, _)| from..end);
    }
    if !by_in || !w.is("in") {
        return None;
    }
    let next = t.get(i + 1)?;
    if !next.is_word() || next.capital() || stops(next) || IDIOMS.contains(&next.lower.as_str()) {
        return None;
    }
    let (end, _) = phrase(t, i + 1, true, true).or_else(|| phrase(t, i + 1, false, false))?;
    let timed = t.get(i + 1..end)?.iter().any(|w| TIME.contains(&w.lower.as_str()));
    (!timed).then_some(i + 1..end)
}
