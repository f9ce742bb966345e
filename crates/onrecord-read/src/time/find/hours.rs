//! Times of the day: "10 p.m. Wednesday", "noon", "Saturday night", "this morning". Must not know of dates.

use super::super::expr::{Clock, Expr, From, Unit, Which};
use super::super::tokens::Line;
use super::{Hit, dates};
use crate::lexicon;

/// A row of the calendar's names of that kind.
pub(super) fn name(line: &Line<'_>, i: usize, kind: &str) -> Option<&'static str> {
    let table = lexicon::time_calendar();
    let word = line.word(i);
    (table.get(word, 0)? == kind).then(|| table.get(word, 1).unwrap_or(""))
}

/// A part of the day.
pub(super) fn part(line: &Line<'_>, i: usize) -> Option<(usize, &'static str)> {
    name(line, i, "part").map(|code| (i + 1, code))
}

/// "a.m.", "pm": where it ends, and whether it is the afternoon.
fn half_of_day(line: &Line<'_>, i: usize) -> Option<(usize, bool)> {
    match line.word(i) {
        "am" | "pm" => Some((i + 1, line.is(i, "pm"))),
        "a" | "p" if line.is(i + 1, ".") && line.is(i + 2, "m") && line.glued(i + 2) => {
            let dot = line.is(i + 3, ".") && line.glued(i + 3);
            Some((i + 3 + usize::from(dot), line.is(i, "p")))
        }
        _ => None,
    }
}

/// The clock: where it ends.
fn clock(line: &Line<'_>, i: usize) -> Option<(usize, Clock)> {
    if let Some(at) = name(line, i, "clock") {
        let hour = at.split(':').next()?.parse().ok()?;
        return Some((i + 1, Clock { hour, minute: Some(0) }));
    }
    let (hour, digits) = match line.digits(i) {
        Some((h, n)) => (h, n),
        None => (u32::try_from(super::numbers::cardinal(line, i)?.1).ok()?, 0),
    };
    let mut to = if digits > 0 { i + 1 } else { super::numbers::cardinal(line, i)?.0 };
    if digits > 2 || hour > 24 {
        return None;
    }
    let mut minute = None;
    if digits > 0
        && line.any(to, &[":", "."])
        && line.glued(to)
        && let Some((m @ 0..60, 2)) = line.digits(to + 1).filter(|_| line.glued(to + 1))
    {
        minute = Some(m);
        to += 2;
        // seconds
        if line.is(to, ":") && line.digits(to + 1).is_some() {
            to += 2;
        }
    }
    let colon = minute.is_some() && line.is(i + 1, ":");
    let mut hour = hour;
    let mut sure = false;
    if let Some((end, after_noon)) = half_of_day(line, to) {
        if hour == 0 || hour > 12 {
            return None;
        }
        hour = hour % 12 + if after_noon { 12 } else { 0 };
        (to, sure) = (end, true);
    } else if line.is(to, "o") && line.is(to + 1, "'") && line.is(to + 2, "clock") {
        (to, sure) = (to + 3, true);
    } else if line.any(to, &["noon", "midnight"]) && hour == 12 {
        hour = if line.is(to, "noon") { 12 } else { 24 };
        (to, sure) = (to + 1, true);
    }
    let four = digits == 4 && minute.is_none();
    if name(line, to, "zone").is_some() && (sure || colon || four) {
        (to, sure) = (to + 1, true);
    } else if line.is(to, "local") && line.is(to + 1, "time") && (sure || colon) {
        (to, sure) = (to + 2, true);
    }
    let led = line
        .any(i.wrapping_sub(1), &["at", "by", "until", "till", "around", "about", "before", "after", "from"]);
    (sure || (colon && led)).then(|| {
        let minute = minute.and_then(|m| i8::try_from(m).ok());
        (to, Clock { hour: i8::try_from(hour).unwrap_or(0), minute })
    })
}

/// The day that a time of the day is of, after it: "Wednesday", "on Friday", ", Nov. 6".
fn day(line: &Line<'_>, i: usize) -> Option<(usize, Expr)> {
    let next = match line.word(i) {
        "," | "on" => i + 1,
        _ => i,
    };
    if line.any(next, &["today", "yesterday", "tomorrow"]) {
        let by = Some(match line.word(next) {
            "yesterday" => -1,
            "tomorrow" => 1,
            _ => 0,
        });
        return Some((next + 1, Expr::Shift { by, unit: Unit::Day, from: From::Now }));
    }
    dates::date(line, next).filter(|(_, e)| e.is_day())
}

/// A time of the day with its day.
pub(super) fn hour(line: &Line<'_>, i: usize) -> Hit {
    if let Some((to, at)) = clock(line, i) {
        let (to, day) = match day(line, to) {
            Some((end, day)) => (end, Some(Box::new(day))),
            None => (to, None),
        };
        return Some((to, Expr::Clock(at, day)));
    }
    // "Saturday night", "the night of 3 March", "mid-afternoon yesterday", "the morning"
    if let Some((to, expr)) = dates::date(line, i).filter(|(_, e)| e.is_day()) {
        let early = to + usize::from(line.any(to, &["early", "late"]));
        if let Some((end, code)) = part(line, early) {
            return Some((end, Expr::PartOfDay(code, Some(Box::new(expr)))));
        }
        let at = line.skip(to, "at");
        let at = if at == to { line.skip(to, ",") } else { at };
        return clock(line, at).map(|(end, at)| (end, Expr::Clock(at, Some(Box::new(expr)))));
    }
    let of = |to: usize, code| {
        let next = if line.any(to, &["of", ",", "on"]) { to + 1 } else { to };
        day(line, next).map(|(end, day)| (end, Expr::PartOfDay(code, Some(Box::new(day)))))
    };
    let now = |by| Some(Box::new(Expr::Shift { by: Some(by), unit: Unit::Day, from: From::Now }));
    match line.word(i) {
        "this" | "last" | "tomorrow" => {
            let early = i + 1 + usize::from(line.any(i + 1, &["early", "late", "past", "coming"]));
            let (to, code) = part(line, early)?;
            let by = match line.word(i) {
                "last" => -1,
                "tomorrow" => 1,
                _ => 0,
            };
            Some((to, Expr::PartOfDay(code, now(by))))
        }
        "the" => {
            let early = i + 1 + usize::from(line.any(i + 1, &["early", "late"]));
            let (mid, next_day) = match line.word(early) {
                "next" | "following" => (early + 1, Some(1)),
                "previous" => (early + 1, Some(-1)),
                _ => (early, None),
            };
            let (to, code) = part(line, mid)?;
            if let Some(by) = next_day {
                let day = Expr::Shift { by: Some(by), unit: Unit::Day, from: From::There };
                return Some((to, Expr::PartOfDay(code, Some(Box::new(day)))));
            }
            let same = || (to, Expr::PartOfDay(code, Some(Box::new(Expr::Same(Unit::Day)))));
            of(to, code).or_else(|| (!line.any(to, &["of", "-"])).then(same))
        }
        "that" => {
            let (to, code) = part(line, i + 1)?;
            Some((to, Expr::PartOfDay(code, Some(Box::new(Expr::Same(Unit::Day))))))
        }
        "every" | "each" => {
            let (to, code) = part(line, i + 1)?;
            Some((to, Expr::Set(format!("XXXX-XX-XXT{code}"))))
        }
        _ => {
            let mid = if line.is(i, "mid") { line.skip(i + 1, "-") } else { i };
            let (to, code) = part(line, mid)?;
            of(to, code)
        }
    }
}

/// "Mondays", "Tuesday nights": what comes round.
pub(super) fn weekly(line: &Line<'_>, i: usize) -> Hit {
    if let Some(n) = name(line, i, "weekdays").filter(|_| line.capital(i)) {
        return Some((i + 1, Expr::Set(format!("XXXX-WXX-{n}"))));
    }
    let n = name(line, i, "weekday").filter(|_| line.capital(i))?;
    let code = name(line, i + 1, "parts")?;
    Some((i + 2, Expr::Set(format!("XXXX-WXX-{n}T{code}"))))
}

/// A weekday: where it ends, its number.
pub(super) fn weekday(line: &Line<'_>, i: usize) -> Option<(usize, i8)> {
    let n: i8 = name(line, i, "weekday").filter(|_| line.capital(i))?.parse().ok()?;
    if line.word(i).len() > 5 {
        return Some((i + 1, n));
    }
    // "Sun", "Sat", "Mon" are words and names without their full stop
    let dot = line.is(i + 1, ".") && line.glued(i + 1);
    dot.then_some((i + 2, n))
}

/// "Last Tuesday": which of the weekdays.
pub(super) fn which_weekday(line: &Line<'_>, i: usize) -> Hit {
    let which = super::which(line.word(i))?;
    let (j, which) = match line.word(i + 1) {
        "past" => (i + 2, Which::Last),
        "coming" => (i + 2, Which::Next),
        _ => (i + 1, which),
    };
    let (to, n) = weekday(line, j)?;
    Some((to, Expr::Weekday(n, which)))
}
