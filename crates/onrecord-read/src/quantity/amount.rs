//! One number with its money or unit of measure, and what bounds it. Must not know of counted nouns.

use super::number::{Number, Sort, number_at};
use super::token::{Kind, Token};
use super::unit::{self, Unit};
use crate::lexicon;
use std::ops::Range;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    /// The first token: of the money's sign, or of the number.
    pub start: usize,
    pub number: Number,
    /// The token after number and unit.
    pub end: usize,
    pub unit: Option<Unit>,
    /// The noun that a hyphen joins to the number ("two-storey").
    pub compound: Option<Range<usize>>,
}

impl Amount {
    /// Nothing but a number.
    pub fn bare(&self) -> bool {
        self.unit.is_none() && self.compound.is_none()
    }
}

fn year(end: usize) -> Unit {
    Unit { symbol: "year".into(), kind: "age", end }
}

/// The amount that begins at token `i`.
pub(super) fn amount_at(t: &[Token<'_>], i: usize) -> Option<Amount> {
    let sign = unit::prefix(t, i);
    let at = sign.map_or(i, |s| s.1);
    let number = number_at(t, at, sign.is_some())?;
    let plain = Amount { start: i, end: number.end, number, unit: None, compound: None };
    if let Some((code, _)) = sign {
        return Some(money(t, plain, code, i));
    }
    let is = |at: usize, word: &str| t.get(at).is_some_and(|w| w.is(word));
    let end = number.end;
    // "three-day", "67-year-old", "two-storey", "4-million member"
    let hyphen = t.get(end).is_some_and(|d| d.is_dash() && d.glued())
        && t.get(end + 1).is_some_and(|w| w.glued() && w.is_word());
    if hyphen {
        return Some(compound(t, plain));
    }
    // "half an hour", "millions of dollars", "tens of thousands of litres"
    let skip = match number.sort {
        Sort::Fraction if is(end, "a") || is(end, "an") => 1,
        Sort::Fraction if is(end, "of") && (is(end + 1, "a") || is(end + 1, "an")) => 2,
        Sort::Vague if is(end, "of") => 1,
        _ => 0,
    };
    if let Some(u) = unit::unit_at(t, end + skip, &number) {
        let vague = number.sort != Sort::Fraction || u.kind != "share";
        if vague {
            return Some(old(t, Amount { end: u.end, unit: Some(u), ..plain }));
        }
    }
    if let Some(u) = unit::time_past_adjective(t, end, &number) {
        return Some(Amount { end: u.end, unit: Some(u), ..plain });
    }
    if is(end, "magnitude") {
        let unit = Unit { symbol: "magnitude".into(), kind: "level", end: end + 1 };
        return Some(Amount { end: end + 1, unit: Some(unit), ..plain });
    }
    Some(plain)
}

/// A sum with its sign before it: what follows says whose dollar, or repeats the money's name.
fn money(t: &[Token<'_>], mut a: Amount, code: &str, i: usize) -> Amount {
    let mut code = code.to_owned();
    if t.get(i).is_some_and(|s| s.text == "$") {
        let before = i.checked_sub(1).and_then(|b| t.get(b)).filter(|b| b.is_word());
        if let Some(c) = before.and_then(|b| lexicon::dollar_demonyms().get(&b.lower, 0)) {
            c.clone_into(&mut code);
        } else if let Some((c, end)) = unit::demonym(t, a.end) {
            c.clone_into(&mut code);
            a.end = end;
        }
    }
    a.unit = Some(Unit { symbol: code, kind: "money", end: a.end });
    a
}

/// "28 year old", "28 years old", "28 years of age".
fn old(t: &[Token<'_>], mut a: Amount) -> Amount {
    let is = |at: usize, word: &str| t.get(at).is_some_and(|w| w.is(word));
    if a.unit.as_ref().is_some_and(|u| u.kind == "time") {
        let joined = usize::from(t.get(a.end).is_some_and(|d| d.is_dash() && d.glued()));
        let length = if is(a.end + joined, "old") || is(a.end + joined, "olds") {
            1 + joined
        } else if is(a.end, "of") && is(a.end + 1, "age") {
            2
        } else {
            0
        };
        a.end += length;
        if let Some(u) = a.unit.as_mut().filter(|_| length > 0) {
            (u.kind, u.end) = ("age", a.end);
        }
    }
    // "5ft 7in"
    if a.unit.as_ref().is_some_and(|u| u.symbol == "ft")
        && let Some(inches) =
            t.get(a.end).filter(|d| d.kind == Kind::Digits).and_then(|d| super::token::value(d.text))
        && (is(a.end + 1, "in") && t.get(a.end + 1).is_some_and(Token::glued) || is(a.end + 1, "inches"))
        && inches < 12.0
    {
        a.number.value += inches / 12.0;
        a.end += 2;
    }
    a
}

/// A number that a hyphen joins to the word after it.
fn compound(t: &[Token<'_>], a: Amount) -> Amount {
    const OTHERS: [&str; 15] = [
        "strong",
        "plus",
        "odd",
        "some",
        "something",
        "to",
        "and",
        "on",
        "by",
        "of",
        "off",
        "up",
        "in",
        "out",
        "or",
    ];
    let at = a.number.end + 1;
    if let Some(u) = unit::unit_at(t, at, &a.number) {
        return old(t, Amount { end: u.end, unit: Some(u), ..a });
    }
    let Some(w) = t.get(at) else { return a };
    if w.is("magnitude") {
        return Amount {
            end: at + 1,
            unit: Some(Unit { symbol: "magnitude".into(), kind: "level", end: at + 1 }),
            ..a
        };
    }
    let one = a.number.value == 1.0;
    if OTHERS.contains(&w.lower.as_str()) || one || super::number::is_number_word(w) || w.capital() {
        return a;
    }
    if super::number::is_ordinal(&w.lower) || a.number.sort != Sort::Plain {
        return a;
    }
    Amount { end: at + 1, compound: Some(at..at + 1), ..a }
}

/// What words beside a number make of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub near: bool,
    pub low: bool,
    pub high: bool,
}

/// The bounds that stand before token `i`, and where they begin; not before token `from`.
pub(super) fn before(t: &[Token<'_>], i: usize, from: usize) -> (Bounds, usize) {
    const MOST: usize = 4;
    let (mut bounds, mut start) = (Bounds::default(), i);
    for _ in 0..2 {
        let found = (1..=MOST).rev().find_map(|n| {
            let words = t.get(start.checked_sub(n).filter(|s| *s >= from)?..start)?;
            if !words.iter().all(Token::is_word) {
                return None;
            }
            let words: Vec<&str> = words.iter().map(|w| w.lower.as_str()).collect();
            Some((lexicon::number_bounds().get(&words.join(" "), 0)?, n))
        });
        let Some((kind, n)) = found else { break };
        match kind {
            "low" if !bounds.high => bounds.low = true,
            "high" if !bounds.low => bounds.high = true,
            "near" => bounds.near = true,
            _ => break,
        }
        start -= n;
    }
    (bounds, start)
}

/// The bounds that stand at token `i`, after a number or its noun, and the token after them.
pub(super) fn after(t: &[Token<'_>], i: usize) -> (Bounds, usize) {
    let is = |at: usize, words: &[&str]| t.get(at).is_some_and(|w| words.contains(&w.lower.as_str()));
    let none = (Bounds::default(), i);
    if is(i, &["or", "and"]) {
        let (near, low, high) = (
            is(i, &["or"]) && is(i + 1, &["so", "thereabouts"]),
            is(i + 1, &["more", "older", "above", "over", "higher", "up", "greater", "longer", "upwards"]),
            is(i, &["or"]) && is(i + 1, &["less", "fewer", "under", "below", "younger", "lower"]),
        );
        // "12 and over 40 others"
        let ends = !t.get(i + 2).is_some_and(|w| w.kind == Kind::Digits || super::number::is_number_word(w));
        return if (near || low || high) && ends { (Bounds { near, low, high }, i + 2) } else { none };
    }
    if is(i, &["+"])
        && t.get(i).is_some_and(Token::glued)
        && !t.get(i + 1).is_some_and(|w| w.kind == Kind::Digits)
    {
        return (Bounds { low: true, ..Bounds::default() }, i + 1);
    }
    if t.get(i).is_some_and(|d| d.is_dash() && d.glued()) {
        if is(i + 1, &["plus"]) {
            return (Bounds { low: true, ..Bounds::default() }, i + 2);
        }
        if is(i + 1, &["odd", "some", "ish"]) {
            return (Bounds { near: true, ..Bounds::default() }, i + 2);
        }
        if is(i + 1, &["strong"]) {
            return (Bounds::default(), i + 2);
        }
    }
    none
}

/// "67", after "aged", "age of", "turned", or between a name and a comma: a person's age in years.
pub(super) fn age(
    t: &[Token<'_>],
    a: &Amount,
    start: usize,
    month: impl Fn(&Token<'_>) -> bool,
) -> Option<Amount> {
    let word = |back: usize| start.checked_sub(back).and_then(|b| t.get(b));
    let is = |back: usize, words: &[&str]| word(back).is_some_and(|w| words.contains(&w.lower.as_str()));
    if !a.bare() || a.number.value > 125.0 || a.number.sort != Sort::Plain {
        return None;
    }
    const AGE: [&str; 3] = ["aged", "age", "ages"];
    let said = is(1, &AGE)
        || is(1, &["of", "at", "between"]) && is(2, &AGE)
        || is(1, &["turned", "turns", "turning"]);
    let next = t.get(a.end);
    let closes = |marks: &[&str]| next.is_none_or(|n| marks.contains(&n.text));
    let named = word(2).is_some_and(|w| (w.capital() || w.text == "”") && !month(w)) && a.number.digits && {
        is(1, &[","]) && closes(&[",", ".", ";", ")"]) && a.number.value >= 1.0
            || is(1, &["("]) && closes(&[")"])
    };
    let whole = a.number.value.fract() == 0.0;
    (whole && (said || named)).then(|| Amount { unit: Some(year(a.end)), ..a.clone() })
}
