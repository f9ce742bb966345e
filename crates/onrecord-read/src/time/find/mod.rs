//! Time expressions in a sentence: where they stand, as TIMEX3 delimits them (TimeML 1.2.1: no preposition, modifiers
//! with them), and what they say. Must not know of dates that the text does not tell.

mod dates;
mod hours;
mod numbers;
mod periods;

use super::calendar::Part;
use super::expr::{Expr, From, Unit, Which, Year};
use super::tokens::{Line, Phrases};
use crate::lexicon;
use std::sync::OnceLock;

/// An expression: tokens `from..to` and what they say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) expr: Expr,
}

/// Where an expression ends, and what it says.
type Hit = Option<(usize, Expr)>;

/// The expressions of a sentence, in order.
pub(super) fn find(line: &Line<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < line.len() {
        match at(line, i) {
            Some((to, expr)) if to > i => {
                out.push(Found { from: i, to, expr });
                i = to;
            }
            _ => i += 1,
        }
    }
    out
}

/// The longest expression that begins at token `i`; of equals the first named here.
fn at(line: &Line<'_>, i: usize) -> Hit {
    let ways: [fn(&Line<'_>, usize) -> Hit; 6] =
        [words, modified, hours::hour, dates::date, periods::relative, periods::length];
    let mut best: Hit = None;
    for way in ways {
        if let Some(hit) = way(line, i)
            && best.as_ref().is_none_or(|b| hit.0 > b.0)
        {
            best = Some(hit);
        }
    }
    let (to, expr) = best?;
    Some((tail(line, to), expr))
}

/// "Or so", "and beyond" after an expression.
fn tail(line: &Line<'_>, i: usize) -> usize {
    let or = line.is(i, "or") && line.any(i + 1, &["so", "later", "earlier", "more", "less", "longer"]);
    let and = line.is(i, "and") && line.is(i + 1, "beyond");
    if or || and { i + 2 } else { i }
}

fn phrases(
    cell: &'static OnceLock<Phrases>,
    table: fn() -> &'static onrecord_names::Table,
) -> &'static Phrases {
    cell.get_or_init(|| Phrases::new(table()))
}

/// Is the token inside a hyphened word or a name: "Now-defunct", "USA Today"?
fn in_a_name(line: &Line<'_>, from: usize, to: usize) -> bool {
    let before = from > 0 && line.capital(from) && line.capital(from - 1);
    let hyphen = (line.is(to, "-") && line.glued(to)) || (line.before(from) == "-" && line.glued(from));
    before || hyphen
}

/// Whole expressions of the table.
fn words(line: &Line<'_>, i: usize) -> Hit {
    static WORDS: OnceLock<Phrases> = OnceLock::new();
    let (to, key) = phrases(&WORDS, lexicon::time_words).at(line, i)?;
    if in_a_name(line, i, to) {
        return None;
    }
    let table = lexicon::time_words();
    let (kind, value) = (table.get(key, 0)?, table.get(key, 1)?);
    // "as soon as"
    if line.before(i) == "as" && line.is(to, "as") {
        return None;
    }
    if table.get(key, 2).is_some() && !before_a_noun(line, i, to) {
        return None;
    }
    // "the past" and "the time" alone, not "the past week", "the time of"
    if key.starts_with("the ") && (numbers::unit(line, to).is_some() || line.any(to, &["of", "-", "to"])) {
        return None;
    }
    let expr = match (kind, value.split_once(':')) {
        (_, Some(("day", n))) => Expr::Shift { by: n.parse().ok(), unit: Unit::Day, from: From::Now },
        (_, Some(("part", code))) => Expr::PartOfDay(code, None),
        (_, Some((_, code))) => {
            // the night before
            let day = Expr::Shift { by: Some(-1), unit: Unit::Day, from: From::Now };
            Expr::PartOfDay(code, Some(Box::new(day)))
        }
        ("date", _) => Expr::Vague(value),
        ("set", _) => Expr::Set(value.to_owned()),
        _ => Expr::Duration(value.to_owned()),
    };
    // "yesterday afternoon", "today's"
    if let Expr::Shift { .. } = expr
        && let Some((end, code)) = hours::part(line, to)
    {
        return Some((end, Expr::PartOfDay(code, Some(Box::new(expr)))));
    }
    Some((to, expr))
}

/// Does an adjective here stand before its noun?
fn before_a_noun(line: &Line<'_>, from: usize, to: usize) -> bool {
    let next = line.word(to);
    next.starts_with(char::is_alphabetic)
        && !line.any(to, &["and", "or", "of", "in", "is", "was", "as", "than", "that", "to", "for"])
        && numbers::unit(line, to).is_none()
        && !line.any(to, &["period", "term"])
        && !line.any(from.wrapping_sub(1), &["most", "more"])
}

/// "The end of 1990", "early next year", "mid-November", "nearly four years", "around Nov. 1".
fn modified(line: &Line<'_>, i: usize) -> Hit {
    static MODIFIERS: OnceLock<Phrases> = OnceLock::new();
    let of = phrases(&MODIFIERS, lexicon::time_modifiers);
    let (j, key) = of.at(line, i).or_else(|| of.at(line, line.skip(i, "the")))?;
    let table = lexicon::time_modifiers();
    let j = line.skip(j, "-");
    if table.get(key, 0)? == "number" {
        if line.is(i, "the") {
            return None;
        }
        // a count, or a point of time that is not told exactly
        let length = periods::relative(line, j).filter(|(_, e)| matches!(e, Expr::Duration(_)));
        if let Some(hit) = periods::counted(line, j).or(length) {
            return Some(hit);
        }
        let near = ["about", "around", "approximately", "roughly", "almost", "nearly"];
        if !line.any(i, &near) {
            return None;
        }
        return match hours::hour(line, j).or_else(|| dates::date(line, j))? {
            (_, Expr::Year(_)) => None,
            (to, expr) => Some((to, expr)),
        };
    }
    let part = match table.get(key, 1)? {
        "start" => Part::Start,
        "mid" => Part::Mid,
        "end" => Part::End,
        _ => Part::Whole,
    };
    if key == "mid" && !line.is(j - 1, "-") && !line.glued(j) {
        return None;
    }
    // "late", "early", "earlier", "later" go with what names a stretch, not with how long
    let (to, expr) = match at(line, j)? {
        (_, Expr::Duration(_) | Expr::Set(_) | Expr::Vague(_) | Expr::Of(..)) => return None,
        (to, Expr::Shift { by: None, .. }) if to > 0 => return None,
        hit => hit,
    };
    let expr = match expr {
        e @ (Expr::Clock(..) | Expr::PartOfDay(..)) => e,
        e if e.is_day() => e,
        e => Expr::Of(part, Box::new(e)),
    };
    Some((to, expr))
}

/// "This", "last", "next" as they stand before a month, a weekday, a unit.
fn which(word: &str) -> Option<Which> {
    match word {
        "this" | "current" => Some(Which::This),
        "last" | "past" | "previous" | "preceding" => Some(Which::Last),
        "next" | "coming" | "following" | "upcoming" => Some(Which::Next),
        _ => None,
    }
}

/// "This year", "next year's", "1990", "fiscal 1990": the year that a quarter or a season is of.
fn year_of(line: &Line<'_>, i: usize) -> Option<(usize, Year)> {
    let i = if line.is(i, "fiscal") { line.skip(i + 1, "year") } else { i };
    if let Some((to, y)) = numbers::year(line, i) {
        return Some((to, Year::Given(y)));
    }
    if !line.is(i + 1, "year") {
        return None;
    }
    let off = match line.word(i) {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    Some((i + 2, Year::Off(off)))
}
