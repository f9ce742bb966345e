//! Values of time expressions, held against the date of publication and what the text spoke of before. Must not know
//! of words.

use super::calendar::{self, Granule, Part, days, months};
use super::expr::{Clock, Expr, From, Unit, Which, Year};
use super::tense::Tense;
use jiff::civil::Date;
use onrecord_text::{TimeKind, TimePrecision};

/// What relative expressions count from.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchors {
    /// The date of publication, or the document's own first date.
    pub(super) now: Option<Date>,
    /// What the text last spoke of.
    there: Option<Granule>,
    /// The quarter that it last named.
    quarter: Option<Granule>,
    /// Was that the last it told of figures: no year or months of them since?
    of_quarter: bool,
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) kind: TimeKind,
    pub(super) timex: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) precision: TimePrecision,
}

impl Value {
    fn bare(kind: TimeKind, timex: impl Into<String>, precision: TimePrecision) -> Self {
        Self { kind, timex: timex.into(), from: None, to: None, precision }
    }

    fn of(granule: &Granule, part: Part) -> Self {
        let range = granule.range_of(part);
        Self {
            kind: TimeKind::Date,
            timex: granule.timex(),
            from: range.map(|r| r.0.to_string()),
            to: range.map(|r| r.1.to_string()),
            precision: granule.precision(),
        }
    }
}

/// TIMEX3's value of a date that is known in part.
fn open(expr: &Expr) -> (String, TimePrecision) {
    use TimePrecision as P;
    let unit = |u: Unit| match u {
        Unit::Second | Unit::Minute => ("XXXX-XX-XXTXX:XX", P::Minute),
        Unit::Hour => ("XXXX-XX-XXTXX", P::Hour),
        Unit::Day => ("XXXX-XX-XX", P::Day),
        Unit::Night => ("XXXX-XX-XXTNI", P::PartOfDay),
        Unit::Week | Unit::Fortnight => ("XXXX-WXX", P::Week),
        Unit::Weekend => ("XXXX-WXX-WE", P::Week),
        Unit::Month => ("XXXX-XX", P::Month),
        Unit::Quarter => ("XXXX-QX", P::Season),
        Unit::Half => ("XXXX-HX", P::Season),
        Unit::Year => ("XXXX", P::Year),
        Unit::Decade => ("XXX", P::Decade),
        Unit::Century | Unit::Millennium => ("XX", P::Decade),
    };
    match expr {
        Expr::Day { month, day, .. } => (format!("XXXX-{month:02}-{day:02}"), P::Day),
        Expr::Weekday(n, _) => (format!("XXXX-WXX-{n}"), P::Day),
        Expr::Month(_, m) => (format!("XXXX-{m:02}"), P::Month),
        Expr::Quarter(_, n) => (format!("XXXX-Q{n}"), P::Season),
        Expr::Half(_, n) => (format!("XXXX-H{n}"), P::Season),
        Expr::Season(_, s) => (format!("XXXX-{s}"), P::Season),
        Expr::Shift { unit: u, .. } | Expr::Same(u) | Expr::Yearly { unit: Some(u), .. } => {
            let (timex, precision) = unit(*u);
            (timex.into(), precision)
        }
        Expr::Of(_, e) => open(e),
        _ => ("XXXX".into(), P::Year),
    }
}

/// How many times nearer a date must be than the one that the tense tells, to be taken for it.
const FAR: i64 = 3;

impl Anchors {
    pub(super) fn new(now: Option<Date>) -> Self {
        Self { now, ..Self::default() }
    }

    /// The value of an expression; what it speaks of is kept for those that follow.
    pub(super) fn value(&mut self, expr: &Expr, tense: Option<Tense>) -> Value {
        match expr {
            Expr::Vague(v) => Value::bare(TimeKind::Date, *v, TimePrecision::Vague),
            Expr::Duration(v) => {
                // "the nine months": what follows compares those
                self.of_quarter &= !(v.ends_with('M') || v == "P1Y") || v.starts_with("PT");
                Value::bare(TimeKind::Duration, v, length_precision(v))
            }
            Expr::Set(v) => Value::bare(TimeKind::Set, v, length_precision(v)),
            Expr::Clock(clock, day) => self.clock(*clock, day.as_deref(), tense),
            Expr::PartOfDay(code, day) => self.part_of_day(code, day.as_deref(), tense),
            Expr::Of(part, e) => match self.granule(e, tense) {
                Some(g) => {
                    self.keep(&g);
                    Value::of(&g, *part)
                }
                None => self.unknown(expr),
            },
            // hours from now have no day that would be told
            Expr::Shift { unit: Unit::Second | Unit::Minute | Unit::Hour, .. } => self.unknown(expr),
            e => match self.granule(e, tense) {
                Some(g) => {
                    self.keep(&g);
                    match (e, g) {
                        (Expr::Quarter(..), _) => (self.quarter, self.of_quarter) = (Some(g), true),
                        (Expr::Year(_), _) => self.of_quarter = false,
                        _ => {}
                    }
                    Value::of(&g, Part::Whole)
                }
                None => self.unknown(expr),
            },
        }
    }

