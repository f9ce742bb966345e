//! Times told by units: "last week", "two years ago", "the past five years", "every month", "the year". Must not know of
//! other times in the text.

use super::super::calendar::Part;
use super::super::expr::{Amount, Expr, From, Unit, Which, Year};
use super::super::tokens::Line;
use super::numbers::{amount, ordinal, unit, year};
use super::{Hit, which};

/// Words between a number and its unit that say no more of it.
const PLAIN: [&str; 10] = [
    "consecutive",
    "straight",
    "more",
    "full",
    "trading",
    "business",
    "calendar",
    "fiscal",
    "long",
    "additional",
];

/// How many of which unit: where it ends, and whether the words could be an adjective ("five-year").
fn quantity(line: &Line<'_>, i: usize) -> Option<(usize, Amount, Unit)> {
    let (mut to, mut n) = amount(line, i)?;
    // "two to three weeks": the first, as TIMEX3 has one value
    if (line.any(to, &["to", "or"]) || (line.is(to, "-") && line.digits(to + 1).is_some()))
        && let Some((end, _)) = amount(line, to + 1)
        && !line.any(to + 1, &["a", "an", "another"])
        && unit(line, line.skip(end, "-")).is_some()
    {
        to = end;
        if line.word(to).is_empty() {
            n = Amount::Vague;
        }
    }
    while line.any(to, &PLAIN) {
        to += 1;
    }
    to = line.skip(to, "-");
    let (to, u, _) = unit(line, to)?;
    if u == Unit::Half {
        return None;
    }
    // "a year and a half"
    if let (Amount::Halves(h), true) =
        (n, line.is(to, "and") && line.is(to + 1, "a") && line.is(to + 2, "half"))
    {
        return Some((to + 3, Amount::Halves(h + 1), u));
    }
    Some((to, n, u))
}

/// A count of units with what follows: "ago", "earlier", "later", "old", "period".
pub(super) fn counted(line: &Line<'_>, i: usize) -> Hit {
    // "a three-year period"
    if line.any(i, &["a", "an", "the"])
        && let Some((to, n, u)) = quantity(line, i + 1)
        && line.is(to.wrapping_sub(2), "-")
        && line.is(to, "period")
    {
        return Some((to + 1, Expr::Duration(n.of(u))));
    }
    let (to, n, u) = quantity(line, i)?;
    let article = line.any(i, &["a", "an"]);
    let hyphen = line.is(to.wrapping_sub(2), "-");
    // "a five-year plan", "a year-earlier loss" are read from the number, the unit on; "a three-year period" is not
    if article && !line.is(i + 1, "half") && (hyphen || (line.is(to, "-") && line.glued(to))) {
        return None;
    }
    // "three-quarters of it", "a quarter", "a second"
    if matches!(u, Unit::Quarter | Unit::Second)
        && (article
            || line.is(to, "of")
            || (hyphen && u == Unit::Quarter && line.word(to - 1).ends_with('s')))
    {
        return None;
    }
    // "a week or so ago"
    let to =
        if line.is(to, "or") && line.is(to + 1, "so") && moved(line, to + 2).is_some() { to + 2 } else { to };
    if hyphen && line.any(to, &["period", "term"]) {
        return Some((to + 1, Expr::Duration(n.of(u))));
    }
    if let Some((end, by, from)) = moved(line, to) {
        let by = match n {
            Amount::Halves(h) => Some(by * (h / 2)),
            Amount::Vague => None,
        };
        if from == From::There && article && by == Some(-1) && u != Unit::Day {
            return Some((end, Expr::Yearly { year: Year::Off(-1), unit: Some(u) }));
        }
        if u == Unit::Year && article && by == Some(-1) {
            return Some((end, Expr::Yearly { year: Year::Off(-1), unit: None }));
        }
        return Some((
            end,
            Expr::Shift { by: by.or(Some(0)).filter(|b| *b != 0), unit: u, from }.vague_before(by),
        ));
    }
    // ages
    if line.is(to, "old") || (line.is(to, "-") && line.is(to + 1, "old")) {
        return line.is(to, "-").then(|| (to + 2, Expr::Duration(n.of(u))));
    }
    // "$2 a year", "once a week"
    if line.is(i, "a") && rate(line, i) {
        return Some((to, Expr::Set(n.of(u))));
    }
    Some((to, Expr::Duration(n.of(u))))
}

