//! Numbers, ordinals, years and units of time as they are written. Must not know what they count.

use super::super::expr::{Amount, Unit};
use super::super::tokens::Line;
use crate::lexicon;

fn word(line: &Line<'_>, i: usize, kind: &str) -> Option<i64> {
    let table = lexicon::time_numbers();
    let word = line.word(i);
    (table.get(word, 0)? == kind).then(|| table.get(word, 1)?.parse().ok())?
}

/// A number in words or digits.
pub(super) fn cardinal(line: &Line<'_>, i: usize) -> Option<(usize, i64)> {
    if let Some((n, _)) = line.digits(i) {
        let (mut to, mut n) = (i + 1, i64::from(n));
        while line.is(to, ",") && line.glued(to) && line.glued(to + 1) {
            let Some((more, 3)) = line.digits(to + 1) else { break };
            n = n.saturating_mul(1000).saturating_add(i64::from(more));
            to += 2;
        }
        return Some((to, n));
    }
    let a = line.any(i, &["a", "an", "one"]);
    let (mut to, mut n) = match word(line, i, "cardinal") {
        Some(n) => (i + 1, n),
        None if a && word(line, i + 1, "scale").is_some() => (i + 1, 1),
        None => (i, word(line, i, "scale").map(|_| 1)?),
    };
    let tens = |n: i64| n >= 20 && n % 10 == 0 && n < 100;
    let units = |line: &Line<'_>, at: usize, n: i64| {
        let next = line.skip(at, "-");
        word(line, next, "cardinal").filter(|u| tens(n) && *u < 10).map(|u| (next + 1, n + u))
    };
    if let Some(both) = units(line, to, n) {
        (to, n) = both;
    }
    while let Some(scale) = word(line, to, "scale") {
        n = n.saturating_mul(scale);
        to += 1;
        let next = line.skip(to, "and");
        if let Some(more) = word(line, next, "cardinal") {
            n = n.saturating_add(more);
            to = next + 1;
            if let Some((end, both)) = units(line, to, more) {
                (to, n) = (end, n - more + both);
            }
        }
    }
    Some((to, n))
}

/// "Third", "3rd", "twenty-first".
pub(super) fn ordinal(line: &Line<'_>, i: usize) -> Option<(usize, i64)> {
    if let Some((n, _)) = line.digits(i) {
        let ending = line.glued(i + 1) && line.any(i + 1, &["st", "nd", "rd", "th"]);
        return ending.then_some((i + 2, i64::from(n)));
    }
    if let Some(n) = word(line, i, "ordinal") {
        return Some((i + 1, n));
    }
    let tens = word(line, i, "cardinal").filter(|n| n % 10 == 0 && *n >= 20)?;
    let next = line.skip(i + 1, "-");
    let n = word(line, next, "ordinal").filter(|n| *n < 10)?;
    Some((next + 1, tens + n))
}

/// How many, as far as it is said: "2 1/2", "a couple of", "several", "two or three", "half a", "a".
pub(super) fn amount(line: &Line<'_>, i: usize) -> Option<(usize, Amount)> {
    let vague = |to: usize| Some((to, Amount::Vague));
    match line.word(i) {
        "several" | "few" | "many" | "numerous" => return vague(i + 1),
        "couple" => return Some((line.skip(i + 1, "of"), Amount::whole(2))),
        "dozens" | "scores" | "hundreds" | "thousands" | "tens" if line.is(i + 1, "of") => {
            let more = line.any(i + 2, &["thousands", "hundreds"]) && line.is(i + 3, "of");
            return vague(i + if more { 4 } else { 2 });
        }
        "a" if line.is(i + 1, "few") => return vague(i + 2),
        "a" if line.is(i + 1, "couple") => return Some((line.skip(i + 2, "of"), Amount::whole(2))),
        "a" if line.is(i + 1, "number") && line.is(i + 2, "of") => return vague(i + 3),
        "a" if line.is(i + 1, "half") => return Some((line.skip(i + 2, "-"), Amount::Halves(1))),
        "half" if line.any(i + 1, &["a", "an"]) => return Some((i + 2, Amount::Halves(1))),
        "half" if line.is(i + 1, "-") && line.any(i + 2, &["hour", "day", "year", "century"]) => {
            return Some((i + 2, Amount::Halves(1)));
        }
        _ => {}
    }
    let (mut to, n) = match cardinal(line, i) {
        Some(hit) => hit,
        None if line.any(i, &["a", "an", "another"]) => {
            let next = i + 1;
            return Some((next, Amount::whole(1)));
        }
        None => return None,
    };
    let mut halves = n.saturating_mul(2);
    let slash = |at: usize| {
        line.digits(at) == Some((1, 1)) && line.is(at + 1, "/") && line.digits(at + 2) == Some((2, 1))
    };
    if slash(to) {
        to += 3;
        halves += 1;
    } else if line.is(to, "-") && slash(to + 1) {
        to += 4;
        halves += 1;
    } else if line.is(to, ".") && line.glued(to) && line.glued(to + 1) && line.digits(to + 1).is_some() {
        halves += i64::from(line.is(to + 1, "5"));
        to += 2;
    } else if line.is(to, "½") {
        to += 1;
        halves += 1;
    } else if line.is(to, "and") && line.is(to + 1, "a") && line.is(to + 2, "half") {
        to += 3;
        halves += 1;
    }
    Some((to, Amount::Halves(halves)))
}

/// A unit of time: where it ends, which, and whether in the plural.
pub(super) fn unit(line: &Line<'_>, i: usize) -> Option<(usize, Unit, bool)> {
    let table = lexicon::time_units();
    let word = line.word(i);
    Some((i + 1, Unit::named(table.get(word, 0)?)?, table.get(word, 1).is_some()))
}

/// A year in four digits or in words ("nineteen ninety-four"), or in two after an apostrophe.
pub(super) fn year(line: &Line<'_>, i: usize) -> Option<(usize, i16)> {
    let part_of_number = |to: usize| {
        let point = line.any(to, &[",", "."]) && line.glued(to) && line.glued(to + 1);
        point && line.digits(to + 1).is_some_and(|(_, n)| line.is(to, ".") || n == 3)
            || (line.any(i.wrapping_sub(1), &[".", ","])
                && line.glued(i)
                && i > 1
                && line.digits(i - 2).is_some())
    };
    if let Some((n, 4)) = line.digits(i) {
        let year = i16::try_from(n).ok().filter(|y| (1000..2200).contains(y))?;
        let letters = line.glued(i + 1) && line.word(i + 1).starts_with(char::is_alphabetic);
        return (!part_of_number(i + 1) && !letters).then_some((i + 1, year));
    }
    if line.is(i, "'") {
        let (n, 2) = line.digits(i + 1)? else { return None };
        let letters = line.glued(i + 2) && line.word(i + 2).starts_with(char::is_alphabetic);
        return (!letters).then(|| (i + 2, two_digits(n)));
    }
    let century = match line.word(i) {
        "eighteen" => 1800,
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    let rest = line.skip(i + 1, "-");
    let (to, n) = cardinal(line, rest).filter(|_| line.digits(rest).is_none())?;
    (10..100).contains(&n).then(|| (to, century + i16::try_from(n).unwrap_or(0)))
}

/// The year that two digits stand for: from 1930 to 2029.
pub(super) fn two_digits(n: u32) -> i16 {
    let n = i16::try_from(n % 100).unwrap_or(0);
    if n < 30 { 2000 + n } else { 1900 + n }
}

/// The first year of "eighties".
pub(super) fn decade(line: &Line<'_>, i: usize) -> Option<i64> {
    word(line, i, "decade")
}