    fn unknown(&self, expr: &Expr) -> Value {
        let (timex, precision) = open(expr);
        let kind = if timex.contains('T') { TimeKind::Time } else { TimeKind::Date };
        Value::bare(kind, timex, precision)
    }

    fn keep(&mut self, g: &Granule) {
        self.there = Some(*g);
    }

    /// The day that a time of the day is of; today, where none is named.
    fn day(&mut self, day: Option<&Expr>, tense: Option<Tense>) -> Option<Date> {
        let expr = day?;
        match self.granule(expr, tense)? {
            Granule::Day(d) => {
                self.keep(&Granule::Day(d));
                Some(d)
            }
            _ => None,
        }
    }

    /// The day named, as TIMEX3 writes it, and the day, if known.
    fn named_day(&mut self, day: Option<&Expr>, tense: Option<Tense>) -> (String, Option<Date>) {
        let date = match day {
            Some(_) => self.day(day, tense),
            None => match self.there {
                Some(Granule::Day(d)) => Some(d),
                _ => self.now,
            },
        };
        match (date, day) {
            (Some(d), _) => (d.to_string(), Some(d)),
            (None, Some(e)) => (open(e).0, None),
            (None, None) => ("XXXX-XX-XX".into(), None),
        }
    }

    fn clock(&mut self, clock: Clock, day: Option<&Expr>, tense: Option<Tense>) -> Value {
        let (written, date) = self.named_day(day, tense);
        let (h, m) = (clock.hour, clock.minute);
        let timex = match m {
            Some(m) => format!("{written}T{h:02}:{m:02}"),
            None => format!("{written}T{h:02}:00"),
        };
        let at = date.and_then(|d| {
            let d = if h == 24 { days(d, 1)? } else { d };
            Some(format!("{d}T{:02}:{:02}", h % 24, m.unwrap_or(0)))
        });
        let precision = if m.is_some() { TimePrecision::Minute } else { TimePrecision::Hour };
        Value { kind: TimeKind::Time, timex, from: at.clone(), to: at, precision }
    }

    fn part_of_day(&mut self, code: &str, day: Option<&Expr>, tense: Option<Tense>) -> Value {
        let (written, date) = match day {
            // "tonight", "this morning"
            None => match self.now {
                Some(d) => (d.to_string(), Some(d)),
                None => ("XXXX-XX-XX".into(), None),
            },
            Some(Expr::Same(Unit::Day)) if !matches!(self.there, Some(Granule::Day(_))) => {
                self.named_day(None, tense)
            }
            Some(_) => self.named_day(day, tense),
        };
        let code = if code == "night" { "NI" } else { code };
        Value {
            kind: TimeKind::Time,
            timex: format!("{written}T{code}"),
            from: date.map(|d| d.to_string()),
            to: date.map(|d| d.to_string()),
            precision: TimePrecision::PartOfDay,
        }
    }