impl Expr {
    /// "Several years ago" says only that it is past.
    fn vague_before(self, by: Option<i64>) -> Self {
        if by.is_none() { Self::Vague("PAST_REF") } else { self }
    }
}

/// "Ago", "earlier", "from now": where it ends, the direction, and from what it counts.
fn moved(line: &Line<'_>, i: usize) -> Option<(usize, i64, From)> {
    let next = line.skip(i, "-");
    match line.word(next) {
        "ago" => Some((next + 1, -1, From::Now)),
        "earlier" => Some((next + 1, -1, From::There)),
        "later" if next == i => Some((next + 1, 1, From::There)),
        "hence" => Some((next + 1, 1, From::Now)),
        "from" if line.any(next + 1, &["now", "today"]) => Some((next + 2, 1, From::Now)),
        _ => None,
    }
}

/// Does "a year" here tell how often?
fn rate(line: &Line<'_>, i: usize) -> bool {
    let before = line.before(i);
    let money = (1..5).any(|k| line.any(i.wrapping_sub(k), &["$", "£", "€", "%", "percent"]));
    matches!(before, "once" | "twice" | "times" | "%" | "percent" | "dollars" | "pounds" | "euros")
        || (before.len() > 3
            && before.ends_with('s')
            && (2..5).any(|k| line.digits(i.wrapping_sub(k)).is_some_and(|d| d.1 < 4)))
        || (money
            && (matches!(before, "million" | "billion" | "trillion")
                || line.digits(i.wrapping_sub(1)).is_some()))
}

/// "Every day", "each month", "every two years".
fn every(line: &Line<'_>, i: usize) -> Hit {
    if !line.any(i, &["every", "each"]) {
        return None;
    }
    let at = if line.is(i + 1, "other") { i + 2 } else { i + 1 };
    let times = if at > i + 1 { 2 } else { 1 };
    if let Some((to, u, false)) = unit(line, at) {
        return Some((to, Expr::Set(Amount::whole(times).of(u))));
    }
    if let Some((to, n, u)) = quantity(line, at) {
        return Some((to, Expr::Set(n.of(u))));
    }
    if let Some((to, n)) = super::hours::weekday(line, at) {
        return Some((to, Expr::Set(format!("XXXX-WXX-{n}"))));
    }
    if let Some(n) = super::hours::name(line, at, "month").filter(|_| line.capital(at)) {
        return Some((at + 1, Expr::Set(format!("XXXX-{n:0>2}"))));
    }
    super::hours::name(line, at, "season").map(|s| (at + 1, Expr::Set(format!("XXXX-{s}"))))
}

