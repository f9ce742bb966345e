//! Units and money beside a number. Must not know of counted nouns or of what bounds a number.

use super::number::Number;
use super::token::{Kind, Token};
use crate::lexicon;
use onrecord_names::Table;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    /// ISO 4217, or a symbol of the table.
    pub symbol: String,
    /// "money", or what the table says is measured.
    pub kind: &'static str,
    /// The token after it.
    pub end: usize,
}

/// The longest row of the table that the tokens from `i` on spell, as (key, token after it).
fn longest(t: &[Token<'_>], i: usize, table: &Table) -> Option<(String, usize)> {
    const MOST: usize = 4;
    let mut words = String::new();
    let mut best = None;
    for (n, token) in t.iter().enumerate().skip(i).take(MOST) {
        if n > i && token.spaced {
            words.push(' ');
        }
        words.push_str(&token.lower);
        if table.has(&words) {
            best = Some((words.clone(), n + 1));
        }
    }
    best
}

/// The money that a sign or code at `i` names, and the token after it, which is to be a number.
pub(super) fn prefix(t: &[Token<'_>], i: usize) -> Option<(&'static str, usize)> {
    let first = t.get(i)?;
    let glued_sign = t.get(i + 1).is_some_and(|s| s.glued() && s.kind == Kind::Mark && !s.is_dash());
    let table = lexicon::currencies();
    if first.is_word() && glued_sign {
        let joined = format!("{}{}", first.lower, t.get(i + 1).map_or("", |s| s.text));
        if let Some(code) = table.get(&joined, 0) {
            return Some((code, i + 2));
        }
    }
    // "$US20"
    let after = t.get(i + 1).filter(|w| first.text == "$" && w.glued() && w.is_word());
    if let Some(w) = after
        && let Some(code) = table.get(&format!("{}$", w.lower), 0)
    {
        return Some((code, i + 2));
    }
    let code = table.get(&first.lower, 0)?;
    match first.kind {
        Kind::Mark => Some((code, i + 1)),
        Kind::Word if first.is("rs") => {
            Some((code, i + 1 + usize::from(t.get(i + 1).is_some_and(|d| d.text == "."))))
        }
        Kind::Word => (first.text == code).then_some((code, i + 1)),
        Kind::Digits => None,
    }
}

/// Whose dollar a word beside the sum says it is: the code and the token after the sum.
pub(super) fn demonym(t: &[Token<'_>], i: usize) -> Option<(&'static str, usize)> {
    let code = lexicon::dollar_demonyms().get(&t.get(i)?.lower, 0)?;
    let noun = t
        .get(i + 1)
        .is_some_and(|n| n.kind == Kind::Digits || (n.is_word() && !lexicon::counted_stops().has(&n.lower)));
    (!noun).then_some((code, i + 1))
}

/// Money named after the number: "dollars", "Brazilian reals", "EUR".
fn money(t: &[Token<'_>], i: usize) -> Option<Unit> {
    let (key, end) = longest(t, i, lexicon::currencies())?;
    let code = lexicon::currencies().get(&key, 0)?;
    let first = t.get(i)?;
    let written = first.text == code || !key.eq_ignore_ascii_case(code) || key.len() != 3;
    // "5 try", "3 all": codes are capitals
    (written || first.text.chars().all(char::is_uppercase)).then(|| Unit {
        symbol: code.to_owned(),
        kind: "money",
        end,
    })
}

/// The unit that begins at token `i`, the number before it.
pub(super) fn unit_at(t: &[Token<'_>], i: usize, number: &Number) -> Option<Unit> {
    let first = t.get(i)?;
    if let Some(unit) = money(t, i) {
        return Some(unit);
    }
    let (key, end) = longest(t, i, lexicon::units())?;
    let (symbol, kind) = (lexicon::units().get(&key, 0)?, lexicon::units().get(&key, 1)?);
    // letters of a symbol are as they are: "m" is no "M", and after a word a letter is no unit
    if key.len() <= 2 && key.bytes().all(|b| b.is_ascii_alphabetic()) {
        let same =
            first.text == symbol || first.text == key && key.len() == 2 || symbol == "L" || symbol == "°C";
        let beside = number.digits && (first.glued() || t.get(i + 1).is_none_or(|n| !n.is_dash()));
        if !(same && beside) {
            return None;
        }
    }
    // pounds by the million are money
    if symbol == "lb" && number.scale >= 1e6 {
        return Some(Unit { symbol: "GBP".into(), kind: "money", end });
    }
    Some(rate(t, Unit { symbol: symbol.to_owned(), kind, end }))
}

/// "40 miles per hour", "grams each second"; an amount of time, money or a share has no rate of its own.
fn rate(t: &[Token<'_>], unit: Unit) -> Unit {
    if !matches!(unit.kind, "length" | "mass" | "volume" | "data" | "energy") {
        return unit;
    }
    let per =
        t.get(unit.end).is_some_and(|p| ["per", "each", "every", "a", "an", "/"].contains(&p.lower.as_str()));
    let time = t.get(unit.end + 1).filter(|_| per).and_then(|w| {
        let table = lexicon::units();
        (w.kind == Kind::Word && table.get(&w.lower, 1) == Some("time"))
            .then(|| table.get(&w.lower, 0))
            .flatten()
    });
    let Some(time) = time else { return unit };
    let symbol = match (unit.symbol.as_str(), time) {
        ("mi", "h") => "mph".to_owned(),
        (symbol, time) => format!("{symbol}/{time}"),
    };
    let kind = if unit.kind == "length" { "speed" } else { "rate" };
    Unit { symbol, kind, end: unit.end + 2 }
}

/// "Five consecutive days": adjectives between a number and a unit of time.
pub(super) fn time_past_adjective(t: &[Token<'_>], i: usize, number: &Number) -> Option<Unit> {
    const BETWEEN: [&str; 20] = [
        "more",
        "additional",
        "full",
        "further",
        "other",
        "long",
        "short",
        "extra",
        "whole",
        "calendar",
        "working",
        "business",
        "consecutive",
        "straight",
        "successive",
        "remaining",
        "solid",
        "additional",
        "whole",
        "good",
    ];
    if !t.get(i).is_some_and(|w| BETWEEN.contains(&w.lower.as_str())) {
        return None;
    }
    unit_at(t, i + 1, number).filter(|u| u.kind == "time")
}