    /// The stretch of the calendar that an expression names.
    fn granule(&self, expr: &Expr, tense: Option<Tense>) -> Option<Granule> {
        match *expr {
            Expr::Day { year: Year::Given(y), month, day } => {
                Some(Granule::Day(Date::new(y, month, day).ok()?))
            }
            Expr::Day { year, month, day } => {
                let off = |n: i64| {
                    let year = i16::try_from(i64::from(self.now?.year()) + n).ok()?;
                    Some(Granule::Day(Date::new(year, month, day).ok()?))
                };
                self.pick(year, tense, off)
            }
            Expr::Weekday(n, which) => self.weekday(n, which, tense),
            Expr::Month(Year::Given(y), m) => Some(Granule::Month(y, m)),
            Expr::Month(year, m) => self.pick(year, tense, |n| Some(Granule::Month(self.year_off(n)?, m))),
            Expr::Quarter(Year::Given(y), q) => Some(Granule::Quarter(y, q)),
            Expr::Quarter(year, q) => {
                self.pick_past(year, tense, |n| Some(Granule::Quarter(self.year_off(n)?, q)))
            }
            Expr::Half(Year::Given(y), h) => Some(Granule::Half(y, h)),
            Expr::Half(year, h) => self.pick_past(year, tense, |n| Some(Granule::Half(self.year_off(n)?, h))),
            Expr::Season(Year::Given(y), s) => Some(Granule::Season(y, s)),
            Expr::Season(year, s) => self.season(year, s, tense),
            Expr::Year(Year::Given(y)) => Some(Granule::Year(y)),
            Expr::Year(Year::Off(n)) => Some(Granule::Year(self.year_off(n)?)),
            Expr::Decade(y) => Some(Granule::Decade(y)),
            Expr::Century(n) => Some(Granule::Century(n)),
            Expr::Shift { by, unit, from } => self.shift(by?, unit, from),
            Expr::Yearly { year, unit } => self.yearly(year, unit),
            // "over the weekend": the last one, unless the words look ahead
            Expr::Same(Unit::Weekend) => {
                let now = self.now?;
                let back = tense != Some(Tense::Future) && now.weekday().to_monday_one_offset() < 6;
                Some(Granule::Weekend(if back { days(now, -7)? } else { now }))
            }
            Expr::Same(unit) => self.same(unit),
            Expr::Of(_, ref e) => self.granule(e, tense),
            _ => None,
        }
    }

    fn year_off(&self, n: i64) -> Option<i16> {
        i16::try_from(i64::from(self.now?.year()).checked_add(n)?).ok()
    }

    /// Which year's, of what comes round yearly: `of` gives the one so many years on.
    fn pick(&self, year: Year, tense: Option<Tense>, of: impl Fn(i64) -> Option<Granule>) -> Option<Granule> {
        let now = self.now?;
        let which = match year {
            Year::Given(_) => return None,
            Year::Off(n) => return of(n),
            Year::Which(w) => w,
        };
        // days from now: before, in it, after
        let ahead = |g: &Granule| {
            let (from, to) = g.range()?;
            Some(match () {
                () if to < now => to.until(now).ok().map(|s| -i64::from(s.get_days()))?,
                () if from > now => now.until(from).ok().map(|s| i64::from(s.get_days()))?,
                () => 0,
            })
        };
        let all: Vec<(Granule, i64)> =
            [-1, 0, 1].into_iter().filter_map(&of).filter_map(|g| Some((g, ahead(&g)?))).collect();
        let nearest = |some: &dyn Fn(i64) -> bool| {
            all.iter().filter(|(_, d)| some(*d)).min_by_key(|(_, d)| d.abs()).map(|(g, _)| *g)
        };
        match (which, tense) {
            (Which::This, _) => of(0),
            (Which::Last, _) => nearest(&|d| d < 0),
            (Which::Next, _) => nearest(&|d| d > 0),
            (Which::Near, tense) => {
                let by_tense = all
                    .iter()
                    .filter(|(_, d)| match tense {
                        Some(Tense::Past) => *d <= 0,
                        Some(Tense::Future) => *d >= 0,
                        None => true,
                    })
                    .min_by_key(|(_, d)| d.abs())?;
                let near = all.iter().min_by_key(|(_, d)| d.abs())?;
                // a word near by may speak of something else; a date far nearer is what is meant
                Some(if near.1.abs() * FAR < by_tense.1.abs() { near.0 } else { by_tense.0 })
            }
        }
    }

    /// Quarters and halves: those of earnings lie behind, unless the words say otherwise.
    fn pick_past(
        &self,
        year: Year,
        tense: Option<Tense>,
        of: impl Fn(i64) -> Option<Granule>,
    ) -> Option<Granule> {
        let tense = if tense == Some(Tense::Future) { None } else { Some(Tense::Past) };
        self.pick(year, tense, of)
    }

    fn season(&self, year: Year, code: &'static str, tense: Option<Tense>) -> Option<Granule> {
        if year == Year::Which(Which::This) {
            return match calendar::season(self.now?) {
                (y, s) if s == code => Some(Granule::Season(y, s)),
                _ => Some(Granule::Season(self.year_off(0)?, code)),
            };
        }
        self.pick(year, tense, |n| Some(Granule::Season(self.year_off(n)?, code)))
    }