/// "This week", "the past three months", "the latest quarter", "the year-earlier period", "that day".
pub(super) fn relative(line: &Line<'_>, i: usize) -> Hit {
    if let Some(hit) = every(line, i).or_else(|| year_end(line, i)).or_else(|| year_earlier(line, i)) {
        return Some(hit);
    }
    let the = line.skip(i, "the");
    if let Some(w) = which(line.word(the)) {
        return near(line, i, the, w);
    }
    match line.word(the) {
        "first" | "final" | "opening" | "early" if the > i => {
            let (to, n, u) = quantity(line, the + 1).or_else(|| bare(line, the + 1))?;
            return Some((to, Expr::Duration(n.of(u))));
        }
        "latest" | "full" | "entire" | "whole" | "same" | "fiscal" | "very" | "most" if the > i => {
            let at = if line.any(the + 1, &["recent", "fiscal", "same", "full"]) { the + 2 } else { the + 1 };
            if line.any(the, &["latest", "same"]) && line.is(at, "period") {
                return Some((at + 1, Expr::Same(Unit::Quarter)));
            }
            if let Some((to, n, u)) = quantity(line, at) {
                return (!line.is(the, "same")).then(|| (to, Expr::Duration(n.of(u))));
            }
            let (to, u, false) = unit(line, at)? else { return None };
            return Some((to, same(line, to, u)));
        }
        "that" if the == i => {
            if line.is(i + 1, "same") || unit(line, i + 1).is_some() {
                let (to, u, false) = unit(line, line.skip(i + 1, "same"))? else { return None };
                let expr = match u {
                    Unit::Second | Unit::Minute | Unit::Hour => return None,
                    Unit::Day | Unit::Quarter => Expr::Same(u),
                    _ => Expr::Shift { by: Some(0), unit: u, from: From::There },
                };
                return Some((to, expr));
            }
            return None;
        }
        _ if the == i => return None,
        _ => {}
    }
    // "the 1988 period", "the four days", "the year"
    if let Some((to, y)) = year(line, the)
        && line.any(to, &["period", "quarter"])
    {
        return Some((to + 1, Expr::Yearly { year: Year::Given(y), unit: Some(Unit::Quarter) }));
    }
    let plural =
        |q: &(usize, Amount, Unit)| line.word(q.0 - 1).ends_with('s') && !line.is(q.0.wrapping_sub(2), "-");
    if let Some((to, n, u)) = quantity(line, the).filter(plural) {
        return Some((to, Expr::Duration(n.of(u))));
    }
    if let Some((to, n)) = ordinal(line, the)
        && let Some((_, Unit::Day | Unit::Week | Unit::Month | Unit::Year, false)) = unit(line, to)
        && n < 100
    {
        return None;
    }
    let (to, u, plural) = unit(line, the)?;
    if line.is(to, "-") && line.glued(to) {
        return None;
    }
    match u {
        Unit::Year | Unit::Quarter | Unit::Month | Unit::Week if !plural => {
            // "the year earlier"
            if let Some((end, by, _)) = moved(line, to) {
                return Some((end, Expr::Yearly { year: Year::Off(by), unit: Some(u) }));
            }
            if u == Unit::Quarter
                && line.is(to, "a")
                && line.is(to + 1, "year")
                && line.any(to + 2, &["ago", "earlier"])
            {
                return Some((to + 3, Expr::Yearly { year: Year::Off(-1), unit: Some(u) }));
            }
            Some((to, same(line, to, u)))
        }
        Unit::Weekend if !plural => Some((to, Expr::Same(u))),
        Unit::Day if !plural && !line.is(to, "of") => Some((to, Expr::Same(u))),
        Unit::Year | Unit::Week | Unit::Month if plural && line.is(to, "ahead") => {
            Some((to + 1, Expr::Vague("FUTURE_REF")))
        }
        Unit::Year if plural && line.before(i) == "over" => Some((to, Expr::Duration(Amount::Vague.of(u)))),
        _ => None,
    }
}

/// "The year": the one spoken of; "the year ended March 31" is a length.
fn same(line: &Line<'_>, to: usize, u: Unit) -> Expr {
    match line.word(to) {
        "ended" | "ending" if u == Unit::Year || u == Unit::Quarter => Expr::Duration(Amount::whole(1).of(u)),
        _ => Expr::Same(u),
    }
}

