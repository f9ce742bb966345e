//! Stretches of the calendar: their names in TIMEX3 (TimeML 1.2.1, after ISO 8601), their first and last days, their
//! neighbours. Must not know of texts.

use jiff::civil::Date;
use onrecord_text::TimePrecision;

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Granule {
    Day(Date),
    /// The week of that day, from Monday (ISO 8601).
    Week(Date),
    /// The weekend of that day's week.
    Weekend(Date),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    /// By TIMEX3's code; a winter begins in December of its year.
    Season(i16, &'static str),
    Year(i16),
    /// By its first year.
    Decade(i16),
    /// The 20th is 20.
    Century(i16),
}

/// Which part of a stretch is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    Start,
    Mid,
    End,
    Whole,
}

/// `n` days on.
pub(super) fn days(date: Date, n: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

/// The day of that ISO number in the week of `date`.
pub(super) fn weekday(date: Date, number: i8) -> Option<Date> {
    days(date, i64::from(number - date.weekday().to_monday_one_offset()))
}

/// Year and month, `n` months on.
pub(super) fn months(year: i16, month: i8, n: i64) -> Option<(i16, i8)> {
    let all = i64::from(year) * 12 + i64::from(month) - 1 + n;
    Some((i16::try_from(all.div_euclid(12)).ok()?, i8::try_from(all.rem_euclid(12)).ok()? + 1))
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

fn last_of(year: i16, month: i8) -> Option<Date> {
    Some(first_of(year, month)?.last_of_month())
}

/// Whole months, from the first to the last.
fn span(from: (i16, i8), to: (i16, i8)) -> Option<(Date, Date)> {
    Some((first_of(from.0, from.1)?, last_of(to.0, to.1)?))
}

/// The first month of a season.
fn opens(season: &str) -> i8 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

impl Granule {
    /// TIMEX3's value.
    pub(super) fn timex(&self) -> String {
        let week = |d: &Date| {
            let w = d.iso_week_date();
            format!("{:04}-W{:02}", w.year(), w.week())
        };
        match self {
            Self::Day(d) => d.to_string(),
            Self::Week(d) => week(d),
            Self::Weekend(d) => week(d) + "-WE",
            Self::Month(y, m) => format!("{y:04}-{m:02}"),
            Self::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Self::Half(y, h) => format!("{y:04}-H{h}"),
            Self::Season(y, s) => format!("{y:04}-{s}"),
            Self::Year(y) => format!("{y:04}"),
            Self::Decade(y) => format!("{:03}", y / 10),
            Self::Century(n) => format!("{:02}", n - 1),
        }
    }

    pub(super) fn precision(&self) -> TimePrecision {
        match self {
            Self::Day(_) => TimePrecision::Day,
            Self::Week(_) | Self::Weekend(_) => TimePrecision::Week,
            Self::Month(..) => TimePrecision::Month,
            Self::Quarter(..) | Self::Half(..) | Self::Season(..) => TimePrecision::Season,
            Self::Year(_) => TimePrecision::Year,
            Self::Decade(_) | Self::Century(_) => TimePrecision::Decade,
        }
    }

    /// The first and the last day.
    pub(super) fn range(&self) -> Option<(Date, Date)> {
        match *self {
            Self::Day(d) => Some((d, d)),
            Self::Week(d) => Some((weekday(d, 1)?, weekday(d, 7)?)),
            Self::Weekend(d) => Some((weekday(d, 6)?, weekday(d, 7)?)),
            Self::Month(y, m) => span((y, m), (y, m)),
            Self::Quarter(y, q) => span((y, q * 3 - 2), (y, q * 3)),
            Self::Half(y, h) => span((y, h * 6 - 5), (y, h * 6)),
            Self::Season(y, s) => span((y, opens(s)), months(y, opens(s), 2)?),
            Self::Year(y) => span((y, 1), (y, 12)),
            Self::Decade(y) => span((y, 1), (y.checked_add(9)?, 12)),
            Self::Century(n) => {
                let first = n.checked_sub(1)?.checked_mul(100)?;
                span((first, 1), (first.checked_add(99)?, 12))
            }
        }
    }

    /// The first and the last day of a part. TimeML leaves open where a part ends: a year's is a quarter of it (its
    /// middle the two quarters between), any other's a third.
    pub(super) fn range_of(&self, part: Part) -> Option<(Date, Date)> {
        let (from, to) = self.range()?;
        let whole = i64::from(from.until(to).ok()?.get_days()) + 1;
        if let Self::Year(y) = *self {
            return match part {
                Part::Start => span((y, 1), (y, 3)),
                Part::Mid => span((y, 4), (y, 9)),
                Part::End => span((y, 10), (y, 12)),
                Part::Whole => Some((from, to)),
            };
        }
        let third = whole / 3;
        match part {
            Part::Start if third > 0 => Some((from, days(from, third - 1)?)),
            Part::Mid if third > 0 => Some((days(from, third)?, days(to, -third)?)),
            Part::End if third > 0 => Some((days(to, 1 - third)?, to)),
            _ => Some((from, to)),
        }
    }

    /// The stretch `n` years on.
    pub(super) fn years(&self, n: i64) -> Option<Self> {
        let on = |y: i16| i16::try_from(i64::from(y) + n).ok();
        Some(match *self {
            Self::Day(d) => {
                let (y, m) = months(d.year(), d.month(), n.checked_mul(12)?)?;
                let last = last_of(y, m)?;
                Self::Day(Date::new(y, m, d.day().min(last.day())).ok()?)
            }
            Self::Week(d) => Self::Week(days(d, n.checked_mul(364)?)?),
            Self::Weekend(d) => Self::Weekend(days(d, n.checked_mul(364)?)?),
            Self::Month(y, m) => Self::Month(on(y)?, m),
            Self::Quarter(y, q) => Self::Quarter(on(y)?, q),
            Self::Half(y, h) => Self::Half(on(y)?, h),
            Self::Season(y, s) => Self::Season(on(y)?, s),
            Self::Year(y) => Self::Year(on(y)?),
            Self::Decade(y) => Self::Decade(on(y)?),
            Self::Century(c) => Self::Century(c),
        })
    }
}

/// The season that a day lies in.
pub(super) fn season(date: Date) -> (i16, &'static str) {
    match date.month() {
        3..=5 => (date.year(), "SP"),
        6..=8 => (date.year(), "SU"),
        9..=11 => (date.year(), "FA"),
        12 => (date.year(), "WI"),
        _ => (date.year() - 1, "WI"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ends() {
        let d = |y, m, d| Date::new(y, m, d).unwrap();
        for (granule, timex, from, to) in [
            (Granule::Week(d(1998, 3, 1)), "1998-W09", "1998-02-23", "1998-03-01"),
            (Granule::Weekend(d(1990, 8, 12)), "1990-W32-WE", "1990-08-11", "1990-08-12"),
            (Granule::Month(2024, 2), "2024-02", "2024-02-01", "2024-02-29"),
            (Granule::Quarter(1997, 4), "1997-Q4", "1997-10-01", "1997-12-31"),
            (Granule::Season(1997, "WI"), "1997-WI", "1997-12-01", "1998-02-28"),
            (Granule::Decade(1990), "199", "1990-01-01", "1999-12-31"),
            (Granule::Century(20), "19", "1900-01-01", "1999-12-31"),
        ] {
            let (a, b) = granule.range().unwrap();
            assert_eq!(
                (granule.timex().as_str(), a.to_string(), b.to_string()),
                (timex, from.to_owned(), to.to_owned())
            );
        }
        let (a, b) = Granule::Year(2024).range_of(Part::End).unwrap();
        assert_eq!((a, b), (d(2024, 10, 1), d(2024, 12, 31)));
        assert_eq!(Granule::Day(d(2024, 2, 29)).years(-1), Some(Granule::Day(d(2023, 2, 28))));
    }
}