    fn weekday(&self, n: i8, which: Which, tense: Option<Tense>) -> Option<Granule> {
        let now = self.now?;
        // from 0 to 6 days back
        let back = i64::from((now.weekday().to_monday_one_offset() - n).rem_euclid(7));
        let by = match (which, tense) {
            (Which::Last, _) if back == 0 => -7,
            (Which::Last, _) => -back,
            (Which::Next, _) => 7 - back,
            (Which::This, _) => return Some(Granule::Day(calendar::weekday(now, n)?)),
            (Which::Near, Some(Tense::Future)) if back > 0 => 7 - back,
            (Which::Near, _) => -back,
        };
        Some(Granule::Day(days(now, by)?))
    }

    /// The unit of that size around a day.
    fn around(date: Date, unit: Unit) -> Option<Granule> {
        let (y, m) = (date.year(), date.month());
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Granule::Day(date),
            Unit::Week | Unit::Fortnight => Granule::Week(date),
            Unit::Weekend => Granule::Weekend(date),
            Unit::Month => Granule::Month(y, m),
            Unit::Quarter => Granule::Quarter(y, (m - 1) / 3 + 1),
            Unit::Half => Granule::Half(y, (m - 1) / 6 + 1),
            Unit::Year => Granule::Year(y),
            Unit::Decade => Granule::Decade(y.div_euclid(10) * 10),
            Unit::Century | Unit::Millennium => Granule::Century(y.div_euclid(100) + 1),
        })
    }

    fn shift(&self, by: i64, unit: Unit, from: From) -> Option<Granule> {
        let date = match (from, self.there) {
            (From::There, Some(g)) => g.range()?.0,
            _ => self.now?,
        };
        let on = |n: i64| {
            let (y, m) = months(date.year(), date.month(), by.checked_mul(n)?)?;
            Date::new(y, m, 1).ok()
        };
        // days count as days: "two days ago" is a day
        let to = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => date,
            Unit::Day | Unit::Night => days(date, by)?,
            Unit::Week | Unit::Weekend => days(date, by.checked_mul(7)?)?,
            Unit::Fortnight => days(date, by.checked_mul(14)?)?,
            Unit::Month => on(1)?,
            Unit::Quarter => on(3)?,
            Unit::Half => on(6)?,
            Unit::Year => on(12)?,
            Unit::Decade => on(120)?,
            Unit::Century | Unit::Millennium => on(1200)?,
        };
        Self::around(to, unit)
    }

    fn yearly(&self, year: Year, unit: Option<Unit>) -> Option<Granule> {
        let said = match unit {
            Some(Unit::Quarter) => self.quarter.or_else(|| self.shift(-1, Unit::Quarter, From::Now)),
            _ => self.quarter.filter(|_| self.of_quarter).or(Some(Granule::Year(self.now?.year()))),
        };
        match (said?, year) {
            (g, Year::Off(n)) => g.years(n),
            (Granule::Quarter(_, q), Year::Given(y)) => Some(Granule::Quarter(y, q)),
            (_, Year::Given(y)) => Some(Granule::Year(y)),
            (_, Year::Which(_)) => None,
        }
    }

    fn same(&self, unit: Unit) -> Option<Granule> {
        match unit {
            Unit::Quarter => self.quarter.or_else(|| self.shift(-1, unit, From::Now)),
            Unit::Day => match self.there {
                Some(g @ Granule::Day(_)) => Some(g),
                _ => Some(Granule::Day(self.now?)),
            },
            _ => Self::around(self.now?, unit),
        }
    }
}

/// How fine a length is, or what comes round: its smallest unit.
fn length_precision(timex: &str) -> TimePrecision {
    let time = timex.starts_with("PT");
    match timex.chars().next_back() {
        _ if timex.contains("XXT") => TimePrecision::PartOfDay,
        Some('S') if time => TimePrecision::Minute,
        Some('M') if time => TimePrecision::Minute,
        Some('H') if time => TimePrecision::Hour,
        Some('D') => TimePrecision::Day,
        Some('W') => TimePrecision::Week,
        Some('M') => TimePrecision::Month,
        Some('Q') => TimePrecision::Season,
        Some('Y') => TimePrecision::Year,
        Some('E' | 'L') => TimePrecision::Decade,
        Some('1'..='7') if timex.starts_with("XXXX-W") => TimePrecision::Day,
        Some('0'..='9') => TimePrecision::Month,
        Some('P' | 'U' | 'A' | 'I') => TimePrecision::Season,
        _ => TimePrecision::Vague,
    }
}