/// "Last", "this", "next" at `at`, behind "the" or not.
fn near(line: &Line<'_>, i: usize, at: usize, w: Which) -> Hit {
    let said = line.word(at);
    let the = at > i;
    let mut next = at + 1;
    while line.any(next, &["past", "coming", "fiscal", "calendar", "full"]) {
        next += 1;
    }
    if let Some((to, n, u)) =
        quantity(line, next).filter(|_| !line.any(next, &["a", "an", "one"]) || line.digits(next).is_some())
    {
        return Some((to, Expr::Duration(n.of(u))));
    }
    let (to, u, plural) = unit(line, next)?;
    if line.is(to, "-") && line.glued(to) {
        return None;
    }
    if plural {
        return (the || matches!(w, Which::Last | Which::Next))
            .then(|| (to, Expr::Duration(Amount::Vague.of(u))));
    }
    let by = match w {
        Which::Last => -1,
        Which::Next => 1,
        _ => 0,
    };
    // "This Week" is a programme, too
    let title = line.capital(next) && line.any(i.wrapping_sub(1), &["\"", "“", "'", "s", "-"]);
    if title || matches!(u, Unit::Second | Unit::Minute | Unit::Half) {
        return None;
    }
    let from = match said {
        "previous" | "preceding" | "following" => From::There,
        "next" if u == Unit::Day => From::There,
        _ => From::Now,
    };
    if u == Unit::Night {
        let day = Expr::Shift { by: Some(by), unit: Unit::Day, from };
        return Some((to, Expr::PartOfDay("NI", Some(Box::new(day)))));
    }
    // "the past year" is a length, "last year" is not
    if the && matches!(said, "past" | "last") && !matches!(u, Unit::Quarter | Unit::Weekend) {
        return Some((to, Expr::Duration(Amount::whole(1).of(u))));
    }
    Some((to, Expr::Shift { by: Some(by), unit: u, from }))
}

/// "Year-end", "the year's end".
fn year_end(line: &Line<'_>, i: usize) -> Hit {
    let (to, u, false) = unit(line, i)? else { return None };
    if !matches!(u, Unit::Year | Unit::Month | Unit::Week | Unit::Quarter) {
        return None;
    }
    let at = if line.is(to, "'") && line.is(to + 1, "s") { to + 2 } else { line.skip(to, "-") };
    line.is(at, "end").then(|| (at + 1, Expr::Of(Part::End, Box::new(Expr::Same(u)))))
}

/// "Year-earlier profit", "the year-ago quarter".
fn year_earlier(line: &Line<'_>, i: usize) -> Hit {
    let the = line.skip(i, "the");
    let at = line.skip(the, "comparable");
    let earlier =
        line.is(at, "year") && line.is(at + 1, "-") && line.any(at + 2, &["earlier", "ago", "before"]);
    if !earlier {
        return None;
    }
    let to = at + 3;
    if the > i {
        if line.any(to, &["period", "quarter"]) {
            return Some((to + 1, Expr::Yearly { year: Year::Off(-1), unit: Some(Unit::Quarter) }));
        }
        if let Some((end, n, u)) = quantity(line, to) {
            return Some((end, Expr::Duration(n.of(u))));
        }
        return None;
    }
    Some((to, Expr::Yearly { year: Year::Off(-1), unit: None }))
}

/// A bare unit in the plural: "months of talks".
fn bare(line: &Line<'_>, i: usize) -> Option<(usize, Amount, Unit)> {
    let (to, u, true) = unit(line, i)? else { return None };
    let known = !matches!(u, Unit::Quarter | Unit::Weekend | Unit::Night | Unit::Second | Unit::Half);
    known.then_some((to, Amount::Vague, u))
}

/// A length of time.
pub(super) fn length(line: &Line<'_>, i: usize) -> Hit {
    if let Some((to, e)) = counted(line, i) {
        return Some((to, e));
    }
    // "a three-year period", "one-year term"
    let (to, n, u) = bare(line, i)?;
    if line.is(to, "old") || line.before(i) == "-" {
        return None;
    }
    if let Some((end, by, _)) = moved(line, to) {
        return (by < 0).then_some((end, Expr::Vague("PAST_REF")));
    }
    Some((to, Expr::Duration(n.of(u))))
}
