//! Dates of the calendar: days, months, quarters, seasons, years, decades. Must not know of other dates in the text.

use super::super::expr::{Expr, Which, Year};
use super::super::tokens::Line;
use super::hours::{name, weekday, weekly, which_weekday};
use super::{Hit, numbers, which, year_of};
use crate::lexicon;

const NEAR: Year = Year::Which(Which::Near);

/// A date of any grain.
pub(super) fn date(line: &Line<'_>, i: usize) -> Hit {
    let ways: [fn(&Line<'_>, usize) -> Hit; 10] =
        [weekly, day_of_week, month_day, day_month, numeric, month, quarter, season, decade, year];
    let mut best: Hit = None;
    for way in ways {
        if let Some(hit) = way(line, i)
            && best.as_ref().is_none_or(|b| hit.0 > b.0)
        {
            best = Some(hit);
        }
    }
    best
}

/// "Tuesday", "last Tuesday", "Saturday, April 25, 1998".
fn day_of_week(line: &Line<'_>, i: usize) -> Hit {
    let (to, expr) = match which_weekday(line, i) {
        Some(hit) => hit,
        None => {
            let the = line.skip(i, "the");
            if the > i {
                let (to, expr) = which_weekday(line, the)?;
                return Some((to, expr));
            }
            let (to, n) = weekday(line, i)?;
            (to, Expr::Weekday(n, Which::Near))
        }
    };
    let next = line.skip(to, ",");
    let next = if line.is(next, "the") { next + 1 } else { next };
    let day = month_day(line, next).or_else(|| day_month(line, next));
    Some(day.unwrap_or((to, expr)))
}

/// A month's name: where it ends, its number, and whether it can be nothing else.
fn month_name(line: &Line<'_>, i: usize) -> Option<(usize, i8, bool)> {
    let n: i8 = name(line, i, "month").filter(|_| line.capital(i))?.parse().ok()?;
    let word = line.word(i);
    let dot = line.is(i + 1, ".") && line.glued(i + 1);
    let to = i + 1 + usize::from(dot && word.len() < 5 && word != "may" && word != "june" && word != "july");
    let sure = !matches!(
        word,
        "may" | "march" | "mar" | "jan" | "dec" | "sep" | "oct" | "april" | "june" | "august"
    );
    Some((to, n, sure || to > i + 1))
}

/// A day of a month in digits or words.
fn day_number(line: &Line<'_>, i: usize) -> Option<(usize, i8)> {
    let (to, n) = match numbers::ordinal(line, i) {
        Some(hit) => hit,
        None => {
            let (n, 1..=2) = line.digits(i)? else { return None };
            let decimal = line.any(i + 1, &[".", ":"]) && line.glued(i + 2) && line.digits(i + 2).is_some();
            let letters = line.glued(i + 1) && line.word(i + 1).starts_with(char::is_alphabetic);
            if decimal || letters {
                return None;
            }
            (i + 1, i64::from(n))
        }
    };
    i8::try_from(n).ok().filter(|n| (1..=31).contains(n)).map(|n| (to, n))
}

/// ", 1990" or "1990" after a day or a month.
fn year_after(line: &Line<'_>, i: usize, of: bool) -> Option<(usize, Year)> {
    let next = if line.is(i, ",") || (of && line.is(i, "of")) { i + 1 } else { i };
    if let Some((to, y)) = numbers::year(line, next) {
        return Some((to, Year::Given(y)));
    }
    year_of(line, next).filter(|_| !line.is(i, ","))
}

/// "March 3", "Nov. 24, 1997".
fn month_day(line: &Line<'_>, i: usize) -> Hit {
    let (to, month, _) = month_name(line, i)?;
    let (to, day) = day_number(line, line.skip(to, "the"))?;
    let (to, year) = year_after(line, to, false).unwrap_or((to, NEAR));
    Some((to, Expr::Day { year, month, day }))
}

/// "3 March", "the 3rd of March 1990".
fn day_month(line: &Line<'_>, i: usize) -> Hit {
    let the = line.skip(i, "the");
    let (to, day) = day_number(line, the)?;
    let next = line.skip(to, "of");
    if the > i && next == to && line.digits(the).is_some() && to == the + 1 {
        return None;
    }
    let (to, month, _) = month_name(line, next)?;
    let (to, year) = year_after(line, to, false).unwrap_or((to, NEAR));
    Some((to, Expr::Day { year, month, day }))
}

/// "11/02/89", "1997-11-24", "24.11.1997". The month comes first where a slash parts them and it can be one.
fn numeric(line: &Line<'_>, i: usize) -> Hit {
    let (a, a_len) = line.digits(i)?;
    let mark = line.word(i + 1);
    let (b, b_len) = line.digits(i + 2)?;
    let (c, c_len) = line.digits(i + 4)?;
    let joined = line.is(i + 3, mark) && (i + 1..=i + 4).all(|k| line.glued(k));
    if !joined
        || matches!(line.word(i + 5), "/" | "-" | ".") && line.glued(i + 5) && line.digits(i + 6).is_some()
    {
        return None;
    }
    let full = |y: u32, len: usize| match len {
        4 => i16::try_from(y).ok(),
        2 => Some(numbers::two_digits(y)),
        _ => None,
    };
    let (year, month, day) = match mark {
        "-" if (a_len, b_len, c_len) == (4, 2, 2) => (i16::try_from(a).ok()?, b, c),
        "/" if b_len <= 2 && a_len <= 2 && b <= 12 && a > 12 => (full(c, c_len)?, b, a),
        "/" if b_len <= 2 && a_len <= 2 => (full(c, c_len)?, a, b),
        "." if c_len == 4 && a_len <= 2 && b_len <= 2 => (full(c, c_len)?, b, a),
        _ => return None,
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some((i + 5, Expr::Day { year: Year::Given(year), month, day }))
}

/// "January", "last August", "December 1989".
fn month(line: &Line<'_>, i: usize) -> Hit {
    let (j, said) = match which(line.word(i)) {
        Some(_) if line.any(i + 1, &["past", "coming"]) => (i + 2, which(line.word(i + 1))),
        Some(w) => (i + 1, Some(w)),
        None => (i, None),
    };
    let (to, month, sure) = month_name(line, j)?;
    if let Some(w) = said {
        return Some((to, Expr::Month(Year::Which(w), month)));
    }
    if let Some((to, year)) = year_after(line, to, true) {
        return Some((to, Expr::Month(year, month)));
    }
    // the words for some months are words and names, too
    let led = line.any(
        i.wrapping_sub(1),
        &[
            "in",
            "since",
            "by",
            "until",
            "till",
            "through",
            "to",
            "from",
            "of",
            "for",
            "during",
            "before",
            "after",
            "early",
            "late",
            "mid",
            "-",
            "between",
            "and",
            "or",
            "each",
            "every",
            "earlier",
            "later",
            "between",
            "a",
            "the",
            "past",
            "as",
            "on",
            "its",
            "into",
            "throughout",
            "around",
            "about",
            "'",
        ],
    );
    let names = line.capital(j + 1) && !line.before(i).is_empty() && !sure;
    (sure || (led && !names)).then_some((to, Expr::Month(NEAR, month)))
}

/// "The third quarter", "third-quarter", "the first half of 1989", "next year's first quarter", "Q3 2024".
fn quarter(line: &Line<'_>, i: usize) -> Hit {
    if line.is(i, "q") && line.glued(i + 1) {
        let n = line.digits(i + 1).filter(|(n, _)| (1..=4).contains(n))?;
        let (to, year) = year_after(line, i + 2, true).unwrap_or((i + 2, NEAR));
        return Some((to, Expr::Quarter(year, i8::try_from(n.0).ok()?)));
    }
    let the = line.skip(i, "the");
    let (mut at, year) = match year_of(line, the) {
        Some((to, y)) => (if line.is(to, "'") { line.skip(to + 1, "s") } else { to }, Some(y)),
        None => (the, None),
    };
    at = line.skip(line.skip(at, "fiscal"), "fiscal");
    if line.any(at, &["latest", "recent", "full"]) {
        at += 1;
    }
    let (n_to, n) = match line.word(at) {
        "last" | "final" | "latter" => (at + 1, 0),
        _ => numbers::ordinal(line, at)?,
    };
    let to = line.skip(line.skip(n_to, "fiscal"), "-");
    let hyphen = line.is(to - 1, "-");
    let half = line.is(to, "half");
    if !(half || line.is(to, "quarter")) || (hyphen && the > i) {
        return None;
    }
    let (n, most) = match (n, half) {
        (0, true) => (2, 2),
        (0, false) => (4, 4),
        (n, true) => (n, 2),
        (n, false) => (n, 4),
    };
    if n > most {
        return None;
    }
    let to = to + 1;
    let (to, year) = match (year, line.word(to)) {
        (Some(y), _) => (to, Some(y)),
        (None, "of" | ",") => match year_of(line, to + 1) {
            Some((end, y)) => (end, Some(y)),
            // the half of a decade is no half of a year
            None => match decade(line, to + 1).filter(|_| half) {
                Some((end, e)) => {
                    return Some((end, Expr::Of(super::super::calendar::Part::End, Box::new(e))));
                }
                None if half
                    && line.any(to + 1, &["the", "this", "next", "last"])
                    && line.is(to + 2, "year") =>
                {
                    (to + 3, None)
                }
                None => (to, None),
            },
        },
        (None, _) => match numbers::year(line, to) {
            Some((end, y)) => (end, Some(Year::Given(y))),
            None => (to, None),
        },
    };
    let n = i8::try_from(n).ok()?;
    if half {
        // halves are of games, pages and sums, too
        return (year.is_some() || line.is(to - 1, "year"))
            .then(|| (to, Expr::Half(year.unwrap_or(Year::Off(0)), n)));
    }
    Some((to, Expr::Quarter(year.unwrap_or(NEAR), n)))
}

/// "This summer", "the winter of 1994", "spring 1990".
fn season(line: &Line<'_>, i: usize) -> Hit {
    let the = line.skip(i, "the");
    let (at, said) = match which(line.word(the)) {
        Some(_) if line.any(the + 1, &["past", "coming"]) => (the + 2, which(line.word(the + 1))),
        Some(w) => (the + 1, Some(w)),
        None => (the, None),
    };
    let code = name(line, at, "season")?;
    let to = at + 1;
    if line.is(to, "-") && line.glued(to) {
        return None;
    }
    if let Some(w) = said {
        return Some((to, Expr::Season(Year::Which(w), code)));
    }
    if let Some((end, year)) = year_after(line, to, true) {
        return Some((end, Expr::Season(year, code)));
    }
    let unlike = line.any(at, &["fall", "spring"]);
    let led = line.any(
        i.wrapping_sub(1),
        &[
            "in",
            "during",
            "over",
            "into",
            "by",
            "until",
            "since",
            "through",
            "throughout",
            "of",
            "for",
            "every",
            "each",
        ],
    );
    let after = line.any(to, &["of", "in", "from", "to"]);
    (led && (the > i || !unlike) && !after).then_some((to, Expr::Season(NEAR, code)))
}

/// "The 1990s", "the '80s", "the eighties", "the 20th century".
fn decade(line: &Line<'_>, i: usize) -> Hit {
    let the = line.skip(i, "the");
    let early = the + usize::from(line.any(the, &["early", "late", "mid"]));
    let at = if line.is(early, "-") { early + 1 } else { early };
    let part = match line.word(the) {
        "early" => Some(super::super::calendar::Part::Start),
        "mid" => Some(super::super::calendar::Part::Mid),
        "late" => Some(super::super::calendar::Part::End),
        _ => None,
    };
    let whole = |(to, e): (usize, Expr)| match part {
        Some(p) => (to, Expr::Of(p, Box::new(e))),
        None => (to, e),
    };
    let digits = line.skip(at, "'");
    if let Some((n, len)) = line.digits(digits)
        && n % 10 == 0
    {
        let mut to = digits + 1;
        to = line.skip(to, "'");
        if line.is(to, "s") && line.glued(to) {
            let year = match len {
                4 if (1000..2200).contains(&n) => i16::try_from(n).ok()?,
                2 if digits > at || the > i => numbers::two_digits(n),
                _ => return None,
            };
            let of =
                if n % 100 == 0 && len == 4 { Expr::Century(year / 100 + 1) } else { Expr::Decade(year) };
            return Some(whole((to + 1, of)));
        }
    }
    if the > i
        && let Some(n) = numbers::decade(line, line.skip(at, "nineteen"))
    {
        return Some(whole((line.skip(at, "nineteen") + 1, Expr::Decade(1900 + i16::try_from(n).ok()?))));
    }
    let (to, n) = numbers::ordinal(line, at)?;
    let century = line.skip(to, "-");
    if line.is(century, "century") && n < 40 {
        return Some(whole((century + 1, Expr::Century(i16::try_from(n).ok()?))));
    }
    None
}

/// "1990", "fiscal 1990", "the year 2000", "New Year's Day".
fn year(line: &Line<'_>, i: usize) -> Hit {
    let the = line.skip(i, "the");
    if line.any(the, &["fiscal", "calendar"]) || (line.is(the, "year") && line.digits(the + 1).is_some()) {
        let (to, y) = numbers::year(line, line.skip(the + 1, "year"))?;
        return Some((to, Expr::Year(Year::Given(y))));
    }
    if let Some(hit) = feast(line, i) {
        return Some(hit);
    }
    let (to, y) = numbers::year(line, i)?;
    let (before, next) = (line.before(i), line.word(to));
    if matches!(before, "$" | "£" | "€" | "#" | "no" | "/" | "+" | ":")
        && line.any(i, &[before, line.word(i)])
    {
        return None;
    }
    if matches!(next, "%" | "percent" | "dollars" | "degrees" | ":" | "million" | "/" | "°")
        && (next != ":" || line.glued(to + 1))
    {
        return None;
    }
    let led = matches!(
        before,
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "through"
            | "from"
            | "to"
            | "of"
            | "for"
            | "during"
            | "before"
            | "after"
            | "between"
            | "and"
            | "the"
            | "early"
            | "late"
            | "mid"
            | "-"
            | "its"
            | "his"
            | "her"
            | "their"
            | "a"
            | "that"
            | "due"
            | "("
            | "'"
            | "s"
            | "into"
            | "than"
            | "back"
            | "around"
            | "about"
            | "on"
            | "or"
            | "our"
            | "throughout"
            | "this"
            | "both"
            | "as"
            | ","
            | "circa"
            | "at"
            | "over"
            | "with"
            | "is"
            | "was"
            | "spring"
            | "late-"
            | "an"
    );
    if before == "-"
        && (line.glued(i) && i > 1 && line.glued(i - 1) && line.digits(i - 2).is_none_or(|d| d.1 != 4))
    {
        return None;
    }
    // a count of things: "of 2000 people"
    let plural = next.len() > 3
        && next.ends_with('s')
        && !next.ends_with("ss")
        && !line.capital(to)
        && !matches!(
            before,
            "the" | "its" | "his" | "their" | "her" | "our" | "that" | "s" | "'" | "in" | "since" | "by"
        )
        || matches!(next, "people" | "men" | "women" | "feet");
    let words = line.word(i).starts_with(char::is_alphabetic);
    let likely = (1900..2060).contains(&y);
    let wide = (1400..2100).contains(&y)
        && matches!(before, "in" | "since" | "of" | "by" | "from" | "until" | "the" | "(");
    let noun = next.len() > 2 && next.starts_with(char::is_alphabetic);
    let stands = led || before.is_empty() || line.capital(i.wrapping_sub(1)) || words || noun;
    (!plural && ((likely && stands) || wide)).then_some((to, Expr::Year(Year::Given(y))))
}

/// Days of the same date every year.
fn feast(line: &Line<'_>, i: usize) -> Hit {
    use std::sync::OnceLock;
    static NAMES: OnceLock<super::Phrases> = OnceLock::new();
    if !line.capital(i) {
        return None;
    }
    let (to, key) = super::phrases(&NAMES, lexicon::time_calendar).at(line, i)?;
    let table = lexicon::time_calendar();
    if table.get(key, 0)? != "feast" {
        return None;
    }
    let (month, day) = table.get(key, 1)?.split_once('-')?;
    let (to, year) = year_after(line, to, false).unwrap_or((to, NEAR));
    Some((to, Expr::Day { year, month: month.parse().ok()?, day: day.parse().ok()? }))
}
